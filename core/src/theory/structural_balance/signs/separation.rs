//! Odd sums whose squares are below 1 where the products of signs are those of a relaxation.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashSet};

use super::odd::OddSum;
use crate::work::parallel;

/// How far below 1 the square of three signs must be, and that of more.
const BELOW: [f64; 2] = [0.02, 0.03];
/// The most sums of three signs that are added at a time, for each sign.
const TRIANGLES: usize = 5;
/// Sums of this size are grown by two signs, and the most of each that are added at a time, for
/// ten signs.
const GROWN: [(u32, usize); 3] = [(3, 23), (5, 15), (7, 11)];
/// Sums are grown once the sums of three signs that are too small are at most so many, for each
/// sign.
const SETTLED: usize = 40;
/// The most signs that are tried as the first of the two.
const FIRST: usize = 100;

/// Sums that are too small, of which none is known. O(n³) and, for each sum that is grown, O(n²).
pub(super) fn separate(products: &[f64], n: usize, known: &[&OddSum]) -> Vec<OddSum> {
    let mut seen: HashSet<OddSum> = known.iter().map(|&sum| sum.clone()).collect();
    let (triangles, total) = triangles(products, n);
    let mut found: Vec<OddSum> = Vec::new();
    for sum in triangles {
        if seen.insert(sum.clone()) {
            found.push(sum);
        }
    }
    if total > SETTLED * n {
        return found;
    }
    for (size, most) in GROWN {
        let of_size: Vec<&&OddSum> = known.iter().filter(|sum| sum.size() == size).collect();
        let grown = parallel(of_size.len(), |at| grown(products, n, of_size[at]));
        let mut grown: Vec<(f64, OddSum)> = grown.into_iter().flatten().collect();
        crate::order::sort_by(&mut grown, |a, b| a.0.total_cmp(&b.0));
        let new = grown.into_iter().map(|(_, sum)| sum).filter(|sum| seen.insert(sum.clone()));
        found.extend(new.take(most * n / 10));
    }
    found
}

/// Three signs with their coefficients, the ones with the least square the least.
struct Triangle {
    square: f64,
    terms: [(u32, i8); 3],
}

impl Ord for Triangle {
    fn cmp(&self, other: &Self) -> Ordering {
        self.square.total_cmp(&other.square).then(self.terms.cmp(&other.terms))
    }
}

impl PartialOrd for Triangle {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Triangle {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Triangle {}

/// The sums of three signs with the least squares, the least first, and how many are too small.
fn triangles(products: &[f64], n: usize) -> (Vec<OddSum>, usize) {
    let most = TRIANGLES * n;
    let mut total = 0;
    let mut least: BinaryHeap<Triangle> = BinaryHeap::new();
    for i in 0..n {
        let first = &products[i * n..][..n];
        for j in i + 1..n {
            let second = &products[j * n..][..n];
            for k in j + 1..n {
                let (ij, ik, jk) = (first[j], first[k], second[k]);
                for (b, c) in [(1, 1), (1, -1), (-1, 1), (-1, -1i8)] {
                    let (y, z) = (f64::from(b), f64::from(c));
                    let square = 3.0 + 2.0 * (y * ij + z * ik + y * z * jk);
                    if square > 1.0 - BELOW[0] {
                        continue;
                    }
                    total += 1;
                    if least.len() == most {
                        if least.peek().is_some_and(|worst| worst.square <= square) {
                            continue;
                        }
                        least.pop();
                    }
                    let terms = [(i as u32, 1), (j as u32, b), (k as u32, c)];
                    least.push(Triangle { square, terms });
                }
            }
        }
    }
    let sums = least.into_sorted_vec();
    (sums.into_iter().map(|triangle| OddSum::new(triangle.terms.to_vec())).collect(), total)
}

/// The sum with the two signs that make its square least, and that square, if it is too small.
fn grown(products: &[f64], n: usize, sum: &OddSum) -> Option<(f64, OddSum)> {
    // What the sum comes to beside each sign.
    let mut beside = vec![0.0; n];
    for (i, coefficient) in sum.terms() {
        for (beside, product) in beside.iter_mut().zip(&products[i * n..][..n]) {
            *beside += f64::from(coefficient) * product;
        }
    }
    let mut barred = vec![0.0; n];
    sum.terms().for_each(|(i, _)| barred[i] = f64::INFINITY);
    let mut first: Vec<usize> = (0..n).filter(|&i| barred[i] <= 0.0).collect();
    first.sort_by(|&i, &j| beside[j].abs().total_cmp(&beside[i].abs()));
    first.truncate(FIRST.min(n / 2));
    // Two signs make the square rise by 2 and twice this.
    let before = sum.square(products, n) + 2.0;
    let mut least = (1.0 - BELOW[1] - before) / 2.0;
    let mut best = None;
    for i in first {
        barred[i] = f64::INFINITY;
        let row = &products[i * n..][..n];
        let found = second(row, &beside, &barred, beside[i], least);
        barred[i] = 0.0;
        if let Some((rise, j)) = found {
            least = rise;
            best = Some((i, j));
        }
    }
    let (i, j) = best?;
    // With the same coefficient, or with opposite ones.
    let (alike, unlike) = (beside[i] + beside[j], beside[i] - beside[j]);
    let product = products[i * n + j];
    let same = product - alike.abs() < -product - unlike.abs();
    let against = if same { alike } else { unlike };
    let a = if against > 0.0 { -1 } else { 1 };
    let two = [(i as u32, a), (j as u32, if same { a } else { -a })];
    Some((before + 2.0 * least, sum.with(two)))
}

/// Of the signs beside a first one, the one with which the square rises least, if half of what it
/// rises by, less 1, is below `least`.
fn second(
    row: &[f64],
    beside: &[f64],
    barred: &[f64],
    first: f64,
    least: f64,
) -> Option<(f64, usize)> {
    let rise = |product: f64, beside: f64, barred: f64| {
        let same = product - (first + beside).abs();
        let opposite = -product - (first - beside).abs();
        barred + if opposite < same { opposite } else { same }
    };
    // Eight at a time, which nearly always are all too high.
    const WIDE: usize = 8;
    let eights = row.chunks(WIDE).zip(beside.chunks(WIDE)).zip(barred.chunks(WIDE));
    let mut best: Option<(f64, usize)> = None;
    for (at, ((row, beside), barred)) in eights.enumerate() {
        let mut rises = [f64::INFINITY; WIDE];
        for (((found, product), beside), barred) in
            rises.iter_mut().zip(row).zip(beside).zip(barred)
        {
            *found = rise(*product, *beside, *barred);
        }
        let bar = best.map_or(least, |(rise, _)| rise);
        if rises.iter().fold(false, |any, &rise| any | (rise < bar)) {
            for (j, &rise) in rises.iter().enumerate() {
                if rise < best.map_or(least, |(least, _)| least) {
                    best = Some((rise, at * WIDE + j));
                }
            }
        }
    }
    best
}
