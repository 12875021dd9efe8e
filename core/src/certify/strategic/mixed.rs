//! Mixed strategies from the payoffs alone: what they pay in whole numbers, faces of equilibria,
//! and how far a logit equilibrium is from being one.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::strategic::{is_pure_nash, outcome};
use crate::exact::least_denominator;
use crate::game::StrategicTable;
use crate::game::table::{Levels, Payoffs, advance};

/// What mixed strategies pay each player, and whether none has a better reply, in whole numbers;
/// `None` if they are no mixed strategies of the game. O(players · strategies · profiles that can
/// come about).
pub fn exact_payoffs(game: &StrategicTable, strategies: &[Vec<RBig>]) -> Option<(Vec<RBig>, bool)> {
    let sizes = game.sizes();
    let fits = strategies.len() == sizes.len()
        && strategies.iter().zip(&sizes).all(|(p, &k)| p.len() == k);
    if !fits {
        return None;
    }
    // Each player's probabilities above zero over a denominator: strategy and numerator.
    let whole: Vec<(Vec<(usize, IBig)>, UBig)> =
        strategies.iter().map(|p| distribution(p)).collect::<Option<_>>()?;
    let (numerators, denominators): (Vec<Vec<(usize, IBig)>>, Vec<UBig>) =
        whole.into_iter().unzip();
    let narrow = |own: &Vec<(usize, IBig)>| {
        own.iter().map(|(a, p)| Some((*a, i128::try_from(p).ok()?))).collect()
    };
    let narrow: Option<Vec<Vec<(usize, i128)>>> = numerators.iter().map(narrow).collect();
    let denominator = denominators.iter().product::<UBig>();
    let mut holds = true;
    let mut payoffs = Vec::with_capacity(sizes.len());
    for (player, &k) in sizes.iter().enumerate() {
        let short = narrow.as_ref().and_then(|whole| reply(game, whole, player, k));
        let (mean, best) = match short {
            Some((mean, best)) => (mean.into(), best),
            None => reply(game, &numerators, player, k)?,
        };
        holds &= best;
        payoffs.push(game.exact(player).of_level(&RBig::from_parts(mean, denominator.clone())));
    }
    Some((payoffs, holds))
}

/// Whole numbers, that may become too long.
trait Whole: Clone + Ord {
    fn nought() -> Self;
    fn level(payoffs: &Payoffs, index: usize) -> Option<Self>;
    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self>;
}

impl Whole for i128 {
    fn nought() -> Self {
        0
    }

    fn level(payoffs: &Payoffs, index: usize) -> Option<Self> {
        match payoffs.levels() {
            Levels::Small(levels) => Some(levels[index].into()),
            Levels::Large(_) => None,
        }
    }

    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self> {
        self.checked_add(a.checked_mul(*b)?)
    }
}

impl Whole for IBig {
    fn nought() -> Self {
        Self::ZERO
    }

    fn level(payoffs: &Payoffs, index: usize) -> Option<Self> {
        Some(payoffs.level(index))
    }

    fn plus_product(&self, a: &Self, b: &Self) -> Option<Self> {
        Some(self + a * b)
    }
}

/// What a player's strategies pay in levels, times all denominators, and whether none pays more
/// than those that are played. `None` if a number is too long.
fn reply<T: Whole>(
    game: &StrategicTable,
    whole: &[Vec<(usize, T)>],
    player: usize,
    k: usize,
) -> Option<(T, bool)> {
    let others: Vec<usize> = (0..whole.len()).filter(|&j| j != player).collect();
    let counts: Vec<usize> = others.iter().map(|&j| whole[j].len()).collect();
    let stride = game.strides()[player];
    let (payoffs, nought) = (game.exact(player), T::nought());
    let mut sums = vec![nought.clone(); k];
    let mut choice = vec![0; others.len()];
    loop {
        let mut index = 0;
        let mut weight: Option<T> = None;
        for (&c, &j) in choice.iter().zip(&others) {
            let (strategy, p) = &whole[j][c];
            index += strategy * game.strides()[j];
            weight = Some(match weight {
                None => p.clone(),
                Some(weight) => nought.plus_product(&weight, p)?,
            });
        }
        for (a, sum) in sums.iter_mut().enumerate() {
            let level = T::level(payoffs, index + a * stride)?;
            *sum = match &weight {
                Some(weight) => sum.plus_product(weight, &level)?,
                None => level,
            };
        }
        if !advance(&mut choice, &counts) {
            break;
        }
    }
    let best = sums.iter().max()?;
    let own = &whole[player];
    let holds = own.iter().all(|(a, _)| sums[*a] == *best);
    let mean = own.iter().try_fold(nought, |mean, (a, p)| mean.plus_product(p, &sums[*a]))?;
    Some((mean, holds))
}

/// A distribution's numbers above zero, and their places, over the least denominator of all; `None`
/// if a number is below zero or they do not add up to 1.
pub(super) fn distribution(p: &[RBig]) -> Option<(Vec<(usize, IBig)>, UBig)> {
    let denominator = least_denominator(p);
    let whole = |x: &RBig| x.numerator() * IBig::from(&denominator / x.denominator());
    let used = p.iter().enumerate().filter(|(_, x)| !x.is_zero());
    let used: Vec<(usize, IBig)> = used.map(|(a, x)| (a, whole(x))).collect();
    let one = used.iter().map(|(_, x)| x).sum::<IBig>() == IBig::from(denominator.clone());
    (one && used.iter().all(|(_, x)| *x > IBig::ZERO)).then_some((used, denominator))
}

/// That every mixture of these strategies is an equilibrium: every profile of them is one, so
/// that no player ever gains by another strategy, and all of its own pay the same. Exact.
/// O(profiles of them · strategies).
pub fn face(game: &StrategicTable, strategies: &[Vec<usize>]) -> bool {
    let sizes = game.sizes();
    let fits = strategies.len() == sizes.len()
        && strategies
            .iter()
            .zip(&sizes)
            .all(|(own, &k)| !own.is_empty() && own.iter().all(|&a| a < k));
    let counts: Vec<usize> = strategies.iter().map(Vec::len).collect();
    let mut choice = vec![0; counts.len()];
    fits && loop {
        let profile: Vec<usize> = choice.iter().zip(strategies).map(|(&c, own)| own[c]).collect();
        if !is_pure_nash(game, game.index(&profile)) {
            break false;
        }
        if !advance(&mut choice, &counts) {
            break true;
        }
    }
}

/// How far mixed strategies are from a logit equilibrium with a precision: the most that the
/// logarithm of two strategies' odds differs from `precision` times what the one pays more than
/// the other, over 1 plus that; infinite if they are no mixed strategies with all probabilities
/// above zero. By a plain sum over profiles. Probabilities too small for floats count as 0 where
/// they are.
pub fn logit_residual(game: &StrategicTable, strategies: &[Vec<f64>], precision: f64) -> f64 {
    let Some(outcome) = outcome(game, strategies) else { return f64::INFINITY };
    let payoffs = outcome.replies;
    let own = |(i, p): (usize, &Vec<f64>)| {
        let best = (0..p.len()).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap_or(0);
        let scale = precision * game.span(i);
        let off = |a: usize| {
            let odds = scale * (payoffs[i][a] - payoffs[i][best]);
            match p[a] > 0.0 {
                true => ((p[a] / p[best]).ln() - odds).abs() / (1.0 + odds.abs()),
                // Below the least float.
                false if odds < -700.0 => 0.0,
                false => f64::INFINITY,
            }
        };
        (0..p.len())
            .map(off)
            .fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) })
    };
    strategies.iter().enumerate().map(own).fold(0.0, f64::max)
}
