//! Niou, Ordeshook & Rose: system stability and resource stability.
//!
//! **Definition.** States have resources `r_i > 0`, `R = Σ r_i`. A coalition wins iff it holds
//! more than `R/2`. A state is *essential* iff it is in some minimal winning coalition, else
//! *inessential*; *predominant* iff `r_i > R/2`, *near-predominant* iff `r_i = R/2`. The system
//! is *system-stable* iff every state is essential (no sovereign state is eliminated), and with
//! three states or more *resource-stable* iff one has exactly `R/2`; two states are iff they are
//! equal. The transfer is what would bring the largest state to `R/2`.
//!
//! **Method.** In falling order of resources the essential states come first: in a winning
//! coalition that needs the weaker of two, the stronger can take its place. Whether a state is
//! essential is a question about the sums of the larger states alone (`reach`), so the
//! weakest essential state is found by bisection, and the coalition that needs it proves it of
//! all that are stronger. Minimal winning coalitions are listed by a search and counted by a
//! dynamic programme over sums.
//!
//! **Cost.** A few searches that end at once on most data; at worst a dynamic programme over
//! sums, O(n · R/2), where R is at most 2^27 in the largest common unit. **Limits.** Where
//! neither ends, the states in question are reported as undecided.
//!
//! **References.** After Niou, Ordeshook & Rose (1989), *The Balance of Power: Stability in
//! International Systems*, ch. 2–3; Niou & Ordeshook (1986), "A theory of the balance of power
//! in international systems", Journal of Conflict Resolution 30.

mod check;
mod reach;

use std::cmp::{Ordering, Reverse};

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::outcome::{count, listed, shown};
use super::problem::half;
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::error::Result;
use crate::exact::parse_exact;
use crate::game::cooperative::{Game, Quota, WeightedGame};
use crate::solve::cooperative::power::{minimal_total, minimal_winning};
use crate::verdict::Judgement;
use crate::work::Work;

pub(super) const SOURCE: &str =
    "after Niou, Ordeshook & Rose (1989), The Balance of Power; Niou & Ordeshook (1986)";
pub(super) const QUESTION: &str = "who is essential to some minimal winning coalition?";
pub(super) const RULE: &str = "hegemonic if a state has more than half of all resources; balanced \
                               if every state is essential (system-stable); else contested";

/// Who is essential, and which stability follows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The states in some minimal winning coalition, in the order of the system.
    pub essential: Vec<String>,
    /// The states in none.
    pub inessential: Vec<String>,
    /// The states of which it was not decided.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<String>,
    /// A coalition that proves the weakest essential state essential.
    pub witness: Witness,
    /// Whether every state is essential; absent where that was not decided.
    pub system_stable: Option<bool>,
    /// Whether some state has exactly half of all resources (of two, whether both have).
    pub resource_stable: bool,
    /// The state with more than half of all resources.
    pub predominant: Option<String>,
    /// The states with exactly half.
    pub near_predominant: Vec<String>,
    /// What would bring the largest state to half of all resources.
    pub transfer: Transfer,
    /// Minimal winning coalitions, from those of the largest states down.
    pub minimal_winning: Vec<Vec<String>>,
    /// How many there are; absent where they could not be counted.
    pub minimal_winning_total: Option<String>,
}

/// A coalition that loses, and wins with the state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Witness {
    /// The state: the weakest that is known to be essential.
    pub state: String,
    /// The coalition.
    pub with: Vec<String>,
}

/// A transfer between the largest state and the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Transfer {
    /// The largest state, the first in the input on a tie.
    pub state: String,
    /// What it would have to receive, exactly; below zero if it would have to give.
    pub amount: String,
    /// The same over all resources, rounded.
    pub share: f64,
}

/// Solves a problem: any number of states.
///
/// # Errors
/// If the resources have no common unit that numbers of 2^13 bits hold.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let n = problem.len();
    let quota = Quota::majority();
    let names = problem.names(0..n);
    let game = WeightedGame::new(names, &[(problem.resources().to_vec(), quota)])?;
    let order = crate::order::by_key(0..n, |i| Reverse(&problem.resources()[i]));
    let found = reach::essential(&game, &order, work);
    let tied = |place: usize| {
        let weakest = &problem.resources()[order[place - 1]];
        order[place..].iter().take_while(|&&i| problem.resources()[i] == *weakest).count()
    };
    // Equal states are alike, whichever the order puts first.
    let last = found.proven + tied(found.proven);
    let essential = |place: usize| place < last;
    let inessential = |place: usize| place >= found.refuted.max(last);
    let of = |wanted: &dyn Fn(usize) -> bool| {
        let mut states: Vec<usize> = (0..n).filter(|&at| wanted(at)).map(|at| order[at]).collect();
        states.sort_unstable();
        problem.names(states)
    };
    let undecided = of(&|at| !essential(at) && !inessential(at));
    let standing = Standing::of(problem);
    let witness = Witness {
        state: problem.system().id(order[found.proven - 1]).to_owned(),
        with: problem.names(sorted(found.witness.iter().map(|&at| order[at]))),
    };
    let game = Game::from(game);
    let minimal = minimal_winning(&game, problem.settings.listed)?;
    Ok(Finding {
        system_stable: if !of(&inessential).is_empty() {
            Some(false)
        } else if undecided.is_empty() {
            Some(true)
        } else {
            None
        },
        essential: of(&essential),
        inessential: of(&inessential),
        undecided,
        witness,
        resource_stable: standing.resource_stable,
        predominant: standing.predominant,
        near_predominant: standing.near_predominant,
        transfer: standing.transfer,
        minimal_winning: minimal.into_iter().map(|set| problem.names(set)).collect(),
        minimal_winning_total: minimal_total(&game).map(|total| total.to_string()),
    })
}

fn sorted(states: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut states: Vec<usize> = states.collect();
    states.sort_unstable();
    states
}

/// What follows from the resources at a glance.
struct Standing {
    resource_stable: bool,
    predominant: Option<String>,
    near_predominant: Vec<String>,
    transfer: Transfer,
}

impl Standing {
    fn of(problem: &Problem) -> Self {
        let total = problem.total();
        let middle = half() * &total;
        let resources = problem.resources();
        let with = |order: Ordering| {
            let states = (0..problem.len()).filter(|&i| resources[i].cmp(&middle) == order);
            problem.names(states)
        };
        let near_predominant = with(Ordering::Equal);
        let largest = problem.system().leader();
        let amount = &middle - &resources[largest];
        Self {
            resource_stable: !near_predominant.is_empty(),
            predominant: with(Ordering::Greater).pop(),
            near_predominant,
            transfer: Transfer {
                state: problem.system().id(largest).to_owned(),
                share: (&amount / &total).to_f64().value(),
                amount: amount.to_string(),
            },
        }
    }
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        problem.states(&self.inessential)?;
        let verdict = match (&self.predominant, self.system_stable) {
            (Some(_), _) => Judgement::Hegemonic,
            (None, Some(true)) => Judgement::Balanced,
            (None, Some(false)) => Judgement::Contested,
            (None, None) => Judgement::Undecided,
        };
        Ok(Outcome { verdict, sides: None, excluded: self.inessential.clone(), tied: false })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        (!self.undecided.is_empty()).then(|| {
            format!(
                "whether {} is essential: too many sums of resources to tell",
                listed(&self.undecided)
            )
        })
    }

    fn sections(&self) -> Vec<Section> {
        let stable = match self.system_stable {
            Some(true) => "system-stable: every state is essential",
            Some(false) => "not system-stable: some state is inessential",
            None => "not decided",
        };
        let mut essential = Section::new("ESSENTIAL", stable)
            .with(format!("In some minimal winning coalition: {}.", listed(&self.essential)));
        if !self.inessential.is_empty() {
            essential = essential.with(format!(
                "In none, so that nobody loses by their end: {}.",
                listed(&self.inessential)
            ));
        }
        essential = essential.with(format!(
            "The weakest that is essential is {0}: {{{1}}} loses, and wins with {0}.",
            self.witness.state,
            self.witness.with.join(" ")
        ));
        let gist = match (self.resource_stable, &self.predominant) {
            (true, _) => {
                format!("resource-stable: {} has half of all", self.near_predominant.join(" and "))
            }
            (false, Some(state)) => format!("not resource-stable: {state} predominates"),
            (false, None) => "not resource-stable: no state has exactly half of all".into(),
        };
        let mut resources = Section::new("RESOURCES", gist);
        let amount = parse_exact(&self.transfer.amount).unwrap_or(RBig::ZERO);
        if !amount.is_zero() {
            let (size, verb) = if amount > RBig::ZERO {
                (shown(&amount), "would have to receive")
            } else {
                (shown(&-amount), "would have to give up")
            };
            resources = resources.with(format!(
                "To have half of all resources {} {verb} {size} ({:.1} % of all).",
                self.transfer.state,
                100.0 * self.transfer.share.abs()
            ));
        }
        vec![essential, resources, self.coalitions()]
    }
}

impl Finding {
    fn coalitions(&self) -> Section {
        const SHOWN: usize = 12;
        let gist = match &self.minimal_winning_total {
            Some(total) => format!("{total} in all"),
            None => format!("{} and more", self.minimal_winning.len()),
        };
        let shown: Vec<Vec<String>> = self.minimal_winning.iter().take(SHOWN).cloned().collect();
        let mut words = super::outcome::braced(&shown);
        if self.minimal_winning.len() > SHOWN {
            words +=
                &format!(" … ({} in the JSON)", count(self.minimal_winning.len(), "coalition"));
        }
        Section::new("MINIMAL WINNING COALITIONS", gist).with(words)
    }
}
