//! The points of a sweep as a table: one row a point.

use super::{PointReport, SecurityPoint, SweepReport, VERDICTS};
use crate::analysis::Lens;
use crate::report::format::{Table, parameters};

impl SweepReport {
    /// The points as a table: the coordinates, the leading state and its share, class, effective
    /// poles, price of peace, instability, both ends of its control through each lens, verdict,
    /// the share of draws with each verdict, the level of the grid, and the parameters that are not swept. O(points).
    pub fn table(&self) -> Table {
        let points = &self.points;
        let mut table = Table::default();
        let names: Vec<&str> =
            self.settings.coordinates.iter().map(|coordinate| coordinate.name.as_str()).collect();
        for (k, name) in names.iter().enumerate() {
            let value = |p: &PointReport| p.coordinates.0.get(k).map(|(_, value)| *value);
            table.number(name, points.iter().map(value));
        }
        table.text("leader", points.iter().map(|p| p.leader.as_str()));
        table.number("leader_share", points.iter().map(|p| Some(p.leader_share)));
        table.text("class", points.iter().map(|p| p.class.name()));
        table.number("effective_poles", points.iter().map(|p| Some(p.effective_poles)));
        table.number("price_of_peace", points.iter().map(|p| p.price_of_peace));
        table.number("instability", points.iter().map(|p| p.instability));
        for lens in Lens::OF_CONTROL {
            for (end, name) in ["lo", "hi"].iter().enumerate() {
                let value = |p: &PointReport| p.control.get(lens).map(|ends| ends[end]);
                table.number(&format!("{lens}_{name}"), points.iter().map(value));
            }
        }
        table.text("verdict", points.iter().map(|p| p.verdict.name()));
        if self.settings.draws.is_some() {
            for (k, name) in VERDICTS.map(|verdict| verdict.name()).iter().enumerate() {
                let share = |p: &PointReport| p.drawn_share(k);
                table.number(&format!("draws_{name}"), points.iter().map(share));
            }
        }
        let said =
            |of: fn(&SecurityPoint) -> f64| points.iter().map(move |p| p.security.as_ref().map(of));
        let words = |of: fn(&SecurityPoint) -> String| {
            points.iter().map(move |p| p.security.as_ref().map_or(String::new(), of))
        };
        table.text("feared", words(|s| s.feared.clone()));
        table.text("security_verdict", words(|s| s.verdict.name().to_owned()));
        table.number("prevails_lo", said(|s| s.prevails[0]));
        table.number("prevails_hi", said(|s| s.prevails[1]));
        table.number("stopping_lo", said(|s| s.stopping_odds[0]));
        table.number("stopping_hi", said(|s| s.stopping_odds[1]));
        table.number("balancing_odds", said(|s| s.balancing_odds));
        table.whole("level", points.iter().map(|p| Some(p.level)));
        let swept = |name: &str| names.iter().any(|known| known.replace('-', "_") == name);
        let mut rest = parameters(&self.settings.parameters);
        rest.retain(|(name, _)| !swept(name));
        table.constants(&rest);
        table
    }

    /// The [table](Self::table) as CSV; what is not known is empty.
    pub fn csv(&self) -> String {
        self.table().csv()
    }
}
