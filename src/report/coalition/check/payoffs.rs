//! The players' ranges of payoffs over the core and the least core, by their proofs.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::Checker;
use crate::report::coalition::{RangeProofs, Ranges, read};

impl Examiner<'_> {
    /// That the ranges claimed are those proved, over the allocations with no excess above
    /// `limit`.
    pub(super) fn ranges(
        &mut self,
        what: &str,
        claimed: Option<&Ranges>,
        proofs: Option<&RangeProofs>,
        limit: &RBig,
    ) {
        let (claimed, proofs) = match (claimed, proofs) {
            (None, None) => return,
            (Some(claimed), Some(proofs)) => (claimed, proofs),
            _ => return self.exact(format!("{what}: there is a proof of the payoffs"), false),
        };
        let Some(ranges) = self.read(what, self.reader.ranges(proofs)) else { return };
        let Some(numbers) = self.read(what, self.reader.each(claimed)) else { return };
        let Some(checker) = self.table(what).map(Checker::new) else { return };
        let names = &self.report.players;
        self.found.claims.extend(checker.ranges(what, &ranges, limit, names));
        let agrees = numbers.iter().zip(&ranges).enumerate().all(|(i, ([low, high], range))| {
            read::is(low, &range.lowest.allocation[i])
                && read::is(high, &range.highest.allocation[i])
        });
        self.exact(
            format!("{what}: the lowest and highest payoffs are those of the proofs"),
            agrees,
        );
    }
}
