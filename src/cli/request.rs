//! The request of a session, as reports carry it.

use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Command};

use crate::cli::{input, session};
use crate::error::Result;
use crate::report::{InputReport, Keyed, Provenance, sha256};
use crate::table::files;

/// Options that say how to work and where the output goes: no report depends on them.
const NOT_ASKED: [&str; 15] = [
    "output",
    "format",
    "plot",
    "figure",
    "width",
    "dpi",
    "no_title",
    "quiet",
    "explain",
    "threads",
    "shard",
    "time_limit",
    "write_nfg",
    "nfg",
    "help",
];

/// The command with its options, and the options that name files.
#[derive(Debug, Clone, Default)]
pub(super) struct Request {
    command: String,
    options: Vec<(String, String)>,
    files: Vec<(String, PathBuf)>,
    /// The options that the command line has.
    given: Vec<String>,
}

/// Takes down what the session was asked for.
pub(super) fn note(matches: &ArgMatches, command: &Command) {
    let mut request = Request::default();
    request.collect(matches, command);
    session::with(|session| session.request = Some(request));
}

/// Whether the command line has an option, by its long name, rather than its default.
pub(super) fn is_given(name: &str) -> bool {
    session::with(|session| {
        let request = session.request.as_ref();
        request.is_some_and(|request| request.given.iter().any(|given| given == name))
    })
}

/// The options that the command line of this session has, as one asks for the same with them: name
/// and value; and the paths among the values.
#[cfg(feature = "cli")]
pub(super) fn asked() -> (Vec<(String, String)>, Vec<PathBuf>) {
    let Some(request) = session::with(|session| session.request.clone()) else {
        return Default::default();
    };
    let mut options = request.options;
    let paths = request.files.iter().filter(|(name, _)| name != "file");
    for (name, path) in paths.clone() {
        let path = path.display().to_string();
        match options.iter_mut().find(|(other, _)| other == name) {
            Some((_, value)) => *value = format!("{value},{path}"),
            None => options.push((name.clone(), path)),
        }
    }
    options.retain(|(name, _)| request.given.contains(name));
    (options, paths.map(|(_, path)| path.clone()).collect())
}

/// Takes down the bytes of standard input.
pub(super) fn note_standard_input(bytes: &[u8]) {
    session::with(|session| session.digest = Some(sha256(bytes)));
}

/// What the report of this session was made from.
///
/// # Errors
/// If an input cannot be read again.
pub(super) fn provenance() -> Result<Option<Provenance>> {
    let Some(request) = session::with(|session| session.request.clone()) else {
        return Ok(None);
    };
    let input = |(option, path): &(String, PathBuf)| -> Result<InputReport> {
        Ok(InputReport { option: option.clone(), name: input::name(path), sha256: digest(path)? })
    };
    Ok(Some(Provenance {
        version: env!("CARGO_PKG_VERSION").into(),
        command: request.command.clone(),
        request: Keyed(request.options.clone()),
        inputs: request.files.iter().map(input).collect::<Result<_>>()?,
        capabilities: None,
    }))
}

fn digest(path: &Path) -> Result<Option<String>> {
    if input::is_standard(path) {
        return Ok(session::with(|session| session.digest.clone()));
    }
    Ok(if files::is_plain(path) { Some(sha256(&files::read(path)?)) } else { None })
}

impl Request {
    fn collect(&mut self, matches: &ArgMatches, command: &Command) {
        for argument in command.get_arguments() {
            let id = argument.get_id().as_str();
            if NOT_ASKED.contains(&id) {
                continue;
            }
            let name = argument.get_long().unwrap_or(id).to_owned();
            if matches.value_source(id) == Some(ValueSource::CommandLine) {
                self.given.push(name.clone());
            }
            if let Ok(Some(paths)) = matches.try_get_many::<PathBuf>(id) {
                self.files.extend(paths.map(|path| (name.clone(), path.clone())));
                continue;
            }
            let Ok(Some(values)) = matches.try_get_raw(id) else { continue };
            let values: Vec<String> =
                values.map(|value| value.to_string_lossy().into_owned()).collect();
            // A flag that is not set asks for nothing.
            if !values.is_empty() && values != ["false"] {
                self.options.push((name, values.join(",")));
            }
        }
        if let Some((name, matches)) = matches.subcommand()
            && let Some(command) = command.find_subcommand(name)
        {
            let space = if self.command.is_empty() { "" } else { " " };
            self.command = format!("{}{space}{name}", self.command);
            self.collect(matches, command);
        }
    }
}
