//! What follows of the ends of best replies: ranges, odds, intervals.

use crate::finding::security::{Held, Odds, Sample, SecurityCycle, SecurityEquilibrium, Strength};
use crate::game::{SecurityGame, Stance};
use crate::solve::security::graph::End;

/// 97.5 % of a normal distribution lie below this many standard deviations.
const NORMAL: f64 = 1.959_963_984_540_054;

pub(super) struct Summary {
    pub(super) equilibria: Vec<SecurityEquilibrium>,
    pub(super) cycles: Vec<SecurityCycle>,
    pub(super) prevails: [f64; 2],
    pub(super) dominion: [f64; 2],
    pub(super) held: Held,
    pub(super) odds: Odds,
    pub(super) stances: Vec<[f64; 3]>,
}

/// What one profile amounts to.
struct Outcome {
    prevails: f64,
    held: bool,
    dominion: f64,
}

/// Puts together what the lens says. `ends` are the equilibria in the order of `profiles`, then
/// the cycles.
pub(super) fn of(
    game: &SecurityGame,
    profiles: Vec<Vec<Stance>>,
    ends: Vec<End>,
    strengths: Vec<Strength>,
    sampled: Option<Sample>,
) -> Summary {
    let mut ends = ends.into_iter();
    let equilibria: Vec<SecurityEquilibrium> = profiles
        .into_iter()
        .zip(strengths)
        .zip(ends.by_ref())
        .map(|((profile, strong), end)| equilibrium(game, profile, strong, end.mass))
        .collect();
    let cycles: Vec<SecurityCycle> = ends.map(|end| cycle(game, end)).collect();
    let each = || {
        let settled = equilibria.iter().map(|e| ([e.prevails; 2], [e.dominion; 2]));
        settled.chain(cycles.iter().map(|c| (c.prevails, c.dominion)))
    };
    let held = equilibria.iter().map(|e| Held::of(e.held)).chain(cycles.iter().map(|c| c.held));
    Summary {
        prevails: hull(each().map(|(prevails, _)| prevails)),
        dominion: hull(each().map(|(_, dominion)| dominion)),
        // Where nothing was found nothing is said to hold the target.
        held: Held::over(held).unwrap_or(Held::Sometimes),
        odds: odds(&equilibria, &cycles, sampled),
        stances: stances(game.choosers().len(), &equilibria),
        equilibria,
        cycles,
    }
}

/// Each chooser's probability of each stance over the basins of the equilibria.
fn stances(choosers: usize, equilibria: &[SecurityEquilibrium]) -> Vec<[f64; 3]> {
    let mut stances = vec![[0.0; 3]; choosers];
    for equilibrium in equilibria {
        for (chances, &stance) in stances.iter_mut().zip(&equilibrium.profile) {
            chances[stance as usize] += equilibrium.basin;
        }
    }
    stances
}

fn hull(intervals: impl Iterator<Item = [f64; 2]>) -> [f64; 2] {
    intervals.reduce(|[a, b], [low, high]| [a.min(low), b.max(high)]).unwrap_or([0.0, 1.0])
}

fn outcome(game: &SecurityGame, profile: &[Stance]) -> Outcome {
    // Of a state that does not choose the field is the whole profile.
    let field = game.field(profile, game.target());
    let prevails = game.odds(field.attackers, field.defenders);
    let falls = |(&i, &stance): (&usize, &Stance)| {
        let falls = match stance {
            Stance::Balance => 1.0,
            Stance::Hide => game.overcomes(field.attackers, i),
            Stance::Bandwagon => 1.0 - game.parameters().forbearance,
        };
        game.shares()[i] * game.threat(i) * falls
    };
    let gained: f64 = game.choosers().iter().zip(profile).map(falls).sum();
    Outcome {
        prevails,
        held: game.compare(field.attackers.members, field.defenders.members).is_le(),
        dominion: game.shares()[game.target()] + prevails * gained,
    }
}

fn equilibrium(
    game: &SecurityGame,
    profile: Vec<Stance>,
    strong: Strength,
    [basin, from_peace]: [f64; 2],
) -> SecurityEquilibrium {
    let Outcome { prevails, held, dominion } = outcome(game, &profile);
    let loss = |(&i, &stance): (&usize, &Stance)| {
        game.losses(&game.field(&profile, i), i)[stance as usize]
    };
    let loss = game.choosers().iter().zip(&profile).map(loss).collect();
    SecurityEquilibrium { profile, prevails, held, dominion, loss, strong, basin, from_peace }
}

fn cycle(game: &SecurityGame, end: End) -> SecurityCycle {
    let outcomes: Vec<Outcome> = end.profiles.iter().map(|p| outcome(game, p)).collect();
    let bandwagons = end.profiles.iter().flatten().any(|stance| *stance == Stance::Bandwagon);
    SecurityCycle {
        bandwagons,
        profiles: end.profiles.len() as u64,
        prevails: hull(outcomes.iter().map(|o| [o.prevails; 2])),
        dominion: hull(outcomes.iter().map(|o| [o.dominion; 2])),
        held: Held::over(outcomes.iter().map(|o| Held::of(o.held))).unwrap_or(Held::Sometimes),
        first: end.profiles.into_iter().next().unwrap_or_default(),
        basin: end.mass[0],
        from_peace: end.mass[1],
    }
}

fn odds(
    equilibria: &[SecurityEquilibrium],
    cycles: &[SecurityCycle],
    sampled: Option<Sample>,
) -> Odds {
    let settled = equilibria.iter().filter(|e| e.held).map(|e| [e.basin, e.from_peace]);
    let round = cycles.iter().filter(|c| c.held == Held::Always);
    let balancing = settled.chain(round.map(|c| [c.basin, c.from_peace]));
    let [balancing, from_peace] = balancing.fold([0.0; 2], |[a, b], [x, y]| [a + x, b + y]);
    let mixed = cycles.iter().filter(|c| c.held == Held::Sometimes).map(|c| c.basin).sum();
    let parts = || {
        let settled = equilibria.iter().map(|e| (e.basin, [1.0 - e.prevails; 2]));
        settled.chain(cycles.iter().map(|c| (c.basin, [1.0 - c.prevails[1], 1.0 - c.prevails[0]])))
    };
    let end = |k: usize| parts().map(|(basin, stops)| basin * stops[k]).sum::<f64>();
    let stopping = [end(0), end(1)];
    let sampled = sampled.map(|sample| {
        let starts = sample.starts as f64;
        let lost = sample.lost as f64 / starts;
        let spread = |k: usize| {
            let squares: f64 = parts().map(|(basin, stops)| basin * stops[k] * stops[k]).sum();
            NORMAL * ((squares - stopping[k] * stopping[k]).max(0.0) / starts).sqrt()
        };
        let stopping =
            [(stopping[0] - spread(0)).max(0.0), (stopping[1] + spread(1) + lost).min(1.0)];
        let [low, high] = wilson(balancing, starts);
        Sample { balancing: [low, (high + lost).min(1.0)], stopping, ..sample }
    });
    Odds { balancing, from_peace, mixed, stopping, sampled }
}

/// Wilson's interval for a part of so many draws (Wilson 1927).
fn wilson(part: f64, draws: f64) -> [f64; 2] {
    let z = NORMAL * NORMAL / draws;
    let middle = (part + z / 2.0) / (1.0 + z);
    let half = (z * part * (1.0 - part) + z * z / 4.0).sqrt() / (1.0 + z);
    [(middle - half).max(0.0), (middle + half).min(1.0)]
}
