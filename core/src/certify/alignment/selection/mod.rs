//! Re-checks which equilibrium is likely: from the contest, by definition, without the solver's
//! tables and graph.
//!
//! Payoffs are the game's own, profile by profile. Groups that leave: every joint deviation once
//! more. Basins: probability is moved on, round by round, until all but a rest has arrived. Tipping:
//! every smaller group is tried. The logit equilibrium: odds against expected payoffs; and that the
//! branch from uniform play leads to it, by following it in small steps of precision with damped
//! replies, which follow no fold: where they end elsewhere, the branch is left unexamined.

mod ends;
mod groups;
mod logit;
mod payoffs;

use crate::certify::Claim;
use crate::contest::Contest;
use crate::finding::alignment::{
    AlignmentFinding, LogitSelection, MAX_SELECTED, MAX_SELECTION_PROFILES, Part, Resistance,
    Selected,
};
use crate::game::{AlignmentGame, StrategicGame};
use crate::tolerance::Tolerances;

use self::payoffs::Payoffs;

/// The claims of a finding's selection, if it has one, and what was not examined of it. The
/// finding is well formed otherwise. O(profiles · players²), some hundred times for logit.
pub fn check(contest: &Contest, finding: &AlignmentFinding) -> (Vec<Claim>, Vec<String>) {
    let (mut claims, mut unexamined) = (Vec::new(), Vec::new());
    let Some(selection) = &finding.selection else { return (claims, unexamined) };
    if finding.leader >= contest.len() {
        return (claims, unexamined);
    }
    let game = finding.game(contest);
    let named = [selection.equilibria.found().is_some(), selection.logit.found().is_some()];
    if !named.contains(&true) {
        return (claims, unexamined);
    }
    let small = game.profiles().is_some_and(|all| all <= MAX_SELECTION_PROFILES);
    claims.push(Claim::exact("selection: the game is small enough to be re-checked", small));
    if !small {
        return (claims, unexamined);
    }
    let payoffs = Payoffs::new(&game);
    if let Part::Found(found) = &selection.equilibria {
        equilibria(&game, &payoffs, finding, found, &mut claims, &mut unexamined);
    }
    if let Part::Found(found) = &selection.logit {
        logit::claims(&game, &payoffs, found, &mut claims, &mut unexamined);
    }
    (claims, unexamined)
}

/// The claims of a logit equilibrium of `game` alone, and what was not examined of it.
pub fn check_logit(game: &AlignmentGame, found: &LogitSelection) -> (Vec<Claim>, Vec<String>) {
    let (mut claims, mut unexamined) = (Vec::new(), Vec::new());
    logit::claims(game, &Payoffs::new(game), found, &mut claims, &mut unexamined);
    (claims, unexamined)
}

fn equilibria(
    game: &AlignmentGame,
    payoffs: &Payoffs,
    finding: &AlignmentFinding,
    found: &[Selected],
    claims: &mut Vec<Claim>,
    unexamined: &mut Vec<String>,
) {
    let tolerance = Tolerances::DEFAULT.certificate;
    let all = finding.pure_nash_total == found.len() as u64
        && found.len() as u64 <= MAX_SELECTED
        && found.iter().map(|one| &one.profile).eq(finding.pure_nash.iter().map(|e| &e.profile));
    claims.push(Claim::exact("selection: it is of all pure equilibria, in their order", all));
    let profiles: Option<Vec<Vec<usize>>> =
        found.iter().map(|one| game.profile(&one.profile)).collect();
    let Some(profiles) = profiles else {
        claims.push(Claim::exact("selection: a posture for each state", false));
        return;
    };
    let mut control = vec![0.0; game.contest().len()];
    let (mut control_off, mut strong, mut proof) = (0.0, true, true);
    let mut unknown = false;
    let mut tipping = true;
    for (one, profile) in found.iter().zip(&profiles) {
        game.control(profile, &mut control);
        control_off = worse(control_off, (one.control - control[game.leader()]).abs());
        let leaves = |resistance: &Resistance| match resistance {
            Resistance::Leaves(to) => game.profile(to),
            _ => None,
        };
        strong &= match &one.strong {
            Resistance::Holds => groups::is_strong(payoffs, profile),
            _ => leaves(&one.strong).is_some_and(|to| groups::leaves(payoffs, profile, &to)),
        };
        proof &= match &one.coalition_proof {
            Resistance::Unknown => true,
            Resistance::Holds => {
                let holds = groups::is_proof(payoffs, profile);
                unknown |= holds.is_none();
                holds.unwrap_or(true)
            }
            Resistance::Leaves(_) => {
                let to = leaves(&one.coalition_proof);
                let upset = to.map_or(Some(false), |to| groups::lasts(payoffs, profile, &to));
                unknown |= upset.is_none();
                upset.unwrap_or(true)
            }
        };
        tipping &= ends::is_tipping(game, payoffs, profile, one.tipping.as_deref());
    }
    claims.push(Claim::within("selection: the control stated", control_off, tolerance));
    let of = |what: &str| format!("selection: {what}");
    claims.push(Claim::exact(of("strong where no group leaves, and who does"), strong));
    claims.push(Claim::exact(of("coalition-proof where none does that would stay"), proof));
    claims.push(Claim::exact(of("the smallest groups that tip the rest"), tipping));
    if unknown {
        unexamined.push("selection: whether some equilibria are coalition-proof".into());
    }
    let (basins, rest) = ends::basins(game, payoffs, &profiles);
    let off = found
        .iter()
        .zip(&basins)
        .fold(0.0, |off, (one, basin)| worse(off, (one.basin - basin).abs()));
    claims.push(Claim::within(of("the share of starts that end in each"), off, tolerance + rest));
}

/// The larger of two numbers; NaN if either is NaN.
fn worse(a: f64, b: f64) -> f64 {
    if b.is_nan() || b > a { b } else { a }
}
