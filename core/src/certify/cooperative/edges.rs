//! The edges of a polytope of allocations at a vertex, for the checker: the solver's code for
//! them is not used, so a fault in one of the two shows.
//!
//! Double description with the algebraic test: two rays span a face iff the tight coalitions
//! that they share, with the grand one, have rank `n − 2`.

use crate::certify::cooperative::integer_span::IntegerSpan;
use crate::coalition::Coalition;

/// The extreme rays of `{d : d(N) = 0, d(S) ≥ 0 for S tight}`, primitive whole vectors. `None`
/// unless the tight coalitions and the grand one have rank `n`.
pub(in crate::certify) fn edges(n: usize, tight: &[Coalition]) -> Option<Vec<Vec<i64>>> {
    let mut span = IntegerSpan::new(n);
    span.insert(Coalition::grand(n));
    let (mut independent, mut others) = (Vec::new(), Vec::new());
    for &s in tight {
        let before = span.rank();
        span.insert(s);
        if span.rank() > before { independent.push(s) } else { others.push(s) }
    }
    if span.rank() < n {
        return None;
    }
    let mut rays: Vec<Vec<i64>> = Vec::with_capacity(n - 1);
    for &own in &independent {
        let mut facets = IntegerSpan::new(n);
        facets.insert(Coalition::grand(n));
        independent.iter().filter(|&&s| s != own).for_each(|&s| facets.insert(s));
        let mut line = facets.orthogonal().pop()?;
        if product(&line, own) < 0 {
            line.iter_mut().for_each(|a| *a = -*a);
        }
        rays.push(primitive(line));
    }
    let mut known = independent;
    for s in others {
        let products: Vec<i64> = rays.iter().map(|ray| product(ray, s)).collect();
        let mut next: Vec<Vec<i64>> = Vec::new();
        for (a, above) in rays.iter().zip(&products) {
            if *above >= 0 {
                next.push(a.clone());
            }
            for (b, below) in rays.iter().zip(&products) {
                if *above > 0 && *below < 0 && share_a_face(n, &known, a, b) {
                    let between = a.iter().zip(b).map(|(x, y)| above * y - below * x);
                    next.push(primitive(between.collect()));
                }
            }
        }
        rays = next;
        known.push(s);
    }
    Some(rays)
}

fn share_a_face(n: usize, known: &[Coalition], a: &[i64], b: &[i64]) -> bool {
    let mut span = IntegerSpan::new(n);
    span.insert(Coalition::grand(n));
    for &s in known {
        if product(a, s) == 0 && product(b, s) == 0 {
            span.insert(s);
            if span.rank() + 2 == n {
                return true;
            }
        }
    }
    span.rank() + 2 == n
}

fn product(ray: &[i64], s: Coalition) -> i64 {
    s.members().map(|i| ray[i]).sum()
}

fn primitive(mut ray: Vec<i64>) -> Vec<i64> {
    let mut common = 0;
    for &a in &ray {
        let (mut x, mut y) = (a.abs(), common);
        while y != 0 {
            (x, y) = (y, x % y);
        }
        common = x;
    }
    if common > 1 {
        ray.iter_mut().for_each(|a| *a /= common);
    }
    ray
}
