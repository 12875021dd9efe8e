//! Whole rows of profiles at once.
//!
//! **Method.** In a row the last few players move and the others stand still. What a profile comes
//! to is one number beside its sets, its *scale*, and scales are laid out for all profiles. So a
//! player's payoffs in a row, and those after its own change of posture, which are another row's or
//! lie elsewhere in the same, are loops over contiguous memory of a product or two a profile. They
//! are those of single profiles, bit by bit.
//!
//! Where an outcome is no war, or more than its scale says (decisiveness without bound), its scale
//! is not above 0, and the outcome is worked out for the profile alone.
//!
//! **Cost.** 8 bytes a profile, 115 MB for 15 followers; a nanosecond or two for a payoff.

use rayon::prelude::*;

use super::{ABSTAIN, BALANCE, BANDWAGON, Outcome, TabulatedAlignment, masks, own};
use crate::game::strategic::{StrategicGame, profile_at};

/// The most players who move in a row, and the most profiles of one.
const MOVING: usize = 5;
const LENGTH: usize = 3usize.pow(MOVING as u32);

/// What is laid out.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    /// By profile: its scale.
    scales: Vec<f64>,
    /// By profile of a row, the sets of those moving: with the leading state, and against it.
    sets: Vec<[u8; 2]>,
}

/// A row, and the sets of those who stand still.
#[derive(Debug, Clone, Copy)]
struct Row {
    number: usize,
    with: usize,
    against: usize,
}

/// A number for each profile of a row.
type Line = [f64; LENGTH];

/// By action, for each profile of a row: the control of those who play it, over their weight or,
/// alone, their strength.
type Prices = [Line; 3];

impl Rows {
    /// Those of so many players, not yet laid out.
    pub(super) fn of(players: usize) -> Self {
        let moving = players.min(MOVING);
        let sets = |profile: usize| {
            let places = (0..moving).map(|i| (1 << i, profile / 3usize.pow(i as u32) % 3));
            places.fold([0, 0], |[with, against], (bit, action)| match action {
                BANDWAGON => [with | bit, against],
                BALANCE => [with, against | bit],
                _ => [with, against],
            })
        };
        let sets = (0..3usize.pow(moving as u32)).map(sets).collect();
        Self { scales: Vec::new(), sets }
    }

    /// The number of profiles in a row.
    fn length(&self) -> usize {
        self.sets.len()
    }

    fn scales(&self, row: Row) -> &[f64] {
        &self.scales[row.number * self.length()..][..self.length()]
    }
}

impl Row {
    /// The sets at a profile of the row in which those who move make these.
    fn sets(self, [with, against]: [u8; 2]) -> (usize, usize) {
        (self.with | usize::from(with), self.against | usize::from(against))
    }
}

impl TabulatedAlignment<'_> {
    /// Lays out the scales of all profiles. O(profiles).
    pub(super) fn lay_out(&mut self) {
        let mut scales = vec![0.0; 3usize.pow(self.followers.len() as u32)];
        if !self.unbounded {
            let rows = scales.par_chunks_mut(self.rows.length()).enumerate();
            rows.for_each(|(number, scales)| {
                let row = self.row(number);
                for (scale, &sets) in scales.iter_mut().zip(&self.rows.sets) {
                    let (w, a) = row.sets(sets);
                    let alone = &self.alone[self.rest(w, a)];
                    *scale = self.scale(&self.with[w], &self.against[a], alone);
                }
            });
        }
        self.rows.scales = scales;
    }

    /// Adds each profile's weighted gains, from the one with number `first` on.
    pub(super) fn add_gains_in_rows(&self, first: u64, weights: &[f64], values: &mut [f64]) {
        self.each_row(first, values, |row, start, values| {
            let gains = self.gains_in(row, weights);
            values.iter_mut().zip(&gains[start..]).for_each(|(value, gain)| *value += gain);
        });
    }

    /// The weighted gains of a row's profiles.
    fn gains_in(&self, row: Row, weights: &[f64]) -> Line {
        let mut sums = [0.0; LENGTH];
        let (mut here, mut there) = ([0.0; LENGTH], [0.0; LENGTH]);
        let prices = self.prices(row);
        let mut others = [[0.0; LENGTH]; 3];
        for (i, weights) in weights.chunks_exact(9).enumerate() {
            let share = self.followers[i].share;
            let standing = self.standing(row, i);
            let mut known = false;
            for (pair, &weight) in weights.iter().enumerate() {
                let (from, to) = (pair / 3, pair % 3);
                if weight == 0.0 || from == to || standing.is_some_and(|action| action != from) {
                    continue;
                }
                if !known {
                    self.utilities_in(row, i, &prices, &mut here);
                    known = true;
                }
                if standing.is_some() {
                    let other = self.moved(row, i, to);
                    for (action, line) in others.iter_mut().enumerate() {
                        if action == to || !self.concerns.is_empty() {
                            self.price(other, action, line);
                        }
                    }
                    self.utilities_in(other, i, &others, &mut there);
                    add(weight, share, &there, &here, &mut sums);
                } else {
                    let stride = self.stride(i);
                    for k in (0..self.rows.length()).step_by(3 * stride) {
                        let (from, to) = (k + from * stride, k + to * stride);
                        let (here, there) = (&here[from..][..stride], &here[to..][..stride]);
                        add(weight, share, there, here, &mut sums[from..]);
                    }
                }
            }
        }
        sums
    }

    /// Whether each profile from the one with number `first` on is an equilibrium: first whether
    /// those stay who move in its row, then whether all do.
    pub(super) fn stay_in_rows(&self, first: u64, tolerance: f64, stay: &mut [bool]) {
        let players = self.followers.len();
        let mut utilities = [0.0; LENGTH];
        let mut number = first;
        self.each_row(first, stay, |row, start, stay| {
            let mut all = [true; LENGTH];
            let prices = self.prices(row);
            for i in (0..players).filter(|&i| self.standing(row, i).is_none()) {
                self.utilities_in(row, i, &prices, &mut utilities);
                let (stride, short) = (self.stride(i), tolerance * self.followers[i].share);
                for k in (0..self.rows.length()).step_by(3 * stride) {
                    for k in k..k + stride {
                        let ks = [k, k + stride, k + 2 * stride];
                        let most = utilities[ks[0]].max(utilities[ks[1]]).max(utilities[ks[2]]);
                        for k in ks {
                            all[k] &= most <= utilities[k] + short;
                        }
                    }
                }
            }
            for (stays, all) in stay.iter_mut().zip(&all[start..]) {
                *stays = *all && self.is_equilibrium(&profile_at(self, number), tolerance);
                number += 1;
            }
        });
    }

    /// The leading state's control at the profiles from the one with number `first` on.
    pub(super) fn controls_in_rows(&self, first: u64, control: &mut [f64]) {
        let mut prices = [0.0; LENGTH];
        self.each_row(first, control, |row, start, control| {
            self.price(row, BANDWAGON, &mut prices);
            for (k, control) in (start..).zip(control) {
                *control = prices[k] * self.leader.weight;
                if let Some((sets, outcome)) = self.exception(row, k) {
                    *control = self.leaders(sets, &outcome);
                }
            }
        });
    }

    /// Shows `each` row the values of its profiles, from the one with that place in it on.
    fn each_row<T>(
        &self,
        first: u64,
        mut values: &mut [T],
        mut each: impl FnMut(Row, usize, &mut [T]),
    ) {
        let length = self.rows.length();
        let (mut number, mut start) = (first as usize / length, first as usize % length);
        while !values.is_empty() {
            let (own, rest) = values.split_at_mut((length - start).min(values.len()));
            each(self.row(number), start, own);
            (number, start, values) = (number + 1, 0, rest);
        }
    }

    /// The row with this number, which is the first profile's over the length.
    fn row(&self, number: usize) -> Row {
        let first = profile_at(self, (number * self.rows.length()) as u64);
        let (with, against) = masks(&first);
        // Those who move all balance in the first one.
        let [_, moving] = self.rows.sets[0];
        Row { number, with, against: against & !usize::from(moving) }
    }

    /// How far the profiles are apart between which player `i` changes its action by one.
    fn stride(&self, i: usize) -> usize {
        3usize.pow((self.followers.len() - 1 - i) as u32)
    }

    /// What player `i` plays in the whole row; `None` if it moves.
    fn standing(&self, row: Row, i: usize) -> Option<usize> {
        (self.stride(i) >= self.rows.length()).then(|| self.action(i, row.with, row.against))
    }

    /// The row in which player `i`, who stands still, does so in another action.
    fn moved(&self, row: Row, i: usize, to: usize) -> Row {
        let (bit, step) = (self.bit(i), self.stride(i) / self.rows.length());
        let from = self.action(i, row.with, row.against);
        let put = |set: usize, action: usize| if to == action { set | bit } else { set & !bit };
        Row {
            number: row.number + to * step - from * step,
            with: put(row.with, BANDWAGON),
            against: put(row.against, BALANCE),
        }
    }

    /// The prices of all actions.
    fn prices(&self, row: Row) -> Prices {
        let mut prices = [[0.0; LENGTH]; 3];
        prices.iter_mut().enumerate().for_each(|(action, line)| self.price(row, action, line));
        prices
    }

    /// Those of one action.
    fn price(&self, row: Row, action: usize, prices: &mut Line) {
        let scales = self.rows.scales(row);
        let (sides, set) = match action {
            BANDWAGON => (&self.with[row.with..], 0),
            BALANCE => (&self.against[row.against..], 1),
            _ => return prices[..scales.len()].copy_from_slice(scales),
        };
        for ((price, scale), sets) in prices.iter_mut().zip(scales).zip(&self.rows.sets) {
            *price = scale * sides[usize::from(sets[set])].division;
        }
    }

    /// Player `i`'s utility at each profile of a row with these prices.
    fn utilities_in(&self, row: Row, i: usize, prices: &Prices, utilities: &mut Line) {
        let follower = &self.followers[i];
        let (stride, first) = (self.stride(i), row.number * self.rows.length());
        let utilities = &mut utilities[..self.rows.length()];
        for (number, line) in utilities.chunks_mut(stride).enumerate() {
            let action = (first + number * stride) / stride % 3;
            let counts = if action == ABSTAIN { follower.strength } else { follower.weight };
            for (utility, price) in line.iter_mut().zip(&prices[action][number * stride..]) {
                *utility = own(follower, price * counts);
            }
        }
        if let Some(concerns) = self.concerns.get(i) {
            for (k, (utility, &sets)) in utilities.iter_mut().zip(&self.rows.sets).enumerate() {
                let (with, against) = row.sets(sets);
                *utility = *utility
                    + prices[BANDWAGON][k] * concerns[with].with
                    + prices[BALANCE][k] * concerns[against].against
                    + prices[ABSTAIN][k] * concerns[self.rest(with, against)].alone;
            }
        }
        if self.deterrence || self.unbounded {
            for (k, utility) in utilities.iter_mut().enumerate() {
                if let Some(((with, against), outcome)) = self.exception(row, k) {
                    *utility = self.utility(i, with, against, &outcome);
                }
            }
        }
    }

    /// The sets and outcome at a profile of a row whose scale does not say what that is.
    fn exception(&self, row: Row, k: usize) -> Option<((usize, usize), Outcome)> {
        if self.rows.scales(row)[k] > 0.0 {
            return None;
        }
        let (with, against) = row.sets(self.rows.sets[k]);
        Some(((with, against), self.outcome(with, against)))
    }
}

/// Adds `weight · (there − here) / share`.
fn add(weight: f64, share: f64, there: &[f64], here: &[f64], sums: &mut [f64]) {
    for ((sum, there), here) in sums.iter_mut().zip(there).zip(here) {
        *sum += weight * (there - here) / share;
    }
}
