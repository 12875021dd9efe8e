//! Estimates as tidy tables, in the form that R's package broom gives them.

use super::Fit;
use crate::evidence::decisiveness::{Group, Term, predictions};
use crate::report::format::Table;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FitTable {
    /// A row a parameter: `term,estimate,std.error,statistic,p.value,conf.low,conf.high`.
    Terms,
    /// One row: how good the estimate is.
    Glance,
    /// A row a part of the wars.
    Groups,
    /// A row a war, with the probability that side 1 wins if one wins.
    Predictions,
}

impl Fit {
    /// One of the tables; what is not known is missing.
    pub fn table(&self, table: FitTable) -> Table {
        let rows = match table {
            FitTable::Terms => self.terms_table(),
            FitTable::Glance => self.glance_table(),
            FitTable::Groups => self.groups_table(),
            FitTable::Predictions => self.predictions_table(),
        };
        table_of(&rows)
    }

    fn terms_table(&self) -> Vec<Vec<String>> {
        let header =
            [&["model", "sides", "ties", "form", "initiator", "measure"][..], &TERM].concat();
        let row = |term: &Term| [self.settings_cells(), cells(Some(term))].concat();
        std::iter::once(header.into_iter().map(String::from).collect())
            .chain(self.terms.iter().map(row))
            .collect()
    }

    /// What was estimated, as the cells that begin each row.
    fn settings_cells(&self) -> Vec<String> {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
        };
        vec![
            self.model.clone(),
            word(serde_json::to_value(self.sides)),
            word(serde_json::to_value(self.ties)),
            word(serde_json::to_value(self.form)),
            self.initiator.to_string(),
            self.measure.clone(),
        ]
    }

    fn glance_table(&self) -> Vec<Vec<String>> {
        let header = [
            "n",
            "clusters",
            "events",
            "logLik",
            "AIC",
            "BIC",
            "AUC",
            "brier",
            "logloss",
            "logloss.loo",
            "PRL",
        ];
        let events = self.wars.iter().filter(|war| war.decided()).count();
        let quality = self.quality.as_ref();
        let number = |of: &dyn Fn(&crate::evidence::decisiveness::Quality) -> Option<f64>| {
            quality.and_then(of).map_or(String::new(), |value| value.to_string())
        };
        let row = vec![
            self.n.to_string(),
            self.n.to_string(),
            events.to_string(),
            number(&|q| Some(q.log_likelihood)),
            number(&|q| Some(q.aic)),
            number(&|q| Some(q.bic)),
            number(&|q| q.auc),
            number(&|q| Some(q.brier)),
            number(&|q| Some(q.log_loss)),
            number(&|q| q.log_loss_loo),
            number(&|q| q.prl_loo),
        ];
        vec![header.map(String::from).to_vec(), row]
    }

    fn groups_table(&self) -> Vec<Vec<String>> {
        let header =
            [&["by", "group", "n"][..], &TERM, &["logLik", "logloss", "logloss.at.2", "why"]];
        let some = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
        let row = |group: &Group| {
            let mut row = vec![group.by.clone(), group.group.clone(), group.n.to_string()];
            row.extend(cells(group.term.as_ref()));
            let numbers = [group.log_likelihood, group.log_loss, group.log_loss_at_2];
            row.extend(numbers.map(some));
            row.push(group.why.clone().unwrap_or_default());
            row
        };
        std::iter::once(header.concat().into_iter().map(String::from).collect())
            .chain(self.groups.iter().map(row))
            .collect()
    }

    fn predictions_table(&self) -> Vec<Vec<String>> {
        let header =
            ["number", "war", "year", "power1", "power2", "initiator", "outcome", ".fitted"];
        let chances = predictions(self);
        let mut rows = vec![header.map(String::from).to_vec()];
        for (at, war) in self.wars.iter().enumerate() {
            let outcome = serde_json::to_value(war.outcome).ok();
            rows.push(vec![
                war.number.clone(),
                war.name.clone(),
                war.year.to_string(),
                war.powers[0].to_string(),
                war.powers[1].to_string(),
                war.initiator.map_or(String::new(), |side| side.to_string()),
                outcome.and_then(|o| o.as_str().map(str::to_owned)).unwrap_or_default(),
                chances.get(at).map_or(String::new(), |chance| chance.to_string()),
            ]);
        }
        rows
    }
}

/// The columns of an estimate.
const TERM: [&str; 8] = [
    "term",
    "estimate",
    "std.error",
    "statistic",
    "p.value",
    "conf.low",
    "conf.high",
    "std.error.cluster",
];

/// An estimate's cells. Wars are taken as independent, so there is no clustered error.
fn cells(term: Option<&Term>) -> Vec<String> {
    let Some(term) = term else { return vec![String::new(); TERM.len()] };
    let end = |end: Option<f64>| end.map_or(String::new(), |end| end.to_string());
    vec![
        term.term.clone(),
        term.estimate.to_string(),
        term.std_error.to_string(),
        term.statistic.to_string(),
        term.p_value.to_string(),
        end(term.interval[0]),
        end(term.interval[1]),
        String::new(),
    ]
}

/// Rows below their header as a table.
pub(in crate::report) fn table_of(rows: &[Vec<String>]) -> Table {
    let (header, rows) = rows.split_first().map_or((&[][..], rows), |(h, r)| (h.as_slice(), r));
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    Table::of_rows(&header, rows)
}
