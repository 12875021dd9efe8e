//! Supports that symmetries of a game carry to each other, of which one is searched for all.

use std::collections::BTreeSet;

use crate::game::table::{StrategicTable, Symmetry};

/// The symmetries of a game, as changes of the numbers of supports.
pub(super) struct Orbits {
    symmetries: Vec<Symmetry>,
    /// By symmetry and player: the number of the subset that each of the player's becomes.
    subsets: Vec<Vec<Vec<usize>>>,
    counts: Vec<usize>,
}

/// A support that others are carried to, with how: the place in its orbit of one that a symmetry
/// carries to it, and the symmetry's number. None for the first.
pub(super) struct Member {
    pub number: u64,
    from: Option<(usize, usize)>,
}

impl Orbits {
    /// `subsets` are those of each player's strategies, by their numbers.
    pub fn new(game: &StrategicTable, subsets: &[Vec<Vec<usize>>]) -> Self {
        let symmetries = game.symmetries();
        let positions: Vec<Vec<usize>> = subsets.iter().map(|own| positions(own)).collect();
        let moved = |symmetry: &Symmetry| {
            let own = |(i, own): (usize, &Vec<Vec<usize>>)| -> Vec<usize> {
                let to = &positions[symmetry.players()[i]];
                let names = symmetry.strategies(i);
                own.iter().map(|subset| to[bits(subset.iter().map(|&a| names[a]))]).collect()
            };
            subsets.iter().enumerate().map(own).collect()
        };
        let moved = symmetries.iter().map(moved).collect();
        Self { symmetries, subsets: moved, counts: subsets.iter().map(Vec::len).collect() }
    }

    /// All supports that the one with a number is carried to, itself first.
    /// O(orbit · symmetries · players).
    pub fn of(&self, number: u64) -> Vec<Member> {
        let mut seen = BTreeSet::from([number]);
        let mut members = vec![Member { number, from: None }];
        let mut at = 0;
        while at < members.len() {
            for k in 0..self.symmetries.len() {
                let number = self.image(members[at].number, k);
                if seen.insert(number) {
                    members.push(Member { number, from: Some((at, k)) });
                }
            }
            at += 1;
        }
        members
    }

    /// The number of the support that a symmetry makes of one.
    fn image(&self, mut number: u64, symmetry: usize) -> u64 {
        let mut choice = vec![0; self.counts.len()];
        let players = self.symmetries[symmetry].players();
        for (i, &count) in self.counts.iter().enumerate() {
            choice[players[i]] = self.subsets[symmetry][i][(number % count as u64) as usize];
            number /= count as u64;
        }
        let digits = choice.iter().zip(&self.counts).rev();
        digits.fold(0, |number, (&c, &count)| number * count as u64 + c as u64)
    }

    /// What belongs to the players in each member, from what belongs to them in the first, by how
    /// a symmetry changes what is one player's.
    pub fn carry<T: Clone>(
        &self,
        members: &[Member],
        first: Vec<T>,
        changed: impl Fn(&Symmetry, usize, &T) -> T,
    ) -> Vec<Vec<T>> {
        let mut carried = vec![first];
        for (from, symmetry) in members.iter().filter_map(|member| member.from) {
            let symmetry = &self.symmetries[symmetry];
            carried.push(symmetry.carry(&carried[from], |i, own| changed(symmetry, i, own)));
        }
        carried
    }
}

/// The number of each subset, by its members as bits.
fn positions(subsets: &[Vec<usize>]) -> Vec<usize> {
    let mut positions = vec![0; subsets.len() + 1];
    for (number, subset) in subsets.iter().enumerate() {
        positions[bits(subset.iter().copied())] = number;
    }
    positions
}

fn bits(members: impl Iterator<Item = usize>) -> usize {
    members.fold(0, |set, a| set | 1 << a)
}
