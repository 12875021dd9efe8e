//! How a figure is put on paper: its form, its width, its resolution, and whether its title is on it.

use std::path::Path;

use super::scene::{Mark, Scene, Text, Weight};
use super::{pdf, png, svg};
use crate::error::{Error, Result};

/// Points of an inch.
const INCH: f64 = 72.0;
/// What a width can be given in, and how many points that is.
const UNITS: [(&str, f64); 4] =
    [("mm", INCH / 25.4), ("cm", INCH / 2.54), ("in", INCH), ("pt", 1.0)];

/// The form of a figure's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFormat {
    /// Lines and text that scale: `.svg`.
    Svg,
    /// Pixels: `.png`.
    Png,
    /// A page for journals: `.pdf`.
    Pdf,
}

impl FigureFormat {
    /// The form that a file's name asks for.
    ///
    /// # Errors
    /// If it ends in none of `.svg`, `.png` and `.pdf`.
    pub fn of(path: &Path) -> Result<Self> {
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        match extension.as_deref() {
            Some("svg") => Ok(Self::Svg),
            Some("png") => Ok(Self::Png),
            Some("pdf") => Ok(Self::Pdf),
            _ => Err(Error::parameter(
                "plot",
                "a file that ends in .svg, .png or .pdf",
                format!("{:?}", path.display().to_string()),
            )),
        }
    }

    /// The bytes of the figure's file, as it was drawn.
    ///
    /// # Errors
    /// If a picture of pixels would be too large.
    pub fn render(self, scene: &Scene) -> Result<Vec<u8>> {
        Paper::default().render(self, scene)
    }
}

/// How a figure is put on paper.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Its width in points, to which everything is scaled; `None` as it was drawn.
    pub width: Option<f64>,
    /// Pixels an inch, of pictures of pixels.
    pub dpi: f64,
    /// Whether title and words above the plot are on it.
    pub titled: bool,
}

impl Default for Paper {
    fn default() -> Self {
        Self { width: None, dpi: png::DPI, titled: true }
    }
}

/// The least part of its size that text is printed in: its smallest is then 6 points high.
const SMALLEST: f64 = 0.8;
/// The least width of a sheet: narrower, a figure has no room for what is written on it.
const NARROW: f64 = 270.0;

impl Paper {
    /// The width of the sheet that a figure is laid out on, where it would have `usual`: narrower for
    /// a narrow paper, so that scaled to it text, lines and gaps keep their size.
    pub(super) fn sheet(&self, usual: f64) -> f64 {
        self.width.map_or(usual, |width| (width / SMALLEST).max(NARROW).min(usual))
    }

    /// The bytes of a figure's file.
    ///
    /// # Errors
    /// If a picture of pixels would be too large.
    pub fn render(&self, form: FigureFormat, scene: &Scene) -> Result<Vec<u8>> {
        let untitled;
        let scene = match self.titled {
            true => scene,
            false => {
                untitled = scene.untitled();
                &untitled
            }
        };
        let scale = self.width.map_or(1.0, |width| width / scene.width);
        match form {
            FigureFormat::Svg => Ok(svg::sized(scene, scale).into_bytes()),
            FigureFormat::Png => png::png(scene, scale * self.dpi / INCH, self.dpi),
            FigureFormat::Pdf => pdf::pdf(scene, scale),
        }
    }

    /// A width from its text: `85mm`, `3.3in`, `240pt`; in points.
    pub fn width(text: &str) -> Option<f64> {
        let (number, points) = UNITS.iter().find_map(|(unit, points)| {
            Some((text.trim().strip_suffix(unit)?.trim_end().parse::<f64>().ok()?, points))
        })?;
        Some(number * points).filter(|width| width.is_finite() && *width > 0.0)
    }

    /// The least font size on it, in points: what is to be read has to be large enough.
    pub fn least_text(&self, scene: &Scene) -> Option<f64> {
        let scale = self.width.map_or(1.0, |width| width / scene.width);
        scene.texts().iter().map(|text| scale * text.size).min_by(f64::total_cmp)
    }
}

impl Scene {
    /// What stands above the plot, for a caption.
    pub fn caption(&self) -> String {
        let heading = self.groups(HEADING);
        let texts = heading.iter().flat_map(|group| &group.marks).filter_map(|mark| match mark {
            Mark::Text(text) => Some(text),
            _ => None,
        });
        let (titles, words): (Vec<&Text>, Vec<&Text>) =
            texts.partition(|text| text.weight == Weight::Bold);
        let joined = |texts: Vec<&Text>| {
            texts.iter().map(|text| &*text.content).collect::<Vec<_>>().join(" ")
        };
        let (title, words) = (joined(titles), joined(words));
        let space = if words.is_empty() { "" } else { ". " };
        format!("{title}{space}{words}")
    }

    /// The same without what stands above the plot: its title is then for the caption.
    #[must_use]
    pub fn untitled(&self) -> Self {
        let is_heading = |mark: &Mark| matches!(mark, Mark::Group(group) if group.class == HEADING);
        let heading = self.groups(HEADING);
        let texts = heading.iter().flat_map(|group| &group.marks);
        let ends = texts.filter_map(|mark| match mark {
            Mark::Text(text) => Some(text.area()),
            _ => None,
        });
        let Some(area) = ends.reduce(super::scene::Area::union) else { return self.clone() };
        let mut scene = Self::new(self.width, self.height - area.height(), self.title.clone());
        scene.description.clone_from(&self.description);
        // The first mark is the sheet itself.
        let marks = self.marks.iter().skip(1).filter(|mark| !is_heading(mark));
        marks.for_each(|mark| scene.add(mark.lowered(-area.height())));
        scene
    }
}

/// The class of what stands above a plot.
pub(super) const HEADING: &str = "heading";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::layout::{MARGIN, heading};
    use crate::plot::scene::Area;
    use crate::plot::style::{BLUE, Dash, Look, Stroke};

    fn scene() -> Scene {
        let mut marks = Vec::new();
        let end = heading(&mut marks, [MARGIN, MARGIN], 172.0, "A title", "and words under it");
        let mut scene = Scene::new(200.0, end + 60.0, "A title");
        marks.into_iter().for_each(|mark| scene.add(mark));
        scene.add(Mark::circle([60.0, end + 20.0], 9.0, Look::filled(BLUE, 0.5)));
        let stroke = Stroke::new(BLUE, 1.0).dashed(Dash::Dashed);
        scene.add(Mark::line([10.0, end + 5.0], [90.0, end + 30.0], stroke));
        scene.add(Mark::Text(Text::new([20.0, end + 40.0], "Äg").with_halo().rotated(20.0)));
        scene
    }

    #[test]
    fn the_extension_chooses_the_form() {
        let of = |name: &str| FigureFormat::of(Path::new(name));
        assert_eq!(of("a.svg").ok(), Some(FigureFormat::Svg));
        assert_eq!(of("a.b.PNG").ok(), Some(FigureFormat::Png));
        assert_eq!(of("a.pdf").ok(), Some(FigureFormat::Pdf));
        for name in ["a.eps", "svg", "a."] {
            let error = of(name).unwrap_err().to_string();
            assert!(error.contains(".svg") && error.contains(".pdf"), "{error}");
        }
    }

    #[test]
    fn widths_are_read_with_their_units() {
        assert_eq!(Paper::width("72pt"), Some(72.0));
        assert_eq!(Paper::width(" 2 in"), Some(144.0));
        assert!((Paper::width("25.4mm").unwrap() - 72.0).abs() < 1e-9);
        assert!((Paper::width("8.5cm").unwrap() - Paper::width("85mm").unwrap()).abs() < 1e-9);
        for wrong in ["85", "mm", "-1mm", "0pt", "NaNmm", "infmm", "85 px"] {
            assert_eq!(Paper::width(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn pictures_have_the_width_and_resolution_asked_for() {
        let paper = Paper { width: Paper::width("2in"), dpi: 300.0, ..Paper::default() };
        let png = paper.render(FigureFormat::Png, &scene()).unwrap();
        assert_eq!(u32::from_be_bytes(png[16..20].try_into().unwrap()), 600);
        // It says how many pixels a metre has: 300 an inch.
        let place = png.windows(4).position(|four| four == b"pHYs").unwrap();
        assert_eq!(u32::from_be_bytes(png[place + 4..place + 8].try_into().unwrap()), 11811);
        let svg = paper.render(FigureFormat::Svg, &scene()).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        assert!(svg.contains("width=\"144pt\"") && svg.contains("viewBox=\"0 0 200 "), "{svg}");
        assert!((paper.least_text(&scene()).unwrap() - 9.0 * 144.0 / 200.0).abs() < 1e-9);
    }

    #[test]
    fn without_its_title_a_figure_is_so_much_lower_and_the_rest_is_the_same() {
        let (titled, plain) = (scene(), scene().untitled());
        assert_eq!(titled.caption(), "A title. and words under it");
        assert_eq!(plain.caption(), "");
        assert_eq!(titled.texts().len(), 3);
        assert_eq!(plain.texts().len(), 1);
        let by = titled.height - plain.height;
        assert!(by > 20.0 && plain.title == "A title", "{by}");
        let low = |scene: &Scene| scene.texts().last().unwrap().at[1];
        assert!((low(&titled) - low(&plain) - by).abs() < 1e-9);
        assert_eq!(plain.faults(), [""; 0]);
        // A figure without one stays as it is.
        assert_eq!(plain.untitled(), plain);
        let sheet = Area::new([0.0; 2], [plain.width, plain.height]);
        assert_eq!(
            plain.marks[0],
            Mark::rectangle(sheet, Look::filled(super::super::style::PAPER, 1.0))
        );
    }

    #[test]
    fn a_page_of_pdf_has_its_size_its_title_and_nothing_from_outside() {
        let paper = Paper { width: Paper::width("100pt"), ..Paper::default() };
        let bytes = paper.render(FigureFormat::Pdf, &scene()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with("%PDF-1.7") && text.trim_end().ends_with("%%EOF"));
        assert!(text.contains("/MediaBox [0 0 100 ") && text.contains("A title"), "{text}");
        assert!(!text.contains("/URI") && !text.contains("/Font"));
        assert_eq!(bytes, paper.render(FigureFormat::Pdf, &scene()).unwrap());
    }
}
