//! Mixed and logit equilibria: which method, and what it leaves open.

use clap::ValueEnum;

use crate::cli::game::Session;
use crate::cli::objective;
use crate::error::Result;
use crate::lp::Backend;
use crate::report::game::{FitReport, Note};
use crate::solve::strategic::mixed::{
    AllEquilibria, Equilibrium, ExactEquilibrium, LemkeHowson, Logit, Proof, Quantal, Traced,
    all_equilibria, apart, equilibria_within, extreme_equilibria, fit, lemke_howson, logit,
    quantal, zero_sum_within,
};

/// All extreme equilibria of two players are enumerated up to this many strategies of the one
/// who has fewer.
const EXTREME: usize = 15;
/// Equilibria of more players are searched for in up to so many supports, in all of them and
/// without being asked in fewer.
const SUPPORTS: u64 = 20_000;
const SUPPORTS_BY_ITSELF: u64 = 2_401;
/// Gains of cells that are computed for the few supports of small games, some ten seconds of
/// work, and for games between the two, about a second.
const MORE: u64 = 1_000_000_000;
const BUDGET: u64 = 100_000_000;

/// The share of the time that the examination of very many extreme equilibria takes.
const EXAMINED: f64 = 0.45;

/// How many mixed equilibria to look for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Find {
    /// One, at once
    One,
    /// One, and those that a second or so of search finds
    Some,
    /// All, however long it takes
    All,
}

impl Session<'_> {
    /// Mixed equilibria: without `find` all where that is within reach, else one. `by_itself`
    /// says that nobody asked for them.
    pub(super) fn mixed(
        &mut self,
        by_itself: bool,
        find: Option<Find>,
        backend: Backend,
    ) -> Result<()> {
        let sizes = self.game.sizes();
        let supports = sizes.iter().try_fold(1u64, |product, &k| {
            product.checked_mul(1u64.checked_shl(u32::try_from(k).ok()?)?.checked_sub(1)?)
        });
        let few = |most: u64| supports.is_some_and(|all| all <= most);
        match (&sizes[..], find) {
            ([_, _], Some(Find::One)) => self.one_of_two(backend)?,
            ([m, n], _) if find == Some(Find::All) || *m.min(n) <= EXTREME => self.extreme(),
            ([_, _], _) => self.one_of_two(backend)?,
            (_, Some(Find::One)) => self.one(),
            (_, Some(Find::All)) => {
                let found = all_equilibria(self.game, self.work)?;
                self.listed(found, None);
            }
            _ if by_itself && !few(SUPPORTS_BY_ITSELF) => {
                self.report.note(Note::MixedLeftOut);
            }
            _ if find.is_none() && few(SUPPORTS_BY_ITSELF) => {
                let found = equilibria_within(self.game, MORE, self.work)?;
                self.listed(found, None);
            }
            _ if few(SUPPORTS) => {
                let first = self.follow().ok();
                let found = equilibria_within(self.game, BUDGET, self.work)?;
                self.listed(found, first);
            }
            _ => self.one(),
        }
        Ok(())
    }

    fn extreme(&mut self) {
        let Some(found) = extreme_equilibria(self.game, self.work.sparing(EXAMINED)) else {
            return;
        };
        let complete = found.incomplete.is_none();
        let method = "enumeration of extreme equilibria";
        self.report.set_exact(&found.equilibria, complete, method, self.exact);
        if let Some(why) = found.incomplete {
            self.leave_open("mixed", format!("there may be others: {why}"));
        } else {
            self.report.set_subsets(&found.component, found.subsets.as_deref());
            self.report.note(Note::MixedAll);
        }
    }

    fn one_of_two(&mut self, backend: Backend) -> Result<()> {
        if let Some(found) =
            zero_sum_within(self.game, backend, &self.work)?.filter(|found| found.is_exact())
        {
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

    /// The list of a search by supports, and one that was found before it.
    fn listed(&mut self, mut found: AllEquilibria, first: Option<Equilibrium>) {
        let near = |one: &Equilibrium, other: &Equilibrium| {
            apart(&one.strategies, &other.strategies) < 1e-7
        };
        let complete = found.unresolved.is_empty();
        if let Some(first) = first
            && !complete
            && !found.equilibria.iter().any(|other| near(&first, other))
        {
            found.equilibria.push(first);
        }
        self.report.set_mixed(&found.equilibria, complete, "support enumeration", self.exact);
        self.report.set_continua(&found.equilibria, &found.faces, &found.products);
        if let Some(first) = found.unresolved.first() {
            let (open, all) = (found.open, found.supports);
            self.report.notes.push(format!(
                "Mixed: {open} of {all} supports were not settled, they may hold others: {}.",
                first.why
            ));
            if self.work.is_over() {
                self.leave_open("mixed", "the time was up before all supports were settled".into());
            }
        }
    }

    /// One equilibrium: a pure one if there is any.
    fn one(&mut self) {
        if let Some(&index) = self.pure().first() {
            let one = Equilibrium::pure(self.game, index);
            self.report.set_mixed(&[one], false, "comparison of payoffs", self.exact);
            self.report.note(Note::OnePure);
            return;
        }
        match self.follow_path() {
            Logit::Found { equilibrium, .. } => {
                self.report.set_mixed(&[equilibrium], false, "logit path", self.exact);
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

    fn follow_path(&self) -> Logit {
        logit(self.game, self.work)
    }

    fn follow(&self) -> std::result::Result<Equilibrium, &'static str> {
        match self.follow_path() {
            Logit::Found { equilibrium, .. } => Ok(equilibrium),
            Logit::Stopped { why, .. } => Err(why),
        }
    }

    /// The logit equilibrium at the precision asked for, or that of observed play.
    pub(super) fn quantal(&mut self) -> Result<()> {
        let near = self.game.remote().map(|lowest| self.game.lowered(&lowest));
        let game = near.as_ref().unwrap_or(self.game);
        let left = |at: Quantal, why: &str| {
            format!("the branch from uniform play was left at precision {}: {why}", at.precision)
        };
        let Some(path) = self.observed() else {
            match quantal(game, self.precision(), self.work)? {
                Traced::Found(found) => self.logit_found(&found, None),
                Traced::Stopped { at, why } => self.leave_open("logit", left(at, why)),
            }
            return Ok(());
        };
        let (observed, source) = objective::observed(path, self.game)?;
        match fit(game, &observed, self.work)? {
            Traced::Found(found) => {
                let report = FitReport {
                    source,
                    observed,
                    log_likelihood: found.log_likelihood,
                    uniform: found.uniform,
                    unbounded: found.unbounded,
                };
                self.logit_found(&found.at, Some(report));
            }
            Traced::Stopped { at, why } => self.leave_open("logit", left(at, why)),
        }
        Ok(())
    }

    fn logit_found(&mut self, at: &Quantal, fit: Option<FitReport>) {
        let real = Equilibrium::new(self.game, at.strategies.clone(), Proof::None);
        self.report.set_logit(at, real.payoffs, fit);
    }
}
