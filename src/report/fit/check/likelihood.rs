//! The likelihood of the wars again, by other code than the one that fitted it.

use super::Fit;
use crate::evidence::decisiveness::{Form, Outcome, Ties, WarRecord};

/// Wars with the model that a report has of them.
pub(super) struct Likelihood<'a> {
    pub(super) report: &'a Fit,
    pub(super) wars: Vec<&'a WarRecord>,
}

impl Likelihood<'_> {
    pub(super) fn names(&self) -> Vec<&'static str> {
        let mut names = vec!["decisiveness"];
        names.extend(self.report.initiator.then_some("initiator"));
        names.extend((self.report.ties != Ties::Drop).then_some("log_tie"));
        names
    }

    /// π₁/π₂.
    pub(super) fn odds(&self, at: &[f64], war: &WarRecord) -> f64 {
        let [a, b] = war.powers;
        let power = match self.report.form {
            Form::Ratio => (a / b).powf(at[0]),
            Form::Difference => (at[0] * (a - b)).exp(),
            Form::Share => (at[0] * (a - b) / (a + b)).exp(),
        };
        let began = match war.initiator {
            Some(1) if self.report.initiator => at[1].exp(),
            Some(2) if self.report.initiator => (-at[1]).exp(),
            _ => 1.0,
        };
        power * began
    }

    pub(super) fn probability(&self, at: &[f64], war: &WarRecord) -> f64 {
        let odds = self.odds(at, war);
        let tie = at[at.len() - 1];
        let [first, second] = match self.report.ties {
            Ties::Drop => [odds / (odds + 1.0), 1.0 / (odds + 1.0)],
            Ties::RaoKupper => {
                let theta = tie.exp().exp();
                [odds / (odds + theta), 1.0 / (theta * odds + 1.0)]
            }
            Ties::Davidson => {
                let all = odds + 1.0 + tie.exp() * odds.sqrt();
                [odds / all, 1.0 / all]
            }
        };
        match war.outcome {
            Outcome::First => first,
            Outcome::Second => second,
            Outcome::Draw => 1.0 - first - second,
        }
    }

    pub(super) fn value(&self, at: &[f64]) -> f64 {
        self.wars.iter().map(|war| self.probability(at, war).ln()).sum()
    }

    /// The largest value, with the first `held` parameters kept, by sections of one parameter
    /// after the other. The log likelihood is concave in each.
    pub(super) fn best(&self, start: &[f64], held: Option<usize>) -> (f64, Vec<f64>) {
        let mut at = start.to_vec();
        let mut value = self.value(&at);
        for _ in 0..200 {
            for k in (0..at.len()).filter(|k| Some(*k) != held) {
                at[k] = self.section(&at, k);
            }
            let next = self.value(&at);
            let gained = next - value;
            value = next;
            if gained.abs() < 1e-13 * (1.0 + value.abs()) {
                break;
            }
        }
        (value, at)
    }

    /// The best value of one parameter, the others kept: golden sections.
    pub(super) fn section(&self, at: &[f64], k: usize) -> f64 {
        let with = |x: f64| {
            let mut moved = at.to_vec();
            moved[k] = x;
            self.value(&moved)
        };
        let golden = 0.5 * (5.0_f64.sqrt() - 1.0);
        let (mut low, mut high) = (at[k] - 4.0, at[k] + 4.0);
        for _ in 0..60 {
            let (a, b) = (high - golden * (high - low), low + golden * (high - low));
            if with(a) < with(b) {
                low = a;
            } else {
                high = b;
            }
        }
        f64::midpoint(low, high)
    }

    /// Second derivatives, negated.
    pub(super) fn information(&self, at: &[f64]) -> Vec<Vec<f64>> {
        let n = at.len();
        let h = 2e-4;
        let moved = |i: usize, s: f64, j: usize, t: f64| {
            let mut x = at.to_vec();
            x[i] += s * h;
            x[j] += t * h;
            self.value(&x)
        };
        let second = |i: usize, j: usize| {
            let corners = moved(i, 1.0, j, 1.0) - moved(i, 1.0, j, -1.0) - moved(i, -1.0, j, 1.0)
                + moved(i, -1.0, j, -1.0);
            -corners / (4.0 * h * h)
        };
        (0..n).map(|i| (0..n).map(|j| second(i, j)).collect()).collect()
    }
}

/// The element `k, k` of the inverse: a ratio of determinants.
pub(super) fn inverse_at(matrix: &[Vec<f64>], k: usize) -> f64 {
    let minor: Vec<Vec<f64>> = (0..matrix.len())
        .filter(|&i| i != k)
        .map(|i| (0..matrix.len()).filter(|&j| j != k).map(|j| matrix[i][j]).collect())
        .collect();
    determinant(&minor) / determinant(matrix)
}

pub(super) fn determinant(matrix: &[Vec<f64>]) -> f64 {
    match matrix {
        [] => 1.0,
        [row] => row[0],
        [a, b] => a[0] * b[1] - a[1] * b[0],
        _ => (0..matrix.len())
            .map(|j| {
                let rest: Vec<Vec<f64>> = matrix[1..]
                    .iter()
                    .map(|row| (0..row.len()).filter(|&l| l != j).map(|l| row[l]).collect())
                    .collect();
                let sign = if j % 2 == 0 { 1.0 } else { -1.0 };
                sign * matrix[0][j] * determinant(&rest)
            })
            .sum(),
    }
}
