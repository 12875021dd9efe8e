//! `equipoise explore`: the live page.
//!
//! A server on the loopback address turns every request of its page into a command of this program,
//! run in this process on files in memory: so the page shows what the command shows, and nothing is
//! computed twice. A command on the page's behalf is kept from the disk, works for a limited time,
//! and few work at once.

mod desk;
mod http;
mod server;
mod slots;

use std::path::PathBuf;

use crate::cli::output::put;
use crate::cli::system::ChoiceArgs;
use crate::cli::{Status, note};
use crate::error::Result;
use desk::Desk;
use server::{Server, browse};

const EXAMPLES: &str = "\
Examples:
  equipoise explore
  equipoise explore data/europe-1913.csv --dyads data/pairs/europe-1913.csv
  equipoise explore NMC-70-abridged.csv --year 1913 --majors majors2016.csv --no-open

The page is served on 127.0.0.1 alone, to who has its address, until Ctrl-C. It uses nothing from
outside this machine and keeps nothing on it: what is to be kept is saved from the page. A request
of the page works for 20 seconds at most.";

#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Args {
    /// CSV with a row for each state (and year); `-` for standard input. By default Europe in 1913
    #[arg(value_name = "SYSTEM.csv")]
    file: Option<PathBuf>,
    /// What the choice on the page starts from.
    #[command(flatten)]
    _choice: ChoiceArgs,
    /// The port of the page; 0 takes any that is free. By default 1648, or any where that is taken
    #[arg(long, value_name = "PORT", help_heading = "Output")]
    port: Option<u16>,
    /// Print the address and start no browser
    #[arg(long, help_heading = "Output")]
    no_open: bool,
}

pub(super) fn run(args: &Args) -> Result<Status> {
    let server = Server::new(Desk::new(args.file.as_deref())?, args.port)?;
    server.end_on_interrupt()?;
    put(None, &format!("{}\n", server.address()))?;
    note("the page is there until Ctrl-C");
    if !args.no_open {
        browse(&server.once());
    }
    server.serve();
    Ok(Status::Answered)
}
