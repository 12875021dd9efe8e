//! Re-checks each player's range of payoffs over the core or the least core, exactly.
//!
//! An end of the range is attained by an allocation that leaves no coalition an excess above
//! the limit, and proved by weights that make up the player's indicator: then all such
//! allocations give the player at least (at most) what this one does. Cost: O(2^n) for each
//! different allocation.

use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::certify::cooperative::Checker;
use crate::coalition::Coalition;
use crate::finding::cooperative::{PayoffBound, PayoffRange};

impl Checker<'_> {
    /// That these are the players' ranges over the allocations with no excess above `limit`.
    pub fn ranges(
        &self,
        what: &str,
        ranges: &[PayoffRange],
        limit: &RBig,
        names: &[String],
    ) -> Vec<Claim> {
        let claim = |words: String, holds| Claim::exact(format!("{what}: {words}"), holds);
        if ranges.len() != self.n() {
            return vec![claim("there is a range of payoffs for each player".into(), false)];
        }
        let mut known: Vec<&Vec<RBig>> = Vec::new();
        let mut claims = Vec::with_capacity(2 * ranges.len());
        for (player, range) in ranges.iter().enumerate() {
            let name = names.get(player).map_or("", String::as_str);
            let ends = [&range.lowest, &range.highest];
            let mut attained = true;
            for x in ends.map(|end| &end.allocation) {
                if !known.contains(&x) {
                    let holds = self.bounded(what, x, limit).iter().all(Claim::holds);
                    attained &= holds;
                    if holds {
                        known.push(x);
                    }
                }
            }
            claims
                .push(claim(format!("{name}'s lowest and highest payoff are attained"), attained));
            let proved = attained
                && self.proves(player, &range.lowest, true, limit)
                && self.proves(player, &range.highest, false, limit);
            claims.push(claim(format!("no allocation gives {name} less or more"), proved));
        }
        claims
    }

    /// Whether the weights prove that the allocation's payoff is the lowest, or the highest.
    fn proves(&self, player: usize, bound: &PayoffBound, lowest: bool, limit: &RBig) -> bool {
        let n = self.n();
        let Some(x) = self.payoffs(&bound.allocation) else { return false };
        // What a player pays at most is minus what it gets at least.
        let low = lowest == self.has_worths();
        let sign = if low { RBig::ONE } else { RBig::from(-1) };
        let mut cover = vec![bound.total.clone(); n];
        let mut value = &bound.total * self.value(Coalition::grand(n));
        for (s, weight) in &bound.weights {
            if !self.proper(*s) || *weight <= RBig::ZERO {
                return false;
            }
            s.members().for_each(|i| cover[i] += weight);
            value += weight * (self.value(*s) - limit);
        }
        let indicates = cover
            .iter()
            .enumerate()
            .all(|(i, c)| if i == player { *c == sign } else { c.is_zero() });
        indicates && value == &x[player] * &sign
    }
}
