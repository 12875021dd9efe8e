//! Re-checks where a given division stands: its excesses one by one, whoever joins or leaves next;
//! the least core by a balanced collection or a better division; objections and what counters them
//! by their definitions.
//!
//! Why counters are enough: by an objection through `S` with gains `d > 0` of its members, not
//! countered by any `T` of the proof, `d(T∩S) > e(T)`. For `T` without members of `S` that is
//! `0 > e(T)`; and weighted, `Σ λ e(T) < Σ λ d(T∩S) ≤ d(S∖i) < e(S)` if no member is in more than
//! weight 1. Cost: O(2^n), for the bargaining set `n² 2^n` at worst.

use std::collections::HashMap;

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::Checker;
use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::{Allocation, Bargaining, Counter, LeastCoreStanding, Objection};
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::{common_denominator, numerator_over};

const WHAT: &str = "allocation";

fn claim(words: &str, holds: bool) -> Claim {
    Claim::exact(format!("{WHAT}: {words}"), holds)
}

/// The claims of where a division stands.
pub fn claims(found: &Allocation, table: &ExactTable) -> Vec<Claim> {
    let checker = Checker::new(table);
    let Some(x) = checker.payoffs(&found.payoffs) else {
        return vec![claim("there is a payoff for each player", false)];
    };
    let n = x.len();
    let alone = |i: usize| checker.value(Coalition::singleton(i));
    let total = sum(x.iter());
    let efficient = total == checker.value(Coalition::grand(n));
    let rational = (0..n).all(|i| x[i] >= alone(i));
    let Some(walked) = Walked::new(&table.worths(), &x, Allocation::LISTED) else {
        return vec![claim("its numbers are fractions", false)];
    };
    let mut claims = vec![
        claim("it divides just what there is, or not, as said", efficient == found.efficient),
        claim("nobody could do better alone, or some could, as said", {
            rational == found.individually_rational
        }),
        claim("the largest excess is as said", walked.largest == found.largest),
        claim("the objections are counted", walked.total == found.objections_total),
        claim("the largest objections are listed", walked.objections == found.objections),
    ];
    claims.extend(least_core(found, &checker, efficient));
    let known = match &found.bargaining {
        Bargaining::Core => efficient && walked.total == 0,
        Bargaining::NoImputation => !(efficient && rational),
        Bargaining::Undecided(_) => return claims,
        other => {
            let imputation = efficient && rational;
            claims.push(claim("it is an imputation", imputation));
            let excess = |s: Coalition| {
                checker.value(s) - s.members().fold(RBig::ZERO, |sum, i| sum + &x[i])
            };
            match other {
                Bargaining::Countered(counters) => are_countered(n, &excess, counters),
                Bargaining::Justified(found) => {
                    let signed = checker.payoffs_of(&found.payoffs);
                    is_justified(&x, &excess, found, &signed)
                }
                _ => false,
            }
        }
    };
    claims.push(claim("it is in the bargaining set, or not, as said", known));
    claims
}

fn least_core(found: &Allocation, checker: &Checker, efficient: bool) -> Vec<Claim> {
    let Some(largest) = &found.largest else { return Vec::new() };
    match &found.least_core {
        None => Vec::new(),
        Some(LeastCoreStanding::Inefficient) => {
            vec![claim("it is outside the least core as it divides something else", !efficient)]
        }
        Some(LeastCoreStanding::In(weights)) => {
            let mut claims = checker.balanced(WHAT, weights, Some(largest));
            claims.push(claim("it is in the least core as a division of all", efficient));
            claims
        }
        Some(LeastCoreStanding::Out(better)) => {
            let Some(x) = checker.payoffs(better) else {
                return vec![claim("the better division is one", false)];
            };
            let walked = Walked::new(&checker.worths, &x, 0).and_then(|walked| walked.largest);
            let less = walked.is_some_and(|other| other < *largest);
            let total = sum(x.iter());
            let whole = total == checker.value(Coalition::grand(x.len()));
            vec![claim("another division has a smaller largest excess", less && whole && efficient)]
        }
    }
}

/// The largest excess that an allocation leaves any coalition but the grand one.
pub fn largest_excess(table: &ExactTable, payoffs: &[RBig]) -> Option<RBig> {
    let x = Checker::new(table).payoffs(payoffs)?;
    Walked::new(&table.worths(), &x, 0)?.largest
}

/// All excesses, walked through so that one player comes or goes at a time.
struct Walked {
    largest: Option<RBig>,
    total: u64,
    objections: Vec<(Coalition, RBig)>,
}

impl Walked {
    fn new(worths: &ExactTable, x: &[RBig], listed: usize) -> Option<Self> {
        let n = x.len();
        let own = common_denominator(x).ok()?;
        let both = &own * worths.denominator();
        let (payoffs, factor): (Vec<IBig>, _) =
            (x.iter().map(|x| numerator_over(x, &both)).collect(), IBig::from(own));
        let (mut set, mut paid) = (Coalition::EMPTY, IBig::ZERO);
        let (mut largest, mut total, mut all) = (None::<IBig>, 0, Vec::new());
        for step in 1..1u64 << n {
            let i = step.trailing_zeros() as usize;
            if set.contains(i) {
                (set, paid) = (set.without(i), paid - &payoffs[i]);
            } else {
                (set, paid) = (set.with(i), paid + &payoffs[i]);
            }
            if set.is_empty() || set == Coalition::grand(n) {
                continue;
            }
            let excess = worths.numerators().get(set.bits() as usize) * &factor - &paid;
            if excess > IBig::ZERO {
                total += 1;
                all.push((excess.clone(), set));
                if all.len() > 4 * listed + 1024 {
                    shorten(&mut all, listed);
                }
            }
            largest = Some(largest.map_or(excess.clone(), |largest| largest.max(excess)));
        }
        shorten(&mut all, listed);
        let ratio = |excess: IBig| RBig::from_parts(excess, both.clone());
        Some(Self {
            largest: largest.map(ratio),
            total,
            objections: all.into_iter().map(|(excess, set)| (set, ratio(excess))).collect(),
        })
    }
}

fn shorten(all: &mut Vec<(IBig, Coalition)>, listed: usize) {
    crate::order::sort_by(all, |(a, s), (b, t)| (b, s.bits()).cmp(&(a, t.bits())));
    all.truncate(listed);
}

/// Whether each possible objection has a counter among these.
fn are_countered(n: usize, excess: &impl Fn(Coalition) -> RBig, counters: &[Counter]) -> bool {
    let mut known: HashMap<(usize, usize, Coalition), &Counter> = HashMap::new();
    for counter in counters {
        if known.insert((counter.player, counter.against, counter.coalition), counter).is_some() {
            return false;
        }
    }
    let mut needed = 0;
    for s in Coalition::proper(n).filter(|s| excess(*s) > RBig::ZERO) {
        for i in s.members() {
            for j in s.complement(n).members() {
                needed += 1;
                let counter = known.get(&(i, j, s));
                if !counter.is_some_and(|counter| is_counter(n, excess, counter)) {
                    return false;
                }
            }
        }
    }
    needed == counters.len()
}

fn is_counter(n: usize, excess: &impl Fn(Coalition) -> RBig, counter: &Counter) -> bool {
    let Counter { player, against, coalition, weights } = counter;
    let fits = |t: Coalition| {
        t.is_subset_of(Coalition::grand(n)) && t.contains(*against) && !t.contains(*player)
    };
    if !weights.iter().all(|(t, weight)| fits(*t) && *weight > RBig::ZERO) {
        return false;
    }
    if let [(t, _)] = &weights[..]
        && t.is_disjoint(*coalition)
    {
        return excess(*t) >= RBig::ZERO;
    }
    let sum = |of: &dyn Fn(Coalition) -> RBig| {
        weights.iter().fold(RBig::ZERO, |sum, (t, weight)| sum + weight * of(*t))
    };
    let cover = |k: usize| sum(&|t| RBig::from(u8::from(t.contains(k))));
    coalition.without(*player).members().all(|k| cover(k) <= RBig::ONE)
        && sum(excess) >= excess(*coalition)
}

/// Whether all members gain by an objection, and no coalition counters it.
fn is_justified(
    x: &[RBig],
    excess: &impl Fn(Coalition) -> RBig,
    found: &Objection,
    payoffs: &[RBig],
) -> bool {
    let (n, s) = (x.len(), found.coalition);
    let sound = s.is_subset_of(Coalition::grand(n))
        && found.against < n
        && s.contains(found.player)
        && !s.contains(found.against)
        && payoffs.len() == s.len();
    if !sound {
        return false;
    }
    let mut gains = vec![RBig::ZERO; n];
    for (i, y) in s.members().zip(payoffs) {
        gains[i] = y - &x[i];
    }
    let gain = |t: Coalition| t.members().fold(RBig::ZERO, |sum, i| sum + &gains[i]);
    let counters = (0..1u64 << n)
        .map(Coalition)
        .filter(|t| t.contains(found.against) && !t.contains(found.player));
    s.members().all(|i| gains[i] > RBig::ZERO)
        && gain(s) == excess(s)
        && counters.into_iter().all(|t| gain(t.intersection(s)) > excess(t))
}
