//! A measure of power applied to the states of a system, in exact arithmetic.

use dashu_int::UBig;
use dashu_int::ops::UnsignedAbs;
use dashu_ratio::RBig;

use super::Dataset;
use super::measure::Measure;
use super::rows::Capability;
use crate::error::Result;
use crate::exact::{least_denominator, least_multiple};

/// A [`Measure`] whose columns have been found in a dataset.
#[derive(Debug)]
pub(super) struct Scale<'a> {
    /// What the measure is called.
    pub(super) label: String,
    columns: Vec<Weighted<'a>>,
    /// Power is the one column's own number, not a mean of shares.
    pub(super) is_raw: bool,
}

#[derive(Debug)]
struct Weighted<'a> {
    capability: &'a Capability,
    weight: UBig,
}

impl<'a> Scale<'a> {
    /// Finds the measure's columns.
    ///
    /// # Errors
    /// If a column is not among the capabilities (the message lists them), or a weight is
    /// not above zero.
    pub(super) fn new(dataset: &'a Dataset, measure: &Measure) -> Result<Self> {
        match measure {
            Measure::Column(name) if name.eq_ignore_ascii_case("cinc") => {
                match dataset.capability(name) {
                    Ok(capability) => Ok(Self::column(capability)),
                    Err(_) => Ok(Self::composite(dataset)),
                }
            }
            Measure::Column(name) => dataset.capability(name).map(Self::column),
            Measure::Cinc => Ok(Self::composite(dataset)),
            Measure::Weights(weights) => Self::weighted(dataset, weights, measure.to_string()),
        }
    }

    fn column(capability: &'a Capability) -> Self {
        let columns = vec![Weighted { capability, weight: UBig::ONE }];
        Self { label: capability.name.clone(), columns, is_raw: true }
    }

    /// The mean over the columns that are power where none is named; a single one is itself. It is
    /// called `cinc` where it is that index, else by what weighs the same.
    fn composite(dataset: &'a Dataset) -> Self {
        let counted: Vec<&Capability> =
            dataset.capabilities.iter().filter(|capability| capability.counted).collect();
        if let [capability] = counted[..] {
            return Self::column(capability);
        }
        let label = match dataset.has_components {
            true => Measure::Cinc.to_string(),
            false => weights_of(&counted),
        };
        let equal = |capability| Weighted { capability, weight: UBig::ONE };
        let columns = counted.into_iter().map(equal).collect();
        Self { label, columns, is_raw: false }
    }

    /// What to say of a measure that nobody named: by which columns it is, and which are left out.
    pub(super) fn note(dataset: &Dataset, measure: &Measure) -> Option<String> {
        let unnamed = matches!(measure, Measure::Cinc)
            || matches!(measure, Measure::Column(name) if name.eq_ignore_ascii_case("cinc"));
        let (counted, others): (Vec<&Capability>, Vec<&Capability>) =
            dataset.capabilities.iter().partition(|capability| capability.counted);
        let list = |of: &[&Capability]| {
            of.iter().map(|each| each.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let by = match &counted[..] {
            [one] => format!("power is measured by {}", one.name),
            _ => format!("power is the mean share over {}", list(&counted)),
        };
        let choose = "choose with --capability COLUMN or --weights";
        match others.is_empty() {
            _ if !unnamed => None,
            true if dataset.has_components || counted.len() == 1 => None,
            true => Some(format!("{by}: {choose} {}", weights_of(&counted))),
            false => Some(format!("{by}; not counted: {} ({choose})", list(&others))),
        }
    }

    fn weighted(dataset: &'a Dataset, weights: &[(String, RBig)], label: String) -> Result<Self> {
        if weights.is_empty() {
            return Err(dataset.fault("expected weights, found none", "weigh at least one column"));
        }
        let mut columns = Vec::with_capacity(weights.len());
        let whole = to_whole(weights.iter().map(|(_, weight)| Some(weight)));
        for ((name, exact), weight) in weights.iter().zip(whole) {
            let capability = dataset.capability(name)?;
            let weight = weight.filter(|_| *exact > RBig::ZERO).ok_or_else(|| {
                dataset.fault(
                    format!("expected a weight above zero for {name}, found {exact}"),
                    "leave out columns that do not count",
                )
            })?;
            columns.push(Weighted { capability, weight });
        }
        Ok(Self { label, columns, is_raw: false })
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> Vec<&'a str> {
        self.columns.iter().map(|column| column.capability.name.as_str()).collect()
    }

    /// The names of the columns that a row has no value for.
    pub(super) fn missing(&self, row: usize) -> Vec<&'a str> {
        let lacking = self.columns.iter().filter(|c| c.capability.values[row].is_none());
        lacking.map(|column| column.capability.name.as_str()).collect()
    }

    /// The names of the columns without a value above zero in any of `rows`.
    pub(super) fn idle(&self, rows: &[usize]) -> Vec<&'a str> {
        let idle = |column: &&Weighted| rows.iter().all(|&row| !column.is_positive(row));
        self.columns.iter().filter(idle).map(|column| column.capability.name.as_str()).collect()
    }

    /// Whether the row has a value above zero in some column: whether it has any power.
    pub(super) fn is_positive(&self, row: usize) -> bool {
        self.columns.iter().any(|column| column.is_positive(row))
    }

    /// The power of each of `rows`, the states of one system: the column's own number, or
    /// the (weighted) mean of the shares of each column's total over the rows that have a
    /// value. Columns whose total is zero are left out. Zero for a row without any value.
    /// O(rows × columns) operations on whole numbers.
    pub(super) fn powers(&self, rows: &[usize]) -> Vec<RBig> {
        if self.is_raw {
            let values = &self.columns[0].capability.values;
            return rows.iter().map(|&row| values[row].clone().unwrap_or(RBig::ZERO)).collect();
        }
        let indicators: Vec<Indicator> =
            self.columns.iter().filter_map(|column| column.over(rows)).collect();
        // Over a common denominator the sums are of whole numbers: nothing has to be reduced
        // on the way.
        let common =
            indicators.iter().fold(UBig::ONE, |lcm, each| least_multiple(&lcm, &each.total));
        let factors: Vec<UBig> =
            indicators.iter().map(|each| &each.weight * (&common / &each.total)).collect();
        let power = |i: usize| {
            let (mut sum, mut weights) = (UBig::ZERO, UBig::ZERO);
            for (indicator, factor) in indicators.iter().zip(&factors) {
                if let Some(value) = &indicator.values[i] {
                    sum += value * factor;
                    weights += &indicator.weight;
                }
            }
            if weights.is_zero() {
                return RBig::ZERO;
            }
            RBig::from_parts(sum.into(), weights * &common)
        };
        (0..rows.len()).map(power).collect()
    }

    /// The columns, each with its value for each of `rows`, rounded. O(rows × columns).
    pub(super) fn values(&self, rows: &[usize]) -> Vec<(String, Vec<Option<f64>>)> {
        let value = |column: &Weighted, row: usize| {
            column.capability.values[row].as_ref().map(|value| value.to_f64().value())
        };
        let values = |column: &Weighted| rows.iter().map(|&row| value(column, row)).collect();
        self.columns.iter().map(|column| (column.capability.name.clone(), values(column))).collect()
    }

    /// The part of each row's power that columns other than the military ones make up, where
    /// the measure has both kinds. O(rows × columns).
    pub(super) fn civil_parts(&self, rows: &[usize]) -> Vec<Option<f64>> {
        let is_military = |column: &Weighted| {
            MILITARY.iter().any(|name| column.capability.name.eq_ignore_ascii_case(name))
        };
        let indicators = |military: bool| -> Vec<Indicator> {
            let of_kind = self.columns.iter().filter(|column| is_military(column) == military);
            of_kind.filter_map(|column| column.over(rows)).collect()
        };
        let (civil, military) = (indicators(false), indicators(true));
        if self.is_raw || civil.is_empty() || military.is_empty() {
            return vec![None; rows.len()];
        }
        let sum = |indicators: &[Indicator], i: usize| {
            let share = |each: &Indicator| {
                let value = each.values[i].as_ref()?;
                Some(RBig::from_parts((value * &each.weight).into(), each.total.clone()))
            };
            indicators.iter().filter_map(share).fold(RBig::ZERO, |sum, x| sum + x)
        };
        let part = |i: usize| {
            let (civil, military) = (sum(&civil, i), sum(&military, i));
            let all = &civil + military;
            (all > RBig::ZERO).then(|| (civil / all).to_f64().value())
        };
        (0..rows.len()).map(part).collect()
    }
}

/// Columns of equal weight, as `--weights` takes them.
fn weights_of(columns: &[&Capability]) -> String {
    columns.iter().map(|column| format!("{}=1", column.name)).collect::<Vec<_>>().join(",")
}

/// The military indicators of National Material Capabilities: expenditure and personnel.
const MILITARY: [&str; 2] = ["milex", "milper"];

/// A column over the states of a system, in a unit in which all values are whole.
struct Indicator {
    values: Vec<Option<UBig>>,
    total: UBig,
    weight: UBig,
}

impl Weighted<'_> {
    fn is_positive(&self, row: usize) -> bool {
        self.capability.values[row].as_ref().is_some_and(|value| *value > RBig::ZERO)
    }

    /// The column over `rows`, unless its total is zero.
    fn over(&self, rows: &[usize]) -> Option<Indicator> {
        let values = to_whole(rows.iter().map(|&row| self.capability.values[row].as_ref()));
        let total = values.iter().flatten().sum::<UBig>();
        (!total.is_zero()).then(|| Indicator { values, total, weight: self.weight.clone() })
    }
}

/// Magnitudes times their common denominator, which makes them whole.
fn to_whole<'v>(values: impl Iterator<Item = Option<&'v RBig>> + Clone) -> Vec<Option<UBig>> {
    let common = least_denominator(values.clone().flatten());
    let whole = |v: &RBig| v.numerator().unsigned_abs() * (&common / v.denominator());
    values.map(|value| value.map(whole)).collect()
}

impl Dataset {
    /// The capability called `name`, whatever the case.
    pub(super) fn capability(&self, name: &str) -> Result<&Capability> {
        let folded = name.to_lowercase();
        self.capabilities.iter().find(|c| c.name.to_lowercase() == folded).ok_or_else(|| {
            self.fault(
                format!("expected a numeric column {name}, found none of that name"),
                format!("choose from {}", self.capabilities().join(", ")),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn powers(csv: &str, measure: &Measure) -> Vec<String> {
        let dataset = Dataset::parse("a.csv", csv.as_bytes()).unwrap();
        let rows: Vec<usize> = (0..dataset.rows.len()).collect();
        let powers = Scale::new(&dataset, measure).unwrap().powers(&rows);
        powers.iter().map(RBig::to_string).collect()
    }

    const CSV: &str = "state,x,y,z\nA,0.5,30,0\nB,1.5,,0\nC,,10,0\n";

    #[test]
    fn the_index_is_the_mean_of_the_shares_that_a_state_has() {
        assert_eq!(powers(CSV, &Measure::Cinc), ["1/2", "3/4", "1/4"]);
    }

    #[test]
    fn a_column_is_its_own_numbers() {
        assert_eq!(powers(CSV, &Measure::Column("X".into())), ["1/2", "3/2", "0"]);
        let single = powers("state,x\nA,2\nB,3\n", &Measure::Cinc);
        assert_eq!(single, ["2", "3"]);
    }

    #[test]
    fn weights_count_over_the_columns_that_a_state_has() {
        let measure = Measure::weights("x=0.5,y=1.5").unwrap();
        assert_eq!(powers(CSV, &measure), ["5/8", "3/4", "1/4"]);
    }

    #[test]
    fn the_civil_part_is_what_is_not_soldiers_and_their_pay() {
        let csv = "state,milex,milper,tpop\nA,30,1,5\nB,10,1,15\n";
        let dataset = Dataset::parse("a.csv", csv.as_bytes()).unwrap();
        let parts = |measure| Scale::new(&dataset, &measure).unwrap().civil_parts(&[0, 1]);
        // A: 1/4 of (3/4 + 1/2 + 1/4); B: 3/4 of (1/4 + 1/2 + 3/4).
        assert_eq!(parts(Measure::Cinc), [Some(1.0 / 6.0), Some(0.5)]);
        assert_eq!(parts(Measure::Column("tpop".into())), [None, None]);
    }

    #[test]
    fn unknown_columns_and_bad_weights_are_refused() {
        let dataset = Dataset::parse("a.csv", CSV.as_bytes()).unwrap();
        let refuse = |measure: Measure| Scale::new(&dataset, &measure).unwrap_err().to_string();
        assert_eq!(
            refuse(Measure::Column("gdp".into())),
            "a.csv: expected a numeric column gdp, found none of that name; choose from x, y, z"
        );
        let negative = vec![("x".to_owned(), RBig::from(-1))];
        assert!(refuse(Measure::Weights(negative)).contains("above zero"));
    }
}
