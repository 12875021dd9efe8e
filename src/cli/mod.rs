//! The command line: parse, run, exit code.
//!
//! Text for people goes to standard output; notes, progress and errors to standard error. The same
//! commands can be run from within a process ([`Request`]), as the Python package does: so a request
//! has one meaning, one set of defaults and one form in which reports carry it.

mod backtest;
mod by_rule;
mod cases;
mod check;
mod coalition;
mod compare;
mod concepts;
mod embedded;
mod estimate;
#[cfg(feature = "cli")]
mod explore;
mod externalities;
mod fit;
mod footage;
mod game;
mod hedonic;
mod history;
mod horizon;
mod input;
mod mixed;
mod objective;
mod output;
mod parts;
mod paths;
mod plot;
mod progress;
mod request;
mod security;
mod session;
#[cfg(feature = "cli")]
mod shell;
mod show;
mod simulate;
mod solve;
mod styles;
mod sweep;
mod system;
mod tactics;
mod theory;
mod work;

use std::io::{self, Write};
#[cfg(feature = "cli")]
use std::process::ExitCode;
#[cfg(feature = "cli")]
use std::sync::atomic::Ordering;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

#[cfg(feature = "cli")]
use crate::error::FAULT;
use crate::error::{Error, ErrorKind, Result, fault_line};

pub use embedded::{Answer, Opt, Request, options};
pub use session::Watcher;

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
    /// The live page: one system in the browser, redrawn as one drags
    #[cfg(feature = "cli")]
    Explore(Box<explore::Args>),
    /// Make the report of all parts of a request that was solved in pieces (--shard)
    Merge(parts::MergeArgs),
    /// Re-verify a saved report from what is in it, without solving anything
    Check(check::Args),
    /// A saved report again: for people, as a table, a page or a figure
    Show(show::Args),
    /// Print the completion script for a shell
    #[cfg(feature = "cli")]
    Completions(shell::CompletionsArgs),
    /// Print the manual page, or write one for each command
    #[cfg(feature = "cli")]
    Man(shell::ManArgs),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Exit code 0.
    Answered,
    /// Exit code 1.
    Open,
    /// Exit code 3: accepted in part.
    InPart,
}

/// Runs the program with the process's arguments; `stdout_is_closed` if it was started without a
/// standard output.
#[cfg(feature = "cli")]
pub fn main(stdout_is_closed: bool) -> ExitCode {
    session::begin();
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
        session::with(|session| session.quiet = self.quiet);
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
            #[cfg(feature = "cli")]
            Command::Explore(args) => explore::run(&args),
            Command::Merge(args) => {
                let (parts, words) = args.read()?;
                merge(parts, &words)
            }
            Command::Check(args) => check::run(&args),
            Command::Show(args) => show::run(&args),
            #[cfg(feature = "cli")]
            Command::Completions(args) => shell::completions(&args, &mut Self::command()),
            #[cfg(feature = "cli")]
            Command::Man(args) => shell::man(&args, Self::command()),
        }
    }
}

/// Runs a command with the answers of parts.
fn merge(parts: parts::Parts, words: &[String]) -> Result<Status> {
    let (matches, command) = parsed(words)?;
    paths::check(&matches)?;
    request::note(&matches, &command);
    session::with(|session| {
        session.parts = Some(parts);
        session.words = words.to_vec();
    });
    Cli::from_arg_matches(&matches).map_err(usage)?.run()
}

/// The words of a command, as the program's arguments are parsed, and what they were parsed by.
fn parsed(words: &[String]) -> Result<(clap::ArgMatches, clap::Command)> {
    let program = std::iter::once("equipoise").chain(words.iter().map(String::as_str));
    let mut command = Cli::command();
    let matches = command.try_get_matches_from_mut(program).map_err(usage)?;
    Ok((matches, command))
}

/// What is wrong with the words of a command, in one line.
fn usage(error: clap::Error) -> Error {
    let text = error.to_string();
    let said = text.split("\n\nUsage").next().unwrap_or_default();
    let said: Vec<&str> = said.split_whitespace().collect();
    ErrorKind::Usage(said.join(" ").trim_start_matches("error: ").to_owned()).into()
}

#[cfg(feature = "cli")]
fn is_broken_pipe(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
}

/// A note to the user, on standard error or for the caller.
fn note(text: &str) {
    let for_caller = session::with(|session| match &mut session.captured {
        Some(captured) => {
            captured.notes.push(text.to_owned());
            true
        }
        None => session.quiet,
    });
    if !for_caller {
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
