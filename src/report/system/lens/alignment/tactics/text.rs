//! Tactics in words.

use std::fmt::{self, Write};

use super::super::selection;
use crate::finding::alignment::Closing;
use crate::game::Posture;
use crate::parameters::Parameters;
use crate::report::system::lens::{SHOWN, hidden, more_equilibria};
use crate::report::text::{paragraph, percent, span};
use crate::report::*;

/// Weights below this are not told: they are no more than rounding, or next to nothing.
const TOLD: f64 = 0.0005;

/// What the alignment lens found, where tactics were named or a question beyond the base game
/// was asked. The heading is written already.
pub(in crate::report::system) fn write(
    out: &mut String,
    found: &AlignmentReport,
    leader: &str,
    parameters: &Parameters,
) -> fmt::Result {
    if let Some(tactics) = &found.tactics {
        told(out, found, tactics, leader)?;
    }
    selection::text(out, found, leader, parameters)?;
    if let Some(dilemma) = &found.security_dilemma {
        arms(out, found, dilemma)?;
    }
    if let Some(chains) = &found.chains {
        tight(out, found, chains, leader)?;
    }
    match &found.window {
        None => Ok(()),
        Some(Outcome::Undecided(why)) => paragraph(out, &format!("Window: {}.", why.undecided)),
        Some(Outcome::Decided(window)) => closing(out, window, leader, parameters.war_cost),
    }
}

fn told(
    out: &mut String,
    found: &AlignmentReport,
    tactics: &[Posture],
    leader: &str,
) -> fmt::Result {
    let others = tactics.iter().filter(|posture| !posture.is_of_leader()).map(|p| p.name());
    let others = others.collect::<Vec<_>>().join(", ");
    let restrains = tactics.contains(&Posture::Restrain);
    let restrain =
        if restrains { format!(" {leader} expands or restrains itself.") } else { "".into() };
    paragraph(
        out,
        &format!(
            "Each of the others chooses among {others}.{restrain} Over all correlated equilibria, \
             mixed ones among them, {leader} controls {}.",
            span(found.control)
        ),
    )?;
    for equilibrium in found.pure_nash.iter().take(SHOWN) {
        let control = equilibrium.control.get(leader).copied().unwrap_or(f64::NAN);
        writeln!(out, "    {}   {leader} {}", groups(&equilibrium.actions), percent(control))?;
    }
    let hidden = hidden(found.pure_nash_total, found.pure_nash.len());
    if hidden > 0 {
        writeln!(out, "    and {}", more_equilibria(hidden))?;
    }
    let ends = [("least", &found.certificate.lowest), ("most", &found.certificate.highest)];
    for ((which, bound), control) in ends.into_iter().zip(found.control) {
        let roles = bound.roles.as_ref().map(weights).unwrap_or_default();
        paragraph(
            out,
            &format!("Where {leader} controls {which} ({}): {roles}.", percent(control)),
        )?;
    }
    let pure = found.pure_nash.iter().take(SHOWN);
    let roles = pure.filter_map(|e| e.roles.as_ref()).chain(
        [&found.certificate.lowest, &found.certificate.highest]
            .into_iter()
            .filter_map(|bound| bound.roles.as_ref()),
    );
    let bystander =
        |(role, weight): &(String, f64)| role == Posture::Abstain.role() && *weight >= TOLD;
    if roles.flat_map(|roles| &roles.0).any(|(_, own)| own.0.iter().any(bystander)) {
        paragraph(out, "A bystander goes it alone and fights everybody, for itself.")?;
    }
    Ok(())
}

/// Who is what: `balancers A B, buck-passer C`.
fn groups(actions: &Keyed<Posture>) -> String {
    let those = |posture: Posture| {
        let members: Vec<&str> =
            actions.0.iter().filter(|(_, p)| *p == posture).map(|(id, _)| id.as_str()).collect();
        (!members.is_empty()).then(|| group(posture.role(), &members))
    };
    let all = Posture::ALL.into_iter().chain([Posture::Restrain]);
    all.filter_map(those).collect::<Vec<_>>().join(", ")
}

/// States by their roles: `balancers A B; C balancer 60.0 %, buck-passer 40.0 %`.
fn weights(roles: &RolesReport) -> String {
    let told = |roles: &Keyed<f64>| -> Vec<(String, f64)> {
        roles.0.iter().filter(|(_, weight)| *weight >= TOLD).cloned().collect()
    };
    // States with one role share a line by role; states with several have one each.
    let (mut groups, mut mixed): (Vec<(String, Vec<&str>)>, Vec<String>) = Default::default();
    for (id, roles) in &roles.0 {
        match told(roles).as_slice() {
            [(role, _)] => match groups.iter_mut().find(|(known, _)| known == role) {
                Some((_, members)) => members.push(id),
                None => groups.push((role.clone(), vec![id])),
            },
            several => {
                let words = several.iter().map(|(r, w)| format!("{r} {}", percent(*w)));
                mixed.push(format!("{id} {}", words.collect::<Vec<_>>().join(", ")));
            }
        }
    }
    let groups = groups.iter().map(|(role, members)| group(role, members));
    groups.chain(mixed).collect::<Vec<_>>().join("; ")
}

/// `balancer A`, `balancers A B`.
fn group(role: &str, members: &[&str]) -> String {
    let several = if members.len() > 1 && role != Posture::Restrain.role() { "s" } else { "" };
    format!("{role}{several} {}", members.join(" "))
}

fn arms(out: &mut String, found: &AlignmentReport, dilemma: &DilemmaReport) -> fmt::Result {
    let effect = |(armed, on): &(String, Keyed<f64>)| {
        let others = on.0.iter().filter(|(id, _)| id != armed && id != &found.leader);
        let lost = others.map(|(_, change)| -change).fold(0.0, |sum, lost| sum + lost);
        let leaders = on.get(&found.leader).map_or(0.0, |change| -change);
        format!(
            "{armed} {} from its partners, {} from {}",
            points(lost),
            points(leaders),
            found.leader
        )
    };
    let effects = dilemma.effects.0.iter().map(effect).collect::<Vec<_>>().join("; ");
    paragraph(
        out,
        &format!(
            "Security dilemma: where all balance, arming alone takes, in points of all control: \
             {effects}."
        ),
    )?;
    let armed = dilemma.equilibria.len();
    let worse = dilemma.equilibria.iter().filter(|e| e.everyone_worse_off).count();
    let without = "than the same alignment without them";
    paragraph(
        out,
        &match (armed, worse) {
            (0, _) => "In no pure equilibrium listed does a state arm.".to_owned(),
            (1, 1) => format!("The one equilibrium with arms leaves everyone worse off {without}."),
            (1, _) => {
                format!("The one equilibrium with arms leaves not everyone worse off {without}.")
            }
            (_, 0) => {
                format!("None of {armed} equilibria with arms leaves everyone worse off {without}.")
            }
            _ => format!(
                "Of {armed} equilibria with arms {worse} leave everyone worse off {without}."
            ),
        },
    )
}

/// A share in points of a hundred.
fn points(share: f64) -> String {
    format!("{:.1}", 100.0 * share + 0.0)
}

fn tight(
    out: &mut String,
    found: &AlignmentReport,
    chains: &ChainsReport,
    leader: &str,
) -> fmt::Result {
    let named = chains.chains.iter().map(|chain| chain.join("–")).collect::<Vec<_>>().join(", ");
    let named = if named.is_empty() { "there are none".to_owned() } else { named };
    let then = match (chains.control, chains.verdict) {
        (Some(control), Some(verdict)) => format!(
            "{leader} then controls {} ({verdict}) instead of {}",
            span(control),
            span(found.control)
        ),
        _ => "there is then no equilibrium at all, not even a correlated one".to_owned(),
    };
    paragraph(
        out,
        &format!(
            "Chain gangs ({named}): if who changes sides takes its chain along, {} \
             gained and {} lost; \
             {then}.",
            match chains.gained_total {
                1 => "1 pure equilibrium is".to_owned(),
                n => format!("{n} pure equilibria are"),
            },
            chains.lost_total,
        ),
    )?;
    for (word, list) in [("gained", &chains.gained), ("lost", &chains.lost)] {
        for equilibrium in list.iter().take(SHOWN) {
            let control = equilibrium.control.get(leader).copied().unwrap_or(f64::NAN);
            let who = groups(&equilibrium.actions);
            writeln!(out, "    {word}: {who}   {leader} {}", percent(control))?;
        }
    }
    Ok(())
}

fn closing(out: &mut String, window: &WindowReport, leader: &str, war_cost: f64) -> fmt::Result {
    let word = match window.closing {
        Closing::Closing => "The window is closing",
        Closing::Open => "The window is not closing",
        Closing::Depends => "Whether the window is closing depends on the equilibrium",
    };
    let waiting = |cost: f64| match cost < 0.0 {
        true => format!("gains it {}", percent(-cost)),
        false => format!("costs it {}", percent(cost + 0.0)),
    };
    let [low, high] = window.waiting_costs.map(waiting);
    paragraph(
        out,
        &format!(
            "{word}: in a war {leader} would control {} now and {} in {} ({}). Waiting {low} of \
             that at the lower end and {high} at the upper; a war costs {}.",
            span(window.now.control),
            span(window.later.control),
            window.year,
            window.basis,
            percent(war_cost),
        ),
    )
}
