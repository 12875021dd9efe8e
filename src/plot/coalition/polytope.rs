//! Exact polytopes of allocations: the core and the least core of a game of few players.
//!
//! `{x : x(N) = v(N), x(S) ≥ v(S) − ε for all S ≠ ∅, N}` is bounded, so it is the hull of its
//! vertices: the points where `n − 1` of the inequalities are tight and determine a point, and
//! the others hold. Two vertices are joined by an edge iff the inequalities that are tight at
//! both leave a line; a set of vertices spans a face of dimension two iff what is tight at all
//! of them leaves a plane (Ziegler 1995, *Lectures on Polytopes*, section 2.1). All of it is
//! decided in fractions.
//! Cost: C(2^n − 2, n − 1) systems of n equations: 15 for three players, 364 for four.

use dashu_ratio::RBig;

use crate::coalition::Coalition;

/// A polytope of allocations.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Polytope {
    /// Its vertices; none if it is empty.
    pub(super) vertices: Vec<Vec<RBig>>,
    /// Pairs of vertices.
    pub(super) edges: Vec<[usize; 2]>,
    /// Faces of dimension two, each with its vertices in the order in which they go round.
    pub(super) faces: Vec<Vec<usize>>,
}

impl Polytope {
    /// The allocations at which no coalition's excess is above `excess`; `values` by the
    /// coalitions' bits.
    pub(super) fn new(players: usize, values: &[RBig], excess: &RBig) -> Self {
        let all: Vec<Coalition> = Coalition::proper(players).collect();
        let bounds: Vec<RBig> = all.iter().map(|s| &values[s.bits() as usize] - excess).collect();
        let grand = (Coalition::grand(players), values[values.len() - 1].clone());
        let mut vertices: Vec<Vec<RBig>> = Vec::new();
        for chosen in choices(all.len(), players - 1) {
            let tight = chosen.iter().map(|&at| (all[at], bounds[at].clone()));
            let system: Vec<_> = std::iter::once(grand.clone()).chain(tight).collect();
            let Some(x) = solution(players, &system) else { continue };
            let holds = all.iter().zip(&bounds).all(|(&s, bound)| sum(&x, s) >= *bound);
            if holds && !vertices.contains(&x) {
                vertices.push(x);
            }
        }
        vertices.sort();
        let tight: Vec<Vec<Coalition>> = vertices
            .iter()
            .map(|x| {
                let of = all.iter().zip(&bounds).filter(|&(&s, bound)| sum(x, s) == *bound);
                of.map(|(&s, _)| s).collect()
            })
            .collect();
        // The dimension of the smallest face with these vertices.
        let dimension = |members: &[usize]| {
            let mut common = vec![Coalition::grand(players)];
            if let [first, others @ ..] = members {
                common.extend(
                    tight[*first].iter().filter(|s| others.iter().all(|&m| tight[m].contains(s))),
                );
            }
            players - rank(players, &common)
        };
        let pairs = (0..vertices.len()).flat_map(|a| (0..a).map(move |b| [b, a]));
        let edges: Vec<[usize; 2]> = pairs.filter(|pair| dimension(pair) == 1).collect();
        let every: Vec<usize> = (0..vertices.len()).collect();
        let sides = all.iter().map(|s| {
            every.iter().copied().filter(|&v| tight[v].contains(s)).collect::<Vec<usize>>()
        });
        let mut faces: Vec<Vec<usize>> = std::iter::once(every.clone())
            .chain(sides)
            .filter(|members| members.len() > 2 && dimension(members) == 2)
            .collect();
        faces.sort();
        faces.dedup();
        let faces = faces.iter().map(|members| around(members, &edges)).collect();
        Self { vertices, edges, faces }
    }

    /// Whether an allocation is in it.
    #[cfg(test)]
    pub(super) fn contains(values: &[RBig], excess: &RBig, x: &[RBig]) -> bool {
        Coalition::proper(x.len()).all(|s| sum(x, s) >= &values[s.bits() as usize] - excess)
    }
}

/// What a coalition gets.
pub(super) fn sum(x: &[RBig], coalition: Coalition) -> RBig {
    coalition.members().fold(RBig::ZERO, |sum, i| sum + &x[i])
}

/// Every choice of `count` numbers below `from`.
fn choices(from: usize, count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for _ in 0..count {
        all = all
            .into_iter()
            .flat_map(|chosen: Vec<usize>| {
                let next = chosen.last().map_or(0, |last| last + 1);
                (next..from).map(move |one| [&chosen[..], &[one]].concat())
            })
            .collect();
    }
    all
}

/// The members of a two-dimensional face in the order of its edges.
fn around(members: &[usize], edges: &[[usize; 2]]) -> Vec<usize> {
    let mut order = vec![members[0]];
    while order.len() < members.len() {
        let last = order[order.len() - 1];
        let next = edges.iter().find_map(|&[a, b]| {
            let other = if a == last {
                b
            } else if b == last {
                a
            } else {
                return None;
            };
            (members.contains(&other) && !order.contains(&other)).then_some(other)
        });
        match next {
            Some(next) => order.push(next),
            None => break,
        }
    }
    order
}

/// The one solution of `x(S) = b_S`, if there is exactly one. Gauss–Jordan.
fn solution(players: usize, system: &[(Coalition, RBig)]) -> Option<Vec<RBig>> {
    let mut rows: Vec<Vec<RBig>> = system
        .iter()
        .map(|(s, bound)| indicator(players, *s).into_iter().chain([bound.clone()]).collect())
        .collect();
    let pivots = reduce(players, &mut rows);
    let consistent = rows[pivots.len()..].iter().all(|row| row[players].is_zero());
    (pivots.len() == players && consistent)
        .then(|| rows.iter().take(players).map(|row| row[players].clone()).collect())
}

/// The rank of some coalitions' indicator vectors.
fn rank(players: usize, coalitions: &[Coalition]) -> usize {
    let mut rows: Vec<_> = coalitions.iter().map(|&s| indicator(players, s)).collect();
    reduce(players, &mut rows).len()
}

fn indicator(players: usize, s: Coalition) -> Vec<RBig> {
    (0..players).map(|i| if s.contains(i) { RBig::ONE } else { RBig::ZERO }).collect()
}

/// Brings rows to reduced echelon form in their first columns; the pivots' columns.
fn reduce(columns: usize, rows: &mut [Vec<RBig>]) -> Vec<usize> {
    let mut pivots = Vec::new();
    for column in 0..columns {
        let at = pivots.len();
        let Some(found) = (at..rows.len()).find(|&r| !rows[r][column].is_zero()) else {
            continue;
        };
        rows.swap(at, found);
        let pivot = rows[at][column].clone();
        rows[at].iter_mut().for_each(|x| *x = &*x / &pivot);
        let own = rows[at].clone();
        for (r, row) in rows.iter_mut().enumerate() {
            let factor = row[column].clone();
            if r != at && !factor.is_zero() {
                row.iter_mut().zip(&own).for_each(|(x, y)| *x = &*x - &factor * y);
            }
        }
        pivots.push(column);
    }
    pivots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn game(players: usize, value: impl Fn(Coalition) -> i64) -> Vec<RBig> {
        (0..1u64 << players).map(|bits| RBig::from(value(Coalition(bits)))).collect()
    }

    fn counts(polytope: &Polytope) -> [usize; 3] {
        [polytope.vertices.len(), polytope.edges.len(), polytope.faces.len()]
    }

    #[test]
    fn cores_of_convex_games_have_a_vertex_for_each_order() {
        // Shapley (1971): of strictly convex games n! marginal vectors; of four players the
        // core is a truncated octahedron with 14 faces and 36 edges.
        let squares = |s: Coalition| (s.len() * s.len()) as i64;
        assert_eq!(counts(&Polytope::new(3, &game(3, squares), &RBig::ZERO)), [6, 6, 1]);
        let core = Polytope::new(4, &game(4, squares), &RBig::ZERO);
        assert_eq!(counts(&core), [24, 36, 14]);
        assert!(core.faces.iter().all(|face| face.len() == 4 || face.len() == 6));
    }

    #[test]
    fn lower_dimensions_are_seen_exactly() {
        let glove = |s: Coalition| i64::from(s.contains(0) && s.len() > 1);
        assert_eq!(counts(&Polytope::new(3, &game(3, glove), &RBig::ZERO)), [1, 0, 0]);
        // Two gloves of each hand: the segment from all to the left to all to the right.
        let pairs = |s: Coalition| {
            (s.intersection(Coalition(3)).len().min(s.difference(Coalition(3)).len())) as i64
        };
        assert_eq!(counts(&Polytope::new(4, &game(4, pairs), &RBig::ZERO)), [2, 1, 0]);
        // One veto player of four, who needs no one: any division is left to it.
        let majority = |s: Coalition| i64::from(s.len() > 1);
        let empty = Polytope::new(3, &game(3, majority), &RBig::ZERO);
        assert_eq!(counts(&empty), [0, 0, 0]);
        let third = RBig::from_parts(1.into(), 3u8.into());
        assert_eq!(counts(&Polytope::new(3, &game(3, majority), &third)), [1, 0, 0]);
        // Two players must agree on one good: a triangle lies flat in the tetrahedron.
        let flat = |s: Coalition| i64::from(s.contains(0) && s.contains(1) && s.contains(2));
        assert_eq!(counts(&Polytope::new(4, &game(4, flat), &RBig::ZERO)), [3, 3, 1]);
        // Nobody gets anything without all: the tetrahedron itself.
        let all = |s: Coalition| i64::from(s.len() == 4);
        assert_eq!(counts(&Polytope::new(4, &game(4, all), &RBig::ZERO)), [4, 6, 4]);
    }

    #[test]
    fn every_vertex_satisfies_every_inequality() {
        let mixed = |s: Coalition| (s.bits() * s.bits() % 7) as i64 * i64::from(s.len() > 1);
        let values = game(4, |s| if s.len() == 4 { 11 } else { mixed(s) });
        let core = Polytope::new(4, &values, &RBig::ZERO);
        assert!(core.vertices.iter().all(|x| Polytope::contains(&values, &RBig::ZERO, x)));
    }
}
