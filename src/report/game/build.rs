//! From findings to the report.

use dashu_ratio::RBig;

use crate::finding::strategic::Dominance;
use crate::finding::strategic::Refinement;
use crate::finding::strategic::mixed::{Equilibrium, ExactEquilibrium};
use crate::game::StrategicTable;
use crate::game::nfg::{self, Variant};
use crate::report::Keyed;
use crate::report::game::*;

/// Distributions over more profiles than this are not written out.
const MOST_OUTCOMES: usize = 64;

impl GameReport {
    /// A report on a game without answers.
    pub fn new(game: &StrategicTable, source: &str) -> Self {
        Self {
            schema: GAME_SCHEMA.into(),
            title: game.title().into(),
            source: source.into(),
            players: names(game),
            notes: Vec::new(),
            pure: None,
            dominance: None,
            mixed: None,
            correlated: None,
            coarse_correlated: None,
            strong: None,
            strong_upset: None,
            coalition_proof: None,
            coalition_proof_upset: None,
            undecided: Keyed::default(),
            so_far: SoFar::default(),
            game: nfg::write(game, Variant::Payoffs),
        }
    }

    pub(super) fn named(&self, profile: &[usize]) -> Vec<String> {
        self.players.iter().zip(profile).map(|(p, &a)| p.strategies[a].clone()).collect()
    }

    /// All pure Nash equilibria, by the numbers of their profiles.
    pub fn set_pure(&mut self, game: &StrategicTable, pure: &[usize], exact: bool) {
        let one = |&index: &usize| PureReport {
            profile: self.named(&game.profile(index)),
            payoffs: (0..self.players.len())
                .map(|i| Num::of(&game.payoff(i, index), exact))
                .collect(),
        };
        self.pure = Some(pure.iter().map(one).collect());
    }

    /// What iterated elimination leaves.
    pub fn set_dominance(&mut self, found: &Dominance) {
        let remaining = found.remaining.iter().zip(&self.players);
        let strategy = |player: usize, a: usize| self.players[player].strategies[a].clone();
        let step = |step: &crate::finding::strategic::Elimination| EliminationReport {
            player: self.players[step.player].name.clone(),
            strategy: strategy(step.player, step.strategy),
            by: Keyed(
                step.by.iter().map(|(b, w)| (strategy(step.player, *b), w.to_string())).collect(),
            ),
        };
        self.dominance = Some(DominanceReport {
            remaining: remaining
                .map(|(left, p)| left.iter().map(|&a| p.strategies[a].clone()).collect())
                .collect(),
            steps: found.steps.iter().map(step).collect(),
        });
    }

    /// Equilibria of a two-player game in fractions.
    pub fn set_exact(
        &mut self,
        found: &[ExactEquilibrium],
        complete: bool,
        method: &str,
        exact: bool,
    ) {
        let one = |equilibrium: &ExactEquilibrium| {
            let zero = || Num::of(&RBig::ZERO, exact);
            let strings = |p: &Vec<RBig>| p.iter().map(RBig::to_string).collect();
            MixedReport {
                profile: equilibrium
                    .strategies
                    .iter()
                    .map(|p| p.iter().map(|x| Num::of(x, exact)).collect())
                    .collect(),
                payoffs: equilibrium.payoffs.iter().map(|u| Num::of(u, exact)).collect(),
                regret: zero(),
                regrets: vec![zero(), zero()],
                complete,
                method: method.into(),
                exact: (!exact).then(|| equilibrium.strategies.iter().map(strings).collect()),
                outcomes: self.outcomes(
                    &equilibrium.strategies,
                    RBig::ONE,
                    |product, p| product * p,
                    |p| Num::of(p, exact),
                ),
            }
        };
        self.mixed = Some(found.iter().map(one).collect());
    }

    /// Equilibria in floating point.
    pub fn set_mixed(&mut self, found: &[Equilibrium], complete: bool, method: &str) {
        let all = found.iter().map(|equilibrium| self.float(equilibrium, complete, method));
        self.mixed = Some(all.collect());
    }

    /// Mixed strategies on the way to an equilibrium that was not reached in time.
    pub fn set_nearest(&mut self, nearest: &Equilibrium, method: &str) {
        self.so_far.mixed = Some(self.float(nearest, false, method));
    }

    fn float(&self, equilibrium: &Equilibrium, complete: bool, method: &str) -> MixedReport {
        let float = |x: &f64| Num::Float(*x);
        MixedReport {
            profile: equilibrium.strategies.iter().map(|p| p.iter().map(float).collect()).collect(),
            payoffs: equilibrium.payoffs.iter().map(float).collect(),
            regret: Num::Float(equilibrium.regret.iter().copied().fold(0.0, f64::max)),
            regrets: equilibrium.regret.iter().map(float).collect(),
            complete,
            method: method.into(),
            exact: None,
            outcomes: self.outcomes(
                &equilibrium.strategies,
                1.0,
                |product, p| product * p,
                |p| Num::Float(*p),
            ),
        }
    }

    /// The profiles that can come about, if they are few, the last player's strategy varying
    /// fastest.
    fn outcomes<T: Clone + PartialOrd + Default>(
        &self,
        strategies: &[Vec<T>],
        one: T,
        times: impl Fn(&T, &T) -> T,
        number: impl Fn(&T) -> Num,
    ) -> Option<Vec<LikelyProfile>> {
        let nought = T::default();
        let used = |p: &Vec<T>| p.iter().filter(|x| **x > nought).count();
        let all = strategies.iter().map(used).try_fold(1usize, usize::checked_mul)?;
        if all > MOST_OUTCOMES {
            return None;
        }
        let mut found: Vec<(Vec<String>, T)> = vec![(Vec::new(), one)];
        for (player, p) in self.players.iter().zip(strategies) {
            let played = || player.strategies.iter().zip(p).filter(|(_, x)| **x > nought);
            found = found
                .iter()
                .flat_map(|(names, product)| {
                    let with = |(name, x): (&String, &T)| {
                        ([&names[..], std::slice::from_ref(name)].concat(), times(product, x))
                    };
                    played().map(with).collect::<Vec<_>>()
                })
                .collect();
        }
        let likely = |(profile, p): &(Vec<String>, T)| LikelyProfile {
            profile: profile.clone(),
            probability: number(p),
        };
        Some(found.iter().map(likely).collect())
    }

    /// The strong equilibria.
    pub fn set_strong(&mut self, found: &Refinement) {
        let (stable, upset) = self.refinement(found);
        (self.strong, self.strong_upset) = (Some(stable), Some(upset));
    }

    /// The coalition-proof equilibria.
    pub fn set_coalition_proof(&mut self, found: &Refinement) {
        let (stable, upset) = self.refinement(found);
        (self.coalition_proof, self.coalition_proof_upset) = (Some(stable), Some(upset));
    }

    /// What is known of the strong equilibria.
    pub fn set_strong_so_far(&mut self, found: &Refinement) {
        let (stable, upset) = self.refinement(found);
        self.so_far.strong = Some(RefinedReport { stable, upset });
    }

    /// What is known of the coalition-proof equilibria.
    pub fn set_coalition_proof_so_far(&mut self, found: &Refinement) {
        let (stable, upset) = self.refinement(found);
        self.so_far.coalition_proof = Some(RefinedReport { stable, upset });
    }

    fn refinement(&self, found: &Refinement) -> (Vec<StableReport>, Vec<UpsetReport>) {
        let stable = found.stable.iter().map(|s| StableReport { profile: self.named(s) });
        let members = |s: crate::coalition::Coalition| {
            let players = self.players.iter().enumerate();
            players.filter(|&(i, _)| s.contains(i)).map(|(_, p)| p.name.clone()).collect()
        };
        let upset = found.upset.iter().map(|(profile, blocking)| UpsetReport {
            profile: self.named(profile),
            coalition: members(blocking.coalition),
            deviation: self.named(&blocking.deviation),
        });
        (stable.collect(), upset.collect())
    }

    /// Notes that something was not decided, and why.
    pub fn leave_open(&mut self, what: &str, why: impl Into<String>) {
        self.undecided.0.push((what.into(), why.into()));
    }
}
