//! What is found out about the division that leaves no coalition a reason to fight.

use crate::coalition::Coalition;

/// The most states: all coalitions are looked at.
pub const MAX_STATES: usize = 24;

/// Coalitions with weights above zero.
pub type Weights = Vec<(Coalition, f64)>;

/// What came of the settlement lens.
#[derive(Debug, Clone, PartialEq)]
pub enum Settlement {
    /// All of it was computed.
    Decided(Box<SettlementFinding>),
    /// The time was up first.
    Undecided {
        /// What was not decided, in words.
        why: String,
    },
}

/// The settlement game's solutions, each with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct SettlementFinding {
    /// `ε*`: the least-core value, the smallest cost of war at which some settlement leaves
    /// no coalition a reason to fight.
    pub price_of_peace: f64,
    /// A balanced collection: for each state the weights `λ_S` of the coalitions with it sum
    /// to 1, and `Σ λ_S v(S) = 1 + ε* Σ λ_S`. It proves that no settlement has a lower price.
    pub weights: Weights,
    /// `max_S v(S) − P(S)`: the price of peace of the present distribution.
    pub status_quo_price: f64,
    /// The coalition that attains the status-quo price.
    pub claimant: Coalition,
    /// The nucleolus, in the least core, which proves that its price is enough.
    pub nucleolus: Vec<f64>,
    /// The proof of the nucleolus, level by level (Kohlberg 1971).
    pub levels: Vec<Level>,
    /// For each leading state asked for, in the order of asking, its payoff over the least
    /// core.
    pub ranges: Vec<LeastCoreRange>,
}

/// One level of the nucleolus's proof: among the allocations that agree with all earlier
/// levels, none has a lower largest excess over the coalitions not yet settled.
///
/// `weights` sum to 1, and `Σ weights · 1_S` is in the linear span of the earlier levels'
/// coalitions and the grand one, so that the weighted mean of the excesses is the same for
/// all those allocations: it is `excess`, and an allocation with all excesses at most that
/// has each of these equal to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The excess `v(S) − x(S)` of these coalitions.
    pub excess: f64,
    /// The coalitions that this level settles, with their weights.
    pub weights: Weights,
    /// Players that this level holds at what they can get alone, with weights that are added
    /// to `Σ weights · 1_S`; empty unless payoffs below that are ruled out.
    pub floors: Vec<(usize, f64)>,
}

/// A state's lowest and highest payoff over the least core, each attained and proved.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastCoreRange {
    /// The state.
    pub leader: usize,
    /// `[lowest, highest]` payoff.
    pub control: [f64; 2],
    /// Attains and proves the lowest.
    pub lowest: LeastCoreBound,
    /// Attains and proves the highest.
    pub highest: LeastCoreBound,
}

/// A bound on a state's payoff over the least core.
///
/// With `σ = 1` for a lower bound and `−1` for an upper one,
/// `σ·1_h = Σ weights · 1_S + total · 1_N` up to rounding, so that
/// `σ·x_h ≥ Σ weights · (v(S) − ε*) + total` for every `x` in the least core.
#[derive(Debug, Clone, PartialEq)]
pub struct LeastCoreBound {
    /// An allocation of the least core that attains the bound.
    pub allocation: Vec<f64>,
    /// Coalitions and their weights, all above zero.
    pub weights: Weights,
    /// The weight of `x(N) = 1`, of any sign.
    pub total: f64,
}
