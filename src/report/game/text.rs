//! The report on a game for people.

use std::fmt::{self, Write};

use crate::report::game::number::{decimal, fraction, short};
use crate::report::game::*;

/// How many equilibria are shown; the other outputs hold all.
const SHOWN: usize = 50;
/// Distributions over so many profiles are shown in a line.
const SHORT: usize = 8;
/// From here on numbers that are known exactly are written out.
const LARGE: f64 = 1e9;
/// Fractions of more characters are shown as floats.
const LEGIBLE: usize = 24;

impl GameReport {
    /// The report as text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        let title = if self.title.is_empty() { &self.source } else { &self.title };
        let profiles: f64 = self.players.iter().map(|p| p.strategies.len() as f64).product();
        writeln!(out, "{title}: {} players, {profiles} profiles", self.players.len())?;
        for player in &self.players {
            writeln!(out, "  {}: {}", player.name, player.strategies.join(", "))?;
        }
        if let Some(pure) = &self.pure {
            heading(out, "Pure Nash equilibria", &format!("all: {}", pure.len()))?;
            for found in pure.iter().take(SHOWN) {
                let payoffs = joined(&found.payoffs);
                writeln!(out, "  ({})  payoffs {payoffs}", found.profile.join(", "))?;
            }
            more(out, pure.len())?;
        }
        if let Some(dominance) = &self.dominance {
            self.dominance(out, dominance)?;
        }
        if let Some(mixed) = &self.mixed {
            self.mixed(out, mixed)?;
        }
        self.components(out)?;
        if let Some(logit) = &self.logit {
            self.logit(out, logit)?;
        }
        for (name, range) in [
            ("Correlated equilibria", &self.correlated),
            ("Coarse correlated equilibria", &self.coarse_correlated),
        ] {
            if let Some(range) = range {
                self.range(out, name, range)?;
            }
        }
        let refinements = [
            ("Strong Nash equilibria", &self.strong, &self.strong_upset),
            ("Coalition-proof Nash equilibria", &self.coalition_proof, &self.coalition_proof_upset),
        ];
        for (name, stable, upset) in refinements {
            if let Some(stable) = stable {
                heading(out, name, &format!("in pure strategies: {}", stable.len()))?;
                refinement(out, stable, upset.as_deref().unwrap_or_default())?;
            }
        }
        for (what, why) in &self.undecided.0 {
            heading(out, "Undecided", what)?;
            writeln!(out, "  {why}")?;
            self.so_far(out, what)?;
        }
        if !self.notes.is_empty() {
            out.push('\n');
        }
        for note in &self.notes {
            writeln!(out, "{note}")?;
        }
        Ok(())
    }

    fn dominance(&self, out: &mut String, dominance: &DominanceReport) -> fmt::Result {
        let gone = dominance.steps.len();
        heading(out, "Iterated strict dominance", &format!("{gone} strategies go"))?;
        for step in &dominance.steps {
            let by: Vec<String> = match &step.by.0[..] {
                [(strategy, _)] => vec![strategy.clone()],
                mixture => mixture.iter().map(|(b, w)| format!("{w} {b}")).collect(),
            };
            writeln!(
                out,
                "  {}'s {} is worse than {}, whatever the others do",
                step.player,
                step.strategy,
                by.join(" + ")
            )?;
        }
        if gone > 0 {
            for (player, left) in self.players.iter().zip(&dominance.remaining) {
                writeln!(out, "  remaining for {}: {}", player.name, left.join(", "))?;
            }
        }
        Ok(())
    }

    fn mixed(&self, out: &mut String, mixed: &[MixedReport]) -> fmt::Result {
        let which = match mixed.first() {
            Some(found) if !found.complete => "not all",
            Some(_) if self.players.len() == 2 => "all extreme ones",
            _ => "all",
        };
        heading(out, "Nash equilibria, mixed too", &format!("{which}: {}", mixed.len()))?;
        for found in mixed.iter().take(SHOWN) {
            self.equilibrium(out, found)?;
        }
        more(out, mixed.len())
    }

    /// Which equilibria hang together.
    fn components(&self, out: &mut String) -> fmt::Result {
        if self.components.is_empty() {
            return Ok(());
        }
        let what = format!("connected sets of more than one: {}", self.components.len());
        heading(out, "Continua of equilibria", &what)?;
        for component in self.components.iter().take(SHOWN) {
            for face in component.faces.iter().take(SHOWN) {
                let each = face.iter().map(|own| own.join(" or "));
                let each: Vec<String> = each.collect();
                writeln!(out, "  every mixture of ({})", each.join("; "))?;
            }
            more(out, component.faces.len())?;
            let numbers = |list: &[usize]| {
                let shown = list.iter().take(SHOWN).map(usize::to_string).collect::<Vec<_>>();
                let rest = if list.len() > SHOWN { ", …" } else { "" };
                shown.join(", ") + rest
            };
            if component.subsets.is_empty() && component.faces.is_empty() {
                writeln!(out, "  equilibria {}", numbers(&component.equilibria))?;
            }
            for subset in component.subsets.iter().take(SHOWN) {
                let numbers = numbers(subset);
                let whose = if self.players.len() == 2 { "either" } else { "each" };
                writeln!(
                    out,
                    "  equilibria {numbers}: any mixture of {whose} player's strategies"
                )?;
            }
            more(out, component.subsets.len())?;
        }
        more(out, self.components.len())
    }

    fn logit(&self, out: &mut String, found: &LogitReport) -> fmt::Result {
        let what = format!("precision {} a unit of payoff", short(found.precision));
        heading(out, "Logit equilibrium", &what)?;
        for (player, p) in self.players.iter().zip(&found.profile) {
            let each = player.strategies.iter().zip(p).map(|(s, p)| format!("{} {s}", short(*p)));
            writeln!(out, "  {}: {}", player.name, each.collect::<Vec<_>>().join(" + "))?;
        }
        let payoffs: Vec<String> = found.payoffs.iter().map(|u| short(*u)).collect();
        writeln!(out, "  payoffs {}", payoffs.join(", "))?;
        if let Some(fit) = &found.fit {
            let likely = |x: f64| short(x);
            writeln!(
                out,
                "  log-likelihood of {}: {} (uniform play {})",
                fit.source,
                likely(fit.log_likelihood),
                likely(fit.uniform)
            )?;
            if fit.unbounded {
                writeln!(
                    out,
                    "  likelier still with more precision: this is as far as was looked"
                )?;
            }
        }
        let (steps, turns) = (found.steps, found.turns);
        writeln!(out, "  on the branch from uniform play, {steps} steps and {turns} turns on")
    }

    fn equilibrium(&self, out: &mut String, found: &MixedReport) -> fmt::Result {
        let exact = found.exact.as_ref();
        let each: Vec<String> = self
            .players
            .iter()
            .enumerate()
            .map(|(i, player)| {
                let used = player.strategies.iter().zip(&found.profile[i]).enumerate();
                let used: Vec<String> = used
                    .filter(|(_, (_, p))| p.value() != 0.0)
                    .map(|(a, (name, p))| match (p.value() == 1.0, exact) {
                        (true, _) => name.clone(),
                        (false, Some(exact)) => format!("{} {name}", exact[i][a]),
                        (false, None) => format!("{p} {name}"),
                    })
                    .collect();
                used.join(" + ")
            })
            .collect();
        writeln!(
            out,
            "  ({})  payoffs {}, regrets {}",
            each.join("; "),
            joined(&found.payoffs),
            joined(&found.regrets)
        )?;
        let outcomes = found.outcomes.as_deref().unwrap_or_default();
        if (2..=SHORT).contains(&outcomes.len()) {
            let one = |l: &LikelyProfile| format!("{} ({})", l.probability, l.profile.join(", "));
            writeln!(
                out,
                "    outcomes {}",
                outcomes.iter().map(one).collect::<Vec<_>>().join(", ")
            )?;
        }
        Ok(())
    }

    fn range(&self, out: &mut String, name: &str, range: &RangeReport) -> fmt::Result {
        let within = range.lowest.within.max(range.highest.within);
        let precision = match within > 0.0 {
            true => format!(", to {within:.0e} of the span of payoffs"),
            false => String::new(),
        };
        let of = of(&range.objective);
        let value = |end: &ExtremeReport, number: &Num| {
            in_full(number, end.exact.as_ref().map(|exact| exact.value.as_str()))
        };
        let (min, max) = (value(&range.lowest, &range.min), value(&range.highest, &range.max));
        let ends = format!("{of} is {min} to {max}{precision}");
        heading(out, name, &ends)?;
        for (which, end) in [("lowest", &range.lowest), ("highest", &range.highest)] {
            self.end(out, which, end)?;
        }
        Ok(())
    }

    fn end(&self, out: &mut String, which: &str, end: &ExtremeReport) -> fmt::Result {
        let exact = |i: usize| end.exact.as_ref()?.payoffs.get(i).map(String::as_str);
        let payoffs = end.payoffs.iter().enumerate().map(|(i, u)| in_full(u, exact(i)));
        let payoffs: Vec<String> = payoffs.collect();
        writeln!(out, "  {which}, with payoffs {}, by", payoffs.join(", "))?;
        for likely in end.distribution.iter().take(SHOWN) {
            let profile = likely.profile.join(", ");
            writeln!(out, "    {:<8} ({profile})", shown(&likely.probability))?;
        }
        more(out, end.distribution.len())
    }

    /// What is known of what was not decided.
    fn so_far(&self, out: &mut String, what: &str) -> fmt::Result {
        let bounds = match what {
            "correlated" => &self.so_far.correlated,
            "coarse_correlated" => &self.so_far.coarse_correlated,
            "mixed" => match &self.so_far.mixed {
                Some(nearest) => return self.equilibrium(out, nearest),
                None => return Ok(()),
            },
            _ => {
                let found = match what {
                    "strong" => &self.so_far.strong,
                    _ => &self.so_far.coalition_proof,
                };
                return match found {
                    Some(found) => refinement(out, &found.stable, &found.upset),
                    None => Ok(()),
                };
            }
        };
        let Some(bounds) = bounds else { return Ok(()) };
        let between = |[low, high]: [f64; 2]| format!("{} to {}", short(low), short(high));
        let (min, max) = (between(bounds.min), between(bounds.max));
        writeln!(out, "  so far: {} is at least {min}, at most {max}", of(&bounds.objective))?;
        let ends = [("nearest to the lowest", &bounds.lowest), ("to the highest", &bounds.highest)];
        for (which, end) in ends {
            if !end.distribution.is_empty() {
                self.end(out, which, end)?;
            }
        }
        Ok(())
    }
}

/// What an objective is, in words.
fn of(objective: &str) -> String {
    match objective {
        "welfare" => "the sum of payoffs".to_owned(),
        "minimum" => "the worst-off player's expected payoff".to_owned(),
        other => match other.split_once(':') {
            Some(("player", name)) => format!("{name}'s payoff"),
            Some(("sum", list)) => format!("the sum of payoffs, weighted {list},"),
            Some(("profile", list)) => format!("the probability of {list}"),
            Some(("values", file)) => format!("the value of {file}"),
            _ => other.to_owned(),
        },
    }
}

fn refinement(out: &mut String, stable: &[StableReport], upset: &[UpsetReport]) -> fmt::Result {
    for found in stable.iter().take(SHOWN) {
        writeln!(out, "  ({})", found.profile.join(", "))?;
    }
    more(out, stable.len())?;
    for found in upset.iter().take(SHOWN) {
        writeln!(
            out,
            "  not ({}): {} would go to ({})",
            found.profile.join(", "),
            found.coalition.join(" and "),
            found.deviation.join(", ")
        )?;
    }
    Ok(())
}

/// A number; a fraction that nobody can read is rounded, and says so.
fn shown(number: &Num) -> String {
    match number {
        Num::Exact(text) if text.len() > LEGIBLE => format!("≈ {}", short(number.value())),
        _ => number.to_string(),
    }
}

/// A number, to six places where it is so large that six digits would hide how it differs from
/// others like it. `exact` is the same as a fraction.
fn in_full(number: &Num, exact: Option<&str>) -> String {
    let text = match number {
        Num::Exact(text) => Some(text.as_str()),
        Num::Float(_) => exact,
    };
    let large = number.value().abs() >= LARGE;
    match text.filter(|_| large).and_then(fraction) {
        Some(value) => decimal(&value),
        None => shown(number),
    }
}

fn heading(out: &mut String, name: &str, what: &str) -> fmt::Result {
    writeln!(out, "\n{name}  ({what})")
}

fn joined(numbers: &[Num]) -> String {
    numbers.iter().map(shown).collect::<Vec<_>>().join(", ")
}

fn more(out: &mut String, all: usize) -> fmt::Result {
    if all > SHOWN {
        writeln!(out, "  and {} more (--format json or csv lists them)", all - SHOWN)?;
    }
    Ok(())
}
