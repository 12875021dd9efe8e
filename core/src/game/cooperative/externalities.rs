//! Games with externalities: what a coalition is worth depends on how the others are arranged
//! (Thrall & Lucas 1963, *Naval Res. Logist. Quart.* 10: games in partition function form).

use std::collections::HashMap;

use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Result};

/// The worth of every bloc in every partition of at most 8 named players.
#[derive(Debug, Clone, PartialEq)]
pub struct PartitionGame {
    names: Vec<String>,
    partitions: Vec<Partition>,
    /// For each partition, of its blocs in their order.
    worths: Vec<Vec<RBig>>,
    index: HashMap<Partition, usize>,
}

impl PartitionGame {
    /// The most players: 4,140 partitions with 17,007 blocs.
    pub const MAX_PLAYERS: usize = 8;

    /// The game in which the blocs of each of [`Partition::all`] have these worths, in order.
    ///
    /// # Errors
    /// Unless there is a worth for each, of 1 to 8 players.
    pub fn new(names: Vec<String>, worths: Vec<Vec<RBig>>) -> Result<Self> {
        let n = names.len();
        if n > Self::MAX_PLAYERS {
            return Err(Self::too_large(n));
        }
        let partitions: Vec<Partition> = Partition::all(n).collect();
        let fits = |(p, worths): (&Partition, &Vec<RBig>)| p.blocs().len() == worths.len();
        let each = partitions.len() == worths.len() && partitions.iter().zip(&worths).all(fits);
        if n == 0 || !each {
            let expected = format!("one for each bloc of the partitions of {n} players");
            return Err(Error::parameter("worths", expected, worths.len()));
        }
        let index = partitions.iter().cloned().zip(0..).collect();
        Ok(Self { names, partitions, worths, index })
    }

    /// The game with the worth of each bloc in each partition as a function says.
    ///
    /// # Errors
    /// As [`PartitionGame::new`].
    pub fn of(names: Vec<String>, worth: impl Fn(Coalition, &Partition) -> RBig) -> Result<Self> {
        if names.len() > Self::MAX_PLAYERS {
            return Err(Self::too_large(names.len()));
        }
        let each = |p: Partition| p.blocs().iter().map(|&bloc| worth(bloc, &p)).collect();
        let worths = Partition::all(names.len()).map(each).collect();
        Self::new(names, worths)
    }

    /// Refuses so many players.
    pub(crate) fn too_large(n: usize) -> Error {
        let most = Self::MAX_PLAYERS;
        Error::too_large(
            format!("{n} players have very many partitions"),
            format!("{most} players"),
            "keep fewer players",
        )
    }

    /// The players' names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.names.len()
    }

    /// All partitions, everyone together first.
    pub fn partitions(&self) -> &[Partition] {
        &self.partitions
    }

    /// The worths of each partition's blocs.
    pub fn worths(&self) -> &[Vec<RBig>] {
        &self.worths
    }

    /// What a bloc of a partition is worth in it. O(n).
    ///
    /// # Panics
    /// If it is no bloc of a partition of the players.
    pub fn worth(&self, bloc: Coalition, partition: &Partition) -> &RBig {
        let at = self.index[partition];
        let place = partition.blocs().iter().position(|known| *known == bloc);
        &self.worths[at][place.expect("the bloc is one of the partition")]
    }
}

/// What a coalition expects the others to do when it forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expectation {
    /// What is worst for it (Aumann 1967, in *Essays in Mathematical Economics*).
    Alpha,
    /// To stand alone, each of them (Chander & Tulkens 1997, *Int. J. Game Theory* 26).
    Gamma,
    /// To stand together (Hart & Kurz 1983, *Econometrica* 51).
    Delta,
}

impl Expectation {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Alpha, Self::Gamma, Self::Delta];

    /// Its name in reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Alpha => "alpha",
            Self::Gamma => "gamma",
            Self::Delta => "delta",
        }
    }
}
