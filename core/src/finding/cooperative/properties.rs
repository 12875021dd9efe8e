//! Properties of a game, with a counterexample where one fails.

use crate::coalition::Coalition;

/// The properties of a game.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// No coalition loses by another member.
    pub monotone: Property,
    /// No two disjoint coalitions lose by joining.
    pub superadditive: Property,
    /// A player adds the more to a coalition the larger it is.
    pub convex: Property,
    /// What a coalition gets the others do not.
    pub constant_sum: Property,
}

/// Whether a game has a property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Property {
    /// It does.
    Holds,
    /// It does not, and these coalitions show it: `S`, `T` with `S ⊂ T` but `v(S) > v(T)`
    /// (monotone), `v(S) + v(T) > v(S∪T) + v(S∩T)` (convex, superadditive),
    /// `v(S) + v(T) ≠ v(N)` (constant-sum).
    Fails([Coalition; 2]),
    /// It would take too long to find out.
    Undecided(String),
}

impl Property {
    /// Whether the game has the property, where that is decided.
    pub fn holds(&self) -> Option<bool> {
        match self {
            Self::Holds => Some(true),
            Self::Fails(_) => Some(false),
            Self::Undecided(_) => None,
        }
    }
}
