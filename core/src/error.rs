//! What can go wrong, said so that it can be mended: the place, what was expected, what
//! was found, what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// This version of equipoise.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What every message of a fault says, before the version.
pub const FAULT: &str = "please report this as a fault of equipoise";

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// Any error of the crate: a boxed [`ErrorKind`].
///
/// Infeasible, undecided and "no equilibrium found" are results, not errors.
pub struct Error(Box<ErrorKind>);

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// A place in an input file holds something that cannot be used.
    #[error("{place}: {problem}; {remedy}")]
    Input {
        /// Where.
        place: Place,
        /// What was expected and what was found.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// A parameter or option has a value that it cannot have.
    #[error("{name}: expected {expected}, found {found}")]
    Parameter {
        /// The parameter, as the user writes it.
        name: &'static str,
        /// The values it can have.
        expected: String,
        /// The value given.
        found: String,
    },
    /// The words of a command are not as it takes them.
    #[error("{0}")]
    Usage(String),
    /// The states asked for do not make a system.
    #[error("{problem}; {remedy}")]
    System {
        /// What is wrong with the system.
        problem: String,
        /// What to do about it.
        remedy: String,
    },
    /// The work asked for is larger than the limit.
    #[error("{work} (limit {limit}); {remedy}")]
    TooLarge {
        /// What would have to be looked at.
        work: String,
        /// The largest size that is.
        limit: String,
        /// How to make it smaller.
        remedy: String,
    },
    /// One of several cases failed.
    #[error("{case}: {source}")]
    Case {
        /// The case.
        case: String,
        /// What went wrong in it.
        source: Error,
    },
    /// An LP backend failed on a problem that has a solution by construction.
    #[error("LP backend {backend}: {problem}; {remedy}")]
    Backend {
        /// The backend.
        backend: &'static str,
        /// What it reported.
        problem: String,
        /// What to do about it in this build.
        remedy: String,
    },
    /// The time was up: what was asked for is undecided.
    #[error("the time was up")]
    TimeUp,
    /// A computed result did not pass its own check, so it is not reported.
    #[error("{}; {FAULT} {VERSION}", said_of(finding, problem))]
    Uncertified {
        /// The finding that was refused.
        finding: &'static str,
        /// Which claim failed, and by how much.
        problem: String,
    },
}

/// A place in a file: the name, and the line and column where they are known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name, or what it is called where it has none (`standard input`).
    pub file: String,
    /// Line, from 1.
    pub line: Option<u64>,
    /// The column's name in the header.
    pub column: Option<String>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }

    /// A line of it.
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self { line: Some(line), ..Self::file(file) }
    }

    /// A cell of it.
    pub fn cell(file: impl Into<String>, line: u64, column: impl Into<String>) -> Self {
        Self { column: Some(column.into()), ..Self::line(file, line) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {column}")?;
        }
        Ok(())
    }
}

impl Error {
    /// What went wrong, to match on.
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// A place in a file, what is wrong there, and the remedy.
    pub fn input(place: Place, problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ErrorKind::Input { place, problem: problem.into(), remedy: remedy.into() }.into()
    }

    /// A parameter out of its range.
    pub fn parameter(
        name: &'static str,
        expected: impl Into<String>,
        found: impl fmt::Display,
    ) -> Self {
        let found = found.to_string();
        ErrorKind::Parameter { name, expected: expected.into(), found }.into()
    }

    /// States that do not make a system.
    pub fn system(problem: impl Into<String>, remedy: impl Into<String>) -> Self {
        ErrorKind::System { problem: problem.into(), remedy: remedy.into() }.into()
    }

    /// Work above a limit.
    pub fn too_large(
        work: impl Into<String>,
        limit: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        ErrorKind::TooLarge { work: work.into(), limit: limit.into(), remedy: remedy.into() }.into()
    }

    /// The reason why a finding is undecided, so that one concept that fails does not take the
    /// others along.
    ///
    /// # Errors
    /// The error itself where it is one of the input, which the user has to mend.
    pub fn into_reason(self) -> Result<String> {
        if self.is_fault() { Ok(self.to_string()) } else { Err(self) }
    }

    /// Whether it is the program's fault and nobody else's: to be reported with its version and
    /// the input.
    pub fn is_fault(&self) -> bool {
        match self.kind() {
            ErrorKind::Uncertified { .. } | ErrorKind::Backend { .. } => true,
            ErrorKind::Case { source, .. } => source.is_fault(),
            _ => false,
        }
    }

    /// A file that could not be read or written.
    pub fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        ErrorKind::Io { path: path.into(), source }.into()
    }
}

/// One line to copy into a report of a fault: the version, and the command with its input.
pub fn fault_line(command: &str) -> String {
    format!("equipoise {VERSION}: {command}")
}

/// A problem with the finding that it is about, which it may name itself.
fn said_of(finding: &str, problem: &str) -> String {
    let named = problem.strip_prefix(finding).is_some_and(|rest| rest.starts_with([':', ',']));
    if named { problem.to_owned() } else { format!("{finding}: {problem}") }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_becomes_a_reason_that_names_the_version_once() {
        let fault = |problem: &str| {
            Error::from(ErrorKind::Uncertified { finding: "blocs", problem: problem.into() })
        };
        let reason = fault("blocs: Nash stability").into_reason().unwrap();
        assert_eq!(reason, format!("blocs: Nash stability; {FAULT} {VERSION}"));
        let reason = fault("the value differs").into_reason().unwrap();
        assert_eq!(reason, format!("blocs: the value differs; {FAULT} {VERSION}"));
        assert!(Error::system("one state", "give two").into_reason().is_err());
        assert!(fault_line("equipoise solve a.csv").contains(VERSION));
    }
}
