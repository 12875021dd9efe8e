//! Decision and war: who attacks whom, who wins, and what becomes of them.

use crate::chance::{Luck, Purpose};
use crate::parameters::simulation::Rules;
use crate::simulation::alignment::{Blocs, power};
use crate::simulation::world::{EQUAL, World};

/// Who attacks whom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attack {
    /// The slot of the bloc that attacks.
    pub(super) bloc: usize,
    /// The state that had the initiative.
    pub(super) initiator: usize,
    /// The state that is attacked.
    pub(super) target: usize,
}

/// A war that was fought: what a spectator sees of it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct War {
    /// Who had the initiative.
    pub initiator: u32,
    /// Who was attacked.
    pub target: u32,
    /// Who attacked, in order.
    pub attackers: Vec<u32>,
    /// Who defended: the attacked, and the allies that fought.
    pub defenders: Vec<u32>,
    /// Whether the attackers won.
    pub attackers_won: bool,
    /// Who was annexed.
    pub annexed: Vec<u32>,
}

/// `q` of a side that has `x` against `y`.
pub(super) fn chance(x: f64, y: f64, decisiveness: f64) -> f64 {
    if decisiveness.is_infinite() {
        return match () {
            () if x > y + EQUAL * (x + y) => 1.0,
            () if y > x + EQUAL * (x + y) => 0.0,
            () => 0.5,
        };
    }
    // Whichever is the larger below: nothing overflows.
    if x >= y {
        1.0 / (1.0 + power(y / x, decisiveness))
    } else {
        let odds = power(x / y, decisiveness);
        odds / (1.0 + odds)
    }
}

/// The one state that has the initiative, its bloc's best target, and whether it pays to attack
/// it. `None` if there is no other bloc. `forced` attacks the best target whether it pays or not.
pub(super) fn decide(
    world: &World,
    blocs: &Blocs,
    rules: &Rules,
    luck: Luck,
    forced: bool,
) -> Option<Attack> {
    let shares = blocs.shares();
    let initiator = drawn(shares, luck.for_a(Purpose::Initiative).uniform());
    let bloc = blocs.of[initiator];
    let own = blocs.power_of(bloc);
    let revisionism = mean_revisionism(world, blocs, bloc);
    let first = |slot: usize| {
        let first = blocs.of.iter().position(|&of| of == slot).unwrap_or(0);
        u64::from(world.who[first])
    };
    let perception = luck.for_a(Purpose::Perception).with(first(bloc));
    // One draw a pair of blocs, whichever of its members is looked at.
    let mut seen: (usize, f64) = (usize::MAX, 1.0);
    let mut best: Option<(f64, usize)> = None;
    for target in (0..world.len()).filter(|&j| blocs.of[j] != bloc) {
        let other = blocs.of[target];
        if seen.0 != other {
            let error = match rules.misperception > 0.0 {
                true => (rules.misperception * perception.with(first(other)).normal()).exp(),
                false => 1.0,
            };
            seen = (other, error);
        }
        let alone = shares[target];
        let defence = alone + rules.reliability * (blocs.power_of(other) - alone);
        let perceived = defence * seen.1;
        let Some((gain, pays)) = judge(own, perceived, revisionism, rules) else { continue };
        if (pays || forced) && best.is_none_or(|(most, _)| gain > most + EQUAL) {
            best = Some((gain, target));
        }
    }
    best.map(|(_, target)| Attack { bloc, initiator, target })
}

/// What an attack seems worth, in shares of all power, and whether it pays. `None` where neither
/// side has any power.
fn judge(own: f64, perceived: f64, revisionism: f64, rules: &Rules) -> Option<(f64, bool)> {
    let stakes = own + perceived;
    if stakes <= 0.0 {
        return None;
    }
    let (x, y) = (own / stakes, perceived / stakes);
    let q = chance(x, y, rules.decisiveness);
    let kept = 1.0 - 2.0 * rules.war_cost * y;
    let pays = revisionism * q * (kept - x) > (1.0 - q) * x + EQUAL;
    Some((stakes * (kept * q - x), pays))
}

/// The bloc's revisionism, weighted by power.
fn mean_revisionism(world: &World, blocs: &Blocs, bloc: usize) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for i in (0..world.len()).filter(|&i| blocs.of[i] == bloc) {
        sum += world.power[i] * world.revisionism[i];
        weight += world.power[i];
    }
    sum / weight
}

/// The state whose part of all power `u` falls into.
fn drawn(shares: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let hit = shares.iter().position(|share| {
        sum += share;
        u < sum
    });
    // Rounding may keep the sum below 1.
    hit.unwrap_or(shares.len() - 1)
}

/// Who fights in a war, as room that is used again.
#[derive(Debug, Default)]
pub(super) struct Battle {
    attackers: Vec<usize>,
    defenders: Vec<usize>,
    annexed: Vec<usize>,
}

impl Battle {
    /// Fights it out, and returns whether the attackers won. `witness` is shown the war while
    /// all who fought are still there.
    pub(super) fn fight(
        &mut self,
        attack: Attack,
        world: &mut World,
        blocs: &Blocs,
        rules: &Rules,
        luck: Luck,
        witness: Option<&mut War>,
    ) -> bool {
        self.muster(attack, world, blocs, rules, luck);
        let sum = |side: &[usize], world: &World| side.iter().map(|&i| world.power[i]).sum::<f64>();
        let (x, y) = (sum(&self.attackers, world), sum(&self.defenders, world));
        let total = world.total();
        let won = luck.for_a(Purpose::Battle).uniform() < chance(x, y, rules.decisiveness);
        let (winners, losers, lost) = match won {
            true => (&self.attackers, &self.defenders, y),
            false => (&self.defenders, &self.attackers, x),
        };
        let cost = (2.0 * rules.war_cost * lost / (x + y)).min(1.0);
        let mut spoils = rules.cumulativity * (1.0 - cost) * rules.stakes * lost;
        self.annexed.clear();
        for &i in losers {
            world.power[i] *= 1.0 - rules.stakes;
            if world.power[i] < rules.floor * total {
                spoils += rules.cumulativity * world.power[i];
                self.annexed.push(i);
            }
        }
        let strongest = winners.iter().map(|&i| world.power[i]).fold(0.0, f64::max);
        let weight = |i: usize, world: &World| power(world.power[i] / strongest, rules.dominance);
        let weights: f64 = winners.iter().map(|&i| weight(i, world)).sum();
        for &i in winners {
            let part = weight(i, world) / weights;
            world.power[i] += part * spoils - cost * rules.stakes * world.power[i];
        }
        if let Some(war) = witness {
            let who = |side: &[usize]| side.iter().map(|&i| world.who[i]).collect();
            *war = War {
                initiator: world.who[attack.initiator],
                target: world.who[attack.target],
                attackers: who(&self.attackers),
                defenders: who(&self.defenders),
                attackers_won: won,
                annexed: who(&self.annexed),
            };
        }
        self.annexed.sort_unstable();
        while let Some(i) = self.annexed.pop() {
            world.remove(i);
        }
        won
    }

    /// Who fights: all of the bloc that attacks; of the other one the attacked, and each of the
    /// others if it keeps its word.
    fn muster(&mut self, attack: Attack, world: &World, blocs: &Blocs, rules: &Rules, luck: Luck) {
        let luck = luck.for_a(Purpose::Reliability);
        let attacked = blocs.of[attack.target];
        self.attackers.clear();
        self.defenders.clear();
        for i in 0..world.len() {
            if blocs.of[i] == attack.bloc {
                self.attackers.push(i);
            } else if blocs.of[i] == attacked {
                let fights = i == attack.target
                    || rules.reliability >= 1.0
                    || luck.with(world.who[i].into()).uniform() < rules.reliability;
                if fights {
                    self.defenders.push(i);
                }
            }
        }
    }
}
