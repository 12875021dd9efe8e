//! Re-checks the vertices of a core, exactly.
//!
//! A vertex is an allocation in the core at which the tight coalitions determine everybody's
//! payoff: their rank with the grand one is `n`. That none is missing is proved by the walk
//! along all edges of those listed: it meets as many vertices as are claimed, and the graph
//! of a polytope is connected (Balinski 1961), so that these are all.
//!
//! Cost: O(2^n) for each vertex, and for each edge that is followed. Limit: 10 players.

use std::collections::HashSet;

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::certify::cooperative::edges::edges;
use crate::certify::cooperative::integer_span::IntegerSpan;
use crate::coalition::Coalition;
use crate::game::cooperative::number::{common_denominator, numerator_over};
use crate::game::cooperative::{ExactTable, Sense};

/// The most players whose vertices are checked.
pub const MAX_PLAYERS: usize = 10;
/// Edges are followed from at most so many vertices times coalitions, and when asked to be
/// thorough.
const WALKED: [usize; 2] = [1 << 18, 1 << 27];

/// A checker of one game of at most [`MAX_PLAYERS`] players.
pub struct VertexChecker {
    players: usize,
    /// The worths of all coalitions, over a denominator.
    worths: Vec<IBig>,
    unit: RBig,
}

/// An allocation times the denominator and a scale, in lowest terms.
type Point = (Vec<IBig>, IBig);

impl VertexChecker {
    /// For the game in the table; costs are checked as worths below zero.
    pub fn new(table: &ExactTable) -> Self {
        let unit = RBig::from(table.denominator().clone());
        let (sign, unit) = match table.sense() {
            Sense::Worth => (IBig::ONE, unit),
            Sense::Cost => (IBig::NEG_ONE, -unit),
        };
        let numerators = table.numerators();
        let worths = (0..numerators.len()).map(|at| numerators.get(at) * &sign).collect();
        Self { players: table.players(), worths, unit }
    }

    /// That these are vertices, different ones, and of how many: `total`. Whether there are
    /// no others is examined if it does not take long or `thorough`; the second value says
    /// whether it was.
    pub fn vertices(
        &self,
        listed: &[Vec<RBig>],
        total: usize,
        thorough: bool,
    ) -> (Vec<Claim>, bool) {
        let claim = |words: &str, holds| Claim::exact(format!("core: {words}"), holds);
        let points: Option<Vec<Point>> = listed.iter().map(|x| self.point(x)).collect();
        let Some(points) = points else {
            return (vec![claim("the vertices have a payoff for each player", false)], true);
        };
        let inside = points.iter().all(|point| self.tight(point).is_some());
        let corners = points.iter().all(|point| self.tight(point).is_some_and(|t| self.fixes(&t)));
        let distinct: HashSet<&Point> = points.iter().collect();
        let mut claims = vec![
            claim("every vertex listed is in it", inside),
            claim("the tight coalitions at each determine it", corners),
            claim(
                "no vertex is listed twice, and none more than there are",
                distinct.len() == points.len() && points.len() <= total,
            ),
        ];
        let most = WALKED[usize::from(thorough)] / self.worths.len();
        let met = if inside && corners { self.walk(points, total, most) } else { Walk::Met(0) };
        if let Walk::Met(met) = met {
            let words = "following every edge from them meets as many vertices as are claimed";
            claims.push(claim(words, met == total));
        }
        (claims, met != Walk::TooLong)
    }

    fn point(&self, x: &[RBig]) -> Option<Point> {
        if x.len() != self.players || self.players > MAX_PLAYERS {
            return None;
        }
        let x: Vec<RBig> = x.iter().map(|x| x * &self.unit).collect();
        let scale = common_denominator(&x).ok()?;
        Some((x.iter().map(|x| numerator_over(x, &scale)).collect(), scale.into()))
    }

    /// What each coalition has above its worth, times the denominator and the scale.
    fn slacks(&self, (x, scale): &Point) -> Vec<IBig> {
        let mut paid = Vec::with_capacity(self.worths.len());
        paid.push(IBig::ZERO);
        for x in x {
            for at in 0..paid.len() {
                paid.push(&paid[at] + x);
            }
        }
        paid.into_iter().zip(&self.worths).map(|(x, v)| x - v * scale).collect()
    }

    /// The coalitions without slack, if the point is in the core.
    fn tight(&self, point: &Point) -> Option<Vec<Coalition>> {
        let slacks = self.slacks(point);
        let grand = slacks.len() - 1;
        let inside = slacks[grand].is_zero() && slacks.iter().all(|slack| *slack >= IBig::ZERO);
        let tight = (1..grand).filter(|&bits| slacks[bits].is_zero());
        inside.then(|| tight.map(|bits| Coalition(bits as u64)).collect())
    }

    fn fixes(&self, tight: &[Coalition]) -> bool {
        let mut span = IntegerSpan::new(self.players);
        span.insert(Coalition::grand(self.players));
        tight.iter().any(|&s| {
            span.insert(s);
            span.rank() == self.players
        }) || span.rank() == self.players
    }

    /// How many vertices can be reached along edges, from at most `most` of them; no more than
    /// one above `total`.
    fn walk(&self, from: Vec<Point>, total: usize, most: usize) -> Walk {
        let mut met: HashSet<Point> = from.iter().cloned().collect();
        let mut open = from;
        let mut left = 0;
        while let Some(point) = open.pop() {
            left += 1;
            if left > most {
                return Walk::TooLong;
            }
            let Some(ends) = self.ends(&point) else { return Walk::Met(0) };
            for next in ends {
                if met.insert(next.clone()) {
                    open.push(next);
                }
            }
            if met.len() > total {
                break;
            }
        }
        Walk::Met(met.len())
    }

    /// The other ends of the edges at a vertex; `None` if it is none.
    fn ends(&self, point: &Point) -> Option<Vec<Point>> {
        let slacks = self.slacks(point);
        let directions = edges(self.players, &self.tight(point)?)?;
        directions.into_iter().map(|direction| end(point, &slacks, &direction)).collect()
    }
}

/// What came of following edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Walk {
    /// So many vertices were met; none where a place was no vertex.
    Met(usize),
    /// It would take too long.
    TooLong,
}

/// The other end of an edge.
fn end((x, scale): &Point, slacks: &[IBig], direction: &[i64]) -> Option<Point> {
    let mut first: Option<(&IBig, IBig)> = None;
    for (bits, slack) in slacks.iter().enumerate() {
        let gain: i64 = Coalition(bits as u64).members().map(|i| direction[i]).sum();
        if gain < 0 {
            let loss = IBig::from(-gain);
            if first.as_ref().is_none_or(|(s, l)| slack * l < *s * &loss) {
                first = Some((slack, loss));
            }
        }
    }
    let (slack, loss) = first?;
    let scale = RBig::from(scale * &loss);
    let moved =
        x.iter().zip(direction).map(|(x, &d)| RBig::from(x * &loss + slack * IBig::from(d)));
    let moved: Vec<RBig> = moved.map(|x| x / &scale).collect();
    let scale = common_denominator(&moved).ok()?;
    Some((moved.iter().map(|x| numerator_over(x, &scale)).collect(), scale.into()))
}
