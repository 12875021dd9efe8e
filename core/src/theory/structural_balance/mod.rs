//! Structural balance: how far is a network of friends and foes from two camps?
//!
//! **Definition.** A split of the states into two sides violates a tie between friends apart
//! and between foes together. The *frustration index* is the fewest ties that a split violates;
//! a network is balanced iff it is 0, iff no cycle has an odd number of hostile ties (Harary's
//! theorem).
//!
//! **Method.** A good split by tabu search (`search`). That none is better is shown by negative
//! cycles: a split violates a tie of each, so cycles with weights that no tie carries more than 1
//! of prove as many violated ties as the weights add up to. The best weights are a linear
//! programme, with the cycles that it needs found by shortest paths (`packing`, `cycles`). Where
//! they do not prove enough, or are too many, sums of an odd number of sides do: with sides of +1
//! and −1 such a sum is at least 1 from zero, and its square at least 1. Squares with weights that
//! never exceed the violated ties prove as many as the weights add up to; they come from a
//! semidefinite relaxation (`theory::structural_balance::signs`), case by case where one is not enough:
//! two states are on one side, or they are not. Weights and cases are the proof, which is added
//! up to check it. Other splits as good are enumerated for up to [`MAX_ENUMERATED`] states with
//! ties.
//!
//! **Cost.** Programmes of at most some 300 cycles; then O(n³) a round of odd sums. Of 150 states
//! with 600 ties in two camps with a tenth of the ties turned at random some 0.15 s, with a
//! quarter of them turned 1 s; with signs at random altogether 2 to 5 s where one case is enough,
//! and ten seconds to a minute where it is not.
//! **Limits.** None; with more than 1,000 states with ties cycles alone prove. Undecided after
//! 2,000 cases, with the bound that was proven.
//!
//! **References.** Harary (1953), "On the notion of balance of a signed graph"; Doreian & Mrvar
//! (1996), "A partitioning approach to structural balance"; Barahona & Mahjoub (1986), "On the
//! cut polytope"; Deza & Laurent (1997), *Geometry of Cuts and Metrics*, chapter 28; Rendl,
//! Rinaldi & Wiegele (2010), "Solving max-cut to optimality by intersecting semidefinite and
//! polyhedral relaxations"; Aref, Mason & Wilson (2020), "A modeling and computational study of
//! the frustration index in signed networks".

mod check;
mod cycles;
mod graph;
mod packing;
mod proof;
mod search;
pub(crate) mod signs;
mod ties;

use serde::{Deserialize, Serialize};

use super::outcome::{agreed, braced, by_sides, count, listed, strongest_first};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::dataset::Relation;
use crate::error::Result;
use crate::lp::Backend;
use crate::theory::structural_balance::signs::{Case, PARTS};
use crate::work::Work;

use graph::SignedGraph;
use proof::Evidence;

pub(super) const SOURCE: &str = "Harary (1953), On the notion of balance of a signed graph; \
                                 Doreian & Mrvar (1996), A partitioning approach to structural \
                                 balance";
pub(super) const QUESTION: &str =
    "which two camps violate the fewest ties between friends and between foes?";
pub(super) const RULE: &str = "over the best splits: hegemonic if the leading state has more than \
                               half of all resources; balanced if the smaller side has at least \
                               4/5 of the larger; else contested";

/// The most states with ties of which all splits are looked at for others as good.
pub const MAX_ENUMERATED: usize = 20;

/// The best splits.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// How many ties the split violates: the frustration index, if it is optimal.
    pub frustration: usize,
    /// The two sides, the stronger first: the states that have ties.
    pub sides: Vec<Vec<String>>,
    /// Whether no split violates fewer ties.
    pub optimal: bool,
    /// How many ties every split violates at least.
    pub lower_bound: usize,
    /// The violated ties.
    pub violated: Vec<[String; 2]>,
    /// How many ties there are between friends and between foes.
    pub ties: [usize; 2],
    /// The states without a tie, on neither side.
    pub unaligned: Vec<String>,
    /// The number of groups of states that no tie joins; how their sides lie to each other is
    /// arbitrary.
    pub components: usize,
    /// How many splits are as good; absent where they were not counted.
    pub splits_total: Option<usize>,
    /// All of them, or as many as were asked for, the one above among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub splits: Vec<Vec<Vec<String>>>,
    /// Why no split is better: cases that hold all splits, each with its bound.
    pub proof: Vec<Branch>,
}

/// The splits on which certain pairs are together or apart, and why none is better: by cycles,
/// if nothing is decided, or by odd sums.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// What is decided there, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<Decided>,
    /// Cycles with an odd number of hostile ties, with weights; no tie carries more than 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cycles: Vec<WeightedCycle>,
    /// Odd sums of sides, with weights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sums: Vec<WeightedSum>,
    /// The weight of each state, or of one for all that are decided to go with it: the violated
    /// ties are at least the squares of the sums, weighed, and these weights.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<WeightedState>,
}

/// A pair that is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// The two states.
    pub pair: [String; 2],
    /// Whether they are on one side, else on different sides.
    pub together: bool,
}

/// A cycle with a weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedCycle {
    /// Its states, in order.
    pub states: Vec<String>,
    /// Its weight.
    pub weight: f64,
}

/// A sum of sides, of +1 and −1, with a weight for its square. It has an odd number of terms.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedSum {
    /// The states whose sides are added; one that counts twice is there twice.
    pub plus: Vec<String>,
    /// The states whose sides are subtracted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub minus: Vec<String>,
    /// Its weight, in ties, with at most six decimals.
    pub weight: f64,
}

/// A state with a weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedState {
    /// The state.
    pub state: String,
    /// Its weight, in ties, with at most six decimals.
    pub weight: f64,
}

/// Solves a problem whose pairs have a sign.
///
/// # Errors
/// If they have none, or the solver of linear programmes fails.
pub fn solve(problem: &Problem, backend: Backend, work: &Work) -> Result<Finding> {
    let graph = SignedGraph::new(problem.required(Relation::Sign)?);
    let proof = proof::prove(&graph, search::split(&graph, work), backend, work)?;
    let mut side = proof.side;
    let frustration = graph.frustration(&side);
    let optimal = proof.bound == frustration;
    let aligned = graph.aligned();
    let sides = |side: &[bool]| {
        let on = |which: bool| aligned.iter().copied().filter(|&i| side[i] == which).collect();
        let sides = strongest_first(problem, vec![on(false), on(true)]);
        let mut names: Vec<Vec<String>> = sides.into_iter().map(|s| problem.names(s)).collect();
        names.resize(2, Vec::new());
        names
    };
    let mut splits = Vec::new();
    let mut splits_total = None;
    if optimal && (2..=MAX_ENUMERATED).contains(&aligned.len()) {
        let best = ties::splits(&graph, &aligned, frustration);
        splits_total = Some(best.len());
        // The first of them is the one that is reported.
        if let Some(first) = best.first() {
            side.clone_from(first);
        }
        splits = best.iter().take(problem.settings.listed).map(|side| sides(side)).collect();
    }
    let id = |i: usize| problem.system().id(i).to_owned();
    let pair = |e: usize| graph.edges[e].ends.map(id);
    let violated = (0..graph.edges.len()).filter(|&e| graph.violates(&side, graph.edges[e]));
    let hostile = graph.edges.iter().filter(|edge| edge.hostile).count();
    Ok(Finding {
        frustration,
        sides: sides(&side),
        optimal,
        lower_bound: proof.bound,
        violated: violated.map(pair).collect(),
        ties: [graph.edges.len() - hostile, hostile],
        unaligned: problem.names((0..graph.len()).filter(|&i| graph.ties[i].is_empty())),
        components: graph.components().len(),
        splits_total,
        splits,
        proof: branches(problem, &graph, &aligned, &proof.evidence),
    })
}

/// The proof as it is reported; `aligned` are the nodes with edges.
fn branches(
    problem: &Problem,
    graph: &SignedGraph,
    aligned: &[usize],
    evidence: &Evidence,
) -> Vec<Branch> {
    match evidence {
        Evidence::Cycles(cycles) => {
            let cycles = cycles.iter().map(|(cycle, weight)| WeightedCycle {
                states: graph.along(cycle).map(|i| problem.system().id(i).to_owned()).collect(),
                weight: *weight,
            });
            vec![Branch { cycles: cycles.collect(), ..Branch::default() }]
        }
        Evidence::Cases(cases) => cases.iter().map(|case| branch(problem, aligned, case)).collect(),
    }
}

/// A case of odd sums, whose signs are those of these nodes.
fn branch(problem: &Problem, nodes: &[usize], case: &Case) -> Branch {
    let id = |sign: usize| problem.system().id(nodes[sign]).to_owned();
    let weight = |millionths: i64| millionths as f64 / PARTS;
    let decided = case
        .decided
        .iter()
        .map(|decision| Decided { pair: decision.pair.map(id), together: !decision.opposite });
    let sums = case.bound.sums.iter().map(|(sum, millionths)| {
        let side = |negative: bool| {
            let terms = sum.terms().filter(|(_, coefficient)| (*coefficient < 0) == negative);
            terms
                .flat_map(|(i, coefficient)| {
                    std::iter::repeat_n(id(case.signs[i]), coefficient.unsigned_abs().into())
                })
                .collect()
        };
        WeightedSum { plus: side(false), minus: side(true), weight: weight(*millionths) }
    });
    let states = case.signs.iter().zip(&case.bound.signs);
    let states = states
        .map(|(&sign, &millionths)| WeightedState { state: id(sign), weight: weight(millionths) });
    Branch {
        decided: decided.collect(),
        cycles: Vec::new(),
        sums: sums.collect(),
        states: states.collect(),
    }
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        let known: Vec<&Vec<Vec<String>>> =
            if self.splits.is_empty() { vec![&self.sides] } else { self.splits.iter().collect() };
        let mut verdicts = Vec::new();
        for sides in known {
            verdicts.push(by_sides(problem, &problem.groups(sides)?));
        }
        Ok(Outcome {
            verdict: agreed(verdicts),
            sides: Some(self.sides.clone()),
            excluded: Vec::new(),
            tied: self.splits_total.is_some_and(|total| total > 1) || self.components > 1,
        })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        (!self.optimal).then(|| {
            format!(
                "whether a split violates fewer than {}: every one violates {} or more",
                count(self.frustration, "tie"),
                self.lower_bound
            )
        })
    }

    fn sections(&self) -> Vec<Section> {
        let [friends, foes] = self.ties;
        let gist = match (self.optimal, self.frustration) {
            (true, 0) => "0: the network is balanced".to_owned(),
            (true, index) => format!("{index} of {} are violated", count(friends + foes, "tie")),
            (false, index) => format!("between {} and {index}", self.lower_bound),
        };
        let mut section = Section::new("FRUSTRATION INDEX", gist).with(braced(&self.sides));
        if !self.violated.is_empty() {
            let each: Vec<String> = self.violated.iter().map(|pair| pair.join("–")).collect();
            section = section.with(format!("Violated: {}.", each.join(", ")));
        }
        if !self.unaligned.is_empty() {
            section = section.with(format!("Without a tie: {}.", listed(&self.unaligned)));
        }
        let mut sections = vec![section, self.proof_section()];
        match self.splits_total {
            Some(1) | None if self.components < 2 => {}
            Some(total) => {
                let mut others = Section::new("TIED", format!("{total} splits are as good"));
                for split in self.splits.iter().take(8) {
                    others = others.with(braced(split));
                }
                sections.push(others);
            }
            None => sections.push(Section::new("TIED", "").with(format!(
                "No tie joins the {} groups of states: how their sides lie is arbitrary.",
                self.components
            ))),
        }
        if self.splits_total.is_none() {
            sections.push(Section::new("OTHER SPLITS", "not counted: some may be as good"));
        }
        sections
    }
}

impl Finding {
    fn proof_section(&self) -> Section {
        let words = match (&self.proof[..], self.lower_bound) {
            (_, 0) => "Nothing can violate less than no tie.".to_owned(),
            ([only], bound) if only.states.is_empty() => format!(
                "{} with an odd number of hostile ties, weighed so that no tie carries more \
                 than 1, have a weight above {}.",
                count(only.cycles.len(), "cycle"),
                bound - 1
            ),
            ([only], bound) => format!(
                "With sides of +1 and −1, the squares of {}, each at least 1, are weighed so \
                 that with a weight for each state they never exceed the violated ties: above {}.",
                count(only.sums.len(), "odd sum"),
                bound - 1
            ),
            (branches, bound) => format!(
                "In each of {} some pairs are on one side and some are not, and the squares of \
                 odd sums of sides, each at least 1, are weighed so that with a weight for each \
                 state they never exceed the violated ties: above {}.",
                count(branches.len(), "case"),
                bound - 1
            ),
        };
        Section::new("PROOF", format!("at least {}", self.lower_bound)).with(words)
    }
}
