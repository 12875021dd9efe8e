//! Re-checks all that was found out about one cooperative game.
//!
//! What the claims of a report examine is examined here before there is a report: values by
//! another route, allocations and levels by their proofs, properties by counterexamples or, of few
//! players, by looking for one. Long enumerations are left to `check --thorough`.

use dashu_ratio::RBig;

use crate::certify::cooperative::alliances::{alliance_claims, network_claims};
use crate::certify::cooperative::allocation;
use crate::certify::cooperative::balancedness::{is_least_of, is_unbalanced};
use crate::certify::cooperative::contest::ContestChecker;
use crate::certify::cooperative::core_vertices::VertexChecker;
use crate::certify::cooperative::indices::{
    ALWAYS_PAIRED, ALWAYS_SUMMED, Which, best_structure, essential, is_minimal_winning,
};
use crate::certify::cooperative::values::{ALWAYS_COUNTED, Values};
use crate::certify::cooperative::weighted::WeightedChecker;
use crate::certify::cooperative::{Checker, MAX_PLAYERS};
use crate::certify::{Claim, cooperative};
use crate::coalition::Coalition;
use crate::error::Result;
use crate::exact::sum;
use crate::finding::cooperative::{
    Balance, Coleman, Concept, ExactNucleolus, Properties, Property, SimpleCore, SimpleFinding,
    Solutions, TotalBalance,
};
use crate::game::cooperative::{ExactTable, Game};

/// The claims of what was found.
///
/// # Errors
/// If the game's coalitions cannot be laid out though they should.
pub fn claims(game: &Game, found: &Solutions) -> Result<Vec<Claim>> {
    let n = game.names().len();
    let placed = found.alliances.is_some() || found.network.is_some() || found.allocation.is_some();
    let scarce = found.values.iter().any(|(concept, _)| *concept == Concept::Tau);
    let placed = placed || scarce || found.per_capita.is_some();
    let tabled = found.properties.is_some() || found.structure.is_some() || placed;
    let proved = found.prenucleolus.is_some() || found.nucleolus.is_some();
    let scanned = (proved || no_imputation(found)) && n <= MAX_PLAYERS;
    let scanned = scanned && !matches!(game, Game::Contest(_));
    let listed = tabled || scanned || n <= ALWAYS_SUMMED;
    let table = if listed { Some(game.table()?) } else { None };
    let short = table.as_ref().filter(|_| n <= ALWAYS_SUMMED);
    let values = Values::new(game, short, ALWAYS_COUNTED);
    let mut examiner = Examiner { game, table: table.as_ref(), claims: Vec::new() };
    examiner.values(found, &values);
    if let Some(coleman) = &found.coleman {
        examiner.coleman(coleman, &values);
    }
    if let Some(simple) = &found.simple {
        examiner.simple(simple, short, &values);
    }
    match &found.simple_core {
        None => {}
        Some(SimpleCore::Veto(veto)) => examiner.veto("core", veto),
        Some(SimpleCore::Parts(parts)) => examiner.parts(parts),
    }
    examiner.nucleoli(found);
    if let Some(table) = examiner.table {
        examiner.scanned(found, table);
        let short = n <= ALWAYS_SUMMED;
        if let Some(found) = &found.per_capita {
            examiner.claims.extend(Checker::new(table).per_capita("per_capita_nucleolus", found));
        }
        if let Some(found) = &found.allocation {
            examiner.claims.extend(allocation::claims(found, table));
        }
        if let Some(found) = &found.alliances {
            examiner.claims.extend(alliance_claims(found, table, short)?);
        }
        if let Some(found) = &found.network {
            examiner.claims.extend(network_claims(found, table, short)?);
        }
    }
    Ok(examiner.claims)
}

/// Whether the nucleolus was left out because there is no imputation.
fn no_imputation(found: &Solutions) -> bool {
    let says = |(concept, why): &(Concept, String)| {
        *concept == Concept::Nucleolus && why.contains("no imputation")
    };
    found.left_out.iter().any(says)
}

struct Examiner<'a> {
    game: &'a Game,
    table: Option<&'a ExactTable>,
    claims: Vec<Claim>,
}

impl Examiner<'_> {
    fn exact(&mut self, what: impl Into<String>, holds: bool) {
        self.claims.push(Claim::exact(what, holds));
    }

    fn values(&mut self, found: &Solutions, values: &Values) {
        let grand = match self.game {
            Game::Table(table) => table.value(Coalition::grand(table.players())),
            Game::Weighted(_) | Game::Contest(_) => RBig::ONE,
        };
        for (concept, numbers) in &found.values {
            let name = concept.name();
            let total = sum(numbers.iter());
            // The Banzhaf value is not efficient.
            let sum = match concept {
                Concept::Banzhaf => None,
                Concept::Shapley | Concept::Tau => Some(&grand),
                _ => Some(&RBig::ONE),
            };
            if let Some(sum) = sum {
                self.exact(format!("{name}: the numbers add up to {sum}"), total == *sum);
            }
            if let Some(known) = values.of(*concept) {
                let agrees = known.as_ref() == Some(numbers);
                self.exact(format!("{name}: the numbers follow from the definition"), agrees);
            }
        }
    }

    fn coleman(&mut self, found: &Coleman, values: &Values) {
        if let Some(known) = values.coleman() {
            self.exact("coleman: the numbers follow from the definition", known == *found);
        }
    }

    fn wins(&self, members: &[usize]) -> bool {
        match self.game {
            Game::Weighted(game) => game.wins_with(members),
            Game::Contest(_) => false,
            Game::Table(table) => !table.value(members.iter().copied().collect()).is_zero(),
        }
    }

    /// That these are the players without whom all others lose.
    fn veto(&mut self, what: &str, veto: &[usize]) {
        let all: Vec<usize> = (0..self.game.names().len()).collect();
        let needed = |i: usize| {
            let others: Vec<usize> = all.iter().copied().filter(|&j| j != i).collect();
            !self.wins(&others)
        };
        let known: Vec<usize> = all.iter().copied().filter(|&i| needed(i)).collect();
        self.exact(format!("{what}: without a veto player the others lose"), known == veto);
    }

    /// That the core is empty: without any one of these parts of the players the others win, so
    /// each player's payoff is counted once less than there are parts, and as often they claim 1.
    fn parts(&mut self, parts: &[Vec<usize>]) {
        let n = self.game.names().len();
        let mut all: Vec<usize> = parts.concat();
        all.sort_unstable();
        self.exact("core: the parts hold each player once", all == (0..n).collect::<Vec<_>>());
        let others = |part: &Vec<usize>| (0..n).filter(|i| !part.contains(i)).collect::<Vec<_>>();
        let win = parts.len() > 1 && parts.iter().all(|part| self.wins(&others(part)));
        self.exact("core: without any one part the others win", win);
    }

    fn simple(&mut self, found: &SimpleFinding, short: Option<&ExactTable>, values: &Values) {
        self.veto("simple", &found.players.veto);
        let minimal = found.minimal.iter().all(|s| is_minimal_winning(self.game, s));
        self.exact("simple: the coalitions listed win, and lose without any member", minimal);
        let n = self.game.names().len();
        let players = &found.players;
        let dummies: Vec<usize> = (0..n).filter(|i| !players.essential.contains(i)).collect();
        let dictator = match players.essential[..] {
            [only] => Some(only),
            _ => None,
        };
        let told = dummies == players.dummies && dictator == players.dictator;
        self.exact("simple: each player is essential or a dummy", told);
        let known = match (short, values.counted()) {
            (Some(table), _) => essential(table),
            (None, Some(counted)) => {
                let swings = &counted.swings().essential;
                Some(((0..n).filter(|&i| swings[i]).collect(), counted.minimal().total.clone()))
            }
            (None, None) => return,
        };
        let agrees = known.is_some_and(|(essential, total)| {
            let text = found.minimal_total.as_ref();
            essential == players.essential && text.is_none_or(|text| *text == total.to_string())
        });
        self.exact("simple: the minimal winning coalitions are all counted", agrees);
    }

    fn nucleoli(&mut self, found: &Solutions) {
        let no_imputation = no_imputation(found);
        if found.prenucleolus.is_none() && found.nucleolus.is_none() && !no_imputation {
            return;
        }
        let Some(proofs) = Proofs::of(self.game, self.table) else {
            return self.exact("nucleolus: the game is small enough to be looked at", false);
        };
        if no_imputation {
            self.claims.push(proofs.no_imputation());
        }
        if let Some(nucleolus) = &found.nucleolus {
            self.claims.extend(proofs.nucleolus("nucleolus", nucleolus, true));
        }
        // A nucleolus with the proof of a prenucleolus has passed that check already.
        let proved =
            |pre: &&ExactNucleolus| pre.levels.is_empty() || found.nucleolus.as_ref() != Some(*pre);
        if let Some(pre) = found.prenucleolus.as_ref().filter(proved) {
            self.claims.extend(proofs.nucleolus("prenucleolus", pre, false));
        }
        if let (Proofs::Contest(checker), Some(pre)) = (&proofs, &found.prenucleolus) {
            self.of_contest(checker, pre, &found.found);
        }
    }

    /// The core and the least core of a contest: its levels are proved to within a tolerance, so
    /// that these do not follow from them.
    fn of_contest(&mut self, checker: &ContestChecker, pre: &ExactNucleolus, found: &[Concept]) {
        let (Some(value), Some(weights)) = (pre.least_core_value(), pre.balanced()) else { return };
        if found.contains(&Concept::Core) || found.contains(&Concept::Vertices) {
            self.claims.extend(if pre.has_core() {
                checker.core("core", &pre.allocation)
            } else {
                checker.no_core("core", &weights)
            });
        }
        if found.contains(&Concept::LeastCore) {
            self.claims.extend(checker.bounded("least_core", &pre.allocation, value));
            self.claims.extend(checker.balanced("least_core", &weights, value));
        }
    }

    /// What takes all coalitions.
    fn scanned(&mut self, found: &Solutions, table: &ExactTable) {
        if let Some(properties) = &found.properties {
            self.properties(properties, table);
        }
        if let Some(structure) = &found.structure {
            let blocs = structure.partition.blocs();
            let sum = blocs.iter().fold(RBig::ZERO, |sum, &s| sum + table.value(s));
            let best = table.players() > ALWAYS_PAIRED || best_structure(table) == sum;
            self.exact("structure: its value is the best there is", sum == structure.value && best);
        }
        if table.players() > MAX_PLAYERS {
            return;
        }
        let checker = Checker::new(table);
        if let Some((balance, total)) = &found.balance {
            let convex = found.properties.as_ref().map(|p| &p.convex) == Some(&Property::Holds);
            self.balance(balance, total, convex, &checker, table);
        }
        let least = found.prenucleolus.as_ref().and_then(|pre| pre.least_core_value());
        let (nothing, names) = (RBig::ZERO, self.game.names());
        for (what, ranges, limit) in [
            ("core", &found.core_payoffs, Some(&nothing)),
            ("least_core", &found.least_core_payoffs, least),
        ] {
            match (ranges, limit) {
                (Some(ranges), Some(limit)) => {
                    self.claims.extend(checker.ranges(what, ranges, limit, names));
                }
                (Some(_), None) => self.exact(format!("{what}: there is a proof"), false),
                (None, _) => {}
            }
        }
        if let Some(vertices) = &found.core_vertices {
            let examiner = VertexChecker::new(table);
            self.claims.extend(examiner.vertices(&vertices.listed, vertices.total, false).0);
        }
    }

    fn properties(&mut self, found: &Properties, table: &ExactTable) {
        for (which, property) in [
            (Which::Monotone, &found.monotone),
            (Which::Superadditive, &found.superadditive),
            (Which::Convex, &found.convex),
            (Which::ConstantSum, &found.constant_sum),
        ] {
            if let Some(agrees) = which.agrees(table, property, false) {
                self.exact(format!("properties: {} is as found", which.name()), agrees);
            }
        }
    }

    fn balance(
        &mut self,
        balance: &Balance,
        total: &TotalBalance,
        convex: bool,
        checker: &cooperative::Checker,
        table: &ExactTable,
    ) {
        match balance {
            Balance::Balanced(x) => {
                self.claims.extend(checker.bounded("balanced", x, &RBig::ZERO));
            }
            Balance::Unbalanced(weights) => {
                self.claims.extend(checker.balanced("balanced", weights, None));
            }
            Balance::Undecided(_) => {}
        }
        let holds = match total {
            TotalBalance::Convex => convex,
            TotalBalance::Extreme(all) => is_least_of(table, all),
            TotalBalance::Unbalanced(within, weights) => is_unbalanced(table, *within, weights),
            TotalBalance::Undecided(_) => return,
        };
        self.exact("totally_balanced: by the proof of it", holds);
    }
}

/// Who checks the proofs of nucleoli: by all coalitions or without listing them.
enum Proofs<'a> {
    Table(Checker<'a>),
    Weighted(WeightedChecker<'a>),
    Contest(ContestChecker<'a>),
}

impl<'a> Proofs<'a> {
    fn of(game: &'a Game, table: Option<&'a ExactTable>) -> Option<Self> {
        match game {
            Game::Contest(game) => Some(Self::Contest(ContestChecker::new(game))),
            Game::Weighted(game) if game.players() > MAX_PLAYERS => {
                Some(Self::Weighted(WeightedChecker::new(game)))
            }
            _ => Some(Self::Table(Checker::new(
                table.filter(|table| table.players() <= MAX_PLAYERS)?,
            ))),
        }
    }

    fn nucleolus(&self, what: &str, found: &ExactNucleolus, imputations: bool) -> Vec<Claim> {
        match self {
            Self::Table(checker) => checker.nucleolus(what, found, imputations),
            Self::Weighted(checker) => checker.nucleolus(what, found, imputations),
            Self::Contest(checker) => checker.nucleolus(what, found, imputations),
        }
    }

    fn no_imputation(&self) -> Claim {
        match self {
            Self::Table(checker) => checker.no_imputation(),
            Self::Weighted(checker) => checker.no_imputation(),
            Self::Contest(checker) => checker.no_imputation(),
        }
    }
}
