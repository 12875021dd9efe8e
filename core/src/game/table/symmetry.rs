//! Symmetries of a game: exchanges of players and of strategies that leave it as it is.
//!
//! **Definition.** A symmetry gives each player another's part, and each of its strategies one of
//! that player's, so that payoffs are the same up to each player's unit and zero (Nash 1951,
//! p. 289; von Neumann & Morgenstern 1944, section 28). It carries equilibria to equilibria.
//! **Method.** Exchanges of two players, and changes of one player's, of like players' or of all
//! players' strategies at once are tried; every one is compared profile by profile in whole
//! numbers. Symmetries that these do not generate, such as cycles of players, are not found.
//! **Cost.** O(players · profiles) for each exchange tried, less where the first profiles differ.

use super::{StrategicTable, advance};

/// More strategies than this are exchanged in pairs only.
const ALL_ORDERS: usize = 4;

/// An exchange of players and strategies that leaves a game as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symmetry {
    players: Vec<usize>,
    strategies: Vec<Vec<usize>>,
}

impl Symmetry {
    /// The exchange that gives player `i` the part of `players[i]`, and its strategy `a` that of
    /// `strategies[i][a]`; `None` if it is no permutation or changes the game.
    /// O(players · profiles).
    pub fn new(
        game: &StrategicTable,
        players: Vec<usize>,
        strategies: Vec<Vec<usize>>,
    ) -> Option<Self> {
        let sizes = game.sizes();
        let shaped = is_permutation(&players, sizes.len())
            && strategies.len() == sizes.len()
            && players
                .iter()
                .zip(&strategies)
                .zip(&sizes)
                .all(|((&to, own), &k)| sizes[to] == k && is_permutation(own, k));
        if !shaped {
            return None;
        }
        let strides = game.strides();
        let mut profile = vec![0; sizes.len()];
        for index in 0..game.len() {
            let step = |i: usize| strides[players[i]] * strategies[i][profile[i]];
            let image = (0..sizes.len()).map(step).sum();
            let same = |(i, &to): (usize, &usize)| {
                game.exact(i).level(index) == game.exact(to).level(image)
            };
            if !players.iter().enumerate().all(same) {
                return None;
            }
            advance(&mut profile, &sizes);
        }
        Some(Self { players, strategies })
    }

    /// Whose part each player takes.
    pub fn players(&self) -> &[usize] {
        &self.players
    }

    /// Which strategy each of a player's becomes.
    pub fn strategies(&self, player: usize) -> &[usize] {
        &self.strategies[player]
    }

    /// What belongs to each player after the exchange: what belongs to the one who takes its part,
    /// changed as that one's strategies are.
    #[must_use]
    pub fn carry<T: Clone>(&self, values: &[T], changed: impl Fn(usize, &T) -> T) -> Vec<T> {
        let mut carried = values.to_vec();
        for (i, &to) in self.players.iter().enumerate() {
            carried[to] = changed(i, &values[i]);
        }
        carried
    }

    /// What belongs to the strategies that those of player `i` become.
    #[must_use]
    pub fn mixed<T: Clone>(&self, i: usize, values: &[T]) -> Vec<T> {
        let mut carried = values.to_vec();
        for (&b, value) in self.strategies[i].iter().zip(values) {
            carried[b].clone_from(value);
        }
        carried
    }
}

impl StrategicTable {
    /// Symmetries that generate those of the game that exchanges of two players and of strategies
    /// give. O(players · profiles) for each exchange tried, less where the first profiles differ.
    pub fn symmetries(&self) -> Vec<Symmetry> {
        let sizes = self.sizes();
        let still: Vec<Vec<usize>> = sizes.iter().map(|&k| (0..k).collect()).collect();
        let mut found = Vec::new();
        // By player, the first that it can be exchanged with, and how that one's strategies
        // become its own.
        let mut like: Vec<(usize, Vec<usize>)> = still.iter().cloned().enumerate().collect();
        for j in 1..sizes.len() {
            let exchange = |i: usize, order: &[usize]| {
                let mut players: Vec<usize> = (0..sizes.len()).collect();
                players.swap(i, j);
                let mut strategies = still.clone();
                strategies[i] = order.to_vec();
                order.iter().enumerate().for_each(|(a, &b)| strategies[j][b] = a);
                Symmetry::new(self, players, strategies)
            };
            let first = (0..j).filter(|&i| like[i].0 == i && sizes[i] == sizes[j]);
            let exchanged = first.flat_map(|i| orders(sizes[i]).into_iter().map(move |o| (i, o)));
            let mut exchanges = exchanged.filter_map(|(i, o)| Some((exchange(i, &o)?, i, o)));
            if let Some((symmetry, i, order)) = exchanges.next() {
                found.push(symmetry);
                like[j] = (i, order);
            }
        }
        for i in 0..sizes.len() {
            let alone = |j: usize| j == i;
            let alike = |j: usize| like[j].0 == i;
            let all = |j: usize| sizes[j] == sizes[i];
            for order in orders(sizes[i]).into_iter().skip(1) {
                let together = |among: &dyn Fn(usize) -> bool| {
                    let own = |j: usize| {
                        let mut own = still[j].clone();
                        if among(j) {
                            let names = if like[j].0 == i { &like[j].1 } else { &still[j] };
                            (0..own.len()).for_each(|a| own[names[a]] = names[order[a]]);
                        }
                        own
                    };
                    let strategies = (0..sizes.len()).map(own).collect();
                    Symmetry::new(self, (0..sizes.len()).collect(), strategies)
                };
                let first = like[i].0 == i;
                let tried: [&dyn Fn(usize) -> bool; 3] = [&alone, &alike, &all];
                for among in &tried[..if first { 3 } else { 1 }] {
                    found.extend(together(among).filter(|symmetry| !found.contains(symmetry)));
                }
            }
        }
        found
    }
}

/// Orders of `k` strategies, that of their numbers first: all, or of many those that exchange two.
fn orders(k: usize) -> Vec<Vec<usize>> {
    let still: Vec<usize> = (0..k).collect();
    let mut orders = vec![still.clone()];
    if k <= ALL_ORDERS {
        // Each order of the first `place` strategies, with any later one brought to `place`.
        for place in 0..k {
            for known in 0..orders.len() {
                for later in place + 1..k {
                    let mut order = orders[known].clone();
                    order.swap(place, later);
                    orders.push(order);
                }
            }
        }
    } else {
        for (a, b) in (0..k).flat_map(|a| (a + 1..k).map(move |b| (a, b))) {
            let mut order = still.clone();
            order.swap(a, b);
            orders.push(order);
        }
    }
    orders
}

fn is_permutation(numbers: &[usize], count: usize) -> bool {
    let mut seen = vec![false; count];
    numbers.len() == count
        && numbers.iter().all(|&k| k < count && !std::mem::replace(&mut seen[k], true))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symmetries_are_found_however_players_name_their_strategies() {
        // A majority of three, in which players number their strategies differently.
        let names = [[0, 1, 2], [2, 0, 1], [1, 0, 2]];
        let game = StrategicTable::from_fn(&[3; 3], |s, i| {
            let own = |j: usize| names[j][s[j]];
            (0..3).filter(|&j| own(j) == own(i)).count() as i64
        })
        .unwrap();
        let found = game.symmetries();
        // Two exchanges of players, five changes of all strategies.
        assert_eq!(found.len(), 2 + 5);
        for symmetry in &found {
            let own = (0..3).map(|i| symmetry.strategies(i).to_vec()).collect();
            assert_eq!(
                Symmetry::new(&game, symmetry.players().to_vec(), own),
                Some(symmetry.clone())
            );
        }
    }

    #[test]
    fn what_changes_the_game_is_no_symmetry() {
        let game =
            StrategicTable::from_fn(&[2, 2], |s, i| [[3, 0], [5, 1]][s[i]][s[1 - i]]).unwrap();
        let still = || vec![vec![0, 1], vec![0, 1]];
        assert!(Symmetry::new(&game, vec![1, 0], still()).is_some());
        assert_eq!(Symmetry::new(&game, vec![0, 1], vec![vec![1, 0], vec![1, 0]]), None);
        assert_eq!(Symmetry::new(&game, vec![0, 0], still()), None);
        assert_eq!(Symmetry::new(&game, vec![1, 0], vec![vec![0, 0], vec![0, 1]]), None);
        assert_eq!(Symmetry::new(&game, vec![0], vec![vec![0, 1]]), None);
        // One player is paid more, in the same order: equilibria do not depend on it.
        let scaled = StrategicTable::from_fn(&[2, 2], |s, i| {
            [[3, 0], [5, 1]][s[i]][s[1 - i]] * (1 + 6 * i as i64) - i as i64
        });
        assert_eq!(scaled.unwrap().symmetries(), game.symmetries());
        let other = StrategicTable::from_fn(&[2, 2], |s, i| {
            [3, 1, 4, 1, 5, 9, 2, 6][s[0] + 2 * s[1] + 4 * i]
        });
        assert!(other.unwrap().symmetries().is_empty());
    }
}
