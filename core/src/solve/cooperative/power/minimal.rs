//! Minimal winning coalitions: how many, with whom, which; the indices of Deegan & Packel and
//! of Holler & Packel.
//!
//! Definition: a winning coalition is minimal if it loses by the loss of any member.
//! Deegan & Packel (1978): each is equally likely and divided equally,
//! `(1/|M|) Σ_{S∈M, i∈S} 1/|S|`. Holler & Packel (1983), the public good index: shares in
//! proportion to the number that one is in.
//! Method: of a weighted game the players are taken in the order of falling weight. A set
//! whose last member is `j` is minimal iff the others' weight is in `[q − w_j, q − 1]`, and
//! the others are a set of earlier players: the cumulative table of numbers by size and weight
//! counts them, and those with player `i` among them, before `j` is added to it.
//! Cost: O(n² q) and O(n · weights · n · q/w). Other games are enumerated, up to 30 players.

use dashu_int::UBig;
use dashu_ratio::RBig;

use super::counting::{Counts, MOST_BYTES, WORDS_AT_ONCE, add, big, is_too_large, with_limbs};
use super::marginals::normalized;
use crate::coalition::Coalition;
use crate::error::Result;
use crate::game::cooperative::{Game, OF_SIZE, SimpleTable, WITH, with_player};
use crate::order;
use crate::work::Work;

/// The numbers of minimal winning coalitions.
#[derive(Debug, Clone, PartialEq)]
pub struct MinimalCounts {
    /// `by_size[i][s]`: how many of size `s` player `i` is in, `s` from 0 to `n`.
    pub by_size: Vec<Vec<UBig>>,
    /// How many there are.
    pub total: UBig,
}

impl MinimalCounts {
    /// Deegan & Packel's index.
    pub fn deegan_packel(&self) -> Vec<RBig> {
        let parts = |sizes: &Vec<UBig>| {
            let shares = sizes.iter().enumerate().skip(1).filter(|(_, count)| !count.is_zero());
            shares.fold(RBig::ZERO, |sum, (size, count)| {
                sum + RBig::from_parts(count.clone().into(), UBig::from(size))
            }) / RBig::from(self.total.clone())
        };
        self.by_size.iter().map(parts).collect()
    }

    /// Holler & Packel's public good index.
    pub fn holler_packel(&self) -> Vec<RBig> {
        normalized(self.memberships().into_iter().map(RBig::from).collect()).unwrap_or_default()
    }

    /// How many each player is in.
    pub fn memberships(&self) -> Vec<UBig> {
        let sum = |sizes: &Vec<UBig>| sizes.iter().sum::<UBig>();
        self.by_size.iter().map(sum).collect()
    }
}

pub(in crate::solve) fn counts(game: &Game, work: &Work) -> Result<MinimalCounts> {
    if let Some((weights, quota)) = game.countable() {
        let n = weights.len();
        let counted = with_limbs!(n, by_weight(&weights, quota, work));
        if !is_too_large(&counted) || n > SimpleTable::MAX_PLAYERS {
            return counted;
        }
    }
    by_enumeration(&game.simple_within(work)?, work)
}

fn by_weight<const L: usize>(weights: &[u64], quota: u64, work: &Work) -> Result<MinimalCounts> {
    let n = weights.len();
    let order = order::by_key(0..n, |i| std::cmp::Reverse(weights[i]));
    let mut by_size = vec![vec![[0; L]; n + 1]; n];
    let mut total = UBig::ZERO;
    let mut counts = Counts::<L>::new(n, quota, true)?;
    for (place, &last) in order.iter().enumerate() {
        let weight = weights[last];
        if weight == 0 {
            break;
        }
        let (from, to) = (quota.saturating_sub(weight) as i64, quota as i64 - 1);
        let mut some = false;
        for size in 0..=place {
            let number = counts.window(size, from, to);
            add(&mut by_size[last][size + 1], &number);
            total += big(&number);
            some |= number != [0; L];
        }
        // Those with an earlier player i: the others weigh w_i less. Equal weights, equal numbers.
        let mut shares: Option<(u64, Vec<[u64; L]>)> = None;
        for &i in order[..place].iter().filter(|_| some) {
            work.in_time()?;
            let w = weights[i];
            let known = shares.take().filter(|(same, _)| *same == w);
            let (_, shares) = shares.insert(
                known.unwrap_or_else(|| (w, counts.without(w, from - w as i64, to - w as i64))),
            );
            for (sum, share) in by_size[i][2..].iter_mut().zip(&shares[..place]) {
                add(sum, share);
            }
        }
        counts.add(weight, work)?;
        work.advance(1);
    }
    let by_size = by_size.iter().map(|sizes| sizes.iter().map(big).collect()).collect();
    Ok(MinimalCounts { by_size, total })
}

fn by_enumeration(game: &SimpleTable, work: &Work) -> Result<MinimalCounts> {
    let n = game.players();
    let mut by_size = vec![vec![0u64; n + 1]; n];
    let mut total = 0u64;
    for high in 0..game.words().len() {
        if high % WORDS_AT_ONCE == 0 {
            work.in_time()?;
        }
        let word = minimal_word(game, high);
        if word == 0 {
            continue;
        }
        let base = high.count_ones() as usize;
        total += u64::from(word.count_ones());
        for (s, class) in OF_SIZE.iter().enumerate() {
            let members = word & class;
            if members == 0 {
                continue;
            }
            for (i, has) in WITH.iter().enumerate().take(n) {
                by_size[i][base + s] += u64::from((members & has).count_ones());
            }
            for i in Coalition((high as u64) << 6).members() {
                by_size[i][base + s] += u64::from(members.count_ones());
            }
        }
    }
    let large = |sizes: &Vec<u64>| sizes.iter().map(|&count| UBig::from(count)).collect();
    let by_size = by_size.iter().map(large).collect();
    Ok(MinimalCounts { by_size, total: UBig::from(total) })
}

/// Of a word's coalitions, the minimal winning ones.
fn minimal_word(game: &SimpleTable, high: usize) -> u64 {
    let mut word = game.words()[high];
    for i in 0..game.players() {
        if word == 0 {
            break;
        }
        word &= !with_player(high, i) | game.critical(high, i);
    }
    word
}

/// The first `limit` minimal winning coalitions as lists of players, each ascending: of a
/// weighted game with one rule in the order of a search from the heaviest player down, else in
/// the order of bits.
///
/// # Errors
/// If the game is not simple, or has several rules and too many players.
pub fn minimal_winning(game: &Game, limit: usize) -> Result<Vec<Vec<usize>>> {
    let mut found = Vec::new();
    if let Game::Weighted(weighted) = game
        && let [rule] = weighted.rules()
    {
        let weights = rule.weights();
        let order = order::by(0..weights.len(), |a, b| weights[b].cmp(&weights[a]));
        // What the players from a place on weigh together.
        let mut rest = vec![UBig::ZERO; order.len() + 1];
        for place in (0..order.len()).rev() {
            rest[place] = &rest[place + 1] + &weights[order[place]];
        }
        // Depth first, by hand: a path is as long as there are players.
        let mut path: Vec<usize> = Vec::new();
        let mut sum = UBig::ZERO;
        let mut place = 0;
        while found.len() < limit {
            let reaches = place < order.len() && &sum + &rest[place] >= *rule.quota();
            if reaches {
                let with = &sum + &weights[order[place]];
                path.push(place);
                if with >= *rule.quota() {
                    let mut members: Vec<usize> = path.iter().map(|&p| order[p]).collect();
                    members.sort_unstable();
                    found.push(members);
                    path.pop();
                } else {
                    sum = with;
                }
                place += 1;
            } else {
                let Some(last) = path.pop() else { break };
                sum -= &weights[order[last]];
                place = last + 1;
            }
        }
        return Ok(found);
    }
    let simple = game.simple()?;
    for high in 0..simple.words().len() {
        let mut word = minimal_word(&simple, high);
        while word != 0 && found.len() < limit {
            let coalition = Coalition((high as u64) << 6 | u64::from(word.trailing_zeros()));
            found.push(coalition.members().collect());
            word &= word - 1;
        }
    }
    Ok(found)
}

/// Steps of the dynamic programme over weights that are worth a count.
const MOST_STEPS: u64 = 1 << 31;
/// Coalitions that are counted one by one.
const MOST_COUNTED: usize = 1 << 17;

/// How many minimal winning coalitions a weighted game with one rule has, without the numbers
/// by player and size: O(n · q) where the weights are small integers, else one by one. `None`
/// where both would take too long.
pub fn minimal_total(game: &Game) -> Option<UBig> {
    total_within(game, &Work::default())
}

pub(in crate::solve) fn total_within(game: &Game, work: &Work) -> Option<UBig> {
    if let Some((weights, quota)) = game.countable() {
        let n = weights.len();
        let limbs = n.div_ceil(64) as u64;
        let steps = quota.checked_mul(n as u64)?.checked_mul(limbs)?;
        let bytes = quota.checked_mul(8 * limbs)?;
        if steps <= MOST_STEPS && bytes <= MOST_BYTES {
            return with_limbs!(n, total_by_weight(&weights, quota as usize, work)).ok();
        }
    }
    let Game::Weighted(weighted) = game else { return None };
    let [_] = weighted.rules() else { return None };
    let listed = minimal_winning(game, MOST_COUNTED + 1).ok()?.len();
    (listed <= MOST_COUNTED).then(|| UBig::from(listed))
}

fn total_by_weight<const L: usize>(weights: &[u64], quota: usize, work: &Work) -> Result<UBig> {
    let mut weights: Vec<usize> = weights.iter().map(|&w| w as usize).filter(|&w| w > 0).collect();
    order::sort_by(&mut weights, |a, b| b.cmp(a));
    // The numbers of sets of the heavier players, by weight.
    let mut sets = vec![[0; L]; quota];
    sets[0][0] = 1;
    let mut heaviest = 0;
    let mut total = [0; L];
    for weight in weights {
        work.in_time()?;
        let from = quota.saturating_sub(weight);
        for number in sets.iter().take(heaviest + 1).skip(from) {
            add(&mut total, number);
        }
        heaviest = (heaviest + weight).min(quota - 1);
        for x in (weight..=heaviest).rev() {
            let number = sets[x - weight];
            add(&mut sets[x], &number);
        }
    }
    Ok(big(&total))
}
