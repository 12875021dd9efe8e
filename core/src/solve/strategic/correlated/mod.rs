//! The extremes of an expectation over all correlated equilibria of a game.
//!
//! **Definition.** A distribution `μ` over profiles is a correlated equilibrium if no player,
//! told its part of the profile drawn, gains by playing something else:
//! `Σ_{a: a_i = α} μ(a)·gain_i(a → β) ≤ 0` for every player `i` and actions `α ≠ β`
//! (Aumann 1974). Here it may gain `slack` at most, so that whatever counts as a pure Nash
//! equilibrium counts as a correlated one. One exists always (Hart & Schmeidler 1989).
//!
//! **Method.** Minimise `E_μ[f]`, a linear programme with a column for each profile. Only
//! the columns that matter are generated. The dual over the profiles known,
//!
//! maximise `t − slack·Σy`  subject to  `t ≤ f(a) + Σ y·gain(a)` for each, `y ≥ 0, Σy ≤ cap`,
//!
//! gives prices `y`; a scan of *all* profiles finds those with `f(a) + Σ y·gain(a) < t`, the
//! most violated of them are added, and when there is none left `t` is the proved bound. The
//! cap makes the programme bounded however few profiles are known: it is the exact penalty
//! `cap·z` on the largest excess `z` over an incentive, so as long as the known profiles
//! carry no equilibrium at all the same loop looks for one. A penalty paid at the end says that
//! the cap was too low, and it is raised. The primal over the known profiles gives the
//! distribution.
//!
//! Both come from one basis of a small dense simplex on the primal, which goes on from its
//! last basis whenever profiles are added. Where it gives up, or its answer leaves a gap, the
//! same programmes are solved from scratch by that simplex in pairs of floats, which know 32
//! digits, and if need be through the LP backend ([`Masters`]).
//!
//! A scan is the expensive step of large games. Before each, the candidates that the last one
//! left over are priced again, and a walk downhill from each column, one player's action at a
//! time, looks for others; only where both find nothing are all profiles gone through, those of
//! a table line by line. Columns that do not matter for a while are dropped, once each.
//!
//! **Proof.** The bound returned is the minimum that a scan really found at the `y` returned,
//! whatever the linear programmes did; that the distribution attains it closes the gap.
//!
//! **Cost.** A few scans, each O(profiles · deviations with `y > 0`), and some dozens of masters
//! of some dozens of pivots, each O(incentives · those that bind). Memory for the generated
//! columns, and for the square of the incentives. Random tables of ten players with three
//! strategies take less than a tenth of a second of processor time for an end, of thirteen
//! two seconds.
//!
//! **Limits.** Games small enough to be scanned a few times; beyond 2048 incentives the backend
//! alone. Where gains of very different sizes meet (1 to 10^8), the simplex may give up and a
//! backend may break down; it is tried again with the smallest left out, and what comes of it is
//! an error unless the gap closes. Of several optimal distributions one is returned, always the
//! same; another solver of the masters may come to another one.
//!
//! **References.** Aumann (1974), Subjectivity and correlation in randomized strategies,
//! *J. Math. Econ.* 1; Hart & Schmeidler (1989), Existence of correlated equilibria, *Math.
//! Oper. Res.* 14; Dantzig & Wolfe (1960), Decomposition principle for linear programs, *Oper.
//! Res.* 8; Gilmore & Gomory (1961), A linear programming approach to the cutting-stock problem,
//! *Oper. Res.* 9 (column generation); Kelley (1960), The cutting-plane method, *J. SIAM* 8 (the
//! same on the dual).

mod by_backend;
mod costs;
mod exact;
mod findings;
mod generation;
mod inverse;
mod master;
mod objective;
mod pricing;
mod range;
mod real;
mod scaled;
mod shift;
mod simplex;
mod sweep;
mod whole_simplex;

use self::costs::Costs;
pub(in crate::solve) use self::costs::LeaderControl;
use self::generation::{Ended, Problem, Setting};
use crate::error::Result;
use crate::game::StrategicGame;
use crate::game::strategic::Incentives;
use crate::lp::Backend;
use crate::tolerance::Tolerances;
use crate::work::Work;

pub use findings::{Attained, Bounds, Concept, End, Extreme, Partial, Proof, Range, Ranged};
pub use objective::Objective;
pub use range::range;

pub use crate::finding::strategic::correlated::Weighted;

/// The lowest expectation over all correlated equilibria, attained and proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Lowest {
    /// The expectation under `distribution`.
    pub value: f64,
    /// A correlated equilibrium that attains it: profiles, in their order, and probabilities.
    pub distribution: Vec<(Vec<usize>, f64)>,
    /// Incentive constraints with weights above zero.
    pub weights: Vec<Weighted>,
    /// The minimum over all profiles `a` of `f(a) + Σ weight·gain(a)`, summed over the
    /// incentives that `a` meets.
    pub bound: f64,
    /// The number of profiles that are columns in the end.
    pub columns: usize,
    /// The number of scans of all profiles.
    pub scans: usize,
}

/// What came of the minimisation.
#[derive(Debug, Clone, PartialEq)]
pub enum Correlated {
    /// The lowest expectation.
    Decided(Lowest),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}

/// A proof that there is no equilibrium: a bound on an expectation that the function cannot
/// attain.
#[derive(Debug, Clone, PartialEq)]
pub struct Refutation {
    /// Incentive constraints with weights above zero.
    pub weights: Vec<Weighted>,
    /// As of [`Lowest`]; above all that the function can be.
    pub bound: f64,
}

/// What came of the minimisation where there may be no equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub enum Sought {
    /// There are equilibria, or the time was up first.
    Some(Correlated),
    /// There is none.
    None(Refutation),
}

/// The lowest expectation of `objective`, a function of profiles, over all correlated
/// equilibria of `game`. `start` names profiles to begin with, by their numbers: equilibria,
/// where some are known. For the highest, minimise the negative.
///
/// A player may gain `tolerances.gain` by an incentive; a profile is added while it violates
/// the bound by more than `tolerances.separation`.
///
/// # Errors
/// If the game has no profile, or more than can be numbered; if the simplex gives up and the
/// backend fails; if the
/// bound proved falls short of the value attained by more than `tolerances.certificate`.
pub fn minimise(
    game: &dyn StrategicGame,
    objective: &(dyn Fn(&[usize]) -> f64 + Sync),
    start: &[u64],
    masters: impl Into<Masters>,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Correlated> {
    minimise_costs(game, &objective, start, masters, tolerances, work)
}

/// As [`minimise`], of costs that may be worked out for many profiles at once.
pub(in crate::solve) fn minimise_costs(
    game: &dyn StrategicGame,
    objective: &dyn Costs,
    start: &[u64],
    masters: impl Into<Masters>,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Correlated> {
    let problem = Problem { game, objective, incentives: Incentives::of(game), start };
    let setting = Setting { masters: masters.into(), tolerances, work };
    Ok(answer(generation::minimise(problem, setting)?))
}

/// As [`minimise`], of a game whose gains are not those of single players' deviations, so that
/// it may have no correlated equilibrium: that is proved by a bound above `ceiling`, which the
/// objective must not exceed at any profile.
///
/// # Errors
/// As [`minimise`].
pub fn minimise_if_any(
    game: &dyn StrategicGame,
    objective: &(dyn Fn(&[usize]) -> f64 + Sync),
    ceiling: f64,
    start: &[u64],
    masters: impl Into<Masters>,
    tolerances: &Tolerances,
    work: &Work,
) -> Result<Sought> {
    let problem = Problem { game, objective: &objective, incentives: Incentives::of(game), start };
    let setting = Setting { masters: masters.into(), tolerances, work };
    let found = generation::minimise_or_refute(problem, ceiling, setting)?;
    Ok(found.map_or_else(Sought::None, |ended| Sought::Some(answer(ended))))
}

fn answer(ended: Ended) -> Correlated {
    match ended {
        Ended::Decided(lowest) => Correlated::Decided(lowest),
        Ended::Stopped(_) => Correlated::Undecided { why: TIME_WAS_UP.into() },
    }
}

/// Who solves the programmes over the profiles known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Masters {
    /// A warm-started simplex made for them, in floats, where that gives up in pairs of them, and
    /// this backend where that does too.
    Simplex(Backend),
    /// This backend alone, each from scratch.
    Backend(Backend),
}

impl Masters {
    /// The backend.
    pub const fn backend(self) -> Backend {
        match self {
            Self::Simplex(backend) | Self::Backend(backend) => backend,
        }
    }
}

/// The simplex, with this backend to fall back on.
impl From<Backend> for Masters {
    fn from(backend: Backend) -> Self {
        Self::Simplex(backend)
    }
}

/// Why a minimisation is undecided.
const TIME_WAS_UP: &str = "the time was up before the bound on correlated equilibria was proved";
