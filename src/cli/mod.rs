//! The command line: parse, run, exit code.
//!
//! Text for people goes to standard output; notes, progress and errors to standard error.

mod backtest;
mod cases;
mod check;
mod coalition;
mod compare;
mod concepts;
mod estimate;
mod fit;
mod game;
mod hedonic;
mod history;
mod horizon;
mod input;
mod mixed;
mod objective;
mod output;
mod paths;
mod plot;
mod progress;
mod request;
mod security;
mod shell;
mod simulate;
mod solve;
mod styles;
mod sweep;
mod system;
mod tactics;
mod theory;
mod work;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{ErrorKind, FAULT, Result, fault_line};

/// Which alliances are stable, which equilibria exist, is the system balanced?
#[derive(Debug, Parser)]
#[command(name = "equipoise", version, max_term_width = 100, after_long_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// No notes and no progress; errors only
    #[arg(short, long, global = true)]
    quiet: bool,
}

/// Whether notes and progress are left out.
static QUIET: AtomicBool = AtomicBool::new(false);

const EXAMPLES: &str = "\
Examples:
  equipoise solve data/europe-1913.csv
  equipoise solve NMC-70-abridged.csv --year 1913 --majors majors2016.csv
  equipoise solve data/europe-1913.csv --capability milex -o report.json
  equipoise compare NMC-70-abridged.csv --years 1816..2016 --majors majors2016.csv
  equipoise sweep --shares triangle --plot phase.svg
  equipoise simulate data/europe-1913.csv
  equipoise coalition council.csv --quota 51 --exact
  equipoise check report.json
  equipoise game chicken.nfg
  equipoise theory niou-ordeshook data/europe-1913.csv

Exit codes: 0 answered, 1 undecided or a certificate refuted, 2 bad input or usage; of check also
3, accepted in part.";

#[derive(Debug, Subcommand)]
enum Command {
    /// One system through all lenses, and the verdict
    Solve(Box<solve::Args>),
    /// Many systems, years, measures or settings side by side
    Compare(Box<compare::Args>),
    /// Phase diagrams: where the verdict turns, over parameters or distributions
    Sweep(Box<sweep::Args>),
    /// The film: growth, alliances and wars again and again; the probability of hegemony
    Simulate(Box<simulate::Args>),
    /// Any cooperative game: core, nucleolus, power indices
    Coalition(Box<coalition::Args>),
    /// Any n-player game: pure, mixed and correlated equilibria, dominance
    Game(game::Args),
    /// A published theory of alliances and the balance of power
    Theory(Box<theory::Args>),
    /// Parameters estimated from what happened, with intervals
    Fit(Box<fit::Args>),
    /// Predictions of pacts and sides beside what happened and beside trivial rules
    Backtest(Box<backtest::Args>),
    /// Re-verify a saved report from what is in it, without solving anything
    Check(check::Args),
    /// Print the completion script for a shell
    Completions(shell::CompletionsArgs),
    /// Print the manual page
    Man(shell::ManArgs),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// Exit code 0.
    Answered,
    /// Exit code 1.
    Open,
    /// Exit code 3: accepted in part.
    InPart,
}

/// Runs the program with the process's arguments; `stdout_is_closed` if it was started without a
/// standard output.
pub fn main(stdout_is_closed: bool) -> ExitCode {
    work::begin();
    output::STDOUT_IS_CLOSED.store(stdout_is_closed, Ordering::Relaxed);
    let matches = Cli::command().get_matches();
    let run = || {
        paths::check(&matches)?;
        request::note(&matches, &Cli::command());
        match Cli::from_arg_matches(&matches) {
            Ok(cli) => cli.run(),
            Err(error) => error.exit(),
        }
    };
    match run() {
        Ok(Status::Answered) => ExitCode::SUCCESS,
        Ok(Status::Open) => ExitCode::from(1),
        Ok(Status::InPart) => ExitCode::from(3),
        Err(error) => {
            // Whoever reads our output has seen enough, and knows; a script must know too.
            if !is_broken_pipe(error.kind()) {
                say("error", &error.to_string());
            }
            if error.to_string().contains(FAULT) {
                note_fault();
            }
            ExitCode::from(2)
        }
    }
}

impl Cli {
    fn run(self) -> Result<Status> {
        QUIET.store(self.quiet, Ordering::Relaxed);
        match self.command {
            Command::Solve(args) => solve::run(&args),
            Command::Compare(args) => compare::run(&args),
            Command::Sweep(args) => sweep::run(&args),
            Command::Simulate(args) => simulate::run(&args),
            Command::Coalition(args) => coalition::run(&args),
            Command::Game(args) => game::run(&args),
            Command::Theory(args) => theory::run(&args),
            Command::Fit(args) => fit::run(&args),
            Command::Backtest(args) => backtest::run(&args),
            Command::Check(args) => check::run(&args),
            Command::Completions(args) => shell::completions(&args, &mut Self::command()),
            Command::Man(args) => shell::man(&args, Self::command()),
        }
    }
}

fn is_broken_pipe(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
}

/// A note to the user, on standard error.
fn note(text: &str) {
    if !QUIET.load(Ordering::Relaxed) {
        say("note", text);
    }
}

/// A line on standard error. That nobody can read it is no reason to panic.
fn say(kind: &str, text: &str) {
    let _ = writeln!(io::stderr(), "{kind}: {}", styles::escaped(text));
}

/// What to copy into a report of a fault, on standard error.
fn note_fault() {
    note(&format!("to report the fault: {}", fault_line(&output::command())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
