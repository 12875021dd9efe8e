//! What each lens found, in a report. A lens is a row of [`LensesReport::each`]: the text, the page, the
//! table, the check and comparisons take the rows as they come.

mod alignment;
mod blocs;
mod polarity;
mod row;
mod security;
mod settlement;

use std::fmt::{self, Write};

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, LeaderAnalysis};
use crate::parameters::Parameters;
use crate::report::Outcome;
use crate::report::format::{Datum, Tidy};
use crate::report::system::build::Writer;
use crate::report::system::check::Checker;
use crate::report::system::schema::{SystemReport, UndecidedReport};
use crate::verdict::Judgement;

pub use crate::analysis::Lens;
pub use alignment::schema::*;
pub use alignment::selection::schema::*;
pub(crate) use alignment::sides;
pub use alignment::tactics::schema::*;
pub use blocs::{BlocRangeReport, BlocsReport, PartitionReport};
pub use polarity::PolarityReport;
pub use row::LensRow;
pub(crate) use security::gist as feared;
pub use security::*;
pub use settlement::{
    LeastCoreReport, LevelReport, SettlementCertificate, SettlementReport, WeightReport,
};

/// Partitions and equilibria shown in the text; the JSON report has more.
const SHOWN: usize = 4;
/// Equilibria listed on the page at most.
const PAGED: usize = 200;

/// What each lens found; a lens that did not run is absent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LensesReport {
    /// The structure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polarity: Option<PolarityReport>,
    /// The settlement game.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Outcome<SettlementReport>>,
    /// Stable blocs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blocs: Option<Outcome<BlocsReport>>,
    /// Equilibria of choosing sides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alignment: Option<Outcome<AlignmentReport>>,
    /// Equilibria of states that fear for their independence; beside the verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<Outcome<SecurityReport>>,
}

/// A lens that ran, with what it found or the reason why it is undecided.
pub(in crate::report) type LensOutcome<'a> =
    (Lens, Result<&'a dyn LensReport, &'a UndecidedReport>);

impl LensesReport {
    /// What the lenses of an analysis found of its leading state at a position.
    pub(super) fn new(analysis: &Analysis, position: usize, writer: &Writer<'_>) -> Self {
        let about = About { analysis, position, writer };
        Self {
            polarity: polarity::report(&about),
            settlement: settlement::report(&about),
            blocs: blocs::report(&about),
            alignment: alignment::report(&about),
            security: security::report(&about),
        }
    }

    /// Each lens that ran, in the order of reports.
    pub(in crate::report) fn each(&self) -> Vec<LensOutcome<'_>> {
        fn row<T: LensReport>(lens: Lens, outcome: &Option<Outcome<T>>) -> Option<LensOutcome<'_>> {
            Some(match outcome.as_ref()? {
                Outcome::Decided(found) => (lens, Ok(found)),
                Outcome::Undecided(why) => (lens, Err(why)),
            })
        }
        let polarity = self.polarity.as_ref();
        [
            polarity.map(|found| (Lens::Polarity, Ok(found as &dyn LensReport))),
            row(Lens::Settlement, &self.settlement),
            row(Lens::Blocs, &self.blocs),
            row(Lens::Alignment, &self.alignment),
            row(Lens::Security, &self.security),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Each lens of control that ran, its interval if it was decided, its judgement.
    pub(crate) fn of_control(&self) -> Vec<(Lens, Option<[f64; 2]>, Judgement)> {
        let judged = |(lens, found): LensOutcome<'_>| match found {
            Ok(found) => found.judged().map(|(control, so)| (lens, Some(control), so)),
            Err(_) => lens.is_of_control().then_some((lens, None, Judgement::Undecided)),
        };
        self.each().into_iter().filter_map(judged).collect()
    }

    /// The lenses that were left undecided, each with the reason.
    pub(super) fn open(&self) -> impl Iterator<Item = (Lens, &str)> {
        self.each().into_iter().filter_map(|(lens, found)| Some((lens, &*found.err()?.undecided)))
    }
}

/// What a report does with what a lens found.
pub(in crate::report) trait LensReport {
    /// The interval of the leading state's control and the lens's judgement of it; `None` of a lens
    /// beside the verdict.
    fn judged(&self) -> Option<([f64; 2], Judgement)>;

    /// The judgement that the interval amounts to.
    fn judge(&self, checker: &Checker<'_>, _leader: usize) -> Judgement {
        let threshold = checker.report.parameters.threshold;
        self.judged().map_or(Judgement::Unasked, |(c, _)| Judgement::of_interval(c, threshold))
    }

    /// Examines every other claim of it, where `leader` leads.
    fn check(&self, checker: &mut Checker<'_>, leader: usize);

    /// What it found, in words.
    fn text(&self, out: &mut String, leader: &str, parameters: &Parameters) -> fmt::Result;

    /// What it found as rows of the table, but for interval and judgement.
    fn table(&self, rows: &mut Rows<'_>);

    /// What the page shows of it beside the interval.
    fn html(&self, _system: &SystemReport) -> Markup {
        html! {}
    }
}

/// What a lens is reported from.
struct About<'a> {
    analysis: &'a Analysis,
    /// Which leading state it is about.
    position: usize,
    writer: &'a Writer<'a>,
}

impl About<'_> {
    /// The leading state's part.
    fn part(&self) -> &LeaderAnalysis {
        &self.analysis.leaders[self.position]
    }

    /// What a lens says of it.
    fn judgement(&self, lens: Lens) -> Judgement {
        let found = self.part().judgements.iter().find(|judged| judged.lens == lens.name());
        found.map_or(Judgement::Undecided, |judged| judged.judgement)
    }
}

/// The rows of the table about one lens.
pub(in crate::report) struct Rows<'a> {
    pub(super) tidy: &'a mut Tidy<4>,
    pub(super) leader: &'a str,
    pub(super) lens: &'a str,
}

impl Rows<'_> {
    pub(super) fn add(&mut self, quantity: &str, subject: &str, value: impl Into<Datum>) {
        self.tidy.add([self.leader, self.lens, quantity, subject], value);
    }

    /// The rows of a lens.
    pub(super) fn lens(&mut self, found: Result<&dyn LensReport, &UndecidedReport>) {
        let leader = self.leader;
        let found = match found {
            Err(why) => {
                self.add("undecided", "", why.undecided.as_str());
                return self.add("verdict", leader, Judgement::Undecided);
            }
            Ok(found) => found,
        };
        found.table(self);
        if let Some(([low, high], judgement)) = found.judged() {
            self.add("control_lo", leader, low);
            self.add("control_hi", leader, high);
            self.add("verdict", leader, judgement);
        }
    }
}

/// How many of `total` are not shown in the text, where so many are listed.
fn hidden(total: u64, listed: usize) -> u64 {
    total.saturating_sub(listed.min(SHOWN) as u64)
}

/// Says how many are not shown, in words, and how many of those the JSON report lists.
fn more(out: &mut String, total: u64, listed: usize, words: impl Fn(u64) -> String) -> fmt::Result {
    let hidden = hidden(total, listed);
    if hidden == 0 {
        return Ok(());
    }
    let words = words(hidden);
    match listed.saturating_sub(SHOWN) {
        _ if listed as u64 >= total => writeln!(out, "    and {words}: --format json lists them"),
        0 => writeln!(out, "    and {words}, of which --format json lists none"),
        some => writeln!(out, "    and {words}, of which --format json lists {some}"),
    }
}

/// Further equilibria in words.
fn more_equilibria(number: u64) -> String {
    match number {
        1 => "1 more equilibrium".into(),
        n => format!("{n} more equilibria"),
    }
}
