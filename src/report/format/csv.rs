//! Tables as CSV.
//!
//! **Names that look like formulas.** A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`,
//! a tab or a carriage return. Such text, unless it is a number, is written behind an apostrophe,
//! and text that begins with apostrophes before one of these behind one more; every reader of
//! this crate takes it away again, so that names are read back as they were.

use std::borrow::Cow;

use crate::exact::parse_exact;

/// Rows of cells as CSV, the header among them. Every row has as many cells as the first.
/// O(cells).
pub fn csv<C: AsRef<str>>(rows: impl IntoIterator<Item = impl IntoIterator<Item = C>>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    for row in rows {
        for cell in row {
            // Writing to memory cannot fail.
            let _ = writer.write_field(safe(cell.as_ref()).as_bytes());
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    String::from_utf8_lossy(&writer.into_inner().unwrap_or_default()).into_owned()
}

/// Text that no spreadsheet takes for a formula.
fn safe(text: &str) -> Cow<'_, str> {
    if !crate::table::is_formula(text) || parse_exact(text).is_some() || is_float(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("'{text}"))
}

/// Whether it is a number as floats are written: `-1.5e-7`, `-inf`.
fn is_float(text: &str) -> bool {
    text.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::unquoted;

    #[test]
    fn names_are_no_formulas_and_are_read_back() {
        for name in [
            "=1+2", "+A", "-B", "@x", "'=y", "''@z", "-", "\tq", "'plain", "'", "A", "", "-1",
            "-5/12",
        ] {
            let written = safe(name);
            assert!(!written.starts_with(['=', '+', '@', '\t']), "{written}");
            assert_eq!(unquoted(&written), name);
        }
        assert_eq!(safe("-B"), "'-B");
        assert_eq!(safe("-1.5e-7"), "-1.5e-7");
        assert_eq!(csv([["a", "b"], ["=x", "y,z"]]), "a,b\n'=x,\"y,z\"\n");
    }
}
