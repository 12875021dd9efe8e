//! Supports that symmetries of a game carry to each other, of which one is examined for all.

use std::collections::HashSet;

use dashu_ratio::RBig;

use super::region::apart;
use super::{Listed, NEAR};
use crate::game::StrategicTable;
use crate::game::table::Symmetry;

/// The symmetries of the game, examined again, under which all that is listed stays listed; `None`
/// if one carries a listed equilibrium to one that is not.
pub(super) fn of(game: &StrategicTable, listed: &Listed<'_>) -> Option<Vec<Symmetry>> {
    let near = |image: &[Vec<f64>], most: f64| {
        listed.strategies.iter().any(|other| apart(image, other) < most)
    };
    let on_face = |image: &[Vec<f64>]| {
        let on = |(p, own): (&Vec<f64>, &Vec<usize>)| {
            (0..p.len()).all(|a| p[a] <= NEAR || own.contains(&a))
        };
        listed.faces.iter().any(|face| image.iter().zip(face).all(on))
    };
    let mut found = Vec::new();
    for symmetry in game.symmetries().into_iter().filter(|symmetry| holds(game, symmetry)) {
        let image = |one: &Vec<Vec<f64>>| symmetry.carry(one, |i, p| symmetry.mixed(i, p));
        let images: Vec<Vec<Vec<f64>>> = listed.strategies.iter().map(image).collect();
        let missed = |image: &Vec<Vec<f64>>| !near(image, NEAR.sqrt()) && !on_face(image);
        if listed.products.is_empty() && images.iter().any(missed) {
            return None;
        }
        let faces = || listed.faces.iter().map(|face| support(&symmetry, face));
        let product = |product: &Vec<Vec<Vec<RBig>>>| {
            let own =
                |i: usize, own: &Vec<Vec<RBig>>| own.iter().map(|p| symmetry.mixed(i, p)).collect();
            let image = symmetry.carry(product, own);
            let same = |(a, b): (&Vec<Vec<RBig>>, &Vec<Vec<RBig>>)| {
                a.len() == b.len() && a.iter().all(|p| b.contains(p))
            };
            listed.products.iter().any(|other| image.iter().zip(other).all(same))
        };
        if images.iter().all(|image| near(image, NEAR))
            && faces().all(|face| listed.faces.contains(&face))
            && listed.products.iter().all(product)
        {
            found.push(symmetry);
        }
    }
    Some(found)
}

/// Whether a game is the same after an exchange: each player's payoff in every profile is that of
/// the player whose part it takes, up to its unit and zero.
fn holds(game: &StrategicTable, symmetry: &Symmetry) -> bool {
    (0..game.len()).all(|index| {
        let mut image = vec![0; game.sizes().len()];
        for (i, a) in game.profile(index).into_iter().enumerate() {
            image[symmetry.players()[i]] = symmetry.strategies(i)[a];
        }
        let image = game.index(&image);
        symmetry
            .players()
            .iter()
            .enumerate()
            .all(|(i, &to)| game.exact(i).level(index) == game.exact(to).level(image))
    })
}

fn support(symmetry: &Symmetry, used: &[Vec<usize>]) -> Vec<Vec<usize>> {
    symmetry.carry(used, |i, own| {
        let mut own: Vec<usize> = own.iter().map(|&a| symmetry.strategies(i)[a]).collect();
        own.sort_unstable();
        own
    })
}

/// Adds a support and all that symmetries carry it to.
pub(super) fn carry(
    symmetries: &[Symmetry],
    used: Vec<Vec<usize>>,
    carried: &mut HashSet<Vec<Vec<usize>>>,
) {
    let mut open = vec![used];
    while let Some(used) = open.pop() {
        if carried.insert(used.clone()) {
            open.extend(symmetries.iter().map(|symmetry| support(symmetry, &used)));
        }
    }
}
