//! Where input comes from: a file, or `-` for standard input.

use std::io::{self, Read};
use std::path::Path;

use crate::cli::{request, session};
use crate::error::{Error, Result};
use crate::table::{files, opened};

/// What messages call standard input.
pub(super) const STANDARD: &str = "standard input";

/// Whether a path means standard input.
pub(super) fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// The bytes of a file, or of standard input; a compressed one is unpacked.
pub(super) fn read(path: &Path) -> Result<Vec<u8>> {
    opened(&called(path), whole(path)?)
}

/// The bytes of a file, or of standard input, as they are.
pub(super) fn whole(path: &Path) -> Result<Vec<u8>> {
    if !is_standard(path) {
        return files::read(path);
    }
    let bytes = match session::with(|session| session.input.take()) {
        Some(bytes) => bytes,
        None => {
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            read.map(|_| bytes).map_err(|error| Error::io(STANDARD, error))?
        }
    };
    request::note_standard_input(&bytes);
    Ok(bytes)
}

/// What messages call it: its path as given.
pub(super) fn called(path: &Path) -> String {
    if is_standard(path) { STANDARD.to_owned() } else { path.display().to_string() }
}

/// What reports call it: the file's name.
pub(super) fn name(path: &Path) -> String {
    match path.file_name() {
        _ if is_standard(path) => STANDARD.to_owned(),
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    }
}
