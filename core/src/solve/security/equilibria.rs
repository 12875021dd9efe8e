//! Every pure equilibrium, depth first.
//!
//! The states take their stances in turn, the strongest first. Whatever the rest does, the power
//! of either side stays between what it has and that plus all of the rest's: so each stance's loss
//! lies between two bounds, `Q` and `x` rising in `P(A)` and falling in what resists. Where a
//! stance already taken must lose more than another, no equilibrium is below. At a leaf the best
//! replies themselves decide.

use crate::coalition::Coalition;
use crate::game::security::{Field, Force};
use crate::game::{SecurityGame, Stance};
use crate::tolerance::Tolerances;
use crate::work::Work;

/// How many nodes between two looks at the clock.
const NODES: u64 = 1 << 14;

/// All equilibria, in the order of profiles. `None` if the time was up.
pub(super) fn find(game: &SecurityGame, work: &Work) -> Option<Vec<Vec<Stance>>> {
    let (choosers, shares) = (game.choosers().iter().copied(), game.shares());
    let order = crate::order::by(choosers, |a, b| shares[b].total_cmp(&shares[a]));
    let mut rest = vec![0.0; order.len() + 1];
    for at in (0..order.len()).rev() {
        rest[at] = rest[at + 1] + shares[order[at]];
    }
    let mut search =
        Search { game, work, order, rest, taken: Vec::new(), nodes: 0, found: Vec::new() };
    search.descend(Sides {
        attackers: game.force(Coalition::EMPTY.with(game.target())),
        defenders: Force::default(),
        hiders: Coalition::EMPTY,
    })?;
    search.found.sort();
    Some(search.found)
}

/// Both sides and the hiders so far.
type Sides = Field;

struct Search<'a> {
    game: &'a SecurityGame,
    work: &'a Work<'a>,
    /// The choosers, the strongest first.
    order: Vec<usize>,
    /// The power of those from this place on.
    rest: Vec<f64>,
    taken: Vec<Stance>,
    nodes: u64,
    found: Vec<Vec<Stance>>,
}

impl Search<'_> {
    fn descend(&mut self, sides: Sides) -> Option<()> {
        self.nodes += 1;
        if self.nodes.is_multiple_of(NODES) && self.work.is_over() {
            return None;
        }
        let depth = self.taken.len();
        if depth == self.order.len() {
            if (0..depth).all(|at| self.is_reply(&sides, at)) {
                self.found.push(self.profile());
            }
            return Some(());
        }
        let i = self.order[depth];
        for stance in Stance::ALL {
            let next = taking(self.game, sides, i, stance);
            self.taken.push(stance);
            if (0..=depth).all(|at| self.can_be(&next, at)) {
                self.descend(next)?;
            }
            self.taken.pop();
        }
        Some(())
    }

    /// What the state at this place sees of the others.
    fn field(&self, sides: &Sides, at: usize) -> Field {
        without(self.game, *sides, self.order[at], self.taken[at])
    }

    fn is_reply(&self, sides: &Sides, at: usize) -> bool {
        self.game.reply(&self.field(sides, at), self.order[at]) == self.taken[at]
    }

    /// Whether the stance taken at this place can be a best reply, whatever the rest does.
    fn can_be(&self, sides: &Sides, at: usize) -> bool {
        let bounds = self.bounds(&self.field(sides, at), self.order[at]);
        let [own, _] = bounds[self.taken[at] as usize];
        bounds.iter().all(|[_, most]| own <= most + Tolerances::DEFAULT.rounding)
    }

    /// The least and the largest loss by each stance.
    fn bounds(&self, field: &Field, i: usize) -> [[f64; 2]; 3] {
        let game = self.game;
        let rest = self.rest[self.taken.len()];
        let parameters = game.parameters();
        let (p, threat) = (game.shares()[i], game.threat(i));
        let (a, b) = (field.attackers.power, field.defenders.power);
        let alone = field.defenders.members.is_empty();
        // Q at its least and at its largest, where the sides have at least these powers.
        let range = |a: f64, b: f64, nobody: bool| {
            let most = if nobody { 1.0 } else { ratio(game, a + rest, b, true) };
            [if nobody && rest <= 0.0 { 1.0 } else { ratio(game, a, b + rest, false) }, most]
        };
        let shared = parameters.commitment_cost;
        let resisted = range(a, b + p, false);
        let hidden = range(a, b, alone);
        let overcome = [ratio(game, a, p, false), ratio(game, a + rest, p, true)];
        let joined = range(a + p, b, alone);
        let bandwagon = joined.map(|q| {
            q * threat * (1.0 - parameters.forbearance)
                + (1.0 - q) * parameters.retribution
                + shared
        });
        let least_shared = if alone { 0.0 } else { shared };
        let most_shared = if alone && rest <= 0.0 { 0.0 } else { shared };
        [
            [resisted[0] * threat + least_shared, resisted[1] * threat + most_shared],
            [hidden[0] * overcome[0] * threat, hidden[1] * overcome[1] * threat],
            [bandwagon[0].min(bandwagon[1]), bandwagon[0].max(bandwagon[1])],
        ]
    }

    fn profile(&self) -> Vec<Stance> {
        let of = |i: &usize| self.order.iter().position(|j| j == i).map(|at| self.taken[at]);
        self.game.choosers().iter().filter_map(of).collect()
    }
}

/// `a^m / (a^m + b^m)`; near a tie of an infinite `m` the end asked for.
fn ratio(game: &SecurityGame, a: f64, b: f64, upper: bool) -> f64 {
    let m = game.decisiveness();
    if m == 2.0 {
        return a * a / (a * a + b * b);
    }
    if m.is_finite() {
        return 1.0 / (1.0 + (b / a).powf(m));
    }
    let slack = if upper { Tolerances::DEFAULT.rounding } else { -Tolerances::DEFAULT.rounding };
    if a + slack >= b { 1.0 } else { 0.0 }
}

/// The sides with state `i`, which takes this stance.
pub(super) fn taking(game: &SecurityGame, sides: Field, i: usize, stance: Stance) -> Field {
    match stance {
        Stance::Balance => Field { defenders: game.joined(sides.defenders, i), ..sides },
        Stance::Hide => Field { hiders: sides.hiders.with(i), ..sides },
        Stance::Bandwagon => Field { attackers: game.joined(sides.attackers, i), ..sides },
    }
}

/// The sides without state `i`, which has this stance.
pub(super) fn without(game: &SecurityGame, sides: Field, i: usize, stance: Stance) -> Field {
    let left = |side: Force| {
        let members = side.members.difference(Coalition::EMPTY.with(i));
        // Nothing is left of the power of nobody, whatever rounding says.
        let power = if members.is_empty() { 0.0 } else { side.power - game.shares()[i] };
        Force { members, power }
    };
    match stance {
        Stance::Balance => Field { defenders: left(sides.defenders), ..sides },
        Stance::Hide => {
            Field { hiders: sides.hiders.difference(Coalition::EMPTY.with(i)), ..sides }
        }
        Stance::Bandwagon => Field { attackers: left(sides.attackers), ..sides },
    }
}
