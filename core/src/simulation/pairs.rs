//! Who stands with whom, who fights whom: the film as a predictor of pairs.

use ndarray::Array2;
use rayon::prelude::*;

use crate::error::Result;
use crate::simulation::film::Film;
use crate::simulation::run::{Scene, Spectator, Stage};
use crate::work::Work;

/// Probabilities of pairs of the states at the start, `n × n`, symmetric, with a zero diagonal:
/// over all runs and periods in which both are there.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairs {
    /// That they stand in one bloc.
    pub with: Array2<f64>,
    /// That they stand in the two strongest blocs, one in each.
    pub against: Array2<f64>,
    /// That they fight each other in a war.
    pub at_war: Array2<f64>,
    /// The runs.
    pub runs: u32,
}

/// The probability of each pair of states to stand with and against each other, from `film`. A
/// pair that is never there together has 0. O(runs · periods · n²) beside the runs.
///
/// A panel of many years is best asked with few periods (1 to 5: how states align now) and some
/// hundred runs: a year of 8 states over 200 runs of 5 periods takes some milliseconds.
///
/// # Errors
/// As [`Film::validate`].
pub fn pairs(film: &Film, work: &Work) -> Result<Pairs> {
    film.validate()?;
    let n = film.start.shares.len();
    let scripts = film.scripts();
    let counts: Vec<Option<Counts>> = (0..film.runs)
        .into_par_iter()
        .map_init(Stage::default, |stage, run| {
            if work.is_over() {
                return None;
            }
            let mut counts = Counts::new(n);
            let key = (film.seed, run, film.periods);
            stage.run(&film.start, &scripts.rules(run), key, &mut counts, work)?;
            Some(counts)
        })
        .collect();
    let mut sum = Counts::new(n);
    let mut runs = 0;
    for counts in counts.iter().map_while(Option::as_ref) {
        runs += 1;
        for k in 0..n * n {
            for kind in 0..4 {
                sum.seen[k][kind] += counts.seen[k][kind];
            }
        }
    }
    let part = |kind: usize| {
        Array2::from_shape_fn((n, n), |(i, j)| {
            let seen = sum.seen[n * i.min(j) + i.max(j)];
            if seen[0] == 0 { 0.0 } else { f64::from(seen[kind]) / f64::from(seen[0]) }
        })
    };
    Ok(Pairs { with: part(1), against: part(2), at_war: part(3), runs })
}

/// For each pair `i < j` in how many periods both were there, stood together, stood in the two
/// strongest blocs, fought each other.
struct Counts {
    n: usize,
    seen: Vec<[u32; 4]>,
}

impl Counts {
    fn new(n: usize) -> Self {
        Self { n, seen: vec![[0; 4]; n * n] }
    }

    fn pair(&mut self, a: u32, b: u32, kind: usize) {
        let (a, b) = (a.min(b) as usize, a.max(b) as usize);
        if a != b && b < self.n {
            self.seen[self.n * a + b][kind] += 1;
        }
    }
}

impl Spectator for Counts {
    const WATCHES: bool = true;

    fn watch(&mut self, scene: Scene) {
        let all: Vec<u32> = scene.blocs.iter().flatten().copied().collect();
        for (k, &a) in all.iter().enumerate() {
            all[..k].iter().for_each(|&b| self.pair(a, b, 0));
        }
        for bloc in &scene.blocs {
            for (k, &a) in bloc.iter().enumerate() {
                bloc[..k].iter().for_each(|&b| self.pair(a, b, 1));
            }
        }
        if let Some([first, second]) = scene.two_strongest() {
            for &a in &scene.blocs[first] {
                scene.blocs[second].iter().for_each(|&b| self.pair(a, b, 2));
            }
        }
        if let Some(war) = &scene.war {
            for &a in &war.attackers {
                war.defenders.iter().for_each(|&b| self.pair(a, b, 3));
            }
        }
    }
}
