//! Mixed equilibria: which method, and what it leaves open.

use crate::cli::game::Session;
use crate::error::Result;
use crate::lp::Backend;
use crate::report::game::Note;
use crate::solve::mixed::{
    ExactEquilibrium, LemkeHowson, Logit, all_equilibria, extreme_equilibria, lemke_howson, logit,
    zero_sum,
};

/// All extreme equilibria of two players are enumerated up to this many strategies of the one
/// who has fewer.
const EXTREME: usize = 15;
/// All equilibria of more players are searched for in up to so many supports, and without being
/// asked in fewer.
const SUPPORTS: u64 = 20_000;
const SUPPORTS_BY_ITSELF: u64 = 2_401;

impl Session<'_> {
    /// Mixed equilibria: all where that is within reach, else one. `by_itself` says that nobody
    /// asked for them.
    pub(super) fn mixed(&mut self, by_itself: bool, backend: Backend) -> Result<()> {
        let sizes = self.game.sizes();
        let supports = sizes.iter().try_fold(1u64, |product, &k| {
            product.checked_mul(1u64.checked_shl(u32::try_from(k).ok()?)?.checked_sub(1)?)
        });
        match sizes[..] {
            [m, n] if m.min(n) <= EXTREME => self.extreme(),
            [_, _] => self.one_of_two(backend)?,
            _ if by_itself && supports.is_none_or(|all| all > SUPPORTS_BY_ITSELF) => {
                self.report.note(Note::MixedLeftOut);
            }
            _ if supports.is_some_and(|all| all <= SUPPORTS) => self.all()?,
            _ => self.logit(),
        }
        Ok(())
    }

    fn extreme(&mut self) {
        let Some(found) = extreme_equilibria(self.game, self.work) else { return };
        let complete = found.incomplete.is_none();
        let method = "enumeration of extreme equilibria";
        self.report.set_exact(&found.equilibria, complete, method, self.exact);
        if let Some(why) = found.incomplete {
            self.leave_open("mixed", format!("there may be others: {why}"));
        } else {
            self.report.note(Note::MixedAll);
        }
    }

    fn one_of_two(&mut self, backend: Backend) -> Result<()> {
        if let Some(found) = zero_sum(self.game, backend)?.filter(|found| found.is_exact()) {
            let [x, y] = &found.strategies;
            let m = x.len();
            let mut payoffs = [dashu_ratio::RBig::ZERO, dashu_ratio::RBig::ZERO];
            for (i, p) in x.iter().enumerate().filter(|(_, p)| !p.is_zero()) {
                for (j, q) in y.iter().enumerate().filter(|(_, q)| !q.is_zero()) {
                    for (player, sum) in payoffs.iter_mut().enumerate() {
                        *sum += p * q * self.game.payoff(player, i + m * j);
                    }
                }
            }
            let one = ExactEquilibrium { strategies: found.strategies, payoffs };
            self.report.set_exact(&[one], false, "linear programming, zero-sum", self.exact);
            self.report.note(Note::OneOfZeroSum);
            return Ok(());
        }
        match lemke_howson(self.game, 0, self.work) {
            Some(LemkeHowson::Found { equilibrium, .. }) => {
                self.report.set_exact(&[equilibrium], false, "Lemke-Howson", self.exact);
                self.report.note(Note::OneByLemkeHowson);
            }
            _ => self.leave_open("mixed", "the time was up before the path had an end".into()),
        }
        Ok(())
    }

    fn all(&mut self) -> Result<()> {
        let found = all_equilibria(self.game, self.work)?;
        let complete = found.unresolved.is_empty();
        self.report.set_mixed(&found.equilibria, complete, "support enumeration");
        if let Some(first) = found.unresolved.first() {
            let (open, all) = (found.unresolved.len(), found.supports);
            self.report.notes.push(format!(
                "Mixed: {open} of {all} supports were not settled, they may hold others: {}.",
                first.why
            ));
            if self.work.is_over() {
                self.leave_open("mixed", "the time was up before all supports were settled".into());
            }
        }
        Ok(())
    }

    fn logit(&mut self) {
        match logit(self.game, self.work) {
            Logit::Found { equilibrium, .. } => {
                self.report.set_mixed(&[equilibrium], false, "logit path");
                self.report.note(Note::OneByLogit);
            }
            Logit::Stopped { nearest, why, .. } => {
                let regret = nearest.relative_regret(self.game);
                self.report.set_nearest(&nearest, "logit path");
                self.leave_open(
                    "mixed",
                    format!("the logit path was left where somebody could still gain {regret:.1e} of its span of payoffs: {why}"),
                );
            }
        }
    }
}
