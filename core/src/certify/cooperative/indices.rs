//! Re-checks what is claimed of a cooperative game from the definitions, exactly: indices by
//! going through all coalitions one by one, properties by their inequalities, structures by
//! the recurrence over subsets.

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;

use crate::coalition::Coalition;
use crate::exact::sum;
use crate::finding::cooperative::{Coleman, Property};
use crate::game::cooperative::number::{Amount, Numerators};
use crate::game::cooperative::{ExactTable, Game, Sense};

/// The most players whose marginal contributions are always added up one by one.
pub const ALWAYS_SUMMED: usize = 16;
/// The most players for whom all pairs of disjoint coalitions are always looked at.
pub const ALWAYS_PAIRED: usize = 13;
/// The most for whom they are looked at on request: 387,420,489 pairs.
pub const MOST_PAIRED: usize = 18;

/// Numbers divided by their sum; `None` if that is 0.
pub fn normalized(x: &[RBig]) -> Option<Vec<RBig>> {
    let sum = sum(x.iter());
    if sum.is_zero() { None } else { Some(x.iter().map(|x| x / &sum).collect()) }
}

/// The indices of minimal winning and of critical players, by going through all coalitions:
/// Deegan–Packel, Holler–Packel, Johnston. `None` if no coalition wins.
pub fn indices(table: &ExactTable) -> Option<[Vec<RBig>; 3]> {
    let n = table.players();
    let wins = |s: Coalition| !table.numerators().get(s.bits() as usize).is_zero();
    let [mut deegan, mut holler, mut johnston] = [(); 3].map(|()| vec![RBig::ZERO; n]);
    for s in Coalition::all(n).filter(|&s| wins(s)) {
        let critical: Vec<usize> = s.members().filter(|&i| !wins(s.without(i))).collect();
        if critical.is_empty() {
            continue;
        }
        let part = RBig::from_parts(IBig::ONE, UBig::from(critical.len()));
        critical.iter().for_each(|&i| johnston[i] += &part);
        if critical.len() == s.len() {
            critical.iter().for_each(|&i| deegan[i] += &part);
            critical.iter().for_each(|&i| holler[i] += RBig::ONE);
        }
    }
    Some([normalized(&deegan)?, normalized(&holler)?, normalized(&johnston)?])
}

/// Coleman's indices, by going through all coalitions. O(n 2^n).
pub fn coleman(table: &ExactTable) -> Coleman {
    let n = table.players();
    let wins = |s: Coalition| !table.numerators().get(s.bits() as usize).is_zero();
    let (mut winning, mut swings) = (0u64, vec![0u64; n]);
    for s in Coalition::all(n).filter(|&s| wins(s)) {
        winning += 1;
        s.members().filter(|&i| !wins(s.without(i))).for_each(|i| swings[i] += 1);
    }
    of_counts(n, &winning.into(), &swings.into_iter().map(UBig::from).collect::<Vec<_>>())
}

/// Coleman's indices of so many winning coalitions and swings.
pub fn of_counts(n: usize, winning: &UBig, swings: &[UBig]) -> Coleman {
    let all = UBig::ONE << n;
    let over = |below: &UBig| {
        let part = |swings: &UBig| RBig::from_parts(swings.clone().into(), below.clone());
        swings.iter().map(part).collect::<Vec<_>>()
    };
    Coleman {
        act: RBig::from_parts(winning.clone().into(), all.clone()),
        prevent: over(winning),
        initiate: over(&(&all - winning)),
    }
}

/// The players in some minimal winning coalition, who are all that are critical in one, and how
/// many there are of these coalitions. `None` if the game is not monotone. O(n 2^n).
pub fn essential(table: &ExactTable) -> Option<(Vec<usize>, UBig)> {
    let mut total = 0u64;
    let (mut essential, mut critical) = (Coalition::EMPTY, Coalition::EMPTY);
    let wins = |s: Coalition| !table.numerators().get(s.bits() as usize).is_zero();
    for s in Coalition::all(table.players()).filter(|&s| wins(s)) {
        let needed: Coalition = s.members().filter(|&i| !wins(s.without(i))).collect();
        critical = critical.union(needed);
        if needed == s {
            total += 1;
            essential = essential.union(s);
        }
    }
    (essential == critical).then(|| (essential.members().collect(), UBig::from(total)))
}

/// A property of games.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// `v(S) ≤ v(T)` for `S ⊂ T`.
    Monotone,
    /// `v(S) + v(T) ≤ v(S∪T)` for disjoint `S` and `T`.
    Superadditive,
    /// `v(S) + v(T) ≤ v(S∪T) + v(S∩T)`.
    Convex,
    /// `v(S) + v(N∖S) = v(N)`.
    ConstantSum,
}

impl Which {
    /// Its name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Monotone => "monotone",
            Self::Superadditive => "superadditive",
            Self::Convex => "convex",
            Self::ConstantSum => "constant_sum",
        }
    }

    /// Whether two coalitions are a counterexample. Of costs convex and superadditive are
    /// asked of the negative.
    pub fn fails(self, table: &ExactTable, [s, t]: [Coalition; 2]) -> bool {
        let grand = Coalition::grand(table.players());
        if !s.is_subset_of(grand) || !t.is_subset_of(grand) {
            return false;
        }
        let apart = table.value(s) + table.value(t);
        let joined = table.value(s.union(t)) + table.value(s.intersection(t));
        let loses = match table.sense() {
            Sense::Worth => apart > joined,
            Sense::Cost => apart < joined,
        };
        match self {
            Self::Monotone => s.is_subset_of(t) && table.value(s) > table.value(t),
            Self::Superadditive => s.is_disjoint(t) && loses,
            Self::Convex => loses,
            Self::ConstantSum => t == s.complement(table.players()) && apart != table.value(grand),
        }
    }

    /// Whether looking for a counterexample among so many players is always done.
    pub fn is_short(self, players: usize) -> bool {
        match self {
            Self::Superadditive => players <= ALWAYS_PAIRED,
            _ => players <= ALWAYS_SUMMED,
        }
    }

    /// Whether no coalitions are a counterexample, looked for one pair after the other.
    pub fn holds(self, table: &ExactTable) -> bool {
        let n = table.players();
        let mut all = std::iter::once(Coalition::EMPTY).chain(Coalition::all(n));
        let larger = |s: Coalition| s.complement(n).members().map(move |i| s.with(i));
        match self {
            Self::Monotone => all.all(|s| larger(s).all(|t| !self.fails(table, [s, t]))),
            Self::ConstantSum => all.all(|s| !self.fails(table, [s, s.complement(n)])),
            Self::Convex => all.all(|s| {
                larger(s).all(|a| larger(s).all(|b| a >= b || !self.fails(table, [a, b])))
            }),
            Self::Superadditive => all.all(|s| {
                let rest = s.complement(n);
                subsets(rest).all(|t| t < s || !self.fails(table, [s, t]))
            }),
        }
    }

    /// The claim that a property was found as it is, if it was decided and is examined.
    pub fn agrees(self, table: &ExactTable, found: &Property, thorough: bool) -> Option<bool> {
        match found {
            Property::Fails(pair) => Some(self.fails(table, *pair)),
            Property::Holds
                if self.is_short(table.players())
                    || thorough
                        && (self != Self::Superadditive || table.players() <= MOST_PAIRED) =>
            {
                Some(self.holds(table))
            }
            _ => None,
        }
    }
}

/// The subsets of a coalition, the empty one last.
fn subsets(of: Coalition) -> impl Iterator<Item = Coalition> {
    let mut next = Some(of.bits());
    std::iter::from_fn(move || {
        let bits = next?;
        next = if bits == 0 { None } else { Some((bits - 1) & of.bits()) };
        Some(Coalition(bits))
    })
}

/// The best sum of values of any structure, by the recurrence over subsets. O(3^n).
pub fn best_structure(table: &ExactTable) -> RBig {
    let best = match table.numerators() {
        Numerators::Small(v) => best_of(v, table.sense()),
        Numerators::Wide(v) => best_of(v, table.sense()),
        Numerators::Big(v) => best_of(v, table.sense()),
    };
    table.ratio(best)
}

fn best_of<T: Amount>(values: &[T], sense: Sense) -> IBig
where
    IBig: From<T>,
{
    let better = |a: &T, b: &T| match sense {
        Sense::Worth => a > b,
        Sense::Cost => a < b,
    };
    let mut best = values.to_vec();
    for set in 1..values.len() {
        let first = set & set.wrapping_neg();
        let others = set ^ first;
        let mut part = others;
        while part != 0 {
            let sum = values[set ^ part].plus(&best[part]);
            if better(&sum, &best[set]) {
                best[set] = sum;
            }
            part = (part - 1) & others;
        }
    }
    best.last().cloned().map(IBig::from).unwrap_or(IBig::ZERO)
}

/// Whether a set of players is a minimal winning coalition.
pub fn is_minimal_winning(game: &Game, members: &[usize]) -> bool {
    let wins = |members: &[usize]| match game {
        Game::Table(table) => {
            let s: Coalition = members.iter().copied().collect();
            !table.numerators().get(s.bits() as usize).is_zero()
        }
        Game::Weighted(game) => game.wins_with(members),
        // Not taken for a simple game.
        Game::Contest(_) => false,
    };
    let without = |i: usize| members.iter().copied().filter(|&j| j != i).collect::<Vec<_>>();
    wins(members) && members.iter().all(|&i| !wins(&without(i)))
}
