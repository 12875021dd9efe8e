//! Whom do the others fear? Walt's threat index.
//!
//! **Definition.** The threat of `j` to `i` is what is left of Walt's factors without power:
//! `τ_ij = offence_j · exp(−distance_ij/λ) · (η + (1 − η) · max(hostility_ij, 0))`, with `λ` the
//! distance scale and `η` the hostility that can arise between any two. A factor of which nothing
//! is known is 1. The threat index of `j` is its power times the power-weighted threat to the
//! others, `T_j = p_j · Σ_{i≠j} p_i τ_ij / (1 − p_j)`; with all `τ = 1` it is `p_j`.
//!
//! **Cost.** O(n²).
//!
//! **Source.** Walt 1987, *The Origins of Alliances*, pp. 21–26: aggregate power, proximity,
//! offensive power, aggressive intentions.

use ndarray::Array2;

use crate::parameters::Parameters;
use crate::system::System;
use crate::tolerance::Tolerances;

/// Who threatens whom, and whom the others fear.
#[derive(Debug, Clone, PartialEq)]
pub struct Threat {
    /// `τ`: the row's state is threatened by the column's; in `[0, 1]`, zero on the diagonal.
    pub matrix: Array2<f64>,
    /// `T_j` of each state, in `[0, 1]`.
    pub index: Vec<f64>,
    /// The state with the largest index, the first in the input on a tie.
    pub most_feared: usize,
}

impl Threat {
    /// The threats of a system. Pairs and offence count wherever they are given, whatever the
    /// driver of the other lenses.
    pub fn of(system: &System, parameters: &Parameters) -> Self {
        let (n, dyads, shares) = (system.len(), system.dyads(), system.shares());
        let latent = parameters.security.latent_hostility;
        let matrix = Array2::from_shape_fn((n, n), |(i, j)| {
            if i == j {
                return 0.0;
            }
            let near = dyads.distance.as_ref();
            let near = near.map_or(1.0, |d| (-d[[i, j]] / parameters.distance_scale).exp());
            let hostile = dyads.hostility.as_ref();
            let hostile = hostile.map_or(1.0, |h| latent + (1.0 - latent) * h[[i, j]].max(0.0));
            system.states()[j].offence.unwrap_or(1.0) * near * hostile
        });
        let index: Vec<f64> = (0..n)
            .map(|j| {
                let felt: f64 = (0..n).map(|i| shares[i] * matrix[[i, j]]).sum();
                let others: f64 = (0..n).filter(|&i| i != j).map(|i| shares[i]).sum();
                shares[j] * felt / others
            })
            .collect();
        let most_feared = most_feared(system, &matrix, &index);
        Self { matrix, index, most_feared }
    }
}

/// Where all threats are alike power alone decides, and that is compared exactly.
fn most_feared(system: &System, matrix: &Array2<f64>, index: &[f64]) -> usize {
    let mut pairs = matrix.indexed_iter().filter(|((i, j), _)| i != j).map(|(_, tau)| *tau);
    let first = pairs.next().unwrap_or(1.0);
    let rounding = Tolerances::DEFAULT.rounding;
    if first > 0.0 && pairs.all(|tau| (tau - first).abs() <= rounding * first) {
        return system.leader();
    }
    let most = index.iter().copied().fold(0.0, f64::max);
    index.iter().position(|&t| t >= most - rounding * most).unwrap_or(0)
}

/// Which state the others of the security lens face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TargetChoice {
    /// The most feared.
    #[default]
    Threat,
    /// The leading one.
    Leader,
    /// This one.
    State(usize),
}

impl TargetChoice {
    /// The state that the others face where `leader` leads.
    pub const fn of(self, threat: &Threat, leader: usize) -> usize {
        match self {
            Self::Threat => threat.most_feared,
            Self::Leader => leader,
            Self::State(state) => state,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Dyads;

    fn system() -> System {
        System::from_powers([("A", 5.0), ("B", 4.0), ("C", 1.0)]).unwrap()
    }

    #[test]
    fn without_data_the_index_is_the_share() {
        let threat = Threat::of(&system(), &Parameters::default());
        for (t, p) in threat.index.iter().zip([0.5, 0.4, 0.1]) {
            assert!((t - p).abs() < 1e-15);
        }
        assert_eq!(threat.most_feared, 0);
    }

    #[test]
    fn the_hostile_neighbour_is_feared_more_than_the_strongest() {
        let mut hostility = Array2::zeros((3, 3));
        hostility[[0, 1]] = 1.0;
        hostility[[2, 1]] = -1.0;
        let dyads = Dyads { hostility: Some(hostility), ..Dyads::default() };
        let threat = Threat::of(&system().with_dyads(dyads).unwrap(), &Parameters::default());
        assert_eq!(threat.matrix[[0, 1]], 1.0);
        assert_eq!(threat.matrix[[2, 1]], 0.25);
        // 0.4 (0.5 · 1 + 0.1 · 0.25) / 0.6 against 0.5 · 0.25.
        assert!((threat.index[1] - 0.35).abs() < 1e-15);
        assert_eq!(threat.most_feared, 1);
        assert_eq!(TargetChoice::Leader.of(&threat, 0), 0);
    }
}
