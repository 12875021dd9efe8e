//! A file beside a sweep's output that keeps what is solved while it runs, so that a sweep that
//! is stopped (by hand, by the time, by a power cut) goes on where it was.
//!
//! The first line is the complete settings; each of the others a checksum and an array,
//! `[u,v,outcome]`. The checksum is the CRC-32 of the settings and the array, so that neither a
//! damaged line nor one of another sweep is taken for an outcome. Lines are appended and flushed in
//! batches. A last line without its end is one that was cut off: it is taken away, and its place
//! solved again. A journal of other settings is refused, and so is one that another process writes:
//! the file is locked for as long as the sweep runs.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use super::{Outcome, Place, Store};
use crate::error::{Error, Place as FilePlace, Result};

/// What was solved of a sweep, in a file.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    /// The checksum of the settings, which those of the lines begin from.
    seal: crc32fast::Hasher,
    known: HashMap<Place, Outcome>,
}

impl Journal {
    /// Opens the journal of a sweep with these settings (one line of text), or begins one.
    ///
    /// # Errors
    /// If the file cannot be read or written, another process has it open, it is of other settings,
    /// or a line in it is not as it was written: with the line, and what to do.
    pub fn open(path: &Path, settings: &str) -> Result<Self> {
        let io = |error| Error::io(path, error);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut file =
            OpenOptions::new().create(true).read(true).append(true).open(path).map_err(io)?;
        lock(&file, path, &name)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(io)?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let mut seal = crc32fast::Hasher::new();
        seal.update(settings.as_bytes());
        if whole == 0 && !settings.as_bytes().starts_with(&bytes) {
            return Err(foreign(&name, &bytes, settings));
        }
        let known = read(&name, &bytes[..whole], settings, &seal)?;
        file.set_len(whole as u64).map_err(io)?;
        if whole == 0 {
            file.write_all(format!("{settings}\n").as_bytes())
                .and_then(|()| file.sync_data())
                .map_err(io)?;
        }
        Ok(Self { path: path.to_owned(), file, seal, known })
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
        // While it is still locked, so that no other process begins with it in between.
        let removed = std::fs::remove_file(&self.path);
        drop(self.file);
        removed.map_err(|error| Error::io(&self.path, error))
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
            let line = serde_json::to_vec(&(u, v, outcome))
                .map_err(|error| Error::io(&self.path, error.into()))?;
            lines.extend_from_slice(checksum(&self.seal, &line).as_bytes());
            lines.push(b' ');
            lines.extend_from_slice(&line);
            lines.push(b'\n');
        }
        self.file
            .write_all(&lines)
            .and_then(|()| self.file.sync_data())
            .map_err(|error| Error::io(&self.path, error))
    }
}

/// Takes the file for this process alone, until it is closed.
fn lock(file: &File, path: &Path, name: &str) -> Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(Error::input(
            FilePlace::file(name),
            "expected a sweep that was stopped, found one that another process is working on",
            "wait until it ends, or write to another file with -o",
        )),
        // Some network file systems have no locks: nothing is lost but the guard.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(Error::io(path, error)),
    }
}

/// Eight hexadecimal digits for a line of these settings.
fn checksum(seal: &crc32fast::Hasher, line: &[u8]) -> String {
    let mut sum = seal.clone();
    sum.update(line);
    format!("{:08x}", sum.finalize())
}

/// The outcomes of a journal's whole lines.
fn read(
    name: &str,
    bytes: &[u8],
    settings: &str,
    seal: &crc32fast::Hasher,
) -> Result<HashMap<Place, Outcome>> {
    let mut known = HashMap::new();
    for (number, line) in (1u64..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        if number == 1 {
            if line != settings.as_bytes() {
                return Err(foreign(name, line, settings));
            }
            continue;
        }
        let damaged = || {
            let problem = "expected a line as it was written, found one whose checksum differs";
            let remedy = "delete this line; its place is then solved again";
            Error::input(FilePlace::line(name, number), problem, remedy)
        };
        let (sum, line) = line.split_at_checked(9).ok_or_else(damaged)?;
        if sum != format!("{} ", checksum(seal, line)).as_bytes() {
            return Err(damaged());
        }
        let (u, v, outcome): (u32, u32, Outcome) =
            serde_json::from_slice(line).map_err(|_| damaged())?;
        known.insert([u, v], outcome);
    }
    Ok(known)
}

/// The error that a file is not the journal of this sweep.
fn foreign(name: &str, line: &[u8], settings: &str) -> Error {
    let remedy = "give the command that began it to go on with that sweep, or delete the file, or \
                  write to another one with -o";
    Error::input(FilePlace::line(name, 1), other(line, settings), remedy)
}

/// In what the settings of a journal are others.
fn other(line: &[u8], settings: &str) -> String {
    use serde_json::{Map, Value};
    let expected = "expected the settings of this sweep, found ";
    let theirs = serde_json::from_slice::<Map<String, Value>>(line);
    let ours = serde_json::from_slice::<Map<String, Value>>(settings.as_bytes());
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
