//! A file beside a sweep's output that keeps what is solved while it runs, so that a sweep that
//! is stopped (by hand, by the time, by a power cut) goes on where it was.
//!
//! The first line is the complete settings; each of the others an array, `[u,v,outcome]`. Lines
//! are appended and flushed in batches. A last line without its end is one that was cut off: it
//! is taken away, and its place solved again. A journal of other settings is refused.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind as IoErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Outcome, Place, Store};
use crate::error::{Error, Place as FilePlace, Result};

/// What was solved of a sweep, in a file.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    known: HashMap<Place, Outcome>,
}

impl Journal {
    /// Opens the journal of a sweep with these settings (one line of text), or begins one.
    ///
    /// # Errors
    /// If the file cannot be read or written, is of other settings, or a line in it is no
    /// outcome: with the line, and what to do.
    pub fn open(path: &Path, settings: &str) -> Result<Self> {
        let io = |error| Error::io(path, error);
        let bytes = match std::fs::read(path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == IoErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(io(error)),
        };
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let known = read(&name, &bytes[..whole], settings)?;
        let mut file = OpenOptions::new().create(true).append(true).open(path).map_err(io)?;
        file.set_len(whole as u64).map_err(io)?;
        if whole == 0 {
            file.write_all(format!("{settings}\n").as_bytes())
                .and_then(|()| file.sync_data())
                .map_err(io)?;
        }
        Ok(Self { path: path.to_owned(), file, known })
    }

    /// How many places it knew when it was opened.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it knew none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes the file away: what it kept is written elsewhere.
    ///
    /// # Errors
    /// If it cannot be taken away.
    pub fn remove(self) -> Result<()> {
        drop(self.file);
        std::fs::remove_file(&self.path).map_err(|error| Error::io(&self.path, error))
    }
}

impl Store for Journal {
    fn known(&self, place: Place) -> Option<Outcome> {
        self.known.get(&place).copied()
    }

    fn keep(&mut self, solved: &[(Place, Outcome)]) -> Result<()> {
        let mut lines = Vec::new();
        for ([u, v], outcome) in solved {
            // Numbers are finite and writing to memory does not fail.
            serde_json::to_writer(&mut lines, &(u, v, outcome))
                .map_err(|error| Error::io(&self.path, error.into()))?;
            lines.push(b'\n');
        }
        self.file
            .write_all(&lines)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| Error::io(&self.path, error))
    }
}

/// The outcomes of a journal's whole lines.
fn read(name: &str, bytes: &[u8], settings: &str) -> Result<HashMap<Place, Outcome>> {
    let mut known = HashMap::new();
    for (number, line) in (1u64..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if number == 1 {
            if line != settings.as_bytes() {
                let problem = other(line, settings);
                let remedy = "give the command that began it to go on with that sweep, or delete \
                              the file, or write to another one with -o";
                return Err(Error::input(FilePlace::line(name, 1), problem, remedy));
            }
            continue;
        }
        let (u, v, outcome): (u32, u32, Outcome) =
            serde_json::from_slice(line).map_err(|error| {
                let problem = format!("expected a place and its outcome: {error}");
                let remedy = "delete this line; its place is then solved again";
                Error::input(FilePlace::line(name, number), problem, remedy)
            })?;
        known.insert([u, v], outcome);
    }
    Ok(known)
}

/// In what the settings of a journal are others.
fn other(line: &[u8], settings: &str) -> String {
    use serde_json::{Map, Value};
    let expected = "expected the settings of this sweep, found ";
    let theirs = serde_json::from_slice::<Map<String, Value>>(line);
    let ours = serde_json::from_str::<Map<String, Value>>(settings);
    let (Ok(theirs), Ok(ours)) = (theirs, ours) else {
        return format!("{expected}no settings");
    };
    let mut differing: Vec<&str> = ours
        .iter()
        .filter(|(key, value)| theirs.get(*key) != Some(value))
        .map(|(key, _)| key.as_str())
        .collect();
    differing.extend(theirs.keys().filter(|key| !ours.contains_key(*key)).map(String::as_str));
    format!("{expected}those of one with another {}", differing.join(", another "))
}
