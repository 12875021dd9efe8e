//! The pages of a simulation, and of one run of it.

use maud::{Markup, html};

use super::Page;
use super::parts::{certificate, share, table, whole};
use crate::error::Result;
use crate::parameters::simulation::{Rule, Rules};
use crate::report::simulation::{
    DoubtReport, GridReport, ReplayReport, SimulationReport, check_replay, check_simulation,
};

impl SimulationReport {
    /// The simulation as one self-contained page of HTML, checked on the way.
    ///
    /// # Errors
    /// As [`check_simulation`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_simulation(self, false)?;
        let title = self.title();
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            @if let Some(words) = self.dominance_words() { p { (words) } }
            (page.figures())
            h2 { "Who" }
            (self.who_table())
            h2 { "Periods" }
            (self.period_table())
            h2 { "Wars" }
            p { (self.war_words()) }
            h2 { "Balancing" }
            (self.balancing_table())
            @if !self.thirds.is_empty() {
                h2 { "By third of each range" }
                (self.third_table())
            }
            @if let Some(doubt) = &self.draws {
                h2 { "Over draws of " (doubt.sampling.estimates()) }
                p { (self.doubt_words(doubt)) }
                (draw_table(doubt))
            }
            @if let Some(compare) = &self.compare {
                h2 { "Compared: " (compare.changes()) }
                p { (self.compare_words(compare)) }
            }
            @if let Some(grid) = &self.grid {
                h2 { "Grid: " (self.plane_words(grid)) }
                (self.grid_table(grid))
            }
            p.muted { (self.limits()) }
            h2 { "Certificate" }
            (certificate(&verified))
            h2 { "Parameters" }
            (self.parameter_table())
            @if !self.notes.is_empty() {
                h2 { "Notes" }
                ul { @for note in &self.notes { li { (note) } } }
            }
        };
        Ok(page.around(&title, &body))
    }

    fn probability(&self, value: f64) -> Markup {
        html! { td.n data-value=(value) { (self.part_words(value)) } }
    }

    fn who_table(&self) -> Markup {
        let lines = html! {
            @for (k, (id, probability)) in self.hegemony.by.0.iter().enumerate() {
                tr {
                    td { (id) }
                    @match self.system.states.get(k) {
                        Some(state) => (share(state.share)),
                        None => td.n { "–" },
                    }
                    (self.probability(*probability))
                }
            }
        };
        table("who", &["state", "#share at the start", "#hegemon"], &lines)
    }

    fn period_table(&self) -> Markup {
        let lines = html! {
            @for (alive, path) in self.survival.iter().zip(&self.path) {
                tr {
                    (whole(alive.period.into()))
                    (self.probability(alive.balanced))
                    (self.probability(alive.interval[0]))
                    (self.probability(alive.interval[1]))
                    @for level in [0, 2, 4] { (share(path.leader_share[level])) }
                    @for level in [0, 2, 4] {
                        @let poles = path.effective_poles[level];
                        td.n data-value=(poles) { (format!("{poles:.1}")) }
                    }
                    td.n data-value=(path.states) { (format!("{:.1}", path.states)) }
                }
            }
        };
        let columns = [
            "#period",
            "#balanced",
            "#from",
            "#to",
            "#leading share, 5 %",
            "#50 %",
            "#95 %",
            "#poles, 5 %",
            "#50 %",
            "#95 %",
            "#states",
        ];
        table("periods", &columns, &lines)
    }

    fn balancing_table(&self) -> Markup {
        let lines = html! {
            @for row in &self.balancing {
                tr {
                    (share(row.leader_share[0]))
                    (share(row.leader_share[1]))
                    (share(row.with))
                    (share(row.against))
                    (share(row.elsewhere))
                    (whole(row.periods))
                }
            }
        };
        let columns =
            ["#leading share from", "#to", "#with it", "#against it", "#elsewhere", "#periods"];
        table("balancing", &columns, &lines)
    }

    fn third_table(&self) -> Markup {
        let lines = html! {
            @for third in &self.thirds {
                tr {
                    td { (third.parameter) }
                    td.n data-value=(third.from) { (format!("{:.3}", third.from)) }
                    td.n data-value=(third.to) { (format!("{:.3}", third.to)) }
                    (whole(third.runs.into()))
                    (self.probability(third.probability))
                    (self.probability(third.interval[0]))
                    (self.probability(third.interval[1]))
                }
            }
        };
        let columns = ["parameter", "#from", "#to", "#runs", "#hegemony", "#lowest", "#highest"];
        table("thirds", &columns, &lines)
    }

    fn grid_table(&self, grid: &GridReport) -> Markup {
        let lines = html! {
            @for cell in &grid.cells {
                tr {
                    td.n data-value=(cell.x) { (cell.x) }
                    @if let Some(y) = cell.y { td.n data-value=(y) { (y) } }
                    (self.probability(cell.probability))
                    (self.probability(cell.interval[0]))
                    (self.probability(cell.interval[1]))
                    (self.probability(cell.at_end))
                }
            }
        };
        let x = format!("#{}", grid.x.parameter.words());
        let y = grid.y.as_ref().map(|y| format!("#{}", y.parameter.words()));
        let mut columns = vec![x.as_str()];
        columns.extend(y.as_deref());
        columns.extend(["#hegemony", "#lowest", "#highest", "#at the end"]);
        table("grid", &columns, &lines)
    }

    fn parameter_table(&self) -> Markup {
        let range = |rule| self.ranges.iter().find(|range| range.parameter == rule);
        rule_table(&self.parameters, |rule| {
            range(rule).map(|range| format!("{} to {}", range.from, range.to))
        })
    }
}

impl ReplayReport {
    /// The run as one self-contained page of HTML, replayed once more by the plain rules.
    ///
    /// # Errors
    /// As [`check_replay`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_replay(self)?;
        let title = self.title();
        let lines = html! {
            @for scene in &self.scenes {
                @let (leader, part) = scene.leader();
                tr {
                    (whole(scene.period.into()))
                    td { (leader) }
                    (share(part))
                    td { (scene.words()) }
                }
            }
        };
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            (page.figures())
            h2 { "Periods" }
            (table("periods", &["#period", "strongest", "#its share", "what happens"], &lines))
            h2 { "Certificate" }
            (certificate(&verified))
            h2 { "Parameters" }
            (rule_table(&self.parameters, |_| None))
        };
        Ok(page.around(&title, &body))
    }
}

/// The rules, each with its value, or with what else there is to say of it.
fn rule_table(rules: &Rules, said: impl Fn(Rule) -> Option<String>) -> Markup {
    let lines = html! {
        @for rule in Rule::ALL {
            tr {
                td { (rule) }
                @match said(rule) {
                    Some(words) => td.n { (words) },
                    None => td.n data-value=(rule.of(rules)) { (rule.of(rules)) },
                }
            }
        }
        tr { td { "hold" } td.n { (rules.hold) } }
        tr { td { "alliances" } td.n { (rules.alliances) } }
    };
    table("parameters", &["parameter", "#value"], &lines)
}

fn draw_table(doubt: &DoubtReport) -> Markup {
    let lines = html! {
        @for (k, draw) in doubt.draws.iter().enumerate() {
            tr {
                (whole(k as u64))
                @for (_, value) in &draw.parameters.0 {
                    td.n data-value=(value) { (format!("{value:.3}")) }
                }
                (whole(draw.runs.into()))
                (whole(draw.hegemonic.into()))
                td { (draw.verdict) }
            }
        }
    };
    let names: Vec<String> = doubt.sampling.drawn().map(|t| format!("#{}", t.term)).collect();
    let mut columns = vec!["#draw"];
    columns.extend(names.iter().map(String::as_str));
    columns.extend(["#runs", "#hegemonic", "verdict"]);
    table("draws", &columns, &lines)
}
