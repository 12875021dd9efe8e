//! The main job: a system looked at through the lenses, and the verdict on it.

use crate::analysis::{Horizon, LeaderChoice, Lens, Options};
use crate::certify;
use crate::coalition::Partition;
use crate::contest::Contest;
use crate::error::{Error, ErrorKind, Result};
use crate::finding::blocs::Given;
use crate::finding::security::Security;
use crate::game::AlignmentGame;
use crate::parameters::Parameters;
use crate::polarity::{self, PolarityFinding};
use crate::solve::alignment::window::{self, Window};
use crate::solve::alignment::{self, Alignment};
use crate::solve::partitions::blocs::{self, Blocs};
use crate::solve::security;
use crate::solve::settlement::{self, Settlement};
use crate::system::System;
use crate::threat::{TargetChoice, Threat};
use crate::tolerance::Tolerances;
use crate::verdict::{Judgement, LensJudgement, Verdict};
use crate::work::Work;

/// What the lenses say of one leading state.
#[derive(Debug, Clone)]
pub struct LeaderAnalysis {
    /// The leading state.
    pub leader: usize,
    /// The alignment lens, in which it faces the others.
    pub alignment: Option<Alignment>,
    /// The security lens, in which the others face the one they fear.
    pub security: Option<Security>,
    /// Whether its window is closing, where there is a horizon and the lens was asked for.
    pub window: Option<Window>,
    /// What each lens says, in their order.
    pub judgements: Vec<LensJudgement>,
    /// The verdict.
    pub verdict: Verdict,
}

/// A system looked at through the lenses.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// The system.
    pub system: System,
    /// The parameters of the model.
    pub parameters: Parameters,
    /// The polarity lens, if it was asked for.
    pub polarity: Option<PolarityFinding>,
    /// The settlement lens, if it was asked for.
    pub settlement: Option<Settlement>,
    /// The blocs lens, if it was asked for.
    pub blocs: Option<Blocs>,
    /// What there is to say of the partition that was asked about.
    pub given: Option<Given>,
    /// The horizon, if there is one.
    pub horizon: Option<Horizon>,
    /// Whom the others face in the lens security.
    pub target: TargetChoice,
    /// Each leading state's part, at least one.
    pub leaders: Vec<LeaderAnalysis>,
    /// The verdict on the system.
    pub overall: Judgement,
    /// Lenses that were left out because the system is too large for them, and why.
    pub left_out: Vec<(Lens, String)>,
}

/// Looks at `system` through the lenses and certifies what they find.
///
/// A lens on which an LP backend fails, or whose finding does not pass its own check, is
/// undecided for that reason; the others are answered all the same.
///
/// # Errors
/// If a parameter is out of range, or a lens that was asked for does not take so many states.
pub fn analyse(
    system: System,
    parameters: Parameters,
    options: &Options,
    work: &Work,
) -> Result<Analysis> {
    parameters.validate()?;
    let (lenses, left_out) = options.choose_lenses(&system, work);
    let leaders = options.leader.of(&system);
    let wants = |lens| lenses.contains(&lens);
    let contest = match options.given.is_some() || lenses.iter().any(|l| l.is_of_contest()) {
        true => Some(Contest::new(&system, &parameters)?),
        false => None,
    };
    let through = |lens| contest.as_ref().filter(|_| wants(lens));

    let settlement = through(Lens::Settlement).map(|contest| {
        let found = settlement::solve(contest, &leaders, options.backend, work);
        certified(
            found,
            |found| certify_settlement(contest, found),
            |why| Settlement::Undecided { why },
        )
    });
    let blocs = through(Lens::Blocs).map(|contest| {
        let found = blocs::solve(contest, &options.blocs, work);
        let undecided = |why| Blocs::Undecided { best: None, why };
        certify_blocs(contest, found, undecided, work)
    });
    let given = contest.as_ref().zip(options.given.as_ref());
    let given = given.map(|(contest, partition)| judged(contest, partition, work)).transpose()?;
    let alignment = |&leader: &usize| {
        let lens = through(Lens::Alignment).map(|contest| {
            let options = alignment::Options { backend: options.backend, ..options.alignment };
            let found = alignment::solve(contest, leader, &options, work);
            certified(
                found,
                |found| certify_alignment(contest, found),
                |why| Alignment::Undecided { why },
            )
        });
        lens.transpose()
    };
    let (settlement, blocs) = (settlement.transpose()?, blocs.transpose()?);
    let alignments = leaders.iter().map(alignment).collect::<Result<Vec<_>>>()?;
    let securities = match wants(Lens::Security) {
        true => look_for_security(&system, &parameters, &leaders, options, work)?,
        false => vec![None; leaders.len()],
    };
    let windows = match (&options.horizon, wants(Lens::Alignment)) {
        (Some(horizon), true) => windows(&system, &parameters, horizon, &leaders, options, work)?,
        _ => vec![None; leaders.len()],
    };

    let mut analysis = Analysis {
        polarity: wants(Lens::Polarity).then(|| polarity::measure(&system)),
        settlement,
        blocs,
        given,
        horizon: options.horizon.clone(),
        target: options.target_of_all(),
        leaders: Vec::new(),
        overall: Judgement::Undecided,
        left_out,
        parameters,
        system,
    };
    let parts = leaders.into_iter().zip(alignments).zip(securities.into_iter().zip(windows));
    for (position, ((leader, alignment), (security, window))) in parts.enumerate() {
        let judgements = analysis.judge(leader, position, alignment.as_ref());
        let decisiveness = analysis.parameters.decisiveness;
        let alone = Verdict::no_alliance_control(&analysis.system, decisiveness, leader);
        let verdict = Verdict::of(&judgements, analysis.system.shares()[leader], alone);
        let part = LeaderAnalysis { leader, alignment, security, window, judgements, verdict };
        analysis.leaders.push(part);
    }
    analysis.overall = match (&options.leader, analysis.leaders.as_slice()) {
        (LeaderChoice::All, leaders) => {
            Verdict::over_leaders(&leaders.iter().map(|l| l.verdict.overall).collect::<Vec<_>>())
        }
        (_, leaders) => leaders[0].verdict.overall,
    };
    Ok(analysis)
}

impl Analysis {
    /// What each lens says of one leading state.
    fn judge(
        &self,
        leader: usize,
        position: usize,
        alignment: Option<&Alignment>,
    ) -> Vec<LensJudgement> {
        let threshold = self.parameters.threshold;
        let judge = |lens: Lens| {
            let control = self.control(lens, leader, position, alignment)?;
            let judgement = match (lens, control) {
                (_, None) => Judgement::Undecided,
                (Lens::Polarity, _) => Judgement::of_share(&self.system, leader, threshold),
                (_, Some(control)) => Judgement::of_interval(control, threshold),
            };
            Some(LensJudgement { lens: lens.name(), control, judgement })
        };
        Lens::OF_CONTROL.into_iter().filter_map(judge).collect()
    }

    /// The interval of one leading state's control through a lens of control that ran; `Some(None)`
    /// where it was not decided.
    fn control(
        &self,
        lens: Lens,
        leader: usize,
        position: usize,
        alignment: Option<&Alignment>,
    ) -> Option<Option<[f64; 2]>> {
        match lens {
            Lens::Polarity => {
                self.polarity.as_ref().map(|_| Some([self.system.shares()[leader]; 2]))
            }
            Lens::Settlement => self.settlement.as_ref().map(|found| match found {
                Settlement::Decided(found) => Some(found.ranges[position].control),
                Settlement::Undecided { .. } => None,
            }),
            Lens::Blocs => self.blocs.as_ref().map(|found| match found {
                Blocs::Decided(found) => Some(found.ranges[leader].control),
                Blocs::Undecided { .. } => None,
            }),
            Lens::Alignment => alignment.map(|found| match found {
                Alignment::Decided(found) => Some(found.control),
                Alignment::Undecided { .. } => None,
            }),
            Lens::Security => None,
        }
    }

    /// Whether a lens, a window or the verdict is undecided.
    pub fn is_undecided(&self) -> bool {
        let open = |j: &LensJudgement| j.judgement == Judgement::Undecided;
        let halted = |a: &Alignment| match a {
            Alignment::Decided(found) => found.selection.as_ref().is_some_and(|selection| {
                selection.equilibria.is_stopped() || selection.logit.is_stopped()
            }),
            Alignment::Undecided { .. } => true,
        };
        let ajar = |w: &Window| matches!(w, Window::Undecided { .. });
        let undecided = |leader: &LeaderAnalysis| {
            leader.judgements.iter().any(open)
                || leader.alignment.as_ref().is_some_and(halted)
                || leader.window.as_ref().is_some_and(ajar)
                || matches!(leader.security, Some(Security::Undecided { .. }))
        };
        self.leaders.iter().any(undecided) || matches!(self.given, Some(Given::Undecided { .. }))
    }
}

/// The security lens for each leading state, certified. It has one target, unless each leader is
/// one in turn.
fn look_for_security(
    system: &System,
    parameters: &Parameters,
    leaders: &[usize],
    options: &Options,
    work: &Work,
) -> Result<Vec<Option<Security>>> {
    let threat = Threat::of(system, parameters);
    let look = |&leader: &usize| {
        let target = options.target_of_all().of(&threat, leader);
        let solved = security::solve(system, parameters, &threat, target, options.seed, work);
        let check = |found: &Security| {
            let Security::Decided(found) = found else { return Ok(()) };
            let complete_to = certify::security::AT_ONCE;
            let (claims, _) = certify::security::check(system, parameters, found, complete_to);
            certify::accept("security", &claims)
        };
        let mut found = certified(solved, check, |why| Security::Undecided { why })?;
        if let Security::Decided(found) = &mut found {
            found.equilibria.truncate(options.alignment.max_equilibria);
        }
        Ok(Some(found))
    };
    leaders.iter().map(look).collect()
}

/// Each leading state's window, certified: contests now and at the horizon without a war cost,
/// which what waiting costs is set against.
fn windows(
    system: &System,
    parameters: &Parameters,
    horizon: &Horizon,
    leaders: &[usize],
    options: &Options,
    work: &Work,
) -> Result<Vec<Option<Window>>> {
    let ids = |system: &System| system.states().iter().map(|s| s.id.clone()).collect::<Vec<_>>();
    if ids(system) != ids(&horizon.system) {
        return Err(Error::system(
            "the horizon is of other states",
            "give the same states in the same order",
        ));
    }
    let free = Parameters { war_cost: 0.0, ..parameters.clone() };
    let (now, later) = (Contest::new(system, &free)?, Contest::new(&horizon.system, &free)?);
    let asked = alignment::Options { backend: options.backend, ..options.alignment };
    let certify_window = |leader: usize, found: &Window| {
        let Window::Decided(found) = found else { return Ok(()) };
        let tactics = window::unrestrained(asked.tactics);
        for (contest, ends) in [(&now, &found.now), (&later, &found.later)] {
            let game = AlignmentGame::with_tactics(contest, leader, tactics);
            let claims = certify::alignment::check_range("window", &game, ends);
            certify::accept("window", &claims)?;
        }
        Ok(())
    };
    let window = |&leader: &usize| {
        let found = window::solve(&now, &later, leader, parameters.war_cost, &asked, work);
        let undecided = |why| Window::Undecided { why };
        certified(found, |found| certify_window(leader, found), undecided).map(Some)
    };
    leaders.iter().map(window).collect()
}

/// A lens's finding that passed its own check; one that did not, or that a backend failed on, is
/// undecided, for this reason.
fn certified<T>(
    found: Result<T>,
    check: impl FnOnce(&T) -> Result<()>,
    undecided: impl FnOnce(String) -> T,
) -> Result<T> {
    match found.and_then(|found| check(&found).map(|()| found)) {
        Err(error) => error.into_reason().map(undecided),
        found => found,
    }
}

fn certify_settlement(contest: &Contest, found: &Settlement) -> Result<()> {
    let Settlement::Decided(found) = found else { return Ok(()) };
    certify::accept("settlement", &certify::settlement::check(contest, found))
}

fn certify_blocs(
    contest: &Contest,
    found: Result<Blocs>,
    undecided: impl Fn(String) -> Blocs,
    work: &Work,
) -> Result<Blocs> {
    let claims = match &found {
        Ok(Blocs::Decided(found)) => {
            certify::partitions::blocs::check_within(contest, found, false, work)
        }
        _ => Some(Vec::new()),
    };
    match claims {
        None => Ok(undecided("the time was up before what was found had been certified".into())),
        Some(claims) => certified(found, |_| certify::accept("blocs", &claims), undecided),
    }
}

/// A partition that was asked about, examined and certified.
fn judged(contest: &Contest, partition: &Partition, work: &Work) -> Result<Given> {
    let undecided = |why| Given::Undecided { why };
    let check = |found: &Given| {
        let Given::Decided(found) = found else { return Ok(()) };
        match certify::partitions::blocs::check_given(contest, found, work) {
            Some(claims) => certify::accept("partition", &claims),
            None => Err(ErrorKind::TimeUp.into()),
        }
    };
    let tolerances = Tolerances::DEFAULT;
    certified(Ok(blocs::judge(contest, partition, &tolerances, work)), check, undecided)
}

fn certify_alignment(contest: &Contest, found: &Alignment) -> Result<()> {
    let Alignment::Decided(found) = found else { return Ok(()) };
    certify::accept("alignment", &certify::alignment::check(contest, found))?;
    certify::accept("alignment", &certify::alignment::selection::check(contest, found).0)
}
