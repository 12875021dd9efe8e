//! How likely every two states of a system stand together, by the lenses that say so.

use crate::certify;
use crate::contest::Contest;
use crate::error::Result;
use crate::finding::alignment::{PairProbabilities, Part};
use crate::finding::security::Security;
use crate::game::AlignmentGame;
use crate::parameters::Parameters;
use crate::solve::{security, selection};
use crate::system::System;
use crate::threat::{TargetChoice, Threat};
use crate::work::Work;

/// By the logit equilibrium, at this precision, of the alignment game in which the others face the
/// strongest state: each state chooses by itself. `None` if there are too many states for it (10) or
/// the time was up.
///
/// ```
/// use equipoise::analysis::pairs_by_logit;
/// use equipoise::parameters::Parameters;
/// use equipoise::system::System;
/// use equipoise::work::Work;
///
/// let system = System::from_powers([("A", 4.0), ("B", 3.0), ("C", 2.0), ("D", 1.0)])?;
/// let pairs = pairs_by_logit(&system, &Parameters::default(), 5.0, &Work::default())?;
/// let pairs = pairs.expect("four states are few");
/// assert!((0.0..=1.0).contains(&pairs.both_balance[[1, 2]]));
/// // The strongest faces the others: it balances with none.
/// assert_eq!(pairs.both_balance[[0, 1]], 0.0);
/// # Ok::<(), equipoise::error::Error>(())
/// ```
///
/// # Errors
/// If a parameter is out of range.
pub fn pairs_by_logit(
    system: &System,
    parameters: &Parameters,
    precision: f64,
    work: &Work,
) -> Result<Option<PairProbabilities>> {
    let contest = Contest::new(system, parameters)?;
    let leader = system.leader();
    let Part::Found(found) = selection::logit_of(&contest, leader, precision, work)? else {
        return Ok(None);
    };
    let game = AlignmentGame::new(&contest, leader);
    let (claims, _) = certify::alignment::selection::check_logit(&game, &found);
    certify::accept("alignment", &claims)?;
    Ok(Some(found.pairs))
}

/// By the equilibria of the lens security in which best replies from a random start end. `None` if
/// there is no equilibrium, or the time was up.
///
/// # Errors
/// If a parameter is out of range or there are more than [`security::MAX_STATES`] states.
pub fn pairs_by_security(
    system: &System,
    parameters: &Parameters,
    target: TargetChoice,
    seed: u64,
    work: &Work,
) -> Result<Option<PairProbabilities>> {
    let threat = Threat::of(system, parameters);
    let target = target.of(&threat, system.leader());
    let found = security::solve(system, parameters, &threat, target, seed, work)?;
    let Security::Decided(found) = found else { return Ok(None) };
    let (claims, _) =
        certify::security::check(system, parameters, &found, certify::security::AT_ONCE);
    certify::accept("security", &claims)?;
    Ok(found.pairs(system.len()))
}
