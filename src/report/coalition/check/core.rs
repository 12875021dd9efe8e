//! Core, least core, nucleolus and prenucleolus, by their proofs.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::Checker;
use crate::report::coalition::read::{self, Read};

impl Examiner<'_> {
    pub(super) fn core(&mut self) {
        let report = self.report;
        if let Some(claimed) = &report.core {
            let Some(checker) = self.table("core").map(Checker::new) else { return };
            let certificate = report.certificates.core.clone().unwrap_or_default();
            match (&certificate.allocation, &certificate.balanced, claimed.nonempty) {
                (Some(allocation), None, true) => {
                    if let Some(x) = self.read("core", self.reader.payoffs(allocation)) {
                        self.found.claims.extend(checker.bounded("core", &x, &RBig::ZERO));
                        self.rounded("core", claimed.allocation.as_ref(), &x);
                    }
                    let proofs = certificate.payoffs.as_ref();
                    self.ranges("core", claimed.payoffs.as_ref(), proofs, &RBig::ZERO);
                    self.vertices(claimed, &certificate);
                }
                (None, Some(balanced), false) => {
                    if let Some(weights) = self.read("core", self.reader.weights(balanced)) {
                        self.found.claims.extend(checker.balanced("core", &weights, None));
                    }
                    let nothing = claimed.allocation.is_none()
                        && claimed.payoffs.is_none()
                        && claimed.vertices.is_none()
                        && claimed.vertices_total.is_none();
                    self.exact("core: nothing is said to be in it", nothing);
                }
                _ => self.exact("core: there is a proof of what is claimed", false),
            }
        }
        if let Some(claimed) = &report.least_core {
            let Some(checker) = self.table("least_core").map(Checker::new) else { return };
            let Some(certificate) = &report.certificates.least_core else {
                return self.exact("least_core: there is a proof of what is claimed", false);
            };
            let read = || -> Read<_> {
                let value = self.reader.exact(&certificate.value)?;
                let x = self.reader.payoffs(&certificate.allocation)?;
                Ok((value, x, self.reader.weights(&certificate.balanced)?))
            };
            let Some((value, x, weights)) = self.read("least_core", read()) else { return };
            self.found.claims.extend(checker.bounded("least_core", &x, &value));
            self.found.claims.extend(checker.balanced("least_core", &weights, Some(&value)));
            self.exact("least_core: the value is the proof's", read::is(&claimed.value, &value));
            self.rounded("least_core", Some(&claimed.allocation), &x);
            let proofs = certificate.payoffs.as_ref();
            self.ranges("least_core", claimed.payoffs.as_ref(), proofs, &value);
        }
    }

    /// The per-capita nucleolus, of games that are laid out.
    pub(super) fn per_capita(&mut self) {
        const WHAT: &str = "per_capita_nucleolus";
        let Some(claimed) = &self.report.per_capita_nucleolus else { return };
        let Some(checker) = self.table(WHAT).map(Checker::new) else { return };
        let Some(proof) = &self.report.certificates.per_capita_nucleolus else {
            return self.exact("per_capita_nucleolus: there is a proof", false);
        };
        if let Some(found) = self.read(WHAT, self.reader.nucleolus(proof)) {
            self.found.claims.extend(checker.per_capita(WHAT, &found));
            self.rounded(WHAT, Some(claimed), &found.allocation);
        }
    }

    pub(super) fn nucleoli(&mut self) {
        let report = self.report;
        if report.left_out.get("nucleolus").is_some_and(|why| why.contains("no imputation"))
            && let Some(checker) = self.table("nucleolus").map(Checker::new)
        {
            self.found.claims.push(checker.no_imputation());
        }
        let proofs = &report.certificates;
        for (name, claimed, proof, imputations) in [
            ("nucleolus", &report.nucleolus, &proofs.nucleolus, true),
            ("prenucleolus", &report.prenucleolus, &proofs.prenucleolus, false),
        ] {
            let Some(claimed) = claimed else { continue };
            let Some(checker) = self.table(name).map(Checker::new) else { continue };
            let Some(proof) = proof else {
                self.exact(format!("{name}: there is a proof"), false);
                continue;
            };
            if let Some(found) = self.read(name, self.reader.nucleolus(proof)) {
                self.found.claims.extend(checker.nucleolus(name, &found, imputations));
                self.rounded(name, Some(claimed), &found.allocation);
            }
        }
    }
}
