//! The page of a comparison.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::Page;
use super::parts::{certificate, lens_cells, lens_columns, share, some_share, table, whole};
use crate::error::Result;
use crate::polarity::PolarityClass;
use crate::report::Verification;
use crate::report::compare::tally::tally;
use crate::report::compare::{Comparison, Kappa, TheoryTable, check_comparison};
use crate::report::text::{blocs, count};
use crate::verdict::Judgement;

impl Comparison {
    /// The comparison as one self-contained page of HTML. It is verified on the way.
    ///
    /// # Errors
    /// As [`check_comparison`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let mut verified = check_comparison(self, false)?;
        self.unlabel(&mut verified);
        let cases = count(self.rows.len() as u64, "case");
        let title = format!("{cases} side by side");
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.verdicts()) }
            @for agreement in &self.agreement { p { (agreement) } }
            (page.figures())
            h2 { "Cases" }
            (self.case_table())
            @if let Some(theories) = &self.theories { (theory_tables(theories)) }
            h2 { "Certificate" }
            (certificate(&verified))
            h2 { "Parameters" }
            (self.parameter_list())
        };
        Ok(page.around(&title, &body))
    }

    /// Claims by what they are about in every case, so that they are counted over all of them.
    fn unlabel(&self, verified: &mut Verification) {
        let mut labels: Vec<&str> = self.rows.iter().map(|row| &*row.label).collect();
        // Of labels of which one begins another the longer one is meant.
        crate::order::sort_by_key(&mut labels, |label| Reverse(label.len()));
        labels.dedup();
        for claim in &mut verified.claims {
            let of = |label: &&str| claim.what.strip_prefix(label)?.strip_prefix(": ");
            if let Some(what) = labels.iter().find_map(of) {
                claim.what = what.to_owned();
            }
        }
    }

    /// How many cases have each verdict.
    fn verdicts(&self) -> String {
        let counts = tally(self.rows.iter().map(|row| row.verdict.name()));
        let told: Vec<String> = counts.iter().map(|(name, n)| format!("{n} {name}")).collect();
        told.join(", ")
    }

    fn case_table(&self) -> Markup {
        let lines = html! {
            @for row in &self.rows {
                tr {
                    td { (row.label) }
                    td { (row.verdict) }
                    td { (row.class.map_or("–", PolarityClass::name)) }
                    td { (row.leader) }
                    (share(row.leader_share))
                    (some_share(row.price_of_peace))
                    (some_share(row.instability))
                    (lens_cells(&row.control))
                    td.words { (row.blocs.as_deref().map_or("–".into(), blocs)) }
                }
            }
        };
        let lenses = lens_columns();
        let lenses: Vec<&str> = lenses.iter().map(String::as_str).collect();
        let first =
            ["case", "verdict", "class", "leader", "#share", "#price of peace", "#instability"];
        let last = ["first stable blocs"];
        table("cases", &[&first[..], &lenses, &last].concat(), &lines)
    }

    /// Each set of parameters, with how many cases have it.
    fn parameter_list(&self) -> Markup {
        let sets = tally(self.rows.iter().map(|row| row.parameters.as_str()));
        html! { ul {
            @for (text, cases) in sets { li { (text) " (" (count(cases as u64, "case")) ")" } }
        } }
    }
}

/// What the theories say of each case, and how far they agree.
fn theory_tables(theories: &TheoryTable) -> Markup {
    let lines = html! {
        @for row in &theories.rows {
            tr {
                td { (row.label) }
                td { (row.theory) }
                td { (row.verdict.map_or("–", Judgement::name)) }
                td.words { (row.words()) }
            }
        }
    };
    let columns = ["case", "theory", "verdict", "who stands with whom"];
    html! {
        h2 { "Theories" }
        (table("theories", &columns, &lines))
        @if !theories.agreement.is_empty() {
            h2 { "Agreement of verdicts, Cohen's κ" }
            (kappas("agreement", &theories.agreement))
        }
        @if !theories.reference.is_empty() {
            h2 { "Who really stood with whom, over pairs of states" }
            (kappas("reference", &theories.reference))
            @if let Some(caveat) = theories.circular() { p { (caveat) } }
        }
    }
}

fn kappas(id: &str, all: &[Kappa]) -> Markup {
    let lines = html! {
        @for Kappa { first, second, items, alike, kappa, of_ties } in all {
            tr {
                td { (first) }
                td { (second) }
                @match kappa {
                    Some(kappa) => td.n data-value=(kappa) { (format!("{kappa:.2}")) },
                    None => td.n { "–" },
                }
                (whole(*alike as u64))
                (whole(*items as u64))
                td { (of_ties.map_or_else(String::new, |[a, b]| format!("{a:.2} to {b:.2}"))) }
            }
        }
    };
    table(id, &["the one", "the other", "#κ", "#alike", "#of", "κ over tied solutions"], &lines)
}
