//! All that is asked of one cooperative game, computed once where concepts share it.
//!
//! Each concept is defined in its own file; this one knows what takes which game and up to
//! how many players, and computes exact answers alone: values and indices are exact anyway,
//! the core, the least core and the nucleoli by
//! [`exact_nucleolus`](mod@crate::solve::cooperative::nucleolus::exact).

mod alliances;
mod allocation;
pub mod balancedness;
mod by_rule;
mod core;
mod externalities;
mod network;
pub mod nucleolus;
pub mod polytope;
pub mod power;
pub mod properties;
pub mod separation;
pub mod simple_players;
mod tau;

use std::borrow::Cow;

use dashu_int::UBig;
use dashu_ratio::RBig;

use crate::coalition::Partition;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::cooperative::Links;
use crate::game::cooperative::{ContestGame, ExactTable, Game, WeightedGame};
use crate::lp::Backend;
use crate::solve::cooperative::balancedness::{balance, total_balance};
use crate::solve::cooperative::nucleolus::contest::{exact_contest, exact_contest_nucleolus};
use crate::solve::cooperative::nucleolus::exact::{
    ExactFinding, ExactNucleolus, exact_nucleolus, exact_prenucleolus, exact_weighted,
    exact_weighted_nucleolus,
};
use crate::solve::cooperative::nucleolus::per_capita::{per_capita, permits};
use crate::solve::cooperative::power::Marginals;
use crate::solve::cooperative::properties::properties_within;
use crate::solve::cooperative::simple_players::of_swings;
use crate::solve::partitions::structure::optimal_within;
use crate::work::Work;

pub use alliances::alliances;
pub use by_rule::by_rule;
pub use externalities::externalities;
pub use network::network;

pub use crate::finding::cooperative::{Concept, SimpleCore, SimpleFinding, Solutions, Vertices};

/// What to compute and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The concepts; `None` for all that the game permits.
    pub concepts: Option<Vec<Concept>>,
    /// Solver of linear programmes.
    pub backend: Backend,
    /// How many vertices of the core are listed at most, one or more; all are counted.
    pub max_vertices: usize,
    /// Alliances that exist, if any.
    pub blocs: Option<Partition>,
    /// Who can talk to whom, if not everybody to everybody.
    pub links: Option<Links>,
    /// A division to look at.
    pub allocation: Option<Vec<RBig>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            concepts: None,
            backend: Backend::default(),
            max_vertices: 1000,
            blocs: None,
            links: None,
            allocation: None,
        }
    }
}

/// How many minimal winning coalitions are listed at most.
pub const MOST_LISTED: usize = 100;
/// The most players whose structures are searched unasked.
const STRUCTURE_UNASKED: usize = 22;

/// Solves a game. A concept that fails, takes too long or, if asked for, does not take the game is
/// undecided with its reason, and takes no other along.
///
/// # Errors
/// If nothing that was asked for takes the game.
pub fn solve(game: &Game, options: &Options, work: &Work) -> Result<Solutions> {
    let mut solver = Solver {
        game,
        asked: options.concepts.is_some(),
        options,
        work,
        marginals: None,
        refused: Vec::new(),
        found: Solutions::default(),
    };
    let concepts = options.concepts.as_deref().unwrap_or(&Concept::ALL);
    for &concept in &Concept::ALL {
        if concepts.contains(&concept) {
            solver.concept(concept);
        }
    }
    // Who has which part is beside the point of what was asked for.
    match solver.simple(concepts) {
        Err(error) if !is_late(&error) => return Err(error),
        _ => {}
    }
    solver.given()?;
    let Solver { mut found, mut refused, .. } = solver;
    if found.found.is_empty() && found.undecided.is_empty() && !refused.is_empty() {
        return Err(refused.swap_remove(0).1);
    }
    found.undecided.extend(refused.into_iter().map(|(concept, why)| (concept, why.to_string())));
    Ok(found)
}

fn is_late(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::TimeUp)
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
    /// Concepts that were asked for and do not take the game.
    refused: Vec<(Concept, Error)>,
    found: Solutions,
}

impl<'a> Solver<'a> {
    fn concept(&mut self, concept: Concept) {
        if self.work.is_over() {
            self.found.undecided.push((concept, "the time was up before it was begun".into()));
            return;
        }
        self.work.begin(concept.name(), 0);
        let outcome = self.find(concept);
        self.work.end();
        match outcome {
            Ok(true) => self.found.found.push(concept),
            Ok(false) => {}
            Err(error) if error.is_fault() || is_late(&error) => {
                self.found.undecided.push((concept, error.to_string()));
            }
            Err(error) if self.asked => self.refused.push((concept, error)),
            Err(error) => self.found.left_out.push((concept, error.to_string())),
        }
    }

    /// What is asked of alliances and of links that are given.
    fn given(&mut self) -> Result<()> {
        if let Some(blocs) = &self.options.blocs {
            let found = alliances(self.game, blocs, self.work);
            self.found.alliances = self.answered("alliances", found)?;
        }
        if let Some(payoffs) = &self.options.allocation {
            let found = self.table().and_then(|table| {
                let known = match &self.found.prenucleolus {
                    Some(known) => Some(known.clone()),
                    None => match exact_prenucleolus(&table, self.work)? {
                        ExactFinding::Decided(found) => Some(found),
                        _ => None,
                    },
                };
                allocation::allocation(&table, payoffs, known.as_ref(), self.work)
            });
            self.found.allocation = self.answered("allocation", found)?;
        }
        if let Some(links) = &self.options.links {
            let found = network(self.game, links, self.work);
            self.found.network = self.answered("network", found)?;
        }
        Ok(())
    }

    /// An answer, unless it took too long.
    fn answered<T>(&mut self, what: &'static str, found: Result<T>) -> Result<Option<T>> {
        match found {
            Ok(found) => Ok(Some(found)),
            Err(error) if is_late(&error) || error.is_fault() => {
                self.found.unanswered.push((what, error.to_string()));
                Ok(None)
            }
            Err(error) => Err(error),
        }
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
            Concept::DeeganPackel => power::minimal_counts_within(game, self.work)?.deegan_packel(),
            Concept::Holler => power::minimal_counts_within(game, self.work)?.holler_packel(),
            Concept::Johnston => power::critical_counts_within(game, self.work)?.johnston(),
            Concept::Coleman => {
                if !matches!(game, Game::Weighted(_)) {
                    game.simple_within(self.work)?;
                }
                self.found.coleman = Some(self.marginals()?.coleman());
                return Ok(true);
            }
            Concept::Tau => match tau::tau(&*game.table_within(self.work)?, self.work)? {
                Ok(values) => values,
                Err(why) => {
                    self.found.left_out.push((concept, why));
                    return Ok(false);
                }
            },
            Concept::PerCapitaNucleolus => {
                permits(game.names().len())?;
                let finding = per_capita(&*self.table()?, self.work)?;
                self.found.per_capita = self.decided(concept, finding);
                return Ok(self.found.per_capita.is_some());
            }
            Concept::Core => {
                if let Some(Large::Weighted(game)) = self.large() {
                    self.found.simple_core = Some(SimpleCore::of(game));
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
                let table = game.table_within(self.work)?;
                let found = properties_within(&table, self.work);
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
                self.found.structure = optimal_within(&*game.table_within(self.work)?, self.work)?;
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
            None => power::marginals_within(self.game, self.work)?,
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
    fn table(&self) -> Result<Cow<'a, ExactTable>> {
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
        self.game.table_within(self.work)
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
                None => exact_prenucleolus(&*self.table()?, self.work)?,
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
            None => exact_nucleolus(&*self.table()?, known, work)?,
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
            Concept::Coleman,
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
        let counted = || Some(power::minimal_counts_within(self.game, self.work).ok()?.total);
        let total = power::minimal_total_within(self.game, self.work).or_else(counted);
        self.found.simple = Some(SimpleFinding {
            players,
            minimal: match total {
                Some(_) => power::minimal_winning(self.game, MOST_LISTED).unwrap_or_default(),
                None => Vec::new(),
            },
            minimal_total: total.map(|total| total.to_string()),
        });
        Ok(())
    }
}

impl SimpleCore {
    /// Of a weighted game. O(n · rules).
    fn of(game: &WeightedGame) -> Self {
        let n = game.players();
        // What a part may weigh by each rule.
        let spare: Vec<UBig> =
            game.rules().iter().map(|rule| rule.total() - rule.quota()).collect();
        let fits = |weights: &[UBig]| weights.iter().zip(&spare).all(|(w, spare)| w <= spare);
        let with = |weights: &[UBig], i: usize| -> Vec<UBig> {
            weights.iter().zip(game.rules()).map(|(w, rule)| w + &rule.weights()[i]).collect()
        };
        let nothing = vec![UBig::ZERO; spare.len()];
        let veto: Vec<usize> = (0..n).filter(|&i| !fits(&with(&nothing, i))).collect();
        if !veto.is_empty() {
            return Self::Veto(veto);
        }
        let mut parts = vec![Vec::new()];
        let mut weights = nothing.clone();
        for i in 0..n {
            let joined = with(&weights, i);
            if fits(&joined) {
                weights = joined;
            } else {
                weights = with(&nothing, i);
                parts.push(Vec::new());
            }
            parts.last_mut().unwrap_or(&mut Vec::new()).push(i);
        }
        Self::Parts(parts)
    }
}
