//! Limits with exact answers that only the inside of a run can be held to.

use approx::assert_abs_diff_eq;

use super::alignment::Blocs;
use super::run::{Nobody, Stage};
use super::war::{Attack, Battle};
use super::world::World;
use super::*;
use crate::chance::Luck;
use crate::parameters::simulation::{Alliances, Rules};
use crate::system::System;
use crate::work::Work;

fn start(powers: &[f64]) -> Start {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    Start::of(&System::from_powers(named).unwrap())
}

const BASE: [f64; 8] = [24.0, 18.0, 15.0, 12.0, 10.0, 9.0, 7.0, 5.0];

fn still() -> Rules {
    Rules { openness: 0.0, volatility: 0.0, misperception: 0.0, ..Rules::default() }
}

/// Power in the unit of the start after so many runs of `rules`.
fn powers(start: &Start, rules: &Rules, periods: u32, runs: u32, forced: bool) -> Vec<Vec<f64>> {
    let mut stage = Stage::with_war_forced(forced);
    (0..runs)
        .map(|run| {
            let key = (1, run, periods);
            stage.run(start, rules, key, &mut Nobody, &Work::default()).unwrap();
            let world = stage.world();
            let mut powers = vec![0.0; start.shares.len()];
            for (&who, &power) in world.who.iter().zip(&world.power) {
                powers[who as usize] = power;
            }
            powers
        })
        .collect()
}

#[test]
fn proportional_war_without_waste_is_a_martingale() {
    let rules = Rules {
        decisiveness: 1.0,
        cumulativity: 1.0,
        war_cost: 0.0,
        floor: 0.0,
        alliances: Alliances::None,
        ..still()
    };
    let runs = 20_000;
    let start = start(&BASE);
    let all = powers(&start, &rules, 30, runs, true);
    for i in 0..8 {
        let mean = all.iter().map(|p| p[i]).sum::<f64>() / f64::from(runs);
        let spread = all.iter().map(|p| (p[i] - mean).powi(2)).sum::<f64>() / f64::from(runs);
        let four = 4.0 * (spread / f64::from(runs)).sqrt();
        assert_abs_diff_eq!(mean, start.shares[i], epsilon = four);
    }
}

#[test]
fn without_waste_and_growth_power_is_conserved() {
    let rules = Rules { war_cost: 0.0, cumulativity: 1.0, ..still() };
    for power in powers(&start(&BASE), &rules, 100, 100, false) {
        assert_abs_diff_eq!(power.iter().sum::<f64>(), 1.0, epsilon = 1e-12);
    }
    let rules = Rules { cumulativity: 0.0, ..still() };
    let start = start(&BASE);
    for power in powers(&start, &rules, 100, 100, false) {
        assert!(power.iter().zip(&start.shares).all(|(now, then)| *now <= then + 1e-15));
    }
}

#[test]
fn growth_alone_is_exponential() {
    let mut start = start(&BASE);
    start.growth = vec![0.02, 0.0, -0.01, 0.05, 0.0, 0.0, 0.1, 0.0];
    let rules = Rules { revisionism: 0.0, ..still() };
    for power in powers(&start, &rules, 100, 3, false) {
        for (i, power) in power.iter().enumerate() {
            let expected = start.shares[i] * (1.0 + start.growth[i]).powi(100);
            assert_abs_diff_eq!(power / expected, 1.0, epsilon = 1e-12);
        }
    }
}

#[test]
fn five_four_three_align_against_the_strongest_from_every_order() {
    let start = start(&[5.0, 4.0, 3.0]);
    let rules = Rules { dominance: 2.0, ..still() };
    let (mut world, mut blocs) = (World::default(), Blocs::default());
    world.reset(&start, &rules);
    for period in 1..200 {
        assert!(blocs.align(&world, &rules, Luck::of_period(1, 0, period)));
        assert!(blocs.of[1] == blocs.of[2] && blocs.of[0] != blocs.of[1]);
    }
}

#[test]
fn books_are_kept_in_a_war() {
    let start = start(&[5.0, 3.0, 2.0]);
    let rules = Rules { alliances: Alliances::All, ..still() };
    let expected = [[0.5125, 0.24, 0.16], [0.4, 0.309_282_358_309_146_5, 0.203_217_641_690_853_43]];
    let (mut world, mut blocs) = (World::default(), Blocs::default());
    let mut seen = [false; 2];
    for period in 1..50 {
        let luck = Luck::of_period(1, 0, period);
        world.reset(&start, &rules);
        blocs.align(&world, &rules, luck);
        let attack = Attack { bloc: blocs.of[0], initiator: 0, target: 1 };
        let won = Battle::default().fight(attack, &mut world, &blocs, &rules, luck, None);
        let books = expected[usize::from(!won)];
        world.power.iter().zip(books).for_each(|(p, e)| {
            assert_abs_diff_eq!(*p, e, epsilon = 1e-12);
        });
        seen[usize::from(won)] = true;
    }
    assert_eq!(seen, [true; 2]);
}

#[test]
fn no_number_breaks_a_run() {
    let extremes = [
        Rules { decisiveness: 100.0, dominance: 20.0, ..Rules::default() },
        Rules { decisiveness: 0.0, dominance: 0.0, ..Rules::default() },
        Rules { decisiveness: f64::INFINITY, stakes: 1.0, floor: 0.0, ..Rules::default() },
        Rules { volatility: 5.0, misperception: 5.0, floor: 0.0, ..Rules::default() },
        Rules { openness: 3.0, floor: 0.9, reliability: 0.0, ..Rules::default() },
        Rules { stakes: 1.0, war_cost: 0.0, cumulativity: 1.0, floor: 0.0, ..Rules::default() },
    ];
    let mut stage = Stage::default();
    for rules in extremes {
        for powers in [vec![1.0, 1.0], vec![1.0, 1e-200], BASE.to_vec(), vec![1.0; 12]] {
            let start = Start { growth: vec![0.5; powers.len()], ..start(&powers) };
            for run in 0..3 {
                let made = stage.run(&start, &rules, (1, run, 60), &mut Nobody, &Work::default());
                let row = made.unwrap().row;
                assert!((0.0..=1.0).contains(&row.leader_share), "{rules:?} {row:?}");
                assert!(row.effective_poles >= 1.0 - 1e-9 && row.states > 0, "{rules:?} {row:?}");
            }
        }
    }
}
