//! The extremes of an expectation over all correlated equilibria of a game.
//!
//! **Definition.** A distribution `μ` over profiles is a correlated equilibrium if no player,
//! told its part of the profile drawn, gains by playing something else:
//! `Σ_{a: a_i = α} μ(a)·gain_i(a → β) ≤ 0` for every player `i` and actions `α ≠ β`
//! (Aumann 1974). Here it may gain `slack` at most, so that whatever counts as a pure Nash
//! equilibrium counts as a correlated one. One exists always (Hart & Schmeidler 1989).
//!
//! **Method.** Minimise `E_μ[f]`, a linear programme with a column for each profile. Only
//! the columns that matter are generated. The dual over the profiles known,
//!
//! maximise `t − slack·Σy`  subject to  `t ≤ f(a) + Σ y·gain(a)` for each, `y ≥ 0, Σy ≤ cap`,
//!
//! gives prices `y`; a scan of *all* profiles finds those with `f(a) + Σ y·gain(a) < t`, the
//! most violated of them are added, and when there is none left `t` is the proved bound. The
//! cap makes the programme bounded however few profiles are known: it is the exact penalty
//! `cap·z` on the largest excess `z` over an incentive, so as long as the known profiles
//! carry no equilibrium at all the same loop looks for one. A cap that binds at the end was
//! too low and is raised. The primal over the known profiles then gives the distribution.
//!
//! A scan is the expensive step. Before each, the candidates that the last one left over are
//! priced again, and a walk downhill from each column, one player's action at a time, looks
//! for others; only where both find nothing are all profiles gone through. Columns that do
//! not matter for a while are dropped, once each.
//!
//! **Proof.** The bound returned is the minimum that a scan really found at the `y` returned,
//! whatever the linear programmes did; that the distribution attains it closes the gap.
//!
//! **Cost.** A few scans, each O(profiles · deviations with `y > 0`), and some dozens of small
//! linear programmes. Memory for the generated columns only.
//!
//! **Limits.** Games small enough to be scanned a few times. Where gains of very different
//! sizes meet, a backend may break down; it is tried again with the smallest left out, and
//! what comes of it is an error unless the gap closes.
//!
//! **References.** Aumann (1974), Subjectivity and correlation in randomized strategies,
//! *J. Math. Econ.* 1; Hart & Schmeidler (1989), Existence of correlated equilibria, *Math.
//! Oper. Res.* 14; Gilmore & Gomory (1961), A linear programming approach to the
//! cutting-stock problem, *Oper. Res.* 9 (column generation); Kelley (1960), The
//! cutting-plane method, *J. SIAM* 8 (the same on the dual).

mod master;
mod range;
mod scaled;

use std::collections::HashSet;

use self::master::{Column, Master, Prices};
use crate::error::{Error, ErrorKind, Result};
use crate::game::StrategicGame;
use crate::game::strategic::{Incentives, number_of, profile_at};
use crate::lp::Backend;
use crate::solve::nash::too_many;
use crate::solve::scan::Scan;
use crate::tolerance::Tolerances;
use crate::work::Work;

pub use range::{Concept, Extreme, Objective, Proof, Range, Ranged, range};

/// The lowest expectation over all correlated equilibria, attained and proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowest {
    /// The expectation under `distribution`.
    pub value: f64,
    /// A correlated equilibrium that attains it: profiles, in their order, and probabilities.
    pub distribution: Vec<(Vec<usize>, f64)>,
    /// Incentive constraints with weights above zero.
    pub weights: Vec<Weighted>,
    /// The minimum over all profiles `a` of `f(a) + Σ weight·gain(a)`, summed over the
    /// incentives that `a` meets.
    pub bound: f64,
    /// The number of profiles that are columns in the end.
    pub columns: usize,
    /// The number of scans of all profiles.
    pub scans: usize,
}

/// An incentive constraint with its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weighted {
    /// The player.
    pub player: usize,
    /// The action that it is told to play.
    pub from: usize,
    /// The action that it would play instead.
    pub to: usize,
    /// The weight.
    pub weight: f64,
}

/// What came of the minimisation.
#[derive(Debug, Clone, PartialEq)]
pub enum Correlated {
    /// The lowest expectation.
    Decided(Lowest),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// A proof that there is no equilibrium: a bound on an expectation that the function cannot
/// attain.
#[derive(Debug, Clone, PartialEq)]
pub struct Refutation {
    /// Incentive constraints with weights above zero.
    pub weights: Vec<Weighted>,
    /// As of [`Lowest`]; above all that the function can be.
    pub bound: f64,
}

/// What came of the minimisation where there may be no equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// There are equilibria, or the time was up first.
    Some(Correlated),
    /// There is none.
    None(Refutation),
}

/// Candidates kept of a scan, in all and of each run.
const POOL: usize = 4096;
const OF_A_RUN: usize = 16;
/// Rounds for which a column that does not matter is kept.
const IDLE: u32 = 4;
/// The cap to begin with, what it is raised by, and how high.
const CAP: f64 = 100.0;
const RAISE: f64 = 100.0;
const HIGHEST_CAP: f64 = 1e10;

/// The lowest expectation of `objective`, a function of profiles, over all correlated
/// equilibria of `game`. `start` names profiles to begin with, by their numbers: equilibria,
/// where some are known. For the highest, minimise the negative.
///
/// A player may gain `tolerances.gain` by an incentive; a profile is added while it violates
/// the bound by more than `tolerances.separation`.
///
/// # Errors
/// If the game has no profile, or more than can be numbered; if the backend fails; if the
/// bound proved falls short of the value attained by more than `tolerances.certificate`.
pub fn minimise<G, F>(
    game: &G,
    objective: &F,
    start: &[u64],
    backend: Backend,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Correlated>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    minimise_subject_to(Incentives::of(game), game, objective, start, backend, tolerances, work)
}

/// As [`minimise`], of a game whose gains are not those of single players' deviations, so that
/// it may have no correlated equilibrium: that is proved by a bound above `ceiling`, which the
/// objective must not exceed at any profile.
///
/// # Errors
/// As [`minimise`].
pub fn minimise_if_any<G, F>(
    game: &G,
    objective: &F,
    ceiling: f64,
    start: &[u64],
    backend: Backend,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Sought>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    let incentives = Incentives::of(game);
    let mut generation = Generation::new(game, objective, incentives, start, tolerances)?;
    generation.ceiling = ceiling;
    Ok(match generation.run(backend, work)? {
        Some(Ended::Refuted(refutation)) => Sought::None(refutation),
        ended => Sought::Some(answer(ended)),
    })
}

/// As [`minimise`], with these incentives of `game` as constraints.
fn minimise_subject_to<G, F>(
    incentives: Incentives,
    game: &G,
    objective: &F,
    start: &[u64],
    backend: Backend,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Correlated>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    let mut generation = Generation::new(game, objective, incentives, start, tolerances)?;
    Ok(answer(generation.run(backend, work)?))
}

/// How column generation ended.
enum Ended {
    Found(Lowest),
    Refuted(Refutation),
}

fn answer(ended: Option<Ended>) -> Correlated {
    match ended {
        Some(Ended::Found(lowest)) => Correlated::Decided(lowest),
        // Without a ceiling nothing is refuted.
        Some(Ended::Refuted(_)) | None => Correlated::Undecided {
            why: "the time was up before the bound on correlated equilibria was proved".to_owned(),
        },
    }
}

/// A profile's number and what it is worth at the present prices.
type Priced = (f64, u64);

struct Generation<'a, G, F> {
    game: &'a G,
    objective: &'a F,
    scan: Scan<'a, G>,
    incentives: Incentives,
    tolerances: &'a Tolerances,
    columns: Vec<Column>,
    known: HashSet<u64>,
    pool: Vec<u64>,
    forgotten: HashSet<u64>,
    scans: usize,
    /// What the objective is nowhere above: a higher bound refutes that there are equilibria.
    ceiling: f64,
}

impl<'a, G, F> Generation<'a, G, F>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    fn new(
        game: &'a G,
        objective: &'a F,
        incentives: Incentives,
        start: &[u64],
        tolerances: &'a Tolerances,
    ) -> Result<Self> {
        let scan = Scan::new(game).ok_or_else(too_many)?;
        if scan.profiles() == 0 {
            return Err(Error::system("a game without profiles", "give every player an action"));
        }
        let mut generation = Self {
            game,
            objective,
            scan,
            incentives,
            tolerances,
            columns: Vec::new(),
            known: HashSet::new(),
            pool: Vec::new(),
            forgotten: HashSet::new(),
            scans: 0,
            ceiling: f64::INFINITY,
        };
        for &number in start {
            generation.add(number);
        }
        Ok(generation)
    }

    /// `None` if the time was up first.
    fn run(&mut self, backend: Backend, work: &Work) -> Result<Option<Ended>> {
        let slack = self.tolerances.gain;
        let mut cap = CAP;
        let mut prices = Prices::none(self.incentives.len());
        let mut best: Option<(f64, f64, Prices)> = None;
        loop {
            if work.is_over() {
                return Ok(None);
            }
            if !self.columns.is_empty() {
                prices = self.master(slack, cap).prices(backend)?;
                self.forget_idle(&prices);
            }
            let threshold = prices.value - self.tolerances.separation;
            let leftover = self.price_pool(&prices, threshold);
            if self.add_most_violated(&leftover) > 0 {
                continue;
            }
            let nearby = self.descend(&prices, threshold);
            if self.add_most_violated(&nearby) > 0 {
                continue;
            }
            let Some((lowest, found)) = self.scan_all(&prices, threshold, work) else {
                return Ok(None);
            };
            let proved = lowest - slack * prices.total();
            if proved > self.ceiling + self.tolerances.certificate {
                let weights = self.weighted(&prices);
                return Ok(Some(Ended::Refuted(Refutation { weights, bound: lowest })));
            }
            if best.as_ref().is_none_or(|(most, _, _)| proved > *most) {
                best = Some((proved, lowest, prices.clone()));
            }
            let added = self.add_most_violated(&found);
            if added == 0 && prices.capped && cap < HIGHEST_CAP {
                cap *= RAISE;
            } else if added == 0 {
                // None is violated; or those that are were added before, and the backend
                // did not solve as accurately as it was asked to. The gap tells.
                break;
            }
        }
        let Some((proved, bound, prices)) = best else { return Ok(None) };
        let distribution = self.master(slack, cap).distribution(backend)?;
        let value: f64 = distribution.iter().map(|&(k, mu)| mu * self.columns[k].cost).sum();
        let gap = value - proved;
        if gap.is_nan() || gap.abs() > self.tolerances.certificate {
            return Err(Error::from(ErrorKind::Uncertified {
                finding: "correlated equilibria",
                problem: format!("the value attained and the bound proved differ by {gap:.1e}"),
            }));
        }
        let mut named: Vec<_> =
            distribution.iter().map(|&(k, mu)| (self.columns[k].number, mu)).collect();
        named.sort_unstable_by_key(|&(number, _)| number);
        Ok(Some(Ended::Found(Lowest {
            value,
            distribution: named.into_iter().map(|(k, mu)| (profile_at(self.game, k), mu)).collect(),
            weights: self.weighted(&prices),
            bound,
            columns: self.columns.len(),
            scans: self.scans,
        })))
    }

    /// Drops columns that have not mattered for a while, to keep the master small. One that
    /// comes back stays, so that nothing goes round in circles.
    fn forget_idle(&mut self, prices: &Prices) {
        for column in &mut self.columns {
            column.note(prices);
        }
        let (known, forgotten) = (&mut self.known, &mut self.forgotten);
        self.columns.retain(|column| {
            column.idle < IDLE || !forgotten.insert(column.number) || !known.remove(&column.number)
        });
    }

    fn master(&self, slack: f64, cap: f64) -> Master<'_> {
        Master::new(&self.columns, &self.incentives, slack, cap)
    }

    fn weighted(&self, prices: &Prices) -> Vec<Weighted> {
        let above = prices.weights.iter().enumerate().filter(|&(_, &weight)| weight > 0.0);
        above
            .map(|(number, &weight)| {
                let (player, from, to) = self.incentives.parts(number);
                Weighted { player, from, to, weight }
            })
            .collect()
    }

    fn price(&self, profile: &[usize], prices: &Prices) -> f64 {
        (self.objective)(profile)
            + self.game.weighted_gains(profile, &self.incentives, &prices.weights)
    }

    /// Those of the pool that are worth less than the threshold, the least first.
    fn price_pool(&self, prices: &Prices, threshold: f64) -> Vec<Priced> {
        let priced = self.pool.iter().map(|&k| (self.price(&profile_at(self.game, k), prices), k));
        let mut below: Vec<_> = priced.filter(|&(price, _)| price < threshold).collect();
        sort(&mut below);
        below
    }

    /// Where one ends that walks from a column to the neighbour worth least, one player's
    /// action away, and on from there as long as it goes down: those ends that are worth less
    /// than the threshold, the least first.
    fn descend(&self, prices: &Prices, threshold: f64) -> Vec<Priced> {
        let walk = |column: &Column| {
            let mut here = profile_at(self.game, column.number);
            let mut least = self.price(&here, prices);
            loop {
                let mut step = None;
                for player in 0..here.len() {
                    let stays = here[player];
                    for action in (0..self.game.actions(player)).filter(|&a| a != stays) {
                        here[player] = action;
                        let price = self.price(&here, prices);
                        if price < least {
                            (least, step) = (price, Some((player, action)));
                        }
                    }
                    here[player] = stays;
                }
                match step {
                    Some((player, action)) => here[player] = action,
                    None => return (least, number_of(self.game, &here)),
                }
            }
        };
        let mut ends: Vec<Priced> = self.columns.iter().map(walk).collect();
        ends.retain(|&(price, _)| price < threshold);
        sort(&mut ends);
        ends
    }

    /// The lowest price of all profiles, and those that are worth less than the threshold,
    /// the least first; they become the pool. `None` if the time was up first.
    fn scan_all(
        &mut self,
        prices: &Prices,
        threshold: f64,
        work: &Work,
    ) -> Option<(f64, Vec<Priced>)> {
        work.begin("correlated equilibria", self.scan.profiles());
        let runs = self.scan.runs_in(0..self.scan.runs(), work, |walk| {
            let mut lowest = f64::INFINITY;
            let mut below: Vec<Priced> = Vec::new();
            let mut steps = 0;
            walk.for_each(|number, profile| {
                let price = self.price(profile, prices);
                lowest = lowest.min(price);
                steps += 1;
                if price < threshold && !self.known.contains(&number) {
                    below.push((price, number));
                    if below.len() >= 4 * OF_A_RUN {
                        sort(&mut below);
                        below.truncate(OF_A_RUN);
                    }
                }
            });
            work.advance(steps);
            sort(&mut below);
            below.truncate(OF_A_RUN);
            (lowest, below)
        });
        work.end();
        let runs = runs?;
        self.scans += 1;
        let lowest = runs.iter().map(|&(lowest, _)| lowest).fold(f64::INFINITY, f64::min);
        let mut below: Vec<Priced> = runs.into_iter().flat_map(|(_, below)| below).collect();
        sort(&mut below);
        below.truncate(POOL);
        self.pool = below.iter().map(|&(_, number)| number).collect();
        Some((lowest, below))
    }

    /// Adds the most violated candidates, as many as there are players and a few, no two of
    /// them apart by one player's action alone: neighbours say nearly the same. Returns how
    /// many were new.
    fn add_most_violated(&mut self, candidates: &[Priced]) -> usize {
        let room = self.game.players() + 4;
        let mut added: Vec<Vec<usize>> = Vec::new();
        for &(_, number) in candidates {
            if added.len() >= room {
                break;
            }
            let profile = profile_at(self.game, number);
            let apart = |other: &Vec<usize>| {
                other.iter().zip(&profile).filter(|(a, b)| a != b).take(2).count() == 2
            };
            if added.iter().all(apart) && self.add(number) {
                added.push(profile);
            }
        }
        added.len()
    }

    /// Makes a profile a column; `false` if it is one.
    fn add(&mut self, number: u64) -> bool {
        if !self.known.insert(number) {
            return false;
        }
        let profile = profile_at(self.game, number);
        let mut gains = vec![0.0; self.incentives.gains()];
        self.game.gains(&profile, &mut gains);
        self.columns.push(Column {
            number,
            cost: (self.objective)(&profile),
            idle: 0,
            gains: self.incentives.met(&profile).map(|(k, slot)| (k, gains[slot])).collect(),
        });
        true
    }
}

fn sort(priced: &mut [Priced]) {
    priced.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}
