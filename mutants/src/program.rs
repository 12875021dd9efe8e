//! The program with all faults built in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::corpus::Case;
use crate::plant::{self, Fault};

/// How long a case may take with a fault switched on.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the switches are.
const SWITCH: &str = r#"
/// Which planted fault is switched on, and which were reached.
pub(crate) mod planted {
    use std::collections::HashSet;
    use std::io::Write;
    use std::sync::{Mutex, OnceLock};

    static ACTIVE: OnceLock<usize> = OnceLock::new();
    static SEEN: OnceLock<Option<Mutex<HashSet<usize>>>> = OnceLock::new();

    pub(crate) fn on(id: usize) -> bool {
        let active = *ACTIVE.get_or_init(|| {
            std::env::var("FAULT").ok().and_then(|x| x.parse().ok()).unwrap_or(usize::MAX)
        });
        let seen = SEEN.get_or_init(|| std::env::var_os("REACHED").map(|_| Mutex::default()));
        if let Some(seen) = seen
            && seen.lock().unwrap().insert(id)
        {
            let path = std::env::var_os("REACHED").unwrap();
            let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
            writeln!(file.unwrap(), "{id}").unwrap();
        }
        active == id
    }
}
"#;

/// A planted fault and its file.
pub struct Planted {
    pub file: String,
    pub fault: Fault,
    text: String,
}

pub struct Program {
    /// Where the copy is that was built.
    pub folder: PathBuf,
    pub faults: Vec<Planted>,
}

/// What became of a run.
pub enum Outcome {
    Report(String),
    Stopped,
}

impl Program {
    /// Copies the crate, plants every fault in `solve` that compiles, and builds it.
    pub fn build(root: &Path) -> Self {
        let folder = root.join("target/mutants");
        for part in ["src", "core"] {
            let _ = fs::remove_dir_all(folder.join(part));
        }
        for part in ["core", "src", "data", "benches", "README.md", "Cargo.lock"] {
            copy(&root.join(part), &folder.join(part));
        }
        // The copy is a workspace of its own, of what the program is made of. As a release does, sums
        // that are too large wrap around and do not stop the program.
        let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
        let all = r#"members = ["core", "python", "site"]"#;
        assert!(manifest.contains(all), "the members of the workspace are others");
        let profiles = ["equipoise", "equipoise-core"].map(|package| {
            format!(
                "\n[profile.dev.package.{package}]\noverflow-checks = false\nopt-level = 0\n\
                 debug = false\ndebug-assertions = false\n"
            )
        });
        let manifest = manifest.replace(all, r#"members = ["core"]"#) + &profiles.concat();
        fs::write(folder.join("Cargo.toml"), manifest).unwrap();
        let library = folder.join("core/src/lib.rs");
        let text = fs::read_to_string(&library).unwrap();
        let lints =
            "#![allow(warnings, arithmetic_overflow, unconditional_panic, overflowing_literals)]";
        let text = text.replace("#![deny(missing_docs)]", lints);
        fs::write(&library, text + SWITCH).unwrap();
        let mut program = Self { faults: faults(&folder), folder };
        let mut left: BTreeSet<usize> = (0..program.faults.len()).collect();
        loop {
            program.write(&left);
            let broken = program.broken();
            if broken.is_empty() {
                break;
            }
            println!("{} faults do not compile", broken.len());
            assert!(broken.iter().any(|id| left.remove(id)), "what does not compile is no fault");
        }
        // Numbers stay with their faults: those left out are known by nobody.
        for (id, planted) in program.faults.iter_mut().enumerate() {
            if !left.contains(&id) {
                planted.file = "does not compile".into();
            }
        }
        let built = program.cargo("build").status().unwrap();
        assert!(built.success(), "the program with its faults does not build");
        println!("{} faults are planted", left.len());
        program
    }

    /// The program that was built last, from the same source.
    pub fn again(root: &Path) -> Self {
        Self { faults: faults(root), folder: root.join("target/mutants") }
    }

    fn write(&self, left: &BTreeSet<usize>) {
        let mut files: std::collections::BTreeMap<&str, Vec<usize>> = Default::default();
        for (id, planted) in self.faults.iter().enumerate() {
            files.entry(&planted.file).or_default().push(id);
        }
        for (file, ids) in files {
            let kept = ids.iter().filter(|id| left.contains(id));
            let kept: Vec<(usize, &Fault)> = kept.map(|&id| (id, &self.faults[id].fault)).collect();
            let text = plant::planted(&self.faults[ids[0]].text, &kept);
            fs::write(self.folder.join(file), text).unwrap();
        }
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.args([command, "--bin", "equipoise"]).current_dir(&self.folder);
        cargo.env_remove("CARGO_TARGET_DIR");
        cargo
    }

    /// The faults in which the compiler finds errors: the innermost around each place it names.
    fn broken(&self) -> BTreeSet<usize> {
        let output = self.cargo("check").arg("--message-format=json").output().unwrap();
        let mut broken = BTreeSet::new();
        for line in String::from_utf8_lossy(&output.stdout).lines() {
            let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
            let message = &message["message"];
            if message["level"] != "error" {
                continue;
            }
            let spans = message["spans"].as_array().into_iter().flatten();
            let mut places = Vec::new();
            for span in spans {
                let file = span["file_name"].as_str().unwrap_or_default();
                let Ok(text) = fs::read_to_string(self.folder.join(file)) else { continue };
                let start = span["byte_start"].as_u64().unwrap_or(0) as usize;
                places.push((text, start, span["is_primary"] == true));
            }
            let within = places.iter().filter_map(|(text, start, _)| within(text, *start));
            let mut found: Vec<usize> = within.collect();
            if found.is_empty() {
                // Between alternatives: the nearest switch before.
                let primary = places.iter().filter(|(_, _, primary)| *primary);
                found.extend(primary.filter_map(|(text, start, _)| before(text, *start)));
            }
            broken.extend(found);
        }
        if broken.is_empty() && !output.status.success() {
            panic!("{}", String::from_utf8_lossy(&output.stderr));
        }
        broken
    }

    fn run(&self, arguments: &[String], fault: Option<usize>) -> Option<(i32, Vec<u8>)> {
        let out = tempfile(&self.folder);
        let mut command = Command::new(self.folder.join("target/debug/equipoise"));
        command.args(arguments).current_dir(&self.folder).env("RAYON_NUM_THREADS", "1");
        if let Some(fault) = fault {
            command.env("FAULT", fault.to_string());
        }
        let file = fs::File::create(&out).unwrap();
        let mut child =
            command.stdin(Stdio::null()).stdout(file).stderr(Stdio::null()).spawn().unwrap();
        let begun = Instant::now();
        let status = loop {
            match child.try_wait().unwrap() {
                Some(status) => break status.code(),
                None if begun.elapsed() > PATIENCE => {
                    let _ = child.kill();
                    let _ = child.wait();
                    break None;
                }
                None => std::thread::sleep(Duration::from_millis(3)),
            }
        };
        let bytes = fs::read(&out).unwrap_or_default();
        let _ = fs::remove_file(&out);
        Some((status?, bytes))
    }

    /// The case's report; exit code 1 says that something is undecided, in the report.
    pub fn solve(&self, case: &Case, fault: Option<usize>) -> Outcome {
        match self.run(&case.arguments, fault) {
            Some((0 | 1, bytes)) if !bytes.is_empty() => {
                Outcome::Report(String::from_utf8_lossy(&bytes).into_owned())
            }
            _ => Outcome::Stopped,
        }
    }

    /// The exit code of `check --thorough` on a report.
    pub fn check(&self, report: &str, fault: usize) -> Option<i32> {
        let path = tempfile(&self.folder);
        fs::write(&path, report).unwrap();
        let arguments = ["check".into(), "--thorough".into(), path.display().to_string()];
        let code = self.run(&arguments, Some(fault)).map(|(code, _)| code);
        let _ = fs::remove_file(&path);
        code
    }

    /// The case's report without a fault, and the faults that it reaches.
    pub fn reached(&self, case: &Case) -> (String, BTreeSet<usize>) {
        let list = tempfile(&self.folder);
        let mut command = Command::new(self.folder.join("target/debug/equipoise"));
        command.args(&case.arguments).current_dir(&self.folder).env("REACHED", &list);
        let output = command.env("RAYON_NUM_THREADS", "1").output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {said}", case.name);
        let text = fs::read_to_string(&list).unwrap_or_default();
        let _ = fs::remove_file(&list);
        let report = String::from_utf8_lossy(&output.stdout).into_owned();
        (report, text.lines().filter_map(|id| id.parse().ok()).collect())
    }

    /// A fault in words.
    pub fn describe(&self, id: usize) -> String {
        let Planted { file, fault, text } = &self.faults[id];
        let there = text[fault.place.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
        let instead = fault.instead.split_whitespace().collect::<Vec<_>>().join(" ");
        format!("{id} {file}:{} `{there}` -> `{instead}`", fault.line)
    }
}

/// What can be planted in the solvers of a source tree.
fn faults(root: &Path) -> Vec<Planted> {
    let mut faults = Vec::new();
    for path in rust_files(&root.join("core/src/solve")) {
        let text = fs::read_to_string(&path).unwrap();
        let file = path.strip_prefix(root).unwrap().display().to_string();
        let of_file = plant::faults(&text).into_iter();
        faults.extend(of_file.map(|fault| Planted {
            file: file.clone(),
            fault,
            text: text.clone(),
        }));
    }
    faults
}

/// A report as a value.
pub fn parsed(report: &str) -> Value {
    serde_json::from_str(report).unwrap_or(Value::String(report.into()))
}

/// How close numbers are that differ in their last digits alone.
const CLOSE: f64 = 1e-9;

/// Where two reports differ, but for certificates, which may be others and as good, for last
/// digits, and for what was made when.
pub fn differences(base: &Value, report: &Value) -> Vec<String> {
    fn walk(at: &str, base: &Value, report: &Value, found: &mut Vec<String>) {
        match (base, report) {
            (Value::Object(a), Value::Object(b)) => {
                let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
                let told =
                    |key: &&&String| !key.starts_with("certificate") && **key != "provenance";
                for key in keys.iter().filter(told) {
                    let [a, b] = [a, b].map(|map| map.get(*key).unwrap_or(&Value::Null));
                    walk(&format!("{at}/{key}"), a, b, found);
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                a.iter().zip(b).for_each(|(a, b)| walk(at, a, b, found));
            }
            _ => {
                let close = base.as_f64().zip(report.as_f64());
                let close = close.is_some_and(|(a, b)| (a - b).abs() <= CLOSE * (1.0 + a.abs()));
                if !close && base != report {
                    found.push(at.to_owned());
                }
            }
        }
    }
    let mut found = Vec::new();
    walk("", base, report, &mut found);
    found.dedup();
    found
}

const MARK: &str = "if crate::planted::on(";

/// The switches that begin before a place in planted text, the last first.
fn switches(text: &str, place: usize) -> impl Iterator<Item = (usize, usize)> {
    let starts = text[..place.min(text.len())].match_indices(MARK).map(|(at, _)| at);
    let starts: Vec<usize> = starts.collect();
    starts.into_iter().rev().map(move |at| {
        let digits = text[at + MARK.len()..].chars().take_while(char::is_ascii_digit);
        (at, digits.collect::<String>().parse().unwrap_or(0))
    })
}

/// The fault in whose alternative a place is.
fn within(text: &str, place: usize) -> Option<usize> {
    let holds = |at: usize| block_end(text, at).is_some_and(|end| place < end);
    switches(text, place).take(200).find(|&(at, _)| holds(at)).map(|(_, id)| id)
}

fn before(text: &str, place: usize) -> Option<usize> {
    switches(text, place).next().map(|(_, id)| id)
}

/// The end of the first block after a place.
fn block_end(text: &str, from: usize) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text[from..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(from + at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn tempfile(folder: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    folder.join(format!("run-{}-{number}.json", std::process::id()))
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut entries: Vec<PathBuf> = entries.collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}
