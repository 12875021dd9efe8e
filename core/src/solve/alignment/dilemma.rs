//! The security dilemma: what a state does for its own security makes others less secure.
//!
//! **Definition.** From where all face the leading state together and unarmed, a state's arming
//! changes everybody's control; and an equilibrium in which states arm is set beside the same
//! profile without their arms: does it leave everyone worse off, by utility, costs included?
//! Then all would gain by an agreement on arms that none has a reason to keep (a prisoner's
//! dilemma).
//! **Cost.** Two evaluations of the contest for each state and equilibrium.
//! **References.** Herz (1950), *World Politics* 2; Jervis (1978), Cooperation under the
//! security dilemma, *World Politics* 30.

use crate::coalition::Coalition;
use crate::game::{AlignmentGame, Posture, Tactics};
use crate::solve::alignment::PureEquilibrium;
use crate::tolerance::Tolerances;

pub use crate::finding::alignment::{ArmedEquilibrium, DilemmaFinding, MAX_EQUILIBRIA};

/// What arms do in `game`, of which these equilibria are known; `None` where arming is not
/// among its tactics.
pub fn examine(game: &AlignmentGame, equilibria: &[PureEquilibrium]) -> Option<DilemmaFinding> {
    if !game.tactics().contains(Posture::Arm) {
        return None;
    }
    let named = game.tactics().named().into_iter().chain([Posture::Balance]);
    let game = AlignmentGame::with_tactics(game.contest(), game.leader(), Tactics::new(named)?);
    let followers = game.followers().len();
    let balanced = |armed: usize| -> Vec<Posture> {
        let posture = |i| if i == armed { Posture::Arm } else { Posture::Balance };
        let leader = (game.postures_of(followers).len() > 1).then_some(Posture::Expand);
        (0..followers).map(posture).chain(leader).collect()
    };
    let (unarmed, _) = outcome(&game, &balanced(followers))?;
    let effect = |armed: usize| {
        let (control, _) = outcome(&game, &balanced(armed))?;
        Some(control.iter().zip(&unarmed).map(|(with, without)| with - without).collect())
    };
    let arms = |&(_, found): &(usize, &PureEquilibrium)| found.profile.contains(&Posture::Arm);
    let armed = equilibria.iter().enumerate().filter(arms).take(MAX_EQUILIBRIA);
    let compare = |(equilibrium, PureEquilibrium { profile, .. }): (usize, &PureEquilibrium)| {
        let arming = profile.iter().enumerate().filter(|&(_, &p)| p == Posture::Arm);
        let armed: Coalition = arming.map(|(player, _)| game.state_of(player)).collect();
        let disarm = |&p: &Posture| if p == Posture::Arm { Posture::Balance } else { p };
        let disarmed: Vec<Posture> = profile.iter().map(disarm).collect();
        let (_, here) = outcome(&game, profile)?;
        let (_, without) = outcome(&game, &disarmed)?;
        let over = here.iter().zip(&without).zip(game.contest().shares());
        let changes: Vec<f64> = over.map(|((a, b), p)| (a - b) / p).collect();
        let worse = |change: &f64| *change < -Tolerances::DEFAULT.gain;
        let everyone_worse_off = changes.iter().all(worse);
        Some(ArmedEquilibrium { equilibrium, armed, changes, everyone_worse_off })
    };
    Some(DilemmaFinding {
        effects: (0..followers).map(effect).collect::<Option<_>>()?,
        equilibria: armed.map(compare).collect::<Option<_>>()?,
    })
}

/// Everybody's control and utility under these postures.
fn outcome(game: &AlignmentGame, postures: &[Posture]) -> Option<(Vec<f64>, Vec<f64>)> {
    let contest = game.contest();
    let profile = game.profile(postures)?;
    let mut control = vec![0.0; contest.len()];
    game.control(&profile, &mut control);
    let mut utility: Vec<f64> =
        (0..contest.len()).map(|state| contest.utility(state, &control)).collect();
    for (player, &action) in profile.iter().enumerate() {
        utility[game.state_of(player)] = game.utility(player, action, &control);
    }
    Some((control, utility))
}
