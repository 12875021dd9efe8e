//! The alignment lens: pure Nash equilibria and the range of the leading state's control
//! over all correlated equilibria.
//!
//! **Definition.** All other states choose to balance against the leading one, to bandwagon
//! with it or to abstain ([`AlignmentGame`]); a state's gains are counted per share of its
//! power. Every equilibrium of that game, pure, mixed or correlated, gives the leading state
//! an expected control within the range reported, so the range is a bound that no choice of
//! equilibrium can escape.
//! **Method.** The game is tabulated over coalitions ([`TabulatedAlignment`]); pure
//! equilibria by a walk through all `3^(n−1)` profiles ([`nash`]), the ends of the range by
//! column generation ([`correlated`]).
//! **Cost.** A few walks of O(3^(n−1)·n) and some dozens of small linear programmes; on two
//! cores a tenth of a second for 9 states, half a second for 12, a third of a minute for 16.
//! **Limits.** [`MAX_STATES`].
//! **References.** Waltz (1979), *Theory of International Politics*; Walt (1987), *The Origins
//! of Alliances*; Schweller (1994), Bandwagoning for profit, *Int. Security* 19; Aumann
//! (1974), *J. Math. Econ.* 1.

use crate::contest::Contest;
use crate::error::{Error, Result};
use crate::game::strategic::number_of;
use crate::game::{AlignmentGame, Posture, TabulatedAlignment};
use crate::lp::Backend;
use crate::solve::correlated::{self, Correlated, Lowest};
use crate::solve::nash::{self, Nash};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most states: 3^15 profiles, a walk through which takes a few seconds.
pub const MAX_STATES: usize = 16;

/// How the lens is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The most pure Nash equilibria to list; all are counted.
    pub max_equilibria: usize,
    /// The solver of linear programmes.
    pub backend: Backend,
    /// The tolerances.
    pub tolerances: Tolerances,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_equilibria: 10_000,
            backend: Backend::default(),
            tolerances: Tolerances::DEFAULT,
        }
    }
}

/// What came of the lens.
#[derive(Debug, Clone, PartialEq)]
pub enum Alignment {
    /// All pure Nash equilibria and the range, proved.
    Decided(AlignmentFinding),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
    },
}
/// The alignment game's equilibria, each bound with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignmentFinding {
    /// The leading state.
    pub leader: usize,
    /// The number of profiles of the game.
    pub profiles: u64,
    /// The number of pure Nash equilibria.
    pub pure_nash_total: u64,
    /// The first of them, in the order of profiles, as many as were asked for.
    pub pure_nash: Vec<PureEquilibrium>,
    /// `[lowest, highest]` expected control of the leading state over all correlated
    /// equilibria.
    pub control: [f64; 2],
    /// Attains and proves the lowest.
    pub lowest: CorrelatedBound,
    /// Attains and proves the highest.
    pub highest: CorrelatedBound,
}

/// A pure Nash equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct PureEquilibrium {
    /// Each follower's posture, in the order of the game's players.
    pub profile: Vec<Posture>,
    /// Each state's control under it.
    pub control: Vec<f64>,
}

/// A bound on the leading state's expected control `c_h` over all correlated equilibria.
///
/// With `σ = 1` for a lower bound and `−1` for an upper one: for every profile `a`,
/// `σ·c_h(a) + Σ weight · (u_i(to, a₋ᵢ) − u_i(a)) / p_i ≥ bound` summed over the incentives
/// with `a_i = from`. A correlated equilibrium makes the expectation of that sum at most 0,
/// so its expected `σ·c_h` is at least `bound`. As for pure equilibria, a gain counts beyond a
/// tolerance only: a state may gain [`Tolerances::gain`] by each incentive, so the end of the
/// range is `bound − gain·Σ weight`, up to rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelatedBound {
    /// A correlated equilibrium that attains the bound: profiles and probabilities.
    pub distribution: Vec<(Vec<Posture>, f64)>,
    /// The incentive constraints that prove it, all weights above zero.
    pub incentives: Vec<Incentive>,
    /// The bound on `σ·c_h`.
    pub bound: f64,
}

/// The constraint that a player told to play `from` does not gain by playing `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Incentive {
    /// The player (a follower's number in the game, not the state's).
    pub player: usize,
    /// The posture that it is told to take.
    pub from: Posture,
    /// The posture that it would take instead.
    pub to: Posture,
    /// The weight of the constraint, its gain counted per share of the player's power.
    pub weight: f64,
}

/// The equilibria of the alignment game in which the others face the state `leader`.
///
/// # Errors
/// If `leader` is not a state, there are more than [`MAX_STATES`], a backend fails, or a
/// result does not pass its own check.
pub fn solve(
    contest: &Contest,
    leader: usize,
    options: &Options,
    work: &Work,
) -> Result<Alignment> {
    let n = contest.len();
    if leader >= n {
        let expected = format!("one of {n} states, numbered from 0");
        return Err(Error::parameter("leader", expected, leader));
    }
    let game = TabulatedAlignment::new(AlignmentGame::new(contest, leader));
    let Some(game) = game.filter(|_| n <= MAX_STATES) else {
        return Err(Error::too_large(
            format!("{n} states give 3^{} alignments", n - 1),
            format!("{MAX_STATES} states"),
            format!("keep the strongest with --top {MAX_STATES}"),
        ));
    };
    let gain = options.tolerances.gain;
    let pure = match nash::pure(&game, gain, options.max_equilibria, work)? {
        Nash::Decided(pure) => pure,
        Nash::Undecided { why } => return Ok(Alignment::Undecided { why }),
    };
    let end = |sign: f64| {
        let objective = |profile: &[usize]| sign * game.leader_control(profile);
        // Of the equilibria known, the one that comes closest to the bound.
        let worth = pure.first.iter().map(|profile| (objective(profile), profile));
        let start = worth.min_by(|a, b| a.0.total_cmp(&b.0));
        let start: Vec<u64> = start.iter().map(|(_, profile)| number_of(&game, profile)).collect();
        let Options { backend, tolerances, .. } = options;
        correlated::minimise(&game, &objective, &start, *backend, tolerances, work)
    };
    let lowest = match end(1.0)? {
        Correlated::Decided(lowest) => lowest,
        Correlated::Undecided { why } => return Ok(Alignment::Undecided { why }),
    };
    let highest = match end(-1.0)? {
        Correlated::Decided(highest) => highest,
        Correlated::Undecided { why } => return Ok(Alignment::Undecided { why }),
    };
    Ok(Alignment::Decided(AlignmentFinding {
        leader,
        profiles: pure.profiles,
        pure_nash_total: pure.total,
        pure_nash: pure.first.iter().map(|profile| equilibrium(&game, profile)).collect(),
        control: [lowest.value, -highest.value],
        lowest: bound(lowest),
        highest: bound(highest),
    }))
}

fn postures(profile: &[usize]) -> Vec<Posture> {
    profile.iter().map(|&action| Posture::ALL[action]).collect()
}

fn equilibrium(game: &TabulatedAlignment, profile: &[usize]) -> PureEquilibrium {
    let contest = game.game().contest();
    let mut control = vec![0.0; contest.len()];
    contest.control(&game.game().blocs(profile), &mut control);
    PureEquilibrium { profile: postures(profile), control }
}

fn bound(lowest: Lowest) -> CorrelatedBound {
    let incentives = lowest.weights.iter().map(|w| Incentive {
        player: w.player,
        from: Posture::ALL[w.from],
        to: Posture::ALL[w.to],
        weight: w.weight,
    });
    CorrelatedBound {
        incentives: incentives.collect(),
        distribution: lowest.distribution.iter().map(|(a, p)| (postures(a), *p)).collect(),
        bound: lowest.bound,
    }
}
