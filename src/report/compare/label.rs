//! Labels of cases: what they say of a case is held against its report.
//!
//! A label is made of the system's name, its year, the measure of power, the driver and
//! settings, as far as these tell cases apart, with spaces between them; the group is its
//! beginning without measure and settings.

use crate::parameters::Driver;
use crate::report::Report;
use crate::report::compare::Row;
use crate::setting::Setting;

/// What a row's label and group say of its report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Saying {
    /// What the report has.
    True,
    /// What it has not.
    False,
    /// Something else: words of whoever put the cases together.
    Other,
}

/// What each row's label says, in order.
pub(super) fn sayings(rows: &[Row], reports: &[Report]) -> Vec<Saying> {
    let one = |(row, report): (&Row, &Report)| {
        if spells(row, report) {
            return Saying::True;
        }
        let elsewhere = reports.iter().any(|other| spells(row, other));
        match elsewhere || contradicts(&row.label, report) {
            true => Saying::False,
            false => Saying::Other,
        }
    };
    rows.iter().zip(reports).map(one).collect()
}

/// Whether label and group are made of what the report has.
fn spells(row: &Row, report: &Report) -> bool {
    let system = &report.system;
    let year = system.year.map(|year| year.to_string());
    let parts = [Some(system.name.clone()), year];
    let bases = (0..4).map(|bits| {
        let chosen = parts.iter().enumerate().filter(|(k, _)| bits >> k & 1 == 1);
        chosen.filter_map(|(_, part)| part.clone()).collect::<Vec<_>>().join(" ")
    });
    let mut rests = bases.filter(|base| *base == row.group).filter_map(|base| {
        let rest = row.label.strip_prefix(&base)?;
        if base.is_empty() || rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
    });
    rests.any(|rest| {
        let measured = rest.strip_prefix(&system.measure);
        let measured = measured.filter(|rest| rest.is_empty() || rest.starts_with(' '));
        settings(rest, report) || measured.is_some_and(|rest| settings(rest.trim_start(), report))
    })
}

/// Whether every word is the driver or a setting that the report has.
fn settings(words: &str, report: &Report) -> bool {
    words.split(' ').filter(|word| !word.is_empty()).all(|word| {
        let driver = match report.parameters.driver {
            Driver::Power => "power",
            Driver::Threat => "threat",
        };
        word == driver || setting(word, report) == Some(true)
    })
}

/// Whether a setting in words is the report's; `None` if it is none.
fn setting(word: &str, report: &Report) -> Option<bool> {
    let (name, value) = word.split_once('=')?;
    let value: f64 = value.parse().ok()?;
    Some(Setting::from_name(name)?.of(&report.parameters) == value)
}

/// Whether some word is a setting that the report has not.
fn contradicts(label: &str, report: &Report) -> bool {
    label.split(' ').any(|word| setting(word, report) == Some(false))
}
