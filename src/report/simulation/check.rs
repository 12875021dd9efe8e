//! Re-verifies a simulation: a sample of the runs is replayed by a second, plain implementation of
//! the rules, and what is added up over the rows of the runs is added up again.

mod doubt;
mod shape;

use crate::certify::Claim;
use crate::certify::simulation::{
    Cast, Replayed, ReplayedWar, drawn, paired_reach, replay, survival_band, wilson,
};
use crate::error::{Error, Place, Result};
use crate::parameters::simulation::{Alliances, Rule, Rules};
use crate::report::simulation::build::called;
use crate::report::simulation::thorough::Again;
use crate::report::simulation::*;
use crate::report::{Verification, read};
use crate::system::System;
use crate::tolerance::Tolerances;

/// The runs that are replayed unless all are.
const SAMPLE: u32 = 20;

/// Examines the claims of a simulation. `thorough` replays every run of every film in it.
///
/// # Errors
/// If the report has another schema, or its states or rules are none: then there is nothing to
/// check its claims against.
pub fn check_simulation(report: &SimulationReport, thorough: bool) -> Result<Verification> {
    schema(&report.schema, SIMULATION_SCHEMA, &report.system.name)?;
    let mut checker = Checker::new(report)?;
    checker.shape();
    checker.intervals();
    if report.rows.is_empty() {
        let what = "rows: how each run ended is not in a report of so many runs";
        checker.unexamined.push(what.into());
        if !thorough {
            checker.doubt(None);
        }
    } else {
        checker.added_up();
        checker.ranges();
        let ends: Vec<bool> = report.rows.iter().map(|row| row.hegemonic).collect();
        checker.doubt(Some(&ends));
        checker.sample(if thorough { report.runs } else { SAMPLE });
    }
    if thorough {
        checker.again();
    } else {
        let runs = report.runs;
        let rest = "the periods, the balancing curve, other dominances, comparison and grid";
        checker.unexamined.push(format!(
            "runs: of {runs} at most {SAMPLE} are replayed, and {rest} follow from all of them \
             (--thorough replays them)"
        ));
    }
    let undecided = !report.is_whole();
    let (claims, unexamined) = (checker.claims, checker.unexamined);
    Ok(Verification { claims, unexamined, undecided, ..Verification::default() })
}

/// Examines a replayed run: all of it, by the plain rules.
///
/// # Errors
/// If the report has another schema, or its states or rules are none.
pub fn check_replay(report: &ReplayReport) -> Result<Verification> {
    schema(&report.schema, REPLAY_SCHEMA, &report.system.name)?;
    let system = read::system(&report.system)?;
    report.parameters.validate()?;
    let run = report.outcome.run;
    let mut claims = Vec::new();
    let whole = report.scenes.len() == report.periods as usize;
    let numbered = (1..).zip(&report.scenes).all(|(period, scene)| scene.period == period);
    claims.push(Claim::exact("scenes: there is one for each period", whole && numbered));
    let leads = report.system.leader == system.id(system.leader());
    claims.push(Claim::exact("system: the strongest state leads", leads));
    let exact = report.system.states.iter().all(read::is_exact);
    claims.push(Claim::exact("system: the exact shares are those of the shares", exact));
    if whole {
        let cast = cast(&system);
        let found = replay(&cast, &report.parameters, report.seed, run, report.periods);
        let mut off = Off::default();
        for (scene, period) in report.scenes.iter().zip(&found.periods) {
            off.scene(&system, scene, period);
        }
        let same = !off.different;
        claims.push(Claim::exact("scenes: who entered, stood together, fought and fell", same));
        let tolerance = Tolerances::DEFAULT.certificate;
        claims.push(Claim::within("scenes: each state's share in each period", off.by, tolerance));
        let row = row_of(&system, &report.parameters, run, &found);
        claims.push(Claim::within(
            "outcome: how the run ended",
            distance(&report.outcome, &row),
            tolerance,
        ));
    }
    Ok(Verification { claims, ..Verification::default() })
}

fn schema(found: &str, expected: &str, name: &str) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    Err(Error::input(
        Place { column: Some("schema".into()), ..Place::file(name) },
        format!("expected \"{expected}\", found \"{found}\""),
        "check it with the version of equipoise that wrote it",
    ))
}

pub(super) fn cast(system: &System) -> Cast {
    let states = system.states();
    Cast {
        shares: system.shares().to_vec(),
        revisionism: states.iter().map(|state| state.revisionism).collect(),
        growth: states.iter().map(|state| state.growth.unwrap_or(0.0)).collect(),
    }
}

/// How far a scene is from what it must have been.
#[derive(Default)]
struct Off {
    different: bool,
    by: f64,
}

impl Off {
    fn scene(
        &mut self,
        system: &System,
        scene: &SceneReport,
        found: &crate::certify::simulation::ReplayedPeriod,
    ) {
        let names = |states: &[u32]| -> Vec<String> {
            states.iter().map(|&who| called(system, who)).collect()
        };
        let war = |war: &ReplayedWar| WarReport {
            initiator: called(system, war.initiator),
            target: called(system, war.target),
            attackers: names(&war.attackers),
            defenders: names(&war.defenders),
            attackers_won: war.attackers_won,
            annexed: names(&war.annexed),
        };
        let blocs: Vec<Vec<String>> = found.blocs.iter().map(|bloc| names(bloc)).collect();
        let who = found.shares.iter().map(|(who, _)| called(system, *who));
        let same = scene.entered == names(&found.entered)
            && scene.blocs == blocs
            && scene.settled == found.settled
            && scene.war == found.war.as_ref().map(war)
            && scene.shares.0.iter().map(|(id, _)| id.clone()).eq(who);
        self.different |= !same;
        for ((_, told), (_, share)) in scene.shares.0.iter().zip(&found.shares) {
            let off = (told - share).abs();
            self.by = if off.is_nan() { f64::INFINITY } else { self.by.max(off) };
        }
    }
}

/// The row of a replayed run.
pub(super) fn row_of(system: &System, rules: &Rules, run: u32, found: &Replayed) -> RunReport {
    let count = |holds: &dyn Fn(&crate::certify::simulation::ReplayedPeriod) -> bool| {
        found.periods.iter().filter(|period| holds(period)).count() as u32
    };
    let last = found.periods.last();
    let leader_share = last.map_or(0.0, |period| period.leader_share());
    RunReport {
        run,
        hegemonic: found.hegemon.is_some(),
        period: found.hegemon.map(|(_, period)| period),
        hegemon: found.hegemon.map(|(who, _)| called(system, who)),
        ended: found.ended,
        above_at_end: leader_share > rules.threshold + Tolerances::DEFAULT.rounding,
        leader_share,
        effective_poles: last.map_or(0.0, |period| period.effective_poles()),
        states: last.map_or(0, |period| period.shares.len() as u32),
        wars: count(&|period| period.war.is_some()),
        attackers_won: count(&|period| period.war.as_ref().is_some_and(|war| war.attackers_won)),
        unsettled: count(&|period| !period.settled),
    }
}

/// How far two rows are apart: infinitely where anything but a float differs.
pub(super) fn distance(told: &RunReport, found: &RunReport) -> f64 {
    let floats = RunReport {
        leader_share: found.leader_share,
        effective_poles: found.effective_poles,
        ..told.clone()
    };
    let off = (told.leader_share - found.leader_share)
        .abs()
        .max((told.effective_poles - found.effective_poles).abs());
    let finite = told.leader_share.is_finite() && told.effective_poles.is_finite();
    if floats == *found && finite { off } else { f64::INFINITY }
}

pub(super) struct Checker<'a> {
    pub(super) report: &'a SimulationReport,
    pub(super) system: System,
    pub(super) cast: Cast,
    pub(super) claims: Vec<Claim>,
    unexamined: Vec<String>,
}

impl<'a> Checker<'a> {
    fn new(report: &'a SimulationReport) -> Result<Self> {
        let system = read::system(&report.system)?;
        report.parameters.validate()?;
        report.ranges.iter().try_for_each(|range| range.validate())?;
        let cast = cast(&system);
        Ok(Self { report, system, cast, claims: Vec::new(), unexamined: Vec::new() })
    }

    pub(super) fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.claims.push(Claim::exact(what, holds));
    }

    pub(super) fn close(&mut self, what: impl Into<String>, pairs: &[(f64, f64)]) {
        let off = |(told, found): &(f64, f64)| {
            let off = (told - found).abs();
            if off.is_nan() { f64::INFINITY } else { off }
        };
        let worst = pairs.iter().map(off).fold(0.0, f64::max);
        self.claims.push(Claim::within(what, worst, Tolerances::DEFAULT.certificate));
    }

    /// A count of runs that is claimed as a part of them.
    pub(super) fn count(&self, part: f64) -> u32 {
        (part * f64::from(self.report.runs)).round() as u32
    }

    /// Every interval is that of its probability.
    fn intervals(&mut self) {
        let (report, runs) = (self.report, self.report.runs);
        let mut pairs = Vec::new();
        let mut proportion = |part: f64, told: [f64; 2], of: u32| {
            let count = (part * f64::from(of)).round();
            let found = wilson(count as u32, of);
            pairs.extend([(told[0], found[0]), (told[1], found[1])]);
            pairs.push((part * f64::from(of), count));
        };
        let found = &report.hegemony;
        proportion(found.probability, found.interval, runs);
        proportion(found.at_end, found.at_end_interval, runs);
        report.dominance.iter().for_each(|d| proportion(d.probability, d.interval, runs));
        report.thirds.iter().for_each(|t| proportion(t.probability, t.interval, t.runs));
        for cell in report.grid.iter().flat_map(|grid| &grid.cells) {
            proportion(cell.probability, cell.interval, runs);
            proportion(cell.at_end, cell.at_end_interval, runs);
        }
        self.close("intervals: each is Wilson's of its probability", &pairs);
        let bands: Vec<(f64, f64)> = report
            .survival
            .iter()
            .flat_map(|row| {
                let band = survival_band(row.balanced, runs);
                [(row.interval[0], band[0]), (row.interval[1], band[1])]
            })
            .collect();
        self.close("survival: the band is Greenwood's", &bands);
        if let Some(compare) = &report.compare {
            let reach = paired_reach(compare.gained, compare.lost, runs);
            let difference =
                (f64::from(compare.gained) - f64::from(compare.lost)) / f64::from(runs);
            let pairs = [
                (compare.difference, difference),
                (compare.probability, found.probability + difference),
                (compare.interval[0], (difference - reach).max(-1.0)),
                (compare.interval[1], (difference + reach).min(1.0)),
            ];
            self.close("compare: difference and interval follow from the runs that differ", &pairs);
        }
        let parts: Vec<(f64, f64)> =
            report.balancing.iter().map(|b| (b.with + b.against + b.elsewhere, 1.0)).collect();
        self.close("balancing: the parts of the others' power sum to 1", &parts);
    }

    /// What the rows add up to.
    fn added_up(&mut self) {
        let (report, rows) = (self.report, &self.report.rows);
        let runs = rows.len() as f64;
        let part = |holds: &dyn Fn(&RunReport) -> bool| {
            rows.iter().filter(|row| holds(row)).count() as f64 / runs
        };
        let found = &report.hegemony;
        let hegemonic = part(&|row| row.hegemonic);
        let mut pairs = vec![
            (found.probability, hegemonic),
            (found.at_end, part(&|row| row.above_at_end)),
            (found.ended.unwrap_or(0.0) * hegemonic, part(&|row| row.hegemonic && row.ended)),
        ];
        self.exact("rows: a run has a hegemon and a first period, or neither", {
            rows.iter().all(|row| {
                row.hegemonic == row.hegemon.is_some() && row.hegemonic == row.period.is_some()
            })
        });
        let system = self.system.clone();
        let ids: Vec<&str> = (0..system.len()).map(|i| system.id(i)).collect();
        let keys: Vec<&str> = ids.iter().copied().chain([NEWCOMERS]).collect();
        let by = &found.by.0;
        self.exact("hegemony: by each state, newcomers together", {
            by.iter().map(|(id, _)| id.as_str()).eq(keys)
                && found.ended.is_some() == (hegemonic > 0.0)
        });
        for (k, (_, told)) in by.iter().enumerate() {
            let is = |row: &RunReport| match ids.get(k) {
                Some(&id) => row.hegemon.as_deref() == Some(id),
                None => row.hegemon.as_deref().is_some_and(|id| !ids.contains(&id)),
            };
            pairs.push((*told, part(&is)));
        }
        self.close("hegemony: the probabilities are those of the rows", &pairs);
        let begun = |t: u32| rows.iter().filter(|r| r.period.is_some_and(|p| p <= t)).count();
        let survival: Vec<(f64, f64)> = report
            .survival
            .iter()
            .map(|row| (row.balanced, 1.0 - begun(row.period) as f64 / runs))
            .collect();
        self.close("survival: the curve is that of the rows", &survival);
        let median = (1..=report.periods).find(|&t| 2 * begun(t) >= rows.len());
        self.exact("hegemony: the median period", found.median_period == median);
        let sum = |value: fn(&RunReport) -> u32| rows.iter().map(|row| f64::from(value(row))).sum();
        let (wars, won): (f64, f64) = (sum(|row| row.wars), sum(|row| row.attackers_won));
        let unsettled: f64 = sum(|row| row.unsettled);
        let per_100 = 100.0 * wars / (runs * f64::from(report.periods));
        self.close(
            "wars: they are those of the rows",
            &[
                (report.wars.per_100, per_100),
                (report.wars.attacker_won.unwrap_or(0.0) * wars, won),
                (report.unsettled as f64, unsettled),
            ],
        );
        if let Some(last) = report.path.last() {
            let quantiles = |value: fn(&RunReport) -> f64| {
                super::thorough::quantiles(rows.iter().map(value).collect())
            };
            let states: f64 = sum(|row| row.states);
            let mut pairs = vec![(last.states, states / runs)];
            pairs.extend(last.leader_share.into_iter().zip(quantiles(|row| row.leader_share)));
            pairs.extend(last.effective_poles.into_iter().zip(quantiles(|r| r.effective_poles)));
            self.close("path: the last period is that of the rows", &pairs);
        }
    }

    /// The table of the ranges: what each run drew follows from its number.
    fn ranges(&mut self) {
        let report = self.report;
        let mut expected = Vec::new();
        for range in &report.ranges {
            let draw = |row: &RunReport| drawn(range, report.seed, row.run, report.runs_asked);
            let values: Vec<f64> = report.rows.iter().map(draw).collect();
            let step = (range.to - range.from) / 3.0;
            let third = |value: f64| match () {
                () if value < range.from + step => 0,
                () if value < range.from + 2.0 * (range.to - range.from) / 3.0 => 1,
                () => 2,
            };
            for k in 0..3 {
                let own = || report.rows.iter().zip(&values).filter(|(_, v)| third(**v) == k);
                let hegemonic = own().filter(|(row, _)| row.hegemonic).count() as f64;
                expected.push((range.parameter, own().count() as u32, hegemonic));
            }
        }
        if expected.is_empty() && report.thirds.is_empty() {
            return;
        }
        let told = &report.thirds;
        let same = told.len() == expected.len()
            && told.iter().zip(&expected).all(|(told, (parameter, runs, hegemonic))| {
                told.parameter == *parameter
                    && told.runs == *runs
                    && (told.probability * f64::from(*runs) - hegemonic).abs() < 1e-6
            });
        self.exact("thirds: they follow from the rows and from what each run drew", same);
    }

    /// The rules of a run of the report's film.
    pub(super) fn rules(&self, run: u32) -> Rules {
        let mut rules = self.report.parameters;
        for range in &self.report.ranges {
            let value = drawn(range, self.report.seed, run, self.report.runs_asked);
            range.parameter.set(&mut rules, value);
        }
        self.report.draws.iter().for_each(|doubt| doubt.set(&mut rules, run, &[]));
        rules
    }

    /// Replays some runs, spread over all of them, and compares how they ended.
    fn sample(&mut self, runs: u32) {
        let report = self.report;
        let rows = report.rows.len() as u32;
        let runs = runs.min(rows);
        let mut worst: f64 = 0.0;
        for k in 0..runs {
            // The rows themselves say which: whoever changes one cannot choose.
            let place = if runs == rows { k } else { scattered(report, k) % rows };
            let row = &report.rows[place as usize];
            let rules = self.rules(row.run);
            let found = replay(&self.cast, &rules, report.seed, row.run, report.periods);
            worst = worst.max(distance(row, &row_of(&self.system, &rules, row.run, &found)));
        }
        let what = format!("runs: {runs} replayed by the plain rules end as their rows say");
        self.claims.push(Claim::within(what, worst, Tolerances::DEFAULT.certificate));
    }

    /// Everything from all runs.
    fn again(&mut self) {
        Again::check(self);
    }
}

/// A number that depends on all rows.
fn scattered(report: &SimulationReport, k: u32) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ u64::from(k);
    let mut mix = |part: u64| {
        hash ^= part;
        hash = hash.wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    };
    for row in &report.rows {
        mix(row.leader_share.to_bits());
        mix(u64::from(row.period.unwrap_or(0)) << 32 | u64::from(row.wars));
        mix(u64::from(row.states));
    }
    (hash >> 32) as u32
}

/// The rules with what a comparison changes; `None` if that names no rule.
pub(super) fn changed(rules: &Rules, compare: &CompareReport) -> Option<(Rules, Vec<Rule>)> {
    let mut rules = *rules;
    let mut fixed = Vec::new();
    for (name, value) in &compare.changed.0 {
        match (name.as_str(), value) {
            ("alliances", Value::Text(text)) => rules.alliances = Alliances::from_name(text)?,
            (name, value) => {
                let rule = Rule::from_name(name)?;
                let number = match value {
                    Value::Number(number) => *number,
                    Value::Text(text) if text == "inf" => f64::INFINITY,
                    Value::Text(_) => return None,
                };
                rule.set(&mut rules, number);
                fixed.push(rule);
            }
        }
    }
    rules.validate().is_ok().then_some((rules, fixed))
}
