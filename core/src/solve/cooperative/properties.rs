//! Properties of games, each with a counterexample where it fails.
//!
//! | property | condition | cost | limit |
//! |---|---|---|---|
//! | monotone | `v(S∪i) ≥ v(S)` | O(n 2^n) | 25 players |
//! | convex | `v(S∪i∪j) − v(S∪i) − v(S∪j) + v(S) ≥ 0` (Shapley 1971) | O(n² 2^n) | 25 |
//! | superadditive | `v(S∪T) ≥ v(S) + v(T)` for disjoint `S`, `T` | O(3^n) | 20, or convex |
//! | constant-sum | `v(S) + v(N∖S) = v(N)` | O(2^n) | 25 |
//!
//! Tables are compared in integers, so the answers are exact. Of a cost game convex and
//! superadditive are asked of its negative (concave, subadditive costs).

use crate::coalition::Coalition;
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{Amount, with_numerators};
use crate::work::Work;

pub use crate::finding::cooperative::{Properties, Property};

impl Property {
    fn late() -> Self {
        Self::Undecided("the time was up".into())
    }

    fn of(counterexample: Option<[Coalition; 2]>) -> Self {
        counterexample.map_or(Self::Holds, Self::Fails)
    }
}

/// The most players for whom all pairs of disjoint coalitions are looked at.
const MOST_PAIRED: usize = 20;

/// The properties of a table, exactly.
pub fn properties(table: &ExactTable) -> Properties {
    properties_within(table, &Work::default())
}

/// The same; what takes longer than there is time is undecided.
pub(in crate::solve) fn properties_within(table: &ExactTable, work: &Work) -> Properties {
    let n = table.players();
    let (monotone, constant_sum) = with_numerators!(table.numerators(), v => {
        (monotone(n, v, work), constant_sum(v))
    });
    let worths = table.worths();
    let (superadditive, convex) = with_numerators!(worths.numerators(), v => joint(n, v, work));
    Properties { monotone, superadditive, convex, constant_sum }
}

fn set(bits: usize) -> Coalition {
    Coalition(bits as u64)
}

fn monotone<T: Amount>(n: usize, values: &[T], work: &Work) -> Property {
    for (bits, value) in values.iter().enumerate() {
        if bits % (1 << 12) == 0 && work.is_over() {
            return Property::late();
        }
        for i in set(bits).complement(n).members() {
            let larger = bits | 1 << i;
            if values[larger] < *value {
                return Property::Fails([set(bits), set(larger)]);
            }
        }
    }
    Property::Holds
}

fn constant_sum<T: Amount>(values: &[T]) -> Property {
    let grand = values.len() - 1;
    let differs =
        (0..=grand / 2).find(|&bits| values[bits].plus(&values[grand ^ bits]) != values[grand]);
    Property::of(differs.map(|bits| [set(bits), set(grand ^ bits)]))
}

/// Superadditive and convex; the second implies the first, as `v(∅) = 0`.
fn joint<T: Amount>(n: usize, values: &[T], work: &Work) -> (Property, Property) {
    let convex = convex(n, values, work);
    let superadditive = match &convex {
        Property::Holds => Property::Holds,
        Property::Fails([s, t]) if s.is_disjoint(*t) => Property::Fails([*s, *t]),
        _ if n > MOST_PAIRED => Property::Undecided(format!(
            "{n} players have 3^{n} pairs of disjoint coalitions (limit 3^{MOST_PAIRED})"
        )),
        _ => superadditive(values, work),
    };
    (superadditive, convex)
}

fn convex<T: Amount>(n: usize, values: &[T], work: &Work) -> Property {
    for i in 0..n {
        for j in i + 1..n {
            if work.is_over() {
                return Property::late();
            }
            let (one, other) = (1usize << i, 1usize << j);
            // Blocks of consecutive coalitions that agree on everything from player i on.
            for block in (0..values.len()).step_by(one) {
                if block & (one | other) != 0 {
                    continue;
                }
                for bits in block..block + one {
                    let apart = values[bits | one].plus(&values[bits | other]);
                    let joined = values[bits | one | other].plus(&values[bits]);
                    if joined < apart {
                        return Property::Fails([set(bits | one), set(bits | other)]);
                    }
                }
            }
        }
    }
    Property::Holds
}

fn superadditive<T: Amount>(values: &[T], work: &Work) -> Property {
    for bits in 1..values.len() {
        if bits % 16 == 0 && work.is_over() {
            return Property::late();
        }
        let last = 1usize << bits.ilog2();
        let others = bits ^ last;
        let limit = &values[bits];
        let mut rest = others;
        while rest != 0 {
            if values[bits ^ rest].plus(&values[rest]) > *limit {
                return Property::Fails([set(bits ^ rest), set(rest)]);
            }
            rest = (rest - 1) & others;
        }
    }
    Property::Holds
}
