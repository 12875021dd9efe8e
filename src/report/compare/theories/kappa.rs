//! Cohen's κ: between judges over verdicts, and between sides and the reference split.

use serde::{Deserialize, Serialize};

use crate::report::Report;
use crate::report::compare::Row;
use crate::report::compare::theories::{Answer, TheoryRow};
use crate::report::theory::TheoryReport;

/// How far two judges agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Kappa {
    /// The one: a theory, or `lenses`.
    pub first: String,
    /// The other: a theory, or `reference`.
    pub second: String,
    /// On how many items both judged.
    pub items: usize,
    /// On how many of them alike.
    pub alike: usize,
    /// Cohen's κ: 1 for full agreement, 0 for what chance would give. None where both judge
    /// all items alike and the same, so that chance would give full agreement too, and of a single
    /// case.
    pub kappa: Option<f64>,
    /// Where solutions are tied, the lowest and the highest κ that the splits listed give,
    /// taking in each case the one that agrees least, and most; `kappa` is of the first ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of_ties: Option<[f64; 2]>,
}

impl Kappa {
    /// The agreement of two judges over their judgements of each item, whatever these are.
    pub(super) fn of<T: PartialEq>(first: &str, second: &str, judged: &[(T, T)]) -> Self {
        let items = judged.len();
        let alike = judged.iter().filter(|(a, b)| a == b).count();
        // Whole numbers: by chance, `chance` of `items²` pairs of judgements are alike.
        let of_second = |a: &T| judged.iter().filter(|(_, b)| a == b).count();
        let chance: usize = judged.iter().map(|(a, _)| of_second(a)).sum();
        let (observed, expected, all) = (alike * items, chance, items * items);
        let kappa = (expected < all)
            .then(|| (observed as f64 - expected as f64) / (all as f64 - expected as f64));
        Self { first: first.into(), second: second.into(), items, alike, kappa, of_ties: None }
    }
}

/// Over the verdicts of the cases that both judged, if there are several: the lenses with each
/// theory, then each two theories. O(judges² · cases²).
pub(super) fn over_verdicts(theories: &[String], rows: &[TheoryRow], lenses: &[Row]) -> Vec<Kappa> {
    let of_theory = |theory: usize| {
        let own = rows.iter().skip(theory).step_by(theories.len());
        own.map(|row| row.verdict).collect::<Vec<_>>()
    };
    let mut judges = vec![("lenses", lenses.iter().map(|row| Some(row.verdict)).collect())];
    judges.extend(theories.iter().enumerate().map(|(k, name)| (name.as_str(), of_theory(k))));
    let mut agreement = Vec::new();
    for (k, (first, of_first)) in judges.iter().enumerate() {
        for (second, of_second) in &judges[k + 1..] {
            let both = of_first.iter().zip(of_second).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
            let judged: Vec<_> = both.collect();
            if judged.len() > 1 {
                agreement.push(Kappa::of(first, second, &judged));
            }
        }
    }
    agreement
}

/// Over the pairs of states of all cases that a theory puts on sides and that the reference
/// split has: whether they stand together. States without a bloc are left out, and so are
/// those labelled `N` or `X`, uninvolved or already defeated; `R`, who bandwagoned, count with
/// `H`, the hegemon.
///
/// Of a theory with tied solutions the first of each case counts, and the range is given.
pub(super) fn over_pairs(
    theories: &[String],
    answers: &[Answer],
    reports: &[Report],
) -> Vec<Kappa> {
    let mut agreement = Vec::new();
    for (k, theory) in theories.iter().enumerate() {
        let own = answers.iter().skip(k).step_by(theories.len());
        let cases: Vec<[Vec<(bool, bool)>; 3]> = own
            .zip(reports)
            .filter_map(|(answer, report)| tied(answer.as_ref().ok()?, report))
            .collect();
        let [first, low, high] = [0, 1, 2].map(|which| {
            let judged = cases.iter().flat_map(|case| case[which].iter().copied());
            Kappa::of(theory, "reference", &judged.collect::<Vec<_>>())
        });
        if first.items > 0 {
            // The pairs of one case hang together: its agreement is counted, not corrected.
            if cases.len() < 2 {
                agreement.push(Kappa { kappa: None, ..first });
                continue;
            }
            let ends = low.kappa.zip(high.kappa).filter(|_| low.alike < high.alike);
            agreement.push(Kappa { of_ties: ends.map(|(low, high)| [low, high]), ..first });
        }
    }
    agreement
}

/// The judgements on the pairs of a case by the first of the tied splits, the one that agrees
/// least, and the one that agrees most.
fn tied(theory: &TheoryReport, report: &Report) -> Option<[Vec<(bool, bool)>; 3]> {
    let splits = theory.findings.splits();
    let alike = |judged: &Vec<(bool, bool)>| judged.iter().filter(|(a, b)| a == b).count();
    let all: Vec<_> = splits.into_iter().map(|sides| pairs(sides, report)).collect();
    let least = all.iter().min_by_key(|judged| alike(judged))?;
    let most = all.iter().max_by_key(|judged| alike(judged))?;
    Some([all.first()?, least, most].map(Vec::clone))
}

/// For each pair of states of a case that both have: whether they stand together by the theory,
/// and by the reference split.
fn pairs(sides: &[Vec<String>], report: &Report) -> Vec<(bool, bool)> {
    let side = |id: &String| sides.iter().position(|side| side.contains(id));
    let placed: Vec<(usize, &str)> = report
        .system
        .states
        .iter()
        .filter_map(|state| Some((side(&state.id)?, bloc(state.bloc.as_deref()?)?)))
        .collect();
    let each = placed.iter().enumerate();
    each.flat_map(|(k, a)| placed[k + 1..].iter().map(move |b| (a.0 == b.0, a.1 == b.1))).collect()
}

fn bloc(label: &str) -> Option<&str> {
    match label {
        "" | "N" | "X" => None,
        "R" => Some("H"),
        other => Some(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two judges of 50 items: 20 times both yes, 15 both no, 5 and 10 apart; κ = 0.4 (the
    /// textbook's example: observed 0.7, expected 0.5).
    #[test]
    fn agreement_is_corrected_for_chance() {
        let counts = [((true, true), 20), ((true, false), 5), ((false, true), 10)];
        let mut judged: Vec<(bool, bool)> = Vec::new();
        for (pair, count) in counts.into_iter().chain([((false, false), 15)]) {
            judged.extend(std::iter::repeat_n(pair, count));
        }
        let kappa = Kappa::of("a", "b", &judged);
        assert_eq!((kappa.items, kappa.alike), (50, 35));
        assert!((kappa.kappa.unwrap() - 0.4).abs() < 1e-12);
    }

    #[test]
    fn where_chance_agrees_fully_there_is_no_kappa() {
        assert_eq!(Kappa::of("a", "b", &[(1, 1), (1, 1)]).kappa, None);
        assert_eq!(Kappa::of("a", "b", &[(1, 1), (2, 2)]).kappa, Some(1.0));
        assert_eq!(Kappa::of("a", "b", &[(1, 2), (2, 1)]).kappa, Some(-1.0));
    }
}
