//! The report as text: a line on each concept, a table of the players.

use std::fmt::{self, Write};

use super::indices::keyed;
use super::*;
use crate::report::text::{entry, heading, paragraph};

/// How many minimal winning coalitions, or vertices of the core, the text lists.
const LISTED: usize = 12;

/// So many members of a coalition are all named.
const MOST_NAMED: usize = 64;

/// A table's title for a concept, and what the concept says.
fn explained(concept: &str) -> (&'static str, &'static str) {
    if let Some(row) = keyed(concept) {
        return row.words;
    }
    match concept {
        "coleman_prevent" => (
            "prevent",
            "the part of the winning coalitions that a player can make losing ones (Coleman 1971)",
        ),
        "coleman_initiate" => (
            "initiate",
            "the part of the losing coalitions that it can make winning ones (Coleman 1971)",
        ),
        "per_capita_nucleolus" => (
            "per capita",
            "the nucleolus with each complaint divided among the members (Grotte 1970)",
        ),
        "myerson_partitions" => (
            "Myerson",
            "the linear value by which carriers divide all there is, and players alike get alike \
             (Myerson 1977)",
        ),
        "externality_free" => (
            "externality-free",
            "the Shapley value of what coalitions are worth while the others stand alone (de \
             Clippel & Serrano 2008)",
        ),
        "nucleolus" => (
            "nucleolus",
            "the largest complaint of any coalition as small as can be, then the next, where \
             nobody gets less than alone (Schmeidler 1969)",
        ),
        "owen" => (
            "Owen",
            "its mean contribution where whole alliances come in a random order, and in each its \
             members (Owen 1977)",
        ),
        "banzhaf_owen" => (
            "Banzhaf-Owen",
            "its mean contribution over all sets of other alliances with all sets of its own \
             partners (Owen 1982)",
        ),
        "aumann_dreze" => (
            "Aumann-Drèze",
            "the Shapley value inside its alliance, which divides what it is worth by itself \
             (Aumann & Drèze 1974)",
        ),
        "myerson" => (
            "Myerson",
            "the Shapley value where only those act together who are linked, if through others \
             (Myerson 1977)",
        ),
        _ => ("prenucleolus", "the same over all divisions of what there is"),
    }
}

impl CoalitionReport {
    /// The report as text for people.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let n = self.players.len();
        let kind = match &self.game {
            _ if self.origin.is_some() => {
                self.origin.as_ref().map_or(String::new(), OriginReport::words)
            }
            Some(GameReport::Weighted { rules }) if rules.len() > 1 => {
                format!("weighted majority, {} rules", rules.len())
            }
            Some(GameReport::Weighted { .. }) => "weighted majority".into(),
            Some(GameReport::Contest { .. }) => "contest".into(),
            Some(GameReport::Table { sense: SenseReport::Cost, .. }) => "costs".into(),
            Some(GameReport::Hedonic { .. }) => "hedonic".into(),
            Some(GameReport::Externalities { .. }) => "externalities".into(),
            Some(GameReport::Airport { .. }) => "airport".into(),
            Some(GameReport::Bankruptcy { .. }) => "bankruptcy".into(),
            _ => "worths".into(),
        };
        writeln!(out, "{}  {n} player{}, {kind}", self.source, if n == 1 { "" } else { "s" })?;
        if let Some(hedonic) = &self.hedonic {
            return hedonic.write(out);
        }
        self.write_table(out)?;
        if let Some(found) = &self.externalities {
            let proof = |c: &CoreCertificate| c.balanced.as_deref().map_or(String::new(), claims);
            let worths = match &self.game {
                Some(GameReport::Externalities { worths }) => &worths[..],
                _ => &[],
            };
            found.write(out, worths, proof)?;
        }
        self.write_placed(out)?;
        self.write_allocation(out)?;
        self.write_core(out)?;
        if let Some(tolerance) = self.certificates.tolerance
            && (self.least_core.is_some()
                || self.nucleolus.is_some()
                || self.prenucleolus.is_some())
        {
            let words = format!(
                "Of so many players' contest the excesses are proved to within {tolerance:e}, \
                 weights and sums exactly."
            );
            paragraph(out, &words)?;
        }
        self.write_simple(out)?;
        self.write_properties(out)?;
        if let Some(structure) = &self.structure {
            let value = shown(&structure.value);
            heading(out, "STRUCTURE", &format!("{} ({value})", sets(&structure.coalitions)))?;
            paragraph(out, "The partition into coalitions whose values have the best sum.")?;
        }
        for (title, list) in [("LEFT OUT", &self.left_out), ("UNDECIDED", &self.undecided)] {
            if !list.0.is_empty() {
                heading(out, title, "")?;
                for (concept, why) in &list.0 {
                    paragraph(out, &format!("{concept}: {why}"))?;
                }
            }
        }
        Ok(())
    }

    fn write_table(&self, out: &mut String) -> fmt::Result {
        let columns = self.payoffs();
        if columns.is_empty() {
            return Ok(());
        }
        heading(out, "VALUES", "")?;
        // In several tables if one is too wide.
        let cells = |payoffs: &Payoffs| payoffs.0.iter().map(|(_, x)| shown(x)).collect::<Vec<_>>();
        let columns: Vec<(&str, Vec<String>)> =
            columns.into_iter().map(|(concept, payoffs)| (concept, cells(payoffs))).collect();
        let width = |(concept, cells): &(&str, Vec<String>)| {
            let cells = cells.iter().map(|cell| cell.chars().count());
            cells.chain([explained(concept).0.chars().count()]).max().unwrap_or(0) + 2
        };
        let first =
            self.players.iter().map(|p| p.chars().count()).chain([6]).max().unwrap_or(6) + 2;
        let mut rest = &columns[..];
        while !rest.is_empty() {
            let mut used = first;
            let fits = rest.iter().take_while(|column| {
                used += width(column);
                used <= crate::report::text::WIDTH
            });
            let (now, later) = rest.split_at(fits.count().max(1));
            write!(out, "  {:<first$}", "player")?;
            for column in now {
                write!(out, "{:>width$}", explained(column.0).0, width = width(column))?;
            }
            writeln!(out)?;
            for (i, player) in self.players.iter().enumerate() {
                write!(out, "  {player:<first$}")?;
                for column in now {
                    let cell = column.1.get(i).map_or("", String::as_str);
                    write!(out, "{cell:>width$}", width = width(column))?;
                }
                writeln!(out)?;
            }
            writeln!(out)?;
            rest = later;
        }
        for (concept, _) in &columns {
            let (title, words) = explained(concept);
            paragraph(out, &format!("{title}: {words}."))?;
        }
        Ok(())
    }

    fn write_core(&self, out: &mut String) -> fmt::Result {
        if let Some(core) = &self.core {
            let gist = if core.nonempty { "not empty" } else { "empty" };
            heading(out, "CORE", gist)?;
            let words = match &core.allocation {
                Some(x) => format!(
                    "Some division leaves no coalition a reason to stand alone, such as {}.",
                    listed(x)
                ),
                None => format!(
                    "Every division leaves some coalition a reason to stand alone: the claims of \
                     {} together exceed what there is.",
                    self.certificates
                        .core
                        .as_ref()
                        .and_then(|c| c.balanced.as_ref())
                        .map_or(String::new(), |weights| claims(weights))
                ),
            };
            paragraph(out, &words)?;
            if let Some(payoffs) = &core.payoffs {
                let words = format!("In it the players get {}.", between(payoffs));
                paragraph(out, &words)?;
            }
            if let (Some(vertices), Some(total)) = (&core.vertices, core.vertices_total) {
                write_vertices(out, vertices, total)?;
            }
        }
        if let Some(least) = &self.least_core {
            heading(out, "LEAST CORE", &format!("value {}", shown(&least.value)))?;
            let words = format!(
                "The largest excess of any coalition over what it gets, as small as can be; \
                 attained by {}.",
                listed(&least.allocation)
            );
            paragraph(out, &words)?;
            if let Some(payoffs) = &least.payoffs {
                let words = format!("Where it is, the players get {}.", between(payoffs));
                paragraph(out, &words)?;
            }
        }
        Ok(())
    }

    fn write_simple(&self, out: &mut String) -> fmt::Result {
        let Some(simple) = &self.simple else { return Ok(()) };
        let total = simple.minimal_winning_total.as_deref();
        let gist = total.map_or(String::new(), |total| match total {
            "1" => "1 minimal winning coalition".into(),
            _ => format!("{total} minimal winning coalitions"),
        });
        heading(out, "SIMPLE GAME", &gist)?;
        if let Some(coleman) = &self.coleman {
            let words = format!(
                "The power to act: {} of all coalitions win (Coleman 1971).",
                shown(&coleman.act)
            );
            paragraph(out, &words)?;
        }
        let or_none =
            |list: &[String]| if list.is_empty() { "none".into() } else { list.join(" ") };
        let mut words = format!("In every winning coalition (veto): {}.", or_none(&simple.veto));
        if let Some(dictator) = &simple.dictator {
            words.push_str(&format!(" Wins alone (dictator): {dictator}."));
        }
        words.push_str(&format!(" Make no difference (dummies): {}.", or_none(&simple.dummies)));
        paragraph(out, &words)?;
        if !simple.minimal_winning.is_empty() {
            let all = &simple.minimal_winning;
            let some = &all[..all.len().min(LISTED)];
            let more =
                if total.is_none_or(|total| total != some.len().to_string()) { " …" } else { "" };
            paragraph(out, &format!("Win, but not without any member: {}{more}", sets(some)))?;
        }
        Ok(())
    }

    fn write_properties(&self, out: &mut String) -> fmt::Result {
        let Some(properties) = &self.properties else { return Ok(()) };
        heading(out, "PROPERTIES", "")?;
        for (name, holds) in properties.all() {
            let label = name.replace('_', "-");
            let words = match holds {
                Some(true) => "yes".into(),
                Some(false) => match properties.counterexamples.get(name) {
                    Some(collection) if name.ends_with("balanced") => {
                        format!("no: together these claim too much: {}", sets(collection))
                    }
                    Some(pair) => format!("no: look at {}", sets(pair)),
                    None => "no".into(),
                },
                None => format!(
                    "not decided: {}",
                    properties.undecided.get(name).map_or("", String::as_str)
                ),
            };
            writeln!(out, "  {label:<18}{words}")?;
        }
        Ok(())
    }
}

/// A number for people: fractions as they are, floats to six digits.
pub(super) fn shown(number: &Number) -> String {
    match number {
        Number::Exact(text) => text.clone(),
        Number::Float(x) if x.abs() >= 1e15 || (*x != 0.0 && x.abs() < 1e-4) => format!("{x:.5e}"),
        Number::Float(x) => {
            let text = format!("{x:.6}");
            let short = text.trim_end_matches('0').trim_end_matches('.');
            if short == "-0" { "0".into() } else { short.to_owned() }
        }
    }
}

pub(super) fn listed(payoffs: &Payoffs) -> String {
    some(payoffs.0.iter().map(|(player, x)| format!("{player} {}", shown(x))))
}

/// Players joined with commas, those beyond the [`MOST_NAMED`] counted.
fn some(mut each: impl ExactSizeIterator<Item = String>) -> String {
    let mut words: Vec<String> = each.by_ref().take(MOST_NAMED).collect();
    if each.len() > 0 {
        words.push(format!("and {} more", each.len()));
    }
    words.join(", ")
}

/// Each player's range, as one number where it is one.
fn between(ranges: &Ranges) -> String {
    let each = ranges.0.iter().map(|(player, [low, high])| {
        let (low, high) = (shown(low), shown(high));
        if low == high { format!("{player} {low}") } else { format!("{player} {low} to {high}") }
    });
    some(each)
}

fn write_vertices(out: &mut String, vertices: &[Payoffs], total: usize) -> fmt::Result {
    let some = &vertices[..vertices.len().min(LISTED)];
    let words = match total {
        1 => "Its one point (vertex):".into(),
        _ if some.len() == total => format!("All of it lies between {total} vertices:"),
        _ => format!("All of it lies between {total} vertices, such as:"),
    };
    paragraph(out, &words)?;
    for vertex in some {
        entry(out, &listed(vertex))?;
    }
    Ok(())
}

fn sets(coalitions: &[Vec<String>]) -> String {
    sets_of(coalitions, |members| members)
}

/// Sets of names as `{A B} {C}`.
pub(super) fn sets_of<T>(sets: &[T], members: impl Fn(&T) -> &Vec<String>) -> String {
    sets.iter().map(|s| format!("{{{}}}", members(s).join(" "))).collect::<Vec<_>>().join(" ")
}

/// The names of a coalition, the first ones of a long list.
fn members(names: &[String]) -> String {
    match names.len() {
        0..=MOST_NAMED => names.join(" "),
        many => format!("{} … {} in all", names[..LISTED].join(" "), many),
    }
}

fn claims(weights: &[ExactWeight]) -> String {
    let shown = if weights.len() > LISTED { 2 } else { weights.len() };
    let each = weights[..shown].iter();
    let each = each.map(|w| format!("{} · {{{}}}", w.weight, members(&w.coalition)));
    let mut text = each.collect::<Vec<_>>().join(", ");
    if shown < weights.len() {
        text.push_str(&format!(" and {} such more", weights.len() - shown));
    }
    text
}
