//! A cell of the search for equilibria of one support: a product of small simplices of
//! mixed strategies, with what each strategy gains there.
//!
//! For a support (the strategies that each player uses) the conditions are multilinear: the
//! gain of each used strategy over the player's first used one is zero, that of each unused
//! one at most zero. On a product of simplices a multilinear function lies between the least
//! and the greatest of its values at the corners (they are its Bernstein coefficients), and
//! halving an edge of one simplex halves the coefficients along it: both are exact up to
//! rounding, which [`ROUNDING`] covers.

use crate::game::table::advance;

/// More than the rounding of coefficients in `[-1, 1]` over a thousand halvings.
pub(super) const ROUNDING: f64 = 1e-12;

/// One player's axis in another's gains.
#[derive(Debug, Clone, Copy)]
pub(super) struct Axis {
    pub player: usize,
    pub stride: usize,
    pub size: usize,
}

/// How the gains of a support are laid out.
#[derive(Debug)]
pub(super) struct Shape {
    /// The number of used strategies, by player.
    pub sizes: Vec<usize>,
    /// The axes of each player's gains: all other players.
    pub axes: Vec<Vec<Axis>>,
    /// The number of corners of the other players' simplices, by player.
    pub lengths: Vec<usize>,
    /// The number of gains that must be zero, and at most zero, by player.
    pub equal: Vec<usize>,
    pub below: Vec<usize>,
    /// Where each player's gains begin.
    pub starts: Vec<usize>,
    /// The first unknown of each player: its probabilities but for the first.
    pub unknowns: Vec<usize>,
    /// The number of unknowns, and of equations.
    pub dimension: usize,
}

impl Shape {
    /// The shape of a support with so many used and unused strategies.
    pub fn new(sizes: Vec<usize>, below: Vec<usize>) -> Self {
        let n = sizes.len();
        let axes: Vec<Vec<Axis>> = (0..n)
            .map(|i| {
                let mut stride = 1;
                (0..n)
                    .filter(|&j| j != i)
                    .map(|player| {
                        let axis = Axis { player, stride, size: sizes[player] };
                        stride *= sizes[player];
                        axis
                    })
                    .collect()
            })
            .collect();
        let lengths: Vec<usize> =
            axes.iter().map(|axes| axes.iter().map(|axis| axis.size).product()).collect();
        let equal: Vec<usize> = sizes.iter().map(|k| k - 1).collect();
        let running = |counts: &[usize]| -> Vec<usize> {
            counts
                .iter()
                .scan(0, |sum, c| {
                    let this = *sum;
                    *sum += c;
                    Some(this)
                })
                .collect()
        };
        let counts: Vec<usize> = (0..n).map(|i| (equal[i] + below[i]) * lengths[i]).collect();
        let (starts, unknowns) = (running(&counts), running(&equal));
        let dimension = equal.iter().sum();
        Self { sizes, axes, lengths, equal, below, starts, unknowns, dimension }
    }

    /// The gain number `q` of a player, those that must be zero first.
    fn gain<'a>(&self, gains: &'a [f64], player: usize, q: usize) -> &'a [f64] {
        let length = self.lengths[player];
        &gains[self.starts[player] + q * length..][..length]
    }

    /// A gain of `player` at mixed strategies of the support.
    pub fn at(&self, gains: &[f64], player: usize, q: usize, weights: &[Vec<f64>]) -> f64 {
        let mut current = self.gain(gains, player, q).to_vec();
        for axis in self.axes[player].iter().rev() {
            let mut next = vec![0.0; axis.stride];
            for (line, w) in current.chunks_exact(axis.stride).zip(&weights[axis.player]) {
                next.iter_mut().zip(line).for_each(|(sum, x)| *sum += w * x);
            }
            current = next;
        }
        current[0]
    }

    /// All gains that must be zero, and their derivatives by the unknowns, row by row.
    pub fn system(&self, gains: &[f64], weights: &[Vec<f64>]) -> (Vec<f64>, Vec<f64>) {
        let d = self.dimension;
        let (mut values, mut jacobian) = (Vec::with_capacity(d), vec![0.0; d * d]);
        let mut work = weights.to_vec();
        for i in 0..self.sizes.len() {
            for q in 0..self.equal[i] {
                let row = values.len();
                values.push(self.at(gains, i, q, weights));
                for axis in &self.axes[i] {
                    let j = axis.player;
                    for b in 1..axis.size {
                        work[j].fill(0.0);
                        work[j][b] = 1.0;
                        work[j][0] = -1.0;
                        jacobian[row * d + self.unknowns[j] + b - 1] = self.at(gains, i, q, &work);
                    }
                    work[j].clone_from(&weights[j]);
                }
            }
        }
        (values, jacobian)
    }
}

/// A cell.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// All gains at the corners.
    pub gains: Vec<f64>,
    /// Each player's corners, `corner · size + strategy`, as probabilities.
    pub corners: Vec<Vec<f64>>,
    /// How often it was halved.
    halved: u32,
}

/// Gains of few bits are exact over so many halvings.
const EXACT_HALVINGS: u32 = 28;

/// What is known of a cell's gains around its middle.
pub(super) struct Middle {
    /// The gains that must be zero, at the middle.
    pub values: Vec<f64>,
    /// Their derivatives by the local unknowns there, row by row.
    pub jacobian: Vec<f64>,
    /// The most that the derivatives differ from those in the cell.
    pub spread: Vec<f64>,
}

impl Cell {
    /// The whole product of simplices.
    pub fn whole(shape: &Shape, gains: Vec<f64>) -> Self {
        let unit = |k: usize| (0..k * k).map(|c| if c / k == c % k { 1.0 } else { 0.0 }).collect();
        Self { gains, corners: shape.sizes.iter().map(|&k| unit(k)).collect(), halved: 0 }
    }

    /// Whether no point of the cell meets the conditions, by the signs of the gains.
    pub fn is_empty(&self, shape: &Shape) -> bool {
        for i in 0..shape.sizes.len() {
            for q in 0..shape.equal[i] + shape.below[i] {
                let gain = shape.gain(&self.gains, i, q);
                if gain.iter().all(|&g| g > ROUNDING) {
                    return true;
                }
                if q < shape.equal[i] {
                    if gain.iter().all(|&g| g < -ROUNDING) {
                        return true;
                    }
                    for p in 0..q {
                        let other = shape.gain(&self.gains, i, p);
                        let differ = |sign: f64| {
                            gain.iter().zip(other).all(|(g, o)| sign * (g - o) > ROUNDING)
                        };
                        if differ(1.0) || differ(-1.0) {
                            return true;
                        }
                    }
                }
            }
        }
        false
    }

    /// Whether no point of the cell that uses all strategies meets the conditions: a used one
    /// is nowhere better than another, and worse wherever all are used. For exact gains.
    pub fn is_empty_inside(&self, shape: &Shape) -> bool {
        if self.halved > EXACT_HALVINGS {
            return false;
        }
        let mut difference = Vec::new();
        (0..shape.sizes.len()).any(|player| {
            let (equal, below) = (shape.equal[player], shape.below[player]);
            // The first used strategy gains nothing over itself.
            (0..equal + below).any(|q| {
                let gain = shape.gain(&self.gains, player, q);
                let worse = |sign: f64, other: Option<usize>, difference: &mut Vec<f64>| {
                    difference.clear();
                    match other.map(|p| shape.gain(&self.gains, player, p)) {
                        Some(other) => {
                            difference.extend(gain.iter().zip(other).map(|(g, o)| sign * (g - o)))
                        }
                        None => difference.extend(gain.iter().map(|g| sign * g)),
                    }
                    self.is_positive_inside(shape, player, difference)
                };
                worse(1.0, None, &mut difference)
                    || q < equal && worse(-1.0, None, &mut difference)
                    || (0..equal).any(|p| p != q && worse(1.0, Some(p), &mut difference))
            })
        })
    }

    /// Whether a function of the other players' strategies, by its values at the corners, is
    /// above zero at every point of the cell where they use all their strategies. It is where
    /// it is nowhere below zero, and above it at all corners at which the others, each, have
    /// some strategy: every such point is a mixture to which one of those contributes.
    fn is_positive_inside(&self, shape: &Shape, player: usize, values: &[f64]) -> bool {
        if values.iter().any(|&value| value < 0.0) || values.iter().all(|&v| v <= ROUNDING) {
            return false;
        }
        let axes = &shape.axes[player];
        let mut choice = vec![0; axes.len()];
        let sizes: Vec<usize> = axes.iter().map(|axis| axis.size).collect();
        loop {
            let all = values.iter().enumerate().all(|(index, &value)| {
                let has = |(axis, &strategy): (&Axis, &usize)| {
                    let corner = index / axis.stride % axis.size;
                    self.corners[axis.player][corner * axis.size + strategy] > 0.0
                };
                value > ROUNDING || !axes.iter().zip(&choice).all(has)
            });
            if all {
                return true;
            }
            if !advance(&mut choice, &sizes) {
                return false;
            }
        }
    }

    /// Whether a weighted sum of the gains that must be zero is above zero in all of the cell, or
    /// below: being multilinear, it is between its values at the corners.
    /// O(corners · (dimension + players)).
    pub fn has_one_sign(&self, shape: &Shape, weights: &[f64]) -> bool {
        let mut sums = vec![0.0; shape.sizes.iter().product()];
        let mut stride = 1;
        for (i, &k) in shape.sizes.iter().enumerate() {
            let mut own = vec![0.0; shape.lengths[i]];
            for q in 0..shape.equal[i] {
                let weight = weights[shape.unknowns[i] + q];
                let gain = shape.gain(&self.gains, i, q);
                own.iter_mut().zip(gain).for_each(|(sum, g)| *sum += weight * g);
            }
            for (block, line) in sums.chunks_exact_mut(stride * k).zip(own.chunks_exact(stride)) {
                for sums in block.chunks_exact_mut(stride) {
                    sums.iter_mut().zip(line).for_each(|(sum, x)| *sum += x);
                }
            }
            stride *= k;
        }
        let rounding = ROUNDING * weights.iter().map(|w| w.abs()).sum::<f64>();
        sums.iter().all(|&sum| sum > rounding) || sums.iter().all(|&sum| sum < -rounding)
    }

    /// The gains around the middle. O(dimension · corners · players).
    pub fn middle(&self, shape: &Shape) -> Middle {
        let d = shape.dimension;
        let mut middle = Middle {
            values: Vec::with_capacity(d),
            jacobian: vec![0.0; d * d],
            spread: vec![0.0; d * d],
        };
        for i in 0..shape.sizes.len() {
            let length = shape.lengths[i];
            for q in 0..shape.equal[i] {
                let row = middle.values.len();
                let gain = shape.gain(&self.gains, i, q);
                middle.values.push(gain.iter().sum::<f64>() / length as f64);
                for axis in &shape.axes[i] {
                    for b in 1..axis.size {
                        let (mut sum, mut low, mut high) = (0.0, f64::INFINITY, f64::NEG_INFINITY);
                        for block in gain.chunks_exact(axis.stride * axis.size) {
                            let line = &block[b * axis.stride..][..axis.stride];
                            for (x, first) in line.iter().zip(block) {
                                let slope = x - first;
                                sum += slope;
                                low = f64::min(low, slope);
                                high = f64::max(high, slope);
                            }
                        }
                        let mean = sum * axis.size as f64 / length as f64;
                        let at = row * d + shape.unknowns[axis.player] + b - 1;
                        middle.jacobian[at] = mean;
                        middle.spread[at] = (high - mean).max(mean - low) + ROUNDING;
                    }
                }
            }
        }
        middle
    }

    /// The edge along which the gains vary most: the player and two of its corners.
    pub fn widest(&self, shape: &Shape) -> (f64, usize, usize, usize) {
        let mut best = (0.0, 0, 0, 0);
        for j in 0..shape.sizes.len() {
            let k = shape.sizes[j];
            for p in 0..k {
                for q in p + 1..k {
                    let mut width = 0.0;
                    for i in (0..shape.sizes.len()).filter(|&i| i != j) {
                        let axis = shape.axes[i][if j < i { j } else { j - 1 }];
                        for e in 0..shape.equal[i] {
                            let gain = shape.gain(&self.gains, i, e);
                            let mut most = 0.0f64;
                            for block in gain.chunks_exact(axis.stride * axis.size) {
                                let (one, other) =
                                    (&block[p * axis.stride..], &block[q * axis.stride..]);
                                for (x, y) in one[..axis.stride].iter().zip(other) {
                                    most = most.max((x - y).abs());
                                }
                            }
                            width += most;
                        }
                    }
                    if width > best.0 {
                        best = (width, j, p, q);
                    }
                }
            }
        }
        best
    }

    /// Cuts the cell at the middle of an edge of player `j`: this half keeps corner `p`, the
    /// other one corner `q`.
    pub fn halve(mut self, shape: &Shape, j: usize, p: usize, q: usize) -> [Self; 2] {
        self.halved += 1;
        let mut other = self.clone();
        self.move_corner(shape, j, q, p);
        other.move_corner(shape, j, p, q);
        [self, other]
    }

    /// Moves a corner half way towards another.
    fn move_corner(&mut self, shape: &Shape, j: usize, corner: usize, towards: usize) {
        let k = shape.sizes[j];
        for a in 0..k {
            let half =
                f64::midpoint(self.corners[j][corner * k + a], self.corners[j][towards * k + a]);
            self.corners[j][corner * k + a] = half;
        }
        for i in (0..shape.sizes.len()).filter(|&i| i != j) {
            let axis = shape.axes[i][if j < i { j } else { j - 1 }];
            let all = (shape.equal[i] + shape.below[i]) * shape.lengths[i];
            for block in
                self.gains[shape.starts[i]..][..all].chunks_exact_mut(axis.stride * axis.size)
            {
                for x in 0..axis.stride {
                    let half = f64::midpoint(
                        block[corner * axis.stride + x],
                        block[towards * axis.stride + x],
                    );
                    block[corner * axis.stride + x] = half;
                }
            }
        }
    }

    /// The mixed strategies with these weights of the corners.
    pub fn point(&self, shape: &Shape, weights: &[Vec<f64>]) -> Vec<Vec<f64>> {
        (0..shape.sizes.len())
            .map(|j| {
                let k = shape.sizes[j];
                (0..k)
                    .map(|a| (0..k).map(|c| weights[j][c] * self.corners[j][c * k + a]).sum())
                    .collect()
            })
            .collect()
    }
}
