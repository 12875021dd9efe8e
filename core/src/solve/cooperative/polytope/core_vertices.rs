//! All vertices of the core, exactly.
//!
//! Definition: the core `{x : x(N) = v(N), x(S) ≥ v(S)}` is a polytope; its vertices say all
//! of it, and every linear question about it is answered at one of them. Of a convex game they
//! are the marginal vectors, up to `n!` of them (Shapley 1971).
//!
//! Method: the vertices and edges of a polytope are a connected graph. From one vertex (an
//! exact linear programme) the walk follows every edge to its other end: the extreme rays of
//! the tangent cone (`tangent_cone`), each as far as the first coalition that it would
//! leave too little. All numbers are whole, so that a vertex is met again as itself and
//! degenerate ones (most coalitions of a simple game are tight at each) need no perturbation.
//!
//! Cost: O(2^n) for each edge: of the 40,320 vertices of a convex game of 8 players, 1 s.
//! Limits: 10 players, and as many vertices as the caller allows; above that the search stops
//! without half a list.
//!
//! References: Shapley (1971), Cores of convex games, *Int. J. Game Theory* 1; Balinski (1961)
//! for the graph; Avis & Fukuda (1992) for searching it.

use std::collections::{HashSet, VecDeque};

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::game::cooperative::{ExactTable, Sense};
use crate::solve::cooperative::polytope::basis::Basis;
use crate::solve::cooperative::polytope::coalition_program::{CoalitionProgram, Outcome, sums};
use crate::solve::cooperative::polytope::tangent_cone::edges;
use crate::solve::linear::whole::{Floors, Whole};
use crate::work::Work;

/// The most players.
pub const MAX_PLAYERS: usize = 10;

/// What came of the search for the core's vertices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CoreVertices {
    /// All of them, in ascending order: none if the core is empty. Of costs, what each player
    /// pays.
    All(Vec<Vec<RBig>>),
    /// There are more than were allowed.
    MoreThan(usize),
    /// The time was up.
    Stopped,
}

/// All vertices of the core, if there are at most `most`.
///
/// # Errors
/// If there are more than [`MAX_PLAYERS`] players.
pub fn core_vertices(table: &ExactTable, most: usize, work: &Work) -> Result<CoreVertices> {
    let n = table.players();
    if n > MAX_PLAYERS {
        return Err(Error::too_large(
            format!("the core of {n} players may have {n}! vertices"),
            format!("{MAX_PLAYERS} players"),
            "keep fewer players, or leave the vertices out of --solve",
        ));
    }
    let worths = table.worths();
    let floors = Floors::new(&worths, IBig::ONE, IBig::ZERO);
    let found = if floors.are_narrow() {
        walk(n, &floors.narrow(), most, work)
    } else {
        walk(n, &floors.any(), most, work)
    };
    Ok(match found {
        Walk::All(vertices) => {
            let unit = RBig::from(worths.denominator().clone());
            let sign = match table.sense() {
                Sense::Worth => unit,
                Sense::Cost => -unit,
            };
            let payoffs = |(x, scale): &(Vec<IBig>, IBig)| {
                let parts = RBig::from(scale.clone()) * &sign;
                x.iter().map(|x| RBig::from(x.clone()) / &parts).collect::<Vec<_>>()
            };
            let mut all: Vec<Vec<RBig>> = vertices.iter().map(payoffs).collect();
            all.sort_unstable();
            CoreVertices::All(all)
        }
        Walk::MoreThan => CoreVertices::MoreThan(most),
        Walk::Stopped => CoreVertices::Stopped,
    })
}

enum Walk {
    /// Payoffs times a scale of their own.
    All(Vec<(Vec<IBig>, IBig)>),
    MoreThan,
    Stopped,
}

/// A vertex: payoffs over a common denominator, in lowest terms.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Vertex<T> {
    payoffs: Vec<T>,
    scale: T,
}

impl<T: Whole> Vertex<T> {
    fn new(payoffs: Vec<T>, scale: T) -> Self {
        let common = payoffs.iter().fold(scale.clone(), |common, x| common.common(x));
        Self {
            payoffs: payoffs.iter().map(|x| x.divided(&common)).collect(),
            scale: scale.divided(&common),
        }
    }
}

fn walk<T: Whole>(
    n: usize,
    floor: &(impl Fn(usize) -> T + Sync),
    most: usize,
    work: &Work,
) -> Walk {
    let mut basis = Basis::singletons(n);
    let grand = Coalition::grand(n);
    basis.replace(n - 1, grand, &basis.combination(grand));
    // Any cost whose multipliers are not below zero: what everybody but the last gets.
    let cost: Vec<i128> = (0..n).map(|i| i128::from(i + 1 < n)).collect();
    let program = CoalitionProgram { players: n, floor, work };
    let first = match program.solve(&cost, basis, &mut Vec::new(), None) {
        Outcome::Optimal(found) => {
            Vertex::new(found.allocation, T::of(&IBig::from(found.basis.determinant())))
        }
        Outcome::Infeasible | Outcome::Above(_) => return Walk::All(Vec::new()),
        Outcome::Stopped => return Walk::Stopped,
    };
    let floors: Vec<T> = (0..1usize << n).map(floor).collect();
    let mut seen = HashSet::from([first.clone()]);
    let mut open = VecDeque::from([first]);
    while let Some(vertex) = open.pop_front() {
        if work.is_over() {
            return Walk::Stopped;
        }
        for next in neighbours(n, &floors, &vertex) {
            if !seen.contains(&next) {
                if seen.len() == most {
                    return Walk::MoreThan;
                }
                seen.insert(next.clone());
                open.push_back(next);
            }
        }
    }
    Walk::All(
        seen.into_iter()
            .map(|v| (v.payoffs.iter().map(Whole::big).collect(), v.scale.big()))
            .collect(),
    )
}

/// The other ends of the vertex' edges.
fn neighbours<T: Whole>(n: usize, floors: &[T], vertex: &Vertex<T>) -> Vec<Vertex<T>> {
    let full = floors.len() - 1;
    let paid = sums(&vertex.payoffs);
    let slacks: Vec<T> =
        paid.iter().zip(floors).map(|(x, w)| x.minus(&w.times(&vertex.scale))).collect();
    let tight: Vec<Coalition> = (1..full)
        .filter(|&bits| slacks[bits] == T::zero())
        .map(|bits| Coalition(bits as u64))
        .collect();
    // The tight coalitions of a vertex determine it.
    let rays = edges(n, &tight).unwrap_or_default();
    rays.iter()
        .filter_map(|direction| {
            // The first coalition to become tight: the least slack / loss.
            let mut first: Option<(&T, i128)> = None;
            for (slack, gain) in slacks.iter().zip(gains(direction)).skip(1) {
                if gain < 0 {
                    let loss = i128::from(-gain);
                    if first.is_none_or(|(s, l)| slack.scaled(l) < s.scaled(loss)) {
                        first = Some((slack, loss));
                    }
                }
            }
            // Never missing: the core is bounded.
            let (slack, loss) = first?;
            let moved = vertex.payoffs.iter().zip(direction);
            let payoffs = moved.map(|(x, &d)| x.scaled(loss).plus(&slack.scaled(d.into())));
            Some(Vertex::new(payoffs.collect(), vertex.scale.scaled(loss)))
        })
        .collect()
}

/// What each coalition gains by a change of payoffs.
fn gains(direction: &[i64]) -> Vec<i64> {
    let mut sums = Vec::with_capacity(1 << direction.len());
    sums.push(0);
    for change in direction {
        for at in 0..sums.len() {
            sums.push(sums[at] + change);
        }
    }
    sums
}
