//! The players' parts in a simple game.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::{Examiner, MOST_SUMMED};
use crate::certify::cooperative_values as values;
use crate::coalition::Coalition;
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

    /// What takes a walk through all coalitions.
    fn minimal(&mut self, claimed: &SimpleReport) {
        let Some(table) = self.table.filter(|_| self.short) else {
            let remedy = match self.report.players.len() {
                ..=MOST_SUMMED => " (--thorough goes through all coalitions)",
                _ => "",
            };
            self.found.skip(format!(
                "simple: who is a dummy, and how many minimal coalitions there are{remedy}"
            ));
            return;
        };
        let n = table.players();
        let mut total = 0u64;
        let mut essential = Coalition::EMPTY;
        let mut critical = Coalition::EMPTY;
        for s in Coalition::all(n) {
            let wins = |s: Coalition| !table.value(s).is_zero();
            if !wins(s) {
                continue;
            }
            let needed: Coalition = s.members().filter(|&i| !wins(s.without(i))).collect();
            critical = critical.union(needed);
            if needed == s {
                total += 1;
                essential = essential.union(s);
            }
        }
        let members = self.game.members(essential);
        let agrees = members == claimed.essential && essential == critical;
        self.exact("simple: the essential players are in some minimal coalition", agrees);
        if let Some(text) = &claimed.minimal_winning_total {
            let agrees = read::count(text) == Some(RBig::from(IBig::from(UBig::from(total))));
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
