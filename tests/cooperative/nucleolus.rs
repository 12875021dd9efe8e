//! Nucleolus and prenucleolus of random games of many kinds against brute force in fractions.

use dashu_ratio::RBig;

use equipoise::certify::cooperative::Checker;
use equipoise::coalition::Coalition;
use equipoise::game::cooperative::{ExactTable, Sense, numbered};
use equipoise::lp::Backend;
use equipoise::solve::cooperative::nucleolus::exact::{
    ExactFinding, ExactNucleolus, exact_nucleolus, exact_prenucleolus,
};
use equipoise::solve::cooperative::nucleolus::{NucleolusFinding, nucleolus};
use equipoise::solve::cooperative::separation::ValueTable;
use equipoise::work::Work;

use crate::values::Mix;

/// A dictionary of a linear programme: every basic variable is a constant and a combination of
/// the nonbasic ones, which are 0; none is below zero.
struct Dictionary {
    rows: Vec<Row>,
    columns: Vec<Variable>,
}

struct Row {
    of: Variable,
    constant: RBig,
    terms: Vec<RBig>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Variable {
    /// How much a level is below its start.
    Level,
    /// What a player gets above its floor.
    Payoff(usize),
    /// How far a coalition's excess is below the level.
    Slack(usize),
}

impl Dictionary {
    fn pivot(&mut self, row: usize, column: usize) {
        let mut entering = self.rows.swap_remove(row);
        let scale = std::mem::replace(&mut entering.terms[column], RBig::from(-1));
        entering.constant /= -&scale;
        entering.terms.iter_mut().for_each(|a| *a /= -&scale);
        std::mem::swap(&mut entering.of, &mut self.columns[column]);
        for other in &mut self.rows {
            let factor = std::mem::replace(&mut other.terms[column], RBig::ZERO);
            if factor.is_zero() {
                continue;
            }
            other.constant += &factor * &entering.constant;
            for (a, b) in other.terms.iter_mut().zip(&entering.terms) {
                *a += &factor * b;
            }
        }
        self.rows.push(entering);
    }

    /// The row that bounds a column first, by Bland's rule.
    fn bounding(&self, column: usize) -> Option<usize> {
        let bounds = (0..self.rows.len()).filter(|&r| self.rows[r].terms[column] < RBig::ZERO);
        bounds.min_by_key(|&r| {
            let row = &self.rows[r];
            (-(&row.constant / &row.terms[column]), row.of)
        })
    }

    /// Makes the level as low as can be.
    fn lower(&mut self) {
        let level = self.columns.iter().position(|v| *v == Variable::Level).unwrap();
        let first = self.bounding(level).expect("levels are bounded");
        self.pivot(first, level);
        loop {
            let objective = self.rows.iter().find(|row| row.of == Variable::Level).unwrap();
            let improving = (0..self.columns.len()).filter(|&c| objective.terms[c] > RBig::ZERO);
            let Some(column) = improving.min_by_key(|&c| self.columns[c]) else { return };
            let row = self.bounding(column).expect("levels are bounded");
            self.pivot(row, column);
        }
    }
}

/// The allocation whose largest excess, then the next, is as small as can be, among those that
/// give players these floors at least: level by level (Maschler, Peleg & Shapley 1979), all
/// coalitions at once, in fractions. Whatever a level's objective loses by stays at 0 ever after.
fn by_levels(table: &ExactTable, floors: &[RBig]) -> Vec<RBig> {
    let (n, worths) = (table.players(), table.worths());
    let last = n - 1;
    let over = |s: Coalition| s.members().fold(worths.value(s), |v, i| v - &floors[i]);
    let surplus = over(Coalition::grand(n));
    assert!(surplus >= RBig::ZERO);
    // The last player has what the others leave.
    let indicator =
        |s: Coalition, i: usize| RBig::from(i32::from(s.contains(i)) - i32::from(s.contains(last)));
    let left = |s: Coalition| if s.contains(last) { surplus.clone() } else { RBig::ZERO };
    let start = Coalition::proper(n).map(|s| over(s) - left(s)).max().unwrap();
    let mut rows: Vec<Row> = Coalition::proper(n)
        .map(|s| Row {
            of: Variable::Slack(s.bits() as usize),
            constant: &start - over(s) + left(s),
            terms: (0..last).map(|i| indicator(s, i)).collect(),
        })
        .collect();
    rows.push(Row {
        of: Variable::Payoff(last),
        constant: surplus.clone(),
        terms: vec![RBig::from(-1); last],
    });
    let mut dictionary = Dictionary { rows, columns: (0..last).map(Variable::Payoff).collect() };
    while !dictionary.columns.is_empty() {
        let is_slack = |v: &Variable| matches!(v, Variable::Slack(_));
        // What is settled has nothing left to vary with.
        dictionary.rows.retain(|r| !is_slack(&r.of) || r.terms.iter().any(|a| !a.is_zero()));
        for row in &mut dictionary.rows {
            let nonbasic = dictionary.columns.iter().zip(&row.terms).filter(|(v, _)| is_slack(v));
            let own = if is_slack(&row.of) { RBig::from(-1) } else { RBig::ZERO };
            let term = nonbasic.fold(own, |sum, (_, a)| sum + a);
            row.terms.push(term);
        }
        dictionary.columns.push(Variable::Level);
        dictionary.lower();
        let at = dictionary.rows.iter().position(|row| row.of == Variable::Level).unwrap();
        let objective = dictionary.rows.swap_remove(at).terms;
        let mut keep = objective.iter().map(|d| d.is_zero());
        dictionary.columns.retain(|_| keep.next().unwrap());
        for row in &mut dictionary.rows {
            let mut keep = objective.iter().map(|d| d.is_zero());
            row.terms.retain(|_| keep.next().unwrap());
        }
    }
    let mut x = floors.to_vec();
    for row in &dictionary.rows {
        if let Variable::Payoff(i) = row.of {
            x[i] += &row.constant;
        }
    }
    if table.sense() == Sense::Cost { x.into_iter().map(|x| -x).collect() } else { x }
}

const SHAPES: u64 = 17;
/// Shapes, plainly and on top of a large common offset.
const KINDS: u64 = 2 * SHAPES;

fn game(mix: &mut Mix, kind: u64, n: usize) -> ExactTable {
    let weights: Vec<i64> = (0..n).map(|_| mix.next(30) as i64 + 1).collect();
    let total: i64 = weights.iter().sum();
    let quota = mix.next(total as u64) as i64 + 1;
    let weight = |s: Coalition| s.members().map(|i| weights[i]).sum::<i64>();
    let size = |s: Coalition| s.len() as i64;
    let value = |mix: &mut Mix, s: Coalition| -> i64 {
        match kind % SHAPES {
            0 => mix.next(1000) as i64,
            1 => mix.next(2001) as i64 - 1000,
            2 => mix.next(3) as i64,
            3 => weight(s).pow(2),
            4 => size(s) * 100 + mix.next(150) as i64,
            5 => size(s).pow(2) * 20 + mix.next(30) as i64,
            6 => -s.members().map(|i| weights[i]).max().unwrap(),
            7 => (weight(s) - quota).max(0),
            8 => i64::from(weight(s) >= quota),
            9 => mix.next(2) as i64,
            10 => (s.bits() & 0x55).count_ones().min((s.bits() & 0xAA).count_ones()).into(),
            11 => weight(s) + mix.next(2) as i64,
            12 => mix.next(1 << 30) as i64 * (1 << 30),
            13 => [0, 10i64.pow(15) + mix.next(100) as i64][usize::from(s.len() > 1)],
            14 if s.contains(0) => 10i64.pow(12) + mix.next(20) as i64,
            15 => i64::from(size(s) * 2 > n as i64) * 6 - size(s),
            16 => weight(s) * [3, -2][usize::from(mix.next(4) == 0)],
            _ => mix.next(20) as i64,
        }
    };
    let mut values = vec![RBig::ZERO];
    for s in Coalition::all(n) {
        let plain = RBig::from_parts(value(mix, s).into(), (kind % 3 + 1).into());
        let offset = if kind >= SHAPES { 10i64.pow(14) * weight(s) } else { 0 };
        values.push(plain + RBig::from(offset));
    }
    // Of half the games of values without order the grand coalition has enough for all.
    if mix.next(2) == 0 && matches!(kind % SHAPES, 0 | 1 | 2 | 12) {
        let alone = (0..n).fold(RBig::ZERO, |sum, i| sum + &values[1 << i]);
        *values.last_mut().unwrap() = alone + RBig::from(mix.next(1000));
    }
    let sense = if mix.next(4) == 0 { Sense::Cost } else { Sense::Worth };
    ExactTable::new(numbered(n), &values).unwrap().with_sense(sense)
}

fn decided(finding: ExactFinding) -> ExactNucleolus {
    match finding {
        ExactFinding::Decided(found) => found,
        other => panic!("{other:?}"),
    }
}

/// Games of 34 kinds of 2 to 7 players. More of them with `EQUIPOISE_GAMES`.
#[test]
fn nucleoli_are_those_of_brute_force() {
    let games = std::env::var("EQUIPOISE_GAMES").map_or(8 * KINDS, |n| n.parse().unwrap());
    let mut mix = Mix(20_261_128);
    let (mut with, mut without) = (0, 0);
    for number in 0..games {
        let n = 2 + mix.next(6) as usize;
        let kind = number % KINDS;
        let table = game(&mut mix, kind, n);
        let what = format!("game {number}, kind {kind}: {table:?}");
        let (worths, checker) = (table.worths(), Checker::new(&table));
        let holds = |name: &str, found: &ExactNucleolus, imputations| {
            for claim in checker.nucleolus(name, found, imputations) {
                assert!(claim.holds(), "{claim}: {what}");
            }
        };
        let alone: Vec<RBig> = (0..n).map(|i| worths.value(Coalition::singleton(i))).collect();

        let pre = decided(exact_prenucleolus(&table, &Work::default()).unwrap());
        holds("prenucleolus", &pre, false);
        // Floors so low that none holds.
        let size = |v: RBig| if v < RBig::ZERO { -v } else { v };
        let most = Coalition::all(n).map(|s| size(worths.value(s))).max().unwrap() + RBig::ONE;
        let low = vec![-(most * RBig::from(1000)); n];
        assert_eq!(pre.allocation, by_levels(&table, &low), "{what}");

        let there_is = worths.value(Coalition::grand(n));
        let shortfall = alone.iter().fold(-there_is, |sum, v| sum + v);
        match exact_nucleolus(&table, None, &Work::default()).unwrap() {
            ExactFinding::NoImputation(by) => {
                assert!(by == shortfall && by > RBig::ZERO, "{what}");
                without += 1;
            }
            found => {
                let found = decided(found);
                holds("nucleolus", &found, true);
                assert_eq!(found.allocation, by_levels(&table, &alone), "{what}");
                let known = exact_nucleolus(&table, Some(&pre), &Work::default()).unwrap();
                assert_eq!(decided(known).allocation, found.allocation, "{what}");
                with += 1;
            }
        }
    }
    println!("{games} games, {with} with imputations and {without} without");
    assert!(with > games / 4 && without > games / 20);
}

/// In floats too, where equal shares are no imputation and where players are held at their
/// floors.
#[test]
fn floors_are_spent_once() {
    let values = |text: &str| -> Vec<RBig> {
        let number = |v: &str| RBig::from(v.parse::<i64>().unwrap());
        std::iter::once(RBig::ZERO).chain(text.split(' ').map(number)).collect()
    };
    let games = [
        values("424 763 1824 988 706 1863 2515"),
        values("-758 166 -170 -645 -312 64 -731"),
        values("257 34 990 765 145 649 1057"),
        values(
            "0 0 237 0 154 77 245 0 77 16 66 14 47 32 52 0 60 202 122 152 78 146 57 120 132 158 \
             250 32 221 83 9",
        ),
    ];
    for values in games {
        let n = values.len().ilog2() as usize;
        let table = ExactTable::new(numbered(n), &values).unwrap();
        let exact = decided(exact_nucleolus(&table, None, &Work::default()).unwrap());
        let floats = ValueTable::new(&table.floats().unwrap()).unwrap();
        let found = nucleolus(&floats, Backend::default(), &Work::default()).unwrap();
        let NucleolusFinding::Decided(found) = found else { panic!("{values:?}") };
        for (x, exact) in found.allocation.iter().zip(&exact.allocation) {
            assert!((x - exact.to_f64().value()).abs() < 1e-7, "{values:?}: {found:?}");
        }
    }
}
