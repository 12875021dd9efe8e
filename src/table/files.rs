//! Files: those of the disk, and those that a caller in the same process gave by name instead, which
//! a command cannot tell from others. They are of the thread that they were given on.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::error::{Error, Result};

/// Files by path.
pub type Given = HashMap<PathBuf, Arc<[u8]>>;

thread_local! {
    static GIVEN: RefCell<Given> = RefCell::default();
}

/// Gives files to this thread in place of those that it had, which are handed back.
#[cfg(feature = "commands")]
pub(crate) fn give(files: Given) -> Given {
    GIVEN.replace(files)
}

/// The bytes of a file that was given under this path.
pub(crate) fn given(path: &Path) -> Option<Arc<[u8]>> {
    GIVEN.with_borrow(|files| files.get(path).cloned())
}

/// The bytes of a file.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    match given(path) {
        Some(bytes) => Ok(bytes.to_vec()),
        None => fs::read(path).map_err(|error| Error::io(path, error)),
    }
}

/// Whether it can be read twice: a file, no pipe.
#[cfg(feature = "commands")]
pub(crate) fn is_plain(path: &Path) -> bool {
    given(path).is_some() || fs::metadata(path).is_ok_and(|meta| meta.is_file())
}
