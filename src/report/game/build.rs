//! From findings to the report.

use dashu_ratio::RBig;

use crate::game::StrategicTable;
use crate::game::nfg::{self, Variant};
use crate::report::Keyed;
use crate::report::game::*;
use crate::solve::correlated::{Concept, Extreme, Objective, Range};
use crate::solve::dominance::Dominance;
use crate::solve::mixed::{Equilibrium, ExactEquilibrium};
use crate::solve::refinement::Refinement;

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
            game: nfg::write(game, Variant::Payoffs),
        }
    }

    fn named(&self, profile: &[usize]) -> Vec<String> {
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
        let step = |step: &crate::solve::dominance::Elimination| EliminationReport {
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
            }
        };
        self.mixed = Some(found.iter().map(one).collect());
    }

    /// Equilibria in floating point.
    pub fn set_mixed(&mut self, found: &[Equilibrium], complete: bool, method: &str) {
        let float = |x: &f64| Num::Float(*x);
        let one = |equilibrium: &Equilibrium| MixedReport {
            profile: equilibrium.strategies.iter().map(|p| p.iter().map(float).collect()).collect(),
            payoffs: equilibrium.payoffs.iter().map(float).collect(),
            regret: Num::Float(equilibrium.regret.iter().copied().fold(0.0, f64::max)),
            regrets: equilibrium.regret.iter().map(float).collect(),
            complete,
            method: method.into(),
            exact: None,
        };
        self.mixed = Some(found.iter().map(one).collect());
    }

    /// The range over the (coarse) correlated equilibria.
    pub fn set_range(
        &mut self,
        game: &StrategicTable,
        concept: Concept,
        objective: Objective,
        found: &Range,
    ) {
        let range = RangeReport {
            objective: match objective {
                Objective::Welfare => "welfare".into(),
                Objective::Minimum => "minimum".into(),
                Objective::Player(i) => format!("player:{}", self.players[i].name),
            },
            min: found.lowest.value,
            max: found.highest.value,
            lowest: self.extreme(game, concept, &found.lowest),
            highest: self.extreme(game, concept, &found.highest),
        };
        match concept {
            Concept::Correlated => self.correlated = Some(range),
            Concept::Coarse => self.coarse_correlated = Some(range),
        }
    }

    fn extreme(&self, game: &StrategicTable, concept: Concept, end: &Extreme) -> ExtremeReport {
        let likely = |&(index, probability): &(usize, f64)| LikelyProfile {
            profile: self.named(&game.profile(index)),
            probability,
        };
        let incentive = |w: &crate::solve::correlated::Weighted| {
            let player = &self.players[w.player];
            GameIncentive {
                player: player.name.clone(),
                from: (concept == Concept::Correlated).then(|| player.strategies[w.from].clone()),
                to: player.strategies[w.to].clone(),
                weight: w.weight,
            }
        };
        let proofs = end.proofs.iter().map(|proof| BoundReport {
            shares: proof.shares.clone(),
            bound: proof.bound,
            weights: proof.weights.iter().map(incentive).collect(),
        });
        ExtremeReport {
            distribution: end.distribution.iter().map(likely).collect(),
            payoffs: end.payoffs.clone(),
            proofs: proofs.collect(),
        }
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
