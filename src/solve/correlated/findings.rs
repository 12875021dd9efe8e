//! What is found of a range: its ends, attained and proved, rounded and exactly.

use dashu_ratio::RBig;

use super::Weighted;

/// Which distributions are equilibria.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concept {
    /// No player gains by disobeying what it is told.
    Correlated,
    /// No player gains by one strategy, decided on before it is told anything.
    Coarse,
}

/// An equilibrium and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Attained<T = f64> {
    /// The expectation.
    pub value: T,
    /// Numbers of profiles, ascending, and probabilities.
    pub distribution: Vec<(usize, T)>,
    /// Each player's expected payoff.
    pub payoffs: Vec<T>,
}

/// A bound on the objective over all equilibria, with its proof.
#[derive(Debug, Clone, PartialEq)]
pub struct Proof<T = f64> {
    /// How much of each player's payoff is in what is bounded; empty where that is an objective
    /// that is no sum of payoffs.
    pub shares: Vec<T>,
    /// Weights of incentives, in units of payoff; `from` is `to` for coarse equilibria.
    pub weights: Vec<Weighted<T>>,
    /// The least over all profiles of what is bounded plus `Σ weight·gain` (for an upper bound,
    /// the most of it less that).
    pub bound: T,
}

/// One end of the range.
#[derive(Debug, Clone, PartialEq)]
pub struct Extreme<T = f64> {
    /// The equilibrium at it.
    pub attained: Attained<T>,
    /// Why there is nothing beyond. For the lowest payoff of a worst-off player one proof for
    /// each player, else one.
    pub proofs: Vec<Proof<T>>,
}

/// One end of the range, rounded and, where it is known, exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct End {
    /// In floating point: rounded, or if the exact end is not known, as it was found.
    pub float: Extreme,
    /// Exactly.
    pub exact: Option<Extreme<RBig>>,
}

/// Both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// The lowest.
    pub lowest: End,
    /// The highest.
    pub highest: End,
}

/// What is known of an end: it is between what is attained and what is proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Partial {
    /// An equilibrium that comes near it, if one is known.
    pub attained: Option<Attained>,
    /// Why there is nothing beyond their bound.
    pub proofs: Vec<Proof>,
}

/// What is known of both ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// Of the lowest.
    pub lowest: Partial,
    /// Of the highest.
    pub highest: Partial,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Ranged {
    /// Both ends, attained and proved.
    Decided(Box<Range>),
    /// The time was up first.
    Undecided {
        /// Why it was not decided, in words.
        why: String,
        /// What is known.
        bounds: Bounds,
    },
}

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
