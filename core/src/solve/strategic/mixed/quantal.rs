//! Logit equilibria at a given precision, and the precision that observed play is likeliest at.
//!
//! **Definition.** With precision `λ` each player plays `p(a) ∝ exp(λ · u(a))`, `u` being its
//! expected payoff against the others, over the game's [`unit`](StrategicGame::unit)
//! (McKelvey & Palfrey 1995). At 0 all play uniformly. There may be several at one `λ`: this is
//! the one at which the branch that begins at uniform play first comes to it.
//! **Method.** The branch is followed by arc length (Turocy 2005), through folds, and left by
//! Newton's method at `λ` itself. For a fit, the log-likelihood `Σ count · log p` and its
//! derivative are known at every point of it; where that turns from above to below zero there
//! is a maximum, found by bisection of the step.
//! **Cost.** Some dozens to hundreds of steps of O(players · profiles); 3^8 profiles take some
//! hundredths of a second.
//! **Limits.** All payoffs are laid out: at most [`MAX_PAYOFFS`] of them.
//! **References.** McKelvey & Palfrey (1995), Quantal response equilibria for normal form games,
//! *Games Econ. Behav.* 10; Turocy (2005), A dynamic homotopy interpretation of the logistic
//! quantal response equilibrium correspondence, *Games Econ. Behav.* 51.

use crate::error::{Error, Result};
use crate::finding::strategic::mixed::Quantal;
use crate::game::StrategicGame;
use crate::game::table::advance;
use crate::solve::strategic::mixed::branch::Branch;
use crate::work::Work;

/// The most payoffs (profiles × players) that are laid out.
pub const MAX_PAYOFFS: u64 = 1 << 24;

/// The most steps along the branch.
const MAX_STEPS: u32 = 20_000;
/// Up to this precision, per largest span of payoffs, the likeliest is looked for.
const MAX_FIT: f64 = 1e4;

/// What came of following the branch.
#[derive(Debug, Clone, PartialEq)]
pub enum Traced<T> {
    /// What was looked for.
    Found(T),
    /// The branch was left before.
    Stopped {
        /// The last point of it, itself a logit equilibrium of its precision.
        at: Quantal,
        /// Why, in words.
        why: &'static str,
    },
}

/// The likeliest logit equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The equilibrium, at the precision that makes observed play likeliest.
    pub at: Quantal,
    /// The log-likelihood there.
    pub log_likelihood: f64,
    /// That of uniform play.
    pub uniform: f64,
    /// Whether play grows likelier as far as the branch was followed, so that the precision is
    /// only where that was.
    pub unbounded: bool,
}

/// The logit equilibrium of a game at a precision, on the branch from uniform play. Payoffs are
/// counted in each player's [`unit`](StrategicGame::unit).
///
/// # Errors
/// If the precision is below zero or not finite, or the game has more payoffs than
/// [`MAX_PAYOFFS`].
pub fn quantal<G>(game: &G, precision: f64, work: Work<'_>) -> Result<Traced<Quantal>>
where
    G: StrategicGame + ?Sized,
{
    if !precision.is_finite() || precision < 0.0 {
        return Err(Error::parameter("precision", "a number, 0 or more", precision));
    }
    let tables = Tables::of(game)?;
    let target = precision * tables.span;
    let mut branch = Branch::new(tables.sizes.clone(), &tables.payoffs);
    if target <= 0.0 {
        return Ok(Traced::Found(tables.quantal(&branch, precision)));
    }
    work.begin("logit branch", 0);
    let found = loop {
        let before = branch.clone();
        if let Some(why) = go_on(&mut branch, work) {
            break Traced::Stopped {
                at: tables.quantal(&branch, branch.lambda() / tables.span),
                why,
            };
        }
        work.advance(1);
        if branch.lambda() < target {
            continue;
        }
        // Between the last two points.
        let part = (target - before.lambda()) / (branch.lambda() - before.lambda());
        let between = before.point.iter().zip(&branch.point);
        let between: Vec<f64> = between.map(|(a, b)| a + part * (b - a)).collect();
        if let Some(point) = branch.land(&between, target) {
            branch.point = point;
            break Traced::Found(tables.quantal(&branch, precision));
        }
        let length = before.length / 4.0;
        let steps = branch.path.steps;
        branch = before;
        branch.length = length;
        branch.path.steps = steps;
    };
    work.end();
    Ok(found)
}

/// The precision, on the branch from uniform play, at which observed play is likeliest:
/// `observed` counts how often each player was seen to play each strategy.
///
/// # Errors
/// As [`quantal`], and if the counts are not one for each strategy, 0 or more, some above.
pub fn fit<G>(game: &G, observed: &[Vec<f64>], work: Work<'_>) -> Result<Traced<Fit>>
where
    G: StrategicGame + ?Sized,
{
    let tables = Tables::of(game)?;
    let counts: Vec<f64> = observed.iter().flatten().copied().collect();
    let shaped = observed.len() == tables.sizes.len()
        && observed.iter().zip(&tables.sizes).all(|(own, &k)| own.len() == k);
    if !shaped
        || !counts.iter().all(|c| c.is_finite() && *c >= 0.0)
        || counts.iter().sum::<f64>() <= 0.0
    {
        return Err(Error::system(
            "observed play needs a count for each strategy, 0 or more, one of them above 0",
            "count how often each strategy was played",
        ));
    }
    let worth = |branch: &Branch<'_>| -> f64 {
        counts.iter().zip(&branch.point).filter(|(c, _)| **c > 0.0).map(|(c, l)| c * l).sum()
    };
    let rise = |branch: &Branch<'_>| -> f64 {
        counts.iter().zip(&branch.tangent).map(|(c, t)| c * t).sum()
    };
    let mut branch = Branch::new(tables.sizes.clone(), &tables.payoffs);
    let uniform = worth(&branch);
    let mut best = (uniform, branch.clone());
    work.begin("logit branch", 0);
    let mut slope = f64::INFINITY;
    while branch.lambda() < MAX_FIT {
        let before = branch.clone();
        if let Some(why) = go_on(&mut branch, work) {
            work.end();
            let at = tables.quantal(&branch, branch.lambda() / tables.span);
            return Ok(Traced::Stopped { at, why });
        }
        work.advance(1);
        let next = rise(&branch);
        if slope > 0.0 && next <= 0.0 && before.path.steps > 0 {
            let top = summit(&before, &branch, &rise);
            if worth(&top) > best.0 {
                best = (worth(&top), top);
            }
        }
        slope = next;
    }
    work.end();
    // At the far end it may still be rising.
    let unbounded = worth(&branch) > best.0;
    let (log_likelihood, branch) = if unbounded { (worth(&branch), branch) } else { best };
    let at = tables.quantal(&branch, branch.lambda() / tables.span);
    Ok(Traced::Found(Fit { at, log_likelihood, uniform, unbounded }))
}

/// The point between two of the branch at which the likelihood has its maximum: bisection of the
/// step from the first.
fn summit<'a>(
    before: &Branch<'a>,
    after: &Branch<'a>,
    rise: &impl Fn(&Branch<'_>) -> f64,
) -> Branch<'a> {
    let (mut low, mut high) = (0.0, after.taken);
    let mut top = after.clone();
    for _ in 0..50 {
        let mut there = before.clone();
        there.length = f64::midpoint(low, high);
        if !there.step() {
            break;
        }
        if rise(&there) > 0.0 {
            low = there.taken;
        } else {
            high = there.taken;
        }
        top = there;
        if high - low < 1e-12 {
            break;
        }
    }
    top.path.steps = after.path.steps;
    top
}

/// One step on; why there is none.
fn go_on(branch: &mut Branch<'_>, work: Work<'_>) -> Option<&'static str> {
    if work.is_over() {
        return Some("the time was up");
    }
    if branch.path.steps >= MAX_STEPS {
        return Some("the branch is too long");
    }
    (!branch.step()).then_some("the branch could not be followed any further")
}

/// A game's payoffs in units, laid out by player and divided by the largest span.
struct Tables {
    sizes: Vec<usize>,
    payoffs: Vec<Vec<f64>>,
    span: f64,
}

impl Tables {
    fn of<G: StrategicGame + ?Sized>(game: &G) -> Result<Self> {
        let n = game.players();
        let sizes: Vec<usize> = (0..n).map(|i| game.actions(i)).collect();
        let profiles = game
            .profiles()
            .filter(|all| all.checked_mul(n as u64).is_some_and(|payoffs| payoffs <= MAX_PAYOFFS));
        let Some(profiles) = profiles else {
            return Err(Error::too_large(
                format!("the payoffs of all profiles of {n} players"),
                format!("{MAX_PAYOFFS} payoffs"),
                "leave out players or strategies",
            ));
        };
        let mut payoffs = vec![Vec::with_capacity(profiles as usize); n];
        let (mut profile, mut here) = (vec![0; n], vec![0.0; n]);
        for _ in 0..profiles {
            game.payoffs(&profile, &mut here);
            for (i, (all, payoff)) in payoffs.iter_mut().zip(&here).enumerate() {
                all.push(payoff / game.unit(i));
            }
            advance(&mut profile, &sizes);
        }
        let mut span = 0.0f64;
        for own in &mut payoffs {
            let low = own.iter().copied().fold(f64::INFINITY, f64::min);
            own.iter_mut().for_each(|payoff| *payoff -= low);
            span = own.iter().copied().fold(span, f64::max);
        }
        if span > 0.0 {
            payoffs.iter_mut().flatten().for_each(|payoff| *payoff /= span);
        }
        Ok(Self { sizes, payoffs, span })
    }

    fn quantal(&self, branch: &Branch<'_>, precision: f64) -> Quantal {
        Quantal {
            precision,
            strategies: branch.strategies(),
            steps: branch.path.steps,
            turns: branch.path.folds,
        }
    }
}
