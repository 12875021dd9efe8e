//! From the report of a selection back to what it claims.

use ndarray::Array2;

use super::schema::*;
use crate::finding::alignment::{
    LogitSelection, PairProbabilities, Part, Resistance, Selected, Selection,
};
use crate::game::Posture;
use crate::report::system::read::{Read, Reader};
use crate::report::{AlignmentReport, Keyed};

/// The selection, if there is one; `players` are the states that choose.
pub(in crate::report::system) fn selection(
    reader: &Reader,
    players: &[usize],
    report: &AlignmentReport,
) -> Read<Option<Selection>> {
    let equilibria = match (&report.selection, &report.selection_left_out) {
        (Some(listed), None) => {
            let one = |one| selected(reader, players, one);
            Part::Found(listed.iter().map(one).collect::<Read<_>>()?)
        }
        (None, why) => Part::left_out(why.clone().unwrap_or_default()),
        _ => return Err("a selection is given and left out".into()),
    };
    let logit = match (&report.logit, &report.logit_left_out) {
        (Some(found), None) => Part::Found(logit(reader, players, found)?),
        (None, why) => Part::left_out(why.clone().unwrap_or_default()),
        _ => return Err("a logit equilibrium is given and left out".into()),
    };
    let any = equilibria.found().is_some() || logit.found().is_some();
    Ok(any.then_some(Selection { equilibria, logit }))
}

fn selected(reader: &Reader, players: &[usize], report: &SelectedReport) -> Read<Selected> {
    let profile: Vec<Posture> = reader.keyed(&report.actions, players)?;
    let resists = |holds: Option<bool>, leaving: &Option<Keyed<Posture>>| match (holds, leaving) {
        (Some(true), None) => Ok(Resistance::Holds),
        (Some(false), Some(leaving)) => {
            let mut to = profile.clone();
            for (id, posture) in &leaving.0 {
                to[player(reader, players, id)?] = *posture;
            }
            let changes = to.iter().zip(&profile).filter(|(to, from)| to != from).count();
            match changes == leaving.0.len() {
                true => Ok(Resistance::Leaves(to)),
                false => Err("somebody leaves for what it does".to_owned()),
            }
        }
        (None, None) => Ok(Resistance::Unknown),
        _ => Err("whether groups leave, and who, do not go together".to_owned()),
    };
    let tipping = match (report.tipping, &report.tipped_by) {
        (None, None) => None,
        (Some(0), None) => Some(Vec::new()),
        (Some(number), Some(group)) if group.len() == number => {
            let named = group.iter().map(|id| player(reader, players, id));
            let mut group = named.collect::<Read<Vec<usize>>>()?;
            group.sort_unstable();
            Some(group)
        }
        _ => return Err("tipping and tipped_by do not go together".into()),
    };
    Ok(Selected {
        strong: resists(Some(report.strong), &report.leaving)?,
        coalition_proof: resists(report.coalition_proof, &report.upset_by)?,
        control: report.control,
        basin: report.basin,
        tipping,
        profile,
    })
}

fn player(reader: &Reader, players: &[usize], id: &str) -> Read<usize> {
    let state = reader.state(id)?;
    let place = players.iter().position(|&player| player == state);
    place.ok_or_else(|| format!("{id} leads: it has no posture to choose"))
}

fn logit(
    reader: &Reader,
    players: &[usize],
    report: &LogitAlignmentReport,
) -> Read<LogitSelection> {
    let of = |&state: &usize| {
        let id = reader.system.id(state);
        let own = report.probabilities.get(id).cloned();
        own.ok_or_else(|| format!("logit: nothing of {id}"))
    };
    let probabilities = players.iter().map(of).collect::<Read<Vec<_>>>()?;
    if report.probabilities.0.len() != players.len() {
        return Err("logit: probabilities of other than the states that choose".into());
    }
    let n = reader.system.len();
    let mut both_balance = Array2::from_elem((n, n), f64::NAN);
    let mut same_side = both_balance.clone();
    for i in 0..n {
        (both_balance[[i, i]], same_side[[i, i]]) = (0.0, 0.0);
    }
    for pair in &report.pairs {
        let (i, j) = (reader.state(&pair.state1)?, reader.state(&pair.state2)?);
        if i == j || !both_balance[[i, j]].is_nan() {
            return Err(format!("logit: {} and {} are no pair, or one twice", i, j));
        }
        for at in [[i, j], [j, i]] {
            (both_balance[at], same_side[at]) = (pair.both_balance, pair.same_side);
        }
    }
    Ok(LogitSelection {
        precision: report.precision,
        probabilities,
        control: report.control,
        above_threshold: report.probability_above_threshold,
        pairs: PairProbabilities { both_balance, same_side },
    })
}
