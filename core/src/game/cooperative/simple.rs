//! Simple games laid out: one bit for each coalition, set iff it wins.
//!
//! 64 coalitions make a word: those that agree on players 6 and up. Whether player `i` is
//! critical in a coalition is then one shift (`i < 6`) or one word against another, for 64
//! coalitions at once. Cost: O(2^n / 64) words; limit: 30 players, 128 MB.

use super::table::ExactTable;
use super::weighted::{Rule, WeightedGame};
use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::work::Work;

/// Of the 64 coalitions of the first six players, those with player `i`.
pub(crate) const WITH: [u64; 6] = [
    0xAAAA_AAAA_AAAA_AAAA,
    0xCCCC_CCCC_CCCC_CCCC,
    0xF0F0_F0F0_F0F0_F0F0,
    0xFF00_FF00_FF00_FF00,
    0xFFFF_0000_FFFF_0000,
    0xFFFF_FFFF_0000_0000,
];

/// Of the 64 coalitions of a word, those with player `i`.
pub(crate) fn with_player(high: usize, i: usize) -> u64 {
    match WITH.get(i) {
        Some(&with) => with,
        None if high >> (i - 6) & 1 == 1 => u64::MAX,
        None => 0,
    }
}

/// Of the 64 coalitions of the first six players, those with `s` members.
pub(crate) const OF_SIZE: [u64; 7] = {
    let mut classes = [0u64; 7];
    let mut bits = 0u32;
    while bits < 64 {
        classes[bits.count_ones() as usize] |= 1 << bits;
        bits += 1;
    }
    classes
};

/// The winning coalitions of a monotone simple game, as bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimpleTable {
    players: usize,
    words: Vec<u64>,
}

impl SimpleTable {
    /// The most players that can be laid out.
    pub const MAX_PLAYERS: usize = 30;

    /// The winning coalitions of a table of zeros and ones.
    ///
    /// # Errors
    /// If a value is neither, the grand coalition loses, or a losing coalition contains a
    /// winning one.
    pub fn of_table(table: &ExactTable) -> Result<Self> {
        if !table.is_zero_one() {
            return Err(Error::parameter(
                "values",
                "0 or 1 for each coalition and 1 for all together (a simple game)",
                "others",
            ));
        }
        let game = Self { players: table.players(), words: table.support() };
        if let Some((winning, losing)) = game.not_monotone() {
            let of = |set: Coalition| {
                let names: Vec<&str> = set.members().map(|i| table.names()[i].as_str()).collect();
                names.join("+")
            };
            return Err(Error::parameter(
                "values",
                "every coalition that contains a winning one to win",
                format!("{} wins but {} does not", of(winning), of(losing)),
            ));
        }
        Ok(game)
    }

    /// The winning coalitions of a weighted majority game. O(2^n / 64) and, for the words that
    /// are neither all won nor all lost, O(64 · rules) each.
    ///
    /// # Errors
    /// If there are more than 30 players.
    pub fn of_weighted(game: &WeightedGame) -> Result<Self> {
        Self::of_weighted_within(game, &Work::default())
    }

    /// The same, if there is time.
    pub(crate) fn of_weighted_within(game: &WeightedGame, work: &Work) -> Result<Self> {
        let players = game.players();
        if players > Self::MAX_PLAYERS {
            return Err(Error::too_large(
                format!("{players} players have 2^{players} coalitions"),
                format!("2^{}", Self::MAX_PLAYERS),
                "give weights with fewer digits, so that they can be counted by weight",
            ));
        }
        let rules: Vec<Screen> = game.rules().iter().map(Screen::new).collect();
        let count = 1usize << players.saturating_sub(6);
        let mut words = Vec::with_capacity(count);
        for high in 0..count {
            if high % (1 << 12) == 0 {
                work.in_time()?;
            }
            let mut word = u64::MAX;
            for (screen, rule) in rules.iter().zip(game.rules()) {
                word &= screen.word(rule, high);
                if word == 0 {
                    break;
                }
            }
            words.push(word);
        }
        if players < 6 {
            words[0] &= (1 << (1 << players)) - 1;
        }
        Ok(Self { players, words })
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.players
    }

    /// Whether a coalition wins.
    pub fn wins(&self, coalition: Coalition) -> bool {
        self.words[(coalition.bits() >> 6) as usize] >> (coalition.bits() & 63) & 1 == 1
    }

    /// The bits: word `h` holds the coalitions whose members from player 6 on are `h`'s bits.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// Of word `high`'s coalitions, the winning ones in which player `i` is critical.
    #[inline]
    pub(crate) fn critical(&self, high: usize, i: usize) -> u64 {
        let word = self.words[high];
        if i < 6 {
            word & WITH[i] & !((word & !WITH[i]) << (1 << i))
        } else if high >> (i - 6) & 1 == 1 {
            word & !self.words[high ^ 1 << (i - 6)]
        } else {
            0
        }
    }

    /// A winning coalition and a losing one that has a member more, if there is such a pair.
    fn not_monotone(&self) -> Option<(Coalition, Coalition)> {
        for (high, &word) in self.words.iter().enumerate() {
            for i in 0..self.players {
                let winning = word & !with_player(high, i);
                if winning == 0 {
                    continue;
                }
                let joined = match i {
                    0..6 => word >> (1 << i),
                    _ => self.words[high | 1 << (i - 6)],
                };
                let fails = winning & !joined;
                if fails != 0 {
                    let smaller = Coalition((high as u64) << 6 | u64::from(fails.trailing_zeros()));
                    return Some((smaller, smaller.with(i)));
                }
            }
        }
        None
    }
}

/// A rule with weights of one machine word, which decides all but near ties.
struct Screen {
    low: [u64; 64],
    middle: Vec<u64>,
    high: Vec<u64>,
    /// A screened weight of at least this wins.
    sure: u64,
    /// A screened weight below this loses.
    lost: u64,
}

/// Bits of the index of a word that the middle table covers.
const MIDDLE: usize = 12;

impl Screen {
    fn new(rule: &Rule) -> Self {
        let n = rule.weights().len();
        let (weights, sure, lost) = match rule.small() {
            Some((weights, quota)) => (weights, quota, quota),
            None => {
                // Scaled to a total of 2^61 and rounded down: a sum is short by less than n.
                let scale = |x: &dashu_int::UBig| {
                    u64::try_from((x << 61usize) / rule.total()).unwrap_or(u64::MAX >> 1)
                };
                let quota = scale(rule.quota());
                let weights = rule.weights().iter().map(scale).collect();
                (weights, quota + 1, (quota + 1).saturating_sub(n as u64))
            }
        };
        let sums = |from: usize, to: usize| -> Vec<u64> {
            let part = &weights[from.min(n)..to.min(n)];
            let mut sums = vec![0u64];
            for &weight in part {
                sums.extend_from_within(..);
                let half = sums.len() / 2;
                for sum in &mut sums[half..] {
                    *sum += weight;
                }
            }
            sums
        };
        let mut low = [0; 64];
        let first = sums(0, 6);
        for (bits, sum) in low.iter_mut().enumerate() {
            *sum = first[bits & (first.len() - 1)];
        }
        Self { low, middle: sums(6, 6 + MIDDLE), high: sums(6 + MIDDLE, n), sure, lost }
    }

    fn word(&self, rule: &Rule, high: usize) -> u64 {
        let base = self.middle[high & (self.middle.len() - 1)]
            + self.high[high >> self.middle.len().trailing_zeros()];
        if base >= self.sure {
            return u64::MAX;
        }
        if base + self.low[63] < self.lost {
            return 0;
        }
        let mut word = 0u64;
        for (bits, &low) in self.low.iter().enumerate() {
            let weight = base + low;
            let wins = weight >= self.sure
                || (weight >= self.lost && {
                    let coalition = Coalition((high << 6 | bits) as u64);
                    rule.passes(coalition.members().take_while(|&i| i < rule.weights().len()))
                });
            word |= u64::from(wins) << bits;
        }
        word
    }
}
