//! Re-verifies the answers on a game that is given by a rule, from its definition. O(n log n).

use dashu_ratio::RBig;

use crate::certify::Claim;
use crate::exact::sum;
use crate::finding::cooperative::ByRule;
use crate::game::cooperative::{DivisionRule, RuleGame};

/// The claims of a finding.
pub fn claims(found: &ByRule, game: &RuleGame) -> Vec<Claim> {
    let complete = found.nucleolus.len() == game.names().len();
    let mut claims = vec![Claim::exact("nucleolus: there is a number for each player", complete)];
    if complete {
        claims.extend(nucleolus(&found.nucleolus, game));
    }
    let agrees = found.shapley == shapley(game);
    claims.push(Claim::exact("shapley: users of each step of the runway share it alike", agrees));
    let agrees = found.core == core(game);
    claims.push(Claim::exact("core: the ranges are those of the rule", agrees));
    claims
}

/// That numbers, one for each player, are the nucleolus, and in the core.
pub fn nucleolus(paid: &[RBig], game: &RuleGame) -> [Claim; 2] {
    let (is, text, is_in_core) = match game.rule() {
        DivisionRule::Airport { costs } => {
            let airport = Airport::of(costs);
            let text = "nucleolus: each group pays the least mean that the players up to some \
                        cost, and one more, would";
            (airport.is_nucleolus(paid), text, airport.is_in_core(paid))
        }
        DivisionRule::Bankruptcy { estate, claims } => {
            let text = "nucleolus: awards, or losses, are equal but half a claim at most";
            let within = paid.iter().zip(claims).all(|(x, claim)| *x >= RBig::ZERO && x <= claim);
            let all = sum(paid.iter()) == *estate;
            (is_talmud(paid, estate, claims), text, within && all)
        }
    };
    let stays = Claim::exact("core: no coalition does better alone", is_in_core);
    [Claim::exact(text, is), stays]
}

/// The Shapley value of an airport game, player by player: `(n − k)·(φ_k − φ_{k−1}) = c_k − c_{k−1}`
/// in the order of costs.
pub fn shapley(game: &RuleGame) -> Option<Vec<RBig>> {
    let DivisionRule::Airport { costs } = game.rule() else { return None };
    let n = costs.len();
    let mut paid = vec![RBig::ZERO; n];
    let (mut cost, mut before) = (&RBig::ZERO, RBig::ZERO);
    for (place, i) in Airport::of(costs).rising.into_iter().enumerate() {
        before += (&costs[i] - cost) / RBig::from(n - place);
        cost = &costs[i];
        paid[i] = before.clone();
    }
    Some(paid)
}

/// What each player gets in the core, or pays: from what it adds to all others to what it has
/// alone, or from what they leave of the estate to its claim.
pub fn core(game: &RuleGame) -> Vec<[RBig; 2]> {
    match game.rule() {
        DivisionRule::Airport { costs } => {
            let rising = Airport::of(costs).rising;
            let mut last = rising.iter().rev();
            let dearest = last.next().copied();
            let others = last.next().map_or(RBig::ZERO, |&i| costs[i].clone());
            let added = |i: usize| match Some(i) == dearest {
                true => &costs[i] - &others,
                false => RBig::ZERO,
            };
            costs.iter().enumerate().map(|(i, cost)| [added(i), cost.clone()]).collect()
        }
        DivisionRule::Bankruptcy { estate, claims } => {
            let total = sum(claims.iter());
            let range = |claim: &RBig| {
                let unpaid = &total - claim;
                let left = if *estate > unpaid { estate - unpaid } else { RBig::ZERO };
                [left, if claim < estate { claim.clone() } else { estate.clone() }]
            };
            claims.iter().map(range).collect()
        }
    }
}

/// Players in the order of their costs.
struct Airport<'a> {
    costs: &'a [RBig],
    rising: Vec<usize>,
}

impl<'a> Airport<'a> {
    fn of(costs: &'a [RBig]) -> Self {
        let rising =
            crate::order::by(0..costs.len(), |a, b| costs[a].cmp(&costs[b]).then(a.cmp(&b)));
        Self { costs, rising }
    }

    /// Payments never fall along the order. Within a group that pays `r` each, what it and all
    /// before it pay, with one `r` more, is at most each cost and equals that at which it ends.
    /// (A later cost is above this group's line since it is above the line of its own group, which
    /// begins on this one and is steeper.) The last pay what is left, with nobody to spare.
    fn is_nucleolus(&self, paid: &[RBig]) -> bool {
        let mut sum = RBig::ZERO;
        self.rising.iter().enumerate().all(|(place, &i)| {
            sum += &paid[i];
            let Some(&next) = self.rising.get(place + 1) else { return sum == self.costs[i] };
            // Players with one cost pay as one.
            if self.costs[next] == self.costs[i] {
                return paid[next] == paid[i];
            }
            let with_one_more = &sum + &paid[i];
            let goes_on = paid[next] == paid[i];
            paid[next] >= paid[i]
                && with_one_more <= self.costs[i]
                && (goes_on || with_one_more == self.costs[i])
        })
    }

    fn is_in_core(&self, paid: &[RBig]) -> bool {
        let mut sum = RBig::ZERO;
        self.rising.iter().enumerate().all(|(place, &i)| {
            sum += &paid[i];
            let last = place + 1 == self.rising.len();
            paid[i] >= RBig::ZERO && sum <= self.costs[i] && (!last || sum == self.costs[i])
        })
    }
}

fn is_talmud(paid: &[RBig], estate: &RBig, claims: &[RBig]) -> bool {
    let two = RBig::from(2);
    let total = sum(claims.iter());
    let losses = estate * &two > total;
    let share: Vec<RBig> =
        paid.iter().zip(claims).map(|(x, c)| if losses { c - x } else { x.clone() }).collect();
    let divided = sum(share.iter());
    let most = share.iter().fold(RBig::ZERO, |most, x| if *x > most { x.clone() } else { most });
    let equal = share.iter().zip(claims).all(|(x, claim)| {
        let half = claim / &two;
        *x >= RBig::ZERO && *x == if half < most { half } else { most.clone() }
    });
    equal && divided == if losses { &total - estate } else { estate.clone() }
}
