//! A report as a page: one file of HTML with its figures, tables, style and script in it.
//!
//! The page needs no network, which its content security policy enforces. Tables sort by a
//! click where scripts run and are whole where none do. Every number of a table is there in
//! full as `data-value`.

mod comparison;
pub(in crate::report) mod parts;
mod simulation;
mod sweep;

use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What a page has besides its report.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The command that made it.
    pub command: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A figure of a page.
#[derive(Debug, Clone, Default)]
pub struct Figure {
    /// The figure without its title, as SVG.
    pub svg: String,
    /// What stands below it.
    pub caption: String,
}

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("sort.js");
/// Nothing is loaded from anywhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

impl Page {
    /// The whole page around its body.
    pub(in crate::report) fn around(&self, title: &str, body: &Markup) -> String {
        let page = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="generator" content=(concat!("equipoise ", env!("CARGO_PKG_VERSION")));
                    title { (title) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        (body)
                        h2 { "How it was made" }
                        pre { (self.command) }
                        p.muted { "equipoise " (env!("CARGO_PKG_VERSION")) }
                    }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        };
        page.into_string() + "\n"
    }

    /// The figures, one below the other.
    pub(in crate::report) fn figures(&self) -> Markup {
        html! {
            @for figure in &self.figures {
                figure {
                    (PreEscaped(&figure.svg))
                    @if !figure.caption.is_empty() { figcaption { (figure.caption) } }
                }
            }
        }
    }
}
