//! Reads action-graph games (Jiang, Leyton-Brown & Bhat 2011, *Games Econ. Behav.* 71).
//!
//! Each player chooses a node of its own set; what a node pays depends on how many chose each of
//! its neighbours, and on functions of that: the sum (0) of what is below a function node, or
//! whether there is any (1). The numbers, with comments after `#`: players, action nodes, function
//! nodes; the sizes of the players' sets; the sets; each node's number of neighbours and these;
//! each function's type; for each action node its payoffs, 0 and all in the lexicographic order of
//! the counts that can be where somebody chose it, or 1, how many, and `[counts] payoff`.

use std::collections::{BTreeMap, BTreeSet};

use dashu_ratio::RBig;

use super::{profiles, push};
use crate::error::{Error, Place, Result};
use crate::game::nfg::Number;
use crate::game::table::{Column, Player, StrategicTable, advance};

/// Nodes and arcs that may be looked at in all profiles together.
const MOST_COUNTS: usize = 1 << 26;
/// How to have a larger game solved.
const WAY: &str = "solve it in Gambit, whose solvers take it as it is, or leave out players";

/// Reads a game from the bytes of a `.agg` file, which `file` names in errors, as its strategic
/// form. O(bytes + profiles · players · neighbours).
pub(super) fn read(bytes: &[u8], file: &str) -> Result<StrategicTable> {
    if bytes.trim_ascii_start().starts_with(b"#BAGG") {
        return Err(Error::input(
            Place::line(file, 1),
            "expected an action-graph game, found a Bayesian one",
            "lay it out in Gambit, and give its strategic form as .nfg",
        ));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| {
        Error::input(Place::file(file), "the file is not UTF-8", "save it as UTF-8")
    })?;
    Reader::new(text, file).game()
}

/// The words of a file, each with its line.
struct Reader<'a> {
    file: &'a str,
    words: Vec<(u64, &'a str)>,
    at: usize,
}

/// Which nodes there are, who may choose which, and what each looks at.
struct Graph {
    actions: usize,
    sets: Vec<Vec<usize>>,
    neighbours: Vec<Vec<usize>>,
    kinds: Vec<Kind>,
    /// The function nodes, each after those that it looks at.
    order: Vec<usize>,
}

/// The function nodes, each after those that it looks at; `None` if they are in a cycle.
fn order(actions: usize, neighbours: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut order = Vec::new();
    let mut known: Vec<bool> = (0..neighbours.len()).map(|node| node < actions).collect();
    loop {
        let ready = |node: &usize| !known[*node] && neighbours[*node].iter().all(|&k| known[k]);
        let next: Vec<usize> = (actions..neighbours.len()).filter(ready).collect();
        if next.is_empty() {
            break;
        }
        next.iter().for_each(|&node| known[node] = true);
        order.extend(next);
    }
    (order.len() == neighbours.len() - actions).then_some(order)
}

/// What a function node makes of the counts below it.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Sum,
    Any,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, file: &'a str) -> Self {
        let line = |(number, line): (u64, &'a str)| {
            let said = line.split('#').next().unwrap_or_default();
            said.split(|c: char| c.is_whitespace() || "[],".contains(c))
                .filter(|word| !word.is_empty())
                .map(move |word| (number, word))
        };
        let words = (1..).zip(text.lines()).flat_map(line).collect();
        Self { file, words, at: 0 }
    }

    fn fault(&self, problem: impl Into<String>, remedy: &str) -> Error {
        let last = self.words.len().saturating_sub(1);
        let line = self.words.get(self.at.saturating_sub(1).min(last)).map_or(1, |(line, _)| *line);
        Error::input(Place::line(self.file, line), problem, remedy)
    }

    fn word(&mut self, expected: &str) -> Result<&'a str> {
        let word = self.words.get(self.at).map(|(_, word)| *word);
        self.at += 1;
        word.ok_or_else(|| {
            let problem = format!("expected {expected}, found the end of the file");
            self.fault(problem, "check the numbers of players, nodes and payoffs")
        })
    }

    fn whole(&mut self, expected: &str, most: usize) -> Result<usize> {
        let word = self.word(expected)?;
        word.parse().ok().filter(|number| *number <= most).ok_or_else(|| {
            let problem = format!("expected {expected}, found {word:?}");
            self.fault(problem, &format!("write a whole number, at most {most}"))
        })
    }

    fn number(&mut self) -> Result<RBig> {
        let word = self.word("a payoff")?;
        Number::parse(word.as_bytes()).map(|number| number.exact()).map_err(|found| {
            let problem = format!("expected a payoff, found {found}, {word:?}");
            self.fault(problem, "write it like 3, 1/2, 0.25 or 1e-3")
        })
    }

    fn graph(&mut self) -> Result<Graph> {
        const MOST: usize = 1 << 12;
        let players = self.whole("the number of players", 64)?;
        let actions = self.whole("the number of action nodes", MOST)?;
        let functions = self.whole("the number of function nodes", MOST)?;
        if players == 0 || actions == 0 {
            return Err(self.fault("a game needs players and action nodes", "give one at least"));
        }
        let sizes = (0..players).map(|_| self.whole("the size of a player's set", actions));
        let sizes = sizes.collect::<Result<Vec<_>>>()?;
        let mut sets = Vec::with_capacity(players);
        for &size in &sizes {
            let set = (0..size).map(|_| self.whole("an action node", actions - 1));
            let set = set.collect::<Result<Vec<_>>>()?;
            if !set.is_sorted_by(|a, b| a < b) || set.is_empty() {
                let problem = "expected a player's nodes, each once in ascending order";
                return Err(self.fault(problem, "sort them"));
            }
            sets.push(set);
        }
        profiles(&sizes, "a strategic form", WAY)?;
        let all = actions + functions;
        let mut neighbours = Vec::with_capacity(all);
        for _ in 0..all {
            let count = self.whole("the number of a node's neighbours", all)?;
            let list = (0..count).map(|_| self.whole("a neighbour", all - 1));
            neighbours.push(list.collect::<Result<Vec<_>>>()?);
        }
        let mut kinds = Vec::with_capacity(functions);
        for _ in 0..functions {
            kinds.push(match self.word("the type of a function node")? {
                "0" => Kind::Sum,
                "1" => Kind::Any,
                other => {
                    let problem = format!(
                        "expected a function node of type 0 (sum) or 1 (existence), found {other}"
                    );
                    return Err(self.fault(problem, WAY));
                }
            });
        }
        let Some(order) = order(actions, &neighbours) else {
            return Err(self.fault("the function nodes are in a cycle", "let each look below it"));
        };
        Ok(Graph { actions, sets, neighbours, kinds, order })
    }

    fn game(mut self) -> Result<StrategicTable> {
        let graph = self.graph()?;
        let sizes: Vec<usize> = graph.sets.iter().map(Vec::len).collect();
        let count = profiles(&sizes, "a strategic form", WAY)?;
        let looked_at: usize = graph.neighbours.iter().map(|list| list.len() + 1).sum();
        if count.saturating_mul(looked_at) > MOST_COUNTS {
            let work = format!("{count} profiles of a graph of {looked_at} nodes and arcs");
            return Err(Error::too_large(work, format!("{MOST_COUNTS} in all"), WAY));
        }
        let mut possible = vec![BTreeSet::new(); graph.actions];
        graph.each_profile(&sizes, count, |node, counts| {
            possible[node].insert(counts);
            Ok(())
        })?;
        let mut payoffs: Vec<BTreeMap<Vec<usize>, RBig>> = Vec::with_capacity(graph.actions);
        for (node, possible) in possible.into_iter().enumerate() {
            let width = graph.neighbours[node].len();
            payoffs.push(match self.word("the form of a node's payoffs")? {
                "0" => {
                    let each = possible.into_iter().map(|counts| Ok((counts, self.number()?)));
                    each.collect::<Result<_>>()?
                }
                "1" => {
                    let rows = self.whole("the number of payoffs", usize::MAX)?;
                    let mut known = BTreeMap::new();
                    for _ in 0..rows {
                        let counts = (0..width).map(|_| self.whole("a count", usize::MAX));
                        let counts = counts.collect::<Result<Vec<_>>>()?;
                        known.insert(counts, self.number()?);
                    }
                    known
                }
                other => {
                    let problem =
                        format!("expected payoffs of form 0 (all) or 1 (listed), found {other}");
                    return Err(self.fault(problem, WAY));
                }
            });
        }
        if self.at < self.words.len() {
            self.at += 1;
            return Err(self.fault("expected the end of the file", "check the numbers above"));
        }
        let mut columns = vec![Column::default(); sizes.len()];
        let mut next = 0;
        graph.each_profile(&sizes, count, |node, counts| {
            let payoff = payoffs[node].get(&counts).ok_or_else(|| {
                let problem = format!("node {node} has no payoff for the counts {counts:?}");
                self.fault(problem, "give one for all counts that can be")
            })?;
            push(&mut columns[next], payoff.clone());
            next = (next + 1) % columns.len();
            Ok(())
        })?;
        let players =
            graph.sets.iter().enumerate().map(|(i, set)| {
                Player::new((i + 1).to_string(), set.iter().map(ToString::to_string))
            });
        StrategicTable::new(self.file, players.collect(), columns)
    }
}

impl Graph {
    /// What every node counts of how many chose each action node.
    fn counts(&self, chosen: &[usize]) -> Vec<usize> {
        let mut counts = vec![0; self.neighbours.len()];
        for &node in chosen {
            counts[node] += 1;
        }
        for &node in &self.order {
            let below = self.neighbours[node].iter().map(|&k| counts[k]);
            let sum = below.fold(0, usize::saturating_add);
            counts[node] = match self.kinds[node - self.actions] {
                Kind::Sum => sum,
                Kind::Any => usize::from(sum > 0),
            };
        }
        counts
    }

    /// Calls with each player's node and what that counts, profile by profile.
    fn each_profile(
        &self,
        sizes: &[usize],
        profiles: usize,
        mut each: impl FnMut(usize, Vec<usize>) -> Result<()>,
    ) -> Result<()> {
        let mut profile = vec![0; sizes.len()];
        for _ in 0..profiles {
            let nodes: Vec<usize> =
                profile.iter().zip(&self.sets).map(|(&s, set)| set[s]).collect();
            let counts = self.counts(&nodes);
            for &node in &nodes {
                each(node, self.neighbours[node].iter().map(|&k| counts[k]).collect())?;
            }
            advance(&mut profile, sizes);
        }
        Ok(())
    }
}
