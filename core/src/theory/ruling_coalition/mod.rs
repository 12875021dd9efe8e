//! Acemoglu, Egorov & Sonin: the ultimate ruling coalition.
//!
//! **Definition.** Powers `γ_i > 0`, `α ∈ [½, 1)`. `Y ⊆ X` wins in `X` iff `γ_Y > α γ_X`. By
//! induction on size, `M(X)` is the set of proper subsets of `X` that win in `X` and are
//! self-enforcing (`Z ∈ φ(Z)`), and `φ(X)` holds the members of `M(X) ∪ {X}` of least power.
//! The ruling coalitions are `φ(N)`, all of them where powers tie.
//!
//! **Method.** A proper subset has less power, so `X` is self-enforcing iff `M(X)` is empty:
//! iff no self-enforcing subset wins in it. Coalitions are taken in an order in which subsets
//! come first; one that nobody has struck out is self-enforcing, and strikes out exactly the
//! supersets it wins in, `a γ_D < (b − a) γ_Z` for what they have more, `α = a/b`. The ruling
//! coalitions are the least powerful self-enforcing ones that win in `N`; what has more power
//! than one already found is not looked at. All in integers.
//!
//! **Cost.** The pairs of a self-enforcing coalition and a superset that it wins in, far fewer
//! than the `3^n` pairs of the definition; 2^n bits. **Limits.** [`MAX_STATES`] states.
//!
//! **References.** Acemoglu, Egorov & Sonin (2008), "Coalition formation in non-democracies",
//! Review of Economic Studies 75, 987–1009.

mod check;

use dashu_int::IBig;
use serde::{Deserialize, Serialize};

use super::outcome::{braced, count, listed};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::error::{Error, Result};
use crate::game::cooperative::number::{Amount, Numerators, with_numerators};
use crate::verdict::Judgement;
use crate::work::Work;

pub(super) const SOURCE: &str = "Acemoglu, Egorov & Sonin (2008), Coalition formation in \
                                 non-democracies, Review of Economic Studies 75";
pub(super) const QUESTION: &str =
    "which winning coalition will no part of it go on to throw the rest out of?";
pub(super) const RULE: &str = "hegemonic if a ruling coalition is one state; else balanced, for in \
                               a self-enforcing coalition of two or more nobody has more than \
                               alpha of its power";

/// The most states.
pub const MAX_STATES: usize = 22;

/// So many sets are looked at or struck out before the clock is.
const TICKS: u32 = 1 << 16;

/// The ruling coalitions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// `φ(N)`: all ruling coalitions, equal in power.
    pub ruling: Vec<Vec<String>>,
    /// The power of each over that of all, exactly.
    pub share: String,
    /// Whether all states together are self-enforcing.
    pub self_enforcing: bool,
    /// The states in no ruling coalition.
    pub excluded: Vec<String>,
    /// Why it was not decided. The coalitions are then the least powerful of those found that
    /// win and last, and of nobody is it known that it is excluded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// Solves a problem.
///
/// # Errors
/// If there are more than [`MAX_STATES`] states, or the resources have no common unit that
/// numbers of 2^13 bits hold.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let n = problem.len();
    if n > MAX_STATES {
        return Err(Error::too_large(
            format!("{n} states have 2^{n} coalitions"),
            format!("{MAX_STATES} states"),
            format!("keep the strongest with --top {MAX_STATES}"),
        ));
    }
    let order = crate::order::by_key(0..n, |i| &problem.resources()[i]);
    let integers = problem.integers()?;
    let alpha = &problem.settings.alpha;
    let (a, b) = (alpha.numerator().clone(), IBig::from(alpha.denominator().clone()));
    let total: IBig = integers.iter().sum();
    // What a coalition adds, what it is worth against additions, and the sum of all, so that
    // every sum is as narrow as the numerators.
    let added = order.iter().map(|&i| &integers[i] * &a);
    let worth = order.iter().map(|&i| &integers[i] * (&b - &a));
    let numbers: Vec<IBig> = added.chain(worth).chain([&total * &b]).collect();
    let (sets, whole) = with_numerators!(&Numerators::new(numbers), v => {
        Powers::new(&v[..n], &v[n..2 * n]).ruling(work)
    });
    let mut ruling: Vec<Vec<usize>> = sets.iter().map(|&set| members(set, &order)).collect();
    ruling.sort_unstable();
    let power = problem.sum(ruling.first().into_iter().flatten().copied());
    let inside = |i: &usize| ruling.iter().any(|set| set.contains(i));
    Ok(Finding {
        share: (power / problem.total()).to_string(),
        self_enforcing: ruling.iter().any(|set| set.len() == n),
        excluded: problem.names((0..n).filter(|i| whole && !inside(i))),
        undecided: (!whole)
            .then(|| "the time was up before all coalitions had been looked at".to_owned()),
        ruling: ruling.into_iter().map(|set| problem.names(set)).collect(),
    })
}

/// The states of a set of places.
fn members(set: u32, order: &[usize]) -> Vec<usize> {
    let mut states: Vec<usize> =
        order.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, &i)| i).collect();
    states.sort_unstable();
    states
}

/// Powers in rising order, each times `a` (as an addition) and times `b − a` (as worth).
struct Powers<'a, A> {
    added: &'a [A],
    /// Sums of `added` and of `worth` over the sets of the lower and of the upper places.
    sums: [[Vec<A>; 2]; 2],
    half: usize,
}

impl<'a, A: Amount> Powers<'a, A> {
    fn new(added: &'a [A], worth: &'a [A]) -> Self {
        let half = added.len() / 2;
        let halves = |values: &[A]| [sums(&values[..half]), sums(&values[half..])];
        Self { added, sums: [halves(added), halves(worth)], half }
    }

    fn sum(&self, which: usize, set: u32) -> A {
        let [low, high] = &self.sums[which];
        low[set as usize & (low.len() - 1)].plus(&high[set as usize >> self.half])
    }

    /// The least powerful self-enforcing coalitions that win in the grand one; of those looked
    /// at before the time was up, if it was.
    fn ruling(&self, work: &Work) -> (Vec<u32>, bool) {
        let n = self.added.len();
        let grand = u32::MAX >> (32 - n);
        let mut struck = vec![0u64; (1usize << n).div_ceil(64)];
        let mut ceiling = self.sum(0, grand);
        let mut ruling = Vec::new();
        let mut ticks = 0;
        work.begin("coalitions", u64::from(grand));
        for set in 1..=grand {
            // Every step strikes some sets out, few or very many.
            if ticks >= TICKS {
                ticks = 0;
                if work.is_over() {
                    work.end();
                    return (ruling, false);
                }
            }
            ticks += 1;
            if set.is_multiple_of(65_536) {
                work.advance(65_536);
            }
            if struck[set as usize / 64] >> (set % 64) & 1 == 1 {
                continue;
            }
            let power = self.sum(0, set);
            if power > ceiling {
                continue;
            }
            let worth = self.sum(1, set);
            // What is left out is worth less than it takes: the coalition wins in N.
            if self.sum(0, grand & !set) < worth {
                if power < ceiling {
                    ruling.clear();
                    ceiling = power.clone();
                }
                ruling.push(set);
            }
            let mut struck = Struck { sets: &mut struck, ticks: &mut ticks, work };
            self.strike(&mut struck, set, 0, &A::zero(), &worth, &ceiling.minus(&power));
        }
        work.end();
        (ruling, !work.is_over())
    }

    /// Strikes out the supersets of `set`, with places from `from` on, whose addition stays
    /// below `worth` and within `room`.
    fn strike(
        &self,
        struck: &mut Struck,
        set: u32,
        from: usize,
        addition: &A,
        worth: &A,
        room: &A,
    ) {
        // One set can have millions of supersets: what is left of them does not matter once the
        // time is up.
        if *struck.ticks >= TICKS {
            if struck.work.is_over() {
                return;
            }
            *struck.ticks = 0;
        }
        for at in from..self.added.len() {
            if set >> at & 1 == 1 {
                continue;
            }
            let addition = addition.plus(&self.added[at]);
            // Places are in rising order: all that follow add more.
            if addition >= *worth || addition > *room {
                break;
            }
            let set = set | 1 << at;
            struck.sets[set as usize / 64] |= 1 << (set % 64);
            *struck.ticks += 1;
            self.strike(struck, set, at + 1, &addition, worth, room);
        }
    }
}

/// The sets that were struck out, and how many since the clock was looked at.
struct Struck<'s> {
    sets: &'s mut [u64],
    ticks: &'s mut u32,
    work: &'s Work<'s>,
}

/// The sums of all sets of some values, in the order of bits.
fn sums<A: Amount>(values: &[A]) -> Vec<A> {
    let mut sums = vec![A::zero()];
    for value in values {
        let with: Vec<A> = sums.iter().map(|sum| sum.plus(value)).collect();
        sums.extend(with);
    }
    sums
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        for set in self.ruling.iter().chain([&self.excluded]) {
            problem.states(set)?;
        }
        let alone = self.ruling.iter().any(|set| set.len() == 1);
        Ok(Outcome {
            verdict: match self.undecided {
                Some(_) => Judgement::Undecided,
                None if alone => Judgement::Hegemonic,
                None => Judgement::Balanced,
            },
            sides: self.ruling.first().map(|set| vec![set.clone()]),
            excluded: self.excluded.clone(),
            tied: self.ruling.len() > 1,
        })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        self.undecided.clone()
    }

    fn sections(&self) -> Vec<Section> {
        if self.undecided.is_some() {
            let best =
                if self.ruling.is_empty() { "none yet".into() } else { braced(&self.ruling) };
            let gist = format!("not decided; the best found: {best}");
            return vec![Section::new("RULING COALITION", gist)];
        }
        let gist = match self.ruling.len() {
            1 => braced(&self.ruling),
            ties => format!("{}, tied: {}", count(ties, "coalition"), braced(&self.ruling)),
        };
        let words = if self.self_enforcing {
            "All states together are self-enforcing: no part of them that could rule alone would \
             itself last."
                .to_owned()
        } else {
            format!(
                "Of the winning coalitions that would last, none has less power. Left out \
                 altogether: {}.",
                listed(&self.excluded)
            )
        };
        vec![Section::new("RULING COALITION", gist).with(words)]
    }
}
