//! What is found of a range: its ends, attained and proved, rounded and exactly.

use dashu_ratio::RBig;

use super::Weighted;

pub use crate::finding::strategic::correlated::{
    Attained, Bounds, Concept, End, Extreme, Partial, Proof, Range, Ranged,
};

impl Extreme<RBig> {
    /// In floating point.
    pub(super) fn rounded(&self) -> Extreme {
        let Attained { value, distribution, payoffs } = &self.attained;
        let proof = |proof: &Proof<RBig>| Proof {
            shares: proof.shares.iter().map(rounded).collect(),
            weights: proof
                .weights
                .iter()
                .map(|w| Weighted {
                    player: w.player,
                    from: w.from,
                    to: w.to,
                    weight: rounded(&w.weight),
                })
                .collect(),
            bound: rounded(&proof.bound),
        };
        Extreme {
            attained: Attained {
                value: rounded(value),
                distribution: distribution.iter().map(|(k, p)| (*k, rounded(p))).collect(),
                payoffs: payoffs.iter().map(rounded).collect(),
            },
            proofs: self.proofs.iter().map(proof).collect(),
        }
    }

    /// What was minimised, as what is maximised.
    pub(super) fn negate(&mut self) {
        let minus = RBig::from(-1);
        self.attained.value *= &minus;
        self.proofs.iter_mut().for_each(|proof| proof.bound *= &minus);
    }
}

/// As a float.
pub(super) fn rounded(x: &RBig) -> f64 {
    x.to_f64().value()
}

/// The player with the lowest payoff of all; every player's bound stays. Exact if all are.
pub(super) fn least(ends: Vec<End>) -> End {
    let exact: Option<Vec<Extreme<RBig>>> = ends.iter().map(|end| end.exact.clone()).collect();
    let least = exact.and_then(|exact| {
        let proofs = exact.iter().flat_map(|extreme| extreme.proofs.clone()).collect();
        let lowest = exact.into_iter().min_by(|a, b| a.attained.value.cmp(&b.attained.value));
        lowest.map(|lowest| Extreme { proofs, ..lowest })
    });
    if let Some(exact) = least {
        return End { float: exact.rounded(), exact: Some(exact) };
    }
    let proofs = ends.iter().flat_map(|end| end.float.proofs.clone()).collect();
    let each = ends.into_iter().map(|end| end.float.attained);
    let lowest = each.min_by(|a, b| a.value.total_cmp(&b.value));
    // A table has a player.
    let nothing = Attained { value: 0.0, distribution: Vec::new(), payoffs: Vec::new() };
    End { float: Extreme { attained: lowest.unwrap_or(nothing), proofs }, exact: None }
}
