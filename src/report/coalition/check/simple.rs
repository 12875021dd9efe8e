//! The players' parts in a simple game.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::indices as values;
use crate::game::cooperative::Game;
use crate::report::coalition::{SimpleReport, read};
use crate::report::{LISTED, is_full};

impl Examiner<'_> {
    pub(super) fn simple(&mut self) {
        let Some(claimed) = &self.report.simple else { return };
        let simple = self.game.is_simple();
        self.exact("simple: every coalition wins or loses", simple);
        if !simple {
            return;
        }
        let names = &self.report.players;
        let all: Vec<usize> = (0..names.len()).collect();
        let wins = |members: &[usize]| self.wins(members);
        let without = |i: usize| all.iter().copied().filter(|&j| j != i).collect::<Vec<_>>();
        let veto: Vec<String> =
            all.iter().filter(|&&i| !wins(&without(i))).map(|&i| names[i].clone()).collect();
        self.exact("simple: without a veto player the others lose", claimed.veto == veto);
        let mut distinct: Vec<&Vec<String>> = claimed.minimal_winning.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let listed = claimed.minimal_winning.len();
        self.exact("simple: no coalition is listed twice", distinct.len() == listed);
        if let Some(total) = claimed.minimal_winning_total.as_deref().and_then(read::count) {
            let total = u64::try_from(total.numerator()).unwrap_or(u64::MAX);
            let full = is_full(listed, total, None, LISTED[0]);
            self.exact("simple: all minimal coalitions are listed, or the first 100", full);
        }
        let mut claims = Vec::new();
        for listed in &claimed.minimal_winning {
            let members = self.reader.members(listed);
            claims.push(members.is_ok_and(|s| values::is_minimal_winning(self.game, &s)));
        }
        if !claims.is_empty() {
            let holds = claims.iter().all(|&holds| holds);
            self.exact("simple: the coalitions listed win, and lose without any member", holds);
        }
        let mut both: Vec<&String> = claimed.essential.iter().chain(&claimed.dummies).collect();
        both.sort_unstable();
        let mut known: Vec<&String> = names.iter().collect();
        known.sort_unstable();
        self.exact("simple: each player is essential or a dummy", both == known);
        let dictator = match &claimed.essential[..] {
            [only] => Some(only),
            _ => None,
        };
        self.exact("simple: the dictator is the one essential player", {
            claimed.dictator.as_ref() == dictator
        });
        self.minimal(claimed);
    }

    /// What takes a walk through all coalitions, or a second count of them.
    fn minimal(&mut self, claimed: &SimpleReport) {
        let mut listed = claimed.minimal_winning.clone();
        listed.sort_unstable();
        listed.dedup();
        let distinct = listed.len() == claimed.minimal_winning.len();
        self.exact("simple: no coalition is listed twice", distinct);
        let found = match (self.table.filter(|_| self.short), self.values.counted()) {
            (Some(table), _) => values::essential(table),
            (None, Some(counted)) => {
                let swings = counted.swings().essential.iter().enumerate();
                let players = swings.filter(|(_, swings)| **swings).map(|(i, _)| i).collect();
                Some((players, counted.minimal().total.clone()))
            }
            (None, None) => {
                let what = "simple: who is a dummy, all minimal coalitions";
                self.found.skip(format!("{what}{}", self.remedy()));
                return;
            }
        };
        let found = found.map(|(players, total)| {
            let name = |&i: &usize| self.report.players[i].clone();
            (players.iter().map(name).collect::<Vec<String>>(), total)
        });
        let essential = found.as_ref().map(|(names, _)| names) == Some(&claimed.essential);
        self.exact("simple: the essential players are in some minimal coalition", essential);
        if let Some(text) = &claimed.minimal_winning_total {
            let total = found.map(|(_, total)| RBig::from(IBig::from(total)));
            let agrees = total.is_some() && read::count(text) == total;
            self.exact(format!("simple: there are {text} minimal winning coalitions"), agrees);
        }
    }

    fn wins(&self, members: &[usize]) -> bool {
        match self.game {
            Game::Weighted(game) => game.wins_with(members),
            Game::Contest(_) => false,
            Game::Table(table) => !table.value(members.iter().copied().collect()).is_zero(),
        }
    }
}
