//! Re-checks that no strategy which iterated elimination keeps is dominated, exactly: each is a
//! best reply to something that the others can do, or to the belief that is given for it. A
//! strategy that is a best reply to a belief is dominated by no mixture.

use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::finding::strategic::{Belief, Dominance};
use crate::game::StrategicTable;
use crate::game::table::advance;

/// That every belief makes its strategy a best reply among those that remain, and that every
/// strategy that remains is one to a belief or to what the others do for certain; then what is
/// not known of, in words. O(strategies · profiles).
pub fn undominated(game: &StrategicTable, finding: &Dominance) -> (Vec<Claim>, Vec<String>) {
    let sizes = game.sizes();
    let fits = finding.remaining.len() == sizes.len()
        && finding
            .remaining
            .iter()
            .zip(&sizes)
            .all(|(own, k)| !own.is_empty() && own.iter().all(|a| a < k));
    if !fits {
        let words = "dominance: each player keeps strategies of its own";
        return (vec![Claim::exact(words, false)], Vec::new());
    }
    let supported: Vec<&Belief> =
        finding.beliefs.iter().filter(|belief| supports(game, finding, belief)).collect();
    let mut claims = vec![Claim::exact(
        "dominance: the beliefs given make their strategies best replies",
        supported.len() == finding.beliefs.len(),
    )];
    let (mut dominated, mut open) = (Vec::new(), Vec::new());
    for (player, own) in finding.remaining.iter().enumerate() {
        for &strategy in own.iter().filter(|_| own.len() > 1) {
            if supported.iter().any(|b| b.player == player && b.strategy == strategy) {
                continue;
            }
            let name = || {
                let player = &game.roster()[player];
                format!("{}'s {}", player.name, player.strategies[strategy])
            };
            match standing(game, finding, player, strategy) {
                Standing::BestReply => {}
                Standing::Dominated => dominated.push(name()),
                Standing::Neither => open.push(format!(
                    "dominance: that no mixture dominates {} (the report gives no belief to which \
                     it is a best reply; solve the game again)",
                    name()
                )),
            }
        }
    }
    claims.push(Claim::exact(
        match dominated.first() {
            Some(name) => format!("dominance: {name} is not dominated"),
            None => "dominance: no strategy that remains is dominated by another".into(),
        },
        dominated.is_empty(),
    ));
    (claims, open)
}

/// Whether a belief is a distribution over what the others may still do, with the strategy a
/// best reply to it.
fn supports(game: &StrategicTable, finding: &Dominance, belief: &Belief) -> bool {
    let Some(own) = finding.remaining.get(belief.player) else { return false };
    let stride = game.strides()[belief.player];
    let possible = belief.expects.iter().all(|(profile, p)| {
        *profile < game.len() && *p > RBig::ZERO && {
            let played = game.profile(*profile);
            played[belief.player] == belief.strategy
                && played.iter().zip(&finding.remaining).all(|(a, own)| own.contains(a))
        }
    });
    let total = belief.expects.iter().fold(RBig::ZERO, |sum, (_, p)| sum + p);
    if !possible || total != RBig::ONE {
        return false;
    }
    let levels = game.exact(belief.player);
    let expected = |b: usize| {
        belief.expects.iter().fold(RBig::ZERO, |sum, (profile, p)| {
            let there = profile - belief.strategy * stride + b * stride;
            sum + p * RBig::from(levels.level(there))
        })
    };
    let pays = expected(belief.strategy);
    own.iter().all(|&b| expected(b) <= pays)
}

enum Standing {
    /// To something that the others can do.
    BestReply,
    /// By a pure strategy.
    Dominated,
    Neither,
}

/// What is so of a strategy in the profiles of the others' strategies that remain.
fn standing(
    game: &StrategicTable,
    finding: &Dominance,
    player: usize,
    strategy: usize,
) -> Standing {
    let lists: Vec<Vec<usize>> = finding
        .remaining
        .iter()
        .enumerate()
        .map(|(i, own)| if i == player { vec![strategy] } else { own.clone() })
        .collect();
    let sizes: Vec<usize> = lists.iter().map(Vec::len).collect();
    let (levels, stride) = (game.exact(player), game.strides()[player]);
    let mut rivals: Vec<usize> =
        finding.remaining[player].iter().copied().filter(|&b| b != strategy).collect();
    let mut choice = vec![0; sizes.len()];
    loop {
        let profile: Vec<usize> = choice.iter().zip(&lists).map(|(&c, own)| own[c]).collect();
        let here = game.index(&profile);
        let own = levels.level(here);
        let pays = |b: usize| levels.level(here - strategy * stride + b * stride);
        if finding.remaining[player].iter().all(|&b| pays(b) <= own) {
            return Standing::BestReply;
        }
        rivals.retain(|&b| pays(b) > own);
        if !advance(&mut choice, &sizes) {
            break;
        }
    }
    if rivals.is_empty() { Standing::Neither } else { Standing::Dominated }
}
