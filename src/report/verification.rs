//! What came of examining a report.

use crate::certify::Claim;

/// Every claim of a report, each with whether it holds.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Verification {
    /// The claims that were examined, in the order of the report.
    pub claims: Vec<Claim>,
    /// What was not examined, and how it can be.
    pub unexamined: Vec<String>,
    /// What the report starts from, which nothing in it can prove.
    pub given: Vec<String>,
    /// Whether the report leaves something undecided.
    pub undecided: bool,
}

/// How far a report is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Every claim was examined and holds.
    Whole,
    /// Every claim that was examined holds; others were not examined.
    InPart,
    /// A claim does not hold.
    Refused,
}

impl Acceptance {
    /// Its name, as in the JSON output of `equipoise check`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "accepted",
            Self::InPart => "accepted in part",
            Self::Refused => "refused",
        }
    }
}

impl Verification {
    /// Whether every claim that was examined holds.
    pub fn accepted(&self) -> bool {
        self.refuted() == 0
    }

    /// How many claims do not hold.
    pub fn refuted(&self) -> usize {
        self.claims.iter().filter(|claim| !claim.holds()).count()
    }

    /// How far the report is accepted: wholly only where no claim was left unexamined.
    pub fn acceptance(&self) -> Acceptance {
        match (self.accepted(), self.unexamined.is_empty()) {
            (false, _) => Acceptance::Refused,
            (true, false) => Acceptance::InPart,
            (true, true) => Acceptance::Whole,
        }
    }

    /// What it comes to, in one sentence.
    pub fn summary(&self) -> String {
        let (claims, open) = (self.claims.len(), self.unexamined.len());
        match self.acceptance() {
            Acceptance::Whole => format!("Accepted: all {claims} claims hold."),
            Acceptance::InPart => {
                format!("Accepted in part: {claims} claims hold, {open} not examined.")
            }
            Acceptance::Refused => {
                format!("Refused: {} of {claims} claims do not hold.", self.refuted())
            }
        }
    }

    /// Adds a claim that holds or does not.
    pub(super) fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.claims.push(Claim::exact(what, holds));
    }

    /// Adds what was not examined.
    pub(super) fn skip(&mut self, what: impl Into<String>) {
        self.unexamined.push(what.into());
    }

    /// Adds what came of a part of the report, each claim under the part's label.
    pub(super) fn absorb(&mut self, label: &str, part: Self) {
        let named = |claim: Claim| Claim { what: format!("{label}: {}", claim.what), ..claim };
        self.claims.extend(part.claims.into_iter().map(named));
        self.unexamined.extend(part.unexamined.iter().map(|text| format!("{label}: {text}")));
        for given in part.given {
            if !self.given.contains(&given) {
                self.given.push(given);
            }
        }
        self.undecided |= part.undecided;
    }
}
