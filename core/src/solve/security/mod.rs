//! The security lens: will the states that fear one state balance, hide or bandwagon?
//!
//! **Definition.** An *equilibrium* of the [`SecurityGame`] is a profile in which every state plays
//! its best reply. The *odds* are those of best replies: from a random profile (or from all hiding)
//! one state at a time, drawn from those that would move, gives its best reply, until an
//! equilibrium or a closed cycle is reached.
//!
//! **Method.** Equilibria: depth first over the states, the strongest first; a branch ends where
//! bounds on the losses show that a stance taken cannot be a best reply (`equilibria`). Odds: the
//! graph of best replies, its strongly connected components in topological order (`graph`); above
//! [`MAX_EXACT_ODDS`] states sampled (`sample`).
//!
//! **Cost.** Equilibria: `O(3^(n−1))` at worst. Odds: `O(n · 3^(n−1))`, two vectors of that length.
//! Trust: `O(n · 2^(n−1))`.
//!
//! **Limits.** 20 states.

mod equilibria;
mod graph;
mod groups;
mod sample;
mod strong;
mod summary;
mod trust;

use crate::error::{Error, Result};
use crate::finding::security::{Security, SecurityFinding, Strength};
use crate::game::SecurityGame;
use crate::parameters::Parameters;
use crate::system::System;
use crate::threat::Threat;
use crate::work::Work;

/// The most states that the lens takes.
pub const MAX_STATES: usize = 20;
/// The most states for which odds are exact.
pub const MAX_EXACT_ODDS: usize = 13;
/// The most equilibria for which groups that would leave are looked for.
pub const MAX_STRONG: usize = 60;
/// The most groups that are listed.
pub const MAX_GROUPS: usize = 100;

/// Solves the security game in which the others of `system` face `target`. `seed` is that of the
/// sample, if there is one.
///
/// ```
/// use equipoise::finding::security::Security;
/// use equipoise::parameters::Parameters;
/// use equipoise::solve::security;
/// use equipoise::system::System;
/// use equipoise::threat::Threat;
/// use equipoise::work::Work;
///
/// let system = System::from_powers([("A", 4.0), ("B", 3.0), ("C", 2.0), ("D", 1.0)])?;
/// let parameters = Parameters::default();
/// let threat = Threat::of(&system, &parameters);
/// let found = security::solve(&system, &parameters, &threat, 0, 1, &Work::default())?;
/// let Security::Decided(found) = found else { unreachable!("there is no time limit") };
/// // All balance, or all bandwagon.
/// assert_eq!(found.equilibria.len(), 2);
/// assert!((found.odds.balancing - 49.0 / 108.0).abs() < 1e-12);
/// # Ok::<(), equipoise::error::Error>(())
/// ```
///
/// # Errors
/// If a parameter is out of range or there are more than [`MAX_STATES`] states.
pub fn solve(
    system: &System,
    parameters: &Parameters,
    threat: &Threat,
    target: usize,
    seed: u64,
    work: &Work,
) -> Result<Security> {
    if system.len() > MAX_STATES {
        return Err(Error::too_large(
            format!("the lens security on {} states", system.len()),
            format!("{MAX_STATES} states"),
            "keep the strongest with --top",
        ));
    }
    let game = SecurityGame::new(system, parameters, threat, target)?;
    work.begin("security", 0);
    let found = decided(&game, threat, seed, work);
    work.end();
    Ok(match found {
        Some(found) if found.equilibria.is_empty() && found.cycles.is_empty() => {
            let why = "there is no equilibrium, and best replies did not come to rest in a cycle \
                       that could be followed";
            Security::Undecided { why: why.into() }
        }
        Some(found) => Security::Decided(Box::new(found)),
        None => Security::Undecided { why: "the time was up".into() },
    })
}

/// The finding; `None` if the time was up.
fn decided(
    game: &SecurityGame,
    threat: &Threat,
    seed: u64,
    work: &Work,
) -> Option<SecurityFinding> {
    let profiles = equilibria::find(game, work)?;
    let exact = game.shares().len() <= MAX_EXACT_ODDS;
    let (ends, sampled) = if exact {
        (graph::ends(game, &profiles, work)?, None)
    } else {
        let (ends, sampled) = sample::ends(game, &profiles, seed, work)?;
        (ends, Some(sampled))
    };
    let strengths = if exact && profiles.len() <= MAX_STRONG {
        profiles.iter().map(|profile| strong::of(game, profile, work)).collect::<Option<_>>()?
    } else {
        vec![Strength::Unknown; profiles.len()]
    };
    let summary = summary::of(game, profiles, ends, strengths, sampled);
    Some(SecurityFinding {
        target: game.target(),
        threat: threat.clone(),
        profiles: game.profiles(),
        total: summary.equilibria.len() as u64,
        equilibria: summary.equilibria,
        stances: summary.stances,
        cycles: summary.cycles,
        prevails: summary.prevails,
        dominion: summary.dominion,
        held: summary.held,
        odds: summary.odds,
        trust: trust::of(game, work)?,
        balancing: groups::smallest(game, groups::Others::Hide, work)?,
        war: groups::smallest(game, groups::Others::Bandwagon, work)?,
    })
}
