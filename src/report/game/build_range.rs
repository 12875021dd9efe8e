//! From ranges over correlated equilibria to the report.

use dashu_ratio::RBig;

use crate::finding::strategic::correlated::{
    Attained, Bounds, Concept, End, Extreme, Objective, Partial, Proof, Range, Weighted,
};
use crate::game::StrategicTable;
use crate::report::Keyed;
use crate::report::game::*;
use crate::tolerance::Tolerances;

impl GameReport {
    /// The range over the (coarse) correlated equilibria. `source` names the file of an
    /// objective by values.
    pub fn set_range(
        &mut self,
        game: &StrategicTable,
        concept: Concept,
        (objective, source): (&Objective, &str),
        found: &Range,
        exact: bool,
    ) {
        let (lowest, min) = self.rounded(game, concept, &found.lowest, exact);
        let (highest, max) = self.rounded(game, concept, &found.highest, exact);
        let (objective, goal) = self.objective(objective, source);
        let range = RangeReport { objective, goal, min, max, lowest, highest };
        match concept {
            Concept::Correlated => self.correlated = Some(range),
            Concept::Coarse => self.coarse_correlated = Some(range),
        }
    }

    /// What is known of a range that was not decided.
    pub fn set_bounds(
        &mut self,
        game: &StrategicTable,
        concept: Concept,
        (objective, source): (&Objective, &str),
        found: &Bounds,
    ) {
        let (objective, goal) = self.objective(objective, source);
        let best = |proofs: &[Proof], sign: f64| {
            // Each player's payoff is at least its bound, the worst-off player's the least.
            proofs.iter().map(|p| sign * p.bound).fold(f64::INFINITY, f64::min) * sign
        };
        let lowest = best(&found.lowest.proofs, 1.0);
        let highest = best(&found.highest.proofs, -1.0);
        let value = |known: &Partial| known.attained.as_ref().map(|attained| attained.value);
        // An equilibrium bounds either end, and so does the other end's bound.
        let known = [value(&found.lowest), value(&found.highest)];
        let known = known.into_iter().flatten();
        let bounds = BoundsReport {
            objective,
            goal,
            min: [lowest, known.clone().fold(highest, f64::min)],
            max: [known.fold(lowest, f64::max), highest],
            lowest: self.partial(game, concept, &found.lowest),
            highest: self.partial(game, concept, &found.highest),
        };
        match concept {
            Concept::Correlated => self.so_far.correlated = Some(bounds),
            Concept::Coarse => self.so_far.coarse_correlated = Some(bounds),
        }
    }

    /// An objective's name, and the objective in full where that does not tell.
    fn objective(&self, objective: &Objective, source: &str) -> (String, Option<GoalReport>) {
        let strings = |list: Vec<(&str, String)>| {
            let owned = list.into_iter().map(|(name, text)| (name.to_owned(), text));
            Some(Keyed(owned.collect()))
        };
        let nothing = GoalReport::default();
        let goal = match objective {
            Objective::Welfare | Objective::Minimum | Objective::Player(_) => None,
            Objective::Sum(shares) => {
                let shares = strings(named_shares(&self.players, shares));
                Some(GoalReport { shares, ..nothing })
            }
            Objective::Played(list) => {
                let profile = strings(named_strategies(&self.players, list));
                Some(GoalReport { profile, ..nothing })
            }
            Objective::Values(values) => {
                let all = (0..values.len()).map(|k| values.payoff(k).to_string()).collect();
                Some(GoalReport { values: Some(all), ..nothing })
            }
        };
        (name(&self.players, objective, source), goal)
    }

    /// An end and its value.
    fn rounded(
        &self,
        game: &StrategicTable,
        concept: Concept,
        end: &End,
        exact: bool,
    ) -> (ExtremeReport, Num) {
        let float = |x: &f64| Num::Float(*x);
        match &end.exact {
            Some(found) if exact => {
                let string = |x: &RBig| Num::Exact(x.to_string());
                let value = string(&found.attained.value);
                (self.extreme(game, concept, found, string, 0.0), value)
            }
            Some(found) => {
                let mut report = self.extreme(game, concept, &end.float, float, 0.0);
                report.exact = Some(in_full(found));
                (report, Num::Float(end.float.attained.value))
            }
            None => {
                let within = Tolerances::DEFAULT.certificate;
                let report = self.extreme(game, concept, &end.float, float, within);
                (report, Num::Float(end.float.attained.value))
            }
        }
    }

    fn partial(&self, game: &StrategicTable, concept: Concept, known: &Partial) -> ExtremeReport {
        let nothing = Attained { value: 0.0, distribution: Vec::new(), payoffs: Vec::new() };
        let attained = known.attained.clone().unwrap_or(nothing);
        let extreme = Extreme { attained, proofs: known.proofs.clone() };
        let within = Tolerances::DEFAULT.certificate;
        self.extreme(game, concept, &extreme, |x| Num::Float(*x), within)
    }

    fn extreme<T>(
        &self,
        game: &StrategicTable,
        concept: Concept,
        end: &Extreme<T>,
        number: impl Fn(&T) -> Num,
        within: f64,
    ) -> ExtremeReport {
        let likely = |(index, probability): &(usize, T)| LikelyProfile {
            profile: self.named(&game.profile(*index)),
            probability: number(probability),
        };
        let incentive = |w: &Weighted<T>| {
            let player = &self.players[w.player];
            GameIncentive {
                player: player.name.clone(),
                from: (concept == Concept::Correlated).then(|| player.strategies[w.from].clone()),
                to: player.strategies[w.to].clone(),
                weight: number(&w.weight),
            }
        };
        let proofs = end.proofs.iter().map(|proof| BoundReport {
            shares: proof.shares.iter().map(&number).collect(),
            bound: number(&proof.bound),
            weights: proof.weights.iter().map(incentive).collect(),
        });
        ExtremeReport {
            distribution: end.attained.distribution.iter().map(likely).collect(),
            payoffs: end.attained.payoffs.iter().map(&number).collect(),
            proofs: proofs.collect(),
            within,
            exact: None,
        }
    }
}

/// The name of an objective of the game of these players, as it is asked for.
pub(super) fn name(players: &[GamePlayer], objective: &Objective, source: &str) -> String {
    let listed = |list: Vec<(&str, String)>| {
        let pairs = list.into_iter().map(|(name, text)| format!("{name}={text}"));
        pairs.collect::<Vec<_>>().join(",")
    };
    match objective {
        Objective::Welfare => "welfare".into(),
        Objective::Minimum => "minimum".into(),
        Objective::Player(i) => format!("player:{}", players[*i].name),
        Objective::Sum(shares) => format!("sum:{}", listed(named_shares(players, shares))),
        Objective::Played(list) => format!("profile:{}", listed(named_strategies(players, list))),
        Objective::Values(_) => format!("values:{source}"),
    }
}

fn named_shares<'a>(players: &'a [GamePlayer], shares: &[RBig]) -> Vec<(&'a str, String)> {
    players.iter().zip(shares).map(|(p, share)| (p.name.as_str(), share.to_string())).collect()
}

fn named_strategies<'a>(
    players: &'a [GamePlayer],
    list: &[(usize, usize)],
) -> Vec<(&'a str, String)> {
    list.iter()
        .map(|&(i, a)| (players[i].name.as_str(), players[i].strategies[a].clone()))
        .collect()
}

fn in_full(end: &Extreme<RBig>) -> ExactEnd {
    let strings = |numbers: &[RBig]| numbers.iter().map(RBig::to_string).collect();
    let bound = |proof: &Proof<RBig>| ExactBound {
        shares: strings(&proof.shares),
        bound: proof.bound.to_string(),
        weights: proof.weights.iter().map(|w| w.weight.to_string()).collect(),
    };
    ExactEnd {
        value: end.attained.value.to_string(),
        probabilities: end.attained.distribution.iter().map(|(_, p)| p.to_string()).collect(),
        payoffs: strings(&end.attained.payoffs),
        proofs: end.proofs.iter().map(bound).collect(),
    }
}
