//! Of how much trust in the aggressor's forbearance bandwagoning is a matter.

use crate::coalition::Coalition;
use crate::finding::security::Trust;
use crate::game::SecurityGame;
use crate::game::security::Field;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How many groups between two looks at the clock.
const STRIDE: u64 = 1 << 12;

/// Both thresholds; `None` if the time was up. O(n · 2^(n−1)).
pub(super) fn of(game: &SecurityGame, work: &Work) -> Option<Trust> {
    let choosers = game.choosers();
    let mut balance_to: Option<(f64, Coalition)> = None;
    for places in Coalition::all(choosers.len()) {
        if places.0.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        let group: Coalition = places.members().map(|c| choosers[c]).collect();
        let best = balance_to.map_or(0.0, |(most, _)| most);
        if let Some(up_to) = largest_forbearance(game, group)
            && (up_to > best || (balance_to.is_none() && up_to >= 0.0))
        {
            balance_to = Some((up_to, group));
        }
    }
    Some(Trust { order_from: order_from(game), balance_to })
}

/// The forbearance above which all bandwagon in an equilibrium, `max_i (1 − x_i + k/τ_i)`.
fn order_from(game: &SecurityGame) -> f64 {
    let all = Coalition::grand(game.shares().len());
    let needs = |&i: &usize| {
        let others = game.force(all.difference(Coalition::EMPTY.with(i)));
        let exposed = 1.0 - game.overcomes(others, i);
        exposed + game.parameters().commitment_cost / game.threat(i)
    };
    // A state that nobody threatens and that pays nothing for commitment is indifferent: it hides.
    let finite = |x: f64| if x.is_nan() { f64::INFINITY } else { x };
    game.choosers().iter().map(needs).map(finite).fold(0.0, f64::max)
}

/// The largest forbearance at which this group balances and the others hide in equilibrium, if the
/// target is then held.
fn largest_forbearance(game: &SecurityGame, group: Coalition) -> Option<f64> {
    let target = Coalition::EMPTY.with(game.target());
    if game.compare(target, group).is_gt() {
        return None;
    }
    let sides =
        Field { attackers: game.force(target), defenders: game.force(group), ..Field::default() };
    let mut most = f64::INFINITY;
    for &i in game.choosers() {
        let balances = group.contains(i);
        let left = group.difference(Coalition::EMPTY.with(i));
        let field = Field { defenders: game.force(left), ..sides };
        let [balance, hide, _] = game.losses(&field, i);
        let rounding = Tolerances::DEFAULT.rounding;
        let stays = if left.is_empty() {
            is_most_threatened(game, i)
        } else if balances {
            balance <= hide + rounding
        } else {
            hide < balance - rounding
        };
        if !stays {
            return None;
        }
        most = most.min(up_to(game, &field, i, if balances { balance } else { hide }));
    }
    Some(most)
}

/// The forbearance up to which state `i` would rather lose this much than bandwagon.
fn up_to(game: &SecurityGame, field: &Field, i: usize, loss: f64) -> f64 {
    let parameters = game.parameters();
    let q = game.odds(game.joined(field.attackers, i), field.defenders);
    let beaten = (1.0 - q) * parameters.retribution + parameters.commitment_cost;
    let spared = q * game.threat(i);
    if spared > 0.0 {
        1.0 - (loss - beaten) / spared
    } else if loss <= beaten + Tolerances::DEFAULT.rounding {
        f64::INFINITY
    } else {
        f64::NEG_INFINITY
    }
}

/// Whether `τ_i p_i` is the largest of all, and above zero; the first in the input on a tie.
fn is_most_threatened(game: &SecurityGame, i: usize) -> bool {
    let weight = |j: usize| game.threat(j) * game.shares()[j];
    let rounding = Tolerances::DEFAULT.rounding;
    let before = |&j: &usize| {
        let more = weight(j) - weight(i);
        more > rounding || (more >= -rounding && j < i)
    };
    game.threat(i) > 0.0 && !game.choosers().iter().any(|j| *j != i && before(j))
}
