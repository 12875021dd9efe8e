//! The verdict over draws of parameters in doubt.
//!
//! **Method.** The lenses of control that ran are run again, and certified, at the parameters of
//! each draw. **Cost.** That of [`analyse`] for each.

use crate::analysis::{Analysis, Options, analyse};
use crate::error::Result;
use crate::parameters::Parameters;
use crate::verdict::Judgement;
use crate::work::{Work, parallel};

/// The verdicts that draws can have, in the order of reports.
pub const VERDICTS: [Judgement; 4] =
    [Judgement::Balanced, Judgement::Hegemonic, Judgement::Contested, Judgement::Undecided];

/// How often each verdict came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draws {
    /// By verdict, in the order of [`VERDICTS`].
    pub verdicts: [(Judgement, u32); 4],
}

/// The verdicts on the system of an analysis, made with these options, at each of these
/// parameters. `None` if the time was up, or no lens of control ran.
///
/// # Errors
/// As [`analyse`].
pub fn draws(
    analysis: &Analysis,
    drawn: &[Parameters],
    options: &Options,
    work: &Work,
) -> Result<Option<Draws>> {
    let Some(options) = options.for_verdicts(analysis) else { return Ok(None) };
    work.begin("draws", drawn.len() as u64);
    let found = parallel(drawn.len(), |k| {
        let quiet = work.unobserved();
        let found = analyse(analysis.system.clone(), drawn[k].clone(), &options, &quiet)?;
        work.advance(1);
        Ok(found.overall)
    });
    work.end();
    let found = found.into_iter().collect::<Result<Vec<Judgement>>>()?;
    if work.is_over() {
        return Ok(None);
    }
    let count = |kind| found.iter().filter(|verdict| **verdict == kind).count() as u32;
    Ok(Some(Draws { verdicts: VERDICTS.map(|kind| (kind, count(kind))) }))
}
