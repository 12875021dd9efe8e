//! Which profiles are worth less than the master's value: among the candidates that were left
//! over, downhill from the columns, and among all.

use std::collections::HashSet;

use super::costs::Costs;
use super::master::{Column, Prices};
use crate::error::{Error, Result};
use crate::game::StrategicGame;
use crate::game::strategic::{Incentives, number_of, profile_at};
use crate::solve::strategic::nash::too_many;
use crate::solve::strategic::scan::Scan;
use crate::work::Work;

/// Candidates kept of a scan, in all and of each run.
const POOL: usize = 4096;
const OF_A_RUN: usize = 16;

/// What a profile is worth at the present prices, and its number.
pub(super) type Priced = (f64, u64);

pub(super) struct Pricing<'a> {
    pub(super) game: &'a dyn StrategicGame,
    pub(super) incentives: Incentives,
    objective: &'a dyn Costs,
    scan: Scan,
    pool: Vec<u64>,
    scans: usize,
}

impl<'a> Pricing<'a> {
    pub(super) fn new(
        game: &'a dyn StrategicGame,
        objective: &'a dyn Costs,
        incentives: Incentives,
    ) -> Result<Self> {
        let scan = Scan::new(game).ok_or_else(too_many)?;
        if scan.profiles() == 0 {
            return Err(Error::system("a game without profiles", "give every player an action"));
        }
        Ok(Self { game, incentives, objective, scan, pool: Vec::new(), scans: 0 })
    }

    /// The number of scans of all profiles.
    pub(super) fn scans(&self) -> usize {
        self.scans
    }

    /// What a profile costs, and its gains by the incentives that it meets.
    pub(super) fn describe(&self, number: u64) -> (f64, Vec<(usize, f64)>) {
        let profile = profile_at(self.game, number);
        let mut gains = vec![0.0; self.incentives.gains()];
        self.game.gains(&profile, &mut gains);
        let met = self.incentives.met(&profile).map(|(k, slot)| (k, gains[slot])).collect();
        (self.objective.at(self.game, &profile), met)
    }

    /// By incentive, the largest gain of either sign among some profiles, evenly spaced.
    pub(super) fn largest_gains(&self, sample: u64) -> Vec<f64> {
        let mut largest = vec![0.0f64; self.incentives.len()];
        let all = self.scan.profiles();
        for step in 0..all.min(sample) {
            let number = u128::from(step) * u128::from(all) / u128::from(all.min(sample));
            for (k, gain) in self.describe(number as u64).1 {
                largest[k] = largest[k].max(gain.abs());
            }
        }
        largest
    }

    fn price(&self, profile: &[usize], prices: &Prices) -> f64 {
        self.objective.at(self.game, profile)
            + self.game.weighted_gains(profile, &self.incentives, &prices.weights)
    }

    /// Those of the pool that are worth less than the threshold, the least first.
    pub(super) fn of_pool(&self, prices: &Prices, threshold: f64) -> Vec<Priced> {
        let priced = self.pool.iter().map(|&k| (self.price(&profile_at(self.game, k), prices), k));
        let mut below: Vec<_> = priced.filter(|&(price, _)| price < threshold).collect();
        sort(&mut below);
        below
    }

    /// Where one ends that walks from a column to the neighbour worth least, one player's
    /// action away, and on from there as long as it goes down: those ends that are worth less
    /// than the threshold, the least first.
    pub(super) fn downhill(
        &self,
        columns: &[Column],
        prices: &Prices,
        threshold: f64,
    ) -> Vec<Priced> {
        let mut passed = HashSet::new();
        let walk = |column: &Column| self.walk(column.number, prices, &mut passed);
        let mut ends: Vec<Priced> = columns.iter().filter_map(walk).collect();
        ends.retain(|&(price, _)| price < threshold);
        sort(&mut ends);
        ends
    }

    /// The end of the walk from a profile; `None` where it runs into an earlier one.
    fn walk(&self, from: u64, prices: &Prices, passed: &mut HashSet<u64>) -> Option<Priced> {
        let mut here = profile_at(self.game, from);
        let mut least = self.price(&here, prices);
        let mut number = from;
        while passed.insert(number) {
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
            let Some((player, action)) = step else { return Some((least, number)) };
            here[player] = action;
            number = number_of(self.game, &here);
        }
        None
    }

    /// The lowest price of all profiles, and those unknown that are worth less than the
    /// threshold, the least first; they become the pool. `None` if the time was up first.
    pub(super) fn of_all(
        &mut self,
        known: impl Fn(u64) -> bool + Sync,
        prices: &Prices,
        threshold: f64,
        work: &Work,
    ) -> Option<(f64, Vec<Priced>)> {
        work.begin("correlated equilibria", self.scan.profiles());
        let runs = self.scan.runs_in(0..self.scan.runs(), work, |walk| {
            let first = walk.first();
            let mut values = vec![0.0; walk.len()];
            self.objective.fill(self.game, first, &mut values);
            self.game.add_weighted_gains(first, &self.incentives, &prices.weights, &mut values);
            let mut lowest = f64::INFINITY;
            let mut below: Vec<Priced> = Vec::new();
            for (number, &price) in (first..).zip(&values) {
                lowest = lowest.min(price);
                if price < threshold && !known(number) {
                    below.push((price, number));
                    if below.len() >= 4 * OF_A_RUN {
                        sort(&mut below);
                        below.truncate(OF_A_RUN);
                    }
                }
            }
            work.advance(values.len() as u64);
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
}

fn sort(priced: &mut [Priced]) {
    priced.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
}
