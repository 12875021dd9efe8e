//! The logit equilibrium by its definition, and the branch by small steps.

use crate::certify::Claim;
use crate::certify::alignment::selection::payoffs::Payoffs;
use crate::certify::alignment::selection::worse;
use crate::finding::alignment::LogitSelection;
use crate::game::AlignmentGame;
use crate::game::posture::Side;
use crate::tolerance::Tolerances;

/// The steps of precision in which the branch is followed.
const STEPS: u32 = 50;
/// Damped replies at each of them, and at most at the last.
const REPLIES: u32 = 5;
const LAST_REPLIES: u32 = 400;
/// How much of the way to the reply is gone.
const DAMPING: f64 = 0.5;

pub(super) fn claims(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    found: &LogitSelection,
    claims: &mut Vec<Claim>,
    unexamined: &mut Vec<String>,
) {
    let tolerance = Tolerances::DEFAULT.certificate;
    let sound = found.precision.is_finite() && found.precision >= 0.0;
    claims.push(Claim::exact("logit: the precision is a number, 0 or more", sound));
    let own = |(p, &actions): (&Vec<f64>, &usize)| {
        let sum: f64 = p.iter().sum();
        let all = p.iter().all(|p| *p >= 0.0 && *p <= 1.0 + tolerance);
        p.len() == actions && all && (sum - 1.0).abs() <= tolerance
    };
    let n = game.contest().len();
    let shaped = found.probabilities.len() == payoffs.actions.len()
        && found.probabilities.iter().zip(&payoffs.actions).all(own)
        && [&found.pairs.both_balance, &found.pairs.same_side].map(|m| m.dim()) == [(n, n); 2];
    claims.push(Claim::exact("logit: a probability for each posture and pair", shaped));
    if !sound || !shaped {
        return;
    }
    claims.push(Claim::within(
        "logit: odds are as much better as utility over power, times the precision",
        residual(payoffs, &found.probabilities, found.precision),
        tolerance,
    ));
    let (control, above) = leader(game, payoffs, &found.probabilities);
    let off = (control - found.control).abs();
    claims.push(Claim::within("logit: the leading state's expected control", off, tolerance));
    let off = (above - found.above_threshold).abs();
    claims.push(Claim::within("logit: how likely it is above the threshold", off, tolerance));
    claims.push(Claim::within("logit: how likely pairs stand together", pairs(game, found), {
        tolerance
    }));
    if !is_followed(payoffs, found) {
        unexamined.push("logit: that it is on the branch from uniform play".into());
    }
}

/// What each of a player's actions pays on average: the others are summed out, one by one.
fn expected(payoffs: &Payoffs, play: &[Vec<f64>], player: usize) -> Vec<f64> {
    let mut values = payoffs.of[player].clone();
    // The last player's action changes fastest.
    for own in play[player + 1..].iter().rev() {
        let sum = |block: &[f64]| block.iter().zip(own).map(|(value, p)| value * p).sum();
        values = values.chunks_exact(own.len()).map(sum).collect();
    }
    for own in &play[..player] {
        let stride = values.len() / own.len();
        let sum =
            |at: usize| own.iter().enumerate().map(|(a, p)| p * values[a * stride + at]).sum();
        values = (0..stride).map(sum).collect();
    }
    values
}

/// How far the logarithms of odds are from what payoffs make them, over 1 plus that. Probabilities
/// too small for floats count as 0 where they are.
fn residual(payoffs: &Payoffs, play: &[Vec<f64>], precision: f64) -> f64 {
    let mut off = 0.0;
    for (player, own) in play.iter().enumerate() {
        let worth = expected(payoffs, play, player);
        let best = (0..own.len()).max_by(|&a, &b| own[a].total_cmp(&own[b])).unwrap_or(0);
        for (p, u) in own.iter().zip(&worth) {
            let odds = precision * (u - worth[best]);
            let vanishes = *p <= 0.0 && odds < -700.0;
            let apart = ((p / own[best]).ln() - odds).abs() / (1.0 + odds.abs());
            off = worse(off, if vanishes { 0.0 } else { apart });
        }
    }
    off
}

/// The leading state's expected control, and the probability that it is above the threshold.
fn leader(game: &AlignmentGame, payoffs: &Payoffs, play: &[Vec<f64>]) -> (f64, f64) {
    let contest = game.contest();
    let bound = contest.parameters().threshold + Tolerances::DEFAULT.verdict;
    let mut control = vec![0.0; contest.len()];
    let (mut mean, mut above) = (0.0, 0.0);
    for at in 0..payoffs.profiles() {
        let profile = payoffs.profile(at);
        game.control(&profile, &mut control);
        let here = control[game.leader()];
        let weight = profile.iter().zip(play).fold(1.0, |weight, (&a, own)| weight * own[a]);
        mean += weight * here;
        above += if here > bound { weight } else { 0.0 };
    }
    (mean, above)
}

/// How far the pairs' probabilities are from those of independent choices.
fn pairs(game: &AlignmentGame, found: &LogitSelection) -> f64 {
    let n = game.contest().len();
    let stands = |state: usize, side: Side| {
        let Some(player) = game.followers().iter().position(|&follower| follower == state) else {
            return if side == Side::With { 1.0 } else { 0.0 };
        };
        let own = game.postures_of(player).iter().zip(&found.probabilities[player]);
        own.filter(|(posture, _)| posture.side() == side).map(|(_, p)| p).sum::<f64>()
    };
    let mut off = 0.0;
    for i in 0..n {
        for j in 0..n {
            let both = |side| if i == j { 0.0 } else { stands(i, side) * stands(j, side) };
            let against = both(Side::Against);
            off = worse(off, (found.pairs.both_balance[[i, j]] - against).abs());
            let same = against + both(Side::With);
            off = worse(off, (found.pairs.same_side[[i, j]] - same).abs());
        }
    }
    off
}

/// Whether damped replies at rising precision lead from uniform play to what was found.
fn is_followed(payoffs: &Payoffs, found: &LogitSelection) -> bool {
    let uniform = |&actions: &usize| vec![1.0 / actions as f64; actions];
    let mut play: Vec<Vec<f64>> = payoffs.actions.iter().map(uniform).collect();
    for step in 1..=STEPS {
        let precision = found.precision * f64::from(step) / f64::from(STEPS);
        let replies = if step == STEPS { LAST_REPLIES } else { REPLIES };
        for _ in 0..replies {
            if reply(payoffs, &mut play, precision) < Tolerances::DEFAULT.certificate / 100.0 {
                break;
            }
        }
    }
    let apart = play.iter().flatten().zip(found.probabilities.iter().flatten());
    apart.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 1e-6
}

/// Goes a part of the way to the logit replies; how far that was.
fn reply(payoffs: &Payoffs, play: &mut [Vec<f64>], precision: f64) -> f64 {
    let replies: Vec<Vec<f64>> = (0..play.len())
        .map(|player| {
            let worth = expected(payoffs, play, player);
            let most = worth.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let odds: Vec<f64> = worth.iter().map(|u| (precision * (u - most)).exp()).collect();
            let total: f64 = odds.iter().sum();
            odds.iter().map(|o| o / total).collect()
        })
        .collect();
    let mut far = 0.0f64;
    for (own, reply) in play.iter_mut().flatten().zip(replies.iter().flatten()) {
        far = far.max((reply - *own).abs());
        *own += DAMPING * (reply - *own);
    }
    far
}
