//! The `equipoise` program: see `equipoise --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    equipoise::cli::main()
}
