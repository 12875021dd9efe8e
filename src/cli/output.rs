//! Where output goes: standard output, or a file that is whole or not there.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::error::{Error, FAULT, Result};

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

/// Puts `text` into the file, or on standard output. Styles are for terminals alone. Where it
/// tells of a fault, a note has the line to report it with.
pub(super) fn put(output: Option<&Path>, text: &str) -> Result<()> {
    if text.split_whitespace().collect::<Vec<_>>().join(" ").contains(FAULT) {
        super::note_fault();
    }
    match output {
        Some(path) => {
            let plain = anstream::adapter::strip_str(text).to_string();
            write_whole(path, plain.as_bytes())
        }
        None => {
            let mut out = anstream::stdout().lock();
            out.write_all(text.as_bytes())
                .and_then(|()| out.flush())
                .map_err(|error| Error::io("standard output", error))
        }
    }
}

/// Writes a file so that it is there whole or, whatever happens, as it was before: beside
/// its place first, then renamed.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    // What is not a plain file (a pipe, a terminal) cannot be replaced, only written to.
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return fs::write(path, bytes).map_err(|error| Error::io(path, error));
    }
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    replace(folder.unwrap_or(Path::new(".")), path, bytes).map_err(|error| Error::io(path, error))
}

fn replace(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As an ordinary new file would be made: the umask takes off what it must.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.prefix(".equipoise-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
