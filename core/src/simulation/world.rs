//! The state of the world: who is there, and how strong.

use crate::chance::{Luck, Purpose};
use crate::parameters::simulation::Rules;
use crate::simulation::Start;

/// What rounding may make of two numbers that are equal: below this nothing decides.
pub(super) const EQUAL: f64 = 1e-12;

/// The states that are there, in order of arrival; all lists are one entry a state. Shares are
/// what counts: the unit of power is that of the start, where all power is 1.
#[derive(Debug, Default)]
pub(super) struct World {
    /// `P_i`.
    pub(super) power: Vec<f64>,
    /// Who it is: its place in the starting system, newcomers after these.
    pub(super) who: Vec<u32>,
    pub(super) revisionism: Vec<f64>,
    /// `ln(1 + g_i)`.
    growth: Vec<f64>,
    /// For how many periods running it has been above the threshold.
    pub(super) above: Vec<u32>,
    /// How many newcomers there have been.
    newcomers: u32,
}

impl World {
    /// Sets the world back to the start.
    pub(super) fn reset(&mut self, start: &Start, rules: &Rules) {
        let n = start.shares.len();
        self.power.clear();
        self.power.extend_from_slice(&start.shares);
        self.who.clear();
        self.who.extend(0..n as u32);
        self.revisionism.clear();
        self.revisionism
            .extend(start.revisionism.iter().map(|known| known.unwrap_or(rules.revisionism)));
        self.growth.clear();
        self.growth.extend(start.growth.iter().map(|rate| rate.ln_1p()));
        self.above.clear();
        self.above.resize(n, 0);
        self.newcomers = 0;
    }

    /// The number of states.
    pub(super) fn len(&self) -> usize {
        self.power.len()
    }

    /// `S`.
    pub(super) fn total(&self) -> f64 {
        self.power.iter().sum()
    }

    /// The strongest state, the first of several.
    pub(super) fn leader(&self) -> usize {
        let p = &self.power;
        (1..p.len()).fold(0, |best, i| if p[i] > p[best] { i } else { best })
    }

    /// Growth: `P_i ← P_i exp(g_i − v²/2 + v z_i)`.
    pub(super) fn grow(&mut self, rules: &Rules, luck: Luck) {
        let v = rules.volatility;
        let luck = luck.for_a(Purpose::Growth);
        for i in 0..self.len() {
            if v > 0.0 {
                let z = luck.with(self.who[i].into()).normal();
                self.power[i] *= (self.growth[i] - 0.5 * v * v + v * z).exp();
            } else if self.growth[i] != 0.0 {
                self.power[i] *= self.growth[i].exp();
            }
        }
        self.keep_in_range();
    }

    /// Powers of two taken off all powers change no share; they keep growth over many periods
    /// within what a float can hold.
    fn keep_in_range(&mut self) {
        const FAR: f64 = 1e60;
        let largest = self.power[self.leader()];
        if !(1.0 / FAR..=FAR).contains(&largest) {
            let factor = (-largest.log2().floor()).exp2();
            self.power.iter_mut().for_each(|power| *power *= factor);
        }
    }

    /// Entry: each newcomer takes the share of a state of the starting system.
    pub(super) fn admit(&mut self, start: &Start, rules: &Rules, luck: Luck) -> u32 {
        if rules.openness <= 0.0 {
            return 0;
        }
        let count = luck.for_a(Purpose::Entry).poisson(rules.openness);
        for k in 0..count {
            let like = luck.for_a(Purpose::Entrant).with(k.into()).below(start.shares.len());
            self.power.push(start.shares[like] * self.total());
            self.who.push(start.shares.len() as u32 + self.newcomers);
            self.revisionism.push(rules.revisionism);
            self.growth.push(0.0);
            self.above.push(0);
            self.newcomers += 1;
        }
        count
    }

    /// Removes a state.
    pub(super) fn remove(&mut self, i: usize) {
        self.power.remove(i);
        self.who.remove(i);
        self.revisionism.remove(i);
        self.growth.remove(i);
        self.above.remove(i);
    }
}
