//! The contest between blocs and what states want of it.
//!
//! The one place for who wins, who gets what, and how states like it. Between blocs the
//! success function is Tullock's ratio form, `q(B) = P(B)^m / Σ_C P(C)^m` (Tullock 1980);
//! inside the bloc that prevails a state gets `p_i^s / Σ_{j∈B} p_j^s`. Their product is the
//! state's **control**. This is the nested group contest (Katz & Tokatlidu 1996; Wärneryd
//! 1998; Esteban & Sákovics 2003; Bloch, Sánchez-Pagés & Soubeyran 2006).

use std::cmp::Ordering;

use dashu_ratio::RBig;
use ndarray::Array2;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::parameters::{Driver, Parameters, TacticParameters};
use crate::system::{System, compare_sums};

mod deterrence;
mod war;

pub use war::War;

/// Below this share `p^s` could underflow, and a bloc of such states would divide 0 by 0.
pub(crate) const SMALLEST_SHARE: f64 = 1e-15;

/// Rounding of a utility beside its size.
const ROUNDING: f64 = 1e-14;

/// A system's contest: shares, parameters and concerns, ready to be evaluated.
#[derive(Debug, Clone)]
pub struct Contest {
    shares: Vec<f64>,
    exact: Vec<RBig>,
    /// `p_i^s`.
    weights: Vec<f64>,
    revisionism: Vec<f64>,
    concern: Option<Array2<f64>>,
    commitment: Option<Array2<bool>>,
    soft: Vec<f64>,
    deterrence: deterrence::Deterrence,
    parameters: Parameters,
}

impl Contest {
    /// The contest of at most 64 states.
    ///
    /// # Errors
    /// If a parameter is out of range, there are more than 64 states, or one holds less than
    /// 1e-15 of all power.
    pub fn new(system: &System, parameters: &Parameters) -> Result<Self> {
        parameters.validate()?;
        let n = system.len();
        if n > Coalition::MAX_PLAYERS {
            return Err(Error::too_large(
                format!("a contest of {n} states"),
                format!("{} states", Coalition::MAX_PLAYERS),
                "keep the strongest with --top, or ask for --lens polarity alone",
            ));
        }
        let shares = system.shares().to_vec();
        if let Some(i) = shares.iter().position(|share| *share < SMALLEST_SHARE) {
            return Err(Error::system(
                format!("{} holds less than 1e-15 of all power", system.id(i)),
                "leave it out: among such states rounding would decide",
            ));
        }
        Ok(Self {
            exact: system.exact_shares().to_vec(),
            weights: shares.iter().map(|p| p.powf(parameters.dominance)).collect(),
            revisionism: system.states().iter().map(|state| state.revisionism()).collect(),
            concern: concern(system, parameters),
            commitment: system.dyads().commitment.clone(),
            soft: soft_efforts(system, parameters),
            deterrence: deterrence::Deterrence::new(system.exact_shares(), parameters),
            parameters: parameters.clone(),
            shares,
        })
    }

    /// The number of states.
    pub fn len(&self) -> usize {
        self.shares.len()
    }

    /// Never: a system has at least two states.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// The shares of power.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// The shares of power, exactly.
    pub fn exact_shares(&self) -> &[RBig] {
        &self.exact
    }

    /// The parameters it was made with.
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// `p_i^s`: what state `i` weighs when its bloc divides what it has won.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// The concern matrix `W`, `n × n` with a zero diagonal; `None` where it is zero.
    pub fn concern(&self) -> Option<&Array2<f64>> {
        self.concern.as_ref()
    }

    /// State `i`'s revisionism `ρ_i`.
    pub fn revisionism(&self, i: usize) -> f64 {
        self.revisionism[i]
    }

    /// Who is committed to whom, `n × n`; `None` where nothing is known of it.
    pub fn commitment(&self) -> Option<&Array2<bool>> {
        self.commitment.as_ref()
    }

    /// `f_i`: the effort that state `i` makes when it balances softly.
    pub fn soft_effort(&self, i: usize) -> f64 {
        self.soft[i]
    }

    /// Whether a state's utility is simply its control: power as driver, no affinities, all
    /// states power maximisers, no war cost, finite decisiveness. Solvers have a faster path
    /// for this case.
    pub fn is_plain(&self) -> bool {
        self.concern.is_none()
            && self.revisionism.iter().all(|&rho| rho >= 1.0)
            && self.parameters.war_cost <= 0.0
            && self.parameters.decisiveness.is_finite()
    }

    /// `P(S)`: the power of a coalition. O(|S|).
    pub fn power(&self, coalition: Coalition) -> f64 {
        coalition.sum(&self.shares)
    }

    /// `P^m` of a bloc with power `P`, for finite decisiveness.
    pub fn strength(&self, power: f64) -> f64 {
        let m = self.parameters.decisiveness;
        match m {
            _ if m == 1.0 => power,
            _ if m == 2.0 => power * power,
            _ => power.powf(m),
        }
    }

    /// `v(S)`: what a coalition gets by fighting all others united. `v(∅) = 0`, `v(N) = 1`.
    pub fn claim(&self, coalition: Coalition) -> f64 {
        let rest = coalition.complement(self.len());
        if coalition.is_empty() {
            return 0.0;
        }
        if rest.is_empty() {
            return 1.0;
        }
        if self.parameters.decisiveness.is_infinite() {
            return match compare_sums(&self.shares, &self.exact, coalition, rest) {
                Ordering::Less => 0.0,
                Ordering::Equal => 0.5,
                Ordering::Greater => 1.0,
            };
        }
        let own = self.power(coalition);
        // (1 − P)/P rather than P^m/(P^m + (1−P)^m): nothing under- or overflows.
        1.0 / (1.0 + self.strength(self.power(rest) / own))
    }

    /// `q(B)` for each of `blocs`, which partition the states, into `success[..blocs.len()]`:
    /// the probability that the bloc prevails. O(n).
    pub fn success(&self, blocs: &[Coalition], success: &mut [f64]) {
        if self.parameters.decisiveness.is_infinite() {
            return self.winner_takes_all(blocs, success);
        }
        let mut strongest = 0.0f64;
        for (q, &bloc) in success.iter_mut().zip(blocs) {
            *q = self.power(bloc);
            strongest = strongest.max(*q);
        }
        let mut total = 0.0;
        for q in &mut success[..blocs.len()] {
            *q = self.strength(*q / strongest);
            total += *q;
        }
        for q in &mut success[..blocs.len()] {
            *q /= total;
        }
    }

    /// Decisiveness without bound: the strongest bloc prevails, exact ties share equally.
    fn winner_takes_all(&self, blocs: &[Coalition], success: &mut [f64]) {
        let compare = |a, b| compare_sums(&self.shares, &self.exact, a, b);
        let Some(&strongest) = blocs.iter().max_by(|&&a, &&b| compare(a, b)) else { return };
        for (q, &bloc) in success.iter_mut().zip(blocs) {
            *q = if compare(bloc, strongest).is_eq() { 1.0 } else { 0.0 };
        }
        let winners: f64 = success[..blocs.len()].iter().sum();
        for q in &mut success[..blocs.len()] {
            *q /= winners;
        }
    }

    /// Each state's control under the partition `blocs`, into `control` (length `n`).
    ///
    /// With a war cost `w > 0` a bloc attacks only if `(1 − w)·q(B) > P(B)`; if none does,
    /// deterrence holds and everybody keeps its share of power; a tie is peace, and is decided
    /// exactly where decisiveness is a whole number. Controls sum to 1, or to `1 − w` after a
    /// war. O(n).
    pub fn control(&self, blocs: &[Coalition], control: &mut [f64]) {
        let mut success = [0.0; Coalition::MAX_PLAYERS];
        self.success(blocs, &mut success);
        let mut kept = 1.0;
        if self.parameters.war_cost > 0.0 {
            if !self.any_attacks(blocs, &success[..blocs.len()], None) {
                control.copy_from_slice(&self.shares);
                return;
            }
            kept = self.kept();
        }
        for (&bloc, &q) in blocs.iter().zip(&success) {
            let won = kept * q / bloc.sum(&self.weights);
            for i in bloc.members() {
                control[i] = won * self.weights[i];
            }
        }
    }

    /// State `i`'s utility `u_i` of everybody's control. O(n) with concerns, else O(1).
    pub fn utility(&self, i: usize, control: &[f64]) -> f64 {
        let (c, p) = (control[i], self.shares[i]);
        let own = c.min(p) + self.revisionism[i] * (c - p).max(0.0);
        match &self.concern {
            None => own,
            Some(concern) => {
                own + concern.row(i).iter().zip(control).map(|(w, c)| w * c).sum::<f64>()
            }
        }
    }

    /// How far rounding may move what state `i` gains, over its share, where its utility is about
    /// this much. O(n) with concerns, else O(1).
    pub(crate) fn noise(&self, i: usize, utility: f64) -> f64 {
        let concerns =
            self.concern.as_ref().map_or(0.0, |w| w.row(i).iter().map(|x| x.abs()).sum());
        ROUNDING * (utility.abs() + concerns) / self.shares[i]
    }

    /// Every state's utility, into `utility`. O(n²) with concerns, else O(n).
    pub fn utilities(&self, control: &[f64], utility: &mut [f64]) {
        for (i, u) in utility.iter_mut().enumerate().take(self.len()) {
            *u = self.utility(i, control);
        }
    }

    /// The peace threshold of the partition: the smallest war cost that deters every bloc
    /// from attacking, `max_B (1 − P(B)/q(B))`, at least 0. O(n).
    pub fn peace_threshold(&self, blocs: &[Coalition]) -> f64 {
        let mut success = [0.0; Coalition::MAX_PLAYERS];
        self.success(blocs, &mut success);
        let deterring = |(&bloc, &q): (&Coalition, &f64)| {
            if q > 0.0 { 1.0 - self.power(bloc) / q } else { 0.0 }
        };
        blocs.iter().zip(&success).map(deterring).fold(0.0, f64::max)
    }
}

/// The most that the status quo can cost at this decisiveness, whatever the distribution: the
/// largest `x^m/(x^m + (1−x)^m) − x`, to about 1e-9; 0 at `m = 1`. O(1).
pub fn status_quo_ceiling(decisiveness: f64) -> f64 {
    let m = decisiveness;
    if m.is_infinite() || m <= 0.0 {
        return 0.5;
    }
    let over = |x: f64| 1.0 / (1.0 + ((1.0 - x) / x).powf(m)) - x;
    // Concave where it is above 0: over a half for m above 1, below it for m below 1.
    let [mut low, mut high] = if m > 1.0 { [0.5, 1.0] } else { [0.0, 0.5] };
    for _ in 0..200 {
        let (a, b) = (low + (high - low) / 3.0, high - (high - low) / 3.0);
        if over(a) < over(b) { low = a } else { high = b }
    }
    over((low + high) / 2.0).max(0.0)
}

/// The effort of soft balancing: the one chosen for all, or each state's own.
fn soft_efforts(system: &System, parameters: &Parameters) -> Vec<f64> {
    let chosen = parameters.tactics.soft_share;
    let unknown = TacticParameters::UNKNOWN_SOFT_SHARE;
    system.states().iter().map(|state| chosen.or(state.soft).unwrap_or(unknown)).collect()
}

/// The concern matrix `W`: threats under [`Driver::Threat`], plus affinities where given.
/// `None` where there is neither.
fn concern(system: &System, parameters: &Parameters) -> Option<Array2<f64>> {
    let dyads = system.dyads();
    let threatens = parameters.driver == Driver::Threat;
    if !threatens && dyads.affinity.is_none() {
        return None;
    }
    let n = system.len();
    Some(Array2::from_shape_fn((n, n), |(i, j)| {
        if i == j {
            return 0.0;
        }
        let at = |matrix: &Option<Array2<f64>>| matrix.as_ref().map(|m| m[[i, j]]);
        let threat = || {
            let proximity =
                at(&dyads.distance).map_or(1.0, |d| (-d / parameters.distance_scale).exp());
            let offence = system.states()[j].offence.unwrap_or(1.0);
            let hostility = at(&dyads.hostility).unwrap_or(1.0);
            -parameters.threat_weight * proximity * offence * hostility
        };
        let affinity = at(&dyads.affinity).map_or(0.0, |a| parameters.affinity_weight * a);
        affinity + if threatens { threat() } else { 0.0 }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    fn contest(powers: &[f64], parameters: &Parameters) -> Contest {
        let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
        Contest::new(&System::from_powers(named).unwrap(), parameters).unwrap()
    }

    fn blocs(sets: &[&[usize]]) -> Vec<Coalition> {
        sets.iter().map(|set| set.iter().copied().collect()).collect()
    }

    fn control_of(contest: &Contest, sets: &[&[usize]]) -> Vec<f64> {
        let mut control = vec![0.0; contest.len()];
        contest.control(&blocs(sets), &mut control);
        control
    }

    /// The nested contest with sizes (5, 4, 3) and decisiveness = dominance = 2.
    #[test]
    fn nested_contest_of_five_four_three() {
        let parameters = Parameters { decisiveness: 2.0, dominance: 2.0, ..Parameters::default() };
        let contest = contest(&[5.0, 4.0, 3.0], &parameters);
        let expected: [(&[&[usize]], [f64; 3]); 4] = [
            (&[&[0], &[1], &[2]], [0.50, 0.32, 0.18]),
            (&[&[0], &[1, 2]], [0.3378, 0.4238, 0.2384]),
            (&[&[0, 1], &[2]], [0.5488, 0.3512, 0.1000]),
            (&[&[0, 2], &[1]], [0.5882, 0.2000, 0.2118]),
        ];
        for (sets, published) in expected {
            for (found, published) in control_of(&contest, sets).iter().zip(published) {
                assert_abs_diff_eq!(*found, published, epsilon = 5e-5);
            }
        }
    }

    #[test]
    fn proportional_contests_leave_everyone_what_it_has() {
        let parameters = Parameters { decisiveness: 1.0, dominance: 1.0, ..Parameters::default() };
        let contest = contest(&[5.0, 4.0, 3.0, 1.0], &parameters);
        for partition in crate::coalition::Partition::all(4) {
            let mut control = [0.0; 4];
            contest.control(partition.blocs(), &mut control);
            for (c, p) in control.iter().zip(contest.shares()) {
                assert_abs_diff_eq!(c, p, epsilon = 1e-15);
            }
            assert_abs_diff_eq!(contest.peace_threshold(partition.blocs()), 0.0, epsilon = 1e-15);
        }
    }

    #[test]
    fn a_war_cost_above_the_peace_threshold_deters() {
        let split: &[&[usize]] = &[&[0], &[1, 2]];
        let free = contest(&[5.0, 4.0, 3.0], &Parameters::default());
        let threshold = free.peace_threshold(&blocs(split));
        assert!(threshold > 0.0);
        let with_cost =
            |war_cost| contest(&[5.0, 4.0, 3.0], &Parameters { war_cost, ..Parameters::default() });
        let peace = with_cost(threshold + 1e-6);
        assert_eq!(control_of(&peace, split), peace.shares());
        let war = with_cost(threshold - 1e-6);
        let total: f64 = control_of(&war, split).iter().sum();
        assert_abs_diff_eq!(total, 1.0 - (threshold - 1e-6), epsilon = 1e-12);
    }

    #[test]
    fn no_status_quo_costs_more_than_its_ceiling() {
        assert_abs_diff_eq!(status_quo_ceiling(1.0), 0.0, epsilon = 1e-12);
        assert_abs_diff_eq!(status_quo_ceiling(2.0), 0.15, epsilon = 5e-4);
        assert_abs_diff_eq!(status_quo_ceiling(f64::INFINITY), 0.5, epsilon = 0.0);
        for m in [0.3, 0.9, 1.1, 2.0, 3.0, 50.0] {
            let over = |k: u32| {
                let x = f64::from(k) / 1000.0;
                x.powf(m) / (x.powf(m) + (1.0 - x).powf(m)) - x
            };
            let most = (1..1000).map(over).fold(0.0, f64::max);
            let ceiling = status_quo_ceiling(m);
            assert!(most <= ceiling + 1e-12 && ceiling < most + 1e-2, "{m} {most} {ceiling}");
        }
    }

    #[test]
    fn without_bound_the_bigger_side_wins_and_ties_share() {
        let parameters = Parameters { decisiveness: f64::INFINITY, ..Parameters::default() };
        let contest = contest(&[3.0, 2.0, 1.0], &parameters);
        assert_eq!(control_of(&contest, &[&[0], &[1, 2]])[0], 0.5);
        assert_eq!(control_of(&contest, &[&[0], &[1], &[2]]), [1.0, 0.0, 0.0]);
        assert_eq!(contest.claim(Coalition(0b001)), 0.5);
        assert_eq!(contest.claim(Coalition(0b011)), 1.0);
        assert_eq!(contest.claim(Coalition(0b010)), 0.0);
    }

    #[test]
    fn claims_of_a_coalition_and_of_the_rest_sum_to_one() {
        for decisiveness in [0.0, 0.7, 1.0, 2.0, 100.0, f64::INFINITY] {
            let parameters = Parameters { decisiveness, ..Parameters::default() };
            let contest = contest(&[5.0, 4.0, 3.0, 0.001], &parameters);
            for s in Coalition::proper(4) {
                let sum = contest.claim(s) + contest.claim(s.complement(4));
                assert_abs_diff_eq!(sum, 1.0, epsilon = 1e-14);
            }
        }
    }
}
