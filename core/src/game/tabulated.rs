//! The alignment game with tables over coalitions, for solvers that walk through all
//! profiles.
//!
//! A profile is two sets of followers: those with the leading state and those against it.
//! What either side's strength, weight of division and, where states have concerns, sum of
//! concerns come to is tabulated for every set, so that a state's utility at a profile, or
//! after its own change of posture, costs O(1) instead of O(n) or O(n²).
//!
//! Where a comparison that decides between war and peace (or, with decisiveness without
//! bound, between victors) is too close for sums in another order to be trusted, the contest
//! itself is asked, so both always agree on which side of the edge a profile lies.
//!
//! What each profile comes to is laid out too, so that many of them are priced at once (`rows`).
//!
//! Cost: O(3^(n−1)) to build, and 8 bytes for each of the 3^(n−1) profiles.

mod rows;
mod sets;

use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::game::alignment::{AlignmentGame, LedGame};
use crate::game::posture::Posture;
use crate::game::strategic::{Incentives, StrategicGame};
use crate::tolerance::Tolerances;

use self::rows::Rows;
use self::sets::{Alone, Side, alone, by_set, sides};

/// How close, relatively, two sides of a comparison may be before the contest is asked.
const CLOSE: f64 = 10.0 * Tolerances::DEFAULT.attack;

const BALANCE: usize = Posture::Balance as usize;
const BANDWAGON: usize = Posture::Bandwagon as usize;
const ABSTAIN: usize = Posture::Abstain as usize;

/// An [`AlignmentGame`] of at most [`MAX_FOLLOWERS`](Self::MAX_FOLLOWERS) players, tabulated.
#[derive(Debug, Clone)]
pub struct TabulatedAlignment<'a> {
    game: AlignmentGame<'a>,
    followers: Vec<Follower>,
    leader: Follower,
    /// By the set of followers, of which the last has the lowest bit: the leading state's side,
    /// and the side against it.
    with: Vec<Side>,
    against: Vec<Side>,
    alone: Vec<Alone>,
    /// By player and set of followers; empty without concerns.
    concerns: Vec<Vec<Concern>>,
    /// `1 − w`, and whether there is a war cost at all.
    kept: f64,
    deterrence: bool,
    unbounded: bool,
    rows: Rows,
}

/// What is known of one state.
#[derive(Debug, Clone, Copy)]
struct Follower {
    state: usize,
    share: f64,
    weight: f64,
    strength: f64,
    revisionism: f64,
    /// Its utility where everybody keeps what it has.
    at_peace: f64,
}

/// What a player makes of a set of followers, each of whose control is in proportion to its
/// weight (a side) or its strength (alone). The leading state counts in the former.
#[derive(Debug, Clone, Copy)]
struct Concern {
    with: f64,
    against: f64,
    alone: f64,
}

/// How a profile turns out.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    /// Control is weight times `with` or `against`, or strength times `alone`; the last only
    /// for the `victor` where decisiveness is without bound.
    War { with: f64, against: f64, alone: f64, victor: usize },
    /// Everybody keeps its share.
    Peace,
    /// Too close to call: ask the contest.
    Close,
}

const NOBODY: usize = usize::MAX;
const EVERYBODY: usize = usize::MAX - 1;

impl<'a> TabulatedAlignment<'a> {
    /// The most followers: 3^15 profiles.
    pub const MAX_FOLLOWERS: usize = 15;

    /// Tabulates `game`; `None` if it has too many players, or is not the base game.
    pub fn new(game: AlignmentGame<'a>) -> Option<Self> {
        let contest = game.contest();
        if game.players() > Self::MAX_FOLLOWERS || !game.is_base() {
            return None;
        }
        let describe = |state| describe(contest, state);
        let followers: Vec<_> = game.followers().iter().map(|&state| describe(state)).collect();
        let leader = describe(game.leader());
        let kept = contest.kept();
        let mut tabulated = Self {
            leader,
            kept,
            deterrence: contest.parameters().war_cost > 0.0,
            unbounded: contest.parameters().decisiveness.is_infinite(),
            with: sides(contest, &followers, Some(&leader)),
            against: sides(contest, &followers, None),
            alone: alone(&followers, kept),
            concerns: Vec::new(),
            rows: Rows::of(game.players()),
            followers,
            game,
        };
        if let Some(concern) = contest.concern() {
            let of = |f: &Follower| {
                let on = |state: usize| concern[[f.state, state]];
                tabulated.concerns_of(on(leader.state) * leader.weight, on)
            };
            tabulated.concerns = tabulated.followers.iter().map(of).collect();
        }
        tabulated.lay_out();
        Some(tabulated)
    }

    /// The game as it was before.
    pub fn game(&self) -> &AlignmentGame<'a> {
        &self.game
    }

    fn concerns_of(&self, leader: f64, on: impl Fn(usize) -> f64) -> Vec<Concern> {
        let nobody = Concern { with: leader, against: 0.0, alone: 0.0 };
        by_set(self.followers.len(), nobody, |below, i| {
            let follower = &self.followers[i];
            let (by_weight, by_strength) =
                (on(follower.state) * follower.weight, on(follower.state) * follower.strength);
            Concern {
                with: below.with + by_weight,
                against: below.against + by_weight,
                alone: below.alone + by_strength,
            }
        })
    }

    /// The set of follower `i` alone.
    fn bit(&self, i: usize) -> usize {
        1 << (self.followers.len() - 1 - i)
    }

    fn rest(&self, with: usize, against: usize) -> usize {
        (self.with.len() - 1) & !(with | against)
    }

    fn outcome(&self, with: usize, against: usize) -> Outcome {
        let (w, a, o) =
            (&self.with[with], &self.against[against], &self.alone[self.rest(with, against)]);
        if self.unbounded {
            return self.winner_takes_all(w, a, o);
        }
        let scale = self.scale(w, a, o);
        if scale > 0.0 {
            Outcome::War {
                with: scale * w.division,
                against: scale * a.division,
                alone: scale,
                victor: EVERYBODY,
            }
        } else if scale.is_nan() {
            Outcome::Close
        } else {
            Outcome::Peace
        }
    }

    /// What control is of strength after a war, above 0; 0 where there is peace, and no number
    /// where it is too close to call.
    fn scale(&self, w: &Side, a: &Side, o: &Alone) -> f64 {
        let total = w.strength + a.strength + o.strength;
        if self.deterrence {
            let edge = w.attacks_below.max(a.attacks_below).max(o.attacks_below);
            if (edge - total).abs() <= CLOSE * total {
                return f64::NAN;
            }
            if edge < total {
                return 0.0;
            }
        }
        self.kept / total
    }

    fn winner_takes_all(&self, w: &Side, a: &Side, o: &Alone) -> Outcome {
        let most = w.power.max(a.power).max(o.power);
        let near = |power: f64| power >= most - CLOSE;
        let rivals = [w.power, a.power, o.power, o.next].into_iter().filter(|&p| near(p)).count();
        if rivals > 1 || (self.deterrence && (self.kept - most).abs() <= CLOSE) {
            return Outcome::Close;
        }
        if self.deterrence && self.kept < most {
            return Outcome::Peace;
        }
        let won = |power: f64, over: f64| if near(power) { self.kept / over } else { 0.0 };
        let victor = if near(o.power) { o.strongest } else { NOBODY };
        Outcome::War {
            with: won(w.power, w.division),
            against: won(a.power, a.division),
            alone: won(o.power, 1.0),
            victor,
        }
    }

    /// Everybody's control, from the contest itself.
    fn exact(&self, with: usize, against: usize) -> [f64; Coalition::MAX_PLAYERS] {
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let contest = self.game.contest();
        let profile: Vec<usize> =
            (0..self.followers.len()).map(|i| self.action(i, with, against)).collect();
        contest.control(&self.game.blocs(&profile), &mut control[..contest.len()]);
        control
    }

    /// What player `i` plays where these are the sets.
    fn action(&self, i: usize, with: usize, against: usize) -> usize {
        match self.bit(i) {
            bit if with & bit != 0 => BANDWAGON,
            bit if against & bit != 0 => BALANCE,
            _ => ABSTAIN,
        }
    }

    /// Player `i`'s utility where the sets `with` and `against` turn out as `outcome`.
    fn utility(&self, i: usize, with: usize, against: usize, outcome: &Outcome) -> f64 {
        let follower = &self.followers[i];
        match *outcome {
            Outcome::War { with: by_with, against: by_against, alone, victor } => {
                let bit = self.bit(i);
                let control = if with & bit != 0 {
                    by_with * follower.weight
                } else if against & bit != 0 {
                    by_against * follower.weight
                } else if victor == EVERYBODY {
                    alone * follower.strength
                } else if victor == i {
                    alone
                } else {
                    0.0
                };
                let own = own(follower, control);
                let Some(table) = self.concerns.get(i) else { return own };
                let others = match victor {
                    EVERYBODY => table[self.rest(with, against)].alone,
                    NOBODY => 0.0,
                    j => table[self.bit(j)].alone,
                };
                own + by_with * table[with].with
                    + by_against * table[against].against
                    + alone * others
            }
            Outcome::Peace => follower.at_peace,
            Outcome::Close => {
                let control = self.exact(with, against);
                let contest = self.game.contest();
                contest.utility(follower.state, &control[..contest.len()])
            }
        }
    }

    /// The leading state's control where these sets turn out as `outcome`.
    fn leaders(&self, (with, against): (usize, usize), outcome: &Outcome) -> f64 {
        match *outcome {
            Outcome::War { with, .. } => with * self.leader.weight,
            Outcome::Peace => self.leader.share,
            Outcome::Close => self.exact(with, against)[self.leader.state],
        }
    }

    /// Player `i`'s utility if it took each posture, the others staying where they are.
    fn utilities(&self, i: usize, with: usize, against: usize) -> [f64; 3] {
        let bit = self.bit(i);
        let (with, against) = (with & !bit, against & !bit);
        [(with, against | bit), (with | bit, against), (with, against)]
            .map(|(w, a)| self.utility(i, w, a, &self.outcome(w, a)))
    }
}

impl LedGame for TabulatedAlignment<'_> {
    /// O(n) for reading the profile.
    fn leader_control(&self, profile: &[usize]) -> f64 {
        let (with, against) = masks(profile);
        self.leaders((with, against), &self.outcome(with, against))
    }

    fn leader_controls(&self, first: u64, controls: &mut [f64]) {
        self.controls_in_rows(first, controls);
    }

    fn payoff(&self, profile: &[usize], player: usize) -> f64 {
        let (with, against) = masks(profile);
        self.utility(player, with, against, &self.outcome(with, against))
    }
}

impl StrategicGame for TabulatedAlignment<'_> {
    fn players(&self) -> usize {
        self.game.players()
    }

    fn actions(&self, player: usize) -> usize {
        self.game.actions(player)
    }

    fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
        let (with, against) = masks(profile);
        let outcome = self.outcome(with, against);
        for (i, payoff) in payoffs.iter_mut().enumerate().take(self.players()) {
            *payoff = self.utility(i, with, against, &outcome);
        }
    }

    fn unit(&self, player: usize) -> f64 {
        self.followers[player].share
    }

    fn gains(&self, profile: &[usize], gains: &mut [f64]) {
        let (with, against) = masks(profile);
        for (i, (gains, &action)) in gains.chunks_exact_mut(3).zip(profile).enumerate() {
            let utility = self.utilities(i, with, against);
            for (gain, u) in gains.iter_mut().zip(utility) {
                *gain = (u - utility[action]) / self.followers[i].share;
            }
        }
    }

    fn is_equilibrium(&self, profile: &[usize], tolerance: f64) -> bool {
        let (with, against) = masks(profile);
        let here = self.outcome(with, against);
        (0..self.followers.len()).all(|i| {
            let most = self.utility(i, with, against, &here) + tolerance * self.followers[i].share;
            let bit = self.bit(i);
            let (w, a) = (with & !bit, against & !bit);
            let stays = |w, a| self.utility(i, w, a, &self.outcome(w, a)) <= most;
            let action = profile[i];
            (action == BALANCE || stays(w, a | bit))
                && (action == BANDWAGON || stays(w | bit, a))
                && (action == ABSTAIN || stays(w, a))
        })
    }

    fn equilibria(&self, first: u64, tolerance: f64, stay: &mut [bool]) {
        self.stay_in_rows(first, tolerance, stay);
    }

    fn add_weighted_gains(&self, first: u64, _: &Incentives, weights: &[f64], values: &mut [f64]) {
        self.add_gains_in_rows(first, weights, values);
    }

    fn weighted_gains(&self, profile: &[usize], _: &Incentives, weights: &[f64]) -> f64 {
        let (with, against) = masks(profile);
        let mut here = None;
        let mut sum = 0.0;
        for (i, &action) in profile.iter().enumerate() {
            let row = &weights[9 * i + 3 * action..9 * i + 3 * action + 3];
            let bit = self.bit(i);
            let (w, a) = (with & !bit, against & !bit);
            for (to, &weight) in row.iter().enumerate() {
                if weight == 0.0 || to == action {
                    continue;
                }
                let (w, a) = match to {
                    BALANCE => (w, a | bit),
                    BANDWAGON => (w | bit, a),
                    _ => (w, a),
                };
                let here = here.get_or_insert_with(|| self.outcome(with, against));
                let gain = self.utility(i, w, a, &self.outcome(w, a))
                    - self.utility(i, with, against, here);
                sum += weight * gain / self.followers[i].share;
            }
        }
        sum
    }
}

/// The followers with the leading state and those against it, as bits, the last one's lowest.
fn masks(profile: &[usize]) -> (usize, usize) {
    profile.iter().fold((0, 0), |(with, against), &action| {
        let is = |other: usize| usize::from(action == other);
        (with << 1 | is(BANDWAGON), against << 1 | is(BALANCE))
    })
}

fn own(follower: &Follower, control: f64) -> f64 {
    control.min(follower.share) + follower.revisionism * (control - follower.share).max(0.0)
}

fn describe(contest: &Contest, state: usize) -> Follower {
    let share = contest.shares()[state];
    let unbounded = contest.parameters().decisiveness.is_infinite();
    Follower {
        state,
        share,
        weight: contest.weights()[state],
        strength: if unbounded { 1.0 } else { contest.strength(share) },
        revisionism: contest.revisionism(state),
        at_peace: contest.utility(state, contest.shares()),
    }
}
