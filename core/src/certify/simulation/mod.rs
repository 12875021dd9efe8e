//! The rules of a simulation a second time, plainly: to replay runs and compare.
//!
//! This shares nothing with [`simulation`](crate::simulation) but the rules' parameters and
//! `chance`, the function from a key to its random number, which is the contract. Blocs are lists of
//! members, every utility is computed from all blocs anew: O(n³ · blocs) for a sweep of
//! alignment, and no bookkeeping that could be wrong.

mod bands;

use crate::chance::{Luck, Purpose};
use crate::parameters::simulation::{Alliances, Doubt, Rules};

pub use bands::{Z, paired_reach, survival_band, wilson};

/// Differences up to this decide nothing.
const EQUAL: f64 = 1e-12;
/// The most sweeps of alignment in a period.
const SWEEPS: u64 = 20;

/// The states at the start of a run: share of power, revisionism, growth.
#[derive(Debug, Clone, PartialEq)]
pub struct Cast {
    /// Shares of power.
    pub shares: Vec<f64>,
    /// Revisionism where it is known.
    pub revisionism: Vec<Option<f64>>,
    /// Rates of growth.
    pub growth: Vec<f64>,
}

/// A run as it must have been.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Replayed {
    /// The hegemon and the first period of its hegemony.
    pub hegemon: Option<(u32, u32)>,
    /// Whether it fell again.
    pub ended: bool,
    /// Its periods.
    pub periods: Vec<ReplayedPeriod>,
}

/// A period as it must have been. States are numbered in order of arrival.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplayedPeriod {
    /// Who entered.
    pub entered: Vec<u32>,
    /// The blocs, by first member.
    pub blocs: Vec<Vec<u32>>,
    /// Whether alignment came to rest.
    pub settled: bool,
    /// The strongest state's share before the war, and the parts of the others' power with it and
    /// in the strongest bloc against it; `None` if there are no others.
    pub stance: Option<[f64; 3]>,
    /// The war.
    pub war: Option<ReplayedWar>,
    /// Who is there at the end, with its share.
    pub shares: Vec<(u32, f64)>,
}

/// A war as it must have been.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReplayedWar {
    /// Who had the initiative.
    pub initiator: u32,
    /// Who was attacked.
    pub target: u32,
    /// Who attacked.
    pub attackers: Vec<u32>,
    /// Who defended.
    pub defenders: Vec<u32>,
    /// Whether the attackers won.
    pub attackers_won: bool,
    /// Who was annexed.
    pub annexed: Vec<u32>,
}

impl ReplayedPeriod {
    /// The largest share at the end.
    pub fn leader_share(&self) -> f64 {
        self.shares.iter().map(|(_, share)| *share).fold(0.0, f64::max)
    }

    /// One over the sum of squared shares at the end.
    pub fn effective_poles(&self) -> f64 {
        1.0 / self.shares.iter().map(|(_, share)| share * share).sum::<f64>()
    }
}

/// A state.
#[derive(Debug, Clone)]
struct Actor {
    who: u32,
    /// Its share of all power.
    power: f64,
    revisionism: f64,
    growth: f64,
    /// Periods running above the threshold.
    above: u32,
}

/// The value that a run draws of a parameter in doubt: its keys put the runs in an order, and each
/// draws from the part of the range at its place. O(runs).
pub fn drawn(doubt: &Doubt, seed: u64, run: u32, runs: u32) -> f64 {
    let key = |run| Luck::of_hypercube(seed, doubt.parameter as usize, run);
    let own = (key(run).bits(), run);
    let place = (0..runs).filter(|&other| (key(other).bits(), other) < own).count();
    let at = (place as f64 + key(run).with(0).uniform()) / f64::from(runs);
    doubt.from + at * (doubt.to - doubt.from)
}

/// Replays run `run` of `seed` over so many periods.
pub fn replay(cast: &Cast, rules: &Rules, seed: u64, run: u32, periods: u32) -> Replayed {
    let n = cast.shares.len();
    let mut actors: Vec<Actor> = (0..n)
        .map(|i| Actor {
            who: i as u32,
            power: cast.shares[i],
            revisionism: cast.revisionism[i].unwrap_or(rules.revisionism),
            growth: cast.growth[i],
            above: 0,
        })
        .collect();
    let mut next = n as u32;
    let mut found = Replayed::default();
    for period in 1..=periods {
        let luck = Luck::of_period(seed, run, period);
        grow(&mut actors, rules, luck);
        let mut scene = ReplayedPeriod {
            entered: enter(&mut actors, cast, rules, luck, &mut next),
            ..ReplayedPeriod::default()
        };
        normalise(&mut actors);
        let (blocs, settled) = align(&actors, rules, luck);
        let names = |bloc: &Vec<usize>| bloc.iter().map(|&i| actors[i].who).collect();
        scene.blocs = blocs.iter().map(names).collect();
        scene.settled = settled;
        scene.stance = stance(&actors, &blocs);
        if let Some((initiator, target)) = decision(&actors, &blocs, rules, luck) {
            scene.war = Some(war(&mut actors, &blocs, (initiator, target), rules, luck));
        }
        normalise(&mut actors);
        scene.shares = actors.iter().map(|actor| (actor.who, actor.power)).collect();
        watch(&mut actors, &mut found, period, rules);
        found.periods.push(scene);
    }
    found
}

/// Shares that sum to 1.
fn normalise(actors: &mut [Actor]) {
    let total: f64 = actors.iter().map(|actor| actor.power).sum();
    actors.iter_mut().for_each(|actor| actor.power /= total);
}

fn grow(actors: &mut [Actor], rules: &Rules, luck: Luck) {
    let v = rules.volatility;
    for actor in actors.iter_mut() {
        let z = luck.for_a(Purpose::Growth).with(actor.who.into()).normal();
        actor.power *= ((1.0 + actor.growth).ln() - v * v / 2.0 + v * z).exp();
    }
}

fn enter(
    actors: &mut Vec<Actor>,
    cast: &Cast,
    rules: &Rules,
    luck: Luck,
    next: &mut u32,
) -> Vec<u32> {
    let mut entered = Vec::new();
    for k in 0..luck.for_a(Purpose::Entry).poisson(rules.openness) {
        let like = luck.for_a(Purpose::Entrant).with(k.into()).below(cast.shares.len());
        let total: f64 = actors.iter().map(|actor| actor.power).sum();
        let power = cast.shares[like] * total;
        let revisionism = rules.revisionism;
        actors.push(Actor { who: *next, power, revisionism, growth: 0.0, above: 0 });
        entered.push(*next);
        *next += 1;
    }
    entered
}

/// The strongest actor, the first of several.
fn strongest(actors: &[Actor]) -> usize {
    let most = actors.iter().map(|actor| actor.power).fold(0.0, f64::max);
    actors.iter().position(|actor| actor.power >= most).unwrap_or(0)
}

fn power_of(actors: &[Actor], bloc: &[usize]) -> f64 {
    bloc.iter().map(|&i| actors[i].power).sum()
}

/// The blocs that form, by first member, and whether they came to rest.
fn align(actors: &[Actor], rules: &Rules, luck: Luck) -> (Vec<Vec<usize>>, bool) {
    let alone: Vec<Vec<usize>> = (0..actors.len()).map(|i| vec![i]).collect();
    match rules.alliances {
        Alliances::None => (alone, true),
        Alliances::All => {
            let leader = strongest(actors);
            let others: Vec<usize> = (0..actors.len()).filter(|&i| i != leader).collect();
            (ordered(vec![vec![leader], others]), true)
        }
        Alliances::Free => {
            let mut blocs = alone;
            for sweep in 0..SWEEPS {
                let key = luck.for_a(Purpose::Order).with(sweep);
                let mut order: Vec<usize> = (0..actors.len()).collect();
                order.sort_by_key(|&i| (key.with(actors[i].who.into()).bits(), i));
                let mut moved = false;
                for i in order {
                    let better = best_reply(actors, &blocs, i, rules);
                    moved |= better.is_some();
                    blocs = better.unwrap_or(blocs);
                }
                if !moved {
                    return (blocs, true);
                }
            }
            (blocs, false)
        }
    }
}

/// Blocs in the order of their first members, without empty ones.
fn ordered(mut blocs: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    blocs.retain(|bloc| !bloc.is_empty());
    blocs.iter_mut().for_each(|bloc| bloc.sort_unstable());
    blocs.sort();
    blocs
}

/// The blocs after state `i` has moved to where it likes best; `None` if it stays.
fn best_reply(
    actors: &[Actor],
    blocs: &[Vec<usize>],
    i: usize,
    rules: &Rules,
) -> Option<Vec<Vec<usize>>> {
    let now = utility(actors, blocs, i, rules);
    let own = blocs.iter().position(|bloc| bloc.contains(&i))?;
    let without = |i: usize| -> Vec<Vec<usize>> {
        blocs.iter().map(|bloc| bloc.iter().copied().filter(|&j| j != i).collect()).collect()
    };
    let mut options: Vec<Vec<Vec<usize>>> = Vec::new();
    if blocs[own].len() > 1 {
        let mut alone = without(i);
        alone.push(vec![i]);
        options.push(ordered(alone));
    }
    for (k, bloc) in blocs.iter().enumerate().filter(|(k, _)| *k != own) {
        let mut joined = without(i);
        joined[k].push(i);
        let joined = ordered(joined);
        let content = bloc.iter().all(|&j| {
            utility(actors, &joined, j, rules) >= utility(actors, blocs, j, rules) - EQUAL
        });
        if content {
            options.push(joined);
        }
    }
    let mut best: Option<(f64, Vec<Vec<usize>>)> = None;
    for option in options {
        let value = utility(actors, &option, i, rules);
        let most = best.as_ref().map_or(now, |(most, _)| most.max(now));
        if value > most + EQUAL {
            best = Some((value, option));
        }
    }
    best.map(|(_, option)| option)
}

/// What state `i` makes of these blocs: `min(c, p) + ρ max(c − p, 0)`.
fn utility(actors: &[Actor], blocs: &[Vec<usize>], i: usize, rules: &Rules) -> f64 {
    let Some(own) = blocs.iter().find(|bloc| bloc.contains(&i)) else { return 0.0 };
    let powers: Vec<f64> = blocs.iter().map(|bloc| power_of(actors, bloc)).collect();
    let mine = power_of(actors, own);
    let success = if rules.decisiveness.is_infinite() {
        let most = powers.iter().copied().fold(0.0, f64::max);
        let winners = powers.iter().filter(|&&power| power >= most - EQUAL).count();
        if mine >= most - EQUAL { 1.0 / winners as f64 } else { 0.0 }
    } else {
        1.0 / powers.iter().map(|power| (power / mine).powf(rules.decisiveness)).sum::<f64>()
    };
    let p = actors[i].power;
    let part = own.iter().map(|&j| (actors[j].power / p).powf(rules.dominance)).sum::<f64>();
    let control = success / part;
    // Without any power there is nothing to be had.
    let control = if control.is_nan() { 0.0 } else { control };
    control.min(p) + actors[i].revisionism * (control - p).max(0.0)
}

fn stance(actors: &[Actor], blocs: &[Vec<usize>]) -> Option<[f64; 3]> {
    let leader = strongest(actors);
    let share = actors[leader].power;
    if actors.len() < 2 || 1.0 - share <= EQUAL {
        return None;
    }
    let (own, others): (Vec<_>, Vec<_>) = blocs.iter().partition(|bloc| bloc.contains(&leader));
    let with: f64 = own.iter().map(|bloc| power_of(actors, bloc) - share).sum();
    let against = others.iter().map(|bloc| power_of(actors, bloc)).fold(0.0, f64::max);
    Some([share, with / (1.0 - share), against / (1.0 - share)])
}

/// `x^m / (x^m + y^m)`, for `x + y > 0`.
fn odds(x: f64, y: f64, m: f64) -> f64 {
    let (x, y) = (x / (x + y), y / (x + y));
    if m.is_infinite() {
        return if (x - y).abs() <= EQUAL { 0.5 } else { f64::from(u8::from(x > y)) };
    }
    x.powf(m) / (x.powf(m) + y.powf(m))
}

/// Who has the initiative and whom it attacks, if it pays to attack anybody.
fn decision(
    actors: &[Actor],
    blocs: &[Vec<usize>],
    rules: &Rules,
    luck: Luck,
) -> Option<(usize, usize)> {
    let u = luck.for_a(Purpose::Initiative).uniform();
    let mut reach = 0.0;
    let mut initiator = actors.len() - 1;
    for (i, actor) in actors.iter().enumerate() {
        reach += actor.power;
        if u < reach {
            initiator = i;
            break;
        }
    }
    let own = blocs.iter().find(|bloc| bloc.contains(&initiator))?;
    let x_power = power_of(actors, own);
    let rho = own.iter().map(|&i| actors[i].power * actors[i].revisionism).sum::<f64>() / x_power;
    let mut best: Option<(f64, usize)> = None;
    for j in (0..actors.len()).filter(|j| !own.contains(j)) {
        let other = blocs.iter().find(|bloc| bloc.contains(&j))?;
        let allies: f64 = other.iter().filter(|&&k| k != j).map(|&k| actors[k].power).sum();
        let key = luck.for_a(Purpose::Perception);
        let key = key.with(actors[own[0]].who.into()).with(actors[other[0]].who.into());
        let error = (rules.misperception * key.normal()).exp();
        let seen = (actors[j].power + rules.reliability * allies) * error;
        let x = x_power / (x_power + seen);
        let q = odds(x_power, seen, rules.decisiveness);
        let cost = 2.0 * rules.war_cost * (1.0 - x);
        let pays = rho * q * ((1.0 - cost) - x) > (1.0 - q) * x + EQUAL;
        let gain = (x_power + seen) * ((1.0 - cost) * q - x);
        if pays && best.is_none_or(|(most, _)| gain > most + EQUAL) {
            best = Some((gain, j));
        }
    }
    best.map(|(_, target)| (initiator, target))
}

fn war(
    actors: &mut Vec<Actor>,
    blocs: &[Vec<usize>],
    (initiator, target): (usize, usize),
    rules: &Rules,
    luck: Luck,
) -> ReplayedWar {
    let bloc_of = |i: usize| blocs.iter().find(|bloc| bloc.contains(&i)).cloned();
    let attackers = bloc_of(initiator).unwrap_or_default();
    let mut defenders = bloc_of(target).unwrap_or_default();
    defenders.retain(|&i| {
        let word = luck.for_a(Purpose::Reliability).with(actors[i].who.into()).uniform();
        i == target || word < rules.reliability
    });
    let (x, y) = (power_of(actors, &attackers), power_of(actors, &defenders));
    let attackers_won = luck.for_a(Purpose::Battle).uniform() < odds(x, y, rules.decisiveness);
    let (winners, losers) = match attackers_won {
        true => (&attackers, &defenders),
        false => (&defenders, &attackers),
    };
    let lost = power_of(actors, losers);
    let cost = (2.0 * rules.war_cost * lost / (x + y)).min(1.0);
    let sigma = rules.stakes;
    let annexed: Vec<usize> = losers
        .iter()
        .copied()
        // All power is 1 before the war.
        .filter(|&i| (1.0 - sigma) * actors[i].power < rules.floor)
        .collect();
    let left: f64 = annexed.iter().map(|&i| (1.0 - sigma) * actors[i].power).sum();
    let spoils = rules.cumulativity * ((1.0 - cost) * sigma * lost + left);
    let parts: Vec<f64> = winners
        .iter()
        .map(|&i| {
            let ratio = |j: &usize| (actors[*j].power / actors[i].power).powf(rules.dominance);
            1.0 / winners.iter().map(ratio).sum::<f64>()
        })
        .map(|part| if part.is_nan() { 0.0 } else { part })
        .collect();
    for &i in losers {
        actors[i].power *= 1.0 - sigma;
    }
    for (&i, part) in winners.iter().zip(parts) {
        actors[i].power = actors[i].power * (1.0 - cost * sigma) + part * spoils;
    }
    let names = |side: &[usize]| side.iter().map(|&i| actors[i].who).collect();
    let told = ReplayedWar {
        initiator: actors[initiator].who,
        target: actors[target].who,
        attackers: names(&attackers),
        defenders: names(&defenders),
        attackers_won,
        annexed: names(&annexed),
    };
    actors.retain(|actor| !told.annexed.contains(&actor.who));
    told
}

/// Who is above the threshold, and for how long.
fn watch(actors: &mut [Actor], found: &mut Replayed, period: u32, rules: &Rules) {
    for actor in actors.iter_mut() {
        let is_above = actor.power > rules.threshold + EQUAL;
        actor.above = if is_above { actor.above + 1 } else { 0 };
    }
    if found.hegemon.is_none() {
        let hegemon = actors.iter().find(|actor| actor.above == rules.hold);
        found.hegemon = hegemon.map(|actor| (actor.who, period + 1 - rules.hold));
    }
    if let Some((who, _)) = found.hegemon {
        found.ended |= !actors.iter().any(|actor| actor.who == who && actor.above > 0);
    }
}
