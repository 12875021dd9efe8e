//! The page of a sweep.

use maud::{Markup, html};

use super::Page;
use super::parts::{
    certificate, lens_cells, lens_columns, parameters, share, some_share, table, whole,
};
use crate::error::Result;
use crate::report::sweep::{SweepReport, VERDICTS, check_sweep};
use crate::report::text::count;

impl SweepReport {
    /// The sweep as one self-contained page of HTML. What can be verified without solving is, on
    /// the way.
    ///
    /// # Errors
    /// As [`check_sweep`].
    pub fn html(&self, page: &Page) -> Result<String> {
        let verified = check_sweep(self, false)?;
        let title = self.title();
        let body = html! {
            h1 id="verdict" { (title) }
            p.gist { (self.gist()) }
            @if let Some(words) = self.draw_words() { p { (words) } }
            (page.figures())
            h2 { "How much of the plane" }
            (self.area_table())
            h2 { "Borders" }
            (self.border_table())
            p.muted { (self.limits()) }
            h2 { "Places of the coarse grid" }
            (self.point_table())
            h2 { "Certificate" }
            (certificate(&verified))
            h2 { "Parameters" }
            @if self.settings.plane == "parameters" {
                p.muted { "Those that are swept as they are elsewhere." }
            }
            (parameters(&self.settings.parameters))
            @if !self.notes.is_empty() {
                h2 { "Notes" }
                ul { @for note in &self.notes { li { (note) } } }
            }
        };
        Ok(page.around(&title, &body))
    }

    fn area_table(&self) -> Markup {
        let lines = html! {
            @for &aspect in &self.settings.grid.by {
                @for area in self.areas_of(aspect) {
                    tr {
                        td { (aspect.name()) }
                        td { (area.outcome) }
                        (share(area.least))
                        (share(area.most))
                    }
                }
            }
        };
        table("areas", &["by", "outcome", "#at least", "#at most"], &lines)
    }

    fn border_table(&self) -> Markup {
        let lines = html! {
            @for border in &self.borders {
                tr {
                    td { (border.of.name()) }
                    td { (border.between[0]) }
                    td { (border.between[1]) }
                    (whole(border.lines.len() as u64))
                    @for k in 0..self.settings.coordinates.len() {
                        @let [low, high] = border.range(k);
                        td.n data-value=(low) { (format!("{low:.4}")) }
                        td.n data-value=(high) { (format!("{high:.4}")) }
                    }
                }
            }
        };
        let mut columns = vec!["of".to_owned(), "between".into(), "and".into(), "#lines".into()];
        for coordinate in &self.settings.coordinates {
            columns.push(format!("#{} from", coordinate.name.replace('_', " ")));
            columns.push("#to".into());
        }
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        table("borders", &columns, &lines)
    }

    /// The places that coarse cells have for corners; all others are in the other forms.
    fn point_table(&self) -> Markup {
        let coarse: Vec<_> = self.points.iter().filter(|point| point.level == 0).collect();
        let lines = html! {
            @for point in &coarse {
                tr {
                    @for (_, value) in &point.coordinates.0 {
                        td.n data-value=(value) { (format!("{value:.4}")) }
                    }
                    td { (point.leader) }
                    (share(point.leader_share))
                    td { (point.class) }
                    (some_share(point.price_of_peace))
                    (some_share(point.instability))
                    (lens_cells(&point.control))
                    td { (point.verdict) }
                    @if self.settings.draws.is_some() {
                        @for k in 0..VERDICTS.len() { (some_share(point.drawn_share(k))) }
                    }
                }
            }
        };
        let names = self.settings.coordinates.iter();
        let names: Vec<String> = names.map(|c| format!("#{}", c.name.replace('_', " "))).collect();
        let mut columns: Vec<&str> = names.iter().map(String::as_str).collect();
        columns.extend(["leader", "#share", "class", "#price of peace", "#instability"]);
        let lenses = lens_columns();
        columns.extend(lenses.iter().map(String::as_str));
        columns.push("verdict");
        let draws = VERDICTS.map(|verdict| format!("#draws {}", verdict.name()));
        if self.settings.draws.is_some() {
            columns.extend(draws.iter().map(String::as_str));
        }
        let more = count((self.points.len() - coarse.len()) as u64, "further place");
        html! {
            p.muted { "Along the borders there are " (more) ", in " code { "--format csv" } "." }
            (table("points", &columns, &lines))
        }
    }
}
