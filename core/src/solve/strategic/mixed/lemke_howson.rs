//! One equilibrium of a two-player game, exactly: Lemke & Howson (1964).
//!
//! From the artificial equilibrium of the polytopes `{x ≥ 0, Bᵀx ≤ 1}`, `{y ≥ 0, Ay ≤ 1}`
//! (payoffs moved above zero) one label is dropped, and complementary pivots follow the only
//! path that leaves until the label is picked up again. Whole numbers throughout:
//! every division in an integer pivot is exact (Edmonds; von Stengel 2002, section 2), and
//! ties are broken lexicographically, so that degenerate games do not cycle.
//!
//! Cost: O((m+n)²) multiplications a pivot. The number of pivots is small in practice and
//! exponential at worst (Savani & von Stengel 2006), hence the time limit.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::game::table::StrategicTable;
use crate::solve::strategic::mixed::ExactEquilibrium;
use crate::work::Work;

/// What came of following a Lemke–Howson path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LemkeHowson {
    /// The equilibrium at the end of the path.
    Found {
        /// The equilibrium.
        equilibrium: ExactEquilibrium,
        /// The label that was dropped: a strategy of the first player, or `m +` one of the
        /// second's.
        dropped: usize,
        /// The number of pivots.
        pivots: u64,
    },
    /// The time was up after so many pivots.
    Stopped {
        /// The number of pivots.
        pivots: u64,
    },
}

/// Follows the path that begins by dropping label `dropped` (taken modulo their number);
/// `None` unless the game has two players.
pub fn lemke_howson(game: &StrategicTable, dropped: usize, work: Work<'_>) -> Option<LemkeHowson> {
    let [m, n] = game.sizes()[..] else { return None };
    let level = |player: usize, i: usize, j: usize| game.exact(player).level(i + m * j) + IBig::ONE;
    // Labels: 0..m are x_i and r_i, m..m+n are s_j and y_j.
    let mut first = Tableau::new(m, (0..m).collect(), (m..m + n).collect(), |j, i| level(1, i, j));
    let mut second = Tableau::new(n, (m..m + n).collect(), (0..m).collect(), |i, j| level(0, i, j));
    let dropped = dropped % (m + n);
    let mut pivots = 0;
    let mut entering = dropped;
    work.begin("Lemke-Howson path", 0);
    // A label enters the tableau in which it is not basic: its own strategy's first.
    let mut in_first = dropped < m;
    loop {
        if pivots % 16 == 0 && work.is_over() {
            work.end();
            return Some(LemkeHowson::Stopped { pivots });
        }
        let tableau = if in_first { &mut first } else { &mut second };
        // Bounded polytopes: some row always blocks.
        let Some(left) = tableau.enter(entering) else {
            work.end();
            return Some(LemkeHowson::Stopped { pivots });
        };
        pivots += 1;
        work.advance(1);
        if left == dropped {
            work.end();
            break;
        }
        entering = left;
        in_first = !in_first;
    }
    let x = first.solution(0, m);
    let y = second.solution(m, n);
    let levels = [0, 1].map(|player| {
        (0..m).flat_map(|i| (0..n).map(move |j| (i, j))).fold(RBig::ZERO, |sum, (i, j)| {
            sum + &x[i] * &y[j] * RBig::from(game.exact(player).level(i + m * j))
        })
    });
    let payoffs = [0, 1].map(|player: usize| game.exact(player).of_level(&levels[player]));
    let equilibrium = ExactEquilibrium { strategies: [x, y], payoffs };
    Some(LemkeHowson::Found { equilibrium, dropped, pivots })
}

/// `Σ payoff · strategy + slack = 1` in whole numbers, each row over the last pivot.
struct Tableau {
    /// Row by row: strategy columns, slack columns, right side.
    rows: Vec<Vec<IBig>>,
    /// The column of each label as a strategy or as a slack, whichever this tableau has.
    column: Vec<usize>,
    /// The column that is basic in each row.
    basic: Vec<usize>,
    /// The label of each column.
    label: Vec<usize>,
    strategies: usize,
    last: IBig,
}

impl Tableau {
    fn new(
        strategies: usize,
        own: Vec<usize>,
        slack: Vec<usize>,
        payoff: impl Fn(usize, usize) -> IBig,
    ) -> Self {
        let height = slack.len();
        let rows = (0..height)
            .map(|h| {
                let payoffs = (0..strategies).map(|k| payoff(h, k));
                let slacks = (0..height).map(|other| IBig::from(u8::from(other == h)));
                payoffs.chain(slacks).chain([IBig::ONE]).collect()
            })
            .collect();
        let label: Vec<usize> = own.into_iter().chain(slack).collect();
        let mut column = vec![0; label.len()];
        label.iter().enumerate().for_each(|(c, &l)| column[l] = c);
        let basic = (strategies..strategies + height).collect();
        Self { rows, column, basic, label, strategies, last: IBig::ONE }
    }

    /// Brings the label's variable into the basis; the label of the one that leaves.
    fn enter(&mut self, label: usize) -> Option<usize> {
        let column = self.column[label];
        let candidates = (0..self.rows.len()).filter(|&r| self.rows[r][column] > IBig::ZERO);
        let row = candidates
            .reduce(|best, row| if self.precedes(row, best, column) { row } else { best })?;
        let pivot = self.rows[row][column].clone();
        let line = std::mem::take(&mut self.rows[row]);
        for other in self.rows.iter_mut().filter(|other| !other.is_empty()) {
            let factor = other[column].clone();
            for (cell, own) in other.iter_mut().zip(&line) {
                let mut next = &*cell * &pivot;
                if factor != IBig::ZERO && *own != IBig::ZERO {
                    next -= &factor * own;
                }
                // Exact: every entry is a determinant.
                *cell = if self.last == IBig::ONE { next } else { next / &self.last };
            }
        }
        self.rows[row] = line;
        self.last = pivot;
        let left = std::mem::replace(&mut self.basic[row], column);
        Some(self.label[left])
    }

    /// Whether the row's ratios are lexicographically below the other's.
    fn precedes(&self, row: usize, other: usize, column: usize) -> bool {
        let (a, b) = (&self.rows[row], &self.rows[other]);
        let right = a.len() - 1;
        let columns = std::iter::once(right).chain(self.strategies..right);
        for c in columns {
            match (&a[c] * &b[column]).cmp(&(&b[c] * &a[column])) {
                std::cmp::Ordering::Less => return true,
                std::cmp::Ordering::Greater => return false,
                std::cmp::Ordering::Equal => {}
            }
        }
        false
    }

    /// The probabilities of `count` strategies, the first of which has label `first`.
    fn solution(&self, first: usize, count: usize) -> Vec<RBig> {
        let mut values = vec![IBig::ZERO; count];
        for (row, &column) in self.basic.iter().enumerate() {
            if column < self.strategies {
                let right = self.rows[row].len() - 1;
                values[self.label[column] - first] = self.rows[row][right].clone();
            }
        }
        let total = RBig::from(values.iter().sum::<IBig>());
        if total == RBig::ZERO {
            return vec![RBig::ZERO; count];
        }
        values.into_iter().map(|v| RBig::from(v) / &total).collect()
    }
}
