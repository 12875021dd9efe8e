//! What can go wrong, said so that it can be mended: the place, what was expected, what
//! was found, what to do.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// How a fault of this program is told from other reasons, in words.
pub const REPORT_FAULT: &str = "please report this as a fault of equipoise";

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
    #[error("LP backend {backend}: {problem}; try another one with --lp")]
    Backend {
        /// The backend.
        backend: &'static str,
        /// What it reported.
        problem: String,
    },
    /// The time was up: what was asked for is undecided.
    #[error("the time was up")]
    TimeUp,
    /// A computed result did not pass its own check, so it is not reported.
    #[error("{finding}: {problem}; {REPORT_FAULT} {}", env!("CARGO_PKG_VERSION"))]
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

    /// Whether this program failed, on input that it takes.
    pub fn is_fault(&self) -> bool {
        matches!(*self.0, ErrorKind::Backend { .. } | ErrorKind::Uncertified { .. })
    }

    /// A file that could not be read or written.
    pub fn io(path: impl Into<PathBuf>, source: io::Error) -> Self {
        ErrorKind::Io { path: path.into(), source }.into()
    }
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
