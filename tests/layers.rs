//! The layers of the two crates: a module imports only from those before it.

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer may import from the layers before it, and from itself.
const LAYERS: &[&[&str]] = &[
    &["error", "tolerance", "work", "sequence", "order", "exact", "chance"],
    &["coalition", "parameters", "lp"],
    &["system"],
    &["table"],
    &["dataset", "contest", "polarity", "setting", "threat"],
    &["game"],
    &["finding"],
    &["solve"],
    &["certify"],
    &["verdict"],
    &["analysis", "theory"],
    &["sweep", "simulation"],
    &["evidence"],
    &["report"],
    &["plot"],
    &["cli"],
];

/// Who may know of linear programmes: what is certified must not rest on them.
const USES_LP: &[&str] = &["lp", "solve", "theory", "analysis", "cli"];

/// What checks and what solves: the one imports nothing of the other.
const SOLVERS: &[&str] = &["solve", "lp"];

/// Whether a file checks: `certify`, the part of a report or a theory that is named so, and what a lens
/// reports, but for where that is put together from findings.
fn checks(place: &Path) -> bool {
    let place = place.with_extension("");
    place.starts_with("certify")
        || place.iter().any(|part| part == "check" || part == "read")
        || place.starts_with("report/system/lens") && !place.ends_with("build")
}

/// All that figures know of: what is drawn was solved and checked before.
const FIGURES_USE: &[&str] =
    &["error", "order", "exact", "coalition", "tolerance", "game", "verdict", "report", "plot"];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The modules that a file's `crate::` paths name. Code in test modules may import anything.
fn imports(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines
        .flat_map(|line| line.split("crate::").skip(1).map(str::to_owned))
        .map(|rest| {
            rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>()
        })
        .filter(|module| !module.is_empty())
        .collect()
}

#[test]
fn modules_import_only_from_the_layers_before_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut broken = Vec::new();
    for src in [root.join("core/src"), root.join("src")] {
        for path in rust_files(&src) {
            broken.extend(forbidden(path.strip_prefix(&src).unwrap(), &path));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// What the file at a place of its crate imports and should not.
fn forbidden(place: &Path, path: &Path) -> Vec<String> {
    let first = place.components().next().unwrap().as_os_str().to_string_lossy();
    let module = first.trim_end_matches(".rs");
    if module == "lib" || module == "main" {
        return Vec::new();
    }
    let own = layer(module).unwrap_or_else(|| panic!("{module} is in no layer"));
    let may_not = |import: &String| {
        let Some(other) = layer(import) else {
            panic!("{}: {import} is in no layer", place.display())
        };
        let lp_leaks = import == "lp" && !USES_LP.contains(&module);
        // A report and a theory check beside where they tell or solve.
        let shared = SOLVERS.contains(&import.as_str()) && checks(place);
        let solved = module == "plot" && !FIGURES_USE.contains(&import.as_str());
        other > own || (other == own && import != module && own > 0) || lp_leaks || shared || solved
    };
    let imports = imports(&fs::read_to_string(path).unwrap());
    let broken = imports.into_iter().filter(may_not);
    broken.map(|import| format!("{} imports {import}", place.display())).collect()
}
