//! Which equilibrium of choosing sides is likely: selection.
//!
//! **Definition.** Of each pure equilibrium of the alignment game: whether it is *strong* (no group
//! of players gains, all of them, by leaving together) and *coalition-proof* (no group whose new
//! choice would itself last); its *basin*, the probability that best replies end in it if all
//! profiles are as likely at the start and one player at a time, drawn from those that gain by
//! moving, gives its best reply; its *tipping number*, the size of the smallest group whose change
//! to `balance` makes all balance, in whatever order the others give best replies. Players stay
//! where they do not gain; among replies that are equally good they stand against the leading state
//! rather than alone, rather than wait, rather than with it. And the *logit* equilibrium on the
//! branch from uniform play: what states do that choose the better posture more often, not always.
//!
//! **Method.** All payoffs are laid out. Basins: the graph of best replies (`replies`). Groups: all
//! other profiles as joint deviations (`groups`). Tipping: what can be reached from each group's
//! change (`tipping`). Logit: the branch by arc length ([`quantal`]).
//!
//! **Cost.** O(profiles · players) numbers; for 10 states some hundredths of a second, for 13 some
//! seconds.
//!
//! **Limits.** [`MAX_SELECTION_PROFILES`] profiles and [`MAX_SELECTED`] equilibria; the logit
//! equilibrium up to [`MAX_LOGIT_PROFILES`].
//!
//! **References.** Aumann (1959), in *Contributions to the Theory of Games IV*; Bernheim, Peleg &
//! Whinston (1987), *J. Econ. Theory* 42; Young (1993), The evolution of conventions,
//! *Econometrica* 61; McKelvey & Palfrey (1995), *Games Econ. Behav.* 10.

mod groups;
mod table;
mod tipping;

use crate::contest::Contest;
use crate::error::{Error, Result};
use crate::finding::alignment::{
    LogitSelection, MAX_LOGIT_PROFILES, MAX_SELECTED, MAX_SELECTION_PROFILES, PairProbabilities,
    Part, Resistance, Selected, Selection,
};
use crate::game::posture::Side;
use crate::game::strategic::{advance, number_of};
use crate::game::{AlignmentGame, LedGame, Posture, TabulatedAlignment, Tactics};
use crate::solve::alignment;
use crate::solve::replies::{self, Moves};
use crate::solve::strategic::mixed::{Traced, quantal};
use crate::tolerance::Tolerances;
use crate::work::Work;

use self::table::Table;

/// What speaks for each of `equilibria`, of which there are `total`, in the game that `form` is;
/// and its logit equilibrium at `precision`.
///
/// # Errors
/// If the precision is below zero or not finite.
pub(super) fn solve(
    game: &AlignmentGame,
    form: &dyn LedGame,
    equilibria: &[Vec<usize>],
    total: u64,
    precision: f64,
    work: &Work,
) -> Result<Selection> {
    if !precision.is_finite() || precision < 0.0 {
        return Err(Error::parameter("precision", "a number, 0 or more", precision));
    }
    Ok(Selection {
        equilibria: select(game, form, equilibria, total, work),
        logit: logit(game, form, precision, work)?,
    })
}

fn select(
    game: &AlignmentGame,
    form: &dyn LedGame,
    equilibria: &[Vec<usize>],
    total: u64,
    work: &Work,
) -> Part<Vec<Selected>> {
    let profiles = form.profiles().unwrap_or(u64::MAX);
    if profiles > MAX_SELECTION_PROFILES {
        return Part::left_out(format!(
            "{profiles} profiles are more than the {MAX_SELECTION_PROFILES} over which best \
             replies are followed"
        ));
    }
    if total > MAX_SELECTED || equilibria.len() as u64 != total {
        return Part::left_out(format!(
            "{total} equilibria are more than the {} that are looked at",
            MAX_SELECTED.min(equilibria.len() as u64)
        ));
    }
    work.begin("selection", 0);
    let found = match Table::new(game, form, work) {
        Some(table) if table.is_blurred() => Part::left_out(
            "the smallest states' gains are so near to none that rounding decides which replies \
             are best",
        ),
        Some(table) => {
            selected(game, form, &table, equilibria, work).map_or_else(Part::stopped, Part::Found)
        }
        None => Part::stopped(),
    };
    work.end();
    found
}

/// What speaks for each; `None` if the time was up.
fn selected(
    game: &AlignmentGame,
    form: &dyn LedGame,
    table: &Table,
    equilibria: &[Vec<usize>],
    work: &Work,
) -> Option<Vec<Selected>> {
    let size = table.profiles();
    let closed = replies::closed(table, vec![[1.0 / size as f64, 0.0]; size], work)?;
    let numbers: Vec<usize> = equilibria.iter().map(|e| number_of(form, e) as usize).collect();
    let strong = numbers
        .iter()
        .map(|&at| groups::leaving(table, at, work))
        .collect::<Option<Vec<Option<usize>>>>()?;
    let postures = |at: usize| game.postures(&table.profile(at));
    let resists = |leaves: Option<usize>| match leaves {
        None => Resistance::Holds,
        Some(to) => Resistance::Leaves(postures(to)),
    };
    let mut found = Vec::with_capacity(numbers.len());
    for ((&at, &leaving), profile) in numbers.iter().zip(&strong).zip(equilibria) {
        let coalition_proof = match groups::upset(table, at, leaving, work)? {
            groups::Upset::Unknown => Resistance::Unknown,
            groups::Upset::No => Resistance::Holds,
            groups::Upset::For(to) => Resistance::Leaves(postures(to)),
        };
        let own = closed.iter().find(|end| end.profiles == [at as u32]);
        found.push(Selected {
            profile: game.postures(profile),
            control: form.leader_control(profile),
            strong: resists(leaving),
            coalition_proof,
            basin: own.map_or(0.0, |end| end.mass[0]),
            tipping: tipping::smallest(game, table, at, work)?,
        });
    }
    Some(found)
}

/// The order of replies that are equally good, of a player's postures.
fn preference(postures: &[Posture]) -> Vec<usize> {
    crate::order::by_key(0..postures.len(), |action| match postures[action].side() {
        Side::Against => 0,
        Side::Alone => 1,
        Side::Victor => 2,
        Side::With => 3,
    })
}

/// The logit equilibrium of `game`, which `form` is the same as.
fn logit(
    game: &AlignmentGame,
    form: &dyn LedGame,
    precision: f64,
    work: &Work,
) -> Result<Part<LogitSelection>> {
    let profiles = form.profiles().unwrap_or(u64::MAX);
    if profiles > MAX_LOGIT_PROFILES {
        return Ok(Part::left_out(format!(
            "{profiles} profiles are more than the {MAX_LOGIT_PROFILES} over which the logit \
             equilibrium is traced"
        )));
    }
    let found = match quantal(form, precision, *work)? {
        Traced::Found(found) => found,
        Traced::Stopped { why, .. } => {
            return Ok(Part::LeftOut { why: why.into(), stopped: work.is_over() });
        }
    };
    let threshold = game.contest().parameters().threshold + Tolerances::DEFAULT.verdict;
    let (mut control, mut above_threshold) = (0.0, 0.0);
    let mut profile = vec![0; form.players()];
    loop {
        let drawn = profile.iter().zip(&found.strategies).map(|(&action, own)| own[action]);
        let probability: f64 = drawn.product();
        let here = form.leader_control(&profile);
        control += probability * here;
        if here > threshold {
            above_threshold += probability;
        }
        if !advance(form, &mut profile) {
            break;
        }
    }
    Ok(Part::Found(LogitSelection {
        precision,
        pairs: pairs(game, &found.strategies),
        probabilities: found.strategies,
        control,
        above_threshold,
    }))
}

/// For each two states, how likely they stand together where players choose independently.
fn pairs(game: &AlignmentGame, strategies: &[Vec<f64>]) -> PairProbabilities {
    let mut stands = vec![[0.0; 2]; game.contest().len()];
    stands[game.leader()] = [0.0, 1.0];
    for (player, &state) in game.followers().iter().enumerate() {
        for (posture, probability) in game.postures_of(player).iter().zip(&strategies[player]) {
            match posture.side() {
                Side::Against => stands[state][0] += probability,
                Side::With => stands[state][1] += probability,
                Side::Alone | Side::Victor => {}
            }
        }
    }
    PairProbabilities::independent(&stands)
}

/// The logit equilibrium of the base game in which the others face the state `leader`.
///
/// # Errors
/// If `leader` is not a state or the precision is below zero or not finite.
pub fn logit_of(
    contest: &Contest,
    leader: usize,
    precision: f64,
    work: &Work,
) -> Result<Part<LogitSelection>> {
    let game = alignment::game(contest, leader, Tactics::BASE)?;
    match TabulatedAlignment::new(game.clone()) {
        Some(form) => logit(&game, &form, precision, work),
        None => logit(&game, &game, precision, work),
    }
}
