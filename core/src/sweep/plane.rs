//! The planes that can be swept, and the system and parameters at each of their places.
//!
//! - *Two parameters* of the model on a system; both ends of both spans belong to the plane.
//! - *The triangle* of three states' shares: at `[u, v]` of side `M` the states A, B and C hold
//!   `u/M`, `v/M` and `(M − u − v)/M` of all power.
//! - *Leader and rest* of `n` states: the leader L holds `s`; the rest R1, R2, … divide `1 − s`,
//!   each with `e` times the share of the one before it, so that R`k` holds
//!   `(1 − s) · e^(k−1) / (1 + e + … + e^(n−2))`. `e = 1` is an equal rest. Where `s` is small
//!   R1 is stronger than L; then R1 leads.
//!
//! Shares are exact fractions, so that ties and thresholds are decided exactly. A state without
//! power is no state, so places where a share is 0 are outside the model; so are those where one
//! is below 1e-15, which no contest takes.

use dashu_int::UBig;
use dashu_ratio::RBig;

use super::lattice::{Grid, Outline, Place};
use crate::contest::SMALLEST_SHARE;
use crate::error::{Error, Result};
use crate::exact::sum;
use crate::parameters::Parameters;
use crate::setting::Span;
use crate::system::{Parts, State, System};

/// What is swept.
#[derive(Debug, Clone)]
pub struct Plane {
    kind: Kind,
    /// The system, or one of the same states.
    system: System,
}

#[derive(Debug, Clone)]
enum Kind {
    Settings(Box<[Span; 2]>),
    Triangle,
    Leader,
}

/// What one coordinate of a plane is.
#[derive(Debug, Clone, PartialEq)]
pub struct Coordinate {
    /// Its name, as columns have it: `decisiveness`, `war_cost`, `share_a`.
    pub name: String,
    /// Its values at both ends.
    pub ends: [f64; 2],
}

impl Plane {
    /// The fewest and the most states of [`Plane::leader`].
    pub const LEADER_STATES: [usize; 2] = [3, 64];

    /// Two parameters on a system.
    ///
    /// # Errors
    /// If they are the same, or one cannot have a value of its span.
    pub fn settings(system: System, x: Span, y: Span, parameters: &Parameters) -> Result<Self> {
        if x.setting == y.setting {
            let expected = format!("a parameter other than {} of x", x.setting);
            return Err(Error::parameter("y", expected, y.setting));
        }
        for span in [&x, &y] {
            for end in span.ends() {
                span.setting.at(end, parameters).validate()?;
            }
        }
        Ok(Self { kind: Kind::Settings(Box::new([x, y])), system })
    }

    /// The shares of three states.
    ///
    /// # Errors
    /// None: three equal states are a system.
    pub fn triangle() -> Result<Self> {
        let ids = ["A", "B", "C"].map(str::to_owned);
        Ok(Self { kind: Kind::Triangle, system: equal(ids.to_vec())? })
    }

    /// The share of the strongest of so many states, and how equal the rest are.
    ///
    /// # Errors
    /// If there are fewer or more states than [`Plane::LEADER_STATES`].
    pub fn leader(states: usize) -> Result<Self> {
        let [least, most] = Self::LEADER_STATES;
        if !(least..=most).contains(&states) {
            let expected = format!("{least} to {most} states");
            return Err(Error::parameter("states", expected, states));
        }
        let rest = (1..states).map(|k| format!("R{k}"));
        let ids = std::iter::once("L".to_owned()).chain(rest).collect();
        Ok(Self { kind: Kind::Leader, system: equal(ids)? })
    }

    /// The system, or, where shares are swept, one of the same states with equal shares.
    pub fn states(&self) -> &System {
        &self.system
    }

    /// Whether the shares of power are what is swept.
    pub fn sweeps_shares(&self) -> bool {
        !matches!(self.kind, Kind::Settings(_))
    }

    /// Its kind, as reports have it: `parameters`, `triangle` or `leader`.
    pub const fn name(&self) -> &'static str {
        match self.kind {
            Kind::Settings(_) => "parameters",
            Kind::Triangle => "triangle",
            Kind::Leader => "leader",
        }
    }

    /// The parameters that are swept.
    pub fn spans(&self) -> Option<&[Span; 2]> {
        match &self.kind {
            Kind::Settings(spans) => Some(spans),
            _ => None,
        }
    }

    /// What it looks like.
    pub const fn outline(&self) -> Outline {
        match self.kind {
            Kind::Triangle => Outline::Triangle,
            _ => Outline::Square,
        }
    }

    /// Its coordinates: two, or the three shares of the triangle.
    pub fn coordinates(&self) -> Vec<Coordinate> {
        let one = |name: &str, ends| Coordinate { name: name.into(), ends };
        match &self.kind {
            Kind::Settings(spans) => spans
                .iter()
                .map(|span| one(&span.setting.name().replace('-', "_"), span.ends()))
                .collect(),
            Kind::Triangle => {
                ["share_a", "share_b", "share_c"].map(|name| one(name, [0.0, 1.0])).into()
            }
            Kind::Leader => ["share", "equality"].map(|name| one(name, [0.0, 1.0])).into(),
        }
    }

    /// The coordinates of a place, in the order of [`Plane::coordinates`], on a lattice of this
    /// side: exact, rounded once.
    pub fn at(&self, [u, v]: Place, side: u32) -> Vec<f64> {
        let part = |k: u32| f64::from(k) / f64::from(side);
        match &self.kind {
            Kind::Settings(spans) => vec![spans[0].at(u, side), spans[1].at(v, side)],
            Kind::Triangle => vec![part(u), part(v), part(side - u - v)],
            Kind::Leader => vec![part(u), part(v)],
        }
    }

    /// The system at a place, and the parameters; `None` outside of the model.
    ///
    /// # Errors
    /// None that a checked plane and a place on it can have; those of [`System::new`].
    pub fn case(
        &self,
        place: Place,
        grid: Grid,
        base: &Parameters,
    ) -> Result<Option<(System, Parameters)>> {
        if let Some([x, y]) = self.spans() {
            let first = x.setting.at(x.at(place[0], grid.side()), base);
            let both = y.setting.at(y.at(place[1], grid.side()), &first);
            return Ok(Some((self.system.clone(), both)));
        }
        Ok(self.shares(place, grid)?.map(|system| (system, base.clone())))
    }

    /// The system with the shares of a place.
    fn shares(&self, [u, v]: Place, grid: Grid) -> Result<Option<System>> {
        let side = grid.side();
        let power = match &self.kind {
            Kind::Settings(_) => return Ok(Some(self.system.clone())),
            Kind::Triangle => vec![RBig::from(u), RBig::from(v), RBig::from(side - u - v)],
            Kind::Leader => {
                let rest = self.system.len() - 1;
                let power = |base: u32, exponent| RBig::from(UBig::from(base).pow(exponent));
                // e^k times side^(rest − 1): whole numbers, as shares are made of in the end.
                let weights = (0..rest).map(|k| power(v, k) * power(side, rest - 1 - k));
                let weights: Vec<RBig> = weights.collect();
                let total = sum(weights.iter());
                let others = weights.iter().map(|weight| weight * RBig::from(side - u));
                std::iter::once(total * RBig::from(u)).chain(others).collect()
            }
        };
        if power.contains(&RBig::ZERO) {
            return Ok(None);
        }
        let system = self.system.at_power(None, power)?;
        let taken = system.shares().iter().all(|share| *share >= SMALLEST_SHARE);
        Ok(taken.then_some(system))
    }

    /// A place in words: `decisiveness=1.5 dominance=2`.
    pub fn words(&self, place: Place, side: u32) -> String {
        let values = self.at(place, side);
        let named = self.coordinates().into_iter().zip(values);
        named.map(|(c, value)| format!("{}={value}", c.name)).collect::<Vec<_>>().join(" ")
    }
}

/// States with equal shares.
fn equal(ids: Vec<String>) -> Result<System> {
    System::new(Parts {
        measure: "share".into(),
        power: vec![RBig::ONE; ids.len()],
        states: ids.into_iter().map(State::new).collect(),
        ..Parts::default()
    })
}
