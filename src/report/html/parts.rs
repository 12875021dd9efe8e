//! The pieces that pages are put together from.

use maud::{Markup, html};

use crate::analysis::Lens;
use crate::parameters::{Driver, Parameters};
use crate::report::text::percent;
use crate::report::{LensRow, Verification};
use crate::setting::Setting;

/// A cell with a share in percent.
pub(in crate::report) fn share(value: f64) -> Markup {
    html! { td.n data-value=(value) { (percent(value)) } }
}

/// The same where there may be none.
pub(in crate::report) fn some_share(value: Option<f64>) -> Markup {
    html! { @match value { Some(value) => (share(value)), None => td.n { "–" } } }
}

/// The two cells of an interval.
pub(in crate::report) fn ends(control: Option<[f64; 2]>) -> Markup {
    html! { (some_share(control.map(|c| c[0]))) (some_share(control.map(|c| c[1]))) }
}

/// The heads of the columns of [`lens_cells`].
pub(in crate::report) fn lens_columns() -> Vec<String> {
    let lenses = Lens::OF_CONTROL.into_iter().filter(|lens| lens.is_of_contest());
    lenses.flat_map(|lens| [format!("#{lens}"), "#to".to_owned()]).collect()
}

/// Cells with the interval through each lens of the contest.
pub(in crate::report) fn lens_cells(control: &LensRow) -> Markup {
    html! { @for (_, control) in control.of_contest() { (ends(control)) } }
}

/// A cell with a count.
pub(in crate::report) fn whole(value: u64) -> Markup {
    html! { td.n data-value=(value) { (value) } }
}

/// A table that sorts; columns of numbers begin with `#`.
pub(in crate::report) fn table(id: &str, columns: &[&str], rows: &Markup) -> Markup {
    html! {
        div.wide {
            table.sortable id=(id) {
                thead { tr {
                    @for column in columns {
                        @match column.strip_prefix('#') {
                            Some(number) => th.n scope="col" { (number) },
                            None => th scope="col" { (column) },
                        }
                    }
                } }
                tbody { (rows) }
            }
        }
    }
}

/// The parameters of the model.
pub(in crate::report) fn parameters(parameters: &Parameters) -> Markup {
    let driver = match parameters.driver {
        Driver::Power => "power",
        Driver::Threat => "threat",
    };
    let rows = html! {
        @for setting in Setting::ALL {
            tr {
                td { (setting.name()) }
                td.n data-value=(setting.of(parameters)) { (setting.of(parameters)) }
            }
        }
        tr { td { "driver" } td.n { (driver) } }
    };
    table("parameters", &["parameter", "#value"], &rows)
}

/// How many claims were verified, by what they are about.
pub(in crate::report) fn certificate(found: &Verification) -> Markup {
    let mut counts: Vec<(&str, u64, u64)> = Vec::new();
    for claim in &found.claims {
        let about = claim.what.split_once(':').map_or("other", |(about, _)| about);
        let at = counts.iter().position(|(known, ..)| *known == about).unwrap_or_else(|| {
            counts.push((about, 0, 0));
            counts.len() - 1
        });
        counts[at].1 += 1;
        counts[at].2 += u64::from(claim.holds());
    }
    let rows = html! {
        @for (about, claims, held) in &counts {
            tr { td { (about) } (whole(*claims)) (whole(*held)) }
        }
    };
    html! {
        p id="claims" {
            (found.summary())
        }
        (table("certificate", &["claims on", "#examined", "#hold"], &rows))
        @for text in &found.unexamined { p.muted { "Not examined: " (text) } }
    }
}
