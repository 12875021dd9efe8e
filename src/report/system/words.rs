//! Why the verdict is what it is, in words that text, page and figures share.

use super::lens::{LensesReport, feared as gist};
use super::schema::VerdictReport;
use crate::analysis::Lens;
use crate::report::text::{count, percent, span};
use crate::verdict::Judgement;

/// Why the verdict is what it is.
pub(crate) fn reason(
    leader: &str,
    lenses: &LensesReport,
    verdict: &VerdictReport,
    threshold: f64,
) -> String {
    let bar = percent(threshold);
    // "No lens" and "every lens" are of those that ran; where some did not, they are named.
    let ran: Vec<&str> = lenses.of_control().into_iter().map(|(lens, ..)| lens.name()).collect();
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
    let allied = lenses.of_control().into_iter().filter(|(lens, ..)| lens.is_of_contest());
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
        gist(found),
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
