//! `equipoise coalition` on an airport or bankruptcy game of many players.

use crate::analysis::by_rule::analyse;
use crate::cli::coalition::Args;
use crate::cli::{Status, note};
use crate::error::{Error, ErrorKind, Result};
use crate::finding::cooperative::Concept;
use crate::game::cooperative::RuleGame;
use crate::report::coalition::CoalitionReport;
use crate::report::coalition::by_rule::is_solved;

pub(super) fn run(args: &Args, game: &RuleGame, asked: Option<Vec<Concept>>) -> Result<Status> {
    let taken = ["quota", "estate", "solve"];
    for (name, given) in args.of_worths().into_iter().filter(|(name, _)| !taken.contains(name)) {
        if given {
            let expected = format!("none for a game of {} players", game.names().len());
            return Err(Error::parameter(name, expected, "one; leave it out"));
        }
    }
    let solved: Vec<Concept> =
        Concept::ALL.into_iter().filter(|&concept| is_solved(concept, game.rule())).collect();
    let names =
        |concepts: &[Concept]| concepts.iter().map(|c| c.name()).collect::<Vec<_>>().join(",");
    if let Some(open) = asked.iter().flatten().find(|concept| !solved.contains(concept)) {
        let expected =
            format!("{}: of {} players what has a closed form", names(&solved), game.names().len());
        return Err(Error::parameter("solve", expected, open.name()));
    }
    let found = match analyse(game, &args.solver.work()) {
        Err(error) if matches!(error.kind(), ErrorKind::TimeUp) => None,
        found => Some(found?),
    };
    let wanted = asked.as_deref().unwrap_or(&Concept::ALL);
    let mut report =
        CoalitionReport::by_rule(game, &args.source(), found.as_ref(), wanted, args.exact);
    report.provenance = args.output.provenance()?;
    if asked.is_none() && found.is_some() {
        note(&format!("solved for all that has a closed form, --solve {}", names(&solved)));
    }
    args.output.write(&report)?;
    Ok(if found.is_some() { Status::Answered } else { Status::Open })
}
