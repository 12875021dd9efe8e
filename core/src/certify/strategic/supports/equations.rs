//! The equations of who is indifferent, around the middle of a box.

use super::NEAR;
use super::region::Region;
use crate::certify::linear;

/// Equations `F = 0` around the middle of a box.
pub(super) struct Equations {
    middle: Vec<f64>,
    values: Vec<f64>,
    /// The inverse of the middle of the derivatives.
    inverse: Vec<Vec<f64>>,
    /// `‖I − inverse · derivatives‖`, row by row.
    pub(super) off: Vec<f64>,
}

impl Equations {
    /// The equations with these values and bounds of derivatives around the middle, if the matrix
    /// is regular whatever the derivatives are.
    pub(super) fn new(
        middle: Vec<f64>,
        values: Vec<f64>,
        derivatives: &[Vec<[f64; 2]>],
    ) -> Option<Self> {
        let centre = |row: &Vec<[f64; 2]>| {
            row.iter().map(|[low, high]| f64::midpoint(*low, *high)).collect::<Vec<_>>()
        };
        let centres: Vec<Vec<f64>> = derivatives.iter().map(centre).collect();
        let inverse = linear::inverse(centres.clone())?;
        let n = centres.len();
        let off = |i: usize, j: usize| {
            let product: f64 = (0..n).map(|k| inverse[i][k] * centres[k][j]).sum();
            let spread = |k: usize| {
                let [low, high] = derivatives[k][j];
                inverse[i][k].abs() * (high - low) / 2.0
            };
            (f64::from(u8::from(i == j)) - product).abs() + (0..n).map(spread).sum::<f64>()
        };
        let off: Vec<f64> = (0..n).map(|i| (0..n).map(|j| off(i, j)).sum()).collect();
        off.iter().all(|off| *off < 1.0 - 1e-6).then_some(Self { middle, values, inverse, off })
    }

    /// How far Newton's method moves from the middle.
    pub(super) fn step(&self) -> Option<Vec<f64>> {
        let step = |row: &Vec<f64>| row.iter().zip(&self.values).map(|(a, b)| a * b).sum::<f64>();
        let steps: Vec<f64> = self.inverse.iter().map(step).collect();
        steps.iter().all(|s| s.is_finite()).then_some(steps)
    }

    /// Whether no solution is in the box (Krawczyk 1969): each lies within
    /// `middle − step ± off · radius`.
    pub(super) fn leave(&self, region: &Region) -> bool {
        let Some(steps) = self.step() else { return false };
        let unknown: Vec<[f64; 2]> = region.iter().flat_map(|own| own[1..].to_vec()).collect();
        let reach = |k: usize| {
            let [low, high] = unknown[k];
            (high - self.middle[k]).max(self.middle[k] - low)
        };
        let radius = (0..unknown.len()).map(reach).fold(0.0, f64::max);
        (0..unknown.len()).any(|k| {
            let (centre, slack) = (self.middle[k] - steps[k], self.off[k] * radius + 2.0 * NEAR);
            centre + slack < unknown[k][0] || centre - slack > unknown[k][1]
        })
    }
}
