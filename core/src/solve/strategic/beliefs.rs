//! Why a strategy is not strictly dominated: a belief about what the others do to which it is a
//! best reply (Pearce 1984, lemma 3).
//!
//! **Definition.** A belief is a distribution over what the others do together. A strategy is
//! strictly dominated by a mixture of the player's others iff it is a best reply to no belief.
//!
//! **Method.** Against a strategy `a` the player's other strategies and nature play a zero-sum
//! game over `u(b, s) − u(a, s)`: where its value is above 0, an optimal mixture dominates `a`;
//! else an optimal play of nature is a belief to which `a` is a best reply. Few of the others'
//! profiles are in the game at first; the one in which the mixture pays least is added until
//! none pays less than the value. Each small game is solved in fractions (Lemke & Howson), so
//! that the answer is exact both ways.
//!
//! **Cost.** O(strategies · profiles) comparisons for each strategy, and a small game for each
//! profile added. **Limit.** 64 profiles for a strategy; beyond it no belief is given.

use dashu_ratio::RBig;

use crate::finding::strategic::{Belief, Elimination};
use crate::game::StrategicTable;
use crate::game::table::{Column, Player};
use crate::solve::strategic::dominance::offsets;
use crate::solve::strategic::mixed::{LemkeHowson, lemke_howson};
use crate::work::Work;

/// The most profiles of the others that a belief is looked for among.
const MOST_PROFILES: usize = 64;

/// What is so of the strategies that remain.
pub(in crate::solve) enum Beliefs {
    /// The beliefs of those that are best replies to no profile alone, as far as they were found.
    Found(Vec<Belief>),
    /// One of them is dominated after all.
    Dominated(Elimination),
}

/// The beliefs to which the strategies that remain are best replies.
pub(in crate::solve) fn beliefs(
    game: &StrategicTable,
    remaining: &[Vec<usize>],
    work: &Work,
) -> Beliefs {
    let mut found = Vec::new();
    for (player, own) in remaining.iter().enumerate() {
        if own.len() < 2 {
            continue;
        }
        let others = offsets(game, remaining, player);
        for &strategy in own {
            if work.is_over() {
                return Beliefs::Found(found);
            }
            let duel = Duel { game, player, strategy, own, others: &others };
            match duel.settled() {
                Settled::Plain | Settled::Open => {}
                Settled::Belief(expects) => found.push(Belief { player, strategy, expects }),
                Settled::Dominated(by) => {
                    return Beliefs::Dominated(Elimination { player, strategy, by });
                }
            }
        }
    }
    Beliefs::Found(found)
}

/// A strategy against the player's others.
struct Duel<'a> {
    game: &'a StrategicTable,
    player: usize,
    strategy: usize,
    own: &'a [usize],
    others: &'a [usize],
}

enum Settled {
    /// It is a best reply to a profile.
    Plain,
    /// It is one to this belief: numbers of profiles in which it is played.
    Belief(Vec<(usize, RBig)>),
    /// This mixture is better whatever the others do.
    Dominated(Vec<(usize, RBig)>),
    /// Neither was found.
    Open,
}

impl Duel<'_> {
    /// What `other` pays more than the strategy where the others do `s`.
    fn gain(&self, other: usize, s: usize) -> RBig {
        let (stride, levels) = (self.game.strides()[self.player], self.game.exact(self.player));
        RBig::from(levels.level(s + other * stride) - levels.level(s + self.strategy * stride))
    }

    fn settled(&self) -> Settled {
        let best = |s: &&usize| self.own.iter().all(|&b| self.gain(b, **s) <= RBig::ZERO);
        if self.others.iter().any(|s| best(&s)) {
            return Settled::Plain;
        }
        let rivals: Vec<usize> = self.own.iter().copied().filter(|&b| b != self.strategy).collect();
        let mut profiles = vec![self.others[0]];
        while profiles.len() <= MOST_PROFILES {
            let Some([mixture, belief]) = self.solve(&rivals, &profiles) else { break };
            let pays = |s: usize| {
                let each = rivals.iter().zip(&mixture).filter(|(_, w)| !w.is_zero());
                each.fold(RBig::ZERO, |sum, (&b, w)| sum + w * self.gain(b, s))
            };
            let expected = |b: usize| {
                let each = profiles.iter().zip(&belief).filter(|(_, p)| !p.is_zero());
                each.fold(RBig::ZERO, |sum, (&s, p)| sum + p * self.gain(b, s))
            };
            if rivals.iter().all(|&b| expected(b) <= RBig::ZERO) {
                let played = |s: usize| s + self.strategy * self.game.strides()[self.player];
                let used = profiles.iter().zip(belief).filter(|(_, p)| !p.is_zero());
                return Settled::Belief(used.map(|(&s, p)| (played(s), p)).collect());
            }
            let worst = self.others.iter().map(|&s| (pays(s), s)).min();
            match worst {
                Some((least, _)) if least > RBig::ZERO => {
                    let used = rivals.iter().copied().zip(mixture);
                    return Settled::Dominated(used.filter(|(_, w)| !w.is_zero()).collect());
                }
                Some((_, s)) if !profiles.contains(&s) => profiles.push(s),
                _ => break,
            }
        }
        Settled::Open
    }

    /// Optimal play of the rivals and of nature among these profiles.
    fn solve(&self, rivals: &[usize], profiles: &[usize]) -> Option<[Vec<RBig>; 2]> {
        let players = [Player::numbered("", rivals.len()), Player::numbered("", profiles.len())];
        let mut columns = [Column::default(), Column::default()];
        for &s in profiles {
            for &b in rivals {
                let gain = self.gain(b, s);
                columns[1].push_large(-gain.clone());
                columns[0].push_large(gain);
            }
        }
        let game = StrategicTable::new("", players.to_vec(), columns.to_vec()).ok()?;
        match lemke_howson(&game, 0, Work::default())? {
            LemkeHowson::Found { equilibrium, .. } => Some(equilibrium.strategies),
            _ => None,
        }
    }
}
