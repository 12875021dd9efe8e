//! Strategic games: each concept solved and certified.

use crate::certify::{self, Claim};
use crate::error::Result;
use crate::finding::strategic::correlated::{Concept, Objective, Ranged};
use crate::finding::strategic::mixed::{
    Equilibrium, ExactEquilibrium, ExtremeEquilibria, Proof, ZeroSum,
};
use crate::finding::strategic::{Dominance, Refined, Refinement};
use crate::game::StrategicTable;
use crate::lp::Backend;
use crate::solve::strategic::correlated;
use crate::solve::strategic::dominance::{By, eliminate};
use crate::solve::strategic::mixed::{self, AllEquilibria, LemkeHowson, Logit};
use crate::solve::strategic::pure::pure_nash;
use crate::solve::strategic::refinement;
use crate::work::Work;

/// Bases of a best-response polytope that are visited to count extreme equilibria again.
const BASES: usize = 2_000;
/// Comparisons for the definition of coalition-proofness.
const STEPS: u64 = 1 << 24;

/// All pure Nash equilibria, by the numbers of their profiles.
///
/// # Errors
/// If they do not pass their own check.
pub fn pure(game: &StrategicTable) -> Result<Vec<usize>> {
    let found = pure_nash(game);
    certify::accept("pure equilibria", &certify::strategic::pure(game, &found))?;
    Ok(found)
}

/// What iterated elimination of strictly dominated strategies leaves.
///
/// # Errors
/// If the backend fails, or an elimination does not pass its own check.
pub fn dominance(game: &StrategicTable, by: By, backend: Backend) -> Result<Dominance> {
    let found = eliminate(game, by, backend)?;
    certify::accept("dominance", &certify::strategic::dominance(game, &found))?;
    Ok(found)
}

/// The range of an objective over the correlated or coarse correlated equilibria; `pure` are the
/// pure ones.
///
/// # Errors
/// As [`correlated::range`], or if what is found does not pass its own check.
pub fn range(
    game: &StrategicTable,
    concept: Concept,
    objective: &Objective,
    pure: &[usize],
    backend: Backend,
    work: &Work,
) -> Result<Ranged> {
    let found = correlated::range(game, concept, objective, pure, backend, work)?;
    let claims = match &found {
        Ranged::Decided(range) => {
            certify::strategic::correlated::range(game, concept, objective, range)
        }
        Ranged::Undecided { bounds, .. } => {
            certify::strategic::correlated::bounds(game, concept, objective, bounds)
        }
    };
    certify::accept("correlated equilibria", &claims)?;
    Ok(found)
}

/// The strong equilibria in pure strategies, of at most 64 players.
///
/// # Errors
/// If they do not pass their own check.
pub fn strong(game: &StrategicTable, work: &Work) -> Result<Refined> {
    let found = refinement::strong_nash(game, work);
    let (Refined::Decided(told) | Refined::Undecided { so_far: told, .. }) = &found;
    let mut claims = certify::strategic::strong(game, told);
    if matches!(found, Refined::Decided(_)) {
        claims.extend(certify::strategic::pure(game, &numbers(game, told)));
    }
    certify::accept("strong equilibria", &claims)?;
    Ok(found)
}

/// The coalition-proof equilibria in pure strategies; by the definition, where that does not take
/// long.
///
/// # Errors
/// As [`refinement::coalition_proof`], or if they do not pass their own check.
pub fn coalition_proof(game: &StrategicTable, work: &Work) -> Result<Refined> {
    let found = refinement::coalition_proof(game, work)?;
    let (Refined::Decided(told) | Refined::Undecided { so_far: told, .. }) = &found;
    let mut claims = certify::strategic::refinement(game, told);
    if matches!(found, Refined::Decided(_)) {
        let all = numbers(game, told);
        claims.extend(certify::strategic::pure(game, &all));
        if let Some(proof) = certify::strategic::coalition_proof::coalition_proof(game, &all, STEPS)
        {
            let stable = (0..all.len()).map(|at| at < told.stable.len());
            claims.push(Claim::exact("coalition-proof: by the definition", stable.eq(proof)));
        }
    }
    certify::accept("coalition-proof equilibria", &claims)?;
    Ok(found)
}

/// The pure equilibria, the stable ones first.
fn numbers(game: &StrategicTable, refined: &Refinement) -> Vec<usize> {
    let profiles = refined.stable.iter().chain(refined.upset.iter().map(|(profile, _)| profile));
    profiles.map(|profile| game.index(profile)).collect()
}

/// All extreme equilibria of a two-player game; `None` of any other. That the list is complete is
/// certified by another enumeration, where that does not take long.
///
/// # Errors
/// If they do not pass their own check.
pub fn extreme(game: &StrategicTable, work: Work<'_>) -> Result<Option<ExtremeEquilibria>> {
    let Some(found) = mixed::extreme_equilibria(game, work) else { return Ok(None) };
    let mut claims = certify::strategic::extreme(game, &found);
    if found.incomplete.is_none() {
        let list: Vec<_> = found.equilibria.iter().map(|e| &e.strategies).collect();
        if let Some(same) = certify::strategic::vertices::recount(game, &list, BASES) {
            claims.push(Claim::exact("mixed: there is no other equilibrium", same));
        }
    }
    certify::accept("mixed equilibria", &claims)?;
    Ok(Some(found))
}

/// Optimal strategies of a strictly competitive game, proved exactly; `None` of any other, or where
/// the programmes do not point to exact ones.
///
/// # Errors
/// If the backend fails, or the guarantees do not pass their own check.
pub fn zero_sum(game: &StrategicTable, backend: Backend) -> Result<Option<ZeroSum>> {
    let found = mixed::zero_sum(game, backend)?.filter(ZeroSum::is_exact);
    let Some(found) = found else { return Ok(None) };
    certify::accept("zero-sum game", &certify::strategic::zero_sum(game, &found))?;
    Ok(Some(found))
}

/// One equilibrium of a two-player game, by Lemke & Howson's path; `None` if there is none at its
/// end in the time.
///
/// # Errors
/// If it does not pass its own check.
pub fn lemke_howson(game: &StrategicTable, work: Work<'_>) -> Result<Option<ExactEquilibrium>> {
    let Some(LemkeHowson::Found { equilibrium, .. }) = mixed::lemke_howson(game, 0, work) else {
        return Ok(None);
    };
    certify::accept("mixed equilibrium", &[certify::strategic::exact(game, &equilibrium)])?;
    Ok(Some(equilibrium))
}

/// All equilibria of a game of any number of players.
///
/// # Errors
/// As [`mixed::all_equilibria`], or if they do not pass their own check.
pub fn all_equilibria(game: &StrategicTable, work: Work<'_>) -> Result<AllEquilibria> {
    let found = mixed::all_equilibria(game, work)?;
    accept_mixed(game, &found.equilibria)?;
    Ok(found)
}

/// One equilibrium at the end of the logit path.
///
/// # Errors
/// If it does not pass its own check.
pub fn logit(game: &StrategicTable, work: Work<'_>) -> Result<Logit> {
    let found = mixed::logit(game, work);
    if let Logit::Found { equilibrium, .. } = &found {
        accept_mixed(game, std::slice::from_ref(equilibrium))?;
    }
    Ok(found)
}

fn accept_mixed(game: &StrategicTable, found: &[Equilibrium]) -> Result<()> {
    let mut claims = certify::strategic::mixed(game, found);
    // Those said to be exact are pure, and are compared exactly.
    for equilibrium in found.iter().filter(|found| found.proof == Proof::Exact) {
        let played = |p: &Vec<f64>| p.iter().position(|&x| x >= 1.0);
        let profile: Option<Vec<usize>> = equilibrium.strategies.iter().map(played).collect();
        let holds = profile.is_some_and(|p| certify::strategic::is_equilibrium(game, &p));
        claims.push(Claim::exact("mixed: what is said to be exact is", holds));
    }
    certify::accept("mixed equilibria", &claims)
}
