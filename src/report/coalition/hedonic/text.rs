//! The report on a hedonic game as text.

use std::fmt::{self, Write};

use super::*;
use crate::report::text::parts::{blocs, heading, paragraph, thousands};

/// How many stable partitions the text lists in a sense.
const LISTED: usize = 12;
/// How many partitions' instability the text explains.
const EXPLAINED: usize = 8;

/// A sense's title, and what it says.
fn explained(sense: &str) -> (&'static str, &'static str) {
    match sense {
        "core" => ("core", "no coalition would be better for all its members"),
        "strict-core" => {
            ("strict core", "no coalition would be better for a member and worse for none")
        }
        "nash" => ("Nash", "no player would rather be in another bloc, or alone"),
        "individual" => ("individual", "nor in one that would take it in without a loss"),
        _ => ("contractual", "nor if moreover those it leaves lose nothing"),
    }
}

impl HedonicReport {
    pub(in crate::report::coalition) fn write(&self, out: &mut String) -> fmt::Result {
        heading(out, "STABLE PARTITIONS", "")?;
        let width = self.stable.0.iter().map(|(sense, _)| explained(sense).0.len()).max();
        let width = width.unwrap_or(0) + 2;
        for (sense, stable) in &self.stable.0 {
            let count = match stable.total {
                0 => "none".into(),
                total => thousands(total),
            };
            writeln!(out, "  {:<width$}{count}", explained(sense).0)?;
            for partition in stable.partitions.iter().take(LISTED) {
                writeln!(out, "    {}", blocs(partition))?;
            }
            if stable.total > LISTED as u64 {
                writeln!(out, "    …")?;
            }
        }
        writeln!(out)?;
        let words = self.stable.0.iter().map(|(sense, _)| {
            let (title, words) = explained(sense);
            format!("{title}: {words}")
        });
        let words = words.collect::<Vec<_>>().join("; ");
        paragraph(out, &format!("{words} (Bogomolnaia & Jackson 2002)."))?;
        self.write_upset(out)
    }

    fn write_upset(&self, out: &mut String) -> fmt::Result {
        if self.upset.is_empty() {
            return Ok(());
        }
        heading(out, "UPSET", "")?;
        let mut groups: Vec<(&Blocs, Vec<String>)> = Vec::new();
        for upset in &self.upset {
            let why = match (&upset.coalition, &upset.player, &upset.to) {
                (Some(set), ..) => format!("{{{}}} would leave", set.join(" ")),
                (_, Some(player), Some(to)) if to.is_empty() => {
                    format!("{player} would rather be alone")
                }
                (_, Some(player), Some(to)) => format!("{player} would join {{{}}}", to.join(" ")),
                _ => String::new(),
            };
            let sense = explained(&upset.sense).0;
            match groups.last_mut() {
                Some((partition, reasons)) if *partition == &upset.partition => {
                    // Senses that fail for the same reason are named together.
                    match reasons.iter_mut().find(|known| known.ends_with(&format!(": {why}"))) {
                        Some(known) => *known = format!("{sense}, {known}"),
                        None => reasons.push(format!("{sense}: {why}")),
                    }
                }
                _ => groups.push((&upset.partition, vec![format!("{sense}: {why}")])),
            }
        }
        for (partition, reasons) in groups.iter().take(EXPLAINED) {
            paragraph(out, &format!("{}  {}", blocs(partition), reasons.join("; ")))?;
        }
        if groups.len() > EXPLAINED {
            writeln!(out, "  …")?;
        }
        Ok(())
    }

    /// The rows of tidy CSV.
    pub(in crate::report::coalition) fn rows(&self) -> Vec<[String; 3]> {
        let joined = |partition: &Blocs| {
            partition.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>().join(" | ")
        };
        let mut rows = Vec::new();
        for (sense, stable) in &self.stable.0 {
            rows.push([sense.clone(), "total".into(), stable.total.to_string()]);
            for partition in &stable.partitions {
                rows.push([sense.clone(), "partition".into(), joined(partition)]);
            }
        }
        rows
    }
}
