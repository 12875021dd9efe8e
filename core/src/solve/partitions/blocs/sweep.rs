//! What the search asks of a walk over all partitions, and what walks share.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::coalition::{Coalition, Partition};
use crate::work::Work;

use super::collect::Collection;

/// A walk over all partitions of a contest that skips those which some coalition is sure to
/// block by more than a bar.
pub(super) trait Sweep: Sync {
    /// The largest `min_{i∈S} (u_i(new) − u_i(π)) / p_i` over all coalitions `S`, and a
    /// coalition that attains it. May be below zero. Not so once stopped.
    fn instability(&self, partition: &Partition, stop: &Stop) -> (f64, Coalition);

    /// Lowers `bar` to the least instability of any partition, or until it is low enough.
    fn lower(&self, bar: &Bar, stop: &Stop);

    /// All partitions that no coalition blocks by more than `cut`, up to `keep` of them
    /// listed. `None` if stopped.
    fn collect(&self, cut: f64, keep: usize, stop: &Stop) -> Option<Collection>;
}

/// The least instability found so far, shared by threads.
pub(super) struct Bar {
    bits: AtomicU64,
    enough: f64,
}

impl Bar {
    /// A bar at `value` that need not be lowered below `enough`.
    pub(super) fn new(value: f64, enough: f64) -> Self {
        Self { bits: AtomicU64::new(value.max(0.0).to_bits()), enough }
    }

    /// A bar that stays where it is.
    pub(super) fn fixed(value: f64) -> Self {
        Self::new(value, f64::NEG_INFINITY)
    }

    /// Whether it is low enough.
    pub(super) fn is_low(&self) -> bool {
        self.get() <= self.enough
    }

    pub(super) fn get(&self) -> f64 {
        f64::from_bits(self.bits.load(Ordering::Relaxed))
    }

    /// Lowers it to `value`, if that is lower. Floats from 0 up are in the order of their
    /// bits.
    pub(super) fn lower_to(&self, value: f64) {
        self.bits.fetch_min(value.max(0.0).to_bits(), Ordering::Relaxed);
    }
}

/// Tells all threads when the time is up.
pub(super) struct Stop<'a> {
    pub(super) work: &'a Work<'a>,
    over: AtomicBool,
}

impl<'a> Stop<'a> {
    pub(super) fn new(work: &'a Work<'a>) -> Self {
        Self { work, over: AtomicBool::new(false) }
    }

    /// Whether the time was found to be up.
    pub(super) fn is_set(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    /// Looks at the clock.
    pub(super) fn look(&self) -> bool {
        if self.work.is_over() {
            self.over.store(true, Ordering::Relaxed);
        }
        self.is_set()
    }

    /// Looks at the clock, in one of 1024 calls, as `ticks` counts them.
    pub(super) fn tick(&self, ticks: &mut u32) -> bool {
        if *ticks & 1023 == 0 {
            self.look();
        }
        *ticks = ticks.wrapping_add(1);
        self.is_set()
    }
}

/// The coalitions that blocked last, the latest first: neighbouring partitions are mostly
/// blocked by the same ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent {
    coalitions: Vec<u32>,
}

impl Recent {
    const KEEP: usize = 24;

    /// The first of them that `blocks`, moved to the front.
    pub(super) fn find(&mut self, mut blocks: impl FnMut(u32) -> bool) -> bool {
        match self.coalitions.iter().position(|&s| blocks(s)) {
            Some(at) => {
                self.coalitions[..=at].rotate_right(1);
                true
            }
            None => false,
        }
    }

    /// Remembers a coalition, and forgets the one that has not blocked for longest.
    pub(super) fn push(&mut self, coalition: u32) {
        if self.coalitions.len() == Self::KEEP {
            self.coalitions.pop();
        }
        self.coalitions.insert(0, coalition);
    }
}
