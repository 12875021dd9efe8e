//! A small report of every kind, made as a user makes it.

use assert_cmd::Command;
use serde_json::Value;

/// The inputs, by name.
const FILES: &[(&str, &str)] = &[
    ("states.csv", "state,year,power,bloc\nA,1900,11,H\nB,1900,8,B\nC,1900,6,B\nD,1900,4,B\n"),
    ("three.csv", "state,power\nA,5\nB,4\nC,3\n"),
    ("growth.csv", "state,growth\nA,0.01\nB,0.03\nC,0.05\nD,0.02\n"),
    (
        "pairs.csv",
        "state1,state2,distance,hostility,affinity,commitment,sign,propensity,link\n\
         A,B,500,0.5,0,0,-1,-2,0\nA,C,900,0.25,0.5,0,-1,-1,0\nA,D,1500,0,0,0,1,1,1\n\
         B,C,300,0,0.5,1,1,2,1\nB,D,700,0.5,0,0,-1,1,0\nC,D,400,0,0,0,1,-1,0\n",
    ),
    (
        "ties.csv",
        "state1,state2,sign,propensity,link\nA,B,-1,-2,0\nA,C,-1,-1,0\nA,D,1,1,1\nB,C,1,2,1\n\
         B,D,-1,1,0\nC,D,1,-1,0\n",
    ),
    ("worths.csv", "coalition,value\nA,0\nB,1\nC,0\nA+B,5\nA+C,4\nB+C,3\nA+B+C,9\n"),
    ("empty.csv", "coalition,value\nA,0\nB,0\nC,0\nA+B,5\nA+C,4\nB+C,5\nA+B+C,6\n"),
    ("costs.csv", "player,cost\nA,12\nB,7\nC,3\n"),
    ("line.csv", "state1,state2,link\nA,B,1\nB,C,1\nA,C,0\n"),
    ("equal.csv", "player,payoff\nA,2\nB,2\nC,2\n"),
    ("even.csv", "player,payoff\nA,5/3\nB,8/3\nC,5/3\n"),
    ("thirds.csv", "player,payoff\nA,3\nB,3\nC,3\n"),
    (
        "emissions.csv",
        "partition,coalition,value\nA+B+C,A+B+C,9\nA+B|C,A+B,4\nA+B|C,C,2\n\
         A+C|B,A+C,3\nA+C|B,B,3\nB+C|A,B+C,3\nB+C|A,A,4\n\
         A|B|C,A,1\nA|B|C,B,1\nA|B|C,C,0\n",
    ),
    (
        "runway.csv",
        "player,cost\nP1,8\nP2,14\nP3,22\nP4,28\nP5,36\nP6,42\nP7,50\nP8,56\nP9,1\n\
         P10,7\nP11,15\nP12,21\nP13,29\nP14,35\nP15,43\nP16,49\nP17,57\nP18,0\nP19,8\n\
         P20,14\nP21,22\nP22,28\nP23,36\nP24,42\nP25,50\nP26,56\nP27,1\n",
    ),
    (
        "claims.csv",
        "player,claim\nP1,7\nP2,12\nP3,17\nP4,22\nP5,27\nP6,2\nP7,7\nP8,12\nP9,17\n\
         P10,22\nP11,27\nP12,2\nP13,7\nP14,12\nP15,17\nP16,22\nP17,27\nP18,2\nP19,7\n\
         P20,12\nP21,17\nP22,22\nP23,27\nP24,2\nP25,7\nP26,12\n",
    ),
    ("votes.csv", "player,weight\nA,4\nB,3\nC,2\nD,1\n"),
    ("roommates.csv", "player,preferences\nA,A+B > A+C\nB,B+C > A+B\nC,A+C > B+C\nD,D\n"),
    (
        "pd.nfg",
        "NFG 1 R \"dilemma\" { \"Row\" \"Column\" }\n{ { \"C\" \"D\" } { \"C\" \"D\" } }\n\n\
         3 3 5 0 0 5 1 1\n",
    ),
    (
        "chicken.nfg",
        "NFG 1 R \"chicken\" { \"Row\" \"Column\" }\n{ { \"Dare\" \"Yield\" } { \"Dare\" \"Yield\" } }\n\n\
         0 0 2 7 7 2 6 6\n",
    ),
    (
        "mixture.nfg",
        "NFG 1 R \"a mixture dominates\" { \"Row\" \"Column\" }\n{ { \"U\" \"M\" \"D\" } { \"L\" \"R\" } }\n\n\
         2 0 0 0 -1 1 -1 0 0 0 2 1\n",
    ),
    (
        "trio.nfg",
        "NFG 1 R \"trio\" { \"A\" \"B\" \"C\" }\n{ { \"x\" \"y\" } { \"x\" \"y\" } { \"x\" \"y\" } }\n\n\
         3 3 3 0 2 0 2 0 0 1 1 4 0 0 2 4 1 1 1 4 1 2 2 2\n",
    ),
];

/// The kinds: a name, and the command that makes it.
pub const KINDS: &[(&str, &str)] = &[
    ("solve", "solve states.csv --capability power"),
    ("solve in turn", "solve three.csv --capability power --leader all --lens polarity,blocs"),
    ("solve partition", "solve states.csv --capability power --blocs A+B --lens polarity"),
    (
        "solve threat",
        "solve states.csv --capability power --dyads pairs.csv --driver threat --war-cost 0.1",
    ),
    (
        "solve tactics",
        "solve three.csv --capability power --tactics balance,bandwagon,arm,soft,restrain \
         --lens polarity,alignment",
    ),
    (
        "solve chains",
        "solve states.csv --capability power --dyads pairs.csv --chains tight --lens alignment",
    ),
    (
        "solve horizon",
        "solve states.csv --capability power --growth growth.csv --horizon-year 1910 \
         --lens alignment --tactics balance,bandwagon,abstain",
    ),
    ("compare", "compare states.csv three.csv --capability power"),
    (
        "compare theories",
        "compare states.csv --capability power --dyads ties.csv --theories niou-ordeshook,ruling-coalition \
         --vary dominance=1,2 --lens polarity",
    ),
    (
        "sweep parameters",
        "sweep three.csv --capability power --x war-cost=0..0.2 --y decisiveness=1..3 \
         --resolution 2 --refine 1",
    ),
    ("sweep triangle", "sweep --shares triangle --resolution 3 --refine 1"),
    ("sweep leader", "sweep --shares leader --states 4 --resolution 2 --refine 1 --lens polarity"),
    ("coalition table", "coalition worths.csv"),
    ("coalition exact", "coalition worths.csv --exact --solve core,vertices,least-core,shapley"),
    ("coalition no core", "coalition empty.csv"),
    ("coalition costs", "coalition costs.csv"),
    ("coalition weighted", "coalition votes.csv --quota 6"),
    ("coalition settlement", "coalition three.csv --game settlement --capability power"),
    ("coalition majority", "coalition three.csv --game majority --capability power"),
    ("coalition large votes", "coalition many.csv --quota 20"),
    ("coalition large contest", "coalition strong.csv --game contest --solve core,least-core"),
    (
        "coalition allied",
        "coalition worths.csv --blocs B+C --links line.csv --solve shapley --exact",
    ),
    (
        "coalition allied settlement",
        "coalition states.csv --game settlement --capability power --blocs B+C+D \
         --links pairs.csv --solve shapley",
    ),
    ("coalition division", "coalition worths.csv --allocation thirds.csv --solve core,shapley"),
    (
        "coalition division countered",
        "coalition empty.csv --allocation even.csv --solve core,shapley",
    ),
    (
        "coalition division refused",
        "coalition empty.csv --allocation equal.csv --solve core,shapley --exact",
    ),
    ("coalition externalities", "coalition emissions.csv"),
    ("coalition externalities exact", "coalition emissions.csv --exact"),
    ("coalition airport", "coalition runway.csv"),
    ("coalition bankruptcy", "coalition claims.csv --estate 111 --exact"),
    ("coalition hedonic", "coalition roommates.csv"),
    (
        "game dilemma",
        "game pd.nfg --solve pure,mixed,dominance,correlated,coarse,strong,coalition-proof",
    ),
    (
        "game chicken",
        "game chicken.nfg --solve pure,mixed,dominance,correlated,coarse,strong,coalition-proof",
    ),
    ("game exact", "game chicken.nfg --exact --objective minimum"),
    ("game mixture", "game mixture.nfg --objective sum:Row=1,Column=-2"),
    ("game trio", "game trio.nfg --solve pure,mixed,dominance,correlated,strong,coalition-proof"),
    ("theory niou-ordeshook", "theory niou-ordeshook states.csv --capability power"),
    ("theory landscape", "theory landscape states.csv --capability power --dyads pairs.csv"),
    ("theory ruling-coalition", "theory ruling-coalition states.csv --capability power"),
    (
        "theory power-allocation",
        "theory power-allocation states.csv --capability power --dyads pairs.csv",
    ),
    ("theory war-stable", "theory war-stable states.csv --capability power --dyads pairs.csv"),
    (
        "theory structural-balance",
        "theory structural-balance states.csv --capability power --dyads pairs.csv",
    ),
    ("theory nested-contest", "theory nested-contest three.csv --capability power"),
    ("fit decisiveness", "fit decisiveness nmc.csv --wars wars.csv"),
    ("fit decisiveness initiator", "fit decisiveness nmc.csv --wars wars.csv --initiator"),
    (
        "fit alignment",
        "fit alignment nmc.csv --majors majors.csv --pacts pacts.csv --dyads capitals.csv,rivals.csv",
    ),
    (
        "backtest",
        "backtest nmc.csv --majors majors.csv --pacts pacts.csv --dyads capitals.csv,rivals.csv \
         --predict pact --train 1901..1906 --years 1901..1910 --permutations 3",
    ),
    ("simulate", "simulate three.csv --capability power --runs 12 --periods 4 --dominance 1..2"),
    (
        "simulate compared",
        "simulate three.csv --capability power --runs 12 --periods 4 --hold 2 \
         --compare alliances=none --x cumulativity=0..1 --steps 2",
    ),
    (
        "simulate draws",
        "simulate three.csv --capability power --runs 12 --periods 4 --hold 2 --threshold 0.45 \
         --parameters fit.json --draws 3",
    ),
    (
        "simulate replay",
        "simulate three.csv --capability power --runs 12 --periods 4 --replay 3 --openness 0.5",
    ),
    (
        "sweep draws",
        "sweep three.csv --capability power --x dominance=1..2 --y war-cost=0..0.2 --resolution 2 \
         --refine 1 --lens polarity,blocs --parameters fit.json --draws 3",
    ),
    (
        "compare draws",
        "compare three.csv --capability power --lens polarity,blocs --parameters fit.json --draws 3",
    ),
    ("coalition contest of blocs", "coalition three.csv --game externalities --capability power"),
];

/// A folder with the inputs.
pub struct Inputs(tempfile::TempDir);

impl Inputs {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let players = |weight: fn(usize) -> usize| {
            let rows = (1..=26).map(|i| format!("P{i},{}\n", weight(i)));
            rows.collect::<String>()
        };
        let many = format!("player,weight\n{}", players(|i| if i <= 2 { 6 } else { 1 }));
        let strong = format!("player,strength\n{}", players(|i| if i <= 2 { 6 } else { 1 }));
        let made = [("many.csv", many.as_str()), ("strong.csv", strong.as_str())];
        for (name, text) in FILES.iter().copied().chain(made) {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        for (name, text) in crate::evidence::files() {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let inputs = Self(folder);
        inputs.run("fit decisiveness nmc.csv --wars wars.csv", &["-o", "fit.json"]);
        inputs
    }

    /// The report of a command; undecided ones are reports too.
    pub fn report(&self, command: &str) -> Value {
        let (shown, said) = self.run(command, &["--format", "json"]);
        serde_json::from_str(&shown).unwrap_or_else(|error| panic!("{command}: {error}: {said}"))
    }

    /// The same for people.
    pub fn text(&self, command: &str) -> String {
        self.run(command, &[]).0
    }

    fn run(&self, command: &str, more: &[&str]) -> (String, String) {
        let mut program = Command::cargo_bin("equipoise").unwrap();
        program.current_dir(self.0.path()).args(command.split_whitespace()).args(more);
        let output = program.output().unwrap();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&output.stdout), text(&output.stderr))
    }
}
