//! What is claimed of players inside alliances and on networks, from Harsanyi's dividends.
//!
//! With `d(S)` the dividend of a coalition, `k` the number of blocs that it has members of, and `s`
//! the number of its members in the bloc of player `i ∈ S`, the player gets of it
//!
//! - by Owen (1977) `d(S) / (k · s)`: the blocs share it equally, and in each its members;
//! - by Owen (1982), of Banzhaf's kind, `d(S) / (2^(k−1) · 2^(s−1))`;
//! - by Aumann & Drèze (1974) `d(S) / s` where `k = 1`, else nothing.
//!
//! Of a network the components of each coalition are searched one by one, and the dividends of
//! the game of their worths shared equally (Myerson 1977). Nothing goes by what players add.
//! Cost: O(n · 2^n).

use dashu_int::UBig;
use dashu_ratio::RBig;

use super::dividends::{Dividends, grouped};
use crate::certify::Claim;
use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::finding::cooperative::{Alliances, Links, Network};
use crate::game::cooperative::{ExactTable, numbered};

/// The values inside alliances.
///
/// # Errors
/// If the blocs are too many to lay out the game between them, which they are not.
pub fn alliances(table: &ExactTable, blocs: &Partition) -> Result<Alliances> {
    let n = table.players();
    let bloc_of: Vec<Coalition> = (0..n).map(|i| blocs.bloc_of(i)).collect();
    let touched = |s: Coalition| blocs.blocs().iter().filter(|b| !b.is_disjoint(s)).count();
    // By the blocs that a coalition touches and its members inside one's own.
    let width = n + 1;
    let sums = grouped(table, width * width, touched, |k, s, i| {
        k * width + s.intersection(bloc_of[i]).len()
    });
    let each = |divisor: &dyn Fn(usize, usize) -> Option<UBig>| -> Vec<RBig> {
        let share = |(at, sum): (usize, &dashu_int::IBig)| {
            let divisor = divisor(at / width, at % width)?;
            Some(RBig::from_parts(sum.clone(), divisor * table.denominator()))
        };
        let value = |sums: &Vec<dashu_int::IBig>| {
            let parts = sums.iter().enumerate().filter(|(_, sum)| !sum.is_zero());
            parts.filter_map(share).fold(RBig::ZERO, |sum, x| sum + x)
        };
        sums.iter().map(value).collect()
    };
    let union = |set: u64| {
        let members = Coalition(set).members().map(|k| blocs.blocs()[k]);
        members.fold(Coalition::EMPTY, Coalition::union)
    };
    let m = blocs.blocs().len();
    let values: Vec<RBig> = (0..1u64 << m).map(|set| table.value(union(set))).collect();
    let quotient = Dividends::of(&ExactTable::new(numbered(m), &values)?).shapley();
    Ok(Alliances {
        blocs: blocs.clone(),
        worths: blocs.blocs().iter().map(|&bloc| table.value(bloc)).collect(),
        quotient,
        owen: each(&|k, s| Some(UBig::from(k) * UBig::from(s))),
        banzhaf_owen: each(&|k, s| Some(UBig::ONE << (k + s - 2))),
        aumann_dreze: each(&|k, s| (k == 1).then(|| UBig::from(s))),
    })
}

/// The part of `within` that can be reached from its first member.
fn reached(links: &Links, within: Coalition) -> Coalition {
    let mut reached = within.first().map_or(Coalition::EMPTY, Coalition::singleton);
    loop {
        let next = reached.members().fold(reached, |all, i| all.union(links.of(i)));
        let next = next.intersection(within);
        if next == reached {
            return reached;
        }
        reached = next;
    }
}

/// The components of a coalition.
pub fn components(links: &Links, mut within: Coalition) -> Vec<Coalition> {
    let mut found = Vec::new();
    while !within.is_empty() {
        let component = reached(links, within);
        found.push(component);
        within = within.difference(component);
    }
    found
}

/// The value of each player on a network.
///
/// # Errors
/// If the links are not of the game's players.
pub fn network(table: &ExactTable, links: &Links) -> Result<Network> {
    let n = table.players();
    let worth = |set: u64| {
        let parts = components(links, Coalition(set)).into_iter();
        parts.fold(RBig::ZERO, |sum, part| sum + table.value(part))
    };
    let values: Vec<RBig> = (0..1u64 << n).map(worth).collect();
    let components = Partition::new(n, components(links, Coalition::grand(n)))?;
    Ok(Network {
        links: links.clone(),
        worths: components.blocs().iter().map(|&part| table.value(part)).collect(),
        components,
        myerson: Dividends::of(&ExactTable::new(numbered(n), &values)?).shapley(),
    })
}

fn sum(values: &[RBig], of: Coalition) -> RBig {
    of.members().fold(RBig::ZERO, |sum, i| sum + &values[i])
}

/// The claims of values inside alliances; of a game laid out by the definition too.
pub fn alliance_claims(found: &Alliances, table: &ExactTable, short: bool) -> Result<Vec<Claim>> {
    let n = table.players();
    let claim = |what: &str, holds: bool| Claim::exact(format!("alliances: {what}"), holds);
    let blocs = found.blocs.blocs();
    let sized = [&found.owen, &found.banzhaf_owen, &found.aumann_dreze].map(Vec::len) == [n; 3];
    if !sized || [&found.worths, &found.quotient].map(Vec::len) != [blocs.len(); 2] {
        return Ok(vec![claim("there is a number for each player and bloc", false)]);
    }
    let grand = table.value(Coalition::grand(n));
    let mut claims = vec![
        claim("by Owen they get all there is", sum(&found.owen, Coalition::grand(n)) == grand),
        claim(
            "by Owen each bloc gets its Shapley value between the blocs",
            blocs.iter().zip(&found.quotient).all(|(&b, value)| sum(&found.owen, b) == *value),
        ),
        claim(
            "by Aumann and Drèze each bloc gets what it is worth",
            blocs.iter().zip(&found.worths).all(|(&b, worth)| {
                table.value(b) == *worth && sum(&found.aumann_dreze, b) == *worth
            }),
        ),
    ];
    if short {
        let same = alliances(table, &found.blocs)? == *found;
        claims.push(claim("the numbers follow from the dividends", same));
    }
    Ok(claims)
}

/// The claims of values on a network; of a game laid out by the definition too.
pub fn network_claims(found: &Network, table: &ExactTable, short: bool) -> Result<Vec<Claim>> {
    let n = table.players();
    let claim = |what: &str, holds: bool| Claim::exact(format!("network: {what}"), holds);
    let known = Partition::new(n, components(&found.links, Coalition::grand(n)));
    let sized = found.myerson.len() == n && found.links.players() == n;
    if !sized || found.worths.len() != found.components.blocs().len() {
        return Ok(vec![claim("there is a number for each player and component", false)]);
    }
    let mut claims =
        vec![
            claim(
                "the components are those of the links",
                known.ok().as_ref() == Some(&found.components),
            ),
            claim(
                "each component gets what it is worth",
                found.components.blocs().iter().zip(&found.worths).all(|(&c, worth)| {
                    table.value(c) == *worth && sum(&found.myerson, c) == *worth
                }),
            ),
        ];
    if short {
        let same = network(table, &found.links)? == *found;
        claims.push(claim("the numbers follow from the dividends", same));
    }
    Ok(claims)
}
