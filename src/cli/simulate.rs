//! `equipoise simulate`: the film.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::estimate::EstimateArgs;
use crate::cli::footage::Footage;
use crate::cli::output::PageArgs;
use crate::cli::parts::{self, Shard, ShardArgs};
use crate::cli::plot::{FilmPlotArgs, replay_page, simulation_page};
use crate::cli::progress::Progress;
use crate::cli::system::{Chosen, SystemArgs};
use crate::cli::work::{set_threads, time_limit, within};
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::evidence::alignment::Quantity;
use crate::evidence::estimate::Estimate;
use crate::parameters::simulation::{Alliances, Doubt, Rule, Rules};
use crate::report::simulation::{ReplayReport, SimulationReport};
use crate::report::{Keyed, Provenance};
use crate::setting::Ends;
use crate::simulation::{Axis, Change, Film, Plane, Start, Study};
use crate::system::System;
use crate::work::Work;

const EXAMPLES: &str = "\
Examples:
  equipoise simulate data/europe-1913.csv
  equipoise simulate data/qin-260bce.csv --cumulativity 1 --openness 0
  equipoise simulate data/europe-1913.csv --dominance 1.25..1.75 --stakes 0.1..0.3
  equipoise simulate data/europe-1913.csv --parameters fit.json --draws 50
  equipoise simulate data/europe-1913.csv --compare alliances=none
  equipoise simulate data/europe-1913.csv --x cumulativity=0..1 --y openness=0..0.1 --runs 400
  equipoise simulate data/europe-1913.csv --replay 17 --plot film.svg
  equipoise simulate data/europe-1913.csv -o film.json; equipoise check film.json --allow-partial

A run is --periods periods of growth, entry of new powers, alignment, and at most one war; many
runs give the probability that one state comes to hold more than --threshold of all power for
--hold periods running. Any number of the model can be a range, 1.25..1.75: every run draws its
own value, and a table tells the probability by third of the range. With --parameters and --draws
N the runs take turns at N draws of an estimate with its doubt. What a column revisionism or
growth of the file says of a state wins over --revisionism and the growth of 0.";

/// A number, or a range of which every run draws its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Amount {
    One(f64),
    Range(f64, f64),
}

fn amount(text: &str) -> std::result::Result<Amount, String> {
    if text.contains("..") {
        let ends = Ends::parse(text).ok_or("expected a range from low to high, as 1.25..1.75")?;
        let [from, to] = ends.floats();
        return Ok(Amount::Range(from, to));
    }
    let one = if text.trim() == "inf" { Some(f64::INFINITY) } else { text.trim().parse().ok() };
    let one = one.filter(|value: &f64| !value.is_nan());
    one.map(Amount::One).ok_or("expected a number, or a range as 1.25..1.75".into())
}

fn alliances() -> impl TypedValueParser<Value = Alliances> {
    let names = PossibleValuesParser::new(Alliances::ALL.map(Alliances::name));
    names.map(|name| Alliances::from_name(&name).unwrap_or_default())
}

/// The rules.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Model (each number may be a range, 1.25..1.75)")]
struct RuleArgs {
    /// How surely the stronger side wins: 1 in proportion, inf always
    #[arg(long, value_name = "M", value_parser = amount, default_value = "2")]
    #[arg(allow_negative_numbers = true)]
    decisiveness: Amount,
    /// How the strong dominate their own partners, and how allies divide spoils: 0 equal, 1 in
    /// proportion
    #[arg(long, value_name = "S", value_parser = amount, default_value = "1.5")]
    #[arg(allow_negative_numbers = true)]
    dominance: Amount,
    /// Share of the stakes that a war between equals destroys; from 0.5 on nobody attacks. It is
    /// less where the enemy is weak: another rule than --war-cost of the other commands
    #[arg(long, value_name = "W", value_parser = amount, default_value = "0.25")]
    #[arg(allow_negative_numbers = true)]
    war_cost: Amount,
    /// Share of a side's power that one war is about: the clock of the film
    #[arg(long, value_name = "σ", value_parser = amount, default_value = "0.2")]
    #[arg(allow_negative_numbers = true)]
    stakes: Amount,
    /// Share of what losers lose that winners can use
    #[arg(long, value_name = "κ", value_parser = amount, default_value = "0.5")]
    #[arg(allow_negative_numbers = true)]
    cumulativity: Amount,
    /// New powers in a period, on average
    #[arg(long, value_name = "ν", value_parser = amount, default_value = "0.02")]
    #[arg(allow_negative_numbers = true)]
    openness: Amount,
    /// Standard deviation of growth in a period
    #[arg(long, value_name = "V", value_parser = amount, default_value = "0.05")]
    #[arg(allow_negative_numbers = true)]
    volatility: Amount,
    /// Standard deviation of the logarithm of perceived over true strength of others
    #[arg(long, value_name = "E", value_parser = amount, default_value = "0.2")]
    #[arg(allow_negative_numbers = true)]
    misperception: Amount,
    /// What power above its share is worth to a state: 1 a power maximiser, 0 never attacks
    #[arg(long, value_name = "ρ", value_parser = amount, default_value = "1")]
    #[arg(allow_negative_numbers = true)]
    revisionism: Amount,
    /// Chance that an ally of the attacked fights
    #[arg(long, value_name = "R", value_parser = amount, default_value = "1")]
    #[arg(allow_negative_numbers = true)]
    reliability: Amount,
    /// A loser whose share falls below is annexed
    #[arg(long, value_name = "φ", value_parser = amount, default_value = "0.01")]
    #[arg(allow_negative_numbers = true)]
    floor: Amount,
    /// Share of all power above which a state dominates all others
    #[arg(long, value_name = "SHARE", value_parser = amount, default_value = "0.5")]
    #[arg(allow_negative_numbers = true)]
    threshold: Amount,
    /// For how many periods running it must be above, to be a hegemon
    #[arg(long, value_name = "PERIODS", default_value_t = 10)]
    hold: u32,
    /// Alliances: as states like, none, or all against the strongest
    #[arg(long, value_parser = alliances(), default_value = "free")]
    alliances: Alliances,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    #[command(flatten)]
    system: SystemArgs,
    #[command(flatten)]
    rules: RuleArgs,
    #[command(flatten)]
    estimate: EstimateArgs,
    /// Every run takes its parameters from one of N draws from the sampling distribution of the
    /// estimates in --parameters, so that probabilities hold the doubt of the estimate; also what
    /// each draw's runs say, and how much of their spread is between draws
    #[arg(long, value_name = "N", requires = "parameters", help_heading = "Model")]
    #[arg(value_parser = clap::value_parser!(u32).range(2..=1_000_000))]
    draws: Option<u32>,
    /// Periods of a run
    #[arg(long, value_name = "T", default_value_t = 100)]
    periods: u32,
    /// Runs
    #[arg(long, value_name = "R", default_value_t = 1000)]
    runs: u32,
    /// Seed of the random numbers: the same seed, the same runs
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Show one run, by its number from 0, period by period: who allied, who fought, who grew
    #[arg(long, value_name = "RUN", conflicts_with_all = ["compare", "x", "y"])]
    replay: Option<u32>,
    /// The same luck under other rules: alliances=none, cumulativity=1
    #[arg(long, value_name = "NAME=VALUE,…", value_delimiter = ',')]
    compare: Vec<String>,
    /// A parameter and the ends of its values, across: cumulativity=0..1
    #[arg(long, value_name = "NAME=FROM..TO")]
    x: Option<String>,
    /// Another one, upwards: openness=0..0.1
    #[arg(long, value_name = "NAME=FROM..TO", requires = "x")]
    y: Option<String>,
    /// Values of each axis, both ends among them
    #[arg(long, value_name = "N", default_value_t = 5)]
    steps: u32,
    /// Threads; by default one for each core. The answer never depends on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    #[arg(help_heading = "Work")]
    threads: Option<u16>,
    /// Stop after so many seconds, with the runs that are made by then
    #[arg(long, value_name = "SECONDS", value_parser = time_limit, help_heading = "Work")]
    time_limit: Option<std::time::Duration>,
    #[command(flatten)]
    shard: ShardArgs,
    #[command(flatten)]
    plot: FilmPlotArgs,
    #[command(flatten)]
    output: PageArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let Chosen { system, mut notes, used } = args.system.system()?;
    let study = args.study(&system)?;
    study.validate()?;
    args.plot.check(study.plane.is_some())?;
    set_threads(args.threads)?;
    notes.extend(hegemon_at_start(&system, &study.film));
    notes.extend(never_held(&study.film));
    for text in &notes {
        note(text);
    }
    match args.replay {
        Some(run) => args.replay(&system, &study.film, run, &notes, used),
        None => args.shoot(&system, &study, &notes, used),
    }
}

/// A note where no run is long enough for a hegemon.
fn never_held(film: &Film) -> Option<String> {
    let (hold, periods) = (film.rules.hold, film.periods);
    (hold > periods).then(|| {
        format!(
            "no state can be above the threshold for {hold} of {periods} periods: the probability \
             of hegemony is 0 by --hold and --periods, whatever the rules"
        )
    })
}

/// A piece of all films of a study; `None` if there was no time for all of it.
fn piece(shard: Shard, study: &Study, work: &Work) -> Result<Option<Footage>> {
    let mut piece = Footage::default();
    for (at, film) in study.films().into_iter().enumerate() {
        let numbers = shard.range(film.runs as usize);
        let numbers = numbers.start as u32..numbers.end as u32;
        let asked = numbers.len();
        let runs = film.runs(numbers, work)?;
        if runs.len() < asked {
            return Ok(None);
        }
        match at {
            0 => piece.runs = runs,
            _ => piece.others.push(runs.into_iter().map(|run| run.row).collect()),
        }
    }
    Ok(Some(piece))
}

/// A note where the system is hegemonic already.
fn hegemon_at_start(system: &System, film: &Film) -> Option<String> {
    let leader = system.leader();
    let share = system.shares()[leader];
    (share > film.rules.threshold).then(|| {
        format!(
            "{} has {share:.2} of all power: the system is hegemonic at the start, and what is \
             simulated is whether that lasts",
            system.id(leader)
        )
    })
}

impl Args {
    fn study(&self, system: &System) -> Result<Study> {
        let (mut rules, doubts) = self.rules.read();
        // The cost of war is another rule here, and what else is estimated is none of the film's.
        for (quantity, value) in self.estimate.read()?.iter().flat_map(Estimate::values) {
            match quantity {
                Quantity::Decisiveness => rules.decisiveness = value,
                Quantity::Dominance => rules.dominance = value,
                _ => {}
            }
        }
        let start = Start::of(system);
        let drawn = self.estimate.drawn(self.draws, self.seed)?;
        let film = Film {
            doubts,
            draws: drawn.map(|drawn| drawn.of_film()).transpose()?,
            periods: self.periods,
            runs: self.runs,
            seed: self.seed,
            ..Film::new(start, rules)
        };
        let compare = self.compare.iter().map(|text| Change::parse("compare", text));
        let axis = |option, text: &Option<String>| {
            text.as_ref().map(|text| Axis::parse(option, text, self.steps)).transpose()
        };
        let (x, y) = (axis("x", &self.x)?, axis("y", &self.y)?);
        Ok(Study {
            film,
            compare: compare.collect::<Result<_>>()?,
            plane: x.map(|x| Plane { x, y }),
        })
    }

    /// What a report in this form says that it was made from.
    fn provenance(&self, used: Keyed<Keyed<f64>>) -> Result<Option<Provenance>> {
        let known = self.output.provenance()?;
        Ok(known.map(|known| Provenance { capabilities: Some(used), ..known }))
    }

    fn work(&self) -> Work<'static> {
        within(self.time_limit)
    }

    fn shoot(
        &self,
        system: &System,
        study: &Study,
        notes: &[String],
        used: Keyed<Keyed<f64>>,
    ) -> Result<Status> {
        let progress = Progress::default();
        let work = self.work().observed(&progress);
        if let Some(shard) = self.shard.shard {
            if self.output.is_table() {
                let expected = "a part for merge, as -o part-1: a table is of all runs";
                return Err(Error::parameter("output", expected, "a table"));
            }
            let Some(piece) = piece(shard, study, &work)? else {
                note("the time was up before all runs of the piece were made");
                return Ok(Status::Open);
            };
            parts::write(shard, self.output.output.as_deref(), &piece.bytes()?)?;
            return Ok(Status::Answered);
        }
        let found = match parts::known()? {
            None => study.shoot(&work)?,
            Some(parts) => {
                let mut all = Footage::default();
                parts.iter().try_for_each(|answers| all.read(answers, study))?;
                study.assembled(all.runs, all.others)?
            }
        };
        let Some(mut report) = SimulationReport::new(system, study, &found, notes) else {
            note("the time was up before a single run was made");
            return Ok(Status::Open);
        };
        for text in &report.notes[notes.len()..] {
            note(text);
        }
        report.provenance = self.provenance(used)?;
        let figure = self.plot.staged(&report)?;
        self.output.write(&report, || simulation_page(&report))?;
        figure.commit()?;
        let whole = report.is_whole() && found.missing.is_empty();
        Ok(if whole { Status::Answered } else { Status::Open })
    }

    fn replay(
        &self,
        system: &System,
        film: &Film,
        run: u32,
        notes: &[String],
        used: Keyed<Keyed<f64>>,
    ) -> Result<Status> {
        let mut report = ReplayReport::new(system, film, run, notes)?;
        report.provenance = self.provenance(used)?;
        let figure = self.plot.staged_replay(&report)?;
        self.output.write(&report, || replay_page(&report))?;
        figure.commit()?;
        Ok(Status::Answered)
    }
}

impl RuleArgs {
    /// The rules, with the parameters of which a range is given.
    fn read(&self) -> (Rules, Vec<Doubt>) {
        let given = [
            (Rule::Decisiveness, self.decisiveness),
            (Rule::Dominance, self.dominance),
            (Rule::WarCost, self.war_cost),
            (Rule::Stakes, self.stakes),
            (Rule::Cumulativity, self.cumulativity),
            (Rule::Openness, self.openness),
            (Rule::Volatility, self.volatility),
            (Rule::Misperception, self.misperception),
            (Rule::Revisionism, self.revisionism),
            (Rule::Reliability, self.reliability),
            (Rule::Floor, self.floor),
            (Rule::Threshold, self.threshold),
        ];
        let mut rules = Rules { hold: self.hold, alliances: self.alliances, ..Rules::default() };
        let mut doubts = Vec::new();
        for (parameter, amount) in given {
            match amount {
                Amount::One(value) => parameter.set(&mut rules, value),
                Amount::Range(from, to) => doubts.push(Doubt { parameter, from, to }),
            }
        }
        (rules, doubts)
    }
}
