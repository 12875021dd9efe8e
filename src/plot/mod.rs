//! Figures: drawn from a report once, written as SVG or as PNG.
//!
//! A figure is a [`Scene`], a list of marks in points; [`style`] is how they look, [`font`] how
//! wide texts are, [`labels`] puts labels where they do not overlap, [`axis`] and [`layout`]
//! draw what is around a plot. [`svg`](mod@svg) and [`png`](mod@png) write it down. Nothing is
//! computed here that the report does not hold, but for geometry.

mod arrange;
pub mod axis;
mod blocs;
pub mod coalition;
mod control;
pub mod evidence;
pub mod film;
pub mod font;
pub mod hatch;
mod judged;
mod kind;
pub mod labels;
pub mod layout;
mod lenses;
mod packing;
mod phase;
pub mod png;
mod price;
pub mod scene;
mod shares;
mod sheet;
mod stopping;
pub mod style;
pub mod svg;
mod tactics;
mod text;
mod threats;
mod timeline;

use std::path::Path;

pub use kind::FigureKind;
pub use price::Observed;
pub use scene::{Mark, Point, Scene, Text};

use crate::error::{Error, Result};

/// The form of a figure's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFormat {
    /// Lines and text that scale: `.svg`.
    Svg,
    /// Pixels, two a point: `.png`.
    Png,
}

impl FigureFormat {
    /// The form that a file's name asks for.
    ///
    /// # Errors
    /// If it ends in neither `.svg` nor `.png`.
    pub fn of(path: &Path) -> Result<Self> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            _ => Err(Error::parameter(
                "plot",
                "a file that ends in .svg or .png",
                format!("{:?}", path.display().to_string()),
            )),
        }
    }

    /// The bytes of the figure's file.
    ///
    /// # Errors
    /// If a picture of pixels would be too large.
    pub fn render(self, scene: &Scene) -> Result<Vec<u8>> {
        match self {
            Self::Svg => Ok(svg::svg(scene).into_bytes()),
            Self::Png => png::png(scene, png::SCALE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_extension_chooses_the_form() {
        let of = |name: &str| FigureFormat::of(Path::new(name));
        assert_eq!(of("a.svg").ok(), Some(FigureFormat::Svg));
        assert_eq!(of("a.b.PNG").ok(), Some(FigureFormat::Png));
        for name in ["a.pdf", "svg", "a."] {
            let error = of(name).unwrap_err().to_string();
            assert!(error.contains(".svg") && error.contains(".png"), "{error}");
        }
    }
}
