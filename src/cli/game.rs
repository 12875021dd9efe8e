//! `equipoise game`: any n-player game.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::cli::concepts::is_usage;
use crate::cli::input;
use crate::cli::mixed::Find;
use crate::cli::objective;
use crate::cli::output::{OutputArgs, Staged};
use crate::cli::progress::Progress;
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::error::{Error, ErrorKind, Result};
use crate::game::{StrategicTable, nfg, reduced};
use crate::report::game::{GameReport, Note};
use crate::solve::strategic::correlated::{self, Concept, Objective, Ranged};
use crate::solve::strategic::dominance::{self, By};
use crate::solve::strategic::pure::pure_nash;
use crate::solve::strategic::refinement::{self, Refined};
use crate::work::Work;

const EXAMPLES: &str = "\
Examples:
  equipoise game chicken.nfg
  equipoise game chicken.nfg --solve mixed,correlated --objective minimum
  equipoise game chicken.nfg --solve correlated --objective profile:Row=Dare,Column=Dare
  equipoise game chicken.nfg --solve correlated --objective sum:Row=1,Column=-2 --exact
  equipoise game market.csv --solve pure --format json -o answer.json
  equipoise check answer.json
  equipoise game market.csv --solve mixed --find one
  equipoise game chicken.nfg --solve logit --precision 2
  equipoise game chicken.nfg --solve logit --fit observed.csv
  generate | equipoise game - --solve dominance
  equipoise game market.csv --solve pure --write-nfg market.nfg
  equipoise game poker.efg --solve mixed --exact

Reads Gambit's strategic form (.nfg), both variants, with fractions and decimals kept exactly;
a .csv file has a column for each player's strategy, then one for each player's payoff, and a
row for each profile. Of Gambit's extensive form (.efg) the reduced strategic form is solved, of
action-graph games (.agg) the strategic form, up to 1,048,576 profiles.

--objective-file takes a .csv file with a column for each player's strategy, by the players'
names, and a column value: what each profile counts.

Without --solve: all pure Nash equilibria, iterated strict dominance, the range of welfare over
all correlated equilibria, and mixed Nash equilibria where the game is small; the output says
what was left out.";

/// What can be solved for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Concern {
    /// All Nash equilibria in pure strategies
    Pure,
    /// Nash equilibria in mixed strategies: all of them where the game is small
    Mixed,
    /// The range of the objective over all correlated equilibria
    Correlated,
    /// The range of the objective over all coarse correlated equilibria
    Coarse,
    /// The logit (quantal response) equilibrium at --precision, on the branch from uniform play
    Logit,
    /// Iterated elimination of strictly dominated strategies
    Dominance,
    /// Pure equilibria that no coalition leaves to the gain of all its members
    Strong,
    /// The same for coalitions that nobody would leave in turn (up to 8 players)
    CoalitionProof,
}

/// The two forms of a `.nfg` file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum NfgForm {
    /// The payoffs of each profile
    Payoffs,
    /// A list of outcomes, and each profile's number in it
    Outcomes,
}

impl Concern {
    /// Its name in the report.
    const fn name(self) -> &'static str {
        match self {
            Self::Pure => "pure",
            Self::Mixed => "mixed",
            Self::Correlated => "correlated",
            Self::Coarse => "coarse_correlated",
            Self::Logit => "logit",
            Self::Dominance => "dominance",
            Self::Strong => "strong",
            Self::CoalitionProof => "coalition_proof",
        }
    }
}

impl NfgForm {
    fn variant(self) -> nfg::Variant {
        match self {
            Self::Payoffs => nfg::Variant::Payoffs,
            Self::Outcomes => nfg::Variant::Outcomes,
        }
    }
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// The game: .nfg, .csv, .efg or .agg; - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to solve for
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CONCEPT,…")]
    solve: Option<Vec<Concern>>,
    /// Over correlated equilibria: welfare, minimum (the worst-off player's expected payoff),
    /// player:NAME, sum:NAME=NUMBER,… (weighted payoffs) or profile:NAME=STRATEGY,… (the
    /// probability that these are played)
    #[arg(long, value_name = "WHAT", default_value = "welfare")]
    objective: String,
    /// Over correlated equilibria: the value that a file gives to each profile
    #[arg(long, value_name = "FILE.csv", conflicts_with = "objective")]
    objective_file: Option<PathBuf>,
    /// How many mixed equilibria to look for; without it all of a small game's, one of a large one's
    #[arg(long, value_enum, value_name = "HOW-MANY")]
    find: Option<Find>,
    /// The precision of logit equilibria, per unit of payoff: 0 is uniform play, and the more the
    /// fewer mistakes
    #[arg(long, value_name = "NUMBER", default_value_t = 1.0, conflicts_with = "fit")]
    precision: f64,
    /// Instead, the precision at which observed play is likeliest: a file with the columns
    /// player,strategy,count
    #[arg(long, value_name = "FILE.csv")]
    fit: Option<PathBuf>,
    /// Exactly known numbers as fractions in strings: "5/12"
    #[arg(long)]
    exact: bool,
    /// Also write the game as Gambit's strategic form
    #[arg(long, value_name = "FILE.nfg")]
    write_nfg: Option<PathBuf>,
    /// Which form of it: the payoffs of each profile, or a list of outcomes
    #[arg(
        long,
        value_enum,
        value_name = "FORM",
        default_value = "payoffs",
        requires = "write_nfg"
    )]
    nfg: NfgForm,
    #[command(flatten)]
    solver: SolverArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Games that need more bytes than this are announced before they are solved.
const MUCH_MEMORY: f64 = 1e9;

pub(super) fn run(args: &Args) -> Result<Status> {
    args.output.check()?;
    let (game, source) = read(&args.file)?;
    let asked = match &args.objective_file {
        Some(path) => objective::read(path, &game)?,
        None => (objective::parse(&args.objective, &game)?, String::new()),
    };
    let written = match &args.write_nfg {
        Some(path) => Staged::new(path, nfg::write(&game, args.nfg.variant()).as_bytes())?,
        None => Staged::nothing(),
    };
    args.solver.set_threads()?;
    tell_memory(&game);
    let progress = Progress::default();
    let work = args.solver.work().observed(&progress);
    let mut session = Session {
        game: &game,
        report: GameReport::new(&game, &source),
        exact: args.exact,
        objective: asked,
        args,
        work,
        pure: None,
    };
    session.solve()?;
    session.tell_rounding();
    let verified = session.certified()?;
    let mut report = session.report;
    report.provenance = args.output.provenance()?;
    args.output.write(&report)?;
    written.commit()?;
    Ok(if verified.undecided { Status::Open } else { Status::Answered })
}

/// Says beforehand how much memory a large game takes.
fn tell_memory(game: &StrategicTable) {
    // Levels, floats, shares of the span, and a price for each profile.
    let bytes = game.len() as f64 * (24.0 * game.roster().len() as f64 + 24.0);
    if bytes > MUCH_MEMORY {
        note(&format!("{} profiles: this takes up to {:.1} GB", game.len(), bytes / 1e9));
    }
}

fn read(path: &Path) -> Result<(StrategicTable, String)> {
    let is_csv = |path: &Path| {
        path.extension()
            .and_then(OsStr::to_str)
            .is_some_and(|e| ["csv", "tsv"].iter().any(|known| e.eq_ignore_ascii_case(known)))
    };
    if input::is_standard(path) {
        let (bytes, name) = (input::read(path)?, input::STANDARD);
        if let Some(game) = reduced::read(&bytes, name) {
            return Ok((game?, name.into()));
        }
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        let game = match text.trim_ascii_start().starts_with(b"NFG") {
            true => nfg::read(&bytes, name),
            false => nfg::read_csv(&bytes, name).or_else(|error| {
                // Whoever sends neither is more likely to have meant this.
                if text.trim_ascii_start().is_empty() {
                    nfg::read(&bytes, name)
                } else {
                    Err(error)
                }
            }),
        };
        return Ok((game?, name.into()));
    }
    let (bytes, file) = (input::read(path)?, input::name(path));
    if let Some(game) = reduced::read(&bytes, &file) {
        return Ok((game?, file));
    }
    let game = if is_csv(path) { nfg::read_csv(&bytes, &file)? } else { nfg::read(&bytes, &file)? };
    Ok((game, file))
}

/// A game, what is asked of it and what was found.
pub(super) struct Session<'a> {
    pub(super) game: &'a StrategicTable,
    pub(super) report: GameReport,
    pub(super) exact: bool,
    pub(super) work: Work<'a>,
    /// The objective, and the file that it is from.
    objective: (Objective, String),
    args: &'a Args,
    pure: Option<Vec<usize>>,
}

impl Session<'_> {
    fn solve(&mut self) -> Result<()> {
        let asked = self.args.solve.as_deref();
        let by_itself = asked.is_none();
        let default = [Concern::Pure, Concern::Dominance, Concern::Correlated, Concern::Mixed];
        for (k, &concern) in asked.unwrap_or(&default).iter().enumerate() {
            if asked.is_some_and(|asked| asked[..k].contains(&concern)) {
                continue;
            }
            let large = self.game.len() > Note::PROFILES_BY_ITSELF && concern != Concern::Pure;
            if by_itself && large {
                continue;
            }
            let found = self.one_concept(concern, by_itself);
            if found.as_ref().is_err_and(|error| matches!(error.kind(), ErrorKind::TimeUp)) {
                self.leave_open(concern.name(), "the time was up".into());
            } else if let Err(error) = found {
                let alone = asked.is_some_and(|asked| asked.len() == 1) && !error.is_fault();
                if alone || is_usage(&error) {
                    return Err(error);
                }
                self.fail(concern.name(), &error.to_string(), error.is_fault());
            }
        }
        if by_itself {
            self.report.note(Note::by_itself(self.game));
        }
        Ok(())
    }

    pub(super) fn precision(&self) -> f64 {
        self.args.precision
    }

    /// The file of observed play.
    pub(super) fn observed(&self) -> Option<&Path> {
        self.args.fit.as_deref()
    }

    fn one_concept(&mut self, concern: Concern, by_itself: bool) -> Result<()> {
        match concern {
            Concern::Pure => {
                let pure = self.pure();
                self.report.set_pure(self.game, &pure, self.exact);
            }
            Concern::Dominance => {
                let found = dominance::eliminate_within(
                    self.game,
                    By::Mixed,
                    self.args.solver.lp,
                    &self.work,
                )?;
                self.report.set_dominance(self.game, &found);
            }
            Concern::Mixed => self.mixed(by_itself, self.args.find, self.args.solver.lp)?,
            Concern::Logit => self.quantal()?,
            Concern::Correlated => self.range(Concept::Correlated, "correlated")?,
            Concern::Coarse => self.range(Concept::Coarse, "coarse_correlated")?,
            Concern::Strong => {
                self.few_players("strong")?;
                match refinement::strong_nash(self.game, &self.work) {
                    Refined::Decided(found) => self.report.set_strong(&found),
                    Refined::Undecided { so_far, why } => {
                        self.report.set_strong_so_far(&so_far);
                        self.leave_open("strong", why);
                    }
                }
            }
            Concern::CoalitionProof => match refinement::coalition_proof(self.game, &self.work)? {
                Refined::Decided(found) => self.report.set_coalition_proof(&found),
                Refined::Undecided { so_far, why } => {
                    self.report.set_coalition_proof_so_far(&so_far);
                    self.leave_open("coalition_proof", why);
                }
            },
        }
        Ok(())
    }

    /// Says that something was not decided, and why.
    pub(super) fn leave_open(&mut self, what: &str, why: String) {
        note(&format!("{what}: {why}"));
        self.report.leave_open(what, why);
    }

    pub(super) fn pure(&mut self) -> Vec<usize> {
        let game = self.game;
        self.pure.get_or_insert_with(|| pure_nash(game)).clone()
    }

    fn range(&mut self, concept: Concept, name: &str) -> Result<()> {
        let pure = self.pure();
        let (objective, source) = &self.objective;
        let (asked, lp) = ((objective, source.as_str()), self.args.solver.lp);
        match correlated::range(self.game, concept, objective, &pure, lp, &self.work)? {
            Ranged::Decided(range) => {
                self.report.set_range(self.game, concept, asked, &range, self.exact);
            }
            Ranged::Undecided { why, bounds } => {
                self.report.set_bounds(self.game, concept, asked, &bounds);
                self.leave_open(name, why);
            }
        }
        Ok(())
    }

    fn few_players(&self, what: &str) -> Result<()> {
        let n = self.game.roster().len();
        if n <= 64 {
            return Ok(());
        }
        Err(Error::too_large(
            format!("{what} equilibria of {n} players"),
            "64 players",
            "leave out players with a single strategy",
        ))
    }
}
