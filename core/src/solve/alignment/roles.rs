//! Equilibria in words: what each state is in them, and with what weight.

use crate::game::Posture;

/// What one state is in an equilibrium, and with what probability: in the order of the table
/// of tactics, those alone that are above 0.
pub type Roles = Vec<(&'static str, f64)>;

/// By player, what it is over a distribution of profiles. O(profiles · players).
pub fn roles(distribution: &[(Vec<Posture>, f64)]) -> Vec<Roles> {
    let players = distribution.first().map_or(0, |(profile, _)| profile.len());
    let all = || Posture::ALL.into_iter().chain(Posture::OF_LEADER);
    let weight = |player: usize, posture: Posture| -> f64 {
        let playing =
            distribution.iter().filter(|(profile, _)| profile.get(player) == Some(&posture));
        // From 0.0: the sum of nothing is -0.0.
        playing.fold(0.0, |sum, (_, probability)| sum + probability)
    };
    let of = |player: usize| {
        let weights = all().map(|posture| (posture.role(), weight(player, posture)));
        weights.filter(|&(_, weight)| weight > 0.0).collect()
    };
    (0..players).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_probabilities() {
        let distribution = [
            (vec![Posture::Balance, Posture::Pass], 0.25),
            (vec![Posture::Balance, Posture::Balance], 0.75),
        ];
        let found = roles(&distribution);
        assert_eq!(found[0], [("balancer", 1.0)]);
        assert_eq!(found[1], [("balancer", 0.75), ("buck-passer", 0.25)]);
        assert!(roles(&[]).is_empty());
    }
}
