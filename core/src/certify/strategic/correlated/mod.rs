//! Ranges over correlated equilibria, from the game's payoffs alone: exactly where the range is
//! known exactly, else to within a tolerance.
//!
//! For every distribution that meets the incentives, the expectation of a function plus
//! weighted gains is no more than that of the function alone, and no less than its least over
//! all profiles. So weights prove a bound, and an equilibrium that attains it is at the end of
//! the range.

mod exact;
mod float;
mod near;

use dashu_ratio::RBig;

use self::near::Near;
use crate::certify::Claim;
use crate::finding::strategic::correlated::{
    Attained, Bounds, Concept, Objective, Range, Weighted,
};
use crate::game::StrategicTable;
use crate::game::table::Payoffs;

/// That each end of the range is attained by an equilibrium, and that no equilibrium is beyond
/// it. O(profiles · players) and the weights of the strategies played.
pub fn range(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
    range: &Range,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut near = None;
    for (name, sign, end) in [("lowest", 1, &range.lowest), ("highest", -1, &range.highest)] {
        let asked = Asked { game, concept, objective, sign, name, near: None };
        match &end.exact {
            Some(exact) => exact::claims(&asked, exact, &mut claims),
            None => {
                let near = near.get_or_insert_with(|| Near::of(game, objective));
                float::claims(&near.asked(&asked), &end.float, &mut claims);
            }
        }
    }
    claims
}

/// That what is attained is attained, and what is proved is proved.
pub fn bounds(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
    bounds: &Bounds,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    let near = Near::of(game, objective);
    for (name, sign, known) in [("lowest", 1, &bounds.lowest), ("highest", -1, &bounds.highest)] {
        let asked = Asked { game, concept, objective, sign, name, near: None };
        float::partial(&near.asked(&asked), known, &mut claims);
    }
    claims
}

/// The objective under a distribution over profiles of the game. O(its profiles).
pub fn expectation(game: &StrategicTable, objective: &Objective, attained: &Attained) -> f64 {
    float::expectation(game, objective, attained)
}

/// Whether an objective names no player, strategy or profile that the game does not have.
fn is_of(objective: &Objective, game: &StrategicTable) -> bool {
    let roster = game.roster();
    match objective {
        Objective::Welfare | Objective::Minimum => true,
        Objective::Player(player) => roster.get(*player).is_some(),
        Objective::Sum(shares) => {
            shares.iter().zip(roster).count() == shares.len().max(roster.len())
        }
        Objective::Played(list) => list
            .iter()
            .all(|&(i, a)| roster.get(i).is_some_and(|player| player.strategies.get(a).is_some())),
        Objective::Values(values) => values.len() == game.len(),
    }
}

/// What is asked of an end: the lowest (`sign` 1) or the highest (−1).
struct Asked<'a> {
    game: &'a StrategicTable,
    concept: Concept,
    objective: &'a Objective,
    sign: i8,
    name: &'static str,
    /// How the numbers claimed become those of this game, if it was brought near zero.
    near: Option<&'a Near<'a>>,
}

impl Asked<'_> {
    fn what(&self, text: &str) -> String {
        let concept = match self.concept {
            Concept::Correlated => "correlated",
            Concept::Coarse => "coarse",
        };
        format!("{concept}: the {} {text}", self.name)
    }

    /// Whether an incentive with this weight means something.
    fn knows<T>(&self, w: &Weighted<T>) -> bool {
        let k = self.game.sizes().get(w.player).copied().unwrap_or(0);
        w.from < k && w.to < k
    }

    /// The number of the row in which a player's gain at this strategy is charged.
    fn row(&self, from: usize) -> usize {
        if self.concept == Concept::Coarse { 0 } else { from }
    }
}

fn expected(shares: &[RBig], by: &[RBig]) -> RBig {
    shares.iter().zip(by).fold(RBig::ZERO, |sum, (share, by)| sum + share * by)
}

/// One term of a function of profiles: `share · number of the profile`.
enum Number<'a> {
    Payoffs(&'a Payoffs),
    /// Whether these strategies are played: 1 or 0.
    Played(&'a [(usize, usize)]),
}

/// The terms of what a proof bounds: a sum of payoffs with shares or, without any, the
/// objective itself, if that is no sum of payoffs.
fn terms<'a>(asked: &Asked<'a>, shares: &[RBig]) -> Vec<(Number<'a>, RBig)> {
    match asked.objective {
        Objective::Played(list) => vec![(Number::Played(list), RBig::ONE)],
        Objective::Values(values) => vec![(Number::Payoffs(values), RBig::ONE)],
        _ => {
            let term =
                |(i, share): (usize, &RBig)| (Number::Payoffs(asked.game.exact(i)), share.clone());
            shares.iter().enumerate().filter(|(_, share)| !share.is_zero()).map(term).collect()
        }
    }
}
