//! A range over the equilibria of a game whose payoffs are far from zero.
//!
//! A constant taken from a player's payoffs changes no equilibrium, but floats that hold it
//! have few digits left for what the payoffs differ by. It is taken away exactly, the range is
//! found, and what was taken is put back: exactly where the end is known exactly.
//! Cost: one more table of payoffs, and O(profiles · players).

use dashu_ratio::RBig;

use super::findings::{Attained, Bounds, End, Extreme, Partial, Proof, Range, Ranged, rounded};
use super::objective::Objective;
use crate::game::StrategicTable;

pub(super) struct Shift {
    /// The game and the objective without the constants.
    pub(super) game: StrategicTable,
    pub(super) objective: Objective,
    /// What was taken from each player's payoffs, and from the objective.
    by: Vec<RBig>,
    constant: RBig,
}

impl Shift {
    /// `None` where the payoffs and the objective are near enough to zero.
    pub(super) fn of(game: &StrategicTable, objective: &Objective) -> Option<Self> {
        let values = match objective {
            Objective::Values(values) if values.is_remote() => Some(values),
            _ => None,
        };
        let remote = game.remote();
        if remote.is_none() && values.is_none() {
            return None;
        }
        let n = game.roster().len();
        let mut by = remote.unwrap_or_else(|| vec![RBig::ZERO; n]);
        let constant = match (objective, objective.shares(n)) {
            (_, Some(shares)) => weighted(&shares, &by),
            (Objective::Minimum, _) => {
                // The payoffs are compared with one another: all lose the same.
                let least = by.iter().min().cloned().unwrap_or(RBig::ZERO);
                by.fill(least.clone());
                least
            }
            _ => values.map_or(RBig::ZERO, |values| values.offset().clone()),
        };
        let objective = match values {
            Some(values) => Objective::Values(values.lowered(&constant)),
            None => objective.clone(),
        };
        Some(Self { game: game.lowered(&by), objective, by, constant })
    }

    /// The range with what was taken.
    pub(super) fn back(&self, found: Ranged) -> Ranged {
        match found {
            Ranged::Decided(range) => {
                let Range { lowest, highest } = *range;
                let (lowest, highest) = (self.end(lowest), self.end(highest));
                Ranged::Decided(Box::new(Range { lowest, highest }))
            }
            Ranged::Undecided { why, bounds } => {
                let lowest = self.partial(bounds.lowest);
                let highest = self.partial(bounds.highest);
                Ranged::Undecided { why, bounds: Bounds { lowest, highest } }
            }
        }
    }

    fn end(&self, end: End) -> End {
        match end.exact {
            Some(exact) => {
                let exact = Extreme {
                    attained: Attained {
                        value: exact.attained.value + &self.constant,
                        payoffs: self.raised(&exact.attained.payoffs),
                        ..exact.attained
                    },
                    proofs: exact.proofs.into_iter().map(|proof| self.exact_proof(proof)).collect(),
                };
                End { float: exact.rounded(), exact: Some(exact) }
            }
            None => {
                let Extreme { attained, proofs } = end.float;
                let proofs = proofs.into_iter().map(|proof| self.proof(proof)).collect();
                End { float: Extreme { attained: self.attained(attained), proofs }, exact: None }
            }
        }
    }

    fn raised(&self, payoffs: &[RBig]) -> Vec<RBig> {
        payoffs.iter().zip(&self.by).map(|(payoff, by)| payoff + by).collect()
    }

    fn exact_proof(&self, proof: Proof<RBig>) -> Proof<RBig> {
        let base = match proof.shares.is_empty() {
            true => self.constant.clone(),
            false => weighted(&proof.shares, &self.by),
        };
        Proof { bound: proof.bound + base, ..proof }
    }

    fn partial(&self, known: Partial) -> Partial {
        let proofs = known.proofs.into_iter().map(|proof| self.proof(proof)).collect();
        Partial { attained: known.attained.map(|attained| self.attained(attained)), proofs }
    }

    fn attained(&self, found: Attained) -> Attained {
        let payoffs = found.payoffs.iter().zip(&self.by).map(|(&u, by)| plus(u, by)).collect();
        Attained { value: plus(found.value, &self.constant), payoffs, ..found }
    }

    fn proof(&self, proof: Proof) -> Proof {
        let base = match proof.shares.is_empty() {
            true => self.constant.clone(),
            false => {
                let shares: Vec<RBig> = proof.shares.iter().map(|&share| exactly(share)).collect();
                weighted(&shares, &self.by)
            }
        };
        Proof { bound: plus(proof.bound, &base), ..proof }
    }
}

fn weighted(shares: &[RBig], by: &[RBig]) -> RBig {
    shares.iter().zip(by).fold(RBig::ZERO, |sum, (share, by)| sum + share * by)
}

fn exactly(x: f64) -> RBig {
    RBig::try_from(x).unwrap_or(RBig::ZERO)
}

/// The sum, rounded once.
fn plus(x: f64, constant: &RBig) -> f64 {
    RBig::try_from(x).map_or(x, |exact| rounded(&(exact + constant)))
}
