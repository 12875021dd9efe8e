//! What is kept of the analysis of one place, and by what cells are divided.

use serde::{Deserialize, Serialize};

use crate::analysis::{Analysis, Lens, VERDICTS};
use crate::error::{Error, Result};
use crate::finding::blocs::Blocs;
use crate::finding::security::Security;
use crate::finding::settlement::Settlement;
use crate::polarity::{self, PolarityClass};
use crate::verdict::{Judgement, SecurityVerdict};

/// The outcome at a place. Of a lens that did not run, or was not decided, the numbers are
/// absent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The leading state: the strongest, the first of several, unless another was chosen.
    pub leader: usize,
    /// Its share of power.
    pub leader_share: f64,
    /// The class of polarity.
    pub class: PolarityClass,
    /// The effective number of poles.
    pub effective_poles: f64,
    /// The least-core value of the settlement game.
    pub price_of_peace: Option<f64>,
    /// The least instability of any partition into blocs.
    pub instability: Option<f64>,
    /// The leading state's control through each lens, in the order of [`Lens::OF_CONTROL`].
    pub control: [Option<[f64; 2]>; Lens::OF_CONTROL.len()],
    /// What the security lens says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub security: Option<SecurityOutcome>,
    /// The verdict.
    pub verdict: Judgement,
    /// How many draws of estimated parameters have each verdict, in the order of [`VERDICTS`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draws: Option<[u32; 4]>,
}

/// What is kept of the security lens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct SecurityOutcome {
    /// The state that the others face.
    pub target: usize,
    /// The lens's verdict.
    pub verdict: SecurityVerdict,
    /// The range of the probability that the target's side prevails.
    pub prevails: [f64; 2],
    /// The probability that it does not, over where best replies end.
    pub stopping: [f64; 2],
    /// The probability that best replies end where it is held.
    pub balancing: f64,
}

impl SecurityOutcome {
    fn of(security: &Security) -> Option<Self> {
        let Security::Decided(found) = security else { return None };
        Some(Self {
            target: found.target,
            verdict: SecurityVerdict::of(found),
            prevails: found.prevails,
            stopping: found.odds.stopping,
            balancing: found.odds.balancing,
        })
    }
}

impl Outcome {
    /// The outcome of an analysis.
    pub fn of(analysis: &Analysis) -> Self {
        let leader = &analysis.leaders[0];
        let polarity = polarity::measure(&analysis.system);
        let interval = |lens: Lens| {
            let found = leader.judgements.iter().find(|found| found.lens == lens.name());
            found.and_then(|found| found.control)
        };
        Self {
            leader: leader.leader,
            leader_share: analysis.system.shares()[leader.leader],
            class: polarity.class,
            effective_poles: polarity.effective_poles,
            price_of_peace: match &analysis.settlement {
                Some(Settlement::Decided(found)) => Some(found.price_of_peace),
                _ => None,
            },
            instability: match &analysis.blocs {
                Some(Blocs::Decided(found)) => Some(found.instability),
                _ => None,
            },
            control: Lens::OF_CONTROL.map(interval),
            security: leader.security.as_ref().and_then(SecurityOutcome::of),
            verdict: analysis.overall,
            draws: None,
        }
    }
}

/// An aspect of outcomes, which cells are divided by and borders drawn of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// The verdict.
    Verdict,
    /// The class of polarity.
    Class,
    /// Who leads.
    Leader,
    /// Whether a partition into blocs is core-stable.
    Stability,
    /// The verdict of the lens security.
    Security,
    /// The stopping odds of the lens security, by tenths (their middle, where they are a range).
    Stopping,
    /// The verdict of most draws of estimated parameters, of several the first of [`VERDICTS`].
    Drawn,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Verdict,
        Self::Class,
        Self::Leader,
        Self::Stability,
        Self::Security,
        Self::Stopping,
        Self::Drawn,
    ];

    /// Its name, as on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verdict => "verdict",
            Self::Class => "class",
            Self::Leader => "leader",
            Self::Stability => "stability",
            Self::Security => "security",
            Self::Stopping => "stopping",
            Self::Drawn => "drawn",
        }
    }

    /// What an outcome is in this aspect, by number.
    pub const fn value(self, outcome: &Outcome) -> u16 {
        match self {
            Self::Verdict => of_verdict(outcome.verdict),
            Self::Class => match outcome.class {
                PolarityClass::Unipolar => 0,
                PolarityClass::NearUnipolar => 1,
                PolarityClass::Bipolar => 2,
                PolarityClass::Multipolar => 3,
            },
            // No system in a file has so many states that this is cut.
            Self::Leader => outcome.leader as u16,
            Self::Stability => match outcome.instability {
                Some(instability) if instability <= 0.0 => 0,
                Some(_) => 1,
                None => 2,
            },
            Self::Security => match outcome.security {
                Some(SecurityOutcome { verdict, .. }) => match verdict {
                    SecurityVerdict::Hegemonic => 0,
                    SecurityVerdict::Underbalanced => 1,
                    SecurityVerdict::Contested => 2,
                    SecurityVerdict::Balanced => 3,
                },
                None => 4,
            },
            Self::Stopping => match outcome.security {
                // At an exact tenth rounding must not decide: a hair above counts as below.
                Some(SecurityOutcome { stopping: [low, high], .. }) => {
                    let tenths = 5.0 * (low + high) - 1e-9;
                    if tenths >= 9.0 { 9 } else { tenths.max(0.0) as u16 }
                }
                None => 10,
            },
            Self::Drawn => match outcome.draws {
                Some(counts) => of_verdict(VERDICTS[most(counts)]),
                None => of_verdict(Judgement::Unasked),
            },
        }
    }

    /// The name of a value of [`Aspect::value`], of leaders by `id`.
    pub fn told(self, value: u16, id: impl Fn(usize) -> String) -> String {
        let one_of = |names: &[&str]| {
            names.get(usize::from(value)).map_or_else(String::new, |name| (*name).to_owned())
        };
        match self {
            Self::Verdict | Self::Drawn => {
                one_of(&["hegemonic", "contested", "balanced", "undecided", "not asked"])
            }
            Self::Class => one_of(&["unipolar", "near-unipolar", "bipolar", "multipolar"]),
            Self::Leader => id(usize::from(value)),
            Self::Stability => one_of(&["core-stable", "fluid", "undecided"]),
            Self::Security => {
                one_of(&["hegemonic", "underbalanced", "contested", "balanced", "undecided"])
            }
            Self::Stopping if value < 10 => format!("{}–{} %", 10 * value, 10 * value + 10),
            Self::Stopping => "undecided".into(),
        }
    }

    /// The aspects as they are divided by: each once, in the order asked, at least one.
    ///
    /// # Errors
    /// If there is none, or one of a lens that does not run, or of draws without any.
    pub fn checked(asked: &[Self], lenses: &[Lens], drawn: bool) -> Result<Vec<Self>> {
        let mut kept: Vec<Self> = Vec::new();
        for aspect in asked {
            if !kept.contains(aspect) {
                kept.push(*aspect);
            }
        }
        if kept.is_empty() {
            return Err(Error::parameter("by", "one aspect or more", "none"));
        }
        if kept.contains(&Self::Drawn) && !drawn {
            let expected = "aspects that are solved; drawn is of --draws";
            return Err(Error::parameter("by", expected, "drawn without --draws"));
        }
        if kept.contains(&Self::Stability) && !lenses.contains(&Lens::Blocs) {
            let expected = "aspects of lenses that run; stability is of blocs";
            return Err(Error::parameter("by", expected, "stability without blocs"));
        }
        let of_security = kept.iter().find(|a| matches!(a, Self::Security | Self::Stopping));
        if let Some(aspect) = of_security.filter(|_| !lenses.contains(&Lens::Security)) {
            let expected = "aspects of lenses that run; security and stopping are of security";
            let found = format!("{} without security", aspect.name());
            return Err(Error::parameter("by", expected, found));
        }
        Ok(kept)
    }

    /// All these aspects of an outcome in one number: equal if and only if they all are.
    pub(super) fn key(aspects: &[Self], outcome: &Outcome) -> u128 {
        aspects.iter().fold(0, |key, aspect| key << 16 | u128::from(aspect.value(outcome)))
    }
}

/// A verdict by number.
const fn of_verdict(verdict: Judgement) -> u16 {
    match verdict {
        Judgement::Hegemonic => 0,
        Judgement::Contested => 1,
        Judgement::Balanced => 2,
        Judgement::Undecided => 3,
        Judgement::Unasked => 4,
    }
}

/// Where the greatest count is, the first of several.
const fn most(counts: [u32; 4]) -> usize {
    let (mut at, mut k) = (0, 1);
    while k < counts.len() {
        if counts[k] > counts[at] {
            at = k;
        }
        k += 1;
    }
    at
}
