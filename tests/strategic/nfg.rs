//! Files of games: what is read, what is written, what is refused and where.

use dashu_ratio::RBig;
use equipoise::game::StrategicTable;
use equipoise::game::nfg::{Variant, read, read_csv, write};
use equipoise::game::table::{Column, Player};
use proptest::prelude::*;

fn exact(game: &StrategicTable) -> Vec<Vec<RBig>> {
    let players = 0..game.roster().len();
    players.map(|i| (0..game.len()).map(|k| game.payoff(i, k)).collect()).collect()
}

#[test]
fn the_payoff_variant_of_gambits_manual() {
    // Gambit, "The strategic game (.nfg) file format": Selten (IJGT, 75), figure 2.
    let text = r#"NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
        { "Player 1" "Player 2" } { 3 2 }

        1 1 0 2 0 2 1 1 0 3 2 0"#;
    let game = read(text.as_bytes(), "selten.nfg").unwrap();
    assert_eq!(game.title(), "Selten (IJGT, 75), Figure 2, normal form");
    assert_eq!(game.sizes(), [3, 2]);
    assert_eq!(game.floats(0), [1.0, 0.0, 0.0, 1.0, 0.0, 2.0]);
    assert_eq!(game.floats(1), [1.0, 2.0, 2.0, 1.0, 3.0, 0.0]);
}

#[test]
fn the_outcome_variant_of_gambits_manual() {
    let text = r#"NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }

        {
        { "1" "2" "3" }
        { "1" "2" }
        }
        "a comment with a \" in it"

        {
        { "" 1, 1 }
        { "" 0, 2 }
        { "" 0, 2 }
        { "" 1, 1 }
        { "" 0, 3 }
        { "" 2, 0 }
        }
        1 2 3 4 5 6"#;
    let game = read(text.as_bytes(), "selten.nfg").unwrap();
    assert_eq!(game.comment(), "a comment with a \" in it");
    assert_eq!(game.floats(0), [1.0, 0.0, 0.0, 1.0, 0.0, 2.0]);
    assert_eq!(game.floats(1), [1.0, 2.0, 2.0, 1.0, 3.0, 0.0]);
    // Outcome 0 pays nothing.
    let game = read(text.replace("1 2 3 4 5 6", "1 0 3 4 5 6").as_bytes(), "x").unwrap();
    assert_eq!(game.floats(1)[1], 0.0);
}

#[test]
fn errors_say_where() {
    for (text, message) in [
        (
            "NFG 2",
            "g.nfg:1: column 5: expected version 1, found \"2\"; a .nfg file begins with NFG 1 R \"title\"",
        ),
        (
            "NFG 1 R \"t",
            "g.nfg:1: column 9: this quote is not closed; add the closing quotation mark",
        ),
        (
            "NFG 1 R \"\" { \"A\" } { 2 }\n1 x",
            "g.nfg:2: column 3: expected a payoff, found something that is no number, \"x\"; write it like 3, 1/2, 0.25 or 1e-3",
        ),
        (
            "NFG 1 R \"\" { \"A\" }\r\n{ 2 }\r\n1\r\n",
            "g.nfg:4: column 1: the file ends before the last of 2 payoffs; give one for each profile, the first player's strategy varying fastest",
        ),
        (
            "NFG 1 R \"\" { \"A\" } { 2 } 1 2 3",
            "g.nfg:1: column 30: expected the end of the file, found \"3\"; check the numbers of players and strategies",
        ),
        (
            "NFG 1 R \"\" { \"A\" } { 1 } { { \"\" 1 } } 2",
            "g.nfg:1: column 39: expected an outcome's number, 0 to 1, found \"2\"; give one for each profile",
        ),
    ] {
        assert_eq!(read(text.as_bytes(), "g.nfg").unwrap_err().to_string(), message);
    }
    for text in [
        "",
        "NFG 1 R \"\" { } { }",
        "NFG 1 R \"\" { \"A\" } { 0 }",
        "NFG 1 R \"\" { \"A\" \"B\" } { 9999999 9999999 }",
        "EFG 2 R",
    ] {
        assert!(read(text.as_bytes(), "g.nfg").is_err(), "{text}");
    }
}

#[test]
fn tidy_csv() {
    let text = "Row,Column,payoff Column,payoff Row\nc,c,3,3\nd,d,1,1\nc,d,5,0\nd,c,0,5\n";
    let game = read_csv(text.as_bytes(), "pd.csv").unwrap();
    assert_eq!(game.roster()[0], Player::new("Row", ["c", "d"]));
    assert_eq!(game.floats(0), [3.0, 5.0, 0.0, 1.0]);
    assert_eq!(game.floats(1), [3.0, 0.0, 5.0, 1.0]);
    let other =
        text.replace("payoff Column,payoff Row", "x,y").replace(',', ";").replace('\n', "\r\n");
    assert_eq!(read_csv(other.as_bytes(), "pd.csv").unwrap().floats(0), [3.0, 0.0, 5.0, 1.0]);
    for (text, message) in [
        (
            "A,B,u,v\nx,y,1,z\n",
            "g.csv:2: v: expected a payoff, found something that is no number, \"z\"; write it like 3, 1/2, 0.25 or 1e-3",
        ),
        (
            "A,B,u,v\nx,y,1,2\nx,y,1,2\n",
            "g.csv:3: the profile (x, y) is given again, first on line 2; leave one of the rows out",
        ),
        (
            "A,B,u,v\nx,y,1,2\nz,w,1,2\n",
            "g.csv: 2 of 4 profiles have no row, the first is (z, y); write one row for each profile",
        ),
        (
            "A,B,u\nx,y,1\n",
            "g.csv:1: expected a strategy and a payoff column for each player, found 3 columns; write the players' strategies first and then, in the same order, their payoffs",
        ),
        ("A,u\n", "g.csv: the file has no rows; write one row for each profile"),
    ] {
        assert_eq!(read_csv(text.as_bytes(), "g.csv").unwrap_err().to_string(), message);
    }
}

fn payoff() -> impl Strategy<Value = RBig> {
    let rational = |(n, d): (i64, u64)| RBig::from_parts(n.into(), d.max(1).into());
    prop_oneof![
        (-9i64..10).prop_map(RBig::from),
        (-1000i64..1000, 1u64..100).prop_map(rational),
        (any::<i64>(), any::<u64>()).prop_map(rational),
    ]
}

fn game() -> impl Strategy<Value = StrategicTable> {
    let name = "[ -~é\"\\\\\n]{0,6}";
    (proptest::collection::vec(1usize..4, 1..4), name, name)
        .prop_flat_map(move |(sizes, title, comment)| {
            let profiles: usize = sizes.iter().product();
            let players = sizes.into_iter().map(|k| {
                (
                    name,
                    proptest::collection::vec(name, k),
                    proptest::collection::vec(payoff(), profiles),
                )
            });
            (Just(title), Just(comment), players.collect::<Vec<_>>())
        })
        .prop_map(|(title, comment, players)| {
            let mut columns = Vec::new();
            let roster = players.into_iter().map(|(name, strategies, payoffs)| {
                let mut column = Column::default();
                payoffs.into_iter().for_each(|payoff| column.push_large(payoff));
                columns.push(column);
                Player::new(name, strategies)
            });
            let roster = roster.collect();
            StrategicTable::new(title, roster, columns).unwrap().with_comment(comment)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_written_is_read_back(game in game()) {
        for variant in [Variant::Payoffs, Variant::Outcomes] {
            let again = read(write(&game, variant).as_bytes(), "x").unwrap();
            prop_assert_eq!(game.title(), again.title());
            prop_assert_eq!(game.comment(), again.comment());
            prop_assert_eq!(game.roster(), again.roster());
            prop_assert_eq!(exact(&game), exact(&again));
        }
    }

    #[test]
    fn no_bytes_panic_the_readers(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes, "x");
        let _ = read_csv(&bytes, "x");
    }

    #[test]
    fn no_words_panic_the_readers(
        words in proptest::collection::vec(
            prop_oneof![
                Just("{".to_owned()), Just("}".to_owned()), Just("\"".to_owned()), Just("\"a\"".to_owned()),
                Just("\\".to_owned()), Just("\n".to_owned()), Just(",".to_owned()), Just("1/0".to_owned()),
                Just("18446744073709551616".to_owned()), Just("1e308".to_owned()), "[-0-9./e]{1,8}",
            ],
            0..40,
        )
    ) {
        let text = format!("NFG 1 R \"\" {}", words.join(" "));
        let _ = read(text.as_bytes(), "x");
        let _ = read(format!("NFG 1 R \"\" {{ \"A\" \"B\" }} {{ 2 2 }} {}", words.join(" ")).as_bytes(), "x");
        let _ = read_csv(words.join(",").as_bytes(), "x");
        let _ = read_csv(format!("A,B,u,v\n{}", words.join(",")).as_bytes(), "x");
    }
}
