//! The alignment lens: pure Nash equilibria and the range of the leading state's control
//! over all correlated equilibria.
//!
//! **Definition.** All other states choose to balance against the leading one, to bandwagon
//! with it or to abstain, or among the [`Tactics`] that were named ([`AlignmentGame`]); a
//! state's gains are counted per share of its power. Every equilibrium of that game, pure,
//! mixed or correlated, gives the leading state an expected control within the range reported,
//! so the range is a bound that no choice of equilibrium can escape.
//! **Method.** The game is tabulated, over coalitions ([`TabulatedAlignment`], three tactics)
//! or by halves ([`TacticalAlignment`], any); pure equilibria by a walk through all `k^(n−1)`
//! profiles ([`nash`]), the ends of the range by column generation ([`correlated`]). No payoff
//! is stored, but with three tactics one number for each profile.
//! **Cost.** A few walks of O(k^n·n) and some dozens of small linear programmes; with three
//! tactics on two cores a tenth of a second for 9 states, half a second for 12, some
//! seconds for 16; with five tactics and 9 states (390,625 profiles) some seconds, in 20 MB.
//! **Limits.** [`MAX_PROFILES`].
//! **References.** Waltz (1979), *Theory of International Politics*; Walt (1987), *The Origins
//! of Alliances*; Schweller (1994), Bandwagoning for profit, *Int. Security* 19; Aumann
//! (1974), *J. Math. Econ.* 1; those of each tactic with [`Posture::row`](crate::game::Posture::row).
pub mod chained;
pub mod dilemma;
pub mod roles;
pub mod window;

use std::collections::HashSet;

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::error::{Error, Result};
use crate::game::strategic::number_of;
use crate::game::{
    AlignmentGame, Chains, LedGame, StrategicGame, TabulatedAlignment, TacticalAlignment, Tactics,
};
use crate::lp::Backend;
use crate::solve::selection;
use crate::solve::strategic::correlated::{self, Correlated, LeaderControl, Lowest, Weighted};
use crate::solve::strategic::nash::{self, Nash, PureNash};
use crate::tolerance::Tolerances;
use crate::work::Work;

pub use crate::finding::alignment::{
    Alignment, AlignmentFinding, CorrelatedBound, Ends, Incentive, MAX_PROFILES, PureEquilibrium,
};

/// The most states of the base game: 3^15 profiles, a walk through which takes a few seconds.
pub const MAX_STATES: usize = 16;

/// The precision of the logit equilibrium where none is given.
pub const PRECISION: f64 = 5.0;

/// The most states that the lens takes with these tactics.
pub fn max_states(tactics: Tactics) -> usize {
    let takes = |&n: &usize| tactics.profiles(n).is_some_and(|profiles| profiles <= MAX_PROFILES);
    (2..=Coalition::MAX_PLAYERS).take_while(takes).last().unwrap_or(0)
}

/// How the lens is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The most pure Nash equilibria to list; all are counted.
    pub max_equilibria: usize,
    /// The solver of linear programmes.
    pub backend: Backend,
    /// The tolerances.
    pub tolerances: Tolerances,
    /// The tactics; `None` for those of the base game, without findings about tactics.
    pub tactics: Option<Tactics>,
    /// How commitments bind.
    pub chains: Chains,
    /// Which equilibrium is likely, with a logit equilibrium of this precision; `None` not to ask.
    pub selection: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_equilibria: 10_000,
            backend: Backend::default(),
            tolerances: Tolerances::DEFAULT,
            tactics: None,
            chains: Chains::Loose,
            selection: Some(PRECISION),
        }
    }
}

/// The equilibria of the alignment game in which the others face the state `leader`.
///
/// # Errors
/// If `leader` is not a state, there are more than [`MAX_PROFILES`] profiles, a backend fails,
/// or a result does not pass its own check.
pub fn solve(
    contest: &Contest,
    leader: usize,
    options: &Options,
    work: &Work,
) -> Result<Alignment> {
    let game = game(contest, leader, options.tactics.unwrap_or_default())?;
    let form = &*form(&game);
    let gain = options.tolerances.gain;
    let pure = match nash::pure(form, gain, options.max_equilibria, work)? {
        Nash::Decided(pure) => pure,
        Nash::Undecided { why } => return Ok(Alignment::Undecided { why }),
    };
    let ends = match ends(&game, form, &pure.first, options, work)? {
        Ok(ends) => ends,
        Err(why) => return Ok(Alignment::Undecided { why }),
    };
    let chains = match options.chains {
        Chains::Loose => None,
        Chains::Tight => match chained::solve(&game, form, options, work)? {
            Ok(found) => Some(found),
            Err(why) => return Ok(Alignment::Undecided { why }),
        },
    };
    let PureNash { profiles, total, first } = pure;
    let select = |precision| selection::solve(&game, form, &first, total, precision, work);
    let selection = options.selection.map(select).transpose()?;
    let pure_nash: Vec<_> = first.iter().map(|profile| equilibrium(&game, profile)).collect();
    let Ends { control, lowest, highest } = ends;
    Ok(Alignment::Decided(AlignmentFinding {
        leader: game.leader(),
        profiles,
        pure_nash_total: total,
        dilemma: dilemma::examine(&game, &pure_nash),
        pure_nash,
        control,
        lowest,
        highest,
        tactics: options.tactics,
        chains,
        selection,
    }))
}

/// The game, if it is not too large.
pub(in crate::solve) fn game(
    contest: &Contest,
    leader: usize,
    tactics: Tactics,
) -> Result<AlignmentGame<'_>> {
    let n = contest.len();
    if leader >= n {
        let expected = format!("one of {n} states, numbered from 0");
        return Err(Error::parameter("leader", expected, leader));
    }
    if tactics.profiles(n).is_some_and(|profiles| profiles <= MAX_PROFILES) {
        return Ok(AlignmentGame::with_tactics(contest, leader, tactics));
    }
    let most = max_states(tactics);
    Err(if tactics.is_base() {
        Error::too_large(
            format!("{n} states give 3^{} alignments", n - 1),
            format!("{MAX_STATES} states"),
            format!("keep the strongest with --top {MAX_STATES}"),
        )
    } else {
        let (k, of_leader) = (tactics.of_followers().len(), tactics.of_leader().len());
        let twice = if of_leader > 1 { "2 · " } else { "" };
        Error::too_large(
            format!("{n} states with {k} tactics give {twice}{k}^{} profiles", n - 1),
            format!("{MAX_PROFILES} profiles"),
            format!("keep the strongest with --top {most}, or name fewer --tactics"),
        )
    })
}

/// The game in the form that is fastest: the base game's own tables are faster than the general
/// ones, and give the same.
fn form<'a>(game: &AlignmentGame<'a>) -> Box<dyn LedGame + 'a> {
    if let Some(form) = TabulatedAlignment::new(game.clone()) {
        return Box::new(form);
    }
    match TacticalAlignment::new(game.clone()) {
        Some(form) => Box::new(form),
        None => Box::new(game.clone()),
    }
}

/// The range over all correlated equilibria, `equilibria` being some that are known; or why it
/// is not known.
pub(in crate::solve) fn ends(
    game: &AlignmentGame,
    form: &dyn LedGame,
    equilibria: &[Vec<usize>],
    options: &Options,
    work: &Work,
) -> Result<std::result::Result<Ends, String>> {
    let Options { backend, tolerances, .. } = options;
    let end = |sign: f64| {
        let start = best_start(form, equilibria, &|a: &[usize]| sign * form.leader_control(a));
        let objective = LeaderControl { form, sign };
        correlated::minimise_costs(form, &objective, &start, *backend, tolerances, work)
    };
    let lowest = match end(1.0)? {
        Correlated::Decided(lowest) => lowest,
        Correlated::Undecided { why } => return Ok(Err(why)),
    };
    let highest = match end(-1.0)? {
        Correlated::Decided(highest) => highest,
        Correlated::Undecided { why } => return Ok(Err(why)),
    };
    Ok(Ok(Ends {
        control: [lowest.value, -highest.value],
        lowest: bound(game, form, lowest),
        highest: bound(game, form, highest),
    }))
}

/// Of the equilibria known, the one that comes closest to the bound.
pub(in crate::solve) fn best_start(
    form: &dyn LedGame,
    equilibria: &[Vec<usize>],
    objective: &dyn Fn(&[usize]) -> f64,
) -> Vec<u64> {
    let worth = equilibria.iter().map(|profile| (objective(profile), profile));
    let start = worth.min_by(|a, b| a.0.total_cmp(&b.0));
    start.iter().map(|(_, profile)| number_of(form, profile)).collect()
}

pub(in crate::solve) fn equilibrium(game: &AlignmentGame, profile: &[usize]) -> PureEquilibrium {
    let mut control = vec![0.0; game.contest().len()];
    game.control(profile, &mut control);
    PureEquilibrium { profile: game.postures(profile), control }
}

pub(in crate::solve) fn bound(
    game: &AlignmentGame,
    form: &dyn StrategicGame,
    lowest: Lowest,
) -> CorrelatedBound {
    CorrelatedBound {
        incentives: incentives(game, &lowest.weights),
        distribution: without_dust(form, &lowest.distribution)
            .into_iter()
            .map(|(a, p)| (game.postures(a), p))
            .collect(),
        bound: lowest.bound,
    }
}

/// The distribution without what is there by rounding alone: profiles with so little
/// probability that all of them together, each times the most that a player gains there or
/// loses, are far below the tolerance of its certificate.
fn without_dust<'a>(
    form: &dyn StrategicGame,
    distribution: &'a [(Vec<usize>, f64)],
) -> Vec<(&'a [usize], f64)> {
    let most = Tolerances::DEFAULT.certificate / 8.0;
    let mut gains = vec![0.0; (0..form.players()).map(|i| form.actions(i)).sum()];
    let mut part = |(profile, p): &(Vec<usize>, f64)| {
        form.gains(profile, &mut gains);
        gains.iter().fold(1.0, |most: f64, gain| most.max(gain.abs())) * p.abs()
    };
    let parts: Vec<f64> = distribution.iter().map(&mut part).collect();
    let rising = crate::order::by(0..distribution.len(), |a, b| parts[a].total_cmp(&parts[b]));
    let mut sum = 0.0;
    let dust = rising.iter().take_while(|&&k| {
        sum += parts[k];
        sum <= most
    });
    let dust: HashSet<usize> = dust.copied().collect();
    let kept = (0..distribution.len()).filter(|k| !dust.contains(k));
    let total: f64 = kept.clone().map(|k| distribution[k].1).sum();
    kept.map(|k| (&distribution[k].0[..], distribution[k].1 / total)).collect()
}

pub(in crate::solve) fn incentives(game: &AlignmentGame, weights: &[Weighted]) -> Vec<Incentive> {
    let named = weights.iter().map(|w| {
        let postures = game.postures_of(w.player);
        Incentive { player: w.player, from: postures[w.from], to: postures[w.to], weight: w.weight }
    });
    named.collect()
}
