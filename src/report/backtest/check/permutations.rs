//! Permutations of the states, drawn once more.

use std::collections::{BTreeMap, BTreeSet};

use super::{Backtest, pair};
use crate::work::parallel;

/// For each permutation, the row that each row becomes.
pub(super) struct Permutations {
    pub(super) maps: Vec<Vec<Option<usize>>>,
}

impl Permutations {
    pub(super) fn none() -> Self {
        Self { maps: Vec::new() }
    }

    /// As the report's seed has them: within spells of consecutive years with the same states,
    /// states in the order of their names, shuffled from the last to the first by numbers that
    /// are two rounds of splitmix64's finaliser over seed, permutation, spell and place.
    pub(super) fn of(report: &Backtest) -> Self {
        let data = &report.data;
        let mut states: BTreeMap<i32, BTreeSet<&str>> = BTreeMap::new();
        let mut index: BTreeMap<(i32, &str, &str), usize> = BTreeMap::new();
        for row in 0..data.year.len() {
            let (a, b) = pair(data, row);
            states.entry(data.year[row]).or_default().extend([a, b]);
            index.insert((data.year[row], a, b), row);
        }
        let mut spell_of: BTreeMap<i32, u64> = BTreeMap::new();
        let mut spell = 0;
        let mut before: Option<(i32, &BTreeSet<&str>)> = None;
        for (year, own) in &states {
            if before.is_some_and(|(last, known)| last + 1 != *year || known != own) {
                spell += 1;
            }
            spell_of.insert(*year, spell);
            before = Some((*year, own));
        }
        let map = |number: u32| -> Vec<Option<usize>> {
            let key = stirred(report.seed ^ u64::from(number));
            let renamed: BTreeMap<i32, BTreeMap<&str, &str>> = states
                .iter()
                .map(|(year, own)| {
                    let names: Vec<&str> = own.iter().copied().collect();
                    let mut order = names.clone();
                    let key = stirred(key ^ spell_of[year]);
                    for last in (1..order.len()).rev() {
                        let draw = u128::from(stirred(key.wrapping_add(last as u64)));
                        let other = draw * (last as u128 + 1) / (1 << 64);
                        order.swap(last, usize::try_from(other).unwrap_or(0));
                    }
                    (*year, names.into_iter().zip(order).collect())
                })
                .collect();
            (0..data.year.len())
                .map(|row| {
                    let (a, b) = pair(data, row);
                    let (a, b) = (renamed[&data.year[row]][a], renamed[&data.year[row]][b]);
                    index.get(&(data.year[row], a.min(b), a.max(b))).copied()
                })
                .collect()
        };
        Self { maps: parallel(report.permutations as usize, |k| map(k as u32 + 1)) }
    }
}

fn stirred(key: u64) -> u64 {
    (0..2).fold(key, |key, _| {
        let mut z = key.wrapping_add(0x9e37_79b9_7f4a_7c15);
        for (shift, factor) in [(30, 0xbf58_476d_1ce4_e5b9), (27, 0x94d0_49bb_1331_11eb)] {
            z = (z ^ (z >> shift)).wrapping_mul(factor);
        }
        z ^ (z >> 31)
    })
}
