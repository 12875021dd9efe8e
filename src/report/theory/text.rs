//! The report on a theory for people.

use std::fmt::{self, Write};

use super::TheoryReport;
use crate::report::text::{heading, paragraph};

impl TheoryReport {
    /// The report as text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let theory = self.findings.theory();
        let problem = &self.problem;
        let year = problem.year.map_or(String::new(), |year| format!(", {year}"));
        writeln!(
            out,
            "{}  {} states{year}, resources measured by {}",
            problem.name,
            problem.states.len(),
            problem.measure
        )?;
        heading(out, theory.name(), theory.question())?;
        paragraph(out, &capitalised(theory.source()))?;
        for section in self.findings.sections() {
            heading(out, section.title, &section.gist)?;
            for words in &section.paragraphs {
                paragraph(out, words)?;
            }
        }
        if let Some(why) = &self.undecided {
            heading(out, "UNDECIDED", "")?;
            paragraph(out, why)?;
        }
        heading(out, "VERDICT", &self.verdict.name().to_uppercase())?;
        paragraph(out, &capitalised(theory.rule()))
    }
}

/// A sentence: with a capital and a full stop.
fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
