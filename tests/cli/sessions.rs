//! The command line as users type it: what it prints, what it writes, how it ends.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

/// The program, started where the shipped systems are.
fn equipoise(args: &str) -> Command {
    let mut command = Command::cargo_bin("equipoise").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args.split_whitespace());
    command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

/// What a command prints and how it ends, for a snapshot.
fn session(args: &str) -> String {
    session_of(equipoise(args), args)
}

fn session_of(mut command: Command, args: &str) -> String {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut shown = format!("$ equipoise {args}\n{}", text(&output.stdout));
    if !output.stderr.is_empty() {
        shown += &format!("--- standard error ---\n{}", text(&output.stderr));
    }
    format!("{shown}--- exit code {} ---\n", output.status.code().unwrap_or(-1))
}

/// A line of CSV with its long numbers rounded: the last digits are the machine's own.
fn rounded(line: &str) -> String {
    let cell = |cell: &str| match cell.parse::<f64>() {
        Ok(number) if cell.len() > 11 => format!("{number:.9}"),
        _ => cell.to_owned(),
    };
    line.split(',').map(cell).collect::<Vec<_>>().join(",")
}

/// A folder that goes away with the test.
fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A file with this content in a folder.
fn file(folder: &tempfile::TempDir, name: &str, content: &str) -> PathBuf {
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    path
}

/// The session of `solve` on a file with this content, told from inside its folder.
fn solve(content: &str, flags: &str) -> String {
    let folder = folder();
    file(&folder, "system.csv", content);
    let args = format!("solve system.csv {flags}");
    let mut command = equipoise(&args);
    command.current_dir(folder.path());
    session_of(command, args.trim())
}

const THREE: &str = "state,power\nA,5\nB,4\nC,3\n";

#[test]
fn the_main_job() {
    insta::assert_snapshot!(session("solve data/europe-1913.csv"));
}

/// Lists that were made shorter than what the text shows: what is not shown is not in JSON either.
#[test]
fn the_rest_of_a_short_list_is_said_to_be_where_it_is() {
    let five = "state,power\nA,1\nB,1\nC,1\nD,1\nE,1\n";
    let text = solve(five, "--decisiveness 1 --max-partitions 2 --max-equilibria 2");
    for line in [
        "BLOCS  52 core-stable partitions",
        "    and 50 more partitions, of which --format json lists none",
        "ALIGNMENT  81 pure Nash equilibria; the others face A",
        "    and 79 more equilibria, of which --format json lists none",
    ] {
        assert!(text.lines().any(|shown| shown == line), "{line}\n{text}");
    }
    let text = solve(five, "--decisiveness 1 --max-partitions 6 --lens blocs");
    assert!(
        text.contains("    and 48 more partitions, of which --format json lists 2\n"),
        "{text}"
    );
    let text = solve(five, "--decisiveness 3 --max-equilibria 2 --lens security");
    assert!(text.contains("    and 5 more, of which --format json lists none\n"), "{text}");
}

#[test]
fn the_documentation_shows_what_is_printed() {
    let docs = [documentation("docs/tour.md"), documentation("docs/games.md")].concat();
    for args in [
        "solve data/europe-1913.csv",
        "compare data/unipolar-1991.csv --capability cinc,milex,irst,tpop",
        "theory ruling-coalition data/europe-1913.csv",
        "sweep data/unipolar-1991.csv --capability milex --x threshold=0.3..0.7 --y \
         decisiveness=1..3 --lens polarity,settlement --refine 3 --by verdict",
    ] {
        let output = equipoise(args).output().unwrap().stdout;
        assert!(docs.contains(String::from_utf8_lossy(&output).trim_end()), "{args}");
    }
    // The README has a part of the first one.
    let output = crate::common::output("solve data/europe-1913.csv");
    let readme = documentation("README.md");
    let (_, shown) = readme.split_once("data/europe-1913.csv\n...\n").unwrap();
    let (shown, _) = shown.split_once("...\n").unwrap();
    assert!(output.contains(shown), "{shown}");
}

/// Read when the test runs, so that a change of a page does not need a build.
fn documentation(page: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

#[test]
fn the_page_on_the_model_shows_what_tactics_do() {
    const COMMAND: &str =
        "solve data/europe-1913.csv --lens alignment --tactics balance,bandwagon,abstain,pass,arm";
    let page = documentation("docs/model.md");
    let output = equipoise(COMMAND).output().unwrap().stdout;
    let text = String::from_utf8_lossy(&output).into_owned();
    let lens = text.split("VERDICT").next().unwrap();
    let lens = &lens[lens.find("ALIGNMENT").unwrap()..];
    assert!(page.contains(&format!("$ equipoise {COMMAND}")) && page.contains(lens.trim_end()));
}

#[test]
fn a_hegemon() {
    insta::assert_snapshot!(session("solve data/rome-200bce.csv --leader all"));
}

#[test]
fn a_single_lens_as_csv() {
    let shown = session(
        "solve data/vienna-1816.csv --lens polarity,settlement --format csv --capability tpop",
    );
    insta::assert_snapshot!(shown.lines().map(rounded).collect::<Vec<_>>().join("\n"));
}

#[test]
fn deterrence_and_equal_partners() {
    insta::assert_snapshot!(solve(THREE, "--war-cost 0.3 --dominance 0 --decisiveness inf"));
}

#[test]
fn out_of_time() {
    let shown = session("solve data/louis-1701.csv --lens blocs --time-limit 0");
    assert!(shown.contains("UNDECIDED"), "{shown}");
    assert!(shown.ends_with("exit code 1 ---\n"), "{shown}");
}

#[test]
fn wrong_input_is_located_and_a_remedy_named() {
    let cases = [
        (solve("state,milex\nA,5\nB,much\n", ""), "a wrong cell"),
        (solve("state,milex\nA,5\nB,-3\n", ""), "a negative cell"),
        (solve("state,milex\nA,5\nA,3\n", ""), "a state twice"),
        (solve("state,milex\nA,5\nB,\n", ""), "a state without power"),
        (solve("state,milex\nA,5\n", ""), "one state"),
        (solve("", ""), "nothing"),
        (solve("state,milex\nA,5,7\nB,3\n", ""), "a cell too many"),
        (solve("state,year,milex\nA,1900,5\nB,1900,3\nA,1901,5\nB,1901,4\n", ""), "two years"),
        (solve(THREE, "--states A,X"), "an unknown state"),
        (solve(THREE, "--leader X"), "an unknown leading state"),
        (solve(THREE, "--capability gold"), "an unknown column"),
        (solve(THREE, "--weights power=0"), "a weight of zero"),
        (solve(THREE, "--decisiveness -1"), "a negative parameter"),
        (solve(THREE, "--war-cost 1"), "a war that destroys all"),
        (solve(THREE, "--lp simplex"), "an unknown backend"),
        (solve(THREE, "--lens future"), "an unknown lens"),
        (solve(THREE, "--dyads nowhere.csv"), "a missing file"),
    ];
    let shown: Vec<_> = cases.iter().map(|(shown, what)| format!("# {what}\n{shown}")).collect();
    for (shown, what) in &cases {
        assert!(shown.ends_with("exit code 2 ---\n"), "{what}: {shown}");
    }
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn too_many_states_for_a_lens_that_was_asked_for() {
    let rows: String = (0..30).map(|i| format!("S{i},{}\n", 10 + i)).collect();
    let system = format!("state,power\n{rows}");
    let asked: Vec<String> = ["settlement", "blocs", "alignment"]
        .map(|lens| solve(&system, &format!("--lens {lens}")))
        .into();
    insta::assert_snapshot!(asked.join("\n"));
    let all = solve(&system, "");
    assert!(all.contains("left out") && all.ends_with("exit code 0 ---\n"), "{all}");
}

#[test]
fn a_tie_at_the_top_is_said() {
    let shown = solve("state,power\nA,5\nB,5\nC,3\n", "--lens polarity");
    assert!(shown.contains("B is as strong as A"), "{shown}");
}

#[test]
fn what_is_dropped_is_listed() {
    let shown = solve("state,power\nA,5\nB,4\nC,\n", "--lens polarity --drop-missing");
    assert!(shown.contains("C") && shown.ends_with("exit code 0 ---\n"), "{shown}");
    insta::assert_snapshot!(shown);
}

#[test]
fn a_report_is_saved_checked_and_refused_when_changed() {
    let folder = folder();
    let report = folder.path().join("report.json");
    let path = report.to_str().unwrap();
    let quiet = equipoise(&format!("solve data/italy-1454.csv --format json -o {path}"))
        .assert()
        .success()
        .get_output()
        .stdout
        .clone();
    assert!(quiet.is_empty(), "with -o nothing goes to standard output");
    equipoise(&format!("check {path} --thorough")).assert().success();

    let sound = fs::read_to_string(&report).unwrap();
    let mut value: Value = serde_json::from_str(&sound).unwrap();
    value["lenses"]["settlement"]["price_of_peace"] = 0.01.into();
    fs::write(&report, value.to_string()).unwrap();
    let refused = equipoise(&format!("check {path}")).assert().code(1);
    let shown = String::from_utf8_lossy(&refused.get_output().stdout).into_owned();
    assert!(shown.contains("REFUTED") && shown.contains("settlement"), "{shown}");

    fs::write(&report, "{\"schema\": 7}").unwrap();
    equipoise(&format!("check {path}")).assert().code(2);
}

#[test]
fn the_report_has_the_keys_of_schema_1() {
    let output = equipoise("solve data/italy-1454.csv --format json").output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for pointer in [
        "/schema",
        "/system/name",
        "/system/source",
        "/system/year",
        "/system/measure",
        "/system/leader",
        "/system/states/0/id",
        "/system/states/0/share",
        "/parameters/decisiveness",
        "/parameters/dominance",
        "/parameters/war_cost",
        "/parameters/threshold",
        "/parameters/driver",
        "/lenses/polarity/class",
        "/lenses/polarity/hhi",
        "/lenses/polarity/effective_poles",
        "/lenses/polarity/concentration",
        "/lenses/polarity/control/1",
        "/lenses/polarity/verdict",
        "/lenses/settlement/price_of_peace",
        "/lenses/settlement/status_quo_price",
        "/lenses/settlement/nucleolus/VEN",
        "/lenses/settlement/control/1",
        "/lenses/settlement/verdict",
        "/lenses/settlement/certificate/weights/0/coalition/0",
        "/lenses/settlement/certificate/weights/0/weight",
        "/lenses/blocs/instability",
        "/lenses/blocs/core_stable",
        "/lenses/blocs/control/1",
        "/lenses/blocs/verdict",
        "/lenses/blocs/partitions_total",
        "/lenses/blocs/partitions/0/blocs/0/0",
        "/lenses/blocs/partitions/0/instability",
        "/lenses/blocs/partitions/0/control/VEN",
        "/lenses/blocs/partitions/0/peace_threshold",
        "/lenses/blocs/partitions/0/nash_stable",
        "/lenses/blocs/partitions/0/individually_stable",
        "/lenses/blocs/partitions/0/contractually_stable",
        "/lenses/blocs/partitions/0/blocking",
        "/lenses/alignment/leader",
        "/lenses/alignment/profiles",
        "/lenses/alignment/control/1",
        "/lenses/alignment/verdict",
        "/lenses/alignment/pure_nash",
        "/lenses/alignment/certificate/lowest",
        "/lenses/alignment/certificate/highest",
        "/verdict/overall",
        "/verdict/control/1",
        "/verdict/multiplier/1",
        "/verdict/disagreeing",
    ] {
        assert!(report.pointer(pointer).is_some(), "no {pointer}");
    }
}

#[test]
fn threads_and_seeds_change_nothing() {
    let of = |flags: &str| {
        let args = format!("solve data/italy-1494.csv --format json {flags}");
        String::from_utf8(equipoise(&args).output().unwrap().stdout).unwrap()
    };
    let one = of("--threads 1");
    assert_eq!(one, of("--threads 3"));
    // A seed is part of the request, not of the answer.
    let answer = |text: &str| {
        let mut report: Value = serde_json::from_str(text).unwrap();
        report.as_object_mut().unwrap().remove("provenance").unwrap();
        report
    };
    assert_eq!(answer(&one), answer(&of("--threads 3 --seed 7")));
}

#[test]
fn a_system_comes_from_standard_input() {
    let mut command = equipoise("solve - --lens polarity");
    let output = command.write_stdin(THREE).assert().success().get_output().stdout.clone();
    assert!(String::from_utf8_lossy(&output).contains("multipolar"));
}

#[test]
fn threats_and_affinities_come_from_a_file_of_pairs() {
    let folder = folder();
    file(&folder, "system.csv", THREE);
    let dyads =
        "state1,state2,distance,hostility,affinity\nA,B,500,1,0\nA,C,900,0.5,0\nB,C,300,0,1\n";
    file(&folder, "pairs.csv", dyads);
    let report = folder.path().join("report.json");
    let mut command = equipoise(
        "solve system.csv --dyads pairs.csv --driver threat --format json -o report.json",
    );
    command.current_dir(folder.path()).assert().success();
    let json: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(json["parameters"]["driver"], "threat");
    assert_eq!(json["system"]["pairs"].as_array().unwrap().len(), 6);
    equipoise(&format!("check {} --thorough", report.display())).assert().success();
}

const TIED: &str = "state1,state2,commitment\nB,C,1\nA,D,1\n";
const FOUR: &str = "state,year,power\nA,1900,5\nB,1900,4\nC,1900,3\nD,1900,2\n\
                    A,1914,5\nB,1914,6\nC,1914,5\nD,1914,3\n";
const EVERYTHING: &str = "solve four.csv --year 1900 --lens alignment --tactics \
     balance,bandwagon,abstain,pass,arm,wait,restrain --dyads tied.csv --chains tight \
     --horizon-year 1914 --war-cost 0.05";

#[test]
fn tactics_chains_and_windows() {
    let folder = folder();
    file(&folder, "four.csv", FOUR);
    file(&folder, "tied.csv", TIED);
    file(&folder, "growth.csv", "state,growth\nA,0\nB,0.03\nC,0.03\nD,0\n");
    let shown = |args: &str| {
        let mut command = equipoise(args);
        command.current_dir(folder.path());
        session_of(command, args)
    };
    insta::assert_snapshot!(shown(EVERYTHING));
    let grown = shown("solve four.csv --year 1900 --horizon-year 1914 --growth growth.csv");
    let unwrapped = grown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        unwrapped.contains("The window is closing") && unwrapped.contains("in 1914 (growth.csv)")
    );
    let roles = shown("solve four.csv --year 1900 --tactics balance,pass --format csv");
    assert!(roles.contains("alignment,lowest_balancer,B,"), "{roles}");
    assert!(roles.contains("alignment,pure_nash_balancer,B: B=balance"), "{roles}");
    for (args, told) in [
        ("--tactics balnce", "balance, bandwagon, abstain, pass"),
        ("--tactics restrain", "of the states that face the leading one"),
        ("--chains tight", "--dyads with a column commitment"),
        ("--horizon-year 1899", "a year after 1900"),
        ("--horizon-year 1950", "expected the year 1950"),
        ("--attrition 1", "attrition: expected 0 or more, below 1, found 1"),
        ("--latecomer-share 0", "latecomer-share: expected 0.000001 to 1"),
    ] {
        let refused = shown(&format!("solve four.csv --year 1900 {args}"));
        assert!(refused.ends_with("exit code 2 ---\n") && refused.contains(told), "{refused}");
    }
}

/// Every claim of a report with tactics holds, and none can be altered.
#[test]
fn a_report_with_tactics_is_checked() {
    let folder = folder();
    file(&folder, "four.csv", FOUR);
    file(&folder, "tied.csv", TIED);
    let args = format!("{EVERYTHING} --format json -o report.json");
    equipoise(&args).current_dir(folder.path()).assert().success();
    let report = folder.path().join("report.json");
    let path = report.to_str().unwrap();
    let accepted = equipoise(&format!("check {path}")).assert().success();
    let claims = String::from_utf8_lossy(&accepted.get_output().stdout).into_owned();
    for of in ["alignment, arms", "chains, lowest control", "window, later", "roles"] {
        assert!(claims.contains(of), "{claims}");
    }
    let sound: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    let alignment = &sound["lenses"]["alignment"];
    assert_eq!(alignment["tactics"].as_array().unwrap().len(), 8);
    let nested = "/lenses/alignment";
    for (pointer, value) in [
        ("/tactics/0", Value::from("soft")),
        ("/pure_nash/0/roles/B", serde_json::json!({"bystander": 1.0})),
        ("/certificate/lowest/roles/C", serde_json::json!({"balancer": 2.0})),
        ("/security_dilemma/effects/B/C", 0.5.into()),
        ("/chains/control/0", 0.0.into()),
        ("/chains/verdict", "hegemonic".into()),
        ("/chains/lost_total", 77.into()),
        ("/window/closing", "open".into()),
        ("/window/waiting_costs/0", 0.9.into()),
        ("/window/later/control/1", 0.9.into()),
        ("/window/states/0/share", 0.9.into()),
        ("/window/states/0/id", "Z".into()),
        ("/control/1", 0.9.into()),
    ] {
        let mut altered = sound.clone();
        let place = altered.pointer_mut(&format!("{nested}{pointer}"));
        *place.unwrap_or_else(|| panic!("no {pointer}")) = value;
        fs::write(&report, altered.to_string()).unwrap();
        equipoise(&format!("check {path}")).assert().code(1);
    }
    let mut altered = sound.clone();
    // B and D, who were not tied to each other.
    altered["system"]["pairs"][5]["commitment"] = true.into();
    fs::write(&report, altered.to_string()).unwrap();
    equipoise(&format!("check {path}")).assert().code(1);
}

#[test]
fn pairs_come_from_files_as_projects_publish_them() {
    let folder = folder();
    file(&folder, "system.csv", "state,year,milex\nUKG,1913,5\nFRN,1913,4\nGMY,1913,6\n");
    let states = "stateabb,ccode,statenme,styear,endyear\nUKG,200,United Kingdom,1816,2016\n\
        FRN,220,France,1816,1942\nGMY,255,Germany,1816,1945\n";
    file(&folder, "states.csv", states);
    let capitals = "ccode,statenme,capital,stdate,enddate,lat,lng\n\
        200,United Kingdom,London,1816-01-01,2024-12-31,51.5,-0.1\n\
        220,France,Paris,1816-01-01,1940-07-08,48.9,2.3\n\
        255,Germany,Berlin,1816-01-01,2024-12-31,52.5,13.4\n";
    file(&folder, "capitals.csv", capitals);
    file(&folder, "tss.csv", "ccode1,ccode2,start,end,spatial\n220.0,255.0,1756.0,1955.0,1.0\n");
    let atop = "ccode1,ccode2,year,defense,offense\n200,220,1913,0,0\n220,200,1913,1,0\n";
    file(&folder, "atop.csv", atop);
    let mut command = equipoise(
        "solve system.csv --names states.csv --members states.csv --driver threat \
         --dyads capitals.csv,tss.csv --dyads atop.csv --format json -o report.json",
    );
    let output = command.current_dir(folder.path()).assert().success().get_output().clone();
    let notes = String::from_utf8_lossy(&output.stderr).into_owned();
    for told in ["capitals of 1913", "1 of 3 pairs are rivals", "1 of 3 pairs are committed"] {
        assert!(notes.contains(told), "{notes}");
    }
    let report = folder.path().join("report.json");
    let json: Value = serde_json::from_str(&fs::read_to_string(&report).unwrap()).unwrap();
    assert_eq!(json["system"]["states"][0]["name"], "United Kingdom");
    let hostile = |pair: &&Value| pair["hostility"] == 1.0;
    assert_eq!(json["system"]["pairs"].as_array().unwrap().iter().filter(hostile).count(), 2);
    equipoise(&format!("check {} --thorough", report.display())).assert().success();
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = folder();
    let nowhere = folder.path().join("missing").join("report.json");
    equipoise(&format!("solve data/italy-1454.csv -o {}", nowhere.display())).assert().code(2);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_nmc_dataset_as_downloaded() {
    let files = ["NMC-70-abridged.csv", "majors2016.csv"].map(crate::common::shared);
    let [Some(nmc), Some(majors)] = files else { return };
    let (nmc, majors) = (nmc.display(), majors.display());
    let shown = session(&format!("solve {nmc} --year 1913 --majors {majors} --lens polarity"));
    assert!(shown.contains("8 states, 1913, power measured by cinc"), "{shown}");
    assert!(shown.contains("USA") && shown.ends_with("exit code 0 ---\n"), "{shown}");
}

#[test]
fn shells_and_manuals_are_served() {
    let completions = equipoise("completions bash").assert().success();
    assert!(String::from_utf8_lossy(&completions.get_output().stdout).contains("equipoise"));
    let manual = equipoise("man").assert().success();
    let page = String::from_utf8_lossy(&manual.get_output().stdout).into_owned();
    assert!(page.contains(".TH equipoise") && page.contains("decisiveness"), "{page}");
}

#[test]
fn help_explains_and_ends_in_examples() {
    for command in ["solve --help", "check --help", "--help"] {
        let output = equipoise(command).assert().success().get_output().stdout.clone();
        assert!(String::from_utf8_lossy(&output).contains("Example"), "{command}");
    }
}
