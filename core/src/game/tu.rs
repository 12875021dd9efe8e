//! Games with transferable utility (von Neumann & Morgenstern 1944): what each coalition
//! can get for itself.

use rayon::prelude::*;

use crate::coalition::Coalition;

/// A game with transferable utility of at most 64 players, `value(∅) = 0`.
pub trait TuGame: Sync {
    /// The number of players.
    fn players(&self) -> usize;

    /// What a coalition can get for itself.
    fn value(&self, coalition: Coalition) -> f64;

    /// What every coalition can get, at the index of its bits, the empty one first: for
    /// games of so few players that it can be laid out. O(2^n) values, in parallel.
    ///
    /// To be overridden where values are cheaper together than one by one.
    fn values(&self) -> Vec<f64> {
        let value = |bits| self.value(Coalition(bits as u64));
        (0..1usize << self.players()).into_par_iter().with_min_len(1024).map(value).collect()
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

    fn values(&self) -> Vec<f64> {
        self.values.clone()
    }
}
