//! The report for people: one screen, with plain words for every number that a student would
//! not know.

use std::fmt::{self, Write};

use super::lens::{LensesReport, TargetBy};
use super::schema::*;
use super::words::{against_no_alliance, drawn, feared, over_leaders, reason, robustness};
use super::{explain, given, states};
use crate::analysis::Lens;
use crate::report::text::{blocs, heading, interval, paragraph, percent, span};
use crate::verdict::Judgement;

impl Report {
    /// Each leading state that was looked at, with what was found for it.
    pub(crate) fn each_leader(&self) -> Vec<(&str, &LensesReport, &VerdictReport)> {
        if self.leaders.is_empty() {
            return vec![(&self.system.leader, &self.lenses, &self.verdict)];
        }
        self.leaders.iter().map(|part| (&*part.leader, &part.lenses, &part.verdict)).collect()
    }

    /// The report as text with ANSI styles, as wide as a screen of 96 columns.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    /// Whether anything is known of who threatens whom.
    fn knows_threats(&self) -> bool {
        let known = |pair: &PairReport| pair.distance.is_some() || pair.hostility.is_some();
        self.system.pairs.iter().any(known)
            || self.system.states.iter().any(|state| state.offence.is_some())
    }

    /// The report as JSON, schema 1.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        json + "\n"
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let security = self.lenses.security.as_ref().and_then(Outcome::decided);
        // Without data on threats the most feared is the leading one: nothing to mark.
        let feared = security.filter(|found| found.target_by == TargetBy::Threat);
        let feared = feared.map(|found| found.target.as_str()).filter(|_| self.knows_threats());
        states::write(out, &self.system, feared)?;
        let leader = &self.system.leader;
        for (lens, found) in self.lenses.each() {
            match found {
                Ok(found) => found.text(out, leader, &self.parameters)?,
                Err(why) => undecided(out, &lens.name().to_uppercase(), why)?,
            }
        }
        for (lens, why) in &self.lenses_left_out.0 {
            heading(out, &lens.to_uppercase(), "left out")?;
            paragraph(out, &format!("{why}: keep the strongest with --top."))?;
        }
        given::write_text(out, self)?;
        self.write_verdict(out)?;
        if self.explain { explain::write(out, self) } else { Ok(()) }
    }

    fn write_verdict(&self, out: &mut String) -> fmt::Result {
        let overall = self.verdict.overall;
        if overall == Judgement::Unasked {
            return Ok(());
        }
        let ran = self.lenses.of_control().len();
        let all = Lens::OF_CONTROL.len();
        let gist = format!("{} ({ran} of {all} lenses)", overall.name().to_uppercase());
        heading(out, "VERDICT", &gist)?;
        if self.leaders.is_empty() {
            let leader = &self.system.leader;
            self.write_leader(out, leader, &self.lenses, &self.verdict)?;
        } else {
            for part in &self.leaders {
                writeln!(out, "  {} leading: {}", part.leader, part.verdict.overall)?;
                self.write_leader(out, &part.leader, &part.lenses, &part.verdict)?;
            }
            paragraph(out, over_leaders(overall))?;
            for words in [robustness(&self.verdict), drawn(&self.verdict)].into_iter().flatten() {
                paragraph(out, &words)?;
            }
        }
        Ok(())
    }

    fn write_leader(
        &self,
        out: &mut String,
        leader: &str,
        lenses: &LensesReport,
        verdict: &VerdictReport,
    ) -> fmt::Result {
        let threshold = self.parameters.threshold;
        writeln!(
            out,
            "  {:<12}{:<18}{:<12}0{:>40}",
            "lens",
            format!("{leader} controls"),
            "so",
            1
        )?;
        for (lens, control, judgement) in lenses.of_control() {
            let control_text = control.map_or("?".into(), span);
            let bar = control.map_or(String::new(), |control| interval(control, threshold));
            writeln!(out, "  {lens:<12}{control_text:<18}{judgement:<12}{bar}")?;
        }
        paragraph(out, &reason(leader, lenses, verdict, threshold))?;
        let words = [
            robustness(verdict),
            drawn(verdict),
            against_no_alliance(leader, lenses, verdict),
            feared(lenses),
        ];
        words.into_iter().flatten().try_for_each(|words| paragraph(out, &words))
    }
}

fn undecided(out: &mut String, lens: &str, report: &UndecidedReport) -> fmt::Result {
    heading(out, lens, "undecided")?;
    paragraph(out, &format!("{}.", report.undecided))?;
    match &report.best {
        None => Ok(()),
        Some(best) => writeln!(
            out,
            "    least unstable so far: {}, instability {}",
            blocs(&best.blocs),
            percent(best.instability)
        ),
    }
}
