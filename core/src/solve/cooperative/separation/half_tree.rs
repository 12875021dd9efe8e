//! The coalitions of one half of the players, in a tree whose nodes know what their coalitions
//! have at least and at most: for [`meet_in_the_middle`](crate::solve::cooperative::separation::meet_in_the_middle).
//!
//! Coalitions are numbers of members by type, in mixed radix. The tree is implicit: node `i`
//! of depth `d` holds the `i`-th of `2^d` equal parts of the order, which was found once by
//! splitting at the median of whichever mark is spread widest (Bentley 1975). Payoffs and keys
//! change with every question and are summed up again, in O(coalitions).

use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::game::cooperative::Types;

/// Coalitions in a leaf, at most.
pub(in crate::solve) const LEAF: usize = 8;

/// A type and how many players it has.
pub(in crate::solve) type Kind = (usize, usize);

/// The coalitions of some types' players.
pub(in crate::solve) struct Half {
    kinds: Vec<Kind>,
    /// Place in the order of the tree → number in mixed radix.
    order: Vec<u32>,
    /// Of each rule the marks, in the order of the tree.
    pub(in crate::solve) marks: Vec<Vec<u32>>,
    /// Of each rule the lowest and the highest mark in each node, by `2^d + i`.
    pub(in crate::solve) spans: Vec<Vec<[u32; 2]>>,
    pub(in crate::solve) depth: u32,
}

/// A coalition of a half: what it is paid, its key and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::solve) struct Entry {
    pub(in crate::solve) paid: f64,
    pub(in crate::solve) key: u64,
    pub(in crate::solve) at: u32,
}

const NONE: Entry = Entry { paid: f64::INFINITY, key: 0, at: 0 };

/// The cheapest coalition of a node and the cheapest of those with another key.
pub(in crate::solve) type Cheapest = [Entry; 2];

/// What one question asks of a half.
pub(in crate::solve) struct Paid {
    /// In the order of the tree.
    pub(in crate::solve) all: Vec<Entry>,
    /// By `2^d + i`.
    pub(in crate::solve) nodes: Vec<Cheapest>,
}

/// Sums over the coalitions of the types in mixed radix, the first type lowest.
pub(in crate::solve) fn sums<T: Clone>(
    kinds: &[Kind],
    zero: T,
    add: impl Fn(&T, usize) -> T,
) -> Vec<T> {
    let mut sums = vec![zero];
    for &(kind, size) in kinds {
        let base = sums.len();
        sums.reserve(base * size);
        for at in 0..base * size {
            sums.push(add(&sums[at], kind));
        }
    }
    sums
}

impl Half {
    /// The half of these types, with the marks of each rule in mixed radix.
    pub(in crate::solve) fn new(kinds: Vec<Kind>, natural: &[Vec<u32>]) -> Self {
        let count: usize = kinds.iter().map(|&(_, size)| size + 1).product();
        let mut depth = 0;
        while count >> depth > LEAF {
            depth += 1;
        }
        let mut order: Vec<u32> = (0..count as u32).collect();
        arrange(&mut order, natural, depth);
        let marks: Vec<Vec<u32>> = natural
            .iter()
            .map(|marks| order.iter().map(|&number| marks[number as usize]).collect())
            .collect();
        let mut half = Self { kinds, order, marks, spans: Vec::new(), depth };
        half.spans = half
            .marks
            .iter()
            .map(|marks| {
                half.aggregate(
                    |range| {
                        let part = marks[range].iter();
                        part.fold([u32::MAX, 0], |[a, b], &m| [a.min(m), b.max(m)])
                    },
                    |a, b| [a[0].min(b[0]), a[1].max(b[1])],
                )
            })
            .collect();
        half
    }

    /// How many coalitions there are.
    pub(in crate::solve) fn len(&self) -> usize {
        self.order.len()
    }

    /// The places that node `i` of depth `d` holds.
    pub(in crate::solve) fn range(&self, node: usize) -> std::ops::Range<usize> {
        range(self.len(), node)
    }

    /// Whether a node has no parts.
    pub(in crate::solve) fn is_leaf(&self, node: usize) -> bool {
        node >= 1 << self.depth
    }

    /// The coalition at a place.
    pub(in crate::solve) fn coalition(&self, at: u32, types: &Types) -> Coalition {
        let mut number = self.order[at as usize] as usize;
        let mut members = Coalition::EMPTY;
        for &(kind, size) in &self.kinds {
            let first = types.members()[kind].members().take(number % (size + 1));
            members = first.fold(members, Coalition::with);
            number /= size + 1;
        }
        members
    }

    /// What its coalitions are paid, and their keys.
    pub(in crate::solve) fn paid(&self, x: &[f64], key: &[u64], add: fn(u64, u64) -> u64) -> Paid {
        let sum = |&(paid, sum): &(f64, u64), kind: usize| (paid + x[kind], add(sum, key[kind]));
        let natural = sums(&self.kinds, (0.0, 0), sum);
        let all: Vec<Entry> = self
            .order
            .par_iter()
            .with_min_len(4096)
            .enumerate()
            .map(|(at, &number)| {
                let (paid, key) = natural[number as usize];
                Entry { paid, key, at: at as u32 }
            })
            .collect();
        let leaf = |range: std::ops::Range<usize>| {
            all[range].iter().fold([NONE; 2], |best, &entry| cheaper(best, entry))
        };
        let nodes = self.aggregate(leaf, |&a, b| b.iter().fold(a, |best, &e| cheaper(best, e)));
        Paid { all, nodes }
    }

    /// What the nodes have, from the leaves up.
    fn aggregate<T: Clone + Send + Sync>(
        &self,
        leaf: impl Fn(std::ops::Range<usize>) -> T + Sync,
        join: impl Fn(&T, &T) -> T,
    ) -> Vec<T> {
        let leaves = 1usize << self.depth;
        let lowest: Vec<T> = (leaves..2 * leaves)
            .into_par_iter()
            .with_min_len(1024)
            .map(|node| leaf(self.range(node)))
            .collect();
        let mut nodes = vec![lowest[0].clone(); leaves];
        nodes.extend(lowest);
        for node in (1..leaves).rev() {
            nodes[node] = join(&nodes[2 * node], &nodes[2 * node + 1]);
        }
        nodes
    }
}

fn range(count: usize, node: usize) -> std::ops::Range<usize> {
    let depth = node.ilog2();
    let i = node - (1 << depth);
    (count * i) >> depth..(count * (i + 1)) >> depth
}

/// The two cheapest with different keys, with another entry.
fn cheaper([first, second]: Cheapest, entry: Entry) -> Cheapest {
    if entry.paid < first.paid {
        if entry.key == first.key && first.paid.is_finite() {
            [entry, second]
        } else {
            [entry, first]
        }
    } else if entry.paid < second.paid && entry.key != first.key {
        [first, entry]
    } else {
        [first, second]
    }
}

/// Orders numbers so that each node's two parts are divided by some rule's mark.
fn arrange(order: &mut [u32], marks: &[Vec<u32>], depth: u32) {
    if let [marks] = marks {
        order.par_sort_unstable_by_key(|&number| (marks[number as usize], number));
        return;
    }
    let count = order.len();
    let mut widest = vec![0; marks.len()];
    for node in 1..1usize << depth {
        let part = &mut order[range(count, node)];
        for (width, marks) in widest.iter_mut().zip(marks) {
            let marks = part.iter().map(|&number| marks[number as usize]);
            let (low, high) = marks.fold((u32::MAX, 0), |(a, b), m| (a.min(m), b.max(m)));
            *width = high.saturating_sub(low);
        }
        let best = (0..marks.len()).max_by_key(|&rule| (widest[rule], usize::MAX - rule));
        let Some(marks) = best.and_then(|rule| marks.get(rule)) else { return };
        let middle = range(count, 2 * node).len();
        if middle < part.len() {
            part.select_nth_unstable_by_key(middle, |&number| (marks[number as usize], number));
        }
    }
}
