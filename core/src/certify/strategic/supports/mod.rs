//! That a game has no equilibria but those that are listed, by another method than the
//! solver's: intervals of probabilities for every choice of supports, halved until none can
//! hold another equilibrium.
//!
//! A box gives each used strategy an interval of probabilities. The gain of one strategy over
//! another is multilinear in the other players' probabilities, so its range over a box is
//! bounded player by player, each bound the optimum of a continuous knapsack (Dantzig 1957). A
//! box is settled if a gain that an equilibrium needs to be zero, or not positive, cannot be; or
//! if the equations have at most one solution there, since the interval matrix of their
//! derivatives is regular (Neumaier 1990, chapter 4), and that one is listed or lies outside.
//! Cost: O(boxes · players² · strategies² · profiles).

mod equations;
mod hull;
mod region;
mod symmetry;

use std::collections::HashSet;

use dashu_int::IBig;
use dashu_ratio::RBig;

use self::equations::Equations;
use self::region::*;
use crate::certify::linear;
use crate::game::StrategicTable;
use crate::game::table::advance;

/// More than the rounding of sums of payoffs in `[0, 1]`.
const ROUNDING: f64 = 1e-12;
/// How far a probability that is listed may be from the equilibrium it stands for.
const NEAR: f64 = 1e-8;
/// A box that is narrower is not halved: nothing is concluded of it.
const NARROWEST: f64 = 1e-6;
/// A regret, as a share of the span of payoffs, that makes what is found an equilibrium.
const REGRET: f64 = 1e-11;
/// The most choices of supports.
const MOST_SUPPORTS: usize = 1 << 16;

/// Equilibria of a game that are listed.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Their mixed strategies, by player.
    pub strategies: &'a [Vec<Vec<f64>>],
    /// Strategies of each player such that every mixture of them is an equilibrium.
    pub faces: &'a [Vec<Vec<usize>>],
    /// Mixed strategies of each player such that all combinations of them are equilibria, and so
    /// all mixtures.
    pub products: &'a [Vec<Vec<Vec<RBig>>>],
}

/// Whether the game has no equilibrium but those that are listed and the mixtures of the faces
/// and products that are. `None` if that is not settled by boxes with `most` gains at profiles
/// together, as in games with continua of equilibria of other shapes. Of the supports that symmetries of the game carry to each other
/// one is examined, if they carry all that is listed to what is listed.
pub fn complete(game: &StrategicTable, listed: Listed<'_>, most: u64) -> Option<bool> {
    let sizes = game.sizes();
    let choices = |&k: &usize| u32::try_from(k).ok().and_then(|k| 1usize.checked_shl(k));
    let counts: Vec<usize> =
        sizes.iter().map(|k| choices(k).map(|all| all - 1)).collect::<Option<_>>()?;
    counts
        .iter()
        .try_fold(1usize, |product, &count| product.checked_mul(count))
        .filter(|&all| all <= MOST_SUPPORTS)?;
    let payoffs: Vec<Vec<f64>> = (0..sizes.len()).map(|i| game.normalized(i)).collect();
    let Some(symmetries) = symmetry::of(game, &listed) else { return Some(false) };
    let mut carried: HashSet<Vec<Vec<usize>>> = HashSet::new();
    let mut left = most;
    let mut choice = vec![0; sizes.len()];
    let mut settled = true;
    loop {
        let used: Vec<Vec<usize>> = choice
            .iter()
            .zip(&sizes)
            .map(|(&set, &k)| (0..k).filter(|a| (set + 1) >> a & 1 == 1).collect())
            .collect();
        let inside = |face: &Vec<Vec<usize>>| {
            face.len() == used.len()
                && face.iter().zip(&used).all(|(own, used)| used.iter().all(|a| own.contains(a)))
        };
        if !listed.faces.iter().any(inside) && !carried.contains(&used) && possible(game, &used) {
            match Support::new(game, &payoffs, &used, listed.strategies).settle(&mut left) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => settled &= hull::covered(game, &used, listed.products),
            }
            symmetry::carry(&symmetries, used, &mut carried);
        }
        if !advance(&mut choice, &counts) {
            return settled.then_some(true);
        }
    }
}

/// How far, at most, an exact equilibrium is from these mixed strategies, with the same strategies
/// used: the last step of Newton's method, over what bounds its error. `None` where the equations
/// of who is indifferent do not tell, as in continua. O(players² · strategies² · profiles).
pub fn distance(game: &StrategicTable, strategies: &[Vec<f64>]) -> Option<f64> {
    /// The half width of the box in which the equations have one solution at most.
    const AROUND: f64 = 1e-5;
    let sizes = game.sizes();
    let shaped = strategies.iter().map(Vec::len).eq(sizes.iter().copied());
    let near = |p: &Vec<f64>| (0..p.len()).filter(|&a| p[a] > NEAR).collect::<Vec<_>>();
    let used: Vec<Vec<usize>> = strategies.iter().map(near).collect();
    if !shaped || used.iter().any(Vec::is_empty) {
        return None;
    }
    let payoffs: Vec<Vec<f64>> = (0..sizes.len()).map(|i| game.normalized(i)).collect();
    let support = Support::new(game, &payoffs, &used, &[]);
    let around = |(p, used): (&Vec<f64>, &Vec<usize>)| {
        used.iter().map(|&a| [p[a] - AROUND, p[a] + AROUND]).collect()
    };
    let equations = support.regular(&strategies.iter().zip(&used).map(around).collect())?;
    let step = equations.step()?.into_iter().fold(0.0, |most: f64, step| most.max(step.abs()));
    let off = equations.off.iter().copied().fold(0.0, f64::max);
    Some(step / (1.0 - off))
}

/// Whether no strategy, by the exact payoffs, is at least as good as a used one against all that
/// the others use, and better against some: then the used one falls short wherever they use all.
fn possible(game: &StrategicTable, used: &[Vec<usize>]) -> bool {
    (0..used.len()).all(|player| {
        let mut others = used.to_vec();
        others[player] = vec![0];
        let sizes: Vec<usize> = others.iter().map(Vec::len).collect();
        let level = |profile: &mut Vec<usize>, a: usize| -> IBig {
            profile[player] = a;
            game.exact(player).level(game.index(profile))
        };
        let better = |a: usize, b: usize| {
            let (mut choice, mut some) = (vec![0; sizes.len()], false);
            loop {
                let mut profile: Vec<usize> =
                    choice.iter().zip(&others).map(|(&c, own)| own[c]).collect();
                match level(&mut profile, a).cmp(&level(&mut profile, b)) {
                    std::cmp::Ordering::Less => return false,
                    order => some |= order.is_gt(),
                }
                if !advance(&mut choice, &sizes) {
                    return some;
                }
            }
        };
        let all = 0..game.sizes()[player];
        used[player].iter().all(|&b| all.clone().all(|a| a == b || !better(a, b)))
    })
}

struct Support<'a> {
    game: &'a StrategicTable,
    used: &'a [Vec<usize>],
    listed: &'a [Vec<Vec<f64>>],
    /// By player: what each of its strategies, over each that it uses, gains wherever the others
    /// use one each of theirs, the first of them fastest.
    gains: Vec<Vec<Vec<Vec<f64>>>>,
}

impl<'a> Support<'a> {
    /// `payoffs` are the game's, from 0 to 1.
    fn new(
        game: &'a StrategicTable,
        payoffs: &[Vec<f64>],
        used: &'a [Vec<usize>],
        listed: &'a [Vec<Vec<f64>>],
    ) -> Self {
        let gain = |player: usize, a: usize, b: usize| {
            let mut others = used.to_vec();
            others[player] = vec![0];
            let sizes: Vec<usize> = others.iter().map(Vec::len).collect();
            let (mut choice, mut gains) = (vec![0; sizes.len()], Vec::new());
            loop {
                let mut profile: Vec<usize> =
                    choice.iter().zip(&others).map(|(&c, own)| own[c]).collect();
                let mut at = |strategy| {
                    profile[player] = strategy;
                    payoffs[player][game.index(&profile)]
                };
                gains.push(at(a) - at(b));
                if !advance(&mut choice, &sizes) {
                    return gains;
                }
            }
        };
        let of = |(player, own): (usize, &Vec<usize>)| -> Vec<Vec<Vec<f64>>> {
            (0..game.sizes()[player])
                .map(|a| own.iter().map(|&b| gain(player, a, b)).collect())
                .collect()
        };
        Self { game, used, listed, gains: used.iter().enumerate().map(of).collect() }
    }

    /// Whether all equilibria that use no other strategies, all of them, are listed.
    fn settle(&self, left: &mut u64) -> Option<bool> {
        let mut open: Vec<Region> =
            vec![self.used.iter().map(|own| vec![[0.0, 1.0]; own.len()]).collect()];
        let profiles: usize = self.used.iter().map(Vec::len).product();
        let unknowns: usize = self.used.iter().map(|own| own.len() - 1).sum();
        while let Some(mut region) = open.pop() {
            *left = left.checked_sub((profiles * unknowns.max(1)) as u64)?;
            if !narrow(&mut region) || self.fails(&region) {
                continue;
            }
            match self.contract(&mut region) {
                None => continue,
                Some(0) => {}
                Some(_) => {
                    open.push(region);
                    continue;
                }
            }
            let around: Region = region.iter().map(|own| own.iter().map(wider).collect()).collect();
            if let Some(equations) = self.regular(&around) {
                let listed = self.listed.iter().any(|found| self.holds(&around, found));
                if listed || equations.leave(&region) {
                    continue;
                }
                if let Some(strategies) = self.newton(&region)
                    && !self.listed.iter().any(|found| apart(found, &strategies) < NEAR.sqrt())
                {
                    return Some(false);
                }
            }
            let (width, player, strategy) = widest(&region);
            if width < NARROWEST {
                return None;
            }
            let [low, high] = region[player][strategy];
            let middle = f64::midpoint(low, high);
            let mut other = region.clone();
            other[player][strategy] = [middle, high];
            region[player][strategy] = [low, middle];
            open.extend([other, region]);
        }
        Some(true)
    }

    /// Whether some gain cannot be what an equilibrium needs, anywhere in the region.
    fn fails(&self, region: &Region) -> bool {
        (0..self.used.len()).any(|player| {
            let own = &self.used[player];
            let others = without(&slices(region), player);
            self.gains[player].iter().enumerate().any(|(a, over)| {
                let mut over = own.iter().zip(over).filter(|(b, _)| a != **b);
                over.any(|(_, gains)| lowest(gains, &others) > ROUNDING)
            })
        })
    }

    /// Cuts off what no sum of the gains that must be zero, weighted by a row of the inverse of
    /// their derivatives in the middle, is zero in: halves of intervals, from either end. How many
    /// were cut off; `None` if nothing is left.
    fn contract(&self, region: &mut Region) -> Option<usize> {
        let middle: Vec<Vec<f64>> = region.iter().map(|own| inner(own)).collect::<Option<_>>()?;
        let at = slices(&middle);
        let derivative = |gains: &[f64], player: usize, j: usize, b: usize| {
            let others = without(&at, player);
            value(&slopes(gains, &others, j, b), &without(&others, j))
        };
        let row = |player: usize, gains: &[f64]| {
            self.unknowns(player, |j, b| derivative(gains, player, j, b))
        };
        let Some(inverse) = linear::inverse(self.equations(row)) else { return Some(0) };
        let tables: Vec<Vec<f64>> = self.equations(|player, gains| self.whole(player, gains));
        let places = self.unknowns(self.used.len(), |j, b| (j, b));
        let mut cut = 0;
        for (weights, (j, b)) in inverse.iter().zip(places) {
            let mut sums = vec![0.0; tables[0].len()];
            for (weight, table) in weights.iter().zip(&tables) {
                sums.iter_mut().zip(table).for_each(|(sum, x)| *sum += weight * x);
            }
            let minus: Vec<f64> = sums.iter().map(|x| -x).collect();
            let rounding = ROUNDING * (1.0 + weights.iter().map(|w| w.abs()).sum::<f64>());
            let has_none = |region: &Region| {
                let own = slices(region);
                lowest(&sums, &own) > rounding || lowest(&minus, &own) > rounding
            };
            if has_none(region) {
                return None;
            }
            for end in 0..2 {
                let mut part = region.clone();
                let [low, high] = region[j][b];
                part[j][b][1 - end] = f64::midpoint(low, high);
                if !narrow(&mut part) || has_none(&part) {
                    region[j][b][end] = f64::midpoint(low, high);
                    cut += 1;
                    if !narrow(region) {
                        return None;
                    }
                }
            }
        }
        Some(cut)
    }

    /// Something of each gain that must be zero: of a used strategy over the first.
    fn equations<T>(&self, of: impl Fn(usize, &[f64]) -> T) -> Vec<T> {
        let own = |(player, own): (usize, &Vec<usize>)| -> Vec<T> {
            own[1..].iter().map(|&a| of(player, &self.gains[player][a][0])).collect()
        };
        self.used.iter().enumerate().flat_map(own).collect()
    }

    /// Something of each probability of a used strategy but the first; zero of a player's own.
    fn unknowns<T: Default>(&self, player: usize, of: impl Fn(usize, usize) -> T) -> Vec<T> {
        let all =
            self.used.iter().enumerate().flat_map(|(j, own)| (1..own.len()).map(move |b| (j, b)));
        all.map(|(j, b)| if j == player { T::default() } else { of(j, b) }).collect()
    }

    /// A player's gains at each profile, its own strategies making no difference.
    fn whole(&self, player: usize, gains: &[f64]) -> Vec<f64> {
        let stride: usize = self.used[..player].iter().map(Vec::len).product();
        let lines = gains.chunks_exact(stride);
        lines
            .flat_map(|line| (0..self.used[player].len()).flat_map(move |_| line))
            .copied()
            .collect()
    }

    /// The equations' middle values and bounds of their derivatives, if no two points of the
    /// region meet them all.
    fn regular(&self, region: &Region) -> Option<Equations> {
        let middle: Vec<Vec<f64>> = region.iter().map(|own| inner(own)).collect::<Option<_>>()?;
        let (all, at) = (slices(region), slices(&middle));
        let bounds = |gains: &[f64], player: usize, j: usize, b: usize| {
            let others = without(&all, player);
            let mut slopes = slopes(gains, &others, j, b);
            let rest = without(&others, j);
            let low = lowest(&slopes, &rest);
            slopes.iter_mut().for_each(|x| *x = -*x);
            [low - ROUNDING, ROUNDING - lowest(&slopes, &rest)]
        };
        let row = |player: usize, gains: &[f64]| {
            self.unknowns(player, |j, b| bounds(gains, player, j, b))
        };
        let unknown = middle.iter().flat_map(|own| own[1..].to_vec()).collect();
        let values = self.equations(|player, gains| value(gains, &without(&at, player)));
        Equations::new(unknown, values, &self.equations(row))
    }

    /// Whether a listed equilibrium uses these strategies alone, lies in the region and makes
    /// all of these, played or not, equally good.
    fn holds(&self, region: &Region, found: &[Vec<f64>]) -> bool {
        let inside = found.iter().zip(self.used).zip(region).all(|((p, used), own)| {
            let outside: f64 = (0..p.len()).filter(|a| !used.contains(a)).map(|a| p[a]).sum();
            outside <= NEAR
                && used.iter().zip(own).all(|(&a, [low, high])| (*low..=*high).contains(&p[a]))
        });
        inside && {
            let played = found.iter().zip(self.used);
            let own: Vec<Vec<f64>> =
                played.map(|(p, used)| used.iter().map(|&a| p[a]).collect()).collect();
            let own = slices(&own);
            let gains = self.equations(|player, gains| value(gains, &without(&own, player)));
            gains.iter().all(|gain| gain.abs() <= NEAR)
        }
    }

    /// An equilibrium in the region, by Newton's method from its middle.
    fn newton(&self, region: &Region) -> Option<Vec<Vec<f64>>> {
        let mut at: Vec<Vec<f64>> = region.iter().map(|own| inner(own)).collect::<Option<_>>()?;
        for _ in 0..30 {
            let point: Region =
                at.iter().map(|own| own.iter().map(|&p| [p, p]).collect()).collect();
            let equations = self.regular(&point)?;
            let mut steps = equations.step()?.into_iter();
            for own in &mut at {
                for p in own.iter_mut().skip(1) {
                    *p -= steps.next()?;
                }
                own[0] = 1.0 - own[1..].iter().sum::<f64>();
            }
            if at.iter().flatten().any(|p| !(-NEAR..=1.0 + NEAR).contains(p)) {
                return None;
            }
        }
        let strategies: Vec<Vec<f64>> = at
            .iter()
            .zip(self.used)
            .enumerate()
            .map(|(i, (own, used))| {
                let mut p = vec![0.0; self.game.sizes()[i]];
                used.iter().zip(own).for_each(|(&a, &x)| p[a] = x.max(0.0));
                let total: f64 = p.iter().sum();
                p.iter_mut().for_each(|x| *x /= total);
                p
            })
            .collect();
        let outcome = crate::certify::strategic::outcome(self.game, &strategies)?;
        (outcome.regret(self.game) <= REGRET).then_some(strategies)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chance::Luck;
    use crate::solve::strategic::mixed::all_equilibria;
    use crate::work::Work;

    #[test]
    fn complete_lists_hold_and_shorter_ones_do_not() {
        let luck = Luck::of(7);
        let (mut held, mut open) = (0, 0);
        for sizes in [vec![2, 2, 2], vec![3, 2, 2], vec![2, 3, 3], vec![2, 2, 2, 2]] {
            for round in 0..12 {
                let mut luck = luck.with(round).with(sizes.len() as u64);
                let game = StrategicTable::from_fn(&sizes, |_, _| {
                    luck = luck.with(1);
                    luck.below(100).try_into().unwrap()
                })
                .unwrap();
                let all = all_equilibria(&game, Work::default()).unwrap();
                if !all.unresolved.is_empty() {
                    continue;
                }
                let listed: Vec<Vec<Vec<f64>>> =
                    all.equilibria.iter().map(|one| one.strategies.clone()).collect();
                let exact =
                    |k: &usize| -> Vec<Vec<RBig>> { all.equilibria[*k].exact.clone().unwrap().0 };
                let product = |product: &Vec<usize>| -> Vec<Vec<Vec<RBig>>> {
                    let own = |i: usize| product.iter().map(|k| exact(k)[i].clone()).collect();
                    (0..sizes.len()).map(own).collect()
                };
                let products: Vec<_> = all.products.iter().map(product).collect();
                let complete = |strategies: &[Vec<Vec<f64>>], products: &[_]| {
                    let listed = Listed { strategies, faces: &all.faces, products };
                    complete(&game, listed, 10_000_000)
                };
                match complete(&listed, &products) {
                    Some(all) => assert!(all, "{game:?}"),
                    None => open += 1,
                }
                held += 1;
                for k in 0..listed.len() {
                    let mut shorter = listed.clone();
                    shorter.remove(k);
                    assert_ne!(complete(&shorter, &[]), Some(true));
                }
            }
        }
        assert!(held >= 40 && open == 0, "{held} settled, {open} open");
    }
}
