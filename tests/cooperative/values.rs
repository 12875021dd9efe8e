//! Cooperative games against brute force, axioms and the literature.

use dashu_int::IBig;
use dashu_ratio::RBig;

use equipoise::coalition::Coalition;
use equipoise::exact::parse_exact;
use equipoise::game::cooperative::read::{Terms, game_from};
use equipoise::game::cooperative::{ExactTable, Game, Quota, WeightedGame, numbered, rules};
use equipoise::solve::cooperative::power::{self, Marginals};
use equipoise::solve::cooperative::properties::properties;
use equipoise::solve::cooperative::simple_players::simple_players;
use equipoise::solve::partitions::structure;

pub(crate) fn exact(numbers: &[&str]) -> Vec<RBig> {
    numbers.iter().map(|text| parse_exact(text).unwrap()).collect()
}

pub(crate) fn weighted(quota: &str, weights: &[&str]) -> Game {
    let rule = (exact(weights), Quota::parse(quota).unwrap());
    WeightedGame::new(numbered(weights.len()), &[rule]).unwrap().into()
}

/// A small generator: the tests need variety, not randomness.
pub(crate) struct Mix(pub(crate) u64);

impl Mix {
    pub(crate) fn next(&mut self, below: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    pub(crate) fn table(&mut self, n: usize) -> ExactTable {
        let value = |mix: &mut Self| {
            RBig::from_parts((mix.next(41) as i64 - 15).into(), (mix.next(6) + 1).into())
        };
        let mut values: Vec<RBig> = (0..1 << n).map(|_| value(self)).collect();
        values[0] = RBig::ZERO;
        ExactTable::new(numbered(n), &values).unwrap()
    }

    fn weighted(&mut self, n: usize) -> Game {
        let weights: Vec<RBig> = (0..n).map(|_| RBig::from(self.next(9))).collect();
        let total = weights.iter().fold(RBig::ZERO, |sum, w| sum + w);
        if total.is_zero() {
            return self.weighted(n);
        }
        let quota = RBig::from(self.next(u64::try_from(total.numerator().clone()).unwrap()) + 1);
        WeightedGame::new(numbered(n), &[(weights, Quota::AtLeast(quota))]).unwrap().into()
    }
}

/// The Shapley value by all orders of the players.
fn shapley_by_orders(table: &ExactTable) -> Vec<RBig> {
    fn arrive(table: &ExactTable, here: Coalition, sums: &mut [RBig], orders: &mut u64) {
        let n = table.players();
        let missing: Vec<usize> = here.complement(n).members().collect();
        if missing.is_empty() {
            *orders += 1;
        }
        for i in missing {
            // Once for every order of those after i.
            let after = (1..(n - here.len()) as u64).product::<u64>();
            sums[i] += (table.value(here.with(i)) - table.value(here)) * RBig::from(after);
            arrive(table, here.with(i), sums, orders);
        }
    }
    let mut sums = vec![RBig::ZERO; table.players()];
    let mut orders = 0;
    arrive(table, Coalition::EMPTY, &mut sums, &mut orders);
    sums.into_iter().map(|sum| sum / RBig::from(orders)).collect()
}

fn banzhaf_by_definition(table: &ExactTable) -> Vec<RBig> {
    let n = table.players();
    let all = || (0..1u64 << n).map(Coalition);
    let sum = |i: usize| {
        all()
            .filter(|set| !set.contains(i))
            .fold(RBig::ZERO, |sum, set| sum + table.value(set.with(i)) - table.value(set))
    };
    (0..n).map(|i| sum(i) / RBig::from(1u64 << (n - 1))).collect()
}

#[test]
fn values_agree_with_their_definitions() {
    let mut mix = Mix(1);
    for n in 1..=6 {
        for _ in 0..8 {
            let table = mix.table(n);
            let marginals = Marginals::of_table(&table);
            assert_eq!(marginals.shapley(), shapley_by_orders(&table));
            assert_eq!(marginals.banzhaf(), banzhaf_by_definition(&table));
            let floats = power::float_values(&table.floats().unwrap());
            for (exact, float) in marginals.shapley().iter().zip(&floats.shapley) {
                assert!((exact.to_f64().value() - float).abs() < 1e-12);
            }
            for (exact, float) in marginals.banzhaf().iter().zip(&floats.banzhaf) {
                assert!((exact.to_f64().value() - float).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn the_shapley_value_keeps_its_axioms() {
    let mut mix = Mix(2);
    for n in 2..=6 {
        let (a, b) = (mix.table(n), mix.table(n));
        let values = |f: &dyn Fn(Coalition) -> RBig| {
            let values: Vec<RBig> = (0..1u64 << n).map(|bits| f(Coalition(bits))).collect();
            Marginals::of_table(&ExactTable::new(numbered(n), &values).unwrap()).shapley()
        };
        let (of_a, of_b) = (values(&|s| a.value(s)), values(&|s| b.value(s)));
        let total = of_a.iter().fold(RBig::ZERO, |sum, x| sum + x);
        assert_eq!(total, a.value(Coalition::grand(n)), "efficiency");
        let sum: Vec<RBig> = of_a.iter().zip(&of_b).map(|(x, y)| x + y).collect();
        assert_eq!(values(&|s| a.value(s) + b.value(s)), sum, "additivity");
        // A dummy: the last player adds 2 to everything.
        let last = n - 1;
        let dummy = values(&|s| {
            a.value(s.without(last)) + RBig::from(if s.contains(last) { 2 } else { 0 })
        });
        assert_eq!(dummy[last], RBig::from(2), "dummy");
        // Players 0 and 1 made equal, and the players in the reverse order.
        let swap = |s: Coalition| {
            let of = |i: usize| if i < 2 { 1 - i } else { i };
            s.members().map(of).collect::<Coalition>()
        };
        let equal = values(&|s| a.value(s) + a.value(swap(s)));
        assert_eq!(equal[0], equal[1], "symmetry");
        let reverse = |s: Coalition| s.members().map(|i| n - 1 - i).collect::<Coalition>();
        let mut reversed = values(&|s| a.value(reverse(s)));
        reversed.reverse();
        assert_eq!(reversed, of_a, "relabelling");
    }
}

/// Deegan–Packel, Holler–Packel and Johnston indices and the number of minimal winning
/// coalitions, from the definitions.
fn indices_by_definition(table: &ExactTable) -> ([Vec<RBig>; 3], usize) {
    let n = table.players();
    let wins = |set: Coalition| !table.value(set).is_zero();
    let mut sums = [vec![RBig::ZERO; n], vec![RBig::ZERO; n], vec![RBig::ZERO; n]];
    let mut minimal = 0;
    for set in Coalition::all(n).filter(|&set| wins(set)) {
        let critical: Vec<usize> = set.members().filter(|&i| !wins(set.without(i))).collect();
        let part = |k: usize| RBig::from_parts(1.into(), k.into());
        for &i in &critical {
            sums[2][i] += part(critical.len());
            if critical.len() == set.len() {
                sums[0][i] += part(set.len());
                sums[1][i] += part(1);
            }
        }
        minimal += usize::from(critical.len() == set.len());
    }
    let normalized = sums.map(|sums| {
        let total = sums.iter().fold(RBig::ZERO, |sum, x| sum + x);
        sums.iter().map(|x| x / &total).collect()
    });
    (normalized, minimal)
}

fn check_indices(game: &Game) {
    let table = game.table().unwrap();
    let ([deegan_packel, holler, johnston], minimal) = indices_by_definition(&table);
    for game in [game, &Game::Table(table.clone())] {
        let counts = power::minimal_counts(game).unwrap();
        assert_eq!(counts.deegan_packel(), deegan_packel, "{game:?}");
        assert_eq!(counts.holler_packel(), holler, "{game:?}");
        assert_eq!(counts.total, minimal.into());
        let listed = power::minimal_winning(game, usize::MAX).unwrap();
        assert_eq!(listed.len(), minimal);
        for members in listed {
            let set: Coalition = members.iter().copied().collect();
            let loses = |i: &usize| table.value(set.without(*i)).is_zero();
            assert!(!table.value(set).is_zero() && members.iter().all(loses));
        }
        assert_eq!(power::critical_counts(game).unwrap().johnston(), johnston, "{game:?}");
        let marginals = power::marginals(game).unwrap();
        assert_eq!(marginals, Marginals::of_table(&table));
        let players = simple_players(game).unwrap();
        let n = table.players();
        let veto: Vec<usize> =
            (0..n).filter(|&i| table.value(Coalition::grand(n).without(i)).is_zero()).collect();
        assert_eq!(players.veto, veto);
    }
}

#[test]
fn indices_of_weighted_games_agree_with_their_definitions() {
    let mut mix = Mix(3);
    for n in 1..=8 {
        for _ in 0..12 {
            check_indices(&mix.weighted(n));
        }
    }
    // Large enough for the tables by weight to be used throughout.
    for n in [13, 14] {
        for _ in 0..6 {
            check_indices(&mix.weighted(n));
        }
    }
}

#[test]
fn weights_too_long_to_count_by_are_enumerated() {
    let long = ["0.40000000000000000000000001", "0.29999999999999999999999999", "0.2", "0.1"];
    let game = weighted("50%", &long);
    check_indices(&game);
    let swings = power::marginals(&game).unwrap();
    let exactly_half = weighted("50%", &["0.4", "0.3", "0.2", "0.1"]);
    assert_ne!(swings, power::marginals(&exactly_half).unwrap(), "the last digit decides");
    let mut many: Vec<String> = (0..14).map(|i| format!("0.{}1{i:02}", "3".repeat(30))).collect();
    many[0] = "0.9".into();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    check_indices(&weighted(">50%", &many));
}

#[test]
fn many_players_are_counted_exactly() {
    let weights: Vec<String> = (0..200).map(|i| ((i * 37) % 21 + 1).to_string()).collect();
    let weights: Vec<&str> = weights.iter().map(String::as_str).collect();
    let marginals = power::marginals(&weighted("1117", &weights)).unwrap();
    let total = marginals.shapley().iter().fold(RBig::ZERO, |sum, x| sum + x);
    assert_eq!(total, RBig::ONE);
    // Equal weights: everyone the same.
    let equal = weighted(">50%", &["1"; 101]);
    let shapley = power::shapley(&equal).unwrap();
    assert!(shapley.iter().all(|x| *x == parse_exact("1/101").unwrap()));
}

/// The sets of `others` with weight in `q − w .. q`, by size.
fn swings(others: &[usize], w: usize, q: usize) -> Vec<IBig> {
    let mut sets = vec![vec![IBig::ZERO; q]; others.len() + 1];
    sets[0][0] = IBig::ONE;
    for (known, &weight) in others.iter().enumerate() {
        for size in (0..=known).rev() {
            for x in (0..q.saturating_sub(weight)).rev() {
                let more = sets[size][x].clone();
                sets[size + 1][x + weight] += more;
            }
        }
    }
    sets.iter().map(|row| row[q.saturating_sub(w)..].iter().sum()).collect()
}

#[test]
fn swings_of_long_numbers_are_those_of_a_plain_count() {
    let mut mix = Mix(11);
    for (n, most, parts) in [(60, 3, 2), (110, 9, 2), (110, 2, 5), (40, 60, 3)] {
        let weights: Vec<usize> = (0..n).map(|_| mix.next(most) as usize).collect();
        let q = weights.iter().sum::<usize>().div_ceil(parts);
        let words: Vec<String> = weights.iter().map(usize::to_string).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        for quota in [q, weights.iter().sum::<usize>() - q] {
            let found = power::marginals(&weighted(&quota.to_string(), &words)).unwrap();
            for i in [0, n / 2, n - 1] {
                let mut others = weights.clone();
                let w = others.remove(i);
                assert_eq!(found.by_size[i], swings(&others, w, quota), "{n} {most} {quota} {i}");
            }
        }
    }
}

#[test]
fn properties_have_counterexamples_that_hold() {
    let mut mix = Mix(5);
    for n in 1..=5 {
        for _ in 0..10 {
            let table = mix.table(n);
            let found = properties(&table);
            let v = |set: Coalition| table.value(set);
            let all = || (0..1u64 << n).map(Coalition);
            let pairs = || all().flat_map(|s| all().map(move |t| (s, t)));
            let convex = pairs().all(|(s, t)| v(s.union(t)) + v(s.intersection(t)) >= v(s) + v(t));
            let additive = pairs().all(|(s, t)| !s.is_disjoint(t) || v(s.union(t)) >= v(s) + v(t));
            let monotone = pairs().all(|(s, t)| !s.is_subset_of(t) || v(s) <= v(t));
            assert_eq!(found.convex.holds(), Some(convex));
            assert_eq!(found.superadditive.holds(), Some(additive));
            assert_eq!(found.monotone.holds(), Some(monotone));
            use equipoise::solve::cooperative::properties::Property::Fails;
            if let Fails([s, t]) = found.convex {
                assert!(v(s.union(t)) + v(s.intersection(t)) < v(s) + v(t));
            }
            if let Fails([s, t]) = found.superadditive {
                assert!(s.is_disjoint(t) && v(s.union(t)) < v(s) + v(t));
            }
            if let Fails([s, t]) = found.monotone {
                assert!(s.is_subset_of(t) && v(s) > v(t));
            }
            if let Fails([s, t]) = found.constant_sum {
                assert!(v(s) + v(t) != v(Coalition::grand(n)));
            }
        }
    }
}

#[test]
fn the_optimal_structure_is_the_best_partition() {
    use equipoise::coalition::Partition;
    let mut mix = Mix(7);
    for n in 1..=8 {
        for round in 0..10 {
            let table = mix.table(n);
            // Rounds differ in how much large coalitions are worth.
            let values: Vec<RBig> = (0..1u64 << n)
                .map(|bits| {
                    let size = Coalition(bits).len();
                    table.value(Coalition(bits)) + RBig::from(round * size)
                })
                .collect();
            let table = ExactTable::new(numbered(n), &values).unwrap();
            let worth = |p: &Partition| {
                p.blocs().iter().fold(RBig::ZERO, |sum, &bloc| sum + table.value(bloc))
            };
            let best = Partition::all(n).map(|p| worth(&p)).max().unwrap();
            let found = structure::optimal(&table).unwrap();
            assert_eq!(found.value, best);
            assert_eq!(worth(&found.partition), best);
            let cost = structure::optimal(&table.negated()).unwrap();
            assert_eq!(cost.value, -best, "the least cost is the largest worth");
        }
    }
}

#[test]
fn games_known_from_the_literature() {
    // Owen (1995), Game Theory, 3rd ed.: the corporation with shares 10, 20, 30, 40.
    let owen = weighted("51", &["40", "30", "20", "10"]);
    assert_eq!(power::shapley(&owen).unwrap(), exact(&["5/12", "1/4", "1/4", "1/12"]));
    // Deegan & Packel (1978), A new index of power for simple n-person games.
    let deegan_packel = weighted("51", &["35", "20", "15", "15", "15"]);
    let counts = power::minimal_counts(&deegan_packel).unwrap();
    assert_eq!(counts.deegan_packel(), exact(&["3/10", "3/20", "11/60", "11/60", "11/60"]));
    // Holler & Packel (1983), the same game.
    assert_eq!(counts.holler_packel(), exact(&["4/15", "2/15", "1/5", "1/5", "1/5"]));
    // Banzhaf (1965), Weighted voting doesn't work: Nassau County 1958, three dummies.
    let nassau = weighted("16", &["9", "9", "7", "3", "1", "1"]);
    assert_eq!(simple_players(&nassau).unwrap().dummies, [3, 4, 5]);
    let third = ["1/3", "1/3", "1/3", "0", "0", "0"];
    assert_eq!(power::marginals(&nassau).unwrap().banzhaf_normalized(), Some(exact(&third)));
    // Straffin (1994), Power and stability in politics: the UN Security Council.
    let council: Vec<&str> = [["7"; 5].as_slice(), &["1"; 10]].concat();
    let council = weighted("39", &council);
    let shapley = power::shapley(&council).unwrap();
    assert_eq!(shapley[0], parse_exact("421/2145").unwrap());
    assert_eq!(shapley[14], parse_exact("4/2145").unwrap());
    assert_eq!(simple_players(&council).unwrap().veto, [0, 1, 2, 3, 4]);
    // Shapley & Shubik (1954), the bicameral logic: an apex player and four others.
    let apex = weighted("4", &["3", "1", "1", "1", "1"]);
    assert_eq!(power::shapley(&apex).unwrap()[0], parse_exact("3/5").unwrap());
    // Luxembourg in 1958: Felsenthal & Machover (1998), The Measurement of Voting Power.
    let council = weighted("12", &["4", "4", "4", "2", "2", "1"]);
    assert_eq!(simple_players(&council).unwrap().dummies, [5]);
    // Littlechild & Owen (1973): each pays an equal part of every stretch that it uses.
    let airport = rules::airport(numbered(4), &exact(&["8", "11", "13", "18"])).unwrap();
    assert_eq!(Marginals::of_table(&airport).shapley(), exact(&["2", "3", "4", "9"]));
    // Ibn Ezra's four sons (O'Neill 1982).
    let sons = rules::airport(numbered(4), &exact(&["120", "60", "40", "30"])).unwrap();
    let parts = exact(&["485/6", "125/6", "65/6", "15/2"]);
    assert_eq!(Marginals::of_table(&sons).shapley(), parts);
    // The Talmud's estate of 200 (Aumann & Maschler 1985): a convex game.
    let claims = exact(&["100", "200", "300"]);
    let talmud = rules::bankruptcy(numbered(3), &RBig::from(200), &claims).unwrap();
    assert_eq!(Marginals::of_table(&talmud).shapley(), exact(&["100/3", "250/3", "250/3"]));
    assert_eq!(properties(&talmud).convex.holds(), Some(true));
    // A left glove and two right ones (Shapley & Shubik 1969).
    let gloves = rules::assignment(numbered(3), &[exact(&["1", "1"])]).unwrap();
    assert_eq!(Marginals::of_table(&gloves).shapley(), exact(&["2/3", "1/6", "1/6"]));
    // A dictator.
    let dictator = weighted("5", &["5", "2", "2"]);
    assert_eq!(simple_players(&dictator).unwrap().dictator, Some(0));
}

fn read(text: &str) -> equipoise::error::Result<Game> {
    game_from(text.as_bytes(), "game.csv", &Terms::default())
}

#[test]
fn tables_are_read_in_every_form() {
    let plain = read("coalition,value\n1,1\n2,0.5\n1+2,3\n").unwrap();
    let table = |game: &Game| game.table().unwrap();
    assert_eq!(table(&plain).value(Coalition(0b10)), parse_exact("1/2").unwrap());
    for other in [
        "coalition,value\n1,1\n2,.5\n2+1,3e0",
        "coalition;value\r\n;0\r\n2;1/2\r\n1;1\r\n1+2;3\r\n",
        "\u{feff}coalition\tvalue\r1\t1\r2\t5e-1\r\"1+2\"\t3.00",
        "coalition,value\n1,1\n2,0.5\n3,3\n",
        "coalition,value\n0,0\n3,3\n1,1\n2,0.500000000000000000000000\n",
    ] {
        let game = read(other).unwrap();
        assert_eq!(game.names(), plain.names(), "{other}");
        for bits in 0..4 {
            assert_eq!(table(&game).value(Coalition(bits)), table(&plain).value(Coalition(bits)));
        }
    }
    let named = read("coalition,value\nB,1\nA,2\nA + B,4\n").unwrap();
    assert_eq!(named.names(), ["B", "A"]);
    assert_eq!(table(&named).value(Coalition(1)), RBig::ONE);
}

#[test]
fn values_of_many_digits_are_exact() {
    let text = "coalition,value\n1,0.12345678901234567\n2,1e-7\n1+2,123456789.5\n";
    let table = read(text).unwrap().table().unwrap();
    assert_eq!(table.value(Coalition(1)), parse_exact("0.12345678901234567").unwrap());
    assert_eq!(table.value(Coalition(2)), parse_exact("1/10000000").unwrap());
    assert_eq!(table.value(Coalition(3)), parse_exact("123456789.5").unwrap());
    assert!((table.float(Coalition(1)) - 0.12345678901234567).abs() < 1e-16);
}

#[test]
fn errors_name_the_place_and_the_remedy() {
    let cases = [
        ("coalition,value\nA,1\nB,1\n", "1 of the 3 coalitions", "A+B"),
        ("coalition,value\nA,1\nB,x\nA+B,2\n", "game.csv:3: value", "fraction"),
        ("coalition,value\nA,1\nA,2\nA+B,2\n", "game.csv:3: coalition", "line 2 already"),
        ("coalition,value\n1,1\n\n2,2\n1+1,3\n", "game.csv:5: coalition", "twice"),
        ("coalition,value\n1,1\n1,2\n1+2,3\n", "game.csv:3", "line 2 already"),
        ("coalition,value\n,1\nA,2\n", "game.csv:2: value", "empty coalition"),
        ("coalition,value\nA,1,2\n", "game.csv:2", "2 cells, found 3"),
        ("coalition,value\nA+,1\n", "game.csv:2: coalition", "without a name"),
        ("coalition,value\n1,1\n4,1\n5,1\n", "4 of the 7", "row"),
        ("coalition,value\n", "no coalition", "row"),
        ("", "empty", "header"),
        ("x,y\n1,2\n", "game.csv:1", "coalition,value"),
        ("player,weight\nA,1\n", "quota", "one for each column"),
        ("player,weight\nA,-1\n", "game.csv:2: weight", "≥ 0"),
        ("player,weight\nA,1\nA,2\n", "game.csv:3: player", "twice"),
        ("player,claim\nA,1\n", "estate", "none"),
        ("coalition,value\n99999999,1\n", "25 players", "quota"),
    ];
    for (text, place, remedy) in cases {
        let error = read(text).unwrap_err().to_string();
        assert!(error.contains(place) && error.contains(remedy), "{text:?}: {error}");
    }
}

#[test]
fn weights_and_quotas_are_read() {
    let terms = Terms {
        quotas: vec![Quota::parse(">50%").unwrap(), Quota::parse("2").unwrap()],
        estate: None,
    };
    let text = b"player,votes,members\nA,50,1\nB,30,1\nC,20,1\n";
    let game = game_from(text, "game.csv", &terms).unwrap();
    let Game::Weighted(game) = game else { panic!("weighted") };
    assert_eq!(game.names(), ["A", "B", "C"]);
    assert!(!game.wins(Coalition(0b001)) && game.wins(Coalition(0b011)));
    assert!(!game.wins(Coalition(0b110)), "half is not more than half");
    let terms = Terms { quotas: vec![], estate: Some(RBig::from(200)) };
    let text = b"player,claim\nA,100\nB,200\nC,300\n";
    let table = game_from(text, "game.csv", &terms).unwrap().table().unwrap();
    assert_eq!(table.value(Coalition(0b110)), RBig::from(100));
}
