//! Writes Gambit's strategic form, in both variants.

use std::collections::HashMap;
use std::fmt::Write as _;

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::game::table::{Levels, Payoffs, StrategicTable};

/// Which of the two forms of a `.nfg` file to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    /// The payoffs of each profile.
    #[default]
    Payoffs,
    /// A list of outcomes, and the number of each profile's outcome. Shorter where profiles
    /// share their payoffs.
    Outcomes,
}

/// The game as a `.nfg` file, payoffs exact. O(profiles · players).
pub fn write(game: &StrategicTable, variant: Variant) -> String {
    let mut text = format!("NFG 1 R {}\n{{", quoted(game.title()));
    for player in game.roster() {
        let _ = write!(text, " {}", quoted(&player.name));
    }
    text.push_str(" }\n{");
    for player in game.roster() {
        text.push_str(" {");
        for strategy in &player.strategies {
            let _ = write!(text, " {}", quoted(strategy));
        }
        text.push_str(" }\n ");
    }
    let _ = write!(text, "}}\n{}\n\n", quoted(game.comment()));
    match variant {
        Variant::Payoffs => payoffs(game, &mut text),
        Variant::Outcomes => outcomes(game, &mut text),
    }
    text
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// All players' payoffs in a profile.
fn profile(game: &StrategicTable, index: usize) -> Vec<RBig> {
    (0..game.roster().len()).map(|i| game.payoff(i, index)).collect()
}

fn payoffs(game: &StrategicTable, text: &mut String) {
    let players: Vec<Written<'_>> =
        (0..game.roster().len()).map(|i| Written::new(game.exact(i))).collect();
    for index in 0..game.len() {
        for (i, player) in players.iter().enumerate() {
            text.push_str(if i == 0 { "" } else { " " });
            player.payoff(index, text);
        }
        text.push('\n');
    }
}

/// A player's payoffs as they are written: whole numbers of moderate size without fractions
/// in between, which are most.
enum Written<'a> {
    Whole { offset: i128, unit: i128, levels: &'a [i64] },
    Other(&'a Payoffs),
}

impl<'a> Written<'a> {
    fn new(payoffs: &'a Payoffs) -> Self {
        let whole = |x: &RBig| i64::try_from(IBig::try_from(x.clone()).ok()?).ok().map(i128::from);
        match (whole(payoffs.offset()), whole(payoffs.unit()), payoffs.levels()) {
            // Products of 64 bits each: no overflow.
            (Some(offset), Some(unit), Levels::Small(levels)) => {
                Self::Whole { offset, unit, levels }
            }
            _ => Self::Other(payoffs),
        }
    }

    fn payoff(&self, index: usize, text: &mut String) {
        let _ = match self {
            Self::Whole { offset, unit, levels } => {
                write!(text, "{}", offset + unit * i128::from(levels[index]))
            }
            Self::Other(payoffs) => write!(text, "{}", payoffs.payoff(index)),
        };
    }
}

fn outcomes(game: &StrategicTable, text: &mut String) {
    let mut numbers: HashMap<Vec<RBig>, usize> = HashMap::new();
    let mut profiles = String::new();
    text.push_str("{\n");
    for index in 0..game.len() {
        let payoffs = profile(game, index);
        let next = numbers.len() + 1;
        let number = *numbers.entry(payoffs).or_insert_with_key(|payoffs| {
            let _ = write!(text, "{{ \"\"");
            for (i, payoff) in payoffs.iter().enumerate() {
                let _ = write!(text, "{} {payoff}", if i == 0 { "" } else { "," });
            }
            text.push_str(" }\n");
            next
        });
        let _ = write!(profiles, "{number} ");
    }
    let _ = writeln!(text, "}}\n{}", profiles.trim_end());
}
