//! What verdicts and lenses look like: a colour, and a marker or a lane for who sees none.

use super::style::{BLUE, Color, MUTED, Marker, ORANGE, VERMILLION};
use crate::verdict::Judgement;

/// All judgements, from the one in which the leading state gets most.
pub(super) const ALL: [Judgement; 4] =
    [Judgement::Hegemonic, Judgement::Contested, Judgement::Balanced, Judgement::Undecided];

/// The colour of a judgement.
pub(super) const fn color(judgement: Judgement) -> Color {
    match judgement {
        Judgement::Balanced => BLUE,
        Judgement::Hegemonic => VERMILLION,
        Judgement::Contested => ORANGE,
        Judgement::Undecided | Judgement::Unasked => MUTED,
    }
}

/// The marker of a judgement.
pub(super) const fn marker(judgement: Judgement) -> Marker {
    match judgement {
        Judgement::Balanced => Marker::Disc,
        Judgement::Hegemonic => Marker::Triangle,
        Judgement::Contested => Marker::Diamond,
        Judgement::Undecided | Judgement::Unasked => Marker::Ring,
    }
}
