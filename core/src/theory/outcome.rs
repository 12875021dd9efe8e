//! What all theories have in common in the end: a verdict, who stands with whom, who is left
//! out; and what it takes to show and to check it.

use std::cmp::Ordering;

use dashu_int::IBig;
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::problem::{Problem, half};
use crate::certify::Claim;
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;

/// The gist of a theory's answer, the same for all theories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Balanced, hegemonic or contested, by the theory's rule
    /// ([`Theory::rule`](super::Theory::rule)).
    pub verdict: Judgement,
    /// Who stands with whom, the strongest side first, where the theory says so; of several
    /// tied solutions the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sides: Option<Vec<Vec<String>>>,
    /// Who is left out, will be eliminated or is vulnerable, in every solution.
    pub excluded: Vec<String>,
    /// Whether other solutions are as good and have other sides.
    pub tied: bool,
}

/// What came of examining a finding.
#[derive(Debug, Clone, Default)]
pub struct Examination {
    /// The claims, each with whether it holds.
    pub claims: Vec<Claim>,
    /// What was not examined, and how it can be.
    pub unexamined: Vec<String>,
}

impl Examination {
    /// Adds a claim that holds or does not.
    pub(super) fn claim(&mut self, what: impl Into<String>, holds: bool) {
        self.claims.push(Claim::exact(what, holds));
    }

    /// Adds what was not examined.
    pub(super) fn skip(&mut self, what: impl Into<String>) {
        self.unexamined.push(what.into());
    }
}

/// A part of an answer in words: a title, what it comes to, and the rest in paragraphs.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// The title.
    pub title: &'static str,
    /// What it comes to.
    pub gist: String,
    /// Paragraphs, to be wrapped.
    pub paragraphs: Vec<String>,
}

impl Section {
    pub(super) fn new(title: &'static str, gist: impl Into<String>) -> Self {
        Self { title, gist: gist.into(), paragraphs: Vec::new() }
    }

    pub(super) fn with(mut self, paragraph: impl Into<String>) -> Self {
        self.paragraphs.push(paragraph.into());
        self
    }
}

/// The verdict on a split into sides: hegemonic if the leading state of the strongest side
/// holds more than half of all resources; balanced if all the others together have at least
/// four fifths of what the strongest side has (parity after Organski & Kugler 1980), which is
/// when that side has at most 5/9 of all; else contested. Sides that are tied for the
/// strongest are balanced whichever is taken.
pub(super) fn by_sides(problem: &Problem, sides: &[Vec<usize>]) -> Judgement {
    let sums = sides.iter().map(|side| problem.sum(side.iter().copied()));
    let Some(largest) = sums.max() else { return Judgement::Balanced };
    let total = sides.iter().flatten().fold(RBig::ZERO, |sum, &i| sum + &problem.resources()[i]);
    let all = problem.total();
    let leads = problem.resources().iter().max().is_some_and(|r| *r > half() * &all);
    if leads {
        Judgement::Hegemonic
    } else if RBig::from(IBig::from(9)) * largest <= RBig::from(IBig::from(5)) * total {
        Judgement::Balanced
    } else {
        Judgement::Contested
    }
}

/// The judgement that all agree on, else contested.
pub(super) fn agreed(judgements: impl IntoIterator<Item = Judgement>) -> Judgement {
    let mut all = judgements.into_iter();
    let Some(first) = all.next() else { return Judgement::Contested };
    if all.all(|other| other == first) { first } else { Judgement::Contested }
}

/// Sides in the order of their resources, the strongest first; empty ones left out.
pub(super) fn strongest_first(problem: &Problem, mut sides: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    sides.retain(|side| !side.is_empty());
    crate::order::sort_by(&mut sides, |a, b| {
        let sum = |side: &[usize]| problem.sum(side.iter().copied());
        match sum(b).cmp(&sum(a)) {
            Ordering::Equal => a.cmp(b),
            order => order,
        }
    });
    sides
}

/// Whether a number is what an exact one rounds to.
pub(super) fn rounds(claimed: f64, exact: &RBig) -> bool {
    let exact = exact.to_f64().value();
    (claimed - exact).abs() <= Tolerances::DEFAULT.certificate * exact.abs()
}

/// Names in a row: `A B C`; `none` if there is none.
pub(super) fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".into() } else { names.join(" ") }
}

/// Groups in braces: `{A B} {C}`.
pub(super) fn braced(groups: &[Vec<String>]) -> String {
    let each = groups.iter().map(|group| format!("{{{}}}", group.join(" ")));
    each.collect::<Vec<_>>().join(" ")
}

/// `1 state`, `2 states`.
pub(super) fn count(number: impl TryInto<u64>, one: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// A number for people: as it is if it is short, else rounded.
pub(super) fn shown(value: &RBig) -> String {
    let exact = value.to_string();
    if !exact.contains('/') && exact.len() <= 12 {
        return exact;
    }
    let value = value.to_f64().value();
    let digits = if value == 0.0 { 0 } else { (5 - value.abs().log10().floor() as i32).max(0) };
    let text = format!("{value:.*}", digits.min(12) as usize);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}
