//! Hedonic games: each player ranks the coalitions that it can be in (Drèze & Greenberg 1980;
//! Banerjee, Konishi & Sönmez 2001; Bogomolnaia & Jackson 2002).
//!
//! A ranking is a number for each coalition with the player, the higher the better; only
//! their order counts. A game may allow coalitions up to a size only (2: roommates).
//! Limit: 14 players. [`read`](mod@read) takes games from CSV.

pub mod read;

use std::collections::HashMap;

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::{Error, Result};

/// A hedonic game of named players.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HedonicGame {
    names: Vec<String>,
    /// `ranks[i << n | bits]`.
    ranks: Vec<u32>,
    largest: usize,
}

impl HedonicGame {
    /// The most players.
    pub const MAX_PLAYERS: usize = 14;

    /// The game in which player `i` ranks coalition `S` by `worth(i, S)`.
    ///
    /// # Errors
    /// If there is no player, or more than 14.
    pub fn new<W: PartialOrd>(
        names: Vec<String>,
        worth: impl Fn(usize, Coalition) -> W,
    ) -> Result<Self> {
        let n = names.len();
        check(n)?;
        let mut ranks = vec![0; n << n];
        for i in 0..n {
            let mut order: Vec<(W, u64)> = (0..1u64 << n)
                .filter(|bits| bits >> i & 1 == 1)
                .map(|bits| (worth(i, Coalition(bits)), bits))
                .collect();
            order.sort_by(|a, b| a.0.partial_cmp(&b.0).unwrap_or(std::cmp::Ordering::Equal));
            let mut rank = 1;
            for at in 0..order.len() {
                if at > 0 && order[at].0 > order[at - 1].0 {
                    rank += 1;
                }
                ranks[i << n | order[at].1 as usize] = rank;
            }
        }
        Ok(Self { names, ranks, largest: n })
    }

    /// The game in which a player's worth of a coalition is the sum of what it makes of the
    /// others in it, `values[i][j]` (Bogomolnaia & Jackson 2002).
    ///
    /// # Errors
    /// As [`HedonicGame::new`], or if the matrix is not square.
    pub fn additive(names: Vec<String>, values: &[Vec<RBig>]) -> Result<Self> {
        let n = names.len();
        if values.len() != n || values.iter().any(|row| row.len() != n) {
            return Err(Error::parameter("values", format!("a {n} × {n} matrix"), values.len()));
        }
        Self::new(names, |i, set| {
            set.without(i).members().fold(RBig::ZERO, |sum, j| sum + &values[i][j])
        })
    }

    /// The game of preference lists: for each player classes of coalitions, the best first,
    /// those of a class being equal to it. A player that does not list itself alone has that
    /// after all that it lists; everything else is worse than being alone.
    ///
    /// # Errors
    /// As [`HedonicGame::new`], or if there is not one list for each player, or a list names a
    /// coalition without its player or twice.
    pub fn of_lists(names: Vec<String>, lists: &[Vec<Vec<Coalition>>]) -> Result<Self> {
        let n = names.len();
        check(n)?;
        if lists.len() != n {
            return Err(Error::parameter("lists", format!("{n}, one a player"), lists.len()));
        }
        let mut ranks: Vec<HashMap<Coalition, usize>> = Vec::with_capacity(n);
        for (i, list) in lists.iter().enumerate() {
            let mut rank = HashMap::new();
            for (class, coalitions) in list.iter().enumerate() {
                for &coalition in coalitions {
                    let own = coalition.contains(i) && coalition.is_subset_of(Coalition::grand(n));
                    if !own || rank.insert(coalition, list.len() + 1 - class).is_some() {
                        return Err(Error::parameter(
                            "lists",
                            format!("coalitions with {}, each once", names[i]),
                            format!("{:?}", coalition.members().collect::<Vec<_>>()),
                        ));
                    }
                }
            }
            rank.entry(Coalition::singleton(i)).or_insert(1);
            ranks.push(rank);
        }
        Self::new(names, |i, set| ranks[i].get(&set).copied().unwrap_or(0))
    }

    /// The same game with coalitions of at most so many players.
    #[must_use]
    pub fn with_largest(self, largest: usize) -> Self {
        Self { largest: largest.max(1), ..self }
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.names.len()
    }

    /// How player `i` ranks a coalition that it is in: the higher the better.
    #[inline]
    pub fn rank(&self, i: usize, coalition: Coalition) -> u32 {
        self.ranks[i << self.players() | coalition.bits() as usize]
    }

    /// The game as preference lists, from which [`HedonicGame::of_lists`] makes it again: for
    /// each player classes of coalitions, the best first, as far down as they say anything.
    /// O(n · 2^n).
    pub fn lists(&self) -> Vec<Vec<Vec<Coalition>>> {
        let own = |i: usize| Coalition::all(self.players()).filter(move |set| set.contains(i));
        let list = |i: usize| {
            let best = own(i).map(|set| self.rank(i, set)).max().unwrap_or(0) as usize;
            let mut classes = vec![Vec::new(); best + 1];
            own(i).for_each(|set| classes[best - self.rank(i, set) as usize].push(set));
            classes.retain(|class| !class.is_empty());
            // What is not listed is below all that is, and all of it is equal.
            let alone = Coalition::singleton(i);
            if classes.last().is_some_and(|worst| !worst.contains(&alone)) {
                classes.pop();
            }
            // Being alone comes after what is listed by itself.
            if classes.last().is_some_and(|worst| worst[..] == [alone]) {
                classes.pop();
            }
            classes
        };
        (0..self.players()).map(list).collect()
    }

    /// Whether a coalition is not too large to form.
    #[inline]
    pub fn allows(&self, coalition: Coalition) -> bool {
        coalition.len() <= self.largest
    }
}

fn check(n: usize) -> Result<()> {
    if (1..=HedonicGame::MAX_PLAYERS).contains(&n) {
        return Ok(());
    }
    Err(Error::too_large(
        format!("a hedonic game of {n} players"),
        format!("1 to {}", HedonicGame::MAX_PLAYERS),
        "keep fewer players",
    ))
}
