//! `equipoise coalition`: any cooperative game.

use std::path::PathBuf;

use clap::ValueEnum;
use dashu_ratio::RBig;

use crate::cli::by_rule;
use crate::cli::estimate::EstimateArgs;
use crate::cli::externalities;
use crate::cli::hedonic::{self, Found};
use crate::cli::input;
use crate::cli::output::OutputArgs;
use crate::cli::plot::SheetArgs;
use crate::cli::progress::Progress;
use crate::cli::system::{ChoiceArgs, Chosen};
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::coalition::Partition;
use crate::dataset::{Dataset, DyadFiles};
use crate::error::{Error, Result};
use crate::evidence::alignment::Quantity;
use crate::exact::parse_exact;
use crate::finding::cooperative::Links;
use crate::game::cooperative::{Game, PartitionGame, Quota, RuleGame, read};
use crate::game::hedonic::HedonicGame;
use crate::parameters::Parameters;
use crate::plot;
use crate::report::coalition::{CoalitionReport, OriginReport};
use crate::solve::cooperative::{Concept, Options, solve};
use crate::solve::partitions::hedonic::Stability;
use crate::system::{Parts, State, System};

const EXAMPLES: &str = "\
Examples:
  equipoise coalition game.csv
  equipoise coalition council.csv --quota 51 --solve shapley,banzhaf --exact
  equipoise coalition votes-and-people.csv --quota '255,>50%'
  equipoise coalition union-of-40.csv --quota 65% --solve nucleolus --time-limit 60
  equipoise coalition claims.csv --estate 200 --solve nucleolus --exact
  equipoise coalition game.csv --solve vertices --exact
  equipoise coalition data/europe-1913.csv --game settlement --solve core,least-core,nucleolus
  equipoise coalition data/europe-1913.csv --game majority --capability milex --exact
  equipoise coalition strengths.csv --game contest --decisiveness 1
  equipoise coalition panel.csv --year 2016 --top 40 --game settlement --solve nucleolus
  equipoise coalition game.csv -o report.json && equipoise check report.json
  equipoise coalition claims.csv --estate 200 --plot claims.svg
  equipoise coalition council.csv --quota 51 --blocs A+B,C+D --solve shapley --exact
  equipoise coalition data/entente-1907.csv --game settlement --links alliances.csv --solve shapley
  equipoise coalition game.csv --allocation division.csv --solve core
  equipoise coalition emissions.csv --exact
  equipoise coalition data/europe-1913.csv --game externalities --decisiveness 3
  equipoise coalition roommates.csv --solve core,nash

GAME.csv has one of these headers:
  coalition,value    the worth of every coalition, as A+B, 1+2+3 or a bitmask (or: cost)
  player,weight      weighted majority, with --quota; weight2, … for more rules, all to be passed
  player,claim       bankruptcy, with --estate
  player,cost        airport: a coalition pays for its dearest member
                     (of both, any number of players: beyond 25 what has a closed form, the
                     nucleolus, the core and of an airport the Shapley value)
or, with --game, player,strength or a row for each state, as solve takes them:
  --game settlement  a coalition gets P^m / (P^m + Q^m) by fighting all others united, P its
                     power, Q theirs, m the --decisiveness (contest is another name for it);
                     with 25 to 40 players (more if many are alike) --solve takes core,
                     least-core, nucleolus and prenucleolus, which list no coalitions
  --game majority    a coalition wins if it holds more than half of all power
  --game externalities  in each partition a bloc gets P^m / Σ Q^m by fighting all other blocs: what
                     an alliance is worth depends on its rivals'; up to 8 players

With externalities, where what a coalition is worth depends on how the others are arranged:
  partition,coalition,value  a row for each bloc of each partition: A+B|C,A+B,5; up to 8 players

Of hedonic games, in which a player cares for who is with it, and no more:
  player,preferences        the coalitions that it accepts, best first: A+B > A+C = A
  player,rank,coalition     the same, a coalition a row; 1 is the best, equal ranks are ties
  player,coalition,value    the same by values, higher is better
Coalitions that a player does not name are worse for it than being alone. --solve takes core,
strict-core, nash, individual and contractual: the partitions that are stable in these senses.";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The game; with --game a system of states, or `player,strength`
    #[arg(value_name = "GAME.csv")]
    pub(super) file: PathBuf,
    /// The game that a distribution of power makes
    #[arg(long, value_enum, value_name = "settlement|majority|externalities")]
    game: Option<GameArg>,
    /// How surely the stronger side wins a settlement's fight: 1 in proportion, inf always
    /// [default: 2]
    #[arg(long, value_name = "M", allow_negative_numbers = true)]
    decisiveness: Option<f64>,
    #[command(flatten)]
    estimate: EstimateArgs,
    /// The weight that wins, one for each column of weights: 51, >50, 65% or >50%
    #[arg(long, value_name = "Q,…", value_delimiter = ',')]
    pub(super) quota: Vec<String>,
    /// What there is to divide among the claims of a bankruptcy game
    #[arg(long, value_name = "E")]
    pub(super) estate: Option<String>,
    /// Alliances that exist, as A+B,C+D (who is not named stands alone): what each player is worth
    /// inside them by Owen, Banzhaf-Owen and Aumann-Drèze
    #[arg(long, value_name = "A+B,…", value_delimiter = ',')]
    pub(super) blocs: Vec<String>,
    /// Who can talk to whom: a file of pairs with a column link or commitment, as --dyads takes
    /// them; what each player is worth on this network by Myerson
    #[arg(long, value_name = "FILE")]
    pub(super) links: Option<PathBuf>,
    /// A division to look at: CSV with player,payoff. Is it in the core, the least core, the
    /// bargaining set; who objects to it, with what
    #[arg(long, value_name = "FILE")]
    pub(super) allocation: Option<PathBuf>,
    /// What to compute; by default everything that takes this game
    #[arg(long = "solve", value_enum, value_delimiter = ',', value_name = "CONCEPT,…")]
    pub(super) concepts: Option<Vec<ConceptArg>>,
    /// How many vertices of the core to list at most; all are counted
    #[arg(long, value_name = "N", default_value_t = 1000)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..))]
    max_vertices: u32,
    /// Numbers as exact fractions
    #[arg(long)]
    pub(super) exact: bool,
    /// Of a game of 3 or 4 players: core, least core, nucleolus and Shapley value among the
    /// imputations.
    #[command(flatten)]
    pub(super) sheet: SheetArgs,
    #[command(flatten, next_help_heading = "The states of a system, with --game")]
    choice: ChoiceArgs,
    #[command(flatten)]
    pub(super) solver: SolverArgs,
    #[command(flatten)]
    pub(super) output: OutputArgs,
}

/// The share of the time that the examination of what is found takes, at most.
const EXAMINED: f64 = 0.25;

/// The game that a distribution of power makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GameArg {
    /// What a coalition gets by fighting all others united
    #[value(alias = "contest")]
    Settlement,
    /// A coalition wins with more than half of all power
    Majority,
    /// What a bloc gets in the fight of all blocs, which depends on how the others are arranged
    #[value(alias = "blocs")]
    Externalities,
}

/// What is asked for, as a value of `--solve`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ConceptArg {
    /// Of a game of worths; the core also of a hedonic game.
    Game(Concept),
    /// Of a hedonic game.
    Hedonic(Stability),
}

const CONCEPTS: usize = Concept::ALL.len();
const SENSES: usize = Stability::ALL.len() - 1;

impl ValueEnum for ConceptArg {
    fn value_variants<'a>() -> &'a [Self] {
        // The core, the first sense of stability, is among the concepts.
        const ALL: [ConceptArg; CONCEPTS + SENSES] = {
            let mut all = [ConceptArg::Game(Concept::Core); CONCEPTS + SENSES];
            let mut at = 0;
            while at < all.len() {
                all[at] = if at < CONCEPTS {
                    ConceptArg::Game(Concept::ALL[at])
                } else {
                    ConceptArg::Hedonic(Stability::ALL[at - CONCEPTS + 1])
                };
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(clap::builder::PossibleValue::new(self.name()))
    }
}

impl ConceptArg {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Game(concept) => concept.name(),
            Self::Hedonic(sense) => sense.name(),
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    args.sheet.check()?;
    args.solver.set_threads()?;
    // The time includes that in which the game is laid out.
    let work = args.solver.work();
    let (game, power) = match args.game()? {
        Posed::Hedonic(game) => return hedonic::run(args, &game),
        Posed::WithExternalities(game, origin) => {
            return externalities::run(args, &game, origin);
        }
        Posed::ByRule(game) => return by_rule::run(args, &game, args.concepts()?),
        Posed::OfWorths(game, power) => (game, power),
    };
    let (system, origin) = power.map(|both| *both).unzip();
    if args.sheet.plot.is_some() {
        plot::coalition::check_players(game.names().len())?;
    }
    let options = Options {
        concepts: args.concepts()?,
        backend: args.solver.lp,
        max_vertices: args.max_vertices as usize,
        blocs: args.placed(&game)?,
        links: args.linked(&game, system.as_ref())?,
        allocation: args.allocation(&game)?,
    };
    let progress = Progress::default();
    let solutions = solve(&game, &options, &work.sparing(EXAMINED).observed(&progress))?;
    let mut report = CoalitionReport::new(&game, &args.source(), &solutions, args.exact);
    report.origin = origin;
    let mut report = report.certified(&game)?;
    report.provenance = args.output.provenance()?;
    if args.concepts.is_none() {
        let withdrawn = |concept: &&str| report.undecided.get(concept).is_none();
        let found = solutions.found.iter().map(|concept| concept.name());
        let found: Vec<&str> = found.filter(withdrawn).collect();
        note(&format!("solved for all that the size permits, --solve {}", found.join(",")));
    }
    let figure = args.sheet.staged(|paper| plot::coalition::figure(&report, paper))?;
    args.output.write(&report)?;
    figure.commit()?;
    Ok(if report.undecided.0.is_empty() { Status::Answered } else { Status::Open })
}

/// The game that the arguments pose.
enum Posed {
    /// Players care for who is with them.
    Hedonic(HedonicGame),
    /// What a coalition is worth depends on how the others are arranged.
    WithExternalities(PartitionGame, Option<OriginReport>),
    /// A rule makes them worths, of too many players for these to be listed.
    ByRule(RuleGame),
    /// Coalitions have worths; and the distribution of power that it was made from.
    OfWorths(Game, Option<Box<(System, OriginReport)>>),
}

impl Args {
    /// What the game is called.
    pub(super) fn source(&self) -> String {
        input::name(&self.file)
    }

    /// What only a game of worths takes, and whether it is there.
    pub(super) fn of_worths(&self) -> [(&'static str, bool); 7] {
        [
            ("quota", !self.quota.is_empty()),
            ("estate", self.estate.is_some()),
            ("plot", self.sheet.plot.is_some()),
            ("blocs", !self.blocs.is_empty()),
            ("links", self.links.is_some()),
            ("allocation", self.allocation.is_some()),
            ("solve", self.concepts.is_some()),
        ]
    }

    /// What was asked for of a game of worths.
    fn concepts(&self) -> Result<Option<Vec<Concept>>> {
        let Some(asked) = &self.concepts else { return Ok(None) };
        let concept = |asked: &ConceptArg| match asked {
            ConceptArg::Game(concept) => Ok(*concept),
            ConceptArg::Hedonic(sense) => Err(Error::parameter(
                "solve",
                "a concept of a game of worths, such as core or nucleolus",
                format!("{}, which takes a hedonic game (player,preferences)", sense.name()),
            )),
        };
        asked.iter().map(concept).collect::<Result<_>>().map(Some)
    }

    fn game(&self) -> Result<Posed> {
        if let Some(rule) = self.game {
            let system = self.power(rule)?;
            if rule == GameArg::Externalities {
                let (game, origin) = OriginReport::externalities(&system, self.decisiveness()?)?;
                return Ok(Posed::WithExternalities(game, Some(origin)));
            }
            let (game, origin) = self.of_power(rule, &system)?;
            return Ok(Posed::OfWorths(game, Some(Box::new((system, origin)))));
        }
        let decisiveness = self.decisiveness.map(|_| "--decisiveness");
        let estimate = self.estimate.read()?.map(|_| "--parameters");
        if let Some(flag) = self.choice.given().or(decisiveness).or(estimate) {
            let expected = format!("settlement, majority or externalities beside {flag}");
            return Err(Error::parameter("game", expected, "none"));
        }
        let terms = self.terms()?;
        let game = match hedonic::read(&self.file)? {
            Found::Hedonic(game) => return Ok(Posed::Hedonic(game)),
            Found::Externalities(game) => return Ok(Posed::WithExternalities(game, None)),
            Found::Bytes(bytes) => {
                let called = input::called(&self.file);
                match read::large_rule(&bytes, &called, &terms)? {
                    Some(game) => return Ok(Posed::ByRule(game)),
                    None => read::game_from(&bytes, &called, &terms)?,
                }
            }
            Found::Other => read::game(&self.file, &terms)?,
        };
        Ok(Posed::OfWorths(game, None))
    }

    /// The distribution of power that a game is to be made of.
    fn power(&self, rule: GameArg) -> Result<System> {
        if !self.quota.is_empty() || self.estate.is_some() {
            let flag = if self.estate.is_some() { "estate" } else { "quota" };
            return Err(Error::parameter(flag, "nothing beside --game", "a number"));
        }
        let parameters = Parameters { decisiveness: self.decisiveness()?, ..Parameters::default() };
        parameters.validate()?;
        if rule == GameArg::Majority && self.decisiveness.is_some() {
            let expected = "nothing beside --game majority, where no fight is fought";
            return Err(Error::parameter("decisiveness", expected, parameters.decisiveness));
        }
        if rule == GameArg::Majority && self.estimate.read()?.is_some() {
            let expected = "nothing beside --game majority, where no fight is fought";
            return Err(Error::parameter("parameters", expected, "a fit"));
        }
        self.system()
    }

    /// How surely the stronger side wins: as given, as estimated, or 2.
    fn decisiveness(&self) -> Result<f64> {
        if let Some(given) = self.decisiveness {
            return Ok(given);
        }
        let estimated = self.estimate.read()?.and_then(|f| f.value(Quantity::Decisiveness));
        Ok(estimated.unwrap_or(2.0))
    }

    /// The game that it makes.
    fn of_power(&self, rule: GameArg, system: &System) -> Result<(Game, OriginReport)> {
        let decisiveness = self.decisiveness()?;
        Ok(match rule {
            GameArg::Settlement | GameArg::Externalities => {
                OriginReport::settlement(system, decisiveness)?
            }
            GameArg::Majority => {
                let (game, origin) = OriginReport::majority(system)?;
                (game.into(), origin)
            }
        })
    }

    /// The distribution of power: of players with strengths, or of states.
    fn system(&self) -> Result<System> {
        let (bytes, called) = (input::read(&self.file)?, input::called(&self.file));
        if let Some((names, power)) = read::strengths(&bytes, &called)? {
            if let Some(flag) = self.choice.given() {
                let problem = format!("{flag} chooses among states, the file names players");
                return Err(Error::system(problem, "leave it out"));
            }
            let states = names.into_iter().map(State::new).collect();
            let measure = "strength".into();
            return System::new(Parts { states, power, measure, ..Parts::default() });
        }
        let dataset = Dataset::parse(&called, &bytes)?;
        let Chosen { system, notes, .. } = self.choice.system_of(dataset)?;
        notes.iter().for_each(|text| note(text));
        Ok(system)
    }

    /// The alliances that exist, if any.
    fn placed(&self, game: &Game) -> Result<Option<Partition>> {
        let blocs = || read::blocs(&self.blocs, game.names());
        (!self.blocs.is_empty()).then(blocs).transpose()
    }

    /// The division to look at, if any.
    fn allocation(&self, game: &Game) -> Result<Option<Vec<RBig>>> {
        let read = |path: &PathBuf| {
            read::allocation(&input::read(path)?, &input::called(path), game.names())
        };
        self.allocation.as_ref().map(read).transpose()
    }

    /// Who can talk to whom, if not everybody to everybody.
    fn linked(&self, game: &Game, system: Option<&System>) -> Result<Option<Links>> {
        let Some(path) = &self.links else { return Ok(None) };
        let (called, bytes) = (input::called(path), input::read(path)?);
        let files = DyadFiles::parse(&[(&called, &bytes)])?;
        let pairs = match system {
            None => files.links_of(game.names(), &called)?,
            Some(system) => {
                let (pairs, notes) = files.links(system, &called)?;
                notes.iter().for_each(|text| note(text));
                pairs
            }
        };
        Ok(Some(Links::new(game.names().len(), pairs)))
    }

    fn terms(&self) -> Result<read::Terms> {
        let quotas = self.quota.iter().map(|text| Quota::parse(text)).collect::<Result<_>>()?;
        let estate = match &self.estate {
            None => None,
            Some(text) => Some(parse_exact(text).ok_or_else(|| {
                Error::parameter("estate", "a number such as 200 or 5/12", format!("{text:?}"))
            })?),
        };
        Ok(read::Terms { quotas, estate })
    }
}
