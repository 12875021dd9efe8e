//! The edges of a polytope of allocations at one of its vertices.
//!
//! They are the extreme rays of the tangent cone `{d : d(N) = 0, d(S) ≥ 0 for S tight}`, which
//! has no line in it as the tight coalitions determine the vertex. Method: `n − 1` of the
//! tight coalitions that are independent make a simplicial cone, whose rays are the columns of
//! an inverse; the others cut it one by one (double description: Motzkin, Raiffa, Thompson &
//! Thrall 1953). Two rays of a cut span a face iff no third one lies in all the tight
//! coalitions that they share (Fukuda & Prodon 1996). Where a vertex is not degenerate nothing
//! is left to cut.
//!
//! Rays are primitive whole vectors: minors of 0/1 matrices, so that 64 bits are plenty.
//! Cost: O(n³) where there is nothing to cut, at worst cubic in the rays.

use crate::coalition::Coalition;
use crate::exact::gcd;
use crate::solve::cooperative::polytope::basis::Basis;

/// A ray: a change of the payoffs, and which of the tight coalitions it leaves tight.
struct Ray {
    direction: Vec<i64>,
    tight: Vec<u64>,
}

impl Ray {
    fn product(&self, s: Coalition) -> i64 {
        s.members().map(|i| self.direction[i]).sum()
    }

    fn shares(&self, other: &Self) -> impl Iterator<Item = u64> {
        self.tight.iter().zip(&other.tight).map(|(a, b)| a & b).collect::<Vec<_>>().into_iter()
    }
}

/// The extreme rays at the vertex of `n ≤ 10` players where these coalitions are tight, or
/// `None` if they do not determine it.
pub(in crate::solve) fn edges(n: usize, tight: &[Coalition]) -> Option<Vec<Vec<i64>>> {
    let (basis, used) = independent(n, tight)?;
    let words = tight.len().div_ceil(64);
    let mark = |set: &mut [u64], at: usize| set[at / 64] |= 1 << (at % 64);
    let mut rays: Vec<Ray> = (1..n)
        .map(|j| {
            let mut ray = Ray {
                direction: primitive(basis.column(j).map(|a| a as i64).collect()),
                tight: vec![0; words],
            };
            used.iter().enumerate().filter(|&(k, _)| k + 1 != j).for_each(|(_, &at)| {
                mark(&mut ray.tight, at);
            });
            ray
        })
        .collect();
    for (at, &s) in tight.iter().enumerate() {
        if used.contains(&at) {
            continue;
        }
        let products: Vec<i64> = rays.iter().map(|ray| ray.product(s)).collect();
        let mut born = Vec::new();
        for (a, &above) in products.iter().enumerate().filter(|(_, p)| **p > 0) {
            for (b, &below) in products.iter().enumerate().filter(|(_, p)| **p < 0) {
                if !adjacent(n, &rays, a, b) {
                    continue;
                }
                let pairs = rays[a].direction.iter().zip(&rays[b].direction);
                let direction = primitive(pairs.map(|(x, y)| above * y - below * x).collect());
                born.push(Ray { direction, tight: rays[a].shares(&rays[b]).collect() });
            }
        }
        for (ray, &product) in rays.iter_mut().zip(&products) {
            if product == 0 {
                mark(&mut ray.tight, at);
            }
        }
        born.iter_mut().for_each(|ray| mark(&mut ray.tight, at));
        let mut kept = products.iter();
        rays.retain(|_| kept.next().is_some_and(|&p| p >= 0));
        rays.extend(born);
    }
    Some(rays.into_iter().map(|ray| ray.direction).collect())
}

/// The grand coalition, then tight ones that are independent of it and of each other, as a
/// basis, and which those are.
fn independent(n: usize, tight: &[Coalition]) -> Option<(Basis, Vec<usize>)> {
    let mut basis = Basis::singletons(n);
    let combination = basis.combination(Coalition::grand(n));
    basis.replace(0, Coalition::grand(n), &combination);
    let mut used = Vec::with_capacity(n - 1);
    // Rows from `next` on are still the players alone that the basis began with.
    for (at, &s) in tight.iter().enumerate() {
        let next = used.len() + 1;
        if next == n {
            break;
        }
        let combination = basis.combination(s);
        if let Some(place) = (next..n).find(|&j| combination[j] != 0) {
            basis.swap(place, next);
            let mut combination = combination;
            combination.swap(place, next);
            basis.replace(next, s, &combination);
            used.push(at);
        }
    }
    (used.len() + 1 == n).then_some((basis, used))
}

fn adjacent(n: usize, rays: &[Ray], a: usize, b: usize) -> bool {
    let shared: Vec<u64> = rays[a].shares(&rays[b]).collect();
    let count: u32 = shared.iter().map(|word| word.count_ones()).sum();
    // A face of dimension 2 of a cone of dimension n − 1.
    (count as usize) + 3 >= n
        && !rays.iter().enumerate().any(|(c, ray)| {
            c != a && c != b && ray.tight.iter().zip(&shared).all(|(own, s)| own & s == *s)
        })
}

fn primitive(mut vector: Vec<i64>) -> Vec<i64> {
    let common = vector.iter().fold(0u64, |a, b| gcd(a, b.unsigned_abs()));
    if common > 1 {
        vector.iter_mut().for_each(|a| *a /= common as i64);
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At the corner of the simplex where the first player has all: an edge to each other one.
    #[test]
    fn all_coalitions_of_the_others_are_tight_at_a_corner_of_the_simplex() {
        let n = 6;
        let tight: Vec<Coalition> = Coalition::proper(n).filter(|s| !s.contains(0)).collect();
        let mut rays = edges(n, &tight).unwrap();
        rays.sort();
        let mut expected: Vec<Vec<i64>> = (1..n)
            .map(|j| (0..n).map(|i| if i == 0 { -1 } else { i64::from(i == j) }).collect())
            .collect();
        expected.sort();
        assert_eq!(rays, expected);
    }

    #[test]
    fn tight_coalitions_cut_the_corner_of_the_first_three() {
        let alone: Vec<Coalition> = (0..3).map(Coalition::singleton).collect();
        assert_eq!(edges(4, &alone).unwrap().len(), 3);
        // Two who must not lose alone do not lose together: nothing is cut.
        let redundant = [alone.clone(), vec![Coalition(0b0011)]].concat();
        assert_eq!(edges(4, &redundant).unwrap().len(), 3);
        // The first and the last together lose whatever the other two gain.
        let flat = [alone, vec![Coalition(0b1001)]].concat();
        assert_eq!(edges(4, &flat).unwrap(), [[1, 0, 0, -1]]);
        // With the grand coalition these have rank 3: a line is left.
        let pairs = [0b0101, 0b1001, 0b0110, 0b1010].map(Coalition);
        assert!(edges(4, &pairs).is_none());
    }
}
