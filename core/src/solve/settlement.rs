//! The settlement lens: the price of peace, the least core, the nucleolus.

use dashu_ratio::RBig;

use crate::contest::Contest;
use crate::error::Result;
use crate::finding::cooperative::{ExactLevel, ExactWeights, PayoffBound, PayoffRange};
use crate::game::SettlementGame;
use crate::game::cooperative::numbered;
use crate::game::exact_settlement::exact_settlement;
use crate::lp::Backend;
use crate::solve::cooperative::nucleolus::least_core::{LeastCore, LeastCoreSolver};
use crate::solve::cooperative::nucleolus::levels;
use crate::solve::cooperative::nucleolus::levels::exact_levels;
use crate::solve::cooperative::polytope::payoff_range::payoff_ranges_of;
use crate::solve::cooperative::separation::ValueTable;
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
/// Where the backend fails, the game is solved in whole numbers instead, its values rounded to 15
/// decimals.
///
/// # Errors
/// If there are more than [`MAX_STATES`] states or a leader is not a state.
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
    let table = ValueTable::new(&SettlementGame(contest))?;
    match in_floats(contest, &table, leaders, backend, work) {
        Err(error) if error.is_fault() => exactly(contest, &table, leaders, work),
        outcome => outcome,
    }
}

fn undecided(what: &str) -> Result<Settlement> {
    Ok(Settlement::Undecided { why: format!("the time was up before {what} was found") })
}

fn in_floats(
    contest: &Contest,
    table: &ValueTable,
    leaders: &[usize],
    backend: Backend,
    work: &Work,
) -> Result<Settlement> {
    let (claimant, status_quo_price) = table.largest_excess(contest.shares());
    let mut solver = LeastCoreSolver::new(table, backend).starting_from(contest.shares());
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

fn exactly(
    contest: &Contest,
    table: &ValueTable,
    leaders: &[usize],
    work: &Work,
) -> Result<Settlement> {
    let (claimant, status_quo_price) = table.largest_excess(contest.shares());
    let game = exact_settlement(contest, numbered(contest.len()))?.table;
    let Some(found) = exact_levels(&game, false, work)? else { return undecided("the nucleolus") };
    let (Some(value), Some(weights)) = (found.least_core_value(), found.balanced()) else {
        return undecided("the least core");
    };
    let Some(ranges) = payoff_ranges_of(&game, value, leaders, work)? else {
        return undecided("the range over the least core");
    };
    let end = |bound: &PayoffBound| LeastCoreBound {
        allocation: bound.allocation.iter().map(float).collect(),
        weights: floats(&bound.weights),
        total: float(&bound.total),
    };
    let range = |(&leader, range): (&usize, &PayoffRange)| {
        let (lowest, highest) = (end(&range.lowest), end(&range.highest));
        let control = [lowest.allocation[leader], highest.allocation[leader]];
        LeastCoreRange { leader, control, lowest, highest }
    };
    let level = |level: &ExactLevel| Level {
        excess: float(&level.excess),
        weights: floats(&level.weights),
        floors: Vec::new(),
    };
    Ok(Settlement::Decided(Box::new(SettlementFinding {
        price_of_peace: float(value).max(0.0),
        weights: floats(&weights),
        status_quo_price,
        claimant,
        nucleolus: found.allocation.iter().map(float).collect(),
        levels: found.levels.iter().map(level).collect(),
        ranges: leaders.iter().zip(&ranges).map(range).collect(),
    })))
}

fn float(number: &RBig) -> f64 {
    number.to_f64().value()
}

fn floats(weights: &ExactWeights) -> Weights {
    weights.iter().map(|(s, weight)| (*s, float(weight))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::system::System;

    /// Both ways find the same prices, payoffs and ranges.
    #[test]
    fn whole_numbers_say_what_floats_say() {
        let powers = [28.0, 19.0, 17.0, 11.0, 7.0, 5.0, 4.0, 3.0];
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        let system = System::from_powers(named).unwrap();
        for decisiveness in [1.0, 2.0, 3.5] {
            let parameters = Parameters { decisiveness, ..Parameters::default() };
            let contest = Contest::new(&system, &parameters).unwrap();
            let table = ValueTable::new(&SettlementGame(&contest)).unwrap();
            let (leaders, work) = ([0, 3], Work::default());
            let a = in_floats(&contest, &table, &leaders, Backend::default(), &work).unwrap();
            let b = exactly(&contest, &table, &leaders, &work).unwrap();
            let (Settlement::Decided(a), Settlement::Decided(b)) = (a, b) else { panic!() };
            let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-9, "{decisiveness}: {a} {b}");
            near(a.price_of_peace, b.price_of_peace);
            a.nucleolus.iter().zip(&b.nucleolus).for_each(|(a, b)| near(*a, *b));
            for (a, b) in a.ranges.iter().zip(&b.ranges) {
                near(a.control[0], b.control[0]);
                near(a.control[1], b.control[1]);
            }
        }
    }
}
