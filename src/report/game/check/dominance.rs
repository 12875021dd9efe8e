//! Reads what is reported of iterated dominance.

use crate::certify;
use crate::finding::strategic::{Belief, Dominance, Elimination};
use crate::report::game::check::{Check, Read};
use crate::report::game::number::fraction;
use crate::report::game::*;

impl Check<'_> {
    /// Examines eliminations, and that nothing is dominated that remains.
    pub(super) fn eliminated(&mut self, report: &DominanceReport) {
        match self.dominance(report) {
            Ok(found) => {
                self.found.claims.extend(certify::strategic::dominance(self.game, &found));
                let (claims, open) = certify::strategic::beliefs::undominated(self.game, &found);
                self.found.claims.extend(claims);
                self.found.unexamined.extend(open);
            }
            Err(problem) => self.found.exact(format!("dominance: {problem}"), false),
        }
    }

    fn belief(&self, report: &BeliefReport) -> Read<Belief> {
        let player = self.player(&report.player)?;
        let likely = |likely: &LikelyProfile| {
            let probability = match &likely.probability {
                Num::Exact(text) => fraction(text),
                Num::Float(_) => None,
            };
            let probability = probability.ok_or("a belief's probability is no fraction")?;
            Ok((self.profile(&likely.profile)?, probability))
        };
        Ok(Belief {
            player,
            strategy: self.strategy(player, &report.strategy)?,
            expects: report.expects.iter().map(likely).collect::<Read<_>>()?,
        })
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
            beliefs: report.beliefs.iter().map(|b| self.belief(b)).collect::<Read<_>>()?,
        })
    }
}
