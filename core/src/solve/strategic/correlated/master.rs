//! The programme over the profiles known so far.

use std::collections::HashSet;

use super::Masters;
use super::by_backend::ByBackend;
use super::real::Wide;
use super::simplex::{Breakdown, Simplex};
use crate::error::Result;
use crate::game::strategic::Incentives;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// Rounds for which a column that does not matter is kept.
const IDLE: u32 = 4;
/// The cap to begin with, what it is raised by, and how high.
const CAP: f64 = 100.0;
const RAISE: f64 = 100.0;
const HIGHEST_CAP: f64 = 1e10;

/// A profile as a column: its objective, and its gains by the incentives that it meets.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) number: u64,
    pub(super) cost: f64,
    pub(super) gains: Vec<(usize, f64)>,
    /// For how many rounds it has not mattered.
    idle: u32,
}

impl Column {
    pub(super) fn new(number: u64, cost: f64, gains: Vec<(usize, f64)>) -> Self {
        Self { number, cost, gains, idle: 0 }
    }

    /// What it is worth at these prices.
    fn price(&self, prices: &Prices) -> f64 {
        self.cost + self.gains.iter().map(|&(k, gain)| prices.weights[k] * gain).sum::<f64>()
    }

    /// Notes whether it matters at these prices: whether it is worth no more than `t`.
    fn note(&mut self, prices: &Prices) {
        self.idle = if self.price(prices) > prices.value + 1e-7 { self.idle + 1 } else { 0 };
    }
}

/// A solution of the dual: a weight for each incentive, and the value `t`.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) weights: Vec<f64>,
    pub(super) value: f64,
    /// Whether higher weights were kept out by the cap.
    pub(super) capped: bool,
}

impl Prices {
    /// Those before any profile is known: every profile is below them.
    pub(super) fn none(incentives: usize) -> Self {
        Self { weights: vec![0.0; incentives], value: f64::INFINITY, capped: false }
    }

    pub(super) fn total(&self) -> f64 {
        self.weights.iter().sum()
    }
}

/// The columns, and who solves the programme over them.
pub(super) struct Master {
    columns: Vec<Column>,
    known: HashSet<u64>,
    forgotten: HashSet<u64>,
    slack: f64,
    cap: f64,
    incentives: usize,
    masters: Masters,
    simplex: Option<Scaled>,
}

/// The simplex, with each incentive's gains divided by a power of two near the largest.
struct Scaled {
    engine: Engine,
    /// By row, the right side.
    right: Vec<f64>,
    /// By incentive, its row and what its gains are multiplied by.
    rows: Vec<Option<(usize, f64)>>,
    /// By row, the incentive.
    incentives: Vec<usize>,
    tolerances: Tolerances,
}

/// The simplex in floats, or where these do not tell enough in pairs of them.
enum Engine {
    Floats(Simplex<f64>),
    Pairs(Simplex<Wide>),
}

/// The same of whichever simplex there is.
macro_rules! of_either {
    ($engine:expr, $simplex:ident => $of:expr) => {
        match $engine {
            Engine::Floats($simplex) => $of,
            Engine::Pairs($simplex) => $of,
        }
    };
}

impl Master {
    /// The programme without columns. `largest` has the largest gain expected, of either sign,
    /// by each incentive: it decides how numbers are scaled, no more.
    pub(super) fn new(
        incentives: &Incentives,
        largest: &[f64],
        masters: Masters,
        tolerances: &Tolerances,
    ) -> Self {
        let scaled = || Scaled::new(incentives, largest, tolerances);
        Self {
            columns: Vec::new(),
            known: HashSet::new(),
            forgotten: HashSet::new(),
            slack: tolerances.gain,
            cap: CAP,
            incentives: incentives.len(),
            masters,
            simplex: if let Masters::Simplex(_) = masters { scaled() } else { None },
        }
    }

    pub(super) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(super) fn knows(&self, number: u64) -> bool {
        self.known.contains(&number)
    }

    /// Adds a column, unless its profile is one.
    pub(super) fn add(&mut self, column: Column) {
        if !self.known.insert(column.number) {
            return;
        }
        if let Some(scaled) = &mut self.simplex {
            scaled.add(&column);
        }
        self.columns.push(column);
    }

    /// The prices at the optimum; `None` if the time was up first. Columns that have not mattered for a while are dropped, to
    /// keep the master small; one that comes back stays, so that nothing goes round in circles.
    pub(super) fn prices(&mut self, work: &Work) -> Result<Option<Prices>> {
        let Some(prices) = self.solve(work)? else { return Ok(None) };
        for column in &mut self.columns {
            column.note(&prices);
        }
        let (known, forgotten) = (&mut self.known, &mut self.forgotten);
        let simplex = self.simplex.as_ref();
        let mut keep = Vec::with_capacity(self.columns.len());
        for (k, column) in self.columns.iter().enumerate() {
            let stays = column.idle < IDLE
                || simplex.is_some_and(|scaled| of_either!(&scaled.engine, s => s.is_basic(k)))
                || !forgotten.insert(column.number)
                || !known.remove(&column.number);
            keep.push(stays);
        }
        if keep.contains(&false) {
            let mut stays = keep.iter();
            self.columns.retain(|_| stays.next().is_none_or(|&stays| stays));
            if let Some(scaled) = &mut self.simplex {
                of_either!(&mut scaled.engine, simplex => simplex.retain(&keep));
            }
        }
        Ok(Some(prices))
    }

    fn solve(&mut self, work: &Work) -> Result<Option<Prices>> {
        while let Some(scaled) = &mut self.simplex {
            match of_either!(&mut scaled.engine, simplex => simplex.minimise(work)) {
                Ok(()) => return Ok(Some(scaled.prices(self.incentives))),
                Err(Breakdown) if work.is_over() => return Ok(None),
                Err(Breakdown) => self.simplex = self.widened(),
            }
        }
        self.by_backend().prices(self.masters.backend()).map(Some)
    }

    /// The simplex in pairs of floats, with the columns that there are, in place of the one in
    /// floats; `None` where it is in pairs already.
    fn widened(&self) -> Option<Scaled> {
        let Scaled { engine, right, rows, incentives, tolerances } = self.simplex.as_ref()?;
        if let Engine::Pairs(_) = engine {
            return None;
        }
        let mut wide = Scaled {
            engine: Engine::Pairs(Simplex::new(right.clone(), self.cap, tolerances)?),
            right: right.clone(),
            rows: rows.clone(),
            incentives: incentives.clone(),
            tolerances: *tolerances,
        };
        self.columns.iter().for_each(|column| wide.add(column));
        Some(wide)
    }

    /// The columns of probability above zero, and the probabilities, at the optimum that the
    /// last prices are those of.
    pub(super) fn distribution(&mut self, work: &Work) -> Result<Vec<(usize, f64)>> {
        while let Some(scaled) = &mut self.simplex {
            let refined = of_either!(&mut scaled.engine, simplex => simplex.refine(work));
            if refined.is_ok() || work.is_over() {
                let found: Vec<_> = of_either!(&scaled.engine, simplex => simplex.solution());
                let total: f64 = found.iter().map(|&(_, p)| p).sum();
                return Ok(found.into_iter().map(|(k, p)| (k, p / total)).collect());
            }
            self.simplex = self.widened();
        }
        if work.is_over() {
            return Ok(Vec::new());
        }
        self.by_backend().distribution(self.masters.backend())
    }

    fn by_backend(&self) -> ByBackend<'_> {
        ByBackend::new(&self.columns, self.incentives, self.slack, self.cap)
    }

    /// Raises the cap; `false` where it is as high as it goes.
    pub(super) fn raise_cap(&mut self) -> bool {
        let raises = self.cap < HIGHEST_CAP;
        if raises {
            self.cap *= RAISE;
            if let Some(scaled) = &mut self.simplex {
                of_either!(&mut scaled.engine, simplex => simplex.set_cap(self.cap));
            }
        }
        raises
    }

    /// Leaves the rest to a solver that knows more digits, or else to the backend; `false` where
    /// that is how it is already.
    pub(super) fn leave_to_another(&mut self) -> bool {
        let wide = self.widened();
        std::mem::replace(&mut self.simplex, wide).is_some()
    }
}

impl Scaled {
    fn new(incentives: &Incentives, largest: &[f64], tolerances: &Tolerances) -> Option<Self> {
        let meant: Vec<usize> = (0..incentives.len()).filter(|&k| incentives.means(k)).collect();
        // A power of two: nothing is rounded by it.
        let factor = |k: usize| {
            let exponent = if largest[k] > 0.0 { largest[k].log2().round() } else { 0.0 };
            (-exponent.clamp(-300.0, 300.0)).exp2()
        };
        let factors: Vec<f64> = meant.iter().map(|&k| factor(k)).collect();
        let right: Vec<f64> = factors.iter().map(|factor| tolerances.gain * factor).collect();
        let engine = Engine::Floats(Simplex::new(right.clone(), CAP, tolerances)?);
        let mut rows = vec![None; incentives.len()];
        for (row, (&k, factor)) in meant.iter().zip(factors).enumerate() {
            rows[k] = Some((row, factor));
        }
        Some(Self { engine, right, rows, incentives: meant, tolerances: *tolerances })
    }

    fn add(&mut self, column: &Column) {
        let entry = |&(number, gain): &(usize, f64)| {
            let (row, factor) = self.rows[number]?;
            (gain != 0.0).then_some((row, gain * factor))
        };
        let entries = column.gains.iter().filter_map(entry).collect();
        of_either!(&mut self.engine, simplex => simplex.add(column.cost, entries));
    }

    fn prices(&self, incentives: usize) -> Prices {
        let mut weights = vec![0.0; incentives];
        let (found, value, penalty) = of_either!(&self.engine, simplex => {
            (simplex.weights(), simplex.value(), simplex.penalty())
        });
        for (&number, weight) in self.incentives.iter().zip(found) {
            weights[number] = self.rows[number].map_or(0.0, |(_, factor)| weight * factor);
        }
        Prices { weights, value, capped: penalty > self.tolerances.separation }
    }
}
