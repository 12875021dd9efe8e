//! Whether any coalition of a weighted majority game has a larger excess than it may, exactly
//! and without going through all of them.
//!
//! The players, by type, are divided into two halves; a coalition is one of each half's. Under
//! one rule the partners with which a coalition of the upper half wins are those from a place
//! on in the order of the lower half's weights: both are gone through once, in order, with the
//! cheapest partner so far (Horowitz & Sahni 1974). Under several rules the lower half is a
//! k-d tree (Bentley 1975), asked once for each coalition of the upper half. Coalitions with
//! key 0 are settled and do not count: so the cheapest are kept of two different keys, of
//! which a partner's key cancels one at most. Integers throughout.
//!
//! Cost: O(2^(n/2)) for one rule, and about as much for more. Limit: halves of 2^21
//! coalitions, by type.

use dashu_int::UBig;

use crate::coalition::Coalition;
use crate::game::cooperative::{Rule, Types, WeightedGame};

/// The most coalitions of a half.
const MOST: usize = 1 << 21;
/// The most coalitions in a leaf of the tree.
const LEAF: usize = 8;

/// A question: is there a coalition with `key · S ≠ 0` that gets less than this?
pub(in crate::certify) struct Question<'a> {
    /// What each type's players get.
    pub(in crate::certify) paid: &'a [i128],
    /// A vector; sums of it over any coalition fit.
    pub(in crate::certify) key: &'a [i128],
    /// Less than this is too little for a winning coalition.
    pub(in crate::certify) winning: i128,
    /// Less than this is too little for a losing one.
    pub(in crate::certify) losing: i128,
}

/// What a coalition of a half gets, and its key.
type Entry = (i128, i128);

/// The cheapest, and the cheapest with another key.
type Cheapest = [Option<Entry>; 2];

/// A weighted majority game in two halves.
pub(in crate::certify) struct HalfSums {
    /// Each half's types and their sizes.
    low: Vec<(usize, usize)>,
    high: Vec<(usize, usize)>,
    rules: Vec<Order>,
    tree: Option<Tree>,
}

/// How coalitions win under one rule.
struct Order {
    /// The lower half's coalitions by rising weight.
    by_weight: Vec<u32>,
    /// For each of the upper half's: the first place in that order with which it wins.
    needs: Vec<u32>,
    /// The upper half's coalitions by rising need.
    by_need: Vec<u32>,
}

impl HalfSums {
    /// Divides a game of several players. `None` if it is too large.
    pub(in crate::certify) fn new(game: &WeightedGame, types: &Types) -> Option<Self> {
        if game.players() > Coalition::MAX_PLAYERS {
            return None;
        }
        // The largest types first, each to the smaller half.
        let [mut low, mut high] = [(Vec::new(), 1usize), (Vec::new(), 1usize)];
        let order =
            crate::order::by_key(0..types.len(), |kind| std::cmp::Reverse(types.size(kind)));
        for kind in order {
            let half = if high.1 < low.1 { &mut high } else { &mut low };
            half.0.push((kind, types.size(kind)));
            half.1 *= types.size(kind) + 1;
            if half.1 > MOST {
                return None;
            }
        }
        let (low, high) = (low.0, high.0);
        let order = |rule| Order::new(rule, types, &low, &high);
        let rules: Vec<Order> = game.rules().iter().map(order).collect();
        let tree = (rules.len() > 1).then(|| Tree::new(&rules));
        Some(Self { low, high, rules, tree })
    }

    /// Whether some coalition gets too little.
    pub(in crate::certify) fn finds(&self, question: &Question) -> bool {
        let step = |&(paid, key): &Entry, kind: usize| {
            (paid + question.paid[kind], key + question.key[kind])
        };
        let low = sums(&self.low, (0, 0), step);
        let high = sums(&self.high, (0, 0), step);
        let least = |entries: &[Entry]| entries.iter().map(|e| e.0).min().unwrap_or(0);
        let all = least(&low) + least(&high);
        let loses = |order: &Order| order.one_loses(&low, &high, question.losing);
        if all < question.losing && self.rules.iter().any(loses) {
            return true;
        }
        all < question.winning
            && match (&self.rules[..], &self.tree) {
                (_, Some(tree)) => tree.one_wins(&self.rules, &low, &high, question.winning),
                ([order], None) => order.one_wins(&low, &high, question.winning),
                _ => false,
            }
    }
}

/// Sums over the coalitions of some types, the first type's number varying fastest.
pub(in crate::certify) fn sums<T: Clone>(
    kinds: &[(usize, usize)],
    zero: T,
    step: impl Fn(&T, usize) -> T,
) -> Vec<T> {
    let mut sums = vec![zero];
    for &(kind, size) in kinds {
        let fewer = sums.len();
        for at in 0..fewer * size {
            let next = step(&sums[at], kind);
            sums.push(next);
        }
    }
    sums
}

impl Order {
    fn new(rule: &Rule, types: &Types, low: &[(usize, usize)], high: &[(usize, usize)]) -> Self {
        let first = |kind: usize| types.members()[kind].first().unwrap_or(0);
        if let Some((weights, quota)) = rule.small() {
            let step = |sum: &u64, kind| sum + weights[first(kind)];
            return Self::of(&sums(low, 0, step), &sums(high, 0, step), |l, h| l + h >= quota);
        }
        let step = |sum: &UBig, kind| sum + &rule.weights()[first(kind)];
        let (low, high) = (sums(low, UBig::ZERO, step), sums(high, UBig::ZERO, step));
        Self::of(&low, &high, |l, h| l + h >= *rule.quota())
    }

    fn of<W: Ord>(low: &[W], high: &[W], wins: impl Fn(&W, &W) -> bool) -> Self {
        let mut by_weight: Vec<u32> = (0..low.len() as u32).collect();
        by_weight.sort_unstable_by(|&a, &b| low[a as usize].cmp(&low[b as usize]));
        let needs: Vec<u32> = high
            .iter()
            .map(|h| by_weight.partition_point(|&l| !wins(&low[l as usize], h)) as u32)
            .collect();
        let mut by_need: Vec<u32> = (0..high.len() as u32).collect();
        by_need.sort_unstable_by_key(|&h| needs[h as usize]);
        Self { by_weight, needs, by_need }
    }

    /// Whether a coalition that fails this rule gets less than `limit`.
    fn one_loses(&self, low: &[Entry], high: &[Entry], limit: i128) -> bool {
        let mut partners = self.by_weight.iter();
        let mut seen = 0;
        let mut cheapest = [None; 2];
        self.by_need.iter().any(|&h| {
            while seen < self.needs[h as usize] {
                partners.next().into_iter().for_each(|&l| add(&mut cheapest, low[l as usize]));
                seen += 1;
            }
            too_little(&cheapest, high[h as usize], limit)
        })
    }

    /// Whether a coalition that passes this rule gets less than `limit`.
    fn one_wins(&self, low: &[Entry], high: &[Entry], limit: i128) -> bool {
        let mut partners = self.by_weight.iter().rev();
        let mut left = self.by_weight.len() as u32;
        let mut cheapest = [None; 2];
        self.by_need.iter().rev().any(|&h| {
            while left > self.needs[h as usize] {
                partners.next().into_iter().for_each(|&l| add(&mut cheapest, low[l as usize]));
                left -= 1;
            }
            too_little(&cheapest, high[h as usize], limit)
        })
    }
}

/// Keeps the cheapest of two keys.
fn add(cheapest: &mut Cheapest, entry: Entry) {
    let [first, second] = *cheapest;
    let cheaper = |than: Option<Entry>| than.is_none_or(|than| entry.0 < than.0);
    if cheaper(first) {
        let same = first.is_some_and(|first| first.1 == entry.1);
        *cheapest = [Some(entry), if same { second } else { first }];
    } else if cheaper(second) && first.is_some_and(|first| first.1 != entry.1) {
        *cheapest = [first, Some(entry)];
    }
}

/// Whether the cheapest partner that does not cancel the key leaves less than `limit`.
fn too_little(cheapest: &Cheapest, (paid, key): Entry, limit: i128) -> bool {
    let partner = match cheapest {
        [Some(first), _] if first.1 + key != 0 => Some(first),
        [_, second] => second.as_ref(),
    };
    partner.is_some_and(|partner| partner.0 + paid < limit)
}

/// The lower half's coalitions in a k-d tree of their places in the rules' orders.
struct Tree {
    order: Vec<u32>,
    /// In the order of the tree, each rule's place.
    places: Vec<Vec<u32>>,
    nodes: Vec<Node>,
}

struct Node {
    from: usize,
    to: usize,
    /// The places' ranges, by rule.
    ranges: Vec<(u32, u32)>,
    /// The first of its two parts, which follow each other; 0 in a leaf.
    parts: usize,
}

impl Tree {
    fn new(rules: &[Order]) -> Self {
        let count = rules[0].by_weight.len();
        let mut places = vec![vec![0u32; count]; rules.len()];
        for (places, order) in places.iter_mut().zip(rules) {
            for (place, &l) in order.by_weight.iter().enumerate() {
                places[l as usize] = place as u32;
            }
        }
        let mut order: Vec<u32> = (0..count as u32).collect();
        let ranges = |part: &[u32]| -> Vec<(u32, u32)> {
            let range = |places: &Vec<u32>| {
                let each = part.iter().map(|&l| places[l as usize]);
                each.fold((u32::MAX, 0), |(a, b), place| (a.min(place), b.max(place)))
            };
            places.iter().map(range).collect()
        };
        let mut nodes = vec![Node { from: 0, to: count, ranges: ranges(&order), parts: 0 }];
        let mut at = 0;
        while at < nodes.len() {
            let Node { from, to, ranges: own, .. } = &nodes[at];
            let (from, to) = (*from, *to);
            if to - from > LEAF {
                let width = |rule: &usize| own[*rule].1 - own[*rule].0;
                let widest = &places[(0..places.len()).max_by_key(width).unwrap_or(0)];
                let middle = (to - from) / 2;
                order[from..to].select_nth_unstable_by_key(middle, |&l| widest[l as usize]);
                nodes[at].parts = nodes.len();
                for (from, to) in [(from, from + middle), (from + middle, to)] {
                    nodes.push(Node { from, to, ranges: ranges(&order[from..to]), parts: 0 });
                }
            }
            at += 1;
        }
        for places in &mut places {
            *places = order.iter().map(|&l| places[l as usize]).collect();
        }
        Self { order, places, nodes }
    }

    /// Whether a coalition that passes all rules gets less than `limit`.
    fn one_wins(&self, rules: &[Order], low: &[Entry], high: &[Entry], limit: i128) -> bool {
        let mut cheapest: Vec<Cheapest> = vec![[None; 2]; self.nodes.len()];
        for (at, node) in self.nodes.iter().enumerate().rev() {
            let mut own = [None; 2];
            if node.parts == 0 {
                let part = &self.order[node.from..node.to];
                part.iter().for_each(|&l| add(&mut own, low[l as usize]));
            } else {
                let parts = [cheapest[node.parts], cheapest[node.parts + 1]];
                parts.iter().flatten().flatten().for_each(|&entry| add(&mut own, entry));
            }
            cheapest[at] = own;
        }
        let mut open = Vec::new();
        let mut needs = vec![0; rules.len()];
        for (h, &entry) in high.iter().enumerate() {
            needs.iter_mut().zip(rules).for_each(|(need, order)| *need = order.needs[h]);
            open.push(0);
            while let Some(at) = open.pop() {
                let node = &self.nodes[at];
                let fails = node.ranges.iter().zip(&needs).any(|(range, &need)| range.1 < need);
                if fails || !too_little(&cheapest[at], entry, limit) {
                    continue;
                }
                if node.ranges.iter().zip(&needs).all(|(range, &need)| range.0 >= need) {
                    return true;
                }
                if node.parts > 0 {
                    open.extend([node.parts, node.parts + 1]);
                    continue;
                }
                for place in node.from..node.to {
                    let wins = self.places.iter().zip(&needs).all(|(p, &need)| p[place] >= need);
                    let (paid, key) = low[self.order[place] as usize];
                    if wins && key + entry.1 != 0 && paid + entry.0 < limit {
                        return true;
                    }
                }
            }
        }
        false
    }
}
