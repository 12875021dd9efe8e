//! The command line: parse, run, exit code.
//!
//! Text for people goes to standard output; notes, progress and errors to standard error.

mod cases;
mod check;
mod coalition;
mod compare;
mod game;
mod hedonic;
mod horizon;
mod input;
mod mixed;
mod objective;
mod output;
mod paths;
mod plot;
mod progress;
mod security;
mod shell;
mod solve;
mod styles;
mod sweep;
mod system;
mod tactics;
mod theory;
mod work;

use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{ErrorKind, Result};

/// Which alliances are stable, which equilibria exist, is the system balanced?
#[derive(Debug, Parser)]
#[command(name = "equipoise", version, max_term_width = 100, after_long_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

const EXAMPLES: &str = "\
Examples:
  equipoise solve data/europe-1913.csv
  equipoise solve NMC-70-abridged.csv --year 1913 --majors majors2016.csv
  equipoise solve data/china-2016.csv --capability milex --format json -o report.json
  equipoise compare NMC-70-abridged.csv --years 1816..2016 --majors majors2016.csv
  equipoise sweep --shares triangle --plot phase.svg
  equipoise coalition council.csv --quota 51 --exact
  equipoise check report.json
  equipoise game chicken.nfg
  equipoise theory niou-ordeshook data/europe-1913.csv

Exit codes: 0 answered, 1 undecided or a certificate refuted, 2 bad input or usage.";

#[derive(Debug, Subcommand)]
enum Command {
    /// One system through all lenses, and the verdict
    Solve(Box<solve::Args>),
    /// Many systems, years, measures or settings side by side
    Compare(Box<compare::Args>),
    /// Phase diagrams: where the verdict turns, over parameters or distributions
    Sweep(Box<sweep::Args>),
    /// Any cooperative game: core, nucleolus, power indices
    Coalition(Box<coalition::Args>),
    /// Any n-player game: pure, mixed and correlated equilibria, dominance
    Game(game::Args),
    /// A published theory of alliances and the balance of power
    Theory(Box<theory::Args>),
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
}

/// Runs the program with the process's arguments; `stdout_is_closed` if it was started without a
/// standard output.
pub fn main(stdout_is_closed: bool) -> ExitCode {
    output::STDOUT_IS_CLOSED.store(stdout_is_closed, Ordering::Relaxed);
    let matches = Cli::command().get_matches();
    let run = || {
        paths::check(&matches)?;
        match Cli::from_arg_matches(&matches) {
            Ok(cli) => cli.run(),
            Err(error) => error.exit(),
        }
    };
    match run() {
        Ok(Status::Answered) => ExitCode::SUCCESS,
        Ok(Status::Open) => ExitCode::from(1),
        Err(error) => {
            // Whoever reads our output has seen enough, and knows; a script must know too.
            if !is_broken_pipe(error.kind()) {
                say("error", &error.to_string());
            }
            ExitCode::from(2)
        }
    }
}

impl Cli {
    fn run(self) -> Result<Status> {
        match self.command {
            Command::Solve(args) => solve::run(&args),
            Command::Compare(args) => compare::run(&args),
            Command::Sweep(args) => sweep::run(&args),
            Command::Coalition(args) => coalition::run(&args),
            Command::Game(args) => game::run(&args),
            Command::Theory(args) => theory::run(&args),
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
    say("note", text);
}

/// A line on standard error. That nobody can read it is no reason to panic.
fn say(kind: &str, text: &str) {
    let _ = writeln!(io::stderr(), "{kind}: {}", styles::escaped(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
