//! The polarity lens in a report: the structure alone.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{About, LensReport, Rows};
use crate::analysis::Lens;
use crate::certify::Claim;
use crate::parameters::Parameters;
use crate::polarity::{self, PolarityClass};
use crate::report::system::check::Checker;
use crate::report::text::{heading, paragraph, percent};
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;

/// The polarity lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolarityReport {
    /// The class.
    pub class: PolarityClass,
    /// Herfindahl–Hirschman index.
    pub hhi: f64,
    /// `1/HHI`.
    pub effective_poles: f64,
    /// Ray & Singer's index.
    pub concentration: f64,
    /// The leading state's share, twice.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
}

/// What the lens found of a leading state, if it ran.
pub(super) fn report(about: &About<'_>) -> Option<PolarityReport> {
    let share = about.analysis.system.shares()[about.part().leader];
    about.analysis.polarity.as_ref().map(|found| PolarityReport {
        class: found.class,
        hhi: found.hhi,
        effective_poles: found.effective_poles,
        concentration: found.concentration,
        control: [share; 2],
        verdict: about.judgement(Lens::Polarity),
    })
}

impl LensReport for PolarityReport {
    fn judged(&self) -> Option<([f64; 2], Judgement)> {
        Some((self.control, self.verdict))
    }

    /// By the exact share.
    fn judge(&self, checker: &Checker<'_>, leader: usize) -> Judgement {
        Judgement::of_share(checker.system, leader, checker.report.parameters.threshold)
    }

    fn check(&self, checker: &mut Checker<'_>, leader: usize) {
        let found = polarity::measure(checker.system);
        let same = self.class == found.class;
        checker.claim(Claim::exact(format!("polarity: {}", self.class), same));
        checker.equal("polarity: the HHI", self.hhi, found.hhi);
        let (claimed, poles) = (self.effective_poles, found.effective_poles);
        checker.equal("polarity: the effective poles", claimed, poles);
        checker.equal("polarity: the concentration", self.concentration, found.concentration);
        let share = checker.system.shares()[leader];
        let off = self.control.iter().map(|c| (c - share).abs()).fold(0.0, f64::max);
        checker.claim(Claim::within(
            "polarity: the control is the leading state's share",
            if self.control.iter().any(|c| c.is_nan()) { f64::NAN } else { off },
            Tolerances::DEFAULT.certificate,
        ));
    }

    fn text(&self, out: &mut String, leader: &str, _: &Parameters) -> fmt::Result {
        heading(out, "POLARITY", &format!("{}: {}", self.class, self.class.meaning()))?;
        paragraph(
            out,
            &format!(
                "Power is as concentrated as among {:.2} equal states (effective poles); concentration \
                 {:.3} on Ray and Singer's scale from 0 (all equal) to 1 (one has all). {leader} holds \
                 {}.",
                self.effective_poles,
                self.concentration,
                percent(self.control[0]),
            ),
        )
    }

    fn table(&self, rows: &mut Rows<'_>) {
        rows.add("class", "", self.class);
        rows.add("hhi", "", self.hhi);
        rows.add("effective_poles", "", self.effective_poles);
        rows.add("concentration", "", self.concentration);
    }
}
