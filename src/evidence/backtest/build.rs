//! The rows of a panel.

use std::collections::{BTreeMap, HashMap};

use super::predictors::without_leader;
use super::predictors::{BASELINES, MODEL, Model, Predictor, Said, log_distance, shared_rivals};
use super::{Columns, LAG, Target};
use crate::dataset::{Members, PanelFiles, PanelYear, Wars};
use crate::error::{Error, Result};
use crate::work::{Work, parallel};

/// A panel: its rows, and who says what of them.
#[derive(Debug, Clone)]
pub struct Panel {
    /// What is predicted.
    pub target: Target,
    /// Which pairs: `majors` or `relevant`.
    pub pairs: &'static str,
    /// The rows.
    pub data: Columns,
    /// The predictors, in the order of what they said: the model's, then the trivial rules.
    pub predictors: Vec<Predictor>,
    /// What was noticed on the way.
    pub notes: Vec<String>,
}

/// Builds the panel of `years` (as far as the files go) and asks every predictor. With
/// `Members::All` the pairs are the politically relevant ones: neighbours, and those with a
/// major power. O(years · (n² + what the predictors take)).
///
/// # Errors
/// If the files do not overlap, one lacks what is needed, or a predictor fails.
pub fn build(
    files: &PanelFiles,
    wars: Option<&Wars>,
    members: Members,
    target: Target,
    years: Option<(i32, i32)>,
    model: &Model,
    work: &Work,
) -> Result<Panel> {
    if members == Members::All && !files.knows_neighbours() {
        return Err(Error::parameter(
            "pairs",
            "a file of contiguity among --dyads beside --pairs relevant",
            "none",
        ));
    }
    let span = asked_years(files, target, years)?;
    work.begin("years of pairs", span.len() as u64);
    let built = parallel(span.len(), |k| -> Result<Columns> {
        let found = files.year(span[k], members)?;
        let rows = of_year(files, wars, &found, members, target, model, &work.unobserved())?;
        work.advance(1);
        Ok(rows)
    });
    work.end();
    let mut data = Columns::default();
    for rows in built {
        data.append(rows?);
    }
    let predictors: Vec<Predictor> = MODEL.iter().chain(&BASELINES).copied().collect();
    let pairs = if members == Members::Majors { "majors" } else { "relevant" };
    let panel = Panel { target, pairs, data, predictors, notes: Vec::new() };
    if panel.data.event.iter().flatten().count() == 0 {
        return Err(without_events(&span));
    }
    Ok(panel)
}

/// That no pair of some years could have the event.
pub(in crate::evidence) fn without_events(span: &[i32]) -> Error {
    let years = match span {
        [first, .., last] => format!("years {first} to {last}"),
        [year] => format!("year {year}"),
        [] => "years".into(),
    };
    Error::system(
        format!("no pair of the {years} could have had the event"),
        "choose other --years, or another --predict",
    )
}

/// The years that are asked for, as far as the files go.
///
/// # Errors
/// If there are none.
pub(in crate::evidence) fn asked_years(
    files: &PanelFiles,
    target: Target,
    years: Option<(i32, i32)>,
) -> Result<Vec<i32>> {
    let known = files.years().ok_or_else(|| {
        Error::system("the files have no years in common", "give files of the same time")
    })?;
    let (first, last) = years.map_or(known, |(a, b)| (a.max(known.0), b.min(known.1)));
    let last = match target {
        // Whether a pact is formed within so many years must be known.
        Target::NewPact(ahead) => last.min(known.1.saturating_sub(ahead as i32 - 1)),
        _ => last,
    };
    if first > last {
        let asked = years.map_or(String::new(), |(a, b)| format!("; asked for {a} to {b}"));
        return Err(Error::parameter(
            "years",
            format!("years from {} to {}, which the files cover", known.0, known.1),
            format!("none of them{asked}"),
        ));
    }
    Ok((first..=last).collect())
}

impl Columns {
    fn append(&mut self, rows: Self) {
        self.year.extend(rows.year);
        self.state1.extend(rows.state1);
        self.state2.extend(rows.state2);
        self.event.extend(rows.event);
        for (name, values) in rows.known {
            self.known.entry(name).or_default().extend(values);
        }
        self.said.resize(rows.said.len().max(self.said.len()), Vec::new());
        for (column, values) in self.said.iter_mut().zip(rows.said) {
            column.extend(values);
        }
    }
}

fn of_year(
    files: &PanelFiles,
    wars: Option<&Wars>,
    year: &PanelYear,
    members: Members,
    target: Target,
    model: &Model,
    work: &Work,
) -> Result<Columns> {
    let n = year.system.len();
    let events = events(files, wars, year, target)?;
    let said: Vec<Said> = MODEL
        .iter()
        .chain(&BASELINES)
        .map(|predictor| (predictor.say)(year, model, work))
        .collect::<Result<_>>()?;
    let lag = flags(year);
    let known: [(&str, Said); 5] = [
        (LAG, lag.0),
        ("logdist", log_distance(year)),
        ("rival", lag.1),
        ("shared", shared_rivals(year)),
        ("no_leader", without_leader(year)),
    ];
    let mut columns = Columns {
        said: vec![Vec::new(); said.len()],
        known: known.iter().map(|(name, _)| ((*name).into(), Vec::new())).collect(),
        ..Columns::default()
    };
    let finite = |value: f64| Some(value).filter(|value| value.is_finite());
    for (i, j) in (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))) {
        let relevant = year.majors[i] || year.majors[j] || year.neighbours[[i, j]];
        if members == Members::All && !relevant {
            continue;
        }
        columns.year.push(year.year);
        columns.state1.push(year.system.id(i).to_owned());
        columns.state2.push(year.system.id(j).to_owned());
        columns.event.push(events.get(&(i, j)).copied());
        for (name, matrix) in &known {
            if let Some(column) = columns.known.get_mut(*name) {
                column.push(finite(matrix[[i, j]]));
            }
        }
        for (column, matrix) in columns.said.iter_mut().zip(&said) {
            column.push(finite(matrix[[i, j]]));
        }
    }
    Ok(columns)
}

/// Last year's pacts and rivalries as numbers.
fn flags(year: &PanelYear) -> (Said, Said) {
    let number = |holds: bool| f64::from(u8::from(holds));
    (year.pact_before.mapv(number), year.rivals.mapv(number))
}

/// Of the pairs that could have the event, whether they had it.
pub(in crate::evidence) fn events(
    files: &PanelFiles,
    wars: Option<&Wars>,
    year: &PanelYear,
    target: Target,
) -> Result<BTreeMap<(usize, usize), bool>> {
    let n = year.system.len();
    let pairs = || (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
    match target {
        Target::Pact => Ok(pairs().map(|pair| (pair, year.pact[[pair.0, pair.1]])).collect()),
        Target::NewPact(ahead) => {
            let codes = codes(year);
            let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
            let later: Vec<_> = (year.year..year.year + ahead as i32)
                .map(|year| files.pacts.in_year(&codes, year))
                .collect();
            let without = |&(i, j): &(usize, usize)| !year.pact_before[[i, j]];
            let formed = |(i, j): (usize, usize)| later.iter().any(|pacts| pacts[[i, j]]);
            Ok(pairs().filter(without).map(|pair| (pair, formed(pair))).collect())
        }
        Target::Sides => {
            let wars = wars.ok_or_else(|| {
                Error::parameter("predict", "a list of --wars beside --predict sides", "none")
            })?;
            let codes = codes(year);
            let at: HashMap<&str, usize> =
                codes.iter().enumerate().map(|(i, code)| (code.as_str(), i)).collect();
            let mut events = BTreeMap::new();
            for war in wars.whole().iter().filter(|war| war.first == year.year) {
                let sides = war.sides.each_ref().map(|side| {
                    side.iter().filter_map(|f| at.get(f.code.as_str()).copied()).collect::<Vec<_>>()
                });
                let fought: Vec<(usize, usize)> = (0..2)
                    .flat_map(|side| sides[side].iter().map(move |&state| (state, side)))
                    .collect();
                for (a, &(i, one)) in fought.iter().enumerate() {
                    for &(j, other) in &fought[a + 1..] {
                        // Two that were together in one war and apart in another count as apart.
                        let entry = events.entry((i.min(j), i.max(j))).or_insert(true);
                        *entry &= one == other;
                    }
                }
            }
            Ok(events)
        }
    }
}

fn codes(year: &PanelYear) -> Vec<String> {
    year.system.states().iter().map(|state| state.code.clone().unwrap_or_default()).collect()
}
