//! What tight chains change, worked out again: every profile with every move of a state and
//! its chain, and every move of a state alone.

use rayon::prelude::*;

use crate::certify::Claim;
use crate::finding::alignment::{ChainedRange, ChainsFinding, MAX_CHAINED_PROFILES};
use crate::game::chains::chains;
use crate::game::strategic::{Incentives, profile_at};
use crate::game::{AlignmentGame, ChainedAlignment, StrategicGame};
use crate::tolerance::Tolerances;

use super::range::{Range, are_well_formed};
use super::sweep::{noise, weights};
use super::{Listed, larger, outside};

/// The claims of what tight chains change in `game`.
pub(super) fn claims(game: &AlignmentGame, found: &ChainsFinding, claims: &mut Vec<Claim>) {
    let same = chains(game) == found.chains;
    claims.push(Claim::exact("alignment, chains: they are those of the commitments", same));
    let small = game.profiles().is_some_and(|profiles| profiles <= MAX_CHAINED_PROFILES);
    let lists = (Listed::of(game, &found.gained), Listed::of(game, &found.lost));
    let weights = proofs(game, &found.range);
    let formed = small && lists.0.is_some() && lists.1.is_some() && weights.is_some();
    claims.push(Claim::exact("alignment, chains: the finding is well formed", formed));
    let ((Some(gained), Some(lost)), Some(weights), true) = (lists, weights, small && same) else {
        return;
    };
    let last = |listed: &Listed| listed.numbers.last().copied().unwrap_or(0);
    let sweep = Sweep::of(game, found, &weights, [last(&gained), last(&lost)]);
    claims.push(Claim::within(
        format!("alignment, chains: there are {} pure equilibria", found.pure_nash_total),
        outside(found.pure_nash_total, sweep.counts[TIGHT]),
        0.0,
    ));
    for (which, name, total, listed, equilibria) in [
        (GAINED, "gained", found.gained_total, &gained, &found.gained),
        (LOST, "lost", found.lost_total, &lost, &found.lost),
    ] {
        claims.push(Claim::within(
            format!("alignment, chains: {total} of them are {name}"),
            outside(total, sweep.counts[which]),
            0.0,
        ));
        let number = listed.numbers.len() as u64;
        let member = |profile: &Vec<usize>| sweep.standing(profile)[which].possible;
        claims.push(Claim::exact(
            format!("alignment, chains: those {name} that are listed are the first ones"),
            listed.is_ordered()
                && number <= total
                && (number == 0 || outside(number, sweep.to_last[which]) <= 0.0)
                && listed.profiles.iter().all(member),
        ));
        claims.push(Claim::within(
            format!("alignment, chains: those {name} give each state the control stated"),
            listed.off(game, equilibria),
            Tolerances::DEFAULT.certificate,
        ));
    }
    match &found.range {
        ChainedRange::Some(ends) => {
            let range = Range::of("chains", ends.control, [&ends.lowest, &ends.highest]);
            range.claims(game, &sweep.tight, sweep.lowest, claims);
        }
        ChainedRange::None { incentives, bound } => {
            let lightest = incentives.iter().map(|i| i.weight).fold(0.0, f64::min);
            claims.push(Claim::exact(
                "chains: the incentives' weights are at least 0",
                lightest >= 0.0,
            ));
            claims.push(Claim::within(
                "chains: every profile is worth the bound",
                larger(0.0, bound - sweep.lowest[0]),
                Tolerances::DEFAULT.certificate,
            ));
            // Beyond what states may gain, which counts as no gain.
            let slack = Tolerances::DEFAULT.gain * incentives.iter().map(|i| i.weight).sum::<f64>();
            claims.push(Claim::exact(
                "chains: that is more than anyone can control, so there is no equilibrium",
                bound - slack > 1.0,
            ));
        }
    }
}

/// The weights of the proofs; `None` where a range is not well formed.
fn proofs(game: &AlignmentGame, range: &ChainedRange) -> Option<[Vec<f64>; 2]> {
    match range {
        ChainedRange::Some(ends) => {
            let range = Range::of("chains", ends.control, [&ends.lowest, &ends.highest]);
            range.weights(game).filter(|_| range.is_well_formed(game))
        }
        ChainedRange::None { incentives, bound } => {
            let formed = bound.is_finite() && are_well_formed(incentives);
            weights(game, &[incentives, &[]]).filter(|_| formed)
        }
    }
}

const TIGHT: usize = 0;
const GAINED: usize = 1;
const LOST: usize = 2;

/// Whether a profile is one of a kind beyond doubt, or may be.
#[derive(Debug, Clone, Copy)]
struct Standing {
    sure: bool,
    possible: bool,
}

impl Standing {
    fn without(self, other: Self) -> Self {
        Self { sure: self.sure && !other.possible, possible: self.possible && !other.sure }
    }
}

/// What all profiles come to: of the equilibria with tight chains, those gained and those lost.
struct Sweep<'a> {
    game: &'a AlignmentGame<'a>,
    tight: ChainedAlignment<'a, AlignmentGame<'a>>,
    counts: [(u64, u64); 3],
    /// Of those gained and those lost, up to the last that is listed.
    to_last: [(u64, u64); 3],
    /// The least of the priced sums.
    lowest: [f64; 2],
}

/// Of some profiles.
#[derive(Debug, Clone, Copy)]
struct Tally {
    counts: [(u64, u64); 3],
    to_last: [(u64, u64); 3],
    lowest: [f64; 2],
}

impl<'a> Sweep<'a> {
    fn of(
        game: &'a AlignmentGame<'a>,
        found: &ChainsFinding,
        weights: &[Vec<f64>; 2],
        last: [u64; 2],
    ) -> Self {
        let tight = ChainedAlignment::new(game, game, &found.chains);
        let nothing =
            Tally { counts: [(0, 0); 3], to_last: [(0, 0); 3], lowest: [f64::INFINITY; 2] };
        let mut sweep = Self {
            game,
            tight,
            counts: nothing.counts,
            to_last: nothing.to_last,
            lowest: nothing.lowest,
        };
        let incentives = Incentives::of(game);
        let one = |number: u64| {
            let profile = profile_at(game, number);
            let mut tally = nothing;
            for (kind, standing) in sweep.standing(&profile).into_iter().enumerate() {
                let counts = (u64::from(standing.sure), u64::from(standing.possible));
                tally.counts[kind] = counts;
                if kind == TIGHT || number <= last[kind - 1] {
                    tally.to_last[kind] = counts;
                }
            }
            let mut gains = vec![0.0; incentives.gains()];
            sweep.tight.gains(&profile, &mut gains);
            let mut control = vec![0.0; game.contest().len()];
            game.control(&profile, &mut control);
            for (end, weights) in weights.iter().enumerate() {
                let base = control[game.leader()];
                let met = incentives.met(&profile);
                let gain: f64 = met.map(|(k, slot)| weights[k] * gains[slot]).sum();
                tally.lowest[end] = if end == 0 { base + gain } else { gain - base };
            }
            tally
        };
        let profiles = game.profiles().unwrap_or(0);
        let tally = (0..profiles).into_par_iter().map(one).reduce(|| nothing, Tally::merge);
        (sweep.counts, sweep.to_last) = (tally.counts, tally.to_last);
        sweep.lowest = tally.lowest;
        sweep
    }

    /// Whether a profile is an equilibrium with tight chains; one gained; one lost.
    fn standing(&self, profile: &[usize]) -> [Standing; 3] {
        let (tight, loose) = (self.stands(&self.tight, profile), self.stands(self.game, profile));
        [tight, tight.without(loose), loose.without(tight)]
    }

    fn stands(&self, form: &impl StrategicGame, profile: &[usize]) -> Standing {
        let game = self.game;
        let mut payoffs = vec![0.0; game.players()];
        game.payoffs(profile, &mut payoffs);
        let mut gains = vec![0.0; (0..game.players()).map(|i| game.actions(i)).sum()];
        form.gains(profile, &mut gains);
        let mut slots = gains.iter();
        let mut standing = Standing { sure: true, possible: true };
        for (player, &payoff) in payoffs.iter().enumerate() {
            let noise = noise(game, player, payoff);
            for gain in slots.by_ref().take(game.actions(player)) {
                standing.sure &= *gain <= Tolerances::DEFAULT.gain - noise;
                standing.possible &= *gain <= Tolerances::DEFAULT.gain + noise;
            }
        }
        standing
    }
}

impl Tally {
    fn merge(self, other: Self) -> Self {
        let add = |a: [(u64, u64); 3], b: [(u64, u64); 3]| {
            [TIGHT, GAINED, LOST].map(|k| (a[k].0 + b[k].0, a[k].1 + b[k].1))
        };
        let least = |a: f64, b: f64| if b.is_nan() || b < a { b } else { a };
        Self {
            counts: add(self.counts, other.counts),
            to_last: add(self.to_last, other.to_last),
            lowest: [0, 1].map(|end| least(self.lowest[end], other.lowest[end])),
        }
    }
}
