//! `equipoise theory`: published theories, solved as published.

use clap::Subcommand;
use dashu_ratio::RBig;
use serde_json::Value;

use crate::cli::estimate::EstimateArgs;
use crate::cli::output::OutputArgs;
use crate::cli::progress::Progress;
use crate::cli::system::{SystemArgs, Whole, used};
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::dataset::Relation;
use crate::error::Result;
use crate::evidence::alignment::Quantity;
use crate::exact::parse_exact;
use crate::report::format::{Table, Written};
use crate::report::theory::TheoryReport;
use crate::theory::{Problem, Settings, Theory};

const EXAMPLES: &str = "\
Examples:
  equipoise theory list
  equipoise theory niou-ordeshook data/europe-1913.csv --capability milex
  equipoise theory ruling-coalition data/europe-1913.csv --alpha 3/5
  equipoise theory landscape data/europe-1913.csv --dyads pairs.csv
  equipoise theory landscape data/europe-1913.csv --propensity -1
  equipoise theory structural-balance NMC.csv --year 1913 --dyads signs.csv
  equipoise theory war-stable data/europe-1913.csv --gamma 1.5 --dyads links.csv
  equipoise theory nested-contest data/europe-1913.csv --format json -o report.json
  equipoise check report.json

The resources are the numbers of one column (--capability COLUMN, or the only one there is),
else the shares of power. Pairs of states (--dyads): a row for each pair with state1, state2 and
  propensity  how gladly the two stand together, any number (landscape)
  sign        1 friends, -1 foes (power-allocation, structural-balance)
  link        1 allies (war-stable)
Pairs that the file lacks have 0. To make a propensity of what is known of single states, write a
row for each pair: 1 for the same regime, -1 for an unsettled border, added up, for example.
All tied solutions are returned, and `equipoise check` verifies every report.";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The theories, with their sources
    List(OutputArgs),
    /// System and resource stability: who is essential (Niou, Ordeshook & Rose 1989)
    NiouOrdeshook(Common),
    /// The two sides that states settle into (Axelrod & Bennett 1993)
    Landscape {
        #[command(flatten)]
        common: Common,
        /// One propensity to stand together for all pairs, instead of --dyads
        #[arg(long, value_name = "P", value_parser = exact, allow_negative_numbers = true)]
        #[arg(conflicts_with = "dyads")]
        propensity: Option<RBig>,
        /// The number of sides, 2 to 9
        #[arg(long, value_name = "K", default_value_t = 2)]
        sides: usize,
    },
    /// The coalition that no part of it goes on to purge (Acemoglu, Egorov & Sonin 2008)
    RulingCoalition {
        #[command(flatten)]
        common: Common,
        /// Share of a coalition's power that a part of it must exceed to rule it: 1/2 to below 1
        #[arg(long, value_name = "A", value_parser = exact, default_value = "1/2")]
        alpha: RBig,
    },
    /// Who can survive where power is divided over friends and foes (Li & Morse 2017)
    PowerAllocation(Common),
    /// Networks of alliances stable against war (Jackson & Nei 2015)
    WarStable {
        #[command(flatten)]
        common: Common,
        /// How much the defence weighs: 1 or more
        #[arg(long, value_name = "G", value_parser = exact, default_value = "1")]
        gamma: RBig,
    },
    /// The two camps that violate the fewest ties (Harary 1953; Doreian & Mrvar 1996)
    StructuralBalance(Common),
    /// Blocs that no group of states would leave, in a nested contest (Bloch et al. 2006)
    NestedContest {
        #[command(flatten)]
        common: Common,
        #[command(flatten)]
        estimate: EstimateArgs,
        /// How surely the stronger bloc prevails: 1 in proportion
        #[arg(long, value_name = "M", default_value_t = 2.0, allow_negative_numbers = true)]
        decisiveness: f64,
        /// How the strong dominate their own partners: 0 equal, 1 in proportion
        #[arg(long, value_name = "S", default_value_t = 2.0, allow_negative_numbers = true)]
        dominance: f64,
    },
}

/// What all theories take.
#[derive(Debug, clap::Args)]
struct Common {
    #[command(flatten)]
    system: SystemArgs,
    /// How many solutions to list at most; all are counted
    #[arg(long, value_name = "N", default_value_t = 100)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    max_listed: u32,
    #[command(flatten)]
    work: SolverArgs,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    match &args.command {
        Command::List(output) => list(output),
        Command::NiouOrdeshook(common) => {
            common.solve(Theory::NiouOrdeshook, Settings::default(), None)
        }
        Command::Landscape { common, propensity, sides } => {
            let settings = Settings { sides: *sides, ..Settings::default() };
            let uniform = propensity.clone().map(|value| (Relation::Propensity, value));
            common.solve(Theory::Landscape, settings, uniform)
        }
        Command::RulingCoalition { common, alpha } => {
            let settings = Settings { alpha: alpha.clone(), ..Settings::default() };
            common.solve(Theory::RulingCoalition, settings, None)
        }
        Command::PowerAllocation(common) => {
            common.solve(Theory::PowerAllocation, Settings::default(), None)
        }
        Command::WarStable { common, gamma } => {
            let settings = Settings { gamma: gamma.clone(), ..Settings::default() };
            common.solve(Theory::WarStable, settings, None)
        }
        Command::StructuralBalance(common) => {
            common.solve(Theory::StructuralBalance, Settings::default(), None)
        }
        Command::NestedContest { common, estimate, decisiveness, dominance } => {
            let found = estimate.read()?;
            let value = |quantity, given| {
                let found = found.as_ref().and_then(|found| found.value(quantity));
                found.unwrap_or(given)
            };
            let settings = Settings {
                decisiveness: value(Quantity::Decisiveness, *decisiveness),
                dominance: value(Quantity::Dominance, *dominance),
                ..Settings::default()
            };
            common.solve(Theory::NestedContest, settings, None)
        }
    }
}

impl Common {
    /// Solves, checks and writes. `uniform` is one value for all pairs.
    fn solve(
        &self,
        theory: Theory,
        settings: Settings,
        uniform: Option<(Relation, RBig)>,
    ) -> Result<Status> {
        self.output.check()?;
        let Whole { built, dyads, mut notes } = self.system.whole()?;
        let used = used(&built);
        let raw = built.raw().map(<[RBig]>::to_vec);
        let mut problem = Problem::new(built.system);
        if let Some(resources) = raw {
            problem = problem.with_resources(resources)?;
        }
        problem.settings = Settings { listed: self.max_listed as usize, ..settings };
        if let Some((relation, value)) = uniform {
            problem = problem.with_uniform_pairs(relation, &value)?;
        } else if let Some(relation) = theory.reads()
            && let Some(known) = dyads.known(problem.system(), relation)?
        {
            notes.extend(known.notes);
            problem = problem.with_pairs(relation, &known.matrix)?;
        }
        self.work.set_threads()?;
        let progress = Progress::default();
        let findings =
            theory.solve(&problem, self.work.lp, &self.work.work().observed(&progress))?;
        let mut report = TheoryReport::certified(&problem, &findings, &notes)?;
        for text in &report.notes {
            note(text);
        }
        report.provenance = self.output.provenance()?;
        report.provenance.iter_mut().for_each(|known| known.capabilities = Some(used.clone()));
        self.output.write(&report)?;
        Ok(if report.undecided.is_none() { Status::Answered } else { Status::Open })
    }
}

fn list(output: &OutputArgs) -> Result<Status> {
    output.write(&Theories)?;
    Ok(Status::Answered)
}

/// The list of theories.
struct Theories;

impl Theories {
    const KEYS: [&str; 4] = ["theory", "question", "needs", "source"];

    fn rows() -> impl Iterator<Item = [&'static str; 4]> {
        Theory::ALL.into_iter().map(|theory| {
            let needs = theory.needs().map_or("", Relation::name);
            [theory.name(), theory.question(), needs, theory.source()]
        })
    }
}

impl Written for Theories {
    fn text(&self) -> String {
        let told = |[name, question, needs, source]: [&str; 4]| {
            let needs = match needs {
                "" => String::new(),
                relation => format!("; needs --dyads with a column {relation}"),
            };
            format!("{name}\n  {question}{needs}\n  {source}\n")
        };
        Self::rows().map(told).collect()
    }

    fn json(&self) -> String {
        let object = |row: [&str; 4]| {
            let pairs = Self::KEYS.into_iter().zip(row);
            Value::Object(pairs.map(|(key, value)| (key.into(), value.into())).collect())
        };
        format!("{:#}\n", Value::Array(Self::rows().map(object).collect()))
    }

    fn table(&self) -> Table {
        let mut table = Table::default();
        for (k, key) in Self::KEYS.into_iter().enumerate() {
            table.text(key, Self::rows().map(|row| row[k]));
        }
        table
    }
}

/// An exact parameter from its text.
fn exact(text: &str) -> std::result::Result<RBig, String> {
    parse_exact(text).ok_or_else(|| "expected a number such as 0.6 or 3/5".into())
}
