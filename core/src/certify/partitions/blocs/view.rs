//! One partition as the checker sees it: what states have in it, and gain by leaving it.

use super::max_or_nan;
use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::work::Work;

/// A move by which its state gains.
pub(super) struct Move {
    pub(super) state: usize,
    /// Whom it joins; nobody where it stands alone.
    pub(super) joined: Coalition,
    /// What it gains, over its share of power.
    pub(super) gain: f64,
    /// Nobody in the receiving bloc loses.
    pub(super) welcome: bool,
    /// Nobody left behind loses.
    pub(super) released: bool,
}

/// A partition, evaluated.
pub(super) struct View<'a> {
    contest: &'a Contest,
    blocs: Vec<Coalition>,
    pub(super) control: Vec<f64>,
    utility: Vec<f64>,
    /// How far rounding may move what each state gains.
    noise: Vec<f64>,
}

impl<'a> View<'a> {
    pub(super) fn new(contest: &'a Contest, blocs: &[Coalition]) -> Self {
        let mut control = vec![0.0; contest.len()];
        contest.control(blocs, &mut control);
        let utility: Vec<f64> = (0..contest.len()).map(|i| contest.utility(i, &control)).collect();
        let noise = utility.iter().enumerate().map(|(i, &u)| contest.noise(i, u)).collect();
        Self { contest, blocs: blocs.to_vec(), control, utility, noise }
    }

    /// The size of the numbers whose differences are gains, beyond which rounding is not
    /// held against a claim.
    pub(super) fn scale(&self) -> f64 {
        let over = |(u, p): (&f64, &f64)| u.abs() / p;
        self.utility.iter().zip(self.contest.shares()).map(over).fold(0.0, f64::max)
    }

    fn gains(&self, blocs: &[Coalition]) -> Vec<f64> {
        let mut control = vec![0.0; self.contest.len()];
        self.contest.control(blocs, &mut control);
        (0..self.contest.len())
            .map(|i| {
                (self.contest.utility(i, &control) - self.utility[i]) / self.contest.shares()[i]
            })
            .collect()
    }

    /// What the least eager member gains when the coalition leaves: at least, as computed, and
    /// at most, whatever rounding did.
    pub(super) fn least_gain(&self, coalition: Coalition) -> [f64; 3] {
        // On the stack: this is done for every coalition of every partition.
        let mut blocs = [Coalition::EMPTY; Coalition::MAX_PLAYERS + 1];
        let mut len = 0;
        let left = self.blocs.iter().map(|bloc| bloc.difference(coalition));
        for bloc in left.filter(|bloc| !bloc.is_empty()).chain([coalition]) {
            blocs[len] = bloc;
            len += 1;
        }
        let mut control = [0.0; Coalition::MAX_PLAYERS];
        let control = &mut control[..self.contest.len()];
        self.contest.control(&blocs[..len], control);
        let mut least = [f64::INFINITY; 3];
        for i in coalition.members() {
            let utility = self.contest.utility(i, control);
            let gain = (utility - self.utility[i]) / self.contest.shares()[i];
            for (least, noise) in least.iter_mut().zip([-1.0, 0.0, 1.0]) {
                *least = least.min(gain + noise * self.noise[i]);
            }
        }
        least
    }

    /// The most that the least eager member of any coalition gains, as [`View::least_gain`], or
    /// any numbers above `enough`, of no use once the time is up; and how many coalitions were
    /// tried.
    pub(super) fn most_gained(&self, enough: f64, work: &Work) -> ([f64; 3], u64) {
        let (mut most, mut tried) = ([f64::NEG_INFINITY; 3], 0);
        for coalition in Coalition::all(self.contest.len()) {
            let gains = self.least_gain(coalition);
            most.iter_mut().zip(gains).for_each(|(most, gain)| *most = max_or_nan(*most, gain));
            tried += 1;
            let late = coalition.bits().is_multiple_of(1 << 10) && work.is_over();
            if most[0] > enough || late {
                break;
            }
        }
        (most, tried)
    }

    /// Every move of a state, to another bloc or out of its own, by which it gains more than
    /// `least` whatever rounding did, and every one by which it may. Nobody is harmed who loses no
    /// more than that.
    pub(super) fn moves(&self, least: f64) -> [Vec<Move>; 2] {
        let mut moves = [Vec::new(), Vec::new()];
        for i in 0..self.contest.len() {
            let mut without: Vec<Coalition> = self.blocs.iter().map(|b| b.without(i)).collect();
            let left = self.blocs.iter().find(|b| b.contains(i)).map_or(0, |b| b.without(i).bits());
            without.retain(|bloc| !bloc.is_empty());
            let targets: Vec<Coalition> =
                without.iter().copied().filter(|b| b.bits() != left).collect();
            for joined in targets.into_iter().chain([Coalition::EMPTY]) {
                let mut blocs = without.clone();
                blocs.retain(|&bloc| bloc != joined);
                blocs.push(joined.with(i));
                let gains = self.gains(&blocs);
                for (moves, slack) in moves.iter_mut().zip([1.0, -1.0]) {
                    if gains[i] > least + slack * self.noise[i] {
                        let least_of = |j: usize| slack * self.noise[j] - least;
                        let unharmed =
                            |bloc: Coalition| bloc.members().all(|j| gains[j] >= least_of(j));
                        moves.push(Move {
                            state: i,
                            joined,
                            gain: gains[i],
                            welcome: unharmed(joined),
                            released: unharmed(Coalition(left)),
                        });
                    }
                }
            }
        }
        moves
    }
}
