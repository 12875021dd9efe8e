//! Iterated elimination of strictly dominated strategies (Luce & Raiffa 1957; by mixed
//! strategies Pearce 1984).
//!
//! A strategy is strictly dominated if some mixture of the player's others pays it more
//! whatever the others do. Whether one does is a linear programme, `max ε` subject to
//! `Σ σ(b) · (u(b, s) − u(a, s)) ≥ ε` for every profile `s` of the others, solved by adding
//! the worst violated row until none is. Payoffs enter as shares of the player's span, so
//! that the answer does not depend on their scale.
//!
//! What the programme proposes is believed only after its mixture, rounded to fractions, has
//! been checked in exact arithmetic against every profile: each elimination is a proof. So is
//! what is kept: each strategy comes with a belief to which it is a best reply (`beliefs`). The
//! order in which strictly dominated strategies go does not change what remains.
//!
//! Cost: O(eliminations · strategies · profiles) comparisons, and as many small programmes.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::error::Result;
use crate::game::table::{Levels, StrategicTable};
use crate::lp::{Backend, Comparison, LinearProgram};
use crate::solve::strategic::beliefs::{Beliefs, beliefs};
use crate::tolerance::Tolerances;
use crate::work::Work;

pub use crate::finding::strategic::{Dominance, Elimination};

/// Which strategies may dominate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum By {
    /// Pure strategies alone: no programme is solved.
    Pure,
    /// Mixed strategies too.
    #[default]
    Mixed,
}

/// Eliminates strictly dominated strategies until none is left.
///
/// # Errors
/// If the LP backend fails.
pub fn eliminate(game: &StrategicTable, by: By, backend: Backend) -> Result<Dominance> {
    eliminate_within(game, by, backend, &Work::default())
}

/// The same in the time that there is.
///
/// # Errors
/// As [`eliminate`]; if the time is up.
pub fn eliminate_within(
    game: &StrategicTable,
    by: By,
    backend: Backend,
    work: &Work,
) -> Result<Dominance> {
    let mut remaining: Vec<Vec<usize>> =
        game.sizes().into_iter().map(|k| (0..k).collect()).collect();
    let mut steps = Vec::new();
    // Cheap eliminations first: programmes are solved on what they leave.
    loop {
        work.in_time()?;
        if let Some(step) = pure_step(game, &remaining) {
            remaining[step.player].retain(|&a| a != step.strategy);
            steps.push(step);
            continue;
        }
        if by == By::Pure {
            break;
        }
        let step = match mixed_step(game, &remaining, backend, work)? {
            Some(step) => step,
            None => match beliefs(game, &remaining, work) {
                Beliefs::Found(beliefs) => return Ok(Dominance { steps, remaining, beliefs }),
                Beliefs::Dominated(step) => step,
            },
        };
        remaining[step.player].retain(|&a| a != step.strategy);
        steps.push(step);
    }
    Ok(Dominance { steps, remaining, beliefs: Vec::new() })
}

fn pure_step(game: &StrategicTable, remaining: &[Vec<usize>]) -> Option<Elimination> {
    for (player, own) in remaining.iter().enumerate() {
        if own.len() < 2 {
            continue;
        }
        let others = offsets(game, remaining, player);
        for &strategy in own {
            for &better in own {
                if better != strategy
                    && dominates(game, player, strategy, &[(better, IBig::ONE)], &others)
                {
                    return Some(Elimination { player, strategy, by: vec![(better, RBig::ONE)] });
                }
            }
        }
    }
    None
}

fn mixed_step(
    game: &StrategicTable,
    remaining: &[Vec<usize>],
    backend: Backend,
    work: &Work,
) -> Result<Option<Elimination>> {
    for (player, own) in remaining.iter().enumerate() {
        // A mixture of one is pure, and those have been looked at.
        if own.len() < 3 {
            continue;
        }
        let others = offsets(game, remaining, player);
        let payoffs = game.normalized(player);
        for &strategy in own {
            let rivals: Vec<usize> = own.iter().copied().filter(|&b| b != strategy).collect();
            let stride = game.strides()[player];
            let gain =
                |b: usize, s: usize| payoffs[s + b * stride] - payoffs[s + strategy * stride];
            let Some(mixture) = propose(&rivals, &others, gain, backend, work)? else { continue };
            for denominator in [1u64 << 4, 60, 1 << 10, 5040, 1 << 20, 1 << 30, 1 << 40] {
                let weights = whole(&rivals, &mixture, denominator);
                if dominates(game, player, strategy, &weights, &others) {
                    let total: IBig = weights.iter().map(|(_, w)| w).sum();
                    let share = |(b, w): &(usize, IBig)| {
                        (*b, RBig::from(w.clone()) / RBig::from(total.clone()))
                    };
                    let by = weights.iter().map(share).collect();
                    return Ok(Some(Elimination { player, strategy, by }));
                }
            }
        }
    }
    Ok(None)
}

/// The mixture of `rivals` with the largest least gain, if that is above zero.
fn propose(
    rivals: &[usize],
    others: &[usize],
    gain: impl Fn(usize, usize) -> f64,
    backend: Backend,
    work: &Work,
) -> Result<Option<Vec<f64>>> {
    let mut rows: Vec<usize> = vec![others[0]];
    loop {
        let mut program = LinearProgram::new();
        let weights: Vec<_> = rivals.iter().map(|_| program.non_negative(0.0)).collect();
        // Gains are at most 1, so the bound does not bind; it keeps the first round bounded.
        let least = program.variable(-1.0, -2.0, 2.0);
        program.row(weights.iter().map(|&w| (w, 1.0)), Comparison::Equal, 1.0);
        for &s in &rows {
            let terms = weights.iter().zip(rivals).map(|(&w, &b)| (w, gain(b, s)));
            program.row(terms.chain([(least, -1.0)]), Comparison::AtLeast, 0.0);
        }
        let solution = backend.optimum_within(program, work)?;
        let least = solution.value(least);
        if least <= Tolerances::DEFAULT.separation {
            return Ok(None);
        }
        let mixture: Vec<f64> = weights.iter().map(|&w| solution.value(w).max(0.0)).collect();
        let value =
            |s: usize| rivals.iter().zip(&mixture).map(|(&b, w)| w * gain(b, s)).sum::<f64>();
        let worst = others.iter().map(|&s| (value(s), s)).min_by(|a, b| a.0.total_cmp(&b.0));
        match worst {
            // The rows are a subset, so their optimum is no less than the true one; it is
            // attained when no profile is worse.
            Some((value, s))
                if value < least - Tolerances::DEFAULT.separation && !rows.contains(&s) =>
            {
                rows.push(s);
            }
            Some((value, _)) if value > 0.0 => return Ok(Some(mixture)),
            _ => return Ok(None),
        }
    }
}

/// A mixture in whole weights, those of zero left out.
fn whole(rivals: &[usize], mixture: &[f64], denominator: u64) -> Vec<(usize, IBig)> {
    let weight = |w: f64| (w * denominator as f64).round() as u64;
    let pairs = rivals.iter().zip(mixture).map(|(&b, &w)| (b, weight(w)));
    pairs.filter(|(_, w)| *w > 0).map(|(b, w)| (b, IBig::from(w))).collect()
}

/// The numbers of the profiles of the remaining strategies in which `player` plays its
/// first.
pub(crate) fn offsets(
    game: &StrategicTable,
    remaining: &[Vec<usize>],
    player: usize,
) -> Vec<usize> {
    let mut offsets = vec![0];
    for (i, (own, stride)) in remaining.iter().zip(game.strides()).enumerate() {
        if i != player {
            offsets =
                own.iter().flat_map(|a| offsets.iter().map(move |o| o + a * stride)).collect();
        }
    }
    offsets
}

/// Whether the weighted strategies pay more than `strategy` in every profile of `others`.
/// Exact.
pub(crate) fn dominates(
    game: &StrategicTable,
    player: usize,
    strategy: usize,
    by: &[(usize, IBig)],
    others: &[usize],
) -> bool {
    let stride = game.strides()[player];
    match (game.exact(player).levels(), by) {
        (_, []) => false,
        (Levels::Small(levels), [(better, _)]) => {
            others.iter().all(|s| levels[s + better * stride] > levels[s + strategy * stride])
        }
        (Levels::Small(levels), _) => {
            let narrow: Option<Vec<(usize, i128)>> = by
                .iter()
                .map(|(b, w)| i64::try_from(w).ok().map(|w| (*b, i128::from(w))))
                .collect();
            match narrow {
                // Levels and weights of at most 62 bits, few of them: no overflow.
                Some(by) if by.len() < 16 && by.iter().all(|(_, w)| *w < 1 << 56) => {
                    others.iter().all(|s| {
                        let own = i128::from(levels[s + strategy * stride]);
                        by.iter()
                            .map(|(b, w)| w * (i128::from(levels[s + b * stride]) - own))
                            .sum::<i128>()
                            > 0
                    })
                }
                _ => wide(game, player, strategy, by, others),
            }
        }
        (Levels::Large(_), _) => wide(game, player, strategy, by, others),
    }
}

fn wide(
    game: &StrategicTable,
    player: usize,
    strategy: usize,
    by: &[(usize, IBig)],
    others: &[usize],
) -> bool {
    let stride = game.strides()[player];
    let payoffs = game.exact(player);
    others.iter().all(|s| {
        let own = payoffs.level(s + strategy * stride);
        let gain = |(b, w): &(usize, IBig)| w * (payoffs.level(s + b * stride) - &own);
        by.iter().map(gain).sum::<IBig>() > IBig::ZERO
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dilemma_is_solved_by_dominance() {
        let game = StrategicTable::bimatrix(&[[3, 0], [5, 1]], &[[3, 5], [0, 1]]).unwrap();
        let found = eliminate(&game, By::Pure, Backend::default()).unwrap();
        assert_eq!(found.remaining, [[1], [1]]);
        assert_eq!(found.steps.len(), 2);
    }

    #[test]
    fn a_mixture_dominates_where_no_pure_strategy_does() {
        // Fudenberg & Tirole, Game Theory (1991), figure 1.3: M is dominated by half U and
        // half D.
        let game = StrategicTable::bimatrix(&[[2, -1], [0, 0], [-1, 2]], &[[0, 0], [0, 0], [0, 0]])
            .unwrap();
        let pure = eliminate(&game, By::Pure, Backend::default()).unwrap();
        assert_eq!(pure.remaining[0], [0, 1, 2]);
        let mixed = eliminate(&game, By::Mixed, Backend::default()).unwrap();
        assert_eq!(mixed.remaining[0], [0, 2]);
        let half = RBig::from_parts(1.into(), 2u8.into());
        assert_eq!(mixed.steps[0].by, [(0, half.clone()), (2, half)]);
    }

    #[test]
    fn weak_dominance_is_not_enough() {
        let game =
            StrategicTable::bimatrix(&[[2, 0], [1, 0], [0, 0]], &[[0, 0], [0, 0], [0, 0]]).unwrap();
        let found = eliminate(&game, By::Mixed, Backend::default()).unwrap();
        assert!(found.steps.is_empty());
    }
}
