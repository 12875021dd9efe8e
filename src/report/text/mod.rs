//! The report for people: one screen, with plain words for every number that a student would
//! not know.

mod explain;
pub(crate) mod lenses;
pub(crate) mod parts;
mod states;

use std::fmt::{self, Write};

use crate::analysis::Lens;
use crate::report::text::parts::{count, heading, interval, paragraph, percent, span};
use crate::report::{
    LensesReport, Outcome, PairReport, Report, TargetBy, VerdictReport, given, security,
};
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
        lenses::polarity(out, &self.lenses, leader)?;
        lenses::settlement(out, &self.lenses, &self.parameters)?;
        lenses::blocs(out, &self.lenses, leader, &self.parameters)?;
        lenses::alignment(out, &self.lenses, leader, &self.parameters)?;
        security::write_text(out, self.lenses.security.as_ref())?;
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
        let ran = rows(&self.lenses).len();
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
        for (lens, control, judgement) in rows(lenses) {
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
pub(crate) fn reason(
    leader: &str,
    lenses: &LensesReport,
    verdict: &VerdictReport,
    threshold: f64,
) -> String {
    let bar = percent(threshold);
    // "No lens" and "every lens" are of those that ran; where some did not, they are named.
    let ran: Vec<&str> = rows(lenses).into_iter().map(|(lens, _, _)| lens).collect();
    let (none, every) = match ran.as_slice() {
        all if all.len() == Lens::OF_CONTROL.len() => ("no lens".into(), "every lens".into()),
        [one] => (format!("the lens {one} alone"), format!("the lens {one} alone")),
        some => {
            let named = some.join(", ");
            (
                format!("none of the lenses that ran ({named})"),
                format!("each lens that ran ({named})"),
            )
        }
    };
    let [low, high] = verdict.control.map(percent);
    match verdict.overall {
        Judgement::Balanced if ran.len() == 1 => format!(
            "Balanced: through {none} {leader} gets at most {high} of all control; to dominate it \
             would need more than {bar}."
        ),
        Judgement::Balanced => format!(
            "Balanced: through {none} can {leader} get more than {high} of all control; to \
             dominate it would need more than {bar}."
        ),
        Judgement::Hegemonic => format!(
            "Hegemonic: through {every} {leader} gets at least {low} of all control, more than \
             the {bar} that dominates all others."
        ),
        Judgement::Contested if verdict.disagreeing.is_empty() => format!(
            "Contested: whether {leader} gets more than {bar} depends on which of the stable \
             outcomes comes about, through {every}."
        ),
        Judgement::Contested => format!(
            "Contested: the lenses disagree on whether {leader} gets more than {bar}; look at {}.",
            verdict.disagreeing.join(" and ")
        ),
        Judgement::Undecided => {
            "Undecided: not every lens came to a result; each says below why it did not.".into()
        }
        Judgement::Unasked => "No lens that judges control was asked.".into(),
    }
}

/// By how much alliances hold the leading state back or lift it up: its control through the lenses
/// in which there are alliances, against what it would control if nobody allied.
pub(crate) fn against_no_alliance(
    leader: &str,
    lenses: &LensesReport,
    verdict: &VerdictReport,
) -> Option<String> {
    let alone = verdict.no_alliance_control.filter(|alone| *alone > 0.0)?;
    let allied = rows(lenses).into_iter().filter(|(lens, _, _)| *lens != "polarity");
    let hull = allied.filter_map(|(_, control, _)| control);
    let hull = hull.reduce(|[a, b], [low, high]| [a.min(low), b.max(high)])?;
    let [low, high] = hull.map(|control| control / alone);
    let times = if high - low < 0.005 {
        format!("{low:.2} times that")
    } else {
        format!("{low:.2} to {high:.2} times that")
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
        "Against no alliances: if nobody allied, {leader} would control {}; with alliances it \
         controls {times}: {effect}.",
        percent(alone)
    ))
}

/// The feared state, beside the leading one.
pub(crate) fn feared(lenses: &LensesReport) -> Option<String> {
    let found = lenses.security.as_ref()?.decided()?;
    Some(format!(
        "Beside the verdict, the lens security: {}; the odds of stopping it are {}.",
        security::gist(found),
        span(found.stopping_odds)
    ))
}

/// In how many settings and by which measures the verdict is the same.
pub(crate) fn robustness(verdict: &VerdictReport) -> Option<String> {
    let found = verdict.robustness.as_ref()?;
    let overall = verdict.overall;
    let grid = format!(
        "Robustness: {overall} in {} of {} settings (decisiveness 1.25 to 4 by dominance 1 to 2.5)",
        found.agree, found.settings
    );
    let other = found.measures.0.iter().filter(|(_, verdict)| *verdict != overall);
    let other = other.map(|(name, verdict)| format!("{verdict} by {name}")).collect::<Vec<_>>();
    Some(match (found.measures.0.len(), other.is_empty()) {
        (0, _) => format!("{grid}."),
        (1, true) => format!("{grid}, and by the one other measure that the file has."),
        (all, true) => format!("{grid}, and by all {all} other measures that the file has."),
        (all, false) => {
            format!("{grid}; of {all} other measures that the file has it is {}.", other.join(", "))
        }
    })
}

/// How the doubt about estimated parameters bears on the verdict.
pub(crate) fn drawn(verdict: &VerdictReport) -> Option<String> {
    let found = verdict.draws.as_ref()?;
    let n = found.n.max(1);
    let part = |(name, times): &(String, u32)| {
        let share = percent(f64::from(*times) / f64::from(n));
        format!("{name} in {share}")
    };
    let parts = found.verdicts.0.iter().filter(|(_, times)| *times > 0).map(part);
    let values = found.estimates.0.iter().map(|(name, value)| format!("{name} {value:.3}"));
    Some(format!(
        "Doubt about the parameters: over {} from the estimate ({}) the verdict is {}.",
        count(found.n.into(), "draw"),
        values.collect::<Vec<_>>().join(", "),
        parts.collect::<Vec<_>>().join(", ")
    ))
}

pub(crate) fn over_leaders(overall: Judgement) -> &'static str {
    match overall {
        Judgement::Balanced => "No state with a tenth of the power or more can dominate.",
        Judgement::Hegemonic => "One of these states dominates.",
        Judgement::Contested => "Some of these states may come to dominate; none is sure to.",
        Judgement::Undecided => {
            "It is not known of each of these states: a lens was left undecided."
        }
        Judgement::Unasked => "No lens that judges control was asked.",
    }
}
