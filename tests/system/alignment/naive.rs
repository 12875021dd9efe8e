//! The game with tactics, worked out from the table as it stands in the literature and by no
//! other means: an oracle.

use equipoise::contest::Contest;
use equipoise::game::Posture::{self, *};

/// Everybody's control where the states take these postures; `None` for the leading state
/// means that it expands.
pub fn control(contest: &Contest, leader: usize, postures: &[(usize, Posture)]) -> Vec<f64> {
    let p = contest.shares();
    let parameters = contest.parameters();
    let t = &parameters.tactics;
    let n = p.len();
    let of = |i: usize| postures.iter().find(|(state, _)| *state == i).map_or(Expand, |(_, q)| *q);
    if of(leader) == Restrain {
        return p.to_vec();
    }
    // Side: 0 with, 1 against, 2 + i alone, none for those who wait.
    let side = |i: usize| match of(i) {
        _ if i == leader => Some(0),
        Bandwagon => Some(0),
        Balance | Pass | Arm | Soft => Some(1),
        Abstain | Bleed | Bait => Some(2 + i),
        _ => None,
    };
    let effort = |i: usize| match of(i) {
        Pass | Wait => 0.0,
        Soft => contest.soft_effort(i),
        _ => 1.0,
    };
    let arms = |i: usize| if of(i) == Arm { 1.0 + t.arms_growth } else { 1.0 };
    let bleeders = (0..n).filter(|&i| of(i) == Bleed).count() as i32;
    let on_sides = 1.0 - (1.0 - t.attrition) * (1.0 - t.bloodletting).powi(bleeders);
    let left = |i: usize| {
        let delta = if side(i).is_some_and(|side| side < 2) { on_sides } else { t.attrition };
        let fraction = if side(i).is_none() { t.latecomer_share } else { 1.0 };
        (fraction * arms(i) * p[i] * (1.0 - delta * effort(i))).powf(parameters.dominance)
    };
    let members = |s: usize| (0..n).filter(move |&i| side(i) == Some(s)).collect::<Vec<_>>();
    let blocs: Vec<Vec<usize>> = (0..n + 2).map(members).filter(|bloc| !bloc.is_empty()).collect();
    let brought: Vec<f64> =
        blocs.iter().map(|b| b.iter().map(|&i| effort(i) * arms(i) * p[i]).sum()).collect();
    let m = parameters.decisiveness;
    let most = brought.iter().copied().fold(0.0, f64::max);
    let strength = |&b: &f64| match b {
        b if b <= 0.0 => 0.0,
        b if m.is_infinite() => f64::from(u8::from(b > most - 1e-13)),
        b => (b / most).powf(m),
    };
    let strengths: Vec<f64> = brought.iter().map(strength).collect();
    let total: f64 = strengths.iter().sum();
    let w = parameters.war_cost;
    let power = |b: &Vec<usize>| b.iter().map(|&i| p[i]).sum::<f64>();
    let war = w == 0.0
        || (0..n).any(|i| of(i) == Bait)
        || blocs.iter().zip(&strengths).any(|(b, s)| (1.0 - w) * s / total > power(b));
    if !war {
        return p.to_vec();
    }
    let waiting: Vec<usize> = (0..n).filter(|&i| side(i).is_none()).collect();
    let mut control = vec![0.0; n];
    for (bloc, strength) in blocs.iter().zip(&strengths) {
        let sharing: Vec<usize> = bloc.iter().chain(&waiting).copied().collect();
        let all: f64 = sharing.iter().map(|&i| left(i)).sum();
        for &i in &sharing {
            control[i] += (1.0 - w) * strength / total * left(i) / all;
        }
    }
    control
}

/// A state's utility under these postures.
pub fn utility(contest: &Contest, leader: usize, postures: &[(usize, Posture)], i: usize) -> f64 {
    let t = &contest.parameters().tactics;
    let posture = postures.iter().find(|(state, _)| *state == i).map_or(Expand, |(_, q)| *q);
    let cost = match posture {
        Balance | Bandwagon => t.alliance_cost,
        Arm => t.arms_cost,
        Soft | Bleed | Bait => t.small_cost,
        _ => 0.0,
    };
    let control = control(contest, leader, postures);
    contest.utility(i, &control) - cost * contest.shares()[i]
}
