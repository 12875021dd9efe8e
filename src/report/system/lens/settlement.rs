//! The settlement lens in a report: the least core and the nucleolus, with their proofs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{About, LensReport, Rows};
use crate::analysis::Lens;
use crate::certify;
use crate::coalition::Coalition;
use crate::contest::status_quo_ceiling;
use crate::finding::settlement::{
    LeastCoreBound, LeastCoreRange, Level, Settlement, SettlementFinding, Weights,
};
use crate::parameters::Parameters;
use crate::report::system::build::{Writer, undecided};
use crate::report::system::check::Checker;
use crate::report::system::read::{Read, Reader};
use crate::report::system::schema::is_empty;
use crate::report::text::{heading, paragraph, percent};
use crate::report::{Keyed, Outcome};
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;

/// The settlement lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlementReport {
    /// The least-core value.
    pub price_of_peace: f64,
    /// The price of peace of the present distribution of power.
    pub status_quo_price: f64,
    /// The coalition that has most reason to fight it.
    pub status_quo_claimant: Vec<String>,
    /// The nucleolus.
    pub nucleolus: Keyed<f64>,
    /// The leading state's payoff over the least core.
    pub control: [f64; 2],
    /// The lens's judgement.
    pub verdict: Judgement,
    /// The proofs.
    pub certificate: SettlementCertificate,
}

/// A coalition's weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightReport {
    /// The coalition.
    pub coalition: Vec<String>,
    /// Its weight.
    pub weight: f64,
}

/// The proofs of the settlement lens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlementCertificate {
    /// A balanced collection whose claims add up to `1 + price · Σ weights`.
    pub weights: Vec<WeightReport>,
    /// The nucleolus, level by level.
    pub nucleolus: Vec<LevelReport>,
    /// The lower end of the interval.
    pub lowest: LeastCoreReport,
    /// The upper end of the interval.
    pub highest: LeastCoreReport,
}

/// One level of the nucleolus's proof.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LevelReport {
    /// The excess of these coalitions.
    pub excess: f64,
    /// The coalitions that this level settles.
    pub weights: Vec<WeightReport>,
    /// States held at what they can get alone, with the weights of that.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub floors: Keyed<f64>,
}

/// A bound on the leading state's payoff over the least core.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeastCoreReport {
    /// Attains it.
    pub allocation: Keyed<f64>,
    /// Prove it.
    pub weights: Vec<WeightReport>,
    /// The weight of `x(N) = 1`.
    pub total: f64,
}

/// What the lens found of a leading state, if it ran.
pub(super) fn report(about: &About<'_>) -> Option<Outcome<SettlementReport>> {
    let verdict = about.judgement(Lens::Settlement);
    Some(match about.analysis.settlement.as_ref()? {
        Settlement::Decided(found) => {
            Outcome::Decided(about.writer.settlement(found, about.position, verdict))
        }
        Settlement::Undecided { why } => undecided(why, None),
    })
}

impl Writer<'_> {
    fn weights(&self, weights: &Weights) -> Vec<WeightReport> {
        let one = |&(coalition, weight): &(Coalition, f64)| WeightReport {
            coalition: self.system.ids(coalition),
            weight,
        };
        weights.iter().map(one).collect()
    }

    fn settlement(
        &self,
        found: &SettlementFinding,
        position: usize,
        verdict: Judgement,
    ) -> SettlementReport {
        let range = &found.ranges[position];
        let bound = |bound: &LeastCoreBound| LeastCoreReport {
            allocation: self.by_state(&bound.allocation),
            weights: self.weights(&bound.weights),
            total: bound.total,
        };
        let level = |level: &Level| LevelReport {
            excess: level.excess,
            weights: self.weights(&level.weights),
            floors: Keyed(level.floors.iter().map(|&(i, weight)| (self.id(i), weight)).collect()),
        };
        SettlementReport {
            price_of_peace: found.price_of_peace,
            status_quo_price: found.status_quo_price,
            status_quo_claimant: self.system.ids(found.claimant),
            nucleolus: self.by_state(&found.nucleolus),
            control: range.control,
            verdict,
            certificate: SettlementCertificate {
                weights: self.weights(&found.weights),
                nucleolus: found.levels.iter().map(level).collect(),
                lowest: bound(&range.lowest),
                highest: bound(&range.highest),
            },
        }
    }
}

impl Reader<'_> {
    fn weights(&self, weights: &[WeightReport]) -> Read<Weights> {
        weights.iter().map(|w| Ok((self.coalition(&w.coalition)?, w.weight))).collect()
    }

    fn settlement(&self, report: &SettlementReport, leader: usize) -> Read<SettlementFinding> {
        let bound = |bound: &LeastCoreReport| -> Read<LeastCoreBound> {
            Ok(LeastCoreBound {
                allocation: self.by_state(&bound.allocation)?,
                weights: self.weights(&bound.weights)?,
                total: bound.total,
            })
        };
        let certificate = &report.certificate;
        let level = |level: &LevelReport| -> Read<Level> {
            let floors = level.floors.0.iter().map(|(id, weight)| Ok((self.state(id)?, *weight)));
            Ok(Level {
                excess: level.excess,
                weights: self.weights(&level.weights)?,
                floors: floors.collect::<Read<_>>()?,
            })
        };
        Ok(SettlementFinding {
            price_of_peace: report.price_of_peace,
            weights: self.weights(&certificate.weights)?,
            status_quo_price: report.status_quo_price,
            claimant: self.coalition(&report.status_quo_claimant)?,
            nucleolus: self.by_state(&report.nucleolus)?,
            levels: certificate.nucleolus.iter().map(level).collect::<Read<_>>()?,
            ranges: vec![LeastCoreRange {
                leader,
                control: report.control,
                lowest: bound(&certificate.lowest)?,
                highest: bound(&certificate.highest)?,
            }],
        })
    }
}

impl LensReport for SettlementReport {
    fn judged(&self) -> Option<([f64; 2], Judgement)> {
        Some((self.control, self.verdict))
    }

    fn check(&self, checker: &mut Checker<'_>, leader: usize) {
        let read = checker.reader().settlement(self, leader);
        checker.certified("settlement", read, certify::settlement::check);
    }

    fn text(&self, out: &mut String, _: &str, parameters: &Parameters) -> fmt::Result {
        let price = percent(self.price_of_peace);
        heading(out, "SETTLEMENT", &format!("price of peace {price}"))?;
        let ceiling = status_quo_ceiling(parameters.decisiveness);
        let most = match ceiling > 0.0 {
            true => format!("; no distribution needs more than {}", percent(ceiling)),
            false => String::new(),
        };
        paragraph(
            out,
            &format!(
                "Some division of control leaves no coalition a reason to fight all others if war \
                 destroys {price} of what is fought for, none does if it destroys less. The present \
                 shares of power need {} ({} would fight{most}).",
                percent(self.status_quo_price),
                self.status_quo_claimant.join(" "),
            ),
        )?;
        let war_cost = parameters.war_cost;
        if war_cost > 0.0 {
            // Prices are known to this: where cost and price are the same to it, there is peace.
            let suffices = |price: f64| war_cost >= price - Tolerances::DEFAULT.verdict;
            let there_is = if suffices(self.price_of_peace) { "a" } else { "no" };
            let is = if suffices(self.status_quo_price) { "is" } else { "is not" };
            let cost = percent(war_cost);
            paragraph(
                out,
                &format!(
                    "At a war cost of {cost} there is {there_is} peaceful settlement, and the present \
                     distribution {is} one."
                ),
            )?;
        }
        let shares = self.nucleolus.0.iter().map(|(id, share)| format!("{id} {}", percent(*share)));
        let shares = shares.collect::<Vec<_>>().join(", ");
        paragraph(out, &format!("The settlement (nucleolus): {shares}."))
    }

    fn table(&self, rows: &mut Rows<'_>) {
        rows.add("price_of_peace", "", self.price_of_peace);
        let claimant = self.status_quo_claimant.join("+");
        rows.add("status_quo_price", &claimant, self.status_quo_price);
        for (id, share) in &self.nucleolus.0 {
            rows.add("nucleolus", id, share);
        }
    }
}
