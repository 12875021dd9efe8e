//! Re-examines a report on a game from the game in it.

mod components;
mod dominance;
mod logit;
mod mixed;
mod range;
mod refinement;

use crate::certify::{self, Claim};
use crate::error::{Error, Place, Result};
use crate::finding::strategic::correlated::Concept;
use crate::game::{StrategicTable, nfg};
use crate::report::Verification;
use crate::report::game::check::mixed::Listed;
use crate::report::game::*;

/// Examines every claim of `report`: pure equilibria, dominance, the equilibria of two players
/// and what is given exactly of correlated ones in exact arithmetic. `thorough` also repeats
/// long searches: that there is no other mixed equilibrium.
///
/// # Errors
/// If the report has another schema, or the game in it cannot be read.
pub fn check(report: &GameReport, thorough: bool) -> Result<Verification> {
    if report.schema != GAME_SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file(&report.source) },
            format!("expected \"{GAME_SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let game = nfg::read(report.game.as_bytes(), "the game in the report")?;
    let players = names(&game);
    let found = Verification::default();
    let mut check = Check { report, game: &game, players, thorough, found };
    check.run();
    check.found.undecided = !report.undecided.0.is_empty();
    Ok(check.found)
}

struct Check<'a> {
    report: &'a GameReport,
    game: &'a StrategicTable,
    players: Vec<GamePlayer>,
    thorough: bool,
    found: Verification,
}

/// What was read, or why it cannot be.
type Read<T> = std::result::Result<T, String>;

impl Check<'_> {
    fn run(&mut self) {
        let report = self.report;
        let same = report.players == self.players;
        self.claim(Claim::exact("game: the players and strategies are the game's", same));
        if let Some(pure) = &report.pure {
            self.pure(pure);
        }
        if let Some(dominance) = &report.dominance {
            self.eliminated(dominance);
        }
        let listed = Listed::of(report.mixed.as_deref().unwrap_or_default());
        match &report.mixed {
            Some(mixed) => self.mixed(mixed, &listed),
            None if report.mixed_complete.is_some() => {
                self.found.exact("mixed: there is a list that is said to hold all or not", false);
            }
            None => {}
        }
        self.components(&listed);
        if let Some(logit) = &report.logit {
            self.logit(logit);
        }
        if let Some(nearest) = &report.so_far.mixed {
            self.nearest(nearest);
        }
        for (name, concept, range, bounds) in [
            ("correlated", Concept::Correlated, &report.correlated, &report.so_far.correlated),
            (
                "coarse",
                Concept::Coarse,
                &report.coarse_correlated,
                &report.so_far.coarse_correlated,
            ),
        ] {
            if let Some(range) = range {
                self.range(name, concept, range);
            }
            if let Some(bounds) = bounds {
                self.bounds(name, concept, bounds);
            }
        }
        self.refinements();
        self.notes();
    }

    /// That the title is the game's, and every note is so.
    fn notes(&mut self) {
        let report = self.report;
        self.found.exact("game: the title is the game's", report.title == self.game.title());
        for text in &report.notes {
            match Note::ALL.into_iter().find(|note| note.text() == text) {
                Some(note) => {
                    let holds = note.holds(report, self.game);
                    self.found.exact(format!("note: {text}"), holds);
                }
                None => self.found.skip(format!("note: {text}")),
            }
        }
        self.found.given.push("the name of the file that the game was read from".into());
    }

    fn claim(&mut self, claim: Claim) {
        self.found.claims.push(claim);
    }

    fn certified<T>(
        &mut self,
        what: &str,
        read: Read<T>,
        check: impl FnOnce(&StrategicTable, &T) -> Vec<Claim>,
    ) {
        match read {
            Ok(found) => self.found.claims.extend(check(self.game, &found)),
            Err(problem) => self.claim(Claim::exact(format!("{what}: {problem}"), false)),
        }
    }

    fn pure(&mut self, pure: &[PureReport]) {
        let read: Read<Vec<usize>> =
            pure.iter().map(|found| self.profile(&found.profile)).collect();
        let read = read.map(|numbers| {
            let n = self.players.len();
            let paid = numbers.iter().zip(pure).all(|(&index, found)| {
                let pays = |i: usize| found.payoffs[i].is(&self.game.payoff(i, index));
                found.payoffs.len() == n && (0..n).all(pays)
            });
            (numbers, paid)
        });
        self.certified("pure", read, |game, (numbers, paid)| {
            let mut claims = certify::strategic::pure(game, numbers);
            claims.push(Claim::exact("pure: the payoffs are the game's", *paid));
            claims
        });
    }

    fn player(&self, name: &str) -> Read<usize> {
        let known = self.players.iter().position(|player| player.name == name);
        known.ok_or_else(|| format!("there is no player {name}"))
    }

    fn strategy(&self, player: usize, name: &str) -> Read<usize> {
        let GamePlayer { name: player, strategies } = &self.players[player];
        let known = strategies.iter().position(|strategy| strategy == name);
        known.ok_or_else(|| format!("{player} has no strategy {name}"))
    }

    /// The number of a profile of names.
    fn profile(&self, names: &[String]) -> Read<usize> {
        if names.len() != self.players.len() {
            return Err("a profile needs a strategy for each player".into());
        }
        let strategies: Read<Vec<usize>> =
            names.iter().enumerate().map(|(i, name)| self.strategy(i, name)).collect();
        Ok(self.game.index(&strategies?))
    }
}
