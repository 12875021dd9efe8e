//! At home on a scholar's desk: what R, pandas, Stata and Excel write is read, and what is written
//! is ready for them.

use std::fs;
use std::io::Write as _;

use serde_json::Value;

use crate::common::Folder;

/// Exit code, standard output and standard error of `solve` through the lens polarity.
fn solved(text: &str, flags: &[&str]) -> (Option<i32>, String, String) {
    let flags = [&["--lens", "polarity", "--format", "json"], flags].concat();
    Folder::new().run("solve", text, &flags)
}

/// The report of a run that ended well, and what was noted.
fn report(text: &str, flags: &[&str]) -> (Value, String) {
    let (code, out, notes) = solved(text, flags);
    assert_eq!(code, Some(0), "{notes}");
    (serde_json::from_str(&out).unwrap(), notes)
}

fn shares(report: &Value) -> Vec<(String, f64)> {
    let states = report["system"]["states"].as_array().unwrap();
    let one = |state: &Value| {
        (state["id"].as_str().unwrap().to_owned(), state["share"].as_f64().unwrap())
    };
    states.iter().map(one).collect()
}

fn refusal(text: &str) -> String {
    let (code, _, error) = solved(text, &[]);
    assert_eq!(code, Some(2), "{error}");
    error
}

#[test]
fn counters_without_a_name_are_passed_over_with_a_note() {
    let plain = shares(&report("state,x\nA,5\nB,3\nC,2\n", &[]).0);
    for text in [
        "\"\",\"state\",\"x\"\n\"1\",\"A\",5\n\"2\",\"B\",3\n\"3\",\"C\",2\n",
        ",state,x\n0,A,5\n1,B,3\n2,C,2\n",
        "Unnamed: 0,state,x\n0,A,5\n1,B,3\n2,C,2\n",
    ] {
        let (report, notes) = report(text, &[]);
        assert_eq!(shares(&report), plain);
        assert!(notes.contains("only counts the rows"), "{notes}");
    }
    assert!(refusal(",state,x\n7,A,5\n9,B,3\n").contains("name the column or delete it"));
    // A counter with a name is no power either, unless it is named.
    let (with, notes) = report("X,state,a,b\n1,A,5,1\n2,B,3,1\n3,C,2,1\n", &[]);
    assert!(notes.contains("not counted: X"), "{notes}");
    assert_eq!(with["system"]["measure"], "a=1,b=1");
}

#[test]
fn missing_values_are_those_of_every_program_with_a_note() {
    for word in ["NA", "NaN", "n/a", ".", "#N/A", "null"] {
        let (report, notes) = report(&format!("state,x,y\nA,5,1\nB,{word},2\nC,2,3\n"), &[]);
        assert!(notes.contains(&format!("{word} is read as missing")), "{notes}");
        assert_eq!(shares(&report).len(), 3);
    }
    // Namibia is a state.
    let (namibia, _) = report("state,x\nNA,5\nB,3\n", &[]);
    assert_eq!(shares(&namibia)[0].0, "NA");
}

#[test]
fn a_region_is_not_averaged_into_the_index() {
    let six = "state,milex,milper,irst,pec,tpop,upop,region\n\
               A,1,2,3,4,5,6,1\nB,6,5,4,3,2,1,5\n";
    let without = "state,milex,milper,irst,pec,tpop,upop\nA,1,2,3,4,5,6\nB,6,5,4,3,2,1\n";
    let (with, notes) = report(six, &[]);
    assert_eq!(shares(&with), shares(&report(without, &[]).0));
    assert_eq!(with["system"]["measure"], "cinc");
    assert!(notes.contains("not counted: region"), "{notes}");
    // Some of the components: they alone, and not under the name of the index.
    let (some, _) = report("state,milex,tpop,region\nA,1,2,9\nB,3,2,1\n", &[]);
    assert_eq!(some["system"]["measure"], "milex=1,tpop=1");
    assert_eq!(shares(&some)[0].1, 0.375);
    // The published index where it is there.
    let (index, _) = report("state,cinc,region\nA,0.2,1\nB,0.6,5\n", &[]);
    assert_eq!((index["system"]["measure"].as_str(), shares(&index)[0].1), (Some("cinc"), 0.25));
    // Nothing that is known as power: all, and it is said.
    let (all, notes) = report("state,gdp,ships,region\nA,1,1,5\nB,3,3,1\n", &[]);
    assert_eq!(shares(&all)[0].1, 0.25);
    assert!(
        notes.contains("the mean share over gdp, ships") && notes.contains("region"),
        "{notes}"
    );
    // Asked for by name it is what it is.
    let (asked, _) = report("state,gdp,region\nA,1,5\nB,3,5\n", &["--capability", "region"]);
    assert_eq!(asked["system"]["measure"], "region");
    let used = &asked["provenance"]["capabilities"]["region"];
    assert_eq!((used["A"].as_f64(), used["B"].as_f64()), (Some(5.0), Some(5.0)));
}

#[test]
fn identifiers_are_those_of_other_projects() {
    for (header, id) in [
        ("iso3c", "FRA"),
        ("country", "France"),
        ("statenme", "France"),
        ("country_name", "France"),
        ("gwcode", "220"),
        ("stateabb", "FRN"),
    ] {
        let (report, _) = report(&format!("{header},x\n{id},5\nB,3\n"), &[]);
        assert_eq!(shares(&report)[0].0, id, "{header}");
    }
    let (both, _) =
        report("iso3c,country,year,gwcode,x\nFRA,France,1913,220,5\nGBR,Britain,1913,200,3\n", &[]);
    assert_eq!(both["system"]["states"][0]["name"], "France");
    assert_eq!(both["system"]["measure"], "x");
}

#[test]
fn excel_writes_in_every_country() {
    let plain = shares(&report("state,x\nA,12.5\nB,7.5\n", &[]).0);
    let (excel, _) = report("\u{feff}sep=;\r\nstate;x\r\nA;12,5\r\nB;7,5\r\n", &[]);
    assert_eq!(shares(&excel), plain);
    let total = refusal("state,x\nA,12\nB,8\nTotal,20\n");
    assert!(
        total.contains(":4: expected a state, found Total, the sum of the other rows"),
        "{total}"
    );
    let (_, notes) = report("state,x\nA,12\nB,8\nTotal,5\n", &[]);
    assert!(notes.contains("delete the row if it is a sum"), "{notes}");
}

#[test]
fn other_files_are_unpacked_or_named() {
    let folder = Folder::new();
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(b"state,x\nA,5\nB,3\n").unwrap();
    let path = folder.write("a.csv.gz", "");
    fs::write(&path, packer.finish().unwrap()).unwrap();
    let text = crate::common::output(&format!("solve {} --lens polarity", path.display()));
    assert!(text.contains("2 states"), "{text}");
    for (bytes, said) in [
        (&b"PK\x03\x04xx"[..], "Excel"),
        (b"<stata_dta><header>", "export delimited"),
        (b"PAR1xxxxPAR1", if cfg!(feature = "parquet") { "snappy" } else { "to_csv" }),
    ] {
        fs::write(&path, bytes).unwrap();
        for command in ["solve", "coalition", "compare"] {
            let output =
                crate::common::equipoise(&format!("{command} {}", path.display())).output();
            let output = output.unwrap();
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{error}");
            assert!(error.contains(said), "{command}: {error}");
        }
    }
}

/// One reader: what `solve` reads, games read too.
#[cfg(feature = "parquet")]
#[test]
fn parquet_files_are_read_as_the_csv_of_the_same_table() {
    use equipoise::report::format::Tidy;

    let mut tidy = Tidy::new(["state", "name"]);
    for (state, name, power) in
        [("A", "the first, \"A\"", 5.5), ("B", "", 0.1), ("C", "Ç", 1e-7), ("D", "d", 3e20)]
    {
        tidy.add([state, name], power);
    }
    let table = tidy.table();
    let folder = tempfile::tempdir().unwrap();
    let (parquet, csv) = (folder.path().join("x.parquet"), folder.path().join("x.csv"));
    let bytes = table.parquet().unwrap();
    let solved = |path: &std::path::Path| {
        let words = format!("solve {} --capability value --lens polarity", path.display());
        crate::common::equipoise(&format!("{words} --format json")).output().unwrap()
    };
    fs::write(&parquet, &bytes).unwrap();
    fs::write(&csv, table.csv()).unwrap();
    let [one, other] = [&parquet, &csv].map(|path| {
        let output = solved(path);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    });
    assert_eq!(one["system"]["states"], other["system"]["states"]);
    assert_eq!(one["verdict"], other["verdict"]);
    // A damaged file is an error with a remedy, whatever is damaged.
    for cut in [8, bytes.len() / 2, bytes.len() - 9] {
        fs::write(&parquet, &bytes[..cut]).unwrap();
        let output = solved(&parquet);
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains("snappy"), "{error}");
    }
    for at in (4..bytes.len()).step_by(29) {
        let mut changed = bytes.clone();
        changed[at] ^= 0x55;
        fs::write(&parquet, changed).unwrap();
        assert!(matches!(solved(&parquet).status.code(), Some(0 | 2)), "byte {at}");
    }
}

#[test]
fn decimal_commas_and_counters_are_read_in_games() {
    for (command, text) in [
        ("coalition", "player;cost\nA;12,5\nB;7,5\n"),
        ("coalition", "sep=;\r\ncoalition;value\r\nA;0\r\nB;0,5\r\nA+B;2,5\r\n"),
        ("coalition", "\"\",\"player\",\"cost\"\n\"1\",\"A\",12.5\n\"2\",\"B\",7.5\n"),
        ("coalition", "player;coalition;value\nA;A+B;1,5\nB;A+B;0,5\n"),
    ] {
        let (code, _, error) = Folder::new().run(command, text, &[]);
        assert_eq!(code, Some(0), "{text}: {error}");
    }
    let folder = Folder::new();
    let game = folder.write("g.csv", "Row;Col;payoff Row;payoff Col\na;x;1,5;2\nb;x;0,5;1\n");
    let csv = crate::common::output(&format!("game {} --solve pure --format csv", game.display()));
    assert!(csv.contains("pure,1,Row,,payoff,1.5,"), "{csv}");
}

#[test]
fn the_ending_of_the_file_chooses_the_form() {
    let folder = Folder::new();
    let system = folder.write("a.csv", "state,x\nA_1,5\nB,3\nC,2\n");
    for (name, begins) in [
        ("r.json", "{\n  \"schema\": \"equipoise/report/1\""),
        ("r.csv", "leader,lens,quantity,subject,value,text,affinity_weight,decisiveness,"),
        ("r.md", "| leader | lens | quantity | subject | value | text | affinity\\_weight |"),
        ("r.tex", "\\providecommand{\\toprule}"),
        ("r.html", "<!DOCTYPE html>"),
        ("r.txt", "file"),
    ] {
        let path = folder.write(name, "");
        let args = format!("solve {} -q --lens polarity -o {}", system.display(), path.display());
        assert_eq!(crate::common::output(&args), "");
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(begins) || name == "r.txt" && text.contains("3 states"), "{text}");
    }
    let text = fs::read_to_string(folder.write("x", "").with_file_name("r.md")).unwrap();
    assert!(text.contains("| A\\_1 | system | share | A\\_1 | 0.5 |"), "{text}");
    // Given, the form is that.
    let path = folder.write("x.json", "");
    crate::common::output(&format!("theory list --format csv -o {}", path.display()));
    assert!(fs::read_to_string(path).unwrap().starts_with("theory,question,needs,source"));
    let page = format!("theory list -o {}", folder.write("x.html", "").display());
    let refused = crate::common::equipoise(&page).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
}

/// Every cell of a column is of one type, and every parameter is a column.
#[test]
fn tables_are_tidy() {
    let folder = Folder::new();
    let write = |name: &str, text: &str| folder.write(name, text).display().to_string();
    let game = write("g.csv", "coalition,value\nA,0\nB,0\nA+B,1\n");
    for (args, numbers, parameters) in [
        ("solve data/italy-1454.csv".to_owned(), vec!["value", "threshold"], "dominance"),
        (
            "compare data/italy-1454.csv --vary decisiveness=1,inf".to_owned(),
            vec!["year", "leader_share", "decisiveness"],
            "decisiveness",
        ),
        (
            "sweep --shares triangle --lens polarity --resolution 4 --refine 0".to_owned(),
            vec!["share_a", "level"],
            "threshold",
        ),
        ("theory ruling-coalition data/italy-1454.csv".to_owned(), vec!["value"], "alpha"),
        (format!("coalition {game}"), vec!["value"], "value"),
        ("game tests/common/chicken.nfg".to_owned(), vec!["number", "value"], "value"),
    ] {
        let csv = crate::common::output(&format!("{args} --format csv"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        assert!(header.iter().any(|name| name == parameters), "{args}: {header:?}");
        for record in reader.records() {
            let record = record.unwrap();
            for (name, cell) in header.iter().zip(record.iter()) {
                let number = cell.parse::<f64>().is_ok() || cell.is_empty();
                assert!(number || !numbers.contains(&name), "{args}: {name} is {cell:?}");
            }
        }
    }
}

#[test]
fn a_report_says_what_it_was_made_from() {
    let folder = Folder::new();
    let system = folder.write("a.csv", "state,x\nA,5\nB,3\nC,2\n");
    let run = |flags: &str| {
        crate::common::output(&format!("solve {} --format json {flags}", system.display()))
    };
    let one = run("--threads 1");
    let path = folder.write("r.json", "");
    crate::common::output(&format!(
        "solve {} --threads 2 -q -o {}",
        system.display(),
        path.display()
    ));
    assert_eq!(
        fs::read_to_string(path).unwrap(),
        one,
        "work and output are no part of the request"
    );
    let report: Value = serde_json::from_str(&one).unwrap();
    let provenance = &report["provenance"];
    assert_eq!(provenance["command"], "solve");
    assert_eq!(provenance["request"]["decisiveness"], "2");
    assert_eq!(provenance["inputs"][0]["name"], "a.csv");
    // sha256sum of the file.
    let digest = equipoise::report::sha256(&fs::read(&system).unwrap());
    assert_eq!(provenance["inputs"][0]["sha256"], digest.as_str());
    assert_eq!(provenance["capabilities"]["x"]["B"], 3.0);
    assert!(run("--dominance 1").contains("\"dominance\": \"1\""));
    for args in [
        "sweep --shares triangle --lens polarity --resolution 2 --refine 0",
        "compare data/italy-1454.csv --lens polarity",
        "theory niou-ordeshook data/italy-1454.csv",
        "coalition data/italy-1454.csv --game majority",
    ] {
        let report = crate::common::output(&format!("{args} --format json"));
        let report: Value = serde_json::from_str(&report).unwrap();
        assert!(report["provenance"]["version"].is_string(), "{args}");
    }
}
