//! The claims of a range of control: each end is attained, and proved to be an end.

use crate::certify::Claim;
use crate::finding::alignment::{CorrelatedBound, Incentive};
use crate::game::strategic::Incentives;
use crate::game::{AlignmentGame, StrategicGame};
use crate::tolerance::Tolerances;

use super::larger;
use super::sweep::weights;

/// A range and its proofs.
pub(super) struct Range<'a> {
    what: &'a str,
    control: [f64; 2],
    bounds: [&'a CorrelatedBound; 2],
}

const NAMES: [&str; 2] = ["lowest", "highest"];

impl<'a> Range<'a> {
    pub(super) fn of(what: &'a str, control: [f64; 2], bounds: [&'a CorrelatedBound; 2]) -> Self {
        Self { what, control, bounds }
    }

    /// The weights of the incentives, by number; `None` where they are not the game's.
    pub(super) fn weights(&self, game: &AlignmentGame) -> Option<[Vec<f64>; 2]> {
        weights(game, &self.bounds.map(|bound| &bound.incentives[..]))
    }

    /// Whether every list has the length that it must have and every number is one.
    pub(super) fn is_well_formed(&self, game: &AlignmentGame) -> bool {
        let bound = |bound: &CorrelatedBound| {
            let distribution = &bound.distribution;
            bound.bound.is_finite()
                && !distribution.is_empty()
                && distribution.iter().all(|(a, mu)| game.profile(a).is_some() && mu.is_finite())
                && are_well_formed(&bound.incentives)
        };
        self.control.iter().all(|c| c.is_finite()) && self.bounds.into_iter().all(bound)
    }

    /// The claims of a well-formed range of `game`, whose gains are those of `form`, `proved`
    /// being the least that the priced sums really are.
    pub(super) fn claims(
        &self,
        game: &AlignmentGame,
        form: &impl StrategicGame,
        proved: [f64; 2],
        claims: &mut Vec<Claim>,
    ) {
        let tolerances = Tolerances::DEFAULT;
        let tolerance = tolerances.certificate;
        let mut control = vec![0.0; game.contest().len()];
        for (end, (name, bound)) in NAMES.into_iter().zip(self.bounds).enumerate() {
            let what = |text: &str| format!("{}, {name} control: {text}", self.what);
            let (sign, value) = (if end == 0 { 1.0 } else { -1.0 }, self.control[end]);
            let total: f64 = bound.distribution.iter().map(|(_, mu)| mu).sum();
            let least = bound.distribution.iter().map(|&(_, mu)| mu).fold(f64::INFINITY, f64::min);
            claims.push(Claim::within(
                what("the probabilities are above 0 and sum to 1"),
                if least > 0.0 { (total - 1.0).abs() } else { f64::INFINITY },
                tolerance,
            ));
            let text = what("no state gains by disobeying");
            claims.push(Claim::within(text, regret(game, form, bound), tolerance));
            let mut expected = 0.0;
            for (profile, mu) in &bound.distribution {
                let Some(profile) = game.profile(profile) else { continue };
                game.control(&profile, &mut control);
                expected += mu * control[game.leader()];
            }
            let text = what(&format!("it is {value:.4} in expectation"));
            claims.push(Claim::within(text, (expected - value).abs(), tolerance));
            let lightest = bound.incentives.iter().map(|i| i.weight).fold(0.0, f64::min);
            let text = what("the incentives' weights are at least 0");
            claims.push(Claim::exact(text, lightest >= 0.0));
            claims.push(Claim::within(
                what("every profile is worth its bound"),
                larger(0.0, bound.bound - proved[end]),
                tolerance,
            ));
            let weights: f64 = bound.incentives.iter().map(|i| i.weight).sum();
            claims.push(Claim::within(
                what("the bound closes the gap"),
                larger(0.0, sign * value - (bound.bound - tolerances.gain * weights)),
                tolerance,
            ));
        }
        claims.push(Claim::within(
            format!("{}: the lowest control is at most the highest", self.what),
            larger(0.0, self.control[0] - self.control[1]),
            tolerance,
        ));
    }
}

/// Whether each leads from one posture to another, with a weight that is a number.
pub(super) fn are_well_formed(incentives: &[Incentive]) -> bool {
    incentives.iter().all(|i| i.from != i.to && i.weight.is_finite())
}

/// The most that any state told to play one posture gains, in expectation, by another; where
/// more than its share of power is at stake for it, over what is.
fn regret(game: &AlignmentGame, form: &impl StrategicGame, bound: &CorrelatedBound) -> f64 {
    let incentives = Incentives::of(form);
    let mut expected = vec![0.0; incentives.len()];
    let mut stake = vec![1.0; incentives.len()];
    let mut gains = vec![0.0; incentives.gains()];
    for (profile, mu) in &bound.distribution {
        let Some(profile) = game.profile(profile) else { return f64::INFINITY };
        form.gains(&profile, &mut gains);
        for (number, slot) in incentives.met(&profile) {
            expected[number] += mu * gains[slot];
            stake[number] = larger(stake[number], gains[slot].abs());
        }
    }
    expected.iter().zip(&stake).map(|(gain, stake)| gain / stake).fold(0.0, larger)
}
