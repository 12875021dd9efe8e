//! Golden reports: the text and the JSON of a small report of every kind, as they are promised to
//! whoever reads them with a program.
//!
//! What is to change is changed on purpose: `INSTA_UPDATE=always cargo test --test cli golden`.

use serde_json::Value;

use crate::tampering::kinds::{Inputs, KINDS};

/// Numbers with the digits that every machine computes, and without what differs by release.
fn steady(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            let rounded: f64 = format!("{:.8e}", number.as_f64().unwrap()).parse().unwrap();
            // Below the tolerances of certificates there is nothing but rounding.
            *value = if rounded.abs() < 1e-9 { 0.into() } else { rounded.into() };
        }
        Value::Array(list) => list.iter_mut().for_each(steady),
        Value::Object(map) => {
            map.retain(|key, _| key != "provenance" && !key.starts_with("certificate"));
            map.values_mut().for_each(steady);
        }
        _ => {}
    }
}

#[test]
fn reports_of_every_kind_are_as_promised() {
    let inputs = Inputs::new();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("golden");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, command) in KINDS {
            let mut report = inputs.report(command);
            steady(&mut report);
            let line = |(key, value): (&String, &Value)| format!("{key}: {value}");
            let json: Vec<String> = report.as_object().unwrap().iter().map(line).collect();
            let json = json.join("\n");
            let shown = format!("$ equipoise {command}\n{}\n{json}\n", inputs.text(command));
            insta::assert_snapshot!(name.replace(' ', "-"), shown);
        }
    });
}
