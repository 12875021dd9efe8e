//! The sweep for any utility: threats and affinities, status-quo states, a war cost,
//! decisiveness without bound.
//!
//! **Method.** Partitions state by state (restricted growth). Each complete one is tried
//! first with the coalitions that blocked its neighbours, then with every coalition whose
//! members could all gain: an upper bound on what a state can get in a bloc, whatever the
//! others do, rules out the rest. In a partition that deters all blocs only the coalitions
//! that could gain on the status quo are tried, and where the war cost deters any bloc there
//! are none.
//!
//! **Cost.** O(Bell(n) · n) when nearly all partitions are blocked by few coalitions;
//! Bell(n) scans of the coalitions not ruled out at worst.

use rayon::prelude::*;

use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;

use super::collect::Collection;
use super::sweep::{Bar, Recent, Stop, Sweep};
use super::tables::sums;

/// The most states that the sweep can hold.
const MOST: usize = 32;

/// How far bounds are widened against rounding.
const SLACK: f64 = 1e-12;

/// A contest's general sweep.
pub(super) struct General<'a> {
    contest: &'a Contest,
    n: usize,
    /// The most that state `i` can want of being in bloc `S`, at `S · n + i`.
    reach: Vec<f64>,
    /// The most that each state can want of any bloc.
    ceiling: Vec<f64>,
    /// Each state's utility of the status quo, and the coalitions all of whose members could
    /// want more.
    status_quo: Vec<f64>,
    restless: Vec<u32>,
}

/// The states placed so far, as blocs in the order of their first members.
struct Walk<'w, L> {
    blocs: [Coalition; MOST],
    len: usize,
    recent: Recent,
    bar: &'w Bar,
    stop: &'w Stop<'w>,
    ticks: u32,
    leaf: L,
}

/// A complete partition, with what it gives to whom.
struct View<'v> {
    blocs: &'v [Coalition],
    control: [f64; MOST],
    utility: [f64; MOST],
}

impl<'a> General<'a> {
    pub(super) fn new(contest: &'a Contest) -> Self {
        let n = contest.len();
        let mut status_quo = vec![0.0; n];
        contest.utilities(contest.shares(), &mut status_quo);
        let reach = reach(contest, &status_quo);
        let mut ceiling = vec![f64::NEG_INFINITY; n];
        let mut restless = Vec::new();
        for (s, reach) in (0u32..).zip(reach.chunks_exact(n)) {
            let mut members = Coalition(u64::from(s)).members();
            for i in members.clone() {
                ceiling[i] = ceiling[i].max(reach[i]);
            }
            if s != 0 && members.all(|i| reach[i] > status_quo[i]) {
                restless.push(s);
            }
        }
        Self { contest, n, reach, ceiling, status_quo, restless }
    }

    fn view<'v>(&self, blocs: &'v [Coalition]) -> View<'v> {
        let mut view = View { blocs, control: [0.0; MOST], utility: [0.0; MOST] };
        self.contest.control(blocs, &mut view.control[..self.n]);
        self.contest.utilities(&view.control[..self.n], &mut view.utility);
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
            let more = self.contest.utility(i, control) - view.utility[i];
            least = least.min(more / self.contest.shares()[i]);
            if least <= enough {
                break;
            }
        }
        least
    }

    /// Whether every member of `s` could gain more than `bar` over its share in some
    /// partition.
    fn could_gain(&self, s: u32, view: &View, bar: f64) -> bool {
        let reach = &self.reach[s as usize * self.n..];
        Coalition(u64::from(s))
            .members()
            .all(|i| reach[i] > view.utility[i] + bar * self.contest.shares()[i])
    }

    /// The most eager of the coalitions that gain more than `floor`; at once any that gains
    /// more than `bar`.
    fn most_eager(&self, view: &View, floor: f64, bar: f64) -> Option<(f64, u32)> {
        let mut most = floor;
        let mut eager = None;
        let mut consider = |s: u32| {
            if self.could_gain(s, view, most) {
                let gain = self.gain(s, view, most);
                if gain > most {
                    most = gain;
                    eager = Some((gain, s));
                }
            }
            most > bar
        };
        if view.utility[..self.n] == self.status_quo[..] && floor >= 0.0 {
            let _ = self.restless.iter().any(|&s| consider(s));
            return eager;
        }
        let could =
            |&i: &usize| self.ceiling[i] > view.utility[i] + floor * self.contest.shares()[i];
        let open = (0..self.n).filter(could).fold(0u32, |open, i| open | 1 << i);
        let mut s = open;
        while s != 0 && !consider(s) {
            s = (s - 1) & open;
        }
        eager
    }

    /// Gives every completion of the walk's blocs by the states from `i` on that no coalition
    /// blocks by more than the bar to the leaf, with its instability (0 for none).
    fn descend<L: FnMut(&View, f64)>(&self, walk: &mut Walk<'_, L>, i: usize) {
        if i == self.n {
            if !walk.stop.tick(&mut walk.ticks) && !walk.bar.is_low() {
                self.arrive(walk);
            }
            return;
        }
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

    fn arrive<L: FnMut(&View, f64)>(&self, walk: &mut Walk<'_, L>) {
        let view = self.view(&walk.blocs[..walk.len]);
        let bar = walk.bar.get();
        let blocks = |s| self.could_gain(s, &view, bar) && self.gain(s, &view, bar) > bar;
        if walk.recent.find(blocks) {
            return;
        }
        match self.most_eager(&view, 0.0, bar) {
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
        let depth = self.n.min(6);
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
                    let mut walk = Walk { blocs, len, recent, bar, stop, ticks: 0, leaf };
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
    fn instability(&self, partition: &Partition) -> (f64, Coalition) {
        let view = self.view(partition.blocs());
        let (gain, s) = self.most_eager(&view, 0.0, f64::INFINITY).unwrap_or((0.0, 1));
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

/// For every coalition and state an upper bound on the state's utility when the coalition is
/// its bloc, whatever the other blocs are.
fn reach(contest: &Contest, status_quo: &[f64]) -> Vec<f64> {
    let n = contest.len();
    let size = 1usize << n;
    let shares = contest.shares();
    let lone: Vec<f64> = shares.iter().map(|&p| contest.strength(p)).collect();
    let (power, apart, weight) = (sums(shares), sums(&lone), sums(contest.weights()));
    let war_cost = contest.parameters().war_cost;
    let decisiveness = contest.parameters().decisiveness;
    let wins_at_best = |s: usize| {
        let rest = size - 1 - s;
        if decisiveness.is_infinite() {
            let rival = Coalition(rest as u64).members().map(|i| shares[i]).fold(0.0, f64::max);
            return if power[s] + SLACK < rival { 0.0 } else { 1.0 };
        }
        let own = contest.strength(power[s]);
        let others = match rest {
            0 => 0.0,
            _ if decisiveness >= 1.0 => apart[rest],
            _ => contest.strength(power[rest]),
        };
        own / (own + others)
    };
    // The dearest of the others: all control that a state has not is at best in its hands.
    let dearest = |i: usize| match contest.concern() {
        None => 0.0,
        Some(concern) => {
            (0..n).filter(|&j| j != i).map(|j| concern[[i, j]]).fold(f64::NEG_INFINITY, f64::max)
        }
    };
    let dearest: Vec<f64> = (0..n).map(dearest).collect();
    let mut reach = vec![f64::NEG_INFINITY; size * n];
    for s in 1..size {
        let level = (1.0 - war_cost) * wins_at_best(s) / weight[s];
        for i in Coalition(s as u64).members() {
            let most = level * contest.weights()[i] * (1.0 + SLACK);
            let want = |c: f64| {
                let own = c.min(shares[i]) + contest.revisionism(i) * (c - shares[i]).max(0.0);
                own + dearest[i] * (1.0 - war_cost - c)
            };
            // Piecewise linear in its control, so at its highest at an end or at the kink.
            let bound = want(0.0).max(want(most)).max(want(shares[i].min(most)));
            let bound = if war_cost > 0.0 { bound.max(status_quo[i]) } else { bound };
            reach[s * n + i] = bound + SLACK * (1.0 + dearest[i].abs());
        }
    }
    reach
}
