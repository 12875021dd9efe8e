//! Re-checks what is claimed of a game that is laid out: from its exact payoffs where the
//! claim is exact, by plain sums over profiles where it is a regret.

use dashu_int::ops::Gcd;
use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::game::StrategicTable;
use crate::game::table::{Levels, advance};
use crate::solve::dominance::Dominance;
use crate::solve::mixed::{Equilibrium, ExactEquilibrium, ExtremeEquilibria, ZeroSum};
use crate::solve::refinement::{Blocking, Refinement};
use crate::tolerance::Tolerances;

/// The most profiles of a game whose list of pure equilibria is checked to be complete.
const MAX_COMPLETE: usize = 1 << 24;

/// Whether every player's strategy in the profile is a best response. Exact.
fn is_pure_nash(game: &StrategicTable, index: usize) -> bool {
    game.roster().iter().enumerate().all(|(i, player)| {
        let (stride, k) = (game.strides()[i], player.strategies.len());
        let first = index - index / stride % k * stride;
        let others = (0..k).map(|a| first + a * stride);
        match game.exact(i).levels() {
            Levels::Small(levels) => { others }.all(|other| levels[other] <= levels[index]),
            Levels::Large(levels) => { others }.all(|other| levels[other] <= levels[index]),
        }
    })
}

/// That the profiles with these numbers are pure Nash equilibria, and, unless the game is
/// very large, that there is no other. O(profiles · Σ strategies).
pub fn pure(game: &StrategicTable, profiles: &[usize]) -> Vec<Claim> {
    let hold = profiles.iter().all(|&index| index < game.len() && is_pure_nash(game, index));
    let mut claims =
        vec![Claim::exact(format!("pure: {} profiles are Nash equilibria", profiles.len()), hold)];
    if game.len() <= MAX_COMPLETE {
        let all = (0..game.len()).filter(|&index| is_pure_nash(game, index));
        let mut listed = profiles.to_vec();
        listed.sort_unstable();
        claims.push(Claim::exact("pure: no other profile is one", all.eq(listed)));
    }
    claims
}

/// That each eliminated strategy was strictly dominated, in exact arithmetic, by the mixture
/// that is named, among what was left at its step. O(steps · profiles).
pub fn dominance(game: &StrategicTable, finding: &Dominance) -> Vec<Claim> {
    let mut left: Vec<Vec<usize>> = game.sizes().into_iter().map(|k| (0..k).collect()).collect();
    let mut claims = Vec::new();
    for step in &finding.steps {
        let known = left.get(step.player).is_some_and(|own| {
            own.contains(&step.strategy)
                && step
                    .by
                    .iter()
                    .all(|(b, w)| *b != step.strategy && own.contains(b) && *w > RBig::ZERO)
        });
        let total = step.by.iter().fold(RBig::ZERO, |sum, (_, w)| sum + w);
        let holds = known && total == RBig::ONE && {
            let others: Vec<Vec<usize>> = left
                .iter()
                .enumerate()
                .map(|(i, own)| if i == step.player { vec![step.strategy] } else { own.clone() })
                .collect();
            let sizes: Vec<usize> = others.iter().map(Vec::len).collect();
            let mut choice = vec![0; sizes.len()];
            let mut all = true;
            loop {
                let mut profile: Vec<usize> =
                    choice.iter().zip(&others).map(|(&c, own)| own[c]).collect();
                let own = RBig::from(game.exact(step.player).level(game.index(&profile)));
                let mixed = step.by.iter().fold(RBig::ZERO, |sum, (b, w)| {
                    profile[step.player] = *b;
                    sum + w * RBig::from(game.exact(step.player).level(game.index(&profile)))
                });
                all &= mixed > own;
                if !all || !advance(&mut choice, &sizes) {
                    break all;
                }
            }
        };
        let name = game.roster().get(step.player).map_or("?", |player| player.name.as_str());
        let strategy = game.roster().get(step.player).and_then(|p| p.strategies.get(step.strategy));
        claims.push(Claim::exact(
            format!(
                "dominance: {name}'s {} is strictly dominated",
                strategy.map_or("?", String::as_str)
            ),
            holds,
        ));
        if let Some(own) = left.get_mut(step.player) {
            own.retain(|&a| a != step.strategy);
        }
    }
    claims.push(Claim::exact("dominance: the others remain", left == finding.remaining));
    claims
}

/// That a pair of mixed strategies is an equilibrium with these payoffs. Exact.
pub fn exact(game: &StrategicTable, equilibrium: &ExactEquilibrium) -> Claim {
    Claim::exact(
        "mixed: two strategies are best responses to each other",
        is_exact(game, equilibrium),
    )
}

fn is_exact(game: &StrategicTable, equilibrium: &ExactEquilibrium) -> bool {
    exact_payoffs(game, &equilibrium.strategies).is_some_and(|(payoffs, holds)| {
        holds && payoffs == equilibrium.payoffs
    })
}

/// What mixed strategies pay each player, and whether none has a better reply, in whole numbers;
/// `None` if they are no mixed strategies of the game. O(players · strategies · profiles that can
/// come about).
pub fn exact_payoffs(
    game: &StrategicTable,
    strategies: &[Vec<RBig>],
) -> Option<(Vec<RBig>, bool)> {
    let sizes = game.sizes();
    let fits = strategies.len() == sizes.len()
        && strategies.iter().zip(&sizes).all(|(p, &k)| is_distribution(p, k));
    if !fits {
        return None;
    }
    // Each player's probabilities above zero over a denominator: strategy and numerator.
    let whole: Vec<(Vec<(usize, IBig)>, UBig)> = strategies.iter().map(|p| over_one(p)).collect();
    let mut holds = true;
    let mut payoffs = Vec::with_capacity(sizes.len());
    for (player, &k) in sizes.iter().enumerate() {
        let sums = sums(game, &whole, player, k);
        let best = sums.iter().max()?;
        let (own, _) = &whole[player];
        holds &= own.iter().all(|(a, _)| sums[*a] == *best);
        let mean: IBig = own.iter().map(|(a, p)| p * &sums[*a]).sum();
        let denominator = whole.iter().fold(UBig::ONE, |product, (_, d)| product * d);
        payoffs.push(game.exact(player).of_level(&RBig::from_parts(mean, denominator)));
    }
    Some((payoffs, holds))
}

/// What each strategy of a player pays in levels, times the others' denominators.
fn sums(
    game: &StrategicTable,
    whole: &[(Vec<(usize, IBig)>, UBig)],
    player: usize,
    k: usize,
) -> Vec<IBig> {
    let others: Vec<usize> = (0..whole.len()).filter(|&j| j != player).collect();
    let counts: Vec<usize> = others.iter().map(|&j| whole[j].0.len()).collect();
    let stride = game.strides()[player];
    let mut sums = vec![IBig::ZERO; k];
    let mut choice = vec![0; others.len()];
    loop {
        let mut index = 0;
        let mut weight = IBig::ONE;
        for (&c, &j) in choice.iter().zip(&others) {
            let (strategy, p) = &whole[j].0[c];
            index += strategy * game.strides()[j];
            weight *= p;
        }
        for (a, sum) in sums.iter_mut().enumerate() {
            *sum += &weight * game.exact(player).level(index + a * stride);
        }
        if !advance(&mut choice, &counts) {
            return sums;
        }
    }
}

/// The numbers above zero, and their places, over the least denominator of all.
fn over_one(p: &[RBig]) -> (Vec<(usize, IBig)>, UBig) {
    let mut denominator = UBig::ONE;
    for x in p {
        let other = x.denominator();
        denominator *= other / (&denominator).gcd(other);
    }
    let whole = |x: &RBig| x.numerator() * IBig::from(&denominator / x.denominator());
    let used = p.iter().enumerate().filter(|(_, x)| **x > RBig::ZERO);
    (used.map(|(a, x)| (a, whole(x))).collect(), denominator)
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
    let Some(payoffs) = expected_payoffs(game, strategies) else { return f64::INFINITY };
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
        (0..p.len()).map(off).fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) })
    };
    strategies.iter().enumerate().map(own).fold(0.0, f64::max)
}

fn dot(weights: &[RBig], value: impl Fn(usize) -> RBig) -> RBig {
    let used = weights.iter().enumerate().filter(|(_, w)| **w != RBig::ZERO);
    used.fold(RBig::ZERO, |sum, (i, w)| sum + w * value(i))
}

fn is_distribution(p: &[RBig], size: usize) -> bool {
    let total = p.iter().fold(RBig::ZERO, |sum, x| sum + x);
    p.len() == size && total == RBig::ONE && p.iter().all(|x| *x >= RBig::ZERO)
}

/// That all of a two-player game's extreme equilibria that are listed are equilibria, and
/// that every pair of strategies of a Nash subset is among them, so that all its mixtures
/// are equilibria too. Exact.
pub fn extreme(game: &StrategicTable, finding: &ExtremeEquilibria) -> Vec<Claim> {
    let list = &finding.equilibria;
    let hold = list.iter().all(|equilibrium| is_exact(game, equilibrium));
    let mut claims = vec![Claim::exact(
        format!("mixed: {} pairs of strategies are equilibria", list.len()),
        hold,
    )];
    if let Some(subsets) = &finding.subsets {
        let product = |subset: &Vec<usize>| {
            let known = subset.iter().all(|&e| e < list.len());
            known && {
                let distinct = |side: usize| {
                    let mut all: Vec<&Vec<RBig>> =
                        subset.iter().map(|&e| &list[e].strategies[side]).collect();
                    all.sort_unstable();
                    all.dedup();
                    all.len()
                };
                distinct(0) * distinct(1) == subset.len()
            }
        };
        claims.push(Claim::exact(
            "mixed: the Nash subsets are products",
            subsets.iter().all(product),
        ));
    }
    claims
}

/// That the strategies guarantee the two bounds on the value, and how far those are apart,
/// as a share of the span of payoffs.
pub fn zero_sum(game: &StrategicTable, finding: &ZeroSum) -> Vec<Claim> {
    let [m, n] = game.sizes()[..] else {
        return vec![Claim::exact("zero-sum: two players", false)];
    };
    let [x, y] = &finding.strategies;
    let sound = game.is_zero_sum() && is_distribution(x, m) && is_distribution(y, n);
    let value = |i: usize, j: usize| game.payoff(0, i + m * j);
    let low = sound.then(|| (0..n).map(|j| dot(x, |i| value(i, j))).min()).flatten();
    let high = sound.then(|| (0..m).map(|i| dot(y, |j| value(i, j))).max()).flatten();
    let gap = (&finding.value[1] - &finding.value[0]).to_f64().value() / game.span(0);
    vec![
        Claim::exact(
            "zero-sum: the first player's guarantee",
            low.as_ref() == Some(&finding.value[0]),
        ),
        Claim::exact(
            "zero-sum: the second player's guarantee",
            high.as_ref() == Some(&finding.value[1]),
        ),
        Claim::within("zero-sum: the guarantees meet", gap, Tolerances::DEFAULT.certificate),
    ]
}

/// That no player gains by deviating, as a share of its span of payoffs, by a plain sum over
/// the profiles for each equilibrium. O(equilibria · profiles · players).
pub fn mixed(game: &StrategicTable, equilibria: &[Equilibrium]) -> Vec<Claim> {
    equilibria
        .iter()
        .enumerate()
        .map(|(number, equilibrium)| {
            let what = format!("mixed: no player gains by leaving equilibrium {}", number + 1);
            Claim::within(
                what,
                regret(game, &equilibrium.strategies),
                Tolerances::DEFAULT.certificate,
            )
        })
        .collect()
}

/// The largest regret over the players' spans; infinite if these are no mixed strategies.
fn regret(game: &StrategicTable, strategies: &[Vec<f64>]) -> f64 {
    let Some(payoffs) = expected_payoffs(game, strategies) else { return f64::INFINITY };
    let regret = |(values, p): (&Vec<f64>, &Vec<f64>)| {
        let mean: f64 = values.iter().zip(p).map(|(v, p)| v * p).sum();
        values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - mean
    };
    payoffs.iter().zip(strategies).map(regret).fold(0.0, f64::max)
}

/// What each strategy pays on average, from 0 to 1 over the player's span, by a plain sum over
/// profiles; `None` if these are no mixed strategies.
fn expected_payoffs(game: &StrategicTable, strategies: &[Vec<f64>]) -> Option<Vec<Vec<f64>>> {
    let sizes = game.sizes();
    let is_one = |(p, &k): (&Vec<f64>, &usize)| {
        p.len() == k && p.iter().all(|&x| x >= 0.0) && (p.iter().sum::<f64>() - 1.0).abs() < 1e-9
    };
    if strategies.len() != sizes.len() || !strategies.iter().zip(&sizes).all(is_one) {
        return None;
    }
    let n = sizes.len();
    let mut gains: Vec<Vec<f64>> = sizes.iter().map(|&k| vec![0.0; k]).collect();
    let payoffs: Vec<Vec<f64>> = (0..n).map(|i| game.normalized(i)).collect();
    let mut profile = vec![0; n];
    for _ in 0..game.len() {
        let index = game.index(&profile);
        for (i, gains) in gains.iter_mut().enumerate() {
            let others: f64 =
                (0..n).filter(|&j| j != i).map(|j| strategies[j][profile[j]]).product();
            gains[profile[i]] += others * payoffs[i][index];
        }
        advance(&mut profile, &sizes);
    }
    Some(gains)
}

/// That the stable profiles are Nash equilibria, and that each coalition named makes every
/// member strictly better off by its own deviation. Exact.
pub fn refinement(game: &StrategicTable, finding: &Refinement) -> Vec<Claim> {
    let nash =
        |profile: &Vec<usize>| fits(game, profile) && is_pure_nash(game, game.index(profile));
    vec![
        Claim::exact(
            "refinement: the stable profiles are Nash equilibria",
            finding.stable.iter().all(nash),
        ),
        Claim::exact(
            "refinement: the other Nash equilibria are upset",
            finding
                .upset
                .iter()
                .all(|(profile, blocking)| nash(profile) && blocks(game, profile, blocking)),
        ),
    ]
}

/// As [`refinement`], and that no coalition at all gains from a stable profile, by a look at
/// every profile. O(stable · profiles · players).
pub fn strong(game: &StrategicTable, finding: &Refinement) -> Vec<Claim> {
    let mut claims = refinement(game, finding);
    let stable = finding.stable.iter().filter(|profile| fits(game, profile)).all(|profile| {
        (0..game.len()).all(|other| {
            let deviation = game.profile(other);
            let coalition = (0..profile.len())
                .filter(|&i| deviation[i] != profile[i])
                .fold(Coalition::EMPTY, Coalition::with);
            !blocks(game, profile, &Blocking { coalition, deviation })
        })
    });
    claims.push(Claim::exact("strong: no coalition gains by leaving", stable));
    claims
}

fn fits(game: &StrategicTable, profile: &[usize]) -> bool {
    let sizes = game.sizes();
    profile.len() == sizes.len() && profile.iter().zip(&sizes).all(|(a, k)| a < k)
}

fn blocks(game: &StrategicTable, profile: &[usize], blocking: &Blocking) -> bool {
    if !fits(game, &blocking.deviation) || blocking.coalition.is_empty() {
        return false;
    }
    let (here, there) = (game.index(profile), game.index(&blocking.deviation));
    (0..profile.len()).all(|i| {
        if blocking.coalition.contains(i) {
            game.exact(i).level(there) > game.exact(i).level(here)
        } else {
            blocking.deviation[i] == profile[i]
        }
    })
}
