//! What to look at, and how.

use crate::analysis::Lens;
use crate::coalition::Partition;
use crate::lp::Backend;
use crate::solve::alignment;
use crate::solve::partitions::blocs;
use crate::system::System;
use crate::threat::TargetChoice;
use crate::work::Work;

/// Which state is taken for the leading one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LeaderChoice {
    /// The one with the largest share, the first in the input on a tie.
    #[default]
    Strongest,
    /// This one.
    State(usize),
    /// Every state with a tenth of the power or more in turn, the strongest first.
    All,
}

impl LeaderChoice {
    /// The share of power from which [`LeaderChoice::All`] takes a state for a leader.
    pub const MIN_SHARE: f64 = 0.1;

    /// The leading states, at least one.
    pub fn of(self, system: &System) -> Vec<usize> {
        match self {
            Self::Strongest => vec![system.leader()],
            Self::State(state) => vec![state],
            Self::All => {
                let strongest = system.leader();
                let large = |&i: &usize| i != strongest && system.shares()[i] >= Self::MIN_SHARE;
                let exact = system.exact_shares();
                let rest = (0..system.len()).filter(large);
                let mut leaders = crate::order::by(rest, |a, b| exact[b].cmp(&exact[a]));
                leaders.insert(0, strongest);
                leaders
            }
        }
    }
}

/// What to look at, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The lenses to look through; `None` for all that take a system of this size.
    pub lenses: Option<Vec<Lens>>,
    /// Which state is taken for the leading one.
    pub leader: LeaderChoice,
    /// Who solves the linear programmes.
    pub backend: Backend,
    /// How many partitions the blocs lens lists.
    pub blocs: blocs::Options,
    /// The tactics of the alignment lens, how commitments bind, how many equilibria it lists.
    pub alignment: alignment::Options,
    /// Whom the others face in the lens security; with [`LeaderChoice::All`] each leader in turn.
    pub target: TargetChoice,
    /// The seed of what is sampled: the odds of the lens security above 13 states.
    pub seed: u64,
    /// The same states at another time: is the leading state's window closing?
    pub horizon: Option<Horizon>,
    /// A partition to be judged beside the lenses.
    pub given: Option<Partition>,
}

impl Options {
    /// The lenses that a system is looked at through, in their order, where there is no
    /// deadline.
    pub fn lenses_of(&self, system: &System) -> Vec<Lens> {
        self.choose_lenses(system, &Work::default()).0
    }

    /// The lenses asked for; or all that take so many states, and why the others do not.
    ///
    /// A deadline lets a lens take on more than it is sure to finish.
    pub(super) fn choose_lenses(
        &self,
        system: &System,
        work: &Work,
    ) -> (Vec<Lens>, Vec<(Lens, String)>) {
        if let Some(asked) = &self.lenses {
            let asked = Lens::ALL.into_iter().filter(|lens| asked.contains(lens));
            return (asked.collect(), Vec::new());
        }
        let n = system.len();
        let most = |lens: Lens| match (lens, self.alignment.tactics) {
            (Lens::Alignment, Some(tactics)) => alignment::max_states(tactics),
            _ => lens.max_states(),
        };
        let takes = |lens: &Lens| n <= most(*lens) || (*lens == Lens::Blocs && work.is_limited());
        let (taken, left): (Vec<_>, Vec<_>) = Lens::ALL.into_iter().partition(takes);
        let why = |lens: Lens| format!("{n} states are more than the {} it takes", most(lens));
        (taken, left.into_iter().map(|lens| (lens, why(lens))).collect())
    }

    /// Whom the others face: with several leading states each of them in turn.
    pub(super) const fn target_of_all(&self) -> TargetChoice {
        match self.leader {
            LeaderChoice::All => TargetChoice::Leader,
            _ => self.target,
        }
    }

    /// The lenses that do not take so many states, and why.
    pub fn left_out(&self, system: &System) -> Vec<(Lens, String)> {
        self.choose_lenses(system, &Work::default()).1
    }
}

/// The states of a system at another time.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// When.
    pub year: i32,
    /// Where their power then is known from, in words.
    pub basis: String,
    /// The same states in the same order, with their shares of power then.
    pub system: System,
}
