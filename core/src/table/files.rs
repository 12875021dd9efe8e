//! Files: those of the disk, and those that a caller in the same process gave by name instead, which
//! a command cannot tell from others. They are of the thread that they were given on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};

/// Files by path.
#[derive(Default)]
pub struct Given {
    files: HashMap<PathBuf, Arc<[u8]>>,
    /// Whether there are no others: those of the disk cannot be read.
    alone: bool,
}

impl Given {
    /// These files, beside those of the disk unless `alone`.
    pub fn new(files: Vec<(PathBuf, Vec<u8>)>, alone: bool) -> Self {
        Self { files: files.into_iter().map(|(path, bytes)| (path, bytes.into())).collect(), alone }
    }
}

thread_local! {
    static GIVEN: RefCell<Given> = RefCell::default();
}

/// Gives files to this thread in place of those that it had, which are handed back.
pub fn give(files: Given) -> Given {
    GIVEN.replace(files)
}

/// The bytes of a file that was given under this path.
pub fn given(path: &Path) -> Option<Arc<[u8]>> {
    GIVEN.with_borrow(|given| given.files.get(path).cloned())
}

/// That a file of the disk may be read.
///
/// # Errors
/// If this thread has the files that it was given and no others.
pub fn on_disk(path: &Path) -> Result<()> {
    if GIVEN.with_borrow(|given| given.alone) {
        let missing = io::Error::new(io::ErrorKind::NotFound, "it is not among the files given");
        return Err(Error::io(path, missing));
    }
    Ok(())
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    match given(path) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => {
            on_disk(path)?;
            fs::read(path).map_err(|error| Error::io(path, error))
        }
    }
}

/// Whether it can be read twice: a file, no pipe.
pub fn is_plain(path: &Path) -> bool {
    given(path).is_some()
        || (on_disk(path).is_ok() && fs::metadata(path).is_ok_and(|meta| meta.is_file()))
}
