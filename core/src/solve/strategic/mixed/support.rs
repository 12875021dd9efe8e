//! All Nash equilibria of a small game of any number of players, by supports.
//!
//! For each choice of the strategies that the players use, the equilibria are the zeros of a
//! square multilinear system in a product of simplices. Supports with a strategy that is
//! dominated given the others' are left out (Dickhaut & Kaplan 1991; Porter, Nudelman &
//! Shoham 2008); in the others the simplices are halved until each [`Cell`] is settled:
//!
//! - the signs of the gains at its corners leave no zero (Bernstein), or
//! - Krawczyk's operator, `K = c − Y·F(c) + (I − Y·J)(X − c)`, leaves the cell, or
//! - it contracts, so that the cell has at most one zero: Newton's method finds it, and a
//!   Newton–Kantorovich test proves that it is one (Krawczyk 1969; Moore, Kearfott & Cloud
//!   2009, chapter 8).
//!
//! Only what uses *all* of a support is looked for, since the rest has supports of its own: so a
//! gain that is nowhere below zero, and above it somewhere inside, leaves no zero there. Where
//! all gains of a support vanish and no unused strategy is better, every mixture of it is an
//! equilibrium: a *face* of equilibria, of which the largest are listed. Where the system is
//! singular in another way, the equilibria are often all mixtures of some strategies of each
//! player, exactly known: a [`product`](continua).
//!
//! Of the supports that symmetries of the game carry to each other one is searched ([`orbits`]).
//!
//! So the list is complete, and proved to be, unless a support is named as unresolved, where
//! the system is singular (degenerate games have continua of other shapes) or the budget of
//! cells was spent. Rounding is accounted for. Deterministic. Small supports come first.
//!
//! Cost: exponential in Σ(k_i − 1); 4 players × 3 take some 10^5 cells.
//!
//! [`orbits`]: super::orbits

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::game::table::{StrategicTable, advance};
use crate::order;
use crate::solve::strategic::mixed::cell::{ROUNDING, Shape};
use crate::solve::strategic::mixed::continua::{self, Continuum};
use crate::solve::strategic::mixed::orbits::{Member, Orbits};
use crate::solve::strategic::mixed::rational;
use crate::solve::strategic::mixed::search::{Search, TIME_WAS_UP};
use crate::solve::strategic::mixed::{Equilibrium, Proof, apart};
use crate::solve::strategic::pure::pure_nash;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most supports that are looked at.
pub const MAX_SUPPORTS: u64 = 1 << 22;

/// A probability or a shortfall below this is not told from zero.
pub(super) const BORDER: f64 = Tolerances::DEFAULT.support;
/// Equilibria that are nearer are taken for one, unless both are known exactly.
const SAME: f64 = 10.0 * BORDER;

/// All equilibria of a game, as far as they could be settled.
#[derive(Debug, Clone, PartialEq)]
pub struct AllEquilibria {
    /// The equilibria, by supports: pure ones first.
    pub equilibria: Vec<Equilibrium>,
    /// The number of supports of the game.
    pub supports: u64,
    /// The largest supports, beyond single profiles, of which every mixture is an equilibrium.
    pub faces: Vec<Vec<Vec<usize>>>,
    /// Numbers of equilibria, beyond such supports, of which every mixture is one: they are all
    /// combinations of some strategies of each player. The largest sets.
    pub products: Vec<Vec<usize>>,
    /// Supports that may hold further equilibria, but for those that the time was up for all
    /// of them; the list is proved complete if there are none.
    pub unresolved: Vec<Unresolved>,
    /// How many supports may.
    pub open: u64,
}

/// A support that was not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The strategies used, by player.
    pub support: Vec<Vec<usize>>,
    /// Why, in words.
    pub why: &'static str,
}

/// Finds all Nash equilibria, however long it takes.
///
/// # Errors
/// If there are more than [`MAX_SUPPORTS`] supports.
pub fn all_equilibria(game: &StrategicTable, work: Work<'_>) -> Result<AllEquilibria> {
    equilibria_within(game, u64::MAX, work)
}

/// As [`all_equilibria`], with so many gains at corners of cells computed at most, some 10^8 a
/// second: supports that this is not enough for are unresolved.
///
/// # Errors
/// As [`all_equilibria`].
pub fn equilibria_within(
    game: &StrategicTable,
    mut budget: u64,
    work: Work<'_>,
) -> Result<AllEquilibria> {
    let sizes = game.sizes();
    let choices =
        |&k: &usize| u32::try_from(k).ok().and_then(|k| 1u64.checked_shl(k)).map(|all| all - 1);
    let supports = sizes
        .iter()
        .try_fold(1u64, |product, k| product.checked_mul(choices(k)?))
        .filter(|&all| all <= MAX_SUPPORTS)
        .ok_or_else(|| {
            Error::too_large(
                "an enumeration of all supports",
                format!("{MAX_SUPPORTS} supports"),
                "ask for one equilibrium, or eliminate dominated strategies first",
            )
        })?;
    let payoffs: Vec<Vec<f64>> = (0..sizes.len()).map(|i| game.dyadic(i)).collect();
    let exact = (0..sizes.len()).all(|i| game.exact(i).top() < IBig::from(1u32 << EXACT_BITS));
    let mut found = AllEquilibria {
        equilibria: Vec::new(),
        supports,
        faces: Vec::new(),
        products: Vec::new(),
        unresolved: Vec::new(),
        open: 0,
    };
    found.equilibria.extend(pure_nash(game).into_iter().map(|k| Equilibrium::pure(game, k)));
    let subsets: Vec<Vec<Vec<usize>>> = sizes.iter().map(|&k| subsets(k)).collect();
    let counts: Vec<usize> = subsets.iter().map(Vec::len).collect();
    let orbits = Orbits::new(game, &subsets);
    let mut seen = vec![false; supports as usize];
    let (mut roots, mut continua) = (Vec::new(), Vec::new());
    let mut done = 0;
    work.begin("supports", supports);
    for number in small_first(&subsets, &counts, supports) {
        if seen[number as usize] {
            continue;
        }
        let support = support_of(number, &subsets, &counts);
        done += 1;
        work.advance(1);
        if support.iter().all(|s| s.len() == 1) {
            continue;
        }
        let Some((shape, gains)) = gains(game, &payoffs, &support) else { continue };
        if work.is_over() {
            let support = support.iter().map(|s| s.to_vec()).collect();
            found.unresolved.push(Unresolved { support, why: TIME_WAS_UP });
            found.open += supports + 1 - done;
            break;
        }
        let members = orbits.of(number);
        members.iter().for_each(|member| seen[member.number as usize] = true);
        done += members.len() as u64 - 1;
        work.advance(members.len() as u64 - 1);
        let supports = || {
            let own = |member: &Member| support_of(member.number, &subsets, &counts);
            members.iter().map(own).map(|own| own.iter().map(|s| s.to_vec()).collect())
        };
        if exact && is_face(&shape, &gains) {
            found.faces.extend(supports());
            continue;
        }
        let mut search = Search::new(game, &support, (shape, gains), exact, work);
        if let Some(why) = search.run(&mut budget) {
            let continuum = match why {
                TIME_WAS_UP => Continuum::Open,
                _ => continua::product(game, &support),
            };
            match continuum {
                Continuum::Empty => {}
                Continuum::Product(vertices) => {
                    let products = orbits.carry(&members, vertices, |symmetry, i, own| {
                        own.iter().map(|p| symmetry.mixed(i, p)).collect()
                    });
                    continua.extend(members.iter().map(|member| member.number).zip(products));
                    continue;
                }
                Continuum::Open => {
                    found.unresolved.extend(supports().map(|support| Unresolved { support, why }));
                    found.open += members.len() as u64;
                }
            }
        }
        for (root, radius) in search.roots {
            let carried = orbits.carry(&members, root, |symmetry, i, p| symmetry.mixed(i, p));
            let numbered = members.iter().map(|member| member.number).zip(carried);
            roots.extend(numbered.map(|(number, root)| (number, root, radius)));
        }
    }
    work.end();
    // In the order of the supports, whichever came first.
    order::sort_by_key(&mut roots, |&(number, ..)| number);
    for (_, root, radius) in roots {
        add(game, &mut found.equilibria, root, radius);
    }
    order::sort_by_key(&mut continua, |&(number, _)| number);
    found.set_continua(game, &continua);
    Ok(found)
}

impl AllEquilibria {
    /// Lists the products' equilibria, and keeps the largest products and faces.
    fn set_continua(&mut self, game: &StrategicTable, continua: &[(u64, Vec<Vec<Vec<RBig>>>)]) {
        let products = continua.iter().map(|(_, own)| list(game, &mut self.equilibria, own));
        self.products = products.filter(|product| product.len() > 1).collect();
        largest(&mut self.products, |small, large| small.iter().all(|k| large.contains(k)));
        largest(&mut self.faces, |small, large| {
            small.iter().zip(large).all(|(s, l)| s.iter().all(|a| l.contains(a)))
        });
        let pure = |face: &Vec<Vec<usize>>, p: &[Vec<f64>]| {
            p.iter().zip(face).all(|(p, own)| own.iter().any(|&a| p[a] >= 1.0))
        };
        let within = |face: &Vec<Vec<usize>>, product: &Vec<usize>| {
            let own = product.iter().filter(|&&k| pure(face, &self.equilibria[k].strategies));
            own.count() == face.iter().map(Vec::len).product::<usize>()
        };
        self.faces.retain(|face| !self.products.iter().any(|product| within(face, product)));
    }
}

/// The numbers of the equilibria that combinations of the players' strategies are, those added
/// to the list that were not in it.
fn list(
    game: &StrategicTable,
    list: &mut Vec<Equilibrium>,
    strategies: &[Vec<Vec<RBig>>],
) -> Vec<usize> {
    let counts: Vec<usize> = strategies.iter().map(Vec::len).collect();
    let (mut choice, mut numbers) = (vec![0; counts.len()], Vec::new());
    loop {
        let exact: Vec<Vec<RBig>> =
            strategies.iter().zip(&choice).map(|(own, &c)| own[c].clone()).collect();
        numbers.push(number_of(game, list, exact));
        if !advance(&mut choice, &counts) {
            numbers.sort_unstable();
            return numbers;
        }
    }
}

/// The number of an exact equilibrium in the list, where it takes the place of what approximates
/// it.
fn number_of(
    game: &StrategicTable,
    list: &mut Vec<Equilibrium>,
    strategies: Vec<Vec<RBig>>,
) -> usize {
    let known = |one: &Equilibrium| one.exact.as_ref().is_some_and(|(own, _)| *own == strategies);
    if let Some(number) = list.iter().position(known) {
        return number;
    }
    let float = |p: &Vec<RBig>| p.iter().map(|x| x.to_f64().value()).collect();
    let floats: Vec<Vec<f64>> = strategies.iter().map(float).collect();
    let near = |one: &Equilibrium| one.exact.is_none() && apart(&one.strategies, &floats) < SAME;
    let number = list.iter().position(near).unwrap_or(list.len());
    let exact = rational::payoffs(game, &strategies).map(|payoffs| (strategies, payoffs));
    let one = Equilibrium { exact, ..Equilibrium::new(game, floats, Proof::Exact) };
    match list.get_mut(number) {
        Some(place) => *place = one,
        None => list.push(one),
    }
    number
}

/// Payoff levels of fewer bits have exact differences and means in the cells that matter.
const EXACT_BITS: u32 = 24;

/// The numbers of all supports, those of few strategies first.
fn small_first(subsets: &[Vec<Vec<usize>>], counts: &[usize], supports: u64) -> Vec<u64> {
    let most: usize = subsets.iter().map(|own| own.last().map_or(0, Vec::len)).sum();
    let mut order: Vec<Vec<u32>> = vec![Vec::new(); most + 1];
    let mut choice = vec![0; counts.len()];
    for number in 0..supports as u32 {
        let size: usize =
            choice.iter().zip(subsets).map(|(&c, own): (&usize, _)| own[c].len()).sum();
        order[size].push(number);
        advance(&mut choice, counts);
    }
    order.into_iter().flatten().map(u64::from).collect()
}

/// The support with a number, the first player's subset varying fastest.
fn support_of<'a>(
    mut number: u64,
    subsets: &'a [Vec<Vec<usize>>],
    counts: &[usize],
) -> Vec<&'a [usize]> {
    let mut own = |(subsets, &count): (&'a Vec<Vec<usize>>, &usize)| {
        let choice = (number % count as u64) as usize;
        number /= count as u64;
        subsets[choice].as_slice()
    };
    subsets.iter().zip(counts).map(&mut own).collect()
}

/// Whether every mixture of the support is an equilibrium: no gain is anything but zero, none
/// of an unused strategy above it. With exact gains.
fn is_face(shape: &Shape, gains: &[f64]) -> bool {
    (0..shape.sizes.len()).all(|player| {
        let (equal, below) = (shape.equal[player], shape.below[player]);
        let length = shape.lengths[player];
        let own = &gains[shape.starts[player]..][..(equal + below) * length];
        let (used, unused) = own.split_at(equal * length);
        used.iter().all(|gain| *gain == 0.0) && unused.iter().all(|gain| *gain <= 0.0)
    })
}

/// Keeps the sets that are in no other one; the same set twice is kept once.
fn largest<T: Clone>(sets: &mut Vec<T>, within: impl Fn(&T, &T) -> bool) {
    let all = std::mem::take(sets);
    for (k, set) in all.iter().enumerate() {
        let larger = |(other, large): (usize, &T)| {
            other != k && within(set, large) && (other > k || !within(large, set))
        };
        if !all.iter().enumerate().any(larger) {
            sets.push(set.clone());
        }
    }
}

/// The non-empty subsets of `k` strategies, small ones first.
fn subsets(k: usize) -> Vec<Vec<usize>> {
    let members = |bits: u64| (0..k).filter(|a| bits >> a & 1 == 1).collect::<Vec<_>>();
    let mut subsets: Vec<Vec<usize>> = (1..1u64 << k).map(members).collect();
    subsets.sort_by_key(Vec::len);
    subsets
}

/// The gains of a support with its shape; `None` if a used strategy is dominated there.
pub(super) fn gains(
    game: &StrategicTable,
    payoffs: &[Vec<f64>],
    support: &[&[usize]],
) -> Option<(Shape, Vec<f64>)> {
    let strides = game.strides();
    let mut gains = Vec::new();
    let mut below = Vec::with_capacity(support.len());
    for (i, own) in support.iter().enumerate() {
        let mut others = vec![0];
        for (j, used) in support.iter().enumerate() {
            if j != i {
                others = used
                    .iter()
                    .flat_map(|a| others.iter().map(move |o| o + a * strides[j]))
                    .collect();
            }
        }
        let k = game.roster()[i].strategies.len();
        let line = |a: usize| others.iter().map(move |o| payoffs[i][o + a * strides[i]]);
        for &a in *own {
            for b in (0..k).filter(|&b| b != a) {
                if line(b).zip(line(a)).all(|(better, worse)| better - worse > ROUNDING) {
                    return None;
                }
            }
        }
        let unused: Vec<usize> = (0..k).filter(|a| !own.contains(a)).collect();
        for &a in own[1..].iter().chain(&unused) {
            gains.extend(line(a).zip(line(own[0])).map(|(x, first)| x - first));
        }
        below.push(unused.len());
    }
    let shape = Shape::new(support.iter().map(|s| s.len()).collect(), below);
    Some((shape, gains))
}

/// Adds an equilibrium unless it is in the list: where the support's border is touched, one
/// is found by several supports.
fn add(
    game: &StrategicTable,
    list: &mut Vec<Equilibrium>,
    strategies: Vec<Vec<f64>>,
    radius: Option<f64>,
) {
    let near = |other: &Equilibrium| apart(&other.strategies, &strategies) < SAME;
    if !list.iter().any(near) {
        let proof = radius.map_or(Proof::None, |radius| Proof::Unique { radius });
        list.push(Equilibrium::new(game, strategies, proof).in_fractions(game));
    }
}
