//! Equilibria that coalitions do not upset, in pure strategies.
//!
//! A profile is a **strong** Nash equilibrium if no coalition has a joint deviation that
//! makes every member strictly better off (Aumann 1959). It is **coalition-proof**
//! (Bernheim, Peleg & Whinston 1987) if that holds for the deviations that are themselves
//! proof against further deviations by fewer of the same players: with `C_S(s)` saying that
//! `s_S` is coalition-proof in the game that the players outside `S` have fixed,
//!
//! - `E_S(s)`, self-enforcing: `C_T(s)` for every `T ⊂ S` with one member less;
//! - `C_S(s)`: `E_S(s)`, and no `s'` with `s'_{−S} = s_{−S}` and `E_S(s')` is strictly
//!   better for every member.
//!
//! Payoffs are compared exactly. Strong: O(equilibria · profiles · n). Coalition-proof:
//! O(2^n · profiles · n) plus the comparisons among self-enforcing profiles.

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::table::{Levels, StrategicTable};
use crate::solve::strategic::pure::pure_nash;
use crate::work::Work;

pub use crate::finding::strategic::{Blocking, Refined, Refinement};

/// The most players for coalition-proof equilibria.
pub const MAX_PLAYERS: usize = 8;
/// The most bits that their table may take.
const MAX_TABLE: usize = 1 << 31;

/// Profiles between two looks at the clock.
const BATCH: usize = 1 << 16;

/// All strong Nash equilibria in pure strategies.
pub fn strong_nash(game: &StrategicTable, work: &Work) -> Refined {
    let ranks = Ranks::new(game);
    let mut found = Refinement { stable: Vec::new(), upset: Vec::new() };
    let pure = pure_nash(game);
    work.begin("strong equilibria", pure.len() as u64 * game.len() as u64);
    for (examined, &index) in pure.iter().enumerate() {
        let profile = game.profile(index);
        let mut blocking = None;
        for start in (0..game.len()).step_by(BATCH) {
            if work.is_over() {
                work.end();
                let why = format!(
                    "the time was up when {examined} of {} pure equilibria were examined",
                    pure.len()
                );
                return Refined::Undecided { so_far: found, why };
            }
            let end = (start + BATCH).min(game.len());
            blocking = (start..end).find_map(|other| {
                let coalition = ranks.differing(index, other);
                let blocks = !coalition.is_empty() && ranks.all_gain(coalition, index, other);
                blocks.then(|| Blocking { coalition, deviation: game.profile(other) })
            });
            if blocking.is_some() {
                work.advance((game.len() - start) as u64);
                break;
            }
            work.advance((end - start) as u64);
        }
        match blocking {
            None => found.stable.push(profile),
            Some(blocking) => found.upset.push((profile, blocking)),
        }
    }
    work.end();
    Refined::Decided(found)
}

/// All coalition-proof Nash equilibria in pure strategies.
///
/// # Errors
/// If there are more than [`MAX_PLAYERS`] players or the table of coalitions and profiles is
/// too large.
pub fn coalition_proof(game: &StrategicTable, work: &Work) -> Result<Refined> {
    let n = game.roster().len();
    if n > MAX_PLAYERS || game.len() << n > MAX_TABLE {
        return Err(Error::too_large(
            format!("coalition-proof equilibria of {n} players and {} profiles", game.len()),
            format!("{MAX_PLAYERS} players, 2^31 pairs of a coalition and a profile"),
            "leave out players or strategies",
        ));
    }
    let ranks = Ranks::new(game);
    let mut coalitions: Vec<Coalition> = (1..1u64 << n).map(Coalition).collect();
    crate::order::sort_by_key(&mut coalitions, |s| s.len());
    // proof[S][s]: C_S(s).
    let mut proof: Vec<Vec<bool>> = vec![Vec::new(); 1 << n];
    let mut found = Refinement { stable: Vec::new(), upset: Vec::new() };
    let pure = pure_nash(game);
    work.begin("coalition-proof equilibria", coalitions.len() as u64 * game.len() as u64);
    for (number, &coalition) in coalitions.iter().enumerate() {
        if work.is_over() {
            work.end();
            // What a coalition upsets stays upset, whatever larger ones do.
            let smaller = &coalitions[..number];
            for &index in &pure {
                let upset = smaller.iter().find(|s| !proof[s.bits() as usize][index]);
                if let Some(blocking) =
                    upset.and_then(|&s| deviation(game, &ranks, &proof, s, index))
                {
                    found.upset.push((game.profile(index), blocking));
                }
            }
            let why = format!(
                "the time was up when {number} of {} coalitions were examined",
                coalitions.len()
            );
            return Ok(Refined::Undecided { so_far: found, why });
        }
        let enforcing: Vec<bool> = (0..game.len())
            .map(|s| {
                members(coalition, n).all(|i| {
                    let fewer = coalition.without(i);
                    fewer.is_empty() || proof[fewer.bits() as usize][s]
                })
            })
            .collect();
        let mut here = enforcing.clone();
        for group in groups(game, coalition) {
            let candidates: Vec<usize> = group.into_iter().filter(|&s| enforcing[s]).collect();
            for &s in &candidates {
                here[s] = !candidates.iter().any(|&other| ranks.all_gain(coalition, s, other));
            }
        }
        proof[coalition.bits() as usize] = here;
        work.advance(game.len() as u64);
    }
    work.end();
    for index in pure {
        // The smallest coalition that upsets it; those below are proof, so its deviation is
        // among self-enforcing profiles.
        let upset = coalitions.iter().find(|s| !proof[s.bits() as usize][index]);
        let profile = game.profile(index);
        match upset.and_then(|&s| deviation(game, &ranks, &proof, s, index)) {
            None => found.stable.push(profile),
            Some(blocking) => found.upset.push((profile, blocking)),
        }
    }
    Ok(Refined::Decided(found))
}

/// The deviation by which `coalition` upsets the profile `index`.
fn deviation(
    game: &StrategicTable,
    ranks: &Ranks,
    proof: &[Vec<bool>],
    coalition: Coalition,
    index: usize,
) -> Option<Blocking> {
    let n = game.roster().len();
    let enforcing = |s: usize| {
        members(coalition, n).all(|i| {
            let fewer = coalition.without(i);
            fewer.is_empty() || proof[fewer.bits() as usize][s]
        })
    };
    (0..game.len())
        .find(|&other| {
            ranks.differing(index, other).is_subset_of(coalition)
                && ranks.all_gain(coalition, index, other)
                && enforcing(other)
        })
        .map(|other| Blocking { coalition, deviation: game.profile(other) })
}

fn members(coalition: Coalition, n: usize) -> impl Iterator<Item = usize> {
    (0..n).filter(move |&i| coalition.contains(i))
}

/// The profiles, grouped by what the players outside the coalition do.
fn groups(game: &StrategicTable, coalition: Coalition) -> Vec<Vec<usize>> {
    let sizes = game.sizes();
    let spread = |inside: bool| {
        let mut offsets = vec![0];
        for (i, (&k, stride)) in sizes.iter().zip(game.strides()).enumerate() {
            if coalition.contains(i) == inside {
                offsets =
                    (0..k).flat_map(|a| offsets.iter().map(move |o| o + a * stride)).collect();
            }
        }
        offsets
    };
    let own = spread(true);
    spread(false).into_iter().map(|base| own.iter().map(|o| base + o).collect()).collect()
}

/// Payoffs to compare: exact levels, or where those are large their ranks.
struct Ranks {
    levels: Vec<Vec<i64>>,
    shape: Vec<(usize, usize)>,
}

impl Ranks {
    fn new(game: &StrategicTable) -> Self {
        let shape = game.strides().iter().copied().zip(game.sizes()).collect();
        let levels = (0..game.roster().len())
            .map(|i| match game.exact(i).levels() {
                Levels::Small(levels) => levels.clone(),
                Levels::Large(levels) => {
                    let mut sorted: Vec<_> = levels.iter().collect();
                    sorted.sort_unstable();
                    sorted.dedup();
                    levels
                        .iter()
                        .map(|level| sorted.partition_point(|other| *other < level) as i64)
                        .collect()
                }
            })
            .collect();
        Self { levels, shape }
    }

    /// The players whose strategies differ.
    fn differing(&self, one: usize, other: usize) -> Coalition {
        let differ = |(stride, k): &(usize, usize)| one / stride % k != other / stride % k;
        let players = self.shape.iter().enumerate().filter(|(_, shape)| differ(shape));
        players.fold(Coalition::EMPTY, |set, (i, _)| set.with(i))
    }

    /// Whether every member strictly prefers `other` to `one`.
    fn all_gain(&self, coalition: Coalition, one: usize, other: usize) -> bool {
        let mut levels = self.levels.iter().enumerate();
        levels.all(|(i, levels)| !coalition.contains(i) || levels[other] > levels[one])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strong_nash(game: &StrategicTable) -> Refinement {
        decided(super::strong_nash(game, &Work::default()))
    }

    fn coalition_proof(game: &StrategicTable) -> Refinement {
        decided(super::coalition_proof(game, &Work::default()).unwrap())
    }

    fn decided(found: Refined) -> Refinement {
        match found {
            Refined::Decided(found) => found,
            Refined::Undecided { why, .. } => panic!("{why}"),
        }
    }

    #[test]
    fn both_defect_is_coalition_proof_only_among_those_without_a_credible_way_out() {
        let dilemma = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
        let strong = strong_nash(&dilemma);
        assert!(strong.stable.is_empty());
        assert_eq!(strong.upset[0].1, Blocking { coalition: Coalition(3), deviation: vec![0, 0] });
        // Both cooperating is no equilibrium, so the way out is not credible.
        assert_eq!(coalition_proof(&dilemma).stable, [[1, 1]]);
    }

    #[test]
    fn a_way_out_must_itself_be_credible() {
        // After Bernheim, Peleg & Whinston (1987), section 1: the third player chooses the
        // matrix. A and B leave (A1, B1, C1) together for (A2, B2, C1).
        let game = |a1b1c2: i64| {
            let pair = [[[0, -5], [-5, 1]], [[a1b1c2, -5], [-5, -2]]];
            let third = [[[10, 0], [0, -5]], [[5, 0], [0, 0]]];
            StrategicTable::from_fn(&[2, 2, 2], |s, i| {
                if i == 2 { third[s[2]][s[0]][s[1]] } else { pair[s[2]][s[0]][s[1]] }
            })
            .unwrap()
        };
        let upset = (vec![0, 0, 0], Blocking { coalition: Coalition(3), deviation: vec![1, 1, 0] });
        // All three prefer (A1, B1, C1) to (A2, B2, C2), but would not stay there.
        let found = coalition_proof(&game(-3));
        assert_eq!(found, Refinement { stable: vec![vec![1, 1, 1]], upset: vec![upset.clone()] });
        assert!(strong_nash(&game(-3)).stable.is_empty());
        // Where A and B have a way out of (A2, B2, C2) too, nothing is coalition-proof.
        let found = coalition_proof(&game(-1));
        assert!(found.stable.is_empty());
        assert_eq!(found.upset[0], upset);
        assert_eq!(
            found.upset[1].1,
            Blocking { coalition: Coalition(3), deviation: vec![0, 0, 1] }
        );
    }
}
