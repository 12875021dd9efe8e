//! The sums that half of the followers make, for every profile of that half.

use crate::game::alignment::AlignmentGame;
use crate::game::posture::{Effect, Side};

/// The sums of a profile, by their place in a row. The weights by which a side divides depend
/// on how many bleed it: one for each number, those of one side after those of the other.
pub(super) const WITH_POWER: usize = 0;
pub(super) const WITH_BROUGHT: usize = 1;
pub(super) const AGAINST_POWER: usize = 2;
pub(super) const AGAINST_BROUGHT: usize = 3;
pub(super) const ALONE: usize = 4;
pub(super) const WAITING: usize = 5;
pub(super) const BLEEDING: usize = 6;
pub(super) const BAITING: usize = 7;
pub(super) const WEIGHTS: usize = 8;

/// The profiles of a half: a row of sums for each, and the largest total strength below which
/// one of those who stand alone attacks.
#[derive(Debug, Clone)]
pub(super) struct Half {
    pub(super) width: usize,
    pub(super) rows: Vec<f64>,
    pub(super) attacks_below: Vec<f64>,
}

/// One follower in one posture.
#[derive(Debug, Clone)]
pub(super) struct Adds {
    pub(super) side: Side,
    pub(super) cost: f64,
    /// Its strength where it stands alone, and its weight then.
    pub(super) strength: f64,
    pub(super) weight: f64,
    /// By number of those who bleed, its weight on a side.
    pub(super) weights: Vec<f64>,
    pub(super) attacks_below: f64,
    pub(super) row: Vec<f64>,
}

impl Adds {
    pub(super) fn of(game: &AlignmentGame, player: usize, action: usize, bleeding: usize) -> Self {
        let contest = game.contest();
        let (state, stand) = (game.state_of(player), game.stand(player, action));
        let dominance = contest.parameters().dominance;
        let weigh = |k: usize| contest.weights()[state] * stand.left(game.kept(k)).powf(dominance);
        let (power, brought) = (contest.shares()[state], stand.brought());
        let mut adds = Self {
            side: stand.side,
            cost: stand.cost,
            strength: contest.strength(power * brought),
            weight: weigh(0),
            weights: (0..bleeding).map(weigh).collect(),
            attacks_below: f64::NEG_INFINITY,
            row: vec![0.0; WEIGHTS + 2 * bleeding],
        };
        let row = &mut adds.row;
        match stand.side {
            Side::With | Side::Against => {
                let against = stand.side == Side::Against;
                let (had, given, weights) = match against {
                    false => (WITH_POWER, WITH_BROUGHT, WEIGHTS),
                    true => (AGAINST_POWER, AGAINST_BROUGHT, WEIGHTS + bleeding),
                };
                row[had] = power;
                row[given] = power * brought;
                row[weights..weights + bleeding].copy_from_slice(&adds.weights);
            }
            Side::Alone => {
                row[ALONE] = adds.strength;
                let kept = contest.kept();
                adds.attacks_below = kept * adds.strength / power;
            }
            Side::Victor => row[WAITING] = adds.weight,
        }
        row[BLEEDING] = f64::from(u8::from(stand.effect == Effect::Bleeds));
        row[BAITING] = f64::from(u8::from(stand.effect == Effect::Baits));
        adds
    }
}

impl Half {
    /// The rows of all profiles of these followers, on top of `start`.
    pub(super) fn of(start: Vec<f64>, followers: &[Vec<Adds>]) -> Self {
        let width = start.len();
        let mut half = Self { width, rows: start, attacks_below: vec![f64::NEG_INFINITY] };
        for adds in followers {
            let (mut rows, mut attacks_below) = (Vec::new(), Vec::new());
            for (row, below) in half.rows.chunks_exact(width).zip(&half.attacks_below) {
                for own in adds {
                    rows.extend(row.iter().zip(&own.row).map(|(a, b)| a + b));
                    attacks_below.push(below.max(own.attacks_below));
                }
            }
            half = Self { width, rows, attacks_below };
        }
        half
    }
}
