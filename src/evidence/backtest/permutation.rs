//! Permutations of the labels of states within spells of constant membership.
//!
//! Within a spell, consecutive years in which the panel has the same states, one permutation
//! relabels the states of what a predictor said; what happened stays where it was. What a
//! permuted pair has nothing said of is left out.

use std::collections::{BTreeSet, HashMap};

use super::Columns;

/// The rows of a panel as spells of years and pairs of states.
pub(super) struct Spells {
    /// For each row: its spell, its year within all years, and its states within the spell.
    rows: Vec<Place>,
    /// How many states each spell has.
    sizes: Vec<usize>,
    /// For each year and pair of states of its spell, the row.
    find: HashMap<(usize, usize, usize), usize>,
}

#[derive(Clone, Copy)]
struct Place {
    spell: usize,
    year: usize,
    pair: [usize; 2],
}

impl Spells {
    /// Finds the spells. O(rows · log rows).
    pub(super) fn new(data: &Columns) -> Self {
        let mut years: Vec<(i32, BTreeSet<&str>)> = Vec::new();
        for row in 0..data.year.len() {
            if years.last().is_none_or(|(year, _)| *year != data.year[row]) {
                years.push((data.year[row], BTreeSet::new()));
            }
            if let Some((_, states)) = years.last_mut() {
                states.insert(&data.state1[row]);
                states.insert(&data.state2[row]);
            }
        }
        let mut spell_of = Vec::with_capacity(years.len());
        let mut sizes: Vec<usize> = Vec::new();
        for (at, (year, states)) in years.iter().enumerate() {
            let goes_on = at > 0 && years[at - 1].0 + 1 == *year && years[at - 1].1 == *states;
            if !goes_on {
                sizes.push(states.len());
            }
            spell_of.push(sizes.len() - 1);
        }
        let orders: Vec<HashMap<&str, usize>> = years
            .iter()
            .map(|(_, states)| states.iter().enumerate().map(|(i, state)| (*state, i)).collect())
            .collect();
        let mut rows = Vec::with_capacity(data.year.len());
        let mut find = HashMap::with_capacity(data.year.len());
        let mut year = 0;
        for row in 0..data.year.len() {
            while years[year].0 != data.year[row] {
                year += 1;
            }
            let state = |id: &String| orders[year].get(id.as_str()).copied().unwrap_or(0);
            let (a, b) = (state(&data.state1[row]), state(&data.state2[row]));
            let pair = [a.min(b), a.max(b)];
            rows.push(Place { spell: spell_of[year], year, pair });
            find.insert((year, pair[0], pair[1]), row);
        }
        Self { rows, sizes, find }
    }

    /// The rows whose states each row's states become in permutation `number`; `None` where the
    /// panel does not have those. O(rows).
    pub(super) fn permuted(&self, seed: u64, number: u32) -> Vec<Option<usize>> {
        let permutations: Vec<Vec<usize>> = (0..self.sizes.len())
            .map(|spell| {
                shuffled(self.sizes[spell], mixed(mixed(seed ^ u64::from(number)) ^ spell as u64))
            })
            .collect();
        self.rows
            .iter()
            .map(|place| {
                let of = &permutations[place.spell];
                let [a, b] = place.pair.map(|state| of[state]);
                self.find.get(&(place.year, a.min(b), a.max(b))).copied()
            })
            .collect()
    }
}

/// A permutation of `0..n` (Fisher and Yates; Durstenfeld 1964), each number from its key.
fn shuffled(n: usize, key: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        let draw = mixed(key.wrapping_add(last as u64));
        // The bias is below 2^−50 for any number of states.
        let other = ((u128::from(draw) * (last as u128 + 1)) >> 64) as usize;
        order.swap(last, other);
    }
    order
}

/// Splitmix64's finaliser (Steele, Lea & Flood 2014), twice.
fn mixed(key: u64) -> u64 {
    let once = |z: u64| {
        let z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    once(once(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permutations_are_uniform_enough_and_repeat() {
        let mut counts = HashMap::new();
        for key in 0..6000 {
            *counts.entry(shuffled(3, mixed(key))).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 6);
        assert!(counts.values().all(|&count| (850..1150).contains(&count)), "{counts:?}");
        assert_eq!(shuffled(9, 5), shuffled(9, 5));
    }
}
