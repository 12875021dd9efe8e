//! Re-verifies a report from the system in it alone. No linear programme is solved.

use crate::analysis::{LeaderChoice, Lens};
use crate::certify::{self, Claim};
use crate::contest::Contest;
use crate::error::{Error, Place, Result};
use crate::polarity;
use crate::report::read::{self, Read, Reader};
use crate::report::*;
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
    let of_polarity_alone = |lenses: &LensesReport| {
        lenses.settlement.is_none() && lenses.blocs.is_none() && lenses.alignment.is_none()
    };
    let lenses = std::iter::once(&report.lenses).chain(report.leaders.iter().map(|l| &l.lenses));
    if report.partition.is_none() && lenses.into_iter().all(of_polarity_alone) {
        return Ok(None);
    }
    Contest::new(system, &report.parameters).map(Some)
}

struct Checker<'a> {
    report: &'a Report,
    system: &'a System,
    contest: Option<Contest>,
    thorough: bool,
    found: Verification,
}

impl Checker<'_> {
    fn claim(&mut self, claim: Claim) {
        self.found.claims.push(claim);
    }

    fn equal(&mut self, what: impl Into<String>, claimed: f64, found: f64) {
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
        let reader = Reader { system: self.system };
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
                let reader = Reader { system: self.system };
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
        let reader = Reader { system: self.system };
        let leader = match reader.state(id) {
            Ok(leader) => leader,
            Err(problem) => {
                self.claim(Claim::exact(format!("leader: {problem}"), false));
                return None;
            }
        };
        let mut judgements = Vec::new();
        if let Some(polarity) = &lenses.polarity {
            judgements.push(self.polarity(polarity, leader));
        }
        if let Some(outcome) = &lenses.settlement {
            judgements.push(self.lens(Lens::Settlement, outcome, |s| (s.control, s.verdict)));
            if let Some(report) = outcome.decided() {
                let read = reader.settlement(report, leader);
                self.certified("settlement", read, |contest, found| {
                    certify::settlement::check(contest, found)
                });
            }
        }
        if let Some(outcome) = &lenses.blocs {
            judgements.push(self.lens(Lens::Blocs, outcome, |b| (b.control, b.verdict)));
            if let Some(report) = outcome.decided() {
                self.blocs(report, leader);
            }
        }
        if let Some(outcome) = &lenses.alignment {
            judgements.push(self.lens(Lens::Alignment, outcome, |a| (a.control, a.verdict)));
            if let Some(report) = outcome.decided() {
                self.alignment(report, id);
            }
        }
        if let Some(outcome) = &lenses.security {
            match outcome.decided() {
                Some(report) => {
                    let (claims, unexamined) = security::claims(
                        self.system,
                        &self.report.parameters,
                        report,
                        leader,
                        self.thorough,
                    );
                    self.found.claims.extend(claims);
                    self.found.unexamined.extend(unexamined);
                }
                None => self.found.undecided = true,
            }
        }
        Some(self.verdict(verdict, &judgements, leader))
    }

    /// A lens's judgement of its own interval.
    fn lens<T>(
        &mut self,
        lens: Lens,
        outcome: &Outcome<T>,
        claimed: impl Fn(&T) -> ([f64; 2], Judgement),
    ) -> LensJudgement {
        let name = lens.name();
        let Some(report) = outcome.decided() else {
            self.found.undecided = true;
            return LensJudgement { lens: name, control: None, judgement: Judgement::Undecided };
        };
        let (control, verdict) = claimed(report);
        let judgement = Judgement::of_interval(control, self.report.parameters.threshold);
        self.claim(Claim::exact(format!("{name}: {verdict}"), judgement == verdict));
        LensJudgement { lens: name, control: Some(control), judgement }
    }

    fn polarity(&mut self, report: &PolarityReport, leader: usize) -> LensJudgement {
        let found = polarity::measure(self.system);
        self.claim(Claim::exact(
            format!("polarity: {}", report.class),
            report.class == found.class,
        ));
        self.equal("polarity: the HHI", report.hhi, found.hhi);
        self.equal("polarity: the effective poles", report.effective_poles, found.effective_poles);
        self.equal("polarity: the concentration", report.concentration, found.concentration);
        let share = self.system.shares()[leader];
        let off = report.control.iter().map(|c| (c - share).abs()).fold(0.0, f64::max);
        let tolerance = Tolerances::DEFAULT.certificate;
        self.claim(Claim::within(
            "polarity: the control is the leading state's share",
            if report.control.iter().any(|c| c.is_nan()) { f64::NAN } else { off },
            tolerance,
        ));
        let judgement = Judgement::of_share(self.system, leader, self.report.parameters.threshold);
        let what = format!("polarity: {}", report.verdict);
        self.claim(Claim::exact(what, report.verdict == judgement));
        LensJudgement { lens: "polarity", control: Some([share; 2]), judgement }
    }

    fn blocs(&mut self, report: &BlocsReport, leader: usize) {
        let read = Reader { system: self.system }.blocs(report);
        let consistent = report.core_stable == (report.instability <= 0.0);
        self.claim(Claim::exact(
            format!("blocs: core_stable is {}", report.core_stable),
            consistent,
        ));
        let listed = report.partitions.len();
        self.claim(Claim::exact(
            "blocs: all partitions are listed, or as many as may be",
            is_full(listed, report.partitions_total, report.max_listed, LISTED[0]),
        ));
        let named = report.ranges.get(self.system.id(leader)).map(|range| range.control);
        self.claim(Claim::exact(
            "blocs: the control is the leading state's range",
            named == Some(report.control),
        ));
        match (read, &self.contest) {
            (Ok(found), Some(contest)) => {
                let examined = certify::partitions::blocs::examine(contest, &found, self.thorough);
                self.found.claims.extend(examined.claims);
                self.found.unexamined.extend(examined.open);
            }
            (Ok(_), None) => self.claim(Claim::exact("blocs: no contest", false)),
            (Err(problem), _) => self.claim(Claim::exact(format!("blocs: {problem}"), false)),
        }
    }

    fn alignment(&mut self, report: &AlignmentReport, leader: &str) {
        let reader = tactics::AlignmentReader::new(self.system, report);
        let read = reader.and_then(|reader| reader.finding(report));
        self.claim(Claim::exact(
            format!("alignment: the others face {}", report.leader),
            report.leader == leader,
        ));
        if let (Ok(found), Some(contest)) = (&read, &self.contest) {
            let (claims, unexamined) = certify::alignment::selection::check(contest, found);
            self.found.claims.extend(claims);
            self.found.unexamined.extend(unexamined);
        }
        self.certified("alignment", read, certify::alignment::check);
        let listed = report.pure_nash.len();
        self.claim(Claim::exact(
            "alignment: all equilibria are listed, or as many as may be",
            is_full(listed, report.pure_nash_total, report.max_listed, LISTED[1]),
        ));
        let more = tactics::claims(self.system, &self.report.parameters, report);
        self.found.claims.extend(more);
        self.found.undecided |= matches!(report.window, Some(Outcome::Undecided(_)));
    }

    /// Checks a finding if it could be read, else refutes it.
    fn certified<T>(
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
