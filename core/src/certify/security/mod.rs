//! Re-checks the security lens: from the system alone, by definition, without the solver's code.
//!
//! What needs a few evaluations is always examined: the threats, every equilibrium's losses and
//! best replies, the groups that would leave, hold or trust. That nothing is missing, and where best
//! replies end, takes all profiles; it is examined up to as many states as is asked
//! for.

mod naive;
mod odds;
mod sets;

use std::collections::BTreeSet;

use crate::certify::Claim;
use crate::certify::security::naive::{Naive, without};
use crate::certify::security::odds::{Replies, number};
use crate::finding::security::{Held, SecurityEquilibrium, SecurityFinding, Strength};
use crate::game::Stance;
use crate::parameters::Parameters;
use crate::sequence::Sequence;
use crate::system::System;
use crate::tolerance::Tolerances;

/// Up to so many states all profiles are gone through again whenever a finding is made.
pub const AT_ONCE: usize = 6;
/// Up to so many whenever a report is checked.
pub const USUALLY: usize = 11;
/// Whatever the number of states.
pub const ALL: usize = usize::MAX;
/// Up to so many states the odds were exact.
const EXACT: usize = 13;

/// The claims of a finding, and what was not examined of it. All profiles are gone through again of
/// systems of up to `complete_to` states: O(n² · 3^(n−1)).
pub fn check(
    system: &System,
    parameters: &Parameters,
    found: &SecurityFinding,
    complete_to: usize,
) -> (Vec<Claim>, Vec<String>) {
    let game = Naive::new(system, parameters, found.target);
    let complete = system.len() <= complete_to;
    let mut checker = Checker { game, found, claims: Vec::new(), unexamined: Vec::new() };
    checker.threats(parameters);
    checker.equilibria();
    let listed = found.total == found.equilibria.len() as u64;
    if listed {
        checker.summary();
    } else {
        checker.exact("not more equilibria are listed than there are", {
            found.total > found.equilibria.len() as u64
        });
        checker.unexamined.push(
            "security: ranges and odds, as not all equilibria are listed (--max-equilibria)".into(),
        );
    }
    let claims = sets::trust(&checker.game, &found.trust, complete);
    checker.claims.extend(claims);
    for (groups, with_rest) in [(&found.balancing, false), (&found.war, true)] {
        let claims = sets::groups(&checker.game, groups, with_rest, complete);
        checker.claims.extend(claims);
    }
    match (complete, system.len() <= EXACT) {
        _ if !listed => {}
        (false, _) => checker.unexamined.push(
            "security: that there is no other equilibrium, cycle, group or trust, and where best \
             replies end (--thorough goes through all profiles again)"
                .into(),
        ),
        (true, true) => checker.everything(),
        (true, false) => checker.large(),
    }
    (checker.claims, checker.unexamined)
}

struct Checker<'a> {
    game: Naive<'a>,
    found: &'a SecurityFinding,
    claims: Vec<Claim>,
    unexamined: Vec<String>,
}

impl Checker<'_> {
    fn exact(&mut self, what: &str, holds: bool) {
        self.claims.push(Claim::exact(format!("security: {what}"), holds));
    }

    fn within(&mut self, what: &str, off: f64) {
        let tolerance = Tolerances::DEFAULT.certificate;
        self.claims.push(Claim::within(format!("security: {what}"), off, tolerance));
    }

    fn threats(&mut self, parameters: &Parameters) {
        let (system, threat) = (self.game.system, &self.found.threat);
        let n = system.len();
        let shares = system.shares();
        let (mut off, mut index_off) = (0.0f64, 0.0f64);
        for j in 0..n {
            let mut felt = 0.0;
            for i in 0..n {
                let tau = naive::threat(system, parameters, i, j);
                off = worst(off, threat.matrix[[i, j]] - tau);
                felt += tau * shares[i] * shares[j];
            }
            let rest: f64 = shares[..j].iter().chain(&shares[j + 1..]).sum();
            index_off = worst(index_off, threat.index[j] - felt / rest);
        }
        self.within("the threats are those of distance, hostility and offence", off);
        self.within("the threat index is power times the threat to the others", index_off);
        let profiles = 3u64.checked_pow(self.game.others.len() as u32);
        self.exact("the number of profiles", profiles == Some(self.found.profiles));
    }

    fn equilibria(&mut self) {
        let [mut losses, mut prevails, mut dominions] = [0.0f64; 3];
        let (mut replies, mut held, mut leaving) = (true, true, true);
        for found in &self.found.equilibria {
            let game = &self.game;
            let camps = game.camps(&found.profile);
            for ((&i, &stance), loss) in game.others.iter().zip(&found.profile).zip(&found.loss) {
                let others = without(camps, i);
                losses = worst(losses, loss - game.loss(others, i, stance));
                replies &= game.is_reply(others, i, stance);
            }
            prevails = worst(prevails, found.prevails - game.prevail(camps.with, camps.against));
            dominions = worst(dominions, found.dominion - game.dominion(&found.profile));
            held &= found.held == game.held(&found.profile);
            leaving &= self.would_leave(found);
        }
        self.exact("in every equilibrium each state plays its best reply", replies);
        self.within("the losses of the equilibria", losses);
        self.within("with what probability the target's side prevails in them", prevails);
        self.within("the target's dominion in them", dominions);
        self.exact("where the target is held, by exact power", held);
        self.exact("the groups that would leave gain by it", leaving);
        let sorted = self.found.equilibria.windows(2).all(|w| w[0].profile < w[1].profile);
        self.exact("the equilibria differ", sorted);
    }

    /// Whether each of the leavers gains, if any are named.
    fn would_leave(&self, found: &SecurityEquilibrium) -> bool {
        let Strength::Leaves(to) = &found.strong else { return true };
        let camps = self.game.camps(to);
        let changed = self.game.others.iter().zip(found.profile.iter().zip(to)).zip(&found.loss);
        let mut leavers = changed.filter(|((_, (from, to)), _)| from != to).peekable();
        leavers.peek().is_some()
            && leavers.all(|((&i, (_, &stance)), loss)| {
                self.game.loss(without(camps, i), i, stance) < *loss
            })
    }

    /// Ranges and odds, from the equilibria and cycles.
    fn summary(&mut self) {
        let found = self.found;
        let settled = || found.equilibria.iter();
        let prevails =
            settled().map(|e| [e.prevails; 2]).chain(found.cycles.iter().map(|c| c.prevails));
        let dominion =
            settled().map(|e| [e.dominion; 2]).chain(found.cycles.iter().map(|c| c.dominion));
        let span = |parts: &mut dyn Iterator<Item = [f64; 2]>| {
            parts.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])]).unwrap_or([0.0, 1.0])
        };
        let (p, d) = (span(&mut prevails.into_iter()), span(&mut dominion.into_iter()));
        let off = |claimed: [f64; 2], made: [f64; 2]| {
            worst(worst(0.0, claimed[0] - made[0]), claimed[1] - made[1])
        };
        self.within(
            "the range over all of them in which the target's side prevails",
            off(found.prevails, p),
        );
        self.within("the range of its dominion", off(found.dominion, d));
        let held = settled().map(|e| e.held);
        let (mut any, mut all) = (false, true);
        for ends in held.map(Held::of).chain(found.cycles.iter().map(|c| c.held)) {
            any |= ends != Held::Never;
            all &= ends == Held::Always;
        }
        let nothing = found.equilibria.is_empty() && found.cycles.is_empty();
        let expected = match (any, all) {
            _ if nothing => Held::Sometimes,
            (_, true) => Held::Always,
            (true, false) => Held::Sometimes,
            (false, false) => Held::Never,
        };
        self.exact(
            "whether the target is held in all, some or none of them",
            found.held == expected,
        );
        let (mut balancing, mut peace, mut mixed, mut stopping, mut total) =
            (0.0, 0.0, 0.0, [0.0; 2], 0.0);
        for e in settled() {
            total += e.basin;
            if e.held {
                balancing += e.basin;
                peace += e.from_peace;
            }
            stopping = stopping.map(|s| s + e.basin * (1.0 - e.prevails));
        }
        for c in &found.cycles {
            total += c.basin;
            match c.held {
                Held::Always => {
                    balancing += c.basin;
                    peace += c.from_peace;
                }
                Held::Sometimes => mixed += c.basin,
                Held::Never => {}
            }
            stopping[0] += c.basin * (1.0 - c.prevails[1]);
            stopping[1] += c.basin * (1.0 - c.prevails[0]);
        }
        let mut stances = 0.0;
        for (c, chances) in found.stances.iter().enumerate() {
            for (stance, chance) in Stance::ALL.into_iter().zip(chances) {
                let of = settled().filter(|e| e.profile[c] == stance).map(|e| e.basin);
                stances = worst(stances, chance - of.sum::<f64>());
            }
        }
        if found.stances.len() != self.game.others.len() {
            stances = f64::INFINITY;
        }
        self.within("each state's probability of each stance", stances);
        let odds = &found.odds;
        let sums = [odds.balancing - balancing, odds.from_peace - peace, odds.mixed - mixed];
        let sums = sums.into_iter().fold(off(odds.stopping, stopping), worst);
        self.within("the odds are sums over equilibria and cycles", sums);
        let lost = odds.sampled.map_or(0.0, |s| 0.5 * s.lost as f64 / s.starts.max(1) as f64);
        let slack = lost * 2.0;
        self.within("all starts end somewhere", (worst(0.0, total - 1.0) - slack).max(0.0));
        let expected_sample = self.game.system.len() > EXACT;
        self.exact("whether odds are exact or sampled", odds.sampled.is_some() == expected_sample);
    }

    /// All profiles again.
    fn everything(&mut self) {
        let found = self.found;
        let replies = Replies::new(&self.game);
        let at_rest = replies.at_rest();
        let same = at_rest.iter().eq(found.equilibria.iter().map(|e| &e.profile));
        self.exact("there is no other equilibrium", same);
        let mut sets: Vec<BTreeSet<u32>> =
            found.equilibria.iter().map(|e| BTreeSet::from([number(&e.profile)])).collect();
        let mut cycles = 0.0;
        for cycle in &found.cycles {
            let followed = replies.follow(&cycle.first);
            let members: Vec<Vec<Stance>> = followed
                .members
                .iter()
                .map(|&at| odds::stances(at, self.game.others.len()))
                .collect();
            let span = |of: &dyn Fn(&Vec<Stance>) -> f64| {
                members
                    .iter()
                    .map(of)
                    .fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], x| [a.min(x), b.max(x)])
            };
            let prevails = span(&|p| {
                let camps = self.game.camps(p);
                self.game.prevail(camps.with, camps.against)
            });
            let dominion = span(&|p| self.game.dominion(p));
            for (claimed, made) in [(cycle.prevails, prevails), (cycle.dominion, dominion)] {
                cycles = worst(worst(cycles, claimed[0] - made[0]), claimed[1] - made[1]);
            }
            let held = members.iter().filter(|p| self.game.held(p)).count();
            let held_as = match held {
                0 => Held::Never,
                all if all == members.len() => Held::Always,
                _ => Held::Sometimes,
            };
            let bandwagons = members.iter().flatten().any(|s| *s == Stance::Bandwagon);
            let sound = followed.closed
                && bandwagons == cycle.bandwagons
                && held_as == cycle.held
                && members.len() as u64 == cycle.profiles
                && members.first() == Some(&cycle.first);
            cycles = if sound { cycles } else { f64::INFINITY };
            sets.push(followed.members);
        }
        self.within("the cycles are closed, with these ranges", cycles);
        let all = || {
            let settled = found.equilibria.iter().map(|e| [e.basin, e.from_peace]);
            settled.chain(found.cycles.iter().map(|c| [c.basin, c.from_peace]))
        };
        for (k, start) in ["a random start", "all hiding"].into_iter().enumerate() {
            let (ends, rest) = replies.ends(&sets, k == 1);
            let off = all().zip(ends).fold(rest, |off, (mass, made)| worst(off, mass[k] - made));
            self.within(&format!("where best replies from {start} end"), off);
        }
        let strong = found
            .equilibria
            .iter()
            .all(|e| e.strong != Strength::Strong || !self.some_group_leaves(e));
        self.exact("no group would leave the equilibria that are called strong", strong);
    }

    /// Goes through every group and every joint change of its stances.
    fn some_group_leaves(&self, found: &SecurityEquilibrium) -> bool {
        let n = self.game.others.len();
        (0..3u32.pow(n as u32)).any(|at| {
            let to = odds::stances(at, n);
            let camps = self.game.camps(&to);
            let mut changed = (0..n).filter(|&c| to[c] != found.profile[c]).peekable();
            changed.peek().is_some()
                && changed.all(|c| {
                    let i = self.game.others[c];
                    let loss = self.game.loss(without(camps, i), i, to[c]);
                    loss < found.loss[c] - Tolerances::DEFAULT.rounding
                })
        })
    }

    /// All profiles of a system whose odds were sampled, and a sample of its own.
    fn large(&mut self) {
        let n = self.game.others.len();
        let mut profile = vec![Stance::Balance; n];
        let mut next = self.found.equilibria.iter().map(|e| &e.profile).peekable();
        let mut same = true;
        loop {
            let camps = self.game.camps(&profile);
            let rests = (0..n).all(|c| {
                let i = self.game.others[c];
                self.game.is_reply(without(camps, i), i, profile[c])
            });
            if rests {
                same &= next.next() == Some(&profile);
            }
            let Some(c) = (0..n).rev().find(|&c| profile[c] != Stance::Bandwagon) else { break };
            profile[c] = Stance::ALL[profile[c] as usize + 1];
            profile[c + 1..].fill(Stance::Balance);
        }
        same &= next.next().is_none();
        self.exact("there is no other equilibrium", same);
        self.sample();
    }

    /// Starts of its own must end where the target is held about as often.
    fn sample(&mut self) {
        const STARTS: u32 = 2_000;
        const STEPS: u32 = 2_000;
        let Some(sampled) = self.found.odds.sampled else { return };
        let mut draws = Sequence::from_seed(!sampled.seed);
        let (mut held, mut open) = (0u32, 0u32);
        let n = self.game.others.len();
        for _ in 0..STARTS {
            let mut profile: Vec<Stance> = (0..n).map(|_| Stance::ALL[draws.below(3)]).collect();
            let mut rests = false;
            for _ in 0..STEPS {
                let camps = self.game.camps(&profile);
                let reply = |c: usize| {
                    let i = self.game.others[c];
                    let reply = self.game.reply(without(camps, i), i);
                    (reply != profile[c]).then_some((c, reply))
                };
                let moves: Vec<(usize, Stance)> = (0..n).filter_map(reply).collect();
                if moves.is_empty() {
                    rests = true;
                    break;
                }
                let (c, to) = moves[draws.below(moves.len())];
                profile[c] = to;
            }
            match rests {
                true => held += u32::from(self.game.held(&profile)),
                false => open += 1,
            }
        }
        let [low, high] = sampled.balancing;
        let starts = f64::from(STARTS);
        // Five standard deviations of this sample beside the interval of the other.
        let spread = 5.0 * 0.5 / starts.sqrt();
        let mixed = f64::from(open) / starts;
        let part = f64::from(held) / starts;
        let agrees = part + mixed + spread >= low && part - spread <= high + mixed;
        self.exact("another sample has about the same balancing odds", agrees);
    }
}

/// The larger of what was off before and what is now; infinite if that is not a number.
fn worst(before: f64, now: f64) -> f64 {
    if now.is_nan() { f64::INFINITY } else { before.max(now.abs()) }
}
