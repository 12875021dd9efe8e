//! A replayed run for people: a line a period.

use std::fmt::{self, Write};

use super::{ReplayReport, SceneReport, WarReport};
use crate::report::text::{blocs, count, heading, paragraph};

impl ReplayReport {
    /// The run as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(out, &self.gist())?;
        heading(out, "PERIODS", "the strongest state and its share at the end; blocs; war")?;
        let wide = self.cast().iter().map(|id| id.chars().count()).max().unwrap_or(0);
        for scene in &self.scenes {
            let (leader, share) = scene.leader();
            let gap = " ".repeat(wide - leader.chars().count().min(wide));
            writeln!(out, "  {:>4}  {leader}{gap}  {share:.2}  {}", scene.period, scene.words())?;
        }
        Ok(())
    }

    /// Which run of what.
    pub fn title(&self) -> String {
        let name = if self.system.name.is_empty() { "a system" } else { &self.system.name };
        format!("{name}: run {} of seed {}, {}", self.outcome.run, self.seed, {
            count(self.periods.into(), "period")
        })
    }

    /// How it ended, in a sentence or two.
    pub fn gist(&self) -> String {
        let outcome = &self.outcome;
        let end = match (&outcome.hegemon, outcome.period) {
            (Some(hegemon), Some(period)) => format!(
                "{hegemon} is a hegemon from period {period} on{}",
                if outcome.ended { ", and falls again" } else { "" }
            ),
            _ => "The balance lasts".into(),
        };
        format!(
            "{end}. There are {}, of which the attackers win {}. At the end {} are left, the \
             strongest has a share of {:.2}.",
            count(outcome.wars.into(), "war"),
            outcome.attackers_won,
            count(outcome.states.into(), "state"),
            outcome.leader_share
        )
    }
}

impl SceneReport {
    /// The strongest state at the end of the period, and its share.
    pub fn leader(&self) -> (&str, f64) {
        let first = ("", f64::NEG_INFINITY);
        self.shares.0.iter().fold(
            first,
            |best, (id, share)| {
                if *share > best.1 { (id.as_str(), *share) } else { best }
            },
        )
    }

    /// Who entered, who stands with whom, who fights.
    pub fn words(&self) -> String {
        let mut words = blocs(&self.blocs);
        if !self.settled {
            words.push_str(", not at rest");
        }
        if !self.entered.is_empty() {
            words = format!("{} enters; {words}", self.entered.join(" and "));
        }
        if let Some(war) = &self.war {
            words.push_str(&format!("; {}", war.words()));
        }
        words
    }
}

impl WarReport {
    /// `A B attack C D and win; D is annexed`.
    pub fn words(&self) -> String {
        let verb = |side: &[String], one: &str, many: &str| {
            if side.len() == 1 { one.to_owned() } else { many.to_owned() }
        };
        let attack = verb(&self.attackers, "attacks", "attack");
        let end = match self.attackers_won {
            true => verb(&self.attackers, "wins", "win"),
            false => verb(&self.attackers, "loses", "lose"),
        };
        let annexed = match self.annexed.as_slice() {
            [] => String::new(),
            [one] => format!("; {one} is annexed"),
            several => format!("; {} are annexed", several.join(" and ")),
        };
        let (attackers, defenders) = (self.attackers.join(" "), self.defenders.join(" "));
        format!("{attackers} {attack} {defenders} and {end}{annexed}")
    }
}
