//! From a distribution of power among states to an answer: which alliances are stable, which
//! equilibria exist, is the system **balanced**, or will one state **dominate**?
//!
//! # The theory on one page
//!
//! A [`System`](system::System) is a set of states with shares of power `p_i` that sum to 1.
//! One quantity runs through everything: **control**, the share of the system that a state can
//! expect to command once alliances have formed and have been tried. In a
//! [`Contest`](contest::Contest) between blocs, bloc `B` with power `P(B)` prevails with
//! probability `q(B) = P(B)^m / Σ_C P(C)^m` (`m` = decisiveness) and divides what it won in
//! proportion to `p_i^s` (`s` = dominance of the strong over their partners):
//!
//! `c_i = q(B_i) · p_i^s / Σ_{j∈B_i} p_j^s`
//!
//! `m` pulls states to the strong side, because it wins; `s` pushes them away from it, because
//! it dominates them. Four **lenses** turn this into an interval for the leading state's control:
//!
//! | lens | question | game | answer |
//! |---|---|---|---|
//! | [polarity] | how is power distributed? | none | its share |
//! | [settlement](solve::settlement) | which division leaves no coalition a reason to fight? | cooperative, transferable utility | least core, nucleolus |
//! | [blocs](solve::partitions::blocs) | which partitions into blocs would no group leave? | coalition formation | core-stable partitions |
//! | [alignment](solve::alignment) | who balances, who bandwagons, who abstains? | non-cooperative, n players | all pure Nash and the range over all correlated equilibria |
//!
//! The verdict is **hegemonic** if every lens gives the leading state more than a threshold
//! (half of all control, unless another is chosen), **balanced** if none can, **contested**
//! otherwise. The *balance multiplier* is control over share: below 1, alliances hold the
//! strongest state back.
//!
//! Every finding carries its evidence, and [`certify`] accepts or refutes it from the game
//! alone, without a linear programme.
//!
//! # A worked example
//!
//! ```
//! use equipoise::analysis::{Options, analyse};
//! use equipoise::parameters::Parameters;
//! use equipoise::report::{Report, check};
//! use equipoise::system::System;
//! use equipoise::verdict::Judgement;
//! use equipoise::work::Work;
//!
//! let system = System::from_powers([("A", 5.0), ("B", 4.0), ("C", 3.0)])?;
//! let analysis =
//!     analyse(system, Parameters::default(), &Options::default(), &Work::default())?;
//! assert_eq!(analysis.overall, Judgement::Balanced);
//!
//! let report = Report::new(&analysis, &[]);
//! println!("{}", report.text());
//! assert!(check(&report, true)?.accepted());
//! # Ok::<(), equipoise::error::Error>(())
//! ```
//!
//! # The way through the crate
//!
//! [`dataset`] reads files, [`system`] checks them, [`contest`] evaluates blocs, [`game`] poses
//! the games, [`solve`] solves them, [`finding`] is what comes of it, [`certify`] checks it, [`verdict`] draws the
//! conclusion, [`analysis`] does all of that for one system, [`sweep`] for the places of a plane,
//! [`theory`] solves published theories to set beside it, [`report`] writes it down, `plot` (a feature)
//! draws it, `cli` is the command line (features: `commands` has the commands as functions of their
//! words, `cli` the program).

#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "commands")]
pub mod cli;
pub mod evidence;
#[cfg(feature = "plot")]
pub mod plot;
pub mod report;

#[doc(inline)]
pub use equipoise_core::{
    analysis, certify, coalition, contest, dataset, error, exact, finding, game, lp, parameters,
    polarity, setting, simulation, solve, sweep, system, theory, threat, tolerance, verdict, work,
};
use equipoise_core::{chance, order, table};

/// The examples of the README, compiled and run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
