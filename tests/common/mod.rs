//! What several tests need; none needs all of it.
#![allow(dead_code)]

use std::path::PathBuf;

use assert_cmd::Command;

/// A file of the folder `shared/data` beside the crate or above, if it is there; else that the
/// test is skipped is said.
pub fn shared(name: &str) -> Option<PathBuf> {
    beside(&format!("data/{name}"))
}

/// The same in the folder `shared` itself.
pub fn beside(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../shared", "../../shared"]
        .map(|folder| root.join(folder).join(name))
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
