//! The price of every profile at once, in floating point, with a bound on its rounding.

use super::Weighted;
use super::findings::Concept;
use super::objective::Goal;
use crate::game::StrategicTable;
use crate::game::table::{Levels, Payoffs};

/// The prices of all profiles: a goal's values plus weighted gains.
pub(super) struct Prices {
    /// By the profiles' numbers.
    pub(super) values: Vec<f64>,
    /// How far each may be from what it is exactly, at most.
    pub(super) error: f64,
}

impl Prices {
    /// The lowest.
    pub(super) fn lowest(&self) -> f64 {
        self.values.iter().copied().fold(f64::INFINITY, f64::min)
    }
}

/// The prices with these goals, each times a factor, and weights of gains in units of payoff.
/// O(profiles · (terms + weights of one strategy each)).
pub(super) fn sweep(
    game: &StrategicTable,
    concept: Concept,
    goals: &[(&Goal<'_>, f64)],
    weights: &[Weighted],
) -> Prices {
    let (mut constant, mut size, mut steps) = (0.0f64, 0.0f64, 8);
    let mut terms: Vec<(&Payoffs, f64)> = Vec::new();
    for (goal, factor) in goals {
        for (payoffs, share) in &goal.terms {
            let [offset, unit] =
                [payoffs.offset(), payoffs.unit()].map(|x| factor * (share * x).to_f64().value());
            constant += offset;
            size += offset.abs() + unit.abs() * top(payoffs);
            steps += 2;
            terms.push((payoffs, unit));
        }
    }
    let mut values = vec![constant; game.len()];
    for (payoffs, weight) in terms {
        match payoffs.levels() {
            Levels::Small(levels) => {
                values.iter_mut().zip(levels).for_each(|(v, &l)| *v += weight * l as f64);
            }
            Levels::Large(levels) => {
                values.iter_mut().zip(levels).for_each(|(v, l)| *v += weight * l.to_f64().value())
            }
        }
    }
    let sizes = game.sizes();
    for w in weights {
        let payoffs = game.exact(w.player);
        let weight = w.weight * payoffs.unit().to_f64().value();
        size += weight.abs() * top(payoffs);
        steps += 1;
        let (stride, k) = (game.strides()[w.player], sizes[w.player]);
        let rows = match concept {
            Concept::Correlated => w.from..w.from + 1,
            Concept::Coarse => 0..k,
        };
        for from in rows.filter(|&from| from != w.to) {
            let line = Line { stride, block: stride * k, from, to: w.to, weight };
            match payoffs.levels() {
                Levels::Small(levels) => line.charge(levels, &mut values, |l| *l as f64),
                Levels::Large(levels) => line.charge(levels, &mut values, |l| l.to_f64().value()),
            }
        }
    }
    // A number, its weight and their product are rounded, and each sum is.
    Prices { values, error: f64::from(steps) * f64::EPSILON * size }
}

fn top(payoffs: &Payoffs) -> f64 {
    payoffs.top().to_f64().value()
}

/// The profiles in which a player plays one strategy, beside those in which it plays another.
struct Line {
    stride: usize,
    block: usize,
    from: usize,
    to: usize,
    weight: f64,
}

impl Line {
    fn charge<T>(&self, levels: &[T], values: &mut [f64], float: impl Fn(&T) -> f64) {
        let (here, there) = (self.from * self.stride, self.to * self.stride);
        for (levels, values) in
            levels.chunks_exact(self.block).zip(values.chunks_exact_mut(self.block))
        {
            let own = &levels[here..here + self.stride];
            let other = &levels[there..there + self.stride];
            let charged = &mut values[here..here + self.stride];
            for ((value, own), other) in charged.iter_mut().zip(own).zip(other) {
                *value += self.weight * (float(other) - float(own));
            }
        }
    }
}
