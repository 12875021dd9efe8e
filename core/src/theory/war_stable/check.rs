//! Re-examines a network by the definition, each changed network anew.

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::{Attack, Finding, MAX_ENUMERATED};
use crate::dataset::Relation;
use crate::theory::{Examination, Problem, Read};

/// The most states of which every changed network is looked at, and with `--thorough`.
const CHANGED: [usize; 2] = [12, 40];
/// The most allies of which every subset is tried as attackers where there are few states; of
/// more, all together.
const SUBSETS: usize = 6;
/// The most states of which all networks are looked at again, and with `--thorough`.
const ENUMERATED: [usize; 2] = [4, 5];

pub(super) fn examine(finding: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    let mut check = match Check::new(problem) {
        Ok(check) => check,
        Err(problem) => {
            found.claim(format!("network: {problem}"), false);
            return found;
        }
    };
    if let Err(problem) = check.run(finding, problem, thorough, &mut found) {
        found.claim(format!("network: {problem}"), false);
    }
    found
}

struct Check {
    strengths: Vec<IBig>,
    /// `γ` as a fraction.
    gamma: (IBig, IBig),
    /// Who is allied with whom.
    allies: Vec<Vec<bool>>,
}

impl Check {
    fn new(problem: &Problem) -> Read<Self> {
        let n = problem.len();
        let strengths = problem.integers().map_err(|error| error.to_string())?;
        let gamma: &RBig = &problem.settings.gamma;
        let mut allies = vec![vec![false; n]; n];
        if let Some(pairs) = problem.pairs().filter(|pairs| pairs.relation == Relation::Link) {
            for ((i, j), value) in pairs.values.indexed_iter() {
                allies[i][j] = !value.is_zero();
            }
        }
        let gamma = (gamma.numerator().clone(), IBig::from(gamma.denominator().clone()));
        Ok(Self { strengths, gamma, allies })
    }

    fn sum(&self, states: impl Iterator<Item = usize>) -> IBig {
        states.fold(IBig::ZERO, |sum, i| sum + &self.strengths[i])
    }

    /// Whether these defeat the target: `b M(C) > a M({i} ∪ N_i ∖ C)`.
    fn defeats(&self, attackers: &[usize], target: usize) -> bool {
        let n = self.strengths.len();
        let mut stays: Vec<bool> = (0..n).map(|k| k == target || self.allies[target][k]).collect();
        attackers.iter().for_each(|&k| stays[k] = false);
        let defence = self.sum((0..n).filter(|&k| stays[k]));
        &self.gamma.1 * self.sum(attackers.iter().copied()) > &self.gamma.0 * defence
    }

    fn vulnerable(&self, target: usize) -> bool {
        let n = self.strengths.len();
        (0..n).filter(|&j| j != target).any(|j| {
            let allies: Vec<usize> = (0..n).filter(|&k| self.allies[j][k] && k != target).collect();
            if allies.len() > SUBSETS || n > CHANGED[0] {
                return self.defeats(&[&allies[..], &[j]].concat(), target);
            }
            (0..1u32 << allies.len()).any(|bits| {
                let chosen = allies.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
                let mut attackers: Vec<usize> = chosen.map(|(_, &k)| k).collect();
                attackers.push(j);
                self.defeats(&attackers, target)
            })
        })
    }

    fn all_vulnerable(&self) -> Vec<usize> {
        (0..self.strengths.len()).filter(|&i| self.vulnerable(i)).collect()
    }

    fn set(&mut self, j: usize, k: usize, allied: bool) {
        self.allies[j][k] = allied;
        self.allies[k][j] = allied;
    }

    /// Whether an attack is one: the leader with allies, strong enough.
    fn is_attack(&self, attack: &Attack, problem: &Problem) -> Read<bool> {
        let target = problem.state(&attack.target)?;
        let leader = problem.state(&attack.leader)?;
        let attackers = problem.states(&attack.attackers)?;
        let band = attackers.iter().all(|&k| k == leader || self.allies[leader][k]);
        Ok(band
            && attackers.contains(&leader)
            && !attackers.contains(&target)
            && self.defeats(&attackers, target))
    }

    fn run(
        &mut self,
        finding: &Finding,
        problem: &Problem,
        thorough: bool,
        found: &mut Examination,
    ) -> Read<()> {
        let n = problem.len();
        let links = self.allies.iter().flatten().filter(|allied| **allied).count() / 2;
        found.claim("network: how many alliances it has", links == finding.alliances);
        let vulnerable = problem.states(&finding.vulnerable)?;
        found.claim("vulnerable: by the definition", self.all_vulnerable() == vulnerable);
        let mut attacks = finding.attacks.len() == vulnerable.len();
        for (attack, state) in finding.attacks.iter().zip(&finding.vulnerable) {
            attacks &= attack.target == *state && self.is_attack(attack, problem)?;
        }
        found.claim("vulnerable: each is defeated by the attack named", attacks);
        let all = self.sum(0..n);
        let strongest = (0..n).find(|&h| {
            &self.gamma.1 * &self.strengths[h] > &self.gamma.0 * (&all - &self.strengths[h])
        });
        let claimed = finding.predominant.as_ref().map(|id| problem.state(id)).transpose()?;
        found.claim("predominant: the state that defeats all others together", {
            claimed == strongest
        });
        let stable =
            vulnerable.is_empty() && finding.additions_total == 0 && finding.needless_total == 0;
        found.claim("war_stable: as the parts have it", finding.war_stable == stable);
        self.listed(finding, problem, found)?;
        if n <= CHANGED[usize::from(thorough)] {
            let (additions, needless) = self.changes(vulnerable.is_empty());
            let same = additions == finding.additions_total && needless == finding.needless_total;
            found.claim("war_stable: every network with an alliance more or less", same);
        } else {
            found.skip(
                "war_stable: every network with an alliance more or less (--thorough, up \
                        to 40 states)",
            );
        }
        self.enumeration(finding, problem, thorough, found)
    }

    /// The additions and needless alliances that are listed.
    fn listed(
        &mut self,
        finding: &Finding,
        problem: &Problem,
        found: &mut Examination,
    ) -> Read<()> {
        let mut sound = finding.additions.len()
            == finding.additions_total.min(problem.settings.listed)
            && finding.needless.len() == finding.needless_total.min(problem.settings.listed);
        for addition in &finding.additions {
            let [j, k] =
                [problem.state(&addition.alliance[0])?, problem.state(&addition.alliance[1])?];
            sound &= j != k && !self.allies[j][k];
            self.set(j, k, true);
            sound &= self.is_attack(&addition.attack, problem)?;
            self.set(j, k, false);
        }
        for needless in &finding.needless {
            let [j, k] =
                [problem.state(&needless.alliance[0])?, problem.state(&needless.alliance[1])?];
            let end = problem.state(&needless.state)?;
            sound &= self.allies[j][k] && (end == j || end == k);
            self.set(j, k, false);
            sound &= !self.vulnerable(end);
            self.set(j, k, true);
        }
        found.claim("war_stable: each alliance listed opens an attack, or is needless", sound);
        Ok(())
    }

    /// How many missing alliances make somebody vulnerable, and how many ends of alliances are
    /// not vulnerable without them.
    fn changes(&mut self, safe: bool) -> (usize, usize) {
        let n = self.strengths.len();
        let (mut additions, mut needless) = (0, 0);
        for (j, k) in (0..n).flat_map(|j| (j + 1..n).map(move |k| (j, k))) {
            let linked = self.allies[j][k];
            self.set(j, k, !linked);
            if linked {
                needless += [j, k].into_iter().filter(|&end| !self.vulnerable(end)).count();
            } else if safe {
                additions += usize::from(!self.all_vulnerable().is_empty());
            }
            self.set(j, k, linked);
        }
        (additions, needless)
    }

    /// How many networks differ by more than which of equally strong states is which: the mean
    /// over those renamings of how many networks each leaves as they are (Burnside's lemma).
    fn classes(&self, pairs: &[(usize, usize)]) -> u64 {
        let n = self.strengths.len();
        let (mut renamings, mut kept) = (0u64, 0u64);
        let mut named = vec![Vec::new()];
        for i in 0..n {
            let alike = |&k: &usize| self.strengths[k] == self.strengths[i];
            named = named
                .iter()
                .flat_map(|names: &Vec<usize>| {
                    let free = (0..n).filter(alike).filter(|k| !names.contains(k));
                    free.map(|k| [&names[..], &[k]].concat()).collect::<Vec<_>>()
                })
                .collect();
        }
        for names in named {
            // Alliances that the renaming takes into each other are all there or all not.
            let mut cycles = 0;
            let mut seen = vec![vec![false; n]; n];
            for &(j, k) in pairs {
                let (mut a, mut b) = (j, k);
                cycles += u32::from(!seen[a][b]);
                while !seen[a][b] {
                    seen[a][b] = true;
                    seen[b][a] = true;
                    (a, b) = (names[a], names[b]);
                }
            }
            renamings += 1;
            kept += 1u64 << cycles;
        }
        kept / renamings.max(1)
    }

    fn enumeration(
        &mut self,
        finding: &Finding,
        problem: &Problem,
        thorough: bool,
        found: &mut Examination,
    ) -> Read<()> {
        let n = problem.len();
        let Some(all) = &finding.enumeration else {
            found.claim("enumeration: there is one of so few states", n > MAX_ENUMERATED);
            return Ok(());
        };
        let pairs: Vec<(usize, usize)> =
            (0..n).flat_map(|j| (j + 1..n).map(move |k| (j, k))).collect();
        let few = n <= MAX_ENUMERATED && all.networks == 1 << pairs.len();
        found.claim("enumeration: of all networks", few);
        let classes = few && all.classes == self.classes(&pairs);
        found.claim("enumeration: how many differ", classes);
        if !classes {
            return Ok(());
        }
        if n > ENUMERATED[usize::from(thorough)] {
            found.skip("enumeration: that no other network is war-stable (up to 5 states)");
            return Ok(());
        }
        let mut stable = Vec::new();
        for bits in 0..1u64 << pairs.len() {
            for (at, &(j, k)) in pairs.iter().enumerate() {
                self.set(j, k, bits >> at & 1 == 1);
            }
            if self.all_vulnerable().is_empty() && self.changes(true) == (0, 0) {
                let links = pairs.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
                let id = |i: usize| problem.system().id(i).to_owned();
                stable.push(links.map(|(_, &(j, k))| [id(j), id(k)]).collect::<Vec<_>>());
            }
        }
        found.claim("enumeration: the war-stable networks", stable == all.war_stable);
        Ok(())
    }
}
