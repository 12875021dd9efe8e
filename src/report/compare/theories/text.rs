//! The theories for people: a row for each case and theory, then how far they agree.

use std::fmt::{self, Write};

use crate::report::compare::theories::{Kappa, TheoryRow, TheoryTable};
use crate::report::text::{blocs, heading, paragraph};
use crate::theory::Theory;
use crate::verdict::Judgement;

impl TheoryTable {
    pub(in crate::report::compare) fn write(&self, out: &mut String) -> fmt::Result {
        heading(out, "THEORIES", "each by its own rule")?;
        let labels = self.rows.iter().map(|row| row.label.chars().count());
        let wide = labels.max().unwrap_or(0).max("case".len());
        writeln!(
            out,
            "  {:wide$}  {:18}  {:9}  who stands with whom",
            "case", "theory", "verdict"
        )?;
        for rows in self.by_case() {
            for (at, row) in rows.iter().enumerate() {
                let label = if at == 0 { row.label.as_str() } else { "" };
                let verdict = row.verdict.map_or("–", Judgement::name);
                let said = row.words();
                let line = format!("  {label:wide$}  {:18}  {verdict:9}  {said}", row.theory);
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        if !self.agreement.is_empty() {
            heading(out, "AGREEMENT", "of verdicts, Cohen's κ")?;
            paragraph(out, "1 is full agreement, 0 what chance would give.")?;
            write_all(out, &self.agreement)?;
        }
        if !self.reference.is_empty() {
            heading(out, "REFERENCE", "who really stood with whom, over pairs of states")?;
            write_all(out, &self.reference)?;
            if let Some(caveat) = self.circular() {
                paragraph(out, &caveat)?;
            }
        }
        Ok(())
    }
}

impl TheoryTable {
    /// What the agreement with the reference split of a theory that reads pairs is worth.
    pub(in crate::report) fn circular(&self) -> Option<String> {
        let reads = |name: &&str| Theory::from_name(name).is_some_and(|t| t.reads().is_some());
        let named = self.reference.iter().map(|kappa| kappa.first.as_str());
        let told: Vec<&str> = named.filter(reads).collect();
        (!told.is_empty()).then(|| {
            format!(
                "Read with care: {} set out from what pairs of states are to each other. Where that \
                 was taken from the alliances that the reference split describes, agreement with \
                 it is circular.",
                told.join(" and ")
            )
        })
    }
}

impl TheoryRow {
    /// Sides and excluded states, or why there are none.
    pub(in crate::report) fn words(&self) -> String {
        if let Some(why) = &self.left_out {
            return why.clone();
        }
        if let Some(why) = &self.undecided {
            return format!("undecided: {why}");
        }
        let sides = self.sides.as_deref().map(blocs);
        let tied = self.tied.then(|| "(tied with others)".to_owned());
        let out = (!self.excluded.is_empty()).then(|| format!("out: {}", self.excluded.join(" ")));
        [sides, tied, out].into_iter().flatten().collect::<Vec<_>>().join("  ")
    }
}

fn write_all(out: &mut String, all: &[Kappa]) -> fmt::Result {
    for Kappa { first, second, items, alike, kappa, of_ties } in all {
        let told = match (kappa, of_ties) {
            (_, Some([low, high])) => format!(
                "κ {low:.2} to {high:.2} over tied solutions, alike in {alike} of {items} by the \
                 first"
            ),
            (Some(kappa), None) => format!("κ {kappa:5.2}   alike in {alike} of {items}"),
            (None, None) => format!("κ    –   alike in {alike} of {items}"),
        };
        writeln!(out, "  {first:18}  {second:18}  {told}")?;
    }
    Ok(())
}
