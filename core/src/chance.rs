//! Chance as a function: every random number follows from a key (seed, run, period, purpose,
//! state or pair), never from what was drawn before.
//!
//! The same number comes of it on any number of threads and in any order, one run can be
//! replayed alone, and two settings share their luck (common random numbers). A [`Luck`] is a
//! key made so far; each part is mixed in by the finaliser of splitmix64 (Steele, Lea & Flood
//! 2014), so that numbers of different keys are independent for all that statistics can tell.

use crate::sequence::{GOLDEN, finalise};

/// A key, as far as it is known.
#[derive(Debug, Clone, Copy)]
pub struct Luck(u64);

impl Luck {
    /// The key that begins with a seed.
    pub fn of(seed: u64) -> Self {
        Self(finalise(seed ^ GOLDEN)).with(0)
    }

    /// The key with one more part.
    #[must_use]
    pub fn with(self, part: u64) -> Self {
        Self(finalise(self.0.wrapping_add(part.wrapping_add(1).wrapping_mul(GOLDEN))))
    }

    /// The 64 bits of the key: what a random order sorts by.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Uniform on `(0, 1)`: 53 bits, both ends left out.
    pub fn uniform(self) -> f64 {
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Standard normal, by the inverse of its distribution function.
    pub fn normal(self) -> f64 {
        quantile(self.uniform())
    }

    /// Poisson with a mean of at most some hundreds, by inversion.
    pub fn poisson(self, mean: f64) -> u32 {
        let u = self.uniform();
        let mut probability = (-mean).exp();
        let mut sum = probability;
        let mut count = 0;
        // Beyond 1 − 2^-53 rounding may keep the sum below u.
        while u > sum && probability > 0.0 {
            count += 1;
            probability *= mean / f64::from(count);
            sum += probability;
        }
        count
    }

    /// A whole number below `bound`, which is above 0.
    pub fn below(self, bound: usize) -> usize {
        ((self.uniform() * bound as f64) as usize).min(bound - 1)
    }
}

/// What a random number of a simulation is for. A key is (seed, run, period, purpose, …) and then:
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    /// A state's growth: the state.
    Growth,
    /// How many states enter: nothing.
    Entry,
    /// Whose share a new state takes: the how manieth of the period it is.
    Entrant,
    /// The order in which states move: the sweep, the state.
    Order,
    /// Who has the initiative: nothing.
    Initiative,
    /// How strong another bloc seems: the first member of the one, of the other.
    Perception,
    /// Whether an ally fights: the ally.
    Reliability,
    /// Who wins: nothing.
    Battle,
}

impl Luck {
    /// The key of a run's period.
    pub fn of_period(seed: u64, run: u32, period: u32) -> Self {
        Self::of(seed).with(run.into()).with(period.into())
    }

    /// The key of a purpose.
    #[must_use]
    pub fn for_a(self, purpose: Purpose) -> Self {
        self.with(purpose as u64)
    }

    /// The key of a parameter's place in a Latin hypercube over the runs.
    pub fn of_hypercube(seed: u64, parameter: usize, run: u32) -> Self {
        Self::of(seed).with(u64::MAX - 1).with(parameter as u64).with(run.into())
    }

    /// The key of a term of a draw of estimates.
    pub fn of_draw(seed: u64, number: u32, term: u64) -> Self {
        Self::of(seed).with(u64::MAX - 2).with(number.into()).with(term)
    }
}

/// The quantile of the standard normal distribution at `p` in `(0, 1)`: algorithm AS 241, PPND16,
/// good to one part in 10^16 (Wichura 1988, Applied Statistics 37:477).
fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * ratio(r, CENTRE);
    }
    let r = (-(if q < 0.0 { p } else { 1.0 - p }).ln()).sqrt();
    let tail = if r <= 5.0 { ratio(r - 1.6, SHOULDER) } else { ratio(r - 5.0, TAIL) };
    tail.copysign(q)
}

/// A ratio of two polynomials, the highest power first; the lower one ends in 1.
fn ratio(r: f64, [upper, lower]: [[f64; 8]; 2]) -> f64 {
    let polynomial = |terms: [f64; 8]| terms.into_iter().fold(0.0, |sum, term| sum * r + term);
    polynomial(upper) / polynomial(lower)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        2.509_080_928_730_122_7e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ],
    [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ],
];

const SHOULDER: [[f64; 8]; 2] = [
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];

const TAIL: [[f64; 8]; 2] = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_7e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_abs_diff_eq;

    #[test]
    fn quantiles_of_the_normal_distribution() {
        let known = [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.95, 1.644_853_626_951_471_5),
            (0.6, 0.253_347_103_135_799_7),
            (0.925, 1.439_531_470_938_456),
            (1e-3, -3.090_232_306_167_813),
            (1e-12, -7.034_483_825_301_132),
        ];
        for (p, z) in known {
            assert_abs_diff_eq!(quantile(p), z, epsilon = 1e-13);
        }
    }

    #[test]
    fn draws_have_the_moments_of_their_distributions() {
        let draws = 200_000;
        let key = |k: u64| Luck::of(7).with(3).with(k);
        let mean = |value: &dyn Fn(u64) -> f64| (0..draws).map(value).sum::<f64>() / draws as f64;
        assert_abs_diff_eq!(mean(&|k| key(k).uniform()), 0.5, epsilon = 3e-3);
        assert_abs_diff_eq!(mean(&|k| key(k).normal()), 0.0, epsilon = 1e-2);
        assert_abs_diff_eq!(mean(&|k| key(k).normal().powi(2)), 1.0, epsilon = 2e-2);
        let neighbours = mean(&|k| key(k).normal() * key(k + 1).normal());
        assert_abs_diff_eq!(neighbours, 0.0, epsilon = 1e-2);
        assert_abs_diff_eq!(mean(&|k| key(k).poisson(0.3).into()), 0.3, epsilon = 6e-3);
        assert_abs_diff_eq!(mean(&|k| key(k).poisson(5.0).into()), 5.0, epsilon = 3e-2);
        assert_eq!(key(1).poisson(0.0), 0);
    }

    #[test]
    fn parts_of_a_key_are_in_order() {
        assert_ne!(Luck::of(1).with(2).with(3).bits(), Luck::of(1).with(3).with(2).bits());
        assert_ne!(Luck::of(1).bits(), Luck::of(2).bits());
    }
}
