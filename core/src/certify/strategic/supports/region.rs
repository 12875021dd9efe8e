//! Boxes of probabilities, and bounds on tables over them.

use super::{NEAR, ROUNDING};

/// An interval of probabilities for each used strategy of each player.
pub(super) type Region = Vec<Vec<[f64; 2]>>;

pub(super) fn wider([low, high]: &[f64; 2]) -> [f64; 2] {
    [low - NEAR, high + NEAR]
}

/// The same without what belongs to one player.
pub(super) fn without<'a, T>(all: &[&'a [T]], player: usize) -> Vec<&'a [T]> {
    let mut others = all.to_vec();
    others[player] = &[];
    others
}

pub(super) fn slices<T>(all: &[Vec<T>]) -> Vec<&[T]> {
    all.iter().map(Vec::as_slice).collect()
}

pub(super) fn apart(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

/// The widest interval of a region.
pub(super) fn widest(region: &Region) -> (f64, usize, usize) {
    let mut best = (0.0, 0, 0);
    for (player, own) in region.iter().enumerate() {
        for (strategy, [low, high]) in own.iter().enumerate() {
            if high - low > best.0 {
                best = (high - low, player, strategy);
            }
        }
    }
    best
}

/// Takes from each interval what no distribution can have; whether one is left.
pub(super) fn narrow(region: &mut Region) -> bool {
    region.iter_mut().all(|own| {
        let low: f64 = own.iter().map(|i| i[0]).sum();
        let high: f64 = own.iter().map(|i| i[1]).sum();
        if low > 1.0 + ROUNDING || high < 1.0 - ROUNDING {
            return false;
        }
        for interval in own.iter_mut() {
            let [a, b] = *interval;
            *interval = [a.max(1.0 - (high - b) - ROUNDING), b.min(1.0 - (low - a) + ROUNDING)];
        }
        own.iter().all(|[a, b]| a <= b)
    })
}

/// A distribution within intervals, in the same proportion of each.
pub(super) fn inner(own: &[[f64; 2]]) -> Option<Vec<f64>> {
    let low: f64 = own.iter().map(|i| i[0]).sum();
    let room: f64 = own.iter().map(|i| i[1] - i[0]).sum();
    let share = if room > 0.0 { (1.0 - low) / room } else { 0.0 };
    (-1e-6..=1.0 + 1e-6)
        .contains(&share)
        .then(|| own.iter().map(|[a, b]| a + share * (b - a)).collect())
}

/// The least mean of a table, the first player's strategies running fastest, over distributions
/// within the intervals; a player without any has no axis.
pub(super) fn lowest(table: &[f64], intervals: &[&[[f64; 2]]]) -> f64 {
    let mut table = table.to_vec();
    let mut order = Vec::new();
    for own in intervals.iter().filter(|own| !own.is_empty()) {
        let low: f64 = own.iter().map(|i| i[0]).sum();
        let (k, lines) = (own.len(), table.len() / own.len());
        for at in 0..lines {
            let line = &table[at * k..][..k];
            order.clear();
            order.extend(0..k);
            order.sort_unstable_by(|&a, &b| line[a].total_cmp(&line[b]));
            let (mut sum, mut rest) = (0.0, 1.0 - low);
            for &k in &order {
                let [a, b] = own[k];
                let more = rest.clamp(0.0, b - a);
                sum += (a + more) * line[k];
                rest -= more;
            }
            // What is behind has been read.
            table[at] = sum;
        }
        table.truncate(lines);
    }
    table[0]
}

/// The mean of a table under distributions.
pub(super) fn value(table: &[f64], strategies: &[&[f64]]) -> f64 {
    let mut table = table.to_vec();
    for own in strategies.iter().filter(|own| !own.is_empty()) {
        let (k, lines) = (own.len(), table.len() / own.len());
        for at in 0..lines {
            let line = &table[at * k..][..k];
            table[at] = line.iter().zip(*own).map(|(x, p)| x * p).sum();
        }
        table.truncate(lines);
    }
    table[0]
}

/// How a table grows as one player's strategy takes over from its first.
pub(super) fn slopes<T>(
    table: &[f64],
    others: &[&[T]],
    player: usize,
    strategy: usize,
) -> Vec<f64> {
    let axes = || others.iter().map(|own| own.len().max(1));
    let stride: usize = axes().take(player).product();
    let block = stride * others[player].len();
    table
        .chunks_exact(block)
        .flat_map(|block| (0..stride).map(|k| block[strategy * stride + k] - block[k]))
        .collect()
}
