//! What a figure shows of a report: the imputations, and the solutions among them.

use dashu_ratio::RBig;

use super::polytope::Polytope;
use crate::coalition::Coalition;
use crate::error::{Error, Result};
use crate::exact::parse_exact;
use crate::game::cooperative::{Game, Sense};
use crate::plot::style::{Color, GREEN, INK, Marker, PURPLE};
use crate::report::coalition::{CoalitionReport, Number, Payoffs};

/// Solutions outside the imputations are drawn if they are no farther than so many times their
/// width.
const FARTHEST: f64 = 1000.0;

/// A game and what the report says of it. Inside, costs are worths below zero.
pub(super) struct Subject<'a> {
    pub(super) report: &'a CoalitionReport,
    /// Whether numbers are costs.
    pub(super) costs: bool,
    /// Every coalition's worth, by its bits.
    pub(super) values: Vec<RBig>,
    /// What there is beyond what the players get alone; above zero.
    pub(super) surplus: RBig,
    /// The core, if the report has it.
    pub(super) core: Option<Polytope>,
    /// The least-core value and the least core, if the report has them.
    pub(super) least: Option<(RBig, Polytope)>,
    /// The solutions that are a single point.
    pub(super) points: Vec<Solution>,
    /// Whether numbers are written as fractions.
    exact: bool,
}

/// A solution that is a single allocation.
pub(super) struct Solution {
    pub(super) name: String,
    pub(super) marker: Marker,
    pub(super) color: Color,
    pub(super) x: Vec<RBig>,
}

/// Refuses games that no figure is drawn of.
pub(super) fn check_players(players: usize) -> Result<()> {
    if players == 3 || players == 4 {
        return Ok(());
    }
    Err(Error::parameter(
        "plot",
        "a game of 3 players (a triangle) or 4 (a tetrahedron)",
        format!("{players}; leave out --plot, or keep 3 or 4 players"),
    ))
}

impl<'a> Subject<'a> {
    pub(super) fn new(report: &'a CoalitionReport) -> Result<Self> {
        let players = report.players.len();
        check_players(players)?;
        let game: Game = report.exact_game()?;
        let table = game.table()?;
        let costs = table.sense() == Sense::Cost;
        let worths = table.worths();
        let values: Vec<RBig> =
            (0..1u64 << players).map(|bits| worths.value(Coalition(bits))).collect();
        let alone = (0..players).fold(RBig::ZERO, |sum, i| sum + &values[1 << i]);
        let surplus = &values[values.len() - 1] - alone;
        if surplus <= RBig::ZERO {
            return Err(no_area(&surplus, costs));
        }
        let mut subject = Self {
            report,
            costs,
            values,
            surplus,
            core: None,
            least: None,
            points: Vec::new(),
            exact: false,
        };
        subject.read()?;
        if subject.core.is_none() && subject.least.is_none() && subject.points.is_empty() {
            return Err(Error::parameter(
                "plot",
                "a concept that can be drawn",
                "none; add core, least-core, nucleolus, prenucleolus or shapley to --solve",
            ));
        }
        let is_near = |x: &Vec<RBig>| subject.shares(x).iter().all(|s| s.abs() < FARTHEST);
        if !subject.drawn().all(is_near) {
            return Err(Error::system(
                format!("a solution is {FARTHEST} times as far off as the imputations are wide"),
                "leave out --plot, or ask for fewer concepts with --solve",
            ));
        }
        Ok(subject)
    }

    /// Every allocation that is drawn besides the corners.
    pub(super) fn drawn(&self) -> impl Iterator<Item = &Vec<RBig>> {
        let least = self.least.iter().flat_map(|(_, least)| &least.vertices);
        let core = self.core.iter().flat_map(|core| &core.vertices);
        core.chain(least).chain(self.points.iter().map(|point| &point.x))
    }

    fn read(&mut self) -> Result<()> {
        let (report, n) = (self.report, self.players());
        if report.core.is_some() {
            self.core = Some(Polytope::new(n, &self.values, &RBig::ZERO));
        }
        if let Some(least) = &report.certificates.least_core {
            let value = parse_exact(&least.value)
                .ok_or_else(|| Error::parameter("least core", "an exact value", &least.value))?;
            let polytope = Polytope::new(n, &self.values, &value);
            self.least = Some((value, polytope));
        }
        let nucleolus = report.nucleolus.as_ref();
        let pre = report.prenucleolus.as_ref().filter(|pre| nucleolus != Some(*pre));
        for (name, marker, color, payoffs) in [
            ("nucleolus", Marker::Diamond, INK, nucleolus),
            ("prenucleolus", Marker::Square, PURPLE, pre),
            ("Shapley value", Marker::Disc, GREEN, report.shapley.as_ref()),
        ] {
            let Some(payoffs) = payoffs else { continue };
            self.exact |= payoffs.0.iter().any(|(_, x)| matches!(x, Number::Exact(_)));
            let x = self.allocation(payoffs)?;
            self.points.push(Solution { name: name.into(), marker, color, x });
        }
        Ok(())
    }

    fn allocation(&self, payoffs: &Payoffs) -> Result<Vec<RBig>> {
        let number = |name: &String| {
            let found = payoffs.get(name).and_then(|number| match number {
                Number::Float(x) => RBig::try_from(*x).ok(),
                Number::Exact(text) => parse_exact(text),
            });
            let found = found.ok_or_else(|| Error::parameter("plot", "a number", "none"))?;
            Ok(if self.costs { -found } else { found })
        };
        self.report.players.iter().map(number).collect()
    }

    pub(super) fn players(&self) -> usize {
        self.report.players.len()
    }

    /// What the players of a coalition get together for themselves.
    pub(super) fn value(&self, coalition: Coalition) -> &RBig {
        &self.values[coalition.bits() as usize]
    }

    /// How much of the surplus each player gets: the barycentric coordinates of an allocation.
    pub(super) fn shares(&self, x: &[RBig]) -> Vec<f64> {
        let share = |(i, x): (usize, &RBig)| {
            let own = (x - self.value(Coalition::singleton(i))) / &self.surplus;
            own.to_f64().value()
        };
        x.iter().enumerate().map(share).collect()
    }

    /// The imputation at which a player gets the whole surplus.
    pub(super) fn corner(&self, player: usize) -> Vec<RBig> {
        let alone = |i: usize| self.value(Coalition::singleton(i)).clone();
        let corner = |i: usize| if i == player { alone(i) + &self.surplus } else { alone(i) };
        (0..self.players()).map(corner).collect()
    }

    /// A worth as the reader wrote it: costs are above zero.
    pub(super) fn shown(&self, worth: &RBig) -> String {
        let number = if self.costs { -worth.clone() } else { worth.clone() };
        let text = number.to_string();
        if (self.exact || !text.contains('/')) && text.len() <= 9 {
            return text.replace('-', "−");
        }
        rounded(number.to_f64().value())
    }

    /// A least-core value, which is an excess of costs and of worths alike.
    pub(super) fn least_value(&self, value: &RBig) -> String {
        if self.costs { self.shown(&-value.clone()) } else { self.shown(value) }
    }

    /// An allocation as `(1, 0, 0)`.
    pub(super) fn vector(&self, x: &[RBig]) -> String {
        let all: Vec<String> = x.iter().map(|x| self.shown(x)).collect();
        format!("({})", all.join(", "))
    }
}

/// A number to four significant digits.
fn rounded(x: f64) -> String {
    let size = x.abs();
    if size >= 1e7 || (size < 1e-4 && size > 0.0) {
        return format!("{x:.2e}").replace('-', "−");
    }
    let whole = if size >= 1.0 { size.log10().floor() as usize + 1 } else { 0 };
    let decimals = 4usize.saturating_sub(whole);
    let text = format!("{x:.decimals$}");
    let short = if decimals > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".into() } else { short.replace('-', "−") }
}

fn no_area(surplus: &RBig, costs: bool) -> Error {
    let (verb, all) = if costs { ("pay", "c(N)") } else { ("get", "v(N)") };
    let problem = if surplus.is_zero() {
        format!("the players {verb} no more alone than {all}, so there is one imputation only")
    } else if costs {
        let more = -surplus.clone();
        format!("the players pay {more} less alone than {all}, so there is no imputation")
    } else {
        let more = -surplus.clone();
        format!("the players get {more} more alone than {all}, so there is no imputation")
    };
    Error::system(
        problem,
        format!("leave out --plot, or correct {all} or what single players {verb}"),
    )
}
