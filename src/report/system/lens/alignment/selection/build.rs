//! From a selection to its report.

use super::schema::*;
use crate::finding::alignment::{LogitSelection, Part, Resistance, Selected, Selection};
use crate::game::Posture;
use crate::report::{AlignmentReport, Keyed};
use crate::system::System;

/// Puts a selection into the report; `players` are the states that choose.
pub(in crate::report::system) fn report(
    system: &System,
    players: &[usize],
    found: &Selection,
    into: &mut AlignmentReport,
) {
    let writer = Writer { system, players };
    match &found.equilibria {
        Part::Found(found) => into.selection = Some(writer.selected(found)),
        Part::LeftOut { why, .. } => into.selection_left_out = Some(why.clone()),
    }
    match &found.logit {
        Part::Found(found) => into.logit = Some(writer.logit(found)),
        Part::LeftOut { why, .. } => into.logit_left_out = Some(why.clone()),
    }
}

struct Writer<'a> {
    system: &'a System,
    players: &'a [usize],
}

impl Writer<'_> {
    fn by_player<T>(&self, values: impl Iterator<Item = T>) -> Keyed<T> {
        let named = self.players.iter().map(|&state| self.system.id(state).to_owned());
        Keyed(named.zip(values).collect())
    }

    fn selected(&self, found: &[Selected]) -> Vec<SelectedReport> {
        let one = |one: &Selected| SelectedReport {
            actions: self.by_player(one.profile.iter().copied()),
            control: one.control,
            strong: one.strong == Resistance::Holds,
            leaving: self.leaving(&one.profile, &one.strong),
            coalition_proof: match one.coalition_proof {
                Resistance::Holds => Some(true),
                Resistance::Leaves(_) => Some(false),
                Resistance::Unknown => None,
            },
            upset_by: self.leaving(&one.profile, &one.coalition_proof),
            basin: one.basin,
            tipping: one.tipping.as_ref().map(Vec::len),
            tipped_by: one.tipping.as_ref().filter(|group| !group.is_empty()).map(|group| {
                group.iter().map(|&player| self.system.id(self.players[player]).into()).collect()
            }),
        };
        found.iter().map(one).collect()
    }

    /// What changes.
    fn leaving(&self, profile: &[Posture], resists: &Resistance) -> Option<Keyed<Posture>> {
        let Resistance::Leaves(to) = resists else { return None };
        let named = self.players.iter().zip(profile.iter().zip(to));
        let changed = named.filter(|(_, (from, to))| from != to);
        Some(Keyed(changed.map(|(&i, (_, to))| (self.system.id(i).to_owned(), *to)).collect()))
    }

    fn logit(&self, found: &LogitSelection) -> LogitAlignmentReport {
        let n = self.system.len();
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        LogitAlignmentReport {
            precision: found.precision,
            probabilities: self.by_player(found.probabilities.iter().cloned()),
            control: found.control,
            probability_above_threshold: found.above_threshold,
            pairs: pairs
                .map(|(i, j)| PairProbabilityReport {
                    state1: self.system.id(i).into(),
                    state2: self.system.id(j).into(),
                    both_balance: found.pairs.both_balance[[i, j]],
                    same_side: found.pairs.same_side[[i, j]],
                })
                .collect(),
        }
    }
}
