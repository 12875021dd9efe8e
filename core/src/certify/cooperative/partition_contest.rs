//! Re-checks that a game with externalities is the contest of blocs of shares of power.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::exact::sum;
use crate::game::cooperative::PartitionGame;

/// That each bloc of each partition is worth what it wins from all others,
/// `P(S)^m / Σ P(C)^m`.
pub fn is_contest_of_blocs(
    game: &PartitionGame,
    shares: &[RBig],
    decisiveness: f64,
    decimals: Option<u32>,
) -> Claim {
    let what = "origin: each bloc is worth what it wins in the contest of all blocs";
    let valid = decisiveness >= 0.0
        && shares.len() == game.players()
        && shares.iter().all(|share| *share > RBig::ZERO);
    if !valid {
        return Claim::exact(what, false);
    }
    let off = match decimals {
        None => exactly(game, shares, decisiveness),
        Some(decimals) => nearly(game, shares, decisiveness, decimals),
    };
    Claim::within(what, off, decimals.map_or(0.0, |_| 3e-15))
}

/// The blocs of every partition: their powers and worths.
fn blocs<'a>(
    game: &'a PartitionGame,
    shares: &'a [RBig],
) -> impl Iterator<Item = (Vec<RBig>, &'a [RBig])> + 'a {
    game.partitions().iter().zip(game.worths()).map(|(partition, worths)| {
        let power = |members: &crate::coalition::Coalition| {
            members.members().fold(RBig::ZERO, |sum, i| sum + &shares[i])
        };
        (partition.blocs().iter().map(power).collect(), &worths[..])
    })
}

/// 0 if all worths are exactly those; of whole decisiveness or without bound.
fn exactly(game: &PartitionGame, shares: &[RBig], m: f64) -> f64 {
    if m.is_finite() && (m > 100.0 || m.fract() != 0.0) {
        return f64::INFINITY;
    }
    let holds = blocs(game, shares).all(|(powers, worths)| {
        // In proportion to the strengths, and 1 together: only the contest's are both.
        let total = sum(worths.iter());
        let strengths: Vec<RBig> = match m.is_finite() {
            true => powers.iter().map(|power| power.pow(m as isize)).collect(),
            false => {
                let beaten = |power: &RBig| powers.iter().any(|other| other > power);
                let won = |power| if beaten(power) { RBig::ZERO } else { RBig::ONE };
                powers.iter().map(won).collect()
            }
        };
        let all = sum(strengths.iter());
        total == RBig::ONE && worths.iter().zip(&strengths).all(|(w, s)| w * &all == *s)
    });
    if holds { 0.0 } else { f64::INFINITY }
}

/// How far the farthest worth is from the contest's; infinite if one has more decimals, two blocs
/// do not have 1 together, or equal powers do not have equal worths.
fn nearly(game: &PartitionGame, shares: &[RBig], m: f64, decimals: u32) -> f64 {
    let unit = RBig::from(UBig::from(10u8).pow(decimals as usize));
    let whole = |worth: &RBig| (worth * &unit).is_int();
    let mut worst: f64 = 0.0;
    for (powers, worths) in blocs(game, shares) {
        let total = sum(worths.iter());
        let equal = (0..powers.len())
            .all(|a| (0..a).all(|b| powers[a] != powers[b] || worths[a] == worths[b]));
        let adds_up = worths.len() > 2 || total == RBig::from(IBig::ONE);
        if decimals > 40 || !equal || !adds_up || !worths.iter().all(whole) {
            return f64::INFINITY;
        }
        for (own, worth) in powers.iter().zip(worths) {
            // One over the sum of the others' odds against it.
            let odds = powers.iter().map(|other| (other / own).to_f64().value().powf(m));
            let claim = 1.0 / odds.sum::<f64>();
            worst = worst.max((worth.to_f64().value() - claim).abs());
        }
    }
    worst
}
