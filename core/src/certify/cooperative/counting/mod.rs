//! Power indices of weighted majority games of many players, counted a second time.
//!
//! **Definitions.** A swing of player `i` is a coalition without it that weighs at least
//! `q − w_i` and less than `q`. Shapley's value is `Σ_s swings(s) / (n · C(n−1, s))`, Banzhaf's
//! `Σ_s swings(s) / 2^(n−1)`. A minimal winning coalition weighs at least `q`, and less than
//! that without its lightest member: Deegan & Packel divide each of them equally, Holler & Packel
//! count them. Johnston divides each winning coalition equally among those without whom it loses,
//! which are the members heavier than what it weighs beyond the quota.
//!
//! **Method.** Numbers of sets by size and weight, modulo as many coprime numbers as it takes to
//! know them exactly, since there are less than `2^n` sets (Chinese remainder theorem). All
//! players enter one table, and one is divided out of it; minimal coalitions are counted by the
//! weight of their lightest members, critical ones from the heaviest threshold down. The solver
//! has one table of long integers, takes no player out, and goes the other way.
//!
//! **Cost.** For each modulus, one for 61 players, `n² · q` additions for the table and as many
//! for each kind of weight over `n`, less where sizes have no such weights;
//! [`Weights::swing_steps`] and [`Weights::steps`] say how many. The memory is `8 n q` bytes
//! for each thread. **References.** Uno (2012), *Theor. Comput. Sci.* 456; Kurz (2016), *Ann. Oper.
//! Res.* 243; Garner (1959), *IRE Trans. Electron. Comput.* 8.

mod residues;

use std::sync::OnceLock;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::cooperative::indices::normalized;
use crate::game::cooperative::{Game, Rule};
use crate::work::parallel;

use residues::{Reach, Sets, combined, moduli};

/// The most cells of a table: 1 GB for each thread.
const MOST_CELLS: u64 = 1 << 27;

/// The weights of a game with one rule, in kinds; what was counted of it once.
pub struct Weights {
    swings: OnceLock<Swings>,
    minimal: OnceLock<Minimal>,
    of_players: Vec<u64>,
    /// The different weights above 0, ascending, each with how many players have it.
    kinds: Vec<(u64, usize)>,
    quota: u64,
}

/// What follows from the minimal winning coalitions.
pub struct Minimal {
    /// Deegan & Packel's index.
    pub deegan_packel: Vec<RBig>,
    /// Holler & Packel's.
    pub holler: Vec<RBig>,
    /// How many minimal winning coalitions there are.
    pub total: UBig,
}

/// What follows from the swings.
pub struct Swings {
    /// Shapley's value.
    pub shapley: Vec<RBig>,
    /// Banzhaf's.
    pub banzhaf: Vec<RBig>,
    /// Who has a swing.
    pub essential: Vec<bool>,
    /// How many coalitions lose, the empty one among them.
    pub losing: UBig,
}

impl Weights {
    /// The weights of a game, if it has one rule whose table of sets is not too large.
    pub fn of(game: &Game) -> Option<Self> {
        let Game::Weighted(game) = game else { return None };
        let [rule] = game.rules() else { return None };
        Self::of_rule(rule)
    }

    fn of_rule(rule: &Rule) -> Option<Self> {
        let number = |x: &UBig| u64::try_from(x).ok();
        let of_players: Vec<u64> = rule.weights().iter().map(number).collect::<Option<_>>()?;
        let quota = number(rule.quota())?;
        if quota.checked_mul(of_players.len() as u64 + 1)? > MOST_CELLS {
            return None;
        }
        let mut ascending: Vec<u64> = of_players.iter().copied().filter(|&w| w > 0).collect();
        ascending.sort_unstable();
        let kinds = ascending.chunk_by(|a, b| a == b).map(|kind| (kind[0], kind.len())).collect();
        let (swings, minimal) = (OnceLock::new(), OnceLock::new());
        Some(Self { swings, minimal, of_players, kinds, quota })
    }

    /// How many additions it takes to count the swings.
    pub fn swing_steps(&self) -> u64 {
        let mut reach = Reach::new(self.players());
        let mut steps = 0;
        for w in self.ascending() {
            reach.include(w, self.width(), |_, from| steps += from.len() as u64);
        }
        steps += reach.cells() * self.kinds.len() as u64;
        steps.saturating_mul(moduli(self.players() + 1).len() as u64)
    }

    /// The weights of the players, the lightest first: so sizes reach the fewest weights.
    fn ascending(&self) -> Vec<usize> {
        let mut all: Vec<usize> = self.of_players.iter().map(|&w| w as usize).collect();
        all.sort_unstable();
        all
    }

    /// About how many additions any other count takes at most.
    pub fn steps(&self) -> u64 {
        let n = self.of_players.len() as u64;
        let moduli = n / 61 + 1;
        [n, n + self.kinds.len() as u64, self.quota, moduli]
            .iter()
            .fold(1, |product: u64, &factor| product.saturating_mul(factor.max(1)))
    }

    fn players(&self) -> usize {
        self.of_players.len()
    }

    fn width(&self) -> usize {
        self.quota as usize
    }

    /// Runs a count modulo each of some numbers, and puts the results together.
    fn exactly(&self, count: impl Fn(u64) -> Vec<u64> + Sync) -> Vec<UBig> {
        let moduli = moduli(self.players() + 1);
        let residues = parallel(moduli.len(), |k| count(moduli[k]));
        let numbers = residues.first().map_or(0, Vec::len);
        let residue = |at: usize| residues.iter().map(|all| all[at]).collect::<Vec<u64>>();
        (0..numbers).map(|at| combined(&residue(at), &moduli)).collect()
    }

    /// A value for each player from those of the kinds.
    fn each<T: Clone>(&self, of_kinds: &[T], of_none: T) -> Vec<T> {
        let place = |w: &u64| self.kinds.iter().position(|(kind, _)| kind == w);
        let value = |w| place(w).map_or_else(|| of_none.clone(), |at| of_kinds[at].clone());
        self.of_players.iter().map(value).collect()
    }

    /// Shapley's and Banzhaf's value.
    pub fn swings(&self) -> &Swings {
        self.swings.get_or_init(|| self.count_swings())
    }

    fn count_swings(&self) -> Swings {
        let n = self.players();
        let counts = self.exactly(|modulus| {
            let mut sets = Sets::new(modulus, n, self.width());
            self.ascending().into_iter().for_each(|w| sets.include(w));
            let kinds = self.kinds.iter();
            let swings = kinds.map(|&(w, _)| {
                sets.sums_without(w as usize, self.quota.saturating_sub(w) as usize)
            });
            let mut numbers: Vec<u64> = swings.flatten().collect();
            let sizes = (0..n).flat_map(|size| sets.row(size));
            numbers.push(sizes.fold(0, |sum, &cell| sets.ring().plus(sum, cell)));
            numbers
        });
        let (losing, counts) = counts
            .split_last()
            .map_or((UBig::ZERO, &[][..]), |(last, counts)| (last.clone(), counts));
        let of_kinds: Vec<&[UBig]> = counts.chunks(n).collect();
        let mut binomials = vec![UBig::ONE];
        for s in 1..n {
            binomials.push(&binomials[s - 1] * UBig::from(n - s) / UBig::from(s));
        }
        let part = |(count, binomial): (&UBig, &UBig)| {
            RBig::from_parts(IBig::from(count.clone()), binomial * UBig::from(n))
        };
        let shapley = |counts: &&[UBig]| {
            counts.iter().zip(&binomials).map(part).fold(RBig::ZERO, |sum, x| sum + x)
        };
        let sum = |counts: &[UBig]| counts.iter().sum::<UBig>();
        let banzhaf = |counts: &&[UBig]| RBig::from_parts(sum(counts).into(), UBig::ONE << (n - 1));
        let some = |counts: &&[UBig]| counts.iter().any(|count| !count.is_zero());
        let of = |value: &dyn Fn(&&[UBig]) -> RBig| {
            self.each(&of_kinds.iter().map(value).collect::<Vec<_>>(), RBig::ZERO)
        };
        Swings {
            shapley: of(&shapley),
            banzhaf: of(&banzhaf),
            essential: self.each(&of_kinds.iter().map(some).collect::<Vec<_>>(), false),
            losing,
        }
    }

    /// The indices of minimal winning coalitions.
    pub fn minimal(&self) -> &Minimal {
        self.minimal.get_or_init(|| self.count_minimal())
    }

    fn count_minimal(&self) -> Minimal {
        let n = self.players();
        let counts = self.exactly(|modulus| self.minimal_modulo(modulus));
        let (by_size, total) = counts.split_at(self.kinds.len() * (n + 1));
        let by_size: Vec<&[UBig]> = by_size.chunks(n + 1).collect();
        let total = total.first().cloned().unwrap_or(UBig::ZERO);
        let shared = |counts: &&[UBig]| shared(counts) / RBig::from(total.clone());
        let member = |counts: &&[UBig]| RBig::from(counts.iter().sum::<UBig>());
        let of = |value: &dyn Fn(&&[UBig]) -> RBig| {
            self.each(&by_size.iter().map(value).collect::<Vec<_>>(), RBig::ZERO)
        };
        Minimal {
            deegan_packel: of(&shared),
            holler: normalized(&of(&member)).unwrap_or_default(),
            total,
        }
    }

    /// By kind and size the minimal winning coalitions with one player of the kind, and at last
    /// how many there are.
    fn minimal_modulo(&self, modulus: u64) -> Vec<u64> {
        let n = self.players();
        let mut by_size = vec![vec![0; n + 1]; self.kinds.len()];
        let mut total = 0;
        // The sets of players heavier than the lightest members.
        let mut heavier = Sets::new(modulus, n, self.width());
        let ring = heavier.ring();
        let mut placed = 0;
        for (lightest, &(weight, many)) in self.kinds.iter().enumerate().rev() {
            let sums = heavier.accumulated();
            let (choose, choose_beside) = (row(many, modulus), row(many - 1, modulus));
            let w = weight as i64;
            for members in 1..=many {
                let light = w * members as i64;
                let (from, to) = (self.quota as i64 - light, self.quota as i64 - 1 - (light - w));
                if to < 0 {
                    break;
                }
                for others in 0..=placed.min(n - members) {
                    let size = others + members;
                    let sets = sums.window(others, from, to);
                    total = ring.plus(total, ring.times(choose[members], sets));
                    let own = ring.times(choose_beside[members - 1], sets);
                    by_size[lightest][size] = ring.plus(by_size[lightest][size], own);
                    for (kind, &(u, _)) in self.kinds.iter().enumerate().skip(lightest + 1) {
                        let (u, fewer) = (u as i64, others.wrapping_sub(1));
                        if others > 0 && to >= u {
                            let sets = sums.window_without(u, fewer, from - u, to - u);
                            let with = ring.times(choose[members], sets);
                            by_size[kind][size] = ring.plus(by_size[kind][size], with);
                        }
                    }
                }
            }
            (0..many).for_each(|_| heavier.include(weight as usize));
            placed += many;
        }
        by_size.into_iter().flatten().chain([total]).collect()
    }

    /// Johnston's index.
    pub fn johnston(&self) -> Vec<RBig> {
        let n = self.players();
        let counts = self.exactly(|modulus| self.critical_modulo(modulus));
        let shares: Vec<RBig> = counts.chunks(n + 1).map(shared).collect();
        normalized(&self.each(&shares, RBig::ZERO)).unwrap_or_default()
    }

    /// By kind and number of critical members the winning coalitions in which one player of the
    /// kind is critical. Players of no weight are left out: they double all numbers.
    fn critical_modulo(&self, modulus: u64) -> Vec<u64> {
        let n = self.players();
        let mut by_critical = vec![vec![0; n + 1]; self.kinds.len()];
        // Players below the threshold do not count towards the size.
        let mut sets = Sets::new(modulus, n, self.width());
        let ring = sets.ring();
        let each = self.kinds.iter().flat_map(|&(w, many)| std::iter::repeat_n(w as usize, many));
        each.for_each(|w| sets.include_uncounted(w));
        let mut critical = 0;
        for (at, &(threshold, many)) in self.kinds.iter().enumerate().rev() {
            for _ in 0..many {
                sets.exclude_uncounted(threshold as usize);
                sets.include(threshold as usize);
            }
            critical += many;
            let sums = sets.accumulated();
            // What a coalition may weigh beyond the quota: the next lighter kind is not critical.
            let least = if at == 0 { 0 } else { self.kinds[at - 1].0 } as i64;
            let (low, high) = (self.quota as i64 + least, (self.quota + threshold) as i64 - 1);
            for (kind, &(w, _)) in self.kinds.iter().enumerate().skip(at) {
                let w = w as i64;
                for others in 0..critical {
                    let sets = sums.window_without(w, others, low - w, high - w);
                    let count = &mut by_critical[kind][others + 1];
                    *count = ring.plus(*count, sets);
                }
            }
        }
        by_critical.into_iter().flatten().collect()
    }
}

/// `Σ_k count(k) / k`.
fn shared(counts: &[UBig]) -> RBig {
    let parts = counts.iter().enumerate().skip(1);
    let part = |(k, count): (usize, &UBig)| RBig::from_parts(count.clone().into(), UBig::from(k));
    parts.map(part).fold(RBig::ZERO, |sum, x| sum + x)
}

/// The binomial coefficients of `n`, by Pascal's triangle.
fn row(n: usize, modulus: u64) -> Vec<u64> {
    let ring = residues::Ring(modulus);
    let mut row = vec![1];
    for _ in 0..n {
        let sums = row.windows(2).map(|pair| ring.plus(pair[0], pair[1]));
        row = std::iter::once(1).chain(sums).chain([1]).collect();
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::certify::cooperative::dividends::Dividends;
    use crate::certify::cooperative::indices::indices;
    use crate::game::cooperative::{Quota, WeightedGame, numbered};

    fn game(weights: &[u32], quota: u32) -> Game {
        let weights: Vec<RBig> = weights.iter().map(|&w| RBig::from(w)).collect();
        let quota = Quota::AtLeast(RBig::from(quota));
        WeightedGame::new(numbered(weights.len()), &[(weights, quota)]).unwrap().into()
    }

    #[test]
    fn counts_agree_with_the_definitions() {
        for (weights, quota) in [
            (&[3, 2, 1, 1][..], 4),
            (&[5, 4, 3, 3, 2, 0, 1], 10),
            (&[1, 1, 1, 1, 1], 3),
            (&[9, 1, 1], 8),
            (&[7, 5, 5, 3, 2, 2, 1, 0, 0], 25),
            (&[4, 3, 3, 1], 1),
        ] {
            let game = game(weights, quota);
            let table = game.table().unwrap();
            let counted = Weights::of(&game).unwrap();
            let (swings, dividends) = (counted.swings(), Dividends::of(&table));
            assert_eq!(swings.shapley, dividends.shapley(), "{weights:?}");
            assert_eq!(swings.banzhaf, dividends.banzhaf(), "{weights:?}");
            let minimal = counted.minimal();
            let [deegan, holler, johnston] = indices(&table).unwrap();
            assert_eq!(minimal.deegan_packel, deegan, "{weights:?}");
            assert_eq!(minimal.holler, holler, "{weights:?}");
            assert_eq!(counted.johnston(), johnston, "{weights:?}");
        }
    }

    #[test]
    fn hundreds_of_players_are_counted_exactly() {
        let equal = game(&[1; 200], 101);
        let counted = Weights::of(&equal).unwrap();
        let share = RBig::from_parts(1.into(), 200u8.into());
        assert!(counted.swings().shapley.iter().all(|x| *x == share));
        // 200 choose 101.
        let total = (0..101u32).fold(UBig::ONE, |c, k| c * UBig::from(200 - k) / UBig::from(k + 1));
        assert_eq!(counted.minimal().total, total);
    }
}
