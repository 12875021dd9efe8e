//! Re-examines strong and coalition-proof equilibria.

use crate::certify::{self, Claim};
use crate::coalition::Coalition;
use crate::finding::strategic::{Blocking, Refinement};
use crate::game::StrategicTable;
use crate::report::game::check::{Check, Read};
use crate::report::game::*;

/// The most players of whom a coalition can be named.
const MAX_COALITION: usize = 64;
/// Comparisons for the definition of coalition-proofness, and if asked to be thorough.
const STEPS: u64 = 1 << 24;
const MORE_STEPS: u64 = 1 << 32;

impl Check<'_> {
    pub(super) fn refinements(&mut self) {
        let report = self.report;
        if let Some(stable) = &report.strong {
            let read = self.refinement(stable, report.strong_upset.as_deref().unwrap_or_default());
            self.certified("strong", read, |game, found| {
                let mut claims = certify::strategic::strong(game, found);
                claims.push(everyone("strong", game, found));
                claims
            });
        }
        if let Some(found) = &report.so_far.strong {
            let read = self.refinement(&found.stable, &found.upset);
            self.certified("strong so far", read, certify::strategic::strong);
        }
        if let Some(stable) = &report.coalition_proof {
            let upset = report.coalition_proof_upset.as_deref().unwrap_or_default();
            let read = self.refinement(stable, upset);
            let steps = if self.thorough { MORE_STEPS } else { STEPS };
            let mut again = None;
            self.certified("coalition-proof", read, |game, found| {
                let mut claims = certify::strategic::refinement(game, found);
                claims.push(everyone("coalition-proof", game, found));
                again = by_definition(game, found, steps);
                claims
            });
            match again {
                Some(same) => {
                    self.claim(Claim::exact("coalition-proof: by the definition", same));
                }
                None => {
                    let more = if self.thorough { "" } else { " (--thorough tries longer)" };
                    let what = format!("coalition-proof: by the definition, which is long{more}");
                    self.found.unexamined.push(what);
                }
            }
        }
        if let Some(found) = &report.so_far.coalition_proof {
            let read = self.refinement(&found.stable, &found.upset);
            self.certified("coalition-proof so far", read, certify::strategic::refinement);
            if !found.stable.is_empty() {
                self.claim(Claim::exact(
                    "coalition-proof so far: nothing can be stable yet",
                    false,
                ));
            }
        }
    }

    fn refinement(&self, stable: &[StableReport], upset: &[UpsetReport]) -> Read<Refinement> {
        if self.players.len() > MAX_COALITION {
            return Err(format!("coalitions of more than {MAX_COALITION} players"));
        }
        let profile = |names: &[String]| Ok(self.game.profile(self.profile(names)?));
        let blocked = |upset: &UpsetReport| {
            let members: Read<Vec<usize>> =
                upset.coalition.iter().map(|name| self.player(name)).collect();
            let members = members?;
            let coalition = members.iter().copied().fold(Coalition::EMPTY, Coalition::with);
            if coalition.len() != members.len() {
                return Err("a coalition has a member twice".to_owned());
            }
            let blocking = Blocking { coalition, deviation: profile(&upset.deviation)? };
            Ok((profile(&upset.profile)?, blocking))
        };
        Ok(Refinement {
            stable: stable.iter().map(|s| profile(&s.profile)).collect::<Read<_>>()?,
            upset: upset.iter().map(blocked).collect::<Read<_>>()?,
        })
    }
}

/// Whether the definition tells the profiles apart in the same way; `None` if that takes more
/// steps.
fn by_definition(game: &StrategicTable, found: &Refinement, steps: u64) -> Option<bool> {
    let upset = found.upset.iter().map(|(profile, _)| (profile, false));
    let all: Vec<_> = found.stable.iter().map(|profile| (profile, true)).chain(upset).collect();
    let numbers: Vec<usize> = all.iter().map(|(profile, _)| game.index(profile)).collect();
    let proof = certify::strategic::coalition_proof::coalition_proof(game, &numbers, steps)?;
    Some(all.iter().zip(proof).all(|((_, claimed), proof)| *claimed == proof))
}

/// That every pure Nash equilibrium is stable or upset.
fn everyone(what: &str, game: &StrategicTable, found: &Refinement) -> Claim {
    let profiles = found.stable.iter().chain(found.upset.iter().map(|(profile, _)| profile));
    let numbers: Vec<usize> = profiles.map(|profile| game.index(profile)).collect();
    let all = certify::strategic::pure(game, &numbers).iter().all(Claim::holds);
    Claim::exact(format!("{what}: every pure Nash equilibrium is told apart"), all)
}
