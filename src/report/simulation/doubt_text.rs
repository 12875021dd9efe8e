//! What draws of estimated parameters came to, for people.

use std::fmt::{self, Write};

use super::*;
use crate::report::text::{count, heading, paragraph, percent};

/// Draws in a table: the first ones.
const SHOWN: usize = 10;

impl SimulationReport {
    pub(super) fn write_doubt(&self, out: &mut String) -> fmt::Result {
        let Some(doubt) = &self.draws else { return Ok(()) };
        heading(out, "OVER DRAWS", &format!("of {}", doubt.sampling.estimates()))?;
        paragraph(out, &self.doubt_words(doubt))?;
        for (k, draw) in doubt.draws.iter().enumerate().take(SHOWN) {
            let values = draw.parameters.0.iter().map(|(name, value)| format!("{name} {value:.3}"));
            writeln!(
                out,
                "  {k:>6}  {}  {:.2}  {}",
                values.collect::<Vec<_>>().join("  "),
                draw.probability(),
                draw.verdict
            )?;
        }
        match doubt.draws.len().checked_sub(SHOWN) {
            Some(rest @ 1..) => writeln!(out, "  … and {}", count(rest as u64, "more draw")),
            _ => Ok(()),
        }
    }

    /// How the doubt about estimates bears on the probability of hegemony, in some sentences.
    pub fn doubt_words(&self, doubt: &DoubtReport) -> String {
        let n = f64::from(doubt.sampling.n.max(1));
        let name = |verdict: &str| match verdict {
            "balanced" => "hegemony is surely less probable than not",
            "hegemonic" => "it is surely more probable",
            _ => "their runs do not tell",
        };
        let parts = doubt.verdicts.0.iter().filter(|(_, times)| *times > 0);
        let parts: Vec<String> = parts
            .map(|(verdict, times)| {
                let share = percent(f64::from(*times) / n);
                format!("in {share} {} ({verdict})", name(verdict))
            })
            .collect();
        let [low, high] = doubt.interval;
        format!(
            "Of {}: {}. Over draws the probability of hegemony is {} ({} – {}, runs of one draw \
             taken together). Between draws it has a standard deviation of {:.2} beside the chance \
             of the runs: {} of the variance of how a run ends lies between draws.",
            count(doubt.sampling.n.into(), "draw"),
            parts.join(", "),
            self.part(self.hegemony.probability),
            self.part(low),
            self.part(high),
            doubt.spread,
            percent(doubt.between),
        )
    }
}

impl DrawReport {
    /// The part of its runs that have a hegemon.
    pub fn probability(&self) -> f64 {
        f64::from(self.hegemonic) / f64::from(self.runs.max(1))
    }
}
