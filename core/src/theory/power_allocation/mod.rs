//! Li & Morse: the power allocation game on a signed network.
//!
//! **Definition.** Each state divides its power `p_i` over its friends `F_i`, itself among them,
//! and its foes `A_i`: `x_ij ≥ 0`, `Σ_j x_ij = p_i`. Its support is what friends and it itself
//! put into it and what it puts against its foes, `σ_i = Σ_{j∈F_i} x_ji + Σ_{j∈A_i} x_ij`; the
//! threat to it is `τ_i = Σ_{j∈A_i} x_ji`. It is *safe* if `σ_i > τ_i`, *precarious* if they are
//! equal, else *unsafe*. A state strictly prefers what saves it from being unsafe; so an
//! allocation is an equilibrium iff no unsafe state could save itself by keeping all its power,
//! `p_i + Σ_{j∈F_i, j≠i} x_ji < τ_i`. This is the axiom on a state's own survival; its wishes for
//! friends and foes rank nothing strictly.
//!
//! **Method.** Given who is safe, precarious and unsafe (a *pattern*), the equilibria are the
//! points of a polytope, some of whose faces do not belong to it: whether there is one is a
//! linear programme that makes the smallest slack as large as can be. Patterns are laid out as
//! a tree, state by state; a programme without a solution cuts off all patterns below, and the
//! multipliers that prove it are kept, in fractions. Solutions are made exact by eliminating
//! the equations in fractions, and checked so.
//!
//! **Cost.** At most `3^n` programmes of `n` to `2n` rows. **Limits.** [`MAX_STATES`] states.
//!
//! **References.** After Li & Morse (2017), "Game of power allocation on networks", American
//! Control Conference; Li & Morse (2018), "The power allocation game on a network: a paradox",
//! IEEE/CAA Journal of Automatica Sinica 5.

mod check;
mod exact;
mod program;
mod rows;
mod tree;

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::outcome::{count, listed};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::dataset::Relation;
use crate::error::{Error, Result};
use crate::lp::Backend;
use crate::verdict::Judgement;
use crate::work::Work;

use rows::{Network, Status};

pub(super) const SOURCE: &str = "after Li & Morse (2017), Game of power allocation on networks, \
                                 American Control Conference";
pub(super) const QUESTION: &str =
    "who can survive where each state divides its power over its friends and its foes?";
pub(super) const RULE: &str = "hegemonic if one state survives in every equilibrium and no other \
                               in any; balanced if every state survives in every one; else \
                               contested";

/// The most states.
pub const MAX_STATES: usize = 10;

/// So many patterns are listed whatever was asked for: all there can be of six states.
pub const ALWAYS_LISTED: usize = 729;

/// The equilibrium patterns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The patterns of which there is an equilibrium, as many as were asked for; and those that
    /// show of a state that it survives in some and not in others.
    pub patterns: Vec<Pattern>,
    /// The others, without an equilibrium to show for it: `+` safe, `=` precarious, `-` unsafe,
    /// in the order of the states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unlisted: Vec<String>,
    /// How many there are.
    pub patterns_total: usize,
    /// Who survives (is safe or precarious) in all equilibria, in some, in none.
    pub survivors: Survivors,
    /// Patterns of which it was not decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub open: Vec<Pattern>,
    /// Why the other patterns are none: proofs for whole groups of patterns.
    pub refuted: Vec<Refuted>,
}

/// Who is safe, precarious and unsafe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pattern {
    /// More support than threat.
    pub safe: Vec<String>,
    /// As much.
    pub precarious: Vec<String>,
    /// Less, whatever they do.
    #[serde(rename = "unsafe")]
    pub unsafe_: Vec<String>,
    /// An equilibrium: who puts how much into or against whom, exactly.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocation: Vec<Share>,
}

/// What a state puts into a friend (or keeps), or against a foe.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Share {
    /// The state.
    pub from: String,
    /// The friend or foe, or the state itself.
    pub to: String,
    /// How much, exactly.
    pub amount: String,
}

/// Who survives where.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Survivors {
    /// In every equilibrium.
    pub all: Vec<String>,
    /// In some, but not in every one.
    pub some: Vec<String>,
    /// In none.
    pub none: Vec<String>,
}

/// Why no pattern that agrees with this one has an equilibrium.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Refuted {
    /// `+` safe, `=` precarious, `-` unsafe, for the first states in the order of the system;
    /// the others may be what they will.
    pub pattern: String,
    /// A multiplier for the condition of each of these states, 0 or more unless it is
    /// precarious: weighed so, the conditions add up to what no allocation satisfies.
    pub conditions: Vec<String>,
}

/// Solves a problem whose pairs have a sign.
///
/// # Errors
/// If they have none, there are more than [`MAX_STATES`] states, or the solver of linear
/// programmes fails.
pub fn solve(problem: &Problem, backend: Backend, work: &Work) -> Result<Finding> {
    let n = problem.len();
    if n > MAX_STATES {
        return Err(Error::too_large(
            format!("{n} states have 3^{n} patterns of who survives"),
            format!("{MAX_STATES} states"),
            format!("keep the strongest with --top {MAX_STATES}"),
        ));
    }
    let network = Network::new(problem.resources(), problem.required(Relation::Sign)?);
    let found = tree::search(&network, backend, work)?;
    let survives = |pattern: &[Status], i: usize| pattern[i] != Status::Unsafe;
    let mut survivors = Survivors::default();
    for i in 0..n {
        let id = problem.system().id(i).to_owned();
        let surviving = found.patterns.iter().filter(|(p, _)| survives(p, i)).count();
        if surviving == found.patterns.len() && surviving > 0 {
            survivors.all.push(id);
        } else if surviving > 0 {
            survivors.some.push(id);
        } else {
            survivors.none.push(id);
        }
    }
    let pattern = |statuses: &[Status], allocation: &[((usize, usize), RBig)]| {
        let of = |status: Status| problem.names((0..n).filter(|&i| statuses[i] == status));
        let id = |i: usize| problem.system().id(i).to_owned();
        let given = allocation.iter().filter(|(_, amount)| !amount.is_zero());
        Pattern {
            safe: of(Status::Safe),
            precarious: of(Status::Precarious),
            unsafe_: of(Status::Unsafe),
            allocation: given
                .map(|((i, j), amount)| Share {
                    from: id(*i),
                    to: id(*j),
                    amount: amount.to_string(),
                })
                .collect(),
        }
    };
    let text = |numbers: &[RBig]| numbers.iter().map(RBig::to_string).collect();
    let symbols = |statuses: &[Status]| statuses.iter().map(|status| status.symbol()).collect();
    // Of each state one pattern in which it survives and one in which it does not.
    let first =
        |i: usize, lives: bool| found.patterns.iter().position(|(p, _)| survives(p, i) == lives);
    let witnesses: Vec<usize> =
        (0..n).flat_map(|i| [first(i, true), first(i, false)]).flatten().collect();
    let most = problem.settings.listed.max(ALWAYS_LISTED);
    let (listed, unlisted): (Vec<usize>, Vec<usize>) =
        (0..found.patterns.len()).partition(|at| *at < most || witnesses.contains(at));
    Ok(Finding {
        patterns_total: found.patterns.len(),
        patterns: listed
            .iter()
            .map(|&at| &found.patterns[at])
            .map(|(statuses, allocation)| pattern(statuses, allocation))
            .collect(),
        unlisted: unlisted.iter().map(|&at| symbols(&found.patterns[at].0)).collect(),
        survivors,
        open: found.open.iter().map(|statuses| pattern(statuses, &[])).collect(),
        refuted: found
            .refuted
            .iter()
            .map(|refuted| Refuted {
                pattern: symbols(&refuted.pattern),
                conditions: text(&refuted.conditions),
            })
            .collect(),
    })
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        let Survivors { all, some, none } = &self.survivors;
        problem.groups(&[all.clone(), some.clone(), none.clone()])?;
        let verdict = match (self.open.is_empty(), all.len(), some.len(), none.len()) {
            (false, ..) => Judgement::Undecided,
            (true, _, 0, 0) => Judgement::Balanced,
            (true, 1, 0, _) => Judgement::Hegemonic,
            _ => Judgement::Contested,
        };
        let tied = self.patterns_total > 1;
        Ok(Outcome { verdict, sides: None, excluded: none.clone(), tied })
    }

    fn examine(&self, problem: &Problem, _thorough: bool) -> Examination {
        check::examine(self, problem)
    }

    fn undecided(&self) -> Option<String> {
        (!self.open.is_empty()).then(|| {
            format!(
                "whether {} of who survives have an equilibrium: neither one nor a proof that \
                 there is none could be made exact in time",
                count(self.open.len(), "pattern")
            )
        })
    }

    fn sections(&self) -> Vec<Section> {
        const SHOWN: usize = 8;
        let Survivors { all, some, none } = &self.survivors;
        let survivors = Section::new("SURVIVORS", "who is safe or precarious").with(format!(
            "In every equilibrium: {}. In some: {}. In none: {}.",
            listed(all),
            listed(some),
            listed(none)
        ));
        let total = self.patterns_total;
        let mut patterns =
            Section::new("PATTERNS", format!("{} with an equilibrium", count(total, "pattern")));
        for pattern in self.patterns.iter().take(SHOWN) {
            let of = |what: &str, names: &[String]| {
                (!names.is_empty()).then(|| format!("{what} {}", names.join(" ")))
            };
            let parts = [
                of("safe", &pattern.safe),
                of("precarious", &pattern.precarious),
                of("unsafe", &pattern.unsafe_),
            ];
            patterns = patterns.with(parts.into_iter().flatten().collect::<Vec<_>>().join(", "));
        }
        if total > SHOWN {
            patterns = patterns.with(format!("… {} more in the JSON", total - SHOWN));
        }
        vec![survivors, patterns]
    }
}
