//! Games with externalities: known oligopolies and agreements, axioms, tampering, the command line.

use dashu_ratio::RBig;

use equipoise::analysis::externalities::analyse;
use equipoise::certify::cooperative::externalities::{claims, myerson};
use equipoise::certify::cooperative::partition_contest::is_contest_of_blocs;
use equipoise::coalition::{Coalition, Partition};
use equipoise::contest::Contest;
use equipoise::finding::cooperative::{Balance, Externalities};
use equipoise::game::cooperative::{ExactTable, PartitionGame, numbered};
use equipoise::game::exact_settlement::DECIMALS;
use equipoise::game::partition_contest::{PartitionContest, partition_contest};
use equipoise::parameters::Parameters;
use equipoise::solve::cooperative::power::Marginals;
use equipoise::system::System;
use equipoise::work::Work;

use super::common::Folder;
use super::values::{Mix, exact};

fn found(game: &PartitionGame) -> Externalities {
    analyse(game, &Work::default()).unwrap()
}

fn whole(number: usize) -> RBig {
    RBig::from(number)
}

/// Cournot's oligopoly with linear demand: each of `k` cartels earns `1/(k+1)²`.
fn cournot(n: usize) -> PartitionGame {
    let worth = |_: Coalition, p: &Partition| {
        let k = whole(p.blocs().len() + 1);
        RBig::ONE / (&k * &k)
    };
    PartitionGame::of(numbered(n), worth).unwrap()
}

/// Abatement by alike countries, benefits linear and costs quadratic: each member of a bloc of
/// `b` abates `b`.
fn abatement(n: usize) -> PartitionGame {
    let worth = |s: Coalition, p: &Partition| {
        let all: usize = p.blocs().iter().map(|b| b.len() * b.len()).sum();
        let (b, two) = (whole(s.len()), whole(2));
        &b * (whole(all) - &b * &b / two)
    };
    PartitionGame::of(numbered(n), worth).unwrap()
}

fn random(mix: &mut Mix, n: usize) -> PartitionGame {
    let number = || whole(mix.next(20) as usize);
    let number = std::cell::RefCell::new(number);
    PartitionGame::of(numbered(n), |_, _| number.borrow_mut()()).unwrap()
}

#[test]
fn mergers_in_an_oligopoly_pay_only_if_nearly_all_merge() {
    // Salant, Switzer & Reynolds (1983): a merger of k of n gains iff (n+1)² > k (n−k+2)².
    for n in 2..=7 {
        let game = cournot(n);
        let gain = |k: usize| (n + 1) * (n + 1) > k * (n - k + 2) * (n - k + 2);
        let found = found(&game);
        let sizes =
            |size: usize| found.profitable.iter().filter(move |m| m.coalition.len() == size);
        for k in 2..=n {
            let all = Coalition::all(n).filter(|s| s.len() == k).count();
            assert_eq!(sizes(k).count(), if gain(k) { all } else { 0 }, "{k} of {n}");
        }
        // By symmetry everybody gets the same part of the monopoly's gain.
        let each = RBig::ONE / whole(4 * n);
        assert!(found.myerson.iter().chain(&found.externality_free).all(|x| *x == each));
        // Who expects the others to stand alone stays; who expects them united leaves.
        let [alpha, gamma, delta] = [0, 1, 2].map(|k| &found.cores[k].1);
        assert!(matches!((alpha, gamma), (Balance::Balanced(_), Balance::Balanced(_))));
        assert_eq!(matches!(delta, Balance::Balanced(_)), n == 2);
    }
}

#[test]
fn agreements_on_abatement_are_of_three() {
    // Barrett (1994), with linear benefits and quadratic costs: no more than three sign.
    for n in 3..=7 {
        let found = found(&abatement(n));
        let threes: Vec<Coalition> = Coalition::all(n).filter(|s| s.len() == 3).collect();
        let agreed: Vec<Coalition> = found.self_enforcing.iter().map(|m| m.coalition).collect();
        assert_eq!(agreed, threes);
        // All together gain most, and by punishing all who leave it could be had.
        assert!(matches!(found.cores[1].1, Balance::Balanced(_)));
    }
}

#[test]
fn without_externalities_both_values_are_shapley_s() {
    let mut mix = Mix(53);
    for n in 1..=5 {
        let table = mix.table(n);
        let game = PartitionGame::of(numbered(n), |s, _| table.value(s)).unwrap();
        let found = found(&game);
        let shapley = Marginals::of_table(&table).shapley();
        assert_eq!((&found.myerson, &found.externality_free), (&shapley, &shapley));
    }
}

#[test]
fn myerson_s_value_is_efficient_linear_and_blind_to_names() {
    let mut mix = Mix(59);
    for n in 2..=5 {
        let (a, b) = (random(&mut mix, n), random(&mut mix, n));
        let value = |game: &PartitionGame| found(game).myerson;
        let total = value(&a).iter().fold(RBig::ZERO, |sum, x| sum + x);
        assert_eq!(total, *a.worth(Coalition::grand(n), &Partition::grand(n)));
        let sum = PartitionGame::of(numbered(n), |s, p| a.worth(s, p) + b.worth(s, p)).unwrap();
        let both = value(&a).into_iter().zip(value(&b)).map(|(x, y)| x + y);
        assert_eq!(value(&sum), both.collect::<Vec<_>>());
        // The first two exchange their names.
        let turned = |s: Coalition| s.members().map(|i| if i < 2 { 1 - i } else { i }).collect();
        let other = PartitionGame::of(numbered(n), |s, p| {
            let blocs = p.blocs().iter().map(|&b| turned(b)).collect();
            a.worth(turned(s), &Partition::new(n, blocs).unwrap()).clone()
        });
        let mut expected = value(&a);
        expected.swap(0, 1);
        assert_eq!(value(&other.unwrap()), expected);
    }
}

#[test]
fn carriers_divide_all_there_is() {
    // The unanimity games of Myerson (1977): a bloc in a partition and all above.
    for n in 2..=4 {
        for partition in Partition::all(n) {
            for &bloc in partition.blocs() {
                let above = |s: Coalition, p: &Partition| {
                    let inside = |b: &Coalition| p.blocs().iter().any(|c| b.is_subset_of(*c));
                    let holds = bloc.is_subset_of(s) && partition.blocs().iter().all(inside);
                    RBig::from(u8::from(holds))
                };
                let game = PartitionGame::of(numbered(n), above).unwrap();
                for (i, value) in myerson(&game).into_iter().enumerate() {
                    let share = RBig::ONE / whole(bloc.len());
                    let share = if bloc.contains(i) { share } else { RBig::ZERO };
                    assert_eq!(value, share);
                    assert_eq!(found(&game).myerson[i], share);
                }
            }
        }
    }
}

#[test]
fn tampered_findings_are_refused() {
    let mut mix = Mix(61);
    let game = random(&mut mix, 4);
    let sound = found(&game);
    let refused =
        |wrong: &Externalities| claims(wrong, &game).unwrap().iter().any(|claim| !claim.holds());
    for i in 0..4 {
        let mut wrong = sound.clone();
        wrong.myerson[i] += RBig::ONE;
        assert!(refused(&wrong));
        let mut wrong = sound.clone();
        wrong.externality_free[i] += RBig::ONE;
        assert!(refused(&wrong));
    }
    for k in 0..3 {
        let mut wrong = sound.clone();
        wrong.cores[k].1 = match &wrong.cores[k].1 {
            Balance::Balanced(_) => Balance::Unbalanced(vec![(Coalition::grand(4), RBig::ONE)]),
            _ => Balance::Balanced(exact(&["1", "1", "1", "1"])),
        };
        assert!(refused(&wrong));
        let mut wrong = sound.clone();
        wrong.cores.remove(k);
        assert!(refused(&wrong));
    }
    let game = abatement(4);
    let sound = found(&game);
    let refused =
        |wrong: &Externalities| claims(wrong, &game).unwrap().iter().any(|claim| !claim.holds());
    for list in [0, 1] {
        let mut wrong = sound.clone();
        let list = if list == 0 { &mut wrong.profitable } else { &mut wrong.self_enforcing };
        list[0].worth += RBig::ONE;
        assert!(refused(&wrong));
        let mut wrong = sound.clone();
        wrong.self_enforcing.pop();
        assert!(refused(&wrong));
    }
}

/// A game's rows.
fn csv(game: &PartitionGame) -> String {
    let text =
        |s: Coalition| s.members().map(|i| game.names()[i].as_str()).collect::<Vec<_>>().join("+");
    let mut rows = "partition,coalition,value\n".to_owned();
    for (p, worths) in game.partitions().iter().zip(game.worths()) {
        let name = p.blocs().iter().map(|&b| text(b)).collect::<Vec<_>>().join("|");
        for (&bloc, worth) in p.blocs().iter().zip(worths) {
            rows.push_str(&format!("{name},{},{worth}\n", text(bloc)));
        }
    }
    rows
}

#[test]
fn a_game_is_read_solved_and_checked_on_the_command_line() {
    let folder = Folder::new();
    let rows = csv(&cournot(3));
    let (code, text, said) = folder.run("coalition", &rows, &["--exact"]);
    assert_eq!(code, Some(0), "{said}");
    for words in [
        "3 players, externalities",
        "1/12",
        "CORE (DELTA)  empty",
        "Gain by forming while all others stand alone: {1 2 3} (1/4, not 3/16).",
    ] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let report = folder.write("report.json", "");
    let (code, _, said) =
        folder.run("coalition", &rows, &["--exact", "-o", report.to_str().unwrap()]);
    assert_eq!(code, Some(0), "{said}");
    let checked = super::common::equipoise(&format!("check {}", report.display()));
    let output = { checked }.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let said = |rows: &str| {
        let (code, _, said) = folder.run("coalition", rows, &[]);
        assert_eq!(code, Some(2), "{said}");
        said
    };
    let missing = said("partition,coalition,value\nA+B,A+B,3\nA|B,A,1\n");
    assert!(missing.contains("expected what B is worth in A|B, found no row for it"), "{missing}");
    let other = said("partition,coalition,value\nA|B,A+B,3\n");
    assert!(other.contains(":2: coalition: A+B is no bloc of A|B"), "{other}");
    let left = said("partition,coalition,value\nA|B,A,3\nA,A,1\n");
    assert!(left.contains(":3: partition: expected each of A, B in one bloc"), "{left}");
    let number = said("partition,coalition,value\nA|B,A,x\n");
    assert!(number.contains(":2: value: expected a number, found \"x\""), "{number}");
    let twice = said("partition,coalition,value\nA|B,A,3\nB|A,A,1\n");
    assert!(twice.contains(":3: this bloc of this partition was given in line 2"), "{twice}");
    let nine = said("partition,coalition,value\nA|B|C|D|E|F|G|H|I,A,3\n");
    assert!(nine.contains("more than 8 players"), "{nine}");
    let (code, _, error) = folder.run("coalition", &rows, &["--solve", "core"]);
    assert_eq!(code, Some(2));
    assert!(error.contains("solve: expected none for a game with externalities"), "{error}");
    let (code, _, error) = folder.run("coalition", &rows, &["--time-limit", "0"]);
    assert_eq!(code, Some(1), "{error}");
}

#[test]
fn a_table_of_worths_is_told_from_one_of_partitions() {
    let table = ExactTable::new(numbered(2), &exact(&["0", "1", "2", "4"])).unwrap();
    let game = PartitionGame::of(numbered(2), |s, _| table.value(s)).unwrap();
    assert_eq!(game.partitions().len(), 2);
    assert!(PartitionGame::new(numbered(2), Vec::new()).is_err());
    assert!(PartitionGame::of(numbered(9), |_, _| RBig::ONE).is_err());
}

#[test]
fn no_change_of_a_byte_is_more_than_an_error() {
    use equipoise::game::cooperative::read::partition_game;
    let text = csv(&cournot(3));
    for at in 0..text.len() {
        for byte in [b"".as_slice(), b"9", b"|", b"+", b"\"", b","] {
            let changed = [&text.as_bytes()[..at], byte, &text.as_bytes()[at + 1..]].concat();
            let _ = partition_game(&changed, "game");
        }
    }
}

/// The contest of blocs of powers, with the decimals of its worths.
fn contest_of_blocs(powers: &[f64], m: f64) -> (PartitionGame, Option<u32>, Vec<RBig>) {
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let system = System::from_powers(named).unwrap();
    let parameters = Parameters { decisiveness: m, ..Parameters::default() };
    let contest = Contest::new(&system, &parameters).unwrap();
    let names = (0..powers.len()).map(|i| format!("S{i}")).collect();
    let PartitionContest { game, rounded } = partition_contest(&contest, names).unwrap();
    (game, rounded.then_some(DECIMALS), contest.exact_shares().to_vec())
}

#[test]
fn what_an_alliance_is_worth_depends_on_the_rival_s() {
    // 5, 4, 3 and 2 with m = 2: the first two win 81 of 81 + 9 + 4 from two rivals, of 81 + 25
    // from an alliance.
    let (game, decimals, _) = contest_of_blocs(&[5.0, 4.0, 3.0, 2.0], 2.0);
    assert_eq!(decimals, None);
    let worth = |blocs: &[&[usize]]| {
        let blocs = blocs.iter().map(|b| b.iter().copied().collect()).collect();
        let partition = Partition::new(4, blocs).unwrap();
        game.worth([0, 1].into_iter().collect(), &partition).clone()
    };
    let part = |a: usize, b: usize| whole(a) / whole(b);
    assert_eq!(worth(&[&[0, 1], &[2], &[3]]), part(81, 94));
    assert_eq!(worth(&[&[0, 1], &[2, 3]]), part(81, 106));
    // Where m > 1 any two or three win more together than apart in a fight of each against each;
    // all four have everything either way.
    assert_eq!(found(&game).profitable.len(), 10);
}

#[test]
fn in_proportion_nobody_s_worth_depends_on_others() {
    // m = 1: every coalition has its share of power whatever the others do, so that all values are
    // the shares.
    let powers = [0.31, 0.29, 0.25, 0.15];
    let (game, decimals, shares) = contest_of_blocs(&powers, 1.0);
    assert_eq!(decimals, None);
    let found = found(&game);
    assert_eq!((&found.myerson, &found.externality_free), (&shares, &shares));
    assert!(found.profitable.is_empty());
}

#[test]
fn the_worths_are_those_of_the_contest_and_of_no_other() {
    let powers = [5.0, 4.0, 4.0, 2.5, 1.0];
    let named = powers.iter().enumerate().map(|(i, &p)| (format!("S{i}"), p));
    let system = System::from_powers(named).unwrap();
    for m in [0.0, 0.5, 1.0, 2.0, 3.7, 60.0, f64::INFINITY] {
        let (game, decimals, shares) = contest_of_blocs(&powers, m);
        let claim = |game: &PartitionGame, m| is_contest_of_blocs(game, &shares, m, decimals);
        assert!(claim(&game, m).holds(), "{m}: {:?}", claim(&game, m));
        assert!(!claim(&game, m + 0.125).holds() || m.is_infinite(), "{m}");
        let parameters = Parameters { decisiveness: m, ..Parameters::default() };
        let contest = Contest::new(&system, &parameters).unwrap();
        let mut control = [0.0; 5];
        for (partition, worths) in game.partitions().iter().zip(game.worths()) {
            // The members' control, added up, is what their bloc wins.
            contest.control(partition.blocs(), &mut control);
            for (bloc, worth) in partition.blocs().iter().zip(worths) {
                let won: f64 = bloc.members().map(|i| control[i]).sum();
                assert!((won - worth.to_f64().value()).abs() < 1e-12, "{m}: {partition:?}");
            }
        }
        // A worth that is changed by a hair is noticed.
        let mut worths = game.worths().to_vec();
        let hair = RBig::ONE / whole(10usize.pow(13));
        worths[7][0] += &hair;
        worths[7][1] -= hair;
        let changed = PartitionGame::new(game.names().to_vec(), worths).unwrap();
        assert!(!claim(&changed, m).holds(), "{m}");
    }
}

#[test]
fn the_contest_of_a_system_on_the_command_line() {
    let folder = Folder::new();
    let power = ["--game", "externalities", "--capability", "power"];
    let four = "state,power\nA,5\nB,4\nC,3\nD,2\n";
    let (code, text, said) = folder.run("coalition", four, &power);
    assert_eq!(code, Some(0), "{said}");
    for words in ["contest of blocs, decisiveness 2", "CORE (DELTA)", "depends on how the others"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let report = folder.write("report.json", "");
    let saved = [&power[..], &["-o", report.to_str().unwrap()]].concat();
    assert_eq!(folder.run("coalition", four, &saved).0, Some(0));
    let said = super::common::output(&format!("check {}", report.display()));
    assert!(said.contains("each bloc is worth what it wins"), "{said}");
    let (code, _, said) =
        folder.run("coalition", four, &[&power[..], &["--solve", "core"]].concat());
    assert_eq!((code, said.contains("none for a game with externalities")), (Some(2), true));
    let many: String = (0..9).map(|i| format!("S{i},{}\n", i + 1)).collect();
    let (code, _, said) = folder.run("coalition", &format!("state,power\n{many}"), &power);
    assert_eq!((code, said.contains("8 players")), (Some(2), true), "{said}");
}
