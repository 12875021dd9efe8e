//! Distances on the globe.

use ndarray::Array2;

use crate::error::Result;
use crate::table::cell::Cell;

/// The Earth's mean radius in km (IUGG).
const RADIUS: f64 = 6371.0088;

/// A place on the globe, in degrees, north and east positive.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Location {
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

impl Location {
    /// The place that two cells give.
    pub(super) fn read(latitude: Cell, longitude: Cell) -> Result<Self> {
        const FILL_IN: &str = "fill it in, or delete the column";
        Ok(Self {
            latitude: latitude.within(-90.0..=90.0, "degrees from -90 to 90", FILL_IN)?,
            longitude: longitude.within(-180.0..=180.0, "degrees from -180 to 180", FILL_IN)?,
        })
    }
}

/// The great-circle distances in km between all of `n` places, `n × n`, by the haversine
/// formula. O(n²).
pub(super) fn distances(places: &[Location]) -> Array2<f64> {
    let n = places.len();
    Array2::from_shape_fn((n, n), |(i, j)| distance(places[i], places[j]))
}

/// The great-circle distance of two places in km, by the haversine formula.
pub(super) fn distance(a: Location, b: Location) -> f64 {
    let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
    let cosines = a.latitude.to_radians().cos() * b.latitude.to_radians().cos();
    let haversine =
        half_sine(a.latitude, b.latitude) + cosines * half_sine(a.longitude, b.longitude);
    2.0 * RADIUS * haversine.clamp(0.0, 1.0).sqrt().asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        let at = |latitude, longitude| Location { latitude, longitude };
        let places = [at(48.8566, 2.3522), at(52.52, 13.405), at(0.0, 0.0), at(0.0, 180.0)];
        let km = distances(&places);
        assert!((km[[0, 1]] - 877.46).abs() < 0.5, "Paris to Berlin: {}", km[[0, 1]]);
        assert!((km[[2, 3]] - std::f64::consts::PI * RADIUS).abs() < 1e-6);
        assert_eq!(km[[0, 0]], 0.0);
        assert_eq!(km[[0, 1]], km[[1, 0]]);
    }
}
