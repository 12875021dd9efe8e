//! `equipoise check`: re-verifies a report.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::cli::Status;
use crate::cli::output::{Format, OutputArgs};
use crate::error::{Error, Result};
use crate::report::{Acceptance, Verification, check_json};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  equipoise solve data/europe-1913.csv --format json -o report.json
  equipoise check report.json
  equipoise check report.json --thorough
  equipoise check phases.json --allow-partial

Every claim is re-computed from what the report holds, the shares and parameters or the game
itself; no linear programme is solved. What takes too long, or has no evidence in the report, is
named as not examined, with what would examine it.

Exit codes: 0 every claim was examined and holds, 1 a claim is refuted, 2 no report that can be
read, 3 accepted in part: some claims were not examined (0 with --allow-partial).")]
pub(super) struct Args {
    /// A report that `--format json` wrote
    #[arg(value_name = "REPORT.json")]
    file: PathBuf,
    /// Also repeat long enumerations: that no other partition, no other equilibrium was missed
    #[arg(long)]
    thorough: bool,
    /// Exit code 0 also where some claims were not examined, if all others hold
    #[arg(long)]
    allow_partial: bool,
    #[command(flatten)]
    output: OutputArgs,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let bytes = fs::read(&args.file).map_err(|error| Error::io(&args.file, error))?;
    let file = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy();
    let found = check_json(&bytes, &file, args.thorough)?;
    args.output.write(&match args.output.format {
        Format::Text => text(&found),
        Format::Json => json(&found),
        Format::Csv => csv(&found),
    })?;
    Ok(match found.acceptance() {
        Acceptance::Whole => Status::Answered,
        Acceptance::InPart if args.allow_partial => Status::Answered,
        Acceptance::InPart => Status::InPart,
        Acceptance::Refused => Status::Open,
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
    for what in &found.given {
        out.push_str(&format!("as given {what}\n"));
    }
    out.push_str(&format!("\n{}\n", found.summary()));
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
        "outcome": found.acceptance().name(),
        "claims": claims,
        "not_examined": found.unexamined,
        "given": found.given,
    });
    format!("{whole:#}\n")
}

fn csv(found: &Verification) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail, and every row has three fields. Of what was not examined it
    // is not known whether it holds.
    let _ = writer.write_record(["claim", "holds", "violation"]);
    for claim in &found.claims {
        let row = [&claim.what, &claim.holds().to_string(), &claim.violation.to_string()];
        let _ = writer.write_record(row);
    }
    for what in &found.unexamined {
        let _ = writer.write_record([what.as_str(), "", ""]);
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}
