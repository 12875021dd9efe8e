//! The security lens as tidy rows: quantity, subject, value.

use super::SecurityReport;
use crate::game::Stance;
use crate::report::Keyed;
use crate::report::format::Datum;
use crate::report::system::lens::Rows;

/// Adds the rows of the lens; what there is none of has no row.
pub(super) fn add(found: &SecurityReport, rows: &mut Rows<'_>) {
    let mut add = |quantity: &str, subject: &str, value: Datum| rows.add(quantity, subject, value);
    let target = &found.target;
    add("target", "", target.as_str().into());
    for (id, index) in &found.threat_index.0 {
        add("threat_index", id, (*index).into());
    }
    for (id, threat) in &found.threat.0 {
        add("threat", id, (*threat).into());
    }
    add("profiles", "", found.profiles.into());
    add("equilibria_total", "", found.equilibria_total.into());
    for equilibrium in &found.equilibria {
        let subject = profile(&equilibrium.actions);
        add("equilibrium_prevails", &subject, equilibrium.prevails.into());
        add("equilibrium_dominion", &subject, equilibrium.dominion.into());
        add("equilibrium_basin", &subject, equilibrium.basin.into());
    }
    for cycle in &found.cycles {
        let subject = profile(&cycle.first);
        add("cycle_profiles", &subject, cycle.profiles.into());
        add("cycle_basin", &subject, cycle.basin.into());
    }
    for (id, stances) in &found.states.0 {
        add("balances", id, stances.balance.into());
        add("hides", id, stances.hide.into());
        add("bandwagons", id, stances.bandwagon.into());
    }
    for (name, [low, high]) in [
        ("prevails", found.prevails),
        ("dominion", found.dominion),
        ("stopping_odds", found.stopping_odds),
    ] {
        add(&format!("{name}_lo"), target, low.into());
        add(&format!("{name}_hi"), target, high.into());
    }
    add("balancing_odds", target, found.balancing_odds.into());
    add("from_peace", target, found.from_peace.into());
    add("mixed_odds", target, found.mixed_odds.into());
    let sizes = [("balancing_number", found.balancing_number), ("war_number", found.war_number)];
    for (name, size) in sizes {
        size.into_iter().for_each(|size| add(name, target, size.into()));
    }
    let trusts = [("order_from", found.trust.order_from), ("balance_to", found.trust.balance_to)];
    for (name, trust) in trusts {
        trust.into_iter().for_each(|trust| add(name, target, trust.into()));
    }
    add("verdict", target, found.verdict.to_string().into());
}

fn profile(actions: &Keyed<Stance>) -> String {
    actions.0.iter().map(|(id, stance)| format!("{id}={stance}")).collect::<Vec<_>>().join(" ")
}
