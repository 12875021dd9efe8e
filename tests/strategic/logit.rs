//! Logit equilibria against those of Gambit (pygambit 17.0.0b2, `logit_solve_lambda` and
//! `logit_estimate` with `use_empirical=False`).

use std::fs;

use serde_json::{Value, json};

use crate::game_cli::{checked, equipoise, json_of, refused};

/// Goeree & Holt (2001), Ten little treasures, asymmetric matching pennies in tens of cents.
const PENNIES: &str = r#"NFG 1 R "Asymmetric pennies" { "Row" "Column" }
{ { "U" "D" } { "L" "R" } }

9 0 0 1 0 1 1 0
"#;
const THREE: &str = r#"NFG 1 R "three" { "A" "B" "C" }
{ { "1" "2" "3" } { "1" "2" } { "1" "2" "3" } }

9 4 5 8 0 7 3 0 2 1 5 7 3 6 8 1 9 3 0 3 6 4 2 6 2 1 2 9 9 7 2 2 0 0 3 3 2 2 4 5 3 8 3 2 3 6 4 0 5
6 2 2 4 1
"#;

fn is(report: &Value, expected: &[&[f64]]) {
    let logit = &report["logit"];
    for (own, expected) in logit["profile"].as_array().unwrap().iter().zip(expected) {
        for (p, expected) in own.as_array().unwrap().iter().zip(*expected) {
            assert!((p.as_f64().unwrap() - expected).abs() < 1e-6, "{logit}");
        }
    }
    let (_, shown) = checked(report);
    assert!(!shown.contains("REFUTED"), "{shown}");
}

#[test]
fn gambits_branch_is_met_at_every_precision() {
    for (precision, expected) in [
        (
            "0.5",
            [[0.8306705917218129, 0.16932940827818704], [0.41807746659954526, 0.5819225334004547]],
        ),
        ("1", [[0.8935763305568274, 0.10642366944317262], [0.312780375011895, 0.6872196249881051]]),
        (
            "3",
            [[0.7953836902509218, 0.20461630974907807], [0.14525626872794478, 0.8547437312720553]],
        ),
    ] {
        let report = json_of(PENNIES, &format!("--solve logit --precision {precision}"));
        is(&report, &[&expected[0], &expected[1]]);
    }
    let report = json_of(THREE, "--solve logit --precision 0.5");
    is(
        &report,
        &[
            &[0.3803335031802048, 0.4718995807649616, 0.14776691605483355],
            &[0.11280762104235736, 0.8871923789576428],
            &[0.7910580853515621, 0.14745807165997438, 0.061483842988463544],
        ],
    );
    let report = json_of(THREE, "--solve logit --precision 2");
    is(
        &report,
        &[
            &[0.01766989875652842, 0.9646626293490256, 0.017667471894446025],
            &[6.594535935915685e-06, 0.9999934054640641],
            &[0.9999929700608516, 1.980948648680385e-07, 6.831844283527268e-06],
        ],
    );
    let report = json_of(PENNIES, "--solve logit --precision 0");
    is(&report, &[&[0.5, 0.5], &[0.5, 0.5]]);
}

#[test]
fn other_strategies_are_no_logit_equilibrium() {
    let report = json_of(PENNIES, "--solve logit");
    assert_eq!(report["logit"]["precision"], 1.0);
    refused(&report, "/logit/precision", json!(1.1));
    refused(&report, "/logit/profile/0", json!([0.9, 0.1]));
    refused(&report, "/logit/payoffs/0", json!(1.0));
}

#[test]
fn the_precision_of_observed_play_is_gambits() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("observed.csv");
    let observed = "player,strategy,count\nRow,U,85\nRow,D,15\nColumn,L,35\nColumn,R,65\n";
    fs::write(&path, observed).unwrap();
    let flags = format!("--solve logit --fit {}", path.display());
    let report = json_of(PENNIES, &flags);
    let logit = &report["logit"];
    assert!((logit["precision"].as_f64().unwrap() - 0.6867814965).abs() < 1e-5, "{logit}");
    assert!((logit["fit"]["log_likelihood"].as_f64().unwrap() + 107.31631286814557).abs() < 1e-7);
    is(&report, &[&[0.8692648, 0.1307352], &[0.3758481, 0.6241519]]);
    refused(&report, "/logit/fit/log_likelihood", json!(-100.0));
    // What was played uniformly is likeliest without any precision.
    fs::write(&path, "strategy,player,count\nU,Row,5\nD,Row,5\n").unwrap();
    let report = json_of(PENNIES, &flags);
    assert!(report["logit"]["precision"].as_f64().unwrap() < 1e-6, "{}", report["logit"]);
    for (text, expected) in [
        ("player,strategy,count\nRow,X,1\n", "one of U, D"),
        ("player,strategy,count\nRow,U,-1\n", "0 or more"),
        ("player,count\nRow,1\n", "player,strategy,count"),
    ] {
        fs::write(&path, text).unwrap();
        let output = equipoise(&format!("game - {flags}"), PENNIES).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{error}");
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn library_games_count_payoffs_in_their_units() {
    use equipoise::game::{StrategicGame, TableStrategicGame};
    use equipoise::solve::strategic::mixed::{Traced, quantal};
    use equipoise::work::Work;

    /// A game whose payoffs are ten times those of another, and its units too.
    struct Tenfold(TableStrategicGame);
    impl StrategicGame for Tenfold {
        fn players(&self) -> usize {
            self.0.players()
        }
        fn actions(&self, player: usize) -> usize {
            self.0.actions(player)
        }
        fn payoffs(&self, profile: &[usize], payoffs: &mut [f64]) {
            self.0.payoffs(profile, payoffs);
            payoffs.iter_mut().for_each(|u| *u *= 10.0);
        }
        fn unit(&self, _: usize) -> f64 {
            10.0
        }
    }
    let payoffs = vec![9.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0];
    let plain = TableStrategicGame::new(vec![2, 2], payoffs).unwrap();
    let of = |game: &dyn StrategicGame| match quantal(game, 1.0, Work::default()).unwrap() {
        Traced::Found(found) => found.strategies,
        Traced::Stopped { why, .. } => panic!("{why}"),
    };
    let (one, other) = (of(&plain), of(&Tenfold(plain.clone())));
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    assert!(pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) < 1e-12);
    assert!((one[0][0] - 0.8935763305568274).abs() < 1e-9);
    assert!(quantal(&plain, -1.0, Work::default()).is_err());
    assert!(quantal(&plain, f64::NAN, Work::default()).is_err());
}
