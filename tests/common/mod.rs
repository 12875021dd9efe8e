//! What several tests need; none needs all of it.
#![allow(dead_code)]

use std::path::PathBuf;

use assert_cmd::Command;

/// A file of the folder `shared/data` beside the crate or above, if it is there; else that the
/// test is skipped is said.
pub fn shared(name: &str) -> Option<PathBuf> {
    beside("data", name)
}

/// The text of a file of the folder `shared/oracles`, likewise.
pub fn oracle(name: &str) -> Option<String> {
    beside("oracles", name).map(|path| std::fs::read_to_string(path).unwrap())
}

fn beside(folder: &str, name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"]
        .map(|shared| root.join(shared).join(folder).join(name))
        .into_iter()
        .find(|path| path.is_file());
    if found.is_none() {
        println!("skipped: {name} is not there");
    }
    found
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
