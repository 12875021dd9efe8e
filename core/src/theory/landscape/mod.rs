//! Axelrod & Bennett: landscape theory of aggregation.
//!
//! **Definition.** Sizes `s_i`, symmetric propensities `p_ij` to stand together, two sides;
//! `d_ij = 1` iff `i` and `j` are on different sides. Frustration `F_i = Σ_{j≠i} s_j p_ij d_ij`,
//! energy `E = Σ_i s_i F_i`, over ordered pairs. One state changing side changes `E` by
//! `2 s_k ΔF_k`: a weighted potential game, whose pure Nash equilibria are the local minima of
//! the energy. A minimum is *strict* iff every such move raises the energy, *weak* if some
//! leaves it as it is. Its *basin* is the number of the `2^(n−1)` configurations from which
//! steepest descent ends there. With `k` sides a state may move to any, an empty one too.
//!
//! **Method.** All configurations by Gray code (`gray`), or by restricted growth for more sides
//! (`sides`); beyond their limits steepest descent from many starts (`descent`), and then the
//! report says so. Energies and ties are exact (`energy`). Descents that tie are all followed
//! (`basins`). Against a reference split (a column `bloc` with two labels): who is misplaced,
//! and the exact share of all splits that do as well (`reference`). Which propensity decides:
//! the change of a single one that brings another configuration level (`sensitivity`).
//!
//! **Cost.** O(2^(n−1) · n). **Limits.** Exact to [`MAX_STATES`] states on two sides; basins and
//! sensitivity to 24.
//!
//! **References.** Axelrod & Bennett (1993), "A landscape theory of aggregation", British
//! Journal of Political Science 23, 211–233; Axelrod, Mitchell, Thomas, Bennett & Bruderer
//! (1995), Management Science 41, for the nine-firm case.

mod basins;
mod check;
mod descent;
mod energy;
mod find;
mod gray;
mod kept;
mod reference;
mod sensitivity;
mod sides;

use serde::{Deserialize, Serialize};

use super::outcome::{agreed, braced, by_sides, count, shown};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::exact::parse_exact;
use crate::verdict::Judgement;

pub use find::solve;

pub(super) const SOURCE: &str = "Axelrod & Bennett (1993), A landscape theory of aggregation, \
                                 British Journal of Political Science 23";
pub(super) const QUESTION: &str =
    "into which sides do states settle that would rather stand with some than with others?";
pub(super) const RULE: &str = "at the global minimum: hegemonic if the leading state has more than \
                               half of all resources; balanced if the others have at least 4/5 of \
                               what the larger side has; else contested";

/// The most states of which all configurations on two sides are looked at.
pub const MAX_STATES: usize = 30;

/// The local minima of the landscape.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The local minima, the lowest first, as many as were asked for.
    pub minima: Vec<Minimum>,
    /// How many were found.
    pub minima_total: usize,
    /// How many of them have the lowest energy.
    pub global: usize,
    /// Whether every configuration was looked at; else there may be other minima.
    pub complete: bool,
    /// Why not, if not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partial: Option<String>,
    /// Configurations from which steepest descents that tie end in different minima.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basin_ties: Option<u64>,
    /// The reference split that the minima are compared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<ReferenceFinding>,
    /// What single change of a propensity brings another configuration level with the global
    /// minimum, the smallest changes first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sensitivity: Vec<Turn>,
}

/// A local minimum.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Minimum {
    /// The sides, the strongest first; two at least, one of which may be empty.
    pub sides: Vec<Vec<String>>,
    /// The energy, rounded.
    pub energy: f64,
    /// The energy, exactly.
    pub exact: String,
    /// The number of configurations from which all steepest descents end here; absent where it
    /// was not counted.
    pub basin: Option<u64>,
    /// Whether every move of a state raises the energy.
    pub strict: bool,
    /// The states that stand with the wrong side of the reference split.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub misplaced: Option<Vec<String>>,
    /// The share of all splits that misplace no more, rounded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p_value: Option<f64>,
}

/// A reference split.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceFinding {
    /// Its two labels.
    pub labels: [String; 2],
    /// How many states have one.
    pub states: usize,
}

/// A change of one propensity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// The two states.
    pub pair: [String; 2],
    /// The least change of their propensity at which the other configuration is as good,
    /// rounded; 0 where it is already.
    pub change: f64,
    /// The same, exactly.
    pub exact: String,
    /// The configuration that is then as good.
    pub sides: Vec<Vec<String>>,
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        let all = &self.minima[..self.global.min(self.minima.len())];
        let mut verdicts = Vec::new();
        for minimum in all {
            verdicts.push(by_sides(problem, &problem.groups(&minimum.sides)?));
        }
        let first = all.first().ok_or("there is no global minimum")?;
        let verdict = match agreed(verdicts) {
            Judgement::Contested => Judgement::Contested,
            // Of those that tie but are not listed nothing is known.
            _ if self.global > all.len() => Judgement::Undecided,
            verdict => verdict,
        };
        Ok(Outcome {
            verdict,
            sides: Some(first.sides.clone()),
            excluded: Vec::new(),
            tied: self.global > 1,
        })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        let why = self.partial.as_deref().unwrap_or("not all configurations were looked at");
        (!self.complete).then(|| {
            format!(
                "there may be other local minima, and lower ones: {why}, and these come from \
                 steepest descents"
            )
        })
    }

    fn sections(&self) -> Vec<Section> {
        let mut sections = vec![self.minima_section()];
        if let Some(reference) = &self.reference {
            sections.push(self.reference_section(reference));
        }
        if !self.sensitivity.is_empty() {
            sections.push(self.sensitivity_section());
        }
        sections
    }
}

impl Finding {
    fn minima_section(&self) -> Section {
        const SHOWN: usize = 10;
        let tied = match self.global {
            0 | 1 => String::new(),
            ties if ties > self.minima.len() => {
                format!(", {ties} of them tied for the lowest, the first of them listed")
            }
            ties => format!(", {ties} of them tied for the lowest"),
        };
        let kind = if self.minima_total == 1 { "local minimum" } else { "local minima" };
        let found = if self.complete { "" } else { " found, by descent" };
        let gist = format!("{} {kind}{found}{tied}", self.minima_total);
        let mut section = Section::new("MINIMA", gist);
        for minimum in self.minima.iter().take(SHOWN) {
            let basin = match minimum.basin {
                Some(basin) => format!(", basin {basin}"),
                None => String::new(),
            };
            let weak =
                if minimum.strict { "" } else { ", weak: some move leaves the energy as it is" };
            let sides = braced(&minimum.sides);
            let energy = parse_exact(&minimum.exact).as_ref().map_or(String::new(), shown);
            section = section.with(format!("{sides}   energy {energy}{basin}{weak}"));
        }
        if self.minima.len() > SHOWN {
            section = section.with(format!("… {} more in the JSON", self.minima.len() - SHOWN));
        }
        if let Some(ties @ 1..) = self.basin_ties {
            section = section.with(format!(
                "From {} steepest descents that tie end in different minima; they are in no basin.",
                count(ties, "configuration")
            ));
        }
        section
    }

    fn reference_section(&self, reference: &ReferenceFinding) -> Section {
        let [a, b] = &reference.labels;
        let gist = format!("{} on the sides {a} and {b}", count(reference.states, "state"));
        let mut section = Section::new("REFERENCE SPLIT", gist);
        for minimum in self.minima.iter().take(self.global.max(1)) {
            let (Some(misplaced), Some(p)) = (&minimum.misplaced, minimum.p_value) else {
                continue;
            };
            let who = match misplaced.len() {
                0 => "no state".to_owned(),
                n => format!("{} ({})", count(n, "state"), misplaced.join(" ")),
            };
            section = section.with(format!(
                "The global minimum misplaces {who}; {:.3} % of all splits misplace no more.",
                100.0 * p
            ));
        }
        section
    }

    fn sensitivity_section(&self) -> Section {
        const SHOWN: usize = 5;
        let mut section = Section::new("SENSITIVITY", "the single propensity that turns it");
        if self.global > 1 {
            return section.with("As others tie with it, the slightest change of many a one does.");
        }
        for turn in self.sensitivity.iter().take(SHOWN) {
            let [a, b] = &turn.pair;
            let change = format!("{:+.6}", turn.change);
            let change = change.trim_end_matches('0').trim_end_matches('.');
            section = section.with(format!("{a}–{b} by {change}: {}", braced(&turn.sides)));
        }
        section
    }
}
