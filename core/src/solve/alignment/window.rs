//! Closing windows: does waiting cost the leading state more than a war?
//!
//! **Definition.** The leading state's control now and at a horizon, when the states have other
//! shares of power: each the range over all correlated equilibria of the alignment game. The
//! cost of waiting is what its control falls by, over what it is now, at either end of the
//! range. The war cost is left out of both and set against it: where waiting costs more, at
//! both ends, the window is closing, and a war now is better for the leading state than one
//! later. That it could restrain itself is left out too.
//! **Cost.** Two ranges.
//! **References.** Levy (1987), Declining power and the preventive motivation for war, *World
//! Politics* 40; Van Evera (1999), *Causes of War*, ch. 4 (windows).

use crate::contest::Contest;
use crate::error::Result;
use crate::game::{AlignmentGame, Tactics};
use crate::solve::alignment::{Ends, Options, ends, form, game};
use crate::solve::strategic::nash::{self, Nash};
use crate::work::Work;

pub use crate::finding::alignment::{Closing, Window, WindowFinding};

/// The tactics that windows are looked at with: the leading state does not restrain itself.
pub fn unrestrained(tactics: Option<Tactics>) -> Tactics {
    let of_followers = tactics.unwrap_or_default().of_followers();
    Tactics::new(of_followers).unwrap_or_default()
}

/// What waiting costs where control is in these ranges.
pub fn waiting_costs(now: [f64; 2], later: [f64; 2]) -> [f64; 2] {
    [0, 1].map(|end| (now[end] - later[end]) / now[end])
}

/// What these costs of waiting amount to beside the war cost.
fn closing(waiting: [f64; 2], war_cost: f64) -> Closing {
    match waiting.map(|cost| cost > war_cost) {
        [true, true] => Closing::Closing,
        [false, false] => Closing::Open,
        _ => Closing::Depends,
    }
}

/// The window of the state `leader` between two contests of the same states, neither with a
/// war cost, where war costs `war_cost`.
///
/// # Errors
/// As [`alignment::solve`](crate::solve::alignment::solve).
pub fn solve(
    now: &Contest,
    later: &Contest,
    leader: usize,
    war_cost: f64,
    options: &Options,
    work: &Work,
) -> Result<Window> {
    let mut found = Vec::new();
    for contest in [now, later] {
        match range(&game(contest, leader, unrestrained(options.tactics))?, options, work)? {
            Ok(ends) => found.push(ends),
            Err(why) => return Ok(Window::Undecided { why }),
        }
    }
    let (Some(later), Some(now)) = (found.pop(), found.pop()) else {
        return Ok(Window::Undecided { why: "neither range is known".into() });
    };
    let waiting = waiting_costs(now.control, later.control);
    let closing = closing(waiting, war_cost);
    Ok(Window::Decided(WindowFinding { now, later, waiting, closing }))
}

fn range(
    game: &AlignmentGame,
    options: &Options,
    work: &Work,
) -> Result<std::result::Result<Ends, String>> {
    let form = &*form(game);
    // A pure equilibrium is a good place to start from.
    let gain = options.tolerances.gain;
    match nash::pure(form, gain, options.max_equilibria, work)? {
        Nash::Decided(pure) => ends(game, form, &pure.first, options, work),
        Nash::Undecided { why } => Ok(Err(why)),
    }
}
