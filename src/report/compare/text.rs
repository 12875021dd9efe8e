//! A comparison for people: a table with a row for each case, then what it comes to.

use std::fmt::{self, Write};

use crate::analysis::Lens;
use crate::polarity::PolarityClass;
use crate::report::Keyed;
use crate::report::compare::{Agreement, Comparison, Row};
use crate::report::text::{blocs, count, heading, paragraph, percent};
use crate::report::words::drawn;
use crate::verdict::Judgement;

impl Comparison {
    /// The comparison as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let labels = self.rows.iter().map(|row| row.label.chars().count());
        let wide = labels.max().unwrap_or(0).max("case".len());
        let leaders = self.rows.iter().map(|row| row.leader.chars().count());
        let names = leaders.max().unwrap_or(0).max("leader".len());
        let feared = self.rows.iter().filter_map(|row| row.security.as_ref());
        let feared = feared.map(|found| found.feared.chars().count());
        let feared = feared.max().unwrap_or(0).max("feared".len());
        let of_contest = Lens::OF_CONTROL.into_iter().filter(|lens| lens.is_of_contest());
        writeln!(
            out,
            "{:wide$}  {:13}  {:names$}  {:>5}  {:>5}  {:>5}{}  {:9}  {:feared$}  {:>9}  Δ",
            "case",
            "class",
            "leader",
            "share",
            "price",
            "inst.",
            of_contest.map(|lens| format!("  {:>9}", short(lens.name()))).collect::<String>(),
            "verdict",
            "feared",
            "stopping"
        )?;
        for (at, row) in self.rows.iter().enumerate() {
            write_row(out, row, [wide, names, feared])?;
            let changed = at == 0 || row.changes.iter().any(|change| change.what == "blocs");
            if let Some(found) = row.blocs.as_ref().filter(|_| changed) {
                let others = row.partitions_total.unwrap_or(1).saturating_sub(1);
                let more = if others > 0 { format!(" and {others} more") } else { String::new() };
                writeln!(out, "{:wide$}  {}{more}", "", blocs(found))?;
            }
        }
        self.write_legend(out)?;
        self.write_summary(out)?;
        self.write_draws(out)?;
        self.theories.as_ref().map_or(Ok(()), |theories| theories.write(out))
    }

    fn write_draws(&self, out: &mut String) -> fmt::Result {
        let told: Vec<(&Row, String)> = self
            .rows
            .iter()
            .zip(&self.reports)
            .filter_map(|(row, report)| Some((row, drawn(&report.verdict)?)))
            .collect();
        if told.is_empty() {
            return Ok(());
        }
        heading(out, "DRAWS", "")?;
        told.iter().try_for_each(|(row, words)| paragraph(out, &format!("{}: {words}", row.label)))
    }

    fn write_legend(&self, out: &mut String) -> fmt::Result {
        out.push('\n');
        paragraph(
            out,
            "share: of the leading state, in % as its control through the lenses; price: of peace \
             (the least core of the settlement game); inst.: the least instability of any \
             partition into blocs, 0 where one is core-stable; feared: the state that threatens the \
             others most; stopping: the odds that its side does not prevail, in %; Δ: what changed from the row \
             before; stable blocs are shown where they changed.",
        )
    }

    fn write_summary(&self, out: &mut String) -> fmt::Result {
        heading(out, "SUMMARY", &count(self.rows.len() as u64, "case"))?;
        for class in CLASSES {
            let of_class = || self.rows.iter().filter(move |row| row.class == Some(class));
            if of_class().next().is_some() {
                writeln!(out, "  {:<14}{}", class.name(), verdicts(of_class()))?;
            }
        }
        if self.rows.iter().any(|row| row.class.is_none()) {
            writeln!(out, "  {:<14}{}", "all", verdicts(self.rows.iter()))?;
        }
        self.write_roles(out)?;
        for row in &self.rows {
            for (lens, why) in &row.undecided.0 {
                paragraph(out, &format!("{}: the lens {lens} is undecided: {why}.", row.label))?;
            }
        }
        for agreement in &self.agreement {
            paragraph(out, &agreement.to_string())?;
        }
        Ok(())
    }

    /// How much the states that face the leading one balance, pass the buck, …, by class: the
    /// mean over cases and both ends of the interval.
    fn write_roles(&self, out: &mut String) -> fmt::Result {
        if self.rows.iter().any(|row| row.roles.is_some()) {
            paragraph(
                out,
                "Roles, by class: the mean weight of each over the states that face the leading \
                 one, over the cases and over the equilibria with the least and the most control \
                 of it. A bystander goes it alone and fights everybody.",
            )?;
        }
        for class in CLASSES {
            let of_class = self.rows.iter().filter(|row| row.class == Some(class));
            let told: Vec<&Keyed<[f64; 2]>> =
                of_class.filter_map(|row| row.roles.as_ref()).collect();
            let mut means: Vec<(&str, f64)> = Vec::new();
            for (role, [low, high]) in told.iter().flat_map(|roles| &roles.0) {
                let weight = (low + high) / (2.0 * told.len() as f64);
                match means.iter_mut().find(|(known, _)| known == role) {
                    Some((_, sum)) => *sum += weight,
                    None => means.push((role, weight)),
                }
            }
            crate::order::sort_by(&mut means, |a, b| b.1.total_cmp(&a.1));
            let words = means.iter().map(|(role, weight)| format!("{role} {}", percent(*weight)));
            let words = words.collect::<Vec<_>>().join(", ");
            if !words.is_empty() {
                writeln!(out, "  {:<14}{words}", class.name())?;
            }
        }
        Ok(())
    }
}

const CLASSES: [PolarityClass; 4] = [
    PolarityClass::Unipolar,
    PolarityClass::NearUnipolar,
    PolarityClass::Bipolar,
    PolarityClass::Multipolar,
];

/// `12 balanced, 3 contested`.
fn verdicts<'a>(rows: impl Iterator<Item = &'a Row> + Clone) -> String {
    let all =
        [Judgement::Balanced, Judgement::Contested, Judgement::Hegemonic, Judgement::Undecided];
    let told = all.into_iter().filter_map(|verdict| {
        let count = rows.clone().filter(|row| row.verdict == verdict).count();
        (count > 0).then(|| format!("{count} {verdict}"))
    });
    told.collect::<Vec<_>>().join(", ")
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group, cases, verdict, share, verdicts } = self;
        let name = if group.is_empty() { String::new() } else { format!("{group}: ") };
        if let [_] = verdicts[..] {
            return write!(f, "{name}{verdict} in all {cases} cases.");
        }
        let rest = verdicts.iter().filter(|(other, _)| other != verdict);
        let rest: Vec<_> = rest.map(|(other, count)| format!("{other} in {count}")).collect();
        let most = verdicts.iter().find(|(other, _)| other == verdict);
        let most = most.map_or(0, |&(_, count)| count);
        write!(f, "{name}{verdict} in {most} of {cases} cases ({})", percent(*share))?;
        write!(f, ", {}.", rest.join(", "))
    }
}

fn write_row(out: &mut String, row: &Row, [wide, names, feared]: [usize; 3]) -> fmt::Result {
    let class = row.class.map_or("", PolarityClass::name);
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |v| format!("{v:.3}"));
    let controls = row.control.of_contest();
    let controls: String = controls.map(|(_, c)| format!("  {:>9}", span(c))).collect();
    let line = format!(
        "{:wide$}  {class:13}  {:names$}  {:>5.1}  {:>5}  {:>5}{controls}  {:9}  {:feared$}  {:>9}  {}",
        row.label,
        row.leader,
        100.0 * row.leader_share,
        number(row.price_of_peace),
        number(row.instability),
        row.verdict,
        row.security.as_ref().map_or("–", |found| found.feared.as_str()),
        span(row.security.as_ref().map(|found| found.stopping_odds)),
        row.changes.iter().map(|change| change.what.as_str()).collect::<Vec<_>>().join(", "),
    );
    writeln!(out, "{}", line.trim_end())
}

/// A name that fits over a column: `alignm.`
fn short(name: &str) -> String {
    match name.len() {
        ..=8 => name.to_owned(),
        long => format!("{}.", &name[..long - 3]),
    }
}

/// An interval in percent; one number where both ends round to it.
fn span(control: Option<[f64; 2]>) -> String {
    let Some(ends) = control else { return "–".into() };
    let [low, high] = ends.map(|end| format!("{:.1}", 100.0 * end));
    if low == high { low } else { format!("{low}–{high}") }
}
