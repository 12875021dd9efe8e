//! Every way in which one place of a JSON tree can say something else.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

/// What was changed, where, and the tree that comes of it.
pub struct Mutation {
    pub pointer: String,
    pub what: String,
    pub tree: Value,
}

/// So many places that differ by positions in lists alone are changed in each way: the first.
const ALIKE: usize = 3;

/// Calls `each` with every mutation of a tree.
pub fn mutations(sound: &Value, mut each: impl FnMut(Mutation)) {
    let mut seen: HashMap<(String, String), usize> = HashMap::new();
    let mut pointers = Vec::new();
    collect(sound, String::new(), &mut pointers);
    for pointer in pointers {
        let place = sound.pointer(&pointer).unwrap();
        for (what, changed) in changes(place) {
            if changed == *place {
                continue;
            }
            let times = seen.entry((alike(&pointer), what.clone())).or_default();
            *times += 1;
            if *times > ALIKE {
                continue;
            }
            let mut tree = sound.clone();
            *tree.pointer_mut(&pointer).unwrap() = changed;
            each(Mutation { pointer: pointer.clone(), what, tree });
        }
    }
}

/// A pointer with a star for every position in a list.
pub fn alike(pointer: &str) -> String {
    let star = |part: &str| match part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() {
        true => "*".to_owned(),
        false => part.to_owned(),
    };
    pointer.split('/').map(star).collect::<Vec<_>>().join("/")
}

fn collect(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    match value {
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                collect(value, format!("{pointer}/{at}"), pointers);
            }
        }
        Value::Object(map) => {
            for (key, value) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect(value, format!("{pointer}/{key}"), pointers);
            }
        }
        _ => {}
    }
    pointers.push(pointer);
}

/// The words of which one can stand for another.
const WORDS: &[&[&str]] = &[
    &["balanced", "hegemonic", "contested", "undecided"],
    &["unipolar", "near-unipolar", "bipolar", "multipolar"],
    &["balance", "bandwagon", "abstain", "arm", "restrain", "expand"],
    &["power", "threat"],
    &["verdict", "class", "leader", "stability"],
];

fn changes(place: &Value) -> Vec<(String, Value)> {
    let named = |what: &str, value: Value| (what.to_owned(), value);
    match place {
        Value::Null => vec![named("something", json!(1)), named("a word", json!("x"))],
        Value::Bool(holds) => vec![named("negated", json!(!holds))],
        Value::Number(number) => match number.as_i64() {
            Some(whole) => vec![
                named("one more", json!(whole + 1)),
                named("one less", json!(whole - 1)),
                named("far more", json!(whole + (1i64 << 40))),
            ],
            None => {
                let x = number.as_f64().unwrap();
                vec![
                    named("more", json!(x + 1e-3)),
                    named("less", json!(x - 1e-3)),
                    named("negative", json!(-x)),
                ]
            }
        },
        Value::String(text) => words(text),
        Value::Array(list) => lists(list),
        Value::Object(map) => objects(map),
    }
}

fn words(text: &str) -> Vec<(String, Value)> {
    let mut found = vec![("longer".to_owned(), json!(format!("{text}x")))];
    found.push(("empty".to_owned(), json!("")));
    for words in WORDS.iter().filter(|words| words.contains(&text)) {
        found.extend(words.iter().map(|word| ((*word).to_owned(), json!(word))));
    }
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    if let (Ok(above), Ok(below)) = (above.parse::<i64>(), below.parse::<i64>()) {
        let plain =
            |above: i64| if below == 1 { format!("{above}") } else { format!("{above}/{below}") };
        found.push(("one more".to_owned(), json!(plain(above + 1))));
        found.push(("one less".to_owned(), json!(plain(above - 1))));
    }
    found
}

fn lists(list: &[Value]) -> Vec<(String, Value)> {
    let mut found = vec![("emptied".to_owned(), json!([]))];
    if let Some((last, front)) = list.split_last() {
        found.push(("shortened".to_owned(), json!(front)));
        found.push(("the first dropped".to_owned(), json!(list[1..])));
        found.push((
            "the last one twice".to_owned(),
            json!([list, std::slice::from_ref(last)].concat()),
        ));
    }
    if let [Value::Object(a), Value::Object(b), ..] = list {
        for key in a.keys().filter(|key| b.contains_key(*key) && a[*key] != b[*key]) {
            let mut changed = list.to_vec();
            (changed[0][key], changed[1][key]) = (b[key].clone(), a[key].clone());
            found.push((format!("{key} exchanged"), json!(changed)));
        }
    }
    if let [a, b, ..] = list
        && !a.is_object()
        && a != b
    {
        let mut changed = list.to_vec();
        changed.swap(0, 1);
        found.push(("the first two exchanged".to_owned(), json!(changed)));
    }
    found
}

fn objects(map: &Map<String, Value>) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    for key in map.keys() {
        let mut fewer = map.clone();
        fewer.remove(key);
        found.push((format!("without {key}"), Value::Object(fewer)));
    }
    let mut more = map.clone();
    more.insert("surplus".to_owned(), json!(1));
    found.push(("a field more".to_owned(), Value::Object(more)));
    let mut pairs = map.iter();
    if let (Some((a, first)), Some((b, second))) = (pairs.next(), pairs.next())
        && first != second
        && std::mem::discriminant(first) == std::mem::discriminant(second)
    {
        let mut changed = map.clone();
        changed.insert(a.clone(), second.clone());
        changed.insert(b.clone(), first.clone());
        found.push(("the first two exchanged".to_owned(), Value::Object(changed)));
    }
    found
}
