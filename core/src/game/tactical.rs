//! The alignment game with any tactics, tabulated by halves, for solvers that walk through all
//! profiles.
//!
//! **Method.** What a profile comes to depends on a few sums over the followers: what each side
//! has, brings and divides by, what those alone bring, how many bleed and bait. The followers
//! are split in two halves; for each half these sums are tabulated over all profiles of that
//! half, so that those of a profile, or of one after a state's own change of posture, are two
//! rows added up: no sum is ever taken apart again, which rounding would not bear.
//!
//! Where a comparison that decides between war and peace is too close for sums in another
//! order to be trusted, or something underflows, the game itself is asked, so both always
//! agree on which side of the edge a profile lies. With decisiveness without bound the game
//! itself is always asked.
//!
//! **Cost.** `k` tactics and `n` followers: two tables of `k^(n/2)` rows; a payoff costs O(1),
//! O(n) where states wait or have concerns.

mod half;

use crate::coalition::Coalition;
use crate::game::alignment::{AlignmentGame, LedGame};
use crate::game::posture::{Posture, Side};
use crate::game::strategic::{Incentives, StrategicGame};
use crate::tolerance::Tolerances;

use self::half::{
    AGAINST_BROUGHT, AGAINST_POWER, ALONE, Adds, BAITING, BLEEDING, Half, WAITING, WEIGHTS,
    WITH_BROUGHT, WITH_POWER,
};

/// How close, relatively, two sides of a comparison may be before the game is asked.
const CLOSE: f64 = 10.0 * Tolerances::DEFAULT.attack;

/// An [`AlignmentGame`] with any tactics, tabulated by halves.
#[derive(Debug, Clone)]
pub struct TacticalAlignment<'a> {
    game: AlignmentGame<'a>,
    /// The number of followers' tactics.
    tactics: usize,
    /// How many of the followers are in the first half.
    first: usize,
    /// What a follower's action is worth in the number of its half's profile.
    steps: Vec<usize>,
    halves: [Half; 2],
    /// By follower and action: what it adds to a row.
    adds: Vec<Vec<Adds>>,
    /// By number of those who bleed: the leading state's weight.
    leader: Vec<f64>,
    at_peace: Vec<f64>,
    kept: f64,
    deterrence: bool,
    asks: bool,
}

/// Where a profile is in the two halves.
#[derive(Debug, Clone, Copy)]
struct At([usize; 2]);

/// How a profile turns out.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    /// A state's control is its weight times its side's scale; alone, its strength times
    /// `alone`, less what those who wait take.
    War { with: f64, against: f64, alone: f64, waiting: f64, bleeding: usize },
    /// Everybody keeps its share.
    Peace,
    /// Ask the game.
    Ask,
}

impl<'a> TacticalAlignment<'a> {
    /// The most rows of a table: those of 2^24 profiles, evenly split, and some more.
    const MAX_ROWS: usize = 1 << 14;

    /// Tabulates `game`; `None` if it is too large for it.
    pub fn new(game: AlignmentGame<'a>) -> Option<Self> {
        let contest = game.contest();
        let followers = game.followers().len();
        let tactics = game.actions(0);
        let first = followers / 2;
        let size = |players: usize| tactics.checked_pow(u32::try_from(players).ok()?);
        if size(followers - first).is_none_or(|rows| rows > Self::MAX_ROWS) {
            return None;
        }
        let bleeds = game.postures_of(0).contains(&Posture::Bleed);
        let bleeding = if bleeds { followers + 1 } else { 1 };
        let adds: Vec<Vec<Adds>> = (0..followers)
            .map(|i| (0..tactics).map(|action| Adds::of(&game, i, action, bleeding)).collect())
            .collect();
        let leader_weight = contest.weights()[game.leader()];
        let leader: Vec<f64> = (0..bleeding)
            .map(|k| {
                let kept = game.kept(k);
                let left = kept.on_a_side / kept.usually;
                leader_weight * left.powf(contest.parameters().dominance)
            })
            .collect();
        let width = WEIGHTS + 2 * bleeding;
        let mut start = vec![0.0; width];
        start[WITH_POWER] = contest.shares()[game.leader()];
        start[WITH_BROUGHT] = start[WITH_POWER];
        start[WEIGHTS..WEIGHTS + bleeding].copy_from_slice(&leader);
        let halves = [Half::of(start, &adds[..first]), Half::of(vec![0.0; width], &adds[first..])];
        let step = |i: usize| {
            let later = if i < first { first - 1 - i } else { followers - 1 - i };
            size(later).unwrap_or(0)
        };
        let states = (0..game.players()).map(|player| game.state_of(player));
        Some(Self {
            tactics,
            first,
            steps: (0..followers).map(step).collect(),
            halves,
            adds,
            leader,
            at_peace: states.map(|i| contest.utility(i, contest.shares())).collect(),
            kept: contest.kept(),
            deterrence: contest.parameters().war_cost > 0.0,
            asks: contest.parameters().decisiveness.is_infinite(),
            game,
        })
    }

    /// The game as it was before.
    pub fn game(&self) -> &AlignmentGame<'a> {
        &self.game
    }

    fn at(&self, profile: &[usize]) -> At {
        let number = |actions: &[usize]| actions.iter().fold(0, |n, a| n * self.tactics + a);
        let followers = self.adds.len();
        At([number(&profile[..self.first]), number(&profile[self.first..followers])])
    }

    /// Where one is after a follower's change from an action to another.
    fn moved(&self, mut at: At, player: usize, from: usize, to: usize) -> At {
        let half = &mut at.0[usize::from(player >= self.first)];
        // In this order it never falls below 0.
        *half = *half + to * self.steps[player] - from * self.steps[player];
        at
    }

    fn sum(&self, At([a, b]): At, what: usize) -> f64 {
        let [first, second] = &self.halves;
        first.rows[a * first.width + what] + second.rows[b * second.width + what]
    }

    fn outcome(&self, at: At) -> Outcome {
        if self.asks {
            return Outcome::Ask;
        }
        let contest = self.game.contest();
        // Who brings nothing does not prevail, however little strength decides.
        let strength = |brought: f64| if brought > 0.0 { contest.strength(brought) } else { 0.0 };
        let with = strength(self.sum(at, WITH_BROUGHT));
        let against = strength(self.sum(at, AGAINST_BROUGHT));
        let total = with + against + self.sum(at, ALONE);
        if !total.is_normal() {
            return Outcome::Ask;
        }
        if self.deterrence && self.sum(at, BAITING) < 0.5 {
            let below = |half: usize| self.halves[half].attacks_below[at.0[half]];
            let mut edge = self.kept * with / self.sum(at, WITH_POWER);
            if against > 0.0 {
                edge = edge.max(self.kept * against / self.sum(at, AGAINST_POWER));
            }
            let edge = edge.max(below(0)).max(below(1));
            if (edge - total).abs() <= CLOSE * total {
                return Outcome::Ask;
            }
            if edge < total {
                return Outcome::Peace;
            }
        }
        let bleeding = (self.sum(at, BLEEDING) + 0.5) as usize;
        let waiting = self.sum(at, WAITING);
        let by_with = self.sum(at, WEIGHTS + bleeding) + waiting;
        let by_against = self.sum(at, WEIGHTS + self.leader.len() + bleeding) + waiting;
        let scale = self.kept / total;
        if !by_with.is_normal() || (against > 0.0 && !by_against.is_normal()) {
            return Outcome::Ask;
        }
        Outcome::War {
            with: scale * with / by_with,
            against: if against > 0.0 { scale * against / by_against } else { 0.0 },
            alone: scale,
            waiting,
            bleeding,
        }
    }

    /// The control of follower `i` after a war.
    fn control(&self, i: usize, profile: &[usize], outcome: &Outcome) -> f64 {
        let Outcome::War { with, against, alone, waiting, bleeding } = *outcome else { return 0.0 };
        let own = &self.adds[i][profile[i]];
        match own.side {
            Side::With => with * own.weights[bleeding],
            Side::Against => against * own.weights[bleeding],
            Side::Alone if waiting > 0.0 => {
                alone * own.strength * (own.weight / (own.weight + waiting))
            }
            Side::Alone => alone * own.strength,
            Side::Victor => {
                let players = self.adds.iter().zip(profile).map(|(adds, &action)| &adds[action]);
                let from_those = players
                    .filter(|other| other.side == Side::Alone)
                    .map(|other| other.strength * (own.weight / (other.weight + waiting)))
                    .sum::<f64>();
                (with + against) * own.weight + alone * from_those
            }
        }
    }

    /// A player's payoff, which it would have at `profile` as it turns out.
    fn utility(&self, player: usize, profile: &[usize], outcome: &Outcome) -> f64 {
        let contest = self.game.contest();
        let state = self.game.state_of(player);
        let cost = self.adds.get(player).map_or(0.0, |adds| adds[profile[player]].cost);
        match outcome {
            Outcome::Peace => self.at_peace[player] - cost,
            Outcome::Ask => self.game.payoff(profile, player),
            Outcome::War { .. } if contest.concern().is_some() || player >= self.adds.len() => {
                let mut control = [0.0; Coalition::MAX_PLAYERS];
                let control = &mut control[..contest.len()];
                self.everybodys(profile, outcome, control);
                contest.utility(state, control) - cost
            }
            Outcome::War { .. } => {
                let (c, p) = (self.control(player, profile, outcome), contest.shares()[state]);
                c.min(p) + contest.revisionism(state) * (c - p).max(0.0) - cost
            }
        }
    }

    /// Everybody's control after a war.
    fn everybodys(&self, profile: &[usize], outcome: &Outcome, control: &mut [f64]) {
        for (i, &state) in self.game.followers().iter().enumerate() {
            control[state] = self.control(i, profile, outcome);
        }
        control[self.game.leader()] = self.leaders(outcome);
    }

    fn leaders(&self, outcome: &Outcome) -> f64 {
        match *outcome {
            Outcome::War { with, bleeding, .. } => with * self.leader[bleeding],
            _ => 0.0,
        }
    }

    fn turns_out(&self, at: At, profile: &[usize]) -> Outcome {
        if self.game.is_restrained(profile) { Outcome::Peace } else { self.outcome(at) }
    }

    /// A player's payoff after its own change to an action; `profile` is as it was when this
    /// returns.
    fn deviation(&self, at: At, profile: &mut [usize], player: usize, to: usize) -> f64 {
        let from = std::mem::replace(&mut profile[player], to);
        let at = if player < self.adds.len() { self.moved(at, player, from, to) } else { at };
        let utility = self.utility(player, profile, &self.turns_out(at, profile));
        profile[player] = from;
        utility
    }

    /// Shows `each` player its own copy of the profile to change, and where that is.
    fn with_copy<T>(&self, profile: &[usize], each: impl FnOnce(At, &mut [usize]) -> T) -> T {
        let mut copy = [0; Coalition::MAX_PLAYERS];
        let copy = &mut copy[..profile.len()];
        copy.copy_from_slice(profile);
        each(self.at(profile), copy)
    }
}

impl LedGame for TacticalAlignment<'_> {
    /// O(n) for reading the profile.
    fn leader_control(&self, profile: &[usize]) -> f64 {
        match self.turns_out(self.at(profile), profile) {
            Outcome::Peace => self.game.contest().shares()[self.game.leader()],
            Outcome::Ask => self.game.leader_control(profile),
            outcome @ Outcome::War { .. } => self.leaders(&outcome),
        }
    }

    fn payoff(&self, profile: &[usize], player: usize) -> f64 {
        self.utility(player, profile, &self.turns_out(self.at(profile), profile))
    }
}

impl StrategicGame for TacticalAlignment<'_> {
    fn players(&self) -> usize {
        self.game.players()
    }

    fn actions(&self, player: usize) -> usize {
        self.game.actions(player)
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let outcome = self.turns_out(self.at(profile), profile);
        for (player, payoff) in payoffs.iter_mut().enumerate().take(self.players()) {
            *payoff = self.utility(player, profile, &outcome);
        }
    }

    fn unit(&self, player: usize) -> f64 {
        self.game.unit(player)
    }

    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        self.with_copy(profile, |at, copy| {
            let outcome = self.turns_out(at, copy);
            let mut slot = 0;
            for player in 0..self.players() {
                let here = self.utility(player, copy, &outcome);
                for to in 0..self.actions(player) {
                    gains[slot] = 0.0;
                    if to != copy[player] {
                        let there = self.deviation(at, copy, player, to);
                        gains[slot] = (there - here) / self.unit(player);
                    }
                    slot += 1;
                }
            }
        });
    }

    fn is_equilibrium(&self, profile: &[usize], tolerance: f64) -> bool {
        self.with_copy(profile, |at, copy| {
            let outcome = self.turns_out(at, copy);
            (0..self.players()).all(|player| {
                let here = self.utility(player, copy, &outcome);
                let most = here + tolerance * self.unit(player);
                let from = copy[player];
                let mut others = (0..self.actions(player)).filter(|&to| to != from);
                others.all(|to| self.deviation(at, copy, player, to) <= most)
            })
        })
    }

    fn weighted_gains(&self, profile: &[usize], incentives: &Incentives, weights: &[f64]) -> f64 {
        self.with_copy(profile, |at, copy| {
            let mut outcome = None;
            let mut sum = 0.0;
            let mut first = 0;
            for player in 0..self.players() {
                let (actions, from) = (self.actions(player), copy[player]);
                let row = &weights[first + from * actions..first + (from + 1) * actions];
                first += actions * actions;
                let mut here = None;
                for (to, &weight) in row.iter().enumerate() {
                    if weight == 0.0 || to == from {
                        continue;
                    }
                    let outcome = outcome.get_or_insert_with(|| self.turns_out(at, copy));
                    let here = *here.get_or_insert_with(|| self.utility(player, copy, outcome));
                    let there = self.deviation(at, copy, player, to);
                    sum += weight * ((there - here) / self.unit(player));
                }
            }
            debug_assert_eq!(first, incentives.len());
            sum
        })
    }
}
