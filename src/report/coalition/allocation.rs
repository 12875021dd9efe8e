//! Where a given division stands, in the report.

use std::fmt;

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::form::Form;
use super::text::{listed, shown};
use super::{CoalitionReport, ExactPayoffs, ExactWeight, Number, Payoffs};
use crate::coalition::Coalition;
use crate::finding::cooperative::{Allocation, Bargaining, Counter, LeastCoreStanding};
use crate::report::Keyed;
use crate::report::format::Tidy;
use crate::report::text::{count, heading, paragraph};

/// How many objections the text lists.
const SHOWN: usize = 6;

/// Where a division that somebody proposes stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllocationReport {
    /// What each player gets; of costs, pays.
    pub payoffs: Payoffs,
    /// Whether it divides just what there is.
    pub efficient: bool,
    /// Whether nobody could do better alone.
    pub individually_rational: bool,
    /// Whether no coalition objects.
    pub in_core: bool,
    /// Whether none has a smaller largest excess; absent if that was not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_least_core: Option<bool>,
    /// Whether every objection is countered; absent if that was not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_bargaining_set: Option<bool>,
    /// Why it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bargaining_undecided: Option<String>,
    /// The largest excess of a coalition; absent of a single player.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub largest_excess: Option<Number>,
    /// The coalitions that could do better by themselves, the first 100 of them.
    pub objections: Vec<ObjectionReport>,
    /// How many there are.
    pub objections_total: u64,
    /// An objection of one player against another that is not countered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justified: Option<JustifiedReport>,
}

/// A coalition that could do better by itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectionReport {
    /// The coalition.
    pub coalition: Vec<String>,
    /// By how much.
    pub excess: Number,
}

/// An objection that is not countered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JustifiedReport {
    /// Who objects.
    pub player: String,
    /// Against whom.
    pub against: String,
    /// What each member of its coalition would get.
    pub payoffs: Payoffs,
}

/// The proof of where a division stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllocationCertificate {
    /// What each player gets, exactly.
    pub payoffs: ExactPayoffs,
    /// That no division has a smaller largest excess: a balanced collection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balanced: Option<Vec<ExactWeight>>,
    /// A division that has a smaller one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub better: Option<ExactPayoffs>,
    /// What counters each objection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counters: Option<Vec<CounterReport>>,
    /// What the objection that is not countered gives, exactly.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub justified: Option<ExactPayoffs>,
}

/// What counters every objection of a player against another through a coalition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CounterReport {
    /// Who objects.
    pub player: String,
    /// Against whom.
    pub against: String,
    /// Through which coalition.
    pub objecting: Vec<String>,
    /// The coalitions that counter, with their weights.
    pub weights: Vec<ExactWeight>,
}

impl Form<'_> {
    pub(super) fn allocation(&self, found: &Allocation) -> AllocationReport {
        let objection = |(s, excess): &(Coalition, RBig)| ObjectionReport {
            coalition: self.members(*s),
            excess: self.number(excess),
        };
        let (mut undecided, mut justified) = (None, None);
        let in_bargaining_set = match &found.bargaining {
            Bargaining::Core | Bargaining::Countered(_) => Some(true),
            Bargaining::NoImputation => Some(false),
            Bargaining::Justified(objection) => {
                let members = self.members(objection.coalition).into_iter();
                let payoffs = objection.payoffs.iter().map(|y| self.number(y));
                justified = Some(JustifiedReport {
                    player: self.names[objection.player].clone(),
                    against: self.names[objection.against].clone(),
                    payoffs: Keyed(members.zip(payoffs).collect()),
                });
                Some(false)
            }
            Bargaining::Undecided(why) => {
                undecided = Some(why.clone());
                None
            }
        };
        AllocationReport {
            payoffs: self.payoffs(&found.payoffs),
            efficient: found.efficient,
            individually_rational: found.individually_rational,
            in_core: found.in_core(),
            in_least_core: found.least_core.as_ref().map(|s| matches!(s, LeastCoreStanding::In(_))),
            in_bargaining_set,
            bargaining_undecided: undecided,
            largest_excess: found.largest.as_ref().map(|excess| self.number(excess)),
            objections: found.objections.iter().map(objection).collect(),
            objections_total: found.objections_total,
            justified,
        }
    }

    pub(super) fn allocation_proof(&self, found: &Allocation) -> AllocationCertificate {
        let counter = |counter: &Counter| CounterReport {
            player: self.names[counter.player].clone(),
            against: self.names[counter.against].clone(),
            objecting: self.members(counter.coalition),
            weights: self.weights(&counter.weights),
        };
        AllocationCertificate {
            payoffs: self.exactly(&found.payoffs),
            balanced: match &found.least_core {
                Some(LeastCoreStanding::In(balanced)) => Some(self.weights(balanced)),
                _ => None,
            },
            better: match &found.least_core {
                Some(LeastCoreStanding::Out(better)) => Some(self.exactly(better)),
                _ => None,
            },
            counters: match &found.bargaining {
                Bargaining::Countered(all) => Some(all.iter().map(counter).collect()),
                _ => None,
            },
            justified: match &found.bargaining {
                Bargaining::Justified(found) => {
                    let members = self.members(found.coalition).into_iter();
                    Some(Keyed(members.zip(found.payoffs.iter().map(RBig::to_string)).collect()))
                }
                _ => None,
            },
        }
    }
}

impl CoalitionReport {
    pub(super) fn write_allocation(&self, out: &mut String) -> fmt::Result {
        let Some(found) = &self.allocation else { return Ok(()) };
        let gist = if found.in_core { "in the core" } else { "not in the core" };
        heading(out, "ALLOCATION", gist)?;
        paragraph(out, &format!("The division {}.", listed(&found.payoffs)))?;
        if !found.efficient {
            paragraph(out, "It does not divide just what there is.")?;
        }
        let each = found.objections.iter().take(SHOWN);
        let each = each.map(|o| format!("{{{}}} {}", o.coalition.join(" "), shown(&o.excess)));
        let list = each.collect::<Vec<_>>().join(", ");
        let more = if found.objections_total > SHOWN as u64 { ", …" } else { "" };
        let words = match found.objections_total {
            0 => "No coalition could do better by itself.".into(),
            total => format!(
                "{} could do better by itself, by: {list}{more}.",
                count(total, "coalition").replace("coalitions", "coalitions, each of which")
            ),
        };
        paragraph(out, &words)?;
        match found.in_least_core {
            None => {}
            Some(true) => paragraph(
                out,
                "It is in the least core: no division has a smaller largest excess.",
            )?,
            Some(false) if !found.efficient => paragraph(out, "It is not in the least core.")?,
            Some(false) => paragraph(
                out,
                "It is not in the least core: another division has a smaller largest excess.",
            )?,
        }
        let words = match (found.in_bargaining_set, &found.justified) {
            (Some(true), _) if found.in_core => "It is in the bargaining set.".into(),
            (Some(true), _) => {
                "It is in the bargaining set: every objection of a player against another is \
                 countered."
                    .into()
            }
            (Some(false), Some(objection)) => format!(
                "It is not in the bargaining set: {} objects to {}, who has no counter-objection, \
                 with {}.",
                objection.player,
                objection.against,
                listed(&objection.payoffs)
            ),
            (Some(false), None) => "It is not in the bargaining set: it is no imputation.".into(),
            (None, _) => format!(
                "Whether it is in the bargaining set was not decided: {}.",
                found.bargaining_undecided.as_deref().unwrap_or_default()
            ),
        };
        paragraph(out, &words)
    }

    pub(super) fn allocation_rows(&self, rows: &mut Tidy<2>) {
        let Some(found) = &self.allocation else { return };
        for (player, payoff) in &found.payoffs.0 {
            rows.add(["allocation", player], payoff);
        }
        for (name, holds) in [
            ("efficient", Some(found.efficient)),
            ("individually rational", Some(found.individually_rational)),
            ("in core", Some(found.in_core)),
            ("in least core", found.in_least_core),
            ("in bargaining set", found.in_bargaining_set),
        ] {
            if let Some(holds) = holds {
                rows.add(["allocation", name], holds);
            }
        }
        if let Some(excess) = &found.largest_excess {
            rows.add(["allocation", "largest excess"], excess);
        }
        rows.add(["allocation", "objections"], found.objections_total);
        for objection in &found.objections {
            rows.add(["objection", &objection.coalition.join("+")], &objection.excess);
        }
        if let Some(objection) = &found.justified {
            let subject = format!("{} against {}", objection.player, objection.against);
            for (player, payoff) in &objection.payoffs.0 {
                rows.add([&format!("justified objection of {subject}"), player], payoff);
            }
        }
    }
}
