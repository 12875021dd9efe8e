//! Files that hold a game in a form from which its strategic form follows: Gambit's extensive form
//! (`.efg`) and action-graph games (`.agg`), laid out where that is small.

mod agg;
mod efg;
mod tree;

use dashu_ratio::RBig;

use crate::error::{Error, Result};
use crate::game::table::{Column, StrategicTable};

/// The most profiles that are laid out.
pub const MAX_PROFILES: usize = 1 << 20;

/// The game in a file of one of these forms, by its beginning; `None` if it is of neither.
///
/// # Errors
/// Names the line of what cannot be used; if the game is too large to be laid out.
pub fn read(bytes: &[u8], file: &str) -> Option<Result<StrategicTable>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    if text.starts_with(b"EFG") {
        return Some(efg::read(bytes, file));
    }
    (text.starts_with(b"#AGG") || text.starts_with(b"#BAGG")).then(|| agg::read(bytes, file))
}

/// The number of profiles, if they are few enough; else an error that names the way.
fn profiles(sizes: &[usize], what: &str, way: &str) -> Result<usize> {
    let count = sizes.iter().try_fold(1usize, |product, &size| product.checked_mul(size));
    count.filter(|&count| count <= MAX_PROFILES).ok_or_else(|| {
        let sizes: Vec<String> = sizes.iter().map(ToString::to_string).collect();
        Error::too_large(
            format!("{what} of {} strategies", sizes.join(" × ")),
            format!("{MAX_PROFILES} profiles"),
            way,
        )
    })
}

/// Adds a payoff to a column.
fn push(column: &mut Column, value: RBig) {
    match (i64::try_from(value.numerator()), i64::try_from(value.denominator())) {
        (Ok(numerator), Ok(denominator)) => column.push(numerator, denominator),
        _ => column.push_large(value),
    }
}
