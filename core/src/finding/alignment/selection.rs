//! Which of the equilibria of choosing sides is likely, and what hesitating states do.

use ndarray::Array2;

use crate::game::Posture;

/// The most equilibria that are looked at.
pub const MAX_SELECTED: u64 = 60;
/// The most profiles over which best replies are followed: those of the base game of 13 states.
pub const MAX_SELECTION_PROFILES: u64 = 531_441;
/// The most profiles over which the logit equilibrium is traced: those of the base game of 10
/// states.
pub const MAX_LOGIT_PROFILES: u64 = 19_683;

/// Something that was looked for, or why it was not.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<T> {
    /// It was found.
    Found(T),
    /// It was left out.
    LeftOut {
        /// Why, in words.
        why: String,
        /// Whether that is because the time was up.
        stopped: bool,
    },
}

impl<T> Part<T> {
    /// What was found.
    pub const fn found(&self) -> Option<&T> {
        match self {
            Self::Found(found) => Some(found),
            Self::LeftOut { .. } => None,
        }
    }

    /// Whether the time was up first.
    pub const fn is_stopped(&self) -> bool {
        matches!(self, Self::LeftOut { stopped: true, .. })
    }

    /// That nothing was computed, and why.
    pub fn left_out(why: impl Into<String>) -> Self {
        Self::LeftOut { why: why.into(), stopped: false }
    }

    pub(crate) fn stopped() -> Self {
        Self::LeftOut { why: "the time was up".into(), stopped: true }
    }
}

/// Which equilibrium is likely.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// The pure equilibria, in the order of the finding's list.
    pub equilibria: Part<Vec<Selected>>,
    /// The logit equilibrium.
    pub logit: Part<LogitSelection>,
}

/// What speaks for a pure equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// Each player's posture.
    pub profile: Vec<Posture>,
    /// The leading state's control.
    pub control: f64,
    /// No group of states would leave together, all better off (Aumann 1959).
    pub strong: Resistance,
    /// The same of groups whose new choice would itself last (Bernheim, Peleg & Whinston 1987).
    pub coalition_proof: Resistance,
    /// The probability that best replies end here: all profiles are as likely at the start, then
    /// one player at a time, drawn from those that gain by moving, gives its best reply.
    pub basin: f64,
    /// The smallest group, by player, whose change to `balance` makes all balance, in whatever
    /// order the others give best replies; `None` if there is none.
    pub tipping: Option<Vec<usize>>,
}

/// Whether an equilibrium resists groups of states that leave together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resistance {
    /// It does.
    Holds,
    /// Some would leave, for this profile.
    Leaves(Vec<Posture>),
    /// It was not looked for: there are too many states.
    Unknown,
}

/// The logit (quantal response) equilibrium on the branch from uniform play.
#[derive(Debug, Clone, PartialEq)]
pub struct LogitSelection {
    /// The precision: a player's odds between two postures are `exp(precision · difference)` of
    /// its utility over its share of power.
    pub precision: f64,
    /// By player, the probability of each of its postures, in the order of its actions.
    pub probabilities: Vec<Vec<f64>>,
    /// The leading state's expected control.
    pub control: f64,
    /// The probability that its control is above the threshold of domination.
    pub above_threshold: f64,
    /// For each two states, the probabilities of their standing together.
    pub pairs: PairProbabilities,
}

/// For each two states, how likely they stand together: symmetric, zero on the diagonal.
#[derive(Debug, Clone, PartialEq)]
pub struct PairProbabilities {
    /// That both stand against the state that is faced; 0 for pairs with that state.
    pub both_balance: Array2<f64>,
    /// That both stand on one side, against it or with it.
    pub same_side: Array2<f64>,
}

impl PairProbabilities {
    /// Of profiles, each with its probability: by state, what it stands for, 0 against the state
    /// that is faced, 1 with it, 2 neither.
    pub(crate) fn of_profiles(n: usize, profiles: impl Iterator<Item = (Vec<u8>, f64)>) -> Self {
        let mut found =
            Self { both_balance: Array2::zeros((n, n)), same_side: Array2::zeros((n, n)) };
        for (stands, probability) in profiles {
            for (i, a) in stands.iter().enumerate() {
                for (j, b) in stands.iter().enumerate() {
                    if i == j || a != b || *a > 1 {
                        continue;
                    }
                    found.same_side[[i, j]] += probability;
                    if *a == 0 {
                        found.both_balance[[i, j]] += probability;
                    }
                }
            }
        }
        found
    }

    /// Of states that choose independently: by state, the probabilities of standing against and
    /// with; the state that is faced stands with itself.
    pub fn independent(stands: &[[f64; 2]]) -> Self {
        let pair = |of: &dyn Fn([f64; 2], [f64; 2]) -> f64| {
            let n = stands.len();
            Array2::from_shape_fn((n, n), |(i, j)| match i == j {
                true => 0.0,
                false => of(stands[i], stands[j]),
            })
        };
        Self {
            both_balance: pair(&|a, b| a[0] * b[0]),
            same_side: pair(&|a, b| a[0] * b[0] + a[1] * b[1]),
        }
    }
}
