//! The Myerson value of a game on a network.
//!
//! Definition: a coalition whose members are not all linked, if through other members, gets what
//! its connected parts get, each for itself: `v^g(S) = Σ v(C)` over the components `C` of `S`.
//! The value is the Shapley value of that game (Myerson 1977, *Math. Oper. Res.* 2): the only one
//! that gives each component of the network what it is worth and by which both ends of a link
//! gain alike from it.
//!
//! Method: for each coalition the component of its last member, from those of the coalition
//! without it, one after the other; the rest has its worth already. Cost: a few steps for each
//! coalition, O(2^n) and 8 bytes each beside the values; limit 25 players.

use dashu_int::IBig;

use crate::coalition::{Coalition, Partition};
use crate::error::{Error, Result};
use crate::finding::cooperative::{Links, Network};
use crate::game::cooperative::number::Numerators;
use crate::game::cooperative::{ExactTable, Game};
use crate::solve::cooperative::power::Marginals;
use crate::work::Work;

/// Coalitions between two looks at the clock.
const AT_ONCE: usize = 1 << 16;

/// The value of each player of a game on a network.
///
/// # Errors
/// If the links are of another number of players, there are more than 25, or the time is up.
pub fn network(game: &Game, links: &Links, work: &Work) -> Result<Network> {
    let n = game.names().len();
    if links.players() != n {
        let (expected, found) = (format!("those of {n} players"), links.players());
        return Err(Error::parameter("links", expected, format!("of {found} players")));
    }
    let table = &*game.table_within(work)?;
    let last = last_components(links, work)?;
    let mut components = Vec::new();
    let mut rest = Coalition::grand(n);
    while !rest.is_empty() {
        let component = Coalition(u64::from(last[rest.bits() as usize]));
        components.push(component);
        rest = rest.difference(component);
    }
    let components = Partition::new(n, components)?;
    let restricted = restricted(table, &last, work)?;
    work.in_time()?;
    Ok(Network {
        links: links.clone(),
        worths: components.blocs().iter().map(|&c| table.value(c)).collect(),
        components,
        myerson: Marginals::of_table(&restricted).shapley(),
    })
}

/// For each coalition the component of its last member.
fn last_components(links: &Links, work: &Work) -> Result<Vec<u32>> {
    let mut last = vec![0u32; 1 << links.players()];
    for set in 1..last.len() {
        if set % AT_ONCE == 0 {
            work.in_time()?;
        }
        let i = set.ilog2();
        let neighbours = links.of(i as usize).bits() as u32;
        let mut component = 1 << i;
        let mut rest = set as u32 ^ component;
        while rest & neighbours != 0 {
            let other = last[rest as usize];
            rest ^= other;
            if other & neighbours != 0 {
                component |= other;
            }
        }
        last[set] = component;
    }
    Ok(last)
}

/// The game in which a coalition gets what its components get.
fn restricted(table: &ExactTable, last: &[u32], work: &Work) -> Result<ExactTable> {
    fn sums<T: Clone>(
        values: &[T],
        last: &[u32],
        work: &Work,
        plus: impl Fn(&T, &T) -> T,
    ) -> Result<Vec<T>> {
        let mut sums: Vec<T> = Vec::with_capacity(values.len());
        sums.push(values[0].clone());
        for set in 1..values.len() {
            if set % AT_ONCE == 0 {
                work.in_time()?;
            }
            let component = last[set] as usize;
            sums.push(plus(&values[component], &sums[set ^ component]));
        }
        Ok(sums)
    }
    // At most 25 components of values below 2^61 fit 128 bits.
    let numerators = match table.numerators() {
        Numerators::Small(v) => {
            let wide: Vec<i128> = v.iter().map(|&x| i128::from(x)).collect();
            Numerators::from_wide(sums(&wide, last, work, |a, b| a + b)?)
        }
        Numerators::Wide(v) => {
            let sums = sums(v, last, work, |a, b| a + b)?;
            Numerators::new(sums.into_iter().map(IBig::from).collect())
        }
        Numerators::Big(v) => Numerators::Big(sums(v, last, work, |a, b| a + b)?),
    };
    ExactTable::from_integers(table.names().to_vec(), table.denominator().clone(), numerators)
}
