//! Sets of players and partitions of them.

use crate::error::{Error, Result};

/// A set of at most 64 players, as bits: player `i` is in it iff bit `i` is set.
///
/// Player indices are the order of states in the [`System`](crate::system::System).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Coalition(pub u64);

impl Coalition {
    /// The most players that a coalition can be drawn from.
    pub const MAX_PLAYERS: usize = 64;
    /// The coalition without members.
    pub const EMPTY: Self = Self(0);

    /// All of `n ≤ 64` players.
    pub const fn grand(n: usize) -> Self {
        if n >= 64 { Self(u64::MAX) } else { Self((1 << n) - 1) }
    }

    /// Player `i < 64` alone.
    pub const fn singleton(i: usize) -> Self {
        Self(1 << i)
    }

    /// The coalition's bits.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The number of members.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether it has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether player `i` is a member.
    pub const fn contains(self, i: usize) -> bool {
        self.0 >> i & 1 == 1
    }

    /// The coalition with player `i`.
    pub const fn with(self, i: usize) -> Self {
        Self(self.0 | 1 << i)
    }

    /// The coalition without player `i`.
    pub const fn without(self, i: usize) -> Self {
        Self(self.0 & !(1 << i))
    }

    /// Members of either.
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Members of both.
    pub const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Members of this one that are not in `other`.
    pub const fn difference(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those of `n` players that are not members.
    pub const fn complement(self, n: usize) -> Self {
        Self::grand(n).difference(self)
    }

    /// Whether every member is in `other`.
    pub const fn is_subset_of(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether no member is in `other`.
    pub const fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// The member with the smallest index.
    pub const fn first(self) -> Option<usize> {
        if self.0 == 0 { None } else { Some(self.0.trailing_zeros() as usize) }
    }

    /// The members, in ascending order.
    pub const fn members(self) -> Members {
        Members(self.0)
    }

    /// The sum of `values` over the members. O(members).
    pub fn sum(self, values: &[f64]) -> f64 {
        self.members().map(|i| values[i]).sum()
    }

    /// Every non-empty coalition of `n < 64` players, in the order of their bits.
    pub fn all(n: usize) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (1..1u64 << n).map(Self)
    }

    /// Every non-empty coalition of `n < 64` players but the grand one.
    pub fn proper(n: usize) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (1..(1u64 << n) - 1).map(Self)
    }
}

impl FromIterator<usize> for Coalition {
    fn from_iter<I: IntoIterator<Item = usize>>(members: I) -> Self {
        members.into_iter().fold(Self::EMPTY, Self::with)
    }
}

/// The members of a coalition, in ascending order.
#[derive(Debug, Clone)]
pub struct Members(u64);

impl Iterator for Members {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let i = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(i)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.0.count_ones() as usize;
        (len, Some(len))
    }
}

impl ExactSizeIterator for Members {}

/// A partition of `n` players into blocs: disjoint, non-empty, covering.
///
/// Blocs are kept in the order of their first members, so equal partitions compare equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Partition(Vec<Coalition>);

impl Partition {
    /// The partition of `n` players into `blocs`, if that is what they are.
    pub fn new(n: usize, mut blocs: Vec<Coalition>) -> Result<Self> {
        let mut seen = Coalition::EMPTY;
        for &bloc in &blocs {
            if bloc.is_empty() || !bloc.is_disjoint(seen) {
                return Err(Error::system(
                    "the blocs do not partition the states: one is empty or two overlap",
                    "name every state in exactly one bloc",
                ));
            }
            seen = seen.union(bloc);
        }
        if seen != Coalition::grand(n) {
            return Err(Error::system(
                "the blocs do not partition the states: they leave one out or name one too many",
                "name every state in exactly one bloc",
            ));
        }
        blocs.sort_unstable_by_key(|bloc| bloc.first());
        Ok(Self(blocs))
    }

    /// Everyone alone.
    pub fn singletons(n: usize) -> Self {
        Self((0..n).map(Coalition::singleton).collect())
    }

    /// Everyone together.
    pub fn grand(n: usize) -> Self {
        Self(vec![Coalition::grand(n)])
    }

    /// The partition in which players with equal labels stand together, `labels[i]` being
    /// player `i`'s. O(n²) at worst.
    pub fn from_labels(labels: &[usize]) -> Self {
        let mut blocs: Vec<(usize, Coalition)> = Vec::new();
        for (i, &label) in labels.iter().enumerate() {
            match blocs.iter_mut().find(|(l, _)| *l == label) {
                Some((_, bloc)) => *bloc = bloc.with(i),
                None => blocs.push((label, Coalition::singleton(i))),
            }
        }
        Self(blocs.into_iter().map(|(_, bloc)| bloc).collect())
    }

    /// The blocs, in the order of their first members.
    pub fn blocs(&self) -> &[Coalition] {
        &self.0
    }

    /// The bloc that player `i` is in.
    ///
    /// # Panics
    /// If `i` is not a player.
    pub fn bloc_of(&self, i: usize) -> Coalition {
        *self.0.iter().find(|bloc| bloc.contains(i)).expect("a partition covers its players")
    }

    /// What the partition becomes when the members of a non-empty `deviation` leave their
    /// blocs and form one of their own, what remains of each old bloc staying together.
    #[must_use]
    pub fn after(&self, deviation: Coalition) -> Self {
        let mut blocs: Vec<Coalition> = self
            .0
            .iter()
            .map(|bloc| bloc.difference(deviation))
            .filter(|bloc| !bloc.is_empty())
            .collect();
        blocs.push(deviation);
        blocs.sort_unstable_by_key(|bloc| bloc.first());
        Self(blocs)
    }

    /// Every partition of `n` players, one by one, everyone together first. Bell(n) of
    /// them: for small `n`, and as an oracle for faster enumerations.
    pub fn all(n: usize) -> Partitions {
        Partitions { labels: vec![0; n], done: n == 0 }
    }
}

/// Partitions by restricted growth strings, in lexicographic order (Knuth 2005, 7.2.1.5).
#[derive(Debug, Clone)]
pub struct Partitions {
    labels: Vec<usize>,
    done: bool,
}

impl Iterator for Partitions {
    type Item = Partition;

    fn next(&mut self) -> Option<Partition> {
        if self.done {
            return None;
        }
        let current = Partition::from_labels(&self.labels);
        let n = self.labels.len();
        let grows = (1..n)
            .rev()
            .find(|&i| self.labels[..i].iter().max().is_some_and(|&m| self.labels[i] <= m));
        match grows {
            Some(i) => {
                self.labels[i] += 1;
                self.labels[i + 1..].fill(0);
            }
            None => self.done = true,
        }
        Some(current)
    }
}

/// The number of partitions of `n` players (Bell number), `None` if it exceeds `u128`.
pub fn bell_number(n: usize) -> Option<u128> {
    let mut row = vec![1u128];
    for _ in 0..n {
        let mut next = vec![*row.last()?];
        for &above in &row {
            next.push(next.last()?.checked_add(above)?);
        }
        row = next;
    }
    row.first().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partitions_are_counted_by_bell_numbers() {
        for (n, bell) in [(1, 1), (2, 2), (3, 5), (4, 15), (5, 52), (8, 4140)] {
            assert_eq!(bell_number(n), Some(bell));
            let mut all: Vec<_> = Partition::all(n).collect();
            assert_eq!(all.len() as u128, bell);
            for partition in &all {
                assert_eq!(&Partition::new(n, partition.blocs().to_vec()).unwrap(), partition);
            }
            all.sort();
            all.dedup();
            assert_eq!(all.len() as u128, bell, "each once");
        }
        assert_eq!(bell_number(14), Some(190_899_322));
    }

    #[test]
    fn blocs_that_overlap_or_leave_out_are_refused() {
        let of = |sets: &[&[usize]]| sets.iter().map(|s| s.iter().copied().collect()).collect();
        assert!(Partition::new(3, of(&[&[0, 1], &[2]])).is_ok());
        assert!(Partition::new(3, of(&[&[0, 1], &[1, 2]])).is_err());
        assert!(Partition::new(3, of(&[&[0, 1]])).is_err());
        assert!(Partition::new(3, of(&[&[0, 1], &[2, 3]])).is_err());
        assert!(Partition::new(3, of(&[&[0, 1], &[], &[2]])).is_err());
    }

    #[test]
    fn a_deviation_splits_the_blocs_it_leaves() {
        let blocs = |p: &Partition| p.blocs().iter().map(|b| b.bits()).collect::<Vec<_>>();
        let together = Partition::grand(4);
        let after = together.after(Coalition(0b0101));
        assert_eq!(blocs(&after), [0b0101, 0b1010]);
        assert_eq!(after.bloc_of(3).bits(), 0b1010);
        assert_eq!(blocs(&after.after(Coalition(0b0011))), [0b0011, 0b0100, 0b1000]);
    }
}
