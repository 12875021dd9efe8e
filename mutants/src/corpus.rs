//! The corpus: small problems of every kind.

use std::fs;
use std::path::Path;

/// A run that writes a report as JSON.
pub struct Case {
    pub name: String,
    pub arguments: Vec<String>,
}

/// Writes the files and names the runs.
pub fn cases(folder: &Path) -> Vec<Case> {
    let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    put("three.csv", "state,power\nA,5\nB,4\nC,3\n");
    put("five.csv", "state,power\nA,30\nB,25\nC,20\nD,15\nE,10\n");
    put("seven.csv", "state,power\nA,30\nB,23\nC,19\nD,11\nE,9\nF,5\nG,3\n");
    put(
        "four.csv",
        "state,year,power\nA,1900,5\nB,1900,4\nC,1900,3\nD,1900,2\n\
         A,1914,5\nB,1914,6\nC,1914,5\nD,1914,3\n",
    );
    put("tied.csv", "state1,state2,commitment\nB,C,1\nA,D,1\n");
    let weighted = |weights: &[u32]| {
        let row = |(i, w): (usize, &u32)| format!("p{i},{w}\n");
        "player,weight\n".to_owned() + &weights.iter().enumerate().map(row).collect::<String>()
    };
    put("owen.csv", &weighted(&[40, 30, 20, 10]));
    put("council.csv", &weighted(&[7, 7, 7, 7, 7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
    let union = [
        29, 29, 29, 29, 27, 27, 14, 13, 12, 12, 12, 12, 12, 10, 10, 10, 7, 7, 7, 7, 7, 4, 4, 4, 4,
        4, 3,
    ];
    put("union.csv", &weighted(&union));
    put("rules.csv", "player,weight,seats\nA,4,1\nB,3,1\nC,2,1\nD,2,1\nE,1,1\n");
    put("talmud.csv", "player,claim\nA,100\nB,200\nC,300\nD,50\n");
    put("airport.csv", "player,cost\nA,2\nB,3\nC,5\nD,9\n");
    put("glove.csv", "coalition,value\nL,0\nR,0\nS,0\nL+R,1\nL+S,1\nR+S,0\nL+R+S,1\n");
    let mut random = Random(7);
    put(
        "convex.csv",
        &table(5, |set| (u64::from(set.count_ones())).pow(2) * 3 + u64::from(set) % 4),
    );
    put("wild.csv", &table(5, |_| random.below(30)));
    put("tall.csv", &table(6, |set| u64::from(set.count_ones()) * 20 + random.below(25)));
    put(
        "crowd.csv",
        "player,preferences\n1,1+2 > 1+3 > 1 > 1+2+3\n2,2+3 > 1+2 > 2\n3,1+3 > 2+3 > 1+2+3 > 3\n",
    );
    put(
        "friends.csv",
        "player,preferences\n1,1+2+3 > 1+2 > 1\n2,1+2 > 2+3+4 > 2\n3,1+2+3 = 3+4 > 3\n4,3+4 > 2+3+4 > 4\n",
    );
    let two = "{ \"A\" \"B\" }";
    let small = |name: &str, payoffs: &str| {
        format!(
            "NFG 1 R \"{name}\" {two}\n{{ {{ \"x\" \"y\" }} {{ \"x\" \"y\" }} }}\n\n{payoffs}\n"
        )
    };
    put("chicken.nfg", &small("Chicken", "6 6 7 2 2 7 0 0"));
    put("dilemma.nfg", &small("Dilemma", "3 3 5 0 0 5 1 1"));
    put("pennies.nfg", &small("Pennies", "1 -1 -1 1 -1 1 1 -1"));
    put("sexes.nfg", &small("Sexes", "2 1 0 0 0 0 1 2"));
    put(
        "mixture.nfg",
        "NFG 1 R \"Mixture\" { \"A\" \"B\" } { 3 2 }\n\n2 0 0 1 -1 0 -1 2 0 1 2 0\n",
    );
    for (name, sizes) in [
        ("square", &[3, 3][..]),
        ("trio", &[2, 2, 2]),
        ("wide", &[3, 2, 2]),
        ("five", &[5, 4]),
        ("quartet", &[4, 4, 4, 4]),
        ("large", &[16, 16]),
    ] {
        put(&format!("{name}.nfg"), &strategic(name, sizes, &mut random));
    }
    let opposed = opposed(17, 16, &mut random);
    put("opposed.nfg", &opposed);

    let all = "--solve pure,mixed,correlated,coarse,dominance,strong,coalition-proof";
    let europe = "data/europe-1913.csv --dyads data/pairs/europe-1913.csv";
    let lines = [
        "solve three.csv".into(),
        "solve three.csv --decisiveness 1 --dominance 0".into(),
        "solve five.csv --leader all".into(),
        "solve five.csv --decisiveness 3 --dominance 3".into(),
        "solve five.csv --war-cost 0.2".into(),
        "solve seven.csv --lens settlement,blocs".into(),
        "solve seven.csv --lens blocs --dominance 2.5 --war-cost 0.1".into(),
        format!("solve {europe} --driver threat"),
        "solve four.csv --year 1900 --lens alignment --tactics \
         balance,bandwagon,abstain,pass,arm,wait,restrain --dyads tied.csv --chains tight \
         --horizon-year 1914 --war-cost 0.05"
            .into(),
        "solve four.csv --year 1900 --lens alignment --tactics balance,bandwagon,abstain,bleed,bait \
         --war-cost 0.1"
            .into(),
        "coalition owen.csv --quota 51".into(),
        "coalition council.csv --quota 39".into(),
        "coalition union.csv --quota 255".into(),
        "coalition rules.csv --quota >50% --quota 3".into(),
        "coalition talmud.csv --estate 200".into(),
        "coalition airport.csv".into(),
        "coalition glove.csv".into(),
        "coalition convex.csv".into(),
        "coalition wild.csv".into(),
        "coalition tall.csv".into(),
        "coalition seven.csv --game settlement".into(),
        "coalition five.csv --game majority".into(),
        "coalition crowd.csv".into(),
        "coalition friends.csv".into(),
        format!("game chicken.nfg {all}"),
        format!("game dilemma.nfg {all}"),
        format!("game pennies.nfg {all}"),
        format!("game sexes.nfg {all} --objective minimum"),
        format!("game mixture.nfg {all}"),
        format!("game square.nfg {all}"),
        format!("game trio.nfg {all}"),
        format!("game wide.nfg {all} --objective minimum"),
        format!("game five.nfg {all} --objective player:P1"),
        "game quartet.nfg --solve mixed,correlated".into(),
        "game large.nfg --solve mixed".into(),
        "game opposed.nfg --solve mixed".into(),
        format!("theory niou-ordeshook {europe}"),
        format!("theory structural-balance {europe}"),
        "theory nested-contest five.csv".into(),
    ];
    let case = |line: String| {
        let mut arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        arguments.extend(["--format".into(), "json".into()]);
        Case { name: line.split_whitespace().collect::<Vec<_>>().join(" "), arguments }
    };
    lines.into_iter().map(case).collect()
}

/// Numbers that look random and are always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A cooperative game of `n` players, by coalition.
fn table(n: u32, mut value: impl FnMut(u32) -> u64) -> String {
    let names = ["A", "B", "C", "D", "E", "F"];
    let mut text = "coalition,value\n".to_owned();
    for set in 1..1u32 << n {
        let members = (0..n).filter(|i| set >> i & 1 == 1).map(|i| names[i as usize]);
        text += &format!("{},{}\n", members.collect::<Vec<_>>().join("+"), value(set));
    }
    text
}

/// A strategic game with payoffs from 0 to 20.
fn strategic(name: &str, sizes: &[usize], random: &mut Random) -> String {
    let players: Vec<String> = (1..=sizes.len()).map(|i| format!("\"P{i}\"")).collect();
    let numbers: Vec<String> = sizes.iter().map(usize::to_string).collect();
    let count = sizes.iter().product::<usize>() * sizes.len();
    let payoffs: Vec<String> = (0..count).map(|_| random.below(21).to_string()).collect();
    format!(
        "NFG 1 R \"{name}\" {{ {} }} {{ {} }}\n\n{}\n",
        players.join(" "),
        numbers.join(" "),
        payoffs.join(" ")
    )
}

/// A zero-sum game.
fn opposed(m: usize, n: usize, random: &mut Random) -> String {
    let payoffs = (0..m * n).map(|_| {
        let x = random.below(19) as i64 - 9;
        format!("{x} {}", -x)
    });
    let payoffs: Vec<String> = payoffs.collect();
    format!("NFG 1 R \"opposed\" {{ \"A\" \"B\" }} {{ {m} {n} }}\n\n{}\n", payoffs.join(" "))
}
