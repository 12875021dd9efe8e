//! How figures look, in one place: colours, lines, dashes, markers, sizes.
//!
//! The colours are those of Okabe & Ito (2008), *Color Universal Design*, which people with any
//! form of colour-blindness tell apart; yellow is left out, as it is lost on paper. Colour is
//! never the only difference: every [`Series`] has its own dashes and its own marker too, so a
//! figure survives a black-and-white printer.

use super::scene::{Mark, Point};

/// A colour, as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// As `#rrggbb`.
    pub fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Mixed with paper: 1 is the colour itself, 0 is white.
    #[must_use]
    pub fn tint(self, strength: f64) -> Self {
        let mix = |c: u8| (255.0 - (255.0 - f64::from(c)) * strength.clamp(0.0, 1.0)).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }

    /// On the way to another: 0 is the colour itself, 1 the other.
    #[must_use]
    pub fn mixed(self, other: Self, part: f64) -> Self {
        let mix = |a: u8, b: u8| {
            (f64::from(a) + (f64::from(b) - f64::from(a)) * part.clamp(0.0, 1.0)).round() as u8
        };
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Its relative luminance (Web Content Accessibility Guidelines 2.2): 0 is black, 1 white.
    fn luminance(self) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(self.0) + 0.7152 * part(self.1) + 0.0722 * part(self.2)
    }

    /// The contrast with another, from 1, the same, to 21, black on white.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// So much darker that text in it can be read on paper, and on a faint tint of any colour.
    #[must_use]
    pub fn legible(self) -> Self {
        let steps = (0..=20).map(|step| self.shade(1.0 - f64::from(step) / 20.0));
        steps.into_iter().find(|color| color.contrast(PAPER) >= 1.15 * LEGIBLE).unwrap_or(INK)
    }

    /// The colour of text on it: ink, paper or black, the first that can be read. One always can, as
    /// the contrasts of a colour with black and with paper are 21 multiplied, and 4.5² is less.
    #[must_use]
    pub fn text(self) -> Self {
        let can_be_read = |text: &Self| self.contrast(*text) >= LEGIBLE;
        [INK, PAPER].into_iter().find(can_be_read).unwrap_or(Self(0, 0, 0))
    }

    /// Darker: 1 is the colour itself, 0 is black.
    #[must_use]
    pub fn shade(self, strength: f64) -> Self {
        let mix = |c: u8| (f64::from(c) * strength.clamp(0.0, 1.0)).round() as u8;
        Self(mix(self.0), mix(self.1), mix(self.2))
    }
}

/// The least contrast of text with what is under it (the guidelines' level AA).
pub const LEGIBLE: f64 = 4.5;

/// What is drawn on.
pub const PAPER: Color = Color(255, 255, 255);
/// Text and outlines.
pub const INK: Color = Color(34, 34, 34);
/// What is said aside.
pub const MUTED: Color = Color(96, 96, 96);
/// Grid lines and leaders.
pub const FAINT: Color = Color(190, 190, 190);
/// Okabe & Ito's blue.
pub const BLUE: Color = Color(0, 114, 178);
/// Okabe & Ito's vermillion.
pub const VERMILLION: Color = Color(213, 94, 0);
/// Okabe & Ito's bluish green.
pub const GREEN: Color = Color(0, 158, 115);
/// Okabe & Ito's orange.
pub const ORANGE: Color = Color(230, 159, 0);
/// Okabe & Ito's sky blue.
pub const SKY: Color = Color(86, 180, 233);
/// Okabe & Ito's reddish purple.
pub const PURPLE: Color = Color(204, 121, 167);

/// Font size of ordinary text, in points.
pub const SIZE: f64 = 9.0;
/// Font size of what is said aside.
pub const SMALL: f64 = 7.5;
/// Font size of a figure's title.
pub const TITLE: f64 = 12.0;
/// From one line of text to the next, as a multiple of the font size.
pub const LEADING: f64 = 1.35;

/// Width of grid lines and leaders.
pub const HAIRLINE: f64 = 0.5;
/// Width of outlines.
pub const THIN: f64 = 0.9;
/// Width of the lines that a figure is about.
pub const THICK: f64 = 1.8;
/// Radius of a marker.
pub const MARKER: f64 = 4.0;

/// How a line is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dash {
    /// It is not.
    #[default]
    Solid,
    /// `- - -`
    Dashed,
    /// `· · ·`
    Dotted,
    /// `- · -`
    DashDotted,
    /// `— — —`
    Long,
}

impl Dash {
    /// Lengths drawn and left out in turn, in points, for a line so wide. Empty if solid.
    pub fn pattern(self, width: f64) -> Vec<f64> {
        let unit = width.max(0.8);
        let of = |parts: &[f64]| parts.iter().map(|part| part * unit).collect();
        match self {
            Self::Solid => Vec::new(),
            Self::Dashed => of(&[4.0, 2.5]),
            Self::Dotted => of(&[1.2, 1.8]),
            Self::DashDotted => of(&[5.0, 2.0, 1.2, 2.0]),
            Self::Long => of(&[8.0, 3.0]),
        }
    }
}

/// A line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width in points.
    pub width: f64,
    /// How it is broken.
    pub dash: Dash,
    /// From 0, not there, to 1.
    pub opacity: f64,
}

impl Stroke {
    /// A solid line.
    pub const fn new(color: Color, width: f64) -> Self {
        Self { color, width, dash: Dash::Solid, opacity: 1.0 }
    }

    /// The same, broken.
    #[must_use]
    pub const fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

/// What fills a shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fill {
    /// Its colour.
    pub color: Color,
    /// From 0, not there, to 1.
    pub opacity: f64,
}

/// Fill and line of a shape.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Look {
    /// What it is filled with.
    pub fill: Option<Fill>,
    /// What it is outlined with.
    pub stroke: Option<Stroke>,
}

impl Look {
    /// Filled, without a line.
    pub const fn filled(color: Color, opacity: f64) -> Self {
        Self { fill: Some(Fill { color, opacity }), stroke: None }
    }

    /// A line alone.
    pub const fn line(stroke: Stroke) -> Self {
        Self { fill: None, stroke: Some(stroke) }
    }

    /// The same, outlined.
    #[must_use]
    pub const fn outlined(self, stroke: Stroke) -> Self {
        Self { stroke: Some(stroke), ..self }
    }
}

/// The shape that marks a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// ●
    Disc,
    /// ◆
    Diamond,
    /// ■
    Square,
    /// ▲
    Triangle,
    /// ▼
    Wedge,
    /// ○
    Ring,
}

impl Marker {
    /// The marker at a point, with a rim of paper that sets it off from lines.
    pub fn mark(self, at: Point, radius: f64, color: Color) -> Mark {
        let look = Look::filled(color, 1.0).outlined(Stroke::new(PAPER, 1.0));
        let polygon = |corners: &[Point]| {
            let place = |c: &Point| [at[0] + c[0] * radius, at[1] + c[1] * radius];
            Mark::polygon(corners.iter().map(place).collect(), look)
        };
        match self {
            Self::Disc => Mark::circle(at, radius, look),
            Self::Diamond => polygon(&[[0.0, -1.3], [1.3, 0.0], [0.0, 1.3], [-1.3, 0.0]]),
            Self::Square => polygon(&[[-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]]),
            Self::Triangle => polygon(&[[0.0, -1.25], [1.15, 0.8], [-1.15, 0.8]]),
            Self::Wedge => polygon(&[[0.0, 1.25], [1.15, -0.8], [-1.15, -0.8]]),
            Self::Ring => Mark::circle(at, radius, Look::line(Stroke::new(color, THICK))),
        }
    }
}

/// What one of several things of a kind is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// Its colour.
    pub color: Color,
    /// Its dashes.
    pub dash: Dash,
    /// Its marker.
    pub marker: Marker,
}

/// The looks of the first things of a kind, then dashed, then otherwise broken.
pub fn series(index: usize) -> Series {
    const COLORS: [Color; 6] = [BLUE, VERMILLION, GREEN, PURPLE, ORANGE, SKY];
    const MARKERS: [Marker; 5] =
        [Marker::Disc, Marker::Diamond, Marker::Square, Marker::Triangle, Marker::Wedge];
    const DASHES: [Dash; 5] =
        [Dash::Solid, Dash::Dashed, Dash::DashDotted, Dash::Long, Dash::Dotted];
    // The three lists go round at different paces, so that neighbours differ in all of them.
    Series {
        color: COLORS[index % COLORS.len()],
        dash: DASHES[index % DASHES.len()],
        marker: MARKERS[index % MARKERS.len()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thirty_series_differ_in_colour_or_in_dashes() {
        let all: Vec<Series> = (0..30).map(series).collect();
        for (i, one) in all.iter().enumerate() {
            assert!(all[..i].iter().all(|other| other != one), "{i}");
        }
        // Neighbours differ without colour.
        assert!(all.windows(2).all(|two| two[0].dash != two[1].dash));
        assert!(all.windows(2).all(|two| two[0].marker != two[1].marker));
    }

    #[test]
    fn text_can_be_read_on_paper_and_on_every_tint() {
        assert!((INK.contrast(INK) - 1.0).abs() < 1e-12);
        assert!((Color(0, 0, 0).contrast(PAPER) - 21.0).abs() < 1e-9);
        // A published value: #767676 is the lightest grey that is legible on white.
        assert!(Color(118, 118, 118).contrast(PAPER) >= LEGIBLE);
        assert!(Color(119, 119, 119).contrast(PAPER) < LEGIBLE);
        assert!(MUTED.contrast(PAPER) >= LEGIBLE && INK.contrast(PAPER) >= LEGIBLE);
        for k in 0..6 {
            let color = series(k).color;
            assert!(color.legible().contrast(PAPER) >= LEGIBLE, "{k}");
            for step in 0..=10 {
                let ground = color.tint(f64::from(step) / 10.0);
                assert!(ground.text().contrast(ground) >= LEGIBLE, "{k} {step}");
            }
        }
    }

    #[test]
    fn there_is_text_for_every_ground() {
        let parts = || (0..=255).step_by(15);
        for (r, g, b) in parts().flat_map(|r| {
            parts().flat_map(move |g| parts().map(move |b| (r as u8, g as u8, b as u8)))
        }) {
            let ground = Color(r, g, b);
            assert!(ground.text().contrast(ground) >= LEGIBLE, "{ground:?}");
        }
    }

    #[test]
    fn tints_go_to_paper_and_shades_to_black() {
        assert_eq!(BLUE.tint(0.0), PAPER);
        assert_eq!(BLUE.tint(1.0), BLUE);
        assert_eq!(BLUE.shade(0.0).hex(), "#000000");
        assert_eq!(VERMILLION.hex(), "#d55e00");
    }
}
