//! Coleman's (1971) indices: *Control of collectivities and the power of a collectivity to act*, in
//! *Social Choice*.
//!
//! Definition: of `ω` winning coalitions and `η_i` swings of player `i`, the collectivity's power to
//! act is `ω / 2^n`, the player's to prevent action `η_i / ω`, to initiate it `η_i / (2^n − ω)`.
//! Method: the winning coalitions by size from the swings by size, since of those of `s + 1` members
//! each is counted once for each member, `(s+1) · W(s+1) = Σ_i M_i(s) + (n−s) · W(s)`.
//! Cost: that of the [`Marginals`].

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use super::Marginals;
use crate::finding::cooperative::Coleman;

impl Marginals {
    /// Coleman's indices, of the swings of a simple game.
    pub fn coleman(&self) -> Coleman {
        let n = self.players();
        let (mut of_size, mut winning) = (IBig::ZERO, IBig::ZERO);
        for s in 0..n {
            let swings: IBig = self.by_size.iter().map(|sums| &sums[s]).sum();
            let swings = swings / IBig::from(self.denominator.clone());
            of_size = (swings + IBig::from(n - s) * of_size) / IBig::from(s + 1);
            winning += &of_size;
        }
        let all = IBig::from(UBig::ONE << n);
        let losing = &all - &winning;
        let over = |below: &IBig| {
            let below = RBig::from(below.clone());
            self.swings().into_iter().map(move |swings| swings / &below).collect()
        };
        Coleman {
            act: RBig::from(winning.clone()) / RBig::from(all),
            prevent: over(&winning),
            initiate: over(&losing),
        }
    }
}
