//! The conditions of a pattern as rows over the allocation.

use dashu_ratio::RBig;
use ndarray::Array2;

/// What a state is in a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Safe,
    Precarious,
    Unsafe,
}

impl Status {
    /// In the order in which they are tried.
    pub(super) const ALL: [Self; 3] = [Self::Safe, Self::Precarious, Self::Unsafe];

    /// Its sign in a report.
    pub(super) fn symbol(self) -> char {
        match self {
            Self::Safe => '+',
            Self::Precarious => '=',
            Self::Unsafe => '-',
        }
    }
}

/// States with powers that sum to 1, and who is whose friend and foe.
pub(super) struct Network {
    /// Exact powers, in the unit of the resources.
    pub(super) powers: Vec<RBig>,
    /// Who may put something into or against whom: friends, foes and the state itself.
    pub(super) arcs: Vec<(usize, usize)>,
    foes: Vec<Vec<bool>>,
}

/// A condition `Σ coefficient · x + constant > 0`, or `= 0` if it is an equation.
pub(super) struct Row {
    /// By arc: −1, 0 or 1.
    pub(super) coefficients: Vec<i8>,
    /// How often the state's own power is added.
    pub(super) own: i8,
    pub(super) equation: bool,
}

impl Network {
    pub(super) fn new(powers: &[RBig], signs: &Array2<RBig>) -> Self {
        let n = powers.len();
        let arc = |&(i, j): &(usize, usize)| i == j || !signs[[i, j]].is_zero();
        let pairs = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        Self {
            powers: powers.to_vec(),
            arcs: pairs.filter(arc).collect(),
            foes: (0..n).map(|i| (0..n).map(|j| signs[[i, j]] < RBig::ZERO).collect()).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.powers.len()
    }

    /// The condition for state `i` to be what the status says, in an equilibrium: safe
    /// `σ − τ > 0`, precarious `σ − τ = 0`, unsafe `τ − p − Σ_{j∈F, j≠i} x_ji > 0`.
    pub(super) fn condition(&self, i: usize, status: Status) -> Row {
        let support = |(from, to): (usize, usize)| -> i8 {
            match (from == i, to == i) {
                (true, true) => 1,
                // A foe gets it as a threat, which supports the state that makes it.
                (true, false) => i8::from(self.foes[i][to]),
                (false, true) => {
                    if self.foes[i][from] {
                        -1
                    } else {
                        1
                    }
                }
                (false, false) => 0,
            }
        };
        let cannot = |(from, to): (usize, usize)| -> i8 {
            match (from != i && to == i, self.foes[i][from]) {
                (true, true) => 1,
                (true, false) => -1,
                (false, _) => 0,
            }
        };
        let (coefficients, own) = match status {
            Status::Unsafe => (self.arcs.iter().map(|&arc| cannot(arc)).collect(), -1),
            _ => (self.arcs.iter().map(|&arc| support(arc)).collect(), 0),
        };
        Row { coefficients, own, equation: status == Status::Precarious }
    }

    /// The left side of a condition at an allocation, exactly.
    pub(super) fn value(&self, i: usize, row: &Row, allocation: &[RBig]) -> RBig {
        let mut sum = match row.own {
            0 => RBig::ZERO,
            own => RBig::from(own) * &self.powers[i],
        };
        for (c, x) in row.coefficients.iter().zip(allocation) {
            match c {
                1 => sum += x,
                -1 => sum -= x,
                _ => {}
            }
        }
        sum
    }
}
