//! What players are worth where some are allied, or where only some can talk to each other.

use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};

/// What players are worth inside alliances that exist.
///
/// Costs are shared by the same formulas, so that here all numbers are of the game as it is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Alliances {
    /// The alliances; who stands alone is one too.
    pub blocs: Partition,
    /// What each alliance is worth by itself.
    pub worths: Vec<RBig>,
    /// Each alliance's Shapley value in the game between the alliances.
    pub quotient: Vec<RBig>,
    /// Each player's value by Owen (1977).
    pub owen: Vec<RBig>,
    /// By Owen (1982), of Banzhaf's kind.
    pub banzhaf_owen: Vec<RBig>,
    /// By Aumann & Drèze (1974).
    pub aumann_dreze: Vec<RBig>,
}

/// Who can talk to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links(Vec<Coalition>);

impl Links {
    /// Of `n` players, by pairs of different ones; a pair may be there twice.
    pub fn new(n: usize, pairs: impl IntoIterator<Item = [usize; 2]>) -> Self {
        let mut neighbours = vec![Coalition::EMPTY; n];
        for [i, j] in pairs.into_iter().filter(|[i, j]| i != j && *i.max(j) < n) {
            neighbours[i] = neighbours[i].with(j);
            neighbours[j] = neighbours[j].with(i);
        }
        Self(neighbours)
    }

    /// The number of players.
    pub fn players(&self) -> usize {
        self.0.len()
    }

    /// Those whom a player is linked with.
    pub fn of(&self, i: usize) -> Coalition {
        self.0[i]
    }

    /// All pairs, the smaller index first, in ascending order.
    pub fn pairs(&self) -> impl Iterator<Item = [usize; 2]> + '_ {
        let later = |i: usize| self.0[i].members().filter(move |&j| j > i).map(move |j| [i, j]);
        (0..self.0.len()).flat_map(later)
    }
}

/// What players are worth where only those can act together who are linked, if through others.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    /// The links.
    pub links: Links,
    /// The players in parts that no link joins.
    pub components: Partition,
    /// What each component is worth.
    pub worths: Vec<RBig>,
    /// Each player's value by Myerson (1977).
    pub myerson: Vec<RBig>,
}
