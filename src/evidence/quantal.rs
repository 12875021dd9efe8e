//! How likely the states that face the leading one balance, bandwagon or abstain: the logit
//! (quantal-response) equilibrium of the base game of alignment, on the branch from uniform play
//! (McKelvey & Palfrey 1995), as history is asked with it.

use crate::contest::Contest;
use crate::error::{ErrorKind, Result};
use crate::finding::alignment::PairProbabilities;
use crate::game::AlignmentGame;
use crate::parameters::Parameters;
use crate::solve::strategic::mixed::{Traced, quantal};
use crate::system::System;
use crate::work::Work;

/// Each state's probabilities of balancing, bandwagoning and abstaining, in the order of the
/// states; `None` for the leading one, which has no choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Stances(pub Vec<Option<[f64; 3]>>);

impl Stances {
    /// The stances of a system's states towards its leading one. `None` where the branch cannot
    /// be followed to the precision. O(steps · n · 3^(n−1)).
    ///
    /// # Errors
    /// If a parameter is out of range, there are too many states, or the time is up.
    pub fn of(
        system: &System,
        parameters: &Parameters,
        precision: f64,
        work: &Work,
    ) -> Result<Option<Self>> {
        let contest = Contest::new(system, parameters)?;
        let game = AlignmentGame::new(&contest, system.leader());
        let found = match quantal(&game, precision, *work)? {
            Traced::Found(found) => found,
            Traced::Stopped { .. } if work.is_over() => return Err(ErrorKind::TimeUp.into()),
            Traced::Stopped { .. } => return Ok(None),
        };
        let mut stances = vec![None; system.len()];
        for (player, own) in found.strategies.iter().enumerate() {
            stances[game.state_of(player)] = <[f64; 3]>::try_from(own.as_slice()).ok();
        }
        Ok(Some(Self(stances)))
    }

    /// How likely every two states stand together: they mix independently.
    pub fn pairs(&self) -> PairProbabilities {
        let stands = |own: &Option<[f64; 3]>| own.map_or([0.0, 1.0], |[a, b, _]| [a, b]);
        PairProbabilities::independent(&self.0.iter().map(stands).collect::<Vec<_>>())
    }
}
