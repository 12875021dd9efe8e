//! Plants faults in the solvers of equipoise and sees whether a wrong number is ever accepted.
//!
//! All faults are built into one program, each behind a switch (mutant schemata: Untch, Offutt &
//! Harrold 1993, *ISSTA*), so that the many runs need a single build. For every fault that a case of
//! the corpus reaches, the case is solved with the fault switched on. The fault is
//!
//! - *refused* if the program stops (an error, a panic, no end within the time), or withdraws what
//!   it could not certify or leaves open what it decided before;
//! - *harmless* if the report is the same, but for certificates and last digits;
//! - *refuted* if `check --thorough` refuses the report, with the fault switched on there too;
//! - *unexamined* if `check` accepts it in part alone, and says what it did not look at;
//! - *accepted* otherwise: a changed report that passes. Each of these needs a reason.
//!
//!     cargo run --release --manifest-path mutants/Cargo.toml -- [--only PART] [--every N] [--again]
//!
//! `--only` takes files whose path contains the part, `--every` one fault out of N, `--again` the
//! program that was built last, from the same source.

mod corpus;
mod plant;
mod program;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use corpus::Case;
use program::{Outcome, Program};

fn main() {
    let (mut only, mut every, mut again) = (String::new(), 1, false);
    let mut given = std::env::args().skip(1);
    while let Some(flag) = given.next() {
        let mut value = || given.next().unwrap_or_default();
        match flag.as_str() {
            "--only" => only = value(),
            "--every" => every = value().parse().unwrap_or(1),
            "--again" => again = true,
            _ => panic!("{flag}: --only PART, --every N or --again"),
        }
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let program = if again { Program::again(&root) } else { Program::build(&root) };
    let cases = corpus::cases(&program.folder);
    let reached: Vec<_> = cases.iter().map(|case| program.reached(case)).collect();
    let chosen: Vec<usize> = (0..program.faults.len())
        .filter(|&id| program.faults[id].file.contains(&only) && id % every == 0)
        .collect();
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(&id) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let of = cases.iter().zip(&reached);
                    let of = of.filter_map(|(case, (base, ids))| {
                        ids.contains(&id).then_some((case, base))
                    });
                    let verdict = verdict(&program, id, of);
                    if let Verdict::Accepted(case) | Verdict::Unexamined(case) = &verdict {
                        println!("{verdict:?} {} in {case}", program.describe(id));
                    }
                    found.lock().unwrap().insert(id, verdict);
                }
            });
        }
    });
    table(&program, &found.into_inner().unwrap());
}

/// What came of a fault over all cases that reach it.
#[derive(Debug, Clone, PartialEq)]
enum Verdict {
    NotReached,
    Harmless,
    Refused,
    Refuted,
    Unexamined(String),
    Accepted(String),
}

fn verdict<'a>(
    program: &Program,
    id: usize,
    cases: impl Iterator<Item = (&'a Case, &'a String)>,
) -> Verdict {
    let mut worst = Verdict::NotReached;
    let rank = |verdict: &Verdict| match verdict {
        Verdict::NotReached => 0,
        Verdict::Harmless => 1,
        Verdict::Refused => 2,
        Verdict::Refuted => 3,
        Verdict::Unexamined(_) => 4,
        Verdict::Accepted(_) => 5,
    };
    for (case, base) in cases {
        let one = match program.solve(case, Some(id)) {
            Outcome::Stopped => Verdict::Refused,
            Outcome::Report(report) => {
                let (base, changed) = (program::parsed(base), program::parsed(&report));
                let places = program::differences(&base, &changed);
                let named = || format!("{}, at {}", case.name, places.join(" "));
                let open = |place: &String| place.contains("undecided");
                if places.is_empty() {
                    Verdict::Harmless
                } else if report.contains("please report this as a fault")
                    || places.iter().any(open)
                {
                    Verdict::Refused
                } else {
                    match program.check(&report, id) {
                        Some(0) => Verdict::Accepted(named()),
                        Some(3) => Verdict::Unexamined(named()),
                        _ => Verdict::Refuted,
                    }
                }
            }
        };
        if rank(&one) > rank(&worst) {
            worst = one;
        }
    }
    worst
}

/// How many faults of each file came to what.
fn table(program: &Program, found: &BTreeMap<usize, Verdict>) {
    let mut files: BTreeMap<&str, [usize; 6]> = BTreeMap::new();
    for (&id, verdict) in found {
        let at = match verdict {
            Verdict::NotReached => 0,
            Verdict::Harmless => 1,
            Verdict::Refused => 2,
            Verdict::Refuted => 3,
            Verdict::Unexamined(_) => 4,
            Verdict::Accepted(_) => 5,
        };
        files.entry(&program.faults[id].file).or_default()[at] += 1;
    }
    println!(
        "| file | faults | not reached | harmless | refused | refuted | unexamined | accepted |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let mut sums = [0; 6];
    for (file, counts) in &files {
        sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        line(file, counts);
    }
    line("all", &sums);
}

fn line(name: &str, counts: &[usize; 6]) {
    let cells: Vec<String> = counts.iter().map(usize::to_string).collect();
    println!("| `{name}` | {} | {} |", counts.iter().sum::<usize>(), cells.join(" | "));
}
