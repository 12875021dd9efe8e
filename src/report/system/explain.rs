//! What the words of a report mean, for who asks.

use std::fmt::{self, Write};

use crate::analysis::Lens;
use crate::report::text::{WIDTH, heading};
use crate::report::{Outcome, Report};

/// A word and what it means.
type Word = (&'static str, &'static str);

const ALWAYS: &[Word] = &[
    ("power share", "A state's part of all power, by the measure named."),
    (
        "control",
        "The share of the system that a state can expect to command once alliances have formed and \
         have been tried.",
    ),
    ("leading state", "The one with the largest share of power by that measure, or the one named."),
    (
        "verdict",
        "Hegemonic if the leading state's control is above the threshold through every lens, \
         balanced if through none, contested otherwise.",
    ),
];
const SETTLEMENT: &[Word] = &[
    (
        "price of peace",
        "The least part of the stakes that war must destroy so that some division of control leaves \
         no coalition a reason to fight all others (the least-core value).",
    ),
    (
        "status-quo price",
        "The same for the division by power as it is; it is near its ceiling for most systems.",
    ),
    (
        "nucleolus",
        "The division that makes the worst-off coalitions as well off as can be, in turn.",
    ),
];
const BLOCS: &[Word] = &[
    ("core-stable", "No group of states would gain, all of them, by leaving to form a bloc."),
    ("instability", "The most that every member of some group would gain so, over its power."),
    ("fluid", "No partition into blocs is core-stable."),
    (
        "Owen, Aumann-Drèze",
        "What a settlement would give each state if blocs bargained as one, or if each divided what it \
         could win by itself.",
    ),
];
const ALIGNMENT: &[Word] = &[
    ("balance", "Join the bloc against the leading state."),
    ("bandwagon", "Join the leading state's bloc."),
    (
        "abstain",
        "Go it alone: a bloc of its own, which fights everybody. Opting out is to hide, in the lens \
         security.",
    ),
    ("pure Nash equilibrium", "Choices of which no state would change its own alone."),
    (
        "correlated equilibrium",
        "Choices drawn together, which no state gains by disobeying; every other equilibrium is one.",
    ),
    ("strong", "No group of states would change its choices together, all of it better off."),
    (
        "coalition-proof",
        "No group would whose new choice would itself last against parts of the group.",
    ),
    (
        "basin (of starts)",
        "The probability that best replies end there: any choices at first, then one state at a \
         time, drawn from those that gain by changing, takes its best reply.",
    ),
    (
        "tip the rest",
        "If these states turn to balance and stay there, the others' best replies end where all \
         balance, in whatever order they are given.",
    ),
    (
        "logit equilibrium",
        "Each state's odds between two choices are e to the precision times the difference of what \
         they bring it, over its power; the one on the branch from uniform play.",
    ),
    ("precision", "How sure states are of what is better: 0 is uniform play."),
];
const SECURITY: &[Word] = &[
    (
        "feared most",
        "The state with the largest threat index: its power times the power-weighted threat to the \
         others, by distance, hostility and offence where they are known.",
    ),
    ("target", "The state that the others face: the one feared most, unless another is named."),
    ("balance", "Resist the target; a cost of commitment is paid where others resist too."),
    ("hide", "Stand aside: pass the buck to those who balance, and be attacked afterwards, alone."),
    ("bandwagon", "Join the target, trusting that it will spare its followers."),
    ("loses independence", "What each state wants to be as unlikely as can be."),
    (
        "prevails",
        "The probability that the target's side beats those who balance; 1 if nobody does.",
    ),
    (
        "balanced, contested, hegemonic, underbalanced (security)",
        "Balanced: in every equilibrium those who resist are at least as strong as the target's \
         side; contested: in some; hegemonic: in none, and somebody bandwagons; underbalanced: in \
         none, and nobody does.",
    ),
    ("fluid (security)", "There is no equilibrium: best replies go round in closed cycles."),
    (
        "stopping odds",
        "The probability that the target's side does not prevail, where best replies from a random \
         start end.",
    ),
    (
        "balancing odds",
        "The probability that they end where those who resist are as strong as the target's side; \
         from peace: from all hiding.",
    ),
    (
        "dominion",
        "What the target can expect to command: its power and that of those who fall to it.",
    ),
    (
        "balancing number, war number",
        "The size of the smallest group that holds the target and stays together while the others \
         hide, or bandwagon.",
    ),
    (
        "trust (forbearance)",
        "How far the target is trusted to spare its followers; above the one value all bandwagon in \
         an equilibrium, up to the other some balance in one.",
    ),
    ("retribution", "The probability that followers of a beaten aggressor lose independence."),
    ("commitment cost", "What it costs to commit oneself to others, as such a probability."),
    ("latent hostility", "Hostility that can arise between any two states."),
];
const TACTICS: &[Word] = &[
    ("balancer", "Stands against the leading state and fights."),
    ("bandwagoner", "Stands with it."),
    ("bystander", "Goes it alone and fights everybody, for itself (abstain)."),
    ("buck-passer", "Shares the fate of those who balance, not their fight (pass)."),
    ("internal balancer", "Balances with more arms (arm)."),
    ("soft balancer", "Balances with what is not military alone (soft)."),
    ("fence-sitter", "Joins the victor when all is decided (wait)."),
    ("bloodletter", "Stands alone and makes the war of the others cost them more (bleed)."),
    ("baiter", "Stands alone and brings about a war that deterrence would have prevented (bait)."),
];

/// The words of what ran, each with what it means.
pub(super) fn write(out: &mut String, report: &Report) -> fmt::Result {
    heading(out, "WORDS", "what they mean here")?;
    let alignment = report.lenses.alignment.as_ref().and_then(Outcome::decided);
    let tactics = alignment.is_some_and(|found| found.tactics.is_some());
    let mut parts = vec![ALWAYS];
    for (lens, _) in report.lenses.each() {
        parts.push(match lens {
            Lens::Polarity => &[],
            Lens::Settlement => SETTLEMENT,
            Lens::Blocs => BLOCS,
            Lens::Alignment => ALIGNMENT,
            Lens::Security => SECURITY,
        });
        if lens == Lens::Alignment && tactics {
            parts.push(TACTICS);
        }
    }
    for (word, meaning) in parts.into_iter().flatten() {
        let indent = textwrap::Options::new(WIDTH).initial_indent("  ").subsequent_indent("      ");
        writeln!(out, "{}", textwrap::fill(&format!("{word}: {meaning}"), indent))?;
    }
    Ok(())
}
