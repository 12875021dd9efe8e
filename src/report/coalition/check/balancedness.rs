//! Balanced and totally balanced, by allocations or by balanced collections.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::Checker;
use crate::certify::cooperative::balancedness::{is_least_of, is_unbalanced};
use crate::coalition::Coalition;
use crate::report::coalition::read::Read;
use crate::report::coalition::{CoreCertificate, TotalBalanceCertificate};

impl Examiner<'_> {
    pub(super) fn balancedness(&mut self) {
        let Some(claimed) = &self.report.properties else { return };
        let proofs = &self.report.certificates;
        if let Some(holds) = claimed.balanced {
            self.balanced(holds, proofs.balanced.as_ref());
        }
        if let Some(holds) = claimed.totally_balanced {
            self.totally_balanced(holds, proofs.totally_balanced.as_ref());
        }
    }

    fn balanced(&mut self, holds: bool, proof: Option<&CoreCertificate>) {
        const WHAT: &str = "balanced";
        let Some(checker) = self.table(WHAT).map(Checker::new) else { return };
        let parts = proof.map(|proof| (&proof.allocation, &proof.balanced));
        match (holds, parts) {
            (true, Some((Some(allocation), None))) => {
                if let Some(x) = self.read(WHAT, self.reader.payoffs(allocation)) {
                    self.found.claims.extend(checker.bounded(WHAT, &x, &RBig::ZERO));
                }
            }
            (false, Some((None, Some(balanced)))) => {
                if let Some(weights) = self.read(WHAT, self.reader.weights(balanced)) {
                    self.found.claims.extend(checker.balanced(WHAT, &weights, None));
                    self.shown(WHAT, &weights);
                }
            }
            _ => self.exact("balanced: there is a proof of what is claimed", false),
        }
    }

    fn totally_balanced(&mut self, holds: bool, proof: Option<&TotalBalanceCertificate>) {
        const WHAT: &str = "totally_balanced";
        let Some(table) = self.table else {
            return self.exact("totally_balanced: the game is small enough to be looked at", false);
        };
        match (holds, proof) {
            (true, Some(TotalBalanceCertificate::Convex)) => {
                let convex = self.report.properties.as_ref().and_then(|p| p.convex);
                self.exact("totally_balanced: the game is convex", convex == Some(true));
            }
            (true, Some(TotalBalanceCertificate::Allocations(all))) => {
                let all = all.iter().map(|x| self.reader.payoffs(x)).collect::<Read<Vec<_>>>();
                let Some(all) = self.read(WHAT, all) else { return };
                let words = "each coalition's worth is the least that an allocation pays it";
                self.exact(format!("{WHAT}: {words}"), is_least_of(table, &all));
            }
            (false, Some(TotalBalanceCertificate::Subgame { coalition, balanced })) => {
                let read = || -> Read<_> {
                    Ok((self.reader.coalition(coalition)?, self.reader.weights(balanced)?))
                };
                let Some((within, weights)) = self.read(WHAT, read()) else { return };
                let words = "a balanced collection claims more than its members are worth";
                self.exact(format!("{WHAT}: {words}"), is_unbalanced(table, within, &weights));
                self.shown(WHAT, &weights);
            }
            _ => self.exact("totally_balanced: there is a proof of what is claimed", false),
        }
    }

    /// That the counterexample shown is the collection of the proof.
    fn shown(&mut self, name: &str, weights: &[(Coalition, RBig)]) {
        let examples = self.report.properties.as_ref().map(|p| &p.counterexamples);
        let shown = examples.and_then(|all| all.get(name)).map(|list| {
            list.iter().map(|s| self.reader.coalition(s)).collect::<Read<Vec<Coalition>>>()
        });
        let proved: Vec<Coalition> = weights.iter().map(|(s, _)| *s).collect();
        let agrees = matches!(shown, Some(Ok(shown)) if shown == proved);
        self.exact(format!("{name}: the coalitions shown are those of the proof"), agrees);
    }
}
