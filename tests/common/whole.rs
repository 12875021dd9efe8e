//! From bytes to a random system with random parameters, through all lenses, to the report and its
//! check: what must hold of every run. Shared by the fuzz target and by the crate's tests.

use equipoise::analysis::{LeaderChoice, Options, analyse};
use equipoise::dataset::{Dataset, DyadTable, Measure, Selection};
use equipoise::error::ErrorKind;
use equipoise::parameters::{Driver, Parameters};
use equipoise::report::{Report, check};
use equipoise::system::System;
use equipoise::work::Work;

/// Choices drawn from bytes; zeros when they are used up.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn below(&mut self, limit: usize) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first) % limit
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())]
    }
}

/// A system of two to six states, its powers small so that ties are frequent, and parameters,
/// values at borders among them.
fn case(bytes: &[u8]) -> Option<(System, Parameters, LeaderChoice)> {
    let mut choices = Choices(bytes);
    let n = 2 + choices.below(5);
    let mut csv = String::from("state,x,offence,revisionism\n");
    for i in 0..n {
        let power = choices.of(&["1", "2", "3", "4", "5", "6", "7.5", "0.001", "1000", "1e12"]);
        let offence = choices.of(&["1", "0.5", "0"]);
        let revisionism = choices.of(&["1", "1", "0.5", "0"]);
        csv += &format!("S{i},{power},{offence},{revisionism}\n");
    }
    let dataset = Dataset::parse("whole.csv", csv.as_bytes()).ok()?;
    let mut built = dataset.system(&Selection::default(), &Measure::Cinc).ok()?;
    if choices.below(2) == 1 {
        let mut pairs = String::from("state1,state2,distance,hostility,affinity\n");
        for i in 0..n {
            for j in 0..i {
                let distance = choices.of(&["1", "100", "2000", "20000"]);
                let hostility = choices.of(&["-1", "0", "0.5", "1"]);
                let affinity = choices.of(&["-1", "0", "0.5", "1"]);
                pairs += &format!("S{i},S{j},{distance},{hostility},{affinity}\n");
            }
        }
        built = DyadTable::parse("pairs.csv", pairs.as_bytes()).ok()?.attach(built).ok()?;
    }
    let parameters = Parameters {
        decisiveness: choices.of(&[2.0, 0.0, 0.5, 1.0, 1.5, 3.0, 4.0, 20.0, f64::INFINITY]),
        dominance: choices.of(&[1.5, 0.0, 0.5, 1.0, 2.0, 3.0, 10.0]),
        war_cost: choices.of(&[0.0, 0.0, 0.1, 0.25, 0.5, 0.9]),
        threshold: choices.of(&[0.5, 0.25, 0.75]),
        driver: choices.of(&[Driver::Power, Driver::Threat]),
        threat_weight: choices.of(&[0.5, 0.0, 2.0]),
        distance_scale: choices.of(&[2000.0, 1.0, 1e6]),
        affinity_weight: choices.of(&[0.5, 0.0, 2.0]),
        ..Parameters::default()
    };
    parameters.validate().ok()?;
    let leader = match choices.below(3) {
        0 => LeaderChoice::Strongest,
        1 => LeaderChoice::All,
        _ => LeaderChoice::State(choices.below(n)),
    };
    Some((built.system, parameters, leader))
}

/// Analyses the system that the bytes are, with one thread and with two, and checks the report.
///
/// # Panics
/// If the reports differ, are not accepted, or a result did not pass its own check.
pub fn run(bytes: &[u8]) {
    let Some((system, parameters, leader)) = case(bytes) else { return };
    let json = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let options = Options { leader, ..Options::default() };
            match analyse(system.clone(), parameters.clone(), &options, &Work::default()) {
                Ok(analysis) => Some(Report::new(&analysis, &[]).json()),
                Err(error) => {
                    let fault = matches!(error.kind(), ErrorKind::Uncertified { .. });
                    assert!(!fault, "{error}\n{system:?}\n{parameters:?}");
                    None
                }
            }
        })
    };
    let (one, two) = (json(1), json(2));
    assert_eq!(one, two, "{system:?}\n{parameters:?}");
    let Some(json) = one else { return };
    let report: Report = serde_json::from_str(&json).expect("a report is read as it was written");
    assert_eq!(report.json(), json);
    let found = check(&report, true).unwrap_or_else(|error| panic!("{error}\n{json}"));
    let refuted: Vec<_> = found.claims.iter().filter(|claim| !claim.holds()).collect();
    assert!(refuted.is_empty(), "{refuted:#?}\n{json}");
    // Every other output is drawn without a panic.
    assert!(!report.text().is_empty() && !report.csv().is_empty());
}
