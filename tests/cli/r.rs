//! The page for users of R: its blocks run, where R is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{Folder, skipped};

/// The blocks of a page in R, one after the other.
fn blocks(page: &str) -> String {
    let parts = page.split("```r\n").skip(1).filter_map(|part| part.split("```").next());
    parts.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_for_users_of_r_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = blocks(&fs::read_to_string(root.join("docs/r.md")).unwrap());
    assert_eq!(script.matches("stopifnot").count(), 6);
    if Command::new("Rscript").arg("--version").output().is_err() {
        let _: Option<()> = skipped("Rscript is not installed");
        return;
    }
    let folder = Folder::new();
    let file = folder.write("page.R", &script);
    let program = assert_cmd::cargo::cargo_bin("equipoise");
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", program.parent().unwrap().display());
    let run = Command::new("Rscript").arg(file).current_dir(root).env("PATH", path).output();
    let run = run.unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
}
