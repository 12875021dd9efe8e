//! What arms do, worked out again from the game.

use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::finding::alignment::AlignmentFinding;
use crate::finding::alignment::{DilemmaFinding, MAX_EQUILIBRIA};
use crate::game::{AlignmentGame, Posture, Tactics};
use crate::tolerance::Tolerances;

use super::larger;

/// The claims of what a finding says of arms: something exactly where arming is a tactic.
pub(super) fn claims(game: &AlignmentGame, finding: &AlignmentFinding, claims: &mut Vec<Claim>) {
    let arms = game.tactics().contains(Posture::Arm);
    let Some(found) = finding.dilemma.as_ref().filter(|_| arms) else {
        let what = "alignment: what arms do is told where arming is a tactic";
        if arms || finding.dilemma.is_some() {
            claims.push(Claim::exact(what, false));
        }
        return;
    };
    let formed = is_well_formed(game, finding, found);
    claims.push(Claim::exact("alignment, arms: what is told of them is complete", formed));
    if !formed {
        return;
    }
    let tolerance = Tolerances::DEFAULT.certificate;
    let named = game.tactics().named().into_iter().chain([Posture::Balance]);
    let Some(tactics) = Tactics::new(named) else { return };
    let game = AlignmentGame::with_tactics(game.contest(), game.leader(), tactics);
    claims.push(Claim::within(
        "alignment, arms: how much each state's arming changes the others' control",
        effects(&game, found),
        tolerance,
    ));
    let (mut off, mut agreed) = (0.0, true);
    for armed in &found.equilibria {
        let profile = &finding.pure_nash[armed.equilibrium].profile;
        let (Some(with), Some(without)) = (utilities(&game, profile), {
            let unarmed = profile.iter().map(|&p| without_arms(p)).collect::<Vec<_>>();
            utilities(&game, &unarmed)
        }) else {
            continue;
        };
        let mut everyone = true;
        for (state, power) in game.contest().shares().iter().enumerate() {
            let change = (with[state] - without[state]) / power;
            off = larger(off, (armed.changes[state] - change).abs());
            everyone &= armed.changes[state] < -Tolerances::DEFAULT.gain;
        }
        agreed &= everyone == armed.everyone_worse_off;
    }
    claims.push(Claim::within(
        "alignment, arms: what they change at each equilibrium with them",
        off,
        tolerance,
    ));
    claims.push(Claim::exact("alignment, arms: whether everyone is worse off by them", agreed));
}

fn without_arms(posture: Posture) -> Posture {
    if posture == Posture::Arm { Posture::Balance } else { posture }
}

/// Whether every number is one, and every listed equilibrium with arms, up to the limit, there.
fn is_well_formed(
    game: &AlignmentGame,
    finding: &AlignmentFinding,
    found: &DilemmaFinding,
) -> bool {
    let n = game.contest().len();
    let formed = |row: &Vec<f64>| row.len() == n && row.iter().all(|x| x.is_finite());
    let armed = |profile: &[Posture]| -> Coalition {
        let arming = profile.iter().enumerate().filter(|&(_, &posture)| posture == Posture::Arm);
        arming.map(|(player, _)| game.state_of(player)).collect()
    };
    let expected = finding.pure_nash.iter().map(|e| armed(&e.profile)).enumerate();
    let expected: Vec<(usize, Coalition)> =
        expected.filter(|(_, armed)| !armed.is_empty()).take(MAX_EQUILIBRIA).collect();
    let listed: Vec<_> = found.equilibria.iter().map(|e| (e.equilibrium, e.armed)).collect();
    found.effects.len() == game.followers().len()
        && found.effects.iter().all(formed)
        && found.equilibria.iter().all(|e| formed(&e.changes))
        && listed == expected
}

/// How far the effects stated are from those there are.
fn effects(game: &AlignmentGame, found: &DilemmaFinding) -> f64 {
    let followers = game.followers().len();
    let mut postures = vec![Posture::Balance; followers];
    if game.tactics().contains(Posture::Restrain) {
        postures.push(Posture::Expand);
    }
    let control = |postures: &[Posture]| {
        let mut control = vec![0.0; game.contest().len()];
        match game.profile(postures) {
            Some(profile) => game.control(&profile, &mut control),
            None => control.fill(f64::NAN),
        }
        control
    };
    let unarmed = control(&postures);
    let mut off = 0.0;
    for (player, effects) in found.effects.iter().enumerate() {
        postures[player] = Posture::Arm;
        for ((armed, unarmed), stated) in control(&postures).iter().zip(&unarmed).zip(effects) {
            off = larger(off, (armed - unarmed - stated).abs());
        }
        postures[player] = Posture::Balance;
    }
    off
}

/// By state, its utility where the players take these postures.
fn utilities(game: &AlignmentGame, postures: &[Posture]) -> Option<Vec<f64>> {
    let profile = game.profile(postures)?;
    let contest = game.contest();
    let mut control = vec![0.0; contest.len()];
    game.control(&profile, &mut control);
    let mut utilities = vec![0.0; contest.len()];
    contest.utilities(&control, &mut utilities);
    for (player, posture) in postures.iter().enumerate() {
        let state = game.state_of(player);
        utilities[state] -= posture.cost(&contest.parameters().tactics) * contest.shares()[state];
    }
    Some(utilities)
}
