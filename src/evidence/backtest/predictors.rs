//! What says something of a pair of states from what was known the year before: the trivial
//! rules, and what the model's lenses offer.
//!
//! A predictor gives a matrix a year, a number for each pair: the larger, the likelier. Adding
//! one is a row in [`MODEL`] and its function.

use ndarray::Array2;

use crate::contest::Contest;
use crate::dataset::PanelYear;
use crate::error::Result;
use crate::parameters::{Driver, Parameters};
use crate::solve::blocs::{self, Blocs};
use crate::system::System;
use crate::work::Work;

/// What a predictor says of a year's pairs: `n × n`, symmetric, NaN where it says nothing.
pub type Said = Array2<f64>;

/// The settings of the model that predictors are asked with.
#[derive(Debug, Clone)]
pub struct Model {
    /// The contest's.
    pub parameters: Parameters,
    /// Of the logit equilibrium.
    pub precision: f64,
}

/// A predictor.
#[derive(Debug, Clone, Copy)]
pub struct Predictor {
    /// Its name.
    pub name: &'static str,
    /// What it says of a pair.
    pub says: &'static str,
    /// Whether it was stated before it was computed that more of it means more events.
    pub one_sided: bool,
    /// Whether what it says is a probability.
    pub probability: bool,
    /// What it says of the states of a year.
    pub say: fn(&PanelYear, &Model, &Work) -> Result<Said>,
}

/// A trivial rule, which needs no model.
const fn rule(
    name: &'static str,
    says: &'static str,
    say: fn(&PanelYear, &Model, &Work) -> Result<Said>,
) -> Predictor {
    Predictor { name, says, one_sided: false, probability: false, say }
}

/// The trivial rules, in the order of reports. The logit of distance, rivalry and shared rivals
/// joins them when it has been fitted.
pub const BASELINES: [Predictor; 6] = [
    rule("constant", "the same of every pair", |year, _, _| Ok(matrix(year, |_, _| 0.0))),
    rule("persistence", "a pact the year before", |year, _, _| {
        Ok(matrix(year, |i, j| flag(year.pact_before[[i, j]])))
    }),
    rule("distance", "the nearer the capitals the more", |year, _, _| {
        Ok(log_distance(year).mapv(|log| -log))
    }),
    rule("not-rivals", "no rivalry the year before", |year, _, _| {
        Ok(matrix(year, |i, j| flag(!year.rivals[[i, j]])))
    }),
    rule("without-leader", "neither of the two is the leading state", |year, _, _| {
        Ok(without_leader(year))
    }),
    rule(
        "leader-against-rest",
        "neither of the two leads, in years in which the leading state has more than twice its \
         equal part; in others nothing is told apart",
        |year, _, _| {
            let (shares, leader) = (year.system.shares(), year.system.leader());
            let towers = shares[leader] * shares.len() as f64 > 2.0;
            Ok(if towers { without_leader(year) } else { matrix(year, |_, _| 0.5) })
        },
    ),
];

/// What the model says.
pub const MODEL: [Predictor; 2] = [
    Predictor {
        name: "blocs",
        says: "the share of the least unstable partitions that put the two in one bloc (power)",
        one_sided: false,
        probability: true,
        say: |year, model, work| together(year, model, Driver::Power, work),
    },
    Predictor {
        name: "blocs-threat",
        says: "the share of the least unstable partitions that put the two in one bloc (threat)",
        one_sided: false,
        probability: true,
        say: |year, model, work| together(year, model, Driver::Threat, work),
    },
];

fn flag(holds: bool) -> f64 {
    f64::from(u8::from(holds))
}

fn matrix(year: &PanelYear, of: impl Fn(usize, usize) -> f64) -> Said {
    let n = year.system.len();
    Array2::from_shape_fn((n, n), |(i, j)| of(i, j))
}

/// The log of the distance of capitals in km, of 50 km at least; NaN where it is not known.
pub(super) fn log_distance(year: &PanelYear) -> Said {
    const LEAST: f64 = 50.0;
    year.distance.mapv(|km| km.map_or(f64::NAN, |km| km.max(LEAST).ln()))
}

/// How many major powers both have for rivals.
pub(super) fn shared_rivals(year: &PanelYear) -> Said {
    let rivals = |i: usize, k: usize| year.rivals[[i, k]];
    matrix(year, |i, j| {
        let both =
            |k: &usize| year.majors[*k] && *k != i && *k != j && rivals(i, *k) && rivals(j, *k);
        (0..year.system.len()).filter(both).count() as f64
    })
}

/// Whether neither of a pair is the leading state.
pub(super) fn without_leader(year: &PanelYear) -> Said {
    let leader = year.system.leader();
    matrix(year, |i, j| flag(i != leader && j != leader))
}

/// Asks the model about the major powers of a year alone; of pairs with others it says nothing.
fn of_majors(
    year: &PanelYear,
    ask: impl FnOnce(System) -> Result<Option<Array2<f64>>>,
) -> Result<Said> {
    let majors: Vec<usize> = (0..year.system.len()).filter(|&i| year.majors[i]).collect();
    let mut said = matrix(year, |_, _| f64::NAN);
    if majors.len() < 2 {
        return Ok(said);
    }
    if let Some(found) = ask(year.system.only(&majors)?)? {
        for (a, &i) in majors.iter().enumerate() {
            for (b, &j) in majors.iter().enumerate() {
                said[[i, j]] = found[[a, b]];
            }
        }
    }
    Ok(said)
}

/// In what share of the least unstable partitions that are listed two states are together.
fn together(year: &PanelYear, model: &Model, driver: Driver, work: &Work) -> Result<Said> {
    of_majors(year, |system| {
        let parameters = Parameters { driver, ..model.parameters.clone() };
        let contest = Contest::new(&system, &parameters)?;
        let Blocs::Decided(found) = blocs::solve(&contest, &blocs::Options::default(), work)?
        else {
            return Ok(None);
        };
        let n = system.len();
        let all = found.partitions.len().max(1) as f64;
        let mut share = Array2::zeros((n, n));
        for partition in &found.partitions {
            for bloc in partition.partition.blocs() {
                for i in bloc.members() {
                    for j in bloc.members() {
                        share[[i, j]] += 1.0 / all;
                    }
                }
            }
        }
        Ok(Some(share))
    })
}
