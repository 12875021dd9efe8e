//! Games in strategic form: players, actions, payoffs of each profile.
//!
//! A *profile* holds an action for each player. Profiles are numbered in lexicographic
//! order, the last player's action changing fastest ([`profile_at`], [`advance`]), so that a
//! solver walks through them without laying any out.

/// A finite game in strategic form, of any number of players.
///
/// A player's **gain** from an action is what its payoff would rise by if it alone changed
/// to that action, over its [`unit`](Self::unit). The provided methods work from
/// [`payoffs`](Self::payoffs); a game that knows a shorter way replaces them.
pub trait StrategicGame: Sync {
    /// The number of players.
    fn players(&self) -> usize;

    /// The number of actions that a player has.
    fn actions(&self, player: usize) -> usize;

    /// Every player's payoff under `profile`, which holds an action for each player, into
    /// `payoffs` (length [`players`](Self::players)).
    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]);

    /// What a player's gains are counted in, above 0: 1 unless the game says otherwise.
    fn unit(&self, _player: usize) -> f64 {
        1.0
    }

    /// The number of profiles; `None` if it exceeds `u64`.
    fn profiles(&self) -> Option<u64> {
        (0..self.players()).try_fold(1u64, |product, i| product.checked_mul(self.actions(i) as u64))
    }

    /// Every player's gain from each of its actions at `profile`, into `gains`: player 0's
    /// actions first, 0 for the action that it plays. O(players · actions) payoffs.
    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        let mut here = vec![0.0; self.players()];
        self.payoffs(profile, &mut here);
        let mut deviation = profile.to_vec();
        let mut there = vec![0.0; self.players()];
        let mut slot = 0;
        for player in 0..self.players() {
            for action in 0..self.actions(player) {
                gains[slot] = 0.0;
                if action != profile[player] {
                    deviation[player] = action;
                    self.payoffs(&deviation, &mut there);
                    gains[slot] = (there[player] - here[player]) / self.unit(player);
                }
                slot += 1;
            }
            deviation[player] = profile[player];
        }
    }

    /// Whether no player gains more than `tolerance` by any action: `profile` is a pure Nash
    /// equilibrium. Stops at the first gain.
    fn is_equilibrium(&self, profile: &[usize], tolerance: f64) -> bool {
        let mut here = vec![0.0; self.players()];
        self.payoffs(profile, &mut here);
        let mut deviation = profile.to_vec();
        let mut there = vec![0.0; self.players()];
        (0..self.players()).all(|player| {
            let stays = (0..self.actions(player)).filter(|&a| a != profile[player]).all(|action| {
                deviation[player] = action;
                self.payoffs(&deviation, &mut there);
                (there[player] - here[player]) / self.unit(player) <= tolerance
            });
            deviation[player] = profile[player];
            stays
        })
    }

    /// Whether each of the consecutive profiles that begin with number `first` is a pure Nash
    /// equilibrium, into `stay`.
    fn equilibria(&self, first: u64, tolerance: f64, stay: &mut [bool]) {
        let mark = |stays: &mut bool, profile: &[usize]| {
            *stays = self.is_equilibrium(profile, tolerance);
        };
        with_profiles(self, first, stay, mark);
    }

    /// `Σ weight · gain` over the incentives that `profile` meets, those of a player told to
    /// play what it plays there. `weights` are in the order of [`Incentives`].
    fn weighted_gains(&self, profile: &[usize], incentives: &Incentives, weights: &[f64]) -> f64 {
        let mut gains = vec![0.0; incentives.gains()];
        self.gains(profile, &mut gains);
        incentives.met(profile).map(|(number, slot)| weights[number] * gains[slot]).sum()
    }

    /// Adds to each of `values` the [`weighted_gains`](Self::weighted_gains) of one of the
    /// consecutive profiles that begin with number `first`.
    fn add_weighted_gains(
        &self,
        first: u64,
        incentives: &Incentives,
        weights: &[f64],
        values: &mut [f64],
    ) {
        with_profiles(self, first, values, |value, profile| {
            *value += self.weighted_gains(profile, incentives, weights);
        });
    }
}

/// Turns a profile into the next one; `false` after the last, which becomes the first.
pub fn advance(game: &(impl StrategicGame + ?Sized), profile: &mut [usize]) -> bool {
    for player in (0..profile.len()).rev() {
        profile[player] += 1;
        if profile[player] < game.actions(player) {
            return true;
        }
        profile[player] = 0;
    }
    false
}

/// Gives `each` of `values` its profile: those of consecutive profiles that begin with number `first`.
pub fn with_profiles<T>(
    game: &(impl StrategicGame + ?Sized),
    first: u64,
    values: &mut [T],
    mut each: impl FnMut(&mut T, &[usize]),
) {
    let mut profile = profile_at(game, first);
    for value in values {
        each(value, &profile);
        advance(game, &mut profile);
    }
}

/// The profile with this number.
pub fn profile_at(game: &(impl StrategicGame + ?Sized), mut number: u64) -> Vec<usize> {
    let mut profile = vec![0; game.players()];
    for player in (0..profile.len()).rev() {
        let actions = game.actions(player) as u64;
        profile[player] = (number % actions) as usize;
        number /= actions;
    }
    profile
}

/// The number of a profile.
pub fn number_of(game: &(impl StrategicGame + ?Sized), profile: &[usize]) -> u64 {
    let digits = profile.iter().enumerate();
    digits.fold(0, |number, (i, &action)| number * game.actions(i) as u64 + action as u64)
}

/// A game's incentive constraints, numbered: for each player, each action `from` that may
/// be recommended to it and each action `to` that it might play instead. Pairs with `from = to`
/// have numbers too, and mean nothing.
///
/// A player may be *uninformed* instead: it decides on `to` before it knows its recommendation, and
/// has one constraint for each action. Those of players who are all uninformed define the
/// coarse correlated equilibria.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incentives {
    players: Vec<OfPlayer>,
    len: usize,
    gains: usize,
}

/// The incentives of one player.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct OfPlayer {
    actions: usize,
    /// The number of its first incentive.
    first: usize,
    /// The place of its first gain.
    gain: usize,
    informed: bool,
}

impl Incentives {
    /// Those of `game`, in which every player knows its recommended action.
    pub fn of(game: &(impl StrategicGame + ?Sized)) -> Self {
        Self::where_informed(game, |_| true)
    }

    /// Those of `game` if these players know their recommended action, and the others do not.
    pub fn where_informed(
        game: &(impl StrategicGame + ?Sized),
        informed: impl Fn(usize) -> bool,
    ) -> Self {
        let (mut len, mut gains) = (0, 0);
        let mut players = Vec::with_capacity(game.players());
        for player in 0..game.players() {
            let (actions, informed) = (game.actions(player), informed(player));
            players.push(OfPlayer { actions, first: len, gain: gains, informed });
            len += if informed { actions * actions } else { actions };
            gains += actions;
        }
        Self { players, len, gains }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The length of the gains of a profile: all players' actions.
    pub fn gains(&self) -> usize {
        self.gains
    }

    /// The player, `from` and `to` of the incentive with this number. An uninformed
    /// player's `from` is its `to`.
    pub fn parts(&self, number: usize) -> (usize, usize, usize) {
        let player = self.players.partition_point(|own| own.first <= number) - 1;
        let OfPlayer { actions, first, informed, .. } = self.players[player];
        let to = (number - first) % actions;
        (player, if informed { (number - first) / actions } else { to }, to)
    }

    /// Whether the incentive with this number means anything.
    pub fn means(&self, number: usize) -> bool {
        let (player, from, to) = self.parts(number);
        from != to || !self.players[player].informed
    }

    /// The number of the incentive of a player, told to play `from`, to play `to`; `None` where
    /// there is no such player or action. An uninformed player's `from` does not matter.
    pub fn number(&self, player: usize, from: usize, to: usize) -> Option<usize> {
        let &OfPlayer { actions, first, informed, .. } = self.players.get(player)?;
        let row = if informed { first + from * actions } else { first };
        (from < actions && to < actions).then_some(row + to)
    }

    /// The incentives of a player who plays `from` have the numbers from here on, in the order
    /// of `to`.
    pub fn row(&self, player: usize, from: usize) -> usize {
        let OfPlayer { actions, first, informed, .. } = self.players[player];
        if informed { first + from * actions } else { first }
    }

    /// The incentives that `profile` meets: number, and where its gain is among the gains.
    pub fn met<'a>(&'a self, profile: &'a [usize]) -> impl Iterator<Item = (usize, usize)> + 'a {
        self.players.iter().zip(profile).flat_map(|(own, &from)| {
            let &OfPlayer { actions, first, gain, informed } = own;
            let row = if informed { first + from * actions } else { first };
            let others = (0..actions).filter(move |&to| to != from);
            others.map(move |to| (row + to, gain + to))
        })
    }
}

/// A game given by the payoffs of every profile.
#[derive(Debug, Clone, PartialEq)]
pub struct TableStrategicGame {
    actions: Vec<usize>,
    payoffs: Vec<f64>,
}

impl TableStrategicGame {
    /// The game in which player `i` has `actions[i]` actions, with `payoffs` profile by
    /// profile in their order, each profile's for all players. `None` unless every player
    /// has an action and there is a finite payoff for each profile and player.
    pub fn new(actions: Vec<usize>, payoffs: Vec<f64>) -> Option<Self> {
        let numbers = actions.iter().try_fold(actions.len(), |all, &a| all.checked_mul(a))?;
        let sound = !actions.is_empty()
            && numbers > 0
            && numbers == payoffs.len()
            && payoffs.iter().all(|u| u.is_finite());
        sound.then_some(Self { actions, payoffs })
    }
}

impl StrategicGame for TableStrategicGame {
    fn players(&self) -> usize {
        self.actions.len()
    }

    fn actions(&self, player: usize) -> usize {
        self.actions[player]
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let n = self.players();
        let start = number_of(self, profile) as usize * n;
        payoffs[..n].copy_from_slice(&self.payoffs[start..start + n]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed_sizes() -> TableStrategicGame {
        let payoffs = (0..2 * 3 * 4 * 3).map(|x| f64::from(x * x % 17)).collect();
        TableStrategicGame::new(vec![2, 3, 4], payoffs).unwrap()
    }

    #[test]
    fn profiles_are_numbered_in_the_order_of_advancing() {
        let game = mixed_sizes();
        let mut profile = vec![0; 3];
        for number in 0..24 {
            assert_eq!(profile_at(&game, number), profile);
            assert_eq!(number_of(&game, &profile), number);
            assert_eq!(advance(&game, &mut profile), number < 23);
        }
        assert_eq!(profile, [0; 3]);
    }

    #[test]
    fn incentives_are_numbered_player_by_player() {
        let game = mixed_sizes();
        let incentives = Incentives::of(&game);
        assert_eq!((incentives.len(), incentives.gains()), (4 + 9 + 16, 9));
        let met: Vec<_> = incentives.met(&[1, 0, 3]).collect();
        assert_eq!(met, [(2, 0), (5, 3), (6, 4), (25, 5), (26, 6), (27, 7)]);
        assert_eq!(incentives.parts(2), (0, 1, 0));
        assert_eq!(incentives.parts(6), (1, 0, 2));
        assert_eq!(incentives.parts(27), (2, 3, 2));
        assert_eq!(incentives.number(2, 3, 2), Some(27));
        assert_eq!((incentives.number(2, 4, 0), incentives.number(3, 0, 0)), (None, None));
    }

    #[test]
    fn a_table_of_the_wrong_size_is_refused() {
        assert!(TableStrategicGame::new(vec![2, 2], vec![0.0; 8]).is_some());
        assert!(TableStrategicGame::new(vec![2, 2], vec![0.0; 7]).is_none());
        assert!(TableStrategicGame::new(vec![2, 0], vec![]).is_none());
        assert!(TableStrategicGame::new(vec![], vec![]).is_none());
        assert!(TableStrategicGame::new(vec![1], vec![f64::NAN]).is_none());
        assert!(TableStrategicGame::new(vec![usize::MAX, 2], vec![]).is_none());
    }
}
