//! Where output goes: standard output, or a file that is whole or not there.

use std::fs;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};

use crate::cli::styles;
use crate::error::{Error, Result};

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// The whole report with its certificates (schema 1)
    Json,
    /// Tidy: one number a row
    Csv,
}

/// The form of the output of commands that have a page too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// For people
    Text,
    /// The whole report with its certificates (schema 1)
    Json,
    /// Tidy: one number a row
    Csv,
    /// One self-contained page with figures, and tables that sort
    Html,
}

/// Where and in which form, a page among them.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct PageArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: PageFormat,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl PageArgs {
    /// Puts `text` where it belongs. Styles are for terminals alone.
    pub(super) fn write(&self, text: &str) -> Result<()> {
        put(self.output.as_deref(), text)
    }
}

/// The command that this process was started with, to be typed into a shell again.
pub(super) fn command() -> String {
    let quoted = |word: String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=:+@%".contains(c);
        if !word.is_empty() && word.chars().all(plain) {
            word
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    };
    let words = std::env::args_os().skip(1).map(|word| quoted(word.to_string_lossy().into_owned()));
    std::iter::once("equipoise".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Where and in which form.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Form of the output
    #[arg(long, value_enum, default_value = "text")]
    pub(super) format: Format,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl OutputArgs {
    /// Text to standard output.
    pub(super) fn standard() -> Self {
        Self { format: Format::Text, output: None }
    }

    /// Puts `text` where it belongs. Styles are for terminals alone.
    pub(super) fn write(&self, text: &str) -> Result<()> {
        put(self.output.as_deref(), text)
    }
}

/// Whether the program was started without a standard output: what is written to it is lost.
pub(super) static STDOUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Puts `text` into the file, or on standard output. Styles are for terminals alone, and so are
/// control characters in names: there they are escaped.
pub(super) fn put(output: Option<&Path>, text: &str) -> Result<()> {
    match output.filter(|path| *path != Path::new("-")) {
        Some(path) => Staged::new(path, styles::removed(text).as_bytes())?.commit(),
        None if STDOUT_IS_CLOSED.load(Ordering::Relaxed) => {
            let closed = io::Error::other("it is closed; write to a file with -o");
            Err(Error::io("standard output", closed))
        }
        None => {
            let stdout = io::stdout();
            let shown = if stdout.is_terminal() {
                let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
                styles::for_terminal(text, colour)
            } else {
                styles::removed(text)
            };
            let mut out = stdout.lock();
            out.write_all(shown.as_bytes())
                .and_then(|()| out.flush())
                .map_err(|error| Error::io("standard output", error))
        }
    }
}

/// A file that is written beside its place, and put there when all else has worked: it is there
/// whole or, whatever happens, as it was before.
#[must_use = "a staged file is dropped unless it is committed"]
pub(super) struct Staged(Place);

enum Place {
    /// No file was asked for.
    Nowhere,
    /// What is not a plain file (a pipe, a terminal) cannot be replaced, only written to.
    Direct(PathBuf, Vec<u8>),
    /// A file beside the one that it is to replace.
    Beside(PathBuf, tempfile::NamedTempFile),
}

impl Staged {
    /// Nothing to write.
    pub(super) fn nothing() -> Self {
        Self(Place::Nowhere)
    }

    /// Writes `bytes` beside `path`, or beside what it links to.
    pub(super) fn new(path: &Path, bytes: &[u8]) -> Result<Self> {
        let known = fs::metadata(path).ok();
        if known.as_ref().is_some_and(|meta| !meta.is_file()) {
            return Ok(Self(Place::Direct(path.to_owned(), bytes.to_vec())));
        }
        let target = resolved(path);
        let file = beside(&target, known.map(|meta| meta.permissions()), bytes)
            .map_err(|error| Error::io(path, error))?;
        Ok(Self(Place::Beside(target, file)))
    }

    /// Puts the file in its place.
    pub(super) fn commit(self) -> Result<()> {
        match self.0 {
            Place::Nowhere => Ok(()),
            Place::Direct(path, bytes) => {
                fs::write(&path, bytes).map_err(|error| Error::io(path, error))
            }
            Place::Beside(target, file) => match file.persist(&target) {
                Ok(_) => Ok(()),
                Err(failed) => Err(Error::io(target, failed.error)),
            },
        }
    }
}

fn beside(
    target: &Path,
    permissions: Option<fs::Permissions>,
    bytes: &[u8],
) -> io::Result<tempfile::NamedTempFile> {
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As an ordinary new file would be made: the umask takes off what it must.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".equipoise-").tempfile_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(bytes)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

/// The file that a path means: through symbolic links, also where the last one leads nowhere yet.
pub(super) fn resolved(path: &Path) -> PathBuf {
    const LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(link) = fs::read_link(&path) else { break };
        path = path.parent().unwrap_or(Path::new("")).join(link);
    }
    path
}
