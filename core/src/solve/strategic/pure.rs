//! All pure Nash equilibria of a game that is laid out.
//!
//! A profile is an equilibrium iff every player's strategy is a best response. For each
//! player the payoffs are walked in strides, one line of its own strategies after another,
//! and what is below its line's best is struck out. Exact: whole payoff levels are compared.
//! O(profiles · players), and a byte for each profile.

use crate::game::table::{Levels, StrategicTable};

/// The numbers of all profiles that are Nash equilibria, ascending.
pub fn pure_nash(game: &StrategicTable) -> Vec<usize> {
    let mut alive = vec![1u8; game.len()];
    for (i, k) in game.sizes().into_iter().enumerate() {
        match game.exact(i).levels() {
            Levels::Small(levels) => strike(levels, game.strides()[i], k, &mut alive),
            Levels::Large(levels) => strike(levels, game.strides()[i], k, &mut alive),
        }
    }
    alive.iter().enumerate().filter(|(_, flag)| **flag != 0).map(|(index, _)| index).collect()
}

/// Strikes out the profiles in which the player with this stride and `k` strategies has a
/// better one.
fn strike<T: Ord + Clone>(levels: &[T], stride: usize, k: usize, alive: &mut [u8]) {
    let mut best: Vec<T> = Vec::new();
    for (levels, alive) in levels.chunks_exact(stride * k).zip(alive.chunks_exact_mut(stride * k)) {
        best.clear();
        best.extend_from_slice(&levels[..stride]);
        for line in levels[stride..].chunks_exact(stride) {
            for (best, level) in best.iter_mut().zip(line) {
                if level > best {
                    *best = level.clone();
                }
            }
        }
        for (line, alive) in levels.chunks_exact(stride).zip(alive.chunks_exact_mut(stride)) {
            for ((level, best), alive) in line.iter().zip(&best).zip(alive) {
                *alive &= u8::from(level == best);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::table::advance;

    #[test]
    fn textbook_games() {
        let dilemma = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
        assert_eq!(pure_nash(&dilemma), [3]);
        let sexes = StrategicTable::bimatrix(&[[2, 0], [0, 1]], &[[1, 0], [0, 2]]).unwrap();
        assert_eq!(pure_nash(&sexes), [0, 3]);
        let pennies = StrategicTable::bimatrix(&[[1, -1], [-1, 1]], &[[-1, 1], [1, -1]]).unwrap();
        assert!(pure_nash(&pennies).is_empty());
    }

    #[test]
    fn agrees_with_the_definition() {
        let sizes = [3, 1, 4, 2];
        let mut state = 7u64;
        for _ in 0..20 {
            let game = StrategicTable::from_fn(&sizes, |_, _| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                (state >> 60) as i64
            })
            .unwrap();
            let mut expected = Vec::new();
            let mut profile = vec![0; 4];
            loop {
                let best = (0..4).all(|i| {
                    let here = game.payoff(i, game.index(&profile));
                    (0..sizes[i]).all(|a| {
                        let mut other = profile.clone();
                        other[i] = a;
                        game.payoff(i, game.index(&other)) <= here
                    })
                });
                if best {
                    expected.push(game.index(&profile));
                }
                if !advance(&mut profile, &sizes) {
                    break;
                }
            }
            assert_eq!(pure_nash(&game), expected);
        }
    }
}
