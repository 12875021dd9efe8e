//! The report on a theory as a tidy table: one value a row.

use serde_json::Value;

use super::TheoryReport;
use crate::report::format::{Datum, Table, Tidy, parameters};

impl TheoryReport {
    /// The report as a table with the columns `theory,item,value,text` and one for each parameter.
    /// `item` is the way to the value in the JSON report, as in `minima.0.energy`; lists of states
    /// are joined by `+`.
    pub fn table(&self) -> Table {
        let theory = self.findings.theory().name();
        let mut rows = Rows { theory, out: Tidy::new(["theory", "item"]) };
        rows.value("verdict", &Value::from(self.verdict.name()));
        // A report has nothing that JSON cannot hold.
        let whole: Value = serde_json::from_slice(self.json().as_bytes()).unwrap_or_default();
        rows.value("outcome", &whole["outcome"]);
        for (key, value) in whole["findings"].as_object().into_iter().flatten() {
            rows.value(key, value);
        }
        let mut table = rows.out.table();
        table.constants(&parameters(&whole["problem"]["settings"]));
        table
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }
}

struct Rows {
    theory: &'static str,
    out: Tidy<2>,
}

impl Rows {
    fn value(&mut self, item: &str, value: &Value) {
        let datum = match value {
            Value::Null => Datum::Text(String::new()),
            Value::Bool(holds) => Datum::Flag(*holds),
            Value::Number(number) => Datum::Number(number.as_f64().unwrap_or(f64::NAN)),
            // Exact numbers are text in JSON; what a state is called is not taken for one.
            Value::String(text) => Datum::Text(text.clone()),
            Value::Array(list) if list.iter().all(Value::is_string) => {
                let each: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                Datum::Text(each.join("+"))
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
        };
        self.out.add([self.theory, item], datum);
    }
}
