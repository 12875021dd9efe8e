//! Hedonic games: each player ranks the coalitions that it can be in (Drèze & Greenberg 1980;
//! Banerjee, Konishi & Sönmez 2001; Bogomolnaia & Jackson 2002).
//!
//! A ranking is a number for each coalition with the player, the higher the better; only
//! their order counts. A game may allow coalitions up to a size only (2: roommates).
//! Limit: 14 players.

use std::collections::HashMap;

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::game::cooperative::number::parse_exact;
use crate::game::cooperative::read::{Rows, not_a_number};

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

    /// The game in a CSV file's bytes: with a header `player,coalition,value` what each player
    /// makes of each coalition (those left out are worse than any given), else a row for each
    /// player with the coalitions `A+B` that it accepts, the best first, equals joined by `=`.
    ///
    /// # Errors
    /// If a cell is not what it should be: file and line are named.
    pub fn read(bytes: &[u8], file: &str) -> Result<Self> {
        let rows = Rows::new(bytes, file)?;
        let header: Vec<String> = rows.header.cells.iter().map(|h| h.to_lowercase()).collect();
        let valued = header.len() == 3 && header[1] == "coalition" && header[2] == "value";
        let mut names: Vec<String> = Vec::new();
        for row in rows.iter() {
            let row = row?;
            let name = &row.cells[0];
            let known = names.contains(name);
            if name.is_empty() || (known && !valued) {
                let problem = if known {
                    format!("{name} is named twice")
                } else {
                    "a player without a name".into()
                };
                return Err(Error::input(row.place(), problem, "keep one row a player"));
            }
            if !known {
                names.push(name.clone());
            }
        }
        if names.is_empty() || names.len() > Self::MAX_PLAYERS {
            return Err(Error::input(
                Place::file(file),
                format!("{} players", names.len()),
                format!("give rows for 1 to {} players", Self::MAX_PLAYERS),
            ));
        }
        let coalition = |text: &str, i: usize, place: Place| {
            let mut set = Coalition::EMPTY;
            for member in text.split('+').map(str::trim) {
                match names.iter().position(|name| name == member) {
                    Some(j) if !set.contains(j) => set = set.with(j),
                    _ => {
                        let problem =
                            format!("{member:?} in {text:?} is no player, or there twice");
                        return Err(Error::input(place, problem, "write members' names with +"));
                    }
                }
            }
            if set.contains(i) {
                return Ok(set);
            }
            let problem = format!("{text:?} is without {}", names[i]);
            Err(Error::input(place, problem, "a player ranks the coalitions that it is in"))
        };
        let index = |name: &String| names.iter().position(|n| n == name).unwrap_or(0);
        if valued {
            let mut worth: Vec<HashMap<Coalition, RBig>> = vec![HashMap::new(); names.len()];
            for row in rows.iter() {
                let row = row?;
                row.expect_cells(3)?;
                let i = index(&row.cells[0]);
                let set = coalition(&row.cells[1], i, row.cell("coalition"))?;
                let Some(value) = parse_exact(&row.cells[2]) else {
                    return Err(not_a_number(row.cell("value"), &row.cells[2], "a number"));
                };
                if worth[i].insert(set, value).is_some() {
                    let problem = format!("{} is given twice", row.cells[1]);
                    return Err(Error::input(row.place(), problem, "keep one row of the two"));
                }
            }
            return Self::new(names.clone(), |i, set| worth[i].get(&set).cloned());
        }
        let mut lists = Vec::new();
        for row in rows.iter() {
            let row = row?;
            let i = index(&row.cells[0]);
            let mut list = Vec::new();
            for cell in row.cells[1..].iter().filter(|cell| !cell.is_empty()) {
                let class: Result<Vec<Coalition>> =
                    cell.split('=').map(|text| coalition(text, i, row.place())).collect();
                list.push(class?);
            }
            lists.push(list);
        }
        Self::of_lists(names.clone(), &lists)
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
