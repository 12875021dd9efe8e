//! The range of an objective (welfare, one player's payoff, any function of profiles, or the
//! worst-off player's expected payoff) over the correlated, or the coarse correlated,
//! equilibria of a table.
//!
//! **Definition.** A distribution is a *coarse* correlated equilibrium if no player gains by
//! deciding on one strategy before it is told anything (Moulin & Vial 1978). All correlated
//! equilibria are coarse ones.
//! **Method.** Column generation in floating point, payoffs and objective per span; then the
//! [exact solution](super::exact) of what it says decides. The lowest payoff of a worst-off
//! player is the least of the players' lowest payoffs. The highest is a saddle point: a player
//! is added who names another one and pays it its payoff; uninformed, it can be sure to pay no
//! more than the worst-off player's expected payoff.
//! **Cost.** That of one or, for the lowest of the worst-off player, `n` minimisations.
//! **Limits.** Where floats cannot tell which profiles and incentives decide, an end is known
//! to floating point only, and says so.
//! **References.** Aumann (1974), *J. Math. Econ.* 1; Moulin & Vial (1978), Strategically
//! zero-sum games, *Int. J. Game Theory* 7.

use dashu_ratio::RBig;

use super::costs::LaidOut;
use super::exact::{Hint, Instance, recover, solve_small};
use super::findings::{
    Attained, Bounds, Concept, End, Extreme, Partial, Proof, Range, Ranged, least, rounded,
};
use super::generation::{self, Ended, Problem, Reached, Setting};
use super::objective::{Goal, Objective};
use super::scaled::Scaled;
use super::shift::Shift;
use super::sweep::sweep;
use super::{Lowest, Masters, TIME_WAS_UP, Weighted};
use crate::error::{Error, Result};
use crate::game::StrategicTable;
use crate::game::strategic::Incentives;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The range of `objective` over the equilibria of `game`. `pure` names pure Nash equilibria
/// by the numbers of their profiles, to begin with.
///
/// # Errors
/// As [`minimise`](super::minimise), and if the objective names what the game has not.
pub fn range(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
    pure: &[usize],
    masters: impl Into<Masters>,
    work: &Work,
) -> Result<Ranged> {
    if !objective.fits(game) {
        return Err(Error::system(
            "the objective names a player, a strategy or a profile that the game has not",
            "name those of the game",
        ));
    }
    let masters = masters.into();
    match Shift::of(game, objective) {
        Some(shift) => {
            let found = near(&shift.game, concept, &shift.objective, pure, masters, work)?;
            Ok(shift.back(found))
        }
        None => near(game, concept, objective, pure, masters, work),
    }
}

/// The same of payoffs near enough to zero for floats to tell them apart.
fn near(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
    pure: &[usize],
    masters: Masters,
    work: &Work,
) -> Result<Ranged> {
    let tolerances = Tolerances { gain: 0.0, ..Tolerances::DEFAULT };
    let setting = Setting { masters, tolerances: &tolerances, work };
    let values = objective.values(game);
    let search = Search { game, concept, pure, setting };
    let (lowest, highest) = match (objective.shares(game.roster().len()), &values) {
        (Some(shares), _) => search.both(&Goal::sum(game, &shares), &shares)?,
        (None, Some(values)) => search.both(&Goal { terms: vec![(values, RBig::ONE)] }, &[])?,
        (None, None) => (search.lowest_of_the_worst_off()?, search.highest_of_the_worst_off()?),
    };
    Ok(match (lowest, highest) {
        (Side::Decided(lowest), Side::Decided(highest)) => {
            Ranged::Decided(Box::new(Range { lowest, highest }))
        }
        (lowest, highest) => {
            let bounds = Bounds { lowest: lowest.known(), highest: highest.known() };
            Ranged::Undecided { why: TIME_WAS_UP.into(), bounds }
        }
    })
}

/// The most pure equilibria to begin with.
const STARTS: usize = 64;

/// An end, or what is known of it.
enum Side {
    Decided(End),
    Stopped(Partial),
}

impl Side {
    fn known(self) -> Partial {
        match self {
            Self::Decided(End { float, .. }) => {
                Partial { attained: Some(float.attained), proofs: float.proofs }
            }
            Self::Stopped(partial) => partial,
        }
    }
}

struct Search<'a> {
    game: &'a StrategicTable,
    concept: Concept,
    pure: &'a [usize],
    setting: Setting<'a>,
}

impl Search<'_> {
    /// Both ends of a function's range, which is a sum of payoffs with these shares or no sum
    /// of payoffs.
    fn both(&self, goal: &Goal<'_>, shares: &[RBig]) -> Result<(Side, Side)> {
        let lowest = self.single(goal, shares, 1.0)?;
        let highest = self.single(goal, shares, -1.0)?;
        Ok((lowest, highest))
    }

    /// The lowest (`sign` 1) or the highest (−1) expectation of a function of profiles.
    fn single(&self, goal: &Goal<'_>, shares: &[RBig], sign: f64) -> Result<Side> {
        let values = sweep(self.game, self.concept, &[(goal, 1.0)], &[]).values;
        let (low, high) = ends(&values);
        let reach = if high > low { high - low } else { 1.0 };
        let game = Scaled::new(self.game, None);
        let costs = LaidOut(values.iter().map(|value| sign * ((value - low) / reach)).collect());
        let start = self.starts(&game, |_| None);
        let floats: Vec<f64> = shares.iter().map(rounded).collect();
        let proof = |weights: Vec<Weighted>| {
            let prices = sweep(self.game, self.concept, &[(goal, sign)], &weights);
            Proof { shares: floats.clone(), weights, bound: sign * prices.lowest() }
        };
        let attained = |distribution: Vec<(usize, f64)>| {
            let value = distribution.iter().map(|&(index, p)| p * values[index]).sum();
            self.attained(value, distribution)
        };
        let (profiles, weights) = match self.minimise(&game, &costs, &start)? {
            Ended::Decided(lowest) => (lowest.distribution, lowest.weights),
            Ended::Stopped(Reached { weights, distribution }) => {
                let worth = |&index: &usize| sign * values[index];
                let pure = self.pure.iter().copied();
                let pure = pure.min_by(|a, b| worth(a).total_cmp(&worth(b)));
                let found = distribution.map(|found| self.numbered(&game, &found));
                let known = [found, pure.map(|index| vec![(index, 1.0)])];
                let best = known.into_iter().flatten().map(attained);
                return Ok(Side::Stopped(Partial {
                    attained: best.min_by(|a, b| (sign * a.value).total_cmp(&(sign * b.value))),
                    proofs: vec![proof(self.in_payoffs(&weights, reach))],
                }));
            }
        };
        let distribution = self.numbered(&game, &profiles);
        let weights = self.in_payoffs(&weights, reach);
        let signed = [goal.times(&if sign > 0.0 { RBig::ONE } else { RBig::from(-1) })];
        let instance = Instance { game: self.game, concept: self.concept, goals: &signed };
        let hint = Hint { distribution: &distribution, shares: &[1.0], weights: &weights };
        if let Some(mut exact) = self.recovered(&instance, &hint) {
            if sign < 0.0 {
                exact.negate();
            }
            exact.proofs.iter_mut().for_each(|proof| proof.shares = shares.to_vec());
            return Ok(Side::Decided(End { float: exact.rounded(), exact: Some(exact) }));
        }
        let float = Extreme { attained: attained(distribution), proofs: vec![proof(weights)] };
        Ok(Side::Decided(End { float, exact: None }))
    }

    fn lowest_of_the_worst_off(&self) -> Result<Side> {
        let n = self.game.roster().len();
        let mut ends = Vec::with_capacity(n);
        let mut partials: Vec<Partial> = Vec::with_capacity(n);
        for player in 0..n {
            let mut shares = vec![RBig::ZERO; n];
            shares[player] = RBig::ONE;
            let side = self.single(&Goal::sum(self.game, &shares), &shares, 1.0)?;
            if let Side::Decided(end) = &side {
                ends.push(end.clone());
            }
            partials.push(side.known());
        }
        if ends.len() == n {
            return Ok(Side::Decided(least(ends)));
        }
        // A player's payoff is no less than the worst-off player's.
        let proofs = partials.iter().flat_map(|partial| partial.proofs.clone()).collect();
        let known = partials.into_iter().filter_map(|partial| partial.attained);
        let worst = |attained: Attained| {
            let value = attained.payoffs.iter().copied().fold(f64::INFINITY, f64::min);
            Attained { value, ..attained }
        };
        let attained = known.map(worst).min_by(|a, b| a.value.total_cmp(&b.value));
        Ok(Side::Stopped(Partial { attained, proofs }))
    }

    fn highest_of_the_worst_off(&self) -> Result<Side> {
        let n = self.game.roster().len();
        let (low, high) = (0..n)
            .map(|i| ends(self.game.floats(i)))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |a, b| (a.0.min(b.0), a.1.max(b.1)));
        let reach = if high > low { high - low } else { 1.0 };
        let scaled = |i: usize| self.game.floats(i).iter().map(|u| (u - low) / reach);
        let named: Vec<f64> = (0..n).flat_map(scaled).collect();
        let game = Scaled::new(self.game, Some(&named));
        let costs = LaidOut(named.iter().map(|paid| -paid).collect());
        let paid = |i: usize, index: usize| named[i * self.game.len() + index];
        let worst_off =
            |index: usize| (0..n).min_by(|&i, &j| paid(i, index).total_cmp(&paid(j, index)));
        let start = self.starts(&game, worst_off);
        let (profiles, weights, stopped) = match self.minimise(&game, &costs, &start)? {
            Ended::Decided(lowest) => (Some(lowest.distribution), lowest.weights, false),
            Ended::Stopped(reached) => (reached.distribution, reached.weights, true),
        };
        let (of_payer, weights): (Vec<Weighted>, Vec<Weighted>) =
            weights.into_iter().partition(|w| w.player == n);
        let weights = self.in_payoffs(&weights, reach);
        let total: f64 = of_payer.iter().map(|w| w.weight).sum();
        let mut shares = vec![if total > 0.0 { 0.0 } else { 1.0 / n as f64 }; n];
        for w in of_payer {
            shares[w.to] += w.weight / total;
        }
        let unit = |player: usize, one: RBig| Goal { terms: vec![(self.game.exact(player), one)] };
        let negative: Vec<Goal<'_>> = (0..n).map(|i| unit(i, RBig::from(-1))).collect();
        let attained = |distribution: Vec<(usize, f64)>| {
            let found = self.attained(0.0, distribution);
            let value = found.payoffs.iter().copied().fold(f64::INFINITY, f64::min);
            Attained { value, ..found }
        };
        let proof = || {
            let goals: Vec<(&Goal<'_>, f64)> =
                negative.iter().zip(shares.iter().copied()).collect();
            let prices = sweep(self.game, self.concept, &goals, &weights);
            Proof { shares: shares.clone(), weights: weights.clone(), bound: -prices.lowest() }
        };
        let Some(distribution) =
            profiles.filter(|_| !stopped).map(|profiles| self.numbered(&game, &profiles))
        else {
            let pure = self.pure.iter().map(|&index| attained(vec![(index, 1.0)]));
            let attained = pure.max_by(|a, b| a.value.total_cmp(&b.value));
            return Ok(Side::Stopped(Partial { attained, proofs: vec![proof()] }));
        };
        let instance = Instance { game: self.game, concept: self.concept, goals: &negative };
        let hint = Hint { distribution: &distribution, shares: &shares, weights: &weights };
        if let Some(mut exact) = self.recovered(&instance, &hint) {
            exact.negate();
            return Ok(Side::Decided(End { float: exact.rounded(), exact: Some(exact) }));
        }
        let float = Extreme { attained: attained(distribution), proofs: vec![proof()] };
        Ok(Side::Decided(End { float, exact: None }))
    }

    /// The exact end, unless the time is up: a floating one is certified too.
    fn recovered(&self, instance: &Instance<'_>, hint: &Hint<'_>) -> Option<Extreme<RBig>> {
        let work = self.setting.work;
        if work.is_over() {
            return None;
        }
        recover(instance, hint).or_else(|| solve_small(instance, work))
    }

    fn minimise(&self, game: &Scaled<'_>, objective: &LaidOut, start: &[u64]) -> Result<Ended> {
        let informed =
            |player: usize| game.of_table(player).is_some() && self.concept == Concept::Correlated;
        let incentives = Incentives::where_informed(game, informed);
        let mut ended =
            generation::minimise(Problem { game, objective, incentives, start }, self.setting)?;
        let (Ended::Decided(Lowest { weights, .. }) | Ended::Stopped(Reached { weights, .. })) =
            &mut ended;
        let n = self.game.roster().len();
        weights.iter_mut().for_each(|w| w.player = game.of_table(w.player).unwrap_or(n));
        crate::order::sort_by_key(weights, |w| (w.player, w.from, w.to));
        Ok(ended)
    }

    /// Numbers, as the solver counts them, of the pure equilibria to begin with.
    fn starts(&self, game: &Scaled<'_>, named: impl Fn(usize) -> Option<usize>) -> Vec<u64> {
        let number = |&index: &usize| game.number(index, named(index));
        self.pure.iter().take(STARTS).map(number).collect()
    }

    /// A distribution over the table's profiles, by their numbers.
    fn numbered(&self, game: &Scaled<'_>, found: &[(Vec<usize>, f64)]) -> Vec<(usize, f64)> {
        let mut distribution: Vec<(usize, f64)> =
            found.iter().map(|(profile, p)| (game.index(profile), *p)).collect();
        crate::order::sort_by_key(&mut distribution, |&(index, _)| index);
        distribution.dedup_by(|next, first| {
            let same = next.0 == first.0;
            if same {
                first.1 += next.1;
            }
            same
        });
        distribution
    }

    /// Weights of gains per span as weights of gains in payoffs.
    fn in_payoffs(&self, weights: &[Weighted], reach: f64) -> Vec<Weighted> {
        let convert =
            |w: &Weighted| Weighted { weight: w.weight * (reach / self.game.span(w.player)), ..*w };
        weights.iter().map(convert).collect()
    }

    fn attained(&self, value: f64, distribution: Vec<(usize, f64)>) -> Attained {
        let mean = |i: usize| distribution.iter().map(|&(k, p)| p * self.game.floats(i)[k]).sum();
        let payoffs = (0..self.game.roster().len()).map(mean).collect();
        Attained { value, distribution, payoffs }
    }
}

fn ends(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    (low, values.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}
