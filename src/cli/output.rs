//! Where output goes: standard output, or a file that is whole or not there.

use std::fs;
#[cfg(feature = "cli")]
use std::io::IsTerminal;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::cli::{request, session, styles};
use crate::error::{Error, FAULT, Result};
use crate::report::Provenance;
use crate::report::format::Written;

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// The whole report with its certificates (schema 1)
    Json,
    /// Tidy: a row an observation, one type a column
    Csv,
    /// The table for Markdown
    #[value(alias = "md")]
    Markdown,
    /// The table for LaTeX
    #[value(alias = "tex")]
    Latex,
    /// The table as Parquet; needs -o, and a build with the feature `parquet`
    Parquet,
    /// One self-contained page with figures, and tables that sort
    Html,
}

use Format::{Csv, Html, Json, Latex, Markdown, Parquet, Text};

/// A parser of the forms of a report, of one without a page all but that.
fn forms(page: bool) -> impl TypedValueParser<Value = Format> {
    let all = Format::value_variants().iter().filter(move |form| page || **form != Html);
    let values = all.filter_map(ValueEnum::to_possible_value);
    PossibleValuesParser::new(values).map(|name| Format::from_str(&name, true).unwrap_or(Text))
}

impl Format {
    /// The form of a file by its name's ending; text, if it says nothing.
    fn of(path: &Path) -> Self {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        match ending.as_deref() {
            Some("json") => Json,
            Some("csv") => Csv,
            Some("md" | "markdown") => Markdown,
            Some("tex") => Latex,
            Some("parquet") => Parquet,
            Some("html" | "htm") => Html,
            _ => Text,
        }
    }
}

/// Where and in which form, a page among them.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct PageArgs {
    /// Form of the output; by default that of FILE's ending, else text
    #[arg(long, value_parser = forms(true))]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

impl PageArgs {
    /// The form that was asked for.
    pub(super) fn format(&self) -> Format {
        chosen(self.format, self.output.as_deref())
    }

    /// Whether it is a table alone, as a part of a large request may be written.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.format(), Csv | Parquet)
    }

    /// Refuses what cannot be written, before anything is solved.
    pub(super) fn check(&self) -> Result<()> {
        check(self.format(), self.output.as_deref(), true)
    }

    /// What a report in this form says that it was made from.
    pub(super) fn provenance(&self) -> Result<Option<Provenance>> {
        provenance(self.format())
    }

    /// Puts a report where it belongs.
    pub(super) fn write(
        &self,
        report: &impl Written,
        page: impl FnOnce() -> Result<String>,
    ) -> Result<()> {
        self.check()?;
        let text = match self.format() {
            Html => page()?,
            form => return write(form, self.output.as_deref(), report),
        };
        put(self.output.as_deref(), &text)
    }
}

/// The form that is asked for, or that a file's ending says.
fn chosen(format: Option<Format>, output: Option<&Path>) -> Format {
    format.or(output.map(Format::of)).unwrap_or(Text)
}

/// Of JSON alone: other forms do not show it.
fn provenance(form: Format) -> Result<Option<Provenance>> {
    if form == Json { request::provenance() } else { Ok(None) }
}

/// Refuses a form that the command does not have, or this build, or standard output.
fn check(form: Format, output: Option<&Path>, page: bool) -> Result<()> {
    if form == Html && !page {
        let expected = "a form of this command: text, json, csv, markdown or latex";
        return Err(Error::parameter("format", expected, "html, by the ending of FILE"));
    }
    if form == Parquet && !cfg!(feature = "parquet") {
        let expected = "a form of this build; for parquet build it with `cargo build --release \
                        --features parquet`";
        return Err(Error::parameter("format", expected, "parquet"));
    }
    if form == Parquet && output.is_none() {
        return Err(Error::parameter("output", "-o FILE beside --format parquet", "none"));
    }
    Ok(())
}

fn write(form: Format, output: Option<&Path>, report: &impl Written) -> Result<()> {
    let text = match form {
        Text | Html => report.text(),
        Json => report.json(),
        Csv => report.table().csv(),
        Markdown => report.table().markdown(),
        Latex => report.table().latex(),
        Parquet => return write_parquet(output, report),
    };
    put(output, &text)
}

#[cfg(feature = "parquet")]
fn write_parquet(output: Option<&Path>, report: &impl Written) -> Result<()> {
    let bytes = report.table().parquet()?;
    output.map_or(Ok(()), |path| Staged::new(path, &bytes)?.commit())
}

#[cfg(not(feature = "parquet"))]
fn write_parquet(output: Option<&Path>, _: &impl Written) -> Result<()> {
    check(Parquet, output, false)
}

/// The command that this session was started with, to be typed into a shell again.
pub(super) fn command() -> String {
    typed(session::with(|session| session.words.clone()))
}

/// A command to be typed into a shell, from its words.
pub(super) fn typed(words: Vec<String>) -> String {
    let quoted = |word: String| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_./,=:+@%".contains(c);
        if !word.is_empty() && word.chars().all(plain) {
            word
        } else {
            format!("'{}'", word.replace('\'', "'\\''"))
        }
    };
    let words = words.into_iter().map(quoted);
    std::iter::once("equipoise".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// Where and in which form.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct OutputArgs {
    /// Form of the output; by default that of FILE's ending, else text
    #[arg(long, value_parser = forms(false))]
    format: Option<Format>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl OutputArgs {
    /// Refuses what cannot be written, before anything is solved.
    pub(super) fn check(&self) -> Result<()> {
        check(chosen(self.format, self.output.as_deref()), self.output.as_deref(), false)
    }

    /// What a report in this form says that it was made from.
    pub(super) fn provenance(&self) -> Result<Option<Provenance>> {
        provenance(chosen(self.format, self.output.as_deref()))
    }

    /// Puts a report where it belongs.
    pub(super) fn write(&self, report: &impl Written) -> Result<()> {
        self.check()?;
        write(chosen(self.format, self.output.as_deref()), self.output.as_deref(), report)
    }
}

/// Whether the program was started without a standard output: what is written to it is lost.
pub(super) static STDOUT_IS_CLOSED: AtomicBool = AtomicBool::new(false);

/// Puts `text` into the file, or on standard output. Styles are for terminals alone, and so are
/// control characters in names: there they are escaped. Where it tells of a fault, a note has the
/// line to report it with.
pub(super) fn put(output: Option<&Path>, text: &str) -> Result<()> {
    if tells_fault(text) {
        super::note_fault();
    }
    match output.filter(|path| *path != Path::new("-")) {
        Some(path) => Staged::new(path, styles::removed(text).as_bytes())?.commit(),
        None if capture(styles::removed(text).as_bytes()) => Ok(()),
        None if STDOUT_IS_CLOSED.load(Ordering::Relaxed) => {
            let closed = io::Error::other("it is closed; write to a file with -o");
            Err(Error::io("standard output", closed))
        }
        None => {
            let mut out = io::stdout().lock();
            out.write_all(shown(text).as_bytes())
                .and_then(|()| out.flush())
                .map_err(|error| Error::io("standard output", error))
        }
    }
}

/// Whether it has the words of a fault, however the lines are broken.
fn tells_fault(text: &str) -> bool {
    let words: Vec<&str> = FAULT.split_whitespace().collect();
    let [first, .., last] = words[..] else { return text.contains(FAULT) };
    text.match_indices(first).any(|(at, _)| {
        let mut said = text[at..].split_whitespace();
        words[..words.len() - 1].iter().all(|word| said.next() == Some(word))
            && said.next().is_some_and(|said| said.starts_with(last))
    })
}

/// The text as standard output is to have it.
#[cfg(feature = "cli")]
fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    let stdout = io::stdout();
    if !stdout.is_terminal() {
        return styles::removed(text);
    }
    let colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
    styles::for_terminal(text, colour)
}

#[cfg(not(feature = "cli"))]
fn shown(text: &str) -> std::borrow::Cow<'_, str> {
    styles::removed(text)
}

/// Whether the caller of this session takes what would go to standard output; then it has these
/// bytes too.
fn capture(bytes: &[u8]) -> bool {
    session::with(|session| match &mut session.captured {
        Some(captured) => {
            captured.output.extend_from_slice(bytes);
            true
        }
        None => false,
    })
}

/// Puts bytes into the file, or on standard output.
pub(super) fn put_bytes(output: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match output.filter(|path| *path != Path::new("-")) {
        Some(path) => Staged::new(path, bytes)?.commit(),
        None if capture(bytes) => Ok(()),
        None => {
            let written = io::stdout().lock().write_all(bytes);
            written.map_err(|error| Error::io("standard output", error))
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
    /// It is for the caller of a session that is kept from the disk.
    Handed(PathBuf, Vec<u8>),
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
        if session::is_sealed() {
            return Ok(Self(Place::Handed(path.to_owned(), bytes.to_vec())));
        }
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
            Place::Handed(path, bytes) => {
                session::with(|session| {
                    let captured = session.captured.get_or_insert_default();
                    captured.written.push((path, bytes));
                });
                Ok(())
            }
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
