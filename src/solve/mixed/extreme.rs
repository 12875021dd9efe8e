//! All extreme equilibria of a two-player game, exactly.
//!
//! A pair `(x, y)` is an equilibrium iff for every strategy of either player its
//! probability or its shortfall from the best-response payoff is zero. It is *extreme* if
//! `x` and `y` are vertices of their best-response polyhedra; all equilibria are convex
//! combinations of extreme ones.
//!
//! Method: depth-first branching on those conditions (Audet, Hansen, Jaumard & Savard 2001),
//! the strategy first whose condition the present pair of vertices violates most: either its
//! probability is fixed at zero, or its shortfall is, by a few simplex pivots in floating
//! point. A branch is cut only when a combination of the game's inequalities proves it empty
//! with all rounding accounted for; what is left at the bottom is a pair of small faces,
//! whose vertices are enumerated and matched in rational arithmetic. So the list is complete
//! and exact, at the cost of floats. If a float proof fails where it is needed, the whole
//! search is made again in rationals.
//!
//! Cost: the number of branches, some 10^4–10^5 for 15 × 15, each O(m·n). Degenerate games
//! are no exception; the equilibria that share a strategy are connected, and the components
//! of the graph are reported (Avis, Rosenberg, Savani & von Stengel 2010).

use std::collections::BTreeSet;

use dashu_ratio::RBig;

use crate::game::table::StrategicTable;
use crate::solve::mixed::ExactEquilibrium;
use crate::solve::mixed::components::structure;
use crate::solve::mixed::dictionary::{Dictionary, Fixing};
use crate::solve::mixed::linear::{equalizer, sum};
use crate::solve::mixed::number::Number;
use crate::work::Work;

pub use crate::finding::strategic::mixed::ExtremeEquilibria;

/// The most bases of one face that are looked at.
const MAX_BASES: usize = 100_000;

/// The steps into which the search is cut for whoever watches it.
const STEPS: u64 = 1 << 20;

/// Enumerates all extreme equilibria of a two-player game; `None` unless it has two players.
pub fn extreme_equilibria(game: &StrategicTable, work: Work<'_>) -> Option<ExtremeEquilibria> {
    let pair = Pair::new(game)?;
    let mut search = Search::new(&pair, work);
    search.run_float();
    let mut incomplete = search.stopped.take();
    let mut found = search.found;
    if incomplete.is_none() && search.lost {
        let mut exact = Search::new(&pair, work);
        exact.run_exact();
        incomplete = exact.stopped.take();
        found = exact.found;
    }
    let payoff = |player: usize, level: &RBig| game.exact(player).of_level(level);
    let equilibria: Vec<ExactEquilibrium> = found
        .into_iter()
        .map(|[x, y]| {
            let levels = pair.values(&x, &y);
            let payoffs = [payoff(0, &levels[0]), payoff(1, &levels[1])];
            ExactEquilibrium { strategies: [x, y], payoffs }
        })
        .collect();
    let (component, subsets) = structure(&equilibria);
    Some(ExtremeEquilibria { equilibria, component, subsets, incomplete })
}

/// The payoff matrices, as each player's polyhedron has them: `[opponent][own]`.
struct Pair {
    exact: [Vec<Vec<RBig>>; 2],
    float: [Vec<Vec<f64>>; 2],
}

impl Pair {
    fn new(game: &StrategicTable) -> Option<Self> {
        let [m, n] = game.sizes()[..] else { return None };
        let level =
            |player: usize, i: usize, j: usize| RBig::from(game.exact(player).level(i + m * j));
        let share = [game.normalized(0), game.normalized(1)];
        Some(Self {
            exact: [
                (0..n).map(|j| (0..m).map(|i| level(1, i, j)).collect()).collect(),
                (0..m).map(|i| (0..n).map(|j| level(0, i, j)).collect()).collect(),
            ],
            float: [
                (0..n).map(|j| (0..m).map(|i| share[1][i + m * j]).collect()).collect(),
                (0..m).map(|i| (0..n).map(|j| share[0][i + m * j]).collect()).collect(),
            ],
        })
    }

    /// Both players' payoffs, in levels.
    fn values(&self, x: &[RBig], y: &[RBig]) -> [RBig; 2] {
        let dot = |row: &[RBig], y: &[RBig]| sum(row.iter().zip(y).map(|(a, p)| a * p));
        let first = sum(self.exact[1].iter().zip(x).map(|(row, p)| dot(row, y) * p));
        let second = sum(self.exact[0].iter().zip(y).map(|(row, p)| dot(row, x) * p));
        [first, second]
    }

    /// The variable of a label (a strategy of either player) in each polyhedron: in its
    /// owner's it is the probability, in the other's the shortfall.
    fn variables(&self, label: usize) -> [usize; 2] {
        let (m, n) = (self.exact[1].len(), self.exact[0].len());
        // Strategies come before slacks: x_i is i and y_j is j, s_j is m + j, r_i is n + i.
        if label < m { [label, n + label] } else { [label, label - m] }
    }

    fn labels(&self) -> usize {
        self.exact[0].len() + self.exact[1].len()
    }
}

type Faces<T> = [Dictionary<T>; 2];

struct Search<'a> {
    pair: &'a Pair,
    work: Work<'a>,
    nodes: u64,
    found: BTreeSet<[Vec<RBig>; 2]>,
    /// A branch was not cut that looked empty: floats are not good enough here.
    lost: bool,
    stopped: Option<String>,
    roots: Faces<RBig>,
    /// How much of the tree is done, as if both branches were always alike, and how many steps
    /// of that have been told.
    done: f64,
    told: u64,
}

impl<'a> Search<'a> {
    fn new(pair: &'a Pair, work: Work<'a>) -> Self {
        let roots = [Dictionary::new(&pair.exact[0]), Dictionary::new(&pair.exact[1])];
        Self {
            pair,
            work,
            nodes: 0,
            found: BTreeSet::new(),
            lost: false,
            stopped: None,
            roots,
            done: 0.0,
            told: 0,
        }
    }

    fn run_float(&mut self) {
        let float = &self.pair.float;
        let faces = [Dictionary::new(&float[0]), Dictionary::new(&float[1])];
        self.work.begin("extreme equilibria", STEPS);
        self.branch(faces, 1.0, &mut vec![false; self.pair.labels()], &|dictionary, side, row| {
            dictionary.proves(row, &float[side])
        });
        self.work.end();
    }

    fn run_exact(&mut self) {
        let faces = self.roots.clone();
        self.work.begin("extreme equilibria, in fractions", STEPS);
        self.branch(faces, 1.0, &mut vec![false; self.pair.labels()], &|_, _, _| true);
        self.work.end();
    }

    /// So much more of the tree is done.
    fn finish(&mut self, share: f64) {
        self.done += share;
        let steps = (self.done * STEPS as f64) as u64;
        // A thousandth at a time: telling costs more than a branch.
        if steps >= self.told + STEPS / 1024 {
            self.work.advance(steps - self.told);
            self.told = steps;
        }
    }

    /// `proves(face, side, row)`: whether the row proves the face empty. `share` is the branch's
    /// part of the tree.
    fn branch<T: Number>(
        &mut self,
        faces: Faces<T>,
        share: f64,
        decided: &mut Vec<bool>,
        proves: &dyn Fn(&Dictionary<T>, usize, usize) -> bool,
    ) {
        self.nodes += 1;
        if self.nodes.is_multiple_of(1024) && self.work.is_over() {
            self.stopped
                .get_or_insert_with(|| "the time was up before all branches were searched".into());
        }
        if self.stopped.is_some() || self.lost {
            return;
        }
        let Some(label) = self.next(&faces, decided) else {
            self.leaf(&faces);
            self.finish(share);
            return;
        };
        decided[label] = true;
        let variables = self.pair.variables(label);
        for side in 0..2 {
            let mut child = faces.clone();
            match child[side].fix(variables[side]) {
                Fixing::Done => self.branch(child, share / 2.0, decided, proves),
                Fixing::Impossible { row } => {
                    self.finish(share / 2.0);
                    if !proves(&child[side], side, row) {
                        self.lost = true;
                    }
                }
                Fixing::Lost => self.lost = true,
            }
        }
        decided[label] = false;
    }

    /// The label to branch on: the one that the vertices violate most; else one that some
    /// pair of points of the faces violates. `None` if all pairs are equilibria.
    fn next<T: Number>(&self, faces: &Faces<T>, decided: &[bool]) -> Option<usize> {
        let open = |label: &usize| {
            let [a, b] = self.pair.variables(*label);
            !decided[*label] && !faces[0].is_fixed(a) && !faces[1].is_fixed(b)
        };
        let mut best = None;
        let mut most = T::zero();
        for label in (0..self.pair.labels()).filter(open) {
            let [a, b] = self.pair.variables(label);
            let product = faces[0].value(a).times(&faces[1].value(b));
            if product.is_positive() && most.less(&product) {
                most = product;
                best = Some(label);
            }
        }
        best.or_else(|| {
            (0..self.pair.labels()).filter(open).find(|&label| {
                let [a, b] = self.pair.variables(label);
                faces[0].can_rise(a) && faces[1].can_rise(b)
            })
        })
    }

    /// Matches the vertices of two faces, exactly.
    fn leaf<T: Number>(&mut self, faces: &Faces<T>) {
        let mut vertices = [BTreeSet::new(), BTreeSet::new()];
        for (side, vertices) in vertices.iter_mut().enumerate() {
            if let Some(point) = self.point(&faces[side], side) {
                vertices.extend(point);
                continue;
            }
            let mut face = self.roots[side].clone();
            for label in 0..self.pair.labels() {
                let variable = self.pair.variables(label)[side];
                if faces[side].is_fixed(variable) && face.fix(variable) != Fixing::Done {
                    // Empty after all.
                    return;
                }
            }
            match corners(face, self.pair.labels()) {
                Some(corners) => *vertices = corners,
                None => {
                    self.stopped = Some(format!(
                        "a face of the best-response polyhedra has more than {MAX_BASES} bases"
                    ));
                    return;
                }
            }
        }
        let [first, second] = &vertices;
        for p in first {
            for q in second {
                let complementary = (0..self.pair.labels()).all(|label| {
                    let [a, b] = self.pair.variables(label);
                    p[a].is_zero() || q[b].is_zero()
                });
                if complementary {
                    let (m, n) = (self.pair.exact[1].len(), self.pair.exact[0].len());
                    self.found.insert([p[..m].to_vec(), q[..n].to_vec()]);
                }
            }
        }
    }

    /// The values of all variables at the only point of a face, none if there is no point.
    /// `None` if the face's equations leave it open, as they do in degenerate games.
    fn point<T: Number>(&self, face: &Dictionary<T>, side: usize) -> Option<Option<Vec<RBig>>> {
        let matrix = &self.pair.exact[side];
        let k = matrix[0].len();
        let used: Vec<usize> = (0..k).filter(|&i| !face.is_fixed(i)).collect();
        let tight: Vec<usize> = (0..matrix.len()).filter(|&h| face.is_fixed(k + h)).collect();
        let first = *tight.first()?;
        let mut values = equalizer(&used, &tight, k, |h, i| matrix[h][i].clone())?;
        let payoff = |row: &Vec<RBig>| sum(row.iter().zip(&values).map(|(a, p)| a * p));
        let best = payoff(&matrix[first]);
        let slacks: Vec<RBig> = matrix.iter().map(|row| &best - payoff(row)).collect();
        values.extend(slacks);
        Some(Some(values).filter(|values| values.iter().all(|value| *value >= RBig::ZERO)))
    }
}

/// The vertices of a face, by walking from basis to basis: the values of all variables.
fn corners(face: Dictionary<RBig>, variables: usize) -> Option<BTreeSet<Vec<RBig>>> {
    let values =
        |face: &Dictionary<RBig>| (0..variables).map(|v| face.value(v)).collect::<Vec<_>>();
    let mut corners = BTreeSet::from([values(&face)]);
    if face.is_vertex() {
        return Some(corners);
    }
    let mut seen = BTreeSet::from([face.basis()]);
    let mut open = vec![face];
    while let Some(face) = open.pop() {
        for (row, column) in face.neighbours() {
            let mut next = face.clone();
            next.pivot(row, column);
            if seen.insert(next.basis()) {
                if seen.len() > MAX_BASES {
                    return None;
                }
                corners.insert(values(&next));
                open.push(next);
            }
        }
    }
    Some(corners)
}
