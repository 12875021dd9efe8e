//! The largest excess in a contest game, without going through all coalitions.
//!
//! The players, by type, are divided into two halves; each half's coalitions are kept in the
//! order of strength. A question leaves of either half those that no other one beats, which has
//! as much strength, gets no more, and is settled with the same partners (the two cheapest of
//! different keys stand for all, since one of two is not settled where the third is not). What
//! is left is cut into blocks, and blocks of blocks. For any rate `r` a pair's excess is what
//! the two are ahead, `r · P − x` each, and what the value is ahead, `F(P) − r·P`, which over
//! the strengths of two blocks is largest at an end, at one half or where `F' = r`. So the
//! smallest such sum over some rates, the players' pay for strength, bounds a pair of blocks.
//!
//! In floating point: sums and values are off by less than
//! [`Tolerances::rounding`](crate::tolerance::Tolerances::rounding), and no more is claimed.
//! Cost: O(2^(n/2)) a question, and the pairs of blocks that the bounds leave. Limit: halves of
//! 2^20 coalitions, by type.

use rayon::prelude::*;

use crate::certify::cooperative::half_sums::sums;
use crate::game::cooperative::{ContestGame, Types};

/// The most coalitions of a half.
const MOST: usize = 1 << 20;
/// The most coalitions in a block that is not cut.
const BLOCK: usize = 16;
/// The most rates.
const RATES: usize = 16;
/// The parts that are looked through one by one.
const PARTS: usize = 64;

/// A question: what is the largest excess of a coalition with `key · S ≠ 0`?
pub(in crate::certify) struct Question<'a> {
    /// What each type's players get.
    pub(in crate::certify) paid: &'a [f64],
    /// A vector; sums of it over any coalition fit.
    pub(in crate::certify) key: &'a [i128],
    /// Excesses up to this do not matter.
    pub(in crate::certify) floor: f64,
}

/// A contest game in two halves.
pub(in crate::certify) struct ContestScan<'a> {
    game: &'a ContestGame,
    shares: Vec<f64>,
    halves: [Half; 2],
}

/// The types of a half with their sizes, and its coalitions by falling strength.
struct Half {
    kinds: Vec<(usize, usize)>,
    order: Vec<(u128, u32)>,
}

/// A coalition of a half.
#[derive(Clone, Copy)]
struct Member {
    strength: u128,
    paid: f64,
    key: i128,
}

/// The coalitions that matter, by falling strength, in blocks.
struct Blocks {
    members: Vec<Member>,
    nodes: Vec<Node>,
}

struct Node {
    from: usize,
    to: usize,
    /// The most that a coalition in it is ahead of each rate.
    ahead: [f64; RATES],
    /// The first of its two parts; 0 if it is not cut.
    parts: usize,
}

/// A rate, and where the value is furthest ahead of it on the concave side.
#[derive(Clone, Copy)]
struct Rate {
    rate: f64,
    share: f64,
    ahead: f64,
}

impl<'a> ContestScan<'a> {
    /// Divides a game. `None` if it is too large.
    pub(in crate::certify) fn new(game: &'a ContestGame, types: &Types) -> Option<Self> {
        let strength = |kind: usize| game.strength(types.one(kind));
        // Every second type by strength to the other half, so that both have strong and weak.
        let order = crate::order::by_key(0..types.len(), |kind| (types.size(kind), strength(kind)));
        let mut halves = [(Vec::new(), 1usize), (Vec::new(), 1usize)];
        for kind in order.into_iter().rev() {
            let half = &mut halves[usize::from(halves[0].1 > halves[1].1)];
            half.0.push((kind, types.size(kind)));
            half.1 *= types.size(kind) + 1;
            if half.1 > MOST {
                return None;
            }
        }
        let halves = halves.map(|(kinds, _)| {
            let of = sums(&kinds, 0u128, |sum, kind| sum + strength(kind));
            let mut order: Vec<(u128, u32)> = of.into_iter().zip(0..).collect();
            order.par_sort_unstable_by(|a, b| b.cmp(a));
            Half { kinds, order }
        });
        let total = game.total() as f64;
        let shares = (0..types.len()).map(|kind| strength(kind) as f64 / total).collect();
        Some(Self { game, shares, halves })
    }

    /// The largest excess, or the floor if none is above it.
    pub(in crate::certify) fn largest(&self, question: &Question) -> f64 {
        let rates = self.rates(question.paid);
        let total = self.game.total() as f64;
        let blocks = |half: &Half| Blocks::new(half.undominated(question), &rates, total);
        let (low, high) = rayon::join(|| blocks(&self.halves[0]), || blocks(&self.halves[1]));
        let pairs = Pairs { scan: self, rates: &rates, low: &low, high: &high };
        let mut parts = vec![0];
        while parts.len() < PARTS && parts.iter().any(|&part| high.nodes[part].parts > 0) {
            let cut = |&part: &usize| match high.nodes[part].parts {
                0 => vec![part],
                first => vec![first, first + 1],
            };
            parts = parts.iter().flat_map(cut).collect();
        }
        let floor = question.floor;
        parts.par_iter().map(|&part| pairs.largest(part, floor)).reduce(|| floor, f64::max)
    }

    /// The rates: none at all, and some of what players get for their strength.
    fn rates(&self, paid: &[f64]) -> Vec<Rate> {
        let mut rates: Vec<f64> = paid.iter().zip(&self.shares).map(|(x, p)| x / p).collect();
        rates.retain(|rate| rate.is_finite() && *rate > 0.0);
        rates.sort_by(f64::total_cmp);
        rates.dedup_by(|a, b| (*a - *b).abs() <= 1e-9 * b.abs());
        let last = rates.len().saturating_sub(1);
        let mut some = vec![0.0];
        let count = rates.len().min(RATES - 1);
        some.extend((0..count).map(|k| rates[k * last / (count - 1).max(1)]));
        some.into_iter().map(|rate| self.furthest(rate)).collect()
    }

    /// Where `F(P) − rate · P` is largest on the concave side of one half.
    fn furthest(&self, rate: f64) -> Rate {
        let m = self.game.decisiveness();
        let value = |share: f64| 1.0 / (1.0 + ((1.0 - share) / share).powf(m));
        let steep = |share: f64| {
            let value = value(share);
            m * value * (1.0 - value) / (share * (1.0 - share)) > rate
        };
        let (mut from, mut to) = if m >= 1.0 { (0.5, 1.0) } else { (0.0, 0.5) };
        if m.is_finite() {
            for _ in 0..80 {
                let middle = 0.5 * (from + to);
                if steep(middle) { from = middle } else { to = middle }
            }
        }
        let share = 0.5 * (from + to);
        Rate { rate, share, ahead: value(share) - rate * share }
    }
}

impl Half {
    /// What it has for a question, by falling strength, without what another one beats.
    fn undominated(&self, question: &Question) -> Vec<Member> {
        let paid = sums(&self.kinds, 0.0, |sum, kind| sum + question.paid[kind]);
        let keys = sums(&self.kinds, 0i128, |sum, kind| sum + question.key[kind]);
        let mut left: Vec<Member> = Vec::new();
        let mut cheapest: [Option<Member>; 2] = [None; 2];
        for &(strength, at) in &self.order {
            let member = Member { strength, paid: paid[at as usize], key: keys[at as usize] };
            match cheapest {
                [_, Some(second)] if second.paid <= member.paid => continue,
                [Some(first), _] if first.paid <= member.paid && first.key == member.key => {
                    continue;
                }
                [Some(first), _] if first.paid <= member.paid => cheapest[1] = Some(member),
                [Some(first), _] if first.key == member.key => cheapest[0] = Some(member),
                [first, _] => cheapest = [Some(member), first],
            }
            left.push(member);
        }
        left
    }
}

impl Blocks {
    fn new(members: Vec<Member>, rates: &[Rate], total: f64) -> Self {
        let mut nodes =
            vec![Node { from: 0, to: members.len(), ahead: [f64::NEG_INFINITY; RATES], parts: 0 }];
        let mut at = 0;
        while at < nodes.len() {
            let (from, to) = (nodes[at].from, nodes[at].to);
            if to - from > BLOCK {
                nodes[at].parts = nodes.len();
                let middle = from + (to - from) / 2;
                let ahead = [f64::NEG_INFINITY; RATES];
                nodes.push(Node { from, to: middle, ahead, parts: 0 });
                nodes.push(Node { from: middle, to, ahead, parts: 0 });
            }
            at += 1;
        }
        for at in (0..nodes.len()).rev() {
            let Node { from, to, parts, .. } = nodes[at];
            let mut ahead = [f64::NEG_INFINITY; RATES];
            for (k, Rate { rate, .. }) in rates.iter().enumerate() {
                ahead[k] = if parts > 0 {
                    nodes[parts].ahead[k].max(nodes[parts + 1].ahead[k])
                } else {
                    let of = |m: &Member| rate * (m.strength as f64 / total) - m.paid;
                    members[from..to].iter().map(of).fold(f64::NEG_INFINITY, f64::max)
                };
            }
            nodes[at].ahead = ahead;
        }
        Self { members, nodes }
    }

    /// The most and the least strength in a node.
    fn ends(&self, node: usize) -> (u128, u128) {
        let Node { from, to, .. } = self.nodes[node];
        (self.members[from].strength, self.members[to - 1].strength)
    }
}

/// Pairs of two halves' coalitions.
struct Pairs<'a> {
    scan: &'a ContestScan<'a>,
    rates: &'a [Rate],
    low: &'a Blocks,
    high: &'a Blocks,
}

impl Pairs<'_> {
    /// The largest excess with a coalition of a node of the upper half, or the floor.
    fn largest(&self, node: usize, floor: f64) -> f64 {
        let mut largest = floor;
        let mut open = vec![(self.bound(0, node), 0, node)];
        while let Some((bound, a, b)) = open.pop() {
            if bound <= largest {
                continue;
            }
            let (low, high) = (&self.low.nodes[a], &self.high.nodes[b]);
            let (size, other) = (low.to - low.from, high.to - high.from);
            let next = match (low.parts, high.parts) {
                (0, 0) => {
                    largest = self.each(low, high, largest);
                    continue;
                }
                (first, second) if second == 0 || (first > 0 && size >= other) => {
                    [(first, b), (first + 1, b)]
                }
                (_, second) => [(a, second), (a, second + 1)],
            };
            let mut next = next.map(|(a, b)| (self.bound(a, b), a, b));
            // The last one in is the next one out.
            if next[0].0 > next[1].0 {
                next.swap(0, 1);
            }
            open.extend(next.into_iter().filter(|next| next.0 > largest));
        }
        largest
    }

    /// No pair of two nodes' coalitions has a larger excess.
    fn bound(&self, a: usize, b: usize) -> f64 {
        let ((most, least), (highest, lowest)) = (self.low.ends(a), self.high.ends(b));
        let game = self.scan.game;
        let (from, to, all) = (least + lowest, most + highest, game.total());
        let share = |strength: u128| strength as f64 / all as f64;
        let (start, end) = (share(from), share(to));
        let (first, last) = (game.float(from), game.float(to));
        let turns = from <= all / 2 && to > all / 2;
        let m = game.decisiveness();
        let (low, high) = (&self.low.nodes[a].ahead, &self.high.nodes[b].ahead);
        let bounds = self.rates.iter().zip(low).zip(high).map(|((rate, low), high)| {
            let mut value = (first - rate.rate * start).max(last - rate.rate * end);
            if turns && m > 0.0 {
                // On the stronger side of one half without bound, at it else.
                let half = if m.is_infinite() { 1.0 } else { 0.5 };
                value = value.max(half - rate.rate * 0.5);
            }
            if m <= 0.0 {
                value = value.max(0.5 - rate.rate * start);
            } else if m.is_finite() && start <= rate.share && rate.share <= end {
                value = value.max(rate.ahead);
            }
            value + low + high
        });
        bounds.fold(f64::INFINITY, f64::min)
    }

    fn each(&self, low: &Node, high: &Node, largest: f64) -> f64 {
        let mut largest = largest;
        for a in &self.low.members[low.from..low.to] {
            for b in &self.high.members[high.from..high.to] {
                let excess = self.scan.game.float(a.strength + b.strength) - (a.paid + b.paid);
                if excess > largest && a.key + b.key != 0 {
                    largest = excess;
                }
            }
        }
        largest
    }
}
