//! What must hold whatever the system.

use std::time::Duration;

use approx::assert_abs_diff_eq;
use equipoise::error::ErrorKind;
use equipoise::parameters::Parameters;
use equipoise::solve::alignment::{Alignment, MAX_STATES, Options, solve};
use equipoise::work::Work;

use super::systems::{certified, contest, decided, plain, random, with};

/// Naming the states in another order changes nothing but their order.
#[test]
fn relabelling_permutes() {
    for seed in 0..40 {
        let n = 3 + seed as usize % 4;
        let (parts, parameters) = random(n, 2000 + seed);
        let order: Vec<usize> = (0..n).map(|i| (i * (n - 1) + 1) % n).collect();
        let mut relabelled = parts.clone();
        relabelled.states = order.iter().map(|&i| parts.states[i].clone()).collect();
        relabelled.power = order.iter().map(|&i| parts.power[i].clone()).collect();
        let permuted = |m: &Option<ndarray::Array2<f64>>| {
            m.as_ref()
                .map(|m| ndarray::Array2::from_shape_fn((n, n), |(i, j)| m[[order[i], order[j]]]))
        };
        relabelled.dyads.distance = permuted(&parts.dyads.distance);
        relabelled.dyads.hostility = permuted(&parts.dyads.hostility);
        relabelled.dyads.affinity = permuted(&parts.dyads.affinity);
        let here = certified(&contest(&parts, &parameters), order[0]);
        let there = certified(&contest(&relabelled, &parameters), 0);
        assert_eq!(here.pure_nash_total, there.pure_nash_total, "seed {seed}");
        for end in 0..2 {
            assert_abs_diff_eq!(here.control[end], there.control[end], epsilon = 1e-8);
        }
    }
}

/// Powers in another unit are the same shares.
#[test]
fn the_unit_of_power_does_not_matter() {
    let powers = [9.0, 7.0, 4.0, 3.0, 2.5, 1.0];
    let thousandfold = powers.map(|p| 1024.0 * p);
    assert_eq!(certified(&plain(&powers), 0), certified(&plain(&thousandfold), 0));
}

#[test]
fn the_number_of_threads_does_not_matter() {
    for seed in [1, 5, 9] {
        let (parts, parameters) = random(8, 3000 + seed);
        let contest = contest(&parts, &parameters);
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| decided(&contest, 0, &Options::default()))
        };
        assert_eq!(on(1), on(2));
    }
}

/// With `m = s = 1` nobody ever gains: every profile is an equilibrium, the range a point.
#[test]
fn proportional_contests_make_every_profile_an_equilibrium() {
    let proportional = Parameters { decisiveness: 1.0, dominance: 1.0, ..Parameters::default() };
    let contest = with(&[5.0, 4.0, 3.0, 2.0, 1.0, 1e-3], &proportional);
    for leader in 0..6 {
        let finding = certified(&contest, leader);
        assert_eq!((finding.profiles, finding.pure_nash_total), (243, 243));
        for end in finding.control {
            assert_abs_diff_eq!(end, contest.shares()[leader], epsilon = 1e-12);
        }
    }
}

#[test]
fn equilibria_beyond_the_number_asked_for_are_counted() {
    let proportional = Parameters { decisiveness: 1.0, dominance: 1.0, ..Parameters::default() };
    let contest = with(&[5.0, 4.0, 3.0, 2.0], &proportional);
    for max_equilibria in [0, 1, 5, 27, 28] {
        let options = Options { max_equilibria, ..Options::default() };
        let finding = decided(&contest, 0, &options);
        assert_eq!(finding.pure_nash_total, 27);
        assert_eq!(finding.pure_nash.len(), max_equilibria.min(27));
        let claims = equipoise::certify::alignment::check(&contest, &finding);
        assert!(claims.iter().all(|claim| claim.holds()));
    }
}

/// Shares that differ by six orders of magnitude, and partners that divide equally.
#[test]
fn tiny_states_are_certified_too() {
    for dominance in [0.0, 0.5, 1.5, 3.0] {
        for war_cost in [0.0, 0.1] {
            let parameters = Parameters { dominance, war_cost, ..Parameters::default() };
            certified(&with(&[5.0, 3.0, 1.0, 1e-2, 1e-4, 1e-6], &parameters), 0);
        }
    }
}

#[test]
fn the_smallest_system_and_equal_states() {
    certified(&plain(&[2.0, 1.0]), 0);
    certified(&plain(&[2.0, 1.0]), 1);
    for n in 2..8 {
        certified(&plain(&vec![1.0; n]), n / 2);
    }
}

#[test]
fn no_time_leaves_it_undecided() {
    let contest = plain(&[5.0, 4.0, 3.0, 2.0]);
    let work = Work::default().within(Duration::ZERO);
    let result = solve(&contest, 0, &Options::default(), &work).unwrap();
    assert!(matches!(result, Alignment::Undecided { .. }));
}

#[test]
fn too_many_states_and_no_such_leader_are_refused() {
    let contest = plain(&[1.0; MAX_STATES + 1]);
    let error = solve(&contest, 0, &Options::default(), &Work::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }));
    assert!(error.to_string().contains("--top"), "{error}");
    let error = solve(&plain(&[2.0, 1.0]), 2, &Options::default(), &Work::default()).unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Parameter { .. }));
}

/// Systems of every kind, larger than can be solved by definition.
#[test]
fn larger_systems_are_certified_and_hold_their_pure_equilibria() {
    for seed in 0..24 {
        let n = 6 + seed as usize % 3;
        let (parts, parameters) = random(n, 4000 + seed);
        let finding = certified(&contest(&parts, &parameters), 0);
        for equilibrium in &finding.pure_nash {
            let control = equilibrium.control[0];
            assert!(finding.control[0] - 1e-8 <= control && control <= finding.control[1] + 1e-8);
        }
    }
    certified(&plain(&[9.0, 8.0, 6.0, 5.0, 4.0, 4.0, 3.0, 2.0, 1.0, 0.5]), 0);
}
