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
//! So the list is complete, and proved to be, unless a support is named as unresolved, where
//! the system is singular (degenerate games have continua of equilibria) or the budget of
//! cells was spent. Rounding is accounted for. Deterministic.
//!
//! Cost: exponential in Σ(k_i − 1); 4 players × 3 take some 10^5 cells.

use crate::error::{Error, Result};
use crate::game::table::{StrategicTable, advance};
use crate::solve::mixed::cell::{ROUNDING, Shape};
use crate::solve::mixed::search::{Search, TIME_WAS_UP};
use crate::solve::mixed::{Equilibrium, Proof};
use crate::solve::pure::pure_nash;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The most supports that are looked at.
pub const MAX_SUPPORTS: u64 = 1 << 22;

/// The most cells of one support.
pub(super) const MAX_CELLS: u64 = 400_000;
/// A probability or a shortfall below this is not told from zero.
pub(super) const BORDER: f64 = Tolerances::DEFAULT.support;

/// All equilibria of a game, as far as they could be settled.
#[derive(Debug, Clone, PartialEq)]
pub struct AllEquilibria {
    /// The equilibria, by supports: pure ones first.
    pub equilibria: Vec<Equilibrium>,
    /// The number of supports of the game.
    pub supports: u64,
    /// The supports that may hold further equilibria; the list is proved complete if there
    /// are none.
    pub unresolved: Vec<Unresolved>,
}

/// A support that was not settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unresolved {
    /// The strategies used, by player.
    pub support: Vec<Vec<usize>>,
    /// Why, in words.
    pub why: &'static str,
}

/// Finds all Nash equilibria.
///
/// # Errors
/// If there are more than [`MAX_SUPPORTS`] supports.
pub fn all_equilibria(game: &StrategicTable, work: Work<'_>) -> Result<AllEquilibria> {
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
    let payoffs: Vec<Vec<f64>> = (0..sizes.len()).map(|i| game.normalized(i)).collect();
    let mut found = AllEquilibria { equilibria: Vec::new(), supports, unresolved: Vec::new() };
    for index in pure_nash(game) {
        let strategies = game.profile(index).into_iter().zip(&sizes).map(|(a, &k)| {
            let mut p = vec![0.0; k];
            p[a] = 1.0;
            p
        });
        found.equilibria.push(Equilibrium::new(game, strategies.collect(), Proof::Exact));
    }
    let subsets: Vec<Vec<Vec<usize>>> = sizes.iter().map(|&k| subsets(k)).collect();
    let counts: Vec<usize> = subsets.iter().map(Vec::len).collect();
    let mut choice = vec![0; sizes.len()];
    work.begin("supports", supports);
    loop {
        let support: Vec<&[usize]> =
            choice.iter().zip(&subsets).map(|(&c, s)| s[c].as_slice()).collect();
        let is_mixed = support.iter().any(|s| s.len() > 1);
        let unresolved =
            |why| Unresolved { support: support.iter().map(|s| s.to_vec()).collect(), why };
        if is_mixed && work.is_over() {
            found.unresolved.push(unresolved(TIME_WAS_UP));
        } else if is_mixed && let Some(gains) = gains(game, &payoffs, &support) {
            let mut search = Search::new(game, &support, gains, work);
            let why = search.run();
            for (root, radius) in search.roots {
                add(game, &mut found.equilibria, root, radius);
            }
            found.unresolved.extend(why.map(unresolved));
        }
        work.advance(1);
        if !advance(&mut choice, &counts) {
            break;
        }
    }
    work.end();
    Ok(found)
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
    let near = |other: &Equilibrium| {
        let pairs = other.strategies.iter().flatten().zip(strategies.iter().flatten());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 10.0 * BORDER
    };
    if !list.iter().any(near) {
        let proof = radius.map_or(Proof::None, |radius| Proof::Unique { radius });
        list.push(Equilibrium::new(game, strategies, proof));
    }
}
