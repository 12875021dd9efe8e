//! The security game: states that fear for their independence face the state that they fear.
//!
//! **Definition.** Each state but the target **balances**, **hides** or **bandwagons**. Side `A`
//! is the target with the bandwagoners, side `B` the balancers; only the sides fight. `A` prevails
//! with probability `Q = P(A)^m / (P(A)^m + P(B)^m)`, surely where nobody balances, and then
//! overcomes a state `i` that hides with probability `x_i = P(A)^m / (P(A)^m + p_i^m)`. What state
//! `i`, threatened by `τ_i`, minimises is its probability of losing independence:
//!
//! | stance | probability of losing independence |
//! |---|---|
//! | balance | `Q τ_i`, plus `k` if at least one other balances |
//! | hide | `Q x_i τ_i` |
//! | bandwagon | `Q τ_i (1 − φ) + (1 − Q) r + k` |
//!
//! **Ties** go to balancing before hiding before bandwagoning, with one exception. Where nobody
//! else balances, standing alone is hiding; only the *focal* state then counts as balancing: one
//! with `τ_i > 0` and the largest `τ_i p_i` among the steadfast hiders (the first in the input on
//! a tie), those to whom bandwagoning would not be better, `τ_j (x_j − (1 − φ)) ≤ k`.

use std::cmp::Ordering;
use std::fmt;

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::parameters::{Parameters, SecurityParameters};
use crate::system::{System, compare_sums};
use crate::threat::Threat;
use crate::tolerance::Tolerances;

/// What a state does about the one it fears, in the order that ties go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Joins the others that resist the target.
    Balance,
    /// Stands aside, to be attacked afterwards, alone.
    Hide,
    /// Joins the target.
    Bandwagon,
}

impl Stance {
    /// All of them, in the order that ties go by.
    pub const ALL: [Self; 3] = [Self::Balance, Self::Hide, Self::Bandwagon];

    /// Its name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Hide => "hide",
            Self::Bandwagon => "bandwagon",
        }
    }
}

impl fmt::Display for Stance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// One side in a war: who it is, and its power.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Force {
    /// Its members.
    pub members: Coalition,
    /// Their power.
    pub power: f64,
}

/// What a state sees of the others: both sides without it, and who else hides.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Field {
    /// The target with the bandwagoners.
    pub attackers: Force,
    /// The balancers.
    pub defenders: Force,
    /// The others that hide.
    pub hiders: Coalition,
}

/// The game of the states that face one target. Players are states, by their index in the
/// system; a profile has a stance for each of [`choosers`](Self::choosers), in that order.
#[derive(Debug, Clone)]
pub struct SecurityGame {
    target: usize,
    choosers: Vec<usize>,
    shares: Vec<f64>,
    exact: Vec<RBig>,
    threat: Vec<f64>,
    decisiveness: f64,
    parameters: SecurityParameters,
}

impl SecurityGame {
    /// The game in which the others of `system` face `target`.
    ///
    /// # Errors
    /// If a parameter is out of range or there are more than 64 states.
    pub fn new(
        system: &System,
        parameters: &Parameters,
        threat: &Threat,
        target: usize,
    ) -> Result<Self> {
        parameters.validate()?;
        if system.len() > Coalition::MAX_PLAYERS {
            return Err(Error::too_large(
                format!("a security game of {} states", system.len()),
                format!("{} states", Coalition::MAX_PLAYERS),
                "keep the strongest with --top",
            ));
        }
        Ok(Self {
            target,
            choosers: (0..system.len()).filter(|&i| i != target).collect(),
            shares: system.shares().to_vec(),
            exact: system.exact_shares().to_vec(),
            threat: threat.matrix.column(target).to_vec(),
            decisiveness: parameters.decisiveness,
            parameters: parameters.security,
        })
    }

    /// The state that the others face.
    pub fn target(&self) -> usize {
        self.target
    }

    /// The other states, in the order of the input.
    pub fn choosers(&self) -> &[usize] {
        &self.choosers
    }

    /// The shares of power of all states.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// `τ_i`: the target's threat to state `i`.
    pub fn threat(&self, i: usize) -> f64 {
        self.threat[i]
    }

    /// `m`.
    pub fn decisiveness(&self) -> f64 {
        self.decisiveness
    }

    /// `φ`, `r`, `k` and `η`.
    pub fn parameters(&self) -> &SecurityParameters {
        &self.parameters
    }

    /// The number of profiles, `3^(n−1)`.
    pub fn profiles(&self) -> u64 {
        3u64.saturating_pow(self.choosers.len() as u32)
    }

    /// A side of these members.
    pub fn force(&self, members: Coalition) -> Force {
        Force { members, power: members.sum(&self.shares) }
    }

    /// The side with state `i` on it too.
    pub fn joined(&self, side: Force, i: usize) -> Force {
        Force { members: side.members.with(i), power: side.power + self.shares[i] }
    }

    /// `P(a)` against `P(b)`, exactly.
    pub fn compare(&self, a: Coalition, b: Coalition) -> Ordering {
        compare_sums(&self.shares, &self.exact, a, b)
    }

    /// The probability that `a` prevails over `b`: 1 where `b` is empty. O(1), with an infinite
    /// decisiveness O(n) near a tie.
    pub fn odds(&self, a: Force, b: Force) -> f64 {
        let m = self.decisiveness;
        if b.members.is_empty() {
            1.0
        } else if m == 2.0 {
            let (a, b) = (a.power * a.power, b.power * b.power);
            a / (a + b)
        } else if m.is_finite() {
            1.0 / (1.0 + (b.power / a.power).powf(m))
        } else {
            match self.compare(a.members, b.members) {
                Ordering::Less => 0.0,
                Ordering::Equal => 0.5,
                Ordering::Greater => 1.0,
            }
        }
    }

    /// The probability that `a` overcomes state `i` alone.
    pub fn overcomes(&self, a: Force, i: usize) -> f64 {
        self.odds(a, self.joined(Force::default(), i))
    }

    /// What state `i` sees in a profile.
    pub fn field(&self, profile: &[Stance], i: usize) -> Field {
        let of = |stance| {
            let with = self.choosers.iter().zip(profile);
            with.filter(|&(&j, &s)| j != i && s == stance).map(|(&j, _)| j).collect::<Coalition>()
        };
        Field {
            attackers: self.force(of(Stance::Bandwagon).with(self.target)),
            defenders: self.force(of(Stance::Balance)),
            hiders: of(Stance::Hide),
        }
    }

    /// State `i`'s probability of losing independence by each stance, in the order of
    /// [`Stance::ALL`].
    pub fn losses(&self, field: &Field, i: usize) -> [f64; 3] {
        let &Field { attackers, defenders, .. } = field;
        let SecurityParameters { forbearance, retribution, commitment_cost, .. } = self.parameters;
        let threat = self.threat[i];
        let shared = if defenders.members.is_empty() { 0.0 } else { commitment_cost };
        let resisted = self.odds(attackers, self.joined(defenders, i));
        let hidden = self.odds(attackers, defenders) * self.overcomes(attackers, i);
        let joined = self.odds(self.joined(attackers, i), defenders);
        let spared = joined * threat * (1.0 - forbearance);
        [
            resisted * threat + shared,
            hidden * threat,
            spared + (1.0 - joined) * retribution + commitment_cost,
        ]
    }

    /// State `i`'s best reply. O(1), O(n) where nobody else balances.
    pub fn reply(&self, field: &Field, i: usize) -> Stance {
        let losses = self.losses(field, i);
        let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
        let as_good =
            |stance: Stance| losses[stance as usize] <= least + Tolerances::DEFAULT.rounding;
        if !field.defenders.members.is_empty() {
            return Stance::ALL.into_iter().find(|&s| as_good(s)).unwrap_or(Stance::Bandwagon);
        }
        match as_good(Stance::Hide) {
            false => Stance::Bandwagon,
            true if self.is_focal(field, i) => Stance::Balance,
            true => Stance::Hide,
        }
    }

    /// Whether it is state `i` that counts as balancing where nobody else does.
    fn is_focal(&self, field: &Field, i: usize) -> bool {
        let weight = |j: usize| self.threat[j] * self.shares[j];
        let SecurityParameters { forbearance, commitment_cost, .. } = self.parameters;
        let rounding = Tolerances::DEFAULT.rounding;
        let steadfast = |j: usize| {
            let by_hiding = self.overcomes(field.attackers, j) - (1.0 - forbearance);
            self.threat[j] * by_hiding <= commitment_cost + rounding
        };
        let before = |j: usize| {
            let more = weight(j) - weight(i);
            more > rounding || (more >= -rounding && j < i)
        };
        self.threat[i] > 0.0 && !field.hiders.members().any(|j| before(j) && steadfast(j))
    }
}
