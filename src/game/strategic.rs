//! Games in strategic form: players, actions, payoffs of each profile.

/// A finite game in strategic form, of any number of players.
pub trait StrategicGame: Sync {
    /// The number of players.
    fn players(&self) -> usize;

    /// The number of actions that a player has.
    fn actions(&self, player: usize) -> usize;

    /// Every player's payoff under `profile`, which holds an action for each player, into
    /// `payoffs` (length [`players`](Self::players)).
    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]);

    /// The number of profiles; `None` if it exceeds `u64`.
    fn profiles(&self) -> Option<u64> {
        (0..self.players())
            .try_fold(1u64, |product, i| product.checked_mul(self.actions(i) as u64))
    }
}
