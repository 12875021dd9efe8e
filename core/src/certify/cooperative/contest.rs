//! Re-checks nucleolus, prenucleolus, least core and core of contest games without listing
//! coalitions.
//!
//! Definition of the proof: as in [`weighted`](mod@crate::certify::cooperative::weighted), by types of players with
//! the same strength. What is said of weights, sums and spans is checked in fractions, and so
//! are the excesses of the coalitions of a proof. That no other coalition has a larger one is
//! asked of `contest_scan` in floating point. Excesses may be off by
//! [`Tolerances::contest`]: with many players of different strengths there are coalitions of
//! nearly any strength, and which of them complains most is settled at digits that nobody
//! computes; the claims say how far off they are.
//!
//! Cost: O(2^(n/2)) for each level and each few vectors orthogonal to what is settled. Limits: 40
//! players, more if many are alike.
//!
//! References: Kohlberg (1971), *SIAM J. Appl. Math.* 20; Shapley (1967), *Nav. Res. Log. Q.* 14.

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::certify::cooperative::by_types::{ByTypes, unequal};
use crate::certify::cooperative::contest_scan::{ContestScan, Question};
use crate::certify::cooperative::count_span::{CountSpan, packed};
use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::{ExactNucleolus, ExactWeights};
use crate::game::cooperative::{ContestGame, Types};
use crate::tolerance::Tolerances;

/// A checker of one game.
pub struct ContestChecker<'a> {
    game: &'a ContestGame,
    by: ByTypes,
    scan: Option<ContestScan<'a>>,
}

/// A claim on excesses.
fn within(what: String, violation: f64) -> Claim {
    Claim::within(what, violation.max(0.0), Tolerances::DEFAULT.contest)
}

fn size(number: &RBig) -> f64 {
    number.to_f64().value().abs()
}

impl<'a> ContestChecker<'a> {
    /// For a game.
    pub fn new(game: &'a ContestGame) -> Self {
        let types = Types::of_contest(game);
        let scan = ContestScan::new(game, &types);
        Self { game, scan, by: ByTypes::new(types, game.players()) }
    }

    fn excess(&self, s: Coalition, x: &[RBig]) -> RBig {
        self.game.value(s) - self.by.paid(s, x)
    }

    /// That an allocation divides all there is and leaves no coalition an excess above `most`.
    pub fn bounded(&self, what: &str, allocation: &[RBig], most: &RBig) -> Vec<Claim> {
        let Some(x) = self.by.payoffs(allocation) else { return vec![unequal(what)] };
        let mut span = CountSpan::new(self.by.types.len());
        span.insert(self.by.counts(self.by.grand()));
        // What is in the span of all players has the same part of each type.
        let rest = self.by.types.proportional().map(|s| self.excess(s, &x) - most);
        let rest = rest.map(|over| over.to_f64().value()).fold(0.0, f64::max);
        let over = rest.max(self.unsettled_above(&x, most, &span.orthogonal()));
        let words = format!("{what}: no coalition's excess is above {}", most.to_f64().value());
        vec![self.by.efficient(what, &x), within(words, over)]
    }

    /// That weights are a balanced collection whose claims amount to `1 + ε Σ λ`. Each weight
    /// is shared by all coalitions with as many members of each type.
    pub fn balanced(&self, what: &str, weights: &ExactWeights, value: &RBig) -> Vec<Claim> {
        let (mut claims, sound, claimed, total) = self.collection(what, weights);
        let off =
            if sound { size(&((claimed - RBig::ONE) / total - value)) } else { f64::INFINITY };
        let words = format!(
            "{what}: their claims show that no allocation does better than {}",
            value.to_f64().value()
        );
        claims.push(within(words, off));
        claims
    }

    /// That weights are a balanced collection whose claims exceed what there is, so that there
    /// is no core.
    pub fn no_core(&self, what: &str, weights: &ExactWeights) -> Vec<Claim> {
        let (mut claims, sound, claimed, _) = self.collection(what, weights);
        let words = format!("{what}: their claims add up to more than there is");
        claims.push(Claim::exact(words, sound && claimed > RBig::ONE));
        claims
    }

    /// Weights and cover of a collection; whether they are sound, the claims and the weights'
    /// sum.
    fn collection(&self, what: &str, weights: &ExactWeights) -> (Vec<Claim>, bool, RBig, RBig) {
        let sound = !weights.is_empty()
            && weights.iter().all(|(s, w)| self.by.proper(*s) && *w > RBig::ZERO);
        let mut cover = vec![RBig::ZERO; self.by.types.len()];
        let (mut claimed, mut total) = (RBig::ZERO, RBig::ZERO);
        for (s, w) in weights.iter().filter(|_| sound) {
            self.by.types.counts(*s).for_each(|(kind, count)| cover[kind] += w * RBig::from(count));
            claimed += w * self.game.value(*s);
            total += w;
        }
        let mut sizes = (0..self.by.types.len()).map(|kind| RBig::from(self.by.types.size(kind)));
        let covers = cover.iter().all(|c| sizes.next().is_some_and(|size| size == *c));
        let claims = vec![
            Claim::exact(format!("{what}: the weights are above zero"), sound),
            Claim::exact(format!("{what}: the weights are a balanced collection"), sound && covers),
        ];
        (claims, sound, claimed, total)
    }

    /// That an allocation is the core.
    ///
    /// What a coalition gets the others do not. So in the core every coalition gets exactly what
    /// it claims, and there is one only if claims add up: in proportion to strength, or where
    /// one player gets all alone.
    pub fn core(&self, what: &str, allocation: &[RBig]) -> Vec<Claim> {
        let n = self.game.players();
        let alone: Vec<RBig> = (0..n).map(|i| self.game.value(Coalition::singleton(i))).collect();
        let adds_up = self.game.decisiveness() == 1.0 || alone.contains(&RBig::ONE);
        vec![
            Claim::exact(format!("{what}: the claims of coalitions add up"), adds_up),
            Claim::exact(format!("{what}: everybody gets its own claim"), *allocation == alone),
        ]
    }

    /// That there is no imputation: alone the players can get more than there is.
    pub fn no_imputation(&self) -> Claim {
        let alone = (0..self.game.players()).map(|i| self.game.value(Coalition::singleton(i)));
        let words = "nucleolus: no allocation gives everybody what it can get alone";
        Claim::exact(words, sum(alone) > RBig::ONE)
    }

    /// That an allocation is the prenucleolus, or of `imputations` the nucleolus: where nobody
    /// gets less than it can get alone the two are the same.
    pub fn nucleolus(&self, what: &str, found: &ExactNucleolus, imputations: bool) -> Vec<Claim> {
        let claim = |words: &str, holds| Claim::exact(format!("{what}: {words}"), holds);
        let n = self.game.players();
        let Some(x) = self.by.payoffs(&found.allocation) else { return vec![unequal(what)] };
        let mut claims = vec![self.by.efficient(what, &x)];
        if imputations {
            let alone = |i: usize| self.game.value(Coalition::singleton(i));
            let rational = (0..n).all(|i| found.allocation[i] >= alone(i));
            claims.push(claim("nobody gets less than it can get alone", rational));
        }
        if found.levels.is_empty() {
            let only = n == 1;
            claims.push(claim("there is no other allocation to compare it with", only));
            return claims;
        }
        if !self.by.well_formed(found) {
            claims.push(claim("the finding is well-formed", false));
            return claims;
        }
        let mut span = CountSpan::new(self.by.types.len());
        span.insert(self.by.counts(self.by.grand()));
        let [mut positive, mut one, mut inside] = [true; 3];
        let (mut tight, mut ascent, mut above) = (0.0f64, 0.0f64, 0.0f64);
        let mut before: Option<&RBig> = None;
        for level in &found.levels {
            let weights = level.weights.iter().map(|(_, weight)| weight);
            positive &= weights.clone().all(|weight| *weight > RBig::ZERO);
            one &= sum(weights) == RBig::ONE;
            let orthogonal = span.orthogonal();
            inside &= orthogonal.iter().all(|z| self.by.is_orthogonal(level, z));
            // Levels of one excess: what is settled before the first is asked once.
            if before.is_none_or(|before| level.excess != *before) {
                above = above.max(self.unsettled_above(&x, &level.excess, &orthogonal));
            }
            for &(s, _) in &level.weights {
                tight = tight.max(size(&(self.excess(s, &x) - &level.excess)));
                span.insert(self.by.counts(s));
            }
            let rise = before.map_or(RBig::ZERO, |before| &level.excess - before);
            ascent = ascent.max(rise.to_f64().value());
            before = Some(&level.excess);
        }
        let words = |words: &str| format!("{what}: {words}");
        claims.extend([
            claim("the weights of every level are above zero", positive),
            claim("the weights of every level sum to one", one),
            claim("every level is balanced by those before it", inside),
            within(words("the coalitions of a level have its excess"), tight),
            within(words("the levels descend"), ascent),
            claim("the levels settle all payoffs", span.rank() == self.by.types.len()),
            within(words("all with a larger excess are settled before"), above),
        ]);
        claims
    }

    /// By how much an excess of a coalition that does not have product 0 with all of the vectors
    /// is above `excess`; 0 if by no more than rounding. Infinite if the game or the numbers are
    /// too large to tell.
    fn unsettled_above(&self, x: &[RBig], excess: &RBig, orthogonal: &[Vec<IBig>]) -> f64 {
        let Some(scan) = &self.scan else { return f64::INFINITY };
        let Some(keys) = packed(&self.by.types, orthogonal) else { return f64::INFINITY };
        let paid: Vec<f64> = x.iter().map(|x| x.to_f64().value()).collect();
        let excess = excess.to_f64().value();
        // Sums of larger payoffs are not good to the digits that are claimed.
        if !excess.is_finite() || paid.iter().any(|x| x.abs() > 10.0) {
            return f64::INFINITY;
        }
        let floor = excess + Tolerances::DEFAULT.rounding;
        let over = |key: &Vec<i128>| {
            let largest = scan.largest(&Question { paid: &paid, key, floor });
            if largest > floor { largest - excess } else { 0.0 }
        };
        keys.iter().map(over).fold(0.0, f64::max)
    }
}
