//! Selection in words.

use std::fmt::{self, Write};

use super::schema::*;
use crate::game::Posture;
use crate::parameters::Parameters;
use crate::report::sides;
use crate::report::system::lens::{SHOWN, more};
use crate::report::text::{count, entry, paragraph, percent};
use crate::report::{AlignmentReport, Keyed};

/// Pairs shown.
const PAIRS: usize = 3;

/// Which equilibrium is likely, for people.
pub(in crate::report::system) fn write(
    out: &mut String,
    found: &AlignmentReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    match (&found.selection, &found.selection_left_out) {
        (Some(listed), _) if !listed.is_empty() => equilibria(out, found, listed)?,
        (_, Some(why)) => paragraph(out, &format!("Which equilibrium is likely: {why}."))?,
        _ => {}
    }
    match (&found.logit, &found.logit_left_out) {
        (Some(logit), _) => hesitating(out, found, logit, leader, parameters),
        (_, Some(why)) => paragraph(out, &format!("Logit equilibrium: {why}.")),
        _ => Ok(()),
    }
}

fn equilibria(out: &mut String, found: &AlignmentReport, listed: &[SelectedReport]) -> fmt::Result {
    let ends: f64 = listed.iter().map(|one| one.basin).sum();
    let rest = 1.0 - ends;
    let round = match rest > 0.0005 {
        true => format!("; {} go round in cycles", percent(rest)),
        false => String::new(),
    };
    paragraph(
        out,
        &format!("Where best replies from a random start end, and what would upset it{round}:"),
    )?;
    for one in listed.iter().take(SHOWN) {
        let name = named(&one.actions);
        let words = format!("{} of starts   {name}. {}", percent(one.basin), traits(found, one));
        entry(out, &words)?;
    }
    more(out, listed.len() as u64, listed.len(), |n| format!("{n} more"))
}

/// Who does what, the leading state too where it has a choice.
fn named(actions: &Keyed<Posture>) -> String {
    let leads = actions.0.iter().filter(|(_, posture)| posture.is_of_leader());
    let leads = leads.map(|(id, posture)| format!(", {} {id}", posture.name()));
    format!("{}{}", sides(actions), leads.collect::<String>())
}

/// `strong; coalition-proof`, or who upsets it.
fn traits(found: &AlignmentReport, one: &SelectedReport) -> String {
    let mut words = Vec::new();
    match (&one.leaving, one.coalition_proof) {
        (None, _) => words.push("No group would leave together: strong".to_owned()),
        (Some(leaving), Some(false)) if one.upset_by.as_ref() == Some(leaving) => {
            words.push(format!("Together {}, and stay there", leavers(leaving)));
        }
        (Some(leaving), proof) => {
            words.push(format!("Together {}", leavers(leaving)));
            match (proof, &one.upset_by) {
                (Some(true), _) => words.push("coalition-proof: nobody's way out lasts".to_owned()),
                (_, Some(upset)) => words.push(format!("{}, and stay there", leavers(upset))),
                _ => {}
            }
        }
    }
    let can_balance = found.tactics.as_ref().is_none_or(|t| t.contains(&Posture::Balance));
    match (one.tipping, &one.tipped_by) {
        (Some(number), Some(group)) => {
            words.push(format!(
                "{} that turned to balance for good would tip the rest ({})",
                count(number as u64, "state"),
                group.join(" ")
            ));
        }
        (None, _) if can_balance => words.push("no group can tip all into balancing".to_owned()),
        _ => {}
    }
    format!("{}.", words.join("; "))
}

/// `A B would turn to balance, C to abstain`.
fn leavers(leaving: &Keyed<Posture>) -> String {
    let group = |posture: Posture| {
        let members: Vec<&str> =
            leaving.0.iter().filter(|(_, p)| *p == posture).map(|(id, _)| id.as_str()).collect();
        (!members.is_empty()).then(|| (members.join(" "), posture.name()))
    };
    let groups = Posture::ALL.into_iter().chain(Posture::OF_LEADER).filter_map(group);
    let told = groups.enumerate().map(|(k, (members, name))| match k {
        0 => format!("{members} would turn to {name}"),
        _ => format!("{members} to {name}"),
    });
    told.collect::<Vec<_>>().join(", ")
}

fn hesitating(
    out: &mut String,
    found: &AlignmentReport,
    logit: &LogitAlignmentReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    paragraph(
        out,
        &format!(
            "If states choose what is better more often, not always (logit equilibrium, precision \
             {}), {leader} expects {} of control, and more than {} with a probability of {}:",
            logit.precision,
            percent(logit.control),
            percent(parameters.threshold),
            percent(logit.probability_above_threshold)
        ),
    )?;
    let named = found.tactics.clone().unwrap_or_else(|| Posture::BASE.to_vec());
    let width = logit.probabilities.0.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
    for (id, probabilities) in &logit.probabilities.0 {
        let postures: Vec<Posture> =
            named.iter().copied().filter(|p| p.is_of_leader() == (id == leader)).collect();
        let told = probabilities.iter().enumerate().map(|(k, p)| {
            let posture = postures.get(k).map_or("?", |posture| posture.name());
            format!("{posture} {}", percent(*p))
        });
        writeln!(out, "    {id:<width$}   {}", told.collect::<Vec<_>>().join(", "))?;
    }
    let mut pairs: Vec<&PairProbabilityReport> =
        logit.pairs.iter().filter(|pair| pair.both_balance > 0.0).collect();
    crate::order::sort_by(&mut pairs, |a, b| b.both_balance.total_cmp(&a.both_balance));
    if pairs.len() < 2 {
        return Ok(());
    }
    let told = pairs
        .iter()
        .take(PAIRS)
        .map(|pair| format!("{} and {} {}", pair.state1, pair.state2, percent(pair.both_balance)));
    let told = told.collect::<Vec<_>>().join(", ");
    paragraph(out, &format!("Likeliest to balance together: {told}."))
}
