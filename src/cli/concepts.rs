//! The concepts of a game, each certified by itself: one that fails never takes the others along.

use crate::certify::{self, Claim};
use crate::cli::game::Session;
use crate::error::{Error, ErrorKind, Result};
use crate::report::game::Note;
use crate::report::{Verification, check_game};

/// The concepts of a report, by name.
const CONCEPTS: [&str; 8] = [
    "pure",
    "mixed",
    "correlated",
    "coarse_correlated",
    "logit",
    "dominance",
    "strong",
    "coalition_proof",
];

/// Whether a claim is one of a concept's.
fn is_of(claim: &str, concept: &str) -> bool {
    match concept {
        "coarse_correlated" => claim.starts_with("coarse"),
        "coalition_proof" => ["coalition-proof", "refinement"].iter().any(|n| claim.starts_with(n)),
        "strong" => ["strong", "refinement"].iter().any(|n| claim.starts_with(n)),
        _ => claim.starts_with(concept),
    }
}

/// Whether an error is the user's, so that nothing else is worth computing.
pub(super) fn is_usage(error: &Error) -> bool {
    use ErrorKind::{Input, Io, Parameter};
    matches!(error.kind(), Input { .. } | Io { .. } | Parameter { .. })
}

impl Session<'_> {
    /// Says where floating point cannot show how payoffs differ.
    pub(super) fn tell_rounding(&mut self) {
        if !self.exact && self.game.remote().is_some() {
            self.report.note(Note::Lowered);
        }
    }

    /// Certifies every concept by itself: one that fails is taken back, and says so.
    pub(super) fn certified(&mut self) -> Result<Verification> {
        let verified = check_game(&self.report, false)?;
        if verified.accepted() {
            return Ok(verified);
        }
        for concept in CONCEPTS {
            let of = |claim: &&Claim| !claim.holds() && is_of(&claim.what, concept);
            if let Some(refuted) = verified.claims.iter().find(of) {
                self.report.withdraw(concept);
                let why = format!("what was found did not pass its own check: {refuted}");
                self.fail(concept, &why, true);
            }
        }
        let verified = check_game(&self.report, false)?;
        certify::accept("game", &verified.claims)?;
        Ok(verified)
    }

    /// That a concept failed, and how to report it where that is the program's fault.
    pub(super) fn fail(&mut self, concept: &str, why: &str, fault: bool) {
        let version = env!("CARGO_PKG_VERSION");
        let solve = concept.replace("coarse_correlated", "coarse").replace('_', "-");
        let input = format!("game {} --solve {solve}", self.report.source);
        let report = match fault {
            true => format!("; please report this as a fault: equipoise {version}, {input}"),
            false => String::new(),
        };
        let why = why.split("; please report").next().unwrap_or(why);
        self.leave_open(concept, format!("{why}{report}"));
    }
}
