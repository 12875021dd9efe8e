//! `equipoise game`: any n-player game.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::certify;
use crate::cli::input;
use crate::cli::objective;
use crate::cli::output::{Format, OutputArgs, Staged};
use crate::cli::progress::Progress;
use crate::cli::work::SolverArgs;
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::game::{StrategicTable, nfg};
use crate::report::check_game;
use crate::report::game::GameReport;
use crate::solve::correlated::{self, Concept, Objective, Ranged};
use crate::solve::dominance::{self, By};
use crate::solve::pure::pure_nash;
use crate::solve::refinement::{self, Refined};
use crate::work::Work;

const EXAMPLES: &str = "\
Examples:
  equipoise game chicken.nfg
  equipoise game chicken.nfg --solve mixed,correlated --objective minimum
  equipoise game chicken.nfg --solve correlated --objective profile:Row=Dare,Column=Dare
  equipoise game chicken.nfg --solve correlated --objective sum:Row=1,Column=-2 --exact
  equipoise game market.csv --solve pure --format json -o answer.json
  equipoise check answer.json
  generate | equipoise game - --solve dominance
  equipoise game market.csv --solve pure --write-nfg market.nfg

Reads Gambit's strategic form (.nfg), both variants, with fractions and decimals kept exactly;
a .csv file has a column for each player's strategy, then one for each player's payoff, and a
row for each profile.

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
    /// The game: .nfg, or .csv; - for standard input
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

/// More profiles than this are left out of what `game` does by itself.
const PROFILES_BY_ITSELF: usize = 100_000;

pub(super) fn run(args: &Args) -> Result<Status> {
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
    let report = session.report;
    let verified = check_game(&report, false)?;
    certify::accept("game", &verified.claims)?;
    args.output.write(&match args.output.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
        Format::Csv => report.csv(),
    })?;
    written.commit()?;
    Ok(if verified.undecided { Status::Open } else { Status::Answered })
}

fn read(path: &Path) -> Result<(StrategicTable, String)> {
    let is_csv = |path: &Path| {
        path.extension()
            .and_then(OsStr::to_str)
            .is_some_and(|e| ["csv", "tsv"].iter().any(|known| e.eq_ignore_ascii_case(known)))
    };
    if input::is_standard(path) {
        let (bytes, name) = (input::read(path)?, input::STANDARD);
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
            let large = self.game.len() > PROFILES_BY_ITSELF && concern != Concern::Pure;
            if by_itself && large {
                continue;
            }
            self.one(concern, by_itself)?;
        }
        if by_itself {
            let left_out = match self.game.len() > PROFILES_BY_ITSELF {
                true => {
                    "; the game is large: dominance, correlated and mixed equilibria with \
                         --solve"
                }
                false => "; coarse, strong and coalition-proof equilibria with --solve",
            };
            let done = "Done without --solve: what is shown above, every claim of it certified";
            self.report.notes.push(format!("{done}{left_out}."));
        }
        Ok(())
    }

    fn one(&mut self, concern: Concern, by_itself: bool) -> Result<()> {
        match concern {
            Concern::Pure => {
                let pure = self.pure();
                self.report.set_pure(self.game, &pure, self.exact);
            }
            Concern::Dominance => {
                let found = dominance::eliminate(self.game, By::Mixed, self.args.solver.lp)?;
                self.report.set_dominance(&found);
            }
            Concern::Mixed => self.mixed(by_itself, self.args.solver.lp)?,
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

    fn pure(&mut self) -> Vec<usize> {
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
