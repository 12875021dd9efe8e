//! Column generation: only the profiles that matter become columns of the programme. The
//! method is told in the module above.

use std::collections::HashSet;

use super::master::{Column, Master, Prices};
use super::{Lowest, Refutation, Weighted};
use crate::error::{Error, ErrorKind, Result};
use crate::game::StrategicGame;
use crate::game::strategic::{Incentives, number_of, profile_at};
use crate::lp::Backend;
use crate::solve::nash::too_many;
use crate::solve::scan::Scan;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Candidates kept of a scan, in all and of each run.
const POOL: usize = 4096;
const OF_A_RUN: usize = 16;
/// Rounds for which a column that does not matter is kept.
const IDLE: u32 = 4;
/// The cap to begin with, what it is raised by, and how high.
const CAP: f64 = 100.0;
const RAISE: f64 = 100.0;
const HIGHEST_CAP: f64 = 1e10;

/// What is minimised: the expectation of a function of profiles, subject to incentives.
pub(super) struct Problem<'a, G, F> {
    pub(super) game: &'a G,
    pub(super) objective: &'a F,
    pub(super) incentives: Incentives,
    /// Profiles to begin with, by their numbers.
    pub(super) start: &'a [u64],
}

/// How it is done.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) backend: Backend,
    pub(super) tolerances: &'a Tolerances,
    pub(super) work: &'a Work<'a>,
}

/// What came of it.
pub(super) enum Ended {
    /// The lowest expectation, attained and proved.
    Decided(Lowest),
    /// The time was up; this far it was.
    Stopped(Reached),
}

/// How far it was when the time was up.
pub(super) struct Reached {
    /// The weights that prove the best bound so far; none prove the lowest of all values.
    pub(super) weights: Vec<Weighted>,
    /// An equilibrium among the profiles known, if they carry one.
    pub(super) distribution: Option<Vec<(Vec<usize>, f64)>>,
}

/// Minimises over equilibria that are known to exist.
///
/// # Errors
/// As [`minimise`](super::minimise).
pub(super) fn minimise<G, F>(problem: Problem<'_, G, F>, setting: Setting<'_>) -> Result<Ended>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    minimise_or_refute(problem, f64::INFINITY, setting)?.map_err(|refutation| {
        let bound = refutation.bound;
        let problem = format!("the bound {bound} was proved, which none can have, yet one exists");
        Error::from(ErrorKind::Uncertified { finding: "correlated equilibria", problem })
    })
}

/// Minimises, or proves by a bound above `ceiling`, above which the objective is nowhere, that
/// there is no equilibrium.
///
/// # Errors
/// As [`minimise`](super::minimise).
pub(super) fn minimise_or_refute<G, F>(
    problem: Problem<'_, G, F>,
    ceiling: f64,
    setting: Setting<'_>,
) -> Result<std::result::Result<Ended, Refutation>>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    let scan = Scan::new(problem.game).ok_or_else(too_many)?;
    if scan.profiles() == 0 {
        return Err(Error::system("a game without profiles", "give every player an action"));
    }
    let mut generation = Generation {
        game: problem.game,
        objective: problem.objective,
        scan,
        incentives: problem.incentives,
        setting,
        ceiling,
        columns: Vec::new(),
        known: HashSet::new(),
        pool: Vec::new(),
        forgotten: HashSet::new(),
        scans: 0,
        best: None,
    };
    for &number in problem.start {
        generation.add(number);
    }
    generation.run()
}

/// A profile's number and what it is worth at the present prices.
type Priced = (f64, u64);

struct Generation<'a, G, F> {
    game: &'a G,
    objective: &'a F,
    scan: Scan<'a, G>,
    incentives: Incentives,
    setting: Setting<'a>,
    /// What the objective is nowhere above: a higher bound refutes that there are equilibria.
    ceiling: f64,
    columns: Vec<Column>,
    known: HashSet<u64>,
    pool: Vec<u64>,
    forgotten: HashSet<u64>,
    scans: usize,
    /// The best bound proved so far.
    best: Option<Proved>,
}

/// A bound, with the prices that prove it.
struct Proved {
    /// With what the slack takes off.
    bound: f64,
    /// The lowest price of all profiles.
    lowest: f64,
    prices: Prices,
}

impl<G, F> Generation<'_, G, F>
where
    G: StrategicGame,
    F: Fn(&[usize]) -> f64 + Sync,
{
    fn run(&mut self) -> Result<std::result::Result<Ended, Refutation>> {
        let Setting { backend, tolerances, work } = self.setting;
        let slack = tolerances.gain;
        let mut cap = CAP;
        let mut prices = Prices::none(self.incentives.len());
        loop {
            if work.is_over() {
                return Ok(Ok(Ended::Stopped(self.reached(cap))));
            }
            if !self.columns.is_empty() {
                prices = self.master(slack, cap).prices(backend)?;
                self.forget_idle(&prices);
            }
            let threshold = prices.value - tolerances.separation;
            let leftover = self.price_pool(&prices, threshold);
            if self.add_most_violated(&leftover) > 0 {
                continue;
            }
            let nearby = self.descend(&prices, threshold);
            if self.add_most_violated(&nearby) > 0 {
                continue;
            }
            let Some((lowest, found)) = self.scan_all(&prices, threshold, work) else {
                return Ok(Ok(Ended::Stopped(self.reached(cap))));
            };
            let bound = lowest - slack * prices.total();
            if bound > self.ceiling + tolerances.certificate {
                let weights = self.weighted(&prices);
                return Ok(Err(Refutation { weights, bound: lowest }));
            }
            if self.best.as_ref().is_none_or(|best| bound > best.bound) {
                self.best = Some(Proved { bound, lowest, prices: prices.clone() });
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
        let Some(best) = &self.best else {
            return Ok(Ok(Ended::Stopped(self.reached(cap))));
        };
        let distribution = self.master(slack, cap).distribution(backend)?;
        let value: f64 = distribution.iter().map(|&(k, mu)| mu * self.columns[k].cost).sum();
        let gap = value - best.bound;
        if gap.is_nan() || gap.abs() > tolerances.certificate {
            return Err(Error::from(ErrorKind::Uncertified {
                finding: "correlated equilibria",
                problem: format!("the value attained and the bound proved differ by {gap:.1e}"),
            }));
        }
        Ok(Ok(Ended::Decided(Lowest {
            value,
            distribution: self.named(distribution),
            weights: self.weighted(&best.prices),
            bound: best.lowest,
            columns: self.columns.len(),
            scans: self.scans,
        })))
    }

    /// How far it is now. One small programme more: what is attained is worth it.
    fn reached(&self, cap: f64) -> Reached {
        let Setting { backend, tolerances, .. } = self.setting;
        let weights = self.best.as_ref().map_or(Vec::new(), |best| self.weighted(&best.prices));
        let found = (!self.columns.is_empty())
            .then(|| self.master(tolerances.gain, cap).distribution(backend).ok())
            .flatten();
        let obeyed =
            found.filter(|distribution| self.excess(distribution) <= tolerances.separation);
        Reached { weights, distribution: obeyed.map(|found| self.named(found)) }
    }

    /// By how much a distribution over the columns breaks an incentive, at most.
    fn excess(&self, distribution: &[(usize, f64)]) -> f64 {
        let mut sums = vec![-self.setting.tolerances.gain; self.incentives.len()];
        for &(k, mu) in distribution {
            self.columns[k].gains.iter().for_each(|&(number, gain)| sums[number] += mu * gain);
        }
        sums.into_iter().fold(0.0, f64::max)
    }

    /// Profiles in their order instead of columns.
    fn named(&self, distribution: Vec<(usize, f64)>) -> Vec<(Vec<usize>, f64)> {
        let numbered = distribution.into_iter().map(|(k, mu)| (self.columns[k].number, mu));
        let mut numbered: Vec<_> = numbered.collect();
        numbered.sort_unstable_by_key(|&(number, _)| number);
        numbered.into_iter().map(|(k, mu)| (profile_at(self.game, k), mu)).collect()
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
