//! The blocs lens against a naive oracle, its invariances, and its certificates.

use std::time::Duration;

use approx::assert_abs_diff_eq;
use equipoise::certify::Claim;
use equipoise::certify::partitions::blocs::check;
use equipoise::coalition::{Coalition, Partition};
use equipoise::contest::Contest;
use equipoise::parameters::{Driver, Parameters};
use equipoise::solve::partitions::blocs::{
    Blocs, BlocsFinding, MAX_STATES, Options, examine, solve,
};
use equipoise::system::{Dyads, Parts, State, System};
use equipoise::tolerance::Tolerances;
use equipoise::work::Work;

/// Numbers in `[0, 1)` that look random, the same on every run (Knuth's MMIX generator).
struct Draws(u64);

impl Draws {
    fn unit(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn one_of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[(self.unit() * choices.len() as f64) as usize]
    }
}

fn plain(powers: &[f64], decisiveness: f64, dominance: f64) -> Contest {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let parameters = Parameters { decisiveness, dominance, ..Parameters::default() };
    Contest::new(&System::from_powers(named).unwrap(), &parameters).unwrap()
}

/// A system of `n` states and parameters, both drawn, ties and extremes among them.
fn drawn(n: usize, draws: &mut Draws) -> Contest {
    use equipoise::exact::parse_decimal;
    let mut parts = Parts::default();
    let kind = draws.one_of(&[0, 1, 2]);
    for i in 0..n {
        let power = match kind {
            0 => format!("{:.3}", 0.1 + draws.unit()),
            1 => format!("{}", 1 + (draws.unit() * 4.0) as u32),
            _ => format!("{:.4}", 0.6f64.powi(i as i32)),
        };
        let mut state = State::new(format!("S{i}"));
        state.revisionism = Some(draws.one_of(&[1.0, 1.0, 0.0, 0.4]));
        state.offence = Some(draws.unit());
        parts.states.push(state);
        parts.power.push(parse_decimal(&power).unwrap());
    }
    if draws.unit() < 0.6 {
        for state in &mut parts.states {
            state.revisionism = None;
        }
    }
    let mut matrix = |low: f64, high: f64| {
        let shape = ndarray::Array2::from_shape_fn((n, n), |_| low + (high - low) * draws.unit());
        Some(shape)
    };
    let (distance, hostility, affinity) = (matrix(0.0, 9e3), matrix(-1.0, 1.0), matrix(-1.0, 1.0));
    let keep = |draws: &mut Draws, m| if draws.unit() < 0.3 { m } else { None };
    parts.dyads = Dyads {
        distance: keep(draws, distance),
        hostility: keep(draws, hostility),
        affinity: keep(draws, affinity),
        commitment: None,
    };
    let parameters = Parameters {
        decisiveness: draws.one_of(&[0.0, 0.5, 1.0, 1.7, 2.0, 3.0, 5.0, 40.0, f64::INFINITY]),
        dominance: draws.one_of(&[0.0, 0.5, 1.0, 1.5, 3.0, 6.0]),
        war_cost: draws.one_of(&[0.0, 0.0, 0.05, 0.3]),
        driver: draws.one_of(&[Driver::Power, Driver::Power, Driver::Threat]),
        ..Parameters::default()
    };
    Contest::new(&System::new(parts).unwrap(), &parameters).unwrap()
}

fn decided(contest: &Contest) -> BlocsFinding {
    decided_with(contest, &Options::default())
}

fn decided_with(contest: &Contest, options: &Options) -> BlocsFinding {
    match solve(contest, options, &Work::default()).unwrap() {
        Blocs::Decided(finding) => finding,
        Blocs::Undecided { why, .. } => panic!("undecided: {why}"),
    }
}

/// What the least eager member of `s` gains over its share by leaving `partition`.
fn gain(contest: &Contest, partition: &Partition, s: Coalition) -> f64 {
    let n = contest.len();
    let (mut old, mut new) = (vec![0.0; n], vec![0.0; n]);
    contest.control(partition.blocs(), &mut old);
    contest.control(partition.after(s).blocs(), &mut new);
    let gain = |i| (contest.utility(i, &new) - contest.utility(i, &old)) / contest.shares()[i];
    s.members().map(gain).fold(f64::INFINITY, f64::min)
}

fn instability(contest: &Contest, partition: &Partition) -> f64 {
    let most = Coalition::all(contest.len()).map(|s| gain(contest, partition, s));
    let most = most.fold(0.0, f64::max);
    if most <= Tolerances::DEFAULT.gain { 0.0 } else { most }
}

/// Compares a finding with one made by trying everything.
fn assert_is_that_of_the_oracle(contest: &Contest) {
    let n = contest.len();
    let tolerances = Tolerances::DEFAULT;
    let finding = decided(contest);
    let mut all: Vec<(Partition, f64)> =
        Partition::all(n).map(|p| (p.clone(), instability(contest, &p))).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let least = all.iter().map(|(_, e)| *e).fold(f64::INFINITY, f64::min);
    assert_abs_diff_eq!(finding.instability, least, epsilon = 1e-11);
    all.retain(|(_, e)| *e <= least + if least > 0.0 { tolerances.instability } else { 0.0 });
    let listed: Vec<&Partition> = finding.partitions.iter().map(|f| &f.partition).collect();
    assert_eq!(finding.total as usize, all.len());
    assert_eq!(listed, all.iter().take(100).map(|(p, _)| p).collect::<Vec<_>>());
    for (found, (partition, e)) in finding.partitions.iter().zip(&all) {
        assert_abs_diff_eq!(found.instability, *e, epsilon = 1e-11);
        assert_eq!(found.blocking.is_some(), *e > 0.0);
        let attains = |s: &Coalition| gain(contest, partition, *s) > e - 1e-12;
        let smallest = Coalition::all(n).filter(attains).min_by_key(|s| (s.len(), s.bits()));
        if *e > 0.0 {
            assert_eq!(found.blocking, smallest);
        }
    }
    let mut control = vec![0.0; n];
    for (i, range) in finding.ranges.iter().enumerate() {
        let mut of = |p: &Partition| {
            contest.control(p.blocs(), &mut control);
            control[i]
        };
        let values: Vec<f64> = all.iter().map(|(p, _)| of(p)).collect();
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        assert_abs_diff_eq!(range.control[0], low, epsilon = 2e-12);
        assert_abs_diff_eq!(range.control[1], high, epsilon = 2e-12);
        for (claimed, named) in range.control.iter().zip([&range.lowest, &range.highest]) {
            let tied = |v: &f64| (v - claimed).abs() < 1e-14;
            assert_eq!(named, &all[values.iter().position(tied).unwrap()].0);
        }
    }
    assert_accepted(&check(contest, &finding, true));
}

fn assert_accepted(claims: &[Claim]) {
    assert!(!claims.is_empty());
    for claim in claims {
        assert!(claim.holds(), "{claim}");
    }
}

#[test]
fn findings_are_those_of_the_oracle() {
    let mut draws = Draws(1);
    for round in 0..600 {
        assert_is_that_of_the_oracle(&drawn(2 + round % 4, &mut draws));
    }
    for _ in 0..12 {
        assert_is_that_of_the_oracle(&drawn(6, &mut draws));
    }
}

#[test]
fn plain_findings_are_those_of_the_oracle() {
    let mut draws = Draws(2);
    for m in [0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 100.0] {
        for s in [0.0, 0.5, 1.0, 1.5, 3.0, 20.0] {
            for n in [3, 4, 5] {
                let powers: Vec<f64> = (0..n).map(|_| 0.05 + draws.unit()).collect();
                assert_is_that_of_the_oracle(&plain(&powers, m, s));
            }
            assert_is_that_of_the_oracle(&plain(&[1.0; 4], m, s));
            assert_is_that_of_the_oracle(&plain(&[50.0, 1.0, 1.0, 2.0, 3.0], m, s));
        }
    }
    for (m, s) in [(2.0, 1.5), (3.0, 0.5), (0.5, 2.0)] {
        let powers: Vec<f64> = (0..7).map(|_| 0.05 + draws.unit()).collect();
        assert_is_that_of_the_oracle(&plain(&powers, m, s));
    }
}

/// Sizes (5, 4, 3) with decisiveness = dominance = 2: the weak unite against the strong.
#[test]
fn the_weak_unite_against_the_strong() {
    let finding = decided(&plain(&[5.0, 4.0, 3.0], 2.0, 2.0));
    assert!(finding.core_stable());
    assert_eq!(finding.total, 1);
    let only = &finding.partitions[0];
    assert_eq!(only.partition.blocs(), [Coalition(0b001), Coalition(0b110)]);
    // The strongest would rather join the others, who would lose by it.
    assert!(!only.nash_stable && only.individually_stable && only.contractually_stable);
    assert_eq!(only.blocking, None);
    for (found, published) in only.control.iter().zip([0.3378, 0.4238, 0.2384]) {
        assert_abs_diff_eq!(*found, published, epsilon = 5e-5);
    }
}

#[test]
fn in_a_proportional_world_everything_is_stable() {
    let finding = decided(&plain(&[5.0, 4.0, 3.0, 2.0, 0.1], 1.0, 1.0));
    assert_eq!((finding.total, finding.instability), (52, 0.0));
    assert_eq!(finding.partitions[0].partition, Partition::singletons(5));
    for (range, share) in finding.ranges.iter().zip([5.0, 4.0, 3.0, 2.0, 0.1]) {
        assert_abs_diff_eq!(range.control[0], share / 14.1, epsilon = 1e-14);
        assert_eq!(range.lowest, range.highest);
    }
    let finding = decided(&plain(&[3.0; 14], 1.0, 1.5));
    assert_eq!((finding.total, finding.partitions.len()), (190_899_322, 100));
    let few = Options { max_partitions: 7, ..Options::default() };
    let contest = plain(&[3.0, 2.0, 1.0, 1.0, 1.0, 0.5], 1.0, 1.0);
    let mut all: Vec<Partition> = Partition::all(6).collect();
    all.sort();
    let listed = decided_with(&contest, &few).partitions;
    assert_eq!(listed.into_iter().map(|f| f.partition).collect::<Vec<_>>(), all[..7]);
}

#[test]
fn threats_that_are_all_equal_rank_as_power_does() {
    let powers = [0.9, 0.7, 0.5, 0.4, 0.2];
    let power = plain(&powers, 2.0, 1.5);
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let parameters = Parameters { driver: Driver::Threat, ..Parameters::default() };
    let threat = Contest::new(&System::from_powers(named).unwrap(), &parameters).unwrap();
    assert!(!threat.is_plain());
    let (power, threat) = (decided(&power), decided(&threat));
    assert_eq!(power.core_stable(), threat.core_stable());
    let split =
        |f: &BlocsFinding| f.partitions.iter().map(|p| p.partition.clone()).collect::<Vec<_>>();
    assert_eq!(split(&power), split(&threat));
}

#[test]
fn a_war_cost_above_every_threshold_makes_everything_stable() {
    let named = (0..6).map(|i| (format!("S{i}"), 1.0 + f64::from(i)));
    let system = System::from_powers(named).unwrap();
    let parameters = Parameters { war_cost: 0.9, ..Parameters::default() };
    let finding = decided(&Contest::new(&system, &parameters).unwrap());
    assert_eq!((finding.total, finding.instability), (203, 0.0));
}

#[test]
fn relabelling_permutes_and_scaling_does_nothing() {
    let powers = [0.31, 0.22, 0.17, 0.13, 0.09, 0.08];
    let order = [3, 5, 0, 4, 1, 2];
    for (m, s) in [(2.0, 1.5), (3.0, 1.0), (0.5, 0.5)] {
        let straight = decided(&plain(&powers, m, s));
        let scaled = decided(&plain(&powers.map(|p| p * 8.0), m, s));
        assert_eq!(straight, scaled);
        let permuted = decided(&plain(&order.map(|i| powers[i]), m, s));
        assert_eq!(straight.total, permuted.total);
        assert_abs_diff_eq!(straight.instability, permuted.instability, epsilon = 1e-12);
        let back = |p: &Partition| {
            let blocs = p.blocs().iter().map(|b| b.members().map(|i| order[i]).collect());
            Partition::new(6, blocs.collect()).unwrap()
        };
        let mut moved: Vec<_> = permuted.partitions.iter().map(|f| back(&f.partition)).collect();
        moved.sort();
        assert_eq!(
            moved,
            straight.partitions.iter().map(|f| f.partition.clone()).collect::<Vec<_>>()
        );
        for (i, &from) in order.iter().enumerate() {
            for end in 0..2 {
                let (a, b) = (permuted.ranges[i].control[end], straight.ranges[from].control[end]);
                assert_abs_diff_eq!(a, b, epsilon = 1e-11);
            }
        }
    }
}

#[test]
fn threads_do_not_change_the_answer() {
    let on = |threads: usize, contest: &Contest| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| decided(contest))
    };
    let mut draws = Draws(3);
    for n in [7, 8, 9] {
        for (m, s) in [(2.0, 1.5), (5.0, 1.0), (2.0, 0.0)] {
            let equal = plain(&vec![1.0; n], m, s);
            assert_eq!(on(1, &equal), on(2, &equal));
        }
        let contest = drawn(n.min(8), &mut draws);
        assert_eq!(on(1, &contest), on(2, &contest));
    }
}

/// Shares after the National Material Capabilities of 2016, fourteen states.
#[test]
fn fourteen_states_are_decided() {
    let powers = [
        0.2137, 0.0663, 0.0349, 0.0170, 0.1430, 0.0259, 0.0256, 0.0278, 0.3310, 0.0740, 0.0120,
        0.0213, 0.0207, 0.0139,
    ];
    let contest = plain(&powers, 2.0, 1.5);
    let finding = decided(&contest);
    assert!(finding.total >= 1);
    assert_accepted(&check(&contest, &finding, false));
}

#[test]
fn a_finding_that_is_tampered_with_is_refused() {
    let contest = plain(&[5.0, 4.0, 3.0, 2.0, 1.0, 1.0], 2.0, 1.0);
    let stable = plain(&[5.0, 4.0, 3.0], 2.0, 2.0);
    let fluid = decided(&contest);
    assert!(!fluid.core_stable(), "a system without a core, for the fluid claims");
    let several = plain(&[3.0; 4], 2.0, 1.0);
    type Tamper = fn(&mut BlocsFinding);
    let tampers: [(&str, Tamper); 17] = [
        ("instability", |f| f.instability += 1e-3),
        ("instability of a partition", |f| f.partitions[0].instability += 1e-3),
        ("both", |f| {
            f.instability += 1e-3;
            f.partitions.iter_mut().for_each(|p| p.instability += 1e-3);
        }),
        ("blocking", |f| {
            let other = if f.partitions[0].blocking == Some(Coalition(1)) { 2 } else { 1 };
            f.partitions[0].blocking = Some(Coalition(other));
        }),
        ("empty blocking", |f| f.partitions[0].blocking = Some(Coalition::EMPTY)),
        ("nash", |f| f.partitions[0].nash_stable ^= true),
        ("individual", |f| f.partitions[0].individually_stable ^= true),
        ("contractual", |f| f.partitions[0].contractually_stable ^= true),
        ("threshold", |f| f.partitions[0].peace_threshold += 1e-3),
        ("control", |f| f.partitions[0].control[1] -= 1e-3),
        ("control is not a number", |f| f.partitions[0].control[1] = f64::NAN),
        ("total", |f| f.total += 1),
        ("dropped", |f| {
            f.partitions.pop();
            f.total -= 1;
        }),
        ("twice", |f| {
            f.partitions.push(f.partitions[0].clone());
            f.total += 1;
        }),
        ("low end", |f| f.ranges[0].control[0] -= 1e-3),
        ("high end", |f| f.ranges[0].control[1] += 1e-3),
        ("partition of the low end", |f| {
            let n = f.ranges.len();
            let grand = Partition::grand(n);
            let lone = Partition::singletons(n);
            f.ranges[0].lowest = if f.ranges[0].lowest == grand { lone } else { grand };
        }),
    ];
    for contest in [&contest, &stable, &several] {
        let finding = decided(contest);
        assert_accepted(&check(contest, &finding, false));
        for (what, tamper) in &tampers {
            let mut tampered = finding.clone();
            tamper(&mut tampered);
            let claims = check(contest, &tampered, false);
            assert!(claims.iter().any(|c| !c.holds()), "accepted although tampered: {what}");
        }
        let mut misfit = finding.clone();
        misfit.ranges.pop();
        assert!(!check(contest, &misfit, false)[0].holds());
    }
}

#[test]
fn an_unlisted_partition_is_missed_only_without_thoroughness() {
    let contest = plain(&[1.0; 10], 3.0, 1.0);
    let finding = decided(&contest);
    let mut tampered = finding.clone();
    tampered.total += 1;
    let complete = |claims: &[Claim]| claims.iter().any(|c| c.what.contains("the number of"));
    assert!(!complete(&check(&contest, &finding, false)));
    let claims = check(&contest, &finding, true);
    assert!(complete(&claims));
    assert_accepted(&claims);
    assert!(check(&contest, &tampered, true).iter().any(|c| !c.holds()));
}

#[test]
fn without_time_nothing_is_claimed() {
    for contest in
        [plain(&[5.0, 4.0, 3.0, 2.0, 1.0, 1.0], 2.0, 1.0), plain(&[2.0, 1.0, 1.0], 2.0, 1.5)]
    {
        let work = Work::default().within(Duration::ZERO);
        match solve(&contest, &Options::default(), &work).unwrap() {
            Blocs::Undecided { best: Some(best), why } => {
                assert!(why.contains("time"));
                let anew = examine(&contest, &best.partition, &Tolerances::DEFAULT);
                assert_eq!(*best, anew);
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn too_many_states_are_refused_with_remedies() {
    let contest = plain(&[1.0; MAX_STATES + 1], 2.0, 1.5);
    let error = solve(&contest, &Options::default(), &Work::default()).unwrap_err().to_string();
    for part in ["1382958545", "--top 14", "--lens", "--time-limit"] {
        assert!(error.contains(part), "{error}");
    }
    let work = Work::default().within(Duration::from_millis(5));
    for n in [15, 40, 64] {
        let found = solve(&plain(&vec![1.0; n], 2.0, 1.5), &Options::default(), &work).unwrap();
        assert!(matches!(found, Blocs::Undecided { .. }));
    }
}
