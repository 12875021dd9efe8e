//! The sweep where a state's utility is its control.
//!
//! **Method.** With attractions `A` and total strength `D` (see `tables`), `S` blocks `π` by
//! more than `t` iff `A(S)/D' > A(B_i)/D + t·p_i^(1−s)` for each of its members. Partitions
//! are enumerated by blocs in the order of falling attraction, so that with blocs on `T`
//! placed and the states `R` open, no open state will be in a bloc more attractive than the
//! one placed last. A coalition that outdoes the first bloc that it meets then outdoes
//! them all, and whether it does depends on the open blocs through one number alone,
//! `x = Σ P(C)^m` over the blocs of `R`, which lies between `Σ P(i)^m` and `P(R)^m`. What it
//! meets after leaving is `D' ≤ D'_T + min(x − fall, P(R∖S)^m)`, so that
//! `A·D − a·D' − r·D·D'` is concave or linear in `x` on either side of one kink: positive at
//! the ends and at the kink, it is positive for every completion, and the subtree goes. The
//! same condition over the coalitions inside `R`, solved for `a`, gives the least attraction
//! that the next bloc can have.
//!
//! **Cost.** 3^n for the top of the tree, and what is left below it. Measured at n = 14, in
//! seconds of processor time: 0.02 to 1 with default parameters on shares as they occur, 1 to 7
//! where the system is fluid, 14 at worst (equal states, `m = 2`), against 191 million
//! partitions.
//!
//! **Limits.** Equal states have many partitions that are equally unstable, and each of them
//! is a leaf. Where all control is the same in all partitions nothing is enumerated.

use rayon::prelude::*;

use crate::coalition::{Coalition, Partition, bell_number};
use crate::contest::Contest;

use super::Options;
use super::collect::Collection;
use super::sweep::{Bar, Recent, Stop, Sweep};
use super::tables::Tables;

/// How clearly, relative to the terms compared, a coalition must block to close a subtree.
const MARGIN: f64 = 1e-12;

/// With so many states open a step takes long enough to look at the clock before it.
const LARGE: u32 = 12;

/// The most states that the sweep can hold.
const MOST: usize = 32;

/// A contest's plain sweep.
pub(super) struct Plain<'a> {
    contest: &'a Contest,
    tables: Tables,
    /// The coalitions by falling best offer: what a coalition gets at best, for any
    /// partition of the others.
    hopes: Vec<(f64, u32)>,
}

/// The blocs placed so far.
#[derive(Clone)]
struct Path {
    blocs: [u32; MOST],
    len: usize,
    /// The sum of their strengths.
    total: f64,
}

/// What a thread carries along.
struct Walk<'w, L> {
    path: Path,
    recent: Recent,
    bar: &'w Bar,
    stop: &'w Stop<'w>,
    ticks: u32,
    leaf: L,
}

impl<'a> Plain<'a> {
    pub(super) fn new(contest: &'a Contest) -> Self {
        let tables = Tables::new(contest);
        let grand = tables.grand();
        let mut hopes: Vec<(f64, u32)> = (1..=grand)
            .map(|s| {
                let others = tables.bounds(grand & !s).0;
                (tables.attraction[s as usize] / (tables.strength[s as usize] + others), s)
            })
            .collect();
        hopes.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        Self { contest, tables, hopes }
    }

    /// All partitions, if every one gives everybody the same control: then none is blocked.
    /// It is so in a proportional contest that is divided in proportion (`m = s = 1`), or
    /// whose states are equal.
    pub(super) fn same_for_all(&self, options: &Options) -> Option<Collection> {
        let Tables { n, weights, attraction, .. } = &self.tables;
        #[expect(clippy::float_cmp, reason = "exactly 1 makes D the same for all partitions")]
        let fixed = self.contest.parameters().decisiveness == 1.0;
        let keeps = |s: &u32| {
            Coalition(u64::from(*s)).members().all(|i| {
                let share = self.contest.shares()[i];
                (weights[i] * attraction[*s as usize] - share).abs() <= MARGIN * share
            })
        };
        if !fixed || !(1..=self.tables.grand()).all(|s| keeps(&s)) {
            return None;
        }
        let mut collection = Collection::new(*n, options.max_partitions);
        let listed = first_partitions(*n, options.max_partitions.max(1));
        for blocs in &listed {
            collection.add(blocs, self.contest.shares());
        }
        let all = u64::try_from(bell_number(*n)?).ok()?;
        collection.count(all - listed.len() as u64);
        Some(collection)
    }

    /// Walks over all partitions that no coalition blocks by more than the bar, which may
    /// fall meanwhile, and gives each to the leaf with its instability (0 or less for none).
    fn walk<L: FnMut(&Path, f64)>(&self, walk: &mut Walk<'_, L>, first: u32) {
        let rest = self.tables.grand() & !first;
        if self.place(walk, first, rest) {
            self.descend(walk, rest);
            self.lift(walk);
        }
    }

    /// Places a bloc, unless a coalition is known that blocks whatever comes after it.
    fn place<L>(&self, walk: &mut Walk<'_, L>, bloc: u32, rest: u32) -> bool {
        let path = &mut walk.path;
        path.blocs[path.len] = bloc;
        path.len += 1;
        path.total += self.tables.strength[bloc as usize];
        let bar = walk.bar.get();
        if rest != 0 && walk.recent.find(|s| self.surely_blocks(s, path, rest, bar)) {
            self.lift(walk);
            return false;
        }
        true
    }

    fn lift<L>(&self, walk: &mut Walk<'_, L>) {
        let path = &mut walk.path;
        path.len -= 1;
        // Summed anew: adding and subtracting would drift.
        path.total = path.blocs[..path.len].iter().map(|&b| self.tables.strength[b as usize]).sum();
    }

    fn descend<L: FnMut(&Path, f64)>(&self, walk: &mut Walk<'_, L>, rest: u32) {
        if rest.count_ones() >= LARGE {
            walk.ticks = 0;
        }
        if walk.stop.tick(&mut walk.ticks) || walk.bar.is_low() {
            return;
        }
        if rest == 0 {
            self.arrive(walk);
            return;
        }
        let tables = &self.tables;
        let after = tables.rank[walk.path.blocs[walk.path.len - 1] as usize];
        let until = Coalition(u64::from(rest)).members().map(|i| tables.last[i]).min();
        let until = until.unwrap_or(u32::MAX);
        let floor = self.floor(&walk.path, rest, walk.bar.get());
        let mut next = rest;
        while next != 0 {
            let rank = tables.rank[next as usize];
            if rank > after && rank <= until && tables.attraction[next as usize] >= floor {
                let open = rest & !next;
                if self.place(walk, next, open) {
                    self.descend(walk, open);
                    self.lift(walk);
                }
            }
            next = (next - 1) & rest;
        }
    }

    /// A complete partition: is there a coalition that blocks it by more than the bar?
    fn arrive<L: FnMut(&Path, f64)>(&self, walk: &mut Walk<'_, L>) {
        let tables = &self.tables;
        let blocs = &walk.path.blocs[..walk.path.len];
        let total = walk.path.total;
        let bar = walk.bar.get();
        if walk.recent.find(|s| tables.gain(s, blocs, total) > bar) {
            return;
        }
        let mut most = 0.0f64;
        let lowest = tables.attraction[blocs[blocs.len() - 1] as usize] / total;
        for &(hope, s) in &self.hopes {
            if hope <= lowest {
                break;
            }
            let Some(&met) = blocs.iter().find(|&&bloc| bloc & s != 0) else { continue };
            if hope <= tables.attraction[met as usize] / total {
                continue;
            }
            let gain = tables.gain(s, blocs, total);
            if gain > bar {
                walk.recent.push(s);
                return;
            }
            most = most.max(gain);
        }
        (walk.leaf)(&walk.path, most);
    }

    /// The least attraction that the next bloc can have: with less, some coalition of open
    /// states surely blocks by more than the bar.
    fn floor(&self, path: &Path, rest: u32, bar: f64) -> f64 {
        let tables = &self.tables;
        let (low, high) = tables.bounds(rest);
        let mut floor = 0.0f64;
        let mut s = rest;
        while s != 0 {
            let at = s as usize;
            let others = tables.bounds(rest & !s).1;
            let fall = tables.fall(s);
            let own = tables.strength[at] + path.total;
            let needed = bar / tables.ease[at];
            let bound = |x: f64| {
                let before = path.total + x;
                let after = own + others.min(x - fall).max(0.0);
                tables.attraction[at] * (1.0 - MARGIN) * before / after - needed * before
            };
            let at_low = bound(low);
            if at_low > floor {
                let kink = (fall + others).clamp(low, high);
                floor = floor.max(at_low.min(bound(kink)).min(bound(high)));
            }
            s = (s - 1) & rest;
        }
        floor
    }

    /// Whether `s` blocks by more than `bar` whatever blocs the open states form.
    fn surely_blocks(&self, s: u32, path: &Path, rest: u32, bar: f64) -> bool {
        let tables = &self.tables;
        let blocs = &path.blocs[..path.len];
        let offer = tables.attraction[s as usize];
        let mut placed = tables.strength[s as usize];
        let mut met = 0.0f64;
        for &bloc in blocs {
            placed += tables.strength[(bloc & !s) as usize];
            if met <= 0.0 && bloc & s != 0 {
                met = tables.attraction[bloc as usize];
            }
        }
        if met <= 0.0 {
            met = tables.attraction[blocs[blocs.len() - 1] as usize];
        }
        let needed = bar / tables.ease[s as usize];
        let (low, high) = tables.bounds(rest);
        let others = tables.bounds(rest & !s).1;
        let fall = tables.fall(s & rest);
        let holds = |x: f64| {
            let before = path.total + x;
            let after = placed + others.min(x - fall).max(0.0);
            offer * (1.0 - MARGIN) * before > (met + needed * before) * after
        };
        holds(low) && holds(high) && holds((fall + others).clamp(low, high))
    }

    /// The blocs in the order of their first members, and everybody's control.
    fn present(&self, path: &Path, blocs: &mut [Coalition; MOST], control: &mut [f64]) {
        for (to, &bloc) in blocs.iter_mut().zip(&path.blocs[..path.len]) {
            *to = Coalition(u64::from(bloc));
            let level = self.tables.attraction[bloc as usize] / path.total;
            for i in to.members() {
                control[i] = level * self.tables.weights[i];
            }
        }
        blocs[..path.len].sort_unstable_by_key(|bloc| bloc.first());
    }

    /// Walks the whole tree on all threads, each with a state of its own from `start`, and
    /// merges what they end with.
    fn sweep<T: Send>(
        &self,
        bar: &Bar,
        stop: &Stop,
        start: impl Fn() -> T + Sync + Send,
        leaf: impl Fn(&mut T, &Path, f64) + Sync + Send,
        merge: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        let tables = &self.tables;
        let empty = Path { blocs: [0; MOST], len: 0, total: 0.0 };
        let until = tables.last.iter().copied().min().unwrap_or(0);
        let floor = self.floor(&empty, tables.grand(), bar.get());
        let heads = &tables.order[..=until as usize];
        stop.work.begin("partitions: first blocs", heads.len() as u64);
        let result = heads
            .par_iter()
            .fold(
                || (start(), Recent::default()),
                |(mut state, recent), &head| {
                    stop.work.advance(1);
                    let hopeless = tables.attraction[head as usize] < floor;
                    if hopeless || stop.is_set() || bar.is_low() {
                        return (state, recent);
                    }
                    let leaf = |path: &Path, gain: f64| leaf(&mut state, path, gain);
                    let path = empty.clone();
                    let mut walk = Walk { path, recent, bar, stop, ticks: 0, leaf };
                    self.walk(&mut walk, head);
                    let recent = walk.recent;
                    (state, recent)
                },
            )
            .map(|(state, _)| state)
            .reduce(&start, merge);
        stop.work.end();
        result
    }
}

impl Sweep for Plain<'_> {
    fn instability(&self, partition: &Partition, _: &Stop) -> (f64, Coalition) {
        let mut blocs: Vec<u32> = partition.blocs().iter().map(|b| b.bits() as u32).collect();
        blocs.sort_unstable_by_key(|&b| self.tables.rank[b as usize]);
        let total = blocs.iter().map(|&b| self.tables.strength[b as usize]).sum();
        let gain = |s| (self.tables.gain(s, &blocs, total), Coalition(u64::from(s)));
        let first = gain(1);
        (2..=self.tables.grand())
            .map(gain)
            .fold(first, |best, next| if next.0 > best.0 { next } else { best })
    }

    fn lower(&self, bar: &Bar, stop: &Stop) {
        let leaf = |(): &mut (), _: &Path, gain: f64| bar.lower_to(gain);
        self.sweep(bar, stop, || (), leaf, |(), ()| ());
    }

    fn collect(&self, cut: f64, keep: usize, stop: &Stop) -> Option<Collection> {
        let n = self.tables.n;
        let start = || (Collection::new(n, keep), [Coalition::EMPTY; MOST], [0.0; MOST]);
        let leaf = |(found, blocs, control): &mut (Collection, [_; MOST], [f64; MOST]),
                    path: &Path,
                    _: f64| {
            self.present(path, blocs, control);
            found.add(&blocs[..path.len], &control[..n]);
        };
        let merge = |a: (Collection, _, _), b: (Collection, _, _)| (a.0.merge(b.0), a.1, a.2);
        let (found, _, _) = self.sweep(&Bar::fixed(cut), stop, start, leaf, merge);
        (!stop.is_set()).then_some(found)
    }
}

/// The first partitions of `n` states in the order of [`Partition`], as blocs: the bloc of
/// the first open state is the lowest that it can be.
fn first_partitions(n: usize, count: usize) -> Vec<Vec<Coalition>> {
    fn extend(open: u64, blocs: &mut Vec<Coalition>, count: usize, all: &mut Vec<Vec<Coalition>>) {
        if open == 0 {
            all.push(blocs.clone());
            return;
        }
        let first = open & open.wrapping_neg();
        let others = open & !first;
        let mut with = 0u64;
        loop {
            blocs.push(Coalition(first | with));
            extend(others & !with, blocs, count, all);
            blocs.pop();
            with = with.wrapping_sub(others) & others;
            if with == 0 || all.len() >= count {
                return;
            }
        }
    }
    let mut all = Vec::new();
    extend(Coalition::grand(n).bits(), &mut Vec::new(), count, &mut all);
    all
}
