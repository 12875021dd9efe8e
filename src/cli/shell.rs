//! What shells and manuals need: completion scripts and the manual page.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::Command;
use clap_complete::Shell;

use crate::cli::Status;
use crate::cli::output::put;
use crate::error::{Error, Result};

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Example:
  equipoise completions bash > ~/.local/share/bash-completion/completions/equipoise")]
pub(super) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Example:
  equipoise man | man -l -")]
pub(super) struct ManArgs {
    /// Write a page for each command into this folder, as equipoise-solve.1
    #[arg(long, value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(super) fn completions(args: &CompletionsArgs, command: &mut Command) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, command, "equipoise", &mut script);
    print(&script)
}

pub(super) fn man(args: &ManArgs, command: Command) -> Result<Status> {
    if let Some(folder) = &args.folder {
        let written = fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command.disable_help_subcommand(true), folder));
        return written.map(|()| Status::Answered).map_err(|error| Error::io(folder, error));
    }
    let mut page = Vec::new();
    let rendered = render_pages(command, &mut page);
    rendered.map_err(|error| Error::io("manual page", error))?;
    print(&page)
}

/// The program's page, and a section for each of its commands.
fn render_pages(mut command: Command, page: &mut Vec<u8>) -> io::Result<()> {
    command.build();
    clap_mangen::Man::new(command.clone()).render(page)?;
    for sub in command.get_subcommands().filter(|sub| sub.get_name() != "help") {
        let man = clap_mangen::Man::new(sub.clone());
        man.render_name_section(page)?;
        man.render_synopsis_section(page)?;
        man.render_description_section(page)?;
        man.render_options_section(page)?;
    }
    Ok(())
}

fn print(bytes: &[u8]) -> Result<Status> {
    put(None, &String::from_utf8_lossy(bytes))?;
    Ok(Status::Answered)
}
