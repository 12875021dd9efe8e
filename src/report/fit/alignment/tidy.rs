//! A fit of the game of alignment as tidy tables.

use super::AlignmentFit;
use crate::report::fit::table_of;
use crate::report::format::Table;

/// Which table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlignmentTable {
    /// A row a parameter: `term,estimate,std.error,std.error.cluster,conf.low,conf.high`.
    Terms,
    /// One row: how good the estimate is.
    Glance,
    /// A row a value of a parameter: `term,value,logLik`.
    Profile,
    /// A row a pair and year: `year,state1,state2,event,both_balance`.
    Predictions,
}

impl AlignmentFit {
    /// One of the tables; what is not known is missing.
    pub fn table(&self, table: AlignmentTable) -> Table {
        let (header, rows): (&[&str], Vec<Vec<String>>) = match table {
            AlignmentTable::Terms => (
                &["term", "estimate", "std.error", "std.error.cluster", "conf.low", "conf.high"],
                self.terms
                    .iter()
                    .map(|term| {
                        let [low, high] = term.interval.unwrap_or_default();
                        vec![
                            term.term.clone(),
                            term.estimate.to_string(),
                            number(term.std_error),
                            number(term.std_error_cluster),
                            number(low),
                            number(high),
                        ]
                    })
                    .collect(),
            ),
            AlignmentTable::Glance => (
                &["n", "clusters", "events", "logLik", "AIC", "AUC", "brier", "logloss"],
                vec![vec![
                    self.n.to_string(),
                    self.clusters.to_string(),
                    self.events.to_string(),
                    number(self.log_likelihood),
                    number(self.aic),
                    number(self.auc),
                    number(self.brier),
                    number(self.log_loss),
                ]],
            ),
            AlignmentTable::Profile => (
                &["term", "value", "logLik"],
                self.terms
                    .iter()
                    .flat_map(|term| {
                        term.profile.iter().map(|[value, height]| {
                            vec![term.term.clone(), value.to_string(), height.to_string()]
                        })
                    })
                    .collect(),
            ),
            AlignmentTable::Predictions => (
                &["year", "state1", "state2", "event", "both_balance"],
                self.data
                    .iter()
                    .flat_map(|year| {
                        year.pairs().zip(&year.events).map(|((i, j), event)| {
                            let own = |i: usize| year.stances.get(i).copied();
                            let both = own(i).zip(own(j)).map(|pair| match pair {
                                (Some(a), Some(b)) => a[0] * b[0],
                                _ => 0.0,
                            });
                            vec![
                                year.year.to_string(),
                                year.states[i].clone(),
                                year.states[j].clone(),
                                event.map_or(String::new(), |e| u8::from(e).to_string()),
                                number(both),
                            ]
                        })
                    })
                    .collect(),
            ),
        };
        let header = header.iter().map(|name| (*name).to_owned()).collect();
        table_of(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }
}

fn number(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}
