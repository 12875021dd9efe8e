//! The security lens in a report: beside the verdict, not part of it.

mod build;
mod check;
mod html;
mod read;
mod schema;
mod table;
mod text;

use std::fmt;

use maud::Markup;

use super::{About, LensReport, Rows};
use crate::finding::security::Security;
use crate::parameters::Parameters;
use crate::report::Outcome;
use crate::report::system::build::undecided;
use crate::report::system::check::Checker;
use crate::report::system::schema::SystemReport;
use crate::threat::TargetChoice;
use crate::verdict::Judgement;

pub use schema::*;
pub(crate) use text::{gist, sides};

/// What the lens found where a state leads, if it ran.
pub(super) fn report(about: &About<'_>) -> Option<Outcome<SecurityReport>> {
    let analysis = about.analysis;
    Some(match about.part().security.as_ref()? {
        Security::Decided(found) => Outcome::Decided(build::report(
            &analysis.system,
            &analysis.parameters,
            found,
            match analysis.target {
                TargetChoice::Threat => TargetBy::Threat,
                TargetChoice::Leader => TargetBy::Leader,
                TargetChoice::State(_) => TargetBy::Name,
            },
        )),
        Security::Undecided { why } => undecided(why, None),
    })
}

impl LensReport for SecurityReport {
    fn judged(&self) -> Option<([f64; 2], Judgement)> {
        None
    }

    fn check(&self, checker: &mut Checker<'_>, leader: usize) {
        let parameters = &checker.report.parameters;
        let (claims, unexamined) =
            check::claims(checker.system, parameters, self, leader, checker.thorough);
        checker.found.claims.extend(claims);
        checker.found.unexamined.extend(unexamined);
    }

    fn text(&self, out: &mut String, _: &str, _: &Parameters) -> fmt::Result {
        text::write(out, self)
    }

    fn table(&self, rows: &mut Rows<'_>) {
        table::add(self, rows);
    }

    fn html(&self, system: &SystemReport) -> Markup {
        html::page(self, system)
    }
}
