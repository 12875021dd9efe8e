//! What chain-ganging changes: the alignment game with tight commitments beside the one with
//! loose ones.
//!
//! **Definition.** With tight commitments who changes sides takes its chain along
//! ([`ChainedAlignment`]). A profile is then an equilibrium if no state gains by such a move,
//! a distribution a correlated one if no state, told its posture, gains by it in expectation.
//! *Gained* are the pure equilibria of the tight game that are none of the loose one, *lost*
//! those of the loose game that are none of the tight one.
//! **Method.** Two walks through all profiles; the range by column generation as in the loose
//! game. Where there is no equilibrium, weights of incentives prove it: they make every
//! profile worth more than the leading state can control.
//! **Cost.** As for the lens itself, some times over. **Limits.** [`MAX_CHAINED_PROFILES`]: the check
//! asks the contest anew for each deviation.
//! **References.** Christensen & Snyder (1990), Chain gangs and passed bucks, *Int. Org.* 44.

use crate::error::{Error, Result};
use crate::game::chains::chains;
use crate::game::{AlignmentGame, ChainedAlignment, LedGame, StrategicGame};
use crate::solve::alignment::{Ends, Options, best_start, bound, equilibrium, incentives};
use crate::solve::strategic::correlated::{self, Correlated, Sought};
use crate::solve::strategic::nash::{self, Nash, PureNash};
use crate::work::Work;

pub use crate::finding::alignment::{ChainedRange, ChainsFinding, MAX_CHAINED_PROFILES};

/// What tight commitments change in `game`, of which `form` is a form; or why that is not known.
pub(in crate::solve) fn solve(
    game: &AlignmentGame,
    form: &dyn LedGame,
    options: &Options,
    work: &Work,
) -> Result<std::result::Result<ChainsFinding, String>> {
    let profiles = form.profiles().unwrap_or(u64::MAX);
    if profiles > MAX_CHAINED_PROFILES {
        return Err(Error::too_large(
            format!("tight chains in a game of {profiles} profiles"),
            format!("{MAX_CHAINED_PROFILES} profiles"),
            "keep the strongest with --top, or name fewer --tactics",
        ));
    }
    let chains = chains(game);
    let tight = ChainedAlignment::new(game, form, &chains);
    let (gain, limit) = (options.tolerances.gain, options.max_equilibria);
    let holds = |profile: &[usize]| {
        (tight.is_equilibrium(profile, gain), form.is_equilibrium(profile, gain))
    };
    type Found = Result<std::result::Result<PureNash, String>>;
    let find = |test: &(dyn Fn(bool, bool) -> bool + Sync)| -> Found {
        let passes = |profile: &[usize]| {
            let (tight, loose) = holds(profile);
            test(tight, loose)
        };
        Ok(match nash::profiles_where(form, &passes, limit, work)? {
            Nash::Decided(found) => Ok(found),
            Nash::Undecided { why } => Err(why),
        })
    };
    let unpack = (find(&|tight, _| tight)?, find(&|t, l| t && !l)?, find(&|t, l| l && !t)?);
    let (all, gained, lost) = match unpack {
        (Ok(all), Ok(gained), Ok(lost)) => (all, gained, lost),
        (Err(why), _, _) | (_, Err(why), _) | (_, _, Err(why)) => return Ok(Err(why)),
    };
    let range = match range(game, form, &tight, &all, options, work)? {
        Ok(range) => range,
        Err(why) => return Ok(Err(why)),
    };
    let list = |found: &PureNash| found.first.iter().map(|a| equilibrium(game, a)).collect();
    Ok(Ok(ChainsFinding {
        chains,
        pure_nash_total: all.total,
        gained_total: gained.total,
        gained: list(&gained),
        lost_total: lost.total,
        lost: list(&lost),
        range,
    }))
}

fn range(
    game: &AlignmentGame,
    form: &dyn LedGame,
    tight: &ChainedAlignment<dyn LedGame + '_>,
    pure: &PureNash,
    options: &Options,
    work: &Work,
) -> Result<std::result::Result<ChainedRange, String>> {
    let end = |sign: f64| {
        let objective = |profile: &[usize]| sign * form.leader_control(profile);
        let start = best_start(form, &pure.first, &objective);
        let Options { backend, tolerances, .. } = options;
        // Control is at most 1, the negative of it at most 0.
        correlated::minimise_if_any(
            tight,
            &objective,
            sign.max(0.0),
            &start,
            *backend,
            tolerances,
            work,
        )
    };
    let lowest = match end(1.0)? {
        Sought::Some(Correlated::Decided(lowest)) => lowest,
        Sought::Some(Correlated::Undecided { why }) => return Ok(Err(why)),
        Sought::None(refutation) => {
            let incentives = incentives(game, &refutation.weights);
            return Ok(Ok(ChainedRange::None { incentives, bound: refutation.bound }));
        }
    };
    match end(-1.0)? {
        Sought::Some(Correlated::Decided(highest)) => Ok(Ok(ChainedRange::Some(Ends {
            control: [lowest.value, -highest.value],
            lowest: bound(game, tight, lowest),
            highest: bound(game, tight, highest),
        }))),
        Sought::Some(Correlated::Undecided { why }) => Ok(Err(why)),
        // The lowest was attained, so there is one.
        Sought::None(_) => Err(Error::system(
            "tight chains: rounding leaves open whether there is an equilibrium",
            "leave out --chains tight",
        )),
    }
}
