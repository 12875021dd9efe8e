//! Whether a group of states would leave an equilibrium together.
//!
//! Every other profile is a joint deviation of the states whose stance differs; the equilibrium is
//! strong (Aumann 1959) if in none of them all of these are better off. O(n · 3^(n−1)) at worst;
//! mostly the first of a group that would not gain ends the look at it.

use crate::finding::security::Strength;
use crate::game::security::Field;
use crate::game::{SecurityGame, Stance};
use crate::solve::security::equilibria::{taking, without};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How many profiles between two looks at the clock.
const STRIDE: u64 = 1 << 16;

/// Whether the equilibrium is strong, else who leaves; `None` if the time was up.
pub(super) fn of(game: &SecurityGame, profile: &[Stance], work: &Work) -> Option<Strength> {
    let choosers = game.choosers();
    let losses: Vec<f64> = choosers
        .iter()
        .zip(profile)
        .map(|(&i, &stance)| game.losses(&game.field(profile, i), i)[stance as usize])
        .collect();
    let mut other = vec![Stance::Balance; choosers.len()];
    let mut sides = Field {
        attackers: game.force([game.target()].into_iter().collect()),
        defenders: game.force(choosers.iter().copied().collect()),
        ..Field::default()
    };
    for count in 1..=game.profiles() {
        if count.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        let gains = |(c, &i): (usize, &usize)| {
            let field = without(game, sides, i, other[c]);
            let loss = game.losses(&field, i)[other[c] as usize];
            loss < losses[c] - Tolerances::DEFAULT.rounding
        };
        let mut leavers = choosers.iter().enumerate().filter(|(c, _)| other[*c] != profile[*c]);
        if other != profile && leavers.all(gains) {
            return Some(Strength::Leaves(other));
        }
        for (c, &i) in choosers.iter().enumerate() {
            let (from, to) = (other[c], Stance::ALL[(other[c] as usize + 1) % 3]);
            sides = taking(game, without(game, sides, i, from), i, to);
            other[c] = to;
            if to != Stance::Balance {
                break;
            }
        }
    }
    Some(Strength::Strong)
}
