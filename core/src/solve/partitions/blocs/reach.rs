//! How much states can want of a bloc whatever the others do: bounds that rule out most
//! coalitions before any contest is evaluated.
//!
//! **Definition.** In bloc `S` a state's control is at most `(1 − w)·q(S)·share_i` with the
//! others as weak as they can be, or its share of power where deterrence holds. All other
//! control is at best in the hands of the state that it likes best. What it wants of that is
//! an upper bound on its utility, piecewise linear in its control.
//!
//! **Cost.** O(2^n · n) to make; memory the same.

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::work::Work;

use super::tables::sums;

/// How far bounds are widened against rounding.
const SLACK: f64 = 1e-14;

/// The bounds of a contest.
pub(super) struct Reach {
    n: usize,
    /// The most that state `i` can want of being in bloc `S`, at `S · n + i`.
    bounds: Vec<f64>,
    /// The most that each state can want of any bloc.
    ceiling: Vec<f64>,
    /// The coalitions all of whose members could want more than the status quo.
    pub(super) restless: Vec<Restless>,
    /// `P(S)^m`, and the same with every member alone, where uniting never makes weaker
    /// (`1 ≤ m < ∞`); else empty.
    strength: Vec<f64>,
    apart: Vec<f64>,
}

/// A coalition that could gain on the status quo by a war.
#[derive(Debug, Clone, Copy)]
pub(super) struct Restless {
    /// The coalition.
    pub(super) coalition: u32,
    /// It could while the strengths of all blocs after its leaving sum to less than this.
    until: f64,
}

impl Reach {
    /// The bounds, and the coalitions whose members could all gain more than `least` over
    /// their shares on `status_quo`, everybody's utility of it. `None` if the time was up first.
    pub(super) fn new(
        contest: &Contest,
        status_quo: &[f64],
        least: f64,
        work: &Work,
    ) -> Option<Self> {
        let n = contest.len();
        let size = 1usize << n;
        let wants = Wants::new(contest);
        let decisiveness = contest.parameters().decisiveness;
        let war = contest.parameters().war_cost > 0.0;
        let lone: Vec<f64> = contest.shares().iter().map(|&p| contest.strength(p)).collect();
        let (power, weight) = (sums(contest.shares()), sums(contest.weights()));
        let mut apart = sums(&lone);
        let mut strength: Vec<f64> = power.iter().map(|&power| contest.strength(power)).collect();
        strength[0] = 0.0;
        let at_best = |s: usize| {
            let rest = size - 1 - s;
            if decisiveness.is_infinite() {
                let shares = Coalition(rest as u64).members().map(|i| contest.shares()[i]);
                let rival = shares.fold(0.0, f64::max);
                return if power[s] + 1e-9 < rival { 0.0 } else { 1.0 };
            }
            let others = if decisiveness >= 1.0 { apart[rest] } else { strength[rest] };
            strength[s] / (strength[s] + others)
        };
        let more: Vec<f64> =
            status_quo.iter().zip(contest.shares()).map(|(u, p)| u + least * p).collect();
        let enough: Vec<f64> = (0..n).map(|i| wants.control_for(i, more[i])).collect();
        let mut bounds = vec![f64::NEG_INFINITY; size * n];
        let mut ceiling = vec![f64::NEG_INFINITY; n];
        let mut restless = Vec::new();
        for s in 1..size {
            if s.is_multiple_of(1 << 14) && work.is_over() {
                return None;
            }
            let level = contest.kept() / weight[s];
            let (wins, mut until, mut gains) = (at_best(s), f64::INFINITY, true);
            for i in Coalition(s as u64).members() {
                let share = level * contest.weights()[i];
                let most = wants.at_most(i, wins * share);
                gains &= most > more[i];
                until = until.min(share * strength[s] / enough[i]);
                let most = if war { most.max(status_quo[i]) } else { most };
                bounds[s * n + i] = most;
                ceiling[i] = ceiling[i].max(most);
            }
            if war && gains {
                restless.push(Restless { coalition: s as u32, until: until * (1.0 + 1e-9) });
            }
        }
        if !(decisiveness >= 1.0 && decisiveness.is_finite()) {
            strength.clear();
            apart.clear();
        }
        Some(Self { n, bounds, ceiling, restless, strength, apart })
    }

    /// The states that could get more than they need, as bits.
    pub(super) fn ambitious(&self, needed: &[f64]) -> u32 {
        let could = |&i: &usize| self.ceiling[i] > needed[i];
        (0..self.n).filter(could).fold(0, |open, i| open | 1 << i)
    }

    /// Whether every member of `s` could get more than it needs.
    pub(super) fn beyond(&self, s: u32, needed: &[f64]) -> bool {
        let bounds = &self.bounds[s as usize * self.n..];
        Coalition(u64::from(s)).members().all(|i| bounds[i] > needed[i])
    }

    /// Whether a coalition could still gain on the status quo with these blocs placed and
    /// the states `open` not yet: alone, as each of them meets it at best. O(blocs).
    pub(super) fn still(&self, restless: &Restless, placed: &[Coalition], open: u32) -> bool {
        if self.strength.is_empty() {
            return true;
        }
        let s = restless.coalition;
        let mut met = self.strength[s as usize] + self.apart[(open & !s) as usize];
        for bloc in placed {
            met += self.strength[(bloc.bits() as u32 & !s) as usize];
        }
        met < restless.until
    }
}

/// What states want of the control that a war gives them.
struct Wants<'a> {
    contest: &'a Contest,
    /// What each state makes, at best, of a unit of control in other hands.
    dearest: Vec<f64>,
    /// The size of the numbers that its utility is summed from.
    scale: Vec<f64>,
}

impl<'a> Wants<'a> {
    fn new(contest: &'a Contest) -> Self {
        let n = contest.len();
        let dearest = |i: usize| match contest.concern() {
            None => 0.0,
            Some(concern) => {
                let others = (0..n).filter(|&j| j != i).map(|j| concern[[i, j]]);
                others.fold(f64::NEG_INFINITY, f64::max)
            }
        };
        let largest = |i: usize| {
            let row = contest.concern().map(|concern| concern.row(i));
            row.map_or(0.0, |row| row.iter().fold(0.0, |most, w| w.abs().max(most)))
        };
        let scale = |i: usize| 1.0 + largest(i);
        let (dearest, scale) = ((0..n).map(dearest).collect(), (0..n).map(scale).collect());
        Self { contest, dearest, scale }
    }

    /// The most that state `i` can want if its control is at most `most`, after a war.
    fn at_most(&self, i: usize, most: f64) -> f64 {
        let share = self.contest.shares()[i];
        let all = self.contest.kept();
        let most = (most * (1.0 + SLACK)).min(1.0);
        let want = |c: f64| {
            let own = c.min(share) + self.contest.revisionism(i) * (c - share).max(0.0);
            own + self.dearest[i] * (all - c)
        };
        // Piecewise linear, so at its highest at an end or at the kink.
        let highest = want(0.0).max(want(most)).max(want(share.min(most)));
        highest + SLACK * self.scale[i]
    }

    /// A control that is not enough for state `i` to want more than `utility`, nearly the
    /// highest such; 0 if any is enough.
    fn control_for(&self, i: usize, utility: f64) -> f64 {
        if self.at_most(i, 0.0) > utility {
            return 0.0;
        }
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if self.at_most(i, middle) > utility { high = middle } else { low = middle }
        }
        low
    }
}
