//! Airport and bankruptcy games of any number of players, by their closed forms.
//!
//! **Definitions.** In an airport game a coalition pays `max c_i` of its members; in a bankruptcy
//! game it is sure of `max(0, E − c(N∖S))`. The one is concave (in costs), the other convex: the
//! core is not empty, it contains nucleolus and prenucleolus, which are one, and its ranges are
//! between a player's marginal contribution to all others and what it has alone (Shapley 1971).
//!
//! **Method.** Players in the order of their costs `C_1 < … < C_m`, `N_i` of them with `C_i` at most:
//!
//! - Shapley value of an airport game: who uses a step of the runway shares it alike,
//!   `Σ (C_k − C_{k−1}) / (n − N_{k−1})` over the steps used (Littlechild & Owen 1973).
//! - Its nucleolus: those first in the order pay `r = min C_i / (N_i + 1)`, over all `i`, with `N_m`
//!   in place of `N_m + 1`; what they paid is taken off and the rest go on (Littlechild 1974). In
//!   the plane of number and cost that is the slope of a tangent to the points `(N_i + 1, C_i)`;
//!   the convex hulls of the last of them give all tangents in one walk.
//! - Nucleolus of a bankruptcy game: the Talmud rule. Of up to half of all claims each gets the
//!   same but half its claim at most; of more each loses so (Aumann & Maschler 1985).
//!
//! **Cost.** O(n log n) operations on fractions; where all costs differ the Shapley value has
//! denominators of up to some n digits.
//! **Limits.** Memory.
//! **References.** Littlechild & Owen (1973), A simple expression for the Shapley value in a special
//! case, *Manag. Sci.* 20; Littlechild (1974), A simple expression for the nucleolus in a special
//! case, *Int. J. Game Theory* 3; Aumann & Maschler (1985), Game theoretic analysis of a bankruptcy
//! problem from the Talmud, *J. Econ. Theory* 36; Shapley (1971), Cores of convex games, *Int. J.
//! Game Theory* 1.

use dashu_ratio::RBig;

use crate::error::{ErrorKind, Result};
use crate::exact::sum;
use crate::finding::cooperative::ByRule;
use crate::game::cooperative::{DivisionRule, RuleGame};
use crate::work::Work;

/// Values and core of a game that is given by a rule. O(n log n) operations on fractions.
///
/// # Errors
/// If the time is up.
pub fn by_rule(game: &RuleGame, work: &Work) -> Result<ByRule> {
    match game.rule() {
        DivisionRule::Airport { costs } => {
            let steps = Steps::of(costs);
            Ok(ByRule {
                shapley: Some(steps.of_each(&steps.shapley(work)?)),
                nucleolus: steps.of_each(&steps.nucleolus(work)?),
                core: steps.core(costs),
            })
        }
        DivisionRule::Bankruptcy { estate, claims } => Ok(ByRule {
            shapley: None,
            nucleolus: talmud(estate, claims),
            core: {
                let total = sum(claims.iter());
                let least = |claim: &RBig| (estate + claim - &total).max(RBig::ZERO);
                claims.iter().map(|c| [least(c), c.min(estate).clone()]).collect()
            },
        }),
    }
}

fn in_time(work: &Work) -> Result<()> {
    if work.is_over() { Err(ErrorKind::TimeUp.into()) } else { Ok(()) }
}

/// The different costs, rising.
struct Steps {
    costs: Vec<RBig>,
    /// How many players have this cost or less.
    players: Vec<usize>,
    /// By player, which cost it has.
    of: Vec<usize>,
}

impl Steps {
    fn of(each: &[RBig]) -> Self {
        let order = crate::order::by(0..each.len(), |a, b| each[a].cmp(&each[b]));
        let mut steps = Self { costs: Vec::new(), players: Vec::new(), of: vec![0; each.len()] };
        for (before, i) in order.into_iter().enumerate() {
            if steps.costs.last() != Some(&each[i]) {
                steps.costs.push(each[i].clone());
                steps.players.push(before);
            }
            steps.of[i] = steps.costs.len() - 1;
            steps.players[steps.of[i]] = before + 1;
        }
        steps
    }

    /// What each player pays if it pays what those of its step do.
    fn of_each(&self, paid: &[RBig]) -> Vec<RBig> {
        self.of.iter().map(|&step| paid[step].clone()).collect()
    }

    fn shapley(&self, work: &Work) -> Result<Vec<RBig>> {
        let n = self.of.len();
        let (mut below, mut before, mut sum) = (RBig::ZERO, 0, RBig::ZERO);
        let mut paid = Vec::with_capacity(self.costs.len());
        for (cost, &players) in self.costs.iter().zip(&self.players) {
            in_time(work)?;
            sum += (cost - &below) / RBig::from(n - before);
            paid.push(sum.clone());
            (below, before) = (cost.clone(), players);
        }
        Ok(paid)
    }

    /// The point of a step: how many pay for it, one being spared but at the last, and its cost.
    fn point(&self, step: usize) -> (RBig, &RBig) {
        let spared = usize::from(step + 1 < self.costs.len());
        (RBig::from(self.players[step] + spared), &self.costs[step])
    }

    fn nucleolus(&self, work: &Work) -> Result<Vec<RBig>> {
        let m = self.costs.len();
        let after = self.hulls(work)?;
        let mut paid = Vec::with_capacity(m);
        // Who is done, and what they paid together.
        let (mut done, mut sum) = (0, RBig::ZERO);
        while paid.len() < m {
            in_time(work)?;
            let slope = |step: usize| {
                let (players, cost) = self.point(step);
                (cost - &sum) / (players - RBig::from(done))
            };
            let mut at = paid.len();
            let mut least = slope(at);
            // The last of those with the least slope.
            while let Some(next) = after[at] {
                let further = slope(next);
                if further > least {
                    break;
                }
                (at, least) = (next, further);
            }
            sum += &least * RBig::from(self.players[at] - done);
            done = self.players[at];
            paid.resize(at + 1, least);
        }
        Ok(paid)
    }

    /// Of each step, the next corner of the lower convex hull of its point and all later ones.
    fn hulls(&self, work: &Work) -> Result<Vec<Option<usize>>> {
        let m = self.costs.len();
        let mut after = vec![None; m];
        for step in (0..m).rev() {
            in_time(work)?;
            let (x, y) = self.point(step);
            let rise = |to: usize| {
                let (players, cost) = self.point(to);
                (players - &x, cost - y)
            };
            let mut next = (step + 1 < m).then_some(step + 1);
            while let Some((at, beyond)) = next.and_then(|at| Some((at, after[at]?))) {
                let ((dx, dy), (ex, ey)) = (rise(at), rise(beyond));
                // The corner is above the line to the one beyond it, or on it.
                if dy * ex < ey * dx {
                    break;
                }
                next = Some(beyond);
            }
            after[step] = next;
        }
        Ok(after)
    }

    fn core(&self, costs: &[RBig]) -> Vec<[RBig; 2]> {
        let last = self.costs.len() - 1;
        let (others, cheaper) = match last.checked_sub(1) {
            Some(before) => (self.costs[before].clone(), self.players[before]),
            None => (RBig::ZERO, 0),
        };
        // What the others save where the only one of the last step is not there.
        let only = self.of.len() == cheaper + 1;
        let spared = if only { &self.costs[last] - others } else { RBig::ZERO };
        let least = |i: usize| if self.of[i] == last { spared.clone() } else { RBig::ZERO };
        costs.iter().enumerate().map(|(i, cost)| [least(i), cost.clone()]).collect()
    }
}

/// The Talmud rule.
fn talmud(estate: &RBig, claims: &[RBig]) -> Vec<RBig> {
    let half = |claim: &RBig| claim / RBig::from(2);
    let halves: Vec<RBig> = claims.iter().map(half).collect();
    let all = sum(halves.iter());
    if *estate <= all {
        return equal_awards(estate, &halves);
    }
    let lost = equal_awards(&(&all + &all - estate), &halves);
    claims.iter().zip(lost).map(|(claim, lost)| claim - lost).collect()
}

/// Everybody gets the same, but what it is to get at most.
fn equal_awards(estate: &RBig, most: &[RBig]) -> Vec<RBig> {
    let order = crate::order::by(0..most.len(), |a, b| most[a].cmp(&most[b]));
    let mut awards = vec![RBig::ZERO; most.len()];
    let mut left = estate.clone();
    for (served, i) in order.into_iter().enumerate() {
        let equal = &left / RBig::from(most.len() - served);
        awards[i] = equal.min(most[i].clone());
        left -= &awards[i];
    }
    awards
}
