//! `equipoise coalition` on a hedonic game.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::analysis::hedonic::analyse;
use crate::cli::coalition::{Args, ConceptArg};
use crate::cli::input;
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::finding::cooperative::Concept;
use crate::finding::hedonic::Stability;
use crate::game::cooperative::PartitionGame;
use crate::game::cooperative::read::{has_externalities, is_rule, partition_game};
use crate::game::hedonic::HedonicGame;
use crate::game::hedonic::read::recognises;
use crate::report::coalition::CoalitionReport;
use crate::table::{files, opened};

/// A header is within so many bytes.
const HEAD: u64 = 1 << 16;

/// What a file holds, by its header.
pub(super) enum Found {
    /// A hedonic game.
    Hedonic(HedonicGame),
    /// A game with externalities.
    Externalities(PartitionGame),
    /// Another game, in a file that can be read again.
    Other,
    /// Another game, out of a pipe or standard input, or given by a rule: its bytes.
    Bytes(Vec<u8>),
}

/// The hedonic game in a file, if its header says that there is one.
pub(super) fn read(path: &Path) -> Result<Found> {
    let game = |bytes: &[u8]| match has_externalities(bytes) {
        true => partition_game(bytes, &input::called(path)).map(Found::Externalities),
        false => HedonicGame::read(bytes, &input::called(path)).map(Found::Hedonic),
    };
    let recognises = |bytes: &[u8]| recognises(bytes) || has_externalities(bytes);
    let is_pipe = || fs::metadata(path).is_ok_and(|meta| !meta.is_file());
    if input::is_standard(path) || files::given(path).is_some() || is_pipe() {
        let bytes = input::read(path)?;
        return if recognises(&bytes) { game(&bytes) } else { Ok(Found::Bytes(bytes)) };
    }
    files::on_disk(path)?;
    let failed = |error| Error::io(path, error);
    let mut head = Vec::new();
    File::open(path).map_err(failed)?.take(HEAD).read_to_end(&mut head).map_err(failed)?;
    if opened(&input::called(path), head.clone()).map_or(true, |text| text != head) {
        // Not text as it is: unpacked, or refused by name.
        let bytes = input::read(path)?;
        return if recognises(&bytes) { game(&bytes) } else { Ok(Found::Bytes(bytes)) };
    }
    if head.len() as u64 == HEAD {
        let whole = head.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        head.truncate(whole);
    }
    match recognises(&head) {
        true => game(&input::read(path)?),
        false if is_rule(&head) => Ok(Found::Bytes(input::read(path)?)),
        false => Ok(Found::Other),
    }
}

pub(super) fn run(args: &Args, game: &HedonicGame) -> Result<Status> {
    let senses = senses(args)?;
    args.solver.set_threads()?;
    let finding = analyse(game, CoalitionReport::STABLE_LISTED)?;
    let mut report = CoalitionReport::hedonic(game, &args.source(), &finding, &senses);
    report.provenance = args.output.provenance()?;
    if args.concepts.is_none() {
        let all: Vec<&str> = senses.iter().map(|sense| sense.name()).collect();
        note(&format!("solved for every sense of stability, --solve {}", all.join(",")));
    }
    args.output.write(&report)?;
    Ok(Status::Answered)
}

/// The senses asked for; what a hedonic game does not take is refused.
fn senses(args: &Args) -> Result<Vec<Stability>> {
    for (name, given) in args.of_worths().into_iter().filter(|(name, _)| *name != "solve") {
        if given {
            return Err(Error::parameter(name, "none for a hedonic game", "one; leave it out"));
        }
    }
    let Some(asked) = &args.concepts else { return Ok(Stability::ALL.to_vec()) };
    let sense = |asked: &ConceptArg| match asked {
        ConceptArg::Hedonic(sense) => Ok(*sense),
        ConceptArg::Game(Concept::Core) => Ok(Stability::Core),
        ConceptArg::Game(concept) => Err(Error::parameter(
            "solve",
            "core, strict-core, nash, individual or contractual for a hedonic game",
            concept.name(),
        )),
    };
    let asked = asked.iter().map(sense).collect::<Result<Vec<_>>>()?;
    Ok(Stability::ALL.into_iter().filter(|sense| asked.contains(sense)).collect())
}
