//! Commands that are kept from the disk.

use std::path::Path;

use equipoise::cli::Request;

fn sealed(words: &[&str], files: &[(&str, &str)]) -> Request {
    Request {
        words: words.iter().map(|&word| word.to_owned()).collect(),
        files: files.iter().map(|(name, text)| (name.into(), text.as_bytes().to_vec())).collect(),
        sealed: true,
        ..Request::default()
    }
}

#[test]
fn a_sealed_command_reads_no_file_but_those_given() {
    let there = concat!(env!("CARGO_MANIFEST_DIR"), "/data/europe-1913.csv");
    let open = Request { sealed: false, ..sealed(&["solve", there], &[]) };
    open.answer().unwrap();
    let system = [("s.csv", "state,power\nA,5\nB,4\nC,3\n")];
    let dyads = format!("--dyads={there}");
    for words in [
        vec!["solve", there],
        vec!["coalition", there],
        vec!["game", there],
        vec!["check", there],
        vec!["sweep", there, "--x=decisiveness=1..2", "--y=dominance=1..2"],
        vec!["solve", "s.csv", &dyads],
    ] {
        let error = sealed(&words, &system).answer().unwrap_err().to_string();
        assert!(error.contains("not among the files given"), "{words:?}: {error}");
    }
}

#[test]
fn what_a_sealed_command_writes_is_handed_back_and_not_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name).display().to_string();
    let (report, figure) = (place("report.json"), place("lenses.svg"));
    let system = [("s.csv", "state,power\nA,5\nB,4\nC,3\n")];
    let words = ["solve", "s.csv", "-o", &report, "--plot", &figure];
    let answer = sealed(&words, &system).answer().unwrap();
    let mut names: Vec<&Path> = answer.written.iter().map(|(path, _)| path.as_path()).collect();
    names.sort();
    assert_eq!(names, [Path::new(&figure), Path::new(&report)]);
    let sweep = place("sweep.json");
    let words = ["sweep", "--shares=triangle", "--resolution=2", "--refine=0", "-o", &sweep];
    assert_eq!(sealed(&words, &[]).answer().unwrap().written.len(), 1);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
