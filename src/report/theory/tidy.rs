//! The report on a theory as tidy CSV: one value a row.

use serde_json::Value;

use super::TheoryReport;
use crate::report::format::csv::csv;

impl TheoryReport {
    /// The report as CSV with the columns `theory,item,value`. `item` is the way to the value
    /// in the JSON report, as in `minima.0.energy`; lists of states are joined by `+`.
    pub fn csv(&self) -> String {
        let mut rows = Rows { theory: self.findings.theory().name(), out: Vec::new() };
        rows.out.push(["theory".into(), "item".into(), "value".into()]);
        rows.value("verdict", &Value::from(self.verdict.name()));
        // A report has nothing that JSON cannot hold.
        let whole = serde_json::to_value(self).unwrap_or_default();
        rows.value("outcome", &whole["outcome"]);
        for (key, value) in whole["findings"].as_object().into_iter().flatten() {
            rows.value(key, value);
        }
        csv(rows.out)
    }
}

struct Rows {
    theory: &'static str,
    out: Vec<[String; 3]>,
}

impl Rows {
    fn value(&mut self, item: &str, value: &Value) {
        let text = match value {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(list) if list.iter().all(Value::is_string) => {
                let each: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                each.join("+")
            }
            Value::Array(list) => {
                for (i, each) in list.iter().enumerate() {
                    self.value(&format!("{item}.{i}"), each);
                }
                return;
            }
            Value::Object(map) => {
                for (key, each) in map {
                    self.value(&format!("{item}.{key}"), each);
                }
                return;
            }
            other => other.to_string(),
        };
        self.out.push([self.theory.into(), item.into(), text]);
    }
}
