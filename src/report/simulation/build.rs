//! From what came of a study to its report.

use super::*;
use crate::report::Keyed;
use crate::report::system::system_report;
use crate::simulation::statistics::{paired, survival, wilson};
use crate::simulation::{
    Axis, Change, Compared, Draws, Ending, Ensemble, Film, Found, Plane, RunRow, Stance, Study,
};
use crate::system::System;

/// What state `who` is called.
pub(super) fn called(system: &System, who: u32) -> String {
    let who = who as usize;
    match who.checked_sub(system.len()) {
        None => system.id(who).to_owned(),
        Some(newcomer) => format!("newcomer {}", newcomer + 1),
    }
}

impl SimulationReport {
    /// The report on what came of `study` of `system`. `None` if not a single run was made.
    pub fn new(system: &System, study: &Study, found: &Found, notes: &[String]) -> Option<Self> {
        let Ensemble { rows, path, stances, drawn } = &found.ensemble;
        if rows.is_empty() {
            return None;
        }
        let film = &study.film;
        let runs = rows.len() as u32;
        let mut parameters = film.rules;
        for doubt in &film.doubts {
            doubt.parameter.set(&mut parameters, 0.5 * (doubt.from + doubt.to));
        }
        let wars: u64 = rows.iter().map(|row| u64::from(row.wars)).sum();
        let won: u64 = rows.iter().map(|row| u64::from(row.attackers_won)).sum();
        let events = rows.iter().filter_map(|row| row.period);
        let survival = survival(events, runs, film.periods);
        let notes = notes.iter().cloned().chain(more_notes(film, found));
        Some(Self {
            schema: SIMULATION_SCHEMA.into(),
            system: system_report(system, system.id(system.leader()).to_owned(), false),
            parameters,
            ranges: film.doubts.clone(),
            draws: film.draws.as_ref().map(|draws| doubt(draws, rows)),
            seed: film.seed,
            runs,
            runs_asked: film.runs,
            periods: film.periods,
            hegemony: hegemony(system, rows, film.periods),
            survival: (1..)
                .zip(survival)
                .map(|(period, (balanced, interval))| SurvivalReport { period, balanced, interval })
                .collect(),
            path: (1..)
                .zip(path)
                .map(|(period, bands)| PathReport {
                    period,
                    leader_share: bands.leader_share,
                    effective_poles: bands.effective_poles,
                    states: bands.states,
                })
                .collect(),
            wars: WarsReport {
                per_100: 100.0 * wars as f64 / (f64::from(runs) * f64::from(film.periods)),
                attacker_won: (wars > 0).then(|| won as f64 / wars as f64),
            },
            unsettled: rows.iter().map(|row| u64::from(row.unsettled)).sum(),
            balancing: (0..).zip(stances).filter_map(balancing).collect(),
            thirds: thirds(film, rows, drawn),
            dominance: found
                .neighbours
                .iter()
                .map(|beside| DominanceReport {
                    dominance: beside.dominance,
                    probability: part(beside.hegemonic, film.runs),
                    interval: wilson(beside.hegemonic, film.runs),
                })
                .collect(),
            compare: found.compared.map(|compared| compare(&study.compare, compared, film.runs)),
            grid: study.plane.as_ref().map(|plane| grid(plane, found, film.runs)),
            rows: (0..).zip(rows).map(|(run, row)| row_report(system, run, row)).collect(),
            notes: notes.collect(),
            version: env!("CARGO_PKG_VERSION").into(),
            provenance: None,
        })
    }

    /// Whether there was time for all that was asked for.
    pub fn is_whole(&self) -> bool {
        let cells = |grid: &GridReport| {
            let rows = grid.y.as_ref().map_or(1, |y| y.values.len());
            grid.cells.len() == grid.x.values.len() * rows
        };
        self.runs == self.runs_asked && self.grid.as_ref().is_none_or(cells)
    }

    /// The report as JSON, in one line: there may be some thousand rows.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

/// What the runs themselves have to be said of.
fn more_notes(film: &Film, found: &Found) -> Vec<String> {
    let mut notes = Vec::new();
    let made = found.ensemble.rows.len();
    if made < film.runs as usize {
        notes.push(format!(
            "the time was up after {made} of {} runs: all that follows is of these",
            film.runs
        ));
    }
    notes.extend(found.missing.iter().map(|what| format!("there was no time for {what}")));
    if made > MOST_ROWS {
        notes.push(format!("of more than {MOST_ROWS} runs the rows are in CSV alone"));
    }
    notes
}

fn part(count: u32, of: u32) -> f64 {
    f64::from(count) / f64::from(of)
}

fn hegemony(system: &System, rows: &[RunRow], periods: u32) -> HegemonyReport {
    let runs = rows.len() as u32;
    let count = |holds: &dyn Fn(&RunRow) -> bool| rows.iter().filter(|r| holds(r)).count() as u32;
    let hegemonic = count(&|row| row.hegemon.is_some());
    let at_end = count(&|row| row.above_at_end);
    let is = |row: &RunRow, who: usize| row.hegemon == Some(who as u32);
    let mut by: Vec<(String, f64)> = (0..system.len())
        .map(|who| (system.id(who).to_owned(), part(count(&|row| is(row, who)), runs)))
        .collect();
    let newcomers = count(&|row| row.hegemon.is_some_and(|who| who as usize >= system.len()));
    by.push((NEWCOMERS.into(), part(newcomers, runs)));
    let begun = |period: u32| count(&|row| row.period.is_some_and(|begins| begins <= period));
    HegemonyReport {
        probability: part(hegemonic, runs),
        interval: wilson(hegemonic, runs),
        at_end: part(at_end, runs),
        at_end_interval: wilson(at_end, runs),
        ended: (hegemonic > 0).then(|| part(count(&|row| row.ended), hegemonic)),
        median_period: (1..=periods).find(|&period| 2 * begun(period) >= runs),
        by: Keyed(by),
    }
}

fn balancing((tenth, stance): (u32, &Stance)) -> Option<BalancingReport> {
    if stance.periods == 0 {
        return None;
    }
    let mean = |sum: f64| sum / f64::from(stance.periods);
    let (with, against) = (mean(stance.with), mean(stance.against));
    let from = f64::from(tenth) / 10.0;
    Some(BalancingReport {
        leader_share: [from, f64::from(tenth + 1) / 10.0],
        periods: stance.periods.into(),
        with,
        against,
        elsewhere: (1.0 - with - against).max(0.0),
    })
}

fn doubt(draws: &Draws, rows: &[RunRow]) -> DoubtReport {
    let found = draws.found(rows);
    let ending = |&counts: &(u32, u32)| Ending::of(counts);
    let endings: Vec<Ending> = found.counts.iter().map(ending).collect();
    let count = |kind: Ending| endings.iter().filter(|ending| **ending == kind).count() as u32;
    let kinds = [Ending::Balanced, Ending::Hegemonic, Ending::Contested];
    let names = || draws.rules.iter().map(|rule| rule.name().to_owned());
    let of_draws = draws.values.iter().zip(&found.counts).zip(&endings);
    DoubtReport {
        sampling: draws.sampling.clone(),
        interval: found.interval,
        spread: found.spread,
        between: found.between,
        verdicts: Keyed(kinds.map(|kind| (kind.name().into(), count(kind))).into()),
        draws: of_draws
            .map(|((values, &(runs, hegemonic)), ending)| DrawReport {
                parameters: Keyed(names().zip(values.iter().copied()).collect()),
                runs,
                hegemonic,
                verdict: ending.name().into(),
            })
            .collect(),
    }
}

fn thirds(film: &Film, rows: &[RunRow], drawn: &[Vec<f64>]) -> Vec<ThirdReport> {
    let mut thirds = Vec::new();
    for (doubt, values) in film.doubts.iter().zip(drawn) {
        let at = |k: f64| doubt.from + k * (doubt.to - doubt.from) / 3.0;
        let ends = [doubt.from, at(1.0), at(2.0), doubt.to];
        for third in 0..3 {
            let within = |value: f64| match third {
                0 => value < ends[1],
                1 => value >= ends[1] && value < ends[2],
                _ => value >= ends[2],
            };
            let own = || rows.iter().zip(values).filter(|(_, value)| within(**value));
            let runs = own().count() as u32;
            let hegemonic = own().filter(|(row, _)| row.hegemon.is_some()).count() as u32;
            thirds.push(ThirdReport {
                parameter: doubt.parameter,
                from: ends[third],
                to: ends[third + 1],
                runs,
                probability: if runs == 0 { 0.0 } else { part(hegemonic, runs) },
                interval: wilson(hegemonic, runs),
            });
        }
    }
    thirds
}

fn compare(changes: &[Change], found: Compared, runs: u32) -> CompareReport {
    let changed = changes.iter().map(|change| match *change {
        Change::To(rule, value) if value.is_infinite() => {
            (rule.name().to_owned(), Value::Text("inf".into()))
        }
        Change::To(rule, value) => (rule.name().to_owned(), Value::Number(value)),
        Change::Alliances(alliances) => {
            ("alliances".into(), Value::Text(alliances.name().to_owned()))
        }
    });
    let difference = f64::from(found.gained) - f64::from(found.lost);
    CompareReport {
        changed: Keyed(changed.collect()),
        probability: part(found.hegemonic, runs),
        difference: difference / f64::from(runs),
        interval: paired(found.gained, found.lost, runs),
        gained: found.gained,
        lost: found.lost,
    }
}

fn grid(plane: &Plane, found: &Found, runs: u32) -> GridReport {
    let axis = |axis: &Axis| AxisReport { parameter: axis.rule, values: axis.values.clone() };
    let cell = |cell: &crate::simulation::Cell| CellReport {
        x: cell.x,
        y: cell.y,
        probability: part(cell.hegemonic, runs),
        interval: wilson(cell.hegemonic, runs),
        at_end: part(cell.above_at_end, runs),
        at_end_interval: wilson(cell.above_at_end, runs),
    };
    GridReport {
        x: axis(&plane.x),
        y: plane.y.as_ref().map(axis),
        cells: found.cells.iter().map(cell).collect(),
    }
}

pub(super) fn row_report(system: &System, run: u32, row: &RunRow) -> RunReport {
    RunReport {
        run,
        hegemonic: row.hegemon.is_some(),
        period: row.period,
        hegemon: row.hegemon.map(|who| called(system, who)),
        ended: row.ended,
        above_at_end: row.above_at_end,
        leader_share: row.leader_share,
        effective_poles: row.effective_poles,
        states: row.states,
        wars: row.wars,
        attackers_won: row.attackers_won,
        unsettled: row.unsettled,
    }
}
