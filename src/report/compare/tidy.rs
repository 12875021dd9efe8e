//! A comparison as a table: one row a case.

use crate::analysis::Lens;
use crate::report::DrawsReport;
use crate::report::compare::{Comparison, Row, SecurityRow, TheoryTable};
use crate::report::format::{Cells, Table};

impl Comparison {
    /// The comparison as a table, one row a case; what is not known is missing. Blocs are written as
    /// `A+B | C`, changes as `class:multipolar>bipolar`, with `; ` between them, roles with
    /// their weights at both ends as `balancer:0.2..1`. Each theory asked adds a column with its
    /// verdict, and each parameter one.
    pub fn table(&self) -> Table {
        let rows = &self.rows;
        let mut table = Table::default();
        let words = |value: Option<&dyn std::fmt::Display>| {
            value.map_or_else(String::new, |value| value.to_string())
        };
        table.text("label", rows.iter().map(|row| row.label.as_str()));
        table.whole("year", rows.iter().map(|row| row.year));
        table.text("measure", rows.iter().map(|row| row.measure.as_str()));
        table.text("parameters", rows.iter().map(|row| row.parameters.as_str()));
        table.text("class", rows.iter().map(|row| words(row.class.as_ref().map(|c| c as _))));
        table.text("leader", rows.iter().map(|row| row.leader.as_str()));
        table.number("leader_share", rows.iter().map(|row| Some(row.leader_share)));
        table.number("effective_poles", rows.iter().map(|row| row.effective_poles));
        table.number("price_of_peace", rows.iter().map(|row| row.price_of_peace));
        table.number("instability", rows.iter().map(|row| row.instability));
        table.flag("core_stable", rows.iter().map(|row| row.core_stable));
        for lens in Lens::OF_CONTROL {
            for (end, name) in ["lo", "hi"].iter().enumerate() {
                let value = |row: &Row| row.control.get(lens).map(|ends| ends[end]);
                table.number(&format!("{lens}_{name}"), rows.iter().map(value));
            }
        }
        for (end, name) in ["multiplier_lo", "multiplier_hi"].iter().enumerate() {
            table.number(name, rows.iter().map(|row| Some(row.multiplier[end])));
        }
        table.text("verdict", rows.iter().map(|row| row.verdict.to_string()));
        table.text("blocs", rows.iter().map(blocs));
        table.text("changes", rows.iter().map(changes));
        table.text("roles", rows.iter().map(roles));
        table.text("undecided", rows.iter().map(undecided));
        add_security(rows, &mut table);
        self.add_draws(&mut table);
        self.add_theories(&mut table);
        add_parameters(rows, &mut table);
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }

    /// The share of draws with each verdict, where parameters were drawn.
    fn add_draws(&self, table: &mut Table) {
        let drawn = || self.reports.iter().map(|report| report.verdict.draws.as_ref());
        let names = drawn().flatten().next().map(|draws| draws.verdicts.0.clone());
        for (name, _) in names.unwrap_or_default() {
            let share = |draws: Option<&DrawsReport>| {
                let draws = draws?;
                let times = draws.verdicts.get(&name).copied()?;
                Some(f64::from(times) / f64::from(draws.n.max(1)))
            };
            table.number(&format!("draws_{name}"), drawn().map(share));
        }
    }

    fn add_theories(&self, table: &mut Table) {
        let Some(theories) = &self.theories else { return };
        let said: Vec<Vec<String>> = TheoryTable::by_case(theories)
            .map(|case| {
                let verdicts = case.iter().map(|theory| theory.verdict);
                verdicts
                    .map(|verdict| verdict.map_or_else(String::new, |v| v.to_string()))
                    .collect()
            })
            .collect();
        for (k, name) in theories.theories.iter().enumerate() {
            let verdict = |case: &Vec<String>| case.get(k).cloned().unwrap_or_default();
            table.text(name, said.iter().map(verdict));
        }
    }
}

/// A column for each parameter that a row names: of numbers, where all are.
fn add_parameters(rows: &[Row], table: &mut Table) {
    let mut names: Vec<String> = Vec::new();
    let named = |row: &Row| -> Vec<(String, String)> {
        let parts = row.parameters.split(' ').filter_map(|part| part.split_once('='));
        parts.map(|(name, value)| (name.replace('-', "_"), value.to_owned())).collect()
    };
    let values: Vec<Vec<(String, String)>> = rows.iter().map(named).collect();
    for (name, _) in values.iter().flatten() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    for name in names {
        let of = |row: &Vec<(String, String)>| {
            row.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let texts: Vec<Option<String>> = values.iter().map(of).collect();
        let number = |text: &Option<String>| text.as_ref().map(|text| text.parse::<f64>());
        let numbers: Result<Vec<Option<f64>>, _> =
            texts.iter().map(|text| number(text).transpose()).collect();
        table.add(
            &name,
            match numbers {
                Ok(numbers) => Cells::Number(numbers),
                Err(_) => Cells::Text(texts.into_iter().map(Option::unwrap_or_default).collect()),
            },
        );
    }
}

fn blocs(row: &Row) -> String {
    let blocs = row.blocs.iter().flatten().map(|bloc| bloc.join("+"));
    blocs.collect::<Vec<_>>().join(" | ")
}

fn changes(row: &Row) -> String {
    let changes = row.changes.iter();
    let changes = changes.map(|change| format!("{}:{}>{}", change.what, change.from, change.to));
    changes.collect::<Vec<_>>().join("; ")
}

fn roles(row: &Row) -> String {
    let roles = row.roles.iter().flat_map(|roles| &roles.0);
    let roles = roles.map(|(role, [low, high])| format!("{role}:{low}..{high}"));
    roles.collect::<Vec<_>>().join("; ")
}

/// The lenses that are undecided, with their reasons.
fn undecided(row: &Row) -> String {
    let open = row.undecided.0.iter().map(|(lens, why)| format!("{lens}: {why}"));
    open.collect::<Vec<_>>().join(" | ")
}

/// What the lens security says.
fn add_security(rows: &[Row], table: &mut Table) {
    let found = || rows.iter().map(|row| row.security.as_ref());
    let words = |of: fn(&SecurityRow) -> String| found().map(move |s| s.map_or(String::new(), of));
    let number = |of: fn(&SecurityRow) -> Option<f64>| found().map(move |s| s.and_then(of));
    table.text("feared", words(|s| s.feared.clone()));
    table.number("threat_index", number(|s| Some(s.threat_index)));
    table.number("prevails_lo", number(|s| Some(s.prevails[0])));
    table.number("prevails_hi", number(|s| Some(s.prevails[1])));
    table.text("security_verdict", words(|s| s.verdict.to_string()));
    table.number("stopping_lo", number(|s| Some(s.stopping_odds[0])));
    table.number("stopping_hi", number(|s| Some(s.stopping_odds[1])));
    table.number("balancing_odds", number(|s| Some(s.balancing_odds)));
    table.whole("balancing_number", found().map(|s| s.and_then(|s| s.balancing_number)));
    table.number("order_from", number(|s| s.order_from));
    table.number("balance_to", number(|s| s.balance_to));
}
