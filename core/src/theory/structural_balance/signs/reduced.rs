//! A form after decisions, and what its signs are called in the first one.

use super::form::{Form, Merge};

/// Two signs of the first form that go together, or are opposites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decision {
    pub(crate) pair: [usize; 2],
    pub(crate) opposite: bool,
}

/// The form that decisions leave.
#[derive(Debug, Clone)]
pub(super) struct Reduced {
    pub(super) form: Form,
    /// For each sign that is left one of the first form.
    pub(super) kept: Vec<usize>,
    /// For each sign of the first form where it is, and whether it is that one's opposite.
    places: Vec<(usize, bool)>,
    pub(super) decided: Vec<Decision>,
}

impl Reduced {
    /// The form before any decision.
    pub(super) fn new(form: Form) -> Self {
        let n = form.len();
        let places = (0..n).map(|i| (i, false)).collect();
        Self { form, kept: (0..n).collect(), places, decided: Vec::new() }
    }

    /// The form after one more decision.
    pub(super) fn merged(&self, merge: Merge) -> Self {
        let pair = [self.kept[merge.kept], self.kept[merge.gone]];
        let mut decided = self.decided.clone();
        decided.push(Decision { pair, opposite: merge.opposite });
        let mut kept = self.kept.clone();
        kept.remove(merge.gone);
        let place = |&(i, opposite): &(usize, bool)| {
            let (place, turned) = merge.place(i);
            (place, opposite != turned)
        };
        let places = self.places.iter().map(place).collect();
        Self { form: self.form.merged(merge), kept, places, decided }
    }

    /// The signs of the first form, `true` for −1, from those that are left.
    pub(super) fn expanded(&self, negative: impl Fn(usize) -> bool) -> Vec<bool> {
        self.places.iter().map(|&(i, opposite)| negative(i) != opposite).collect()
    }
}
