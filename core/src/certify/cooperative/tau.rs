//! Re-checks the tau value (Tijs 1981) by its definition: each player's minimal right coalition by
//! coalition, then the division on the line to the utopia payoffs. O(n · 2^n).

use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::exact::sum;
use crate::game::cooperative::{ExactTable, Sense};

/// The value, or why the game has none, in words.
pub fn tau(table: &ExactTable) -> Result<Vec<RBig>, String> {
    let (worths, n) = (table.worths(), table.players());
    let grand = Coalition::grand(n);
    let there = worths.value(grand);
    let utopia: Vec<RBig> = (0..n).map(|i| &there - worths.value(grand.without(i))).collect();
    let mut rights: Vec<Option<RBig>> = vec![None; n];
    for s in Coalition::all(n) {
        let promised = s.members().fold(RBig::ZERO, |sum, i| sum + &utopia[i]);
        let left = worths.value(s) - promised;
        for i in s.members() {
            let right = &left + &utopia[i];
            if rights[i].as_ref().is_none_or(|known| right > *known) {
                rights[i] = Some(right);
            }
        }
    }
    let rights: Vec<RBig> = rights.into_iter().flatten().collect();
    if let Some(i) = (0..n).find(|&i| rights[i] > utopia[i]) {
        let name = &table.names()[i];
        return Err(format!("the game is not quasi-balanced: {name} can claim more than it adds"));
    }
    let (least, most) = (sum(&rights), sum(&utopia));
    if least > there {
        return Err(
            "the game is not quasi-balanced: the players can claim more than there is".into()
        );
    }
    let part = if most == least { RBig::ZERO } else { (there - &least) / (most - &least) };
    let sign = RBig::from(if table.sense() == Sense::Worth { 1 } else { -1 });
    let on_line = |(right, utopia): (&RBig, &RBig)| (right + (utopia - right) * &part) * &sign;
    Ok(rights.iter().zip(&utopia).map(on_line).collect())
}
