//! The claims on the levels that prove a nucleolus (Kohlberg 1971), the same for games of listed
//! coalitions and for games whose coalitions come in classes.

use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::exact::sum;
use crate::finding::cooperative::ExactLevel;

/// The levels so far, in their order.
pub(in crate::certify) struct Levels<'a> {
    before: Option<&'a RBig>,
    positive: bool,
    one: bool,
    inside: bool,
    tight: bool,
    descends: bool,
}

impl<'a> Levels<'a> {
    pub(in crate::certify) fn new() -> Self {
        let [positive, one, inside, tight, descends] = [true; 5];
        Self { before: None, positive, one, inside, tight, descends }
    }

    /// Adds the next level: `inside` says whether it is balanced by those before it, `tight`
    /// whether its coalitions have its excess.
    pub(in crate::certify) fn add(&mut self, level: &'a ExactLevel, inside: bool, tight: bool) {
        let weights = level.weights.iter().map(|(_, weight)| weight);
        let floors = level.floors.iter().map(|(_, weight)| weight);
        self.positive &= weights.clone().chain(floors).all(|weight| *weight > RBig::ZERO);
        self.one &= sum(weights) == RBig::ONE;
        self.inside &= inside;
        self.tight &= tight;
        self.descends &= self.before.is_none_or(|before| level.excess <= *before);
        self.before = Some(&level.excess);
    }

    /// The claims: with whether the levels settle all payoffs, and, asked only where the levels
    /// descend, whether all coalitions with a larger excess are settled before.
    pub(in crate::certify) fn claims(
        self,
        claim: impl Fn(&str, bool) -> Claim,
        settles: bool,
        settled_above: impl FnOnce() -> bool,
    ) -> [Claim; 7] {
        [
            claim("the weights of every level are above zero", self.positive),
            claim("the weights of every level sum to one", self.one),
            claim("every level is balanced by those before it", self.inside),
            claim("the coalitions of a level have its excess", self.tight),
            claim("the levels descend", self.descends),
            claim("the levels settle all payoffs", settles),
            claim("all with a larger excess are settled before", self.descends && settled_above()),
        ]
    }
}
