//! Where a given division stands, exactly.
//!
//! Definition: an objection of `i` against `j` is a coalition `S ∋ i` without `j` and a division of
//! `v(S)` among its members by which each gets more than by `x`. It is countered by a coalition
//! `T ∋ j` without `i` that can give each member what it has by the objection, or else by `x`. The
//! bargaining set holds the imputations to which every objection is countered (Aumann & Maschler
//! 1964, in *Advances in Game Theory*; Davis & Maschler 1967, in *Essays in Mathematical
//! Economics*: `M₁ⁱ` of the grand coalition).
//!
//! Method: with `d = y − x` an objection is not countered iff `d(T∩S) > e(T)` for all such `T`. The
//! cheapest `d ≥ 0` on `S∖i` that reaches the largest `e(T)` of each `T∩S` is a covering programme,
//! solved in fractions by the simplex of its dual (Bland 1977); the objection stands iff that costs
//! less than `e(S)`, and else the dual weights show why not. Cost: 2^n excesses, and one programme
//! of 2^|S|−1 columns for each `i`, `j` and objecting `S` that no single coalition counters; limit
//! 24 players, of divisions outside the core 10.

use std::collections::HashMap;

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::exact::sum;
use crate::finding::cooperative::{
    Allocation, Bargaining, Counter, ExactNucleolus, ExactWeights, LeastCoreStanding, Objection,
};
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::solve::cooperative::polytope::coalition_program::sums;
use crate::work::Work;

/// The most players of whom objections are followed to counter-objections.
const MOST_BARGAINING: usize = 10;
/// Coalitions between two looks at the clock.
const AT_ONCE: u64 = 1 << 14;

/// Where a division stands, with the proofs; of the least core by the prenucleolus, if known.
///
/// # Errors
/// If there is not a payoff for each player, or the time is up before the excesses are known.
pub fn allocation(
    table: &ExactTable,
    payoffs: &[RBig],
    prenucleolus: Option<&ExactNucleolus>,
    work: &Work,
) -> Result<Allocation> {
    let (worths, n) = (table.worths(), table.players());
    if payoffs.len() != n {
        return Err(Error::parameter("allocation", format!("{n} payoffs"), payoffs.len()));
    }
    let sign = if table.sense() == crate::game::cooperative::Sense::Worth { 1 } else { -1 };
    let x: Vec<RBig> = payoffs.iter().map(|x| x * RBig::from(sign)).collect();
    let total = sum(x.iter());
    let efficient = total == worths.value(Coalition::grand(n));
    let individually_rational = (0..n).all(|i| x[i] >= worths.value(Coalition::singleton(i)));
    let excesses = Excesses::new(&worths, &x)?;
    let (mut objections, mut largest, mut total) = (Vec::new(), None::<IBig>, 0);
    for bits in 1..(1u64 << n) - 1 {
        if bits.is_multiple_of(AT_ONCE) {
            work.in_time()?;
        }
        let excess = excesses.of(bits);
        if largest.as_ref().is_none_or(|largest| excess > *largest) {
            largest = Some(excess.clone());
        }
        if excess > IBig::ZERO {
            total += 1;
            objections.push((bits, excess));
            if objections.len() as u64 >= 2 * AT_ONCE {
                keep(&mut objections);
            }
        }
    }
    keep(&mut objections);
    let largest = largest.map(|largest| excesses.ratio(largest));
    let ratio = |(bits, e): (u64, IBig)| (Coalition(bits), excesses.ratio(e));
    let mut found = Allocation {
        payoffs: payoffs.to_vec(),
        efficient,
        individually_rational,
        objections: objections.into_iter().map(ratio).collect(),
        objections_total: total,
        largest,
        least_core: None,
        bargaining: Bargaining::NoImputation,
    };
    found.least_core = match prenucleolus {
        _ if !efficient => Some(LeastCoreStanding::Inefficient),
        Some(pre) => standing(&found, pre),
        None => None,
    };
    if efficient && individually_rational {
        found.bargaining = match () {
            () if found.in_core() => Bargaining::Core,
            () if n > MOST_BARGAINING => Bargaining::Undecided(format!(
                "counter-objections are looked for among at most {MOST_BARGAINING} players"
            )),
            () => Bargainer::new(n, &excesses).decide(&x, sign, work),
        };
    }
    Ok(found)
}

fn keep(objections: &mut Vec<(u64, IBig)>) {
    crate::order::sort_by(objections, |(s, a), (t, b)| b.cmp(a).then(s.cmp(t)));
    objections.truncate(Allocation::LISTED);
}

fn standing(found: &Allocation, pre: &ExactNucleolus) -> Option<LeastCoreStanding> {
    let (least, largest) = (pre.least_core_value()?, found.largest.as_ref()?);
    match largest == least {
        true => pre.balanced().map(LeastCoreStanding::In),
        false => Some(LeastCoreStanding::Out(pre.allocation.clone())),
    }
}

/// The excesses of all coalitions over one denominator.
struct Excesses<'a> {
    worths: &'a ExactTable,
    /// What worths lack of the common denominator.
    factor: IBig,
    low: Vec<IBig>,
    high: Vec<IBig>,
    half: usize,
    denominator: dashu_int::UBig,
}

impl<'a> Excesses<'a> {
    fn new(worths: &'a ExactTable, x: &[RBig]) -> Result<Self> {
        let own = common_denominator(x)?;
        let denominator = &own * worths.denominator();
        let numerators: Vec<IBig> = x.iter().map(|x| numerator_over(x, &denominator)).collect();
        let half = x.len() / 2;
        let (low, high) = numerators.split_at(half);
        let (low, high) = (sums(low), sums(high));
        Ok(Self { worths, factor: own.into(), low, high, half, denominator })
    }

    fn of(&self, bits: u64) -> IBig {
        let bits = bits as usize;
        let paid = &self.low[bits & ((1 << self.half) - 1)] + &self.high[bits >> self.half];
        self.worths.numerators().get(bits) * &self.factor - paid
    }

    fn ratio(&self, excess: IBig) -> RBig {
        RBig::from_parts(excess, self.denominator.clone())
    }
}

/// Follows objections to counter-objections.
struct Bargainer {
    n: usize,
    excess: Vec<RBig>,
}

impl Bargainer {
    fn new(n: usize, excesses: &Excesses) -> Self {
        let excess = |bits: u64| excesses.ratio(excesses.of(bits));
        Self { n, excess: (0..1u64 << n).map(excess).collect() }
    }

    fn of(&self, s: Coalition) -> &RBig {
        &self.excess[s.bits() as usize]
    }

    fn decide(&self, x: &[RBig], sign: i32, work: &Work) -> Bargaining {
        let mut counters = Vec::new();
        for player in 0..self.n {
            for against in (0..self.n).filter(|&j| j != player) {
                for coalition in Coalition::proper(self.n) {
                    let fits = coalition.contains(player) && !coalition.contains(against);
                    if !fits || *self.of(coalition) <= RBig::ZERO {
                        continue;
                    }
                    if work.is_over() {
                        return Bargaining::Undecided("the time was up".into());
                    }
                    match self.answer(player, against, coalition) {
                        Ok(weights) => {
                            counters.push(Counter { player, against, coalition, weights });
                        }
                        Err(gains) => {
                            let gets = |(i, gain): (usize, RBig)| (&x[i] + gain) * RBig::from(sign);
                            let payoffs = coalition.members().zip(gains).map(gets).collect();
                            let found = Objection { player, against, coalition, payoffs };
                            return Bargaining::Justified(found);
                        }
                    }
                }
            }
        }
        Bargaining::Countered(counters)
    }

    /// What counters every objection, or the gains by one that nothing counters.
    fn answer(
        &self,
        i: usize,
        j: usize,
        s: Coalition,
    ) -> std::result::Result<ExactWeights, Vec<RBig>> {
        // The best counter-objector for each set of common members.
        let mut best: HashMap<u64, Coalition> = HashMap::new();
        for rest in 0..1u64 << self.n {
            let t = Coalition(rest);
            if t.contains(j) && !t.contains(i) {
                let common = t.intersection(s).bits();
                let known = best.entry(common).or_insert(t);
                if self.of(t) > self.of(*known) {
                    *known = t;
                }
            }
        }
        let outside = best.remove(&0).filter(|t| *self.of(*t) >= RBig::ZERO);
        let mut columns: Vec<Coalition> = best.into_values().collect();
        columns.sort_unstable();
        let alone = || columns.iter().copied().find(|t| self.of(*t) >= self.of(s));
        if let Some(t) = outside.or_else(alone) {
            return Ok(vec![(t, RBig::ONE)]);
        }
        columns.retain(|t| *self.of(*t) > RBig::ZERO);
        let members: Vec<usize> = s.without(i).members().collect();
        let (weights, prices) = packed(&columns, &members, |t| self.of(t).clone());
        let cost = sum(prices.iter());
        if cost >= *self.of(s) {
            return Ok(weights);
        }
        let spare = (self.of(s) - cost) / RBig::from(s.len());
        let mut prices = prices.into_iter();
        let price = |k: usize| if k == i { None } else { prices.next() };
        let gains: Vec<_> = s.members().map(price).collect();
        Err(gains.into_iter().map(|price| price.unwrap_or(RBig::ZERO) + &spare).collect())
    }
}

/// The weights `λ ≥ 0` of coalitions with the largest weighted worth by which no member is in more
/// than 1, and each member's price in it.
fn packed(
    columns: &[Coalition],
    members: &[usize],
    worth: impl Fn(Coalition) -> RBig,
) -> (ExactWeights, Vec<RBig>) {
    let (m, k) = (members.len(), columns.len());
    // A tableau with a slack for each member, the basis at first; the last row has what is gained.
    let mut rows: Vec<Vec<RBig>> = Vec::with_capacity(m + 1);
    for (at, &i) in members.iter().enumerate() {
        let own = columns.iter().map(|t| RBig::from(u8::from(t.contains(i))));
        let slack = (0..m).map(|b| RBig::from(u8::from(b == at)));
        rows.push(own.chain(slack).chain([RBig::ONE]).collect());
    }
    let gains = columns.iter().map(|&t| worth(t)).chain(vec![RBig::ZERO; m + 1]);
    rows.push(gains.collect());
    let mut basis: Vec<usize> = (k..k + m).collect();
    while let Some(enter) = (0..k + m).find(|&c| rows[m][c] > RBig::ZERO) {
        let ratio = |r: usize| &rows[r][k + m] / &rows[r][enter];
        let leave = (0..m)
            .filter(|&r| rows[r][enter] > RBig::ZERO)
            .min_by(|&a, &b| ratio(a).cmp(&ratio(b)).then(basis[a].cmp(&basis[b])));
        // Every coalition has a member in common, whose row bounds it.
        let Some(leave) = leave else { break };
        let pivot = rows[leave][enter].clone();
        rows[leave].iter_mut().for_each(|cell| *cell = &*cell / &pivot);
        let row = rows[leave].clone();
        for (r, other) in rows.iter_mut().enumerate() {
            let factor = other[enter].clone();
            if r != leave && !factor.is_zero() {
                other.iter_mut().zip(&row).for_each(|(cell, own)| *cell = &*cell - &factor * own);
            }
        }
        basis[leave] = enter;
    }
    let used = basis.iter().enumerate().filter(|(r, c)| **c < k && !rows[*r][k + m].is_zero());
    let mut weights: ExactWeights =
        used.map(|(r, &c)| (columns[c], rows[r][k + m].clone())).collect();
    crate::order::sort_by_key(&mut weights, |(t, _)| *t);
    let prices = (0..m).map(|at| -rows[m][k + at].clone()).collect();
    (weights, prices)
}
