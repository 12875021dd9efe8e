//! The security lens as tidy rows: quantity, subject, value.

use crate::game::Stance;
use crate::report::Keyed;
use crate::report::security::SecurityReport;

/// The rows of the lens.
pub(in crate::report) fn rows(found: &SecurityReport) -> Vec<[String; 3]> {
    let mut rows = Vec::new();
    let mut add = |quantity: &str, subject: &str, value: &dyn ToString| {
        rows.push([quantity.to_owned(), subject.to_owned(), value.to_string()]);
    };
    let target = &found.target;
    let known = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let size = |value: Option<usize>| value.map_or(String::new(), |value| value.to_string());
    add("target", "", target);
    for (id, index) in &found.threat_index.0 {
        add("threat_index", id, index);
    }
    for (id, threat) in &found.threat.0 {
        add("threat", id, threat);
    }
    add("profiles", "", &found.profiles);
    add("equilibria_total", "", &found.equilibria_total);
    for equilibrium in &found.equilibria {
        let subject = profile(&equilibrium.actions);
        add("equilibrium_prevails", &subject, &equilibrium.prevails);
        add("equilibrium_dominion", &subject, &equilibrium.dominion);
        add("equilibrium_basin", &subject, &equilibrium.basin);
    }
    for cycle in &found.cycles {
        let subject = profile(&cycle.first);
        add("cycle_profiles", &subject, &cycle.profiles);
        add("cycle_basin", &subject, &cycle.basin);
    }
    for (id, stances) in &found.states.0 {
        add("balances", id, &stances.balance);
        add("hides", id, &stances.hide);
        add("bandwagons", id, &stances.bandwagon);
    }
    for (name, [low, high]) in [
        ("prevails", found.prevails),
        ("dominion", found.dominion),
        ("stopping_odds", found.stopping_odds),
    ] {
        add(&format!("{name}_lo"), target, &low);
        add(&format!("{name}_hi"), target, &high);
    }
    add("balancing_odds", target, &found.balancing_odds);
    add("from_peace", target, &found.from_peace);
    add("mixed_odds", target, &found.mixed_odds);
    add("balancing_number", target, &size(found.balancing_number));
    add("war_number", target, &size(found.war_number));
    add("order_from", target, &known(found.trust.order_from));
    add("balance_to", target, &known(found.trust.balance_to));
    add("verdict", target, &found.verdict);
    rows
}

fn profile(actions: &Keyed<Stance>) -> String {
    actions.0.iter().map(|(id, stance)| format!("{id}={stance}")).collect::<Vec<_>>().join(" ")
}
