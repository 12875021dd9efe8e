//! The alignment game: the leading state faces the others, and each of them chooses where
//! to stand.
//!
//! Two profiles can make the same blocs: a state that balances with nobody beside it stands
//! as alone as one that abstains. They are two profiles all the same, and both are counted
//! wherever profiles or equilibria are.

use serde::{Deserialize, Serialize};

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::game::strategic::StrategicGame;

/// Where a state stands towards the leading one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Posture {
    /// Join the bloc against the leading state.
    Balance,
    /// Join the leading state's bloc.
    Bandwagon,
    /// Stand alone.
    Abstain,
}

impl Posture {
    /// All postures, in the order of their action numbers.
    pub const ALL: [Self; 3] = [Self::Balance, Self::Bandwagon, Self::Abstain];

    /// The posture's name, as reports and the command line have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Bandwagon => "bandwagon",
            Self::Abstain => "abstain",
        }
    }
}

/// The alignment game of a contest: its players are the followers, all states but the
/// leading one, in the order of the states; each has the three [`Posture`]s as actions.
#[derive(Debug, Clone)]
pub struct AlignmentGame<'a> {
    contest: &'a Contest,
    leader: usize,
    followers: Vec<usize>,
}

impl<'a> AlignmentGame<'a> {
    /// The game in which the others face the state `leader`.
    pub fn new(contest: &'a Contest, leader: usize) -> Self {
        let followers = (0..contest.len()).filter(|&i| i != leader).collect();
        Self { contest, leader, followers }
    }

    /// The contest it is played over.
    pub fn contest(&self) -> &'a Contest {
        self.contest
    }

    /// The leading state.
    pub fn leader(&self) -> usize {
        self.leader
    }

    /// The state that each player is.
    pub fn followers(&self) -> &[usize] {
        &self.followers
    }

    /// The blocs that a profile of actions makes: the leading state's, the one against it if
    /// it has members, and each abstainer alone.
    pub fn blocs(&self, profile: &[usize]) -> Vec<Coalition> {
        let who = |posture: Posture| {
            let taken = self.followers.iter().zip(profile).filter(|&(_, &a)| a == posture as usize);
            taken.map(|(&state, _)| state).collect::<Coalition>()
        };
        let against = who(Posture::Balance);
        // One allocation: checks call this for every profile.
        let mut blocs = Vec::with_capacity(self.contest.len());
        blocs.push(who(Posture::Bandwagon).with(self.leader));
        blocs.extend((!against.is_empty()).then_some(against));
        blocs.extend(who(Posture::Abstain).members().map(Coalition::singleton));
        blocs
    }
}

impl StrategicGame for AlignmentGame<'_> {
    fn players(&self) -> usize {
        self.followers.len()
    }

    fn actions(&self, _player: usize) -> usize {
        Posture::ALL.len()
    }

    /// A state's gains are counted per share of its power.
    fn unit(&self, player: usize) -> f64 {
        self.contest.shares()[self.followers[player]]
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.contest.control(&self.blocs(profile), control);
        for (payoff, &state) in payoffs.iter_mut().zip(&self.followers) {
            *payoff = self.contest.utility(state, control);
        }
    }
}
