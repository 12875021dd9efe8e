//! The optimal coalition structure: the partition of the players with the largest sum of
//! values.
//!
//! Method: dynamic programming over coalitions by their last player. `f(S)`, the most that `S`
//! can make, is the best of `v(T) + f(S∖T)` over the blocks `T ⊆ S` with the last player of
//! `S`; of the sets with the very last player only the grand coalition is needed, which
//! leaves (3^(n−1) − 1)/2 pairs, as in ODP (Michalak, Rahwan, Elkind, Wooldridge & Jennings
//! 2016). Blocks are skipped that
//!
//! - are worth no more than their own best split, or
//! - cannot be part of an optimum: with prices `x_i = max_{T∋i} v(T)/|T|`, which no structure
//!   exceeds (`Σ v(T) ≤ x(N)`), `v(T) + x(N∖T)` is below a structure already known.
//!
//! Pairs are taken 27 at a time, for the eight coalitions of the first three players.
//! Cost: O(3^n) at worst, 0.2 s for n = 20, and much less where blocks are skipped; memory
//! 16·2^n bytes; limit 25 players. The answer has no certificate short of a second run, which
//! the check does; that the value is the sum of the blocks' is checked here.
//! References: Yeh (1986); Rothkopf, Pekeč & Harstad (1998); Rahwan & Jennings (2008).

use dashu_ratio::RBig;

use crate::coalition::{Coalition, Partition};
use crate::error::{Error, ErrorKind, Result};
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{Amount, with_numerators};
use crate::work::Work;

pub use crate::finding::cooperative::Structure;

/// The structure with the largest sum of worths, or the least sum of costs, exactly.
///
/// # Errors
/// If the structure does not have the value that was found (a fault).
pub fn optimal(table: &ExactTable) -> Result<Structure> {
    optimal_within(table, &Work::default())?.ok_or_else(no_split)
}

/// The same, or `None` if the time was up.
///
/// # Errors
/// As [`optimal`].
pub fn optimal_within(table: &ExactTable, work: &Work) -> Result<Option<Structure>> {
    let worths = table.worths();
    let numerators = worths.numerators();
    let Some(blocs) = with_numerators!(numerators, values => solve(table.players(), values, work))?
    else {
        return Ok(None);
    };
    let value = blocs.iter().fold(RBig::ZERO, |sum, &bloc| sum + table.value(bloc));
    Ok(Some(Structure { value, partition: Partition::new(table.players(), blocs)? }))
}

fn no_split() -> Error {
    ErrorKind::Uncertified {
        finding: "coalition structure",
        problem: "a set has no split with the value found for it".into(),
    }
    .into()
}

fn solve<T: Amount>(n: usize, values: &[T], work: &Work) -> Result<Option<Vec<Coalition>>> {
    let mut best = values.to_vec();
    let screen = Screen::new(n, values);
    for last in 1..n.saturating_sub(1) {
        if level(last, values, &mut best, &screen, work).is_none() {
            return Ok(None);
        }
    }
    let grand = (1usize << n) - 1;
    for block in (1usize << n) / 2..grand {
        let sum = values[block].plus(&best[grand ^ block]);
        if sum > best[grand] {
            best[grand] = sum;
        }
    }
    let mut blocs = Vec::new();
    let mut open = vec![grand];
    while let Some(set) = open.pop() {
        if best[set] <= values[set] {
            blocs.push(Coalition(set as u64));
            continue;
        }
        let block = split(set, values, &best, set == grand).ok_or_else(no_split)?;
        open.push(block);
        open.push(set ^ block);
    }
    Ok(Some(blocs))
}

/// A part of a set, with its last player, that makes the set's best value with the rest.
fn split<T: Amount>(set: usize, values: &[T], best: &[T], grand: bool) -> Option<usize> {
    let last = 1usize << set.ilog2();
    let others = set ^ last;
    let mut part = others;
    while part != 0 {
        part = (part - 1) & others;
        let block = last | part;
        // The best splits of sets with the very last player were never looked for.
        let own = if grand { &values[block] } else { &best[block] };
        if own.plus(&best[set ^ block]) == best[set] {
            return Some(block);
        }
    }
    None
}

/// Finds `f(S)` for all sets `S` whose last player is `last`. `None` if the time was up.
fn level<T: Amount>(
    last: usize,
    values: &[T],
    best: &mut [T],
    screen: &Screen,
    work: &Work,
) -> Option<()> {
    let base = 1usize << last;
    let (lower, upper) = best.split_at_mut(base);
    let upper = &mut upper[..base];
    let own = &values[base..2 * base];
    for (set, value) in upper.iter_mut().enumerate() {
        *value = own[0].plus(&lower[set]);
    }
    if last < 3 {
        for part in 1..base {
            if settle(part, own, upper, screen, base) {
                let others = (base - 1) ^ part;
                let mut rest = others;
                while rest != 0 {
                    raise(&mut upper[part | rest], &own[part], &lower[rest]);
                    rest = (rest - 1) & others;
                }
            }
        }
        return Some(());
    }
    for high in 0..base / 8 {
        if high % 64 == 0 && work.is_over() {
            return None;
        }
        let block = 8 * high;
        let mut alive = 0u8;
        for part in block + usize::from(high == 0)..block + 8 {
            if settle(part, own, upper, screen, base) {
                alive |= 1 << (part - block);
                let others = 7 ^ (part - block);
                let mut rest = others;
                while rest != 0 {
                    raise(&mut upper[part | rest], &own[part], &lower[rest]);
                    rest = (rest - 1) & others;
                }
            }
        }
        if alive == 0 {
            continue;
        }
        let others = (base / 8 - 1) ^ high;
        let mut rest = others;
        if alive.count_ones() <= 2 {
            while rest != 0 {
                for low in (0..8).filter(|low| alive >> low & 1 == 1) {
                    for set in (0..8).filter(|set| set & low == 0) {
                        let target = &mut upper[8 * (high | rest) + (low | set)];
                        raise(target, &own[block + low], &lower[8 * rest + set]);
                    }
                }
                rest = (rest - 1) & others;
            }
            continue;
        }
        // Blocks that are skipped take part with their best split: also a structure.
        let parts: [T; 8] = std::array::from_fn(|low| upper[block + low].clone());
        while rest != 0 {
            let sets = &lower[8 * rest..8 * rest + 8];
            let targets = &mut upper[8 * (high | rest)..8 * (high | rest) + 8];
            eight(&parts, sets, targets);
            rest = (rest - 1) & others;
        }
    }
    Some(())
}

/// Whether the block is worth more than its best split, which is then known, and can be part
/// of an optimum; makes its value known.
#[inline]
fn settle<T: Amount>(
    part: usize,
    own: &[T],
    upper: &mut [T],
    screen: &Screen,
    base: usize,
) -> bool {
    if own[part] <= upper[part] {
        return false;
    }
    upper[part] = own[part].clone();
    screen.admits(base | part, own[part].approximate())
}

#[inline(always)]
fn raise<T: Amount>(target: &mut T, part: &T, rest: &T) {
    let sum = part.plus(rest);
    if sum > *target {
        *target = sum;
    }
}

/// `target[x] = max over disjoint t ∪ s = x of parts[t] + sets[s]`, for subsets of three.
#[inline(always)]
fn eight<T: Amount>(parts: &[T; 8], sets: &[T], targets: &mut [T]) {
    let (Ok(sets), Ok(targets)): (Result8<&[T; 8]>, Result8<&mut [T; 8]>) =
        (sets.try_into(), targets.try_into())
    else {
        return;
    };
    macro_rules! best {
        ($($x:literal: $($t:literal)+;)+) => {$(
            $( raise(&mut targets[$x], &parts[$t], &sets[$x ^ $t]); )+
        )+};
    }
    best! {
        0: 0;
        1: 0 1;
        2: 0 2;
        3: 0 1 2 3;
        4: 0 4;
        5: 0 1 4 5;
        6: 0 2 4 6;
        7: 0 1 2 3 4 5 6 7;
    }
}

type Result8<A> = std::result::Result<A, std::array::TryFromSliceError>;

/// Prices that no structure exceeds, and a structure's value to compare with.
struct Screen {
    low: Vec<f64>,
    high: Vec<f64>,
    /// `x(N)` less the known value and a margin for rounding.
    spare: f64,
}

impl Screen {
    fn new<T: Amount>(n: usize, values: &[T]) -> Self {
        // The largest mean of each coalition's supersets reaches its members by halving.
        let mut price = vec![f64::NEG_INFINITY; n];
        let mut largest = 0f64;
        let mut known = f64::NEG_INFINITY;
        let grand = values.len() - 1;
        for (bits, value) in values.iter().enumerate().skip(1) {
            let v = value.approximate();
            largest = largest.max(v.abs());
            known = known.max(v + values[grand ^ bits].approximate());
            let mean = v / f64::from(bits.count_ones());
            for i in Coalition(bits as u64).members() {
                price[i] = price[i].max(mean);
            }
        }
        let singles: f64 = (0..n).map(|i| values[1 << i].approximate()).sum();
        known = known.max(singles);
        let total: f64 = price.iter().sum();
        let half = n / 2;
        let margin = 1e-9 * largest * n as f64;
        Self {
            low: sums(&price[..half]),
            high: sums(&price[half..]),
            spare: total - known + margin,
        }
    }

    /// Whether a structure with this block may be as good as the known one:
    /// `v(T) + x(N) − x(T) ≥ known`.
    #[inline]
    fn admits(&self, block: usize, value: f64) -> bool {
        let width = self.low.len();
        let price = self.low[block & (width - 1)] + self.high[block / width];
        value - price + self.spare >= 0.0
    }
}

fn sums(prices: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0];
    for price in prices {
        sums.extend_from_within(..);
        let half = sums.len() / 2;
        for sum in &mut sums[half..] {
            *sum += price;
        }
    }
    sums
}
