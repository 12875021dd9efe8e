//! One row of a comparison, and what it takes from its report.

use serde::{Deserialize, Serialize};

use crate::parameters::{Driver, Parameters};
use crate::polarity::PolarityClass;
use crate::report::compare::change::{self, Change};
use crate::report::system::schema::is_empty;
use crate::report::{AlignmentReport, Keyed, LensRow, Outcome, Report, SecurityReport};
use crate::setting::Setting;
use crate::verdict::{Judgement, SecurityVerdict};

/// A case in one row. Of a lens that did not run, or was not decided, the numbers are absent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What the case is called.
    pub label: String,
    /// The cases that it is compared with for agreement.
    pub group: String,
    /// The year, where the data have one.
    pub year: Option<i32>,
    /// How power was measured.
    pub measure: String,
    /// The parameters of the model, as `name=value` with spaces between them.
    pub parameters: String,
    /// The class of polarity.
    pub class: Option<PolarityClass>,
    /// The leading state.
    pub leader: String,
    /// Its share of power.
    pub leader_share: f64,
    /// The effective number of poles.
    pub effective_poles: Option<f64>,
    /// The least-core value of the settlement game.
    pub price_of_peace: Option<f64>,
    /// The least instability of any partition into blocs.
    pub instability: Option<f64>,
    /// Whether that is 0.
    pub core_stable: Option<bool>,
    /// How many partitions attain it.
    pub partitions_total: Option<u64>,
    /// The first of them.
    pub blocs: Option<Vec<Vec<String>>>,
    /// The leading state's control by lens.
    pub control: LensRow,
    /// What the lens security says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<SecurityRow>,
    /// The mean weight of each role over the states that face the leading one, where tactics
    /// were named: in the equilibria with the least and with the most control of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<Keyed<[f64; 2]>>,
    /// Control over share.
    pub multiplier: [f64; 2],
    /// The verdict.
    pub verdict: Judgement,
    /// What changed from the row before.
    pub changes: Vec<Change>,
    /// The lenses that were left undecided, each with the reason.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub undecided: Keyed<String>,
}

/// What the lens security says of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SecurityRow {
    /// The state that the others face.
    pub feared: String,
    /// Its threat index.
    pub threat_index: f64,
    /// The range of the probability that its side prevails.
    pub prevails: [f64; 2],
    /// The lens's verdict.
    pub verdict: SecurityVerdict,
    /// The probability that it does not, where best replies end.
    pub stopping_odds: [f64; 2],
    /// The probability that they end where it is held.
    pub balancing_odds: f64,
    /// The size of the smallest group that would hold it while the others hide.
    pub balancing_number: Option<usize>,
    /// The forbearance above which all bandwagon in an equilibrium.
    pub order_from: Option<f64>,
    /// The largest forbearance at which a group balances in one.
    pub balance_to: Option<f64>,
}

impl SecurityRow {
    fn of(found: &SecurityReport) -> Self {
        Self {
            feared: found.target.clone(),
            threat_index: found.threat_index.get(&found.target).copied().unwrap_or(f64::NAN),
            prevails: found.prevails,
            verdict: found.verdict,
            stopping_odds: found.stopping_odds,
            balancing_odds: found.balancing_odds,
            balancing_number: found.balancing_number,
            order_from: found.trust.order_from,
            balance_to: found.trust.balance_to,
        }
    }
}

/// The rows of labelled, grouped reports.
pub(super) fn rows(reports: &[(String, String, Report)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(reports.len());
    for (label, group, report) in reports {
        let mut row = Row::of(label, group, report);
        row.changes = rows.last().map_or_else(Vec::new, |before| change::between(before, &row));
        rows.push(row);
    }
    rows
}

impl Row {
    /// The row of a report, without what changed.
    pub(super) fn of(label: &str, group: &str, report: &Report) -> Self {
        let (system, lenses) = (&report.system, &report.lenses);
        let leader = system.states.iter().find(|state| state.id == system.leader);
        let settlement = decided(&lenses.settlement);
        let blocs = decided(&lenses.blocs);
        Self {
            label: label.to_owned(),
            group: group.to_owned(),
            year: system.year,
            measure: system.measure.clone(),
            parameters: parameters(&report.parameters),
            class: lenses.polarity.as_ref().map(|found| found.class),
            leader: system.leader.clone(),
            leader_share: leader.map_or(f64::NAN, |state| state.share),
            effective_poles: lenses.polarity.as_ref().map(|found| found.effective_poles),
            price_of_peace: settlement.map(|found| found.price_of_peace),
            instability: blocs.map(|found| found.instability),
            core_stable: blocs.map(|found| found.core_stable),
            partitions_total: blocs.map(|found| found.partitions_total),
            blocs: blocs.and_then(|found| Some(found.partitions.first()?.blocs.clone())),
            control: LensRow::of(lenses),
            security: decided(&lenses.security).map(SecurityRow::of),
            roles: decided(&lenses.alignment).and_then(mean_roles),
            multiplier: report.verdict.multiplier,
            verdict: report.verdict.overall,
            changes: Vec::new(),
            undecided: Keyed(report.undecided()),
        }
    }

    /// Whether a lens is undecided.
    pub fn is_undecided(&self) -> bool {
        self.verdict == Judgement::Undecided || !self.undecided.0.is_empty()
    }
}

/// The mean weight of each role at both ends of the alignment lens's interval.
fn mean_roles(found: &AlignmentReport) -> Option<Keyed<[f64; 2]>> {
    let ends = [&found.certificate.lowest, &found.certificate.highest];
    let mut means: Vec<(String, [f64; 2])> = Vec::new();
    for (end, roles) in ends.into_iter().enumerate().map(|(k, end)| (k, end.roles.as_ref())) {
        // In the order of names, so that sums do not depend on that of the keys.
        let facing = || {
            let all = roles.into_iter().flat_map(|r| &r.0).filter(|(id, _)| *id != found.leader);
            let mut all: Vec<_> = all.collect();
            crate::order::sort_by(&mut all, |a, b| a.0.cmp(&b.0));
            all
        };
        let states = facing().len().max(1) as f64;
        for (role, weight) in facing().into_iter().flat_map(|(_, roles)| &roles.0) {
            let at = means.iter().position(|(known, _)| known == role).unwrap_or_else(|| {
                means.push((role.clone(), [0.0; 2]));
                means.len() - 1
            });
            means[at].1[end] += weight / states;
        }
    }
    (!means.is_empty()).then_some(Keyed(means))
}

fn decided<T>(outcome: &Option<Outcome<T>>) -> Option<&T> {
    outcome.as_ref()?.decided()
}

/// The parameters in one line; those of threats only where threats matter.
fn parameters(parameters: &Parameters) -> String {
    let threat = parameters.driver == Driver::Threat;
    // Those of the lens security where they are not the usual ones.
    let usual = Parameters::default();
    let told = |setting: &Setting| match setting {
        Setting::ThreatWeight | Setting::DistanceScale => threat,
        Setting::Forbearance
        | Setting::Retribution
        | Setting::CommitmentCost
        | Setting::LatentHostility => setting.of(parameters) != setting.of(&usual),
        _ => true,
    };
    let mut text: Vec<String> = Setting::ALL
        .into_iter()
        .filter(told)
        .map(|setting| format!("{setting}={}", setting.of(parameters)))
        .collect();
    text.push(format!("driver={}", if threat { "threat" } else { "power" }));
    text.join(" ")
}
