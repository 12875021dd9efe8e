//! A simulation for people: how probable hegemony is, whose, when, and what it hangs on.

use std::fmt::{self, Write};

use super::*;
use crate::parameters::simulation::Rule;
use crate::report::text::{bar, count, heading, paragraph, thousands};

/// Columns of a bar.
const BAR: usize = 30;
/// From so many runs on a third decimal says something.
const PRECISE: u32 = 100_000;
/// Periods in a table.
const SHOWN: u32 = 10;

/// A proportion over so many runs: no more decimals than they bear.
pub(in crate::report) fn proportion(value: f64, runs: u32) -> String {
    let decimals = if runs >= PRECISE { 3 } else { 2 };
    format!("{value:.decimals$}")
}

impl SimulationReport {
    /// The simulation as text with ANSI styles.
    pub fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_text(&mut out);
        out
    }

    fn write_text(&self, out: &mut String) -> fmt::Result {
        let bold = anstyle::Style::new().bold();
        writeln!(out, "\n{bold}{}{bold:#}", self.title())?;
        paragraph(out, &self.gist())?;
        if let Some(words) = self.dominance_words() {
            paragraph(out, &words)?;
        }
        self.write_who(out)?;
        self.write_periods(out)?;
        heading(out, "WARS", "")?;
        paragraph(out, &self.war_words())?;
        self.write_balancing(out)?;
        self.write_thirds(out)?;
        self.write_doubt(out)?;
        if let Some(compare) = &self.compare {
            heading(out, "COMPARED", &compare.changes())?;
            paragraph(out, &self.compare_words(compare))?;
        }
        if let Some(grid) = &self.grid {
            self.write_grid(out, grid)?;
        }
        heading(out, "LIMITS", "")?;
        paragraph(out, self.limits())
    }

    /// A proportion over the runs.
    pub(in crate::report) fn part(&self, value: f64) -> String {
        proportion(value, self.runs)
    }

    /// A proportion with its interval.
    pub(in crate::report) fn estimate(&self, value: f64, [low, high]: [f64; 2]) -> String {
        format!("{} ({} – {})", self.part(value), self.part(low), self.part(high))
    }

    /// What was simulated, in a line.
    pub fn title(&self) -> String {
        let name = if self.system.name.is_empty() { "a system" } else { &self.system.name };
        let year = self.system.year.map_or(String::new(), |year| format!(" {year}"));
        let [runs, periods] = [(self.runs, "run"), (self.periods, "period")]
            .map(|(number, one)| count(number.into(), one));
        format!("{name}{year}: {runs} of {periods}")
    }

    /// How probable hegemony is, in some sentences.
    pub fn gist(&self) -> String {
        let found = &self.hegemony;
        let hold = count(self.parameters.hold.into(), "period");
        let mut words = format!(
            "Probability of hegemony within {}: {}. That is: one state holds more than {} of all \
             power for {hold} running. At the end a state does in {} of the runs. Intervals are of \
             95 %.",
            count(self.periods.into(), "period"),
            self.estimate(found.probability, found.interval),
            self.threshold_words(),
            self.estimate(found.at_end, found.at_end_interval),
        );
        match found.median_period {
            Some(period) => words.push_str(&format!(
                " Half of the runs have their hegemon from period {period} on or earlier."
            )),
            None => words.push_str(&format!(
                " Fewer than half of the runs have one within {}.",
                count(self.periods.into(), "period")
            )),
        }
        if let Some(ended) = found.ended {
            words.push_str(&format!(
                " Of the runs that have one, it falls again in {}.",
                self.part(ended)
            ));
        }
        words
    }

    fn threshold_words(&self) -> String {
        let doubted = self.ranges.iter().find(|range| range.parameter == Rule::Threshold);
        match doubted {
            Some(range) => format!("the drawn part ({} to {})", range.from, range.to),
            None => format!("{}", self.parameters.threshold),
        }
    }

    /// What the probability is at other values of dominance; `None` if that is not known.
    pub fn dominance_words(&self) -> Option<String> {
        let [first, rest @ ..] = self.dominance.as_slice() else { return None };
        let one = |beside: &DominanceReport| {
            let estimate = self.estimate(beside.probability, beside.interval);
            format!("{estimate} at {}", beside.dominance)
        };
        let rest: String = rest.iter().map(|beside| format!(" and {}", one(beside))).collect();
        Some(format!(
            "Dominance is a cliff. Partners who share alike make a hegemon, partners who dominate \
             are refused, and nobody has measured which they do: the probability is {} at a \
             dominance of {}, but {}{rest}. A range (--dominance 1.25..1.75) holds the doubt in one \
             probability.",
            self.part(self.hegemony.probability),
            self.parameters.dominance,
            one(first),
        ))
    }

    fn write_who(&self, out: &mut String) -> fmt::Result {
        heading(out, "WHO", "share of power at the start; probability to be the hegemon")?;
        let by = &self.hegemony.by.0;
        let wide = by.iter().map(|(id, _)| id.chars().count()).max().unwrap_or(0);
        for (k, (id, probability)) in by.iter().enumerate() {
            let share = match self.system.states.get(k) {
                Some(state) => format!("{:.2}", state.share),
                None => "   –".into(),
            };
            let bar = if *probability > 0.0 { bar(*probability, 1.0, BAR) } else { String::new() };
            let probability = self.part(*probability);
            writeln!(out, "  {id:wide$}  {share}  {probability}  {bar}")?;
        }
        Ok(())
    }

    /// The periods that tables show: some ten of them, the last one among them.
    pub(in crate::report) fn shown(&self) -> Vec<usize> {
        let step = self.periods.div_ceil(SHOWN).max(1);
        let mut shown: Vec<u32> = (1..=self.periods).filter(|t| t % step == 0).collect();
        if shown.last() != Some(&self.periods) {
            shown.push(self.periods);
        }
        shown.into_iter().map(|period| period as usize - 1).collect()
    }

    fn write_periods(&self, out: &mut String) -> fmt::Result {
        heading(out, "PERIODS", "")?;
        writeln!(
            out,
            "  {:>6}  {:20}  {:24}  {:18}  states",
            "", "still balanced", "leading share (5–50–95)", "effective poles"
        )?;
        for t in self.shown() {
            let (Some(alive), Some(path)) = (self.survival.get(t), self.path.get(t)) else {
                continue;
            };
            let [low, _, middle, _, high] = path.leader_share;
            let share = format!("{low:.2} – {middle:.2} – {high:.2}");
            let [low, _, middle, _, high] = path.effective_poles;
            let poles = format!("{low:.1} – {middle:.1} – {high:.1}");
            let balanced = self.estimate(alive.balanced, alive.interval);
            writeln!(
                out,
                "  {:>6}  {balanced:20}  {share:24}  {poles:18}  {:.1}",
                alive.period, path.states
            )?;
        }
        Ok(())
    }

    /// How often there is war, and what that brings.
    pub fn war_words(&self) -> String {
        let decimals = if self.wars.per_100 < 9.5 { 1 } else { 0 };
        let per_100 = format!("{:.decimals$} wars in 100 periods", self.wars.per_100);
        let won = match self.wars.attacker_won {
            Some(part) => format!(", of which the attackers win {part:.2}"),
            None => String::new(),
        };
        let unsettled = match self.unsettled {
            0 => "Alignment came to rest in every period.".into(),
            some => format!(
                "In {} of {} periods alignment did not come to rest and was taken as it was.",
                thousands(some),
                thousands(u64::from(self.runs) * u64::from(self.periods))
            ),
        };
        format!("{per_100}{won}. {unsettled}")
    }

    fn write_balancing(&self, out: &mut String) -> fmt::Result {
        if self.balancing.is_empty() {
            return Ok(());
        }
        heading(out, "BALANCING", "where the others' power stands, by the leading state's share")?;
        writeln!(out, "  {:9}  with  against  elsewhere  periods", "share")?;
        for row in &self.balancing {
            let [from, to] = row.leader_share;
            writeln!(
                out,
                "  {:9}  {:.2}  {:7.2}  {:9.2}  {:>7}",
                format!("{from:.1} – {to:.1}"),
                row.with,
                row.against,
                row.elsewhere,
                thousands(row.periods)
            )?;
        }
        Ok(())
    }

    fn write_thirds(&self, out: &mut String) -> fmt::Result {
        if self.thirds.is_empty() {
            return Ok(());
        }
        heading(out, "BY THIRD OF EACH RANGE", "probability of hegemony")?;
        for third in &self.thirds {
            let range = format!("{:.3} – {:.3}", third.from, third.to);
            let estimate = self.estimate(third.probability, third.interval);
            writeln!(
                out,
                "  {:14}  {range:18}  {estimate:20}  {}",
                third.parameter.words(),
                count(third.runs.into(), "run")
            )?;
        }
        Ok(())
    }

    /// The comparison in a sentence.
    pub fn compare_words(&self, compare: &CompareReport) -> String {
        let sign = |value: f64| if value > 0.0 { "+" } else { "" };
        let number = |value: f64| format!("{}{}", sign(value), self.part(value));
        let [low, high] = compare.interval;
        let clear = match (low > 0.0, high < 0.0) {
            (true, _) => "more hegemony",
            (_, true) => "less hegemony",
            _ => "no difference that these runs can tell from chance",
        };
        format!(
            "With the same luck the probability of hegemony is {}: a difference of {} ({} to {}, \
             paired run by run), {clear}. {} become hegemonic by the change, {} stay balanced by it.",
            self.part(compare.probability),
            number(compare.difference),
            number(low),
            number(high),
            count(compare.gained.into(), "run"),
            thousands(compare.lost.into()),
        )
    }

    fn write_grid(&self, out: &mut String, grid: &GridReport) -> fmt::Result {
        let across = self.plane_words(grid);
        heading(out, "GRID", &format!("probability of hegemony; {across}"))?;
        let columns = grid.x.values.len();
        let rows: Vec<&[CellReport]> = grid.cells.chunks(columns).collect();
        for row in rows.iter().rev() {
            let label = row[0].y.map_or(String::new(), axis_value);
            let cells: Vec<String> =
                row.iter().map(|cell| format!("{:>6}", self.part(cell.probability))).collect();
            writeln!(out, "  {label:>8}  {}", cells.join("  "))?;
        }
        let values: Vec<String> =
            grid.x.values.iter().map(|&x| format!("{:>6}", axis_value(x))).collect();
        writeln!(out, "  {:>8}  {}", "", values.join("  "))?;
        let widest = grid.cells.iter().map(|cell| cell.interval[1] - cell.interval[0]);
        let widest = 0.5 * widest.fold(0.0, f64::max);
        paragraph(out, &format!("Each is known to within {widest:.2} or better (95 %)."))
    }

    /// What the film cannot tell.
    pub fn limits(&self) -> &'static str {
        if self.draws.is_some() {
            return "A model without territory, arming, secession or imperial decay: compare signs \
                    between settings, not numbers with history. Time runs at the pace of --stakes: \
                    read the two together. Draws hold the doubt about what was estimated, ranges \
                    (--stakes 0.1..0.4) that about other parameters; none holds that about the \
                    rules.";
        }
        "A model without territory, arming, secession or imperial decay: compare signs between \
         settings, not numbers with history. Time runs at the pace of --stakes: read the two \
         together. Intervals hold the chance of the runs, not the doubt about the rules; \
         ranges (--stakes 0.1..0.4) hold that of parameters."
    }
}

impl CompareReport {
    /// `alliances none`.
    pub fn changes(&self) -> String {
        let one = |(name, value): &(String, Value)| match value {
            Value::Number(value) => format!("{name} {value}"),
            Value::Text(value) => format!("{name} {value}"),
        };
        self.changed.0.iter().map(one).collect::<Vec<_>>().join(", ")
    }
}

/// A value of an axis in four digits or so.
fn axis_value(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What figures say of numbers.
impl SimulationReport {
    /// A proportion in as many decimals as the runs bear.
    pub fn part_words(&self, value: f64) -> String {
        self.part(value)
    }

    /// A proportion with its interval.
    pub fn estimate_words(&self, (value, interval): (f64, [f64; 2])) -> String {
        self.estimate(value, interval)
    }

    /// `cumulativity across, openness upwards`.
    pub fn plane_words(&self, grid: &GridReport) -> String {
        let x = grid.x.parameter.words();
        match &grid.y {
            Some(y) => format!("{x} across, {} upwards", y.parameter.words()),
            None => x,
        }
    }
}
