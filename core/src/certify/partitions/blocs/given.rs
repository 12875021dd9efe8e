//! Re-checks what was found of one partition that somebody asked about.

use std::collections::HashMap;

use super::view::{Move, View};
use super::{Checked, Gains, floored, max_or_nan};
use crate::certify::Claim;
use crate::contest::Contest;
use crate::finding::blocs::{Deviation, GivenPartition};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// The claims of it, every coalition and every move of one state tried again; `None` if the time is
/// up first. O(2^n · n²).
pub fn check_given(contest: &Contest, given: &GivenPartition, work: &Work) -> Option<Vec<Claim>> {
    let tolerances = Tolerances::DEFAULT;
    let found = &given.partition;
    let blocs = found.partition.blocs();
    let view = View::new(contest, blocs);
    let ([_, most, _], _) = view.most_gained(f64::INFINITY, work);
    if work.is_over() {
        return None;
    }
    let gains = Gains(HashMap::from([(blocs.to_vec(), floored(most, &tolerances))]));
    let checked = Checked::new(contest, found, Some(&gains));
    let near = tolerances.certificate;
    let leaves = found.instability > 0.0;
    let [sure, possible] = view.moves(tolerances.gain);
    let is = |one: &Move, other: &Deviation| (one.state, one.joined) == (other.state, other.joined);
    let said = |one: &Move| given.deviations.iter().any(|other| is(one, other));
    let (mut off, mut agrees) = (0.0, sure.iter().all(said));
    for deviation in &given.deviations {
        let Some(found) = possible.iter().find(|one| is(one, deviation)) else {
            agrees = false;
            continue;
        };
        let scale = 1.0 + view.scale();
        off = max_or_nan(off, (found.gain - deviation.gain).abs() / scale);
        // Where rounding decides who is harmed either may be said.
        let surely = sure.iter().find(|one| is(one, deviation)).unwrap_or(found);
        agrees &= if deviation.welcome { found.welcome } else { !surely.welcome };
        agrees &= if deviation.released { found.released } else { !surely.released };
    }
    let distinct = given.deviations.iter().enumerate().all(|(at, one)| {
        let same = |other: &Deviation| (one.state, one.joined) == (other.state, other.joined);
        !given.deviations[..at].iter().any(same)
    });
    Some(vec![
        Claim::within("partition: control under it", checked.control, near),
        Claim::within("partition: no coalition gains more than claimed", checked.more, near),
        Claim::within("partition: the coalition named gains what is claimed", checked.less, near),
        Claim::exact("partition: who would leave is named", found.blocking.is_some() == leaves),
        Claim::exact("partition: Nash stability", checked.nash),
        Claim::exact("partition: individual stability", checked.individual),
        Claim::exact("partition: contractual stability", checked.contractual),
        Claim::within("partition: the war cost that deters", checked.threshold, near),
        Claim::exact("partition: the moves of single states", agrees && distinct),
        Claim::within("partition: what they gain by them", off, near),
    ])
}
