//! Systems to ask: seeded, with everything a state can want.

use dashu_ratio::RBig;
use equipoise::certify::alignment::{check, selection};
use equipoise::contest::Contest;
use equipoise::parameters::{Driver, Parameters};
use equipoise::solve::alignment::{Alignment, AlignmentFinding, Options, solve};
use equipoise::system::{Parts, State, System};
use equipoise::work::Work;
use ndarray::Array2;

/// A generator of numbers in `[0, 1)` (xorshift64*, Vigna 2016): tests need no better one.
pub struct Seeded(u64);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        let mut generator = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        for _ in 0..8 {
            generator.next();
        }
        generator
    }

    pub fn next(&mut self) -> f64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn choose<T: Copy>(&mut self, from: &[T]) -> T {
        from[(self.next() * from.len() as f64) as usize]
    }
}

/// A system of `n` states and parameters, of every kind that there is. Powers are small whole
/// numbers now and then, so that exact ties occur.
pub fn random(n: usize, seed: u64) -> (Parts, Parameters) {
    let mut r = Seeded::new(seed);
    let whole = r.next() < 0.3;
    let power = |r: &mut Seeded| {
        if whole { 1.0 + (4.0 * r.next()).floor() } else { (4.0 * r.next()).exp() }
    };
    let mut parts = Parts { measure: "power".into(), ..Parts::default() };
    for i in 0..n {
        let mut state = State::new(format!("S{i}"));
        if r.next() < 0.5 {
            state.offence = Some(r.next());
        }
        if seed.is_multiple_of(3) {
            state.revisionism = Some(r.choose(&[0.0, 0.5, 1.0]));
        }
        parts.states.push(state);
        parts.power.push(RBig::try_from(power(&mut r)).unwrap());
    }
    if r.next() < 0.5 {
        let distances = Array2::from_shape_fn((n, n), |_| 5000.0 * r.next());
        parts.dyads.distance = Some(&distances + &distances.t());
    }
    if r.next() < 0.5 {
        parts.dyads.hostility = Some(Array2::from_shape_fn((n, n), |_| 2.0 * r.next() - 1.0));
    }
    if r.next() < 0.3 {
        parts.dyads.affinity = Some(Array2::from_shape_fn((n, n), |_| 2.0 * r.next() - 1.0));
    }
    let parameters = Parameters {
        decisiveness: r.choose(&[0.0, 0.5, 1.0, 2.0, 2.0, 3.0, 10.0, f64::INFINITY]),
        dominance: r.choose(&[0.0, 0.5, 1.0, 1.5, 1.5, 2.0, 4.0]),
        war_cost: r.choose(&[0.0, 0.0, 0.02, 0.1, 0.3]),
        driver: r.choose(&[Driver::Power, Driver::Threat]),
        threat_weight: r.choose(&[0.5, 3.0]),
        ..Parameters::default()
    };
    (parts, parameters)
}

pub fn contest(parts: &Parts, parameters: &Parameters) -> Contest {
    Contest::new(&System::new(parts.clone()).unwrap(), parameters).unwrap()
}

/// States with nothing but powers, under the default parameters.
pub fn plain(powers: &[f64]) -> Contest {
    with(powers, &Parameters::default())
}

pub fn with(powers: &[f64], parameters: &Parameters) -> Contest {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    Contest::new(&System::from_powers(named).unwrap(), parameters).unwrap()
}

/// The finding, every claim of which has been accepted.
pub fn certified(contest: &Contest, leader: usize) -> AlignmentFinding {
    let finding = decided(contest, leader, &Options::default());
    let (of_selection, _) = selection::check(contest, &finding);
    for claim in check(contest, &finding).iter().chain(&of_selection) {
        assert!(claim.holds(), "{claim}");
    }
    finding
}

pub fn decided(contest: &Contest, leader: usize, options: &Options) -> AlignmentFinding {
    match solve(contest, leader, options, &Work::default()).unwrap() {
        Alignment::Decided(finding) => finding,
        Alignment::Undecided { why } => panic!("undecided without a time limit: {why}"),
    }
}
