//! Whether a game is balanced, and whether it is totally balanced.
//!
//! A game is **balanced** if it has a core: no balanced collection of coalitions claims more
//! than there is (Bondareva 1963, Shapley 1967). It is **totally balanced** if every subgame
//! is, which is to say that it is the minimum of finitely many additive games (Kalai & Zemel
//! 1982): every market game (Shapley & Shubik 1969), every convex game (Shapley 1971).
//!
//! Method: the least that satisfies all smaller coalitions, an exact programme
//! (`coalition_program`), against what there is; its multipliers
//! are the balanced collection. For total balancedness once for each coalition, from the
//! largest down, that no allocation found before pays exactly its worth; the allocations, with
//! players outside paid more than enough, are the additive games.
//!
//! Cost: some scans of 2^n; in total 3^n at worst. Limits: 24 players; total balancedness 10,
//! unless the game is convex or not superadditive.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::game::cooperative::{ExactTable, Sense};
use crate::solve::cooperative::nucleolus::exact::ExactWeights;
use crate::solve::cooperative::polytope::basis::Basis;
use crate::solve::cooperative::polytope::coalition_program::{
    CoalitionProgram, Optimum, Outcome, sums,
};
use crate::solve::cooperative::properties::{Properties, Property};
use crate::solve::cooperative::separation::MAX_PLAYERS;
use crate::solve::linear::whole::{Floors, Whole};
use crate::work::Work;

pub use crate::finding::cooperative::{Balance, TotalBalance};

/// The most players of whom every subgame is looked at.
pub const MOST_SUBGAMES: usize = 10;

/// Whether the game is balanced.
pub fn balance(table: &ExactTable, work: &Work) -> Balance {
    let n = table.players();
    if n > MAX_PLAYERS {
        return Balance::Undecided(format!(
            "{n} players have 2^{n} coalitions (limit 2^{MAX_PLAYERS})"
        ));
    }
    with_floors(table, |game| match game.of(Coalition::grand(n), work) {
        Subgame::Balanced(x) => Balance::Balanced(x),
        Subgame::Unbalanced(weights) => Balance::Unbalanced(weights),
        Subgame::Stopped => Balance::Undecided("the time was up".into()),
    })
}

/// Whether the game is totally balanced; what is known already saves work.
pub fn total_balance(
    table: &ExactTable,
    properties: &Properties,
    balance: &Balance,
    work: &Work,
) -> TotalBalance {
    let n = table.players();
    if properties.convex == Property::Holds {
        return TotalBalance::Convex;
    }
    if let Property::Fails([s, t]) = properties.superadditive
        && !s.is_empty()
        && !t.is_empty()
    {
        return TotalBalance::Unbalanced(s.union(t), vec![(s, RBig::ONE), (t, RBig::ONE)]);
    }
    if let Balance::Unbalanced(weights) = balance {
        return TotalBalance::Unbalanced(Coalition::grand(n), weights.clone());
    }
    if n > MOST_SUBGAMES {
        return TotalBalance::Undecided(format!(
            "{n} players have 2^{n} subgames (limit 2^{MOST_SUBGAMES})"
        ));
    }
    with_floors(table, |game| game.all(work))
}

enum Subgame {
    Balanced(Vec<RBig>),
    Unbalanced(ExactWeights),
    Stopped,
}

/// A game of worths in whole numbers.
struct Worths<'a, T> {
    players: usize,
    worth: &'a (dyn Fn(usize) -> T + Sync),
    /// Payoffs are multiples of the inverse of this, below zero for costs.
    unit: RBig,
}

/// Asks the question of the worths, in the narrowest numbers.
fn with_floors<R>(table: &ExactTable, ask: impl Fn(&dyn Asked) -> R) -> R {
    let unit = RBig::from(table.denominator().clone());
    let unit = if table.sense() == Sense::Cost { -unit } else { unit };
    let worths = table.worths();
    let floors = Floors::new(&worths, IBig::ONE, IBig::ZERO);
    let players = table.players();
    if floors.are_narrow() {
        ask(&Worths { players, worth: &floors.narrow(), unit })
    } else {
        ask(&Worths { players, worth: &floors.any(), unit })
    }
}

/// The two questions.
trait Asked {
    fn of(&self, members: Coalition, work: &Work) -> Subgame;
    fn all(&self, work: &Work) -> TotalBalance;
}

impl<T: Whole> Worths<'_, T> {
    /// An allocation of a subgame's worth that leaves no coalition in it less than its own, in
    /// whole numbers with their scale, or the weights that rule it out.
    fn subgame(&self, members: Coalition, work: &Work) -> Outcome<T> {
        let all: Vec<usize> = members.members().collect();
        // The coalitions of the members, by the bits of those.
        let places: Vec<i128> = all.iter().map(|&i| 1 << i).collect();
        let places = sums(&places);
        let worth = |at: usize| (self.worth)(places[at] as usize);
        let program = CoalitionProgram { players: all.len(), floor: &worth, work };
        let there_is = (self.worth)(members.bits() as usize);
        let ones = vec![1; all.len()];
        let basis = Basis::singletons(all.len());
        match program.solve(&ones, basis, &mut Vec::new(), Some(&there_is)) {
            Outcome::Optimal(mut found) => {
                // What is left over goes to the first.
                let scale = found.basis.determinant();
                let paid = found.allocation.iter().fold(T::zero(), |sum, x| sum.plus(x));
                let rest = there_is.scaled(scale).minus(&paid);
                if let Some(first) = found.allocation.first_mut() {
                    *first = first.plus(&rest);
                }
                Outcome::Optimal(found)
            }
            other => other,
        }
    }

    /// The balanced collection, whose coalitions are those of all players.
    fn weights(members: Coalition, found: &Optimum<T>) -> ExactWeights {
        let all: Vec<usize> = members.members().collect();
        let scale = RBig::from(found.basis.determinant());
        let rows = found.basis.rows().iter().zip(&found.multipliers);
        let mut weights: ExactWeights = rows
            .filter(|(_, m)| **m != 0)
            .map(|(s, &m)| (s.members().map(|j| all[j]).collect(), RBig::from(m) / &scale))
            .collect();
        crate::order::sort_by_key(&mut weights, |(s, _)| *s);
        weights
    }

    fn payoffs(&self, x: &[T], scale: i128) -> Vec<RBig> {
        let parts = RBig::from(scale) * &self.unit;
        x.iter().map(|x| RBig::from(x.big()) / &parts).collect()
    }
}

impl<T: Whole> Asked for Worths<'_, T> {
    fn of(&self, members: Coalition, work: &Work) -> Subgame {
        match self.subgame(members, work) {
            Outcome::Optimal(x) => {
                Subgame::Balanced(self.payoffs(&x.allocation, x.basis.determinant()))
            }
            Outcome::Above(found) => Subgame::Unbalanced(Self::weights(members, &found)),
            // Payoffs that are high enough satisfy everybody.
            Outcome::Infeasible | Outcome::Stopped => Subgame::Stopped,
        }
    }

    fn all(&self, work: &Work) -> TotalBalance {
        let n = self.players;
        let worths: Vec<T> = (0..1usize << n).map(self.worth).collect();
        let largest = worths.iter().fold(T::zero(), |most, v| {
            let size = if *v < T::zero() { T::zero().minus(v) } else { v.clone() };
            if size > most { size } else { most }
        });
        let mut order: Vec<usize> = (1..worths.len()).collect();
        order.sort_by_key(|bits| std::cmp::Reverse(bits.count_ones()));
        let mut met = vec![false; worths.len()];
        let mut extreme = Vec::new();
        for bits in order {
            if met[bits] {
                continue;
            }
            let members = Coalition(bits as u64);
            let found = match self.subgame(members, work) {
                Outcome::Optimal(found) => found,
                Outcome::Above(found) => {
                    return TotalBalance::Unbalanced(members, Self::weights(members, &found));
                }
                Outcome::Infeasible | Outcome::Stopped => {
                    return TotalBalance::Undecided("the time was up".into());
                }
            };
            let scale = found.basis.determinant();
            // Whoever is outside gets more than any coalition lacks.
            let owed = found.allocation.iter().fold(largest.scaled(2 * scale), |sum, x| {
                if *x < T::zero() { sum.minus(x) } else { sum.plus(x) }
            });
            let mut x = vec![owed; n];
            members.members().zip(found.allocation).for_each(|(i, paid)| x[i] = paid);
            for (at, paid) in sums(&x).iter().enumerate().skip(1) {
                met[at] |= *paid == worths[at].scaled(scale);
            }
            extreme.push(self.payoffs(&x, scale));
        }
        TotalBalance::Extreme(extreme)
    }
}
