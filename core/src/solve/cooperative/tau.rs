//! The tau value (Tijs 1981, in *Game Theory and Mathematical Economics*).
//!
//! Definition: a player's utopia payoff is `M_i = v(N) − v(N∖i)`, its minimal right
//! `m_i = max_{S∋i} v(S) − Σ_{j∈S∖i} M_j`. Where `m ≤ M` and `Σ m ≤ v(N) ≤ Σ M` (the game is
//! quasi-balanced) the value is the division on the line from `m` to `M`.
//! Method: by the gaps `g(S) = M(S) − v(S)`, in which `M_i − m_i = min_{S∋i} g(S)` and the value is
//! `M_i − λ_i · g(N) / Σ λ` with `λ = M − m` (Driessen & Tijs 1983, *Int. J. Game Theory* 12).
//! Cost: O(n · 2^n) whole numbers; limit 25 players.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::error::Result;
use crate::game::cooperative::number::numerator_over;
use crate::game::cooperative::{ExactTable, Sense};
use crate::solve::cooperative::polytope::coalition_program::sums;
use crate::work::Work;

/// Coalitions between two looks at the clock.
const AT_ONCE: usize = 1 << 14;

/// The value, or why there is none.
///
/// # Errors
/// If the time is up.
pub(super) fn tau(
    table: &ExactTable,
    work: &Work,
) -> Result<std::result::Result<Vec<RBig>, String>> {
    let (worths, n) = (table.worths(), table.players());
    let whole = |s: Coalition| numerator_over(&worths.value(s), worths.denominator());
    let grand = Coalition::grand(n);
    let utopia: Vec<IBig> = (0..n).map(|i| whole(grand) - whole(grand.without(i))).collect();
    let half = n / 2;
    let (low, high) = (sums(&utopia[..half]), sums(&utopia[half..]));
    let gap = |bits: usize| {
        &low[bits & ((1 << half) - 1)] + &high[bits >> half] - worths.numerators().get(bits)
    };
    let mut concession: Vec<Option<IBig>> = vec![None; n];
    for bits in 1..1usize << n {
        if bits % AT_ONCE == 0 {
            work.in_time()?;
        }
        let gap = gap(bits);
        for i in Coalition(bits as u64).members() {
            if concession[i].as_ref().is_none_or(|known| gap < *known) {
                concession[i] = Some(gap.clone());
            }
        }
    }
    let concession: Vec<IBig> = concession.into_iter().flatten().collect();
    if let Some(i) = concession.iter().position(|c| *c < IBig::ZERO) {
        let name = &table.names()[i];
        return Ok(Err(format!(
            "the game is not quasi-balanced: {name} can claim more than it adds"
        )));
    }
    let (total, there) = (concession.iter().sum::<IBig>(), gap((1 << n) - 1));
    if there > total {
        return Ok(Err(
            "the game is not quasi-balanced: the players can claim more than there is".into()
        ));
    }
    let sign = if table.sense() == Sense::Worth { RBig::ONE } else { RBig::from(-1) };
    let part = match total == IBig::ZERO {
        true => RBig::ZERO,
        false => RBig::from(there) / RBig::from(total),
    };
    let value = |(most, gives): (IBig, IBig)| {
        let whole = RBig::from(most) - RBig::from(gives) * &part;
        whole / RBig::from(worths.denominator().clone()) * &sign
    };
    Ok(Ok(utopia.into_iter().zip(concession).map(value).collect()))
}
