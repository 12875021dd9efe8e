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
//! programme, with the cycles that it needs found by shortest paths (`bound`, `cycles`); where
//! they do not prove enough, a tie is kept or violated and each case is bounded by itself
//! (`branch`). The weights and the tree are the proof, which is added up to check it.
//! Other splits as good are enumerated for up to [`MAX_ENUMERATED`] states with ties.
//!
//! **Cost.** A programme with a column for each tie for every round of cycles, and as many
//! branches as the gap needs. Of 150 states with 600 ties in two camps with a tenth of the ties
//! turned at random a second at most; with a quarter of them turned a minute, most of it in the
//! programme of the first branch; at random altogether many minutes.
//! **Limits.** None; undecided after 50,000 branches, with the bound that was proven.
//!
//! **References.** Harary (1953), "On the notion of balance of a signed graph"; Doreian & Mrvar
//! (1996), "A partitioning approach to structural balance"; Barahona & Mahjoub (1986), "On the
//! cut polytope"; Aref, Mason & Wilson (2020), "A modeling and computational study of the
//! frustration index in signed networks".

mod bound;
mod branch;
mod check;
mod cycles;
mod graph;
mod search;
mod ties;

use serde::{Deserialize, Serialize};

use super::outcome::{agreed, braced, by_sides, count, listed, strongest_first};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::dataset::Relation;
use crate::error::Result;
use crate::lp::Backend;
use crate::work::Work;

use branch::{Leaf, Search};
use cycles::Fixed;
use graph::SignedGraph;

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
    /// Why no split is better: branches that hold all splits, each with its bound.
    pub proof: Vec<Branch>,
}

/// The splits that keep and violate certain ties, and why none is better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// What is decided there, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<Decided>,
    /// Negative cycles with weights, where a violated tie counts as its opposite; no other tie
    /// carries more than 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cycles: Vec<WeightedCycle>,
    /// A negative cycle of decided ties: no split is on the branch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impossible: Option<Vec<String>>,
}

/// A tie that is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decided {
    /// The two states.
    pub tie: [String; 2],
    /// Whether it is violated, else kept.
    pub violated: bool,
}

/// A cycle with a weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WeightedCycle {
    /// Its states, in order.
    pub states: Vec<String>,
    /// Its weight.
    pub weight: f64,
}

/// Solves a problem whose pairs have a sign.
///
/// # Errors
/// If they have none, or the solver of linear programmes fails.
pub fn solve(problem: &Problem, backend: Backend, work: &Work) -> Result<Finding> {
    let graph = SignedGraph::new(problem.required(Relation::Sign)?);
    let (mut side, mut frustration) = search::split(&graph, work);
    let proof = loop {
        match branch::prove(&graph, frustration, backend, work)? {
            Search::Proof(proof) => break proof,
            Search::Better(better) => {
                frustration = graph.frustration(&better);
                side = better;
            }
        }
    };
    let aligned: Vec<usize> = (0..graph.len()).filter(|&i| !graph.ties[i].is_empty()).collect();
    let sides = |side: &[bool]| {
        let on = |which: bool| aligned.iter().copied().filter(|&i| side[i] == which).collect();
        let sides = strongest_first(problem, vec![on(false), on(true)]);
        let mut names: Vec<Vec<String>> = sides.into_iter().map(|s| problem.names(s)).collect();
        names.resize(2, Vec::new());
        names
    };
    let mut splits = Vec::new();
    let mut splits_total = None;
    if proof.complete && (2..=MAX_ENUMERATED).contains(&aligned.len()) {
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
        optimal: proof.complete,
        lower_bound: proof.bound,
        violated: violated.map(pair).collect(),
        ties: [graph.edges.len() - hostile, hostile],
        unaligned: problem.names((0..graph.len()).filter(|&i| graph.ties[i].is_empty())),
        components: graph.components().len(),
        splits_total,
        splits,
        proof: proof.leaves.iter().map(|leaf| branch_report(problem, &graph, leaf)).collect(),
    })
}

fn branch_report(problem: &Problem, graph: &SignedGraph, leaf: &Leaf) -> Branch {
    let id = |i: usize| problem.system().id(i).to_owned();
    let states = |cycle: &[usize]| -> Vec<String> {
        let ends = |at: usize| graph.edges[cycle[at % cycle.len()]].ends;
        // The node that an edge shares with the next one.
        let shared = |at: usize| {
            let [a, b] = ends(at);
            if ends(at + 1).contains(&b) { b } else { a }
        };
        (0..cycle.len()).map(|at| id(shared(at))).collect()
    };
    Branch {
        decided: leaf
            .decided
            .iter()
            .map(|&(e, as_what)| Decided {
                tie: graph.edges[e].ends.map(id),
                violated: as_what == Fixed::Violated,
            })
            .collect(),
        cycles: leaf
            .packing
            .iter()
            .map(|(cycle, weight)| WeightedCycle { states: states(cycle), weight: *weight })
            .collect(),
        impossible: leaf.impossible.as_ref().map(|cycle| states(cycle)),
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
        let cycles: usize = self.proof.iter().map(|branch| branch.cycles.len()).sum();
        let words = match (&self.proof[..], self.lower_bound) {
            (_, 0) => "Nothing can violate less than no tie.".to_owned(),
            ([_], bound) => format!(
                "{} with an odd number of hostile ties, weighed so that no tie carries more \
                 than 1, have a weight above {}.",
                count(cycles, "cycle"),
                bound - 1
            ),
            (branches, bound) => format!(
                "In each of {} some ties are kept and some violated, and cycles prove {bound}.",
                count(branches.len(), "case")
            ),
        };
        Section::new("PROOF", format!("at least {}", self.lower_bound)).with(words)
    }
}
