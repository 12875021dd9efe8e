//! From findings to the report.

use dashu_ratio::RBig;

use crate::finding::strategic::mixed::{Equilibrium, ExactEquilibrium, Quantal};
use crate::finding::strategic::{Belief, Dominance, Refinement};
use crate::game::StrategicTable;
use crate::game::nfg::{self, Variant};
use crate::report::Keyed;
use crate::report::game::*;

/// Distributions over more profiles than this are not written out.
const MOST_OUTCOMES: usize = 64;
/// Nor those of longer lists of equilibria.
const MOST_WITH_OUTCOMES: usize = 1000;

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
            mixed_complete: None,
            components: Vec::new(),
            logit: None,
            correlated: None,
            coarse_correlated: None,
            strong: None,
            strong_upset: None,
            coalition_proof: None,
            coalition_proof_upset: None,
            undecided: Keyed::default(),
            so_far: SoFar::default(),
            game: nfg::write(game, Variant::Payoffs),
            provenance: None,
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
    pub fn set_dominance(&mut self, game: &StrategicTable, found: &Dominance) {
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
            beliefs: found.beliefs.iter().map(|belief| self.belief(game, belief)).collect(),
        });
    }

    fn belief(&self, game: &StrategicTable, belief: &Belief) -> BeliefReport {
        let player = &self.players[belief.player];
        let likely = |(profile, p): &(usize, RBig)| LikelyProfile {
            profile: self.named(&game.profile(*profile)),
            probability: Num::of(p, true),
        };
        BeliefReport {
            player: player.name.clone(),
            strategy: player.strategies[belief.strategy].clone(),
            expects: belief.expects.iter().map(likely).collect(),
        }
    }

    /// Equilibria of a two-player game in fractions.
    pub fn set_exact(
        &mut self,
        found: &[ExactEquilibrium],
        complete: bool,
        method: &str,
        exact: bool,
    ) {
        let few = found.len() <= MOST_WITH_OUTCOMES;
        let one = |equilibrium: &ExactEquilibrium| {
            let ExactEquilibrium { strategies, payoffs } = equilibrium;
            let mut one = self.in_fractions(strategies, payoffs, method, exact, few);
            one.complete = complete;
            one
        };
        self.mixed = Some(found.iter().map(one).collect());
        self.mixed_complete = Some(complete);
    }

    fn in_fractions(
        &self,
        strategies: &[Vec<RBig>],
        payoffs: &[RBig],
        method: &str,
        exact: bool,
        with_outcomes: bool,
    ) -> MixedReport {
        let zero = || Num::of(&RBig::ZERO, exact);
        let strings = |p: &Vec<RBig>| p.iter().map(RBig::to_string).collect();
        let outcomes = || {
            self.outcomes(strategies, RBig::ONE, |product, p| product * p, |p| Num::of(p, exact))
        };
        MixedReport {
            profile: strategies
                .iter()
                .map(|p| p.iter().map(|x| Num::of(x, exact)).collect())
                .collect(),
            payoffs: payoffs.iter().map(|u| Num::of(u, exact)).collect(),
            regret: zero(),
            regrets: payoffs.iter().map(|_| zero()).collect(),
            complete: false,
            method: method.into(),
            exact: (!exact).then(|| strategies.iter().map(strings).collect()),
            outcomes: with_outcomes.then(outcomes).flatten(),
        }
    }

    /// Equilibria in floating point, those that have fractions in fractions too.
    pub fn set_mixed(&mut self, found: &[Equilibrium], complete: bool, method: &str, exact: bool) {
        let few = found.len() <= MOST_WITH_OUTCOMES;
        let one = |equilibrium: &Equilibrium| match &equilibrium.exact {
            Some((strategies, payoffs)) => {
                let one = self.in_fractions(strategies, payoffs, method, exact, few);
                MixedReport { complete, ..one }
            }
            None => self.float(equilibrium, complete, method),
        };
        self.mixed = Some(found.iter().map(one).collect());
        self.mixed_complete = Some(complete);
    }

    /// How the equilibria of two players that are listed hang together.
    pub fn set_subsets(&mut self, component: &[usize], subsets: Option<&[Vec<usize>]>) {
        let count = component.iter().max().map_or(0, |last| last + 1);
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
        component.iter().enumerate().for_each(|(k, &c)| members[c].push(k + 1));
        let of = |c: usize| {
            let own = subsets.unwrap_or_default().iter().filter(|s| component[s[0]] == c);
            own.map(|subset| subset.iter().map(|k| k + 1).collect()).collect()
        };
        let several = members.into_iter().enumerate().filter(|(_, own)| own.len() > 1);
        self.components = several
            .map(|(c, equilibria)| ComponentReport {
                equilibria,
                faces: Vec::new(),
                subsets: of(c),
            })
            .collect();
    }

    /// Sets of equilibria of more players, those that share an equilibrium together: faces, with
    /// those listed that are on them, and products, by the numbers of those listed.
    pub fn set_continua(
        &mut self,
        found: &[Equilibrium],
        faces: &[Vec<Vec<usize>>],
        products: &[Vec<usize>],
    ) {
        let on = |face: &Vec<Vec<usize>>, equilibrium: &Equilibrium| {
            let mut all = equilibrium.strategies.iter().zip(face);
            all.all(|(p, own)| p.iter().enumerate().all(|(a, &x)| x <= 0.0 || own.contains(&a)))
        };
        let named = |face: &Vec<Vec<usize>>| {
            let own = face.iter().zip(&self.players);
            own.map(|(own, p)| own.iter().map(|&a| p.strategies[a].clone()).collect()).collect()
        };
        let of_face = |face: &Vec<Vec<usize>>| ComponentReport {
            equilibria: (1..=found.len()).filter(|&k| on(face, &found[k - 1])).collect(),
            faces: vec![named(face)],
            subsets: Vec::new(),
        };
        let of_product = |product: &Vec<usize>| {
            let numbers: Vec<usize> = product.iter().map(|k| k + 1).collect();
            let subsets = vec![numbers.clone()];
            ComponentReport { equilibria: numbers, faces: Vec::new(), subsets }
        };
        let mut groups: Vec<ComponentReport> = Vec::new();
        for set in faces.iter().map(of_face).chain(products.iter().map(of_product)) {
            let meets = |group: &ComponentReport| {
                group.equilibria.iter().any(|k| set.equilibria.contains(k))
            };
            let (with, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
            let mut whole = ComponentReport::default();
            for part in with.into_iter().chain([set]) {
                whole.equilibria.extend(part.equilibria);
                whole.faces.extend(part.faces);
                whole.subsets.extend(part.subsets);
            }
            whole.equilibria.sort_unstable();
            whole.equilibria.dedup();
            groups = apart;
            groups.push(whole);
        }
        self.components = groups;
    }

    /// A logit equilibrium, with how its precision was told from observed play.
    pub fn set_logit(&mut self, at: &Quantal, payoffs: Vec<f64>, fit: Option<FitReport>) {
        self.logit = Some(LogitReport {
            precision: at.precision,
            profile: at.strategies.clone(),
            payoffs,
            steps: at.steps,
            turns: at.turns,
            fit,
        });
    }

    /// Takes back what was found of a concept.
    pub fn withdraw(&mut self, concept: &str) {
        match concept {
            "pure" => self.pure = None,
            "dominance" => self.dominance = None,
            "mixed" => {
                (self.mixed, self.mixed_complete, self.so_far.mixed) = (None, None, None);
                self.components = Vec::new();
            }
            "logit" => self.logit = None,
            "correlated" => (self.correlated, self.so_far.correlated) = (None, None),
            "coarse_correlated" => {
                (self.coarse_correlated, self.so_far.coarse_correlated) = (None, None);
            }
            "strong" => {
                (self.strong, self.strong_upset, self.so_far.strong) = (None, None, None);
            }
            _ => {
                (self.coalition_proof, self.coalition_proof_upset) = (None, None);
                self.so_far.coalition_proof = None;
            }
        }
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
