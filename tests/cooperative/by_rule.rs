//! Airport and bankruptcy games of many players by closed forms: beside their tables where these
//! can be laid out, published values, tampering, the command line.

use dashu_ratio::RBig;
use proptest::prelude::*;

use equipoise::analysis::by_rule::analyse;
use equipoise::certify::cooperative::by_rule::claims;
use equipoise::finding::cooperative::{ByRule, Concept};
use equipoise::game::cooperative::{DivisionRule, ExactTable, RuleGame, numbered, rules};
use equipoise::solve::cooperative::{Options, solve};
use equipoise::work::Work;

use super::common::{Folder, equipoise};

fn found(rule: DivisionRule) -> ByRule {
    let n = match &rule {
        DivisionRule::Airport { costs } => costs.len(),
        DivisionRule::Bankruptcy { claims, .. } => claims.len(),
    };
    analyse(&RuleGame::new(numbered(n), rule).unwrap(), &Work::default()).unwrap()
}

fn numbers(numbers: &[u32]) -> Vec<RBig> {
    numbers.iter().map(|&x| RBig::from(x)).collect()
}

/// The same by the table of all coalitions.
fn agrees(found: &ByRule, table: ExactTable) {
    let concepts = vec![Concept::Shapley, Concept::Nucleolus, Concept::Prenucleolus, Concept::Core];
    let options = Options { concepts: Some(concepts), ..Options::default() };
    let known = solve(&table.into(), &options, &Work::default()).unwrap();
    if let Some(shapley) = &found.shapley {
        assert_eq!(shapley, &known.values[0].1);
    }
    assert_eq!(found.nucleolus, known.nucleolus.unwrap().allocation);
    assert_eq!(found.nucleolus, known.prenucleolus.unwrap().allocation);
    let ranges = known.core_payoffs.unwrap();
    for (i, range) in ranges.iter().enumerate() {
        let ends = [&range.lowest, &range.highest].map(|end| end.allocation[i].clone());
        assert_eq!(found.core[i], ends, "player {i}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn airports_are_what_their_tables_say(costs in prop::collection::vec(0u32..12, 1..7)) {
        let costs = numbers(&costs);
        let table = rules::airport(numbered(costs.len()), &costs).unwrap();
        agrees(&found(DivisionRule::Airport { costs }), table);
    }

    #[test]
    fn bankruptcies_are_what_their_tables_say(
        claims in prop::collection::vec(0u32..12, 1..7), part in 0u32..=24,
    ) {
        let estate = RBig::from(claims.iter().sum::<u32>()) * RBig::from_parts(part.into(), 24u8.into());
        let claims = numbers(&claims);
        let table = rules::bankruptcy(numbered(claims.len()), &estate, &claims).unwrap();
        agrees(&found(DivisionRule::Bankruptcy { estate, claims }), table);
    }
}

/// Landings at Birmingham in 1968-69 by type of aircraft, and what a runway for it costs a year
/// (Littlechild & Thompson 1977, Aircraft landing fees, *Bell J. Econ.* 8, table 1), with each
/// landing's Shapley value (Littlechild & Owen 1973, table 2).
const BIRMINGHAM: [(&str, u32, usize, &str); 11] = [
    ("Fokker Friendship 27", 65_899, 42, "4.86"),
    ("Viscount 800", 76_725, 9_555, "5.66"),
    ("Hawker Siddeley Trident", 95_200, 288, "10.30"),
    ("Britannia", 97_200, 303, "10.85"),
    ("Caravelle VI R", 97_436, 151, "10.92"),
    ("BAC 111", 98_142, 1_315, "11.13"),
    ("Vanguard 953", 102_496, 505, "13.40"),
    ("Comet 4B", 104_849, 1_128, "15.07"),
    ("Britannia 300", 113_322, 151, "44.80"),
    ("Convair Coronado", 115_440, 112, "60.61"),
    ("Boeing 707", 117_676, 22, "162.24"),
];

#[test]
fn birmingham_has_its_published_values() {
    let landings = BIRMINGHAM.iter().flat_map(|&(_, cost, n, _)| vec![cost; n]);
    let costs = numbers(&landings.collect::<Vec<_>>());
    assert_eq!(costs.len(), 13_572);
    let found = found(DivisionRule::Airport { costs });
    let (mut first, shapley) = (0, found.shapley.unwrap());
    for (name, _, landings, value) in BIRMINGHAM {
        let fee = shapley[first].to_f64().value();
        assert_eq!(format!("{fee:.2}"), value, "{name}");
        assert_eq!(shapley[first], shapley[first + landings - 1]);
        first += landings;
    }
    // The first eight types pay the runway of the eighth over their number and one more, the least
    // such mean of all; then fees rise.
    let fee = RBig::from_parts(104_849.into(), 13_288u32.into());
    assert!(found.nucleolus[..13_287].iter().all(|paid| *paid == fee));
    assert!(found.nucleolus[13_287] > fee);
}

#[test]
fn the_talmud_divides_for_three_wives_and_for_many() {
    for (estate, thirds) in
        [(100, ["100/3"; 3]), (200, ["50", "75", "75"]), (300, ["50", "100", "150"])]
    {
        let claims = numbers(&[100, 200, 300]);
        let found = found(DivisionRule::Bankruptcy { estate: estate.into(), claims });
        assert_eq!(found.nucleolus.iter().map(RBig::to_string).collect::<Vec<_>>(), thirds);
    }
    // A hundred claims of each kind divide a hundred estates.
    let claims = numbers(&[[100; 100], [200; 100], [300; 100]].concat());
    let found = found(DivisionRule::Bankruptcy { estate: 20_000.into(), claims });
    assert_eq!(found.nucleolus[0], RBig::from(50));
    assert_eq!(found.nucleolus[299], RBig::from(75));
}

#[test]
fn another_division_is_refused() {
    let costs = numbers(&[3, 3, 8, 10, 10, 21, 30]);
    let airport = RuleGame::new(numbered(7), DivisionRule::Airport { costs }).unwrap();
    let claims_of = numbers(&[1, 4, 9, 9, 12]);
    let estate = RBig::from(13);
    let rule = DivisionRule::Bankruptcy { estate, claims: claims_of };
    let bankrupt = RuleGame::new(numbered(5), rule).unwrap();
    for game in [airport, bankrupt] {
        let right = analyse(&game, &Work::default()).unwrap();
        assert!(claims(&right, &game).iter().all(equipoise::certify::Claim::holds));
        let refused =
            |wrong: ByRule| !claims(&wrong, &game).iter().all(equipoise::certify::Claim::holds);
        let n = right.nucleolus.len();
        for (from, to) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))).filter(|(i, j)| i != j) {
            let mut wrong = right.clone();
            let part = RBig::from_parts(1.into(), 1_000u32.into());
            wrong.nucleolus[from] -= &part;
            wrong.nucleolus[to] += &part;
            assert!(refused(wrong));
        }
        for i in 0..n {
            for end in [0, 1] {
                let mut wrong = right.clone();
                wrong.core[i][end] += RBig::ONE;
                assert!(refused(wrong));
            }
            if let Some(mut shapley) = right.shapley.clone() {
                shapley[i] += RBig::ONE;
                assert!(refused(ByRule { shapley: Some(shapley), ..right.clone() }));
            }
        }
        assert!(refused(ByRule { nucleolus: Vec::new(), ..right.clone() }));
    }
}

#[test]
fn many_players_are_read_solved_and_checked_on_the_command_line() {
    let folder = Folder::new();
    let rows = |what: &str| {
        let each = (1..=40).map(|i| format!("P{i},{}\n", 10 * i));
        format!("player,{what}\n{}", each.collect::<String>())
    };
    let (code, text, said) = folder.run("coalition", &rows("cost"), &[]);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        text.contains("40 players, airport") && said.contains("--solve shapley,core,nucleolus")
    );
    for (what, more) in
        [("cost", &[][..]), ("claim", &["--estate", "1234"]), ("cost", &["--exact"])]
    {
        let report = folder.write("report.json", "");
        let flags = [more, &["-o", report.to_str().unwrap()]].concat();
        let (code, _, said) = folder.run("coalition", &rows(what), &flags);
        assert_eq!(code, Some(0), "{said}");
        let output = equipoise(&format!("check {}", report.display())).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{told}");
    }
    for (what, flags, words) in [
        ("claim", &[][..], "estate: expected a number for a game of claims"),
        ("claim", &["--estate", "9000"], "0 to the sum of the claims, 8200"),
        ("cost", &["--solve", "banzhaf"], "of 40 players what has a closed form"),
        ("claim", &["--estate", "9", "--solve", "shapley"], "solve: expected core"),
        ("cost", &["--blocs", "P1+P2"], "blocs: expected none for a game of 40 players"),
    ] {
        let (code, _, said) = folder.run("coalition", &rows(what), flags);
        assert!(code == Some(2) && said.contains(words), "{words}: {said}");
    }
    let (code, _, said) = folder.run("coalition", &rows("cost"), &["--time-limit", "0"]);
    assert_eq!(code, Some(1), "{said}");
}
