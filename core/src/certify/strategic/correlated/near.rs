//! What is claimed in floats of a game whose payoffs are far from zero, brought near it.
//!
//! Floats that hold a large constant have few digits left for what payoffs differ by: at 10^15
//! all that differ by hundredths are the same, and any bound on them "holds". So the constant
//! is taken off exactly, from the game and from every number claimed, and a number counts as
//! what it claims only to within the rounding of the float that shows it.

use std::borrow::Cow;

use dashu_ratio::RBig;

use super::{Asked, expected, is_of};
use crate::exact::sum;
use crate::finding::strategic::correlated::{Attained, Objective, Partial, Proof};
use crate::game::StrategicTable;

pub(super) struct Near<'a> {
    game: Cow<'a, StrategicTable>,
    objective: Cow<'a, Objective>,
    /// What was taken from each player's payoffs, and from the objective.
    by: Vec<RBig>,
    constant: RBig,
}

impl<'a> Near<'a> {
    pub(super) fn of(game: &'a StrategicTable, objective: &'a Objective) -> Self {
        let n = game.roster().len();
        let mut near = Self {
            game: Cow::Borrowed(game),
            objective: Cow::Borrowed(objective),
            by: vec![RBig::ZERO; n],
            constant: RBig::ZERO,
        };
        if !is_of(objective, game) {
            return near;
        }
        if let Some(lowest) = game.remote() {
            near.by = lowest;
            if *objective == Objective::Minimum
                && let Some(least) = near.by.iter().min().cloned()
            {
                near.by.fill(least);
            }
            near.game = Cow::Owned(game.lowered(&near.by));
        }
        near.constant = match objective {
            Objective::Played(_) => RBig::ZERO,
            Objective::Values(values) if values.is_remote() => {
                near.objective = Cow::Owned(Objective::Values(values.lowered(values.offset())));
                values.offset().clone()
            }
            Objective::Values(_) => RBig::ZERO,
            Objective::Minimum => near.by[0].clone(),
            Objective::Player(player) => near.by[*player].clone(),
            Objective::Welfare => sum(near.by.iter()),
            Objective::Sum(shares) => expected(shares, &near.by),
        };
        near
    }

    /// The same question about the game near zero.
    pub(super) fn asked(&self, asked: &Asked<'_>) -> Asked<'_> {
        Asked { game: &self.game, objective: &self.objective, near: Some(self), ..*asked }
    }

    /// What is taken from a player's payoffs, as it is rounded off in floats.
    pub(super) fn blur(&self, player: usize) -> f64 {
        blur(&self.by[player])
    }

    /// The same of the objective.
    pub(super) fn blur_of_objective(&self) -> f64 {
        blur(&self.constant)
    }

    pub(super) fn attained(&self, found: &Attained) -> Attained {
        let payoffs = found.payoffs.iter().enumerate();
        let payoffs = payoffs.map(|(i, &u)| self.by.get(i).map_or(u, |by| less(u, by))).collect();
        Attained { value: less(found.value, &self.constant), payoffs, ..found.clone() }
    }

    pub(super) fn proof(&self, proof: &Proof) -> Proof {
        let base = match proof.shares.is_empty() {
            true => self.constant.clone(),
            false => {
                let exact = |&share: &f64| RBig::try_from(share).unwrap_or(RBig::ZERO);
                let shares: Vec<RBig> = proof.shares.iter().map(exact).collect();
                expected(&shares, &self.by)
            }
        };
        Proof { bound: less(proof.bound, &base), ..proof.clone() }
    }

    pub(super) fn partial(&self, known: &Partial) -> Partial {
        Partial {
            attained: known.attained.as_ref().map(|found| self.attained(found)),
            proofs: known.proofs.iter().map(|proof| self.proof(proof)).collect(),
        }
    }
}

fn less(x: f64, by: &RBig) -> f64 {
    RBig::try_from(x).map_or(x, |exact| (exact - by).to_f64().value())
}

fn blur(constant: &RBig) -> f64 {
    2.0 * f64::EPSILON * constant.to_f64().value().abs()
}
