//! Re-checks the alignment lens from the contest alone: none of the solver's tables, no
//! linear programme.
//!
//! **What is checked.** Each listed pure Nash equilibrium by every deviation, and the number
//! of all of them by a recount; each distribution by every incentive constraint; each bound
//! by its priced sum at *every* profile, `σ·c_h(a) + Σ weight·gain ≥ bound`. That proves it:
//! a distribution by which no state gains more than `slack` has an expected `σ·c_h` of at
//! least `bound − slack·Σ weight`.
//!
//! **Method.** Every profile is looked at, with every deviation. The players are split in
//! two halves; in a block in which one half moves and the other stands still, each profile's
//! payoffs are computed once and serve as the deviations of all others (module `sweep`); in the
//! base game from the strengths that sets of the moving half give the two sides (`block`).
//! What arms and tight chains do is worked out again, from the game (`dilemma`, `chained`).
//!
//! **Cost.** Twice for each profile a division and a product or two for each player that moves,
//! with other tactics an evaluation of the contest, in parallel; and 24 bytes of memory: about
//! the time that the solver takes, and 340 MB for 16 states with three tactics.
//! Tight chains cost an evaluation for each deviation of each profile.

mod block;
mod chained;
mod dilemma;
mod range;
pub mod selection;
mod sweep;

use crate::certify::Claim;
use crate::contest::Contest;
use crate::finding::alignment::{AlignmentFinding, Ends, MAX_PROFILES, PureEquilibrium};
use crate::game::strategic::number_of;
use crate::game::{AlignmentGame, StrategicGame, Tactics};
use crate::tolerance::Tolerances;

use self::range::Range;
use self::sweep::{Sweep, noise};

/// The claims of `finding` about the alignment game of `contest`, each with how far it is
/// from true. Nothing that the finding holds makes it panic. O(profiles·n²).
pub fn check(contest: &Contest, finding: &AlignmentFinding) -> Vec<Claim> {
    let n = contest.len();
    let tactics = finding.tactics.unwrap_or_default();
    let small = tactics.profiles(n).is_some_and(|profiles| profiles <= MAX_PROFILES);
    let mut claims = vec![
        Claim::exact("alignment: the leading state is one of the system", finding.leader < n),
        Claim::exact("alignment: the game is small enough to be re-checked", small),
    ];
    if !claims.iter().all(Claim::holds) {
        return claims;
    }
    let game = finding.game(contest);
    let range = Range::of("alignment", finding.control, [&finding.lowest, &finding.highest]);
    let listed = Listed::of(&game, &finding.pure_nash);
    let weights = range.weights(&game).filter(|_| range.is_well_formed(&game));
    let formed = listed.is_some() && weights.is_some();
    claims.push(Claim::exact("alignment: the finding is complete and well formed", formed));
    let (Some(listed), Some(weights)) = (listed, weights) else { return claims };
    let tolerances = Tolerances::DEFAULT;
    let last = listed.numbers.last().copied().unwrap_or(0);
    let sweep = Sweep::of(&game, &weights, tolerances.gain, last);
    pure_equilibria(&game, finding, &listed, &sweep, &mut claims);
    range.claims(&game, &game, sweep.lowest, &mut claims);
    dilemma::claims(&game, finding, &mut claims);
    if let Some(chains) = &finding.chains {
        chained::claims(&game, chains, &mut claims);
    }
    claims
}

/// The tactics of a window: all those named but the leading state's, which does not restrain
/// itself.
pub fn unrestrained(tactics: Option<Tactics>) -> Tactics {
    let named = tactics.map(Tactics::named).unwrap_or_default();
    Tactics::new(named.into_iter().filter(|posture| !posture.is_of_leader())).unwrap_or_default()
}

/// The claims of a range alone, `what` it is of: no equilibria are counted. O(profiles·n²).
pub fn check_range(what: &str, game: &AlignmentGame, ends: &Ends) -> Vec<Claim> {
    let range = Range::of(what, ends.control, [&ends.lowest, &ends.highest]);
    let weights = range.weights(game).filter(|_| range.is_well_formed(game));
    let small = game.profiles().is_some_and(|profiles| profiles <= MAX_PROFILES);
    let formed = weights.filter(|_| small);
    let mut claims =
        vec![Claim::exact(format!("{what}: the range is well formed"), formed.is_some())];
    if let Some(weights) = formed {
        let sweep = Sweep::of(game, &weights, Tolerances::DEFAULT.gain, 0);
        range.claims(game, game, sweep.lowest, &mut claims);
    }
    claims
}

/// Equilibria that are listed: their profiles and the numbers of those.
struct Listed {
    profiles: Vec<Vec<usize>>,
    numbers: Vec<u64>,
}

impl Listed {
    /// `None` unless each has a posture for each player, and a control for each state.
    fn of(game: &AlignmentGame, equilibria: &[PureEquilibrium]) -> Option<Self> {
        let n = game.contest().len();
        let profile = |equilibrium: &PureEquilibrium| {
            let control = &equilibrium.control;
            let formed = control.len() == n && control.iter().all(|c| c.is_finite());
            game.profile(&equilibrium.profile).filter(|_| formed)
        };
        let profiles = equilibria.iter().map(profile).collect::<Option<Vec<_>>>()?;
        let numbers = profiles.iter().map(|profile| number_of(game, profile)).collect();
        Some(Self { profiles, numbers })
    }

    fn is_ordered(&self) -> bool {
        self.numbers.windows(2).all(|pair| pair[0] < pair[1])
    }

    /// How far the controls stated are from those that the profiles give.
    fn off(&self, game: &AlignmentGame, equilibria: &[PureEquilibrium]) -> f64 {
        let mut found = vec![0.0; game.contest().len()];
        let mut off = 0.0;
        for (equilibrium, profile) in equilibria.iter().zip(&self.profiles) {
            game.control(profile, &mut found);
            for (claimed, found) in equilibrium.control.iter().zip(&found) {
                off = larger(off, (claimed - found).abs());
            }
        }
        off
    }
}

fn pure_equilibria(
    game: &AlignmentGame,
    finding: &AlignmentFinding,
    of: &Listed,
    sweep: &Sweep,
    claims: &mut Vec<Claim>,
) {
    let tolerances = Tolerances::DEFAULT;
    claims.push(Claim::within(
        format!("alignment: there are {} profiles", finding.profiles),
        finding.profiles.abs_diff(sweep.profiles) as f64,
        0.0,
    ));
    let listed = of.numbers.len() as u64;
    let mut regret = 0.0;
    let mut gains = vec![0.0; (0..game.players()).map(|i| game.actions(i)).sum()];
    let mut payoffs = vec![0.0; game.players()];
    for profile in &of.profiles {
        game.gains(profile, &mut gains);
        game.payoffs(profile, &mut payoffs);
        let mut left = &gains[..];
        for (player, payoff) in payoffs.iter().enumerate() {
            let (own, others) = left.split_at(game.actions(player));
            let most = own.iter().copied().fold(0.0, larger);
            // Beyond what rounding makes of a small state's gain.
            regret = larger(regret, most - noise(game, player, *payoff));
            left = others;
        }
    }
    claims.push(Claim::within(
        format!("alignment: no state gains at any of the {listed} pure Nash equilibria listed"),
        regret,
        2.0 * tolerances.gain,
    ));
    claims.push(Claim::within(
        "alignment: they give each state the control stated",
        of.off(game, &finding.pure_nash),
        tolerances.certificate,
    ));
    claims.push(Claim::within(
        format!("alignment: there are {} pure Nash equilibria", finding.pure_nash_total),
        outside(finding.pure_nash_total, sweep.equilibria),
        0.0,
    ));
    claims.push(Claim::exact(
        "alignment: those listed are the first ones, each once and in order",
        of.is_ordered()
            && listed <= finding.pure_nash_total
            && (listed == 0 || outside(listed, sweep.equilibria_to_last) <= 0.0),
    ));
}

/// How far a number is from the counts that it may be: those beyond doubt, and those with all
/// that rounding leaves open.
fn outside(x: u64, (least, most): (u64, u64)) -> f64 {
    x.clamp(least, most).abs_diff(x) as f64
}

/// The larger of two numbers, or the one that is none: a fold with it hides nothing.
fn larger(a: f64, b: f64) -> f64 {
    if b.is_nan() || b > a { b } else { a }
}
