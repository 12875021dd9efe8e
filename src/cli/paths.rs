//! Which files a command reads and writes: none may be both, and no two outputs the same.

use std::fs;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::output::resolved;
use crate::error::{Error, Result};

/// The arguments that name files to be written; all other paths are read.
const WRITTEN: [(&str, &str); 3] =
    [("output", "-o"), ("plot", "--plot"), ("write_nfg", "--write-nfg")];

/// Refuses to overwrite what is read, and to write two outputs to one file, before anything is
/// solved.
pub(super) fn check(matches: &ArgMatches) -> Result<()> {
    let (mut read, mut written) = (Vec::new(), Vec::new());
    collect(matches, &mut read, &mut written);
    for (at, (flag, path)) in written.iter().enumerate() {
        let Some(place) = place(path) else { continue };
        let same = |other: &&PathBuf| self::place(other).as_ref() == Some(&place);
        if let Some(input) = read.iter().find(same) {
            return Err(clash(
                flag,
                "which is not read",
                path,
                &format!("{} is read", input.display()),
            ));
        }
        if let Some((other, _)) = written[..at].iter().find(|(_, path)| same(&path)) {
            return Err(clash(flag, "of its own", path, &format!("{other} writes it")));
        }
    }
    Ok(())
}

fn clash(flag: &'static str, which: &str, path: &Path, why: &str) -> Error {
    Error::parameter(flag, format!("a file {which}"), format!("{}: {why}", path.display()))
}

/// The paths among the arguments of a command and of its subcommand.
fn collect(
    matches: &ArgMatches,
    read: &mut Vec<PathBuf>,
    written: &mut Vec<(&'static str, PathBuf)>,
) {
    for id in matches.ids() {
        // Groups and arguments of other types are no paths.
        let Ok(Some(paths)) = matches.try_get_many::<PathBuf>(id.as_str()) else { continue };
        for path in paths.filter(|path| *path != Path::new("-")) {
            match WRITTEN.iter().find(|(name, _)| id == name) {
                Some((_, flag)) => written.push((*flag, path.clone())),
                None => read.push(path.clone()),
            }
        }
    }
    if let Some((name, matches)) = matches.subcommand() {
        collect(matches, read, written);
        if name == "sweep" {
            let parts: Vec<PathBuf> = written
                .iter()
                .filter(|(flag, _)| *flag == "-o")
                .map(|(_, path)| super::sweep::part(path))
                .collect();
            written.extend(parts.into_iter().map(|path| ("-o FILE.part", path)));
        }
    }
}

/// Where a file is or will be, whatever it is called by; `None` for what can be written without
/// being replaced, as a terminal.
fn place(path: &Path) -> Option<PathBuf> {
    if fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return None;
    }
    let path = resolved(path);
    fs::canonicalize(&path).ok().or_else(|| {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    })
}
