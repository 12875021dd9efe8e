//! Jackson & Nei: networks of military alliances that are stable against war.
//!
//! **Definition.** Strengths `M_i`, defensive factor `γ ≥ 1`, a network `g` of alliances,
//! `N_i(g)` the allies of `i`. State `i` is *vulnerable* at `g` if some `j` and
//! `C ⊆ N_j(g) ∪ {j}` with `j ∈ C`, `i ∉ C` defeat it and those of its allies who do not attack:
//! `M(C) > γ M({i} ∪ (N_i(g) ∖ C))`. A network is *war-stable* iff nobody is vulnerable at `g`,
//! nobody is at `g + jk` for any missing alliance, and for each alliance `jk` both ends are at
//! `g − jk` (none is kept without need).
//!
//! **Method.** A larger `C` attacks with more and leaves the target fewer allies, so only all
//! allies of `j` but the target need be tried. Adding `jk` makes only `j` and `k` attack with
//! more, deleting it leaves only `j` and `k` with fewer defenders: from the sums at `g` each case
//! is one comparison. All in integers. Of up to [`MAX_ENUMERATED`] states every network is
//! looked at, up to isomorphism: one of those that are the same but for which of equally strong
//! states is which (`classes`). The theorem: no network with an alliance is war-stable.
//!
//! **Cost.** O(n³), and of few states O(n³) for each class. **Limits.** None; 200 states take a
//! second.
//!
//! **References.** After Jackson & Nei (2015), "Networks of military alliances, wars, and
//! international trade", PNAS 112, 15277–15284.

mod check;
mod classes;
mod network;

use serde::{Deserialize, Serialize};

use super::outcome::{braced, count, listed};
use super::{Answer, Examination, Outcome, Problem, Read, Section};
use crate::dataset::Relation;
use crate::error::{Error, Result};
use crate::game::cooperative::number::{Numerators, with_numerators};
use crate::verdict::Judgement;
use crate::work::Work;

use network::{Network, Strengths};

pub(super) const SOURCE: &str = "after Jackson & Nei (2015), Networks of military alliances, wars, \
                                 and international trade, PNAS 112";
pub(super) const QUESTION: &str =
    "is nobody vulnerable in this network of alliances, nor in any that it could turn into?";
pub(super) const RULE: &str = "hegemonic if one state is stronger than all others together, \
                               weighed by gamma; balanced if the network is war-stable; else \
                               contested";

/// The most states of which all networks are looked at.
pub const MAX_ENUMERATED: usize = 6;

/// Whether a network is war-stable, and why not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Whether the network is war-stable: that of the file of pairs, else the empty one.
    pub war_stable: bool,
    /// The number of its alliances.
    pub alliances: usize,
    /// The states that are vulnerable in it.
    pub vulnerable: Vec<String>,
    /// For each of them an attack that defeats it.
    pub attacks: Vec<Attack>,
    /// Alliances that would make somebody vulnerable, each with an attack; only where nobody is
    /// vulnerable without them.
    pub additions: Vec<Addition>,
    /// How many such alliances there are.
    pub additions_total: usize,
    /// Alliances that an end can do without: it would not be vulnerable.
    pub needless: Vec<Needless>,
    /// How many such ends there are.
    pub needless_total: usize,
    /// The state that defeats all others together.
    pub predominant: Option<String>,
    /// All networks of so few states.
    pub enumeration: Option<Enumeration>,
}

/// An attack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attack {
    /// Who is attacked.
    pub target: String,
    /// Who leads the attack.
    pub leader: String,
    /// All who attack: the leader and allies of it.
    pub attackers: Vec<String>,
}

/// An alliance that would make somebody vulnerable.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Addition {
    /// The two allies.
    pub alliance: [String; 2],
    /// An attack in the network with it.
    pub attack: Attack,
}

/// An alliance that one of its ends does not need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Needless {
    /// The two allies.
    pub alliance: [String; 2],
    /// The end that is not vulnerable without it.
    pub state: String,
}

/// What came of looking at all networks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Enumeration {
    /// How many there are.
    pub networks: u64,
    /// How many there are up to isomorphism: but for which of equally strong states is which.
    pub classes: u64,
    /// The war-stable ones, one of each class, as lists of alliances.
    pub war_stable: Vec<Vec<[String; 2]>>,
}

/// Solves a problem; without a relation `link` of the pairs, for the empty network.
///
/// # Errors
/// If the strengths have no common unit that numbers of 2^13 bits hold.
pub fn solve(problem: &Problem, work: &Work) -> Result<Finding> {
    let network = network_of(problem);
    let integers = problem.integers()?;
    let gamma = &problem.settings.gamma;
    let (above, below) = (gamma.numerator(), dashu_int::IBig::from(gamma.denominator().clone()));
    let n = problem.len();
    let attack = integers.iter().map(|strength| strength * &below);
    let defence = integers.iter().map(|strength| strength * above);
    let total: dashu_int::IBig = integers.iter().sum();
    // With the sum of all, so that every sum is as narrow as the numerators.
    let bound = total * (above + &below);
    let numbers = Numerators::new(attack.chain(defence).chain([bound]).collect());
    with_numerators!(&numbers, v => {
        let strengths = Strengths { attack: &v[..n], defence: &v[n..2 * n] };
        examine(problem, &network, &strengths, work)
    })
}

/// The network of the problem.
fn network_of(problem: &Problem) -> Network {
    let links = problem.pairs().filter(|pairs| pairs.relation == Relation::Link);
    let n = problem.len();
    let linked = |i: usize, j: usize| links.is_some_and(|pairs| !pairs.values[[i, j]].is_zero());
    Network::new(n, linked)
}

fn examine<A: crate::game::cooperative::number::Amount>(
    problem: &Problem,
    network: &Network,
    strengths: &Strengths<A>,
    work: &Work,
) -> Result<Finding> {
    let n = problem.len();
    let id = |i: usize| problem.system().id(i).to_owned();
    let pair = |j: usize, k: usize| [id(j), id(k)];
    let sums = strengths.sums(network);
    let attack = |target: usize, leader: usize, also: Option<usize>| Attack {
        target: id(target),
        leader: id(leader),
        attackers: problem
            .names((0..n).filter(|&k| k != target && (network.band(leader, k) || Some(k) == also))),
    };
    let attacks: Vec<Attack> =
        (0..n).filter_map(|i| Some(attack(i, sums.attacker(i)?, None))).collect();
    let cap = problem.settings.listed;
    let mut found = Finding {
        war_stable: false,
        alliances: network.links(),
        vulnerable: attacks.iter().map(|attack| attack.target.clone()).collect(),
        attacks,
        additions: Vec::new(),
        additions_total: 0,
        needless: Vec::new(),
        needless_total: 0,
        predominant: strengths.predominant().map(id),
        enumeration: None,
    };
    for j in 0..n {
        if work.is_over() {
            return Err(Error::system("the time was up", "give more of it with --time-limit"));
        }
        for k in j + 1..n {
            if network.linked(j, k) {
                for (end, other) in [(j, k), (k, j)] {
                    if !sums.vulnerable_without(network, strengths, end, other) {
                        found.needless_total += 1;
                        if found.needless.len() < cap {
                            found.needless.push(Needless { alliance: pair(j, k), state: id(end) });
                        }
                    }
                }
            } else if found.vulnerable.is_empty()
                && let Some((leader, new, target)) = sums.opened(network, strengths, j, k)
            {
                found.additions_total += 1;
                if found.additions.len() < cap {
                    let attack = attack(target, leader, Some(new));
                    found.additions.push(Addition { alliance: pair(j, k), attack });
                }
            }
        }
    }
    found.war_stable =
        found.vulnerable.is_empty() && found.additions_total == 0 && found.needless_total == 0;
    if n <= MAX_ENUMERATED {
        let (classes, stable) = network::enumerate(strengths, n);
        let links = |network: &Network| {
            let pairs = (0..n).flat_map(|j| (j + 1..n).map(move |k| (j, k)));
            pairs.filter(|&(j, k)| network.linked(j, k)).map(|(j, k)| pair(j, k)).collect()
        };
        found.enumeration = Some(Enumeration {
            networks: 1 << (n * n.saturating_sub(1) / 2),
            classes,
            war_stable: stable.iter().map(links).collect(),
        });
    }
    Ok(found)
}

impl Enumeration {
    fn words(&self) -> String {
        if self.classes == self.networks {
            return format!("{} of these states", self.networks);
        }
        format!(
            "{} of these states, {} but for which of equally strong ones is which",
            self.networks, self.classes
        )
    }
}

impl Answer for Finding {
    fn outcome(&self, problem: &Problem) -> Read<Outcome> {
        problem.states(&self.vulnerable)?;
        let verdict = match (&self.predominant, self.war_stable) {
            (Some(_), _) => Judgement::Hegemonic,
            (None, true) => Judgement::Balanced,
            (None, false) => Judgement::Contested,
        };
        Ok(Outcome { verdict, sides: None, excluded: self.vulnerable.clone(), tied: false })
    }

    fn examine(&self, problem: &Problem, thorough: bool) -> Examination {
        check::examine(self, problem, thorough)
    }

    fn undecided(&self) -> Option<String> {
        None
    }

    fn sections(&self) -> Vec<Section> {
        const SHOWN: usize = 8;
        let network = match self.alliances {
            0 => "the empty network".to_owned(),
            links => format!("this network of {}", count(links, "alliance")),
        };
        let is = if self.war_stable { "is" } else { "is not" };
        let mut section = Section::new("WAR-STABLE", format!("{network} {is}"))
            .with(format!("Vulnerable in it: {}.", listed(&self.vulnerable)));
        let words = |attack: &Attack| {
            let target = &attack.target;
            format!("{} would defeat {target}", braced(std::slice::from_ref(&attack.attackers)))
        };
        for attack in self.attacks.iter().take(SHOWN) {
            section = section.with(format!("{} and the allies it has left.", words(attack)));
        }
        for addition in self.additions.iter().take(SHOWN) {
            let [a, b] = &addition.alliance;
            section = section.with(format!("If {a} and {b} allied, {}.", words(&addition.attack)));
        }
        if self.additions_total > SHOWN {
            let more = self.additions_total - SHOWN;
            section = section.with(format!("And so with {more} other missing alliances."));
        }
        for needless in self.needless.iter().take(SHOWN) {
            let [a, b] = &needless.alliance;
            let state = &needless.state;
            section = section.with(format!("{state} is as safe without the alliance {a}–{b}."));
        }
        if self.needless_total > SHOWN {
            let more = self.needless_total - SHOWN;
            section = section.with(format!("And {more} other ends do not need their alliance."));
        }
        let mut sections = vec![section];
        if let Some(all) = &self.enumeration {
            let empty = all.war_stable.iter().any(Vec::is_empty);
            let linked = all.war_stable.iter().filter(|network| !network.is_empty()).count();
            sections.push(Section::new("ALL NETWORKS", all.words()).with(format!(
                "War-stable with alliances: {linked} (the theorem says none). The empty \
                         network is {}war-stable.",
                if empty { "" } else { "not " }
            )));
        }
        sections
    }
}
