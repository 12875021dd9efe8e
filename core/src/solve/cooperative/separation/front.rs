//! The coalitions of one half of the players that may have the largest excess together with one
//! of the other half, in a tree: for [`contest_separation`](crate::solve::cooperative::separation::contest).
//!
//! A coalition with no more strength and no less pay than another never has a larger excess,
//! whoever joins the two: it is dominated. The undominated ones, the *front*, are found player
//! by player, since of two coalitions dominated one way so are the two with a further player
//! (Nemhauser & Ullmann 1969): there are some thousands of them where pay and strength differ,
//! and all where they are in proportion. Settled coalitions do not count; a coalition of the
//! half is settled together with those of the other half that have the opposite key. So one
//! that is dominated stays, unless by one with its own key or by two of different keys, of which
//! one at least is not settled where it is not.
//!
//! The tree is implicit over the front in the order of strength; a node knows the upper hull of
//! its coalitions by strength and pay, and so the most that they are ahead of any line.
//!
//! Cost: O(front) for each player, 2^20 at most for 20 of them.
//!
//! References: Nemhauser & Ullmann (1969), Discrete dynamic programming and capital allocation,
//! *Management Science* 15; Horowitz & Sahni (1974), *J. ACM* 21.

use crate::coalition::Coalition;
use crate::game::cooperative::{ContestGame, Types};

/// Coalitions in a leaf, at most.
const LEAF: usize = 16;

/// A coalition of the half.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::solve) struct Entry {
    pub(in crate::solve) strength: u128,
    /// The strength, rounded.
    pub(in crate::solve) power: f64,
    pub(in crate::solve) paid: f64,
    pub(in crate::solve) key: u64,
    pub(in crate::solve) members: Coalition,
}

/// The cheapest so far and the cheapest with another key.
type Cheapest = [Option<(f64, u64)>; 2];

/// The front of some types' players, by rising strength.
pub(in crate::solve) struct Front {
    pub(in crate::solve) entries: Vec<Entry>,
    depth: u32,
    /// The lowest pay in each node, `2^d + i` for the `i`-th of depth `d`.
    cheapest: Vec<f64>,
    /// Where each node's hull is.
    spans: Vec<[u32; 2]>,
    /// Strength as a share of all and pay, by rising strength; the nodes' one after the other.
    hulls: Vec<Point>,
}

/// A vertex of a hull.
#[derive(Debug, Clone, Copy)]
pub(in crate::solve) struct Point {
    share: f64,
    paid: f64,
    pub(in crate::solve) at: u32,
}

/// What a question asks of the players: pay and key by type.
pub(in crate::solve) struct Terms<'a> {
    pub(in crate::solve) paid: &'a [f64],
    pub(in crate::solve) key: &'a [u64],
    pub(in crate::solve) add: fn(u64, u64) -> u64,
}

impl Front {
    /// The front of the players of these types.
    pub(in crate::solve) fn new(
        game: &ContestGame,
        types: &Types,
        kinds: &[usize],
        terms: &Terms,
    ) -> Self {
        let members = Coalition::EMPTY;
        let nobody = Entry { strength: 0, power: 0.0, paid: 0.0, key: 0, members };
        let mut entries = vec![nobody];
        for &kind in kinds {
            for player in types.members()[kind].members() {
                let strength = game.strengths()[player];
                let (paid, key) = (terms.paid[kind], terms.key[kind]);
                let joined = |e: &Entry| Entry {
                    strength: e.strength + strength,
                    power: (e.strength + strength) as f64,
                    paid: e.paid + paid,
                    key: (terms.add)(e.key, key),
                    members: e.members.with(player),
                };
                entries = undominated(&entries, joined);
            }
        }
        entries.reverse();
        Self::tree(entries, game.total() as f64)
    }

    fn tree(entries: Vec<Entry>, total: f64) -> Self {
        let mut depth = 0;
        while entries.len() >> depth > LEAF {
            depth += 1;
        }
        let nodes = 2usize << depth;
        let mut front = Self {
            entries,
            depth,
            cheapest: vec![f64::INFINITY; nodes],
            spans: vec![[0; 2]; nodes],
            hulls: Vec::new(),
        };
        // From the leaves up, each hull from those of the node's parts.
        for node in (1..nodes).rev() {
            let begin = front.hulls.len();
            if front.is_leaf(node) {
                for at in front.range(node) {
                    let Entry { power, paid, .. } = front.entries[at];
                    extend(
                        &mut front.hulls,
                        begin,
                        Point { share: power / total, paid, at: at as u32 },
                    );
                    front.cheapest[node] = front.cheapest[node].min(paid);
                }
            } else {
                for part in [2 * node, 2 * node + 1] {
                    let [from, to] = front.spans[part];
                    for at in from as usize..to as usize {
                        let point = front.hulls[at];
                        extend(&mut front.hulls, begin, point);
                    }
                    front.cheapest[node] = front.cheapest[node].min(front.cheapest[part]);
                }
            }
            front.spans[node] = [begin as u32, front.hulls.len() as u32];
        }
        front
    }

    /// The places that a node holds.
    pub(in crate::solve) fn range(&self, node: usize) -> std::ops::Range<usize> {
        let depth = node.ilog2();
        let (i, count) = (node - (1 << depth), self.entries.len());
        (count * i) >> depth..(count * (i + 1)) >> depth
    }

    /// Whether a node has no parts.
    pub(in crate::solve) fn is_leaf(&self, node: usize) -> bool {
        node >= 1 << self.depth
    }

    /// How deep the tree is.
    pub(in crate::solve) fn depth(&self) -> u32 {
        self.depth
    }

    /// The least and the most strength in a node.
    pub(in crate::solve) fn strengths(&self, node: usize) -> [u128; 2] {
        let range = self.range(node);
        [self.entries[range.start].strength, self.entries[range.end - 1].strength]
    }

    /// The lowest pay in a node.
    pub(in crate::solve) fn cheapest(&self, node: usize) -> f64 {
        self.cheapest[node]
    }

    /// The most that a coalition of a node is ahead, `slope · share − paid`, and where it is.
    pub(in crate::solve) fn ahead(&self, node: usize, slope: f64) -> (f64, u32) {
        let [from, to] = self.spans[node];
        let hull = &self.hulls[from as usize..to as usize];
        let ahead = |point: &Point| slope * point.share - point.paid;
        // Along the hull it rises up to there and falls from there on.
        let best = hull
            .windows(2)
            .map(|pair| ahead(&pair[1]) > ahead(&pair[0]))
            .position(|rises| !rises)
            .unwrap_or(hull.len() - 1);
        (ahead(&hull[best]), hull[best].at)
    }
}

/// The coalitions and those that they join, both by falling strength, without the dominated.
fn undominated(entries: &[Entry], joined: impl Fn(&Entry) -> Entry) -> Vec<Entry> {
    let mut all = Vec::with_capacity(entries.len() * 2);
    let mut cheapest: Cheapest = [None; 2];
    let (mut old, mut new) = (entries.iter().peekable(), entries.iter().map(joined).peekable());
    loop {
        let next = match (old.peek(), new.peek()) {
            (None, None) => break,
            (Some(_), None) => old.next().copied(),
            (None, Some(_)) => new.next(),
            (Some(a), Some(b)) => {
                let first = (b.strength, a.paid) <= (a.strength, b.paid);
                if first { old.next().copied() } else { new.next() }
            }
        };
        all.extend(next.filter(|entry| is_new(&mut cheapest, entry)));
    }
    all
}

/// Whether none of those before, which have as much strength, dominates it.
fn is_new(cheapest: &mut Cheapest, entry: &Entry) -> bool {
    let this = Some((entry.paid, entry.key));
    let [first, second] = *cheapest;
    match (first, second) {
        (_, Some((paid, _))) if paid <= entry.paid => return false,
        (Some((paid, key)), _) if paid <= entry.paid => {
            if key == entry.key {
                return false;
            }
            *cheapest = [first, this];
        }
        (Some((_, key)), _) if key == entry.key => *cheapest = [this, second],
        _ => *cheapest = [this, first],
    }
    true
}

/// Adds a point of no less strength to the upper hull that begins there.
fn extend(hulls: &mut Vec<Point>, begin: usize, point: Point) {
    while let [.., before, last] = hulls[begin..] {
        // Whether the last one is above the line from the one before to this one.
        let above = (last.share - before.share) * (point.paid - before.paid)
            > (last.paid - before.paid) * (point.share - before.share);
        if above {
            break;
        }
        hulls.pop();
    }
    if let [only] = hulls[begin..]
        && only.share >= point.share
        && only.paid >= point.paid
    {
        hulls.pop();
    }
    hulls.push(point);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::cooperative::numbered;
    use crate::solve::cooperative::polytope::span::Span;
    use dashu_ratio::RBig;

    fn fronts(seed: u64) -> (Vec<Entry>, Front) {
        let mut state = seed;
        let mut random = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            (state >> 33) % below
        };
        let strengths: Vec<RBig> = (0..9).map(|_| RBig::from(1 + random(30))).collect();
        let game = ContestGame::new(numbered(9), &strengths, 2.0).unwrap();
        let types = Types::each(9);
        let paid: Vec<f64> = (0..9).map(|_| random(1000) as f64 / 4000.0).collect();
        let key: Vec<u64> = (0..9).map(|_| random(3)).collect();
        let terms = Terms { paid: &paid, key: &key, add: Span::add };
        let kinds: Vec<usize> = (0..9).collect();
        let all = Coalition::all(9).map(|members| Entry {
            strength: game.strength(members),
            power: game.strength(members) as f64,
            paid: members.sum(&paid),
            key: members.members().map(|i| key[i]).sum(),
            members,
        });
        (all.collect(), Front::new(&game, &types, &kinds, &terms))
    }

    /// For each coalition and each key to avoid, one of the front is at least as good.
    #[test]
    fn the_front_dominates_all() {
        for seed in 0..5 {
            let (all, front) = fronts(seed);
            assert!(front.entries.len() < all.len());
            for entry in &all {
                for avoided in 0..30 {
                    let as_good = |e: &Entry| {
                        e.strength >= entry.strength
                            && e.paid <= entry.paid + 1e-12
                            && e.key != avoided
                    };
                    assert!(entry.key == avoided || front.entries.iter().any(as_good));
                }
            }
        }
    }

    /// A node's hull knows who is furthest ahead of any line.
    #[test]
    fn hulls_know_the_best() {
        let (_, front) = fronts(7);
        let total: u128 = front.entries.last().unwrap().strength;
        for node in 1..2 << front.depth() {
            for slope in [0.0, 0.1, 0.5, 0.9, 1.0, 1.3, 2.0, 10.0] {
                let ahead = |e: &Entry| slope * e.strength as f64 / total as f64 - e.paid;
                let best = front.entries[front.range(node)].iter().map(ahead);
                let best = best.fold(f64::NEG_INFINITY, f64::max);
                let (found, at) = front.ahead(node, slope);
                assert!((found - best).abs() < 1e-12, "{node} {slope}: {found} {best}");
                assert!((ahead(&front.entries[at as usize]) - best).abs() < 1e-12);
            }
        }
    }
}
