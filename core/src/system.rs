//! A system of states: who they are, the shares of power they hold, what is known of each
//! pair. Everything is checked here, once; nothing behind it checks again.

use std::cmp::Ordering;
use std::collections::HashSet;

use dashu_ratio::RBig;
use ndarray::Array2;

use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::exact::sum;

/// A state of the system.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// The identifier, as in the input.
    pub id: String,
    /// The full name, where the input has one.
    pub name: Option<String>,
    /// Its numeric code (`ccode`), where the input has one.
    pub code: Option<String>,
    /// How well suited to attack its forces are, in `[0, 1]`, where given.
    pub offence: Option<f64>,
    /// `ρ` in `[0, 1]`, where given: what control above its present share is worth to it. 1 is a
    /// power maximiser, 0 is content with its place.
    pub revisionism: Option<f64>,
    /// How fast its power grows, a rate a year above -1 and at most 1, where given.
    pub growth: Option<f64>,
    /// Its bloc in the reference split, where the input has one.
    pub reference: Option<String>,
    /// Its regime (democracy, monarchy, …), where the input has one: states of one regime have
    /// one text.
    pub regime: Option<String>,
    /// The part of its power, in `[0, 1]`, that non-military indicators make up, where known.
    pub soft: Option<f64>,
}

impl State {
    /// Its revisionism; 1, a power maximiser, where it is not given.
    pub fn revisionism(&self) -> f64 {
        self.revisionism.unwrap_or(1.0)
    }

    /// A state of which nothing is known but its identifier: a power maximiser.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            code: None,
            offence: None,
            revisionism: None,
            growth: None,
            reference: None,
            regime: None,
            soft: None,
        }
    }
}

/// What is known of pairs of states: `n × n` matrices, the row's state about the column's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dyads {
    /// Distance in km; symmetric.
    pub distance: Option<Array2<f64>>,
    /// Hostility in `[-1, 1]`.
    pub hostility: Option<Array2<f64>>,
    /// Affinity in `[-1, 1]`.
    pub affinity: Option<Array2<f64>>,
    /// Whether the two are committed to each other; symmetric.
    pub commitment: Option<Array2<bool>>,
}

/// What a [`System`] is made of.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    /// What to call the system.
    pub name: String,
    /// The file it came from; empty where there is none.
    pub source: String,
    /// The year, where the data have one.
    pub year: Option<i32>,
    /// How power was measured: `cinc`, a column's name, `milex=2,tpop=1`.
    pub measure: String,
    /// The states, in the order of the input.
    pub states: Vec<State>,
    /// Each state's power, exact, in any unit common to all: above zero.
    pub power: Vec<RBig>,
    /// What is known of pairs.
    pub dyads: Dyads,
}

/// A checked system of states with shares of power that sum to one.
#[derive(Debug, Clone)]
pub struct System {
    parts: Parts,
    shares: Vec<f64>,
}

impl System {
    /// Builds a system of at least two states, dividing each power by their total.
    ///
    /// # Errors
    /// If there are fewer than two states, two have one identifier, a power is not above
    /// zero, a per-state or per-pair value is out of range, or a matrix is not `n × n`.
    pub fn new(mut parts: Parts) -> Result<Self> {
        check_states(&parts.states)?;
        let n = parts.states.len();
        if parts.power.len() != n {
            return Err(Error::system(
                format!("{n} states but {} powers", parts.power.len()),
                "give one power for each state",
            ));
        }
        for (state, power) in parts.states.iter().zip(&parts.power) {
            if *power <= RBig::ZERO {
                return Err(Error::system(
                    format!("{} has no power above zero", state.id),
                    "leave it out, or give it a capability above zero",
                ));
            }
        }
        check_dyads(&parts.states, &parts.dyads)?;
        let total = sum(parts.power.iter());
        for power in &mut parts.power {
            *power = &*power / &total;
        }
        let shares = parts.power.iter().map(|share| share.to_f64().value()).collect();
        Ok(Self { parts, shares })
    }

    /// A system from identifiers and powers, for code that has no file: nothing else is
    /// known of the states.
    ///
    /// # Errors
    /// As [`System::new`]; also if a power is not finite.
    pub fn from_powers<I: Into<String>>(
        powers: impl IntoIterator<Item = (I, f64)>,
    ) -> Result<Self> {
        let mut parts = Parts { measure: "power".into(), ..Parts::default() };
        for (id, power) in powers {
            let id = id.into();
            let exact = RBig::try_from(power).map_err(|_| {
                Error::system(format!("{id} has power {power}"), "give a finite number above zero")
            })?;
            parts.states.push(State::new(id));
            parts.power.push(exact);
        }
        Self::new(parts)
    }

    /// The same system, with other things known of its pairs.
    ///
    /// # Errors
    /// If a per-pair value is out of range, or a matrix is not `n × n`.
    pub fn with_dyads(mut self, dyads: Dyads) -> Result<Self> {
        check_dyads(&self.parts.states, &dyads)?;
        self.parts.dyads = dyads;
        Ok(self)
    }

    /// The same states with the same power, each a power maximiser, with nothing known of pairs.
    #[must_use]
    pub fn of_power_alone(&self) -> Self {
        let states = self.parts.states.iter().cloned();
        let states = states.map(|state| State { revisionism: None, ..state }).collect();
        let parts = Parts { states, dyads: Dyads::default(), ..self.parts.clone() };
        Self { parts, shares: self.shares.clone() }
    }

    /// The same, every state having this revisionism.
    ///
    /// # Errors
    /// As [`System::new`].
    pub fn with_revisionism(&self, revisionism: f64) -> Result<Self> {
        let mut parts = self.parts.clone();
        parts.states.iter_mut().for_each(|state| state.revisionism = Some(revisionism));
        Self::new(parts)
    }

    /// The same states with the same pairs at another time, when each has this power.
    ///
    /// # Errors
    /// As [`System::new`].
    pub fn at_power(&self, year: Option<i32>, power: Vec<RBig>) -> Result<Self> {
        Self::new(Parts { year, power, ..self.parts.clone() })
    }

    /// Some of the states, at least two, as a system of their own: their shares are of what these
    /// have together.
    ///
    /// # Errors
    /// As [`System::new`].
    pub fn only(&self, states: &[usize]) -> Result<Self> {
        let dyads = &self.parts.dyads;
        fn part<T: Clone>(matrix: &Option<Array2<T>>, states: &[usize]) -> Option<Array2<T>> {
            let of = |(a, b): (usize, usize)| [states[a], states[b]];
            let n = states.len();
            matrix.as_ref().map(|m| Array2::from_shape_fn((n, n), |pair| m[of(pair)].clone()))
        }
        Self::new(Parts {
            states: states.iter().map(|&i| self.parts.states[i].clone()).collect(),
            power: states.iter().map(|&i| self.parts.power[i].clone()).collect(),
            dyads: Dyads {
                distance: part(&dyads.distance, states),
                hostility: part(&dyads.hostility, states),
                affinity: part(&dyads.affinity, states),
                commitment: part(&dyads.commitment, states),
            },
            ..self.parts.clone()
        })
    }

    /// The number of states.
    pub fn len(&self) -> usize {
        self.parts.states.len()
    }

    /// Never: a system has at least two states.
    pub fn is_empty(&self) -> bool {
        false
    }

    /// What the system is called.
    pub fn name(&self) -> &str {
        &self.parts.name
    }

    /// The file it came from; empty where there is none.
    pub fn source(&self) -> &str {
        &self.parts.source
    }

    /// The year, where the data have one.
    pub fn year(&self) -> Option<i32> {
        self.parts.year
    }

    /// How power was measured.
    pub fn measure(&self) -> &str {
        &self.parts.measure
    }

    /// The states, in the order of the input.
    pub fn states(&self) -> &[State] {
        &self.parts.states
    }

    /// State `i`'s identifier.
    pub fn id(&self, i: usize) -> &str {
        &self.parts.states[i].id
    }

    /// The identifiers of a coalition's members, in the order of the states.
    pub fn ids(&self, coalition: Coalition) -> Vec<String> {
        coalition.members().map(|i| self.id(i).to_owned()).collect()
    }

    /// The state with this identifier.
    ///
    /// # Errors
    /// If there is none; the message lists those there are.
    pub fn index_of(&self, id: &str) -> Result<usize> {
        self.parts.states.iter().position(|state| state.id == id).ok_or_else(|| {
            let known: Vec<&str> = self.parts.states.iter().map(|s| s.id.as_str()).collect();
            Error::system(
                format!("no state {id} in the system"),
                format!("name one of {}", known.join(", ")),
            )
        })
    }

    /// Each state's share of power: the exact share, rounded once.
    pub fn shares(&self) -> &[f64] {
        &self.shares
    }

    /// Each state's share of power, exactly.
    pub fn exact_shares(&self) -> &[RBig] {
        &self.parts.power
    }

    /// What is known of pairs.
    pub fn dyads(&self) -> &Dyads {
        &self.parts.dyads
    }

    /// The state with the largest share, the first in the input on a tie.
    pub fn leader(&self) -> usize {
        let exact = self.exact_shares();
        (1..self.len()).fold(0, |best, i| if exact[i] > exact[best] { i } else { best })
    }

    /// The other states whose share is exactly the same as state `i`'s.
    pub fn tied_with(&self, i: usize) -> Vec<usize> {
        let exact = self.exact_shares();
        (0..self.len()).filter(|&j| j != i && exact[j] == exact[i]).collect()
    }

    /// Compares two coalitions by power, exactly where rounding could decide.
    pub fn compare_power(&self, a: Coalition, b: Coalition) -> Ordering {
        compare_sums(&self.shares, self.exact_shares(), a, b)
    }
}

/// Compares the sums of two coalitions: by `approximate` values (each within an ulp of the
/// exact one) where they are far enough apart for rounding not to matter, else exactly.
pub(crate) fn compare_sums(
    approximate: &[f64],
    exact: &[RBig],
    a: Coalition,
    b: Coalition,
) -> Ordering {
    let (only_a, only_b) = (a.difference(b), b.difference(a));
    let difference = only_a.sum(approximate) - only_b.sum(approximate);
    if difference.abs() > 1e-12 {
        return difference.total_cmp(&0.0);
    }
    let sum = |set: Coalition| set.members().fold(RBig::ZERO, |sum, i| sum + &exact[i]);
    sum(only_a).cmp(&sum(only_b))
}

fn check_states(states: &[State]) -> Result<()> {
    if states.len() < 2 {
        return Err(Error::system(
            format!("a system of {}", if states.is_empty() { "no state" } else { "one state" }),
            "give at least two states",
        ));
    }
    let mut seen = HashSet::new();
    for state in states {
        if !seen.insert(state.id.as_str()) {
            return Err(Error::system(
                format!("{} is named twice", state.id),
                "keep one row for each state",
            ));
        }
        let unit = [
            ("offence", state.offence.unwrap_or(0.0)),
            ("revisionism", state.revisionism()),
            ("soft", state.soft.unwrap_or(0.0)),
        ];
        for (what, value) in unit {
            if !(0.0..=1.0).contains(&value) {
                return Err(Error::system(
                    format!("{}: {what} is {value}", state.id),
                    "give a number from 0 to 1",
                ));
            }
        }
    }
    let growth = |state: &State| state.growth.is_none_or(|rate| rate > -1.0 && rate <= 1.0);
    match states.iter().find(|state| !growth(state)) {
        Some(state) => Err(Error::system(
            format!("{}: growth is {}", state.id, state.growth.unwrap_or(f64::NAN)),
            "give a rate above -1, at most 1",
        )),
        None => Ok(()),
    }
}

fn check_dyads(states: &[State], dyads: &Dyads) -> Result<()> {
    let n = states.len();
    let shape = |what: &str, dim: (usize, usize)| {
        if dim == (n, n) {
            return Ok(());
        }
        Err(Error::system(
            format!("{what} is a {} × {} matrix for {n} states", dim.0, dim.1),
            format!("give a {n} × {n} matrix"),
        ))
    };
    let ranges = [
        ("distance", &dyads.distance, 0.0..=f64::MAX, "km, 0 or more"),
        ("hostility", &dyads.hostility, -1.0..=1.0, "a number from -1 to 1"),
        ("affinity", &dyads.affinity, -1.0..=1.0, "a number from -1 to 1"),
    ];
    for (what, matrix, range, remedy) in ranges {
        let Some(matrix) = matrix else { continue };
        shape(what, matrix.dim())?;
        for ((i, j), value) in matrix.indexed_iter() {
            if i != j && !range.contains(value) {
                let (a, b) = (&states[i].id, &states[j].id);
                let problem = if value.is_nan() {
                    format!("the {what} of {a} and {b} is missing")
                } else {
                    format!("the {what} of {a} and {b} is {value}")
                };
                return Err(Error::system(problem, format!("give {remedy}")));
            }
        }
    }
    match &dyads.commitment {
        Some(matrix) => shape("commitment", matrix.dim()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::parse_decimal;

    #[test]
    fn shares_sum_to_one_and_ties_are_seen() {
        let system = System::from_powers([("A", 3.0), ("B", 5.0), ("C", 5.0)]).unwrap();
        assert_eq!(system.shares(), [3.0 / 13.0, 5.0 / 13.0, 5.0 / 13.0]);
        assert_eq!(system.leader(), 1);
        assert_eq!(system.tied_with(1), [2]);
        assert_eq!(system.compare_power(Coalition(0b010), Coalition(0b100)), Ordering::Equal);
        assert_eq!(system.compare_power(Coalition(0b011), Coalition(0b100)), Ordering::Greater);
    }

    #[test]
    fn ties_are_exact_where_floats_are_not() {
        let mut parts = Parts::default();
        for (id, power) in [("A", "0.1"), ("B", "0.2"), ("C", "0.3")] {
            parts.states.push(State::new(id));
            parts.power.push(parse_decimal(power).unwrap());
        }
        let system = System::new(parts).unwrap();
        assert_eq!(system.compare_power(Coalition(0b011), Coalition(0b100)), Ordering::Equal);
    }

    #[test]
    fn what_is_not_a_system_is_refused() {
        let refuse = |powers: &[(&str, f64)]| {
            System::from_powers(powers.iter().copied()).unwrap_err().to_string()
        };
        assert!(refuse(&[("A", 1.0)]).contains("at least two"));
        assert!(refuse(&[("A", 1.0), ("A", 2.0)]).contains("named twice"));
        assert!(refuse(&[("A", 1.0), ("B", 0.0)]).contains("above zero"));
        assert!(refuse(&[("A", 1.0), ("B", f64::NAN)]).contains("finite"));
    }
}
