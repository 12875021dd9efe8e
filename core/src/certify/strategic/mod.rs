//! Re-checks what is claimed of a game that is laid out: from its exact payoffs where the
//! claim is exact, by plain sums over profiles where it is a regret.
pub mod beliefs;
pub mod coalition_proof;
pub mod correlated;
pub mod mixed;
pub mod supports;
pub mod vertices;

use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::finding::strategic::Dominance;
use crate::finding::strategic::mixed::{Equilibrium, ExactEquilibrium, ExtremeEquilibria, ZeroSum};
use crate::finding::strategic::{Blocking, Refinement};
use crate::game::StrategicTable;
use crate::game::table::{Levels, advance};
use crate::tolerance::Tolerances;

/// The most profiles of a game whose list of pure equilibria is checked to be complete.
const MAX_COMPLETE: usize = 1 << 24;

/// Whether every player's strategy in the profile is a best response. Exact.
pub(in crate::certify) fn is_pure_nash(game: &StrategicTable, index: usize) -> bool {
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

/// Whether every player's strategy in the profile, one for each player, is a best response. Exact.
pub fn is_equilibrium(game: &StrategicTable, profile: &[usize]) -> bool {
    fits(game, profile) && is_pure_nash(game, game.index(profile))
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
    mixed::exact_payoffs(game, &equilibrium.strategies)
        .is_some_and(|(payoffs, holds)| holds && payoffs == equilibrium.payoffs)
}

fn dot(weights: &[RBig], value: impl Fn(usize) -> RBig) -> RBig {
    let used = weights.iter().enumerate().filter(|(_, w)| **w != RBig::ZERO);
    used.fold(RBig::ZERO, |sum, (i, w)| sum + w * value(i))
}

fn is_distribution(p: &[RBig], size: usize) -> bool {
    p.len() == size && mixed::distribution(p).is_some()
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

/// That no player gains by deviating, as a share of its span of payoffs.
/// O(equilibria · profiles · players).
pub fn mixed(game: &StrategicTable, equilibria: &[Equilibrium]) -> Vec<Claim> {
    let claim = |(number, equilibrium): (usize, &Equilibrium)| {
        let what = format!("mixed: no player gains by leaving equilibrium {}", number + 1);
        let outcome = outcome(game, &equilibrium.strategies);
        let regret = outcome.map_or(f64::INFINITY, |outcome| outcome.regret(game));
        Claim::within(what, regret, Tolerances::DEFAULT.certificate)
    };
    equilibria.iter().enumerate().map(claim).collect()
}

/// What mixed strategies come to.
pub struct Outcome {
    /// Each player's expected payoff.
    pub payoffs: Vec<f64>,
    /// How much more each player's best reply would pay it.
    pub regrets: Vec<f64>,
    /// What each strategy pays, from 0 for the player's lowest payoff to 1 for its highest.
    pub replies: Vec<Vec<f64>>,
}

impl Outcome {
    /// The largest regret, each over its player's span of payoffs.
    pub fn regret(&self, game: &StrategicTable) -> f64 {
        let shares = self.regrets.iter().enumerate().map(|(i, regret)| regret / game.span(i));
        shares.fold(0.0, |a, b| if b.is_nan() || b > a { b } else { a })
    }
}

/// What these mixed strategies come to, by plain sums over the profiles; `None` if they are no
/// mixed strategies of the game. O(profiles · players).
pub fn outcome(game: &StrategicTable, strategies: &[Vec<f64>]) -> Option<Outcome> {
    let sizes = game.sizes();
    let is_one = |(p, &k): (&Vec<f64>, &usize)| {
        p.len() == k && p.iter().all(|&x| x >= 0.0) && (p.iter().sum::<f64>() - 1.0).abs() < 1e-9
    };
    if strategies.len() != sizes.len() || !strategies.iter().zip(&sizes).all(is_one) {
        return None;
    }
    let n = sizes.len();
    // Regrets from payoffs moved and stretched to [0, 1], whatever is common to all of them.
    let shares: Vec<Vec<f64>> = (0..n).map(|i| game.normalized(i)).collect();
    let mut replies: Vec<Vec<f64>> = sizes.iter().map(|&k| vec![0.0; k]).collect();
    let mut payoffs = vec![0.0; n];
    let mut profile = vec![0; n];
    for _ in 0..game.len() {
        let index = game.index(&profile);
        for (i, replies) in replies.iter_mut().enumerate() {
            let others: f64 =
                (0..n).filter(|&j| j != i).map(|j| strategies[j][profile[j]]).product();
            replies[profile[i]] += others * shares[i][index];
            payoffs[i] += others * strategies[i][profile[i]] * game.floats(i)[index];
        }
        advance(&mut profile, &sizes);
    }
    let regret = |(i, (values, p)): (usize, (&Vec<f64>, &Vec<f64>))| {
        let mean: f64 = values.iter().zip(p).map(|(v, p)| v * p).sum();
        (values.iter().copied().fold(f64::NEG_INFINITY, f64::max) - mean) * game.span(i)
    };
    let regrets = replies.iter().zip(strategies).enumerate().map(regret).collect();
    if game.remote().is_some() {
        // Sums of numbers so large are off by more than payoffs differ.
        let mean =
            |(values, p): (&Vec<f64>, &Vec<f64>)| values.iter().zip(p).map(|(v, p)| v * p).sum();
        let means = replies.iter().zip(strategies).map(mean).enumerate();
        payoffs = means.map(|(i, mean)| game.at_share(i, mean)).collect();
    }
    Some(Outcome { payoffs, regrets, replies })
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
