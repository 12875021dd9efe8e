//! An estimate for people.

use std::fmt::{self, Write};

use super::Fit;
use crate::evidence::decisiveness::{Form, Group, Quality, Sides, Term, Ties};
use crate::report::text::{count, heading, paragraph, percent};

impl Fit {
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
        format!("Decisiveness of war, from {} begun {first} to {last}", count(self.n as u64, "war"))
    }

    /// The estimate in a sentence or two.
    pub fn gist(&self) -> String {
        let Some(term) = self.terms.first() else {
            let why = self.undecided.as_deref().unwrap_or("there is no estimate");
            return format!("No estimate: {why}.");
        };
        let [low, high] = term.interval;
        let covers = |value: f64| {
            low.is_none_or(|low| low <= value) && high.is_none_or(|high| value <= high)
        };
        let beside = [(0.0, "a coin"), (1.0, "proportion"), (2.0, "the default of the lenses")];
        let (inside, outside): (Vec<_>, Vec<_>) =
            beside.into_iter().partition(|(value, _)| covers(*value));
        let named = |list: &[(f64, &str)]| {
            list.iter().map(|(m, what)| format!("{m} ({what})")).collect::<Vec<_>>().join(", ")
        };
        let mut words =
            format!("Decisiveness {:.3}, 95 % interval {}", term.estimate, interval(term));
        if !inside.is_empty() {
            words.push_str(&format!("; inside it: {}", named(&inside)));
        }
        if !outside.is_empty() {
            words.push_str(&format!("; outside: {}", named(&outside)));
        }
        words + "."
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(out, &self.gist())?;
        paragraph(out, &self.method())?;
        if !self.terms.is_empty() {
            heading(out, "ESTIMATES", "")?;
            for term in &self.terms {
                writeln!(
                    out,
                    "  {:<13} {:>8.4}   standard error {:.4}   95 % {}   p {}",
                    term.term,
                    term.estimate,
                    term.std_error,
                    interval(term),
                    p_value(term.p_value)
                )?;
            }
        }
        if let Some(quality) = &self.quality {
            self.write_quality(out, quality)?;
        }
        self.write_groups(out)?;
        if !self.dropped.is_empty() {
            heading(out, "LEFT OUT", "")?;
            for (why, wars) in &self.dropped_wars {
                paragraph(out, &format!("{} ({}): {}", why.words(), wars.len(), wars.join("; ")))?;
            }
        }
        if !self.warnings.is_empty() {
            heading(out, "CAUTION", "")?;
            for warning in &self.warnings {
                paragraph(out, &format!("- {warning}"))?;
            }
        }
        Ok(())
    }

    /// What was counted and how.
    fn method(&self) -> String {
        let sides = match self.sides {
            Sides::Coalition => "all who fought on a side count",
            Sides::Originators => "those who fought on a side's first day count",
            Sides::Bilateral => "only wars of one state against one",
        };
        let form = match self.form {
            Form::Ratio => "log odds m·ln(P1/P2)",
            Form::Difference => "log odds m·(P1 − P2)",
            Form::Share => "log odds m·(P1 − P2)/(P1 + P2)",
        };
        let ties = match self.ties {
            Ties::Drop => "draws are left out",
            Ties::RaoKupper => "draws after Rao & Kupper (1967)",
            Ties::Davidson => "draws after Davidson (1970)",
        };
        let initiator =
            if self.initiator { "; the side that began the war has odds of its own" } else { "" };
        format!("Power by {}; {sides}; {form}; {ties}{initiator}.", self.measure)
    }

    fn write_quality(&self, out: &mut String, quality: &Quality) -> fmt::Result {
        heading(out, "HOW WELL IT PREDICTS", "mean log loss, less is better")?;
        let base = if self.terms.len() == 1 { "a coin" } else { "the base rates" };
        for (name, loss) in &quality.log_loss_at {
            writeln!(out, "  decisiveness {name:<24} {loss:.4}")?;
        }
        writeln!(out, "  {:<37} {:.4}", "the estimate", quality.log_loss)?;
        if let (Some(loo), Some(prl)) = (quality.log_loss_loo, quality.prl_loo) {
            writeln!(out, "  {:<37} {loo:.4}", "the estimate, each war from the others")?;
            let words = if prl > 0.0 {
                format!(
                    "Each war predicted from the others, the loss is {} below that of {base}.",
                    percent(prl)
                )
            } else {
                format!(
                    "Each war predicted from the others, it adds nothing to {base}: the loss is {} above.",
                    percent(-prl)
                )
            };
            paragraph(out, &words)?;
        }
        let coin = quality.log_loss_at.get("0").copied();
        let default = quality.log_loss_at.get("2").copied();
        if let (Some(coin), Some(default)) = (coin, default) {
            let than = if default > coin { "worse" } else { "no worse" };
            paragraph(
                out,
                &format!(
                    "At 2, the default of the lenses, it is {than} than at 0. That default is a \
                     choice, the regime in which alliances pay, not an estimate."
                ),
            )?;
        }
        paragraph(
            out,
            &format!(
                "The side with the better odds won {} of the decided wars. If power were measured \
                 with a reliability of {:.2}, a decisiveness of 2 would look like this estimate.",
                percent(quality.accuracy),
                quality.reliability_for_2
            ),
        )?;
        if let Some(drop_one) = &quality.drop_one {
            let [low, high] = drop_one.range;
            let wars: Vec<String> = drop_one
                .influential
                .iter()
                .map(|i| format!("{} ({}): {:.3}", i.war, i.year, i.estimate))
                .collect();
            paragraph(
                out,
                &format!(
                    "Without one war the estimate is {low:.3} to {high:.3}; most depends on {}.",
                    wars.join("; ")
                ),
            )?;
        }
        Ok(())
    }

    fn write_groups(&self, out: &mut String) -> fmt::Result {
        let mut by = "";
        for group in &self.groups {
            if group.by != by {
                by = &group.by;
                let title = if by == "era" { "BY ERA" } else { "BY MAJOR POWERS" };
                heading(out, title, "")?;
            }
            writeln!(out, "  {}", line(group))?;
        }
        Ok(())
    }
}

fn line(group: &Group) -> String {
    let who = format!("{:<13} {:>3} wars", group.group, group.n);
    match (&group.term, group.log_loss, group.log_loss_at_2) {
        (Some(term), Some(loss), Some(at_2)) => format!(
            "{who}   {:>7.3}   95 % {:<18} log loss {loss:.4}, at 2 {at_2:.4}",
            term.estimate,
            interval(term)
        ),
        _ => format!("{who}   {}", group.why.as_deref().unwrap_or_default()),
    }
}

/// `0.137 to 0.650`; an open end is a word.
fn interval(term: &Term) -> String {
    let end = |end: Option<f64>| end.map_or("open".to_owned(), |end| format!("{end:.3}"));
    format!("{} to {}", end(term.interval[0]), end(term.interval[1]))
}

/// A probability of error as papers print it.
pub(in crate::report) fn p_value(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".into() } else { format!("{p:.4}") }
}
