//! Games with transferable utility (von Neumann & Morgenstern 1944): what each coalition
//! can get for itself.

use crate::coalition::Coalition;
use crate::contest::Contest;

/// A game with transferable utility of at most 64 players, `value(∅) = 0`.
pub trait TuGame: Sync {
    /// The number of players.
    fn players(&self) -> usize;

    /// What a coalition can get for itself.
    fn value(&self, coalition: Coalition) -> f64;
}

/// The settlement game of a contest: what a coalition gets by fighting all others united,
/// [`Contest::claim`].
#[derive(Debug, Clone, Copy)]
pub struct Settlement<'a>(pub &'a Contest);

impl TuGame for Settlement<'_> {
    fn players(&self) -> usize {
        self.0.len()
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.0.claim(coalition)
    }
}

/// A game given by the value of every coalition.
#[derive(Debug, Clone, PartialEq)]
pub struct TableGame {
    players: usize,
    values: Vec<f64>,
}

impl TableGame {
    /// The game of `players` with `values[bits]` for the coalition with those bits, the
    /// empty one first. `None` unless there are `2^players` values, the first of them 0, all
    /// finite.
    pub fn new(players: usize, values: Vec<f64>) -> Option<Self> {
        let complete = 1usize.checked_shl(players as u32) == Some(values.len());
        let sound = complete && values[0] == 0.0 && values.iter().all(|v| v.is_finite());
        sound.then_some(Self { players, values })
    }
}

impl TuGame for TableGame {
    fn players(&self) -> usize {
        self.players
    }

    fn value(&self, coalition: Coalition) -> f64 {
        self.values[coalition.bits() as usize]
    }
}
