//! A comparison as CSV: one row a case.

use crate::report::compare::{Comparison, Row, SecurityRow, TheoryTable};
use crate::report::format::csv::csv;

const HEADER: [&str; 36] = [
    "label",
    "year",
    "measure",
    "parameters",
    "class",
    "leader",
    "leader_share",
    "effective_poles",
    "price_of_peace",
    "instability",
    "core_stable",
    "polarity_lo",
    "polarity_hi",
    "settlement_lo",
    "settlement_hi",
    "blocs_lo",
    "blocs_hi",
    "alignment_lo",
    "alignment_hi",
    "multiplier_lo",
    "multiplier_hi",
    "verdict",
    "blocs",
    "changes",
    "roles",
    "feared",
    "threat_index",
    "prevails_lo",
    "prevails_hi",
    "security_verdict",
    "stopping_lo",
    "stopping_hi",
    "balancing_odds",
    "balancing_number",
    "order_from",
    "balance_to",
];

impl Comparison {
    /// The comparison as CSV, one row a case; what is not known is empty. Blocs are written as
    /// `A+B | C`, changes as `class:multipolar>bipolar`, with `; ` between them, roles with
    /// their weights at both ends as `balancer:0.2..1`. Each theory
    /// asked adds a column with its verdict.
    pub fn csv(&self) -> String {
        let theories = self.theories.as_ref();
        let names = theories.map_or(&[][..], |table| &table.theories);
        let header = HEADER.iter().map(|name| (*name).to_owned()).chain(names.iter().cloned());
        let mut said = theories.into_iter().flat_map(TheoryTable::by_case);
        let rows = self.rows.iter().map(|row| {
            let verdicts = said.next().into_iter().flatten().map(|theory| known(theory.verdict));
            cells(row).into_iter().chain(verdicts).collect()
        });
        csv(std::iter::once(header.collect::<Vec<_>>()).chain(rows))
    }
}

fn cells(row: &Row) -> Vec<String> {
    let mut cells = vec![
        row.label.clone(),
        known(row.year),
        row.measure.clone(),
        row.parameters.clone(),
        known(row.class),
        row.leader.clone(),
        row.leader_share.to_string(),
        known(row.effective_poles),
        known(row.price_of_peace),
        known(row.instability),
        known(row.core_stable),
    ];
    for (_, control) in row.control.named() {
        let [low, high] = control.map_or([None, None], |ends| ends.map(Some));
        cells.extend([known(low), known(high)]);
    }
    cells.extend(row.multiplier.map(|end| end.to_string()));
    cells.push(row.verdict.to_string());
    let blocs = row.blocs.iter().flatten().map(|bloc| bloc.join("+")).collect::<Vec<_>>();
    cells.push(blocs.join(" | "));
    let changes = row.changes.iter();
    let changes = changes.map(|change| format!("{}:{}>{}", change.what, change.from, change.to));
    cells.push(changes.collect::<Vec<_>>().join("; "));
    let roles = row.roles.iter().flat_map(|roles| &roles.0);
    let roles = roles.map(|(role, [low, high])| format!("{role}:{low}..{high}"));
    cells.push(roles.collect::<Vec<_>>().join("; "));
    cells.extend(security(row.security.as_ref()));
    cells
}

fn security(found: Option<&SecurityRow>) -> [String; 11] {
    let Some(found) = found else { return Default::default() };
    [
        found.feared.clone(),
        found.threat_index.to_string(),
        found.prevails[0].to_string(),
        found.prevails[1].to_string(),
        found.verdict.to_string(),
        found.stopping_odds[0].to_string(),
        found.stopping_odds[1].to_string(),
        found.balancing_odds.to_string(),
        known(found.balancing_number),
        known(found.order_from),
        known(found.balance_to),
    ]
}

fn known(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}
