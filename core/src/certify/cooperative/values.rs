//! Values and power indices of a cooperative game, worked out again where that does not take too
//! long: coalition by coalition, or by a second count.

use std::cell::OnceCell;

use dashu_int::UBig;
use dashu_ratio::RBig;

use crate::certify::cooperative::counting::Weights;
use crate::certify::cooperative::dividends::Dividends;
use crate::certify::cooperative::indices::{coleman, indices, normalized, of_counts};
use crate::certify::cooperative::tau::tau;
use crate::finding::cooperative::{Coleman, Concept};
use crate::game::cooperative::{ExactTable, Game};

/// The most additions of a second count that is always made.
pub const ALWAYS_COUNTED: u64 = 1 << 32;

/// The values of one game.
pub struct Values<'a> {
    table: Option<&'a ExactTable>,
    counted: Option<Weights>,
    /// Whether minimal and critical coalitions take too long to count.
    swings_alone: bool,
    linear: OnceCell<[Vec<RBig>; 2]>,
    indices: OnceCell<Option<[Vec<RBig>; 3]>>,
}

impl<'a> Values<'a> {
    /// Of a game: from all its coalitions, where they are given, else by a count of at most so
    /// many steps.
    pub fn new(game: &Game, table: Option<&'a ExactTable>, steps: u64) -> Self {
        let counted = match table {
            Some(_) => None,
            None => Weights::of(game).filter(|counted| counted.swing_steps() <= steps),
        };
        let swings_alone = counted.as_ref().is_some_and(|counted| counted.steps() > steps);
        Self { table, counted, swings_alone, linear: OnceCell::new(), indices: OnceCell::new() }
    }

    /// The coalitions of a weighted game, where all of them are counted a second time.
    pub fn counted(&self) -> Option<&Weights> {
        self.counted.as_ref().filter(|_| !self.swings_alone)
    }

    /// What a concept gives each player, `None` inside if nothing; `None` if that takes too long
    /// or the concept gives no such numbers.
    pub fn of(&self, concept: Concept) -> Option<Option<Vec<RBig>>> {
        match concept {
            Concept::Shapley => self.linear().map(|[shapley, _]| Some(shapley.to_vec())),
            Concept::Banzhaf => self.linear().map(|[_, banzhaf]| Some(banzhaf.to_vec())),
            Concept::BanzhafNormalized => self.linear().map(|[_, banzhaf]| normalized(banzhaf)),
            Concept::DeeganPackel => self.index(0),
            Concept::Holler => self.index(1),
            Concept::Johnston => self.index(2),
            Concept::Tau => self.table.map(|table| tau(table).ok()),
            _ => None,
        }
    }

    /// Coleman's indices, if that does not take too long.
    pub fn coleman(&self) -> Option<Coleman> {
        if let Some(table) = self.table {
            return Some(coleman(table));
        }
        let counted = self.counted.as_ref()?.swings();
        let n = counted.banzhaf.len();
        let all = UBig::ONE << n;
        let swings = counted.banzhaf.iter().map(|banzhaf| {
            let swings = banzhaf * RBig::from(UBig::ONE << (n - 1));
            UBig::try_from(swings.numerator().clone()).unwrap_or_default()
        });
        Some(of_counts(n, &(&all - &counted.losing), &swings.collect::<Vec<_>>()))
    }

    fn linear(&self) -> Option<[&[RBig]; 2]> {
        if let Some(table) = self.table {
            let [shapley, banzhaf] = self.linear.get_or_init(|| {
                let dividends = Dividends::of(table);
                [dividends.shapley(), dividends.banzhaf()]
            });
            return Some([shapley, banzhaf]);
        }
        let swings = self.counted.as_ref()?.swings();
        Some([&swings.shapley, &swings.banzhaf])
    }

    fn index(&self, at: usize) -> Option<Option<Vec<RBig>>> {
        if let Some(table) = self.table {
            let all = self.indices.get_or_init(|| indices(table));
            return Some(all.as_ref().map(|all| all[at].clone()));
        }
        let counted = self.counted()?;
        Some(Some(match at {
            0 => counted.minimal().deegan_packel.clone(),
            1 => counted.minimal().holler.clone(),
            _ => counted.johnston(),
        }))
    }
}
