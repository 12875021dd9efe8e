//! What a predictor says by itself, once more: names, its logit's loss, Brier score and reduction,
//! calibration, and what it says out of time.

use super::newton::{Newton, columns_of, surprise};
use super::{Checker, area, beside};
use crate::evidence::backtest::Score;
use crate::evidence::backtest::predictors::{BASELINES, MODEL};

/// A logit in one predictor: its intercept and slope; of a flat one the base rate's.
struct Line {
    at: [f64; 2],
}

impl Line {
    fn of(values: &[f64], events: &[bool]) -> Option<Self> {
        let flat = values.windows(2).all(|two| two[0].total_cmp(&two[1]).is_eq());
        if !flat {
            let fit = Newton::of(&columns_of(std::slice::from_ref(&values.to_vec())), events)?;
            return Some(Self { at: [fit.at[0], fit.at[1]] });
        }
        let p = share(events);
        (p > 0.0 && p < 1.0).then(|| Self { at: [(p / (1.0 - p)).ln(), 0.0] })
    }

    /// Mean log loss and Brier score on rows.
    fn losses(&self, values: &[f64], events: &[bool]) -> [f64; 2] {
        let n = events.len() as f64;
        values.iter().zip(events).fold([0.0; 2], |[loss, brier], (value, &event)| {
            let odds = self.at[0] + self.at[1] * value;
            let against = if event { -odds } else { odds };
            let wrong = 1.0 / (1.0 + (-against).exp());
            [loss + surprise(odds, event) / n, brier + wrong * wrong / n]
        })
    }
}

fn share(events: &[bool]) -> f64 {
    events.iter().filter(|&&event| event).count() as f64 / events.len() as f64
}

impl Checker<'_> {
    /// The predictors and the trivial rules are those that there are, and say what they say.
    pub(super) fn names(&mut self) {
        let report = self.report;
        let model = MODEL.iter().map(|known| (known.name, known.says, known.one_sided));
        let told = |score: &Score| (score.name.clone(), score.says.clone(), score.one_sided);
        let same = report.predictors.len() == MODEL.len()
            && report.predictors.iter().zip(model).all(|(score, known)| {
                told(score) == (known.0.to_owned(), known.1.to_owned(), known.2)
            });
        let joint = ("distance-rivalry", "a logit of distance, rivalry and shared rivals", false);
        let rules = BASELINES.iter().map(|known| (known.name, known.says, known.one_sided));
        let rules = rules.chain([joint]);
        let alike = report.baselines.len() >= BASELINES.len()
            && report.baselines.iter().zip(rules).all(|(score, known)| {
                told(score) == (known.0.to_owned(), known.1.to_owned(), known.2)
            });
        self.exact("predictors: each is one that there is, and what it says", same && alike);
    }

    /// The claims of one predictor alone, on the rows of which it says something.
    pub(super) fn alone(
        &mut self,
        score: &Score,
        (known, values, events): (&[usize], &[f64], &[bool]),
    ) {
        let name = &score.name;
        let found = Line::of(values, events).filter(|_| !events.is_empty());
        let losses = found.map(|line| line.losses(values, events));
        self.some(format!("{name}: log loss"), score.log_loss, losses.map(|l| l[0]));
        self.some(format!("{name}: brier"), score.brier, losses.map(|l| l[1]));
        let p = share(events);
        let base = -(p * p.ln() + (1.0 - p) * (1.0 - p).ln());
        let reduction = losses.map(|l| 1.0 - l[0] / base).filter(|prl| prl.is_finite());
        self.some(format!("{name}: reduction"), score.prl, reduction);
        let probable = MODEL.iter().any(|known| known.name == name && known.probability);
        let odds = |p: &f64| {
            let p = p.clamp(1e-6, 1.0 - 1e-6);
            p.ln() - (1.0 - p).ln()
        };
        let odds: Vec<f64> = values.iter().map(odds).collect();
        let spread = odds.windows(2).any(|two| two[0].total_cmp(&two[1]).is_ne());
        let line = Line::of(&odds, events).filter(|_| probable && spread && !events.is_empty());
        for k in 0..2 {
            let told = score.calibration.map(|told| told[k]);
            self.some(format!("{name}: calibration"), told, line.as_ref().map(|line| line.at[k]));
        }
        self.later(score, (known, values, events));
    }

    /// What a predictor says of the years after those that it learned from.
    fn later(&mut self, score: &Score, (known, values, events): (&[usize], &[f64], &[bool])) {
        let (report, name) = (self.report, &score.name);
        let Some((train, test)) = self.split(known) else {
            let none = score.out_of_time.is_none();
            return self.exact(format!("{name}: nothing is told out of time"), none);
        };
        let Some(told) = &score.out_of_time else {
            return self.exact(format!("{name}: it is told out of time"), false);
        };
        self.exact(format!("{name}: rows out of time"), {
            Some(told.train) == report.train && told.n == test.len()
        });
        let part = |own: &[usize]| -> (Vec<f64>, Vec<bool>) {
            own.iter().map(|&k| (values[k], events[k])).unzip()
        };
        let ((learned, learned_events), (tested, tested_events)) = (part(&train), part(&test));
        let loss =
            Line::of(&learned, &learned_events).map(|line| line.losses(&tested, &tested_events)[0]);
        self.some(format!("{name}: log loss out of time"), told.log_loss, loss);
        let found = area(&tested, &tested_events);
        self.some(format!("{name}: area out of time"), told.auc, found);
    }

    /// Which of the rows are learned from, and which are tested on.
    fn split(&self, known: &[usize]) -> Option<(Vec<usize>, Vec<usize>)> {
        let [from, to] = self.report.train?;
        let year = |k: &usize| self.report.data.year[known[*k]];
        let own = |k: &usize| year(k) >= from && year(k) <= to;
        let train: Vec<usize> = (0..known.len()).filter(own).collect();
        let test: Vec<usize> = (0..known.len()).filter(|k| year(k) > to).collect();
        (!train.is_empty() && !test.is_empty()).then_some((train, test))
    }

    /// The mean log losses out of time of the logit of the rules, without a predictor and with it.
    pub(super) fn losses_later(
        &self,
        known: &[usize],
        said: &[Option<f64>],
        lag: bool,
    ) -> Option<[f64; 2]> {
        let (train, test) = self.split(known)?;
        let data = &self.report.data;
        let event = |k: &usize| data.event[known[*k]] == Some(true);
        let mut columns: Vec<Vec<f64>> = Vec::new();
        for name in beside(lag) {
            let column = data.known.get(name)?;
            columns.push(known.iter().map(|&row| column[row]).collect::<Option<_>>()?);
        }
        let loss = |columns: &[Vec<f64>]| {
            let pick = |own: &[usize]| -> Vec<Vec<f64>> {
                let column = |column: &Vec<f64>| own.iter().map(|&k| column[k]).collect();
                columns_of(&columns.iter().map(column).collect::<Vec<_>>())
            };
            let events: Vec<bool> = train.iter().map(event).collect();
            let fit = Newton::of(&pick(&train), &events)?;
            let each = pick(&test).into_iter().zip(&test).map(|(row, k)| {
                let odds: f64 = row.iter().zip(&fit.at).map(|(x, b)| x * b).sum();
                surprise(odds, event(k))
            });
            Some(each.sum::<f64>() / test.len() as f64)
        };
        let without = loss(&columns)?;
        columns.push(known.iter().filter_map(|&row| said[row]).collect());
        Some([without, loss(&columns)?])
    }
}
