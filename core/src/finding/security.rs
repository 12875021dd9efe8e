//! What the security lens finds, with its evidence.

use crate::coalition::Coalition;
use crate::finding::alignment::PairProbabilities;
use crate::game::Stance;
use crate::threat::Threat;

/// The outcome of the security lens.
#[derive(Debug, Clone, PartialEq)]
pub enum Security {
    /// The lens came to an end.
    Decided(Box<SecurityFinding>),
    /// It did not.
    Undecided {
        /// Why.
        why: String,
    },
}

/// The equilibria of the security game of one target, and how they come about.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityFinding {
    /// The state that the others face.
    pub target: usize,
    /// Who threatens whom.
    pub threat: Threat,
    /// How many profiles there are.
    pub profiles: u64,
    /// The pure equilibria, in the order of the stances, the first state's first: all, or the
    /// first of them where a report lists fewer.
    pub equilibria: Vec<SecurityEquilibrium>,
    /// How many there are.
    pub total: u64,
    /// Each chooser's probability of each stance in the equilibria that best replies from a
    /// random start end in; what is lacking to 1 ends in cycles.
    pub stances: Vec<[f64; 3]>,
    /// Closed cycles of best replies, each of several profiles. With [`Odds::sampled`] those that
    /// were come across.
    pub cycles: Vec<SecurityCycle>,
    /// The range of `Q` over equilibria and cycles.
    pub prevails: [f64; 2],
    /// The range of the dominion over equilibria and cycles.
    pub dominion: [f64; 2],
    /// Whether the target is held in all of them, in some.
    pub held: Held,
    /// Where best replies end.
    pub odds: Odds,
    /// Of how much trust in the aggressor bandwagoning is a matter.
    pub trust: Trust,
    /// The smallest groups that hold the target while the others hide.
    pub balancing: Groups,
    /// The same while the others bandwagon.
    pub war: Groups,
}

impl SecurityFinding {
    /// How likely every two of the `n` states stand together in the equilibria, each as likely as
    /// best replies from a random start end in it; `None` if they end in none.
    pub fn pairs(&self, n: usize) -> Option<PairProbabilities> {
        let total: f64 = self.equilibria.iter().map(|equilibrium| equilibrium.basin).sum();
        let stands = |equilibrium: &SecurityEquilibrium| {
            let mut stands: Vec<u8> = equilibrium
                .profile
                .iter()
                .map(|stance| match stance {
                    Stance::Balance => 0,
                    Stance::Bandwagon => 1,
                    Stance::Hide => 2,
                })
                .collect();
            stands.insert(self.target, 1);
            (stands, equilibrium.basin / total)
        };
        (total > 0.0).then(|| PairProbabilities::of_profiles(n, self.equilibria.iter().map(stands)))
    }
}

/// Where `Q ≤ 1/2`, decided exactly as `P(A) ≤ P(B)`: in all, in some, in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// In all of them.
    Always,
    /// In some of them.
    Sometimes,
    /// In none.
    Never,
}

impl Held {
    /// Of several of these together; `None` of nothing.
    pub fn over(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        parts.into_iter().reduce(|a, b| if a == b { a } else { Self::Sometimes })
    }

    /// Of a single profile.
    pub const fn of(held: bool) -> Self {
        if held { Self::Always } else { Self::Never }
    }
}

/// A profile in which every state plays its best reply.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityEquilibrium {
    /// Each chooser's stance.
    pub profile: Vec<Stance>,
    /// `Q`: the probability that the target's side prevails.
    pub prevails: f64,
    /// Whether `Q ≤ 1/2`, exactly.
    pub held: bool,
    /// What the target can expect to command.
    pub dominion: f64,
    /// Each chooser's probability of losing independence.
    pub loss: Vec<f64>,
    /// Whether no group would leave together.
    pub strong: Strength,
    /// The probability that best replies from a random start end here.
    pub basin: f64,
    /// The same from all hiding.
    pub from_peace: f64,
}

/// Whether a group of states would leave an equilibrium together, all of them better off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strength {
    /// None would.
    Strong,
    /// These would, for the profile that results.
    Leaves(Vec<Stance>),
    /// It was not looked for: there are too many states or equilibria.
    Unknown,
}

/// A closed cycle of best replies.
#[derive(Debug, Clone, PartialEq)]
pub struct SecurityCycle {
    /// How many profiles it has.
    pub profiles: u64,
    /// One of them, the first in the order of profiles.
    pub first: Vec<Stance>,
    /// The range of `Q` over them.
    pub prevails: [f64; 2],
    /// The range of the dominion over them.
    pub dominion: [f64; 2],
    /// Where in it the target is held.
    pub held: Held,
    /// Whether somebody bandwagons in one of them.
    pub bandwagons: bool,
    /// The probability that best replies from a random start end in it.
    pub basin: f64,
    /// The same from all hiding.
    pub from_peace: f64,
}

/// Where best replies end: one state at a time, drawn from those that would move.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    /// The probability of ending where the target is held, from a random start.
    pub balancing: f64,
    /// The same from all hiding.
    pub from_peace: f64,
    /// The probability of ending in a cycle in which it is held at times.
    pub mixed: f64,
    /// The probability that the target's side does not prevail, at the cycles' highest and
    /// lowest `Q`.
    pub stopping: [f64; 2],
    /// How they were drawn; `None` where they are exact.
    pub sampled: Option<Sample>,
}

/// Odds that were sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// How many starts were drawn; as many more began with all hiding.
    pub starts: u64,
    /// The seed.
    pub seed: u64,
    /// Wilson's interval of the balancing odds, at 95 %.
    pub balancing: [f64; 2],
    /// An interval of the stopping odds, at 95 %.
    pub stopping: [f64; 2],
    /// Starts that ended neither in an equilibrium nor in a cycle that could be followed.
    pub lost: u64,
}

/// Of how much trust in the aggressor's forbearance bandwagoning is a matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Trust {
    /// All bandwagon in an equilibrium if and only if forbearance exceeds this; infinite where
    /// the target does not threaten some state.
    pub order_from: f64,
    /// The largest forbearance, and a group of balancers, such that they balance, the others hide
    /// and the target is held in an equilibrium. It can exceed 1; `None` where there is none.
    pub balance_to: Option<(f64, Coalition)>,
}

/// The smallest groups that hold the target and in which balancing is each member's best reply.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// How many states they have; `None` where there is no such group.
    pub number: Option<usize>,
    /// The first of them, in the order of the states.
    pub groups: Vec<Coalition>,
    /// How many there are.
    pub total: u64,
}
