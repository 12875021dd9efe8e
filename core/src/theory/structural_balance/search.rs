//! A good split, by tabu search: always the best move of one node that has not moved lately.
//!
//! Starts are drawn from a fixed sequence, so that the answer is always the same.

use super::graph::SignedGraph;
use crate::sequence::Sequence;
use crate::work::Work;

/// How many starts.
const STARTS: usize = 12;
/// Moves without a better split before a start is given up, for each node.
const PATIENCE: usize = 60;

/// The best split found.
pub(super) fn split(graph: &SignedGraph, work: &Work) -> Vec<bool> {
    let n = graph.len();
    let mut sequence = Sequence::new();
    let mut best = vec![false; n];
    let mut least = graph.frustration(&best);
    for start in 0..STARTS {
        if least == 0 || work.is_over() {
            break;
        }
        let side = if start == 0 {
            spanning(graph)
        } else {
            (0..n).map(|_| sequence.below(2) == 1).collect()
        };
        let (found, violated) = tabu(graph, side, &mut sequence);
        if violated < least {
            (best, least) = (found, violated);
        }
    }
    best
}

/// The split that violates no edge of a spanning forest: the answer where there is balance.
fn spanning(graph: &SignedGraph) -> Vec<bool> {
    let mut side = vec![None; graph.len()];
    for start in 0..graph.len() {
        let mut queue = vec![start];
        side[start].get_or_insert(false);
        while let Some(i) = queue.pop() {
            for &(j, e) in &graph.ties[i] {
                if side[j].is_none() {
                    side[j] = side[i].map(|s: bool| s != graph.edges[e].hostile);
                    queue.push(j);
                }
            }
        }
    }
    side.into_iter().map(|s| s.unwrap_or(false)).collect()
}

fn tabu(graph: &SignedGraph, mut side: Vec<bool>, sequence: &mut Sequence) -> (Vec<bool>, usize) {
    let n = graph.len();
    // What moving a node takes off the number of violated edges.
    let gain_of = |side: &[bool], i: usize| {
        graph.ties[i].iter().fold(0i64, |gain, &(_, e)| {
            gain + if graph.violates(side, graph.edges[e]) { 1 } else { -1 }
        })
    };
    let mut gain: Vec<i64> = (0..n).map(|i| gain_of(&side, i)).collect();
    let mut now = graph.frustration(&side) as i64;
    let (mut best, mut least) = (side.clone(), now);
    let mut until = vec![0usize; n];
    let mut since = 0;
    let mut step = 0;
    while since < PATIENCE * n {
        step += 1;
        since += 1;
        let free = |i: &usize| until[*i] < step || now - gain[*i] < least;
        let Some(i) = (0..n).filter(free).max_by_key(|&i| gain[i]) else { continue };
        now -= gain[i];
        for &(j, e) in &graph.ties[i] {
            gain[j] -= if graph.violates(&side, graph.edges[e]) { 2 } else { -2 };
        }
        side[i] = !side[i];
        gain[i] = -gain[i];
        until[i] = step + 4 + sequence.below(8) + n / 20;
        if now < least {
            (best, least, since) = (side.clone(), now, 0);
        }
    }
    (best, usize::try_from(least).unwrap_or(0))
}
