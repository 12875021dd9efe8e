//! What is claimed of each state's range of control.

use super::view::View;
use super::{Gains, max_or_nan};
use crate::certify::Claim;
use crate::contest::Contest;
use crate::finding::blocs::{BlocRange, BlocsFinding};
use crate::tolerance::Tolerances;
use crate::work::parallel;

/// What is claimed of each state's range of control.
pub(super) fn ranges(
    contest: &Contest,
    finding: &BlocsFinding,
    gains: Option<&Gains>,
    tolerances: &Tolerances,
) -> Vec<Claim> {
    let near = tolerances.certificate;
    let whole = finding.partitions.len() as u64 == finding.total;
    let ranges = &finding.ranges;
    let of = |state: usize| Ranged::new(contest, finding, gains, (state, &ranges[state]));
    let checked = parallel(ranges.len(), of);
    let worst = |of: fn(&Ranged) -> f64| checked.iter().map(of).fold(0.0, max_or_nan);
    let mut claims = vec![
        Claim::within(
            "blocs: ranges are attained where they are said to be",
            worst(|r| r.attained),
            near,
        ),
        Claim::within("blocs: no partition listed is outside a range", worst(|r| r.outside), near),
    ];
    if gains.is_some() {
        let less = worst(|r| r.less_stable);
        claims.push(Claim::within("blocs: the partitions there are as stable", less, near));
    }
    if whole {
        let wide = worst(|r| r.wide);
        claims.push(Claim::within("blocs: ranges are those of the partitions listed", wide, near));
    }
    claims
}

/// How far each claim of one state's range is from true.
struct Ranged {
    attained: f64,
    less_stable: f64,
    outside: f64,
    /// By how much the range differs from that of the partitions listed.
    wide: f64,
}

impl Ranged {
    fn new(
        contest: &Contest,
        finding: &BlocsFinding,
        gains: Option<&Gains>,
        (state, range): (usize, &BlocRange),
    ) -> Self {
        let [low, high] = range.control;
        let ends = [(low, &range.lowest), (high, &range.highest)];
        let (mut attained, mut less_stable) = (0.0, 0.0);
        for (claimed, partition) in ends {
            let view = View::new(contest, partition.blocs());
            attained = max_or_nan(attained, (view.control[state] - claimed).abs());
            let instability = gains.map_or(finding.instability, |g| g.get(partition.blocs()));
            let more = max_or_nan(instability - finding.instability, 0.0) / (1.0 + view.scale());
            less_stable = max_or_nan(less_stable, more);
        }
        let listed = || finding.partitions.iter().map(|found| found.control[state]);
        let least = listed().fold(f64::INFINITY, f64::min);
        let most = listed().fold(f64::NEG_INFINITY, f64::max);
        Self {
            attained,
            less_stable,
            outside: max_or_nan((low - least).max(0.0), (most - high).max(0.0)),
            wide: max_or_nan((least - low).abs(), (most - high).abs()),
        }
    }
}
