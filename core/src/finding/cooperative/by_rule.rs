//! What is found out about a game that is given by a rule.

use dashu_ratio::RBig;

/// Answers in closed form, by player.
#[derive(Debug, Clone, PartialEq)]
pub struct ByRule {
    /// The Shapley value; of an airport game alone.
    pub shapley: Option<Vec<RBig>>,
    /// The nucleolus, which is also the prenucleolus and in the core.
    pub nucleolus: Vec<RBig>,
    /// What each gets in the core at least and at most, or pays.
    pub core: Vec<[RBig; 2]>,
}
