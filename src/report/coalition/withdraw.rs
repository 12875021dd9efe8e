//! A concept that does not pass its check is taken out of the report, alone.

use super::check::check_game;
use super::indices::keyed;
use super::*;
use crate::certify::{self, Claim};
use crate::error::{ErrorKind, Result};
use crate::game::cooperative::Game;

impl CoalitionReport {
    /// The report without what does not pass the check that anybody can make: that is undecided,
    /// with the claim that failed.
    ///
    /// # Errors
    /// If the game in the report is not the one that its origin makes.
    pub fn certified(mut self, game: &Game) -> Result<Self> {
        let found = check_game(&self, game, false)?;
        for refuted in found.claims.iter().filter(|claim| !claim.holds()) {
            self.withdraw(refuted)?;
        }
        Ok(self)
    }

    fn withdraw(&mut self, refuted: &Claim) -> Result<()> {
        let subject = refuted.what.split(':').next().unwrap_or_default();
        let Some(concept) = self.take_out(subject) else {
            return certify::accept("cooperative game", std::slice::from_ref(refuted));
        };
        if self.undecided.get(concept).is_none() {
            let fault = ErrorKind::Uncertified { finding: "check", problem: refuted.to_string() };
            self.undecided.0.push((concept.into(), fault.to_string()));
        }
        Ok(())
    }

    /// Takes out what a claim is about; the concept's name, if it is one.
    fn take_out(&mut self, subject: &str) -> Option<&'static str> {
        if let Some(row) = keyed(subject) {
            *(row.payoffs_mut)(self) = None;
            return Some(row.concept.name());
        }
        let proofs = &mut self.certificates;
        Some(match subject {
            "coleman" => {
                self.coleman = None;
                "coleman"
            }
            "per_capita_nucleolus" => {
                (self.per_capita_nucleolus, proofs.per_capita_nucleolus) = (None, None);
                "per-capita-nucleolus"
            }
            "core" => {
                (self.core, proofs.core) = (None, None);
                "core"
            }
            "least_core" => {
                (self.least_core, proofs.least_core) = (None, None);
                "least-core"
            }
            "nucleolus" => {
                (self.nucleolus, proofs.nucleolus) = (None, None);
                self.left_out.0.retain(|(concept, _)| concept != "nucleolus");
                "nucleolus"
            }
            "prenucleolus" => {
                (self.prenucleolus, proofs.prenucleolus) = (None, None);
                "prenucleolus"
            }
            "properties" | "balanced" | "totally_balanced" => {
                self.properties = None;
                (proofs.balanced, proofs.totally_balanced) = (None, None);
                "properties"
            }
            "structure" => {
                self.structure = None;
                "structure"
            }
            "simple" => {
                self.simple = None;
                "simple"
            }
            "alliances" | "owen" | "banzhaf_owen" | "aumann_dreze" => {
                self.alliances = None;
                "alliances"
            }
            "allocation" => {
                (self.allocation, proofs.allocation) = (None, None);
                "allocation"
            }
            "network" | "myerson" => {
                self.network = None;
                "network"
            }
            _ => return None,
        })
    }
}
