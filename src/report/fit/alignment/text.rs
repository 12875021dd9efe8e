//! A fit of the game of alignment for people.

use std::fmt::{self, Write};

use super::AlignmentFit;
use crate::report::backtest::target_words;
use crate::report::text::{count, heading, paragraph, percent};

impl AlignmentFit {
    /// The estimate as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    /// What was estimated, in a line.
    pub fn title(&self) -> String {
        let [first, last] = self.years;
        let names: Vec<&str> = self.estimated.iter().map(|quantity| quantity.name()).collect();
        format!(
            "The game of alignment ({}) from {} between major powers, {first} to {last}",
            names.join(", "),
            target_words(&self.target).to_lowercase()
        )
    }

    /// The estimate in a sentence or two.
    pub fn gist(&self) -> String {
        let Some(value) = self.log_likelihood else {
            let why = self.undecided.as_deref().unwrap_or("there is no estimate");
            return format!("No estimate: {why}.");
        };
        let quantities = self.terms.iter().take(self.estimated.len());
        let words: Vec<String> = quantities
            .map(|term| {
                let ends = term.interval.unwrap_or_default().map(end);
                format!(
                    "{} {:.3} (nominal 95 % {} to {})",
                    term.term, term.estimate, ends[0], ends[1]
                )
            })
            .collect();
        let gain = value - self.log_likelihood_null;
        format!(
            "{}. The log likelihood is {gain:.1} above that of the base rate, for {} more.",
            words.join(", "),
            count(self.estimated.len() as u64 + 1, "parameter")
        )
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(
            out,
            &format!(
                "{} of {}, {} ({}). Power by {}.",
                count(self.n as u64, "pair-year"),
                count(self.clusters as u64, "pair"),
                count(self.events as u64, "event"),
                percent(self.events as f64 / self.n.max(1) as f64),
                self.measure
            ),
        )?;
        paragraph(out, &self.gist())?;
        if !self.terms.is_empty() {
            heading(out, "ESTIMATES", "standard error, clustered by pair, nominal interval")?;
        }
        for term in &self.terms {
            let error = |error: Option<f64>| error.map_or("–".to_owned(), |e| format!("{e:.4}"));
            let ends = term.interval.map_or(String::new(), |ends| {
                let [low, high] = ends.map(end);
                format!("   95 % {low} to {high}")
            });
            writeln!(
                out,
                "  {:<14} {:>9.4}   {:>8}   {:>8}{ends}",
                term.term,
                term.estimate,
                error(term.std_error),
                error(term.std_error_cluster)
            )?;
        }
        if let (Some(loss), Some(area), Some(brier)) = (self.log_loss, self.auc, self.brier) {
            paragraph(
                out,
                &format!(
                    "Mean log loss {loss:.4} ({:.4} of the base rate), Brier score {brier:.4}, area \
                     under the curve {area:.4}, all within the sample.",
                    -self.log_likelihood_null / self.n.max(1) as f64
                ),
            )?;
        }
        heading(out, "CAUTION", "")?;
        for warning in &self.warnings {
            paragraph(out, &format!("- {warning}"))?;
        }
        Ok(())
    }
}

fn end(end: Option<f64>) -> String {
    end.map_or("open".to_owned(), |end| format!("{end:.3}"))
}
