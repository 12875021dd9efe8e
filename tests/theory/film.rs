//! What the pages say of the film: the numbers on them are those that come out.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::common::output;

/// A page as one line of words.
fn page(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// `0.70 (0.67 – 0.73)`.
fn estimate(value: &Value, interval: &Value) -> String {
    format!("{:.2} ({:.2} – {:.2})", number(value), number(&interval[0]), number(&interval[1]))
}

/// A difference without its sign: `0.44 (0.40 – 0.47)`.
fn difference(compare: &Value) -> String {
    let [low, high] = [0, 1].map(|end| number(&compare["interval"][end]).abs());
    let (low, high) = (low.min(high), low.max(high));
    format!("{:.2} ({low:.2} – {high:.2})", number(&compare["difference"]).abs())
}

/// A page, the settings, and what of the report the page tells.
type Told = (&'static str, &'static str, fn(&Value) -> Vec<String>);

const QIN: &str = "data/qin-260bce.csv --cumulativity 1 --openness 0";

fn hegemony(report: &Value) -> String {
    estimate(&report["hegemony"]["probability"], &report["hegemony"]["interval"])
}

fn at_end(report: &Value) -> String {
    estimate(&report["hegemony"]["at_end"], &report["hegemony"]["at_end_interval"])
}

fn wars(report: &Value) -> String {
    format!("{:.0}", number(&report["wars"]["per_100"]))
}

const TOLD: &[Told] = &[
    ("theory/two-conditions-of-hegemony.md", "QIN --compare openness=0.05", |report| {
        vec![hegemony(report), difference(&report["compare"])]
    }),
    ("theory/two-conditions-of-hegemony.md", "QIN --compare alliances=none", |report| {
        vec![difference(&report["compare"])]
    }),
    ("theory/circumscription.md", "QIN --compare openness=0.05", |report| {
        let other = format!("{:.2}", number(&report["compare"]["probability"]));
        vec![hegemony(report), difference(&report["compare"]), other]
    }),
    (
        "theory/durability-of-polarity.md",
        "data/unipolar-1991.csv --capability milex --openness 0",
        |report| {
            let ended = format!("{:.2}", number(&report["hegemony"]["ended"]));
            vec![at_end(report), wars(report), ended]
        },
    ),
    (
        "theory/durability-of-polarity.md",
        "data/unipolar-1991.csv --capability milex --openness 0.05",
        |report| {
            let ended = format!("{:.2}", number(&report["hegemony"]["ended"]));
            vec![at_end(report), wars(report), ended]
        },
    ),
    ("theory/durability-of-polarity.md", "data/coldwar-1985.csv --top 8 --openness 0", |report| {
        vec![hegemony(report), wars(report)]
    }),
    ("theory/durability-of-polarity.md", "data/europe-1913.csv --openness 0", |report| {
        vec![hegemony(report), wars(report)]
    }),
    (
        "theory/offensive-and-defensive-realism.md",
        "data/europe-1913.csv --cumulativity 1 --openness 0 --compare revisionism=0.5",
        |report| vec![hegemony(report), wars(report), difference(&report["compare"])],
    ),
    (
        "theory/offensive-and-defensive-realism.md",
        "data/europe-1913.csv --cumulativity 1 --openness 0 --revisionism 0.5",
        |report| vec![hegemony(report), wars(report)],
    ),
    (
        "theory/offensive-and-defensive-realism.md",
        "data/europe-1913.csv --cumulativity 1 --openness 0 --revisionism 0.25",
        |report| vec![hegemony(report)],
    ),
    ("theory/buck-passing.md", "QIN", |report| vec![hegemony(report), wars(report)]),
    ("theory/buck-passing.md", "QIN --reliability 0.41", |report| {
        vec![hegemony(report), wars(report)]
    }),
    ("theory/buck-passing.md", "QIN --reliability 0", |report| {
        vec![hegemony(report), wars(report)]
    }),
];

#[test]
fn the_numbers_on_the_pages_are_those_of_a_thousand_runs() {
    let mut wrong = Vec::new();
    for (name, settings, tell) in TOLD {
        let settings = settings.replace("QIN", QIN);
        let report = output(&format!("simulate {settings} --format json"));
        let report: Value = serde_json::from_str(&report).unwrap();
        let page = page(name);
        for words in tell(&report).into_iter().filter(|words| !page.contains(words.as_str())) {
            wrong.push(format!("{name}: {settings}: {words}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
