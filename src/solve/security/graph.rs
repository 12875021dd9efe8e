//! The graph of best replies, and where it ends.
//!
//! Its nodes are all profiles; from each an edge leads to the profile in which one state that would
//! move has given its best reply. Strongly connected components that no edge leaves are equilibria
//! and closed cycles (Tarjan 1972). Probability flows through the components in topological order;
//! inside one with several profiles it goes round until all but rounding has left.

use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::game::security::Field;
use crate::game::{SecurityGame, Stance};
use crate::solve::security::equilibria::taking;
use crate::work::Work;

/// What is left in a component that probability leaves slowly, as a part of what came in.
const LEFT: f64 = 1e-16;
/// How many profiles between two looks at the clock.
const STRIDE: usize = 1 << 12;

/// A closed component, or what a sample came across of one.
pub(super) struct End {
    /// Its profiles: one for an equilibrium, several for a cycle.
    pub(super) profiles: Vec<Vec<Stance>>,
    /// The probability of ending in it from a random start, and from all hiding.
    pub(super) mass: [f64; 2],
}

/// All closed components: the equilibria in the order of `equilibria`, then the cycles by their
/// first profile. `None` if the time was up.
pub(super) fn ends(
    game: &SecurityGame,
    equilibria: &[Vec<Stance>],
    work: &Work,
) -> Option<Vec<End>> {
    let graph = Graph::new(game, work)?;
    let components = graph.components(work)?;
    let mut ends = graph.flow(&components, work)?;
    let place = |end: &End| match end.profiles.as_slice() {
        [one] => equilibria.binary_search(one).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    ends.sort_by(|a, b| {
        place(a).cmp(&place(b)).then_with(|| a.profiles.first().cmp(&b.profiles.first()))
    });
    Some(ends)
}

/// Each profile is a number in base 3, the first chooser's stance its last digit.
struct Graph {
    choosers: usize,
    /// `3^c`.
    powers: Vec<usize>,
    /// By profile, two bits a chooser: its best reply to the others, where it hides in the profile.
    replies: Vec<u32>,
}

const HIDE: usize = Stance::Hide as usize;

impl Graph {
    fn new(game: &SecurityGame, work: &Work) -> Option<Self> {
        let choosers = game.choosers().len();
        let powers: Vec<usize> = (0..choosers).map(|c| 3usize.pow(c as u32)).collect();
        let size = 3usize.pow(choosers as u32);
        let mut replies = vec![0u32; size];
        let filled = replies.par_chunks_mut(STRIDE).enumerate().try_for_each(|(chunk, part)| {
            if work.is_over() {
                return None;
            }
            for (at, packed) in part.iter_mut().enumerate() {
                *packed = replies_at(game, &powers, chunk * STRIDE + at);
            }
            Some(())
        });
        filled.map(|()| Self { choosers, powers, replies })
    }

    fn digit(&self, profile: usize, c: usize) -> usize {
        profile / self.powers[c] % 3
    }

    /// The profiles that the movers' best replies lead to, into `next`.
    fn moves(&self, profile: usize, next: &mut Vec<usize>) {
        next.clear();
        let mut rest = profile;
        for (c, power) in self.powers.iter().enumerate() {
            let digit = rest % 3;
            rest /= 3;
            let hidden = profile + power * HIDE - power * digit;
            let reply = (self.replies[hidden] >> (2 * c) & 3) as usize;
            if reply != digit {
                next.push(profile + power * reply - power * digit);
            }
        }
    }

    /// The strongly connected components, each after all that can be reached from it.
    fn components(&self, work: &Work) -> Option<Vec<Vec<u32>>> {
        const NEW: u32 = u32::MAX;
        let size = self.replies.len();
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
                    self.moves(profile, &mut next);
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

    /// Lets probability flow from all profiles, and from all hiding, to the closed components.
    fn flow(&self, components: &[Vec<u32>], work: &Work) -> Option<Vec<End>> {
        let size = self.replies.len();
        let mut mass = vec![[1.0 / size as f64, 0.0]; size];
        mass[self.powers.iter().sum::<usize>() * HIDE][1] = 1.0;
        let mut ends = Vec::new();
        let (mut next, mut inside) = (Vec::new(), vec![false; size]);
        for (at, component) in components.iter().rev().enumerate() {
            if at.is_multiple_of(STRIDE) && work.is_over() {
                return None;
            }
            component.iter().for_each(|&p| inside[p as usize] = true);
            let mut closed = true;
            for &profile in component {
                self.moves(profile as usize, &mut next);
                closed &= next.iter().all(|&to| inside[to]);
            }
            if closed {
                ends.push(self.end(component, &mass));
            } else {
                let held = |mass: &[[f64; 2]]| {
                    component.iter().fold([0.0; 2], |[a, b], &p| {
                        [a + mass[p as usize][0], b + mass[p as usize][1]]
                    })
                };
                let came = held(&mass);
                // All of it leaves a single profile at once.
                loop {
                    for &profile in component {
                        let profile = profile as usize;
                        self.moves(profile, &mut next);
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
            }
            component.iter().for_each(|&p| inside[p as usize] = false);
        }
        Some(ends)
    }

    fn end(&self, component: &[u32], mass: &[[f64; 2]]) -> End {
        let mut profiles: Vec<Vec<Stance>> =
            component.iter().map(|&p| self.stances(p as usize)).collect();
        profiles.sort();
        let sum = |k: usize| component.iter().map(|&p| mass[p as usize][k]).sum();
        End { profiles, mass: [sum(0), sum(1)] }
    }

    fn stances(&self, profile: usize) -> Vec<Stance> {
        (0..self.choosers).map(|c| Stance::ALL[self.digit(profile, c)]).collect()
    }
}

/// The best replies, two bits each, of those who hide in this profile.
fn replies_at(game: &SecurityGame, powers: &[usize], profile: usize) -> u32 {
    let mut field =
        Field { attackers: game.force(Coalition::EMPTY.with(game.target())), ..Field::default() };
    for (c, &i) in game.choosers().iter().enumerate() {
        field = taking(game, field, i, Stance::ALL[profile / powers[c] % 3]);
    }
    let mut packed = 0;
    for (c, &i) in game.choosers().iter().enumerate() {
        if profile / powers[c] % 3 == HIDE {
            let hiders = field.hiders.difference(Coalition::EMPTY.with(i));
            let reply = game.reply(&Field { hiders, ..field }, i);
            packed |= (reply as u32) << (2 * c);
        }
    }
    packed
}
