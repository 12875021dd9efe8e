//! Stable partitions of hedonic games.
//!
//! Definitions (Bogomolnaia & Jackson 2002; Aziz & Savani 2016). A partition is
//! - in the *core* if no coalition would be better for all its members; in the *strict core*
//!   if none would be better for one and worse for none;
//! - *Nash stable* if no player gains by moving to another bloc or out; *individually stable*
//!   if no such move is one that no member of the receiving bloc loses by; *contractually
//!   stable* if moreover nobody left behind loses by it.
//!
//! Method: partitions are built bloc by bloc, each with the first player not yet placed. For
//! every coalition the set of coalitions that its members would all leave it for is kept as a
//! row of bits: the rows of a partition's blocs, cut with each other, are the coalitions that
//! block it, and those among the players already placed cut the search short. Moves between
//! two blocs are settled when the second is placed.
//! Cost: at worst Bell(n) partitions of 2^n/64 words; memory 2^(2n)/8 bytes a row of rows.
//! Limit: 14 players.

use crate::coalition::{Coalition, Partition};
use crate::game::hedonic::HedonicGame;

pub use crate::finding::hedonic::{HedonicFinding, Objection, Stability, StablePartitions};

/// Why a partition is not stable in some sense: the first coalition in the order of their bits,
/// or the first player and the first bloc. `None` if it is stable. O(n · 2^n), of moves O(n²).
pub fn objection(
    game: &HedonicGame,
    partition: &Partition,
    stability: Stability,
) -> Option<Objection> {
    let rank = |i: usize| game.rank(i, partition.bloc_of(i));
    if matches!(stability, Stability::Core | Stability::StrictCore) {
        let strict = stability == Stability::StrictCore;
        let ranks: Vec<u32> = (0..game.players()).map(rank).collect();
        let leaves = |set: &Coalition| {
            let gains = |i: usize| game.rank(i, *set) > ranks[i];
            let keeps = |i: usize| game.rank(i, *set) >= ranks[i];
            game.allows(*set)
                && if strict {
                    set.members().all(keeps) && set.members().any(gains)
                } else {
                    set.members().all(gains)
                }
        };
        return Coalition::all(game.players()).find(leaves).map(Objection::Leave);
    }
    let blocs = || partition.blocs().iter().copied().chain([Coalition::EMPTY]);
    let keep = |members: Coalition, old: Coalition, new: Coalition| {
        members.members().all(|j| game.rank(j, new) >= game.rank(j, old))
    };
    (0..game.players()).find_map(|player| {
        let own = partition.bloc_of(player);
        let to = blocs().find(|&to| {
            let new = to.with(player);
            to != own
                && game.allows(new)
                && game.rank(player, new) > rank(player)
                && (stability == Stability::Nash || keep(to, to, new))
                && (stability != Stability::Contractual || {
                    let left = own.without(player);
                    keep(left, own, left)
                })
        })?;
        Some(Objection::Move { player, to })
    })
}

const CORE: u8 = 1;
const STRICT: u8 = 2;
const NASH: u8 = 4;
const INDIVIDUAL: u8 = 8;
const CONTRACTUAL: u8 = 16;

/// All stable partitions of the game, at most `limit` of them listed for each sense.
pub fn stable_partitions(game: &HedonicGame, limit: usize) -> HedonicFinding {
    let n = game.players();
    let words = (1usize << n).div_ceil(64);
    let search = Search { game, n, words, limit, rows: Rows::new(game, words) };
    let mut finding = HedonicFinding::default();
    let mut state = State {
        blocs: Vec::with_capacity(n),
        blocking: vec![u64::MAX; (n + 1) * words],
        weakly: vec![u64::MAX; (n + 1) * words],
        gains: vec![0; (n + 1) * words],
    };
    search.place(
        Coalition::EMPTY,
        CORE | STRICT | NASH | INDIVIDUAL | CONTRACTUAL,
        &mut state,
        &mut finding,
    );
    finding
}

/// Rows of bits over all coalitions `S`, one row for each bloc `B`.
struct Rows {
    /// Every member of both likes `S` better than `B`.
    strictly: Vec<u64>,
    /// No member of both likes `S` less than `B`.
    weakly: Vec<u64>,
    /// Some member of both likes `S` better than `B`.
    gains: Vec<u64>,
    /// `S` is a subset of `B`.
    inside: Vec<u64>,
}

impl Rows {
    fn new(game: &HedonicGame, words: usize) -> Self {
        let n = game.players();
        let count = 1usize << n;
        let empty = || vec![0u64; count * words];
        let mut rows = Self { strictly: empty(), weakly: empty(), gains: empty(), inside: empty() };
        for bloc in 1..count {
            let own = Coalition(bloc as u64);
            let ranks: Vec<(usize, u32)> = own.members().map(|i| (i, game.rank(i, own))).collect();
            for bits in 1..count {
                let set = Coalition(bits as u64);
                let (word, bit) = (bloc * words + bits / 64, 1u64 << (bits % 64));
                if set.is_subset_of(own) {
                    rows.inside[word] |= bit;
                }
                if !game.allows(set) {
                    continue;
                }
                let (mut all, mut none_worse, mut some) = (true, true, false);
                for &(i, rank) in &ranks {
                    if set.contains(i) {
                        let other = game.rank(i, set);
                        all &= other > rank;
                        none_worse &= other >= rank;
                        some |= other > rank;
                    }
                }
                for (row, holds) in [
                    (&mut rows.strictly, all),
                    (&mut rows.weakly, none_worse),
                    (&mut rows.gains, some),
                ] {
                    if holds {
                        row[word] |= bit;
                    }
                }
            }
        }
        rows
    }
}

struct State {
    blocs: Vec<Coalition>,
    /// A row for each depth: the coalitions that all blocs so far would leave for.
    blocking: Vec<u64>,
    weakly: Vec<u64>,
    gains: Vec<u64>,
}

struct Search<'a> {
    game: &'a HedonicGame,
    n: usize,
    words: usize,
    limit: usize,
    rows: Rows,
}

impl Search<'_> {
    /// Places the first player not yet placed with every set of others.
    fn place(&self, placed: Coalition, alive: u8, state: &mut State, finding: &mut HedonicFinding) {
        let free = placed.complement(self.n);
        let Some(first) = free.first() else {
            self.report(alive, &state.blocs, finding);
            return;
        };
        let others = free.without(first);
        let mut rest = others.bits();
        loop {
            let bloc = Coalition(rest).with(first);
            if self.game.allows(bloc) {
                let alive = self.stays(bloc, placed.union(bloc), alive, state);
                if alive != 0 {
                    state.blocs.push(bloc);
                    self.place(placed.union(bloc), alive, state, finding);
                    state.blocs.pop();
                }
            }
            if rest == 0 {
                break;
            }
            rest = (rest - 1) & others.bits();
        }
    }

    /// In which senses the blocs so far are still stable with one more.
    fn stays(&self, bloc: Coalition, placed: Coalition, mut alive: u8, state: &mut State) -> u8 {
        let (depth, words) = (state.blocs.len(), self.words);
        let own = bloc.bits() as usize * words..(bloc.bits() as usize + 1) * words;
        let inside = &self.rows.inside[placed.bits() as usize * words..][..words];
        if alive & CORE != 0 {
            let cut = cut(&mut state.blocking, depth, &self.rows.strictly[own.clone()]);
            if cut.iter().zip(inside).any(|(c, i)| c & i != 0) {
                alive &= !CORE;
            }
        }
        if alive & STRICT != 0 {
            let weakly = cut(&mut state.weakly, depth, &self.rows.weakly[own.clone()]);
            let (above, below) = state.gains.split_at_mut((depth + 1) * words);
            let gains = &mut below[..words];
            let sources = above[depth * words..].iter().zip(&self.rows.gains[own]);
            let mut blocked = 0;
            for (at, (before, more)) in sources.enumerate() {
                gains[at] = before | more;
                blocked |= gains[at] & weakly[at] & inside[at];
            }
            if blocked != 0 {
                alive &= !STRICT;
            }
        }
        if alive & (NASH | INDIVIDUAL | CONTRACTUAL) != 0 {
            alive &= !self.moves(bloc, Coalition::EMPTY);
            for &other in &state.blocs {
                alive &= !(self.moves(bloc, other) | self.moves(other, bloc));
                if alive & (NASH | INDIVIDUAL | CONTRACTUAL) == 0 {
                    break;
                }
            }
        }
        alive
    }

    /// The senses in which some member of one bloc would move to another, or out.
    fn moves(&self, from: Coalition, to: Coalition) -> u8 {
        let mut broken = 0;
        for i in from.members() {
            let new = to.with(i);
            if !self.game.allows(new) || self.game.rank(i, new) <= self.game.rank(i, from) {
                continue;
            }
            broken |= NASH;
            if to.members().all(|j| self.game.rank(j, new) >= self.game.rank(j, to)) {
                broken |= INDIVIDUAL;
                let left = from.without(i);
                if left.members().all(|j| self.game.rank(j, left) >= self.game.rank(j, from)) {
                    return broken | CONTRACTUAL;
                }
            }
        }
        broken
    }

    fn report(&self, alive: u8, blocs: &[Coalition], finding: &mut HedonicFinding) {
        let senses = [
            (CORE, &mut finding.core_stable),
            (STRICT, &mut finding.strict_core_stable),
            (NASH, &mut finding.nash_stable),
            (INDIVIDUAL, &mut finding.individually_stable),
            (CONTRACTUAL, &mut finding.contractually_stable),
        ];
        for (_, stable) in senses.into_iter().filter(|(sense, _)| alive & sense != 0) {
            stable.total += 1;
            if stable.partitions.len() < self.limit {
                stable.partitions.extend(Partition::new(self.n, blocs.to_vec()).ok());
            }
        }
    }
}

/// Cuts the row of a depth with another into the row of the next depth.
fn cut<'a>(rows: &'a mut [u64], depth: usize, row: &[u64]) -> &'a [u64] {
    let words = row.len();
    let (above, below) = rows.split_at_mut((depth + 1) * words);
    for ((next, before), own) in below[..words].iter_mut().zip(&above[depth * words..]).zip(row) {
        *next = before & own;
    }
    &below[..words]
}
