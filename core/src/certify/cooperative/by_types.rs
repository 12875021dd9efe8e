//! Coalitions and payoffs of a game with types, whose players of one type are treated alike: what
//! the checkers of such games have in common.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::{ExactLevel, ExactNucleolus};
use crate::game::cooperative::Types;

/// The types of a game's players.
pub(in crate::certify) struct ByTypes {
    pub(in crate::certify) types: Types,
    players: usize,
}

impl ByTypes {
    pub(in crate::certify) fn new(types: Types, players: usize) -> Self {
        Self { types, players }
    }

    pub(in crate::certify) fn grand(&self) -> Coalition {
        Coalition::grand(self.players)
    }

    /// Whether it has members, all of them players, and not all players.
    pub(in crate::certify) fn proper(&self, s: Coalition) -> bool {
        !s.is_empty() && s.is_subset_of(self.grand()) && s != self.grand()
    }

    /// What each type gets, if there is a payoff for each player and players of a type get the
    /// same.
    pub(in crate::certify) fn payoffs(&self, allocation: &[RBig]) -> Option<Vec<RBig>> {
        if allocation.len() != self.players {
            return None;
        }
        let payoff = |kind: &Coalition| {
            let first = &allocation[kind.first()?];
            kind.members().all(|i| allocation[i] == *first).then(|| first.clone())
        };
        self.types.members().iter().map(payoff).collect()
    }

    /// What a coalition gets of payoffs by type.
    pub(in crate::certify) fn paid(&self, s: Coalition, x: &[RBig]) -> RBig {
        let counts = self.types.counts(s);
        counts.fold(RBig::ZERO, |sum, (kind, count)| sum + &x[kind] * RBig::from(count))
    }

    /// How many members of each type it has.
    pub(in crate::certify) fn counts(&self, s: Coalition) -> Vec<RBig> {
        (0..self.types.len()).map(|kind| RBig::from(self.types.count(s, kind))).collect()
    }

    /// That payoffs by type add up to 1.
    pub(in crate::certify) fn efficient(&self, what: &str, x: &[RBig]) -> Claim {
        let holds = self.paid(self.grand(), x) == RBig::ONE;
        Claim::exact(format!("{what}: the payoffs add up to what there is"), holds)
    }

    /// Whether there are no more levels than players, each of proper coalitions alone.
    pub(in crate::certify) fn well_formed(&self, found: &ExactNucleolus) -> bool {
        // Players held at what they can get alone need none: see `nucleolus`.
        let level = |l: &ExactLevel| {
            !l.weights.is_empty()
                && l.weights.iter().all(|(s, _)| self.proper(*s))
                && l.floors.is_empty()
        };
        found.levels.len() <= self.players && found.levels.iter().all(level)
    }

    /// Whether `Σ weights · counts(S)` has product 0 with a vector.
    pub(in crate::certify) fn is_orthogonal(&self, level: &ExactLevel, z: &[IBig]) -> bool {
        let product = |s: Coalition| {
            let counts = self.types.counts(s);
            counts.fold(IBig::ZERO, |sum, (kind, count)| sum + &z[kind] * IBig::from(count))
        };
        let terms = level.weights.iter().map(|(s, w)| w * RBig::from(product(*s)));
        sum(terms).is_zero()
    }
}

/// What is said of an allocation that has no payoffs by type.
pub(in crate::certify) fn unequal(what: &str) -> Claim {
    let words = format!("{what}: there is a payoff for each player, the same for players alike");
    Claim::exact(words, false)
}
