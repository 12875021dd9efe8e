//! Every example of every `--help` runs as it is typed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{output, shared};

/// States with the codes of the Correlates of War, to have in every year.
const POWERS: [(&str, u32); 6] =
    [("USA", 2), ("UKG", 200), ("FRN", 220), ("GMY", 255), ("AUH", 300), ("RUS", 365)];

/// Published files that examples read, and what stands for them where only the form counts.
const PUBLISHED: [&str; 6] = [
    "contdir.csv",
    "cow_capitals.csv",
    "tss_rivalries.csv",
    "atop5_1_ddyr_abridged.csv",
    "Inter-StateWarData_v4.0.csv",
    "states2016.csv",
];

/// The commands of the program, or of a command, by what it says of itself.
pub(super) fn commands(of: &str) -> Vec<String> {
    let help = output(&format!("{of} --help"));
    let Some((_, below)) = help.split_once("Commands:\n") else { return Vec::new() };
    let lines = below.lines().take_while(|line| !line.is_empty());
    // Lines that go on are set in further.
    let lines =
        lines.filter_map(|line| line.strip_prefix("  ").filter(|rest| !rest.starts_with(' ')));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The examples at the end of a command's long help, with continued lines joined.
fn examples(command: &str) -> Vec<String> {
    let help = output(&format!("{command} --help"));
    let after = help.split_once("Examples:\n").or_else(|| help.split_once("Example:\n"));
    let (_, below) = after.unwrap_or_else(|| panic!("{command} --help has no examples"));
    let joined = below.replace("\\\n", "");
    let lines = joined.lines().take_while(|line| !line.is_empty());
    lines.map(|line| line.trim().to_owned()).collect()
}

/// The files that examples name, in a form that fits them.
fn prepare(folder: &Path) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    let mut nmc = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc,version\n".to_owned();
    let mut majors =
        "stateabb,ccode,styear,stmonth,stday,endyear,endmonth,endday,version\n".to_owned();
    let history = folder.join("history");
    fs::create_dir(&history).unwrap();
    for (name, text) in crate::evidence::files() {
        fs::write(history.join(name), text).unwrap();
    }
    let mut fit = assert_cmd::Command::cargo_bin("equipoise").unwrap();
    let words = "fit decisiveness nmc.csv --wars wars.csv -o ../fit.json";
    fit.current_dir(&history).args(words.split(' ')).assert().success();
    let (mut signs, mut pairs) = ("state1,state2,sign\n".to_owned(), String::new());
    for (i, (state, code)) in POWERS.iter().enumerate() {
        for year in 1816..=2016 {
            let power = 10 + (7 * i + year) % 23;
            let _ = writeln!(nmc, "{state},{code},{year},{power},{i}1,5,6,{power},8,0.1,7");
        }
        let _ = writeln!(majors, "{state},{code},1816,1,1,2016,12,31,2016");
        for (other, _) in &POWERS[..i] {
            let sign = if (i + other.len()) % 2 == 0 { 1 } else { -1 };
            let _ = writeln!(signs, "{other},{state},{sign}");
        }
    }
    for (name, states) in [("china-2016", "pairs.csv"), ("europe-1913", "links.csv")] {
        let system = fs::read_to_string(folder.join(format!("data/{name}.csv"))).unwrap();
        let ids: Vec<&str> = system.lines().skip(1).filter_map(|l| l.split(',').next()).collect();
        let mut rows = String::new();
        for (i, a) in ids.iter().enumerate() {
            for (j, b) in ids[..i].iter().enumerate() {
                let (distance, one) = (1000 + 10 * i + j, (i + j) % 2);
                let row = format!("{a},{b},{distance},0.{j},{one},{one}");
                if !pairs.contains(&format!("{a},{b},")) && !pairs.contains(&format!("{b},{a},")) {
                    let _ = writeln!(pairs, "{row}");
                }
                let _ = writeln!(rows, "{row}");
            }
        }
        let header = "state1,state2,distance,hostility,link,propensity\n";
        write(states, &format!("{header}{rows}"));
    }
    write("pairs.csv", &format!("state1,state2,distance,hostility,link,propensity\n{pairs}"));
    let mut panel = "state,year,x\n".to_owned();
    let (mut union, mut capitals) = ("player,weight\n".to_owned(), String::new());
    for i in 0..45 {
        let _ = writeln!(panel, "S{i},2016,{}", 1 + (13 * i) % 61);
        let _ = writeln!(union, "P{i},{}", 1 + i % 5);
    }
    capitals.push_str("state1,state2,commitment\nUKG,FRN,1\nFRN,RUS,1\nGMY,AUH,1\n");
    write("NMC-70-abridged.csv", &nmc);
    write("NMC.csv", &nmc);
    write("majors2016.csv", &majors);
    write("signs.csv", &signs);
    write("alliances.csv", &capitals);
    write("panel.csv", &panel);
    write("union-of-40.csv", &union.lines().take(41).collect::<Vec<_>>().join("\n"));
    write("council.csv", "player,weight\nA,40\nB,30\nC,20\nD,10\n");
    write("votes-and-people.csv", "player,weight,weight2\nA,200,5\nB,150,9\nC,100,2\n");
    write("claims.csv", "player,claim\nA,100\nB,200\nC,300\n");
    write("strengths.csv", "player,strength\nA,5\nB,4\nC,3\n");
    write("game.csv", "coalition,value\nA,0\nB,0\nC,0\nA+B,4\nA+C,3\nB+C,2\nA+B+C,6\n");
    write("division.csv", "player,payoff\nA,3\nB,2\nC,1\n");
    write(
        "emissions.csv",
        "partition,coalition,value\nA+B+C,A+B+C,9\nA+B|C,A+B,4\nA+B|C,C,2\n\
         A+C|B,A+C,3\nA+C|B,B,3\nB+C|A,B+C,3\nB+C|A,A,4\n\
         A|B|C,A,1\nA|B|C,B,1\nA|B|C,C,0\n",
    );
    write("roommates.csv", "player,preferences\nA,A+B > A+C\nB,B+C > A+B\nC,A+C > B+C\n");
    let chicken = "NFG 1 R \"Chicken\" { \"Row\" \"Column\" } { { \"Dare\" \"Yield\" } \
                   { \"Dare\" \"Yield\" } } \"\"\n0 0 2 7 7 2 6 6\n";
    write("chicken.nfg", chicken);
    write(
        "poker.efg",
        "EFG 2 R \"poker\" { \"Fred\" \"Alice\" }\nc \"\" 1 \"\" { \"red\" 1/2 \"black\" 1/2 } 0\n\
         p \"\" 1 1 \"\" { \"raise\" \"fold\" } 0\np \"\" 2 1 \"\" { \"meet\" \"pass\" } 0\n\
         t \"\" 1 \"\" { 2, -2 }\nt \"\" 2 \"\" { 1, -1 }\nt \"\" 2\n\
         p \"\" 1 2 \"\" { \"raise\" \"fold\" } 0\np \"\" 2 1 0\n\
         t \"\" 3 \"\" { -2, 2 }\nt \"\" 2\nt \"\" 4 \"\" { -1, 1 }\n",
    );
    write(
        "observed.csv",
        "player,strategy,count\nRow,Dare,40\nRow,Yield,60\nColumn,Dare,45\nColumn,Yield,55\n",
    );
    write(
        "market.csv",
        "Firm,Rival,payoff Firm,payoff Rival\nlow,low,3,3\nlow,high,6,1\n\
                         high,low,1,6\nhigh,high,5,5\n",
    );
}

/// Small programs that examples name: something that writes a game, and a reader of manuals.
#[cfg(unix)]
fn programs(folder: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    fs::create_dir_all(folder.join(".local/share/bash-completion/completions")).unwrap();
    // Whether a batch system is there is not for us to say; `parts` runs what it would.
    let scripts = [("generate", "cat chicken.nfg"), ("man", "cat > /dev/null"), ("sbatch", "true")];
    for (name, script) in scripts {
        fs::write(bin.join(name), format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(bin.join(name), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let ours = Path::new(env!("CARGO_BIN_EXE_equipoise")).parent().unwrap();
    format!("{}:{}:{}", bin.display(), ours.display(), std::env::var("PATH").unwrap())
}

#[cfg(unix)]
#[test]
fn every_example_of_every_help_runs() {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    std::os::unix::fs::symlink(data, folder.path().join("data")).unwrap();
    prepare(folder.path());
    let path = programs(folder.path());
    let mut failed = Vec::new();
    let mut run = 0;
    for command in std::iter::once(String::new()).chain(commands("")) {
        // `explore` answers until it is ended: its own tests end it.
        // Those of `fit` and `backtest` need published files whole: tests/theory reads these.
        // Those of `merge` and `show` need parts and reports: `parts` makes, merges and shows some.
        if command.starts_with("fit")
            || ["backtest", "explore", "merge", "show"].contains(&command.as_str())
        {
            continue;
        }
        for example in examples(&command) {
            let named = PUBLISHED.iter().filter(|name| example.contains(*name));
            let there = named.map(|name| {
                let file = shared(name)?;
                let link = folder.path().join(name);
                link.exists()
                    .then_some(())
                    .or_else(|| std::os::unix::fs::symlink(file.canonicalize().unwrap(), link).ok())
            });
            if there.collect::<Option<Vec<()>>>().is_none() {
                continue;
            }
            let mut shell = Command::new("sh");
            shell.args(["-c", &example]).current_dir(folder.path());
            let output = shell.env("PATH", &path).env("HOME", folder.path()).output().unwrap();
            if !output.status.success() {
                let error = String::from_utf8_lossy(&output.stderr).into_owned();
                failed.push(format!("{example}\n{error}"));
            }
            run += 1;
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    assert!(run >= 50, "only {run} examples were found");
}
