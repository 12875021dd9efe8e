//! The settlement lens: the price of peace, the least core, the nucleolus.

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::error::Result;
use crate::game::SettlementGame;
use crate::lp::Backend;
use crate::solve::least_core::{LeastCore, LeastCoreSolver};
use crate::solve::nucleolus::levels;
use crate::solve::separation::{self, ValueTable};
use crate::work::Work;

/// The most states: all coalitions are looked at.
pub const MAX_STATES: usize = separation::MAX_PLAYERS;

/// Coalitions with weights above zero.
pub type Weights = Vec<(Coalition, f64)>;

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

/// Solves the settlement game of a contest: price of peace, nucleolus, and the range of the
/// payoff of each of `leaders` over the least core.
///
/// The nucleolus is the prenucleolus: for decisiveness of at least 1 they are the same, and
/// below it there may be no imputation (see [`game::settlement`](crate::game::settlement)),
/// while the prenucleolus is always there and always in the least core.
///
/// # Errors
/// If there are more than [`MAX_STATES`] states, a leader is not a state, or the backend
/// fails.
pub fn solve(
    contest: &Contest,
    leaders: &[usize],
    backend: Backend,
    work: &Work,
) -> Result<Settlement> {
    work.begin("settlement", 0);
    let outcome = lens(contest, leaders, backend, work);
    work.end();
    outcome
}

fn lens(contest: &Contest, leaders: &[usize], backend: Backend, work: &Work) -> Result<Settlement> {
    let undecided = |what: &str| {
        Ok(Settlement::Undecided { why: format!("the time was up before {what} was found") })
    };
    let table = ValueTable::new(&SettlementGame(contest))?;
    let (claimant, status_quo_price) = table.largest_excess(contest.shares());
    let mut solver = LeastCoreSolver::new(&table, backend).starting_from(contest.shares());
    let Some((descent, nucleolus)) = levels(&mut solver, None, work)? else {
        return undecided("the nucleolus");
    };
    let Some(least_core) = LeastCore::of(&descent, table.unit()) else {
        return undecided("the least core");
    };
    let mut ranges = Vec::with_capacity(leaders.len());
    for &leader in leaders {
        match solver.range(&least_core, leader, work)? {
            Some(range) => ranges.push(range),
            None => return undecided("the range over the least core"),
        }
    }
    Ok(Settlement::Decided(Box::new(SettlementFinding {
        // A coalition and the rest claim 1 together, so that it is never below 0.
        price_of_peace: least_core.value.max(0.0),
        weights: least_core.weights,
        status_quo_price,
        claimant,
        nucleolus: nucleolus.allocation,
        levels: nucleolus.levels,
        ranges,
    })))
}
