//! Reads what is reported of iterated dominance.

use crate::finding::strategic::{Dominance, Elimination};
use crate::report::game::check::{Check, Read};
use crate::report::game::number::fraction;
use crate::report::game::*;

impl Check<'_> {
    pub(super) fn dominance(&self, report: &DominanceReport) -> Read<Dominance> {
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
}
