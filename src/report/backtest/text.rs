//! A backtest for people.

use std::fmt::{self, Write};

use super::Backtest;
use crate::evidence::backtest::{Added, Score};
use crate::report::fit::p_value;
use crate::report::text::{count, heading, paragraph, percent};

/// What is predicted, as a title begins.
pub(in crate::report) fn target_words(target: &str) -> String {
    match target {
        "pact" => "Defence pacts".to_owned(),
        "sides" => "Sides in wars".to_owned(),
        other => {
            format!("New defence pacts within {} years", other.trim_start_matches("new-pact:"))
        }
    }
}

impl Backtest {
    /// The backtest as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    /// What was predicted, in a line.
    pub fn title(&self) -> String {
        let what = target_words(&self.target);
        let pairs =
            if self.pairs == "majors" { "major powers" } else { "politically relevant pairs" };
        format!("{what} between {pairs}, {} to {}", self.years[0], self.years[1])
    }

    /// What came out, in a sentence or two.
    pub fn gist(&self) -> String {
        let name = |score: &Score| {
            let turned = if score.is_upside_down() { " (turned round)" } else { "" };
            format!("{}{turned}", score.name)
        };
        let adding: Vec<String> = self.predictors.iter().filter(|s| s.adds).map(name).collect();
        let all = self.predictors.len();
        let verdict = if adding.is_empty() {
            format!("None of the model's {all} predictors adds anything to the trivial rules.")
        } else {
            format!(
                "Of the model's {all} predictors these add something to the trivial rules: {}.",
                adding.join(", ")
            )
        };
        let best = self.baselines.iter().filter_map(|s| Some((s.auc?, &s.name)));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0));
        let rule = best.map_or(String::new(), |(auc, name)| {
            format!(" The best rule, {name}, has an area of {auc:.3}.")
        });
        verdict + &rule
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(
            out,
            &format!(
                "{} of {}, {} ({}).",
                count(self.n as u64, "pair-year"),
                count(self.clusters as u64, "pair"),
                count(self.events as u64, "event"),
                percent(self.events as f64 / self.n as f64)
            ),
        )?;
        paragraph(out, &self.gist())?;
        heading(out, "THE MODEL", "area under the curve, mean log loss, p by permutation")?;
        for score in &self.predictors {
            write_score(out, score)?;
            if score.is_upside_down() {
                writeln!(out, "    upside down: the more it says, the fewer events")?;
            }
            write_added(
                out,
                "beside distance, rivalry, shared rivals, leader",
                score.beside.as_ref(),
            )?;
            write_added(out, "the same with last year's pact", score.beside_with_pact.as_ref())?;
        }
        heading(out, "TRIVIAL RULES", "")?;
        for score in &self.baselines {
            write_score(out, score)?;
        }
        if let Some(logit) = self.logit_with_lag.as_ref().or(self.logit.as_ref()) {
            heading(out, "LOGIT OF THE RULES", "errors clustered by pair in brackets")?;
            for term in &logit.terms {
                writeln!(
                    out,
                    "  {:<10} {:>9.4}  ({:.4})",
                    term.term, term.estimate, term.std_error_cluster
                )?;
            }
            paragraph(
                out,
                &format!(
                    "Log likelihood {:.2}, mean log loss {:.4}.",
                    logit.log_likelihood, logit.log_loss
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

fn write_score(out: &mut String, score: &Score) -> fmt::Result {
    let number = |value: Option<f64>| value.map_or("   –  ".to_owned(), |v| format!("{v:.4}"));
    let p = score.p_qap.map_or(String::new(), |p| {
        format!("  p {}{}", p_value(p), if score.one_sided { " (one-sided)" } else { "" })
    });
    let out_of_time = score.out_of_time.as_ref().map_or(String::new(), |o| {
        format!("  out of time {} / {}", number(o.auc), number(o.log_loss))
    });
    writeln!(
        out,
        "  {:<20} {}  {}{p}{out_of_time}",
        score.name,
        number(score.auc),
        number(score.log_loss)
    )
}

fn write_added(out: &mut String, words: &str, added: Option<&Added>) -> fmt::Result {
    let Some(added) = added else { return Ok(()) };
    let verdict = if added.adds { "adds something" } else { "adds nothing" };
    let losses = added.log_loss_out_of_time.map_or(String::new(), |[without, with]| {
        format!("; loss out of time {without:.4} without it, {with:.4} with it")
    });
    let p = added.p_qap.map_or(String::new(), |p| format!("; p {}", p_value(p)));
    writeln!(out, "    {words}: {verdict}{losses}{p}")
}
