//! The security lens in words.

use std::fmt::{self, Write};

use super::{SecurityReport, TargetBy};
use crate::game::Stance;
use crate::report::Keyed;
use crate::report::system::lens::{SHOWN, more};
use crate::report::text::{heading, paragraph, percent, span};

/// Feared states named.
const FEARED: usize = 3;
/// Groups named.
const GROUPS: usize = 4;

/// The lens for people.
pub(super) fn write(out: &mut String, found: &SecurityReport) -> fmt::Result {
    heading(out, "SECURITY", &format!("{}: {}", found.verdict, gist(found)))?;
    paragraph(out, &outcome(found))?;
    if found.equilibria.len() > 1 {
        for equilibrium in found.equilibria.iter().take(SHOWN) {
            let (sides, prevails) = (sides(&equilibrium.actions), percent(equilibrium.prevails));
            let basin = percent(equilibrium.basin);
            writeln!(
                out,
                "    {sides}   {}'s side {prevails}; {basin} of starts end here",
                found.target
            )?;
        }
        more(out, found.equilibria_total, found.equilibria.len(), |n| format!("{n} more"))?;
    }
    paragraph(out, &groups(found))?;
    paragraph(out, &trust(found))
}

/// Who is feared, and how much.
pub(crate) fn gist(found: &SecurityReport) -> String {
    let mut feared: Vec<&(String, f64)> = found.threat_index.0.iter().collect();
    crate::order::sort_by(&mut feared, |a, b| b.1.total_cmp(&a.1));
    let others = |but: &str| {
        let rest = feared.iter().filter(|(id, _)| id != but).take(FEARED - 1);
        rest.map(|(id, index)| format!("{id} {index:.3}")).collect::<Vec<_>>().join(", ")
    };
    let target = &found.target;
    let own = found.threat_index.get(target).copied().unwrap_or(f64::NAN);
    let most = feared.first().map_or(0.0, |(_, index)| *index);
    if found.target_by == TargetBy::Threat || own >= most {
        return format!("{target} is feared most ({own:.3}; {})", others(target));
    }
    let listed = feared.iter().take(FEARED).map(|(id, index)| format!("{id} {index:.3}"));
    let listed = listed.collect::<Vec<_>>().join(", ");
    format!("the others face {target} ({own:.3}); most feared are {listed}")
}

/// What happens, in one sentence.
fn outcome(found: &SecurityReport) -> String {
    let target = &found.target;
    let stops = stopping(found);
    match found.equilibria.as_slice() {
        [one] if found.equilibria_total == 1 && found.cycles.is_empty() => format!(
            "In the one equilibrium {}, and {target}'s side prevails with {} ({stops}).",
            sides_in_words(&one.actions),
            percent(one.prevails)
        ),
        [] => format!(
            "Fluid: there is no equilibrium. Best replies go round for ever in {}, and {target}'s \
             side prevails with {} ({stops}).",
            cycles(found),
            span(found.prevails)
        ),
        _ => {
            let among = match found.cycles.len() {
                0 => format!("In {}", equilibria(found.equilibria_total)),
                _ => format!("In {} and in {}", equilibria(found.equilibria_total), cycles(found)),
            };
            format!("{among} {target}'s side prevails with {} ({stops}).", span(found.prevails))
        }
    }
}

fn equilibria(total: u64) -> String {
    if total == 1 { "1 equilibrium".into() } else { format!("{total} equilibria") }
}

fn cycles(found: &SecurityReport) -> String {
    match found.cycles.as_slice() {
        [one] => format!("a closed cycle of {} profiles", one.profiles),
        several => format!("{} closed cycles", several.len()),
    }
}

/// The stopping odds, with their interval where they were sampled.
fn stopping(found: &SecurityReport) -> String {
    let odds = span(found.stopping_odds);
    match &found.sampled {
        None => format!("stopping odds {odds}"),
        Some(sample) => format!(
            "stopping odds about {odds}, {} at 95 % from {} starts",
            span(sample.stopping_odds),
            sample.starts
        ),
    }
}

/// Which groups would hold the target.
fn groups(found: &SecurityReport) -> String {
    let target = &found.target;
    let named = |groups: &[Vec<String>], total: Option<u64>| {
        let listed = groups.iter().take(GROUPS).map(|group| group.join(" "));
        let listed = listed.collect::<Vec<_>>().join(", or ");
        let total = total.unwrap_or(groups.len() as u64);
        let more = total.saturating_sub(GROUPS as u64);
        if more > 0 { format!("{listed}, or one of {more} more groups") } else { listed }
    };
    let hiding = match found.balancing_number {
        None => {
            format!("No group that could hold {target} would stay together while the others hide")
        }
        Some(_) => format!(
            "While the others hide, {} would hold {target} and stay together",
            named(&found.balancing_groups, found.balancing_groups_total)
        ),
    };
    let at_war = match found.war_number {
        None => "while the others bandwagon, none would".to_owned(),
        Some(_) => format!(
            "while the others bandwagon, {} would",
            named(&found.war_groups, found.war_groups_total)
        ),
    };
    format!("{hiding}; {at_war}.")
}

/// Of how much trust bandwagoning is a matter.
fn trust(found: &SecurityReport) -> String {
    let target = &found.target;
    let here = percent(found.parameters.forbearance);
    let order = match found.trust.order_from {
        Some(from) => format!(
            "All bandwagon in an equilibrium if {target} is trusted to spare its followers with \
             more than {} ({here} is assumed)",
            percent(from)
        ),
        None => format!("However far {target} is trusted, that all bandwagon is no equilibrium"),
    };
    let balance = match (found.trust.balance_to, &found.trust.by) {
        (Some(up_to), Some(by)) => format!(
            "up to {} it is one that {} hold it while the others hide",
            percent(up_to),
            by.join(" ")
        ),
        (None, Some(by)) => {
            format!("at any trust it is one that {} hold it while the others hide", by.join(" "))
        }
        _ => "at no trust do balancers hold it while the others hide".to_owned(),
    };
    format!("{order}; {balance}.")
}

/// Who does what: `balance A B, hide C`.
pub(crate) fn sides(actions: &Keyed<Stance>) -> String {
    grouped(actions, |stance, members| format!("{stance} {members}"))
}

/// `A B balance, C hides`.
fn sides_in_words(actions: &Keyed<Stance>) -> String {
    grouped(actions, |stance, members| {
        let s = if members.contains(' ') { "" } else { "s" };
        format!("{members} {stance}{s}")
    })
}

fn grouped(actions: &Keyed<Stance>, told: impl Fn(Stance, &str) -> String) -> String {
    let group = |stance: Stance| {
        let members: Vec<&str> =
            actions.0.iter().filter(|(_, s)| *s == stance).map(|(id, _)| id.as_str()).collect();
        (!members.is_empty()).then(|| told(stance, &members.join(" ")))
    };
    Stance::ALL.into_iter().filter_map(group).collect::<Vec<_>>().join(", ")
}
