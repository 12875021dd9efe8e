//! The points of a sweep as columns: what CSV and Parquet have in common.

use super::{PointReport, SecurityPoint, SweepReport};

/// A column of the table of points.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its cells, one a point.
    pub cells: Cells,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Numbers, which may be missing.
    Number(Vec<Option<f64>>),
    /// Words.
    Text(Vec<String>),
    /// Whole numbers.
    Whole(Vec<u32>),
}

impl Column {
    /// A cell in words; empty where it is missing.
    pub fn cell(&self, row: usize) -> String {
        match &self.cells {
            Cells::Number(cells) => cells[row].map_or_else(String::new, |cell| cell.to_string()),
            Cells::Text(cells) => cells[row].clone(),
            Cells::Whole(cells) => cells[row].to_string(),
        }
    }
}

impl SweepReport {
    /// The points as columns: the coordinates, the leading state and its share, class, effective
    /// poles, price of peace, instability, both ends of its control through each lens, verdict,
    /// what the lens security says, and the level of the grid. O(points).
    pub fn columns(&self) -> Vec<Column> {
        let points = &self.points;
        let column = |name: &str, cells| Column { name: name.into(), cells };
        let number = |name: &str, value: &dyn Fn(&PointReport) -> Option<f64>| {
            column(name, Cells::Number(points.iter().map(value).collect()))
        };
        let text = |name: &str, value: &dyn Fn(&PointReport) -> &str| {
            column(name, Cells::Text(points.iter().map(|p| value(p).to_owned()).collect()))
        };
        let mut columns = Vec::new();
        for (k, coordinate) in self.settings.coordinates.iter().enumerate() {
            let value = |p: &PointReport| p.coordinates.0.get(k).map(|(_, value)| *value);
            columns.push(number(&coordinate.name, &value));
        }
        columns.push(text("leader", &|p| &p.leader));
        columns.push(number("leader_share", &|p| Some(p.leader_share)));
        columns.push(text("class", &|p| p.class.name()));
        columns.push(number("effective_poles", &|p| Some(p.effective_poles)));
        columns.push(number("price_of_peace", &|p| p.price_of_peace));
        columns.push(number("instability", &|p| p.instability));
        for (k, lens) in ["polarity", "settlement", "blocs", "alignment"].iter().enumerate() {
            for (end, name) in ["lo", "hi"].iter().enumerate() {
                let value = |p: &PointReport| p.control.named()[k].1.map(|ends| ends[end]);
                columns.push(number(&format!("{lens}_{name}"), &value));
            }
        }
        columns.push(text("verdict", &|p| p.verdict.name()));
        let said =
            |p: &PointReport, of: &dyn Fn(&SecurityPoint) -> f64| p.security.as_ref().map(of);
        columns.push(text("feared", &|p| p.security.as_ref().map_or("", |s| &s.feared)));
        columns.push(text("security_verdict", &|p| {
            p.security.as_ref().map_or("", |s| s.verdict.name())
        }));
        columns.push(number("prevails_lo", &|p| said(p, &|s| s.prevails[0])));
        columns.push(number("prevails_hi", &|p| said(p, &|s| s.prevails[1])));
        columns.push(number("stopping_lo", &|p| said(p, &|s| s.stopping_odds[0])));
        columns.push(number("stopping_hi", &|p| said(p, &|s| s.stopping_odds[1])));
        columns.push(number("balancing_odds", &|p| said(p, &|s| s.balancing_odds)));
        let levels = points.iter().map(|p| p.level).collect();
        columns.push(column("level", Cells::Whole(levels)));
        columns
    }
}
