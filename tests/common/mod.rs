//! What several tests need.

use std::path::PathBuf;

/// A file of the folder `shared/data` beside the crate or above, if it is there; else that the
/// test is skipped is said.
pub fn shared(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared/data", "../../shared/data"]
        .map(|folder| root.join(folder).join(name))
        .into_iter()
        .find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: {name} is not there");
    }
    found
}
