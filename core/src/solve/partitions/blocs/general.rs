//! The sweep for any utility: threats and affinities, status-quo states, a war cost,
//! decisiveness without bound.
//!
//! **Method.** Partitions state by state (restricted growth). Each complete one is tried
//! first with the coalitions that blocked its neighbours, then with every coalition whose
//! members could all gain: an upper bound on what a state can want of a bloc, whatever the
//! others do (`reach`), rules out the rest. In a partition that deters all blocs only the
//! *restless* coalitions are tried, those that could gain on the status quo. For `m ≥ 1` a
//! coalition wants that only while the strengths that it would meet sum to less than some
//! number; the sum can only grow as states are placed, so the list thins out on the way
//! down the tree and is mostly empty at its leaves.
//!
//! **Cost.** O(Bell(n) · n) when nearly all partitions are blocked by few coalitions or are
//! deterred; Bell(n) scans of the coalitions not ruled out at worst.

use rayon::prelude::*;

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::work::Work;

use super::collect::Collection;
use super::reach::{Reach, Restless};
use super::sweep::{Bar, Recent, Stop, Sweep};

/// The most states that the sweep can hold.
const MOST: usize = 32;

/// So many states are placed before the work is divided.
const HEAD: usize = 6;

/// A contest's general sweep.
pub(super) struct General<'a> {
    contest: &'a Contest,
    n: usize,
    /// A gain over the share of at most this is none.
    least: f64,
    reach: Reach,
}

/// The states placed so far, as blocs in the order of their first members.
struct Walk<'w, L> {
    blocs: [Coalition; MOST],
    len: usize,
    recent: Recent,
    /// For each number of states placed the coalitions that are still restless.
    restless: Vec<Vec<Restless>>,
    bar: &'w Bar,
    stop: &'w Stop<'w>,
    ticks: u32,
    leaf: L,
}

/// A complete partition, with what it gives to whom.
struct View<'v> {
    blocs: &'v [Coalition],
    control: [f64; MOST],
}

impl<'a> General<'a> {
    /// The sweep in which a gain of at most `least` over a state's share is none. `None` if the
    /// time was up first.
    pub(super) fn new(contest: &'a Contest, least: f64, work: &Work) -> Option<Self> {
        let mut status_quo = vec![0.0; contest.len()];
        contest.utilities(contest.shares(), &mut status_quo);
        let reach = Reach::new(contest, &status_quo, least, work)?;
        Some(Self { contest, n: contest.len(), least, reach })
    }

    fn view<'v>(&self, blocs: &'v [Coalition]) -> View<'v> {
        let mut view = View { blocs, control: [0.0; MOST] };
        self.contest.control(blocs, &mut view.control[..self.n]);
        view
    }

    /// What the least eager member of `s` gains over its share by leaving, or any number of
    /// at most `enough` if it gains no more than that.
    fn gain(&self, s: u32, view: &View, enough: f64) -> f64 {
        let s = Coalition(u64::from(s));
        let mut blocs = [Coalition::EMPTY; MOST + 1];
        blocs[0] = s;
        let mut len = 1;
        for bloc in view.blocs {
            let left = bloc.difference(s);
            if !left.is_empty() {
                blocs[len] = left;
                len += 1;
            }
        }
        let mut control = [0.0; MOST];
        let control = &mut control[..self.n];
        self.contest.control(&blocs[..len], control);
        let mut least = f64::INFINITY;
        for i in s.members() {
            let before = self.contest.utility(i, &view.control[..self.n]);
            let more = self.contest.utility(i, control) - before;
            least = least.min(more / self.contest.shares()[i]);
            if least <= enough {
                break;
            }
        }
        least
    }

    /// The most eager of the coalitions, if it gains anything; at once any that gains more
    /// than `bar`, or once stopped. `restless` are all that could gain if the partition deters
    /// all blocs.
    fn most_eager(
        &self,
        view: &View,
        restless: &[Restless],
        bar: f64,
        stop: &Stop,
    ) -> Option<(f64, u32)> {
        let mut most = self.least;
        let mut eager = None;
        let mut ticks = 1;
        let mut consider = |s: u32| {
            if stop.tick(&mut ticks) {
                return true;
            }
            let gain = self.gain(s, view, most);
            if gain > most {
                most = gain;
                eager = Some((gain, s));
            }
            most > bar
        };
        if self.contest.parameters().war_cost > 0.0
            && view.control[..self.n] == *self.contest.shares()
        {
            let _ = restless
                .iter()
                .filter(|r| self.reach.still(r, view.blocs, 0))
                .any(|r| consider(r.coalition));
            return eager;
        }
        let mut needed = [0.0; MOST];
        self.contest.utilities(&view.control[..self.n], &mut needed);
        for (needed, share) in needed.iter_mut().zip(self.contest.shares()) {
            *needed += self.least * share;
        }
        let open = self.reach.ambitious(&needed);
        let mut s = open;
        while s != 0 {
            if s.is_multiple_of(1 << 16) && stop.look() {
                break;
            }
            if self.reach.beyond(s, &needed) && consider(s) {
                break;
            }
            s = (s - 1) & open;
        }
        eager
    }

    /// Gives every completion of the walk's blocs by the states from `i` on that no coalition
    /// blocks by more than the bar to the leaf, with its instability (0 for none).
    fn descend<L: FnMut(&View, f64)>(&self, walk: &mut Walk<'_, L>, i: usize) {
        if walk.stop.is_set() {
            return;
        }
        if i == self.n {
            if !walk.stop.tick(&mut walk.ticks) && !walk.bar.is_low() {
                self.arrive(walk);
            }
            return;
        }
        self.thin_out(walk, i);
        for at in 0..walk.len {
            walk.blocs[at] = walk.blocs[at].with(i);
            self.descend(walk, i + 1);
            walk.blocs[at] = walk.blocs[at].without(i);
        }
        walk.blocs[walk.len] = Coalition::singleton(i);
        walk.len += 1;
        self.descend(walk, i + 1);
        walk.len -= 1;
    }

    /// The last number of states placed for which there is a list.
    fn thinnest(&self) -> usize {
        self.n.min(HEAD).max(self.n - 2)
    }

    /// With the first `i` states placed, drops the coalitions that are restless no more.
    ///
    /// Not next to the leaves, which filter for themselves: there, a list that does not thin
    /// out would cost more than it saves.
    fn thin_out<L>(&self, walk: &mut Walk<'_, L>, i: usize) {
        if i >= self.thinnest() {
            return;
        }
        if walk.restless[i].len() > 1024 && walk.stop.look() {
            return;
        }
        let open = Coalition::grand(self.n).difference(Coalition::grand(i)).bits() as u32;
        let mut still = std::mem::take(&mut walk.restless[i + 1]);
        let placed = &walk.blocs[..walk.len];
        still.clear();
        still.extend(walk.restless[i].iter().filter(|r| self.reach.still(r, placed, open)));
        walk.restless[i + 1] = still;
    }

    fn arrive<L: FnMut(&View, f64)>(&self, walk: &mut Walk<'_, L>) {
        let view = self.view(&walk.blocs[..walk.len]);
        let bar = walk.bar.get();
        if walk.recent.find(|s| self.gain(s, &view, bar) > bar) {
            return;
        }
        match self.most_eager(&view, &walk.restless[self.thinnest()], bar, walk.stop) {
            _ if walk.stop.is_set() => {}
            Some((gain, s)) if gain > bar => walk.recent.push(s),
            eager => (walk.leaf)(&view, eager.map_or(0.0, |(gain, _)| gain)),
        }
    }

    /// Walks over all partitions on all threads, each with a state of its own from `start`,
    /// and merges what they end with.
    fn sweep<T: Send>(
        &self,
        bar: &Bar,
        stop: &Stop,
        start: impl Fn() -> T + Sync + Send,
        leaf: impl Fn(&mut T, &View, f64) + Sync + Send,
        merge: impl Fn(T, T) -> T + Sync + Send,
    ) -> T {
        let depth = self.n.min(HEAD);
        let heads: Vec<Partition> = Partition::all(depth).collect();
        let steps = |head: &Partition| completions(head.blocs().len(), self.n - depth);
        stop.work.begin("partitions", heads.iter().map(steps).sum());
        let result = heads
            .par_iter()
            .fold(
                || (start(), Recent::default()),
                |(mut state, recent), head| {
                    let mut blocs = [Coalition::EMPTY; MOST];
                    blocs[..head.blocs().len()].copy_from_slice(head.blocs());
                    let len = head.blocs().len();
                    let leaf = |view: &View, gain: f64| leaf(&mut state, view, gain);
                    let mut restless = vec![Vec::new(); self.n + 1];
                    restless[depth].clone_from(&self.reach.restless);
                    let mut walk = Walk { blocs, len, recent, restless, bar, stop, ticks: 0, leaf };
                    if !stop.is_set() {
                        self.descend(&mut walk, depth);
                    }
                    let recent = walk.recent;
                    stop.work.advance(steps(head));
                    (state, recent)
                },
            )
            .map(|(state, _)| state)
            .reduce(&start, merge);
        stop.work.end();
        result
    }
}

impl Sweep for General<'_> {
    fn instability(&self, partition: &Partition, stop: &Stop) -> (f64, Coalition) {
        let view = self.view(partition.blocs());
        let gain = self.most_eager(&view, &self.reach.restless, f64::INFINITY, stop);
        let (gain, s) = gain.unwrap_or((0.0, 1));
        (gain, Coalition(u64::from(s)))
    }

    fn lower(&self, bar: &Bar, stop: &Stop) {
        let leaf = |(): &mut (), _: &View, gain: f64| bar.lower_to(gain);
        self.sweep(bar, stop, || (), leaf, |(), ()| ());
    }

    fn collect(&self, cut: f64, keep: usize, stop: &Stop) -> Option<Collection> {
        let start = || Collection::new(self.n, keep);
        let leaf = |found: &mut Collection, view: &View, _: f64| {
            found.add(view.blocs, &view.control[..self.n]);
        };
        let found = self.sweep(&Bar::fixed(cut), stop, start, leaf, Collection::merge);
        (!stop.is_set()).then_some(found)
    }
}

/// The number of ways to place `open` more states when there are `blocs` blocs.
fn completions(blocs: usize, open: usize) -> u64 {
    let mut ways = vec![1u64; open + 1];
    for _ in 0..open {
        // ways[k]: with `blocs + k` blocs, one more state to place each round.
        for k in 0..ways.len() - 1 {
            ways[k] = ((blocs + k) as u64).saturating_mul(ways[k]).saturating_add(ways[k + 1]);
        }
        ways.pop();
    }
    ways[0]
}
