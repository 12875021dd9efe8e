//! The report for people: one screen, with plain words for every number that a student would
//! not know.

pub(crate) mod lenses;
pub(crate) mod parts;
mod states;

use std::fmt::{self, Write};

use crate::report::text::parts::{heading, interval, paragraph, percent, span};
use crate::report::{LensesReport, Outcome, Report, VerdictReport, security};
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

    /// The report as JSON, schema 1.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        json + "\n"
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        states::write(out, &self.system)?;
        let leader = &self.system.leader;
        lenses::polarity(out, &self.lenses, leader)?;
        lenses::settlement(out, &self.lenses, &self.parameters)?;
        lenses::blocs(out, &self.lenses, leader, &self.parameters)?;
        lenses::alignment(out, &self.lenses, leader, &self.parameters)?;
        security::write_text(out, self.lenses.security.as_ref())?;
        for (lens, why) in &self.lenses_left_out.0 {
            heading(out, &lens.to_uppercase(), "left out")?;
            paragraph(out, &format!("{why}: keep the strongest with --top."))?;
        }
        self.write_verdict(out)
    }

    fn write_verdict(&self, out: &mut String) -> fmt::Result {
        let overall = self.verdict.overall;
        if overall == Judgement::Unasked {
            return Ok(());
        }
        heading(out, "VERDICT", &overall.name().to_uppercase())?;
        if self.leaders.is_empty() {
            let leader = &self.system.leader;
            self.write_leader(out, leader, &self.lenses, &self.verdict)?;
        } else {
            for part in &self.leaders {
                writeln!(out, "  {} leading: {}", part.leader, part.verdict.overall)?;
                self.write_leader(out, &part.leader, &part.lenses, &part.verdict)?;
            }
            paragraph(out, over_leaders(overall))?;
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
        for (lens, control, judgement) in rows(lenses) {
            let control_text = control.map_or("?".into(), span);
            let bar = control.map_or(String::new(), |control| interval(control, threshold));
            writeln!(out, "  {lens:<12}{control_text:<18}{judgement:<12}{bar}")?;
        }
        paragraph(out, &reason(leader, verdict, threshold))?;
        let share = self.system.states.iter().find(|state| state.id == leader);
        match share.and_then(|state| multiplier(leader, state.share, lenses)) {
            Some(words) => paragraph(out, &words),
            None => Ok(()),
        }
    }
}

/// Each lens that ran, its interval if it was decided, its judgement.
pub(crate) fn rows(lenses: &LensesReport) -> Vec<(&'static str, Option<[f64; 2]>, Judgement)> {
    fn row<T>(
        name: &'static str,
        outcome: &Option<Outcome<T>>,
        of: impl Fn(&T) -> ([f64; 2], Judgement),
    ) -> Option<(&'static str, Option<[f64; 2]>, Judgement)> {
        let outcome = outcome.as_ref()?;
        Some(match outcome.decided().map(of) {
            Some((control, judgement)) => (name, Some(control), judgement),
            None => (name, None, Judgement::Undecided),
        })
    }
    let polarity = lenses.polarity.as_ref().map(|p| ("polarity", Some(p.control), p.verdict));
    [
        polarity,
        row("settlement", &lenses.settlement, |s| (s.control, s.verdict)),
        row("blocs", &lenses.blocs, |b| (b.control, b.verdict)),
        row("alignment", &lenses.alignment, |a| (a.control, a.verdict)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Why the verdict is what it is.
pub(crate) fn reason(leader: &str, verdict: &VerdictReport, threshold: f64) -> String {
    let bar = percent(threshold);
    let [low, high] = verdict.control.map(percent);
    match verdict.overall {
        Judgement::Balanced => format!(
            "Balanced: through no lens can {leader} get more than {high} of all control; to \
             dominate it would need more than {bar}."
        ),
        Judgement::Hegemonic => format!(
            "Hegemonic: through every lens {leader} gets at least {low} of all control, more \
             than the {bar} that dominates all others."
        ),
        Judgement::Contested if verdict.disagreeing.is_empty() => format!(
            "Contested: whether {leader} gets more than {bar} depends on which of the stable \
             outcomes comes about, through every lens."
        ),
        Judgement::Contested => format!(
            "Contested: the lenses disagree on whether {leader} gets more than {bar}; look at {}.",
            verdict.disagreeing.join(" and ")
        ),
        Judgement::Undecided => {
            "Undecided: the time was up before every lens had come to an end.".into()
        }
        Judgement::Unasked => "No lens that judges control was asked.".into(),
    }
}

/// By how much alliances hold the leading state back: through the lenses in which there are
/// any, if one of them was decided.
pub(crate) fn multiplier(leader: &str, share: f64, lenses: &LensesReport) -> Option<String> {
    let allied = rows(lenses).into_iter().filter(|(lens, _, _)| *lens != "polarity");
    let hull = allied.filter_map(|(_, control, _)| control);
    let [low, high] =
        hull.reduce(|[a, b], [low, high]| [a.min(low), b.max(high)])?.map(|c| c / share);
    let times = if high - low < 0.005 {
        format!("{low:.2} times")
    } else {
        format!("{low:.2} to {high:.2} times")
    };
    let effect = if high < 0.995 {
        format!("they hold {leader} back")
    } else if low > 1.005 {
        format!("they lift {leader} up")
    } else if low > 0.995 && high < 1.005 {
        format!("they change nothing for {leader}")
    } else {
        format!("they can hold {leader} back or lift it up")
    };
    Some(format!(
        "Balance multiplier: once there are alliances, {leader} controls {times} its share of \
         power; {effect}."
    ))
}

pub(crate) fn over_leaders(overall: Judgement) -> &'static str {
    match overall {
        Judgement::Balanced => "No state with a tenth of the power or more can dominate.",
        Judgement::Hegemonic => "One of these states dominates.",
        Judgement::Contested => "Some of these states may come to dominate; none is sure to.",
        Judgement::Undecided => "The time was up before it was known of each of these states.",
        Judgement::Unasked => "No lens that judges control was asked.",
    }
}
