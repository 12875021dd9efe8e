//! Basins: from how many configurations steepest descent ends in each local minimum.
//!
//! From a configuration the state goes over whose move lowers the energy most. Where several
//! lower it alike, every one of them is followed: a configuration belongs to a minimum only if
//! all its descents end there, and those of which some end elsewhere are counted apart. Energy
//! falls along every descent, so each configuration is resolved once. O(2^(n−1) · n).

use dashu_int::IBig;

use super::energy::{Rounded, Weights, sides_of};
use crate::work::Work;

/// The most states.
pub(super) const MAX_STATES: usize = 24;

const UNKNOWN: u32 = 0;
const SHARED: u32 = u32::MAX;

/// The size of every basin.
pub(super) struct Basins {
    /// By minimum.
    pub(super) sizes: Vec<u64>,
    /// Configurations from which descents end in different minima.
    pub(super) shared: u64,
}

/// The basins of the minima with these bits (ascending). `None` if the time was up.
pub(super) fn basins(weights: &Weights, n: usize, minima: &[u32], work: &Work) -> Option<Basins> {
    let moves = steepest(weights, n, work)?;
    let all = (1u32 << (n - 1)) - 1;
    let after = |bits: u32, k: u32| if k as usize + 1 == n { !bits & all } else { bits ^ 1 << k };
    let mut label = vec![UNKNOWN; moves.len()];
    for (id, &bits) in minima.iter().enumerate() {
        label[bits as usize] = id as u32 + 1;
    }
    let mut stack = Vec::new();
    for start in 0..=all {
        if start.is_multiple_of(65_536) && work.is_over() {
            return None;
        }
        stack.push(start);
        while let Some(&bits) = stack.last() {
            if label[bits as usize] != UNKNOWN {
                stack.pop();
                continue;
            }
            let mut rest = moves[bits as usize];
            let mut ends = UNKNOWN;
            let mut open = false;
            while rest != 0 {
                let next = after(bits, rest.trailing_zeros());
                rest &= rest - 1;
                match label[next as usize] {
                    UNKNOWN => {
                        stack.push(next);
                        open = true;
                    }
                    end if ends == UNKNOWN || ends == end => ends = end,
                    _ => ends = SHARED,
                }
            }
            if !open {
                label[bits as usize] = if ends == UNKNOWN { SHARED } else { ends };
                stack.pop();
            }
        }
    }
    let mut found = Basins { sizes: vec![0; minima.len()], shared: 0 };
    for end in label {
        match end {
            SHARED | UNKNOWN => found.shared += 1,
            id => found.sizes[id as usize - 1] += 1,
        }
    }
    Some(found)
}

/// For every configuration the states whose move lowers the energy most, as bits.
fn steepest(weights: &Weights, n: usize, work: &Work) -> Option<Vec<u32>> {
    let Rounded { weights: rows, slack, .. } = weights.wide();
    let all = 1u32 << (n - 1);
    let mut moves = vec![0u32; all as usize];
    let mut sign = vec![1i64; n];
    let mut field: Vec<i64> = (0..n).map(|i| rows[i * n..(i + 1) * n].iter().sum()).collect();
    let mut bits = 0u32;
    for step in 1..=all {
        if step.is_multiple_of(65_536) && work.is_over() {
            return None;
        }
        let least = (0..n).map(|i| sign[i] * field[i]).min().unwrap_or(0);
        if least <= slack {
            let near = (0..n).filter(|&i| sign[i] * field[i] <= least + 2 * slack);
            moves[bits as usize] = if slack == 0 {
                if least < 0 { near.fold(0, |set, i| set | 1 << i) } else { 0 }
            } else {
                exactly(weights, bits, n, near)
            };
        }
        let k = step.trailing_zeros() as usize;
        if k + 1 >= n {
            break;
        }
        for (i, g) in field.iter_mut().enumerate() {
            *g -= 2 * sign[k] * rows[k * n + i];
        }
        sign[k] = -sign[k];
        bits ^= 1 << k;
    }
    Some(moves)
}

/// Of the states near the best move, those whose move lowers the energy most.
fn exactly(weights: &Weights, bits: u32, n: usize, near: impl Iterator<Item = usize>) -> u32 {
    let side = sides_of(bits, n);
    let changes: Vec<(usize, IBig)> =
        near.map(|i| (i, weights.change(&side, i, 1 - side[i]))).collect();
    let Some(least) = changes.iter().map(|(_, change)| change).min() else { return 0 };
    if *least >= IBig::ZERO {
        return 0;
    }
    changes.iter().filter(|(_, c)| c == least).fold(0, |set, (i, _)| set | 1 << i)
}
