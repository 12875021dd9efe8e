//! What is minimised, profile by profile or for many at once.

use crate::game::strategic::{number_of, with_profiles};
use crate::game::{LedGame, StrategicGame};

/// A function of profiles.
pub(in crate::solve) trait Costs: Sync {
    /// Its value at a profile.
    fn at(&self, game: &dyn StrategicGame, profile: &[usize]) -> f64;

    /// Its values at consecutive profiles, from the one with this number on.
    fn fill(&self, game: &dyn StrategicGame, first: u64, values: &mut [f64]) {
        with_profiles(game, first, values, |value, profile| *value = self.at(game, profile));
    }
}

impl<F: Fn(&[usize]) -> f64 + Sync> Costs for F {
    fn at(&self, _: &dyn StrategicGame, profile: &[usize]) -> f64 {
        self(profile)
    }
}

/// The leading state's control in this form of a game, times a sign.
pub(in crate::solve) struct LeaderControl<'a> {
    pub(in crate::solve) form: &'a dyn LedGame,
    pub(in crate::solve) sign: f64,
}

impl Costs for LeaderControl<'_> {
    fn at(&self, _: &dyn StrategicGame, profile: &[usize]) -> f64 {
        self.sign * self.form.leader_control(profile)
    }

    fn fill(&self, _: &dyn StrategicGame, first: u64, values: &mut [f64]) {
        self.form.leader_controls(first, values);
        values.iter_mut().for_each(|value| *value *= self.sign);
    }
}

/// A function whose values are laid out, by the profiles' numbers.
pub(super) struct LaidOut(pub(super) Vec<f64>);

impl Costs for LaidOut {
    fn at(&self, game: &dyn StrategicGame, profile: &[usize]) -> f64 {
        self.0[number_of(game, profile) as usize]
    }

    fn fill(&self, _: &dyn StrategicGame, first: u64, values: &mut [f64]) {
        values.copy_from_slice(&self.0[first as usize..][..values.len()]);
    }
}
