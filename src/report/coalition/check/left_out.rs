//! Why concepts were left out: what the reasons say of the game.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::MAX_PLAYERS;
use crate::certify::cooperative::indices::ALWAYS_SUMMED;
use crate::certify::cooperative::tau::tau;
use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::Concept;
use crate::game::cooperative::{ExactTable, Game, Sense};
use crate::report::coalition::indices::is_of_simple;

impl Examiner<'_> {
    /// That each reason is one that the game gives; one that is not known is not examined.
    pub(super) fn left_out(&mut self) {
        for (concept, why) in &self.report.left_out.0 {
            let what = format!("left out: {concept}: {why}");
            let known = Concept::ALL.into_iter().find(|known| known.name() == concept);
            match known.map(|known| self.is_reason(known, why)) {
                Some(true) => self.exact(what, true),
                Some(false) => self.found.skip(what),
                None => self.exact(format!("left out: {concept} is a concept"), false),
            }
        }
    }

    fn is_reason(&self, concept: Concept, why: &str) -> bool {
        let n = self.report.players.len();
        let large = |limit: usize, text: String| n > limit && why == text;
        let few = format!("what each of {n} players can get in it (limit ");
        let refused = |error: Option<String>| error.as_deref() == Some(why);
        match concept {
            concept if is_of_simple(concept) => {
                refused(self.game.simple().err().map(|error| error.to_string()))
            }
            Concept::Tau => match self.table.filter(|_| n <= ALWAYS_SUMMED) {
                Some(table) => refused(tau(table).err()),
                None => {
                    n > ExactTable::MAX_PLAYERS
                        && refused(self.game.table().err().map(|e| e.to_string()))
                }
            },
            Concept::PerCapitaNucleolus if n > PER_CAPITA => large(
                PER_CAPITA,
                format!(
                    "{n} players have 2^{n} coalitions, gone through for each pivot (limit \
                     2^{PER_CAPITA}); keep fewer players, or leave per-capita-nucleolus out of --solve"
                ),
            ),
            Concept::Properties if n > ExactTable::MAX_PLAYERS => {
                refused(self.game.table().err().map(|error| error.to_string()))
            }
            Concept::Structure => large(
                UNASKED.0,
                format!(
                    "{n} players have 3^{n} pairs of disjoint coalitions (limit 3^{} unless asked \
                     for); ask for it with --solve structure",
                    UNASKED.0
                ),
            ),
            Concept::Core | Concept::LeastCore => {
                let unasked =
                    format!("{few}{} unless asked for with --solve {})", UNASKED.1, concept.name());
                large(UNASKED.1, unasked)
                    || matches!(self.game, Game::Contest(_) | Game::Weighted(_))
                        && large(MAX_PLAYERS, format!("{few}{MAX_PLAYERS})"))
            }
            Concept::Nucleolus | Concept::PerCapitaNucleolus => {
                self.shortfall().is_some_and(|shortfall| {
                    let text = format!(
                        "there is no imputation: what the players can get alone adds up to \
                     {shortfall} more than there is"
                    );
                    shortfall > RBig::ZERO && why == text
                })
            }
            _ => false,
        }
    }

    /// What the players can get alone, above what there is.
    fn shortfall(&self) -> Option<RBig> {
        let table = self.table?;
        let n = table.players();
        let alone = (0..n).map(|i| table.value(Coalition::singleton(i)));
        let more = sum(alone) - table.value(Coalition::grand(n));
        Some(match table.sense() {
            Sense::Worth => more,
            Sense::Cost => -more,
        })
    }
}

/// The most players whose per-capita nucleolus is looked for.
const PER_CAPITA: usize = 16;
/// The most players whose structures, and whose ranges of payoffs, are looked for unasked.
const UNASKED: (usize, usize) = (22, 16);
