//! One run: so many periods of growth, entry, alignment and war.

use serde::{Deserialize, Serialize};

use crate::chance::Luck;
use crate::parameters::simulation::Rules;
use crate::simulation::Start;
use crate::simulation::alignment::Blocs;
use crate::simulation::war::{Battle, War, decide};
use crate::simulation::world::{EQUAL, World};
use crate::work::Work;

/// How a run ended. States are numbered in the order of the starting system, newcomers after
/// these in order of arrival.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct RunRow {
    /// The first state that was above the threshold for so many periods running as are asked for.
    pub hegemon: Option<u32>,
    /// The first of these periods, from 1.
    pub period: Option<u32>,
    /// Whether the hegemon was not above the threshold in some later period.
    pub ended: bool,
    /// Whether a state is above the threshold at the end.
    pub above_at_end: bool,
    /// The share of the strongest state at the end.
    pub leader_share: f64,
    /// One over the sum of squared shares, at the end.
    pub effective_poles: f64,
    /// The states at the end.
    pub states: u32,
    /// The wars.
    pub wars: u32,
    /// The wars that the attackers won.
    pub attackers_won: u32,
    /// The periods in which alignment did not come to rest.
    pub unsettled: u32,
}

/// A run's periods.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Path {
    /// The share of the strongest state, by period.
    pub leader_share: Vec<f64>,
    /// One over the sum of squared shares.
    pub effective_poles: Vec<f64>,
    /// The states that are there.
    pub states: Vec<u32>,
}

/// How the others stood to the strongest state while it had so much of all power.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// In how many periods that was seen.
    pub periods: u32,
    /// The part of the others' power that stood with it, summed over these periods.
    pub with: f64,
    /// The part in the strongest bloc without it.
    pub against: f64,
}

/// A run with all that is added up over runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// How it ended.
    pub row: RunRow,
    /// Its periods.
    pub path: Path,
    /// How the others stood, by tenth of the leading state's share.
    pub stances: [Stance; 10],
}

/// A period as a spectator sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Which period, from 1.
    pub period: u32,
    /// Who entered in it.
    pub entered: Vec<u32>,
    /// The blocs, each in order, in the order of their first members.
    pub blocs: Vec<Vec<u32>>,
    /// The share of all power that each bloc has before the war.
    pub powers: Vec<f64>,
    /// Whether alignment came to rest.
    pub settled: bool,
    /// The war, if there was one.
    pub war: Option<War>,
    /// Each state's share at the end of the period.
    pub shares: Vec<(u32, f64)>,
}

/// Somebody who watches a run.
pub(super) trait Spectator {
    /// Whether it is shown every period.
    const WATCHES: bool;
    /// A period is over.
    fn watch(&mut self, scene: Scene);
}

/// Nobody.
pub(super) struct Nobody;

impl Spectator for Nobody {
    const WATCHES: bool = false;
    fn watch(&mut self, _: Scene) {}
}

impl Spectator for Vec<Scene> {
    const WATCHES: bool = true;
    fn watch(&mut self, scene: Scene) {
        self.push(scene);
    }
}

/// What runs are made with, one after the other: room for a world, used again.
#[derive(Debug, Default)]
pub(super) struct Stage {
    world: World,
    blocs: Blocs,
    battle: Battle,
    /// War in every period with the best target, whether it pays or not: for a test of limits.
    forced: bool,
}

impl Stage {
    /// A run; `None` if the time was up.
    pub(super) fn run(
        &mut self,
        start: &Start,
        rules: &Rules,
        (seed, run, periods): (u64, u32, u32),
        spectator: &mut impl Spectator,
        work: &Work,
    ) -> Option<Run> {
        let mut tally = Tally::new(periods);
        self.world.reset(start, rules);
        for period in 1..=periods {
            if period % 64 == 0 && work.is_over() {
                return None;
            }
            let scene = self.period(
                start,
                rules,
                Luck::of_period(seed, run, period),
                &mut tally,
                spectator,
            );
            if let Some(scene) = scene {
                spectator.watch(Scene { period, ..scene });
            }
            tally.record(period, &mut self.world, rules);
        }
        Some(tally.end(&self.world, rules))
    }

    /// One period, and what was to be seen of it where somebody watches.
    fn period<S: Spectator>(
        &mut self,
        start: &Start,
        rules: &Rules,
        luck: Luck,
        tally: &mut Tally,
        _: &S,
    ) -> Option<Scene> {
        let Self { world, blocs, battle, forced } = self;
        world.grow(rules, luck);
        let entered = world.admit(start, rules, luck) as usize;
        let settled = blocs.align(world, rules, luck);
        tally.aligned(settled, world, blocs);
        let mut scene = S::WATCHES.then(|| named_blocs(world, blocs)).map(|named| Scene {
            period: 0,
            entered: world.who[world.len() - entered..].to_vec(),
            blocs: named.0,
            powers: named.1,
            settled,
            war: None,
            shares: Vec::new(),
        });
        if let Some(attack) = decide(world, blocs, rules, luck, *forced) {
            let mut war = War::default();
            let witness = S::WATCHES.then_some(&mut war);
            let won = battle.fight(attack, world, blocs, rules, luck, witness);
            tally.fought(won);
            if let Some(scene) = &mut scene {
                scene.war = Some(war);
            }
        }
        if let Some(scene) = &mut scene {
            let total = world.total();
            let shares = world.who.iter().zip(&world.power);
            scene.shares = shares.map(|(&who, power)| (who, power / total)).collect();
        }
        scene
    }

    /// With war in every period, or not.
    #[cfg(test)]
    pub(super) fn with_war_forced(forced: bool) -> Self {
        Self { forced, ..Self::default() }
    }

    /// The world as it is after a run.
    #[cfg(test)]
    pub(super) fn world(&self) -> &World {
        &self.world
    }
}

impl Scene {
    /// The two strongest blocs, the first of several; `None` if there is only one.
    pub fn two_strongest(&self) -> Option<[usize; 2]> {
        let mut order: Vec<usize> = (0..self.blocs.len()).collect();
        order.sort_by(|&a, &b| self.powers[b].total_cmp(&self.powers[a]));
        order.first_chunk().copied()
    }
}

/// The blocs by who is in them, and how strong each is.
fn named_blocs(world: &World, blocs: &Blocs) -> (Vec<Vec<u32>>, Vec<f64>) {
    let mut named: Vec<(usize, Vec<u32>)> = Vec::new();
    for (i, &slot) in blocs.of.iter().enumerate() {
        match named.iter_mut().find(|(of, _)| *of == slot) {
            Some((_, members)) => members.push(world.who[i]),
            None => named.push((slot, vec![world.who[i]])),
        }
    }
    named.into_iter().map(|(slot, members)| (members, blocs.power_of(slot))).unzip()
}

/// What is counted on the way.
struct Tally {
    row: RunRow,
    path: Path,
    stances: [Stance; 10],
}

impl Tally {
    fn new(periods: u32) -> Self {
        let room = periods as usize;
        Self {
            row: RunRow {
                hegemon: None,
                period: None,
                ended: false,
                above_at_end: false,
                leader_share: 0.0,
                effective_poles: 0.0,
                states: 0,
                wars: 0,
                attackers_won: 0,
                unsettled: 0,
            },
            path: Path {
                leader_share: Vec::with_capacity(room),
                effective_poles: Vec::with_capacity(room),
                states: Vec::with_capacity(room),
            },
            stances: [Stance::default(); 10],
        }
    }

    /// How the others stand to the strongest.
    fn aligned(&mut self, settled: bool, world: &World, blocs: &Blocs) {
        self.row.unsettled += u32::from(!settled);
        let leader = world.leader();
        let share = blocs.shares()[leader];
        let others = 1.0 - share;
        if world.len() < 2 || others <= EQUAL {
            return;
        }
        let own = blocs.of[leader];
        let strongest = blocs.slots().filter(|&slot| slot != own);
        let against = strongest.map(|slot| blocs.power_of(slot)).fold(0.0, f64::max);
        let stance = &mut self.stances[tenth(share)];
        stance.periods += 1;
        stance.with += ((blocs.power_of(own) - share) / others).max(0.0);
        stance.against += (against / others).min(1.0);
    }

    fn fought(&mut self, won: bool) {
        self.row.wars += 1;
        self.row.attackers_won += u32::from(won);
    }

    /// The end of a period: who is above the threshold, and for how long.
    fn record(&mut self, period: u32, world: &mut World, rules: &Rules) {
        let total = world.total();
        let above = rules.threshold + EQUAL;
        let mut squares = 0.0;
        let mut hegemon_above = false;
        for i in 0..world.len() {
            let share = world.power[i] / total;
            squares += share * share;
            world.above[i] = if share > above { world.above[i] + 1 } else { 0 };
            if self.row.hegemon.is_none() && world.above[i] == rules.hold {
                self.row.hegemon = Some(world.who[i]);
                self.row.period = Some(period + 1 - rules.hold);
            }
            hegemon_above |= self.row.hegemon == Some(world.who[i]) && world.above[i] > 0;
        }
        self.row.ended |= self.row.hegemon.is_some() && !hegemon_above;
        self.path.leader_share.push(world.power[world.leader()] / total);
        self.path.effective_poles.push(1.0 / squares);
        self.path.states.push(world.len() as u32);
    }

    fn end(mut self, world: &World, rules: &Rules) -> Run {
        self.row.leader_share = self.path.leader_share.last().copied().unwrap_or(0.0);
        self.row.effective_poles = self.path.effective_poles.last().copied().unwrap_or(0.0);
        self.row.above_at_end = self.row.leader_share > rules.threshold + EQUAL;
        self.row.states = world.len() as u32;
        Run { row: self.row, path: self.path, stances: self.stances }
    }
}

/// The tenth of a share.
fn tenth(share: f64) -> usize {
    ((share * 10.0) as usize).min(9)
}
