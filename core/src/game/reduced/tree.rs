//! Games in extensive form, and their reduced strategic form.
//!
//! A strategy says what its player does at each information set that it can reach by it; those
//! that differ elsewhere alone are one (Kuhn 1953, in *Contributions to the Theory of Games* II).
//! Cost: each profile is played once, O(nodes reached); limits 2^20 profiles, 2^23 nodes in all.

use dashu_ratio::RBig;

use super::{profiles, push};
use crate::error::{Error, Result};
use crate::game::table::{Column, Player, StrategicTable, advance};

/// Nodes that may be looked at in all profiles together.
const MOST_NODES: usize = 1 << 23;
/// How to have a larger game as a table.
const WAY: &str = "simplify it in Gambit, or have it solved there as a tree";

/// What happens at a node.
#[derive(Debug, Clone)]
pub(super) enum Move {
    /// Nothing: the game ends.
    End,
    /// Each child with its probability, by the place of its information set.
    Chance(usize),
    /// A player's choice at one of its information sets.
    Choice { player: usize, set: usize },
}

/// A node; its children follow it.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) action: Move,
    /// What everybody gets for coming here, if anything.
    pub(super) payoffs: Option<Vec<RBig>>,
    pub(super) children: Vec<usize>,
}

/// A tree, the root first.
#[derive(Debug, Clone)]
pub(super) struct Tree {
    pub(super) title: String,
    pub(super) comment: String,
    pub(super) players: Vec<String>,
    pub(super) nodes: Vec<Node>,
    /// The names of the actions of each player's information sets.
    pub(super) sets: Vec<Vec<Vec<String>>>,
    /// The probabilities of the actions of chance.
    pub(super) chances: Vec<Vec<RBig>>,
}

/// What a player does at its information sets; nothing where it does not come.
type Plan = Vec<Option<usize>>;

impl Tree {
    /// The reduced strategic form.
    ///
    /// # Errors
    /// If it has too many strategies.
    pub(super) fn strategic(&self) -> Result<StrategicTable> {
        let mut plans = Vec::with_capacity(self.players.len());
        for player in 0..self.players.len() {
            plans.push(self.plans(player)?);
        }
        let sizes: Vec<usize> = plans.iter().map(Vec::len).collect();
        let count = profiles(&sizes, "a strategic form", WAY)?;
        if count.saturating_mul(self.nodes.len()) > MOST_NODES {
            let work = format!("{count} profiles of a tree of {} nodes", self.nodes.len());
            return Err(Error::too_large(work, format!("{MOST_NODES} in all"), WAY));
        }
        let mut columns = vec![Column::default(); self.players.len()];
        let mut profile = vec![0; sizes.len()];
        for _ in 0..count {
            let chosen: Vec<&Plan> = profile.iter().zip(&plans).map(|(&s, all)| &all[s]).collect();
            let payoffs = self.played(&chosen);
            columns.iter_mut().zip(payoffs).for_each(|(column, payoff)| push(column, payoff));
            advance(&mut profile, &sizes);
        }
        let roster = self.players.iter().zip(&plans).enumerate();
        let roster = roster.map(|(i, (name, plans))| Player::new(name, self.labels(i, plans)));
        let table = StrategicTable::new(&self.title, roster.collect(), columns)?;
        Ok(table.with_comment(&self.comment))
    }

    /// The information set of a player that comes first in the tree among those that it can reach
    /// by a plan, which says nothing of it.
    fn open(&self, player: usize, plan: &Plan) -> Option<usize> {
        let mut ahead = vec![0];
        while let Some(at) = ahead.pop() {
            let node = &self.nodes[at];
            match node.action {
                Move::Choice { player: mover, set } if mover == player => match plan[set] {
                    None => return Some(set),
                    Some(action) => ahead.push(node.children[action]),
                },
                _ => ahead.extend(node.children.iter().rev()),
            }
        }
        None
    }

    /// All plans of a player, in the order of its actions.
    fn plans(&self, player: usize) -> Result<Vec<Plan>> {
        let mut found = Vec::new();
        let mut ahead = vec![vec![None; self.sets[player].len()]];
        while let Some(plan) = ahead.pop() {
            match self.open(player, &plan) {
                None => found.push(plan),
                Some(set) => {
                    for action in (0..self.sets[player][set].len()).rev() {
                        let mut next = plan.clone();
                        next[set] = Some(action);
                        ahead.push(next);
                    }
                }
            }
            let steps = found.len() + ahead.len();
            if steps > super::MAX_PROFILES || steps.saturating_mul(self.nodes.len()) > MOST_NODES {
                let work = format!("the strategies of {}", self.players[player]);
                return Err(Error::too_large(work, format!("{MOST_NODES} nodes in all"), WAY));
            }
        }
        Ok(found)
    }

    /// What everybody may expect.
    fn played(&self, plans: &[&Plan]) -> Vec<RBig> {
        let mut expected = vec![RBig::ZERO; self.players.len()];
        let mut ahead = vec![(0, RBig::ONE)];
        while let Some((at, probability)) = ahead.pop() {
            let node = &self.nodes[at];
            for (sum, payoff) in expected.iter_mut().zip(node.payoffs.iter().flatten()) {
                *sum += &probability * payoff;
            }
            match &node.action {
                Move::End => {}
                Move::Choice { player, set } => {
                    // A plan says what to do wherever it leads.
                    let action = plans[*player][*set].unwrap_or_default();
                    ahead.push((node.children[action], probability));
                }
                Move::Chance(set) => {
                    let each = node.children.iter().zip(&self.chances[*set]);
                    ahead.extend(each.map(|(&child, chance)| (child, &probability * chance)));
                }
            }
        }
        expected
    }

    /// The names of plans: the actions' names, or where these do not tell plans apart their numbers.
    fn labels(&self, player: usize, plans: &[Plan]) -> Vec<String> {
        if plans.len() == 1 && plans[0].iter().all(Option::is_none) {
            return vec!["-".into()];
        }
        let label = |plan: &Plan, name: &dyn Fn(usize, usize) -> String| {
            let each = plan.iter().enumerate().map(|(set, action)| match action {
                Some(action) => name(set, *action),
                None => "*".into(),
            });
            each.collect::<Vec<_>>().join("/")
        };
        let named = |set: usize, action: usize| self.sets[player][set][action].clone();
        let labels: Vec<String> = plans.iter().map(|plan| label(plan, &named)).collect();
        let mut distinct = labels.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let told = distinct.len() == labels.len() && !labels.iter().any(|l| l.is_empty());
        if told {
            return labels;
        }
        plans.iter().map(|plan| label(plan, &|_, action| (action + 1).to_string())).collect()
    }
}
