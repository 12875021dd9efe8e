//! Groups that hold the target, and the trust up to which some group would, once more.

use crate::certify::Claim;
use crate::certify::security::naive::{Camps, Naive, without};
use crate::coalition::Coalition;
use crate::finding::security::{Groups, Trust};
use crate::game::Stance;
use crate::tolerance::Tolerances;

/// Whether each member of the group balances, and the group holds the target, where the rest is
/// `with` it or hides.
fn holds(game: &Naive, group: Coalition, with_rest: bool) -> bool {
    let camps = opposed(game, group, with_rest);
    let balances = |i| game.is_reply(without(camps, i), i, Stance::Balance);
    game.system.compare_power(camps.with, group).is_le() && group.members().all(balances)
}

fn opposed(game: &Naive, group: Coalition, with_rest: bool) -> Camps {
    let target = Coalition(1 << game.target);
    let rest = group.complement(game.system.len());
    Camps { with: if with_rest { rest } else { target }, against: group }
}

/// The claims on the smallest groups; whether there are others is looked for if asked.
pub(super) fn groups(game: &Naive, found: &Groups, with_rest: bool, complete: bool) -> Vec<Claim> {
    let name = if with_rest { "war" } else { "balancing" };
    let size = found.number.unwrap_or(0);
    let mut distinct = found.groups.clone();
    distinct.sort();
    distinct.dedup();
    let sound = distinct.len() == found.groups.len()
        && found.number.is_some() == (found.total > 0)
        && found.groups.len() as u64 <= found.total
        && (found.total == 0 || !found.groups.is_empty())
        && found
            .groups
            .iter()
            .all(|g| g.len() == size && !g.contains(game.target) && holds(game, *g, with_rest));
    let mut claims =
        vec![Claim::exact(format!("security: the {name} groups would hold the target"), sound)];
    if complete {
        let at_most = found.number.unwrap_or(usize::MAX);
        let all: Vec<usize> = subsets(game)
            .filter(|group| group.len() <= at_most && holds(game, *group, with_rest))
            .map(Coalition::len)
            .collect();
        let total = all.len() as u64 == found.total && all.iter().all(|&len| len == size);
        claims.push(Claim::exact(
            format!("security: no smaller {name} group would, and no other of that size"),
            total,
        ));
    } else if size > 1 && weigh_less(game, size - 1) {
        claims.push(Claim::exact(
            format!("security: the {} strongest weigh less than the target", size - 1),
            true,
        ));
    }
    claims
}

/// Whether so many of the others weigh less than the target, whoever they are.
pub(super) fn weigh_less(game: &Naive, size: usize) -> bool {
    let (others, exact) = (game.others.iter().copied(), game.system.exact_shares());
    let strongest = crate::order::by(others, |a, b| exact[b].cmp(&exact[a]));
    let group: Coalition = strongest.into_iter().take(size).collect();
    game.system.compare_power(group, Coalition(1 << game.target)).is_lt()
}

fn subsets<'a>(game: &'a Naive) -> impl Iterator<Item = Coalition> + 'a {
    Coalition::all(game.others.len())
        .map(|places| places.members().map(|c| game.others[c]).collect())
}

/// The claims on trust.
pub(super) fn trust(game: &Naive, found: &Trust, complete: bool) -> Vec<Claim> {
    let tolerance = Tolerances::DEFAULT.certificate;
    let needed = game.others.iter().map(|&i| game.trust_needed(i)).fold(0.0, f64::max);
    let what = "security: all bandwagon in an equilibrium above this forbearance (order_from)";
    let off = distance([needed, 0.0], found.order_from);
    let mut claims = vec![Claim::within(what, off, tolerance)];
    if let Some((up_to, group)) = found.balance_to {
        let reached = bearable(game, group);
        let off = reached.map_or(f64::INFINITY, |reached| distance(reached, up_to));
        let what = "security: a group balances up to this forbearance (balance_to)";
        claims.push(Claim::within(what, off, tolerance));
    }
    if complete {
        let above = |[reached, blur]: [f64; 2]| match found.balance_to {
            Some((up_to, _)) if reached > up_to => distance([reached, blur], up_to),
            Some(_) => 0.0,
            None if reached < blur => 0.0,
            None => f64::INFINITY,
        };
        let off = subsets(game).filter_map(|group| bearable(game, group)).map(above);
        let what = "security: no group balances up to a larger one";
        claims.push(Claim::within(what, off.fold(0.0, f64::max), tolerance));
    }
    claims
}

/// How far apart two amounts of forbearance are, beyond what rounding may move the one; above 1,
/// the most there is, all are alike.
fn distance([a, blur]: [f64; 2], b: f64) -> f64 {
    if a > 1.0 - blur && b > 1.0 - blur { 0.0 } else { ((a - b).abs() - blur).max(0.0) }
}

/// The forbearance up to which the group balances and the rest hides, if it holds the target, and
/// how far rounding may move it.
fn bearable(game: &Naive, group: Coalition) -> Option<[f64; 2]> {
    let close = Tolerances::DEFAULT.rounding;
    let camps = opposed(game, group, false);
    if game.system.compare_power(camps.with, group).is_gt() {
        return None;
    }
    let stake = |j: usize| game.fear[j] * game.system.shares()[j];
    let mut bounds = Vec::with_capacity(game.others.len());
    for &i in &game.others {
        let others = without(camps, i);
        let balance = game.loss(others, i, Stance::Balance);
        let hide = game.loss(others, i, Stance::Hide);
        let balances = group.contains(i);
        let content = if group == Coalition(1 << i) {
            let first = |&j: &usize| {
                let ahead = stake(i) - stake(j);
                ahead > close || (ahead.abs() <= close && i <= j)
            };
            game.fear[i] > 0.0 && game.others.iter().all(first)
        } else if balances {
            balance <= hide + close
        } else {
            balance > hide + close
        };
        if !content {
            return None;
        }
        let loss = if balances { balance } else { hide };
        bounds.push(game.trust_bearable(others, i, loss));
    }
    let most = bounds.iter().map(|[bound, _]| *bound).fold(f64::INFINITY, f64::min);
    let binding = bounds.iter().filter(|[bound, blur]| bound - blur <= most);
    let blur = binding.map(|[_, blur]| *blur).fold(0.0, f64::max);
    Some([most, blur])
}
