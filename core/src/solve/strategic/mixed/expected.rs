//! Expected payoffs under mixed strategies, by contracting the payoff table one player at a
//! time: O(profiles) for all strategies of a player, not O(profiles · players).

/// The expected payoff of each strategy of `player` when the others play `strategies`
/// (probabilities by player). `payoffs` are the player's, by the profiles' numbers.
pub(crate) fn by_strategy(payoffs: &[f64], strategies: &[Vec<f64>], player: usize) -> Vec<f64> {
    contract(payoffs, strategies, &[player])
}

/// The expected payoffs for each pair of strategies of two players, `first < second`, the
/// first one's varying fastest.
#[cfg(test)]
fn by_pair(payoffs: &[f64], strategies: &[Vec<f64>], first: usize, second: usize) -> Vec<f64> {
    contract(payoffs, strategies, &[first, second])
}

/// The expected payoffs of a player for each pair of its strategies and another's, by the other
/// player, the lower-numbered player's varying fastest; nothing for the player itself. The others are split in
/// halves, and what one half comes to is shared by all pairs with the other: O(profiles), not
/// O(players · profiles).
pub(crate) fn pairs_of(payoffs: &[f64], strategies: &[Vec<f64>], player: usize) -> Vec<Vec<f64>> {
    let mut pairs = vec![Vec::new(); strategies.len()];
    let others: Vec<usize> = (0..strategies.len()).filter(|&j| j != player).collect();
    split(payoffs, strategies, &others, &mut pairs);
    pairs
}

/// The pairs with each of `rest`, of payoffs over which the mean is taken for all other players
/// already: those have a single strategy of weight 1.
fn split(payoffs: &[f64], strategies: &[Vec<f64>], rest: &[usize], pairs: &mut [Vec<f64>]) {
    match rest {
        [] => {}
        [j] => pairs[*j] = payoffs.to_vec(),
        _ => {
            let (low, high) = rest.split_at(rest.len() / 2);
            for (stay, go) in [(low, high), (high, low)] {
                let kept: Vec<usize> = (0..strategies.len()).filter(|j| !go.contains(j)).collect();
                let mean = contract(payoffs, strategies, &kept);
                let mut fewer = strategies.to_vec();
                go.iter().for_each(|&j| fewer[j] = vec![1.0]);
                split(&mean, &fewer, stay, pairs);
            }
        }
    }
}

/// Takes the mean over all players but `kept`, which ascend.
fn contract(payoffs: &[f64], strategies: &[Vec<f64>], kept: &[usize]) -> Vec<f64> {
    let mut current: Option<Vec<f64>> = None;
    // The slow axes of `inner` numbers each, from the last player on; where an axis is kept,
    // what lies above it is carried along as a block.
    let mut outer = 1;
    for (i, weights) in strategies.iter().enumerate().rev() {
        let k = weights.len();
        let source = current.as_deref().unwrap_or(payoffs);
        if kept.contains(&i) {
            outer *= k;
            continue;
        }
        let inner = source.len() / (outer * k);
        let mut next = vec![0.0; outer * inner];
        if inner == 1 {
            for (sum, line) in next.iter_mut().zip(source.chunks_exact(k)) {
                *sum = line.iter().zip(weights).map(|(x, w)| x * w).sum();
            }
        } else {
            for (next, block) in next.chunks_exact_mut(inner).zip(source.chunks_exact(inner * k)) {
                for (line, &w) in block.chunks_exact(inner).zip(weights) {
                    if w != 0.0 {
                        next.iter_mut().zip(line).for_each(|(sum, x)| *sum += w * x);
                    }
                }
            }
        }
        current = Some(next);
    }
    current.unwrap_or_else(|| payoffs.to_vec())
}

/// Each player's expected payoff, and its regret: how much its best strategy pays more.
/// `payoffs(i)` are player `i`'s. O(players · profiles).
pub(crate) fn evaluate(
    payoffs: impl Fn(usize) -> Vec<f64>,
    strategies: &[Vec<f64>],
) -> (Vec<f64>, Vec<f64>) {
    (0..strategies.len())
        .map(|i| {
            let values = by_strategy(&payoffs(i), strategies, i);
            let mean: f64 = values.iter().zip(&strategies[i]).map(|(v, p)| v * p).sum();
            let best = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (mean, (best - mean).max(0.0))
        })
        .unzip()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::StrategicTable;
    use crate::game::table::advance;

    #[test]
    fn contraction_is_the_sum_over_profiles() {
        let sizes = [2, 3, 1, 4];
        let game =
            StrategicTable::from_fn(&sizes, |s, i| (s[0] * 7 + s[1] * s[3] * 5 + i * s[3]) as i64)
                .unwrap();
        let strategies: Vec<Vec<f64>> = sizes
            .iter()
            .map(|&k| (1..=k).map(|a| 2.0 * a as f64 / (k * (k + 1)) as f64).collect())
            .collect();
        for i in 0..4 {
            let mut expected = vec![0.0; sizes[i]];
            let mut profile = vec![0; 4];
            loop {
                let others = (0..4).filter(|&j| j != i).map(|j| strategies[j][profile[j]]);
                expected[profile[i]] +=
                    others.product::<f64>() * game.floats(i)[game.index(&profile)];
                if !advance(&mut profile, &sizes) {
                    break;
                }
            }
            let found = by_strategy(game.floats(i), &strategies, i);
            assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-12));
            for j in i + 1..4 {
                let pairs = by_pair(game.floats(i), &strategies, i, j);
                let shared = &pairs_of(game.floats(i), &strategies, i)[j];
                assert!(pairs.iter().zip(shared).all(|(a, b)| (a - b).abs() < 1e-12));
                for a in 0..sizes[i] {
                    let sum: f64 =
                        (0..sizes[j]).map(|b| strategies[j][b] * pairs[a + b * sizes[i]]).sum();
                    assert!((sum - expected[a]).abs() < 1e-12);
                }
            }
        }
    }
}
