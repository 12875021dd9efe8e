//! Does the verdict hold in other settings, and by other measures of power?
//!
//! **Method.** The lenses of control that ran are run again, and certified, over a grid of
//! decisiveness by dominance, and at the parameters given on the system by each other measure.
//!
//! **Cost.** That of [`analyse`] for each: within a second for 8 states.

use crate::analysis::{Analysis, Lens, Options, analyse};
use crate::error::Result;
use crate::parameters::Parameters;
use crate::system::System;
use crate::verdict::Judgement;
use crate::work::{Work, parallel};

/// The values of decisiveness in the grid.
pub const DECISIVENESS: [f64; 5] = [1.25, 1.5, 2.0, 3.0, 4.0];
/// The values of dominance in the grid.
pub const DOMINANCE: [f64; 5] = [1.0, 1.25, 1.5, 2.0, 2.5];

/// Whether a verdict holds in other settings and by other measures.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// How many settings there are.
    pub settings: usize,
    /// In how many the verdict is the same.
    pub agree: usize,
    /// The verdict by each other measure.
    pub measures: Vec<(String, Judgement)>,
}

impl Options {
    /// The same for the verdict alone, through the lenses of control that ran in an analysis; `None`
    /// if none did.
    pub(super) fn for_verdicts(&self, analysis: &Analysis) -> Option<Self> {
        let ran = |lens: &Lens| {
            let mut judged = analysis.leaders.iter().flat_map(|leader| &leader.judgements);
            judged.any(|judged| judged.lens == lens.name())
        };
        let lenses: Vec<Lens> = Lens::OF_CONTROL.into_iter().filter(ran).collect();
        let some = !lenses.is_empty();
        let mut options = Self { lenses: Some(lenses), horizon: None, ..self.clone() };
        options.blocs.max_partitions = 1;
        options.alignment.max_equilibria = 1;
        options.alignment.selection = None;
        some.then_some(options)
    }
}

/// The robustness of an analysis that was made with these options; `measures` are the same states
/// by other measures of power. `None` if the time was up, or no lens of control ran.
///
/// # Errors
/// As [`analyse`].
pub fn robustness(
    analysis: &Analysis,
    measures: &[(String, System)],
    options: &Options,
    work: &Work,
) -> Result<Option<Robustness>> {
    let Some(options) = options.for_verdicts(analysis) else { return Ok(None) };
    let verdict = |system: &System, parameters: Parameters| -> Result<Judgement> {
        let found = analyse(system.clone(), parameters, &options, &work.unobserved())?;
        Ok(found.overall)
    };
    let grid: Vec<Parameters> = DECISIVENESS
        .into_iter()
        .flat_map(|decisiveness| DOMINANCE.map(|dominance| (decisiveness, dominance)))
        .map(|(decisiveness, dominance)| Parameters {
            decisiveness,
            dominance,
            ..analysis.parameters.clone()
        })
        .collect();
    work.begin("robustness", (grid.len() + measures.len()) as u64);
    let of_settings = parallel(grid.len(), |k| {
        let found = verdict(&analysis.system, grid[k].clone());
        work.advance(1);
        found
    });
    let of_measures = parallel(measures.len(), |k| {
        let (name, system) = &measures[k];
        let found = verdict(system, analysis.parameters.clone());
        work.advance(1);
        found.map(|verdict| (name.clone(), verdict))
    });
    work.end();
    let of_settings = of_settings.into_iter().collect::<Result<Vec<_>>>()?;
    let measures = of_measures.into_iter().collect::<Result<Vec<_>>>()?;
    if work.is_over() {
        return Ok(None);
    }
    let agree = of_settings.iter().filter(|verdict| **verdict == analysis.overall).count();
    Ok(Some(Robustness { settings: of_settings.len(), agree, measures }))
}
