//! Where a given division stands: core, least core, bargaining set; and who objects.

use dashu_ratio::RBig;

use super::ExactWeights;
use crate::coalition::Coalition;

/// A division that somebody proposes. Excesses are in the game of worths, `v(S) − x(S)`; of costs
/// `x(S) − c(S)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocation {
    /// What each player gets; of costs, pays.
    pub payoffs: Vec<RBig>,
    /// Whether it divides just what there is.
    pub efficient: bool,
    /// Whether nobody could do better alone.
    pub individually_rational: bool,
    /// The coalitions that could do better by themselves, each with its excess: the largest
    /// first, then in the order of their bits; the first of them.
    pub objections: Vec<(Coalition, RBig)>,
    /// How many there are.
    pub objections_total: u64,
    /// The largest excess of any coalition but the grand one; none of a single player.
    pub largest: Option<RBig>,
    /// Whether it is in the least core, where that was decided.
    pub least_core: Option<LeastCoreStanding>,
    /// Whether it is in the bargaining set.
    pub bargaining: Bargaining,
}

impl Allocation {
    /// How many objections are listed at most.
    pub const LISTED: usize = 100;

    /// Whether no coalition objects to it.
    pub fn in_core(&self) -> bool {
        self.efficient && self.objections_total == 0
    }
}

/// Whether an efficient division has the least largest excess.
#[derive(Debug, Clone, PartialEq)]
pub enum LeastCoreStanding {
    /// It has: a balanced collection whose claims show that none has less.
    In(ExactWeights),
    /// This one has less.
    Out(Vec<RBig>),
    /// It does not divide what there is.
    Inefficient,
}

/// Whether a division is in the bargaining set.
#[derive(Debug, Clone, PartialEq)]
pub enum Bargaining {
    /// Nobody can object.
    Core,
    /// It is no imputation.
    NoImputation,
    /// Every objection is met by a counter-objection.
    Countered(Vec<Counter>),
    /// An objection that is met by none.
    Justified(Objection),
    /// It was not found out, and why.
    Undecided(String),
}

/// What meets every objection of a player against another through a coalition.
///
/// Weights of coalitions `T` with the player objected to and without the one who objects. Either
/// one of them has no member of the objecting `S` and an excess of 0 or more; or no member of `S`
/// is in more than weight 1 of them, and the weighted excesses are at least that of `S`: whatever
/// `S` promises its members, some `T` can match it.
#[derive(Debug, Clone, PartialEq)]
pub struct Counter {
    /// Who objects.
    pub player: usize,
    /// Against whom.
    pub against: usize,
    /// Through which coalition.
    pub coalition: Coalition,
    /// What counters.
    pub weights: ExactWeights,
}

/// An objection: its coalition's members all get more than they had, and the player objected to
/// cannot keep its own by a coalition without the one who objects.
#[derive(Debug, Clone, PartialEq)]
pub struct Objection {
    /// Who objects.
    pub player: usize,
    /// Against whom.
    pub against: usize,
    /// Through which coalition.
    pub coalition: Coalition,
    /// What each of its members would get, in their order.
    pub payoffs: Vec<RBig>,
}
