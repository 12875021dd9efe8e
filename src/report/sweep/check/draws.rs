//! Re-verifies verdicts over draws of estimated parameters: that there are as many as draws at every
//! place, and, where the lenses of control are polarity and blocs and states are few, the verdict of
//! each draw once more, from the draws' own values and an enumeration of all partitions.

use super::{Worst, verdict};
use crate::analysis::{LeaderChoice, Lens};
use crate::certify::{self, Claim};
use crate::contest::Contest;
use crate::parameters::Parameters;
use crate::report::sweep::{PointReport, SweepReport, VERDICTS};
use crate::report::{Keyed, Verification};
use crate::setting::Setting;
use crate::sweep::Task;
use crate::verdict::Judgement;

/// Examines what the report says of draws; `left` coalitions may be tried.
pub(super) fn draws(report: &SweepReport, task: &Task, left: u64, found: &mut Verification) {
    let Some(of) = &report.settings.draws else {
        let none = report.points.iter().all(|point| point.draws.is_none());
        if !none {
            found.exact("draws: of no estimate", false);
        }
        return;
    };
    let parameters = &report.settings.parameters;
    let named = of.drawn().all(|term| {
        Setting::from_name(&term.term).is_none_or(|setting| {
            let swept = report.settings.coordinates.iter();
            let swept = swept.map(|c| c.name.replace('_', "-")).any(|name| name == term.term);
            !swept && (setting.of(parameters) - term.estimate).abs() <= 1e-12 * term.estimate.abs()
        })
    });
    let values: Option<Vec<Vec<f64>>> =
        (0..of.n).map(|number| certify::sampling::draw(of, number)).collect();
    found.exact("draws: of estimates that the parameters have, with their doubt", {
        named && of.n > 0 && of.drawn().next().is_some() && values.is_some()
    });
    let whole = |point: &PointReport| {
        point.draws.as_ref().is_some_and(|Keyed(told)| {
            told.len() == VERDICTS.len()
                && VERDICTS.iter().enumerate().all(|(k, _)| point.drawn(k).is_some())
                && told.iter().map(|(_, n)| u64::from(*n)).sum::<u64>() == u64::from(of.n)
        })
    };
    found.exact("draws: at every place as many as verdicts", report.points.iter().all(whole));
    let values = values.unwrap_or_default();
    let drawn: Vec<Parameters> = values
        .iter()
        .map(|values| {
            of.drawn().zip(values).fold(parameters.clone(), |found, (term, &value)| {
                Setting::from_name(&term.term).map_or(found.clone(), |s| s.at(value, &found))
            })
        })
        .collect();
    match again(report, task, &drawn, left) {
        Some(claim) => found.claims.push(claim),
        None => found.skip(
            "draws: every verdict in them was certified when it was made, without keeping the \
             evidence",
        ),
    }
}

/// The verdicts at all places, each made again; `None` where that takes a linear programme, or long.
fn again(report: &SweepReport, task: &Task, drawn: &[Parameters], mut left: u64) -> Option<Claim> {
    let control = || task.lenses().iter().filter(|lens| Lens::OF_CONTROL.contains(lens));
    let plain = control().all(|lens| matches!(lens, Lens::Polarity | Lens::Blocs));
    if !plain || task.options.leader == LeaderChoice::All {
        return None;
    }
    let blocs = task.lenses().contains(&Lens::Blocs);
    let mut worst = Worst::default();
    for point in report.points.iter().filter(|point| super::is_on(task, point.at)) {
        let mut counts = VERDICTS.map(|_| 0);
        for parameters in drawn {
            let Ok(Some((system, parameters))) = task.plane.case(point.at, task.grid, parameters)
            else {
                continue;
            };
            let leader = task.options.leader.of(&system)[0];
            let mut own = point.clone();
            if blocs {
                let contest = Contest::new(&system, &parameters).ok()?;
                let all = certify::partitions::blocs::enumerate(&contest, &mut left)?;
                own.control.set(Lens::Blocs, all.ranges[leader]);
            }
            let by_share = Judgement::of_share(&system, leader, parameters.threshold);
            let found = verdict(&own, task, by_share, parameters.threshold);
            (0..VERDICTS.len()).filter(|k| VERDICTS[*k] == found).for_each(|k| counts[k] += 1);
        }
        worst.exact((0..VERDICTS.len()).all(|k| point.drawn(k) == Some(counts[k])));
    }
    Some(worst.claim("draws: the verdict of every draw at every place, made again", 0.0))
}
