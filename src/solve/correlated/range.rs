//! The range of welfare, of one player's payoff or of the worst-off player's expected payoff
//! over the correlated, or the coarse correlated, equilibria of a table.
//!
//! **Definition.** A distribution is a *coarse* correlated equilibrium if no player gains by
//! deciding on one strategy before it is told anything (Moulin & Vial 1978). All correlated
//! equilibria are coarse ones.
//! **Method.** [`minimise`](super::minimise), payoffs and objective per span. The lowest
//! payoff of a worst-off player is the least of the players' lowest payoffs. The highest is a
//! saddle point: a player is added who names another one and pays it its payoff; uninformed,
//! it can be sure to pay no more than the worst-off player's expected payoff.
//! **Cost.** That of one or, for the lowest of the worst-off player, `n` minimisations.
//! **References.** Aumann (1974), *J. Math. Econ.* 1; Moulin & Vial (1978), Strategically
//! zero-sum games, *Int. J. Game Theory* 7.

use super::scaled::Scaled;
use super::{Correlated, Lowest, Weighted, minimise_subject_to};
use crate::error::Result;
use crate::game::StrategicTable;
use crate::game::strategic::{Incentives, number_of};
use crate::lp::Backend;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Which distributions are equilibria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concept {
    /// No player gains by disobeying what it is told.
    Correlated,
    /// No player gains by one strategy, decided on before it is told anything.
    Coarse,
}

/// The expectation whose range is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Objective {
    /// The sum of all payoffs.
    Welfare,
    /// The lowest of the players' expected payoffs.
    Minimum,
    /// The payoff of this player.
    Player(usize),
}

/// A bound on a sum of payoffs over all equilibria, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof {
    /// How much of each player's payoff is in the sum.
    pub shares: Vec<f64>,
    /// Weights of incentives, in units of payoff; `from` is `to` for coarse equilibria.
    pub weights: Vec<Weighted>,
    /// The least over all profiles of the sum plus `Σ weight·gain` (for an upper bound, the
    /// most of the sum less that).
    pub bound: f64,
}

/// One end of the range.
#[derive(Debug, Clone, PartialEq)]
pub struct Extreme {
    /// The expectation attained.
    pub value: f64,
    /// The equilibrium that attains it: numbers of profiles, ascending, and probabilities.
    pub distribution: Vec<(usize, f64)>,
    /// Each player's expected payoff in it.
    pub payoffs: Vec<f64>,
    /// Why there is nothing beyond. For the lowest payoff of a worst-off player one proof for
    /// each player, else one.
    pub proofs: Vec<Proof>,
}

/// Both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The lowest.
    pub lowest: Extreme,
    /// The highest.
    pub highest: Extreme,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ranged {
    /// Both ends, attained and proved.
    Decided(Range),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// The range of `objective` over the equilibria of `game`. `pure` names pure Nash equilibria
/// by the numbers of their profiles, to begin with.
///
/// # Errors
/// As [`minimise`](super::minimise).
pub fn range(
    game: &StrategicTable,
    concept: Concept,
    objective: Objective,
    pure: &[usize],
    backend: Backend,
    work: &Work,
) -> Result<Ranged> {
    let search = Search { game, concept, pure, backend, work };
    match search.range(objective)? {
        Ok(range) => Ok(Ranged::Decided(range)),
        Err(why) => Ok(Ranged::Undecided { why }),
    }
}

/// The most pure equilibria to begin with.
const STARTS: usize = 64;

struct Search<'a> {
    game: &'a StrategicTable,
    concept: Concept,
    pure: &'a [usize],
    backend: Backend,
    work: &'a Work<'a>,
}

/// An answer, or why there was no time for it.
type InTime<T> = std::result::Result<T, String>;

impl Search<'_> {
    fn range(&self, objective: Objective) -> Result<InTime<Range>> {
        let n = self.game.roster().len();
        let unit = |i: usize| (0..n).map(|j| f64::from(u8::from(i == j))).collect::<Vec<_>>();
        let (lowest, highest) = match objective {
            Objective::Welfare => (self.sum(&vec![1.0; n], 1.0)?, self.sum(&vec![1.0; n], -1.0)?),
            Objective::Player(i) => (self.sum(&unit(i), 1.0)?, self.sum(&unit(i), -1.0)?),
            Objective::Minimum => {
                let each: Result<InTime<Vec<Extreme>>> =
                    (0..n).map(|i| self.sum(&unit(i), 1.0)).collect();
                (each?.map(least), self.best_of_the_worst_off()?)
            }
        };
        Ok(lowest.and_then(|lowest| highest.map(|highest| Range { lowest, highest })))
    }

    /// The lowest (`sign` 1) or the highest (−1) expectation of a sum of payoffs.
    fn sum(&self, shares: &[f64], sign: f64) -> Result<InTime<Extreme>> {
        let values = self.values(shares);
        let (low, high) = ends(&values);
        let reach = if high > low { high - low } else { 1.0 };
        let game = Scaled::new(self.game, None);
        let cost = |profile: &[usize]| sign * ((values[game.index(profile)] - low) / reach);
        let start = self.starts(&game, |_| None);
        let lowest = match self.minimise(&game, &cost, &start)? {
            Ok(lowest) => lowest,
            Err(why) => return Ok(Err(why)),
        };
        let distribution: Vec<(usize, f64)> =
            lowest.distribution.iter().map(|(profile, p)| (game.index(profile), *p)).collect();
        let value = distribution.iter().map(|&(index, p)| p * values[index]).sum();
        let weights = self.in_payoffs(&lowest.weights, reach);
        let proof = self.proof(shares.to_vec(), weights, sign);
        Ok(Ok(self.extreme(value, distribution, vec![proof])))
    }

    fn best_of_the_worst_off(&self) -> Result<InTime<Extreme>> {
        let n = self.game.roster().len();
        let (low, high) = (0..n)
            .map(|i| ends(self.game.floats(i)))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |a, b| (a.0.min(b.0), a.1.max(b.1)));
        let reach = if high > low { high - low } else { 1.0 };
        let named: Vec<Vec<f64>> = (0..n)
            .map(|i| self.game.floats(i).iter().map(|u| (u - low) / reach).collect())
            .collect();
        let game = Scaled::new(self.game, Some(named.clone()));
        let cost = |profile: &[usize]| -named[profile[n]][game.index(profile)];
        let worst_off =
            |index: usize| (0..n).min_by(|&i, &j| named[i][index].total_cmp(&named[j][index]));
        let start = self.starts(&game, worst_off);
        let lowest = match self.minimise(&game, &cost, &start)? {
            Ok(lowest) => lowest,
            Err(why) => return Ok(Err(why)),
        };
        let mut distribution: Vec<(usize, f64)> =
            lowest.distribution.iter().map(|(profile, p)| (game.index(profile), *p)).collect();
        distribution.sort_unstable_by_key(|&(index, _)| index);
        distribution.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        let (of_payer, weights): (Vec<Weighted>, Vec<Weighted>) =
            lowest.weights.iter().partition(|w| w.player == n);
        let total: f64 = of_payer.iter().map(|w| w.weight).sum();
        let mut shares = vec![if total > 0.0 { 0.0 } else { 1.0 / n as f64 }; n];
        for w in of_payer {
            shares[w.to] += w.weight / total;
        }
        let proof = self.proof(shares, self.in_payoffs(&weights, reach), -1.0);
        let extreme = self.extreme(0.0, distribution, vec![proof]);
        let value = extreme.payoffs.iter().copied().fold(f64::INFINITY, f64::min);
        Ok(Ok(Extreme { value, ..extreme }))
    }

    fn minimise<F: Fn(&[usize]) -> f64 + Sync>(
        &self,
        game: &Scaled<'_>,
        cost: &F,
        start: &[u64],
    ) -> Result<InTime<Lowest>> {
        let n = self.game.roster().len();
        let informed = |player: usize| player < n && self.concept == Concept::Correlated;
        let incentives = Incentives::where_informed(game, informed);
        let tolerances = Tolerances { gain: 0.0, ..Tolerances::DEFAULT };
        let found = minimise_subject_to(
            incentives,
            game,
            cost,
            start,
            self.backend,
            &tolerances,
            self.work,
        )?;
        Ok(match found {
            Correlated::Decided(lowest) => Ok(lowest),
            Correlated::Undecided { why } => Err(why),
        })
    }

    /// Numbers, as the solver counts them, of the pure equilibria to begin with.
    fn starts(&self, game: &Scaled<'_>, last: impl Fn(usize) -> Option<usize>) -> Vec<u64> {
        let number = |&index: &usize| {
            let mut profile = self.game.profile(index);
            profile.extend(last(index));
            number_of(game, &profile)
        };
        self.pure.iter().take(STARTS).map(number).collect()
    }

    fn values(&self, shares: &[f64]) -> Vec<f64> {
        let mut values = vec![0.0; self.game.len()];
        for (i, &share) in shares.iter().enumerate().filter(|&(_, &share)| share != 0.0) {
            values.iter_mut().zip(self.game.floats(i)).for_each(|(v, u)| *v += share * u);
        }
        values
    }

    /// Weights of gains per span as weights of gains in payoffs.
    fn in_payoffs(&self, weights: &[Weighted], reach: f64) -> Vec<Weighted> {
        let convert =
            |w: &Weighted| Weighted { weight: w.weight * (reach / self.game.span(w.player)), ..*w };
        weights.iter().map(convert).collect()
    }

    /// The bound that these weights prove. O(profiles · weights).
    fn proof(&self, shares: Vec<f64>, weights: Vec<Weighted>, sign: f64) -> Proof {
        let mut sums = self.values(&shares);
        let sizes = self.game.sizes();
        for w in &weights {
            let (stride, payoffs) = (self.game.strides()[w.player], self.game.floats(w.player));
            for (index, sum) in sums.iter_mut().enumerate() {
                let here = index / stride % sizes[w.player];
                if here == w.from || self.concept == Concept::Coarse {
                    let there = index + w.to * stride - here * stride;
                    *sum += sign * w.weight * (payoffs[there] - payoffs[index]);
                }
            }
        }
        let bound = sums.iter().map(|sum| sign * sum).fold(f64::INFINITY, f64::min) * sign;
        Proof { shares, weights, bound }
    }

    fn extreme(&self, value: f64, distribution: Vec<(usize, f64)>, proofs: Vec<Proof>) -> Extreme {
        let mean = |i: usize| distribution.iter().map(|&(k, p)| p * self.game.floats(i)[k]).sum();
        let payoffs = (0..self.game.roster().len()).map(mean).collect();
        Extreme { value, distribution, payoffs, proofs }
    }
}

/// The player with the lowest payoff of all; every player's bound stays.
fn least(each: Vec<Extreme>) -> Extreme {
    let proofs = each.iter().flat_map(|extreme| extreme.proofs.clone()).collect();
    let lowest = each.into_iter().min_by(|a, b| a.value.total_cmp(&b.value));
    match lowest {
        Some(extreme) => Extreme { proofs, ..extreme },
        // A table has a player.
        None => Extreme { value: 0.0, distribution: vec![], payoffs: vec![], proofs },
    }
}

fn ends(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}
