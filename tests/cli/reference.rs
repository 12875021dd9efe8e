//! The reference is what the program says of itself.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::help::commands;
use crate::common::{equipoise, output};

/// A page of every command's long help, with those that a command has of its own.
fn reference() -> String {
    let mut page = "# Reference\n\nEvery command and option, as `equipoise COMMAND --help` has \
                    them. This page is generated: `EQUIPOISE_BLESS=1 cargo test --test cli \
                    reference` writes it anew.\n"
        .to_owned();
    let mut add = |command: &str| {
        let help = output(&format!("{command} --help"));
        let lines: Vec<&str> = help.lines().map(str::trim_end).collect();
        let name = format!("equipoise {command}");
        let _ = write!(page, "\n## {}\n\n```text\n{}\n```\n", name.trim(), lines.join("\n").trim());
    };
    add("");
    for command in commands("") {
        add(&command);
        for inner in commands(&command) {
            add(&format!("{command} {inner}"));
        }
    }
    page
}

#[test]
fn the_reference_is_what_the_program_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference.md");
    let made = reference();
    if std::env::var_os("EQUIPOISE_BLESS").is_some() {
        fs::write(&path, &made).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        shipped == made,
        "docs/reference.md is stale; run: EQUIPOISE_BLESS=1 cargo test --test cli reference"
    );
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("man");
    equipoise(&format!("man --folder {}", place.display())).assert().success();
    let mut expected = vec!["equipoise.1".to_owned()];
    for command in commands("") {
        expected.push(format!("equipoise-{command}.1"));
        expected.extend(
            commands(&command).iter().map(|inner| format!("equipoise-{command}-{inner}.1")),
        );
    }
    for page in expected {
        let text = fs::read_to_string(place.join(&page)).unwrap_or_default();
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
}

/// Links of the documentation lead to something.
#[test]
fn links_of_the_documentation_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("data/README.md")];
    for folder in ["docs", "docs/theory"] {
        let files = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        pages.extend(files.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    let mut dead = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            let there = page.parent().unwrap().join(path).exists();
            if !path.contains("://") && !path.is_empty() && !path.contains(' ') && !there {
                dead.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
}
