//! A table with payoffs per span, and a player who picks the worst off.

use crate::game::StrategicTable;
use crate::game::strategic::{Incentives, StrategicGame};

/// The game with each player's payoffs stretched to `[0, 1]`, so that no tolerance depends on
/// their scale. It may have one player more, who names another player and pays its payoff:
/// where it is uninformed, the payoff expected to be paid is the lowest of all.
///
/// Its players are the table's in the opposite order, after the one who names, so that the
/// number of a profile is `named · profiles + index` with the table's number `index`: lines of
/// one player's strategies are contiguous, and prices of many profiles are added up in runs.
pub(super) struct Scaled<'a> {
    game: &'a StrategicTable,
    /// By the table's player.
    payoffs: Vec<Vec<f64>>,
    /// What is paid to each player who may be named, one after another.
    named: Option<&'a [f64]>,
}

impl<'a> Scaled<'a> {
    pub(super) fn new(game: &'a StrategicTable, named: Option<&'a [f64]>) -> Self {
        let payoffs = (0..game.roster().len()).map(|i| game.normalized(i)).collect();
        Self { game, payoffs, named }
    }

    /// The table's player that `player` is; `None` for the one who names.
    pub(super) fn of_table(&self, player: usize) -> Option<usize> {
        (self.players() - 1 - player < self.payoffs.len()).then(|| self.players() - 1 - player)
    }

    /// The number of the table's profile.
    pub(super) fn index(&self, profile: &[usize]) -> usize {
        let strategies = profile.iter().rev().zip(self.game.strides());
        strategies.map(|(strategy, stride)| strategy * stride).sum()
    }

    /// The number of a profile of the table's, in which this player is named.
    pub(super) fn number(&self, index: usize, named: Option<usize>) -> u64 {
        (named.unwrap_or(0) * self.game.len() + index) as u64
    }

    /// What `player` gains by `to` instead of `from` at the profile with this index.
    fn gain(&self, player: usize, index: usize, from: usize, to: usize) -> f64 {
        match (self.of_table(player), self.named) {
            (Some(i), _) => {
                let (stride, payoffs) = (self.game.strides()[i], &self.payoffs[i]);
                payoffs[index + to * stride - from * stride] - payoffs[index]
            }
            (None, Some(named)) => {
                named[from * self.game.len() + index] - named[to * self.game.len() + index]
            }
            (None, None) => 0.0,
        }
    }
}

impl StrategicGame for Scaled<'_> {
    fn players(&self) -> usize {
        self.payoffs.len() + usize::from(self.named.is_some())
    }

    fn actions(&self, player: usize) -> usize {
        let roster = self.game.roster();
        self.of_table(player).map_or(roster.len(), |i| roster[i].strategies.len())
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let index = self.index(profile);
        for (player, payoff) in payoffs.iter_mut().enumerate() {
            *payoff = match (self.of_table(player), self.named) {
                (Some(i), _) => self.payoffs[i][index],
                (None, Some(named)) => -named[profile[player] * self.game.len() + index],
                (None, None) => 0.0,
            };
        }
    }

    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        let index = self.index(profile);
        let mut slot = 0;
        for (player, &from) in profile.iter().enumerate() {
            for to in 0..self.actions(player) {
                gains[slot] = self.gain(player, index, from, to);
                slot += 1;
            }
        }
    }

    fn weighted_gains(&self, profile: &[usize], incentives: &Incentives, weights: &[f64]) -> f64 {
        let index = self.index(profile);
        let mut sum = 0.0;
        for (player, &from) in profile.iter().enumerate() {
            let row = incentives.row(player, from);
            let weights = &weights[row..row + self.actions(player)];
            for (to, &weight) in weights.iter().enumerate() {
                if weight > 0.0 && to != from {
                    sum += weight * self.gain(player, index, from, to);
                }
            }
        }
        sum
    }

    fn add_weighted_gains(
        &self,
        first: u64,
        incentives: &Incentives,
        weights: &[f64],
        values: &mut [f64],
    ) {
        let profiles = self.game.len();
        let (mut at, end) = (first as usize, first as usize + values.len());
        let mut rest = values;
        // A piece for each player who is named.
        while at < end {
            let (named, index) = (at / profiles, at % profiles);
            let (piece, more) = rest.split_at_mut((end - at).min(profiles - index));
            (at, rest) = (at + piece.len(), more);
            for player in 0..self.players() {
                let row = |from: usize| {
                    let row = incentives.row(player, from);
                    &weights[row..row + self.actions(player)]
                };
                match (self.of_table(player), self.named) {
                    (Some(i), _) => {
                        let (stride, k) = (self.game.strides()[i], self.actions(player));
                        add_lines(&self.payoffs[i], stride, k, index, row, piece);
                    }
                    (None, Some(payoffs)) => {
                        let length = piece.len();
                        let paid = |to: usize| &payoffs[to * profiles + index..][..length];
                        let own = paid(named);
                        for (to, &weight) in row(named).iter().enumerate() {
                            if weight > 0.0 && to != named {
                                add(weight, own, paid(to), piece);
                            }
                        }
                    }
                    (None, None) => {}
                }
            }
        }
    }
}

/// Adds one player's weighted gains to the values of the profiles from `index` on: piece by
/// piece of a line in which it plays one strategy. `row` has its weights there.
fn add_lines<'w>(
    payoffs: &[f64],
    stride: usize,
    k: usize,
    index: usize,
    row: impl Fn(usize) -> &'w [f64],
    values: &mut [f64],
) {
    let rows: Vec<Vec<(usize, f64)>> = (0..k)
        .map(|from| {
            let all = row(from).iter().copied().enumerate();
            all.filter(|&(to, weight)| weight > 0.0 && to != from).collect()
        })
        .collect();
    if rows.iter().all(Vec::is_empty) {
        return;
    }
    let mut at = index;
    let mut from = index / stride % k;
    let mut rest = values;
    while !rest.is_empty() {
        let length = (stride - at % stride).min(rest.len());
        let (line, more) = rest.split_at_mut(length);
        let base = at - from * stride;
        for &(to, weight) in &rows[from] {
            let there = &payoffs[base + to * stride..][..length];
            add(weight, there, &payoffs[at..at + length], line);
        }
        (at, rest) = (at + length, more);
        from = if from + 1 == k { 0 } else { from + 1 };
    }
}

/// `values += weight · (there − here)`.
fn add(weight: f64, there: &[f64], here: &[f64], values: &mut [f64]) {
    for ((value, there), here) in values.iter_mut().zip(there).zip(here) {
        *value += weight * (there - here);
    }
}
