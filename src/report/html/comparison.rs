//! The page of a comparison.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::Page;
use super::parts::{certificate, ends, share, some_share, table};
use crate::error::Result;
use crate::polarity::PolarityClass;
use crate::report::Verification;
use crate::report::compare::{Comparison, check_comparison};
use crate::report::text::parts::{blocs, count};

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
        labels.sort_by_key(|label| Reverse(label.len()));
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
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for row in &self.rows {
            let name = row.verdict.name();
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        let told: Vec<String> = counts.iter().map(|(name, n)| format!("{n} {name}")).collect();
        told.join(", ")
    }

    fn case_table(&self) -> Markup {
        let lines = html! {
            @for row in &self.rows {
                tr {
                    td { (row.label) }
                    td { (row.class.map_or("–", PolarityClass::name)) }
                    td { (row.leader) }
                    (share(row.leader_share))
                    (some_share(row.price_of_peace))
                    (some_share(row.instability))
                    (ends(row.control.settlement))
                    (ends(row.control.blocs))
                    (ends(row.control.alignment))
                    td { (row.verdict) }
                    td { (row.blocs.as_deref().map_or("–".into(), blocs)) }
                }
            }
        };
        let columns = [
            "case",
            "class",
            "leader",
            "#share",
            "#price of peace",
            "#instability",
            "#settlement",
            "#to",
            "#blocs",
            "#to",
            "#alignment",
            "#to",
            "verdict",
            "first stable blocs",
        ];
        table("cases", &columns, &lines)
    }

    /// Each set of parameters, with how many cases have it.
    fn parameter_list(&self) -> Markup {
        let mut sets: Vec<(&str, u64)> = Vec::new();
        for row in &self.rows {
            match sets.iter_mut().find(|(known, _)| *known == row.parameters) {
                Some((_, count)) => *count += 1,
                None => sets.push((&row.parameters, 1)),
            }
        }
        html! { ul {
            @for (text, cases) in sets { li { (text) " (" (count(cases, "case")) ")" } }
        } }
    }
}
