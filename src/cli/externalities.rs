//! `equipoise coalition` on a game with externalities.

use crate::analysis::externalities::analyse;
use crate::cli::coalition::Args;
use crate::cli::{Status, note};
use crate::error::{Error, Result};
use crate::game::cooperative::PartitionGame;
use crate::report::coalition::{CoalitionReport, OriginReport};

pub(super) fn run(
    args: &Args,
    game: &PartitionGame,
    origin: Option<OriginReport>,
) -> Result<Status> {
    for (name, given) in args.of_worths() {
        if given {
            let expected = "none for a game with externalities";
            return Err(Error::parameter(name, expected, "one; leave it out"));
        }
    }
    args.solver.set_threads()?;
    let found = analyse(game, &args.solver.work())?;
    let mut report = CoalitionReport::externalities(game, &args.source(), &found, args.exact);
    report.origin = origin;
    report.provenance = args.output.provenance()?;
    note("what a coalition is worth depends on how the others are arranged: all is solved for");
    args.output.write(&report)?;
    Ok(if report.undecided.0.is_empty() { Status::Answered } else { Status::Open })
}
