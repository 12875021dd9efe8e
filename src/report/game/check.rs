//! Re-examines a report on a game from the game in it.

use dashu_ratio::RBig;

use crate::certify::{self, Claim};
use crate::coalition::Coalition;
use crate::error::{Error, Place, Result};
use crate::game::{StrategicTable, nfg};
use crate::report::Verification;
use crate::report::game::number::fraction;
use crate::report::game::*;
use crate::solve::correlated::{Concept, Extreme, Objective, Proof, Range, Weighted};
use crate::solve::dominance::{Dominance, Elimination};
use crate::solve::mixed;
use crate::solve::refinement::{self, Blocking, Refinement};
use crate::tolerance::Tolerances;

/// The most players of whom a coalition can be named.
const MAX_COALITION: usize = 64;

/// Examines every claim of `report`: pure equilibria, dominance and the equilibria of two
/// players in exact arithmetic.
///
/// # Errors
/// If the report has another schema, or the game in it cannot be read.
pub fn check(report: &GameReport) -> Result<Verification> {
    if report.schema != GAME_SCHEMA {
        return Err(Error::input(
            Place { column: Some("schema".into()), ..Place::file(&report.source) },
            format!("expected \"{GAME_SCHEMA}\", found \"{}\"", report.schema),
            "check it with the version of equipoise that wrote it",
        ));
    }
    let game = nfg::read(report.game.as_bytes(), "the game in the report")?;
    let players = names(&game);
    let found = Verification { claims: Vec::new(), unexamined: Vec::new(), undecided: false };
    let mut check = Check { report, game: &game, players, found };
    check.run();
    check.found.undecided = !report.undecided.0.is_empty();
    Ok(check.found)
}

struct Check<'a> {
    report: &'a GameReport,
    game: &'a StrategicTable,
    players: Vec<GamePlayer>,
    found: Verification,
}

/// What was read, or why it cannot be.
type Read<T> = std::result::Result<T, String>;

impl Check<'_> {
    fn run(&mut self) {
        let report = self.report;
        let same = report.players == self.players;
        self.claim(Claim::exact("game: the players and strategies are the game's", same));
        if let Some(pure) = &report.pure {
            self.pure(pure);
        }
        if let Some(dominance) = &report.dominance {
            let read = self.dominance(dominance);
            self.certified("dominance", read, certify::strategic::dominance);
        }
        if let Some(mixed) = &report.mixed {
            self.mixed(mixed);
        }
        for (name, concept, range) in [
            ("correlated", Concept::Correlated, &report.correlated),
            ("coarse", Concept::Coarse, &report.coarse_correlated),
        ] {
            if let Some(range) = range {
                let read = self.range(concept, range);
                self.certified(name, read, |game, (objective, range)| {
                    certify::correlated::range(game, concept, *objective, range)
                });
            }
        }
        if let Some(stable) = &report.strong {
            let read = self.refinement(stable, report.strong_upset.as_deref().unwrap_or_default());
            self.certified("strong", read, |game, found| {
                let mut claims = certify::strategic::strong(game, found);
                claims.push(everyone("strong", game, found));
                claims
            });
        }
        if let Some(stable) = &report.coalition_proof {
            let upset = report.coalition_proof_upset.as_deref().unwrap_or_default();
            let read = self.refinement(stable, upset);
            self.certified("coalition-proof", read, |game, found| {
                let mut claims = certify::strategic::refinement(game, found);
                claims.push(everyone("coalition-proof", game, found));
                let again = refinement::coalition_proof(game);
                let same = again.is_ok_and(|again| again.stable == found.stable);
                claims.push(Claim::exact("coalition-proof: by the definition, once more", same));
                claims
            });
        }
    }

    fn claim(&mut self, claim: Claim) {
        self.found.claims.push(claim);
    }

    fn certified<T>(
        &mut self,
        what: &str,
        read: Read<T>,
        check: impl FnOnce(&StrategicTable, &T) -> Vec<Claim>,
    ) {
        match read {
            Ok(found) => self.found.claims.extend(check(self.game, &found)),
            Err(problem) => self.claim(Claim::exact(format!("{what}: {problem}"), false)),
        }
    }

    fn pure(&mut self, pure: &[PureReport]) {
        let read: Read<Vec<usize>> =
            pure.iter().map(|found| self.profile(&found.profile)).collect();
        let read = read.map(|numbers| {
            let n = self.players.len();
            let paid = numbers.iter().zip(pure).all(|(&index, found)| {
                let pays = |i: usize| found.payoffs[i].is(&self.game.payoff(i, index));
                found.payoffs.len() == n && (0..n).all(pays)
            });
            (numbers, paid)
        });
        self.certified("pure", read, |game, (numbers, paid)| {
            let mut claims = certify::strategic::pure(game, numbers);
            claims.push(Claim::exact("pure: the payoffs are the game's", *paid));
            claims
        });
    }

    fn mixed(&mut self, mixed: &[MixedReport]) {
        let complete = mixed.iter().filter(|found| found.complete).count();
        let agree = complete == 0 || complete == mixed.len();
        self.claim(Claim::exact("mixed: all or none are said to be all", agree));
        for (number, found) in mixed.iter().enumerate() {
            let claims = self.equilibrium(number + 1, found);
            self.found.claims.extend(claims);
        }
        if complete > 0 {
            self.found.unexamined.push("mixed: that there is no other equilibrium".into());
        }
    }

    fn equilibrium(&self, number: usize, found: &MixedReport) -> Vec<Claim> {
        let exact = match &found.exact {
            Some(exact) => Some(fractions(exact.iter().map(|p| p.iter().map(String::as_str)))),
            None => {
                found.profile.iter().flatten().all(|x| matches!(x, Num::Exact(_))).then(|| {
                    fractions(found.profile.iter().map(|p| {
                        p.iter().map(|x| if let Num::Exact(text) = x { text } else { "" })
                    }))
                })
            }
        };
        let sizes = self.game.sizes();
        let shaped = found.profile.len() == sizes.len()
            && found.profile.iter().zip(&sizes).all(|(p, &k)| p.len() == k)
            && found.payoffs.len() == sizes.len()
            && found.regrets.len() == sizes.len();
        let name = |text: &str| format!("mixed: equilibrium {number} {text}");
        if !shaped || exact.as_ref().is_some_and(Option::is_none) {
            return vec![Claim::exact(name("has a number for each strategy"), false)];
        }
        match exact.flatten() {
            Some(strategies) => self.exact_equilibrium(number, found, strategies),
            None => self.float_equilibrium(number, found),
        }
    }

    fn exact_equilibrium(
        &self,
        number: usize,
        found: &MixedReport,
        strategies: Vec<Vec<RBig>>,
    ) -> Vec<Claim> {
        let name = |text: &str| format!("mixed: equilibrium {number} {text}");
        let same = found.profile.len() == strategies.len()
            && found.profile.iter().zip(&strategies).all(|(p, exact)| {
                p.len() == exact.len() && p.iter().zip(exact).all(|(p, exact)| p.is(exact))
            });
        let what = name("has the exact probabilities that it shows");
        let mut claims = vec![Claim::exact(what, same)];
        let sizes = self.game.sizes();
        let ([m, _], Ok([x, y]), true) = (&sizes[..], <[Vec<RBig>; 2]>::try_from(strategies), same)
        else {
            claims.push(Claim::exact(name("is of two players"), false));
            return claims;
        };
        let mean = |player: usize| {
            let mut sum = RBig::ZERO;
            for (i, p) in x.iter().enumerate() {
                for (j, q) in y.iter().enumerate() {
                    sum += p * q * self.game.payoff(player, i + m * j);
                }
            }
            sum
        };
        let payoffs = [mean(0), mean(1)];
        let paid = found.payoffs.iter().zip(&payoffs).all(|(claimed, paid)| claimed.is(paid));
        let nought = found.regrets.iter().chain([&found.regret]).all(|r| r.is(&RBig::ZERO));
        let equilibrium = mixed::ExactEquilibrium { strategies: [x, y], payoffs };
        let holds = certify::strategic::exact(self.game, &equilibrium).holds();
        claims.push(Claim::exact(name("has no better reply, exactly"), holds));
        claims.push(Claim::exact(name("pays what it says"), paid));
        claims.push(Claim::exact(name("has no regret"), nought));
        claims
    }

    fn float_equilibrium(&self, number: usize, found: &MixedReport) -> Vec<Claim> {
        let tolerance = Tolerances::DEFAULT.certificate;
        let strategies: Vec<Vec<f64>> =
            found.profile.iter().map(|p| p.iter().map(Num::value).collect()).collect();
        let real = mixed::Equilibrium::new(self.game, strategies, mixed::Proof::None);
        let mut claims = certify::strategic::mixed(self.game, std::slice::from_ref(&real));
        for claim in &mut claims {
            claim.what = format!("mixed: equilibrium {number} has no better reply");
        }
        let off = |claimed: &[Num], real: &[f64]| {
            let each = claimed.iter().zip(real).enumerate();
            each.map(|(i, (a, b))| (a.value() - b).abs() / self.game.span(i))
                .fold(0.0, |a: f64, b| if b.is_nan() { f64::INFINITY } else { a.max(b) })
        };
        let largest = real.regret.iter().copied().fold(0.0, f64::max);
        let worst = (0..self.players.len()).map(|i| self.game.span(i)).fold(0.0, f64::max);
        let regret = (found.regret.value() - largest).abs() / worst;
        let name = |text: &str| format!("mixed: equilibrium {number} {text}");
        let payoffs = off(&found.payoffs, &real.payoffs);
        claims.push(Claim::within(name("pays what it says"), payoffs, tolerance));
        let regrets = off(&found.regrets, &real.regret);
        claims.push(Claim::within(name("has the regrets that it says"), regrets, tolerance));
        claims.push(Claim::within(name("has the largest regret that it says"), regret, tolerance));
        claims
    }

    fn dominance(&self, report: &DominanceReport) -> Read<Dominance> {
        let step = |step: &EliminationReport| {
            let player = self.player(&step.player)?;
            let part = |(strategy, weight): &(String, String)| {
                let weight = fraction(weight)
                    .ok_or_else(|| format!("{weight} is no fraction such as 5/12"))?;
                Ok((self.strategy(player, strategy)?, weight))
            };
            Ok(Elimination {
                player,
                strategy: self.strategy(player, &step.strategy)?,
                by: step.by.0.iter().map(part).collect::<Read<_>>()?,
            })
        };
        let left = |(player, left): (usize, &Vec<String>)| {
            if player >= self.players.len() {
                return Err("strategies remain of more players than there are".into());
            }
            left.iter().map(|strategy| self.strategy(player, strategy)).collect()
        };
        Ok(Dominance {
            steps: report.steps.iter().map(step).collect::<Read<_>>()?,
            remaining: report.remaining.iter().enumerate().map(left).collect::<Read<_>>()?,
        })
    }

    fn range(&self, concept: Concept, report: &RangeReport) -> Read<(Objective, Range)> {
        let objective = match report.objective.as_str() {
            "welfare" => Objective::Welfare,
            "minimum" => Objective::Minimum,
            other => match other.strip_prefix("player:") {
                Some(name) => Objective::Player(self.player(name)?),
                None => return Err(format!("there is no objective {other}")),
            },
        };
        let lowest = self.extreme(concept, &report.lowest, report.min)?;
        let highest = self.extreme(concept, &report.highest, report.max)?;
        Ok((objective, Range { lowest, highest }))
    }

    fn extreme(&self, concept: Concept, end: &ExtremeReport, value: f64) -> Read<Extreme> {
        let likely = |l: &LikelyProfile| Ok((self.profile(&l.profile)?, l.probability));
        let incentive = |w: &GameIncentive| {
            let player = self.player(&w.player)?;
            let to = self.strategy(player, &w.to)?;
            let from = match (&w.from, concept) {
                (Some(from), Concept::Correlated) => self.strategy(player, from)?,
                (None, Concept::Coarse) => to,
                _ => return Err("an incentive is of the other concept".to_owned()),
            };
            Ok(Weighted { player, from, to, weight: w.weight })
        };
        let proof = |proof: &BoundReport| {
            Ok(Proof {
                shares: proof.shares.clone(),
                weights: proof.weights.iter().map(incentive).collect::<Read<_>>()?,
                bound: proof.bound,
            })
        };
        Ok(Extreme {
            value,
            distribution: end.distribution.iter().map(likely).collect::<Read<_>>()?,
            payoffs: end.payoffs.clone(),
            proofs: end.proofs.iter().map(proof).collect::<Read<_>>()?,
        })
    }

    fn refinement(&self, stable: &[StableReport], upset: &[UpsetReport]) -> Read<Refinement> {
        if self.players.len() > MAX_COALITION {
            return Err(format!("coalitions of more than {MAX_COALITION} players"));
        }
        let profile = |names: &[String]| Ok(self.game.profile(self.profile(names)?));
        let blocked = |upset: &UpsetReport| {
            let members: Read<Vec<usize>> =
                upset.coalition.iter().map(|name| self.player(name)).collect();
            let coalition = members?.into_iter().fold(Coalition::EMPTY, Coalition::with);
            let blocking = Blocking { coalition, deviation: profile(&upset.deviation)? };
            Ok((profile(&upset.profile)?, blocking))
        };
        Ok(Refinement {
            stable: stable.iter().map(|s| profile(&s.profile)).collect::<Read<_>>()?,
            upset: upset.iter().map(blocked).collect::<Read<_>>()?,
        })
    }

    fn player(&self, name: &str) -> Read<usize> {
        let known = self.players.iter().position(|player| player.name == name);
        known.ok_or_else(|| format!("there is no player {name}"))
    }

    fn strategy(&self, player: usize, name: &str) -> Read<usize> {
        let GamePlayer { name: player, strategies } = &self.players[player];
        let known = strategies.iter().position(|strategy| strategy == name);
        known.ok_or_else(|| format!("{player} has no strategy {name}"))
    }

    /// The number of a profile of names.
    fn profile(&self, names: &[String]) -> Read<usize> {
        if names.len() != self.players.len() {
            return Err("a profile needs a strategy for each player".into());
        }
        let strategies: Read<Vec<usize>> =
            names.iter().enumerate().map(|(i, name)| self.strategy(i, name)).collect();
        Ok(self.game.index(&strategies?))
    }
}

/// That every pure Nash equilibrium is stable or upset.
fn everyone(what: &str, game: &StrategicTable, found: &Refinement) -> Claim {
    let profiles = found.stable.iter().chain(found.upset.iter().map(|(profile, _)| profile));
    let numbers: Vec<usize> = profiles.map(|profile| game.index(profile)).collect();
    let all = certify::strategic::pure(game, &numbers).iter().all(Claim::holds);
    Claim::exact(format!("{what}: every pure Nash equilibrium is told apart"), all)
}

fn fractions<'a, P>(lists: impl Iterator<Item = P>) -> Option<Vec<Vec<RBig>>>
where
    P: Iterator<Item = &'a str>,
{
    lists.map(|list| list.map(fraction).collect()).collect()
}
