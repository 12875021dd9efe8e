//! From intervals of control to the verdict: balanced, hegemonic or contested.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::exact::parse_decimal;
use crate::finding::security::{Held, SecurityFinding};
use crate::game::Stance;
use crate::system::System;
use crate::tolerance::Tolerances;

/// What a system, or one lens on it, amounts to for the leading state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It cannot dominate: its control is at most the threshold in every case.
    Balanced,
    /// It dominates: its control is above the threshold in every case.
    Hegemonic,
    /// It depends on the case, or on the lens.
    Contested,
    /// It is not known: the time was up first, or the finding failed.
    Undecided,
    /// No lens that ran judges the leading state's control; `null` in JSON.
    Unasked,
}

impl Judgement {
    /// The judgement's name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Hegemonic => "hegemonic",
            Self::Contested => "contested",
            Self::Undecided => "undecided",
            Self::Unasked => "",
        }
    }

    /// The judgement of an interval of control against the threshold `τ`: hegemonic if
    /// `lo > τ`, balanced if `hi ≤ τ`, else contested, to within [`Tolerances::verdict`].
    pub fn of_interval([low, high]: [f64; 2], threshold: f64) -> Self {
        let bound = threshold + Tolerances::DEFAULT.verdict;
        if low > bound {
            Self::Hegemonic
        } else if high <= bound {
            Self::Balanced
        } else {
            Self::Contested
        }
    }

    /// The judgement of a state's bare share of power, compared exactly with the threshold
    /// as it is written in decimals.
    pub fn of_share(system: &System, state: usize, threshold: f64) -> Self {
        let share = &system.exact_shares()[state];
        let order = match parse_decimal(&format!("{threshold}")) {
            Some(exact) => share.cmp(&exact),
            None => system.shares()[state].total_cmp(&threshold),
        };
        if order == Ordering::Greater { Self::Hegemonic } else { Self::Balanced }
    }
}

impl Serialize for Judgement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unasked => serializer.serialize_none(),
            told => serializer.serialize_str(told.name()),
        }
    }
}

impl<'de> Deserialize<'de> for Judgement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Some(name) = Option::<String>::deserialize(deserializer)? else {
            return Ok(Self::Unasked);
        };
        let told = [Self::Balanced, Self::Hegemonic, Self::Contested, Self::Undecided];
        told.into_iter().find(|judgement| judgement.name() == name).ok_or_else(|| {
            let known = &["balanced", "hegemonic", "contested", "undecided"];
            serde::de::Error::unknown_variant(&name, known)
        })
    }
}

impl fmt::Display for Judgement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What one lens says of the leading state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LensJudgement {
    /// The lens's name.
    pub lens: &'static str,
    /// The interval of control; `None` where the lens was not decided.
    pub control: Option<[f64; 2]>,
    /// Its judgement.
    pub judgement: Judgement,
}

/// The verdict over all lenses that ran.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Hegemonic (balanced) if every lens says so; undecided if every lens that was decided
    /// agrees on one of these but another was not decided; else contested.
    pub overall: Judgement,
    /// The hull of the lenses' intervals.
    pub control: [f64; 2],
    /// The balance multiplier, `control / p_h`: below 1 alliances hold the leading state
    /// back, above 1 they lift it.
    pub multiplier: [f64; 2],
    /// `c⁰_h`: what the leading state would control if nobody allied.
    pub no_alliance: f64,
    /// Where the lenses are not of one mind, what each says, by name: those that differ
    /// from the most common judgement, or all where none is.
    pub disagreeing: Vec<&'static str>,
}

impl Verdict {
    /// Draws the verdict from what the lenses say of a leading state with share `p_h`, that would
    /// control `no_alliance` if nobody allied.
    pub fn of(lenses: &[LensJudgement], share: f64, no_alliance: f64) -> Self {
        let decided: Vec<_> =
            lenses.iter().filter(|l| l.judgement != Judgement::Undecided).collect();
        let hull = decided
            .iter()
            .filter_map(|lens| lens.control)
            .reduce(|[a, b], [low, high]| [a.min(low), b.max(high)])
            .unwrap_or([0.0, 1.0]);
        let none = if lenses.is_empty() { Judgement::Unasked } else { Judgement::Undecided };
        let first = decided.first().map_or(none, |lens| lens.judgement);
        let agreed = decided.iter().all(|lens| lens.judgement == first);
        let overall = match (agreed, decided.len() == lenses.len()) {
            (true, true) => first,
            (true, false) if first != Judgement::Contested => Judgement::Undecided,
            _ => Judgement::Contested,
        };
        Self {
            overall,
            control: hull,
            multiplier: hull.map(|c| c / share),
            no_alliance,
            disagreeing: if agreed { Vec::new() } else { disagreeing(&decided) },
        }
    }

    /// Control over what the state would control if nobody allied.
    pub fn against_no_alliance(&self) -> [f64; 2] {
        self.control.map(|control| control / self.no_alliance)
    }

    /// What this state controls if nobody allies, `p_h^m / Σ_j p_j^m`; without bound the strongest
    /// shares all. O(n).
    pub fn no_alliance_control(system: &System, decisiveness: f64, state: usize) -> f64 {
        if decisiveness.is_infinite() {
            let exact = system.exact_shares();
            let tied = 1 + system.tied_with(state).len();
            return match exact[system.leader()] == exact[state] {
                true => 1.0 / tied as f64,
                false => 0.0,
            };
        }
        let own = system.shares()[state];
        // Over its own share: nothing under- or overflows but to what it should.
        1.0 / system.shares().iter().map(|p| (p / own).powf(decisiveness)).sum::<f64>()
    }

    /// The verdict on a system whose states of a tenth of the power or more each led in turn:
    /// balanced if none of them can dominate, hegemonic if one does.
    pub fn over_leaders(verdicts: &[Judgement]) -> Judgement {
        let all = |j| verdicts.iter().all(|v| *v == j);
        if all(Judgement::Unasked) {
            Judgement::Unasked
        } else if verdicts.contains(&Judgement::Hegemonic) {
            Judgement::Hegemonic
        } else if all(Judgement::Balanced) {
            Judgement::Balanced
        } else if verdicts.contains(&Judgement::Undecided) {
            Judgement::Undecided
        } else {
            Judgement::Contested
        }
    }
}

/// What the security game of a target amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecurityVerdict {
    /// In every equilibrium those who resist are at least as strong as the target's side.
    Balanced,
    /// In some they are, in others not.
    Contested,
    /// In none they are, and somebody bandwagons.
    Hegemonic,
    /// In none they are, though nobody bandwagons: they hide, or are too weak.
    Underbalanced,
}

impl SecurityVerdict {
    /// All of them, from the one in which the target is held.
    pub const ALL: [Self; 4] =
        [Self::Balanced, Self::Contested, Self::Underbalanced, Self::Hegemonic];

    /// The verdict on a finding.
    pub fn of(found: &SecurityFinding) -> Self {
        let bandwagons = || {
            let settled = found.equilibria.iter().flat_map(|e| &e.profile);
            settled.into_iter().any(|stance| *stance == Stance::Bandwagon)
                || found.cycles.iter().any(|cycle| cycle.bandwagons)
        };
        match found.held {
            Held::Always => Self::Balanced,
            Held::Sometimes => Self::Contested,
            Held::Never if bandwagons() => Self::Hegemonic,
            Held::Never => Self::Underbalanced,
        }
    }

    /// Its name, as reports have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Contested => "contested",
            Self::Hegemonic => "hegemonic",
            Self::Underbalanced => "underbalanced",
        }
    }
}

impl fmt::Display for SecurityVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The lenses that differ from the strictly most common judgement; all where there is none.
fn disagreeing(decided: &[&LensJudgement]) -> Vec<&'static str> {
    let count = |j: Judgement| decided.iter().filter(|lens| lens.judgement == j).count();
    let mut judgements = [Judgement::Balanced, Judgement::Hegemonic, Judgement::Contested];
    crate::order::sort_by_key(&mut judgements, |&j| std::cmp::Reverse(count(j)));
    let common = (count(judgements[0]) > count(judgements[1])).then_some(judgements[0]);
    decided.iter().filter(|l| Some(l.judgement) != common).map(|l| l.lens).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lens(lens: &'static str, low: f64, high: f64) -> LensJudgement {
        let judgement = Judgement::of_interval([low, high], 0.5);
        LensJudgement { lens, control: Some([low, high]), judgement }
    }

    #[test]
    fn intervals_are_judged_against_the_threshold() {
        use Judgement::*;
        for (low, high, expected) in [
            (0.2, 0.5, Balanced),
            (0.2, 0.5 + 1e-12, Balanced),
            (0.2, 0.51, Contested),
            (0.5, 0.6, Contested),
            (0.501, 0.6, Hegemonic),
            (0.5, 0.5, Balanced),
        ] {
            assert_eq!(Judgement::of_interval([low, high], 0.5), expected, "[{low}, {high}]");
        }
    }

    #[test]
    fn a_share_of_exactly_the_threshold_is_balanced() {
        let system = System::from_powers([("A", 45.0), ("B", 55.0)]).unwrap();
        assert_eq!(Judgement::of_share(&system, 0, 0.45), Judgement::Balanced);
        assert_eq!(Judgement::of_share(&system, 0, 0.4499), Judgement::Hegemonic);
        assert_eq!(Judgement::of_share(&system, 1, 0.55), Judgement::Balanced);
    }

    #[test]
    fn all_lenses_must_agree_and_those_that_do_not_are_named() {
        let agreed = Verdict::of(&[lens("a", 0.2, 0.3), lens("b", 0.1, 0.4)], 0.25, 0.3);
        assert_eq!(agreed.overall, Judgement::Balanced);
        assert_eq!((agreed.control, agreed.multiplier), ([0.1, 0.4], [0.4, 1.6]));
        assert!(agreed.disagreeing.is_empty());
        let split = Verdict::of(
            &[lens("a", 0.2, 0.3), lens("b", 0.6, 0.7), lens("c", 0.2, 0.2)],
            0.25,
            0.3,
        );
        assert_eq!((split.overall, split.disagreeing), (Judgement::Contested, vec!["b"]));
        let even = Verdict::of(&[lens("a", 0.2, 0.3), lens("b", 0.6, 0.7)], 0.25, 0.3);
        assert_eq!(even.disagreeing, ["a", "b"]);
    }

    #[test]
    fn an_undecided_lens_leaves_agreement_undecided() {
        let open = LensJudgement { lens: "c", control: None, judgement: Judgement::Undecided };
        let verdict = |lenses: &[LensJudgement]| Verdict::of(lenses, 0.3, 0.3).overall;
        assert_eq!(verdict(&[lens("a", 0.2, 0.3), open]), Judgement::Undecided);
        assert_eq!(verdict(&[lens("a", 0.2, 0.6), open]), Judgement::Contested);
        assert_eq!(
            verdict(&[lens("a", 0.2, 0.3), lens("b", 0.6, 0.7), open]),
            Judgement::Contested
        );
        assert_eq!(verdict(&[open]), Judgement::Undecided);
    }

    #[test]
    fn one_state_that_dominates_makes_the_system_hegemonic() {
        use Judgement::*;
        assert_eq!(Verdict::over_leaders(&[Balanced, Balanced]), Balanced);
        assert_eq!(Verdict::over_leaders(&[Contested, Hegemonic]), Hegemonic);
        assert_eq!(Verdict::over_leaders(&[Contested, Balanced]), Contested);
        assert_eq!(Verdict::over_leaders(&[Undecided, Balanced]), Undecided);
    }
}
