//! The pages on theory: every command on them runs as it is typed.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let files = fs::read_dir(root().join("docs/theory")).unwrap();
    let mut pages: Vec<PathBuf> = files
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    pages.sort();
    pages
}

/// The commands in the blocks of a page.
fn commands(page: &str) -> Vec<String> {
    page.lines().filter_map(|line| line.strip_prefix("$ equipoise ")).map(str::to_owned).collect()
}

#[test]
fn every_command_on_the_pages_is_answered() {
    let mut failed = Vec::new();
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        for args in commands(&page) {
            let mut command = Command::cargo_bin("equipoise").unwrap();
            let output =
                command.current_dir(root()).args(args.split_whitespace()).output().unwrap();
            if !output.status.success() || output.stdout.is_empty() {
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                failed.push(format!("{}: {args}: {error}", path.display()));
            }
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn every_concept_has_its_parts_and_is_in_the_index() {
    let index = fs::read_to_string(root().join("docs/theory/README.md")).unwrap();
    for path in pages() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "README.md" {
            continue;
        }
        assert!(index.contains(&format!("({name})")), "{name} is not in the index");
        let page = fs::read_to_string(&path).unwrap();
        for part in [
            "What the literature says",
            "How it is encoded here",
            "To see it",
            "What comes out",
            "References",
        ] {
            assert!(page.contains(&format!("\n## {part}\n")), "{name}: no part {part}");
        }
        assert!(!commands(&page).is_empty(), "{name}: no command");
    }
}

/// What a page shows under a command, in pieces between lines of `...`.
fn shown(page: &str) -> Vec<(String, Vec<String>)> {
    let mut shown: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if !inside {
            continue;
        } else if let Some(args) = line.strip_prefix("$ equipoise ") {
            shown.push((args.to_owned(), vec![String::new()]));
        } else if let Some((_, pieces)) = shown.last_mut() {
            match line {
                "..." => pieces.push(String::new()),
                line => pieces.last_mut().unwrap().push_str(&format!("{line}\n")),
            }
        }
    }
    for (_, pieces) in &mut shown {
        pieces.retain(|piece| !piece.trim().is_empty());
    }
    shown.retain(|(_, pieces)| !pieces.is_empty());
    shown
}

/// Numbers on the pages are those that the commands print; and whether they bear the claim out is
/// said.
#[test]
fn what_is_said_to_come_out_comes_out() {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let verdicts = ["**Supported**", "**Refuted**", "**Not decided**"];
        if name != "README.md" && !verdicts.iter().any(|verdict| page.contains(verdict)) {
            wrong.push(format!("{name}: does not say whether the claim is borne out"));
        }
        for (args, pieces) in shown(&page) {
            let mut command = Command::cargo_bin("equipoise").unwrap();
            let output =
                command.current_dir(root()).args(args.split_whitespace()).output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            for piece in pieces {
                compared += 1;
                if !text.contains(&piece) {
                    wrong.push(format!("{name}: {args}: not printed:\n{piece}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(compared >= 40, "{compared}");
}

/// The tutorial as it is typed, one command after the other, on the published files.
#[cfg(unix)]
#[test]
fn the_tutorial_runs_on_published_data() {
    let folder = tempfile::tempdir().unwrap();
    let page = fs::read_to_string(root().join("docs/tutorial.md")).unwrap();
    let joined = page.replace("\\\n", "");
    let typed: Vec<&str> =
        joined.lines().filter_map(|line| line.strip_prefix("$ equipoise ")).collect();
    assert!(typed.len() >= 9, "{typed:?}");
    let words = typed.iter().flat_map(|line| line.split([' ', ',']));
    let named = words.filter(|word| word.ends_with(".csv") && *word != "panel.csv");
    for name in named {
        let Some(file) = crate::common::shared(name) else { return };
        let link = folder.path().join(name);
        if !link.exists() {
            std::os::unix::fs::symlink(file.canonicalize().unwrap(), link).unwrap();
        }
    }
    // The live page answers until it is ended: tests of its own end it.
    for args in typed.into_iter().filter(|args| !args.starts_with("explore")) {
        let mut command = Command::cargo_bin("equipoise").unwrap();
        let output = command.current_dir(&folder).args(args.split_whitespace()).output().unwrap();
        assert!(output.status.success(), "{args}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let figure = fs::read(folder.path().join("shares.pdf")).unwrap();
    assert!(figure.starts_with(b"%PDF-"));
}
