//! The values inside alliances and on a network, from Harsanyi's dividends.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::alliances::{alliances, components, network};
use crate::coalition::{Coalition, Partition};
use crate::finding::cooperative::Links;
use crate::report::coalition::Payoffs;
use crate::report::coalition::read::{self, Read};

impl Examiner<'_> {
    /// What is claimed of alliances.
    pub(super) fn alliances(&mut self) {
        const WHAT: &str = "alliances";
        let Some(claimed) = &self.report.alliances else { return };
        let Some(table) = self.table else { return self.unplaced(WHAT) };
        let blocs = self.partition(claimed.blocs.iter().map(|bloc| &bloc.members));
        let Some(blocs) = self.read(WHAT, blocs) else { return };
        for bloc in &claimed.blocs {
            let worth = self.reader.coalition(&bloc.members).map(|s| table.value(s));
            let holds = worth.is_ok_and(|worth| read::is(&bloc.worth, &worth));
            self.exact(format!("{WHAT}: {} is worth what is said", bloc.members.join("+")), holds);
        }
        let values = [
            ("owen", &claimed.owen),
            ("banzhaf_owen", &claimed.banzhaf_owen),
            ("aumann_dreze", &claimed.aumann_dreze),
        ];
        if !self.short {
            let grand = table.value(Coalition::grand(table.players()));
            if let Some(owen) = self.read("owen", self.reader.each(&claimed.owen)) {
                self.sum("owen", &owen, &grand);
            }
            values.iter().for_each(|(name, _)| self.unexamined(name));
            return self.unexamined("alliances: what each is worth between them");
        }
        let Some(found) = self.worked_out(WHAT, alliances(table, &blocs)) else { return };
        for bloc in &claimed.blocs {
            let at = self.reader.coalition(&bloc.members).ok();
            let at = blocs.blocs().iter().position(|known| Some(*known) == at);
            let holds = at.is_some_and(|at| read::is(&bloc.shapley, &found.quotient[at]));
            let members = bloc.members.join("+");
            self.exact(format!("{WHAT}: {members} has its Shapley value between them"), holds);
        }
        let known = [&found.owen, &found.banzhaf_owen, &found.aumann_dreze];
        for ((name, claimed), known) in values.into_iter().zip(known) {
            self.agree(name, claimed, known);
        }
    }

    /// What is claimed of a network.
    pub(super) fn network(&mut self) {
        const WHAT: &str = "network";
        let Some(claimed) = &self.report.network else { return };
        let Some(table) = self.table else { return self.unplaced(WHAT) };
        let n = table.players();
        let pair = |[a, b]: &[String; 2]| -> Read<[usize; 2]> {
            match [self.reader.player(a)?, self.reader.player(b)?] {
                [i, j] if i == j => Err(format!("{a} is linked with itself")),
                pair => Ok(pair),
            }
        };
        let pairs = claimed.links.iter().map(pair).collect::<Read<Vec<_>>>();
        let Some(pairs) = self.read(WHAT, pairs) else { return };
        let links = Links::new(n, pairs.iter().copied());
        self.exact("network: each link is there once", links.pairs().count() == pairs.len());
        let parts = self.partition(claimed.components.iter().map(|part| &part.members));
        let Some(parts) = self.read(WHAT, parts) else { return };
        let known = Partition::new(n, components(&links, Coalition::grand(n)));
        let known = known.is_ok_and(|known| known == parts);
        self.exact("network: the components are those of the links", known);
        for part in &claimed.components {
            let worth = self.reader.coalition(&part.members).map(|s| table.value(s));
            let holds = worth.is_ok_and(|worth| read::is(&part.worth, &worth));
            self.exact(format!("{WHAT}: {} is worth what is said", part.members.join("+")), holds);
        }
        if !self.short {
            if let Some(numbers) = self.read("myerson", self.reader.each(&claimed.myerson)) {
                let sum = parts.blocs().iter().fold(RBig::ZERO, |sum, &s| sum + table.value(s));
                self.sum("myerson", &numbers, &sum);
            }
            return self.unexamined("myerson");
        }
        if let Some(found) = self.worked_out(WHAT, network(table, &links)) {
            self.agree("myerson", &claimed.myerson, &found.myerson);
        }
    }

    fn partition<'n>(&self, sets: impl Iterator<Item = &'n Vec<String>>) -> Read<Partition> {
        let sets = sets.map(|names| self.reader.coalition(names)).collect::<Read<Vec<_>>>()?;
        Partition::new(self.report.players.len(), sets).map_err(|error| error.to_string())
    }

    fn worked_out<T>(&mut self, what: &str, found: crate::error::Result<T>) -> Option<T> {
        self.read(what, found.map_err(|error| error.to_string()))
    }

    fn agree(&mut self, name: &str, claimed: &Payoffs, known: &[RBig]) {
        let Some(numbers) = self.read(name, self.reader.each(claimed)) else { return };
        let holds = read::are(&numbers, known);
        self.exact(format!("{name}: the numbers follow from the dividends"), holds);
    }

    fn unplaced(&mut self, what: &str) {
        self.exact(format!("{what}: the game is small enough to be laid out"), false);
    }

    fn unexamined(&mut self, what: &str) {
        let remedy = self.remedy();
        self.found.unexamined.push(format!("{what}: each number by the definition{remedy}"));
    }
}
