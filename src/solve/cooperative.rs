//! All that is asked of one cooperative game, computed once where concepts share it.
//!
//! Each concept is defined in its own file; this one knows what takes which game and up to
//! how many players, and computes exact answers alone: values and indices are exact anyway,
//! the core, the least core and the nucleoli by
//! [`exact_nucleolus`](mod@super::exact_nucleolus).

mod core;

use crate::error::{Error, Result};
use crate::game::cooperative::{ContestGame, ExactTable, Game, WeightedGame};
use crate::lp::Backend;
use crate::solve::balancedness::{balance, total_balance};
use crate::solve::exact_contest::{exact_contest, exact_contest_nucleolus};
use crate::solve::exact_nucleolus::{
    ExactFinding, ExactNucleolus, exact_nucleolus, exact_prenucleolus, exact_weighted,
    exact_weighted_nucleolus,
};
use crate::solve::power::{self, Marginals};
use crate::solve::properties::properties;
use crate::solve::separation;
use crate::solve::simple_players::of_swings;
use crate::solve::structure::optimal_within;
use crate::work::Work;

pub use crate::finding::cooperative::{Concept, SimpleFinding, Solutions, Vertices};

/// What to compute and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The concepts; `None` for all that the game permits.
    pub concepts: Option<Vec<Concept>>,
    /// Solver of linear programmes.
    pub backend: Backend,
    /// How many vertices of the core are listed at most, one or more; all are counted.
    pub max_vertices: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { concepts: None, backend: Backend::default(), max_vertices: 1000 }
    }
}

/// How many minimal winning coalitions are listed at most.
pub const MOST_LISTED: usize = 100;
/// The most players whose structures are searched unasked.
const STRUCTURE_UNASKED: usize = 22;

/// Solves a game.
///
/// # Errors
/// If a concept that was asked for does not take the game, or the backend fails.
pub fn solve(game: &Game, options: &Options, work: &Work) -> Result<Solutions> {
    let mut solver = Solver {
        game,
        asked: options.concepts.is_some(),
        options,
        work,
        marginals: None,
        found: Solutions::default(),
    };
    let concepts = options.concepts.as_deref().unwrap_or(&Concept::ALL);
    for &concept in &Concept::ALL {
        if concepts.contains(&concept) {
            solver.concept(concept)?;
        }
    }
    solver.simple(concepts)?;
    Ok(solver.found)
}

/// A game whose coalitions are not listed.
#[derive(Clone, Copy)]
enum Large<'a> {
    Weighted(&'a WeightedGame),
    Contest(&'a ContestGame),
}

struct Solver<'a> {
    game: &'a Game,
    asked: bool,
    options: &'a Options,
    work: &'a Work<'a>,
    marginals: Option<Marginals>,
    found: Solutions,
}

impl<'a> Solver<'a> {
    fn concept(&mut self, concept: Concept) -> Result<()> {
        if self.work.is_over() {
            self.found.undecided.push((concept, "the time was up before it was begun".into()));
            return Ok(());
        }
        self.work.begin(concept.name(), 0);
        let outcome = self.find(concept);
        self.work.end();
        match outcome {
            Ok(true) => self.found.found.push(concept),
            Ok(false) => {}
            Err(error) if self.asked => return Err(error),
            Err(error) => self.found.left_out.push((concept, error.to_string())),
        }
        Ok(())
    }

    fn find(&mut self, concept: Concept) -> Result<bool> {
        let game = self.game;
        let values = match concept {
            Concept::Shapley => self.marginals()?.shapley(),
            Concept::Banzhaf => self.marginals()?.banzhaf(),
            Concept::BanzhafNormalized => match self.marginals()?.banzhaf_normalized() {
                Some(values) => values,
                None => {
                    let why = "the Banzhaf values sum to 0 and cannot be normalised";
                    self.found.left_out.push((concept, why.into()));
                    return Ok(false);
                }
            },
            Concept::DeeganPackel => power::minimal_counts(game)?.deegan_packel(),
            Concept::Holler => power::minimal_counts(game)?.holler_packel(),
            Concept::Johnston => power::critical_counts(game)?.johnston(),
            Concept::Core => {
                if let Some(Large::Weighted(game)) = self.large() {
                    self.found.veto = Some(veto(game));
                    return Ok(true);
                }
                let decided = self.prenucleolus(concept)?;
                if decided {
                    self.core()?;
                }
                return Ok(decided);
            }
            Concept::Vertices => return self.vertices(),
            Concept::LeastCore => {
                let decided = self.prenucleolus(concept)?;
                if decided {
                    self.least_core()?;
                }
                return Ok(decided);
            }
            Concept::Prenucleolus => return self.prenucleolus(concept),
            Concept::Nucleolus => return self.nucleolus(),
            Concept::Properties => {
                let table = game.table()?;
                let found = properties(&table);
                let balance = balance(&table, self.work);
                let total = total_balance(&table, &found, &balance, self.work);
                self.found.balance = Some((balance, total));
                self.found.properties = Some(found);
                return Ok(true);
            }
            Concept::Structure => {
                let n = game.names().len();
                if !self.asked && n > STRUCTURE_UNASKED {
                    return Err(Error::too_large(
                        format!("{n} players have 3^{n} pairs of disjoint coalitions"),
                        format!("3^{STRUCTURE_UNASKED} unless asked for"),
                        "ask for it with --solve structure",
                    ));
                }
                self.found.structure = optimal_within(&game.table()?, self.work)?;
                if self.found.structure.is_none() {
                    self.found.undecided.push((concept, "the time was up".into()));
                }
                return Ok(self.found.structure.is_some());
            }
        };
        self.found.values.push((concept, values));
        Ok(true)
    }

    fn marginals(&mut self) -> Result<&Marginals> {
        let marginals = match self.marginals.take() {
            Some(known) => known,
            None => power::marginals(self.game)?,
        };
        Ok(self.marginals.insert(marginals))
    }

    /// The game, if it has too many players for its coalitions to be listed and is solved
    /// without.
    fn large(&self) -> Option<Large<'a>> {
        match self.game {
            _ if self.game.names().len() <= separation::MAX_PLAYERS => None,
            Game::Table(_) => None,
            Game::Weighted(game) => Some(Large::Weighted(game)),
            Game::Contest(game) => Some(Large::Contest(game)),
        }
    }

    /// The game's values, for what scans all coalitions.
    fn table(&self) -> Result<ExactTable> {
        let n = self.game.names().len();
        if let (Game::Contest(game), true) = (self.game, n > separation::MAX_PLAYERS) {
            return Err(game.too_many());
        }
        if n > separation::MAX_PLAYERS {
            return Err(Error::too_large(
                format!("{n} players have 2^{n} coalitions"),
                format!("2^{}", separation::MAX_PLAYERS),
                "keep fewer players, or leave the core and the nucleolus out of --solve",
            ));
        }
        self.game.table()
    }

    fn prenucleolus(&mut self, concept: Concept) -> Result<bool> {
        let n = self.game.names().len();
        if concept == Concept::LeastCore && n == 1 {
            let why = "a single player has no coalition but the grand one";
            self.found.left_out.push((concept, why.into()));
            return Ok(false);
        }
        if self.found.prenucleolus.is_some() {
            return Ok(true);
        }
        let same =
            self.found.undecided.iter().find(|(c, _)| {
                matches!(c, Concept::Core | Concept::LeastCore | Concept::Prenucleolus)
            });
        let finding = match same {
            Some((_, why)) => ExactFinding::Undecided(why.clone()),
            None => match self.large() {
                Some(Large::Weighted(game)) => {
                    exact_weighted(game, self.options.backend, self.work)?
                }
                Some(Large::Contest(game)) => exact_contest(game, self.options.backend, self.work)?,
                None => exact_prenucleolus(&self.table()?, self.options.backend, self.work)?,
            },
        };
        self.found.prenucleolus = self.decided(concept, finding);
        Ok(self.found.prenucleolus.is_some())
    }

    fn nucleolus(&mut self) -> Result<bool> {
        let known = self.found.prenucleolus.as_ref();
        let (backend, work) = (self.options.backend, self.work);
        let finding = match self.large() {
            Some(Large::Weighted(game)) => exact_weighted_nucleolus(game, known, backend, work)?,
            Some(Large::Contest(game)) => exact_contest_nucleolus(game, known, backend, work)?,
            None => exact_nucleolus(&self.table()?, known, backend, work)?,
        };
        self.found.nucleolus = self.decided(Concept::Nucleolus, finding);
        Ok(self.found.nucleolus.is_some())
    }

    fn decided(&mut self, concept: Concept, finding: ExactFinding) -> Option<ExactNucleolus> {
        match finding {
            ExactFinding::Decided(found) => return Some(found),
            ExactFinding::NoImputation(shortfall) => self.found.left_out.push((
                concept,
                format!(
                    "there is no imputation: what the players can get alone adds up to \
                     {shortfall} more than there is"
                ),
            )),
            ExactFinding::Undecided(why) => self.found.undecided.push((concept, why)),
        }
        None
    }

    /// Of a monotone simple game: who has which part, minimal winning coalitions.
    fn simple(&mut self, concepts: &[Concept]) -> Result<()> {
        let indices = [
            Concept::Shapley,
            Concept::Banzhaf,
            Concept::BanzhafNormalized,
            Concept::DeeganPackel,
            Concept::Holler,
            Concept::Johnston,
        ];
        if !self.game.is_simple() || !concepts.iter().any(|c| indices.contains(c)) {
            return Ok(());
        }
        // A table of zeros and ones need not be monotone.
        if matches!(self.game, Game::Table(_)) && self.game.simple().is_err() {
            return Ok(());
        }
        let Ok(swings) = self.marginals() else { return Ok(()) };
        let players = of_swings(swings)?;
        let counts = power::minimal_counts(self.game).ok();
        self.found.simple = Some(SimpleFinding {
            players,
            minimal: match counts {
                Some(_) => power::minimal_winning(self.game, MOST_LISTED).unwrap_or_default(),
                None => Vec::new(),
            },
            minimal_total: counts.map(|counts| counts.total.to_string()),
        });
        Ok(())
    }
}

/// The players without whom all others lose. A division is in the core of a simple game iff it
/// divides 1 among these (Shapley 1962, *Behavioral Science* 7). O(n² · rules).
fn veto(game: &WeightedGame) -> Vec<usize> {
    let n = game.players();
    let others = |i: usize| (0..n).filter(|&j| j != i).collect::<Vec<_>>();
    (0..n).filter(|&i| !game.wins_with(&others(i))).collect()
}
