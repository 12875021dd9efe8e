//! The report on a hedonic game as text.

use crate::report::format::Datum;
use std::fmt::{self, Write};

use super::*;
use crate::report::text::{blocs, heading, paragraph, thousands};

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
        "nash" => ("Nash", "no player gains by moving to another bloc, or out"),
        "individual" => {
            ("individual", "no player gains by a move that its new bloc loses nothing by")
        }
        _ => ("contractual", "no player gains by a move that neither bloc loses by"),
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
        // By partition, then by reason: the senses that fail for it.
        let mut groups: Vec<(&Blocs, Vec<Reason>)> = Vec::new();
        for upset in &self.upset {
            if groups.last().is_none_or(|(partition, _)| *partition != &upset.partition) {
                groups.push((&upset.partition, Vec::new()));
            }
            let Some((_, reasons)) = groups.last_mut() else { continue };
            let (why, sense) = (upset.why(), explained(&upset.sense).0);
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, senses)) => senses.push(sense),
                None => reasons.push((why, vec![sense])),
            }
        }
        for (partition, reasons) in groups.iter().take(EXPLAINED) {
            let reasons =
                reasons.iter().map(|(why, senses)| format!("{why} ({})", senses.join(", ")));
            let reasons = reasons.collect::<Vec<_>>().join("; ");
            paragraph(out, &format!("{}  {reasons}", blocs(partition)))?;
        }
        if groups.len() > EXPLAINED {
            writeln!(out, "  …")?;
        }
        Ok(())
    }

    /// The rows of tidy CSV.
    pub(in crate::report::coalition) fn rows(&self) -> Vec<(String, &'static str, Datum)> {
        let joined = |partition: &Blocs| {
            partition.iter().map(|bloc| bloc.join("+")).collect::<Vec<_>>().join(" | ")
        };
        let mut rows = Vec::new();
        for (sense, stable) in &self.stable.0 {
            rows.push((sense.clone(), "total", stable.total.into()));
            for partition in &stable.partitions {
                rows.push((sense.clone(), "partition", joined(partition).into()));
            }
        }
        rows
    }
}

/// What upsets a partition, and the senses in which it does.
type Reason = (String, Vec<&'static str>);

impl UpsetReport {
    fn why(&self) -> String {
        match (&self.coalition, &self.player, &self.to) {
            (Some(set), ..) if set.len() == 1 => format!("{} would rather be alone", set[0]),
            (Some(set), ..) => format!("{{{}}} would leave", set.join(" ")),
            (_, Some(player), Some(to)) if to.is_empty() => {
                format!("{player} would rather be alone")
            }
            (_, Some(player), Some(to)) => format!("{player} would join {{{}}}", to.join(" ")),
            _ => String::new(),
        }
    }
}
