//! The lowest of very many configurations, and how many there were.

/// The most configurations that are kept.
pub(super) const MOST: usize = 1 << 17;

/// Configurations, each added once: all are counted, the lowest are kept. What is kept does not
/// depend on the order in which they are added or merged.
pub(super) struct Kept<C> {
    found: Vec<(i128, C)>,
    total: u64,
    /// The lowest energy, and how many have it.
    lowest: (i128, u64),
    /// None above it is among the lowest.
    bar: i128,
}

/// The lowest configurations, in their order; how many there were of all; and how many have the
/// lowest energy: 0 if all that can are among these, `None` where rounding leaves it open.
pub(super) type Lowest<C> = (Vec<C>, u64, Option<u64>);

impl<C: Ord + Copy> Kept<C> {
    pub(super) fn new() -> Self {
        Self { found: Vec::new(), total: 0, lowest: (i128::MAX, 0), bar: i128::MAX }
    }

    /// Adds a configuration, the energy of which is computed where it may be one of the lowest.
    pub(super) fn add(&mut self, at_least: i128, energy: impl FnOnce() -> i128, configuration: C) {
        self.total += 1;
        if at_least > self.bar {
            return;
        }
        let energy = energy();
        self.count_lowest(energy, 1);
        if energy <= self.bar {
            self.found.push((energy, configuration));
            if self.found.len() >= 2 * MOST {
                self.prune();
            }
        }
    }

    pub(super) fn merge(mut self, other: Self) -> Self {
        self.total += other.total;
        self.count_lowest(other.lowest.0, other.lowest.1);
        self.found.extend(other.found);
        self.prune();
        self
    }

    fn count_lowest(&mut self, energy: i128, times: u64) {
        if energy < self.lowest.0 {
            self.lowest = (energy, 0);
        }
        self.lowest.1 += if energy == self.lowest.0 { times } else { 0 };
    }

    fn prune(&mut self) {
        if self.found.len() > MOST {
            self.found.select_nth_unstable(MOST - 1);
            self.found.truncate(MOST);
            self.bar = self.found[MOST - 1].0;
        }
    }

    /// The lowest, where energies are off by `blur` at most.
    pub(super) fn into_lowest(mut self, blur: i128) -> Lowest<C> {
        self.prune();
        self.found.sort_unstable();
        let whole = self.found.len() as u64 == self.total;
        let last = self.found.last().map_or(i128::MAX, |(energy, _)| *energy);
        let apart = last > self.lowest.0.saturating_add(2 * blur);
        let ties = match (whole || apart, blur) {
            (false, 1..) => None,
            (false, _) => Some(self.lowest.1),
            // All that can be the lowest are kept: exact energies will tell.
            (true, _) => Some(0),
        };
        (self.found.into_iter().map(|(_, configuration)| configuration).collect(), self.total, ties)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_counted_and_the_lowest_kept_in_any_order() {
        let size = 3 * MOST as i128;
        let energy = |k: i128| (k * 7919) % size;
        let (mut a, mut b) = (Kept::new(), Kept::new());
        let add = |kept: &mut Kept<i128>, energy: i128, k| kept.add(energy - 1, || energy, k);
        (0..size).for_each(|k| add(if k % 3 == 0 { &mut a } else { &mut b }, energy(k), k));
        let (found, total, ties) = a.merge(b).into_lowest(0);
        assert_eq!((found.len(), total, ties), (MOST, size as u64, Some(0)));
        assert!(found.iter().enumerate().all(|(at, &k)| energy(k) == at as i128));
        let mut tied = Kept::new();
        (0..size).for_each(|k| add(&mut tied, 5, k));
        assert_eq!(tied.into_lowest(0).2, Some(size as u64));
        let mut close = Kept::new();
        (0..size).for_each(|k| add(&mut close, k % 2, k));
        assert_eq!(close.into_lowest(1).2, None);
    }
}
