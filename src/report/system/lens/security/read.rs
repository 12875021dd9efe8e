//! From the report of the security lens back to the finding that it claims.

use ndarray::Array2;

use super::*;
use crate::coalition::Coalition;
use crate::finding::security::{
    Groups, Held, Odds, Sample, SecurityCycle, SecurityEquilibrium, SecurityFinding, Strength,
    Trust,
};
use crate::game::Stance;
use crate::report::Keyed;
use crate::report::system::read::{Read, Reader};
use crate::system::System;
use crate::threat::Threat;

/// The finding, or what is wrong with it.
pub(in crate::report) fn finding(
    system: &System,
    report: &SecurityReport,
) -> Read<SecurityFinding> {
    let reader = Reader { system };
    let target = reader.state(&report.target)?;
    let choosers: Vec<&str> =
        (0..system.len()).filter(|&i| i != target).map(|i| system.id(i)).collect();
    let all: Vec<&str> = (0..system.len()).map(|i| system.id(i)).collect();
    let actions = |keyed: &Keyed<Stance>| by_id(keyed, &choosers, "actions");
    let equilibria = report.equilibria.iter().map(|e| {
        let profile = actions(&e.actions)?;
        let strong = match (e.strong, &e.leaving) {
            (Some(true), None) => Strength::Strong,
            (Some(false), Some(leaving)) => Strength::Leaves(left(&profile, leaving, &choosers)?),
            (None, None) => Strength::Unknown,
            _ => return Err("strong and leaving do not go together".to_owned()),
        };
        Ok(SecurityEquilibrium {
            loss: by_id(&e.loss, &choosers, "loss")?,
            profile,
            prevails: e.prevails,
            held: e.held,
            dominion: e.dominion,
            strong,
            basin: e.basin,
            from_peace: e.from_peace,
        })
    });
    let equilibria = equilibria.collect::<Read<Vec<_>>>()?;
    let cycles = report.cycles.iter().map(|c| {
        Ok(SecurityCycle {
            profiles: c.profiles,
            first: actions(&c.first)?,
            prevails: c.prevails,
            dominion: c.dominion,
            held: match c.held {
                HeldReport::Always => Held::Always,
                HeldReport::Sometimes => Held::Sometimes,
                HeldReport::Never => Held::Never,
            },
            bandwagons: c.bandwagons,
            basin: c.basin,
            from_peace: c.from_peace,
        })
    });
    let cycles = cycles.collect::<Read<Vec<_>>>()?;
    let stances = by_id(&report.states, &choosers, "states")?;
    let held = match report.verdict {
        crate::verdict::SecurityVerdict::Balanced => Held::Always,
        crate::verdict::SecurityVerdict::Contested => Held::Sometimes,
        _ => Held::Never,
    };
    let index = by_id(&report.threat_index, &all, "threat_index")?;
    let by = report.trust.by.as_ref().map(|ids| reader.coalition(ids)).transpose()?;
    Ok(SecurityFinding {
        target,
        threat: Threat {
            most_feared: most(&index),
            matrix: matrix(&report.threat_matrix, system.len())?,
            index,
        },
        profiles: report.profiles,
        equilibria,
        total: report.equilibria_total,
        stances: stances.iter().map(|s| [s.balance, s.hide, s.bandwagon]).collect(),
        cycles,
        prevails: report.prevails,
        dominion: report.dominion,
        held,
        odds: Odds {
            balancing: report.balancing_odds,
            from_peace: report.from_peace,
            mixed: report.mixed_odds,
            stopping: report.stopping_odds,
            sampled: report.sampled.map(|s| Sample {
                starts: s.starts,
                seed: s.seed,
                balancing: s.balancing_odds,
                stopping: s.stopping_odds,
                lost: s.lost,
            }),
        },
        trust: Trust {
            order_from: report.trust.order_from.unwrap_or(f64::INFINITY),
            balance_to: match (report.trust.balance_to, by) {
                (up_to, Some(group)) => Some((up_to.unwrap_or(f64::INFINITY), group)),
                (None, None) => None,
                (Some(_), None) => return Err("balance_to has no group".into()),
            },
        },
        balancing: groups(
            &reader,
            report.balancing_number,
            &report.balancing_groups,
            report.balancing_groups_total,
        )?,
        war: groups(&reader, report.war_number, &report.war_groups, report.war_groups_total)?,
    })
}

/// The values of these states, each once, in the order of the states.
fn by_id<T: Copy>(keyed: &Keyed<T>, ids: &[&str], what: &str) -> Read<Vec<T>> {
    let values: Option<Vec<T>> = ids.iter().map(|id| keyed.get(id).copied()).collect();
    let complete = values.filter(|_| keyed.0.len() == ids.len());
    complete.ok_or_else(|| format!("{what} does not name every state once"))
}

fn left(profile: &[Stance], leaving: &Keyed<Stance>, choosers: &[&str]) -> Read<Vec<Stance>> {
    let mut to = profile.to_vec();
    for (id, stance) in &leaving.0 {
        let place = choosers.iter().position(|chooser| chooser == id);
        to[place.ok_or_else(|| format!("{id} is not one of those who face the target"))?] = *stance;
    }
    Ok(to)
}

fn matrix(rows: &[Vec<f64>], n: usize) -> Read<Array2<f64>> {
    let values: Vec<f64> = rows.iter().flatten().copied().collect();
    let square = rows.len() == n && rows.iter().all(|row| row.len() == n);
    let matrix = Array2::from_shape_vec((n, n), values).ok().filter(|_| square);
    matrix.ok_or_else(|| format!("threat_matrix is not {n} × {n}"))
}

fn most(index: &[f64]) -> usize {
    (1..index.len()).fold(0, |best, i| if index[i] > index[best] { i } else { best })
}

fn groups(
    reader: &Reader,
    number: Option<usize>,
    listed: &[Vec<String>],
    total: Option<u64>,
) -> Read<Groups> {
    let groups =
        listed.iter().map(|ids| reader.coalition(ids)).collect::<Read<Vec<Coalition>>>()?;
    Ok(Groups { number, total: total.unwrap_or(groups.len() as u64), groups })
}
