//! Every tolerance of the program, each with the question that it decides.

/// How far apart two floating-point numbers may be and still count as equal, by question.
///
/// All are on the scale of shares of power, which sum to one; gains are divided by the
/// gaining state's own share first. Where a tie or a strict inequality of the *input*
/// decides (is a share above a half? which state is the largest?) no tolerance is used:
/// [`System`](crate::system::System) compares exactly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerances {
    /// Is a state strictly better off? Its gain, over its share, must exceed this.
    pub gain: f64,
    /// Are two partitions equally unstable?
    pub instability: f64,
    /// Does a row (a column) still violate the master problem, so that it is added?
    pub separation: f64,
    /// Does a variable of the simplex still lower what is minimised? Its reduced cost must be
    /// below minus this: tighter than [`separation`](Self::separation), so that a column priced
    /// against the master is one that the master lacks.
    pub optimality: f64,
    /// How far below zero may a variable of the simplex be, and at nearly the same step do two
    /// rows block?
    pub feasibility: f64,
    /// Is a pivot of the simplex above zero?
    pub pivot: f64,
    /// Is a coalition's excess above another's? The least core and the nucleolus are
    /// computed to this: a level's errors are carried into all that follow.
    pub excess: f64,
    /// Does a bloc attack, where that is not decided exactly? What it would win must exceed what it
    /// has by more than this part of it. Where it is, further apart than this sums in floating
    /// point decide.
    pub attack: f64,
    /// Is the upper end of a lens's interval above the threshold of domination?
    pub verdict: f64,
    /// Is a strategy used in a mixed equilibrium, is an unused one worse? The probability, or
    /// the shortfall over the player's span of payoffs, must exceed this.
    pub support: f64,
    /// Are indifference conditions too flat to be told apart? Gains over the span of payoffs
    /// that vary less than this over a cell.
    pub singular: f64,
    /// May a certificate's sum, violation or regret be this far from what it claims?
    pub certificate: f64,
    /// May an excess in a contest of many players be this far from what its proof claims? With
    /// some 30 players there are coalitions of nearly any strength, and the largest excesses
    /// differ by less than floating point tells apart.
    pub contest: f64,
    /// What sums and values in floating point may be off by: closer than this nothing is told
    /// apart.
    pub rounding: f64,
}

impl Tolerances {
    /// The values that every solver and checker uses.
    pub const DEFAULT: Self = Self {
        gain: 1e-9,
        instability: 1e-9,
        separation: 1e-9,
        optimality: 1e-10,
        feasibility: 1e-11,
        pivot: 1e-9,
        excess: 1e-11,
        attack: 1e-11,
        verdict: 1e-9,
        support: 1e-9,
        singular: 1e-7,
        certificate: 1e-7,
        contest: 1e-9,
        rounding: 1e-12,
    };
}

impl Default for Tolerances {
    fn default() -> Self {
        Self::DEFAULT
    }
}
