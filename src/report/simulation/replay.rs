//! One run, replayed: who allied, who fought, who grew.

use serde::{Deserialize, Serialize};

use super::RunReport;
use super::build::{called, row_report};
use crate::error::Result;
use crate::parameters::simulation::Rules;
use crate::report::format::Table;
use crate::report::system::system_report;
use crate::report::{Keyed, Provenance, SystemReport};
use crate::simulation::{Film, Scene, War};
use crate::system::System;

/// The schema's name.
pub const REPLAY_SCHEMA: &str = "equipoise/replay/1";

/// A run of a simulation, period by period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReplayReport {
    /// [`REPLAY_SCHEMA`].
    pub schema: String,
    /// The system at the start.
    pub system: SystemReport,
    /// The rules of this run.
    pub parameters: Rules,
    /// The seed.
    pub seed: u64,
    /// The periods.
    pub periods: u32,
    /// How it ended, with its number.
    pub outcome: RunReport,
    /// The periods, from 1.
    pub scenes: Vec<SceneReport>,
    /// What is to be noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The version of equipoise that made it.
    pub version: String,
    /// What it was made from; absent of a report that a program made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// A period of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SceneReport {
    /// Which one.
    pub period: u32,
    /// Who entered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entered: Vec<String>,
    /// The blocs.
    pub blocs: Vec<Vec<String>>,
    /// Whether alignment came to rest.
    pub settled: bool,
    /// The war, if there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub war: Option<WarReport>,
    /// Each state's share of power at the end of the period.
    pub shares: Keyed<f64>,
}

/// A war.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WarReport {
    /// Who had the initiative.
    pub initiator: String,
    /// Who was attacked.
    pub target: String,
    /// Who attacked.
    pub attackers: Vec<String>,
    /// Who defended.
    pub defenders: Vec<String>,
    /// Whether the attackers won.
    pub attackers_won: bool,
    /// Who was annexed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annexed: Vec<String>,
}

impl ReplayReport {
    /// Replays run `run` of `film` of `system`. O(periods · n² · blocs).
    ///
    /// # Errors
    /// As [`Film::replay`].
    pub fn new(system: &System, film: &Film, run: u32, notes: &[String]) -> Result<Self> {
        let (rules, made, scenes) = film.replay(run)?;
        Ok(Self {
            schema: REPLAY_SCHEMA.into(),
            system: system_report(system, system.id(system.leader()).to_owned(), false),
            parameters: rules,
            seed: film.seed,
            periods: film.periods,
            outcome: row_report(system, run, &made.row),
            scenes: scenes.iter().map(|scene| scene_report(system, scene)).collect(),
            notes: notes.to_vec(),
            version: env!("CARGO_PKG_VERSION").into(),
            provenance: None,
        })
    }

    /// The report as indented JSON.
    pub fn json(&self) -> String {
        // All keys are strings and all numbers finite, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Everybody who is there at some time, in order of arrival.
    pub fn cast(&self) -> Vec<String> {
        let start = self.system.states.iter().map(|state| state.id.clone());
        start.chain(self.scenes.iter().flat_map(|scene| scene.entered.iter().cloned())).collect()
    }

    /// The run as a table, one row a state and period: `run,period,state,share,bloc,war,won`. `bloc`
    /// names the first member of its bloc; `war` is `attacks` or `defends`, `won` whether its
    /// side won; both are empty for who does not fight. Who is annexed has share 0.
    pub fn table(&self) -> Table {
        let header = ["run", "period", "state", "share", "bloc", "war", "won"];
        let rows = self.scenes.iter().flat_map(|scene| {
            scene.blocs.iter().flat_map(move |bloc| bloc.iter().map(move |id| (scene, bloc, id)))
        });
        let rows = rows.map(|(scene, bloc, id)| {
            let side = scene.war.as_ref().and_then(|war| war.side(id).map(|side| (war, side)));
            vec![
                self.outcome.run.to_string(),
                scene.period.to_string(),
                id.clone(),
                scene.shares.get(id).copied().unwrap_or(0.0).to_string(),
                bloc[0].clone(),
                side.map_or("", |(_, attacks)| if attacks { "attacks" } else { "defends" }).into(),
                side.map_or(String::new(), |(war, attacks)| {
                    (war.attackers_won == attacks).to_string()
                }),
            ]
        });
        Table::of_rows(&header, &rows.collect::<Vec<_>>())
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }
}

impl WarReport {
    /// Whether a state attacks (true) or defends (false); `None` if it does not fight.
    pub fn side(&self, id: &str) -> Option<bool> {
        let on = |side: &[String]| side.iter().any(|member| member == id);
        match (on(&self.attackers), on(&self.defenders)) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        }
    }
}

fn scene_report(system: &System, scene: &Scene) -> SceneReport {
    let names = |states: &[u32]| states.iter().map(|&who| called(system, who)).collect();
    let war = |war: &War| WarReport {
        initiator: called(system, war.initiator),
        target: called(system, war.target),
        attackers: names(&war.attackers),
        defenders: names(&war.defenders),
        attackers_won: war.attackers_won,
        annexed: names(&war.annexed),
    };
    let shares = scene.shares.iter().map(|&(who, share)| (called(system, who), share));
    SceneReport {
        period: scene.period,
        entered: names(&scene.entered),
        blocs: scene.blocs.iter().map(|bloc| names(bloc)).collect(),
        settled: scene.settled,
        war: scene.war.as_ref().map(war),
        shares: Keyed(shares.collect()),
    }
}
