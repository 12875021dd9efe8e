//! Re-verifies the security lens of a report.

use super::read::finding;
use super::{SecurityReport, TargetBy};
use crate::certify::{self, Claim};
use crate::parameters::Parameters;
use crate::system::System;
use crate::threat::Threat;
use crate::tolerance::Tolerances;
use crate::verdict::SecurityVerdict;

/// The claims of the lens where `leader` leads, and what was not examined of them.
pub(in crate::report) fn claims(
    system: &System,
    parameters: &Parameters,
    report: &SecurityReport,
    leader: usize,
    thorough: bool,
) -> (Vec<Claim>, Vec<String>) {
    let found = match finding(system, report) {
        Ok(found) => found,
        Err(problem) => {
            return (vec![Claim::exact(format!("security: {problem}"), false)], Vec::new());
        }
    };
    let tolerance = Tolerances::DEFAULT.certificate;
    let mut claims = vec![target(system, parameters, report, found.target, leader)];
    let share = system.shares()[found.target];
    let what = "security: the target's share";
    claims.push(Claim::within(what, (report.target_share - share).abs(), tolerance));
    let mut others = (0..system.len()).filter(|&i| i != found.target);
    let told = |i: usize| report.threat.get(system.id(i)).copied();
    let same = others.all(|i| told(i) == Some(found.threat.matrix[[i, found.target]]));
    claims.push(Claim::exact(
        "security: the threats to each state are the target's column",
        same && report.threat.0.len() + 1 == system.len(),
    ));
    let same = report.parameters == parameters.security;
    claims.push(Claim::exact("security: the parameters are the report's", same));
    // With some equilibria left out it may be one of these in which somebody bandwagons.
    let listed = found.total == found.equilibria.len() as u64;
    let verdict = !listed || SecurityVerdict::of(&found) == report.verdict;
    claims.push(Claim::exact(format!("security: {}", report.verdict), verdict));
    let fluid = report.fluid == (found.total == 0);
    claims.push(Claim::exact(format!("security: fluid is {}", report.fluid), fluid));
    let complete_to = if thorough { certify::security::ALL } else { certify::security::USUALLY };
    let (more, unexamined) = certify::security::check(system, parameters, &found, complete_to);
    claims.extend(more);
    (claims, unexamined)
}

/// Whether the target is the state that it is said to be.
fn target(
    system: &System,
    parameters: &Parameters,
    report: &SecurityReport,
    target: usize,
    leader: usize,
) -> Claim {
    let id = &report.target;
    match report.target_by {
        TargetBy::Name => Claim::exact(format!("security: {id} is a state"), true),
        TargetBy::Leader => {
            Claim::exact(format!("security: {id} is the leading state"), target == leader)
        }
        TargetBy::Threat => {
            let feared = Threat::of(system, parameters).most_feared;
            Claim::exact(format!("security: {id} is feared most"), target == feared)
        }
    }
}
