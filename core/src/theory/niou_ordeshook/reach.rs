//! Which states are essential, from sums of the larger ones.
//!
//! With integer resources in falling order `w_1 ≥ w_2 ≥ …` and `q` the least that wins, state
//! `k` is essential iff some set of the states before it has a sum `s` with
//! `q − (w_k + w_{k+1} + …) ≤ s ≤ q − 1`: those behind `k` can then be added one by one, none
//! of them being larger than `k`, until `k` decides. So only sums of larger states matter, and
//! the window is the wider the more there is behind.
//!
//! Two ways to find such a sum: depth first, the largest states first, cutting branches that
//! can no longer reach the window, for so many steps; and over all sums at once where `q` is at
//! most 2^26, a bit for each sum and with it the state that first reached it.

use dashu_int::IBig;

use crate::game::cooperative::WeightedGame;
use crate::game::cooperative::number::{Amount, Numerators, with_numerators};
use crate::work::Work;

/// Steps of a search that most windows need only a few hundred of.
const FIRST_STEPS: u64 = 1 << 18;
/// Steps where no table of all sums can be laid out.
const MOST_STEPS: u64 = 1 << 27;
/// The largest `q` for which all sums are laid out.
const MOST_SUMS: u64 = 1 << 26;

/// What is known, in places of the falling order.
pub(super) struct Essential {
    /// The first so many are essential.
    pub(super) proven: usize,
    /// Those from this place on are not.
    pub(super) refuted: usize,
    /// Places of a coalition that loses, and wins with the last of the proven.
    pub(super) witness: Vec<usize>,
}

/// Which states of a game with one rule are essential; `order` is that of falling weight.
pub(super) fn essential(game: &WeightedGame, order: &[usize], work: &Work) -> Essential {
    let [rule] = game.rules() else {
        return Essential { proven: 1, refuted: order.len(), witness: Vec::new() };
    };
    let weights = order.iter().map(|&i| IBig::from(rule.weights()[i].clone()));
    let values: Vec<IBig> = weights.chain([IBig::from(rule.quota().clone())]).collect();
    with_numerators!(&Numerators::new(values), values => {
        let (quota, weights) = values.split_last().unwrap_or((&values[0], values));
        let small = rule.small().filter(|(_, quota)| *quota <= MOST_SUMS);
        let small = small.map(|(all, quota)| (order.iter().map(|&i| all[i]).collect(), quota));
        Search::new(weights, quota, small, work).bisect()
    })
}

struct Search<'a, A> {
    weights: &'a [A],
    quota: &'a A,
    /// `rest[k]`: what the states from place `k` on have together.
    rest: Vec<A>,
    /// Weights and quota once more, where all sums can be laid out.
    small: Option<(Vec<u64>, u64)>,
    work: &'a Work<'a>,
}

/// Whether a set of the states before a place hits the window.
enum Answer {
    Set(Vec<usize>),
    None,
    Unknown,
}

impl<'a, A: Amount> Search<'a, A> {
    fn new(
        weights: &'a [A],
        quota: &'a A,
        small: Option<(Vec<u64>, u64)>,
        work: &'a Work<'a>,
    ) -> Self {
        let mut rest = vec![A::zero(); weights.len() + 1];
        for k in (0..weights.len()).rev() {
            rest[k] = rest[k + 1].plus(&weights[k]);
        }
        Self { weights, quota, rest, small, work }
    }

    /// The essential states are those before some place. The first always is: all win, and a
    /// coalition that wins can be thinned out to a minimal one, which has some member.
    fn bisect(&self) -> Essential {
        let n = self.weights.len();
        let mut found = Essential { proven: 0, refuted: n, witness: Vec::new() };
        let mut top = n;
        while found.proven < top {
            // Most systems are stable: look at the weakest first.
            let place = if top == n { n - 1 } else { found.proven.midpoint(top - 1) };
            match self.decide(place) {
                Answer::Set(set) => {
                    found.witness = self.filled(set, place);
                    found.proven = place + 1;
                }
                Answer::None => {
                    found.refuted = place;
                    top = place;
                }
                Answer::Unknown => top = place,
            }
        }
        found
    }

    /// The set, and behind the place as many as it takes for the state there to decide.
    fn filled(&self, mut set: Vec<usize>, place: usize) -> Vec<usize> {
        let mut sum = set.iter().fold(A::zero(), |sum, &i| sum.plus(&self.weights[i]));
        for behind in place + 1..self.weights.len() {
            if sum.plus(&self.weights[place]) >= *self.quota {
                break;
            }
            sum = sum.plus(&self.weights[behind]);
            set.push(behind);
        }
        set
    }

    fn decide(&self, place: usize) -> Answer {
        match self.depth_first(place, FIRST_STEPS) {
            Answer::Unknown => match &self.small {
                Some((weights, quota)) => self.all_sums(weights, *quota, place),
                None => self.depth_first(place, MOST_STEPS),
            },
            answer => answer,
        }
    }

    fn depth_first(&self, place: usize, steps: u64) -> Answer {
        let mut path: Vec<(usize, A)> = Vec::new();
        let (mut at, mut sum) = (0, A::zero());
        for step in 0..steps {
            if step % 65_536 == 65_535 && self.work.is_over() {
                break;
            }
            // What is behind the place, and the place, are counted in `rest`.
            let enough = sum.plus(&self.rest[place]) >= *self.quota;
            if enough {
                return Answer::Set(path.into_iter().map(|(at, _)| at).collect());
            }
            let reaches = at < place && sum.plus(&self.rest[at]) >= *self.quota;
            if reaches {
                let with = sum.plus(&self.weights[at]);
                if with < *self.quota {
                    path.push((at, std::mem::replace(&mut sum, with)));
                }
                at += 1;
            } else {
                let Some((last, before)) = path.pop() else { return Answer::None };
                sum = before;
                at = last + 1;
            }
        }
        Answer::Unknown
    }

    /// All sums of the states before the place that lose.
    fn all_sums(&self, weights: &[u64], quota: u64, place: usize) -> Answer {
        if place > usize::from(u16::MAX) {
            return Answer::Unknown;
        }
        let sums = quota as usize;
        let words = sums.div_ceil(64);
        let mut reached = vec![0u64; words];
        let mut first = vec![0u16; sums];
        reached[0] = 1;
        for (i, &weight) in weights[..place].iter().enumerate() {
            if self.work.is_over() {
                return Answer::Unknown;
            }
            let (shift, bits) = ((weight / 64) as usize, weight % 64);
            for word in (shift..words).rev() {
                let high = reached[word - shift] << bits;
                let low = match (bits, word - shift) {
                    (0, _) | (_, 0) => 0,
                    (_, from) => reached[from - 1] >> (64 - bits),
                };
                let mut new = (high | low) & !reached[word];
                reached[word] |= new;
                while new != 0 {
                    let sum = word * 64 + new.trailing_zeros() as usize;
                    if sum < sums {
                        first[sum] = i as u16;
                    }
                    new &= new - 1;
                }
            }
        }
        let behind: u64 = weights[place..].iter().sum();
        let from = quota.saturating_sub(behind) as usize;
        let hit = (from..sums).find(|&sum| reached[sum / 64] >> (sum % 64) & 1 == 1);
        let Some(mut sum) = hit else { return Answer::None };
        let mut set = Vec::new();
        while sum > 0 {
            let i = first[sum] as usize;
            set.push(i);
            sum -= weights[i] as usize;
        }
        Answer::Set(set)
    }
}
