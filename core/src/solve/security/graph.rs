//! The graph of best replies, and where it ends.
//!
//! Its nodes are all profiles; from each an edge leads to the profile in which one state that would
//! move has given its best reply. Strongly connected components that no edge leaves are equilibria
//! and closed cycles ([`replies`]).

use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::game::security::Field;
use crate::game::{SecurityGame, Stance};
use crate::solve::replies::{self, Closed, Moves};
use crate::solve::security::equilibria::taking;
use crate::work::Work;

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
    let size = graph.replies.len();
    let mut start = vec![[1.0 / size as f64, 0.0]; size];
    start[graph.powers.iter().sum::<usize>() * HIDE][1] = 1.0;
    let closed = replies::closed(&graph, start, work)?;
    let mut ends: Vec<End> = closed.iter().map(|closed| graph.end(closed)).collect();
    let place = |end: &End| match end.profiles.as_slice() {
        [one] => equilibria.binary_search(one).unwrap_or(usize::MAX),
        _ => usize::MAX,
    };
    crate::order::sort_by(&mut ends, |a, b| {
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

    fn end(&self, closed: &Closed) -> End {
        let mut profiles: Vec<Vec<Stance>> =
            closed.profiles.iter().map(|&p| self.stances(p as usize)).collect();
        profiles.sort();
        End { profiles, mass: closed.mass }
    }

    fn stances(&self, profile: usize) -> Vec<Stance> {
        (0..self.choosers).map(|c| Stance::ALL[self.digit(profile, c)]).collect()
    }
}

impl Moves for Graph {
    fn profiles(&self) -> usize {
        self.replies.len()
    }

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
