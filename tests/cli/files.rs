//! Files and processes: what is written is whole or not there, nothing that is read is
//! overwritten, and nobody is let down by a pipe, a terminal or a spreadsheet.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::common::{equipoise, output};
use serde_json::Value;

const SWEEP: &str =
    "sweep --shares triangle --lens polarity --resolution 4 --refine 2 --format json";

/// A folder with a system in it.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.csv"), "state,x\nA,5\nB,4\nC,3\n").unwrap();
        Self(folder)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command inside of the folder.
    fn run(&self, args: &str) -> Output {
        let mut command = equipoise(args);
        command.current_dir(self.0.path()).output().unwrap()
    }

    /// The names of what is in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn refused(output: &Output, why: &str) {
    assert_eq!(output.status.code(), Some(2), "{}", said(output));
    assert!(said(output).contains(why), "{}", said(output));
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_and_its_target_is_written() {
    let place = Place::new();
    fs::create_dir(place.at("far")).unwrap();
    fs::write(place.at("far/report.json"), "old").unwrap();
    std::os::unix::fs::symlink("far/report.json", place.at("link.json")).unwrap();
    std::os::unix::fs::symlink("far/new.json", place.at("dangling.json")).unwrap();
    for (link, target) in [("link.json", "far/report.json"), ("dangling.json", "far/new.json")] {
        let output = place.run(&format!("solve a.csv --format json -o {link}"));
        assert!(output.status.success(), "{}", said(&output));
        assert!(fs::symlink_metadata(place.at(link)).unwrap().file_type().is_symlink());
        assert!(fs::read_to_string(place.at(target)).unwrap().contains("equipoise/report/1"));
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_replaced_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    fs::write(place.at("secret.txt"), "old").unwrap();
    fs::set_permissions(place.at("secret.txt"), fs::Permissions::from_mode(0o600)).unwrap();
    assert!(place.run("solve a.csv -o secret.txt").status.success());
    let mode = fs::metadata(place.at("secret.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn what_is_read_is_not_overwritten_nor_one_file_written_twice() {
    let place = Place::new();
    fs::write(place.at("pairs.csv"), "state1,state2,hostility\nA,B,1\n").unwrap();
    fs::write(place.at("game.nfg"), "NFG 1 R \"\" { \"A\" \"B\" } { 1 1 } 0 0\n").unwrap();
    let before: Vec<String> = place.names();
    for args in [
        "solve a.csv -o a.csv",
        "solve a.csv -o ./a.csv",
        "solve a.csv --dyads pairs.csv -o pairs.csv",
        "compare a.csv --format csv -o a.csv",
        "game game.nfg -o game.nfg",
        "game game.nfg --write-nfg game.nfg",
        "theory niou-ordeshook a.csv -o a.csv",
    ] {
        refused(&place.run(args), "is read");
    }
    refused(&place.run("solve a.csv --plot x.svg -o x.svg"), "--plot writes it");
    refused(&place.run("sweep --shares triangle --plot x.svg -o x.svg"), "writes it");
    refused(&place.run("game game.nfg --write-nfg x.nfg -o ./x.nfg"), "writes it");
    assert_eq!(place.names(), before);
    assert!(fs::read_to_string(place.at("a.csv")).unwrap().starts_with("state,x"));
}

#[test]
fn a_failing_output_leaves_no_figure() {
    let place = Place::new();
    for args in [
        "solve a.csv --plot new.svg -o missing/report.json",
        "compare a.csv --plot new.svg -o missing/rows.csv",
        "sweep --shares triangle --lens polarity --resolution 2 --refine 0 --plot new.svg \
         -o missing/x.json",
    ] {
        assert_eq!(place.run(args).status.code(), Some(2), "{args}");
        assert_eq!(place.names(), ["a.csv"], "{args}");
    }
}

/// Runs the program with what is given on standard input.
fn fed(args: &str, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
    command.args(args.split_whitespace()).current_dir(env!("CARGO_MANIFEST_DIR"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_dash_is_standard_input_everywhere() {
    let system = fs::read("data/italy-1454.csv").unwrap();
    let report = output("solve data/italy-1454.csv --format json");
    for (args, input, shown) in [
        ("solve - --lens polarity", &system[..], "standard input"),
        ("compare - data/europe-1913.csv", &system, "europe-1913"),
        ("compare -", &system, "standard input"),
        ("theory niou-ordeshook -", &system, "standard input"),
        ("coalition - --game majority", &system, ""),
        ("coalition -", b"player,cost\nA,1\nB,2\n", ""),
        ("coalition -", b"player,preferences\nA,A+B\nB,A+B\n", ""),
        ("game -", b"NFG 1 R \"\" { \"A\" \"B\" } { 1 1 } 0 0\n", ""),
        ("check -", report.as_bytes(), "Accepted"),
    ] {
        let output = fed(args, input);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(0), "{args}: {}", said(&output));
        assert!(text.contains(shown), "{args}: {text}");
    }
    let twice = fed("compare - -", &system);
    refused(&twice, "once at most");
    assert!(!fed("solve - -o -", &system).stdout.is_empty());
    assert!(!Path::new("-").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let program = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_equipoise"));
        command.args(["solve", "data/italy-1454.csv"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        command.stderr(Stdio::piped());
        command
    };
    refused(&program().stdout(full).output().unwrap(), "No space left");
    // Nobody reads the other end any more: nothing to say, but not a success.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let closed = program().stdout(writer).output().unwrap();
    assert_eq!((closed.status.code(), said(&closed).as_str()), (Some(2), ""));
    // Standard output is not open at all.
    let shell = |ends: &str| {
        let mut command = Command::new("sh");
        let program = env!("CARGO_BIN_EXE_equipoise");
        command.args(["-c", &format!("'{program}' solve data/italy-1454.csv {ends}")]);
        command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
    };
    refused(&shell(">&-"), "standard output");
    let place = Place::new();
    let kept = shell(&format!("-o {} >&-", place.at("x.txt").display()));
    assert!(kept.status.success() && place.at("x.txt").exists(), "{}", said(&kept));
    assert!(shell(">/dev/null").status.success());
    // That nobody can be told is no reason to panic.
    assert_eq!(shell("--year 1 2>&-").status.code(), Some(2));
}

#[test]
fn names_that_spreadsheets_run_are_quoted_and_read_back() {
    let place = Place::new();
    let names = ["=1+2", "+B", "-C", "@d", "'=e"];
    // What begins with an apostrophe before such a sign is written with one more.
    let written = |name: &str| name.replace("'=", "''=");
    let rows = names.iter().zip(1..).map(|(name, power)| format!("{},{power}\n", written(name)));
    let rows: Vec<String> = rows.collect();
    fs::write(place.at("b.csv"), format!("state,x\n{}", rows.concat())).unwrap();
    let csv = place.run("solve b.csv --format csv --lens polarity").stdout;
    let csv = String::from_utf8(csv).unwrap();
    for cell in csv.lines().flat_map(|line| line.split(',')) {
        let cell = cell.trim_matches('"');
        assert!(!cell.starts_with(['=', '+', '@']), "{csv}");
        assert!(!cell.starts_with('-') || cell.parse::<f64>().is_ok(), "{csv}");
    }
    assert!(csv.contains(",'=1+2,") && csv.contains(",'-C,") && csv.contains(",''=e,"), "{csv}");
    // A column of it is a file of states again, with the same names.
    let shares = csv.lines().filter(|line| line.split(',').nth(2) == Some("share"));
    let cells = shares.map(|line| line.split(',').collect::<Vec<_>>());
    let again: String = cells.map(|cells| format!("{},{}\n", cells[3], cells[4])).collect();
    fs::write(place.at("c.csv"), format!("state,x\n{again}")).unwrap();
    let report = place.run("solve c.csv --format json --lens polarity").stdout;
    let report: Value = serde_json::from_slice(&report).unwrap();
    let states = report["system"]["states"].as_array().unwrap();
    let ids: Vec<&str> = states.iter().map(|state| state["id"].as_str().unwrap()).collect();
    assert_eq!(ids, names);
}

#[test]
fn notes_and_errors_escape_control_characters() {
    let place = Place::new();
    fs::write(place.at("b.csv"), "state,x\nA\u{1b}[31m,oops\nB,1\n").unwrap();
    let output = place.run("solve b.csv --states A\u{1b}[31m");
    assert_eq!(output.status.code(), Some(2));
    assert!(!said(&output).contains('\u{1b}'), "{:?}", said(&output));
}

mod journals {
    use super::*;

    /// A sweep that was stopped by the end of the time, and its journal.
    fn stopped(place: &Place) -> String {
        let output = place.run(&format!("{SWEEP} -o x.json"));
        assert!(output.status.success(), "{}", said(&output));
        let whole = fs::read_to_string(place.at("x.json")).unwrap();
        fs::remove_file(place.at("x.json")).unwrap();
        // As it would be had it been stopped right before its end.
        let report: equipoise::report::sweep::SweepReport = serde_json::from_str(&whole).unwrap();
        let settings = report.settings.line();
        let mut journal =
            equipoise::sweep::Journal::open(&place.at("x.json.part"), &settings).unwrap();
        let points: Vec<_> = report.points.iter().map(|point| (point.at, point)).collect();
        let task = report.settings.task().unwrap();
        let solved: Vec<_> = points
            .iter()
            .map(|(at, _)| (*at, task.solve(*at, &Default::default()).unwrap().unwrap()))
            .collect();
        equipoise::sweep::Store::keep(&mut journal, &solved).unwrap();
        whole
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let place = Place::new();
        let whole = stopped(&place);
        let journal = fs::read(place.at("x.json.part")).unwrap();
        let output = place.run(&format!("{SWEEP} -o x.json"));
        assert!(said(&output).contains("places are known"), "{}", said(&output));
        assert_eq!(fs::read_to_string(place.at("x.json")).unwrap(), whole);
        let first = journal.iter().position(|byte| *byte == b'\n').unwrap() + 1;
        let digits = (first..journal.len()).filter(|&at| journal[at].is_ascii_digit());
        for at in digits.step_by(97).take(12) {
            let mut damaged = journal.clone();
            damaged[at] = b'0' + (damaged[at] - b'0' + 1) % 10;
            fs::write(place.at("x.json.part"), &damaged).unwrap();
            let line = 1 + damaged[..at].iter().filter(|byte| **byte == b'\n').count();
            let output = place.run(&format!("{SWEEP} -o x.json"));
            refused(&output, &format!("x.json.part:{line}: expected a line as it was written"));
        }
    }

    #[test]
    fn lines_of_another_sweep_and_other_files_are_refused() {
        let place = Place::new();
        stopped(&place);
        let journal = fs::read_to_string(place.at("x.json.part")).unwrap();
        let other = SWEEP.replace("--lens polarity", "--lens polarity --threshold 0.6");
        let settings = |args: &str, name: &str| {
            let output = place.run(&format!("{args} -o {name}"));
            assert!(output.status.success());
            let text = fs::read_to_string(place.at(name)).unwrap();
            let report: equipoise::report::sweep::SweepReport =
                serde_json::from_str(&text).unwrap();
            fs::remove_file(place.at(name)).unwrap();
            report.settings.line()
        };
        let (_, lines) = journal.split_once('\n').unwrap();
        let mixed = format!("{}\n{lines}", settings(&other, "y.json"));
        fs::write(place.at("y.json.part"), mixed).unwrap();
        refused(&place.run(&format!("{other} -o y.json")), "y.json.part:2");
        fs::write(place.at("z.json.part"), "my only copy").unwrap();
        refused(&place.run(&format!("{SWEEP} -o z.json")), "z.json.part:1");
        assert_eq!(fs::read_to_string(place.at("z.json.part")).unwrap(), "my only copy");
    }

    #[test]
    fn two_processes_do_not_write_one_journal() {
        let place = Place::new();
        let path = place.at("x.json.part");
        stopped(&place);
        let settings = fs::read_to_string(&path).unwrap();
        let (settings, _) = settings.split_once('\n').unwrap();
        let held = equipoise::sweep::Journal::open(&path, settings).unwrap();
        refused(&place.run(&format!("{SWEEP} -o x.json")), "another process is working on");
        drop(held);
        assert!(place.run(&format!("{SWEEP} -o x.json")).status.success());
    }
}
