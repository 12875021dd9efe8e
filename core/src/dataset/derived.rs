//! Relations that follow from the projects' files: see [`DyadFiles`] for the rules.

use ndarray::Array2;

use super::dyad_files::{About, DyadFiles};
use super::dyads::Relation;
use super::pairs::{first_lacking, lacking_distance};
use crate::error::{Error, Place, Result};
use crate::system::System;

/// For how many years a war between two states sets them against each other.
const RECENT: i32 = 25;

impl DyadFiles {
    /// Whether a relation follows from the projects' files; a propensity follows from the
    /// regimes of a system too.
    pub(super) fn derives(&self, relation: Relation) -> bool {
        match relation {
            Relation::Distance => self.capitals.is_some() || self.contiguity.is_some(),
            Relation::Hostility => self.rivalries.is_some(),
            Relation::Affinity => false,
            Relation::Commitment | Relation::Link => self.alliances.is_some(),
            Relation::Sign => self.alliances.is_some() || self.rivalries.is_some(),
            Relation::Propensity => {
                self.alliances.is_some() || self.rivalries.is_some() || self.wars.is_some()
            }
        }
    }

    /// What follows for each ordered pair; `None` where a distance does not. What is to be
    /// told of the files goes to `told`, of the relation to `notes`.
    pub(super) fn derived(
        &self,
        about: About,
        relation: Relation,
        told: &mut Vec<String>,
        notes: &mut Vec<String>,
    ) -> Result<Option<Array2<Option<f64>>>> {
        let by_regime = relation == Relation::Propensity && knows_regimes(about.system);
        if !self.derives(relation) && !by_regime {
            return Ok(None);
        }
        let matrix = match relation {
            Relation::Distance => return self.distances(about, told).map(Some),
            Relation::Hostility => {
                self.issues(about, told)?.mapv(|issues| if issues > 0 { 1.0 } else { 0.0 })
            }
            Relation::Commitment | Relation::Link => {
                self.commitments(about, told)?.mapv(|committed| f64::from(u8::from(committed)))
            }
            Relation::Sign => self.signs(about, told, notes)?,
            Relation::Propensity => self.propensities(about, told, notes)?,
            Relation::Affinity => return Ok(None),
        };
        Ok(Some(matrix.mapv(Some)))
    }

    /// Distances between capitals, else those of the system, each at most what lies between
    /// states that border each other.
    fn distances(&self, about: About, told: &mut Vec<String>) -> Result<Array2<Option<f64>>> {
        let n = about.system.len();
        let mut distances = match &self.capitals {
            Some(capitals) => {
                capitals.distances(&about.census(capitals.source())?, told)?.mapv(Some)
            }
            None => match &about.system.dyads().distance {
                Some(distance) => distance.mapv(Some),
                None => Array2::from_elem((n, n), None),
            },
        };
        if let Some(contiguity) = &self.contiguity {
            let gaps = contiguity.gaps(&about.census(contiguity.source())?, told)?;
            distances.zip_mut_with(&gaps, |distance, gap| {
                if let Some(gap) = *gap {
                    *distance = Some(distance.map_or(gap, |distance| distance.min(gap)));
                }
            });
        }
        Ok(distances)
    }

    /// That every pair has a distance.
    pub(super) fn complete(&self, system: &System, distances: &Array2<Option<f64>>) -> Result<()> {
        let Some((i, j)) = first_lacking(distances) else { return Ok(()) };
        let problem = lacking_distance(system, i, j);
        match (
            &self.contiguity,
            self.tables.iter().find(|table| table.relations().contains(&Relation::Distance)),
        ) {
            (Some(contiguity), _) => Err(Error::input(
                Place::file(contiguity.source()),
                format!("{problem} (the two do not border each other)"),
                "give capitals to --dyads too, such as COW's cow_capitals.csv",
            )),
            (None, Some(table)) => {
                Err(table.fault(problem, "add it, or delete the column distance"))
            }
            (None, None) => Err(Error::system(problem, "add it")),
        }
    }

    /// The issues of rivalries; none without the file.
    fn issues(&self, about: About, told: &mut Vec<String>) -> Result<Array2<u8>> {
        match &self.rivalries {
            Some(rivalries) => rivalries.issues(&about.census(rivalries.source())?, told),
            None => Ok(none(about)),
        }
    }

    /// Who is committed; nobody without the file.
    fn commitments(&self, about: About, told: &mut Vec<String>) -> Result<Array2<bool>> {
        match &self.alliances {
            Some(alliances) => alliances.commitments(&about.census(alliances.source())?, told),
            None => Ok(none(about)),
        }
    }

    fn signs(
        &self,
        about: About,
        told: &mut Vec<String>,
        notes: &mut Vec<String>,
    ) -> Result<Array2<f64>> {
        let (friends, issues) = (self.commitments(about, told)?, self.issues(about, told)?);
        let system = about.system;
        let mut torn: Vec<String> = Vec::new();
        let signs = Array2::from_shape_fn(friends.dim(), |(i, j)| {
            match (friends[[i, j]], issues[[i, j]] > 0) {
                (true, true) => {
                    if i < j {
                        torn.push(format!("{}–{}", system.id(i), system.id(j)));
                    }
                    0
                }
                (true, false) => 1,
                (false, true) => -1,
                (false, false) => 0,
            }
        });
        let count = |sign: i8| signs.iter().filter(|&&s| s == sign).count() / 2;
        notes.push(format!("sign: pairs of friends {}, of foes {}", count(1), count(-1)));
        if !torn.is_empty() {
            notes.push(format!("sign: 0 for pairs both allied and rivals: {}", torn.join(", ")));
        }
        Ok(signs.mapv(f64::from))
    }

    fn propensities(
        &self,
        about: About,
        told: &mut Vec<String>,
        notes: &mut Vec<String>,
    ) -> Result<Array2<f64>> {
        let (friends, issues) = (self.commitments(about, told)?, self.issues(about, told)?);
        let fought = match &self.wars {
            Some(wars) => wars.opponents(&about.census(wars.source())?, RECENT, notes),
            None => none(about),
        };
        let parts = [
            (self.alliances.is_some(), "1 for an alliance"),
            (self.rivalries.is_some(), "-1 for each issue of a rivalry"),
            (self.wars.is_some(), "-1 for a war against each other within 25 years"),
            (knows_regimes(about.system), "1 for the same regime, -1 for another"),
        ];
        let parts: Vec<&str> = parts.iter().filter(|part| part.0).map(|part| part.1).collect();
        notes.push(format!("propensity: the sum of {}", parts.join(", ")));
        Ok(Array2::from_shape_fn(friends.dim(), |pair| {
            let whole =
                i32::from(friends[pair]) - i32::from(issues[pair]) - i32::from(fought[pair]);
            f64::from(whole + likeness(about.system, pair))
        }))
    }
}

fn knows_regimes(system: &System) -> bool {
    system.states().iter().filter(|state| state.regime.is_some()).count() > 1
}

/// 1 for two states of one regime, -1 for two of different ones, 0 where one is not known.
fn likeness(system: &System, (i, j): (usize, usize)) -> i32 {
    let [one, other] = [i, j].map(|k| system.states()[k].regime.as_deref());
    match (one, other) {
        (Some(one), Some(other)) if i != j => {
            if one == other {
                1
            } else {
                -1
            }
        }
        _ => 0,
    }
}

/// Nothing known of any pair.
fn none<T: Clone + Default>(about: About) -> Array2<T> {
    let n = about.system.len();
    Array2::from_elem((n, n), T::default())
}
