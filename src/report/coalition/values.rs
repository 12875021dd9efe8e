//! All values of a table as exact text and back, without fractions of any length where those
//! of a machine word do: there are 2^n of them.

use dashu_int::UBig;
use rayon::prelude::*;

use crate::coalition::Coalition;
use crate::game::cooperative::ExactTable;
use crate::game::cooperative::number::Numerators;

/// Every coalition's value in lowest terms, by its bits.
pub(super) fn written(table: &ExactTable) -> Vec<String> {
    match (table.numerators(), u64::try_from(table.denominator())) {
        (Numerators::Small(values), Ok(below)) => {
            values.par_iter().with_min_len(4096).map(|&value| fraction(value, below)).collect()
        }
        _ => {
            let all = 0..1u64 << table.players();
            all.map(|bits| table.value(Coalition(bits)).to_string()).collect()
        }
    }
}

fn fraction(value: i64, below: u64) -> String {
    let divisor = gcd(value.unsigned_abs(), below);
    let (above, below) = (value.unsigned_abs() / divisor, below / divisor);
    let sign = if value < 0 { "-" } else { "" };
    if below == 1 { format!("{sign}{above}") } else { format!("{sign}{above}/{below}") }
}

/// The common denominator of integers and fractions, and the numerators over it. `None` where
/// one is neither, or longer than a machine word: for the general reader.
pub(super) fn read(values: &[String]) -> Option<(UBig, Numerators)> {
    let pairs: Vec<(i64, u64)> =
        values.par_iter().with_min_len(4096).map(|text| pair(text)).collect::<Option<_>>()?;
    let mut common = 1u64;
    for &(_, below) in &pairs {
        if !common.is_multiple_of(below) {
            common = (common / gcd(common, below)).checked_mul(below)?;
        }
    }
    let scaled = |&(above, below): &(i64, u64)| i128::from(above) * i128::from(common / below);
    let wide: Vec<i128> = pairs.iter().map(scaled).collect();
    let largest = wide.iter().map(|value| value.unsigned_abs()).max()?;
    Numerators::fits_wide(largest).then(|| (UBig::from(common), Numerators::from_wide(wide)))
}

fn pair(text: &str) -> Option<(i64, u64)> {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    let below = below.parse().ok().filter(|&below| below > 0)?;
    Some((above.parse().ok()?, below))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::game::cooperative::numbered;
    use dashu_ratio::RBig;

    #[test]
    fn values_are_written_and_read_exactly() {
        let ratio = |above: i64, below: u64| RBig::from_parts(above.into(), below.into());
        let values = [ratio(0, 1), ratio(-3, 4), ratio(5, 6), ratio(7, 1)];
        let table = ExactTable::new(numbered(2), &values).unwrap();
        let text = written(&table);
        assert_eq!(text, ["0", "-3/4", "5/6", "7"]);
        let (denominator, numerators) = read(&text).unwrap();
        assert_eq!(ExactTable::from_integers(numbered(2), denominator, numerators).unwrap(), table);
        for general in ["1/0", "0.5", "99999999999999999999", "x"] {
            assert!(read(&["0".into(), general.into()]).is_none(), "{general}");
        }
    }
}
