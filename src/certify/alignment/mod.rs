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
//! payoffs are computed once and serve as the deviations of all others (module `sweep`).
//!
//! **Cost.** Two evaluations of the contest for each of the `3^(n−1)` profiles, in parallel,
//! and 24 bytes of memory: about the time that the solver takes, and 340 MB
//! for 16 states.

mod sweep;

use crate::certify::Claim;
use crate::contest::Contest;
use crate::game::strategic::number_of;
use crate::game::{AlignmentGame, Posture, StrategicGame};
use crate::solve::alignment::{AlignmentFinding, CorrelatedBound, MAX_STATES};
use crate::tolerance::Tolerances;

use self::sweep::Sweep;

/// The claims of `finding` about the alignment game of `contest`, each with how far it is
/// from true. Nothing that the finding holds makes it panic. O(3^(n−1)·n²).
pub fn check(contest: &Contest, finding: &AlignmentFinding) -> Vec<Claim> {
    let n = contest.len();
    let mut claims = vec![
        Claim::exact("alignment: the leading state is one of the system", finding.leader < n),
        Claim::exact("alignment: the game is small enough to be re-checked", n <= MAX_STATES),
    ];
    if claims.iter().all(Claim::holds) {
        let formed = well_formed(n, finding);
        claims.push(Claim::exact("alignment: the finding is complete and well formed", formed));
    }
    if !claims.iter().all(Claim::holds) {
        return claims;
    }
    let check = Check::new(contest, finding);
    check.pure_equilibria(&mut claims);
    check.correlated_equilibria(&mut claims);
    claims
}

/// Whether every list has the length that it must have and every number is one.
fn well_formed(n: usize, finding: &AlignmentFinding) -> bool {
    let followers = n - 1;
    let bound = |bound: &CorrelatedBound| {
        let distribution = &bound.distribution;
        bound.bound.is_finite()
            && !distribution.is_empty()
            && distribution.iter().all(|(a, mu)| a.len() == followers && mu.is_finite())
            && bound.incentives.iter().all(|incentive| {
                incentive.player < followers
                    && incentive.from != incentive.to
                    && incentive.weight.is_finite()
            })
    };
    let pure = finding.pure_nash.iter().all(|equilibrium| {
        equilibrium.profile.len() == followers
            && equilibrium.control.len() == n
            && equilibrium.control.iter().all(|c| c.is_finite())
    });
    pure && finding.control.iter().all(|c| c.is_finite())
        && bound(&finding.lowest)
        && bound(&finding.highest)
}

/// A well-formed finding and what a sweep through all profiles has brought to light.
struct Check<'a> {
    game: AlignmentGame<'a>,
    finding: &'a AlignmentFinding,
    tolerances: Tolerances,
    /// The numbers of the listed equilibria.
    listed: Vec<u64>,
    sweep: Sweep,
}

impl<'a> Check<'a> {
    fn new(contest: &'a Contest, finding: &'a AlignmentFinding) -> Self {
        let game = AlignmentGame::new(contest, finding.leader);
        let tolerances = Tolerances::DEFAULT;
        let number = |profile: &[Posture]| number_of(&game, &actions(profile));
        let listed: Vec<u64> = finding.pure_nash.iter().map(|e| number(&e.profile)).collect();
        let last = listed.last().copied().unwrap_or(0);
        let bounds = [&finding.lowest, &finding.highest];
        let sweep = Sweep::of(&game, bounds.map(|b| &b.incentives[..]), tolerances.gain, last);
        Self { game, finding, tolerances, listed, sweep }
    }

    fn pure_equilibria(&self, claims: &mut Vec<Claim>) {
        let finding = self.finding;
        let within = |x: u64, (least, most): (u64, u64)| x.clamp(least, most).abs_diff(x) as f64;
        claims.push(Claim::within(
            format!("alignment: there are {} profiles", finding.profiles),
            finding.profiles.abs_diff(self.sweep.profiles) as f64,
            0.0,
        ));
        let listed = self.listed.len() as u64;
        let (mut regret, mut off) = (0.0, 0.0);
        let mut gains = vec![0.0; 3 * self.game.players()];
        for equilibrium in &finding.pure_nash {
            let profile = actions(&equilibrium.profile);
            self.game.gains(&profile, &mut gains);
            regret = gains.iter().copied().fold(regret, larger);
            let control = self.control(&profile);
            for (claimed, found) in equilibrium.control.iter().zip(&control) {
                off = larger(off, (claimed - found).abs());
            }
        }
        claims.push(Claim::within(
            format!("alignment: no state gains at any of the {listed} pure Nash equilibria listed"),
            regret,
            2.0 * self.tolerances.gain,
        ));
        claims.push(Claim::within(
            "alignment: they give each state the control stated",
            off,
            self.tolerances.certificate,
        ));
        claims.push(Claim::within(
            format!("alignment: there are {} pure Nash equilibria", finding.pure_nash_total),
            within(finding.pure_nash_total, self.sweep.equilibria),
            0.0,
        ));
        let ordered = self.listed.windows(2).all(|pair| pair[0] < pair[1]);
        claims.push(Claim::exact(
            "alignment: those listed are the first ones, each once and in order",
            ordered
                && listed <= finding.pure_nash_total
                && (listed == 0 || within(listed, self.sweep.equilibria_to_last) <= 0.0),
        ));
    }

    fn correlated_equilibria(&self, claims: &mut Vec<Claim>) {
        let finding = self.finding;
        let ends = [
            ("lowest", 1.0, &finding.lowest, finding.control[0], self.sweep.lowest[0]),
            ("highest", -1.0, &finding.highest, finding.control[1], self.sweep.lowest[1]),
        ];
        let tolerance = self.tolerances.certificate;
        for (name, sign, bound, end, proved) in ends {
            let total: f64 = bound.distribution.iter().map(|(_, mu)| mu).sum();
            let least = bound.distribution.iter().map(|&(_, mu)| mu).fold(0.0, f64::min);
            claims.push(Claim::within(
                format!("alignment, {name} control: the probabilities are at least 0 and sum to 1"),
                larger((total - 1.0).abs(), -least),
                tolerance,
            ));
            claims.push(Claim::within(
                format!("alignment, {name} control: no state gains by disobeying"),
                self.regret(bound),
                tolerance,
            ));
            let expected: f64 = bound
                .distribution
                .iter()
                .map(|(a, mu)| mu * self.control(&actions(a))[finding.leader])
                .sum();
            claims.push(Claim::within(
                format!("alignment, {name} control: it is {end:.4} in expectation"),
                (expected - end).abs(),
                tolerance,
            ));
            let lightest = bound.incentives.iter().map(|i| i.weight).fold(0.0, f64::min);
            claims.push(Claim::exact(
                format!("alignment, {name} control: the incentives' weights are at least 0"),
                lightest >= 0.0,
            ));
            claims.push(Claim::within(
                format!("alignment, {name} control: every profile is worth its bound"),
                larger(0.0, bound.bound - proved),
                tolerance,
            ));
            let weights: f64 = bound.incentives.iter().map(|i| i.weight).sum();
            claims.push(Claim::within(
                format!("alignment, {name} control: the bound closes the gap"),
                larger(0.0, sign * end - (bound.bound - self.tolerances.gain * weights)),
                tolerance,
            ));
        }
        claims.push(Claim::within(
            "alignment: the lowest control is at most the highest",
            larger(0.0, finding.control[0] - finding.control[1]),
            tolerance,
        ));
    }

    /// The most that any state told to play one posture gains, in expectation, by another;
    /// where more than its share of power is at stake for it, over what is.
    fn regret(&self, bound: &CorrelatedBound) -> f64 {
        let players = self.game.players();
        let mut expected = vec![0.0; 9 * players];
        let mut stake = vec![1.0; 9 * players];
        let mut gains = vec![0.0; 3 * players];
        for (profile, mu) in &bound.distribution {
            let profile = actions(profile);
            self.game.gains(&profile, &mut gains);
            for (slot, gain) in gains.iter().enumerate() {
                let (player, to) = (slot / 3, slot % 3);
                let incentive = 9 * player + 3 * profile[player] + to;
                expected[incentive] += mu * gain;
                stake[incentive] = larger(stake[incentive], gain.abs());
            }
        }
        expected.iter().zip(&stake).map(|(gain, stake)| gain / stake).fold(0.0, larger)
    }

    fn control(&self, profile: &[usize]) -> Vec<f64> {
        let contest = self.game.contest();
        let mut control = vec![0.0; contest.len()];
        contest.control(&self.game.blocs(profile), &mut control);
        control
    }
}

fn actions(profile: &[Posture]) -> Vec<usize> {
    profile.iter().map(|&posture| posture as usize).collect()
}

/// The larger of two numbers, or the one that is none: a fold with it hides nothing.
fn larger(a: f64, b: f64) -> f64 {
    if b.is_nan() || b > a { b } else { a }
}
