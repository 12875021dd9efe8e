//! The tree of patterns, state by state.

use dashu_ratio::RBig;

use super::exact;
use super::program;
use super::rows::{Network, Row, Status};
use crate::error::Result;
use crate::exact::sum;
use crate::lp::Backend;
use crate::tolerance::Tolerances;
use crate::work::Work;

/// A slack above this share of all power needs no other programme for a further condition.
const AMPLE: f64 = 1e-4;

/// An exact allocation, by who gives to whom.
type Allocation = Vec<((usize, usize), RBig)>;

/// What was found of all patterns.
#[derive(Default)]
pub(super) struct Found {
    /// Those with an equilibrium.
    pub(super) patterns: Vec<(Vec<Status>, Allocation)>,
    /// Groups of patterns without one, by what they begin with.
    pub(super) refuted: Vec<Refutation>,
    /// Those of which it is not known.
    pub(super) open: Vec<Vec<Status>>,
}

/// Why patterns that begin with this have no equilibrium.
pub(super) struct Refutation {
    pub(super) pattern: Vec<Status>,
    pub(super) conditions: Vec<RBig>,
}

/// Decides every pattern.
pub(super) fn search(network: &Network, backend: Backend, work: &Work) -> Result<Found> {
    let total = sum(network.powers.iter());
    let powers = network.powers.iter().map(|p| (p / &total).to_f64().value()).collect();
    let mut tree = Tree { network, powers, backend, work, found: Found::default() };
    work.begin("patterns", 0);
    let start = program::slack(network, &tree.powers, &[], backend);
    tree.descend(&mut Vec::new(), &mut Vec::new(), start)?;
    work.end();
    Ok(tree.found)
}

struct Tree<'a> {
    network: &'a Network,
    powers: Vec<f64>,
    backend: Backend,
    work: &'a Work<'a>,
    found: Found,
}

/// The slack and the allocation of the best solution.
type Best = Option<(f64, Vec<f64>)>;

impl Tree<'_> {
    fn descend(
        &mut self,
        pattern: &mut Vec<Status>,
        rows: &mut Vec<Row>,
        best: Best,
    ) -> Result<()> {
        let i = pattern.len();
        if i == self.network.len() {
            self.leaf(pattern, rows, best.as_ref());
            return Ok(());
        }
        for status in Status::ALL {
            self.work.advance(1);
            let row = self.network.condition(i, status);
            let kept = self.kept(&row, i, best.as_ref());
            pattern.push(status);
            rows.push(row);
            let next = if kept.is_some() || self.work.is_over() {
                kept
            } else {
                program::slack(self.network, &self.powers, rows, self.backend)
            };
            let short =
                next.as_ref().is_none_or(|(slack, _)| *slack <= Tolerances::DEFAULT.certificate);
            if short && let Some(refutation) = self.refute(pattern, rows, next.is_some())? {
                self.found.refuted.push(refutation);
            } else {
                self.descend(pattern, rows, next)?;
            }
            pattern.pop();
            rows.pop();
        }
        Ok(())
    }

    /// The solution so far, if it has slack to spare in a further strict condition.
    fn kept(&self, row: &Row, i: usize, best: Option<&(f64, Vec<f64>)>) -> Best {
        let (slack, allocation) = best?;
        if row.equation || *slack <= AMPLE {
            return None;
        }
        let own = f64::from(row.own) * self.powers[i];
        let terms = row.coefficients.iter().zip(allocation);
        let value = own + terms.map(|(c, x)| f64::from(*c) * x).sum::<f64>();
        (value > AMPLE).then(|| (slack.min(value), allocation.clone()))
    }

    /// Multipliers that prove that there is no equilibrium, exactly. `feasible` says whether the
    /// equations have a solution.
    fn refute(
        &self,
        pattern: &[Status],
        rows: &[Row],
        feasible: bool,
    ) -> Result<Option<Refutation>> {
        if self.work.is_over() {
            return Ok(None);
        }
        let strict = feasible && rows.iter().any(|row| !row.equation);
        let found = program::multipliers(self.network, &self.powers, rows, strict, self.backend)?;
        let conditions: Vec<RBig> = found.into_iter().map(exact::fraction).collect();
        let proven = exact::contradicts(self.network, rows, &conditions);
        Ok(proven.then(|| Refutation { pattern: pattern.to_vec(), conditions }))
    }

    fn leaf(&mut self, pattern: &[Status], rows: &[Row], best: Option<&(f64, Vec<f64>)>) {
        let exact = best.and_then(|(_, near)| exact::allocation(self.network, rows, near));
        match exact {
            Some(amounts) => {
                let arcs = self.network.arcs.iter().copied();
                let allocation = arcs.zip(amounts).collect();
                self.found.patterns.push((pattern.to_vec(), allocation));
            }
            None => self.found.open.push(pattern.to_vec()),
        }
    }
}
