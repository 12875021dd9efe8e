//! A backtest as tidy tables.

use super::Backtest;
use crate::evidence::backtest::{Added, Regression, Score};
use crate::report::fit::table_of;
use crate::report::format::Table;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BacktestTable {
    /// A row a predictor.
    Scores,
    /// A row a predictor and era.
    Eras,
    /// A row a coefficient of the logits of the trivial rules.
    Terms,
    /// A row a logit: how good it is.
    Glance,
    /// A row a pair and year, with what each predictor said.
    Predictions,
}

impl Backtest {
    /// One of the tables; what is not known is missing.
    pub fn table(&self, table: BacktestTable) -> Table {
        let rows = match table {
            BacktestTable::Scores => self.scores_table(),
            BacktestTable::Eras => self.eras_table(),
            BacktestTable::Terms => self.terms_table(),
            BacktestTable::Glance => self.glance_table(),
            BacktestTable::Predictions => self.predictions_table(),
        };
        table_of(&rows)
    }

    /// All scores: kind and score.
    pub(super) fn scores(&self) -> impl Iterator<Item = (&'static str, &Score)> {
        let model = self.predictors.iter().map(|score| ("model", score));
        model.chain(self.baselines.iter().map(|score| ("rule", score)))
    }

    fn scores_table(&self) -> Vec<Vec<String>> {
        let header = [
            "target",
            "pairs",
            "kind",
            "predictor",
            "n",
            "AUC",
            "logloss",
            "brier",
            "PRL",
            "calibration.intercept",
            "calibration.slope",
            "p.qap",
            "null.mean",
            "null.sd",
            "out.logloss",
            "out.AUC",
            "LR",
            "LR.p.qap",
            "adds",
            "LR.with.lag",
            "LR.with.lag.p.qap",
            "adds.with.lag",
        ];
        let row = |(kind, score): (&'static str, &Score)| {
            let mut row = vec![
                self.target.clone(),
                self.pairs.clone(),
                kind.into(),
                score.name.clone(),
                score.n.to_string(),
            ];
            let calibration = score.calibration.map_or([None; 2], |c| c.map(Some));
            let null = score.null.map_or([None; 2], |n| n.map(Some));
            let out = score.out_of_time.as_ref();
            let numbers = [
                score.auc,
                score.log_loss,
                score.brier,
                score.prl,
                calibration[0],
                calibration[1],
                score.p_qap,
                null[0],
                null[1],
                out.and_then(|o| o.log_loss),
                out.and_then(|o| o.auc),
            ];
            row.extend(numbers.map(number));
            for added in [&score.beside, &score.beside_with_pact] {
                row.extend(added_cells(added.as_ref()));
            }
            row
        };
        table(&header, self.scores().map(row))
    }

    fn eras_table(&self) -> Vec<Vec<String>> {
        let rows = self.scores().flat_map(|(kind, score)| {
            score.eras.iter().map(move |era| {
                vec![
                    kind.into(),
                    score.name.clone(),
                    era.years[0].to_string(),
                    era.years[1].to_string(),
                    era.n.to_string(),
                    number(era.auc),
                ]
            })
        });
        table(&["kind", "predictor", "from", "to", "n", "AUC"], rows)
    }

    /// The logits: name and logit.
    fn logits(&self) -> impl Iterator<Item = (&'static str, &Regression)> {
        let plain = self.logit.iter().map(|logit| ("rules", logit));
        plain.chain(self.logit_with_lag.iter().map(|logit| ("rules and lag", logit)))
    }

    fn terms_table(&self) -> Vec<Vec<String>> {
        let rows = self.logits().flat_map(|(name, logit)| {
            logit.terms.iter().map(move |term| {
                vec![
                    name.into(),
                    term.term.clone(),
                    term.estimate.to_string(),
                    term.std_error.to_string(),
                    term.statistic.to_string(),
                    term.p_value.to_string(),
                    term.interval[0].to_string(),
                    term.interval[1].to_string(),
                    term.std_error_cluster.to_string(),
                ]
            })
        });
        let header = [
            "model",
            "term",
            "estimate",
            "std.error",
            "statistic",
            "p.value",
            "conf.low",
            "conf.high",
            "std.error.cluster",
        ];
        table(&header, rows)
    }

    fn glance_table(&self) -> Vec<Vec<String>> {
        let header =
            ["model", "n", "clusters", "events", "logLik", "AIC", "BIC", "AUC", "brier", "logloss"];
        let rows = self.logits().map(|(name, logit)| {
            vec![
                name.into(),
                self.n.to_string(),
                self.clusters.to_string(),
                self.events.to_string(),
                logit.log_likelihood.to_string(),
                logit.aic.to_string(),
                logit.bic.to_string(),
                number(logit.auc),
                logit.brier.to_string(),
                logit.log_loss.to_string(),
            ]
        });
        table(&header, rows)
    }

    fn predictions_table(&self) -> Vec<Vec<String>> {
        let data = &self.data;
        let names: Vec<&str> = self.scores().map(|(_, score)| score.name.as_str()).collect();
        let mut header = vec!["year", "state1", "state2", "fold", "event"];
        header.extend(data.known.keys().map(String::as_str));
        header.extend(&names);
        let rows = (0..data.year.len()).map(|row| {
            let fold = match self.train {
                Some([from, to]) if (from..=to).contains(&data.year[row]) => "train",
                Some([_, to]) if data.year[row] > to => "test",
                _ => "",
            };
            let event = data.event[row].map_or(String::new(), |e| u8::from(e).to_string());
            let mut cells = vec![
                data.year[row].to_string(),
                data.state1[row].clone(),
                data.state2[row].clone(),
                fold.into(),
                event,
            ];
            let columns = data.known.values().chain(&data.said);
            cells.extend(columns.map(|column| number(column.get(row).copied().flatten())));
            cells
        });
        table(&header, rows)
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn added_cells(added: Option<&Added>) -> [String; 3] {
    let Some(added) = added else { return [const { String::new() }; 3] };
    [number(added.likelihood_ratio), number(added.p_qap), added.adds.to_string()]
}

fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Vec<Vec<String>> {
    std::iter::once(header.iter().map(|name| (*name).to_owned()).collect()).chain(rows).collect()
}
