//! Sets of equilibria of one support where the indifference conditions are singular, exactly.
//!
//! A condition that varies with one player's strategy alone is linear in it. All of these leave
//! each player a polytope of mixed strategies, whose vertices are found by double description
//! (Motzkin, Raiffa, Thompson & Thrall 1953). The other conditions are multilinear, so that one
//! that holds at every combination of vertices holds at all their mixtures: where all do, the
//! product of the polytopes is what the support has of equilibria. Where only one player mixes,
//! or two whose strategies bear on nobody else at once, that is always so.
//!
//! Cost: exponential in the strategies of the support; a support of more than [`MOST_PROFILES`]
//! profiles, or more than [`MOST_VERTICES`] combinations of vertices, is left.

use std::cmp::Ordering;

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::exact::sum;
use crate::game::table::{StrategicTable, advance};

const MOST_PROFILES: usize = 4096;
const MOST_VERTICES: usize = 256;

/// What is known of the equilibria that use all strategies of a support.
pub(super) enum Continuum {
    /// There are none, but for some that use fewer strategies, perhaps.
    Empty,
    /// They are those of the mixtures of these strategies that use all: by player the vertices.
    Product(Vec<Vec<Vec<RBig>>>),
    /// Some combinations of vertices are equilibria and some not, or there are too many.
    Open,
}

/// The equilibria of a support, if all conditions that vary with the strategies of several
/// players at once hold wherever the others do.
pub(super) fn product(game: &StrategicTable, support: &[&[usize]]) -> Continuum {
    let sizes: Vec<usize> = support.iter().map(|own| own.len()).collect();
    if !few(&sizes, MOST_PROFILES) {
        return Continuum::Open;
    }
    let mut hulls: Vec<Hull> = sizes.iter().map(|&k| Hull::simplex(k)).collect();
    let mut joint = Vec::new();
    for condition in conditions(game, support) {
        let varies: Vec<usize> = (0..sizes.len()).filter(|&j| condition.varies(j)).collect();
        match varies[..] {
            [] if condition.fails(condition.gains[0].cmp(&IBig::ZERO)) => return Continuum::Empty,
            [] => {}
            [j] => {
                let row = condition.line(j);
                hulls[j].cut(&row);
                if condition.equal {
                    hulls[j].cut(&row.iter().map(|x| -x).collect::<Vec<IBig>>());
                }
            }
            _ => joint.push(condition),
        }
    }
    if !hulls.iter().all(Hull::uses_all) {
        return Continuum::Empty;
    }
    let counts: Vec<usize> = hulls.iter().map(|hull| hull.vertices.len()).collect();
    if !few(&counts, MOST_VERTICES) {
        return Continuum::Open;
    }
    for condition in &joint {
        let signs = condition.signs(&hulls, &counts);
        let fails = signs.iter().filter(|&&sign| condition.fails(sign)).count();
        if fails == signs.len() && signs.iter().all(|sign| *sign == signs[0]) {
            return Continuum::Empty;
        }
        if fails > 0 {
            return Continuum::Open;
        }
    }
    let whole = |((hull, used), k): ((&Hull, &&[usize]), usize)| {
        let whole = |vertex: &Vertex| {
            let mut p = vec![RBig::ZERO; k];
            used.iter().zip(&vertex.point).for_each(|(&a, x)| p[a].clone_from(x));
            p
        };
        hull.vertices.iter().map(whole).collect()
    };
    Continuum::Product(hulls.iter().zip(support).zip(game.sizes()).map(whole).collect())
}

fn few(counts: &[usize], most: usize) -> bool {
    let product = counts.iter().try_fold(1usize, |product, &k| product.checked_mul(k));
    product.is_some_and(|all| all <= most)
}

/// What a strategy gains over the first that the player uses, at each profile of the support, the
/// first player's strategy fastest; the player's own axis is of length 1.
struct Condition {
    gains: Vec<IBig>,
    sizes: Vec<usize>,
    /// Whether it must be zero, not only at most zero.
    equal: bool,
}

fn conditions(game: &StrategicTable, support: &[&[usize]]) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (player, own) in support.iter().enumerate() {
        let sizes: Vec<usize> =
            (0..support.len()).map(|j| if j == player { 1 } else { support[j].len() }).collect();
        let mut bases = Vec::new();
        let mut choice = vec![0; sizes.len()];
        loop {
            let profile: Vec<usize> = support.iter().zip(&choice).map(|(s, &c)| s[c]).collect();
            bases.push(profile);
            if !advance(&mut choice, &sizes) {
                break;
            }
        }
        let level = |profile: &[usize], a: usize| {
            let mut profile = profile.to_vec();
            profile[player] = a;
            game.exact(player).level(game.index(&profile))
        };
        for b in (0..game.sizes()[player]).filter(|&b| b != own[0]) {
            let gain = |base: &Vec<usize>| level(base, b) - level(base, own[0]);
            let gains = bases.iter().map(gain).collect();
            conditions.push(Condition { gains, sizes: sizes.clone(), equal: own.contains(&b) });
        }
    }
    conditions
}

impl Condition {
    fn stride(&self, player: usize) -> usize {
        self.sizes[..player].iter().product()
    }

    fn fails(&self, sign: Ordering) -> bool {
        sign.is_gt() || self.equal && sign.is_lt()
    }

    /// Whether it depends on a player's strategy.
    fn varies(&self, player: usize) -> bool {
        let stride = self.stride(player);
        let mut blocks = self.gains.chunks_exact(stride * self.sizes[player]);
        blocks.any(|block| (stride..block.len()).any(|k| block[k] != block[k - stride]))
    }

    /// The gains along one player's strategies.
    fn line(&self, player: usize) -> Vec<IBig> {
        let stride = self.stride(player);
        (0..self.sizes[player]).map(|a| self.gains[a * stride].clone()).collect()
    }

    /// The signs of the gain at all combinations of vertices.
    fn signs(&self, hulls: &[Hull], counts: &[usize]) -> Vec<Ordering> {
        let mut signs = Vec::new();
        let mut choice = vec![0; counts.len()];
        loop {
            let mut gains: Vec<RBig> = self.gains.iter().cloned().map(RBig::from).collect();
            for ((&c, hull), &k) in choice.iter().zip(hulls).zip(&self.sizes) {
                // The player's own strategies make no difference.
                if k > 1 {
                    let mean = |line: &[RBig]| dot(line, &hull.vertices[c].point);
                    gains = gains.chunks_exact(k).map(mean).collect();
                }
            }
            signs.push(gains[0].cmp(&RBig::ZERO));
            if !advance(&mut choice, counts) {
                return signs;
            }
        }
    }
}

fn dot(one: &[RBig], other: &[RBig]) -> RBig {
    sum(one.iter().zip(other).map(|(a, b)| a * b))
}

/// A polytope of mixed strategies, by its vertices.
struct Hull {
    vertices: Vec<Vertex>,
}

struct Vertex {
    point: Vec<RBig>,
    /// Which of the inequalities, first those that say that no probability is below zero, it
    /// meets with equality.
    tight: Vec<bool>,
}

impl Hull {
    fn simplex(k: usize) -> Self {
        let vertex = |a: usize| Vertex {
            point: (0..k).map(|b| if a == b { RBig::ONE } else { RBig::ZERO }).collect(),
            tight: (0..k).map(|b| a != b).collect(),
        };
        Self { vertices: (0..k).map(vertex).collect() }
    }

    /// Whether some point has all probabilities above zero.
    fn uses_all(&self) -> bool {
        let Some(first) = self.vertices.first() else { return false };
        (0..first.point.len()).all(|a| self.vertices.iter().any(|v| !v.point[a].is_zero()))
    }

    /// Keeps the points at which the linear function is at most zero.
    fn cut(&mut self, row: &[IBig]) {
        let row: Vec<RBig> = row.iter().cloned().map(RBig::from).collect();
        let values: Vec<RBig> = self.vertices.iter().map(|v| dot(&row, &v.point)).collect();
        let side = |k: &usize, wanted: Ordering| values[*k].cmp(&RBig::ZERO) == wanted;
        let all = 0..self.vertices.len();
        let mut crossed = Vec::new();
        for inner in all.clone().filter(|k| side(k, Ordering::Less)) {
            for outer in all.clone().filter(|k| side(k, Ordering::Greater)) {
                let (u, v) = (&self.vertices[inner], &self.vertices[outer]);
                let both: Vec<bool> = u.tight.iter().zip(&v.tight).map(|(a, b)| *a && *b).collect();
                // An edge joins two vertices unless a third meets all that both meet.
                let between = |w: &Vertex| both.iter().zip(&w.tight).all(|(own, w)| !own || *w);
                let third = |k: usize| k != inner && k != outer && between(&self.vertices[k]);
                if all.clone().any(third) {
                    continue;
                }
                let (from, to) = (&values[inner], &values[outer]);
                let at = |(x, y): (&RBig, &RBig)| (to * x - from * y) / (to - from);
                let point = u.point.iter().zip(&v.point).map(at).collect();
                crossed.push(Vertex { point, tight: both.into_iter().chain([true]).collect() });
            }
        }
        let mut values = values.iter();
        self.vertices.retain_mut(|vertex| {
            let sign = values.next().map_or(Ordering::Greater, |value| value.cmp(&RBig::ZERO));
            vertex.tight.push(sign.is_eq());
            sign.is_le()
        });
        self.vertices.append(&mut crossed);
    }
}
