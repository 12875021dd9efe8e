//! `fit` and `backtest` as typed, on a small world of five major powers.

use std::fmt::Write;

use assert_cmd::Command;
use serde_json::Value;

/// A folder with files, gone with the test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.0.path().join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap()
    }

    fn equipoise(&self, args: &str) -> Command {
        let mut command = Command::cargo_bin("equipoise").unwrap();
        command.current_dir(self.0.path()).args(args.split_whitespace());
        command
    }
}

/// The world in a folder.
fn world() -> Folder {
    let folder = Folder::new();
    for (name, text) in files() {
        folder.write(name, &text);
    }
    folder
}

/// The world: capabilities, majors, pacts, capitals, rivalries, wars of twelve years.
pub fn files() -> Vec<(&'static str, String)> {
    let mut files = Vec::new();
    let codes = ["1", "2", "3", "4", "5"];
    let names = ["AAA", "BBB", "CCC", "DDD", "EEE"];
    let power = [30.0, 24.0, 20.0, 15.0, 11.0];
    let mut nmc =
        String::from("stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n");
    let mut pacts = String::from("ccode1,ccode2,year,defense,offense,neutral,nonagg,consul\n");
    for year in 1900..1920 {
        for k in 0..5 {
            let share = (power[k] + f64::from((year * (k as i32 + 3)) % 7)) / 120.0;
            let (name, code) = (names[k], codes[k]);
            writeln!(nmc, "{name},{code},{year},1,1,1,1,1,1,{share},7").unwrap();
        }
        for (a, b, from) in [(1, 2, 1903), (2, 3, 1900), (3, 4, 1908), (0, 4, 1912)] {
            if year >= from && (year + a as i32) % 6 != 0 {
                writeln!(pacts, "{},{},{year},1,0,0,0,0", codes[a], codes[b]).unwrap();
                writeln!(pacts, "{},{},{year},1,0,0,0,0", codes[b], codes[a]).unwrap();
            }
        }
    }
    writeln!(pacts, "1,3,1919,0,0,1,0,0").unwrap();
    let mut majors =
        String::from("stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n");
    let mut capitals = String::from("ccode,statenme,capital,stdate,enddate,lat,lng\n");
    for k in 0..5 {
        writeln!(majors, "{},{},1900,1,1,1919,12,31,2016", names[k], codes[k]).unwrap();
        let place = 7 * k;
        writeln!(capitals, "{},{0},{0},1816-01-01,2024-12-31,4{k},{place}", codes[k]).unwrap();
    }
    files.push(("nmc.csv", nmc));
    files.push(("majors.csv", majors));
    files.push(("pacts.csv", pacts));
    files.push(("capitals.csv", capitals));
    files.push((
        "rivals.csv",
        "tssr_id,rivalry,ccode1,ccode2,start,end,positional,spatial,ideological,interventionary,\
         principal,aprin\n1,A-B,1.0,2.0,1890.0,1910.0,1.0,1.0,,,,\n2,A-C,1.0,3.0,1895.0,2000.0,1.0,,,,,\n\
         3,D-E,4.0,5.0,1905.0,1915.0,1.0,,,,,\n"
            .to_owned(),
    ));
    let mut wars = String::from(
        "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,\
         EndDay1,EndYear1,StartMonth2,StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,\
         WhereFought,Initiator,Outcome,TransTo,BatDeath,Version\n",
    );
    let fought =
        [(1, 2, 1), (2, 5, 1), (3, 1, 2), (4, 3, 1), (1, 4, 1), (2, 3, 2), (5, 4, 1), (1, 3, 1)];
    for (k, (one, other, won)) in fought.into_iter().enumerate() {
        let year = 1902 + 2 * k;
        for (side, code) in [(1, one), (2, other)] {
            let (began, outcome) = (2 - u8::from(side == 1), if side == won { 1 } else { 2 });
            writeln!(
                wars,
                "{k},War {k},1,{code},{code},{side},4,7,{year},11,13,{year},-8,-8,-8,-8,-8,-8,-8,2,\
                 {began},{outcome},-8,600,4"
            )
            .unwrap();
        }
    }
    // The same, but in each war only side 1 is listed.
    let one_sided: Vec<&str> =
        wars.lines().filter(|line| line.split(',').nth(5) != Some("2")).collect();
    files.push(("one-sided.csv", one_sided.join("\n") + "\n"));
    files.push(("wars.csv", wars));
    files.push(("system.csv", "state,power\nA,5\nB,4\nC,3\nD,2\n".to_owned()));
    files
}

const HISTORY: &str =
    "nmc.csv --majors majors.csv --pacts pacts.csv --dyads capitals.csv,rivals.csv";

/// Exit code, standard output and standard error.
fn run(folder: &Folder, args: &str) -> (Option<i32>, String, String) {
    let output = folder.equipoise(args).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn json(folder: &Folder, args: &str) -> Value {
    let (_, out, error) = run(folder, &format!("{args} --format json"));
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{args}: {error}"))
}

#[test]
fn a_fit_gives_its_parameters_and_their_doubt_to_a_verdict() {
    let folder = world();
    let (code, _, error) = run(&folder, "fit decisiveness nmc.csv --wars wars.csv -o fit.json");
    assert_eq!(code, Some(0), "{error}");
    let fit: Value = serde_json::from_str(&folder.read("fit.json")).unwrap();
    assert_eq!(fit["provenance"]["command"], "fit decisiveness");
    assert!(fit["provenance"]["inputs"][0]["sha256"].is_string());
    let (code, _, error) = run(&folder, "check fit.json");
    assert_eq!(code, Some(0), "{error}");
    let estimate = fit["terms"][0]["estimate"].as_f64().unwrap();
    let solve = "solve system.csv --lens polarity,alignment --parameters fit.json";
    let report = json(&folder, &format!("{solve} --draws 40"));
    assert_eq!(report["parameters"]["decisiveness"].as_f64(), Some(estimate.clamp(0.0, 100.0)));
    let draws = &report["verdict"]["draws"];
    assert_eq!(draws["n"], 40);
    let all: u64 =
        draws["verdicts"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(all, 40);
    assert_eq!(report, json(&folder, &format!("{solve} --draws 40 --threads 1")));
    let (_, text, _) = run(&folder, &format!("{solve} --draws 40"));
    assert!(text.contains("over 40 draws from the estimate (decisiveness"), "{text}");
    // A flag wins over the file, and then there is nothing to draw.
    let given = json(&folder, &format!("{solve} --decisiveness 3"));
    assert_eq!(given["parameters"]["decisiveness"], 3.0);
    let (code, _, error) = run(&folder, &format!("{solve} --decisiveness 3 --draws 5"));
    assert_eq!(code, Some(2));
    assert!(error.contains("an estimate with standard errors"), "{error}");
    let compared =
        json(&folder, "compare system.csv --lens polarity --parameters fit.json --draws 10");
    assert_eq!(compared["reports"][0]["verdict"]["draws"]["n"], 10);
    let film = json(&folder, "simulate system.csv --parameters fit.json --runs 3 --periods 3");
    assert_eq!(film["parameters"]["decisiveness"].as_f64(), Some(estimate.clamp(0.0, 100.0)));
    assert_eq!(film["parameters"]["war_cost"], 0.25);
    assert_eq!(film["provenance"]["request"]["runs"], "3");
}

#[test]
fn a_film_and_a_sweep_hold_the_doubt_of_a_fit() {
    let folder = world();
    run(&folder, "fit decisiveness nmc.csv --wars wars.csv -o fit.json");
    let simulate = "simulate system.csv --parameters fit.json --runs 40 --periods 8 --draws 5";
    let film = json(&folder, simulate);
    let draws = film["draws"]["draws"].as_array().unwrap();
    let of = |draw: &Value| draw["parameters"]["decisiveness"].as_f64().unwrap();
    assert_eq!(draws.len(), 5);
    assert!(draws.iter().all(|draw| draw["runs"] == 8));
    assert!(draws.iter().any(|draw| of(draw) != of(&draws[0])));
    // Run 7 takes its turn at draw 2.
    let scenes = json(&folder, &format!("{simulate} --replay 7"));
    assert_eq!(scenes["parameters"]["decisiveness"].as_f64(), Some(of(&draws[2])));
    assert_eq!(film, json(&folder, &format!("{simulate} --threads 1")));
    let (_, csv, _) = run(&folder, &format!("{simulate} --format csv"));
    let header: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let at = |name: &str| header.iter().position(|known| *known == name).unwrap();
    let row: Vec<&str> = csv.lines().nth(8).unwrap().split(',').collect();
    assert_eq!((row[at("run")], row[at("draw")]), ("7", "2"));
    assert_eq!(row[at("decisiveness")].parse(), Ok(of(&draws[2])));
    let (_, text, _) = run(&folder, simulate);
    assert!(text.contains("OVER DRAWS") && text.contains("Of 5 draws"), "{text}");
    let (_, page, _) = run(&folder, &format!("{simulate} --format html"));
    assert!(page.contains("Over draws of decisiveness"), "{page}");
    run(&folder, &format!("{simulate} -o film.json"));
    let (code, said, _) = run(&folder, "check film.json --thorough");
    assert_eq!(code, Some(0), "{said}");

    let sweep = "sweep system.csv --parameters fit.json --draws 6 --x dominance=1..2 \
                 --y war-cost=0..0.2 --resolution 2 --refine 1 --lens polarity,blocs";
    let plane = json(&folder, sweep);
    assert_eq!(plane["grid"]["by"].as_array().unwrap().last().unwrap(), "drawn");
    for point in plane["points"].as_array().unwrap() {
        let counts = point["draws"].as_object().unwrap().values();
        assert_eq!(counts.map(|n| n.as_u64().unwrap()).sum::<u64>(), 6);
    }
    assert_eq!(plane, json(&folder, &format!("{sweep} --threads 1")));
    let (_, csv, _) = run(&folder, &format!("{sweep} --format csv"));
    assert!(csv.lines().next().unwrap().contains("draws_balanced,draws_hegemonic"), "{csv}");
    let (_, text, _) = run(&folder, sweep);
    assert!(text.contains("DRAWN") && text.contains("6 draws of the estimate"), "{text}");
    let (code, _, error) = run(&folder, &format!("{sweep} --plot drawn.svg --figure drawn"));
    assert_eq!(code, Some(0), "{error}");
    run(&folder, &format!("{sweep} -o sweep.json"));
    let (code, said, _) = run(&folder, "check sweep.json");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("the verdict of every draw at every place, made again"), "{said}");
}

#[test]
fn draws_that_say_nothing_are_refused() {
    let folder = world();
    run(&folder, "fit decisiveness nmc.csv --wars wars.csv -o fit.json");
    let fitted = "system.csv --parameters fit.json";
    for (args, words) in [
        (format!("simulate {fitted} --runs 3 --draws 2"), "each has two of the 3 runs"),
        (format!("simulate {fitted} --draws 5 --decisiveness 1..2"), "an estimate"),
        ("simulate system.csv --draws 5".into(), "--parameters"),
        (
            format!("sweep {fitted} --draws 5 --x decisiveness=1..2 --y war-cost=0..0.1"),
            "parameters that are not swept",
        ),
        (
            format!(
                "sweep {fitted} --draws 5 --x dominance=1..2 --y war-cost=0..0.1 --lens security"
            ),
            "a lens of control",
        ),
        (
            format!("sweep {fitted} --by drawn --x dominance=1..2 --y war-cost=0..0.1"),
            "drawn without --draws",
        ),
        (format!("coalition {fitted}"), "settlement"),
        (format!("coalition {fitted} --game majority"), "no fight is fought"),
    ] {
        let (code, _, error) = run(&folder, &args);
        assert_eq!(code, Some(2), "{args}: {error}");
        assert!(error.contains(words), "{args}: {error}");
    }
}

#[test]
fn a_fit_gives_its_decisiveness_to_games_of_power() {
    let folder = world();
    run(&folder, "fit decisiveness nmc.csv --wars wars.csv -o fit.json");
    let fit: Value = serde_json::from_str(&folder.read("fit.json")).unwrap();
    let estimate = fit["terms"][0]["estimate"].as_f64().unwrap();
    for command in ["coalition system.csv --game settlement", "theory nested-contest system.csv"] {
        let fitted = json(&folder, &format!("{command} --parameters fit.json"));
        let mut given = json(&folder, &format!("{command} --decisiveness {estimate}"));
        given["provenance"] = fitted["provenance"].clone();
        assert_eq!(fitted, given, "{command}");
    }
}

#[test]
fn files_that_are_no_fits_are_refused() {
    let folder = world();
    folder.write("other.json", "{\"schema\": \"equipoise/report/1\"}");
    for (args, words) in [
        ("solve system.csv --parameters other.json", "expected \"equipoise/fit/1\""),
        ("solve system.csv --parameters system.csv", "expected a fit in JSON"),
        ("solve system.csv --draws 10", "--parameters"),
        (
            "fit alignment nmc.csv --majors majors.csv --pacts pacts.csv --dyads capitals.csv,rivals.csv --estimate bogus",
            "expected some of precision",
        ),
        (
            "fit alignment nmc.csv --majors majors.csv --pacts pacts.csv --dyads capitals.csv,rivals.csv --estimate threat-weight",
            "--driver threat",
        ),
    ] {
        let (code, _, error) = run(&folder, args);
        assert_eq!(code, Some(2), "{args}: {error}");
        assert!(error.contains(words), "{args}: {error}");
    }
}

#[test]
fn wars_without_two_sides_leave_no_estimate_and_say_so() {
    let folder = world();
    let (code, out, error) = run(&folder, "fit decisiveness nmc.csv --wars one-sided.csv");
    assert!(code == Some(1) || code == Some(2), "{code:?} {error}");
    let told = format!("{out}{error}");
    assert!(told.contains("a side without a state"), "{told}");
    assert!(!told.contains("NaN"), "{told}");
}

#[test]
fn a_fit_of_alignment_is_checked_and_used() {
    let folder = world();
    let (code, _, error) = run(&folder, &format!("fit alignment {HISTORY} -o alignment.json"));
    assert!(code == Some(0) || code == Some(1), "{error}");
    let fit: Value = serde_json::from_str(&folder.read("alignment.json")).unwrap();
    assert_eq!(fit["model"], "alignment");
    let (checked, _, error) = run(&folder, "check alignment.json --allow-partial");
    assert_eq!(checked, Some(code.unwrap_or(2)), "{error}");
    if code == Some(0) {
        let used = format!("backtest {HISTORY} --permutations 0 --parameters alignment.json");
        let (code, _, error) = run(&folder, &used);
        assert_eq!(code, Some(0), "{error}");
    }
    let (_, table, _) = run(&folder, &format!("fit alignment {HISTORY} --format csv"));
    assert!(
        table.starts_with("term,estimate,std.error,std.error.cluster,conf.low,conf.high"),
        "{table}"
    );
    let (code, page, error) = run(&folder, &format!("fit alignment {HISTORY} --format html"));
    assert!(code.is_some_and(|code| code < 2) && page.contains("<html"), "{error}");
}

#[test]
fn a_backtest_on_one_spell_says_what_it_says() {
    let folder = world();
    let args = format!("backtest {HISTORY} --permutations 19 --train 1901..1910");
    let (code, text, error) = run(&folder, &args);
    assert_eq!(code, Some(0), "{error}");
    assert!(text.contains("both-balance-threat") && text.contains("film"), "{text}");
    assert!(text.contains("adds nothing") || text.contains("adds something"), "{text}");
    let report = json(&folder, &args);
    assert_eq!(report["provenance"]["command"], "backtest");
    for figure in ["roc", "separation", "permutations"] {
        let (code, _, error) = run(&folder, &format!("{args} --plot f.svg --figure {figure}"));
        assert_eq!(code, Some(0), "{figure}: {error}");
        assert!(folder.read("f.svg").contains("<svg"));
    }
    for (args, words) in [
        ("--predict sides", "--wars"),
        ("--predict bogus", "new-pact"),
        ("--years 1801..1810", "which the files cover"),
        ("--years 1910..1901", "the earlier first"),
        ("--pairs relevant", "contiguity"),
        ("--plot f.svg --of nobody", "expected one of blocs"),
        ("--plot f.gif", ".svg"),
    ] {
        let (code, _, error) = run(&folder, &format!("backtest {HISTORY} {args} --permutations 0"));
        assert_eq!(code, Some(2), "{args}: {error}");
        assert!(error.contains(words), "{args}: {error}");
    }
}

#[test]
fn files_of_pairs_without_years_or_rows_are_located() {
    let folder = world();
    folder.write("pairs.csv", "state1,state2,distance\nAAA,BBB,100\n");
    for (dyads, pacts) in [
        ("pairs.csv", "pacts.csv"),
        ("capitals.csv", "pacts.csv"),
        ("capitals.csv,rivals.csv", "pairs.csv"),
    ] {
        let args = format!(
            "backtest nmc.csv --majors majors.csv --pacts {pacts} --dyads {dyads} --permutations 0"
        );
        let (code, _, error) = run(&folder, &args);
        assert_eq!(code, Some(2), "{args}: {error}");
        assert!(error.contains("expected") && error.contains("give"), "{error}");
    }
}
