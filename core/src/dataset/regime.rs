//! The regime of a state: what a column `regime` calls it, else the class of its Polity score.
//!
//! From -10 to -6 a score is an autocracy, from -5 to 5 an anocracy, from 6 to 10 a democracy;
//! -66, -77 and -88 (interruption, interregnum, transition) are none. -9 is a score here, not a
//! missing value: Marshall & Gurr (2020), *Polity5: Dataset Users' Manual*.

use crate::error::Result;
use crate::table::cell::Cell;

/// The regime that the cells tell, the first of them that tells one.
///
/// # Errors
/// If a score is none of Polity's.
pub(super) fn read(regime: Option<Cell>, polity: Option<Cell>) -> Result<Option<String>> {
    // Names in capitals are the same names.
    let named = regime.and_then(|cell| cell.filled()).map(str::to_lowercase);
    let scored = match polity.filter(|cell| cell.filled().is_some()) {
        Some(cell) => class(cell)?,
        None => None,
    };
    Ok(named.or_else(|| scored.map(str::to_owned)))
}

fn class(cell: Cell) -> Result<Option<&'static str>> {
    const EXPECTED: &str = "a Polity score: a whole number from -10 to 10, or -66, -77 or -88";
    const REMEDY: &str = "leave it empty if there is none";
    let score = cell.within(-88.0..=10.0, EXPECTED, REMEDY)?;
    if score.fract().abs() > 0.0 {
        return Err(cell.fault(EXPECTED, REMEDY));
    }
    match score as i32 {
        -10..=-6 => Ok(Some("autocracy")),
        -5..=5 => Ok(Some("anocracy")),
        6..=10 => Ok(Some("democracy")),
        -66 | -77 | -88 => Ok(None),
        _ => Err(cell.fault(EXPECTED, REMEDY)),
    }
}
