//! The exact end of a range: the floating solution says which profiles and incentives decide,
//! and what they determine is solved for in whole numbers.
//!
//! Method: with the profiles `S` of probability above zero and the incentives `K` of weight
//! above zero, the distribution solves `Σ μ = 1`, `Σ μ·gain_k = 0` for the incentives that bind,
//! and the weights solve `goal(a) + Σ y·gain_k(a) = t` for the profiles that are worth no more
//! than `t`: two linear systems, solved by [p-adic lifting](crate::solve::linear::exact). Of
//! several goals the largest expectation is minimised, each with a share in the price.
//! Nothing here is believed: the distribution is taken if it meets every incentive exactly,
//! the weights if no profile is worth less than `t`, both together if the two values are the
//! same. Profiles are priced in floating point first; those within its rounding of `t` again in
//! whole numbers.
//!
//! Cost: cubic in the number of binding incentives, and a pass over all profiles.
//! Limits: none is found where floats cannot tell which of them bind; small programmes are then
//! solved by a [simplex in whole numbers](super::whole_simplex).

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::Weighted;
use super::findings::{Attained, Concept, Extreme, Proof};
use super::objective::Goal;
use super::sweep::{Prices, sweep};
use super::whole_simplex::{MOST_CELLS, Solved, maximise_first};
use crate::exact::least_multiple;
use crate::game::StrategicTable;
use crate::game::table::Payoffs;
use crate::solve::linear::exact::{Fractions, solve};
use crate::work::Work;

/// From where on a probability counts, and up to where a constraint binds.
const ATTEMPTS: [f64; 3] = [1e-9, 1e-7, 1e-11];
/// The most profiles that are tried for a price of exactly `t`.
const MOST_TIGHT: usize = 2048;

/// The programme: minimise the largest of the goals' expectations.
pub(super) struct Instance<'a> {
    pub(super) game: &'a StrategicTable,
    pub(super) concept: Concept,
    pub(super) goals: &'a [Goal<'a>],
}

/// Its floating solution.
pub(super) struct Hint<'a> {
    /// Profiles by their numbers, ascending, and probabilities.
    pub(super) distribution: &'a [(usize, f64)],
    /// How much of each goal is in the price.
    pub(super) shares: &'a [f64],
    /// Weights of gains, in units of payoff.
    pub(super) weights: &'a [Weighted],
}

/// The exact solution of the programme, its value and bound being the same. The proof's shares
/// are those of the goals.
pub(super) fn recover(instance: &Instance<'_>, hint: &Hint<'_>) -> Option<Extreme<RBig>> {
    let whole = WholeNumbers::new(instance);
    let distribution =
        ATTEMPTS.iter().find_map(|&tolerance| whole.distribution(hint, tolerance))?;
    let goals: Vec<(&Goal<'_>, f64)> =
        instance.goals.iter().zip(hint.shares.iter().copied()).collect();
    let prices = sweep(instance.game, instance.concept, &goals, hint.weights);
    let weights = ATTEMPTS.iter().find_map(|&tolerance| whole.weights(hint, &prices, tolerance))?;
    (distribution.value == weights.value).then(|| whole.extreme(distribution, weights))
}

/// The exact solution of a small programme, by a simplex in whole numbers.
pub(super) fn solve_small(instance: &Instance<'_>, work: &Work<'_>) -> Option<Extreme<RBig>> {
    let whole = WholeNumbers::new(instance);
    let incentives: Vec<(usize, usize, usize)> = whole.incentives().collect();
    let profiles = instance.game.len();
    if profiles.saturating_mul(incentives.len()) > MOST_CELLS {
        return None;
    }
    let (first, others) = whole.whole.split_first()?;
    let least = (0..profiles).map(|index| first.at(index)).min()?;
    // Variables: t less the least, the shares of the other goals, the weights.
    let row = |index: usize| -> Vec<IBig> {
        let own = first.at(index);
        let shares = others.iter().map(|goal| &own - goal.at(index));
        let gains = incentives.iter().map(|&(i, from, to)| -whole.gain(index, i, from, to));
        let right = &own - &least;
        std::iter::once(IBig::ONE).chain(shares).chain(gains).chain([right]).collect()
    };
    let mut rows: Vec<Vec<IBig>> = (0..profiles).map(row).collect();
    if !others.is_empty() {
        let cells = 0..=others.len() + incentives.len();
        let ones = cells.map(|c| IBig::from(u8::from((1..=others.len()).contains(&c))));
        rows.push(ones.chain([IBig::ONE]).collect());
    }
    let Solved { mut multipliers, variables, denominator } = maximise_first(rows, work)?;
    multipliers.truncate(profiles);
    let (_, over) = denominator.clone().into_parts();
    let scale = &over * &whole.denominator;
    let value = RBig::from_parts(&variables[0] + &least * &denominator, scale);
    let (shares, weights) = variables[1..].split_at(others.len());
    let rest = shares.iter().fold(denominator, |rest, share| rest - share);
    let shares: Vec<IBig> = std::iter::once(rest).chain(shares.iter().cloned()).collect();
    let weighted =
        |&(player, from, to): &(usize, usize, usize)| Weighted { player, from, to, weight: 0.0 };
    let mut numerators = shares.clone();
    numerators.extend(weights.iter().cloned());
    let distribution = Distribution {
        profiles: (0..profiles).collect(),
        probabilities: Fractions { numerators: multipliers, denominator: over.clone() },
        value: value.clone(),
    };
    let weights = Weights {
        goals: (0..shares.len()).collect(),
        incentives: incentives.iter().map(weighted).collect(),
        fractions: Fractions { numerators, denominator: over },
        value,
    };
    Some(whole.extreme(distribution, weights))
}

/// A distribution: profiles and whole probabilities over a denominator.
struct Distribution {
    profiles: Vec<usize>,
    probabilities: Fractions,
    value: RBig,
}

/// Shares of the goals, then weights of incentives, then `t`, over a denominator.
struct Weights {
    goals: Vec<usize>,
    incentives: Vec<Weighted>,
    fractions: Fractions,
    value: RBig,
}

/// A goal in whole numbers over a denominator that all goals share.
struct Whole<'a> {
    constant: IBig,
    terms: Vec<(&'a Payoffs, IBig)>,
}

impl Whole<'_> {
    fn at(&self, index: usize) -> IBig {
        let terms = self.terms.iter().map(|(payoffs, factor)| factor * payoffs.level(index));
        terms.fold(self.constant.clone(), |sum, term| sum + term)
    }
}

struct WholeNumbers<'a> {
    game: &'a StrategicTable,
    concept: Concept,
    goals: &'a [Goal<'a>],
    whole: Vec<Whole<'a>>,
    denominator: UBig,
    sizes: Vec<usize>,
}

impl<'a> WholeNumbers<'a> {
    fn new(instance: &Instance<'a>) -> Self {
        let mut denominator = UBig::ONE;
        for (payoffs, share) in instance.goals.iter().flat_map(|goal| &goal.terms) {
            for number in [share * payoffs.offset(), share * payoffs.unit()] {
                denominator = least_multiple(&denominator, number.denominator());
            }
        }
        let times = |x: RBig| x.numerator() * IBig::from(&denominator / x.denominator());
        let one = |goal: &Goal<'a>| Whole {
            constant: goal.terms.iter().map(|(p, share)| times(share * p.offset())).sum(),
            terms: goal.terms.iter().map(|(p, share)| (*p, times(share * p.unit()))).collect(),
        };
        Self {
            game: instance.game,
            concept: instance.concept,
            goals: instance.goals,
            whole: instance.goals.iter().map(one).collect(),
            sizes: instance.game.sizes(),
            denominator,
        }
    }

    /// What the player gains in a profile, in levels, by an incentive.
    fn gain(&self, index: usize, player: usize, from: usize, to: usize) -> IBig {
        let stride = self.game.strides()[player];
        let here = index / stride % self.sizes[player];
        if here == to || self.concept == Concept::Correlated && here != from {
            return IBig::ZERO;
        }
        let payoffs = self.game.exact(player);
        payoffs.level(index + to * stride - here * stride) - payoffs.level(index)
    }

    /// All incentives that mean something.
    fn incentives(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        self.sizes.iter().enumerate().flat_map(move |(player, &k)| {
            (0..k).flat_map(move |from| {
                let coarse = self.concept == Concept::Coarse;
                let all = (0..k).filter(move |&to| if coarse { to == from } else { to != from });
                all.map(move |to| (player, from, to))
            })
        })
    }

    fn distribution(&self, hint: &Hint<'_>, tolerance: f64) -> Option<Distribution> {
        let probable = hint.distribution.iter().filter(|(_, p)| *p > tolerance);
        let probable: Vec<(usize, f64)> = probable.copied().collect();
        let width = probable.len() + 1;
        let row = |numbers: &mut dyn Iterator<Item = IBig>, last: i8, right: u8| {
            numbers.chain([IBig::from(last), IBig::from(right)]).collect::<Vec<IBig>>()
        };
        let mut rows = vec![row(&mut probable.iter().map(|_| IBig::ONE), 0, 1)];
        let weighty: Vec<_> = hint.weights.iter().map(|w| (w.player, w.from, w.to)).collect();
        let top = |i: usize| self.game.exact(i).top().to_f64().value();
        let tops: Vec<f64> = (0..self.sizes.len()).map(top).collect();
        let others = self.incentives().filter(|k| !weighty.contains(k)).filter(|&(i, from, to)| {
            let gain =
                |&(index, p): &(usize, f64)| p * self.gain(index, i, from, to).to_f64().value();
            probable.iter().map(gain).sum::<f64>() > -tolerance * tops[i]
        });
        for (i, from, to) in weighty.iter().copied().chain(others) {
            let gain = |&(index, _): &(usize, f64)| self.gain(index, i, from, to);
            rows.push(row(&mut probable.iter().map(gain), 0, 0));
        }
        let shared = self.whole.iter().zip(hint.shares).filter(|(_, share)| **share > tolerance);
        for (goal, _) in shared {
            rows.push(row(&mut probable.iter().map(|&(index, _)| goal.at(index)), -1, 0));
        }
        let mut found = solve(&rows, width)?;
        let value = found.numerators.pop()?;
        let scale = &found.denominator * &self.denominator;
        let distribution = Distribution {
            profiles: probable.into_iter().map(|(index, _)| index).collect(),
            probabilities: found,
            value: RBig::from_parts(value.clone(), scale),
        };
        self.obeys(&distribution, &value).then_some(distribution)
    }

    /// Whether it is a distribution that meets every incentive, and no goal exceeds the value.
    fn obeys(&self, distribution: &Distribution, value: &IBig) -> bool {
        let Fractions { numerators, denominator } = &distribution.probabilities;
        let mean = |number: &dyn Fn(usize) -> IBig| -> IBig {
            distribution.profiles.iter().zip(numerators).map(|(&k, p)| p * number(k)).sum()
        };
        numerators.iter().all(|p| *p >= IBig::ZERO)
            && numerators.iter().sum::<IBig>() == IBig::from(denominator.clone())
            && self
                .incentives()
                .all(|(i, from, to)| mean(&|k| self.gain(k, i, from, to)) <= IBig::ZERO)
            && self.whole.iter().all(|goal| mean(&|k| goal.at(k)) <= *value)
    }

    fn weights(&self, hint: &Hint<'_>, prices: &Prices, tolerance: f64) -> Option<Weights> {
        let goals: Vec<usize> =
            (0..self.whole.len()).filter(|&j| hint.shares[j] > tolerance).collect();
        let width = goals.len() + hint.weights.len() + 1;
        let mut first = vec![IBig::ZERO; width + 1];
        first[..goals.len()].fill(IBig::ONE);
        first[width] = IBig::ONE;
        let mut rows = vec![first];
        for index in self.tight(hint, prices, tolerance) {
            let shared = goals.iter().map(|&j| self.whole[j].at(index));
            let gains = hint.weights.iter().map(|w| self.gain(index, w.player, w.from, w.to));
            rows.push(shared.chain(gains).chain([-IBig::ONE, IBig::ZERO]).collect());
        }
        let fractions = solve(&rows, width)?;
        let scale = &fractions.denominator * &self.denominator;
        let value = RBig::from_parts(fractions.numerators[width - 1].clone(), scale);
        let weights = Weights { goals, incentives: hint.weights.to_vec(), fractions, value };
        self.proves(&weights).then_some(weights)
    }

    /// The profiles that may be worth exactly the least: those of probability above zero first,
    /// then in the order of their prices.
    fn tight(&self, hint: &Hint<'_>, prices: &Prices, tolerance: f64) -> Vec<usize> {
        let (low, high) = prices
            .values
            .iter()
            .fold((f64::INFINITY, 0.0f64), |(low, high), &v| (low.min(v), high.max(v.abs())));
        let least = low + tolerance * high + prices.error;
        let mut others: Vec<(f64, usize)> = prices
            .values
            .iter()
            .enumerate()
            .filter(|&(index, &price)| {
                price <= least
                    && hint.distribution.binary_search_by_key(&index, |&(k, _)| k).is_err()
            })
            .map(|(index, &price)| (price, index))
            .collect();
        others.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        others.truncate(MOST_TIGHT);
        let probable = hint.distribution.iter().filter(|(_, p)| *p > tolerance);
        probable.map(|&(index, _)| index).chain(others.into_iter().map(|(_, k)| k)).collect()
    }

    /// Whether the weights are none below zero, the shares sum to one, and no profile is worth
    /// less than the value.
    fn proves(&self, found: &Weights) -> bool {
        let Fractions { numerators, denominator } = &found.fractions;
        let (shares, rest) = numerators.split_at(found.goals.len());
        let [weights @ .., value] = rest else { return false };
        if numerators[..numerators.len() - 1].iter().any(|w| *w < IBig::ZERO)
            || shares.iter().sum::<IBig>() != IBig::from(denominator.clone())
        {
            return false;
        }
        let goals: Vec<(&Goal<'_>, f64)> = found
            .goals
            .iter()
            .zip(shares)
            .map(|(&j, share)| {
                let share = RBig::from_parts(share.clone(), denominator.clone());
                (&self.goals[j], share.to_f64().value())
            })
            .collect();
        let rounded: Vec<Weighted> = found
            .incentives
            .iter()
            .zip(weights)
            .map(|(w, weight)| {
                let weight = self.in_payoffs(w.player, weight, denominator).to_f64().value();
                Weighted { weight, ..*w }
            })
            .collect();
        let prices = sweep(self.game, self.concept, &goals, &rounded);
        let exact = |index: usize| -> IBig {
            let goals = found.goals.iter().zip(shares).map(|(&j, s)| s * self.whole[j].at(index));
            let gains = found
                .incentives
                .iter()
                .zip(weights)
                .map(|(w, weight)| weight * self.gain(index, w.player, w.from, w.to));
            goals.chain(gains).sum()
        };
        let safe = found.value.to_f64().value();
        let safe = safe + safe.abs() * f64::EPSILON + 2.0 * prices.error;
        prices.values.iter().enumerate().all(|(k, &price)| price > safe || exact(k) >= *value)
    }

    /// A weight per level and per unit of the whole goals, as one per unit of payoff.
    fn in_payoffs(&self, player: usize, weight: &IBig, denominator: &UBig) -> RBig {
        RBig::from_parts(weight.clone(), denominator * &self.denominator)
            / self.game.exact(player).unit()
    }

    fn extreme(&self, found: Distribution, weights: Weights) -> Extreme<RBig> {
        let Fractions { numerators, denominator } = &found.probabilities;
        let share = |p: &IBig| RBig::from_parts(p.clone(), denominator.clone());
        let distribution: Vec<(usize, RBig)> = found
            .profiles
            .iter()
            .zip(numerators)
            .filter(|(_, p)| **p != IBig::ZERO)
            .map(|(&index, p)| (index, share(p)))
            .collect();
        let payoff = |i: usize| {
            let payoffs = self.game.exact(i);
            let level = |(&k, p): (&usize, &IBig)| p * payoffs.level(k);
            let mean: IBig = found.profiles.iter().zip(numerators).map(level).sum();
            payoffs.of_level(&share(&mean))
        };
        let payoffs = (0..self.sizes.len()).map(payoff).collect();
        let attained = Attained { value: found.value, distribution, payoffs };
        let Fractions { numerators, denominator } = &weights.fractions;
        let mut shares = vec![RBig::ZERO; self.whole.len()];
        for (&j, share) in weights.goals.iter().zip(numerators) {
            shares[j] = RBig::from_parts(share.clone(), denominator.clone());
        }
        let above = weights.incentives.iter().zip(&numerators[weights.goals.len()..]);
        let weight = |(w, weight): (&Weighted, &IBig)| Weighted {
            player: w.player,
            from: w.from,
            to: w.to,
            weight: self.in_payoffs(w.player, weight, denominator),
        };
        let above = above.filter(|(_, weight)| **weight != IBig::ZERO).map(weight).collect();
        let proof = Proof { shares, weights: above, bound: weights.value };
        Extreme { attained, proofs: vec![proof] }
    }
}
