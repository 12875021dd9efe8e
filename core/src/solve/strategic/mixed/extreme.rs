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

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use dashu_ratio::RBig;

use crate::exact::sum;
use crate::game::table::{Levels, StrategicTable};
use crate::solve::strategic::mixed::ExactEquilibrium;
use crate::solve::strategic::mixed::components::structure;
use crate::solve::strategic::mixed::dictionary::{Dictionary, Fixing};
use crate::solve::strategic::mixed::linear::{Narrow, equalizer, narrow_equalizer};
use crate::solve::strategic::mixed::number::Number;
use crate::work::Work;

pub use crate::finding::strategic::mixed::ExtremeEquilibria;

/// The most bases of one face that are looked at.
const MAX_BASES: usize = 100_000;

/// How many times as long as matching vertices it takes to write down and certify what comes of
/// it, roughly.
const AFTERWARDS: u32 = 4;

/// Why a search ends early.
const TIME_WAS_UP: &str = "the time was up before all branches were searched";

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
        .map(|(strategies, levels)| {
            let payoffs = [payoff(0, &levels[0]), payoff(1, &levels[1])];
            ExactEquilibrium { strategies, payoffs }
        })
        .collect();
    let (component, subsets) = structure(&equilibria);
    Some(ExtremeEquilibria { equilibria, component, subsets, incomplete })
}

/// The payoff matrices, as each player's polyhedron has them: `[opponent][own]`.
struct Pair {
    exact: [Vec<Vec<RBig>>; 2],
    float: [Vec<Vec<f64>>; 2],
    /// The exact ones, where they are narrow.
    whole: Option<[Vec<Vec<i128>>; 2]>,
}

impl Pair {
    fn new(game: &StrategicTable) -> Option<Self> {
        let [m, n] = game.sizes()[..] else { return None };
        let level =
            |player: usize, i: usize, j: usize| RBig::from(game.exact(player).level(i + m * j));
        let share = [game.normalized(0), game.normalized(1)];
        let narrow = |player: usize| match game.exact(player).levels() {
            Levels::Small(levels) => Some(levels),
            Levels::Large(_) => None,
        };
        let whole = narrow(0).zip(narrow(1)).map(|(first, second)| {
            let at = |levels: &[i64], i: usize, j: usize| i128::from(levels[i + m * j]);
            [
                (0..n).map(|j| (0..m).map(|i| at(second, i, j)).collect()).collect(),
                (0..m).map(|i| (0..n).map(|j| at(first, i, j)).collect()).collect(),
            ]
        });
        Some(Self {
            whole,
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

type Faces<'f, T> = [&'f Dictionary<T>; 2];

/// A vertex of a best-response polyhedron.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Corner {
    strategy: Vec<RBig>,
    /// The opponent's best payoff, in levels.
    best: RBig,
    /// Which variables are zero.
    zero: Vec<bool>,
}

impl Corner {
    /// From the values of all variables, the strategy's first.
    fn new(mut values: Vec<RBig>, matrix: &[Vec<RBig>]) -> Self {
        let zero = values.iter().map(RBig::is_zero).collect();
        values.truncate(matrix.first().map_or(0, Vec::len));
        let payoff = |row: &Vec<RBig>| sum(row.iter().zip(&values).map(|(a, p)| a * p));
        let best = matrix.iter().map(payoff).max().unwrap_or(RBig::ZERO);
        Self { strategy: values, best, zero }
    }
}

struct Search<'a> {
    pair: &'a Pair,
    work: Work<'a>,
    nodes: u64,
    /// Strategies, and payoffs in levels.
    found: BTreeMap<[Vec<RBig>; 2], [RBig; 2]>,
    /// A branch was not cut that looked empty: floats are not good enough here.
    lost: bool,
    stopped: Option<String>,
    roots: [Dictionary<RBig>; 2],
    /// The time that leaves took, where there is a limit.
    matching: Duration,
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
            found: BTreeMap::new(),
            lost: false,
            stopped: None,
            roots,
            matching: Duration::ZERO,
            done: 0.0,
            told: 0,
        }
    }

    fn run_float(&mut self) {
        let float = &self.pair.float;
        let faces = [Dictionary::new(&float[0]), Dictionary::new(&float[1])];
        self.work.begin("extreme equilibria", STEPS);
        let mut decided = vec![false; self.pair.labels()];
        self.branch([&faces[0], &faces[1]], 1.0, &mut decided, &|dictionary, side, row| {
            dictionary.proves(row, &float[side])
        });
        self.work.end();
    }

    fn run_exact(&mut self) {
        let faces = self.roots.clone();
        self.work.begin("extreme equilibria, in fractions", STEPS);
        let mut decided = vec![false; self.pair.labels()];
        self.branch([&faces[0], &faces[1]], 1.0, &mut decided, &|_, _, _| true);
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
        faces: Faces<'_, T>,
        share: f64,
        decided: &mut Vec<bool>,
        proves: &dyn Fn(&Dictionary<T>, usize, usize) -> bool,
    ) {
        self.nodes += 1;
        // Exact pivots take long, and so does it to write down what is found.
        let often = if T::EXACT { 8 } else { 256 };
        if self.nodes.is_multiple_of(often) && self.work.is_over_before(self.afterwards()) {
            self.stopped.get_or_insert_with(|| TIME_WAS_UP.into());
        }
        if self.stopped.is_some() || self.lost {
            return;
        }
        let Some(label) = self.next(faces, decided) else {
            let start = self.work.is_limited().then(Instant::now);
            self.leaf(faces);
            self.matching += start.map_or(Duration::ZERO, |start| start.elapsed());
            self.finish(share);
            return;
        };
        decided[label] = true;
        let variables = self.pair.variables(label);
        for side in 0..2 {
            let mut child = faces[side].clone();
            match child.fix(variables[side]) {
                Fixing::Done => {
                    let faces = if side == 0 { [&child, faces[1]] } else { [faces[0], &child] };
                    self.branch(faces, share / 2.0, decided, proves);
                }
                Fixing::Impossible { row } => {
                    self.finish(share / 2.0);
                    if !proves(&child, side, row) {
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
    fn next<T: Number>(&self, faces: Faces<'_, T>, decided: &[bool]) -> Option<usize> {
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

    /// What writing down and certifying the equilibria found so far takes, roughly: so many
    /// times what matching them took, on this machine as busy as it is.
    fn afterwards(&self) -> Duration {
        if self.found.is_empty() { Duration::ZERO } else { self.matching * AFTERWARDS }
    }

    /// Matches the vertices of two faces, exactly.
    fn leaf<T: Number>(&mut self, faces: Faces<'_, T>) {
        let mut vertices = [Vec::new(), Vec::new()];
        for (side, vertices) in vertices.iter_mut().enumerate() {
            if let Some(point) = self.point(faces[side], side) {
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
            let all = corners(face, self.pair.labels(), self.work);
            match all {
                Ok(all) => {
                    let matrix = &self.pair.exact[side];
                    vertices.extend(all.into_iter().map(|values| Corner::new(values, matrix)));
                }
                Err(why) => {
                    self.stopped = Some(why);
                    return;
                }
            }
        }
        let [first, second] = &vertices;
        for p in first {
            for q in second {
                let complementary = (0..self.pair.labels()).all(|label| {
                    let [a, b] = self.pair.variables(label);
                    p.zero[a] || q.zero[b]
                });
                if complementary {
                    // What the second player is paid is told by the first one's strategy.
                    let levels = [q.best.clone(), p.best.clone()];
                    self.found.insert([p.strategy.clone(), q.strategy.clone()], levels);
                }
            }
        }
    }

    /// The only point of a face, none if there is no point. `None` if the face's equations
    /// leave it open, as they do in degenerate games.
    fn point<T: Number>(&self, face: &Dictionary<T>, side: usize) -> Option<Option<Corner>> {
        let matrix = &self.pair.exact[side];
        let k = matrix[0].len();
        let used: Vec<usize> = (0..k).filter(|&i| !face.is_fixed(i)).collect();
        let tight: Vec<usize> = (0..matrix.len()).filter(|&h| face.is_fixed(k + h)).collect();
        let first = *tight.first()?;
        if let Some(whole) = &self.pair.whole
            && let Ok(point) = narrow_point(&whole[side], &used, &tight)
        {
            return point;
        }
        let mut values = equalizer(&used, &tight, k, |h, i| matrix[h][i].clone())?;
        let payoff = |row: &Vec<RBig>| sum(row.iter().zip(&values).map(|(a, p)| a * p));
        let best = payoff(&matrix[first]);
        let slacks: Vec<RBig> = matrix.iter().map(|row| &best - payoff(row)).collect();
        values.extend(slacks);
        let sound = values.iter().all(|value| *value >= RBig::ZERO);
        Some(sound.then(|| Corner::new(values, matrix)))
    }
}

/// A number of more than 127 bits.
struct TooLarge;

/// As [`Search::point`], in narrow whole numbers.
fn narrow_point(
    matrix: &[Vec<i128>],
    used: &[usize],
    tight: &[usize],
) -> Result<Option<Option<Corner>>, TooLarge> {
    let (solution, denominator) = match narrow_equalizer(used, tight, matrix) {
        Narrow::Solved(solution, denominator) => (solution, denominator),
        Narrow::NotUnique => return Ok(None),
        Narrow::TooLarge => return Err(TooLarge),
    };
    let [weights @ .., best] = &solution[..] else { return Ok(None) };
    if weights.iter().any(|&w| w < 0) {
        return Ok(Some(None));
    }
    let k = matrix.first().map_or(0, Vec::len);
    let mut zero = vec![true; k + matrix.len()];
    for (h, row) in matrix.iter().enumerate() {
        let mut slack = *best;
        for (&i, &w) in used.iter().zip(weights) {
            let paid = row[i].checked_mul(w).ok_or(TooLarge)?;
            slack = slack.checked_sub(paid).ok_or(TooLarge)?;
        }
        if slack < 0 {
            return Ok(Some(None));
        }
        zero[k + h] = slack == 0;
    }
    let mut strategy = vec![RBig::ZERO; k];
    let share = |w: i128| RBig::from_parts(w.into(), denominator.unsigned_abs().into());
    for (&i, &w) in used.iter().zip(weights) {
        strategy[i] = share(w);
        zero[i] = w == 0;
    }
    Ok(Some(Some(Corner { strategy, best: share(*best), zero })))
}

/// The vertices of a face, by walking from basis to basis: the values of all variables.
fn corners(
    face: Dictionary<RBig>,
    variables: usize,
    work: Work<'_>,
) -> Result<BTreeSet<Vec<RBig>>, String> {
    let values =
        |face: &Dictionary<RBig>| (0..variables).map(|v| face.value(v)).collect::<Vec<_>>();
    let mut corners = BTreeSet::from([values(&face)]);
    if face.is_vertex() {
        return Ok(corners);
    }
    let mut seen = BTreeSet::from([face.basis()]);
    let mut open = vec![face];
    while let Some(face) = open.pop() {
        if work.is_over() {
            return Err(TIME_WAS_UP.into());
        }
        for (row, column) in face.neighbours() {
            let mut next = face.clone();
            next.pivot(row, column);
            if seen.insert(next.basis()) {
                if seen.len() > MAX_BASES {
                    return Err(format!(
                        "a face of the best-response polyhedra has more than {MAX_BASES} bases"
                    ));
                }
                corners.insert(values(&next));
                open.push(next);
            }
        }
    }
    Ok(corners)
}
