//! Properties and the optimal structure.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::indices::{self as values, Which};
use crate::coalition::Coalition;
use crate::finding::cooperative::Property;
use crate::game::cooperative::Sense;
use crate::report::coalition::read::{self, Read};

/// The most players whose structures are always compared with all others.
const ALWAYS_STRUCTURED: usize = 13;

impl Examiner<'_> {
    pub(super) fn properties(&mut self) {
        let Some(claimed) = &self.report.properties else { return };
        let Some(table) = self.table else {
            return self.exact("properties: the game is small enough to be looked at", false);
        };
        for (which, holds) in [
            (Which::Monotone, claimed.monotone),
            (Which::Superadditive, claimed.superadditive),
            (Which::Convex, claimed.convex),
            (Which::ConstantSum, claimed.constant_sum),
        ] {
            let name = which.name();
            let Some(holds) = holds else { continue };
            let example = claimed.counterexamples.get(name);
            let property = match (holds, example.map(Vec::as_slice)) {
                (true, None) => Some(Property::Holds),
                (false, Some([s, t])) => {
                    let pair = (self.reader.coalition(s), self.reader.coalition(t));
                    if let (Ok(s), Ok(t)) = pair { Some(Property::Fails([s, t])) } else { None }
                }
                _ => None,
            };
            let what = format!("properties: {name} is {holds}");
            match property.map(|property| which.agrees(table, &property, self.thorough)) {
                Some(Some(agrees)) => self.exact(what, agrees),
                Some(None) => {
                    let remedy = remedy(table.players());
                    self.found.unexamined.push(format!("{what} ({remedy})"));
                }
                None => self.exact(format!("{what}, with two coalitions if it fails"), false),
            }
        }
    }

    pub(super) fn structure(&mut self) {
        let Some(claimed) = &self.report.structure else { return };
        let Some(table) = self.table else {
            return self.exact("structure: the game is small enough to be looked at", false);
        };
        let n = table.players();
        let read = claimed.coalitions.iter().map(|s| self.reader.coalition(s));
        let Some(blocs) = self.read("structure", read.collect::<Read<Vec<_>>>()) else { return };
        let union = blocs.iter().fold(Coalition::EMPTY, |all, &s| all.union(s));
        let members: usize = blocs.iter().map(|s| s.len()).sum();
        let partition = union == Coalition::grand(n) && members == n;
        self.exact("structure: each player is in one coalition", partition);
        let sum = blocs.iter().fold(RBig::ZERO, |sum, &s| sum + table.value(s));
        let agrees = read::is(&claimed.value, &sum);
        self.exact("structure: the value is the sum of the coalitions'", agrees);
        let best = match table.sense() {
            Sense::Worth => "no structure is worth more",
            Sense::Cost => "no structure costs less",
        };
        if n <= ALWAYS_STRUCTURED || self.thorough && n <= values::MOST_PAIRED {
            let holds = values::best_structure(table) == sum;
            self.exact(format!("structure: {best}"), holds);
        } else {
            self.found.unexamined.push(format!("structure: {best} ({})", remedy(n)));
        }
    }
}

/// What would look at all pairs of disjoint coalitions.
fn remedy(players: usize) -> String {
    match players {
        ..=values::MOST_PAIRED => "--thorough looks at all pairs of coalitions".to_owned(),
        n => format!("{n} players have too many pairs of coalitions"),
    }
}
