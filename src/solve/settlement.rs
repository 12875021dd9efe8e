//! The settlement lens: the price of peace, the least core, the nucleolus.

use crate::contest::Contest;
use crate::error::Result;
use crate::game::SettlementGame;
use crate::lp::Backend;
use crate::solve::least_core::{LeastCore, LeastCoreSolver};
use crate::solve::nucleolus::levels;
use crate::solve::separation::ValueTable;
use crate::work::Work;

pub use crate::finding::settlement::{
    LeastCoreBound, LeastCoreRange, Level, MAX_STATES, Settlement, SettlementFinding, Weights,
};

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
