//! What a report on a game says of itself in words: derived from the game and the answers, so
//! that it can be checked as they can.

use crate::game::StrategicTable;
use crate::report::game::GameReport;

/// A note on what was done and what was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Nothing was asked for, and the game is small.
    ByItself,
    /// Nothing was asked for, and the game is large.
    ByItselfLarge,
    /// Mixed equilibria were not asked for, and the game is not small.
    MixedLeftOut,
    /// All mixed equilibria are listed, or mixtures of those.
    MixedAll,
    /// One mixed equilibrium of a zero-sum game.
    OneOfZeroSum,
    /// One mixed equilibrium of two players.
    OneByLemkeHowson,
    /// One mixed equilibrium of several players.
    OneByLogit,
    /// One equilibrium, in pure strategies.
    OnePure,
    /// Payoffs are far from zero beside how they differ.
    Lowered,
}

impl Note {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::ByItself,
        Self::ByItselfLarge,
        Self::MixedLeftOut,
        Self::MixedAll,
        Self::OneOfZeroSum,
        Self::OneByLemkeHowson,
        Self::OneByLogit,
        Self::OnePure,
        Self::Lowered,
    ];

    /// More profiles than this are left out of what `game` does by itself.
    pub const PROFILES_BY_ITSELF: usize = 100_000;

    /// The note on what is done of a game where nothing was asked for.
    pub fn by_itself(game: &StrategicTable) -> Self {
        if game.len() > Self::PROFILES_BY_ITSELF { Self::ByItselfLarge } else { Self::ByItself }
    }

    /// Its words.
    pub const fn text(self) -> &'static str {
        match self {
            Self::ByItself => {
                "Done without --solve: what is shown above, every claim of it certified; coarse, \
                 strong and coalition-proof equilibria with --solve."
            }
            Self::ByItselfLarge => {
                "Done without --solve: what is shown above, every claim of it certified; the game \
                 is large: dominance, correlated and mixed equilibria with --solve."
            }
            Self::MixedLeftOut => {
                "Mixed equilibria were left out: the game is not small; --solve mixed looks for \
                 some."
            }
            Self::MixedAll => {
                "Mixed: every equilibrium is one of those listed, or a mixture of them."
            }
            Self::OneOfZeroSum => {
                "Mixed: not all equilibria were looked for; one by linear programming: every \
                 other one pays the same."
            }
            Self::OneByLemkeHowson => {
                "Mixed: not all equilibria were looked for; one by Lemke-Howson."
            }
            Self::OneByLogit => {
                "Mixed: not all equilibria were looked for; one at the end of the logit path from \
                 uniform play."
            }
            Self::OnePure => "Mixed: not all equilibria were looked for; a pure one.",
            Self::Lowered => {
                "Payoffs are so far from zero that floating point hides how they differ: computed \
                 without what is common to them; --exact prints them in full."
            }
        }
    }

    /// Whether it is so of the report on a game.
    pub fn holds(self, report: &GameReport, game: &StrategicTable) -> bool {
        let complete = report.mixed_is_complete();
        let one = complete == Some(false) && report.mixed.as_ref().is_some_and(|m| m.len() == 1);
        let two = report.players.len() == 2;
        let unasked = report.coarse_correlated.is_none()
            && report.strong.is_none()
            && report.coalition_proof.is_none();
        match self {
            Self::ByItself | Self::ByItselfLarge => unasked && self == Self::by_itself(game),
            Self::MixedLeftOut => report.mixed.is_none() && !two,
            Self::MixedAll => complete == Some(true) && two,
            Self::OneOfZeroSum => one && game.is_zero_sum(),
            Self::OneByLemkeHowson => one && two,
            Self::OneByLogit => one && !two,
            Self::OnePure => one,
            Self::Lowered => game.remote().is_some(),
        }
    }
}

impl GameReport {
    /// Adds a note.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note.text().into());
    }

    /// Whether all mixed equilibria are listed; `None` if none were looked for.
    pub fn mixed_is_complete(&self) -> Option<bool> {
        let listed = self.mixed.as_ref()?;
        // Before it was said of the list, every member said it.
        Some(
            self.mixed_complete
                .unwrap_or_else(|| !listed.is_empty() && listed.iter().all(|found| found.complete)),
        )
    }
}
