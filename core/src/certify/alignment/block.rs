//! What the profiles of a block come to, in which some players move while the others stand still.
//!
//! **Method.** In the base game a profile is two sides and states alone, and what these contest
//! with are sums over players. For each set of movers the strength that a side has with it is
//! worked out once a block; a profile then takes three of them, a division, and a product or two
//! for each mover. Where a comparison that decides between war and peace is close, with other
//! tactics and with decisiveness without bound the game itself is asked.
//! **Cost.** For `k` movers with three postures 2^k powers and 3^k·k products; where the game is
//! asked, an evaluation of the contest for each profile.

use std::ops::Range;

use crate::game::posture::Side;
use crate::game::{AlignmentGame, StrategicGame};
use crate::tolerance::Tolerances;

/// How close, relatively, two sides of a comparison may be before the game is asked.
const CLOSE: f64 = 10.0 * Tolerances::DEFAULT.attack;

/// The sides of the base game.
const SIDES: [Side; 3] = [Side::With, Side::Against, Side::Alone];

/// The players that move, and what is the same in all blocks in which they do.
pub(super) struct Movers<'a> {
    game: &'a AlignmentGame<'a>,
    players: Range<usize>,
    /// By mover, the number of its actions.
    actions: Vec<usize>,
    /// By profile of the movers, the set of them on each side; none where the game is asked.
    sets: Vec<[u16; 3]>,
}

/// What the profiles of a block come to, the last mover's action changing fastest.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// The leading state's control.
    pub(super) leader: Vec<f64>,
    /// By mover, then profile.
    pub(super) payoffs: Vec<Vec<f64>>,
    /// By side, then profile: the control of a member, over what it counts for on that side.
    prices: [Vec<f64>; 3],
}

/// One side, by the set of movers on it.
struct OfSets {
    strength: Vec<f64>,
    /// What a member's control is in proportion to: strength, over the members' weights.
    division: Vec<f64>,
    /// The total strength of all blocs below which it attacks.
    attacks_below: Vec<f64>,
}

impl<'a> Movers<'a> {
    pub(super) fn new(game: &'a AlignmentGame<'a>, players: Range<usize>) -> Self {
        let actions: Vec<usize> = players.clone().map(|player| game.actions(player)).collect();
        let mut movers = Self { game, players, actions, sets: Vec::new() };
        if game.is_base() && game.contest().parameters().decisiveness.is_finite() {
            let mut profile = vec![0; game.players()];
            movers.sets = (0..movers.profiles()).map(|k| movers.sets_of(k, &mut profile)).collect();
        }
        movers
    }

    /// The number of profiles of the movers.
    pub(super) fn profiles(&self) -> usize {
        self.actions.iter().product()
    }

    /// The movers, each with its actions and what one more of them adds to a profile's number.
    pub(super) fn steps(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let step = |mover: usize| self.actions[mover + 1..].iter().product();
        (0..self.actions.len()).map(move |k| (self.players.start + k, self.actions[k], step(k)))
    }

    /// Writes the movers' profile with this number into `profile`.
    pub(super) fn place(&self, mut number: usize, profile: &mut [usize]) {
        for (action, actions) in profile[self.players.clone()].iter_mut().zip(&self.actions).rev() {
            *action = number % actions;
            number /= actions;
        }
    }

    fn side(&self, player: usize, action: usize) -> Side {
        self.game.postures_of(player)[action].side()
    }

    fn sets_of(&self, number: usize, profile: &mut [usize]) -> [u16; 3] {
        self.place(number, profile);
        SIDES.map(|side| {
            let on = |&(_, player): &(usize, usize)| self.side(player, profile[player]) == side;
            let members = self.players.clone().enumerate().filter(on);
            members.fold(0, |set, (mover, _)| set | 1 << mover)
        })
    }

    /// What the block comes to in which the others stand as in `profile`.
    pub(super) fn fill(&self, profile: &mut [usize], block: &mut Block) {
        let size = self.profiles();
        block.leader.resize(size, 0.0);
        block.payoffs.resize(self.players.len(), Vec::new());
        block.payoffs.iter_mut().for_each(|of| of.resize(size, 0.0));
        if self.sets.is_empty() {
            return self.ask(0..size, profile, block);
        }
        let contest = self.game.contest();
        let sides = SIDES.map(|side| self.of_sets(side, profile));
        let [with, against, alone] = &sides;
        let (mut at_peace, mut close) = (Vec::new(), Vec::new());
        block.prices.iter_mut().for_each(|of| of.resize(size, 0.0));
        for (k, sets) in self.sets.iter().enumerate() {
            let [w, a, o] = [usize::from(sets[0]), usize::from(sets[1]), usize::from(sets[2])];
            let total = with.strength[w] + against.strength[a] + alone.strength[o];
            if contest.parameters().war_cost > 0.0 {
                let edge = with.attacks_below[w].max(against.attacks_below[a]);
                let edge = edge.max(alone.attacks_below[o]);
                if (edge - total).abs() <= CLOSE * total {
                    close.push(k);
                } else if edge < total {
                    at_peace.push(k);
                }
            }
            let scale = contest.kept() / total;
            block.prices[0][k] = scale * with.division[w];
            block.prices[1][k] = scale * against.division[a];
            block.prices[2][k] = scale;
        }
        let own = contest.weights()[self.game.leader()];
        block.leader.iter_mut().zip(&block.prices[0]).for_each(|(c, price)| *c = price * own);
        for ((player, actions, step), payoffs) in self.steps().zip(&mut block.payoffs) {
            let state = self.game.state_of(player);
            let (share, revisionism) = (contest.shares()[state], contest.revisionism(state));
            for (number, line) in payoffs.chunks_exact_mut(step).enumerate() {
                let side = self.side(player, number % actions);
                let counts = self.counts(side, state);
                let prices = &block.prices[side as usize][number * step..][..step];
                for (payoff, price) in line.iter_mut().zip(prices) {
                    let control = price * counts;
                    *payoff = control.min(share) + revisionism * (control - share).max(0.0);
                }
            }
            self.add_concerns(state, profile, &block.prices, payoffs);
        }
        for &k in &at_peace {
            block.leader[k] = contest.shares()[self.game.leader()];
        }
        for (player, payoffs) in self.players.clone().zip(&mut block.payoffs) {
            let payoff = self.game.utility(player, 0, contest.shares());
            at_peace.iter().for_each(|&k| payoffs[k] = payoff);
        }
        self.ask(close, profile, block);
    }

    /// Asks the game about these profiles.
    fn ask(
        &self,
        numbers: impl IntoIterator<Item = usize>,
        profile: &mut [usize],
        block: &mut Block,
    ) {
        let mut control = vec![0.0; self.game.contest().len()];
        for k in numbers {
            self.place(k, profile);
            self.game.control(profile, &mut control);
            block.leader[k] = control[self.game.leader()];
            for (player, payoffs) in self.players.clone().zip(&mut block.payoffs) {
                payoffs[k] = self.game.utility(player, profile[player], &control);
            }
        }
    }

    /// What a state on this side gets of what the side gets is in proportion to.
    fn counts(&self, side: Side, state: usize) -> f64 {
        let contest = self.game.contest();
        match side {
            Side::Alone => contest.strength(contest.shares()[state]),
            _ => contest.weights()[state],
        }
    }

    /// What a side has, by the set of movers on it.
    fn of_sets(&self, side: Side, profile: &[usize]) -> OfSets {
        let contest = self.game.contest();
        let share = |i: usize| contest.shares()[i];
        let edge = |strength: f64, power: f64| contest.kept() * strength / power;
        if side == Side::Alone {
            let strength = |i: usize| contest.strength(share(i));
            let own = |i: usize| edge(strength(i), share(i));
            return OfSets {
                strength: self.sums(side, profile, strength),
                division: Vec::new(),
                attacks_below: self.folds(side, profile, f64::NEG_INFINITY, own, f64::max),
            };
        }
        let powers = self.sums(side, profile, share);
        let weights = self.sums(side, profile, |i| contest.weights()[i]);
        // A side without members contests with nothing, however little strength decides.
        let some = |power: f64, what: f64, nothing: f64| if power > 0.0 { what } else { nothing };
        let strength: Vec<f64> =
            powers.iter().map(|&power| some(power, contest.strength(power), 0.0)).collect();
        let of = |what: &dyn Fn(usize) -> f64, nothing: f64| {
            (0..powers.len()).map(|set| some(powers[set], what(set), nothing)).collect()
        };
        OfSets {
            division: of(&|set| strength[set] / weights[set], 0.0),
            attacks_below: of(&|set| edge(strength[set], powers[set]), f64::NEG_INFINITY),
            strength,
        }
    }

    /// Adds what a state makes of the others' control.
    fn add_concerns(
        &self,
        state: usize,
        profile: &[usize],
        prices: &[Vec<f64>; 3],
        payoffs: &mut [f64],
    ) {
        let Some(concern) = self.game.contest().concern() else { return };
        for (at, side) in SIDES.into_iter().enumerate() {
            let sums = self.sums(side, profile, |j| concern[[state, j]] * self.counts(side, j));
            for ((payoff, sets), price) in payoffs.iter_mut().zip(&self.sets).zip(&prices[at]) {
                *payoff += price * sums[usize::from(sets[at])];
            }
        }
    }

    /// By set of movers on `side`, the sum of what they have and those who stand there.
    fn sums(&self, side: Side, profile: &[usize], what: impl Fn(usize) -> f64) -> Vec<f64> {
        self.folds(side, profile, 0.0, what, |a, b| a + b)
    }

    /// The same with another operation than a sum, which makes `nothing` of nobody.
    fn folds(
        &self,
        side: Side,
        profile: &[usize],
        nothing: f64,
        what: impl Fn(usize) -> f64,
        with: impl Fn(f64, f64) -> f64,
    ) -> Vec<f64> {
        let stands = |player: &usize| {
            !self.players.contains(player) && self.side(*player, profile[*player]) == side
        };
        let standing = (0..profile.len()).filter(stands).map(|player| self.game.state_of(player));
        let leader = (side == Side::With).then_some(self.game.leader());
        let all = leader.into_iter().chain(standing);
        let mut of_sets = vec![all.fold(nothing, |sum, i| with(sum, what(i)))];
        for player in self.players.clone() {
            let own = what(self.game.state_of(player));
            for set in 0..of_sets.len() {
                of_sets.push(with(of_sets[set], own));
            }
        }
        of_sets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::Contest;
    use crate::parameters::{Driver, Parameters};
    use crate::system::System;

    /// Blocks come to what the game says profile by profile, at every decisiveness and war cost,
    /// with and without concerns, ties included.
    #[test]
    fn blocks_come_to_what_the_game_says() {
        let powers = [4.0, 3.0, 3.0, 2.0, 1.0, 1.0];
        let system = System::from_powers((0..6).map(|i| (format!("S{i}"), powers[i]))).unwrap();
        for (m, war_cost, driver) in [
            (2.0, 0.0, Driver::Power),
            (2.0, 0.125, Driver::Threat),
            (0.0, 0.02, Driver::Power),
            (3.5, 0.1, Driver::Threat),
            (10.0, 0.3, Driver::Power),
            (f64::INFINITY, 0.25, Driver::Power),
        ] {
            let parameters =
                Parameters { decisiveness: m, war_cost, driver, ..Parameters::default() };
            let contest = Contest::new(&system, &parameters).unwrap();
            let game = AlignmentGame::new(&contest, 1);
            for players in [0..2, 2..5, 0..5] {
                let movers = Movers::new(&game, players.clone());
                let asking = Movers { sets: Vec::new(), ..Movers::new(&game, players) };
                assert_eq!(movers.sets.is_empty(), m.is_infinite());
                for standing in [[0; 5], [1; 5], [2, 1, 0, 1, 2]] {
                    let (mut found, mut expected) = (Block::default(), Block::default());
                    movers.fill(&mut standing.to_vec(), &mut found);
                    asking.fill(&mut standing.to_vec(), &mut expected);
                    let near = |a: &[f64], b: &[f64]| {
                        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-13)
                    };
                    assert!(near(&found.leader, &expected.leader), "{parameters:?}");
                    let pairs = found.payoffs.iter().zip(&expected.payoffs);
                    assert!(pairs.into_iter().all(|(a, b)| near(a, b)), "{parameters:?}");
                }
            }
        }
    }
}
