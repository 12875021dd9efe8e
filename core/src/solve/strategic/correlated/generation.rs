//! Column generation: only the profiles that matter become columns of the programme. The
//! method is told in the module above.

use super::costs::Costs;
use super::master::{Column, Master, Prices};
use super::pricing::{Priced, Pricing};
use super::{Lowest, Masters, Refutation, Weighted};
use crate::error::{Error, ErrorKind, Result};
use crate::game::StrategicGame;
use crate::game::strategic::{Incentives, profile_at};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Profiles looked at for how large gains are.
const SAMPLE: u64 = 1024;

/// What is minimised: the expectation of a function of profiles, subject to incentives.
pub(super) struct Problem<'a> {
    pub(super) game: &'a dyn StrategicGame,
    pub(super) objective: &'a dyn Costs,
    pub(super) incentives: Incentives,
    /// Profiles to begin with, by their numbers.
    pub(super) start: &'a [u64],
}

/// How it is done.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub(super) masters: Masters,
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
pub(super) fn minimise(problem: Problem<'_>, setting: Setting<'_>) -> Result<Ended> {
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
pub(super) fn minimise_or_refute(
    problem: Problem<'_>,
    ceiling: f64,
    setting: Setting<'_>,
) -> Result<std::result::Result<Ended, Refutation>> {
    let pricing = Pricing::new(problem.game, problem.objective, problem.incentives)?;
    let largest = pricing.largest_gains(SAMPLE);
    let Setting { masters, tolerances, .. } = setting;
    let master = Master::new(&pricing.incentives, &largest, masters, tolerances);
    let mut generation = Generation { pricing, master, setting, ceiling, best: None };
    for &number in problem.start {
        generation.add(number);
    }
    generation.run()
}

struct Generation<'a> {
    pricing: Pricing<'a>,
    master: Master,
    setting: Setting<'a>,
    /// What the objective is nowhere above: a higher bound refutes that there are equilibria.
    ceiling: f64,
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

impl Generation<'_> {
    fn run(&mut self) -> Result<std::result::Result<Ended, Refutation>> {
        let Setting { tolerances, work, .. } = self.setting;
        let slack = tolerances.gain;
        let mut prices = Prices::none(self.pricing.incentives.len());
        loop {
            if work.is_over() {
                return Ok(Ok(Ended::Stopped(self.reached())));
            }
            if !self.master.columns().is_empty() {
                let Some(found) = self.master.prices(work)? else {
                    return Ok(Ok(Ended::Stopped(self.reached())));
                };
                prices = found;
            }
            let threshold = prices.value - tolerances.separation;
            let leftover = self.pricing.of_pool(&prices, threshold);
            if self.add_most_violated(&leftover) > 0 {
                continue;
            }
            // From the columns that matter first: most often that is enough.
            let nearby = self.pricing.downhill(self.master.columns(), &prices, threshold);
            if self.add_most_violated(&nearby) > 0 {
                continue;
            }
            let known = |number| self.master.knows(number);
            let Some((lowest, found)) = self.pricing.of_all(known, &prices, threshold, work) else {
                return Ok(Ok(Ended::Stopped(self.reached())));
            };
            let bound = lowest - slack * prices.total();
            if bound > self.ceiling + tolerances.certificate {
                let weights = self.weighted(&prices);
                return Ok(Err(Refutation { weights, bound: lowest }));
            }
            if self.best.as_ref().is_none_or(|best| bound > best.bound) {
                self.best = Some(Proved { bound, lowest, prices: prices.clone() });
            }
            if self.add_most_violated(&found) > 0 || prices.capped && self.master.raise_cap() {
                continue;
            }
            // None is violated; or those that are were added before, and the master was not
            // solved as accurately as it should be. The gap tells.
            match self.close()? {
                Ok(lowest) => return Ok(Ok(Ended::Decided(lowest))),
                Err(_) if self.master.leave_to_another() => {}
                Err(gap) => {
                    return Err(Error::from(ErrorKind::Uncertified {
                        finding: "correlated equilibria",
                        problem: format!(
                            "the value attained and the bound proved differ, or an incentive is \
                             broken, by {gap:.1e}"
                        ),
                    }));
                }
            }
        }
    }

    /// The distribution that attains the best bound, or how far it is from it or from obeying.
    fn close(&mut self) -> Result<std::result::Result<Lowest, f64>> {
        let distribution = self.master.distribution(self.setting.work)?;
        let columns = self.master.columns();
        let value: f64 = distribution.iter().map(|&(k, mu)| mu * columns[k].cost).sum();
        let Some(best) = &self.best else { return Ok(Err(f64::NAN)) };
        let certificate = self.setting.tolerances.certificate;
        let gap = value - best.bound;
        if gap.is_nan() || gap.abs() > certificate {
            return Ok(Err(gap));
        }
        // Where gains are large the smallest errors of probabilities break incentives.
        let excess = self.excess(&distribution);
        if excess > certificate / 2.0 {
            return Ok(Err(excess));
        }
        Ok(Ok(Lowest {
            value,
            columns: columns.len(),
            distribution: self.named(distribution),
            weights: self.weighted(&best.prices),
            bound: best.lowest,
            scans: self.pricing.scans(),
        }))
    }

    /// How far it is now. One small programme more: what is attained is worth it.
    fn reached(&mut self) -> Reached {
        let tolerances = self.setting.tolerances;
        let weights = self.best.as_ref().map_or(Vec::new(), |best| self.weighted(&best.prices));
        let work = self.setting.work;
        let known = !self.master.columns().is_empty();
        let found = known.then(|| self.master.distribution(work).ok()).flatten();
        let found = found.filter(|distribution| !distribution.is_empty());
        let obeyed =
            found.filter(|distribution| self.excess(distribution) <= tolerances.separation);
        Reached { weights, distribution: obeyed.map(|found| self.named(found)) }
    }

    /// By how much a distribution over the columns breaks an incentive, at most.
    fn excess(&self, distribution: &[(usize, f64)]) -> f64 {
        let mut sums = vec![-self.setting.tolerances.gain; self.pricing.incentives.len()];
        for &(k, mu) in distribution {
            let gains = &self.master.columns()[k].gains;
            gains.iter().for_each(|&(number, gain)| sums[number] += mu * gain);
        }
        sums.into_iter().fold(0.0, f64::max)
    }

    /// Profiles in their order instead of columns.
    fn named(&self, distribution: Vec<(usize, f64)>) -> Vec<(Vec<usize>, f64)> {
        let columns = self.master.columns();
        let numbered = distribution.into_iter().map(|(k, mu)| (columns[k].number, mu));
        let mut numbered: Vec<_> = numbered.collect();
        crate::order::sort_by_key(&mut numbered, |&(number, _)| number);
        numbered.into_iter().map(|(k, mu)| (profile_at(self.pricing.game, k), mu)).collect()
    }

    fn weighted(&self, prices: &Prices) -> Vec<Weighted> {
        let above = prices.weights.iter().enumerate().filter(|&(_, &weight)| weight > 0.0);
        above
            .map(|(number, &weight)| {
                let (player, from, to) = self.pricing.incentives.parts(number);
                Weighted { player, from, to, weight }
            })
            .collect()
    }

    /// Adds the most violated candidates, as many as there are players and a few, no two of
    /// them apart by one player's action alone: neighbours say nearly the same. Returns how
    /// many were new.
    fn add_most_violated(&mut self, candidates: &[Priced]) -> usize {
        let room = self.pricing.game.players() + 4;
        let mut added: Vec<Vec<usize>> = Vec::new();
        for &(_, number) in candidates {
            if added.len() >= room {
                break;
            }
            let profile = profile_at(self.pricing.game, number);
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
        let new = !self.master.knows(number);
        if new {
            let (cost, gains) = self.pricing.describe(number);
            self.master.add(Column::new(number, cost, gains));
        }
        new
    }
}
