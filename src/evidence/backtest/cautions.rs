//! What should make a reader of a backtest careful.

use super::score::LEVEL;
use super::{Backtest, Score};

impl Score {
    /// Whether more of it means fewer events, and clearly so (permutation p below 0.05): what it
    /// adds to a logit, it then adds turned round.
    pub fn is_upside_down(&self) -> bool {
        self.auc.is_some_and(|area| area < 0.5) && self.p_qap.is_some_and(|p| p < LEVEL)
    }
}

impl Backtest {
    /// What should make a reader careful, as it follows from the rest of the report.
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = Vec::new();
        for (name, logit) in [("", &self.logit), (" with last year's pact", &self.logit_with_lag)] {
            if logit.is_none() {
                cautions.push(format!(
                    "the logit of the trivial rules{name} separates: it has no finite estimate"
                ));
            }
        }
        let separated: Vec<&str> = self
            .predictors
            .iter()
            .filter(|score| score.n > 0 && score.log_loss.is_none())
            .map(|score| score.name.as_str())
            .collect();
        if !separated.is_empty() {
            cautions.push(format!("a logit in these alone separates: {}", separated.join(", ")));
        }
        if self.clusters < 50 {
            cautions.push(format!(
                "there are only {} pairs: errors clustered by pair are rough, and regressions \
                 separate easily",
                self.clusters
            ));
        }
        cautions.push("rivalries are coded in hindsight".into());
        if self.train.is_none() {
            cautions.push(
                "nothing was predicted out of time, so that nothing can be said to add anything: \
                 give --train"
                    .into(),
            );
        }
        if self.permutations == 0 {
            cautions.push("nothing was permuted, so that areas have no probabilities".into());
        }
        cautions
    }
}
