//! Re-examines the frustration index: the split by counting, the bound by adding up the proof.

use std::collections::{BTreeMap, BTreeSet};

use dashu_ratio::RBig;

use super::{Branch, Finding, MAX_ENUMERATED};
use crate::dataset::Relation;
use crate::exact::parse_decimal;
use crate::theory::{Examination, Problem, Read};

mod sums;

/// The most states with ties of which all splits are looked at, and with `--thorough`.
const ENUMERATED: [usize; 2] = [14, MAX_ENUMERATED];

/// The most decisions of a branch.
const DEEPEST: usize = 1000;

/// A tie by its two states, the smaller number first.
type Tie = (usize, usize);

pub(super) fn examine(finding: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    let ties = match problem.required(Relation::Sign) {
        Ok(signs) => {
            let known = signs.indexed_iter().filter(|((i, j), s)| i < j && !s.is_zero());
            known.map(|(tie, sign)| (tie, *sign < RBig::ZERO)).collect()
        }
        Err(error) => {
            found.claim(format!("ties: {error}"), false);
            return found;
        }
    };
    let check = Check { finding, problem, ties };
    if let Err(problem) = check.run(thorough, &mut found) {
        found.claim(format!("split: {problem}"), false);
    }
    found
}

struct Check<'a> {
    finding: &'a Finding,
    problem: &'a Problem,
    /// Each tie, and whether it is hostile.
    ties: BTreeMap<Tie, bool>,
}

impl Check<'_> {
    fn run(&self, thorough: bool, found: &mut Examination) -> Read<()> {
        let finding = self.finding;
        let hostile = self.ties.values().filter(|hostile| **hostile).count();
        found.claim("ties: how many", finding.ties == [self.ties.len() - hostile, hostile]);
        let aligned: BTreeSet<usize> = self.ties.keys().flat_map(|&(i, j)| [i, j]).collect();
        let unaligned: Vec<usize> =
            (0..self.problem.len()).filter(|i| !aligned.contains(i)).collect();
        let claimed = self.problem.states(&finding.unaligned)?;
        found.claim("unaligned: the states without a tie", claimed == unaligned);
        found.claim("components: how many", self.components(&aligned) == finding.components);
        let violated = self.violated(&finding.sides, &aligned)?;
        let named: Read<BTreeSet<Tie>> = finding.violated.iter().map(|p| self.tie(p)).collect();
        found.claim("violated: friends apart and foes together", named? == violated);
        let index =
            violated.len() == finding.frustration && finding.violated.len() == finding.frustration;
        found.claim("frustration: the number of violated ties", index);
        let optimal = finding.optimal == (finding.lower_bound == finding.frustration);
        found.claim("optimal: iff no split can violate fewer", optimal);
        if finding.proof.iter().any(|branch| branch.decided.len() > DEEPEST) {
            return Err("a branch decides more pairs than any search does".into());
        }
        let proven = self.covers(&finding.proof.iter().collect::<Vec<_>>(), 0)?;
        found.claim("proof: the branches hold all splits", proven);
        let mut bounded = true;
        for branch in &finding.proof {
            bounded &= self.bounds(branch)?;
        }
        found.claim("proof: the cycles or sums of each branch prove the bound", bounded);
        self.splits(&aligned, thorough, found)
    }

    /// Two states, the smaller number first.
    fn pair(&self, [a, b]: &[String; 2]) -> Read<Tie> {
        let (i, j) = (self.problem.state(a)?, self.problem.state(b)?);
        Ok((i.min(j), i.max(j)))
    }

    /// The tie of two states.
    fn tie(&self, pair: &[String; 2]) -> Read<Tie> {
        let tie = self.pair(pair)?;
        match self.ties.contains_key(&tie) {
            true => Ok(tie),
            false => Err(format!("{} and {} have no tie", pair[0], pair[1])),
        }
    }

    /// The ties that two sides violate.
    fn violated(&self, sides: &[Vec<String>], aligned: &BTreeSet<usize>) -> Read<BTreeSet<Tie>> {
        let groups = self.problem.groups(sides)?;
        let [first, second] = &groups[..] else { return Err("there are not two sides".into()) };
        let all: BTreeSet<usize> = first.iter().chain(second).copied().collect();
        if all != *aligned {
            return Err("the sides do not hold the states with ties".into());
        }
        let first: BTreeSet<usize> = first.iter().copied().collect();
        let apart = |&(i, j): &Tie| first.contains(&i) != first.contains(&j);
        let ties = self.ties.iter().filter(|(tie, hostile)| apart(tie) != **hostile);
        Ok(ties.map(|(tie, _)| *tie).collect())
    }

    fn components(&self, aligned: &BTreeSet<usize>) -> usize {
        let mut left = aligned.clone();
        let mut count = 0;
        while let Some(start) = left.pop_first() {
            count += 1;
            let mut open = vec![start];
            while let Some(i) = open.pop() {
                for &(a, b) in self.ties.keys() {
                    let next = if a == i {
                        b
                    } else if b == i {
                        a
                    } else {
                        continue;
                    };
                    if left.remove(&next) {
                        open.push(next);
                    }
                }
            }
        }
        count
    }

    /// Whether branches that agree in their first `depth` decisions hold every split that does:
    /// one of them decides no more, or all decide the same pair next and both cases are held.
    fn covers(&self, branches: &[&Branch], depth: usize) -> Read<bool> {
        if branches.iter().any(|branch| branch.decided.len() == depth) {
            return Ok(true);
        }
        let Some(first) = branches.first() else { return Ok(false) };
        let pair = self.pair(&first.decided[depth].pair)?;
        let mut cases = [Vec::new(), Vec::new()];
        for branch in branches {
            let decided = &branch.decided[depth];
            if self.pair(&decided.pair)? != pair {
                return Ok(false);
            }
            cases[usize::from(decided.together)].push(*branch);
        }
        let [apart, together] = &cases;
        Ok(self.covers(apart, depth + 1)? && self.covers(together, depth + 1)?)
    }

    /// Whether no split on a branch violates fewer ties than the bound.
    fn bounds(&self, branch: &Branch) -> Read<bool> {
        let least = self.finding.lower_bound;
        if !branch.states.is_empty() {
            return Ok(branch.cycles.is_empty() && sums::prove(branch, self, least)?);
        }
        // Cycles are of the ties as they are, and prove what they do of every split.
        if !branch.sums.is_empty() {
            return Ok(false);
        }
        let mut sum = RBig::ZERO;
        let mut loads: BTreeMap<Tie, RBig> = BTreeMap::new();
        for cycle in &branch.cycles {
            let ties = self.cycle(&cycle.states)?;
            let weight =
                parse_decimal(&format!("{}", cycle.weight)).ok_or("a weight is no number")?;
            if weight < RBig::ZERO || !self.negative(&ties) {
                return Ok(false);
            }
            for tie in ties {
                *loads.entry(tie).or_insert(RBig::ZERO) += &weight;
            }
            sum += weight;
        }
        // A whole number above bound − 1 is the bound.
        let above = RBig::from(least) - RBig::ONE;
        Ok(loads.values().all(|load| *load <= RBig::ONE) && sum > above)
    }

    /// The ties along a cycle, each once.
    fn cycle(&self, states: &[String]) -> Read<Vec<Tie>> {
        let next = states.iter().cycle().skip(1);
        let pairs = states.iter().zip(next).map(|(a, b)| self.tie(&[a.clone(), b.clone()]));
        let ties: Vec<Tie> = pairs.collect::<Read<_>>()?;
        if ties.iter().copied().collect::<BTreeSet<_>>().len() != ties.len() || ties.len() < 3 {
            return Err("a cycle runs along a tie twice".into());
        }
        Ok(ties)
    }

    /// Whether an odd number of a cycle's ties is hostile: then a split violates one of them.
    fn negative(&self, ties: &[Tie]) -> bool {
        ties.iter().filter(|tie| self.ties.get(*tie).copied().unwrap_or(false)).count() % 2 == 1
    }

    /// The other splits as good.
    fn splits(
        &self,
        aligned: &BTreeSet<usize>,
        thorough: bool,
        found: &mut Examination,
    ) -> Read<()> {
        let finding = self.finding;
        let Some(total) = finding.splits_total else {
            found.claim("splits: none are listed that were not counted", finding.splits.is_empty());
            return Ok(());
        };
        let mut distinct = BTreeSet::new();
        let mut alike = finding.splits.contains(&finding.sides);
        for sides in &finding.splits {
            alike &= self.violated(sides, aligned)?.len() == finding.frustration;
            let last = aligned.last().ok_or("there are no ties")?;
            let mut groups = self.problem.groups(sides)?;
            groups.iter_mut().for_each(|group| group.sort_unstable());
            crate::order::sort_by_key(&mut groups, |group| group.contains(last));
            distinct.insert(groups);
        }
        let all = distinct.len() == finding.splits.len()
            && distinct.len() == total.min(self.problem.settings.listed);
        found.claim("splits: all different, and as good", alike && all);
        if aligned.len() > ENUMERATED[usize::from(thorough)] {
            found.skip("splits: how many are as good (--thorough)");
            return Ok(());
        }
        let places: Vec<usize> = aligned.iter().copied().collect();
        let at = |i: usize| places.iter().position(|&p| p == i).unwrap_or(0);
        let masks: Vec<(u64, bool)> =
            self.ties.iter().map(|(&(i, j), &h)| (1 << at(i) | 1 << at(j), h)).collect();
        let count = (0..1u64 << places.len().saturating_sub(1)).filter(|split| {
            let violated = |&&(mask, hostile): &&(u64, bool)| {
                ((split & mask).count_ones() % 2 == 1) != hostile
            };
            masks.iter().filter(violated).count() == finding.frustration
        });
        found.claim("splits: how many are as good, of all", count.count() == total);
        Ok(())
    }
}
