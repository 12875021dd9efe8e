//! The lens security: exact answers, its certificates, properties.

mod common;

use approx::assert_abs_diff_eq;
use equipoise::certify::security::check;
use equipoise::coalition::Coalition;
use equipoise::finding::security::{Security, SecurityFinding, Strength};
use equipoise::game::Stance;
use equipoise::parameters::{Parameters, SecurityParameters};
use equipoise::solve::security::solve;
use equipoise::system::{Dyads, System};
use equipoise::threat::Threat;
use equipoise::work::Work;
use ndarray::Array2;
use serde_json::Value;

/// A system of these powers, in which everybody feels this threat of the first state.
fn threatened(powers: &[f64], tau: Option<&[f64]>) -> (System, Parameters) {
    let named =
        powers.iter().enumerate().map(|(i, &p)| (((b'A' + i as u8) as char).to_string(), p));
    let system = System::from_powers(named).unwrap();
    let Some(tau) = tau else { return (system, Parameters::default()) };
    let n = powers.len();
    let hostility = Array2::from_shape_fn((n, n), |(i, j)| if j == 0 { tau[i] } else { 0.0 });
    felt(system, hostility)
}

/// The threats are these, whatever else is known.
fn felt(system: System, hostility: Array2<f64>) -> (System, Parameters) {
    let dyads = Dyads { hostility: Some(hostility), ..Dyads::default() };
    let security = SecurityParameters { latent_hostility: 0.0, ..SecurityParameters::DEFAULT };
    let parameters = Parameters { security, ..Parameters::default() };
    (system.with_dyads(dyads).unwrap(), parameters)
}

/// The finding, of which every claim must hold.
fn found(system: &System, parameters: &Parameters, target: Option<usize>) -> SecurityFinding {
    let threat = Threat::of(system, parameters);
    let target = target.unwrap_or(threat.most_feared);
    let found = solve(system, parameters, &threat, target, 1, &Work::default()).unwrap();
    let Security::Decided(found) = found else { panic!("there is no time limit") };
    let (claims, unexamined) = check(system, parameters, &found, true);
    for claim in &claims {
        assert!(claim.holds(), "{claim}");
    }
    assert!(unexamined.is_empty());
    *found
}

fn power(powers: &[f64]) -> SecurityFinding {
    let (system, parameters) = threatened(powers, None);
    found(&system, &parameters, Some(0))
}

fn close(what: &str, made: f64, expected: &Value) {
    let expected = expected.as_f64().unwrap();
    assert!((made - expected).abs() < 1e-9, "{what}: {made}, not {expected}");
}

/// Everything that the known answer says of a system.
fn agrees(name: &str, system: &System, made: &SecurityFinding, known: &Value) {
    assert_eq!(system.id(made.target), known["target"], "{name}");
    assert_eq!(made.profiles, known["profiles"].as_u64().unwrap(), "{name}");
    assert_eq!(made.equilibria.is_empty(), known["fluid"].as_bool().unwrap(), "{name}");
    let others: Vec<&str> =
        (0..system.len()).filter(|&i| i != made.target).map(|i| system.id(i)).collect();
    let listed = known["equilibria"].as_array().unwrap();
    assert_eq!(made.equilibria.len(), listed.len(), "{name}: {:?}", made.equilibria);
    for known in listed {
        let actions: Vec<Stance> = others
            .iter()
            .map(|id| serde_json::from_value(known["actions"][id].clone()).unwrap())
            .collect();
        let one = made.equilibria.iter().find(|e| e.profile == actions);
        let one = one.unwrap_or_else(|| panic!("{name}: {actions:?} is missing"));
        close(name, one.prevails, &known["prevails"]);
        close(name, one.dominion, &known["dominion"]);
        close(name, one.basin, &known["basin"]);
        close(name, one.from_peace, &known["from_peace"]);
        for (id, loss) in others.iter().zip(&one.loss) {
            close(name, *loss, &known["loss"][id]);
        }
        assert_eq!(one.strong == Strength::Strong, known["strong"].as_bool().unwrap(), "{name}");
    }
    let cycles = known["cycles"].as_array().unwrap();
    assert_eq!(made.cycles.len(), cycles.len(), "{name}");
    for (made, known) in made.cycles.iter().zip(cycles) {
        assert_eq!(made.profiles, known["profiles"].as_u64().unwrap(), "{name}");
        close(name, made.basin, &known["basin"]);
        close(name, made.prevails[0], &known["prevails"][0]);
        close(name, made.prevails[1], &known["prevails"][1]);
    }
    for end in 0..2 {
        close(name, made.prevails[end], &known["prevails"][end]);
        close(name, made.dominion[end], &known["dominion"][end]);
        close(name, made.odds.stopping[end], &known["stopping_odds"][end]);
    }
    close(name, made.odds.balancing, &known["balancing_odds"]);
    close(name, made.odds.from_peace, &known["from_peace"]);
    close(name, made.odds.mixed, &known["mixed_odds"]);
    if known["trust"]["order_from"].is_null() {
        assert!(made.trust.order_from > 1.0, "{name}");
    } else {
        close(name, made.trust.order_from, &known["trust"]["order_from"]);
    }
    match (&made.trust.balance_to, known["trust"]["balance_to"].is_null()) {
        (Some((up_to, _)), false) => close(name, *up_to, &known["trust"]["balance_to"]),
        (up_to, null) => {
            assert!(null && up_to.is_none_or(|(up_to, _)| up_to > 1.0), "{name}: {up_to:?}");
        }
    }
    for (made, number, groups) in [
        (&made.balancing, "balancing_number", "balancing_groups"),
        (&made.war, "war_number", "war_groups"),
    ] {
        assert_eq!(made.number.map(|n| n as u64), known[number].as_u64(), "{name}: {number}");
        let expected: Vec<Coalition> = known[groups]
            .as_array()
            .unwrap()
            .iter()
            .map(|group| {
                let ids = group.as_array().unwrap().iter();
                ids.map(|id| system.index_of(id.as_str().unwrap()).unwrap()).collect()
            })
            .collect();
        let (mut a, mut b) = (made.groups.clone(), expected);
        a.sort();
        b.sort();
        assert_eq!(a, b, "{name}: {groups}");
        assert_eq!(made.total, a.len() as u64);
    }
}

/// A known system: powers that its name gives, a shipped file, or the shares with the threats.
fn known_system(name: &str, known: &Value) -> (System, Parameters) {
    let powers: Vec<f64> = name.split(' ').map_while(|word| word.parse::<f64>().ok()).collect();
    let shares = known["states"].as_object().unwrap();
    if let Some(matrix) = known.get("threat_matrix") {
        let shares = shares.iter().map(|(id, share)| (id.clone(), share.as_f64().unwrap()));
        let system = System::from_powers(shares).unwrap();
        let n = system.len();
        let tau = Array2::from_shape_fn((n, n), |(i, j)| matrix[i][j].as_f64().unwrap());
        return felt(system, tau);
    }
    if powers.is_empty() {
        let file = name.split(' ').next().unwrap();
        let path = format!("{}/data/{file}.csv", env!("CARGO_MANIFEST_DIR"));
        let dataset = equipoise::dataset::Dataset::read(path.as_ref()).unwrap();
        let built = dataset.system(&Default::default(), &equipoise::dataset::Measure::Cinc);
        return (built.unwrap().system, Parameters::default());
    }
    let threat = &known["security"]["threat"];
    let tau: Vec<f64> = shares.keys().map(|id| threat[id].as_f64().unwrap_or(0.0)).collect();
    let exact: Vec<f64> = shares.values().map(|share| share.as_f64().unwrap()).collect();
    // The name has the powers where they are whole; the cycle's are shares.
    let powers = if name.contains("cycle") { &exact } else { &powers };
    let equal = tau[1..].iter().all(|&tau| tau == 1.0);
    let (system, mut parameters) = threatened(powers, (!equal).then_some(&tau));
    let forbearance = known["security"]["parameters"]["phi"].as_f64().unwrap();
    parameters.security.forbearance = forbearance;
    (system, parameters)
}

#[test]
fn known_answers() {
    let Some(path) = common::beside("oracles/security.json") else { return };
    let known: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let systems = known["systems"].as_object().unwrap();
    assert_eq!(systems.len(), 19);
    for (name, known) in systems {
        let (system, parameters) = known_system(name, known);
        let target = system.index_of(known["security"]["target"].as_str().unwrap()).unwrap();
        let made = found(&system, &parameters, Some(target));
        agrees(name, &system, &made, &known["security"]);
        if let Some(index) = known.get("threat_index") {
            assert_eq!(made.threat.most_feared, target, "{name}");
            for (i, t) in made.threat.index.iter().enumerate() {
                close(name, *t, &index[system.id(i)]);
            }
        }
    }
}

/// Four, three, two and one, by hand.
#[test]
fn four_three_two_one() {
    let made = power(&[4.0, 3.0, 2.0, 1.0]);
    let [all_balance, all_bandwagon] = made.equilibria.as_slice() else { panic!() };
    assert_abs_diff_eq!(all_balance.prevails, 16.0 / 52.0, epsilon = 1e-15);
    for loss in &all_balance.loss {
        assert_abs_diff_eq!(*loss, 16.0 / 52.0 + 0.05, epsilon = 1e-15);
    }
    for loss in &all_bandwagon.loss {
        assert_abs_diff_eq!(*loss, 2.0 / 3.0 + 0.05, epsilon = 1e-15);
    }
    assert_abs_diff_eq!(made.odds.balancing, 49.0 / 108.0, epsilon = 1e-12);
    assert_eq!((made.balancing.number, made.balancing.total), (Some(2), 2));
    assert_eq!(made.war.number, Some(2));
}

/// The same power split among more states is ever less likely to balance (Olson 1965).
#[test]
fn the_more_states_the_less_they_balance() {
    let expected = [1.0, 0.667, 0.333, 0.259, 0.185, 0.086];
    for (k, expected) in (1..=6).zip(expected) {
        let mut powers = vec![4.0];
        powers.extend(vec![6.0 / f64::from(k); k as usize]);
        assert_abs_diff_eq!(power(&powers).odds.balancing, expected, epsilon = 6e-4);
    }
}
