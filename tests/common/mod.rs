//! What several tests need; none needs all of it.
#![allow(dead_code)]

use std::path::PathBuf;

use assert_cmd::Command;

/// A published file of the folder `shared/data` beside the crate or above. Where it is not there
/// the test is skipped, which is said; in continuous integration (`CI=true`) it has to be there.
pub fn shared(name: &str) -> Option<PathBuf> {
    let found = beside("data", name);
    let expected = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        found.is_some() || !expected,
        "shared/data/{name} is not there, and has to be with CI=true"
    );
    found.or_else(|| skipped(&format!("shared/data/{name} is not there")))
}

/// A file of known answers: of the folder `$EQUIPOISE_ORACLES`, or `shared/oracles` beside the crate
/// or above. Where it is not there the test is skipped, which is said.
pub fn oracle(name: &str) -> Option<PathBuf> {
    let given =
        std::env::var_os("EQUIPOISE_ORACLES").map(|folder| PathBuf::from(folder).join(name));
    let found = given.filter(|path| path.is_file()).or_else(|| beside("oracles", name));
    found.or_else(|| skipped(&format!("shared/oracles/{name} is not there")))
}

/// Says that a test is skipped, and why.
pub fn skipped<T>(why: &str) -> Option<T> {
    eprintln!("skipped: {why}");
    None
}

fn beside(folder: &str, name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let places =
        ["../shared", "../../shared"].map(|shared| root.join(shared).join(folder).join(name));
    places.into_iter().find(|path| path.is_file())
}

/// The command line, from the folder of the crate; its words are those between spaces.
pub fn equipoise(args: &str) -> Command {
    let mut command = Command::cargo_bin("equipoise").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args.split_whitespace());
    command
}

/// Standard output of a command that ends well.
pub fn output(args: &str) -> String {
    let output = equipoise(args).output().unwrap();
    assert!(output.status.success(), "{args}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A folder that is gone with the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// Runs a command on a file with this text: exit code, standard output and standard error.
    pub fn run(&self, command: &str, text: &str, flags: &[&str]) -> (Option<i32>, String, String) {
        let path = self.write("file", text);
        let output = Command::cargo_bin("equipoise")
            .unwrap()
            .arg(command)
            .arg(path)
            .args(flags)
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    }
}
