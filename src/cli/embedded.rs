//! Commands run from within a process: what the Python package calls.

use std::any::TypeId;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::session::{self, Captured, Session, Watcher};
use crate::cli::{Cli, Status, parsed, parts, paths, request};
use crate::error::{Error, ErrorKind, Result};
use crate::table::files;

/// A command and what it is given besides its words.
#[derive(Default)]
pub struct Request {
    /// The words of the command line after the program's name: `["solve", "system.csv"]`.
    pub words: Vec<String>,
    /// Files by the paths that the words have, in place of those on disk.
    pub files: Vec<(PathBuf, Vec<u8>)>,
    /// What `-` reads in place of standard input.
    pub input: Option<Vec<u8>>,
    /// Whether it is kept from the disk: it reads no files but these, and what it would write is in
    /// the answer.
    pub sealed: bool,
    /// All parts of the request that were solved with `--shard`, to be put together.
    pub parts: Option<Vec<Vec<u8>>>,
    /// Receives how far the work is.
    pub watcher: Option<Watcher>,
    /// Once set, the command ends as if its time were up.
    pub stop: Option<&'static AtomicBool>,
}

/// What a command said.
#[derive(Debug)]
pub struct Answer {
    /// What would have gone to standard output.
    pub output: Vec<u8>,
    /// The notes.
    pub notes: Vec<String>,
    /// The files that a sealed command would have written.
    pub written: Vec<(PathBuf, Vec<u8>)>,
    /// How it ended.
    pub status: Status,
}

impl Request {
    /// Runs the command on this thread, or in a pool of `--threads` of its own.
    ///
    /// # Errors
    /// As the command has them; [`ErrorKind::Usage`] if the words are not as it takes them, and
    /// [`ErrorKind::TimeUp`] if it was stopped.
    pub fn answer(self) -> Result<Answer> {
        let (matches, command) = parsed(&self.words)?;
        let threads = matches
            .subcommand()
            .and_then(|(_, command)| command.try_get_one::<u16>("threads").ok().flatten().copied());
        let run = || self.run(&matches, &command);
        match threads {
            None => run(),
            Some(threads) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into()).build();
                let expected = "a number of threads that the system can start";
                pool.map_err(|error| Error::parameter("threads", expected, error))?.install(run)
            }
        }
    }

    fn run(self, matches: &clap::ArgMatches, command: &clap::Command) -> Result<Answer> {
        let named = |(at, bytes)| (format!("part {}", at + 1), bytes);
        let of = |parts: Vec<Vec<u8>>| {
            parts::Parts::of(parts.into_iter().enumerate().map(named).collect())
        };
        let parts = self.parts.map(of).transpose()?;
        let own = Session::embedded(self.words).watched(self.watcher, self.stop);
        let mut own = own.sealed(self.sealed);
        (own.input, own.parts) = (self.input, parts);
        let others = files::give(files::Given::new(self.files, self.sealed));
        let before = own.enter();
        let run = || {
            paths::check(matches)?;
            request::note(matches, command);
            Cli::from_arg_matches(matches).map_err(super::usage)?.run()
        };
        let status = catch_unwind(AssertUnwindSafe(run));
        let stopped = session::is_stopped();
        files::give(others);
        let captured = before.enter().captured.unwrap_or_default();
        let status = status.unwrap_or_else(|_| {
            let finding = "command";
            Err(ErrorKind::Uncertified { finding, problem: "it ended in a panic".into() }.into())
        })?;
        if stopped {
            return Err(ErrorKind::TimeUp.into());
        }
        let Captured { output, notes, written, .. } = captured;
        Ok(Answer { output, notes, written, status })
    }
}

/// An option of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opt {
    /// Its name, `war-cost`; of an argument without one what help calls it, `SYSTEM.csv`.
    pub name: String,
    /// What it is, in a sentence or two.
    pub help: String,
    /// What it is without being given.
    pub default: Option<String>,
    /// The words that it takes, where it takes no others.
    pub values: Vec<String>,
    /// Whether it is a flag, which takes none.
    pub is_flag: bool,
    /// Whether it has a place instead of a name.
    pub is_positional: bool,
    /// Whether it names files.
    pub is_file: bool,
}

/// The options of a command, `["theory", "landscape"]`, in the order of its help; `None` if there is
/// no such command.
pub fn options(command: &[&str]) -> Option<Vec<Opt>> {
    let mut found = Cli::command();
    found.build();
    for name in command {
        found = found.find_subcommand(name)?.clone();
    }
    let option = |arg: &clap::Arg| {
        let defaults: Vec<String> =
            arg.get_default_values().iter().map(|v| v.to_string_lossy().into_owned()).collect();
        let is_flag = !arg.get_action().takes_values();
        let values = arg.get_possible_values();
        Opt {
            name: arg.get_long().map_or_else(
                || arg.get_value_names().and_then(<[_]>::first).map_or("", |n| n.as_str()).into(),
                str::to_owned,
            ),
            help: arg.get_help().map(ToString::to_string).unwrap_or_default(),
            default: (!defaults.is_empty() && !is_flag).then(|| defaults.join(",")),
            values: match is_flag {
                true => Vec::new(),
                false => values.iter().map(|value| value.get_name().to_owned()).collect(),
            },
            is_flag,
            is_positional: arg.is_positional(),
            is_file: arg.get_value_parser().type_id() == TypeId::of::<PathBuf>(),
        }
    };
    let arguments = found.get_arguments().filter(|arg| !arg.is_hide_set());
    Some(
        arguments
            .filter(|arg| !matches!(arg.get_id().as_str(), "help" | "quiet"))
            .map(option)
            .collect(),
    )
}
