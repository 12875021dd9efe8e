//! The contest where states do not all bring, nor all keep, what they have.
//!
//! Bloc `B` brings `P̂(B) = Σ_{i∈B} e_i a_i p_i` and prevails with probability
//! `q(B) = P̂(B)^m / Σ_C P̂(C)^m` (if nobody brings anything, by power); inside it state `i`
//! gets `l_i^s / Σ_{j∈B} l_j^s`, `l_i` being the strength it is left with. States that wait
//! belong to no bloc; they join whichever prevails, and are divided with as members. A bloc
//! attacks as in the plain contest, if `(1 − w)·q(B) > P(B)`: what it has without a war is its
//! power, whoever would have fought.

use std::cmp::Ordering;

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::exact::decimal_of;

/// Who contests, with what, and who waits.
#[derive(Debug, Clone, Copy)]
pub struct War<'a> {
    /// The blocs that contest, each with a member; with those who wait they are all states.
    pub blocs: &'a [Coalition],
    /// The states that join whichever bloc prevails.
    pub waiting: Coalition,
    /// `e_i a_i` by state: for how much of its power each fights.
    pub brought: &'a [f64],
    /// `l_i / p_i` by state, above 0; factors common to all do not matter.
    pub left: &'a [f64],
    /// Whether there is war even if no bloc attacks.
    pub forced: bool,
}

impl Contest {
    /// Each state's control where blocs contest with what `war` says, into `control` (length
    /// `n`). Where all fight with all they have and none waits it is [`Contest::control`]'s.
    /// Controls sum to 1, or to `1 − w` after a war that costs. O(n), or O(n·blocs) with states
    /// that wait.
    pub fn war(&self, war: &War, control: &mut [f64]) {
        let mut success = [0.0; Coalition::MAX_PLAYERS];
        let success = &mut success[..war.blocs.len()];
        let brought = self.success_with(war, success);
        let mut kept = 1.0;
        if self.parameters.war_cost > 0.0 {
            if !war.forced && !self.any_attacks(war.blocs, success, brought) {
                control.copy_from_slice(&self.shares);
                return;
            }
            kept = self.kept();
        }
        war.waiting.members().for_each(|i| control[i] = 0.0);
        for (&bloc, &q) in war.blocs.iter().zip(&*success) {
            let sharing = bloc.union(war.waiting);
            // Over the most that one of them is left with, so that nothing underflows.
            let most = sharing.members().map(|i| war.left[i]).fold(0.0, f64::max);
            let weight =
                |i: usize| self.weights[i] * (war.left[i] / most).powf(self.parameters.dominance);
            let won = kept * q / sharing.members().map(weight).sum::<f64>();
            for i in sharing.members() {
                let gets = won * weight(i);
                control[i] = if bloc.contains(i) { gets } else { control[i] + gets };
            }
        }
    }

    /// The probabilities of prevailing; and what the states bring, if it is that which decides.
    fn success_with<'w>(&self, war: &War<'w>, success: &mut [f64]) -> Option<&'w [f64]> {
        let brought = |bloc: Coalition| -> f64 {
            bloc.members().map(|i| war.brought[i] * self.shares[i]).sum()
        };
        let mut strongest = 0.0f64;
        for (q, &bloc) in success.iter_mut().zip(war.blocs) {
            *q = brought(bloc);
            strongest = strongest.max(*q);
        }
        if strongest <= 0.0 {
            self.success(war.blocs, success);
            return None;
        }
        if self.parameters.decisiveness.is_infinite() {
            self.strongest_takes_all(war, success);
            return Some(war.brought);
        }
        let mut total = 0.0;
        for q in &mut *success {
            // Who brings nothing does not prevail, however little strength decides.
            *q = if *q > 0.0 { self.strength(*q / strongest) } else { 0.0 };
            total += *q;
        }
        success.iter_mut().for_each(|q| *q /= total);
        Some(war.brought)
    }

    /// Decisiveness without bound: who brings most prevails, exact ties share equally.
    /// `success` holds what each bloc brings.
    fn strongest_takes_all(&self, war: &War, success: &mut [f64]) {
        let most = success.iter().copied().fold(0.0, f64::max);
        let near: Vec<usize> = (0..success.len()).filter(|&b| success[b] > most - 1e-12).collect();
        let winners = if near.len() < 2 { near } else { self.exactly_strongest(war, &near) };
        success.fill(0.0);
        for &b in &winners {
            success[b] = 1.0 / winners.len() as f64;
        }
    }

    /// The strongest of these blocs, compared exactly; several where they bring the same.
    fn exactly_strongest(&self, war: &War, blocs: &[usize]) -> Vec<usize> {
        let brought = |&b: &usize| {
            war.blocs[b]
                .members()
                .fold(RBig::ZERO, |sum, i| sum + decimal_of(war.brought[i]) * &self.exact[i])
        };
        let sums: Vec<RBig> = blocs.iter().map(brought).collect();
        let top = |sum: &RBig| sums.iter().all(|other| other.cmp(sum) != Ordering::Greater);
        blocs.iter().zip(&sums).filter(|(_, sum)| top(sum)).map(|(&b, _)| b).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;
    use crate::system::System;
    use approx::assert_abs_diff_eq;

    fn contest(parameters: Parameters) -> Contest {
        let system = System::from_powers([("A", 5.0), ("B", 4.0), ("C", 3.0)]).unwrap();
        Contest::new(&system, &parameters).unwrap()
    }

    fn blocs(sets: &[&[usize]]) -> Vec<Coalition> {
        sets.iter().map(|set| set.iter().copied().collect()).collect()
    }

    #[test]
    fn a_war_with_all_that_all_have_is_the_plain_contest() {
        for (m, w) in [(2.0, 0.0), (0.0, 0.0), (3.0, 0.05), (f64::INFINITY, 0.0), (0.7, 0.9)] {
            let parameters = Parameters { decisiveness: m, war_cost: w, ..Parameters::default() };
            let contest = contest(parameters);
            for sets in [&[&[0][..], &[1, 2]][..], &[&[0, 2], &[1]], &[&[0], &[1], &[2]]] {
                let blocs = blocs(sets);
                let war = War {
                    blocs: &blocs,
                    waiting: Coalition::EMPTY,
                    brought: &[1.0; 3],
                    left: &[1.0; 3],
                    forced: false,
                };
                let (mut plain, mut found) = ([0.0; 3], [0.0; 3]);
                contest.control(&blocs, &mut plain);
                contest.war(&war, &mut found);
                assert_eq!(plain, found);
            }
        }
    }

    /// A (5) against B, who fights with 4, while C (3) waits and counts for half: with
    /// `m = s = 1` A prevails with 5/9 and keeps 5/6.5 of it, C gets 1.5 of what either has.
    #[test]
    fn who_waits_is_divided_with() {
        let parameters = Parameters { decisiveness: 1.0, dominance: 1.0, ..Parameters::default() };
        let contest = contest(parameters);
        let war = War {
            blocs: &blocs(&[&[0], &[1]]),
            waiting: Coalition::singleton(2),
            brought: &[1.0, 1.0, 0.0],
            left: &[1.0, 1.0, 0.5],
            forced: false,
        };
        let mut control = [0.0; 3];
        contest.war(&war, &mut control);
        let (a, b) = (5.0 / 9.0, 4.0 / 9.0);
        assert_abs_diff_eq!(control[0], a * 5.0 / 6.5, epsilon = 1e-14);
        assert_abs_diff_eq!(control[1], b * 4.0 / 5.5, epsilon = 1e-14);
        assert_abs_diff_eq!(control[2], a * 1.5 / 6.5 + b * 1.5 / 5.5, epsilon = 1e-14);
    }

    #[test]
    fn where_nobody_brings_anything_power_decides() {
        let contest = contest(Parameters { decisiveness: 1.0, ..Parameters::default() });
        let war = War {
            blocs: &blocs(&[&[0], &[1], &[2]]),
            waiting: Coalition::EMPTY,
            brought: &[0.0; 3],
            left: &[1.0; 3],
            forced: false,
        };
        let mut control = [0.0; 3];
        contest.war(&war, &mut control);
        for (c, p) in control.iter().zip(contest.shares()) {
            assert_abs_diff_eq!(c, p, epsilon = 1e-15);
        }
    }

    /// Twice three is more than five: arms decide where decisiveness knows no bound, and a
    /// tie of what is brought is shared.
    #[test]
    fn what_is_brought_decides_without_bound() {
        let contest = contest(Parameters { decisiveness: f64::INFINITY, ..Parameters::default() });
        let with = |factor: f64| {
            let war = War {
                blocs: &blocs(&[&[0], &[1], &[2]]),
                waiting: Coalition::EMPTY,
                brought: &[1.0, factor, 2.0],
                left: &[1.0; 3],
                forced: false,
            };
            let mut control = [0.0; 3];
            contest.war(&war, &mut control);
            control
        };
        for (factor, expected) in [(1.0, [0.0, 0.0, 1.0]), (1.5, [0.0, 0.5, 0.5])] {
            for (found, expected) in with(factor).iter().zip(expected) {
                assert_abs_diff_eq!(*found, expected, epsilon = 1e-15);
            }
        }
    }
}
