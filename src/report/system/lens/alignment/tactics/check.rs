//! Re-verifies what tactics add to a report.

use crate::certify::{self, Claim};
use crate::contest::Contest;
use crate::finding::alignment::Closing;
use crate::game::{AlignmentGame, Posture};
use crate::parameters::Parameters;
use crate::report::*;
use crate::system::System;
use crate::tolerance::Tolerances;
use crate::verdict::Judgement;

use super::read::{AlignmentReader, horizon};

/// The claims that are not the finding's own: roles, the judgement on chains, the window.
pub(in crate::report::system) fn claims(
    system: &System,
    parameters: &Parameters,
    report: &AlignmentReport,
) -> Vec<Claim> {
    let mut claims = Vec::new();
    if report.tactics.is_some() || any_roles(report) {
        claims.push(Claim::within(
            "alignment: each state's roles have the weights stated",
            roles(report),
            Tolerances::DEFAULT.certificate,
        ));
    }
    if let Some(chains) = &report.chains {
        let found = chains.control.map(|c| Judgement::of_interval(c, parameters.threshold));
        let named = found.map_or("no verdict", Judgement::name);
        let full = |list: &[EquilibriumReport], total: u64| {
            is_full(list.len(), total, chains.max_listed, LISTED[1])
        };
        claims.push(Claim::exact("chains: all equilibria are listed, or as many as may be", {
            full(&chains.gained, chains.gained_total) && full(&chains.lost, chains.lost_total)
        }));
        let what = format!("chains: {named}");
        claims.push(Claim::exact(what, chains.verdict == found));
    }
    if let Some(Outcome::Decided(found)) = &report.window {
        match window(system, parameters, report, found) {
            Ok(more) => claims.extend(more),
            Err(problem) => claims.push(Claim::exact(format!("window: {problem}"), false)),
        }
    }
    claims
}

/// A distribution, and the roles told of it.
type Told<'a> = (Vec<(&'a Keyed<Posture>, f64)>, &'a Option<RolesReport>);

/// All distributions of the report.
fn told(report: &AlignmentReport) -> Vec<Told<'_>> {
    fn of_pure(e: &EquilibriumReport) -> Told<'_> {
        (vec![(&e.actions, 1.0)], &e.roles)
    }
    fn of_bound(b: &CorrelatedReport) -> Told<'_> {
        (b.distribution.iter().map(|p| (&p.actions, p.probability)).collect(), &b.roles)
    }
    let chains = report.chains.iter();
    let pure = report.pure_nash.iter();
    let pure = pure.chain(chains.clone().flat_map(|c| c.gained.iter().chain(&c.lost)));
    let window = report.window.iter().filter_map(Outcome::decided);
    let proofs = std::iter::once(&report.certificate)
        .chain(chains.filter_map(|c| c.certificate.as_ref()))
        .chain(window.flat_map(|w| [&w.now.certificate, &w.later.certificate]));
    let bounds = proofs.flat_map(|proofs| [&proofs.lowest, &proofs.highest]);
    pure.map(of_pure).chain(bounds.map(of_bound)).collect()
}

fn any_roles(report: &AlignmentReport) -> bool {
    told(report).iter().any(|(_, roles)| roles.is_some())
}

/// How far the roles reported are from those that the distributions give; infinitely far where
/// some distributions have roles and others have none.
fn roles(report: &AlignmentReport) -> f64 {
    let off = told(report).into_iter().map(|(distribution, roles)| match roles {
        Some(roles) if report.tactics.is_some() => off(&distribution, roles),
        _ => f64::INFINITY,
    });
    off.fold(0.0, |a, b| if b.is_nan() || b > a { b } else { a })
}

fn off(distribution: &[(&Keyed<Posture>, f64)], roles: &RolesReport) -> f64 {
    let Some((first, _)) = distribution.first() else { return f64::INFINITY };
    let named = |keyed: &Keyed<Keyed<f64>>| keyed.0.iter().map(|(id, _)| id.clone()).collect();
    let players: Vec<String> = first.0.iter().map(|(id, _)| id.clone()).collect();
    let (named, mut off): (Vec<String>, f64) = (named(roles), 0.0);
    if named != players {
        return f64::INFINITY;
    }
    for (id, weights) in &roles.0 {
        let known: Vec<&str> = weights.0.iter().map(|(role, _)| role.as_str()).collect();
        for posture in Posture::ALL.into_iter().chain(Posture::OF_LEADER) {
            let playing = distribution.iter().filter(|(a, _)| a.get(id) == Some(&posture));
            let expected = playing.fold(0.0, |sum, (_, p)| sum + p);
            let stated = weights.get(posture.role()).copied().unwrap_or(0.0);
            let difference = (stated - expected).abs();
            off = if difference.is_nan() { f64::INFINITY } else { off.max(difference) };
        }
        let all = || Posture::ALL.into_iter().chain(Posture::OF_LEADER);
        let twice = known.iter().enumerate().any(|(k, role)| known[..k].contains(role));
        if twice || !known.iter().all(|role| all().any(|posture| posture.role() == *role)) {
            return f64::INFINITY;
        }
    }
    off
}

fn window(
    system: &System,
    parameters: &Parameters,
    report: &AlignmentReport,
    found: &WindowReport,
) -> std::result::Result<Vec<Claim>, String> {
    let reader = AlignmentReader::new(system, report)?;
    let (leader, tactics) = (reader.leader(), certify::alignment::unrestrained(reader.tactics()));
    let reader = reader.unrestrained();
    let later = horizon(system, found)?;
    let free = Parameters { war_cost: 0.0, ..parameters.clone() };
    let mut claims = Vec::new();
    let total: f64 = found.states.iter().map(|state| state.share).sum();
    let tolerance = Tolerances::DEFAULT.certificate;
    claims.push(Claim::within(
        "window: the shares at the horizon sum to 1",
        (total - 1.0).abs(),
        tolerance,
    ));
    let mut texts = found.states.iter().zip(later.exact_shares());
    let agree = texts.all(|(s, exact)| s.exact.as_ref().is_none_or(|t| *t == exact.to_string()));
    claims.push(Claim::exact("window: the fractions are the shares", agree));
    for (what, system, range) in
        [("window, now", system, &found.now), ("window, later", &later, &found.later)]
    {
        let contest = Contest::new(system, &free).map_err(|error| error.to_string())?;
        let game = AlignmentGame::with_tactics(&contest, leader, tactics);
        let ends = reader.ends(range.control, &range.certificate)?;
        claims.extend(certify::alignment::check_range(what, &game, &ends));
    }
    // Waiting leaves of the control now what it does not cost.
    let left = |end: usize| found.now.control[end] * (1.0 - found.waiting_costs[end]);
    let off = [0, 1].map(|end| (left(end) - found.later.control[end]).abs());
    let off = off.into_iter().fold(0.0, |a, b| if b.is_nan() || b > a { b } else { a });
    claims.push(Claim::within("window: what waiting costs", off, tolerance));
    let dearer = found.waiting_costs.iter().filter(|&&cost| cost > parameters.war_cost).count();
    let agrees = match found.closing {
        Closing::Open => dearer == 0,
        Closing::Depends => dearer == 1,
        Closing::Closing => dearer == 2,
    };
    claims.push(Claim::exact(format!("window: {}", found.closing), agrees));
    Ok(claims)
}
