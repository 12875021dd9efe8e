//! Requests in pieces: the report that `merge` writes has the bytes of one process.

use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Folder, equipoise, output};

/// The parts of a command.
fn parts(folder: &Folder, args: &str, of: u32) -> Vec<PathBuf> {
    let part = |k| {
        let path = folder.write(&format!("part-{k}"), "");
        let run = equipoise(&format!("{args} --shard {k}/{of} --quiet -o"));
        let ended = { run }.arg(&path).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        path
    };
    (1..=of).map(part).collect()
}

fn merged(parts: &[PathBuf], format: &str) -> (Option<i32>, String, String) {
    let ended = equipoise(&format!("merge --format {format}")).args(parts).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (ended.status.code(), text(ended.stdout), text(ended.stderr))
}

#[test]
fn what_is_merged_has_the_bytes_of_one_process() {
    let folder = Folder::new();
    for args in [
        "compare data/europe-1913.csv data/italy-1454.csv --vary decisiveness=1,2,3 --theories all",
        "sweep data/europe-1913.csv --x decisiveness=1..4 --y dominance=1..3 --lens \
         polarity,blocs --resolution 4 --refine 3",
        "sweep --shares triangle --lens polarity,settlement --resolution 4 --refine 2",
        "simulate data/europe-1913.csv --runs 50 --periods 20 --compare alliances=none \
         --x cumulativity=0..1 --steps 3 --stakes 0.1..0.3",
    ] {
        for of in [1, 3, 7] {
            let mut parts = parts(&folder, args, of);
            parts.reverse();
            for format in ["json", "text", "csv"] {
                let one = output(&format!("{args} --format {format}"));
                let (code, all, said) = merged(&parts, format);
                assert!(code == Some(0) && all == one, "{args} in {of} as {format}: {said}");
            }
        }
    }
}

#[test]
fn pieces_can_leave_their_rows_each_once() {
    let folder = Folder::new();
    let rows = |args: &str, k: u32, of: u32| {
        let path = folder.write("beside", "").with_file_name(format!("part-{k}-{of}.csv"));
        let run = equipoise(&format!("{args} --shard {k}/{of} --quiet -o"));
        assert!({ run }.arg(&path).output().unwrap().status.success(), "{args}");
        // A piece without a case has no table.
        fs::read_to_string(path).unwrap_or_else(|_| "\n".into())
    };
    for (args, most_lost) in [
        ("compare data/europe-1913.csv data/italy-1454.csv --vary decisiveness=1,2,3", 0),
        (
            "sweep data/europe-1913.csv --x decisiveness=1..4 --y dominance=1..3 --lens \
             polarity,blocs --resolution 4 --refine 3",
            4,
        ),
        ("sweep --shares triangle --lens polarity,settlement --resolution 4 --refine 2", 4),
    ] {
        let whole = output(&format!("{args} --format csv"));
        // What changed since the row before, which the first row of a piece does not have.
        let changes = whole.lines().next().unwrap().split(',').position(|name| name == "changes");
        let row = |line: &str| {
            let cells = line.split(',').enumerate().filter(|(at, _)| Some(*at) != changes);
            cells.map(|(_, cell)| cell).collect::<Vec<_>>().join(",")
        };
        let mut whole: Vec<String> = whole.lines().map(row).collect();
        let header = whole.remove(0);
        whole.sort_unstable();
        for of in [1, 3, 7] {
            let parts: Vec<String> = (1..=of).map(|k| rows(args, k, of)).collect();
            let mut found = Vec::new();
            for part in &parts {
                let (first, rest) = part.split_once('\n').unwrap();
                assert!(first.is_empty() || row(first) == header, "{args}: {first}");
                found.extend(rest.lines().map(row));
            }
            found.sort_unstable();
            assert!(found.windows(2).all(|pair| pair[0] != pair[1]), "{args}: a row twice");
            let known = found.iter().filter(|row| whole.binary_search(row).is_ok()).count();
            assert_eq!(known, found.len(), "{args}: a row that the whole does not have");
            assert!(
                whole.len() - known <= most_lost,
                "{args} in {of}: {} rows lost",
                whole.len() - known
            );
        }
    }
    let said = equipoise("simulate data/europe-1913.csv --shard 1/2 -o x.csv").output().unwrap();
    assert!(String::from_utf8_lossy(&said.stderr).contains("a table is of all runs"));
}

#[test]
fn parts_that_do_not_make_a_request_are_refused() {
    let folder = Folder::new();
    let args = "compare data/europe-1913.csv --vary decisiveness=1,2 --lens polarity";
    let own = parts(&folder, args, 2);
    let refused = |parts: &[PathBuf], what: &str| {
        let (code, _, said) = merged(parts, "json");
        assert!(code == Some(2) && said.contains(what), "{what}: {said}");
    };
    refused(&own[..1], "part 2/2 once");
    refused(&[own[0].clone(), own[0].clone(), own[1].clone()], "more than once");
    refused(&[PathBuf::from("data/europe-1913.csv")], "expected a part that --shard wrote");
    let other = Folder::new();
    let foreign = parts(&other, &format!("{args} --dominance 2"), 2);
    refused(&[own[0].clone(), foreign[1].clone()], "the same request");
    let bytes = fs::read(&own[1]).unwrap();
    fs::write(&own[1], &bytes[..bytes.len() - 3]).unwrap();
    refused(&own, "cut off or changed");
}

#[test]
fn a_file_that_changed_since_is_noticed() {
    let folder = Folder::new();
    let file = folder.write("states.csv", "state,power\nA,5\nB,4\n");
    let args = format!("compare {} --vary decisiveness=1,2 --lens polarity", file.display());
    let own = parts(&folder, &args, 2);
    fs::write(&file, "state,power\nA,5\nB,3\n").unwrap();
    let (code, _, said) = merged(&own, "json");
    assert!(code == Some(2) && said.contains("input file"), "{said}");
}

#[test]
fn a_piece_needs_a_number_and_a_file() {
    for (args, what) in [
        ("compare data/europe-1913.csv --shard 1/2", "--output"),
        ("compare data/europe-1913.csv --shard 3/2 -o x", "k/N"),
        ("sweep --shares triangle --shard 0/2 -o x", "k/N"),
        ("simulate data/europe-1913.csv --shard two -o x", "k/N"),
    ] {
        let ended = equipoise(args).output().unwrap();
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert!(ended.status.code() == Some(2) && said.contains(what), "{args}: {said}");
    }
    assert!(!Path::new("x").exists());
}

#[test]
fn a_saved_report_is_shown_as_its_command_shows_it() {
    let folder = Folder::new();
    for args in [
        "compare data/europe-1913.csv --vary decisiveness=1,2",
        "sweep --shares triangle --lens polarity --resolution 4 --refine 1",
        "simulate data/europe-1913.csv --runs 20 --periods 10",
        "theory landscape data/europe-1913.csv --propensity -1",
    ] {
        let file = folder.write("report.json", &output(&format!("{args} --format json")));
        for format in ["text", "csv", "json"] {
            let shown = output(&format!("show {} --format {format}", file.display()));
            assert_eq!(shown, output(&format!("{args} --format {format}")), "{args} {format}");
        }
    }
    let file = folder.write("report.json", &output("solve data/europe-1913.csv --format json"));
    let figure = folder.write("blocs.svg", "");
    let drawn = format!("show {} --plot {} --figure blocs", file.display(), figure.display());
    assert_eq!(output(&drawn), "");
    assert!(fs::read_to_string(figure).unwrap().starts_with("<svg"));
    let wrong = folder.run("show", "{\"schema\": \"other/1\"}", &[]);
    assert!(wrong.0 == Some(2) && wrong.2.contains("schema"), "{wrong:?}");
    let none = format!("show {} --plot x.svg --figure none", file.display());
    let said = equipoise(&none).output().unwrap();
    assert!(String::from_utf8_lossy(&said.stderr).contains("lenses, blocs, partition, tactics"));
}
