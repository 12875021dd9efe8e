//! Re-examines the patterns: each equilibrium by the definition, each refutation by adding up,
//! and that together they are all patterns.

use std::collections::BTreeSet;

use dashu_ratio::RBig;
use ndarray::Array2;

use super::{ALWAYS_LISTED, Finding, MAX_STATES, Pattern, Refuted, Survivors};
use crate::dataset::Relation;
use crate::exact::parse_exact;
use crate::theory::{Examination, Problem, Read};

pub(super) fn examine(finding: &Finding, problem: &Problem) -> Examination {
    let mut found = Examination::default();
    match problem.required(Relation::Sign) {
        Ok(signs) => {
            let check = Check { problem, signs };
            if let Err(problem) = check.run(finding, &mut found) {
                found.claim(format!("patterns: {problem}"), false);
            }
        }
        Err(error) => found.claim(format!("patterns: {error}"), false),
    }
    found
}

struct Check<'a> {
    problem: &'a Problem,
    signs: &'a Array2<RBig>,
}

impl Check<'_> {
    fn run(&self, finding: &Finding, found: &mut Examination) -> Read<()> {
        let mut held = true;
        let mut symbols = Vec::new();
        for pattern in &finding.patterns {
            let symbol = self.symbols(pattern)?;
            held &= self.is_equilibrium(pattern, &symbol)?;
            symbols.push(symbol);
        }
        found.claim("patterns: each has the equilibrium named", held);
        let listed = self.problem.settings.listed.max(ALWAYS_LISTED);
        let expected = finding.patterns_total.min(listed);
        found.claim("patterns: all, or as many as asked for", symbols.len() >= expected);
        let total = symbols.len() + finding.unlisted.len();
        found.claim("patterns: how many there are", total == finding.patterns_total);
        let mut refuted = true;
        for refutation in &finding.refuted {
            refuted &= self.refutes(refutation)?;
        }
        found.claim("refuted: each by its multipliers", refuted);
        let open: Vec<String> =
            finding.open.iter().map(|p| self.symbols(p)).collect::<Read<_>>()?;
        let n = self.problem.len();
        if n > MAX_STATES {
            return Err(format!("there are more than {MAX_STATES} states"));
        }
        let signs = |text: &String| text.len() == n && text.chars().all(|c| "+=-".contains(c));
        found.claim("unlisted: a sign for each state", finding.unlisted.iter().all(signs));
        if !finding.unlisted.is_empty() {
            found.skip(format!(
                "patterns: that the {} not listed have an equilibrium (--max-listed lists more)",
                finding.unlisted.len()
            ));
        }
        // Disjoint groups that add up to 3^n are all patterns.
        let leaves: Vec<&str> = symbols
            .iter()
            .chain(&finding.unlisted)
            .chain(&open)
            .map(String::as_str)
            .chain(finding.refuted.iter().map(|refuted| refuted.pattern.as_str()))
            .collect();
        let sorted: BTreeSet<&str> = leaves.iter().copied().collect();
        // In order, a text that begins with another follows it, with only such between them.
        let disjoint = sorted.len() == leaves.len()
            && sorted.iter().zip(sorted.iter().skip(1)).all(|(a, b)| !b.starts_with(a));
        let patterns = |leaf: &&str| 3u64.checked_pow(n.saturating_sub(leaf.len()) as u32);
        let total = leaves.iter().map(patterns).try_fold(0u64, |sum, p| sum.checked_add(p?));
        let all = disjoint && total.is_some() && total == 3u64.checked_pow(n as u32);
        found.claim("patterns: those found and those refuted are all", all);
        // In all or in none of the patterns that are not refuted, whether there is an equilibrium
        // of each or not; in some by equilibria that are listed.
        let all: Vec<String> = symbols.iter().chain(&finding.unlisted).cloned().collect();
        let [whole, shown] = [&all, &symbols].map(|patterns| self.survivors(patterns));
        let holds = whole == finding.survivors && shown == finding.survivors;
        found.claim("survivors: as the patterns have it", holds);
        Ok(())
    }

    /// A pattern as signs, in the order of the states.
    fn symbols(&self, pattern: &Pattern) -> Read<String> {
        let sets = [pattern.safe.clone(), pattern.precarious.clone(), pattern.unsafe_.clone()];
        let groups = self.problem.groups(&sets)?;
        let of = |i: usize| match () {
            () if groups[0].contains(&i) => Ok('+'),
            () if groups[1].contains(&i) => Ok('='),
            () if groups[2].contains(&i) => Ok('-'),
            () => Err("a state is missing from a pattern".to_owned()),
        };
        (0..self.problem.len()).map(of).collect()
    }

    /// Whether the allocation is an equilibrium with this pattern, by the definition.
    fn is_equilibrium(&self, pattern: &Pattern, symbols: &str) -> Read<bool> {
        let n = self.problem.len();
        let mut x = Array2::from_elem((n, n), RBig::ZERO);
        for share in &pattern.allocation {
            let (i, j) = (self.problem.state(&share.from)?, self.problem.state(&share.to)?);
            let amount = parse_exact(&share.amount).ok_or("an amount is no number")?;
            let tied = i == j || !self.signs[[i, j]].is_zero();
            if amount < RBig::ZERO || !tied || !x[[i, j]].is_zero() {
                return Ok(false);
            }
            x[[i, j]] = amount;
        }
        let foe = |i: usize, j: usize| self.signs[[i, j]] < RBig::ZERO;
        for (i, symbol) in symbols.chars().enumerate() {
            let power = &self.problem.resources()[i];
            let others = || (0..n).filter(|&j| j != i);
            let sum = |of: &dyn Fn(usize) -> RBig| (0..n).fold(RBig::ZERO, |sum, j| sum + of(j));
            let none = || RBig::ZERO;
            let given = sum(&|j| x[[i, j]].clone());
            let received = others().filter(|&j| !foe(i, j)).fold(none(), |sum, j| sum + &x[[j, i]]);
            let against = others().filter(|&j| foe(i, j)).fold(none(), |sum, j| sum + &x[[i, j]]);
            let threat = others().filter(|&j| foe(i, j)).fold(none(), |sum, j| sum + &x[[j, i]]);
            let support = &received + &x[[i, i]] + against;
            let right = match symbol {
                '+' => support > threat,
                '=' => support == threat,
                _ => power + received < threat,
            };
            if given != *power || !right {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Whether the multipliers contradict the pattern. With `s` safe or precarious and `u`
    /// unsafe, the conditions are `σ_s − τ_s` and `τ_u − p_u − Σ friends`; what each unit that
    /// `i` puts into or against `j` adds to their weighed sum is at most the best it can add.
    fn refutes(&self, refuted: &Refuted) -> Read<bool> {
        let n = self.problem.len();
        let symbols: Vec<char> = refuted.pattern.chars().collect();
        if symbols.len() > n || symbols.len() != refuted.conditions.len() {
            return Err("a refutation has not one multiplier for each state".into());
        }
        let numbers: Option<Vec<RBig>> =
            refuted.conditions.iter().map(|v| parse_exact(v)).collect();
        let numbers = numbers.ok_or("a multiplier is no number")?;
        let mut strict = false;
        for (symbol, v) in symbols.iter().zip(&numbers) {
            match symbol {
                '=' => {}
                '+' | '-' if *v >= RBig::ZERO => strict |= *v > RBig::ZERO,
                '+' | '-' => return Ok(false),
                _ => return Err("a pattern has another sign than +, = and -".into()),
            }
        }
        let surviving = |i: usize| symbols.get(i).filter(|s| **s != '-').map(|_| &numbers[i]);
        let lost = |i: usize| symbols.get(i).filter(|s| **s == '-').map(|_| &numbers[i]);
        let or_none = |v: Option<&RBig>| v.cloned().unwrap_or(RBig::ZERO);
        let mut sum = RBig::ZERO;
        for i in 0..n {
            let power = &self.problem.resources()[i];
            // Kept: support of a state that survives; no help to what its being lost requires.
            let mut best = or_none(surviving(i));
            for j in (0..n).filter(|&j| j != i && !self.signs[[i, j]].is_zero()) {
                let unit = if self.signs[[i, j]] < RBig::ZERO {
                    // Supports i, threatens j.
                    or_none(surviving(i)) - or_none(surviving(j)) + or_none(lost(j))
                } else {
                    or_none(surviving(j)) - or_none(lost(j))
                };
                best = best.max(unit);
            }
            sum += best * power - or_none(lost(i)) * power;
        }
        Ok(sum < RBig::ZERO || (strict && sum <= RBig::ZERO))
    }

    fn survivors(&self, patterns: &[String]) -> Survivors {
        let mut survivors = Survivors::default();
        for i in 0..self.problem.len() {
            let lives = patterns.iter().filter(|p| p.as_bytes().get(i) != Some(&b'-')).count();
            let id = self.problem.system().id(i).to_owned();
            if lives == 0 {
                survivors.none.push(id);
            } else if lives == patterns.len() {
                survivors.all.push(id);
            } else {
                survivors.some.push(id);
            }
        }
        survivors
    }
}
