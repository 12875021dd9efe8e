//! The tactics of the alignment game: one table, a row for each.
//!
//! A posture gives a state a **side**, an **effort** `e` in the contest, an **armament** `a`,
//! a **cost** `k` (a fraction of its own power) and a **timing**. What the numbers are is for
//! [`TacticParameters`] to say; what a posture *is* stands in [`Posture::row`] and nowhere
//! else.
//!
//! | posture | side | effort | armament | cost | source |
//! |---|---|---|---|---|---|
//! | balance | against | 1 | 1 | alliance | Waltz (1979), pp. 125–128; Walt (1987), pp. 17–19 |
//! | bandwagon | with | 1 | 1 | alliance | Walt (1987), pp. 19–21; Schweller (1994) |
//! | abstain | alone | 1 | 1 | 0 | Schroeder (1994) on hiding |
//! | pass | against | 0 | 1 | 0 | Christensen & Snyder (1990); Mearsheimer (2001), pp. 157–162 |
//! | arm | against | 1 | 1 + g | arms | Waltz (1979), p. 168, on internal balancing |
//! | soft | against | f | 1 | small | Pape (2005) |
//! | wait | whoever prevails | 0 | 1 | 0 | Schweller (1994), pp. 93–95 |
//! | bleed | alone | 1 | 1 | small | Mearsheimer (2001), pp. 154–155, on bloodletting |
//! | bait | alone | 1 | 1 | small | Mearsheimer (2001), pp. 153–154, on bait and bleed |
//!
//! To bleed or to bait pays by what a state makes of the others' control (driver threat,
//! affinities): its own control is then no more than that of a state that abstains. Where a
//! state's control alone counts, both are worse than to abstain.
//!
//! The leading state plays **expand**, and there is a contest, or **restrain**, and each keeps
//! what it has (costs are still paid).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::parameters::TacticParameters;

/// What a state does: the others towards the leading one, the leading one by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Posture {
    /// Join the bloc against the leading state and fight: external balancing.
    Balance,
    /// Join the leading state's bloc.
    Bandwagon,
    /// Stand and fight alone.
    Abstain,
    /// Share the fate of the bloc against the leading state, not its fight: buck-passing.
    Pass,
    /// Join the bloc against the leading state with more arms: internal balancing.
    Arm,
    /// Join it with what is not military alone: soft balancing.
    Soft,
    /// Join the victor when all is decided: fence-sitting.
    Wait,
    /// Stand alone, and make the war of the others cost them more: bloodletting.
    Bleed,
    /// Stand alone, and bring about a war that deterrence would have prevented.
    Bait,
    /// Of the leading state: contest.
    Expand,
    /// Of the leading state: leave everybody what it has.
    Restrain,
}

/// Where a posture puts a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// In the leading state's bloc.
    With,
    /// In the bloc against the leading state.
    Against,
    /// In a bloc of its own.
    Alone,
    /// In none before the victory, then in the one that prevails.
    Victor,
}

/// How much of its power a state fights with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// All: `e = 1`.
    Full,
    /// What is not military: `e = f`.
    Part,
    /// None: `e = 0`.
    Spared,
}

/// What a posture costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cost {
    /// Nothing.
    Free,
    /// What an alliance costs.
    Alliance,
    /// What arming costs.
    Arms,
    /// A small cost.
    Small,
}

/// What a posture does to the war of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing beyond its own part in it.
    Plain,
    /// Whoever fights on a side loses more by it.
    Bleeds,
    /// There is a war even where deterrence would have held.
    Baits,
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What reports and the command line call it.
    pub name: &'static str,
    /// What a state that plays it is called.
    pub role: &'static str,
    /// Where it puts a state.
    pub side: Side,
    /// How much of its power the state fights with.
    pub effort: Effort,
    /// Whether the state's power is multiplied by `1 + g`.
    pub armed: bool,
    /// What it costs.
    pub cost: Cost,
    /// What it does to the war of the others.
    pub effect: Effect,
}

impl Posture {
    /// The tactics of the states that face the leading one, in the order of the table.
    pub const ALL: [Self; 9] = [
        Self::Balance,
        Self::Bandwagon,
        Self::Abstain,
        Self::Pass,
        Self::Arm,
        Self::Soft,
        Self::Wait,
        Self::Bleed,
        Self::Bait,
    ];

    /// The tactics of the base game.
    pub const BASE: [Self; 3] = [Self::Balance, Self::Bandwagon, Self::Abstain];

    /// What the leading state can do.
    pub const OF_LEADER: [Self; 2] = [Self::Expand, Self::Restrain];

    /// The posture's row in the table.
    pub const fn row(self) -> Row {
        use Cost::{Alliance, Arms, Free, Small};
        use Effect::{Baits, Bleeds, Plain};
        use Effort::{Full, Part, Spared};
        use Side::{Against, Alone, Victor, With};
        #[rustfmt::skip]
        let (name, role, side, effort, armed, cost, effect) = match self {
            Self::Balance   => ("balance",   "balancer",          Against, Full,   false, Alliance, Plain),
            Self::Bandwagon => ("bandwagon", "bandwagoner",       With,    Full,   false, Alliance, Plain),
            Self::Abstain   => ("abstain",   "bystander",         Alone,   Full,   false, Free,     Plain),
            Self::Pass      => ("pass",      "buck-passer",       Against, Spared, false, Free,     Plain),
            Self::Arm       => ("arm",       "internal balancer", Against, Full,   true,  Arms,     Plain),
            Self::Soft      => ("soft",      "soft balancer",     Against, Part,   false, Small,    Plain),
            Self::Wait      => ("wait",      "fence-sitter",      Victor,  Spared, false, Free,     Plain),
            Self::Bleed     => ("bleed",     "bloodletter",       Alone,   Full,   false, Small,    Bleeds),
            Self::Bait      => ("bait",      "baiter",            Alone,   Full,   false, Small,    Baits),
            Self::Expand    => ("expand",    "expansionist",      With,    Full,   false, Free,     Plain),
            Self::Restrain  => ("restrain",  "restrained",        With,    Full,   false, Free,     Plain),
        };
        Row { name, role, side, effort, armed, cost, effect }
    }

    /// The posture's name, as reports and the command line have it.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// What a state that plays it is called: balancer, bandwagoner, buck-passer…
    pub const fn role(self) -> &'static str {
        self.row().role
    }

    /// Where it puts a state.
    pub const fn side(self) -> Side {
        self.row().side
    }

    /// Whether it is the leading state's, not the others'.
    pub const fn is_of_leader(self) -> bool {
        matches!(self, Self::Expand | Self::Restrain)
    }

    /// What it costs, as a fraction of the state's own power.
    pub const fn cost(self, parameters: &TacticParameters) -> f64 {
        match self.row().cost {
            Cost::Free => 0.0,
            Cost::Alliance => parameters.alliance_cost,
            Cost::Arms => parameters.arms_cost,
            Cost::Small => parameters.small_cost,
        }
    }
}

impl fmt::Display for Posture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The tactics of a game: those of the states that face the leading one, at least one, and
/// whether the leading one may restrain itself. The order in which they were named does not
/// matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tactics(u16);

impl Tactics {
    /// Those of the base game: balance, bandwagon, abstain.
    pub const BASE: Self = Self(0b111);

    /// These tactics. `None` unless one of them is for the states that face the leading one.
    pub fn new(postures: impl IntoIterator<Item = Posture>) -> Option<Self> {
        let set = postures.into_iter().fold(0, |set, posture| set | 1 << posture as u16);
        // That it can expand goes without saying.
        let tactics = Self(set & !(1 << Posture::Expand as u16));
        (!tactics.of_followers().is_empty()).then_some(tactics)
    }

    /// Whether this is one of them. The leading state can always expand.
    pub const fn contains(self, posture: Posture) -> bool {
        self.0 >> posture as u16 & 1 == 1 || matches!(posture, Posture::Expand)
    }

    /// What the states that face the leading one can do, in the order of their actions.
    pub fn of_followers(self) -> Vec<Posture> {
        Posture::ALL.into_iter().filter(|&posture| self.contains(posture)).collect()
    }

    /// What the leading state can do, in the order of its actions: expand, and restrain itself
    /// where that is among the tactics.
    pub fn of_leader(self) -> Vec<Posture> {
        Posture::OF_LEADER.into_iter().filter(|&posture| self.contains(posture)).collect()
    }

    /// All that are named: the leading state's only where it has a choice.
    pub fn named(self) -> Vec<Posture> {
        let mut named = self.of_followers();
        let of_leader = self.of_leader();
        if of_leader.len() > 1 {
            named.extend(of_leader);
        }
        named
    }

    /// Whether they are those of the base game.
    pub fn is_base(self) -> bool {
        self.of_followers() == Posture::BASE && !self.contains(Posture::Restrain)
    }

    /// How many profiles `states` states have with them; `None` if that exceeds `u64`.
    pub fn profiles(self, states: usize) -> Option<u64> {
        let each = self.of_followers().len() as u64;
        let followers = u32::try_from(states.saturating_sub(1)).ok()?;
        each.checked_pow(followers)?.checked_mul(self.of_leader().len() as u64)
    }
}

impl Default for Tactics {
    fn default() -> Self {
        Self::BASE
    }
}

impl fmt::Display for Tactics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.named().iter().map(|p| p.name()).collect::<Vec<_>>().join(","))
    }
}

impl FromStr for Posture {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let all = || Self::ALL.into_iter().chain(Self::OF_LEADER);
        all().find(|posture| posture.name() == text).ok_or_else(|| {
            let names: Vec<&str> = all().map(Self::name).collect();
            format!("expected one of {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_keys_of_reports() {
        for posture in Posture::ALL.into_iter().chain(Posture::OF_LEADER) {
            assert_eq!(serde_json::to_string(&posture).unwrap(), format!("\"{posture}\""));
            assert_eq!(posture.name().parse(), Ok(posture));
        }
        assert!("balnce".parse::<Posture>().unwrap_err().contains("bandwagon"));
    }

    #[test]
    fn tactics_are_a_set_in_the_order_of_the_table() {
        let tactics = Tactics::new([Posture::Pass, Posture::Balance, Posture::Pass]).unwrap();
        assert_eq!(tactics.of_followers(), [Posture::Balance, Posture::Pass]);
        assert_eq!(tactics.of_leader(), [Posture::Expand]);
        assert_eq!(tactics.profiles(5), Some(16));
        assert_eq!(tactics.to_string(), "balance,pass");
        let both = Tactics::new([Posture::Balance, Posture::Restrain]).unwrap();
        assert_eq!(
            (both.profiles(3), both.to_string()),
            (Some(2), "balance,expand,restrain".into())
        );
        assert_eq!(Tactics::new([Posture::Restrain]), None);
        assert!(Tactics::BASE.is_base() && Tactics::default() == Tactics::BASE);
        assert!(
            Tactics::new([Posture::Expand].into_iter().chain(Posture::BASE)).unwrap().is_base()
        );
        assert_eq!(Tactics::BASE.profiles(60), None);
    }
}
