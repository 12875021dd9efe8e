//! Games in strategic form given by their payoffs, with names for players and strategies.
//!
//! Payoffs are exact rationals. Profiles are numbered with the first player's strategy
//! varying fastest, as in a `.nfg` file: profile `a` has number `Σ a_i · stride_i` with
//! `stride_0 = 1`. Beside the exact payoffs there is a view in `f64`, contiguous for each
//! player, for the solvers that compute in floating point.

mod payoffs;
mod symmetry;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::game::strategic::StrategicGame;

pub use payoffs::{Column, Levels, Payoffs};
pub use symmetry::Symmetry;

/// The most payoffs (profiles × players) that a table holds.
pub const MAX_PAYOFFS: usize = 1 << 28;

/// A player's name and the names of its strategies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Player {
    /// The player's name.
    pub name: String,
    /// The strategies' names, in the order of their numbers.
    pub strategies: Vec<String>,
}

impl Player {
    /// A player with a name and named strategies.
    pub fn new<S: Into<String>>(
        name: impl Into<String>,
        strategies: impl IntoIterator<Item = S>,
    ) -> Self {
        Self { name: name.into(), strategies: strategies.into_iter().map(Into::into).collect() }
    }

    /// A player with `count` strategies named `1`, `2`, ….
    pub fn numbered(name: impl Into<String>, count: usize) -> Self {
        Self::new(name, (1..=count).map(|k| k.to_string()))
    }
}

/// A finite game in strategic form with exact payoffs, all laid out.
#[derive(Debug, Clone)]
pub struct StrategicTable {
    title: String,
    comment: String,
    players: Vec<Player>,
    strides: Vec<usize>,
    profiles: usize,
    payoffs: Vec<Payoffs>,
    floats: Vec<f64>,
}

/// The number of profiles of a game of this shape.
///
/// # Errors
/// If there is no player, a player has no strategy, or a table would hold more than
/// [`MAX_PAYOFFS`] numbers.
pub fn count_profiles(sizes: &[usize]) -> Result<usize> {
    if sizes.is_empty() || sizes.contains(&0) {
        return Err(Error::system(
            "a game needs at least one player, and each player at least one strategy",
            "name the players and their strategies",
        ));
    }
    sizes
        .iter()
        .try_fold(1usize, |product, &k| product.checked_mul(k))
        .filter(|product| product.checked_mul(sizes.len()).is_some_and(|all| all <= MAX_PAYOFFS))
        .ok_or_else(|| {
            Error::too_large(
                format!("a table of all profiles of {} players", sizes.len()),
                format!("{MAX_PAYOFFS} payoffs"),
                "leave out players or strategies",
            )
        })
}

impl StrategicTable {
    /// The game with these players and, for each player, a column of payoffs in the order of
    /// the profiles' numbers. O(profiles · players).
    ///
    /// # Errors
    /// If a column has not one payoff for each profile, a payoff is not finite as an `f64`,
    /// or as [`count_profiles`].
    pub fn new(
        title: impl Into<String>,
        players: Vec<Player>,
        columns: Vec<Column>,
    ) -> Result<Self> {
        let sizes: Vec<usize> = players.iter().map(|player| player.strategies.len()).collect();
        let profiles = count_profiles(&sizes)?;
        if columns.len() != players.len() || columns.iter().any(|c| c.len() != profiles) {
            return Err(Error::system(
                format!("{} players need a payoff each in {profiles} profiles", players.len()),
                "give each player a payoff in every profile",
            ));
        }
        let mut floats = Vec::with_capacity(profiles * players.len());
        for column in &columns {
            column.floats(&mut floats);
        }
        if !floats.iter().all(|x| x.is_finite()) {
            return Err(Error::system(
                "a payoff is beyond the range of floating point (1.8e308)",
                "divide the player's payoffs by a constant; no equilibrium changes",
            ));
        }
        let strides = sizes
            .iter()
            .scan(1, |stride, &k| {
                let this = *stride;
                *stride *= k;
                Some(this)
            })
            .collect();
        let payoffs = columns.into_iter().map(Column::finish).collect();
        let comment = String::new();
        Ok(Self { title: title.into(), comment, players, strides, profiles, payoffs, floats })
    }

    /// A game with numbered players and strategies and whole payoffs: `payoff(profile, i)`.
    ///
    /// # Errors
    /// As [`StrategicTable::new`].
    pub fn from_fn(
        sizes: &[usize],
        mut payoff: impl FnMut(&[usize], usize) -> i64,
    ) -> Result<Self> {
        let profiles = count_profiles(sizes)?;
        let players: Vec<Player> = sizes
            .iter()
            .enumerate()
            .map(|(i, &k)| Player::numbered((i + 1).to_string(), k))
            .collect();
        let mut columns: Vec<Column> = vec![Column::default(); sizes.len()];
        let mut profile = vec![0; sizes.len()];
        for _ in 0..profiles {
            for (i, column) in columns.iter_mut().enumerate() {
                column.push(payoff(&profile, i), 1);
            }
            advance(&mut profile, sizes);
        }
        Self::new("", players, columns)
    }

    /// A two-player game from its matrices: the row player's and the column player's whole
    /// payoffs, `[row][column]`.
    ///
    /// # Errors
    /// If the matrices are not rectangles of one shape, or as [`StrategicTable::new`].
    pub fn bimatrix<const N: usize>(a: &[[i64; N]], b: &[[i64; N]]) -> Result<Self> {
        if a.len() != b.len() {
            return Err(Error::system(
                format!("{} rows of the one and {} of the other's payoffs", a.len(), b.len()),
                "give both matrices one shape",
            ));
        }
        Self::from_fn(&[a.len(), N], |s, i| [a, b][i][s[0]][s[1]])
    }

    /// The same game with a comment.
    #[must_use]
    pub fn with_comment(self, comment: impl Into<String>) -> Self {
        Self { comment: comment.into(), ..self }
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The comment; empty where there is none.
    pub fn comment(&self) -> &str {
        &self.comment
    }

    /// The players' names and strategies.
    pub fn roster(&self) -> &[Player] {
        &self.players
    }

    /// The numbers of strategies, by player.
    pub fn sizes(&self) -> Vec<usize> {
        self.players.iter().map(|player| player.strategies.len()).collect()
    }

    /// How much a profile's number grows with each player's strategy.
    pub fn strides(&self) -> &[usize] {
        &self.strides
    }

    /// The number of profiles.
    pub fn len(&self) -> usize {
        self.profiles
    }

    /// Whether it has no profile: never.
    pub fn is_empty(&self) -> bool {
        self.profiles == 0
    }

    /// The number of a profile, which has a strategy for each player.
    pub fn index(&self, profile: &[usize]) -> usize {
        self.strides.iter().zip(profile).map(|(stride, a)| stride * a).sum()
    }

    /// The profile with a number.
    pub fn profile(&self, index: usize) -> Vec<usize> {
        let digit = |(player, stride): (&Player, &usize)| index / stride % player.strategies.len();
        self.players.iter().zip(&self.strides).map(digit).collect()
    }

    /// A player's exact payoffs.
    pub fn exact(&self, player: usize) -> &Payoffs {
        &self.payoffs[player]
    }

    /// A player's payoffs, by the profiles' numbers, rounded.
    pub fn floats(&self, player: usize) -> &[f64] {
        &self.floats[player * self.profiles..][..self.profiles]
    }

    /// A player's payoffs moved and stretched to `[0, 1]`, whatever their scale: the same
    /// numbers, bit for bit, for every positive affine change of its payoffs.
    pub fn normalized(&self, player: usize) -> Vec<f64> {
        self.payoffs[player].normalized()
    }

    /// A player's payoffs moved to begin at 0 and divided by a power of two, into `[0, 1]`:
    /// whole numbers of few bits, so that their sums and means are exact in floating point
    /// where the payoffs have few digits.
    pub fn dyadic(&self, player: usize) -> Vec<f64> {
        self.payoffs[player].dyadic()
    }

    /// How many payoff units the unit of [`normalized`](Self::normalized) payoffs is.
    pub fn span(&self, player: usize) -> f64 {
        self.payoffs[player].span()
    }

    /// The exact payoff of a player in the profile with a number.
    pub fn payoff(&self, player: usize, index: usize) -> RBig {
        self.payoffs[player].payoff(index)
    }

    /// Each player's lowest payoff, if some player's payoffs are so far from zero that floats
    /// blur how they differ: what to take from them before computing in floats.
    pub fn remote(&self) -> Option<Vec<RBig>> {
        let lowest = || self.payoffs.iter().map(|payoffs| payoffs.offset().clone()).collect();
        self.payoffs.iter().any(Payoffs::is_remote).then(lowest)
    }

    /// The same game with a constant taken from each player's payoffs, which changes no
    /// equilibrium. O(profiles · players).
    #[must_use]
    pub fn lowered(&self, by: &[RBig]) -> Self {
        let payoffs: Vec<Payoffs> =
            self.payoffs.iter().zip(by).map(|(payoffs, by)| payoffs.lowered(by)).collect();
        let floats = payoffs.iter().flat_map(Payoffs::floats).collect();
        Self { payoffs, floats, ..self.clone() }
    }

    /// The payoff that is so far, from 0 for the lowest to 1 for the highest, along a player's
    /// span; rounded once, however far from zero payoffs are.
    pub fn at_share(&self, player: usize, share: f64) -> f64 {
        let above = share * self.span(player);
        let lowest = self.payoffs[player].offset();
        RBig::try_from(above).map_or(above, |exact| (exact + lowest).to_f64().value())
    }

    /// Whether the players, two of them, are strictly opposed: one's payoff is a negative
    /// affine function of the other's, so that the game is zero-sum up to scale.
    pub fn is_zero_sum(&self) -> bool {
        let [a, b] = &self.payoffs[..] else { return false };
        let top = a.top();
        top == b.top() && (0..self.profiles).all(|k| a.level(k) + b.level(k) == top)
    }
}

impl StrategicGame for StrategicTable {
    fn players(&self) -> usize {
        self.players.len()
    }

    fn actions(&self, player: usize) -> usize {
        self.players[player].strategies.len()
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let index = self.index(profile);
        for (i, payoff) in payoffs.iter_mut().enumerate() {
            *payoff = self.floats[i * self.profiles + index];
        }
    }
}

/// Moves on to the next profile, the first player's strategy varying fastest. False, and
/// back at the first one, after the last.
pub fn advance(profile: &mut [usize], sizes: &[usize]) -> bool {
    for (a, &k) in profile.iter_mut().zip(sizes) {
        *a += 1;
        if *a < k {
            return true;
        }
        *a = 0;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn affine_changes_leave_the_levels_alone() {
        let sizes = [2, 3];
        let plain =
            StrategicTable::from_fn(&sizes, |s, i| (s[0] * 5 + s[1] * 2 + i) as i64).unwrap();
        let mut columns = vec![Column::default(); 2];
        for k in 0..6 {
            for (i, column) in columns.iter_mut().enumerate() {
                // 3/7 of the payoff, less 22/7.
                let whole = plain.floats(i)[k] as i64;
                column.push(3 * whole - 22, 7);
            }
        }
        let changed = StrategicTable::new("", plain.roster().to_vec(), columns).unwrap();
        for i in 0..2 {
            assert_eq!(plain.normalized(i), changed.normalized(i));
            assert_eq!(
                changed.payoff(i, 0),
                RBig::from_parts((3 * i as i64 - 22).into(), 7u8.into())
            );
        }
        assert_eq!(plain.index(&[1, 2]), 5);
        assert_eq!(plain.profile(5), [1, 2]);
    }

    #[test]
    fn zero_sum_is_recognised_up_to_scale() {
        let opposed = StrategicTable::bimatrix(&[[1, -1], [-1, 1]], &[[-3, 7], [7, -3]]).unwrap();
        assert!(opposed.is_zero_sum());
        let not = StrategicTable::bimatrix(&[[1, -1], [-1, 1]], &[[-3, 7], [7, -2]]).unwrap();
        assert!(!not.is_zero_sum());
    }

    #[test]
    fn shapes_that_make_no_table_are_errors() {
        assert!(count_profiles(&[]).is_err());
        assert!(count_profiles(&[2, 0]).is_err());
        assert!(count_profiles(&[1 << 40, 1 << 40]).is_err());
        assert!(
            StrategicTable::new("", vec![Player::numbered("1", 2)], vec![Column::default()])
                .is_err()
        );
    }
}
