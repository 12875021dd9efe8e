//! Where best replies end: one player at a time, drawn from those that would move, gives its own.
//!
//! From each profile of the graph an edge leads to the profile in which one player that would move
//! has given its best reply. Strongly connected components that no edge leaves are equilibria and
//! closed cycles (Tarjan 1972). Probability flows through the components in topological order;
//! inside one with several profiles it goes round until all but rounding has left.

use crate::work::Work;

/// What is left in a component that probability leaves slowly, as a part of what came in.
const LEFT: f64 = 1e-16;
/// How many profiles between two looks at the clock.
const STRIDE: usize = 1 << 12;

/// A graph of best replies over numbered profiles.
pub(in crate::solve) trait Moves {
    /// How many profiles there are.
    fn profiles(&self) -> usize;

    /// The profiles that the movers' best replies lead to, into `next`.
    fn moves(&self, profile: usize, next: &mut Vec<usize>);
}

/// A component that no move leaves.
pub(in crate::solve) struct Closed {
    /// Its profiles: one for an equilibrium, several for a cycle.
    pub(in crate::solve) profiles: Vec<u32>,
    /// The probability of ending in it, from either start.
    pub(in crate::solve) mass: [f64; 2],
}

/// The components that no move leaves, and what comes to each of the probability that two starts
/// give each profile. `None` if the time was up.
pub(in crate::solve) fn closed(
    graph: &impl Moves,
    mut mass: Vec<[f64; 2]>,
    work: &Work,
) -> Option<Vec<Closed>> {
    let components = components(graph, work)?;
    let mut ends = Vec::new();
    let (mut next, mut inside) = (Vec::new(), vec![false; graph.profiles()]);
    for (at, component) in components.into_iter().rev().enumerate() {
        if at.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        component.iter().for_each(|&p| inside[p as usize] = true);
        let mut closed = true;
        for &profile in &component {
            graph.moves(profile as usize, &mut next);
            closed &= next.iter().all(|&to| inside[to]);
        }
        if closed {
            let sum = |k: usize| component.iter().map(|&p| mass[p as usize][k]).sum();
            let mass = [sum(0), sum(1)];
            component.iter().for_each(|&p| inside[p as usize] = false);
            ends.push(Closed { profiles: component, mass });
        } else {
            let held = |mass: &[[f64; 2]]| {
                component
                    .iter()
                    .fold([0.0; 2], |[a, b], &p| [a + mass[p as usize][0], b + mass[p as usize][1]])
            };
            let came = held(&mass);
            // All of it leaves a single profile at once.
            loop {
                for &profile in &component {
                    let profile = profile as usize;
                    graph.moves(profile, &mut next);
                    let part = std::mem::take(&mut mass[profile]);
                    for &to in &next {
                        mass[to][0] += part[0] / next.len() as f64;
                        mass[to][1] += part[1] / next.len() as f64;
                    }
                }
                let stays = held(&mass);
                if stays[0] <= LEFT * came[0] && stays[1] <= LEFT * came[1] {
                    break;
                }
                if work.is_over() {
                    return None;
                }
            }
            component.iter().for_each(|&p| inside[p as usize] = false);
        }
    }
    Some(ends)
}

/// The strongly connected components, each after all that can be reached from it.
fn components(graph: &impl Moves, work: &Work) -> Option<Vec<Vec<u32>>> {
    const NEW: u32 = u32::MAX;
    let size = graph.profiles();
    let (mut index, mut low) = (vec![NEW; size], vec![0u32; size]);
    let (mut on_stack, mut stack) = (vec![false; size], Vec::<u32>::new());
    let (mut components, mut count, mut next) = (Vec::new(), 0u32, Vec::new());
    // The calls under way: a profile and its moves that are still to be followed.
    let mut calls: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut pool: Vec<Vec<usize>> = Vec::new();
    for root in 0..size {
        if root.is_multiple_of(STRIDE) && work.is_over() {
            return None;
        }
        if index[root] != NEW {
            continue;
        }
        let mut open = Some(root);
        loop {
            if let Some(profile) = open.take() {
                (index[profile], low[profile]) = (count, count);
                count += 1;
                stack.push(profile as u32);
                on_stack[profile] = true;
                graph.moves(profile, &mut next);
                let mut moves = pool.pop().unwrap_or_default();
                moves.clone_from(&next);
                calls.push((profile, moves));
            }
            let Some((profile, moves)) = calls.last_mut() else { break };
            let profile = *profile;
            if let Some(to) = moves.pop() {
                if index[to] == NEW {
                    open = Some(to);
                } else if on_stack[to] {
                    low[profile] = low[profile].min(index[to]);
                }
                continue;
            }
            if let Some((_, moves)) = calls.pop() {
                pool.push(moves);
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[profile]);
            }
            if low[profile] == index[profile] {
                let from = stack.iter().rposition(|&p| p as usize == profile).unwrap_or(0);
                let component = stack.split_off(from);
                component.iter().for_each(|&p| on_stack[p as usize] = false);
                components.push(component);
            }
        }
    }
    Some(components)
}
