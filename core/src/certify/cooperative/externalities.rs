//! Re-checks what is found of games with externalities.
//!
//! Myerson's value by dividends: with `(S, π) ≤ (T, ρ)` where `S ⊆ T` and every bloc of `π` is inside
//! one of `ρ`, the worths are sums of the dividends of all that are below, and each dividend is
//! shared equally by the members of its `S`, its smallest carrier (Myerson 1977). The
//! externality-free value by Harsanyi's dividends, cores by their proofs, mergers one by one: all
//! from what coalitions are worth by the definitions. Cost: pairs of partitions, 17 million of 8
//! players.

use std::collections::HashMap;

use dashu_ratio::RBig;

use super::Checker;
use super::dividends::Dividends;
use crate::certify::Claim;
use crate::coalition::{Coalition, Partition};
use crate::error::Result;
use crate::exact::sum;
use crate::finding::cooperative::{Balance, Externalities, Merger};
use crate::game::cooperative::{ExactTable, Expectation, PartitionGame};

/// The claims of what was found.
///
/// # Errors
/// If the game's coalitions cannot be laid out, which they can.
pub fn claims(found: &Externalities, game: &PartitionGame) -> Result<Vec<Claim>> {
    let claim = |what: &str, holds: bool| Claim::exact(what, holds);
    let alone = expected(game, Expectation::Gamma)?;
    let mut claims = vec![
        claim("myerson: the numbers follow from the dividends", myerson(game) == found.myerson),
        claim("externality_free: the numbers follow from the dividends", {
            Dividends::of(&alone).shapley() == found.externality_free
        }),
        claim("externalities: each expectation has its core", {
            found.cores.iter().map(|(expectation, _)| *expectation).eq(Expectation::ALL)
        }),
        claim("profitable: the coalitions are those that gain", {
            profitable(game) == found.profitable
        }),
        claim("self_enforcing: the agreements are those that nobody leaves or joins", {
            self_enforcing(game) == found.self_enforcing
        }),
    ];
    for (expectation, balance) in &found.cores {
        let table = expected(game, *expectation)?;
        let (checker, what) = (Checker::new(&table), format!("{} core", expectation.name()));
        claims.extend(match balance {
            Balance::Balanced(x) => checker.bounded(&what, x, &RBig::ZERO),
            Balance::Unbalanced(weights) => checker.balanced(&what, weights, None),
            Balance::Undecided(_) => Vec::new(),
        });
    }
    Ok(claims)
}

/// What each coalition expects to be worth, coalition by coalition.
///
/// # Errors
/// If the coalitions cannot be laid out, which they can.
pub fn expected(game: &PartitionGame, expectation: Expectation) -> Result<ExactTable> {
    let n = game.players();
    let value = |bits: u64| {
        let s = Coalition(bits);
        let outsiders: Vec<usize> = s.complement(n).members().collect();
        let arranged = |p: &Partition| {
            let blocs = p.blocs().iter().map(|b| b.members().map(|k| outsiders[k]).collect());
            Partition::new(n, blocs.chain([s]).collect())
        };
        let m = outsiders.len();
        let rest: Vec<Partition> = match expectation {
            _ if m == 0 => return Ok(game.worth(s, &Partition::grand(n)).clone()),
            Expectation::Alpha => Partition::all(m).collect(),
            Expectation::Gamma => vec![Partition::singletons(m)],
            Expectation::Delta => vec![Partition::grand(m)],
        };
        let mut least: Option<&RBig> = None;
        for p in &rest {
            let worth = game.worth(s, &arranged(p)?);
            least = Some(least.map_or(worth, |least| least.min(worth)));
        }
        Ok(least.cloned().unwrap_or(RBig::ZERO))
    };
    let values = (1..1u64 << n).map(value);
    let values = std::iter::once(Ok(RBig::ZERO)).chain(values).collect::<Result<Vec<_>>>()?;
    ExactTable::new(game.names().to_vec(), &values)
}

/// Myerson's value of each player, from the dividends.
pub fn myerson(game: &PartitionGame) -> Vec<RBig> {
    let n = game.players();
    // The finest first: what is below comes before.
    let order = crate::order::by_key(0..game.partitions().len(), |at| {
        std::cmp::Reverse(game.partitions()[at].blocs().len())
    });
    let mut values = vec![RBig::ZERO; n];
    let mut known: Vec<(usize, HashMap<Coalition, RBig>)> = Vec::new();
    for &at in &order {
        let partition = &game.partitions()[at];
        let mut dividends: HashMap<Coalition, RBig> =
            partition.blocs().iter().copied().zip(game.worths()[at].iter().cloned()).collect();
        for (below, parts) in &known {
            let finer = game.partitions()[*below].blocs();
            let inside = |part: &Coalition| {
                partition.blocs().iter().find(|bloc| part.is_subset_of(**bloc)).copied()
            };
            let Some(around) = finer.iter().map(inside).collect::<Option<Vec<_>>>() else {
                continue;
            };
            for (part, bloc) in finer.iter().zip(around) {
                if let Some(dividend) = dividends.get_mut(&bloc) {
                    *dividend -= &parts[part];
                }
            }
        }
        for (bloc, dividend) in &dividends {
            let each = dividend / RBig::from(bloc.len());
            bloc.members().for_each(|i| values[i] += &each);
        }
        known.push((at, dividends));
    }
    values
}

/// What bloc `s` is worth where `together` stand together and all others alone.
fn beside(game: &PartitionGame, s: Coalition, together: Coalition) -> RBig {
    let n = game.players();
    let labels: Vec<usize> = (0..n).map(|i| if together.contains(i) { n } else { i }).collect();
    game.worth(s, &Partition::from_labels(&labels)).clone()
}

fn merger(game: &PartitionGame, s: Coalition, left: impl Fn(usize) -> Coalition) -> Merger {
    let each = s.members().map(|i| beside(game, Coalition::singleton(i), left(i)));
    let otherwise = sum(each);
    Merger { coalition: s, worth: beside(game, s, s), otherwise }
}

fn profitable(game: &PartitionGame) -> Vec<Merger> {
    let of = |s: Coalition| merger(game, s, |_| Coalition::EMPTY);
    let all = Coalition::all(game.players()).filter(|s| s.len() >= 2).map(of);
    all.filter(|merger| merger.worth > merger.otherwise).collect()
}

fn self_enforcing(game: &PartitionGame) -> Vec<Merger> {
    let n = game.players();
    let all: HashMap<Coalition, Merger> = Coalition::all(n)
        .filter(|s| s.len() >= 2)
        .map(|s| (s, merger(game, s, |i| s.without(i))))
        .collect();
    let lasts = |s: Coalition| all.get(&s).is_some_and(|m| m.worth >= m.otherwise);
    let enforcing =
        |s: &Coalition| lasts(*s) && s.complement(n).members().all(|j| !lasts(s.with(j)));
    let mut found: Vec<Coalition> = all.keys().copied().filter(enforcing).collect();
    found.sort_unstable();
    found.into_iter().map(|s| all[&s].clone()).collect()
}
