//! The security game once more, straight from its definition and without the solver's short cuts.

use std::cmp::Ordering;

use crate::coalition::Coalition;
use crate::game::Stance;
use crate::parameters::Parameters;
use crate::system::System;
use crate::tolerance::Tolerances;

const CLOSE: f64 = Tolerances::DEFAULT.rounding;
/// What rounding moves a loss by.
const ROUNDING: f64 = 1e-14;

/// The system as its states see it who face one target.
pub(super) struct Naive<'a> {
    pub(super) system: &'a System,
    parameters: &'a Parameters,
    pub(super) target: usize,
    /// The other states.
    pub(super) others: Vec<usize>,
    /// The target's threat to each state.
    pub(super) fear: Vec<f64>,
}

/// Who is on which side.
#[derive(Debug, Clone, Copy)]
pub(super) struct Camps {
    pub(super) with: Coalition,
    pub(super) against: Coalition,
}

impl<'a> Naive<'a> {
    pub(super) fn new(system: &'a System, parameters: &'a Parameters, target: usize) -> Self {
        let others = (0..system.len()).filter(|&i| i != target).collect();
        let fear = (0..system.len()).map(|i| threat(system, parameters, i, target)).collect();
        Self { system, parameters, target, others, fear }
    }

    pub(super) fn camps(&self, profile: &[Stance]) -> Camps {
        let mut camps = Camps { with: Coalition(1 << self.target), against: Coalition(0) };
        for (&i, stance) in self.others.iter().zip(profile) {
            camps = put(camps, i, *stance);
        }
        camps
    }

    fn power(&self, members: Coalition) -> f64 {
        members.sum(self.system.shares())
    }

    /// The probability that these prevail over those.
    pub(super) fn prevail(&self, these: Coalition, those: Coalition) -> f64 {
        if those == Coalition(0) {
            return 1.0;
        }
        let m = self.parameters.decisiveness;
        if m.is_infinite() {
            return match self.system.compare_power(these, those) {
                Ordering::Greater => 1.0,
                Ordering::Equal => 0.5,
                Ordering::Less => 0.0,
            };
        }
        // Over the larger of the two, so that no power of it underflows.
        let (a, b) = (self.power(these), self.power(those));
        let (a, b) = ((a / a.max(b)).powf(m), (b / a.max(b)).powf(m));
        a / (a + b)
    }

    pub(super) fn falls_alone(&self, attackers: Coalition, i: usize) -> f64 {
        self.prevail(attackers, Coalition(1 << i))
    }

    /// State `i`'s probability of losing independence with this stance, the others' camps given.
    pub(super) fn loss(&self, others: Camps, i: usize, stance: Stance) -> f64 {
        let p = &self.parameters.security;
        let camps = put(others, i, stance);
        let q = self.prevail(camps.with, camps.against);
        match stance {
            Stance::Balance if others.against == Coalition(0) => q * self.fear[i],
            Stance::Balance => q * self.fear[i] + p.commitment_cost,
            Stance::Hide => q * self.fear[i] * self.falls_alone(camps.with, i),
            Stance::Bandwagon => {
                let after_victory = self.fear[i] - self.fear[i] * p.forbearance;
                q * after_victory + (1.0 - q) * p.retribution + p.commitment_cost
            }
        }
    }

    /// Whether this stance is state `i`'s best reply to the others' camps.
    pub(super) fn is_reply(&self, others: Camps, i: usize, stance: Stance) -> bool {
        self.reply(others, i) == stance
    }

    pub(super) fn reply(&self, others: Camps, i: usize) -> Stance {
        let [balance, hide, bandwagon] = Stance::ALL.map(|s| self.loss(others, i, s));
        if others.against != Coalition(0) {
            if balance <= hide.min(bandwagon) + CLOSE {
                return Stance::Balance;
            }
            let hides = hide <= bandwagon.min(balance) + CLOSE;
            return if hides { Stance::Hide } else { Stance::Bandwagon };
        }
        if bandwagon < hide - CLOSE {
            return Stance::Bandwagon;
        }
        if self.focal(others.with, i) { Stance::Balance } else { Stance::Hide }
    }

    /// Whether state `i` counts as balancing where all others hide or are with the target.
    fn focal(&self, with: Coalition, i: usize) -> bool {
        let shares = self.system.shares();
        let p = &self.parameters.security;
        let stake = |j: usize| self.fear[j] * shares[j];
        let steadfast = |j: usize| {
            let (hides, follows) = (self.falls_alone(with, j), 1.0 - p.forbearance);
            self.fear[j] * (hides - follows) <= p.commitment_cost + CLOSE
        };
        let rivals = self.others.iter().filter(|&&j| j != i && !with.contains(j));
        let first = rivals.filter(|&&j| steadfast(j)).all(|&j| {
            let ahead = stake(i) - stake(j);
            ahead > CLOSE || (ahead.abs() <= CLOSE && i < j)
        });
        self.fear[i] > 0.0 && first
    }

    /// What the target can expect to command.
    pub(super) fn dominion(&self, profile: &[Stance]) -> f64 {
        let shares = self.system.shares();
        let camps = self.camps(profile);
        let mut falls = 0.0;
        for (&i, stance) in self.others.iter().zip(profile) {
            falls += shares[i]
                * self.fear[i]
                * match stance {
                    Stance::Balance => 1.0,
                    Stance::Hide => self.falls_alone(camps.with, i),
                    Stance::Bandwagon => 1.0 - self.parameters.security.forbearance,
                };
        }
        shares[self.target] + self.prevail(camps.with, camps.against) * falls
    }

    pub(super) fn held(&self, profile: &[Stance]) -> bool {
        let camps = self.camps(profile);
        self.system.compare_power(camps.with, camps.against) != Ordering::Greater
    }

    /// The forbearance above which state `i` would bandwagon where all others do.
    pub(super) fn trust_needed(&self, i: usize) -> f64 {
        let all = (0..self.system.len()).filter(|&j| j != i).collect();
        let resists = 1.0 - self.falls_alone(all, i);
        match self.fear[i] > 0.0 {
            true => resists + self.parameters.security.commitment_cost / self.fear[i],
            false => f64::INFINITY,
        }
    }

    /// The forbearance up to which state `i` would rather lose `loss` than bandwagon, and how far
    /// rounding may move it: far where little depends on forbearance.
    pub(super) fn trust_bearable(&self, others: Camps, i: usize, loss: f64) -> [f64; 2] {
        let p = &self.parameters.security;
        let q = self.prevail(others.with.with(i), others.against);
        let without_trust = q * self.fear[i] + (1.0 - q) * p.retribution + p.commitment_cost;
        match q * self.fear[i] > 0.0 {
            true => [without_trust - loss, ROUNDING].map(|x| x / (q * self.fear[i])),
            false if loss <= without_trust + CLOSE => [f64::INFINITY, 0.0],
            false => [f64::NEG_INFINITY, 0.0],
        }
    }
}

/// The camps with state `i` in its place.
pub(super) fn put(camps: Camps, i: usize, stance: Stance) -> Camps {
    match stance {
        Stance::Balance => Camps { against: camps.against.with(i), ..camps },
        Stance::Hide => camps,
        Stance::Bandwagon => Camps { with: camps.with.with(i), ..camps },
    }
}

/// The camps without state `i`.
pub(super) fn without(camps: Camps, i: usize) -> Camps {
    let one = Coalition(1 << i);
    Camps { with: camps.with.difference(one), against: camps.against.difference(one) }
}

/// `τ`: what state `i` has to fear of state `j` but for its power.
pub(super) fn threat(system: &System, parameters: &Parameters, i: usize, j: usize) -> f64 {
    if i == j {
        return 0.0;
    }
    let latent = parameters.security.latent_hostility;
    let mut threat = system.states()[j].offence.unwrap_or(1.0);
    if let Some(distance) = &system.dyads().distance {
        threat *= (-distance[[i, j]] / parameters.distance_scale).exp();
    }
    if let Some(hostility) = &system.dyads().hostility {
        threat *= latent + (1.0 - latent) * hostility[[i, j]].clamp(0.0, 1.0);
    }
    threat
}
