//! Games with externalities: values, cores, and which mergers pay and last.
//!
//! Definitions: with `v(S; π)` what bloc `S` of the partition `π` is worth,
//!
//! - **Myerson's value** (1977, *Int. J. Game Theory* 6) is the sum over all `S ∈ π` of
//!   `(−1)^(k−1) (k−1)! · (1/n − Σ_{T∈π∖S, i∉T} 1/((k−1)(n−|T|))) · v(S; π)`, `k = |π|`: the only linear
//!   one that gives a carrier all there is and players alike the same;
//! - the **externality-free value** (de Clippel & Serrano 2008, *Econometrica* 76) is the Shapley value
//!   of what coalitions are worth while all others stand alone;
//! - the **α-, γ- and δ-core** are those of the games in which a coalition expects the others to do
//!   what is worst for it, to stand alone, or to stand together ([`Expectation`]);
//! - a coalition of two or more is **profitable** if its members have more than with everybody alone
//!   (Salant, Switzer & Reynolds 1983, *Q. J. Econ.* 98), and a **self-enforcing** agreement (Barrett
//!   1994, *Oxf. Econ. Pap.* 46) if it can give every member what that would have by leaving alone,
//!   and could not if any outsider joined (with transfers: Eyckmans & Finus 2004).
//!
//! Cost: one pass over the blocs of all partitions, and a core of 2^n coalitions for each
//! expectation; limit 8 players.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::finding::cooperative::{Externalities, Merger};
use crate::game::cooperative::{ExactTable, Expectation, PartitionGame};
use crate::solve::cooperative::balancedness::balance;
use crate::solve::cooperative::power::Marginals;
use crate::work::Work;

/// All that is found out about a game with externalities; cores that take too long are undecided.
///
/// # Errors
/// If the game's coalitions cannot be laid out, which they can.
pub fn externalities(game: &PartitionGame, work: &Work) -> Result<Externalities> {
    let mut cores = Vec::new();
    for expectation in Expectation::ALL {
        cores.push((expectation, balance(&expected(game, expectation)?, work)));
    }
    let (profitable, self_enforcing) = mergers(game);
    Ok(Externalities {
        myerson: myerson(game),
        externality_free: Marginals::of_table(&expected(game, Expectation::Gamma)?).shapley(),
        cores,
        profitable,
        self_enforcing,
    })
}

/// The game of what each coalition expects.
fn expected(game: &PartitionGame, expectation: Expectation) -> Result<ExactTable> {
    let n = game.players();
    let mut values: Vec<Option<RBig>> = vec![None; 1 << n];
    values[0] = Some(RBig::ZERO);
    for (partition, worths) in game.partitions().iter().zip(game.worths()) {
        for (&bloc, worth) in partition.blocs().iter().zip(worths) {
            let others = partition.blocs().len() - 1;
            let counts = match expectation {
                Expectation::Alpha => true,
                Expectation::Gamma => others == n - bloc.len(),
                Expectation::Delta => others <= 1,
            };
            let value = &mut values[bloc.bits() as usize];
            if counts && value.as_ref().is_none_or(|least| worth < least) {
                *value = Some(worth.clone());
            }
        }
    }
    let values: Vec<RBig> = values.into_iter().flatten().collect();
    ExactTable::new(game.names().to_vec(), &values)
}

fn myerson(game: &PartitionGame) -> Vec<RBig> {
    let n = game.players();
    let mut values = vec![RBig::ZERO; n];
    for (partition, worths) in game.partitions().iter().zip(game.worths()) {
        let blocs = partition.blocs();
        let rest = blocs.len() - 1;
        let orders = (1..=rest).fold(IBig::ONE, |product, k| product * IBig::from(k));
        let sign = IBig::from(if rest.is_multiple_of(2) { 1 } else { -1 });
        let factor = RBig::from(orders * sign);
        for (&bloc, worth) in blocs.iter().zip(worths) {
            for (i, value) in values.iter_mut().enumerate() {
                let mut share = RBig::from_parts(IBig::ONE, UBig::from(n));
                for other in blocs.iter().filter(|t| **t != bloc && !t.contains(i)) {
                    share -= RBig::from_parts(IBig::ONE, UBig::from(rest * (n - other.len())));
                }
                *value += share * &factor * worth;
            }
        }
    }
    values
}

/// The profitable coalitions and the self-enforcing ones.
fn mergers(game: &PartitionGame) -> (Vec<Merger>, Vec<Merger>) {
    let n = game.players();
    let around = |s: Coalition| {
        let alone = s.complement(n).members().map(Coalition::singleton);
        let blocs = alone.chain((!s.is_empty()).then_some(s)).collect();
        Partition::new(n, blocs).unwrap_or_else(|_| Partition::singletons(n))
    };
    let worth = |s: Coalition, beside: Coalition| game.worth(s, &around(beside)).clone();
    let sum = |s: Coalition, of: &dyn Fn(usize) -> RBig| {
        s.members().fold(RBig::ZERO, |sum, i| sum + of(i))
    };
    let apart = |s: Coalition| sum(s, &|i| worth(Coalition::singleton(i), Coalition::EMPTY));
    let leaving = |s: Coalition| sum(s, &|i| worth(Coalition::singleton(i), s.without(i)));
    let lasts = |s: Coalition| worth(s, s) >= leaving(s);
    let (mut profitable, mut enforcing) = (Vec::new(), Vec::new());
    for coalition in Coalition::all(n).filter(|s| s.len() > 1) {
        let merger =
            |otherwise| Merger { coalition, worth: worth(coalition, coalition), otherwise };
        let apart = merger(apart(coalition));
        if apart.worth > apart.otherwise {
            profitable.push(apart);
        }
        let joined = || coalition.complement(n).members().any(|j| lasts(coalition.with(j)));
        if lasts(coalition) && !joined() {
            enforcing.push(merger(leaving(coalition)));
        }
    }
    (profitable, enforcing)
}
