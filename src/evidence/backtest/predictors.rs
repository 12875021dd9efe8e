//! What says something of a pair of states from what was known the year before: the trivial
//! rules, and what the model's lenses offer.
//!
//! A predictor gives a matrix a year, a number for each pair: the larger, the likelier. Adding
//! one is a row in [`MODEL`] and its function.

use ndarray::Array2;

use crate::contest::Contest;
use crate::dataset::PanelYear;
use crate::error::Result;
use crate::evidence::quantal::Stances;
use crate::finding::alignment::PairProbabilities;
use crate::finding::security::Security;
use crate::parameters::simulation::Rules;
use crate::parameters::{Driver, Parameters};
use crate::simulation::{Film, Pairs, Start, pairs};
use crate::solve::partitions::blocs::{self, Blocs};
use crate::solve::security;
use crate::system::System;
use crate::threat::Threat;
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

/// A predictor of the model's.
const fn of_model(
    name: &'static str,
    says: &'static str,
    say: fn(&PanelYear, &Model, &Work) -> Result<Said>,
) -> Predictor {
    Predictor { name, says, one_sided: false, probability: true, say }
}

/// What the model says.
pub const MODEL: [Predictor; 10] = [
    of_model(
        "blocs",
        "the share of the least unstable partitions that put the two in one bloc (power)",
        |year, model, work| together(year, model, Driver::Power, work),
    ),
    of_model(
        "blocs-threat",
        "the share of the least unstable partitions that put the two in one bloc (threat)",
        |year, model, work| together(year, model, Driver::Threat, work),
    ),
    Predictor {
        one_sided: true,
        ..of_model(
            "both-balance",
            "the probability that both balance in the logit equilibrium (power)",
            |year, model, work| stances(year, model, Driver::Power, both_balance, work),
        )
    },
    Predictor {
        one_sided: true,
        ..of_model(
            "both-balance-threat",
            "the probability that both balance in the logit equilibrium (threat)",
            |year, model, work| stances(year, model, Driver::Threat, both_balance, work),
        )
    },
    of_model(
        "one-side",
        "the probability that the two stand on one side in the logit equilibrium (power)",
        |year, model, work| stances(year, model, Driver::Power, one_side, work),
    ),
    of_model(
        "one-side-threat",
        "the probability that the two stand on one side in the logit equilibrium (threat)",
        |year, model, work| stances(year, model, Driver::Threat, one_side, work),
    ),
    of_model(
        "security",
        "the product of the probabilities that each balances, in the equilibria of the lens \
         security where best replies end",
        |year, model, work| secured(year, model, both_balance, work),
    ),
    of_model(
        "security-one-side",
        "the same that both balance or both bandwagon",
        |year, model, work| secured(year, model, one_side, work),
    ),
    of_model(
        "film",
        "the share of simulated periods in which the two stand in one bloc",
        |year, model, work| filmed(year, model, |pairs| &pairs.with, work),
    ),
    of_model(
        "film-apart",
        "one less the share of simulated periods in which they stand in the two strongest blocs, \
         one in each",
        |year, model, work| {
            Ok(filmed(year, model, |pairs| &pairs.against, work)?.mapv(|apart| 1.0 - apart))
        },
    ),
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
        let parameters = driven(model, driver);
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

fn both_balance(pairs: PairProbabilities) -> Said {
    pairs.both_balance
}

fn one_side(pairs: PairProbabilities) -> Said {
    pairs.same_side
}

/// The settings with another driver.
fn driven(model: &Model, driver: Driver) -> Parameters {
    Parameters { driver, ..model.parameters.clone() }
}

/// What the logit equilibrium of the leading state and the others says.
fn stances(
    year: &PanelYear,
    model: &Model,
    driver: Driver,
    of: fn(PairProbabilities) -> Said,
    work: &Work,
) -> Result<Said> {
    of_majors(year, |system| {
        let found = Stances::of(&system, &driven(model, driver), model.precision, work)?;
        Ok(found.map(|stances| of(stances.pairs())))
    })
}

/// What the lens security says of the stances towards the leading state; the leading state itself
/// stands where those who bandwagon do.
fn secured(
    year: &PanelYear,
    model: &Model,
    of: fn(PairProbabilities) -> Said,
    work: &Work,
) -> Result<Said> {
    of_majors(year, |system| {
        let parameters = driven(model, Driver::Threat);
        let threat = Threat::of(&system, &parameters);
        let target = system.leader();
        let Security::Decided(found) =
            security::solve(&system, &parameters, &threat, target, SEED, work)?
        else {
            return Ok(None);
        };
        let mut stances = found.stances.into_iter();
        let stands = |i: usize| if i == target { None } else { stances.next() };
        let stands = (0..system.len()).map(stands);
        let stands: Vec<[f64; 2]> = stands
            .map(|own| own.map_or([0.0, 1.0], |[balances, _, with]| [balances, with]))
            .collect();
        Ok(Some(of(PairProbabilities::independent(&stands))))
    })
}

/// The seed of what is drawn within a predictor.
const SEED: u64 = 1;
/// The film that is asked of a year: how states align now, over so many runs of so many periods.
const RUNS: u32 = 200;
const PERIODS: u32 = 5;

/// What the film says of the major powers of a year, with the model's decisiveness and dominance.
fn filmed(
    year: &PanelYear,
    model: &Model,
    of: fn(&Pairs) -> &Array2<f64>,
    work: &Work,
) -> Result<Said> {
    of_majors(year, |system| {
        let Parameters { decisiveness, dominance, .. } = model.parameters;
        let rules = Rules { decisiveness, dominance, ..Rules::default() };
        let film = Film {
            periods: PERIODS,
            runs: RUNS,
            seed: SEED,
            ..Film::new(Start::of(&system), rules)
        };
        let found = pairs(&film, work)?;
        work.in_time()?;
        Ok(Some(of(&found).clone()))
    })
}
