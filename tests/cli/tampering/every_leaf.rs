//! Every leaf of a small report of every kind, changed in every way.

use std::collections::BTreeSet;

use equipoise::report::{Acceptance, Verification, check_json};
use rayon::prelude::*;
use serde_json::Value;

use super::harmless::HARMLESS;
use super::kinds::{Inputs, KINDS};
use super::mutate::{Mutation, alike, mutations};

/// What comes of checking a report; nothing if it cannot be read. Films and
/// histories are so small that all that can be is done again.
fn examined(kind: &str, tree: &Value) -> Option<Verification> {
    let thorough = ["simulate", "fit", "backtest"].iter().any(|start| kind.starts_with(start));
    check_json(tree.to_string().as_bytes(), "report.json", thorough).ok()
}

/// Whether a change went unnoticed: nothing is refuted, and nothing that was examined before is
/// not now.
fn unnoticed(kind: &str, sound: &Verification, mutation: &Mutation) -> bool {
    let Some(found) = examined(kind, &mutation.tree) else { return false };
    let known: BTreeSet<&String> = sound.unexamined.iter().collect();
    found.accepted() && found.unexamined.iter().all(|open| known.contains(open))
}

/// The class of harmless changes that one belongs to.
fn harmless(kind: &str, mutation: &Mutation) -> Option<usize> {
    let pointer = alike(&mutation.pointer);
    HARMLESS.iter().position(|class| {
        class.kinds.iter().any(|start| kind.starts_with(start))
            && class.changes.iter().any(|(pattern, what)| {
                fits(pattern, &pointer) && (*what == "any" || mutation.what.starts_with(what))
            })
    })
}

/// Whether a pointer is of a pattern, in which `*` is any one part and `**` any number of them.
fn fits(pattern: &str, pointer: &str) -> bool {
    fn parts(pattern: &[&str], pointer: &[&str]) -> bool {
        match (pattern, pointer) {
            ([], []) => true,
            (["**", rest @ ..], _) => (0..=pointer.len()).any(|k| parts(rest, &pointer[k..])),
            (["*", rest @ ..], [_, more @ ..]) => parts(rest, more),
            ([a, rest @ ..], [b, more @ ..]) => a == b && parts(rest, more),
            _ => false,
        }
    }
    let pattern: Vec<&str> = pattern.split('/').collect();
    let pointer: Vec<&str> = pointer.split('/').collect();
    parts(&pattern, &pointer)
}

#[test]
fn no_change_of_a_report_goes_unnoticed() {
    let inputs = Inputs::new();
    let chosen = std::env::var("EQUIPOISE_TAMPERING").unwrap_or_default();
    let kinds: Vec<_> = KINDS.iter().filter(|(name, _)| name.contains(&chosen)).collect();
    let outcomes: Vec<(Vec<String>, BTreeSet<usize>)> = kinds
        .par_iter()
        .map(|(kind, command)| {
            let tree = inputs.report(command);
            let sound =
                examined(kind, &tree).unwrap_or_else(|| panic!("{kind}: it cannot be read"));
            let refuted: Vec<_> = sound.claims.iter().filter(|claim| !claim.holds()).collect();
            assert!(refuted.is_empty(), "{kind}: {refuted:#?}");
            let (mut missed, mut used, mut all) = (Vec::new(), BTreeSet::new(), 0);
            mutations(&tree, |mutation| {
                all += 1;
                if !unnoticed(kind, &sound, &mutation) {
                    return;
                }
                match harmless(kind, &mutation) {
                    Some(class) => drop(used.insert(class)),
                    None => missed.push(format!("{kind}: {}: {}", mutation.pointer, mutation.what)),
                }
            });
            println!("{kind}: {all} changes, {} unnoticed; {}", missed.len(), sound.summary());
            (missed, used)
        })
        .collect();
    let missed: Vec<&String> = outcomes.iter().flat_map(|(missed, _)| missed).collect();
    assert!(missed.is_empty(), "{} changes went unnoticed: {missed:#?}", missed.len());
    let used: BTreeSet<usize> = outcomes.into_iter().flat_map(|(_, used)| used).collect();
    let unused = (0..HARMLESS.len()).filter(|class| !used.contains(class));
    let unused: Vec<&str> = unused.map(|class| HARMLESS[class].reason).collect();
    if !unused.is_empty() && chosen.is_empty() {
        println!("no change is of these classes any more: {unused:#?}");
    }
}

#[test]
fn every_kind_is_wholly_accepted_or_says_what_is_not_examined() {
    let inputs = Inputs::new();
    for (kind, command) in KINDS {
        let found = examined(kind, &inputs.report(command)).unwrap();
        let whole = ["sweep leader", "sweep draws"].contains(kind);
        let partly = (kind.starts_with("sweep") && !whole)
            || ["game trio", "fit alignment", "backtest", "compare draws"].contains(kind);
        let expected = if partly { Acceptance::InPart } else { Acceptance::Whole };
        assert_eq!(found.acceptance(), expected, "{kind}: {:#?}", found.unexamined);
    }
}
