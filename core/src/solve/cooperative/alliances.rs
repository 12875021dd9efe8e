//! The values of games with alliances that exist.
//!
//! Definition: players are in blocs `B_1, …, B_m`. For a player `i` of bloc `B`, a set `H` of the
//! other blocs and a set `T ⊆ B∖i` it adds `v(∪H ∪ T ∪ i) − v(∪H ∪ T)`; with `b = |B|`, `h = |H|`
//! and `t = |T|` the values are its sums over all `H` and `T`, weighted
//!
//! - Owen (1977, in *Mathematical Economics and Game Theory*): by `h!(m−h−1)!/m! · t!(b−t−1)!/b!`,
//!   as if whole blocs came in a random order, and in each its members;
//! - Banzhaf–Owen (Owen 1982, in *Power, Voting, and Voting Power*): by `2^−(m−1) · 2^−(b−1)`;
//! - Aumann & Drèze (1974, *Int. J. Game Theory* 3): with `H = ∅` alone, by `t!(b−t−1)!/b!`, the
//!   Shapley value of the game inside the bloc.
//!
//! Method: sums of values by `h` and `t`, and the same of those with each member, from which the
//! sums of what it adds are differences. Cost: `2^(m−1) · 2^b · b/2` additions for each bloc, all
//! exact, on top of laying out the game; limit 25 players.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Result};
use crate::finding::cooperative::Alliances;
use crate::game::cooperative::Game;
use crate::game::cooperative::number::{Amount, with_numerators};
use crate::work::Work;

/// Sets of other blocs between two looks at the clock.
const AT_ONCE: usize = 1 << 10;

/// The values of a game's players inside alliances.
///
/// # Errors
/// If the blocs are of another number of players, there are more than 25, or the time is up.
pub fn alliances(game: &Game, blocs: &Partition, work: &Work) -> Result<Alliances> {
    let n = game.names().len();
    if blocs.blocs().iter().map(|bloc| bloc.len()).sum::<usize>() != n {
        return Err(Error::parameter("blocs", format!("a partition of {n} players"), "another"));
    }
    let table = &*game.table_within(work)?;
    let m = blocs.blocs().len();
    let mut found = Alliances {
        blocs: blocs.clone(),
        worths: blocs.blocs().iter().map(|&bloc| table.value(bloc)).collect(),
        quotient: Vec::with_capacity(m),
        owen: vec![RBig::ZERO; n],
        banzhaf_owen: vec![RBig::ZERO; n],
        aumann_dreze: vec![RBig::ZERO; n],
    };
    let between = orders(m);
    for (k, &bloc) in blocs.blocs().iter().enumerate() {
        let others: Vec<u64> =
            blocs.blocs().iter().enumerate().filter(|(j, _)| *j != k).map(|(_, b)| b.0).collect();
        let sums = with_numerators!(table.numerators(), values => {
            Sums::new(values, bloc, &others, work)?
        });
        let b = bloc.len();
        let inside = orders(b);
        let over = |below: &UBig, sum: IBig| RBig::from_parts(sum, below * table.denominator());
        let joined = (0..m).map(|h| &between[h] * (&sums.total[h][b] - &sums.total[h][0]));
        found.quotient.push(over(&factorial(m), joined.sum()));
        for (at, i) in bloc.members().enumerate() {
            let adds = |h: usize, t: usize| sums.adds(at, h, t);
            let of = |h: usize| (0..b).map(|t| &inside[t] * adds(h, t)).sum::<IBig>();
            let owen = (0..m).map(|h| &between[h] * of(h)).sum();
            found.owen[i] = over(&(factorial(m) * factorial(b)), owen);
            let all = (0..m).flat_map(|h| (0..b).map(move |t| (h, t)));
            let swings = all.map(|(h, t)| adds(h, t)).sum();
            found.banzhaf_owen[i] = over(&(UBig::ONE << (m + b - 2)), swings);
            found.aumann_dreze[i] = over(&factorial(b), of(0));
        }
    }
    Ok(found)
}

fn factorial(n: usize) -> UBig {
    (1..=n).fold(UBig::ONE, |product, k| product * UBig::from(k))
}

/// `s!(n−s−1)!`: in how many orders of `n` exactly these `s` come before a given one.
fn orders(n: usize) -> Vec<IBig> {
    (0..n).map(|s| IBig::from(factorial(s) * factorial(n - s - 1))).collect()
}

/// Sums of values over sets of other blocs, by their number, with parts of a bloc, by their size.
struct Sums {
    /// `total[h][t]`.
    total: Vec<Vec<IBig>>,
    /// `with[i][h][t]`: of those with the bloc's member `i`.
    with: Vec<Vec<Vec<IBig>>>,
}

impl Sums {
    fn new<T: Amount<Sum: Into<IBig>>>(
        values: &[T],
        bloc: Coalition,
        others: &[u64],
        work: &Work,
    ) -> Result<Self> {
        let (m, b) = (others.len() + 1, bloc.len());
        let members: Vec<u64> = bloc.members().map(|i| Coalition::singleton(i).0).collect();
        let parts = unions(&members);
        let mut total = vec![vec![T::empty_sum(); b + 1]; m];
        let mut with = vec![vec![vec![T::empty_sum(); b + 1]; m]; b];
        let mut outside = 0;
        for step in 0..1usize << others.len() {
            if step % AT_ONCE == 0 {
                work.in_time()?;
            }
            // The sets of other blocs in an order in which one bloc comes or goes at a time.
            if step > 0 {
                outside ^= others[step.trailing_zeros() as usize];
            }
            let h = (step ^ step >> 1).count_ones() as usize;
            for (part, bits) in parts.iter().enumerate() {
                let value = &values[(outside | bits) as usize];
                let t = part.count_ones() as usize;
                value.add_to(&mut total[h][t]);
                for i in Coalition(part as u64).members() {
                    value.add_to(&mut with[i][h][t]);
                }
            }
        }
        let whole = |sums: Vec<Vec<T::Sum>>| -> Vec<Vec<IBig>> {
            sums.into_iter().map(|row| row.into_iter().map(Into::into).collect()).collect()
        };
        Ok(Self { total: whole(total), with: with.into_iter().map(whole).collect() })
    }

    /// What a member adds to all sets of `h` other blocs with `t` members of its own.
    fn adds(&self, i: usize, h: usize, t: usize) -> IBig {
        let without = &self.total[h][t] - &self.with[i][h][t];
        &self.with[i][h][t + 1] - without
    }
}

/// The unions of all sets of some disjoint sets, by the bits of which are in it.
fn unions(sets: &[u64]) -> Vec<u64> {
    let mut unions = vec![0];
    for set in sets {
        let with: Vec<u64> = unions.iter().map(|union| union | set).collect();
        unions.extend(with);
    }
    unions
}
