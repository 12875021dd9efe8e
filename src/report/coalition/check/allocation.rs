//! Where a given division stands, by its proofs.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::allocation::{claims, largest_excess};
use crate::coalition::Coalition;
use crate::finding::cooperative::{Allocation, Bargaining, Counter, LeastCoreStanding, Objection};
use crate::game::cooperative::{ExactTable, Sense};
use crate::report::coalition::read::{self, Read};
use crate::report::coalition::{AllocationCertificate, AllocationReport, CounterReport};

const WHAT: &str = "allocation";

impl Examiner<'_> {
    pub(super) fn allocation(&mut self) {
        let Some(claimed) = &self.report.allocation else { return };
        let Some(table) = self.table(WHAT) else { return };
        let Some(proof) = &self.report.certificates.allocation else {
            return self.exact("allocation: there is a proof of what is claimed", false);
        };
        let Some(x) = self.read(WHAT, self.reader.payoffs(&proof.payoffs)) else { return };
        self.rounded(WHAT, Some(&claimed.payoffs), &x);
        let found = self.standing(claimed, proof, table, x);
        let Some(found) = self.read(WHAT, found) else { return };
        self.found.claims.extend(claims(&found, table));
        self.exact("allocation: it is in the core, or not, as said", {
            claimed.in_core == found.in_core()
        });
    }

    /// The finding as the report has it, with the exact numbers for those shown.
    fn standing(
        &self,
        claimed: &AllocationReport,
        proof: &AllocationCertificate,
        table: &ExactTable,
        x: Vec<RBig>,
    ) -> Read<Allocation> {
        let excess = |s: Coalition| {
            let paid = s.members().fold(RBig::ZERO, |sum, i| sum + &x[i]);
            match table.sense() {
                Sense::Worth => table.value(s) - paid,
                Sense::Cost => paid - table.value(s),
            }
        };
        let mut objections = Vec::with_capacity(claimed.objections.len());
        for objection in &claimed.objections {
            let s = self.reader.coalition(&objection.coalition)?;
            let excess = excess(s);
            if !read::is(&objection.excess, &excess) {
                return Err(format!("the excess of {} is another", objection.coalition.join("+")));
            }
            objections.push((s, excess));
        }
        let largest = largest_excess(table, &x);
        let agrees = match (&claimed.largest_excess, &largest) {
            (Some(shown), Some(largest)) => read::is(shown, largest),
            (None, None) => true,
            _ => false,
        };
        if !agrees {
            return Err("the largest excess is another".into());
        }
        let least_core = match (claimed.in_least_core, &proof.balanced, &proof.better) {
            (None, None, None) => None,
            (Some(true), Some(weights), None) => {
                Some(LeastCoreStanding::In(self.reader.weights(weights)?))
            }
            (Some(false), None, Some(better)) => {
                Some(LeastCoreStanding::Out(self.reader.payoffs(better)?))
            }
            (Some(false), None, None) => Some(LeastCoreStanding::Inefficient),
            _ => return Err("there is a proof of what is said of the least core".into()),
        };
        Ok(Allocation {
            efficient: claimed.efficient,
            individually_rational: claimed.individually_rational,
            objections,
            objections_total: claimed.objections_total,
            largest,
            least_core,
            bargaining: self.bargaining(claimed, proof)?,
            payoffs: x,
        })
    }

    fn bargaining(
        &self,
        claimed: &AllocationReport,
        proof: &AllocationCertificate,
    ) -> Read<Bargaining> {
        let counter = |counter: &CounterReport| -> Read<Counter> {
            Ok(Counter {
                player: self.reader.player(&counter.player)?,
                against: self.reader.player(&counter.against)?,
                coalition: self.reader.coalition(&counter.objecting)?,
                weights: self.reader.weights(&counter.weights)?,
            })
        };
        if claimed.bargaining_undecided.is_some() != claimed.in_bargaining_set.is_none() {
            return Err("the bargaining set is decided or there is a reason".into());
        }
        let shown = (&claimed.justified, &proof.justified, &proof.counters);
        Ok(match (claimed.in_bargaining_set, shown) {
            (None, (None, None, None)) => {
                Bargaining::Undecided(claimed.bargaining_undecided.clone().unwrap_or_default())
            }
            (Some(true), (None, None, None)) => Bargaining::Core,
            (Some(true), (None, None, Some(counters))) => {
                Bargaining::Countered(counters.iter().map(counter).collect::<Read<_>>()?)
            }
            (Some(false), (None, None, None)) => Bargaining::NoImputation,
            (Some(false), (Some(objection), Some(exact), None)) => {
                let names = exact.0.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
                let coalition = self.reader.coalition(&names)?;
                let of = |i: usize| {
                    let name = &self.report.players[i];
                    let (shown, exact) = (objection.payoffs.get(name), exact.get(name));
                    let (shown, exact) = shown.zip(exact).ok_or("a member has no payoff")?;
                    let exact = self.reader.exact(exact)?;
                    match read::is(shown, &exact) {
                        true => Ok(exact),
                        false => Err(format!("{name} would get something else")),
                    }
                };
                if objection.payoffs.0.len() != names.len() {
                    return Err("the objection's payoffs are those of its proof".into());
                }
                Bargaining::Justified(Objection {
                    player: self.reader.player(&objection.player)?,
                    against: self.reader.player(&objection.against)?,
                    coalition,
                    payoffs: coalition.members().map(of).collect::<Read<_>>()?,
                })
            }
            _ => return Err("there is a proof of what is said of the bargaining set".into()),
        })
    }
}
