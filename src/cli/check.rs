//! `equipoise check`: re-verifies a report.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::Status;
use crate::cli::input;
use crate::cli::output::OutputArgs;
use crate::error::Result;
use crate::report::format::{Table, Written};
use crate::report::{Acceptance, Verification, check_json};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  equipoise solve data/europe-1913.csv --format json -o report.json
  equipoise check report.json
  equipoise check report.json --thorough
  equipoise check report.json --allow-partial
  equipoise solve data/europe-1913.csv --format json | equipoise check -

Every claim is re-computed from what the report holds, the shares and parameters or the game
itself; no linear programme is solved. What takes too long, or has no evidence in the report, is
named as not examined, with what would examine it.

Exit codes: 0 every claim was examined and holds, 1 a claim is refuted, 2 no report that can be
read, 3 accepted in part: some claims were not examined (0 with --allow-partial).")]
pub(super) struct Args {
    /// A report that `--format json` wrote; `-` for standard input
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
    let (bytes, file) = (input::read(&args.file)?, input::name(&args.file));
    let found = check_json(&bytes, &file, args.thorough)?;
    args.output.write(&Checked(&found))?;
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

/// What the check found, to be written.
struct Checked<'a>(&'a Verification);

impl Written for Checked<'_> {
    fn text(&self) -> String {
        text(self.0)
    }

    fn json(&self) -> String {
        json(self.0)
    }

    fn table(&self) -> Table {
        let (claims, open) = (&self.0.claims, &self.0.unexamined);
        let mut table = Table::default();
        let what = claims.iter().map(|claim| claim.what.as_str());
        table.text("claim", what.chain(open.iter().map(String::as_str)));
        // Of what was not examined it is not known whether it holds.
        let unknown = open.len();
        let holds = claims.iter().map(|claim| Some(claim.holds()));
        table.flag("holds", holds.chain(std::iter::repeat_n(None, unknown)));
        let off = claims.iter().map(|claim| Some(claim.violation));
        table.number("violation", off.chain(std::iter::repeat_n(None, unknown)));
        table
    }
}
