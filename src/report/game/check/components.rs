//! Re-examines which equilibria hang together.

use std::collections::{BTreeMap, BTreeSet};

use crate::certify::{self, Claim};
use crate::report::game::check::Check;
use crate::report::game::check::mixed::Listed;
use crate::report::game::*;

impl Check<'_> {
    /// Which equilibria hang together.
    pub(super) fn components(&mut self, listed: &Listed) {
        let report = self.report;
        let count = listed.exact.len();
        for (number, component) in report.components.iter().enumerate() {
            let name = |text: &str| format!("mixed: component {} {text}", number + 1);
            let known = component.equilibria.iter().all(|k| (1..=count).contains(k));
            self.claim(Claim::exact(name("is of equilibria that are listed"), known));
            for face in &component.faces {
                let holds =
                    self.face(face).is_some_and(|f| certify::strategic::mixed::face(self.game, &f));
                let what = name("has mixtures each of which is an equilibrium");
                self.claim(Claim::exact(what, holds));
            }
            let sound = known && component.subsets.iter().all(|s| is_product(listed, component, s));
            self.claim(Claim::exact(name("has subsets that are products"), sound));
            if self.players.len() != 2 {
                let what = name("has the equilibria of its sets, all and no others");
                self.claim(Claim::exact(what, self.has_members(component)));
            } else {
                match products(listed, component) {
                    Some(count) => {
                        let distinct: BTreeSet<&Vec<usize>> = component.subsets.iter().collect();
                        let all =
                            distinct.len() == component.subsets.len() && count == distinct.len();
                        self.claim(Claim::exact(name("has all its subsets, each once"), all));
                    }
                    None => {
                        self.found.skip(name("has all its subsets (they are too many to count)"))
                    }
                }
            }
        }
        let connected = connected(listed);
        let whole = report.mixed_is_complete() == Some(true) && connected.is_some();
        if self.players.len() == 2 && (whole || !report.components.is_empty()) {
            let mut claimed: Vec<Vec<usize>> =
                report.components.iter().map(|component| component.equilibria.clone()).collect();
            claimed.sort_unstable();
            let what = "mixed: the components are the equilibria that share strategies";
            self.claim(Claim::exact(what, connected == Some(claimed)));
        }
    }

    /// Whether a component's equilibria are those of its subsets and those listed on its faces.
    fn has_members(&self, component: &ComponentReport) -> bool {
        let faces: Option<Vec<_>> = component.faces.iter().map(|face| self.face(face)).collect();
        let (Some(faces), Some(mixed)) = (faces, &self.report.mixed) else { return false };
        let on = |face: &Vec<Vec<usize>>, found: &MixedReport| {
            found.profile.iter().zip(face).all(|(p, own)| {
                p.iter().enumerate().all(|(a, x)| x.value() <= 0.0 || own.contains(&a))
            })
        };
        let listed = mixed.iter().zip(1..);
        let on_faces = listed.filter(|(found, _)| faces.iter().any(|face| on(face, found)));
        let subsets = component.subsets.iter().flatten().copied();
        let members: BTreeSet<usize> = on_faces.map(|(_, k)| k).chain(subsets).collect();
        members.into_iter().eq(component.equilibria.iter().copied())
    }
}

/// The groups, of more than one, of equilibria that share a strategy, directly or through
/// others: their numbers from 1. `None` if one is not exact.
fn connected(listed: &Listed) -> Option<Vec<Vec<usize>>> {
    listed.exact.iter().all(|found| matches!(found, Some(Some(_)))).then_some(())?;
    let count = listed.exact.len();
    let mut parent: Vec<usize> = (0..count).collect();
    fn root(parent: &mut [usize], mut k: usize) -> usize {
        while parent[k] != k {
            parent[k] = parent[parent[k]];
            k = parent[k];
        }
        k
    }
    for (k, same) in listed.same.iter().enumerate() {
        for &other in same {
            let (a, b) = (root(&mut parent, k), root(&mut parent, other));
            parent[a.max(b)] = a.min(b);
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for k in 0..count {
        groups.entry(root(&mut parent, k)).or_default().push(k + 1);
    }
    Some(groups.into_values().filter(|group| group.len() > 1).collect())
}

/// How many sets of equilibria of a component are all pairs of some strategies of the one and the
/// other player and in no larger such set: for every set of strategies of the player who has
/// fewer, those of the other that go with all of them, and back. `None` if those are too many.
/// O(2^strategies · equilibria).
fn products(listed: &Listed, component: &ComponentReport) -> Option<usize> {
    const MOST: usize = 12;
    let pairs: Vec<[usize; 2]> =
        component.equilibria.iter().map(|&k| listed.pair(k)).collect::<Option<_>>()?;
    let side = |side: usize| -> Vec<usize> {
        let all: BTreeSet<usize> = pairs.iter().map(|pair| pair[side]).collect();
        all.into_iter().collect()
    };
    let few = usize::from(side(1).len() < side(0).len());
    let own = side(few);
    if own.len() > MOST {
        return None;
    }
    // With which of the other player's strategies each goes.
    let goes: Vec<BTreeSet<usize>> = own
        .iter()
        .map(|strategy| {
            let with = pairs.iter().filter(|pair| pair[few] == *strategy);
            with.map(|pair| pair[1 - few]).collect()
        })
        .collect();
    let closed = (1..1usize << own.len()).filter(|set| {
        let members = (0..own.len()).filter(|k| set >> k & 1 == 1);
        let common = members.map(|k| goes[k].clone()).reduce(|a, b| &a & &b).unwrap_or_default();
        let closure = (0..own.len()).filter(|&k| common.is_subset(&goes[k]));
        !common.is_empty() && closure.fold(0, |all, k| all | 1 << k) == *set
    });
    Some(closed.count())
}

/// Whether the equilibria are all combinations of some strategies of each player, and of two
/// players no further strategy of either goes with all of those.
fn is_product(listed: &Listed, component: &ComponentReport, subset: &[usize]) -> bool {
    let inside = |k: &usize| component.equilibria.contains(k).then(|| listed.strategies(*k))?;
    let Some(members) = subset.iter().map(inside).collect::<Option<Vec<&[usize]>>>() else {
        return false;
    };
    let Some(first) = members.first() else { return false };
    if members.iter().any(|own| own.len() != first.len()) {
        return false;
    }
    let distinct =
        |side: usize| -> BTreeSet<usize> { members.iter().map(|own| own[side]).collect() };
    let sides: Vec<BTreeSet<usize>> = (0..first.len()).map(distinct).collect();
    let all: BTreeSet<&[usize]> = members.iter().copied().collect();
    let mut counts = sides.iter().map(BTreeSet::len);
    let combinations = counts.try_fold(1usize, |product, count| product.checked_mul(count));
    if all.len() != members.len() || combinations != Some(members.len()) {
        return false;
    }
    if sides.len() != 2 {
        return true;
    }
    let others: Vec<[usize; 2]> =
        component.equilibria.iter().filter_map(|&k| listed.pair(k)).collect();
    (0..2).all(|side| {
        let mut with: BTreeMap<usize, usize> = BTreeMap::new();
        for pair in others.iter().filter(|pair| !sides[side].contains(&pair[side])) {
            *with.entry(pair[side]).or_default() +=
                usize::from(sides[1 - side].contains(&pair[1 - side]));
        }
        with.values().all(|&count| count < sides[1 - side].len())
    })
}
