//! What each lens found, in words.

use std::fmt::{self, Write};

use crate::contest::status_quo_ceiling;
use crate::game::Posture;
use crate::parameters::Parameters;
use crate::report::tactics;
use crate::report::text::parts::{blocs as set_of, count, heading, paragraph, percent, span};
use crate::report::{
    AlignmentReport, BlocsReport, EquilibriumReport, Keyed, LensesReport, Outcome, PartitionReport,
    SettlementReport, UndecidedReport,
};
use crate::tolerance::Tolerances;

/// Partitions and equilibria shown; the JSON report has more.
const SHOWN: usize = 4;

pub(super) fn polarity(out: &mut String, lenses: &LensesReport, leader: &str) -> fmt::Result {
    let Some(found) = &lenses.polarity else { return Ok(()) };
    heading(out, "POLARITY", &format!("{}: {}", found.class, found.class.meaning()))?;
    paragraph(
        out,
        &format!(
            "Power is as concentrated as among {:.2} equal states (effective poles); concentration \
             {:.3} on Ray and Singer's scale from 0 (all equal) to 1 (one has all). {leader} holds \
             {}.",
            found.effective_poles,
            found.concentration,
            percent(found.control[0]),
        ),
    )
}

pub(super) fn settlement(
    out: &mut String,
    lenses: &LensesReport,
    parameters: &Parameters,
) -> fmt::Result {
    match &lenses.settlement {
        None => Ok(()),
        Some(Outcome::Undecided(why)) => undecided(out, "SETTLEMENT", why),
        Some(Outcome::Decided(found)) => decided_settlement(out, found, parameters),
    }
}

fn decided_settlement(
    out: &mut String,
    found: &SettlementReport,
    parameters: &Parameters,
) -> fmt::Result {
    let price = percent(found.price_of_peace);
    heading(out, "SETTLEMENT", &format!("price of peace {price}"))?;
    let ceiling = status_quo_ceiling(parameters.decisiveness);
    let most = match ceiling > 0.0 {
        true => format!("; no distribution needs more than {}", percent(ceiling)),
        false => String::new(),
    };
    paragraph(
        out,
        &format!(
            "Some division of control leaves no coalition a reason to fight all others if war \
             destroys {price} of what is fought for, none does if it destroys less. The present \
             shares of power need {} ({} would fight{most}).",
            percent(found.status_quo_price),
            found.status_quo_claimant.join(" "),
        ),
    )?;
    let war_cost = parameters.war_cost;
    if war_cost > 0.0 {
        // Prices are known to this: where cost and price are the same to it, there is peace.
        let suffices = |price: f64| war_cost >= price - Tolerances::DEFAULT.verdict;
        let there_is = if suffices(found.price_of_peace) { "a" } else { "no" };
        let is = if suffices(found.status_quo_price) { "is" } else { "is not" };
        let cost = percent(war_cost);
        paragraph(
            out,
            &format!(
                "At a war cost of {cost} there is {there_is} peaceful settlement, and the present \
                 distribution {is} one."
            ),
        )?;
    }
    let shares = found.nucleolus.0.iter().map(|(id, share)| format!("{id} {}", percent(*share)));
    let shares = shares.collect::<Vec<_>>().join(", ");
    paragraph(out, &format!("The settlement (nucleolus): {shares}."))
}

pub(super) fn blocs(
    out: &mut String,
    lenses: &LensesReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    match &lenses.blocs {
        None => Ok(()),
        Some(Outcome::Undecided(why)) => undecided(out, "BLOCS", why),
        Some(Outcome::Decided(found)) => decided_blocs(out, found, leader, parameters),
    }
}

fn decided_blocs(
    out: &mut String,
    found: &BlocsReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    let total = found.partitions_total;
    if found.core_stable {
        heading(out, "BLOCS", &count(total, "core-stable partition"))?;
        paragraph(out, "No group of states would gain, all of them, by leaving to form a bloc.")?;
    } else {
        heading(out, "BLOCS", "fluid: no partition is core-stable")?;
        paragraph(
            out,
            &format!(
                "From every partition some group of states would gain by leaving to form a bloc. \
                 Least unstable, by gains of {} of each leaver's power: {}.",
                percent(found.instability),
                count(total, "partition"),
            ),
        )?;
    }
    for partition in found.partitions.iter().take(SHOWN) {
        let control = partition.control.get(leader).copied().unwrap_or(f64::NAN);
        let traits = traits(partition, parameters);
        writeln!(out, "    {}   {leader} {}{traits}", set_of(&partition.blocs), percent(control))?;
    }
    more(out, total, found.partitions.len(), "partition")?;
    worth(out, found)
}

/// What states are worth inside the first partition.
fn worth(out: &mut String, found: &BlocsReport) -> fmt::Result {
    let Some(partition) = found.partitions.first() else { return Ok(()) };
    let (Some(owen), Some(alone)) = (&partition.owen, &partition.aumann_dreze) else {
        return Ok(());
    };
    let each = |values: &Keyed<f64>| {
        let each = values.0.iter().map(|(id, x)| format!("{id} {}", percent(*x)));
        each.collect::<Vec<_>>().join(", ")
    };
    let (set, owen, alone) = (set_of(&partition.blocs), each(owen), each(alone));
    let words = match owen == alone {
        true => format!(
            "A settlement under {set} would give, whether blocs bargain as one (Owen) or each divides \
             what it could win by itself (Aumann-Drèze): {owen}."
        ),
        false => format!(
            "A settlement under {set} would give, if blocs bargain as one (Owen): {owen}; if each \
             divides what it could win by itself (Aumann-Drèze): {alone}."
        ),
    };
    paragraph(out, &words)
}

/// What else is known of a partition.
fn traits(partition: &PartitionReport, parameters: &Parameters) -> String {
    let mut words = Vec::new();
    if partition.nash_stable {
        words.push("Nash stable".to_owned());
    } else if partition.individually_stable {
        words.push("individually stable".to_owned());
    } else if partition.contractually_stable {
        words.push("contractually stable".to_owned());
    }
    if let Some(leavers) = &partition.blocking {
        words.push(format!("{} would leave", leavers.join(" ")));
    }
    // A war leaves 1 − w of all control.
    let total: f64 = partition.control.0.iter().map(|(_, control)| control).sum();
    if parameters.war_cost > 0.0 && total > 1.0 - parameters.war_cost / 2.0 {
        words.push("deterred".to_owned());
    } else if partition.peace_threshold > 0.0 {
        words.push(format!("peace if war costs {}", percent(partition.peace_threshold)));
    }
    words.into_iter().map(|word| format!(", {word}")).collect()
}

pub(super) fn alignment(
    out: &mut String,
    lenses: &LensesReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    match &lenses.alignment {
        None => Ok(()),
        Some(Outcome::Undecided(why)) => undecided(out, "ALIGNMENT", why),
        Some(Outcome::Decided(found)) => {
            decided_alignment(out, found, leader)?;
            tactics::text(out, found, leader, parameters)
        }
    }
}

fn decided_alignment(out: &mut String, found: &AlignmentReport, leader: &str) -> fmt::Result {
    let total = found.pure_nash_total;
    let gist = match total {
        0 => format!("no pure Nash equilibrium; the others face {leader}"),
        1 => format!("1 pure Nash equilibrium; the others face {leader}"),
        _ => format!("{total} pure Nash equilibria; the others face {leader}"),
    };
    heading(out, "ALIGNMENT", &gist)?;
    if found.tactics.is_some() {
        return Ok(());
    }
    paragraph(
        out,
        &format!(
            "Each of the others balances against {leader}, bandwagons with it or goes it alone \
             (abstains); in equilibrium none would rather do something else. Over all correlated \
             equilibria, mixed ones among them, {leader} controls {}{}.",
            span(found.control),
            at_the_ends(found, leader)
        ),
    )?;
    for equilibrium in found.pure_nash.iter().take(SHOWN) {
        let control = equilibrium.control.get(leader).copied().unwrap_or(f64::NAN);
        writeln!(out, "    {}   {leader} {}", sides(&equilibrium.actions), percent(control))?;
    }
    more(out, total, found.pure_nash.len(), "equilibri")
}

/// Where two equilibria are the two ends of the range: that nothing here decides between them.
fn at_the_ends(found: &AlignmentReport, leader: &str) -> &'static str {
    let tolerance = Tolerances::DEFAULT.certificate;
    let control = |e: &EquilibriumReport| e.control.get(leader).copied().unwrap_or(f64::NAN);
    let [a, b] = found.pure_nash.as_slice() else { return "" };
    let (a, b) = (control(a), control(b));
    let [low, high] = found.control;
    let ends = (a.min(b) - low).abs() <= tolerance && (a.max(b) - high).abs() <= tolerance;
    match found.pure_nash_total == 2 && ends && high - low > tolerance {
        true if found.selection.is_some() => {
            ": two equilibria, one at each end; which of them is likely is said below"
        }
        true => ": two equilibria, one at each end; which of them is not decided here",
        false => "",
    }
}

/// Who does what: `balance A B, abstain C`.
pub(crate) fn sides(actions: &Keyed<Posture>) -> String {
    let group = |posture: Posture| {
        let members: Vec<&str> =
            actions.0.iter().filter(|(_, p)| *p == posture).map(|(id, _)| id.as_str()).collect();
        (!members.is_empty()).then(|| format!("{} {}", posture.name(), members.join(" ")))
    };
    Posture::ALL.into_iter().filter_map(group).collect::<Vec<_>>().join(", ")
}

/// Says how many were not shown, and where they are.
fn more(out: &mut String, total: u64, listed: usize, what: &str) -> fmt::Result {
    let hidden = total.saturating_sub(SHOWN as u64);
    if hidden == 0 {
        return Ok(());
    }
    let noun = match (what, hidden) {
        ("equilibri", 1) => "1 more equilibrium".to_owned(),
        ("equilibri", n) => format!("{n} more equilibria"),
        (what, n) => count(n, &format!("more {what}")),
    };
    if (listed as u64) < total {
        writeln!(out, "    and {noun}, of which --format json lists {}", listed - SHOWN)
    } else {
        writeln!(out, "    and {noun}: --format json lists them")
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
            set_of(&best.blocs),
            percent(best.instability)
        ),
    }
}
