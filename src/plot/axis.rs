//! Scales, ticks and axes, continuous and categorical.
//!
//! Ticks are at multiples of 1, 2 or 5 times a power of ten (Heckbert 1990, *Nice numbers for
//! graph labels*, Graphics Gems). Texts that would touch are thinned out (numbers) or turned
//! upright (names), so an axis is legible at any width.

use super::scene::{Anchor, Area, Baseline, Mark, Point, Text};
use super::style::{FAINT, HAIRLINE, INK, MUTED, SIZE, SMALL, Stroke, THIN};

/// A linear scale from numbers to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Linear {
    /// The numbers at both ends.
    pub domain: [f64; 2],
    /// The places of both ends, in points.
    pub range: [f64; 2],
}

impl Linear {
    /// Where a number is. A scale whose ends are one number has it in the middle.
    pub fn place(&self, number: f64) -> f64 {
        let ([from, to], [start, end]) = (self.domain, self.range);
        let span = to - from;
        if span == 0.0 || !span.is_finite() {
            return f64::midpoint(start, end);
        }
        start + (number - from) / span * (end - start)
    }

    /// At most so many ticks on it.
    pub fn ticks(&self, most: usize) -> Vec<Tick> {
        let [low, high] = self.domain;
        let (step, numbers) = nice(low, high, most);
        let tick = |number| Tick { at: self.place(number), text: decimal(number, step) };
        numbers.into_iter().map(tick).collect()
    }
}

/// A scale from a row of names to places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bands {
    /// How many there are.
    pub count: usize,
    /// The places of both ends, in points.
    pub range: [f64; 2],
}

impl Bands {
    /// The room of each.
    pub fn step(&self) -> f64 {
        (self.range[1] - self.range[0]) / self.count.max(1) as f64
    }

    /// The middle of one of them.
    pub fn place(&self, index: usize) -> f64 {
        self.range[0] + (index as f64 + 0.5) * self.step()
    }

    /// A tick for each name.
    pub fn ticks<S: AsRef<str>>(&self, names: &[S]) -> Vec<Tick> {
        let tick = |(i, name): (usize, &S)| Tick { at: self.place(i), text: name.as_ref().into() };
        names.iter().enumerate().map(tick).collect()
    }
}

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, in points along the axis.
    pub at: f64,
    /// What it says.
    pub text: String,
}

/// The nice numbers between two others, at most `most` (and two at least, if there is room for
/// any), and the step between them.
pub fn nice(low: f64, high: f64, most: usize) -> (f64, Vec<f64>) {
    if !(high - low).is_finite() {
        return (1.0, Vec::new());
    }
    let (low, high) = (low.min(high), low.max(high));
    let span = high - low;
    if span <= 0.0 {
        return (1.0, vec![low]);
    }
    let most = most.max(2);
    // Of the steps in ascending order the first that leaves few enough.
    let power = (span / most as f64).log10().floor();
    for factor in [1.0, 2.0, 5.0, 10.0, 20.0, 50.0] {
        let step = factor * 10f64.powf(power);
        // Numbers at the very ends count in spite of rounding.
        let slack = 1e-9 * span;
        let first = ((low - slack) / step).ceil();
        let last = ((high + slack) / step).floor();
        let count = last - first + 1.0;
        if count <= most as f64 && count >= 0.0 {
            let numbers = (0..count as usize).map(|k| {
                let number = (first + k as f64) * step;
                if number.abs() < slack { 0.0 } else { number }
            });
            return (step, numbers.collect());
        }
    }
    (span, vec![low, high])
}

/// A multiple of a step, with as many decimals as the step needs.
pub fn decimal(number: f64, step: f64) -> String {
    let size = number.abs().max(step.abs());
    if size >= 1e6 || (size < 1e-4 && size > 0.0) {
        let text = format!("{number:.2e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
        return if number == 0.0 { "0".into() } else { format!("{mantissa}e{exponent}") };
    }
    let decimals = (-step.abs().log10().floor()).clamp(0.0, 12.0) as usize;
    let text = format!("{number:.decimals$}");
    if text.trim_start_matches('-').chars().all(|c| c == '0' || c == '.') {
        "0".into()
    } else {
        text
    }
}

/// The side of a plot that an axis is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Under it.
    Bottom,
    /// Left of it.
    Left,
    /// Right of it.
    Right,
}

/// An axis beside a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Where it is.
    pub side: Side,
    /// Its ticks.
    pub ticks: Vec<Tick>,
    /// What it measures; may be empty.
    pub title: String,
    /// Whether the ticks are continued across the plot.
    pub grid: bool,
    /// Whether the ticks are names, of which none may be left out.
    pub names: bool,
}

const TICK: f64 = 3.0;
const GAP: f64 = 3.0;

impl Axis {
    /// An axis of numbers with a grid.
    pub fn continuous(side: Side, ticks: Vec<Tick>, title: impl Into<String>) -> Self {
        Self { side, ticks, title: title.into(), grid: true, names: false }
    }

    /// An axis of names without a grid.
    pub fn categorical(side: Side, ticks: Vec<Tick>, title: impl Into<String>) -> Self {
        Self { side, ticks, title: title.into(), grid: false, names: true }
    }

    /// How much room it takes beside the plot, ticks and title.
    pub fn room(&self) -> f64 {
        let text = match self.side {
            Side::Bottom if self.upright() => self.widest(),
            Side::Bottom => 1.1 * SMALL,
            Side::Left | Side::Right => self.widest(),
        };
        TICK + GAP + text + if self.title.is_empty() { 0.0 } else { GAP + 1.3 * SIZE }
    }

    /// The grid, to be drawn under what is plotted.
    pub fn grid(&self, plot: Area) -> Vec<Mark> {
        if !self.grid {
            return Vec::new();
        }
        let line = |tick: &Tick| match self.side {
            Side::Bottom => ([tick.at, plot.top], [tick.at, plot.bottom]),
            Side::Left | Side::Right => ([plot.left, tick.at], [plot.right, tick.at]),
        };
        let stroke = Stroke::new(FAINT, HAIRLINE);
        self.ticks.iter().map(line).map(|(from, to)| Mark::line(from, to, stroke)).collect()
    }

    /// The axis itself.
    pub fn marks(&self, plot: Area) -> Vec<Mark> {
        let stroke = Stroke::new(INK, THIN);
        let (from, to) = match self.side {
            Side::Bottom => ([plot.left, plot.bottom], [plot.right, plot.bottom]),
            Side::Left => ([plot.left, plot.top], [plot.left, plot.bottom]),
            Side::Right => ([plot.right, plot.top], [plot.right, plot.bottom]),
        };
        let mut marks = vec![Mark::line(from, to, stroke)];
        let upright = self.upright();
        let mut free = f64::NEG_INFINITY;
        let mut ticks: Vec<&Tick> = self.ticks.iter().collect();
        crate::order::sort_by(&mut ticks, |a, b| a.at.total_cmp(&b.at));
        for tick in ticks {
            let (out, text) = self.tick(tick, plot, upright);
            marks.push(Mark::line(out[0], out[1], stroke));
            let area = text.area();
            let (begin, end) = match self.side {
                Side::Bottom => (area.left, area.right),
                Side::Left | Side::Right => (area.top, area.bottom),
            };
            if begin >= free {
                free = end + 2.0;
                marks.push(Mark::Text(text));
            }
        }
        if !self.title.is_empty() {
            let [x, y] = plot.center();
            let room = self.room();
            let title = |at: Point| Text::new(at, self.title.clone()).colored(MUTED);
            marks.push(Mark::Text(match self.side {
                Side::Bottom => {
                    title([x, plot.bottom + room - 0.3 * SIZE]).held(Anchor::Middle, Baseline::Foot)
                }
                Side::Left => title([plot.left - room + SIZE, y])
                    .held(Anchor::Middle, Baseline::Foot)
                    .rotated(-90.0),
                Side::Right => title([plot.right + room - SIZE, y])
                    .held(Anchor::Middle, Baseline::Foot)
                    .rotated(90.0),
            }));
        }
        marks
    }

    /// A tick's line and its text.
    fn tick(&self, tick: &Tick, plot: Area, upright: bool) -> ([Point; 2], Text) {
        let text = |at: Point| Text::new(at, tick.text.clone()).sized(SMALL);
        match self.side {
            Side::Bottom => {
                let y = plot.bottom + TICK;
                let at = [tick.at, y + GAP];
                let text = if upright {
                    text(at).held(Anchor::End, Baseline::Middle).rotated(-90.0)
                } else {
                    text(at).held(Anchor::Middle, Baseline::Top)
                };
                ([[tick.at, plot.bottom], [tick.at, y]], text)
            }
            Side::Left => {
                let x = plot.left - TICK;
                let text = text([x - GAP, tick.at]).held(Anchor::End, Baseline::Middle);
                ([[plot.left, tick.at], [x, tick.at]], text)
            }
            Side::Right => {
                let x = plot.right + TICK;
                let text = text([x + GAP, tick.at]).held(Anchor::Start, Baseline::Middle);
                ([[plot.right, tick.at], [x, tick.at]], text)
            }
        }
    }

    fn widest(&self) -> f64 {
        let width = |tick: &Tick| Text::new([0.0; 2], tick.text.clone()).sized(SMALL).width();
        self.ticks.iter().map(width).fold(0.0, f64::max)
    }

    /// Whether names are too long to stand side by side.
    fn upright(&self) -> bool {
        if self.side != Side::Bottom || !self.names {
            return false;
        }
        let mut places: Vec<f64> = self.ticks.iter().map(|tick| tick.at).collect();
        places.sort_by(f64::total_cmp);
        let least = places.windows(2).map(|two| two[1] - two[0]).fold(f64::INFINITY, f64::min);
        self.widest() + 3.0 > least
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plot::scene::Scene;

    #[test]
    fn ticks_are_nice_numbers_within_the_ends() {
        let texts = |low, high, most| {
            let (step, numbers) = nice(low, high, most);
            numbers.into_iter().map(|x| decimal(x, step)).collect::<Vec<_>>()
        };
        assert_eq!(texts(0.0, 1.0, 6), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(fix));
        assert_eq!(texts(0.0, 100.0, 5), ["0", "50", "100"]);
        assert_eq!(texts(1816.0, 1914.0, 6), ["1820", "1840", "1860", "1880", "1900"]);
        assert_eq!(texts(-0.3, 0.3, 7), ["-0.3", "-0.2", "-0.1", "0", "0.1", "0.2", "0.3"]);
        assert_eq!(texts(5.0, 5.0, 5), ["5"]);
        assert_eq!(texts(f64::NAN, 1.0, 5).len(), 0);
        assert!(texts(0.0, 3e9, 5).contains(&"1e9".into()));
        for most in 2..20 {
            for k in 1..60 {
                let high = 1.37f64.powi(k - 30);
                let (_, numbers) = nice(-0.4 * high, high, most);
                assert!(!numbers.is_empty() && numbers.len() <= most, "{most} {high}");
            }
        }
    }

    fn fix(text: &str) -> String {
        if text == "0.0" { "0".into() } else { text.into() }
    }

    #[test]
    fn the_texts_of_axes_never_touch() {
        for width in [30.0, 80.0, 200.0, 400.0] {
            let plot = Area::new([80.0, 10.0], [80.0 + width, 150.0]);
            let scale = Linear { domain: [0.0, 12345.0], range: [plot.left, plot.right] };
            let names = ["United Kingdom", "France", "Austria-Hungary"];
            let bands = Bands { count: names.len(), range: [plot.left, plot.right] };
            let high = Linear { domain: [0.0, 1.0], range: [plot.bottom, plot.top] };
            for axis in [
                Axis::continuous(Side::Bottom, scale.ticks(20), "claims"),
                Axis::categorical(Side::Bottom, bands.ticks(&names), ""),
            ] {
                let left = Axis::continuous(Side::Left, high.ticks(9), "share of control");
                let mut scene = Scene::new(600.0, plot.bottom + axis.room() + 2.0, "axes");
                axis.grid(plot).into_iter().for_each(|mark| scene.add(mark));
                let both = axis.marks(plot).into_iter().chain(left.marks(plot));
                both.for_each(|mark| scene.add(mark));
                assert_eq!(scene.faults(), [""; 0], "{width}");
                assert!(left.room() < plot.left);
            }
        }
    }
}
