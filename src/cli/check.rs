//! `equipoise check`: re-verifies a report.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::cli::Status;
use crate::cli::input;
use crate::cli::output::{Format, OutputArgs};
use crate::error::{Error, Place, Result};
use crate::report::coalition::{self, CoalitionReport};
use crate::report::compare::{COMPARISON_SCHEMA, Comparison, check_comparison};
use crate::report::format;
use crate::report::game::GAME_SCHEMA;
use crate::report::sweep::{SWEEP_SCHEMA, SweepReport, check_sweep};
use crate::report::theory::{self, TheoryReport};
use crate::report::{GameReport, Report, Verification, check, check_game};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  equipoise solve data/europe-1913.csv --format json -o report.json
  equipoise check report.json
  equipoise check report.json --thorough
  equipoise solve data/europe-1913.csv --format json | equipoise check -

Every claim is re-computed from what the report holds, the shares and parameters or the game
itself; no linear programme is solved. Exit code 1 if a claim is refuted.")]
pub(super) struct Args {
    /// A report that `--format json` wrote; `-` for standard input
    #[arg(value_name = "REPORT.json")]
    file: PathBuf,
    /// Also repeat long enumerations: that no other partition, no other equilibrium was missed
    #[arg(long)]
    thorough: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let found = verify(&args.file, args.thorough)?;
    args.output.write(&match args.output.format {
        Format::Text => text(&found),
        Format::Json => json(&found),
        Format::Csv => csv(&found),
    })?;
    Ok(if found.accepted() { Status::Answered } else { Status::Open })
}

/// A report of any kind, to see of which.
#[derive(Deserialize)]
struct Kind {
    schema: String,
}

fn verify(path: &Path, thorough: bool) -> Result<Verification> {
    let (bytes, file) = (input::read(path)?, input::name(path));
    // Of what is no report at all, reading it as one tells more.
    let schema = serde_json::from_slice(&bytes).map_or(String::new(), |kind: Kind| kind.schema);
    if schema == COMPARISON_SCHEMA {
        check_comparison(&read::<Comparison>(&bytes, &file)?, thorough)
    } else if schema == SWEEP_SCHEMA {
        check_sweep(&read::<SweepReport>(&bytes, &file)?)
    } else if schema == GAME_SCHEMA {
        check_game(&read::<GameReport>(&bytes, &file)?, thorough)
    } else if schema.starts_with("equipoise/coalition/") {
        coalition::check(&read::<CoalitionReport>(&bytes, &file)?, thorough)
    } else if schema.starts_with("equipoise/theory/") {
        theory::check(&read::<TheoryReport>(&bytes, &file)?, thorough)
    } else {
        check(&read::<Report>(&bytes, &file)?, thorough)
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8], file: &str) -> Result<T> {
    serde_json::from_slice(bytes).map_err(|error| {
        let line = u64::try_from(error.line()).unwrap_or(0);
        Error::input(
            Place { line: Some(line).filter(|&line| line > 0), ..Place::file(file) },
            format!("expected a report: {error}"),
            "save one with --format json",
        )
    })
}

fn text(found: &Verification) -> String {
    let mut out = String::new();
    for claim in &found.claims {
        out.push_str(if claim.holds() { "ok       " } else { "REFUTED  " });
        out.push_str(&format!("{claim}\n"));
    }
    for claim in &found.unexamined {
        out.push_str(&format!("not examined  {claim}\n"));
    }
    let refuted = found.claims.iter().filter(|claim| !claim.holds()).count();
    let claims = found.claims.len();
    out.push_str(&match refuted {
        0 => format!("\nAccepted: all {claims} claims hold.\n"),
        _ => format!("\nRefused: {refuted} of {claims} claims do not hold.\n"),
    });
    out
}

fn json(found: &Verification) -> String {
    let claims: Vec<_> = found
        .claims
        .iter()
        .map(|claim| {
            json!({
                "claim": claim.what,
                "holds": claim.holds(),
                "violation": claim.violation.is_finite().then_some(claim.violation),
                "tolerance": claim.tolerance,
            })
        })
        .collect();
    let whole = json!({
        "schema": "equipoise/check/1",
        "accepted": found.accepted(),
        "claims": claims,
        "not_examined": found.unexamined,
    });
    format!("{whole:#}\n")
}

fn csv(found: &Verification) -> String {
    let header = ["claim", "holds", "violation"].map(str::to_owned);
    let rows = found.claims.iter();
    let rows = rows
        .map(|claim| [claim.what.clone(), claim.holds().to_string(), claim.violation.to_string()]);
    format::csv::csv(std::iter::once(header).chain(rows))
}
