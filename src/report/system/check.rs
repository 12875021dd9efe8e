//! Re-verifies a report from the system in it alone. No linear programme is solved.

use super::lens::{LensReport, LensesReport};
use super::read::{self, Read, Reader};
use super::schema::*;
use crate::analysis::LeaderChoice;
use crate::certify::Claim;
use crate::contest::Contest;
use crate::error::{Error, Place, Result};
use crate::report::Verification;
use crate::system::System;
use crate::tolerance::Tolerances;
use crate::verdict::{Judgement, LensJudgement, Verdict};

/// What a report on a system starts from.
const GIVEN: &str = "what was read from files: the states, their shares and what is known of pairs, \
                     the system's name, year and measure, and the notes on them";

/// Examines every claim of `report`. `thorough` also repeats the enumerations that are
/// otherwise repeated only where they are short (all partitions, all profiles).
///
/// # Errors
/// If the report has another schema, or its states or parameters do not make a system:
/// then there is nothing to check its claims against.
pub fn check(report: &Report, thorough: bool) -> Result<Verification> {
    if report.schema != SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file(&report.system.name) },
            format!("expected \"{SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let system = read::system(&report.system)?;
    let mut checker = Checker {
        report,
        contest: contest(report, &system)?,
        system: &system,
        thorough,
        found: Verification::default(),
    };
    checker.system();
    checker.leaders();
    checker.partition();
    checker.found.given.push(GIVEN.into());
    Ok(checker.found)
}

/// The contest, unless no lens that ran needs one.
fn contest(report: &Report, system: &System) -> Result<Option<Contest>> {
    report.parameters.validate()?;
    let lenses = std::iter::once(&report.lenses).chain(report.leaders.iter().map(|l| &l.lenses));
    let contested = lenses.flat_map(LensesReport::each).any(|(lens, _)| lens.is_of_contest());
    if report.partition.is_none() && !contested {
        return Ok(None);
    }
    Contest::new(system, &report.parameters).map(Some)
}

/// A check under way.
pub(in crate::report) struct Checker<'a> {
    pub(super) report: &'a Report,
    pub(super) system: &'a System,
    /// The contest, where a lens needs it.
    pub(super) contest: Option<Contest>,
    /// Whether long enumerations are repeated too.
    pub(super) thorough: bool,
    pub(super) found: Verification,
}

impl<'a> Checker<'a> {
    pub(super) fn reader(&self) -> Reader<'a> {
        Reader { system: self.system }
    }

    pub(super) fn claim(&mut self, claim: Claim) {
        self.found.claims.push(claim);
    }

    pub(super) fn equal(&mut self, what: impl Into<String>, claimed: f64, found: f64) {
        let tolerance = Tolerances::DEFAULT.certificate;
        self.claim(Claim::within(what, (claimed - found).abs(), tolerance));
    }

    fn system(&mut self) {
        let states = &self.report.system.states;
        let total: f64 = states.iter().map(|state| state.share).sum();
        self.equal("system: the shares sum to 1", total, 1.0);
        for state in states {
            if let Some(exact) = &state.exact {
                let what = format!("system: {}'s share is {exact}", state.id);
                let agrees = read::exact_share(state).to_string() == *exact;
                self.claim(Claim::exact(what, agrees));
            }
        }
        let reader = self.reader();
        for pair in &self.report.system.pairs {
            let known = reader.state(&pair.state1).and(reader.state(&pair.state2));
            if let Err(problem) = known {
                self.claim(Claim::exact(format!("system: pairs: {problem}"), false));
            }
        }
    }

    /// The leading state's part, or each leading state's in turn.
    fn leaders(&mut self) {
        let report = self.report;
        if report.leaders.is_empty() {
            let overall = self.leader(&report.system.leader, &report.lenses, &report.verdict);
            self.overall(overall);
            return;
        }
        let named: Vec<String> = report.leaders.iter().map(|part| part.leader.clone()).collect();
        let strong = LeaderChoice::All.of(self.system);
        let expected: Vec<String> = strong.iter().map(|&i| self.system.id(i).into()).collect();
        self.claim(Claim::exact(
            "leaders: every state with a tenth of the power or more leads in turn",
            named == expected,
        ));
        let first = &report.leaders[0];
        let agrees = first.leader == report.system.leader
            && first.lenses == report.lenses
            && first.verdict.control == report.verdict.control
            && first.verdict.multiplier == report.verdict.multiplier
            && first.verdict.no_alliance_control == report.verdict.no_alliance_control
            && first.verdict.against_no_alliance == report.verdict.against_no_alliance
            && first.verdict.disagreeing == report.verdict.disagreeing;
        self.claim(Claim::exact("leaders: the first is the report's leading state", agrees));
        let mut overall = Vec::new();
        for part in &report.leaders {
            overall.extend(self.leader(&part.leader, &part.lenses, &part.verdict));
            let claimed = part.verdict.overall;
            let agrees = overall.last() == Some(&claimed);
            let what = format!("verdict: {claimed} where {} leads", part.leader);
            self.claim(Claim::exact(what, agrees));
        }
        self.overall(Some(Verdict::over_leaders(&overall)));
    }

    /// The partition that was asked about.
    fn partition(&mut self) {
        let report = self.report;
        match (&report.partition, &self.contest) {
            (Some(Outcome::Decided(given)), Some(contest)) => {
                let reader = self.reader();
                let claims = given.claims(report, &reader, contest);
                self.found.claims.extend(claims);
            }
            (Some(Outcome::Undecided(_)), _) => self.found.undecided = true,
            _ => (),
        }
    }

    fn overall(&mut self, found: Option<Judgement>) {
        let claimed = self.report.verdict.overall;
        let said = if claimed == Judgement::Unasked {
            "none, of no lens of control"
        } else {
            claimed.name()
        };
        self.claim(Claim::exact(format!("verdict: {said}"), found == Some(claimed)));
    }

    /// Checks one leading state's part and returns the verdict that follows from it.
    fn leader(
        &mut self,
        id: &str,
        lenses: &LensesReport,
        verdict: &VerdictReport,
    ) -> Option<Judgement> {
        let reader = self.reader();
        let leader = match reader.state(id) {
            Ok(leader) => leader,
            Err(problem) => {
                self.claim(Claim::exact(format!("leader: {problem}"), false));
                return None;
            }
        };
        let mut judgements = Vec::new();
        for (lens, found) in lenses.each() {
            let judged = found.ok().and_then(LensReport::judged);
            self.found.undecided |= found.is_err();
            if let (Ok(found), Some((control, claimed))) = (found, judged) {
                let judgement = found.judge(self, leader);
                self.claim(Claim::exact(format!("{lens}: {claimed}"), judgement == claimed));
                let control = Some(control);
                judgements.push(LensJudgement { lens: lens.name(), control, judgement });
            } else if lens.is_of_control() {
                let judgement = Judgement::Undecided;
                judgements.push(LensJudgement { lens: lens.name(), control: None, judgement });
            }
            if let Ok(found) = found {
                found.check(self, leader);
            }
        }
        Some(self.verdict(verdict, &judgements, leader))
    }

    /// Checks a finding if it could be read, else refutes it.
    pub(super) fn certified<T>(
        &mut self,
        lens: &str,
        read: Read<T>,
        check: impl FnOnce(&Contest, &T) -> Vec<Claim>,
    ) {
        match (read, &self.contest) {
            (Ok(found), Some(contest)) => {
                let claims = check(contest, &found);
                self.found.claims.extend(claims);
            }
            (Ok(_), None) => self.claim(Claim::exact(format!("{lens}: no contest"), false)),
            (Err(problem), _) => self.claim(Claim::exact(format!("{lens}: {problem}"), false)),
        }
    }

    /// The verdict that follows from the lenses' judgements.
    fn verdict(
        &mut self,
        report: &VerdictReport,
        judgements: &[LensJudgement],
        leader: usize,
    ) -> Judgement {
        let decisiveness = self.report.parameters.decisiveness;
        let alone = Verdict::no_alliance_control(self.system, decisiveness, leader);
        let found = Verdict::of(judgements, self.system.shares()[leader], alone);
        if let Some(claimed) = report.no_alliance_control {
            self.equal("verdict: the control if nobody allied", claimed, alone);
        }
        if let Some(claimed) = report.against_no_alliance {
            for (claimed, real) in claimed.into_iter().zip(found.against_no_alliance()) {
                let scale = real.abs().max(1.0);
                self.equal("verdict: control over that", claimed / scale, real / scale);
            }
        }
        if report.robustness.is_some() {
            let what =
                "verdict: its robustness: every verdict in it was certified when it was made";
            self.found.unexamined.push(what.into());
        }
        if let Some(draws) = &report.draws {
            let all = draws.verdicts.0.iter().map(|(_, count)| u64::from(*count)).sum::<u64>();
            self.claim(Claim::exact(
                "verdict: as many draws as verdicts",
                u64::from(draws.n) == all,
            ));
            let what = "verdict: over draws: every verdict in it was certified when it was made";
            self.found.unexamined.push(what.into());
        }
        for (end, name) in ["lowest", "highest"].into_iter().enumerate() {
            let what = |which: &str| format!("verdict: the {name} {which}");
            self.equal(what("control"), report.control[end], found.control[end]);
            let scale = found.multiplier[end].abs().max(1.0);
            let (claimed, real) = (report.multiplier[end], found.multiplier[end]);
            self.equal(what("multiplier"), claimed / scale, real / scale);
        }
        self.claim(Claim::exact(
            "verdict: the lenses that disagree",
            report.disagreeing == found.disagreeing,
        ));
        found.overall
    }
}
