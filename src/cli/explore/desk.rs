//! What the page is about: a system file and the files beside it, read once, and the commands that
//! are made of what the page asks.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::slots::Slot;
use crate::cli::output::typed;
use crate::cli::{Answer, Opt, Request, Status, input, options, request};
use crate::dataset::Dataset;
use crate::error::{Error, ErrorKind, Result};
use crate::table::opened;

/// The system without a file: its name and what is in it.
const BUILT_IN: (&str, &str) = ("europe-1913.csv", include_str!("../../../data/europe-1913.csv"));
/// What a system that was changed on the page is called, and what is known of its pairs.
const CHANGED: [&str; 2] = ["explored.csv", "explored-pairs.csv"];
/// Characters of a value at most.
const VALUE: usize = 600;

/// What a page may ask of each command, and up to which number where the work grows with it. No
/// option that names a file is among them.
const SOLVE: &[(&str, f64)] = &[
    ("year", ANY),
    ("top", ANY),
    ("capability", ANY),
    ("decisiveness", ANY),
    ("dominance", ANY),
    ("war-cost", ANY),
    ("threshold", ANY),
    ("driver", ANY),
    ("threat-weight", ANY),
    ("target", ANY),
    ("forbearance", ANY),
    ("retribution", ANY),
    ("commitment-cost", ANY),
    ("latent-hostility", ANY),
    ("blocs", ANY),
];
const SWEEP: &[(&str, f64)] = &[
    ("shares", ANY),
    ("by", ANY),
    ("lens", ANY),
    ("resolution", 32.0),
    ("refine", 3.0),
    ("decisiveness", ANY),
    ("dominance", ANY),
    ("war-cost", ANY),
    ("threshold", ANY),
];
const SIMULATE: &[(&str, f64)] = &[
    ("year", ANY),
    ("top", ANY),
    ("capability", ANY),
    ("runs", 1000.0),
    ("periods", 200.0),
    ("decisiveness", ANY),
    ("dominance", ANY),
    ("war-cost", ANY),
    ("threshold", ANY),
    ("cumulativity", ANY),
    ("openness", ANY),
];
const ANY: f64 = f64::INFINITY;

/// The files that an answer can be written to, by what comes before the dot and after it.
const REPORT: &str = "report";
const FIGURES: [&str; 6] = ["lenses", "blocs", "partition", "threats", "phase", "balancing"];
const FORMS: [&str; 6] = ["html", "json", "csv", "md", "tex", "txt"];
const DRAWN: [&str; 3] = ["svg", "png", "pdf"];

/// What a page asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ask {
    command: Command,
    #[serde(default)]
    options: Vec<(String, String)>,
    /// The states as they were changed, and what is known of their pairs: CSV.
    system: Option<String>,
    pairs: Option<String>,
    /// The figures to be drawn, by the names of `--figure`.
    #[serde(default)]
    figures: Vec<String>,
    /// The file to be written.
    file: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Command {
    Solve,
    Sweep,
    Simulate,
}

impl Command {
    const fn name(self) -> &'static str {
        match self {
            Self::Solve => "solve",
            Self::Sweep => "sweep",
            Self::Simulate => "simulate",
        }
    }

    const fn options(self) -> &'static [(&'static str, f64)] {
        match self {
            Self::Solve => SOLVE,
            Self::Sweep => SWEEP,
            Self::Simulate => SIMULATE,
        }
    }
}

/// What the page shows of an answer.
#[derive(Debug, Serialize)]
struct Shown {
    command: String,
    notes: Vec<String>,
    decided: bool,
    report: Box<serde_json::value::RawValue>,
    /// By name: the figure, or why there is none.
    figures: Vec<(String, std::result::Result<String, String>)>,
}

/// What the page starts from.
#[derive(Debug, Serialize)]
struct About<'a> {
    name: String,
    file: &'a str,
    /// The file's text where it is not on the disk under this name.
    unsaved: Option<String>,
    base: &'a [(String, String)],
    years: Vec<i32>,
    columns: Vec<String>,
    parameters: Vec<Parameter>,
    forms: [&'static str; 6],
    drawn: &'static [&'static str],
}

/// A parameter: what it is called, what it is, what it is unless something else is asked.
#[derive(Debug, Serialize)]
struct Parameter {
    command: &'static str,
    name: String,
    help: String,
    default: Option<String>,
    values: Vec<String>,
}

/// A file of the answer: its name and bytes.
pub(super) struct Written(pub(super) String, pub(super) Vec<u8>);

/// What the page is about.
pub(super) struct Desk {
    file: PathBuf,
    base: Vec<(String, String)>,
    files: Vec<(PathBuf, Vec<u8>)>,
    about: Vec<u8>,
}

impl Desk {
    /// Reads the files of the session.
    pub(super) fn new(file: Option<&Path>) -> Result<Self> {
        let (mut base, beside) = request::asked();
        base.retain(|(name, _)| !["port", "no-open"].contains(&name.as_str()));
        let (path, bytes, saved) = match file {
            None => (PathBuf::from(BUILT_IN.0), BUILT_IN.1.into(), false),
            Some(path) if input::is_standard(path) => {
                (PathBuf::from("system.csv"), input::whole(path)?, false)
            }
            Some(path) => (path.to_owned(), input::whole(path)?, true),
        };
        let mut files = vec![(path.clone(), bytes)];
        for path in beside {
            let bytes = input::whole(&path)?;
            files.push((path, bytes));
        }
        let mut desk = Self { file: path, base, files, about: Vec::new() };
        desk.about = desk.about(saved)?;
        Ok(desk)
    }

    fn about(&self, saved: bool) -> Result<Vec<u8>> {
        let bytes = &self.files[0].1;
        let called = input::called(&self.file);
        let read = Dataset::parse(&called, &opened(&called, bytes.clone())?)?;
        let file = self.file.to_string_lossy();
        let parameters = [Command::Solve, Command::Sweep, Command::Simulate].map(parameters);
        let about = About {
            name: input::name(&self.file),
            file: &file,
            unsaved: (!saved).then(|| String::from_utf8_lossy(bytes).into_owned()),
            base: &self.base,
            years: read.years(),
            columns: read.capabilities().into_iter().map(str::to_owned).collect(),
            parameters: parameters.into_iter().flatten().collect(),
            forms: FORMS,
            drawn: &DRAWN,
        };
        json(&about)
    }

    /// What the page starts from, as JSON.
    pub(super) fn start(&self) -> Vec<u8> {
        self.about.clone()
    }

    /// Answers with the report, its figures and the command that gives them, as JSON.
    pub(super) fn shown(&self, ask: &Ask, slot: &Slot) -> Result<Vec<u8>> {
        let words = self.words(ask)?;
        let command = typed(words.clone());
        let Answer { output, notes, status, .. } =
            self.run([words, vec!["--format=json".into()]].concat(), ask, slot)?;
        let text = String::from_utf8_lossy(&output).into_owned();
        if text.is_empty() {
            return Err(ErrorKind::TimeUp.into());
        }
        let figures = ask.figures.iter().map(|name| {
            let drawn = self.figure(ask.command, name, &output, slot);
            (name.clone(), drawn.map_err(|error| error.to_string()))
        });
        let figures = figures.collect();
        let report = serde_json::value::RawValue::from_string(text)
            .map_err(|error| Error::io("report", std::io::Error::other(error)))?;
        json(&Shown { command, notes, decided: status == Status::Answered, report, figures })
    }

    /// A figure of a report.
    fn figure(&self, command: Command, name: &str, report: &[u8], slot: &Slot) -> Result<String> {
        let mut words = vec!["show".to_owned(), "-".into(), "--plot=figure.svg".into()];
        // Of a sweep it is the first aspect's.
        if command != Command::Sweep {
            words.push(format!("--figure={name}"));
        }
        let request = Request {
            words,
            input: Some(report.to_vec()),
            sealed: true,
            stop: Some(slot.stop()),
            ..Request::default()
        };
        let mut written = request.answer()?.written;
        let bytes = written.pop().map(|(_, bytes)| bytes).unwrap_or_default();
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Answers with the file that the command writes.
    pub(super) fn written(&self, ask: &Ask, slot: &Slot) -> Result<Written> {
        let asked = ask.file.as_deref().unwrap_or_default();
        let (stem, ending) = asked.split_once('.').unwrap_or_default();
        let figure = FIGURES.contains(&stem) && DRAWN.contains(&ending);
        let report = stem == REPORT && FORMS.contains(&ending);
        if !(figure || report) {
            let expected = "report or the name of a figure, with the ending of a form of it";
            return Err(Error::parameter("file", expected, asked));
        }
        let mut words = self.words(ask)?;
        words.extend([if figure { "--plot" } else { "-o" }.to_owned(), asked.to_owned()]);
        if figure && ask.command != Command::Sweep {
            words.extend(["--figure".to_owned(), stem.to_owned()]);
        }
        let written = self.run(words, ask, slot)?.written;
        let bytes = written.into_iter().find(|(path, _)| path == Path::new(asked));
        let (_, bytes) = bytes.ok_or(ErrorKind::TimeUp)?;
        Ok(Written(asked.to_owned(), bytes))
    }

    fn run(&self, words: Vec<String>, ask: &Ask, slot: &Slot) -> Result<Answer> {
        let given = [(CHANGED[0], &ask.system), (CHANGED[1], &ask.pairs)];
        let given = given.into_iter().filter_map(|(name, text)| {
            Some((PathBuf::from(name), text.as_ref()?.clone().into_bytes()))
        });
        let files = self.files.iter().cloned().chain(given).collect();
        let stop = Some(slot.stop());
        Request { words, files, sealed: true, stop, ..Request::default() }.answer()
    }

    /// The words of the command that answers.
    fn words(&self, ask: &Ask) -> Result<Vec<String>> {
        let mut words = vec![ask.command.name().to_owned()];
        let asked = |name: &str| ask.options.iter().any(|(other, _)| other == name);
        let triangle = ask.command == Command::Sweep;
        if !triangle {
            let changed = ask.system.is_some();
            let file = if changed { CHANGED[0].into() } else { self.file.to_string_lossy() };
            // A name that begins with a dash is no option.
            let dashed = file.starts_with('-');
            words.push(if dashed { format!("./{file}") } else { file.into_owned() });
            // What chose the states has done so where they were changed.
            let base = self.base.iter().filter(|(name, _)| !changed && !asked(name));
            words.extend(base.map(|(name, value)| format!("--{name}={value}")));
            if ask.pairs.is_some() {
                words.push(format!("--dyads={}", CHANGED[1]));
            }
        }
        for (name, value) in &ask.options {
            let known = ask.command.options().iter().find(|(known, _)| known == name);
            let Some((_, most)) = known else {
                let all: Vec<&str> = ask.command.options().iter().map(|(name, _)| *name).collect();
                return Err(Error::parameter("option", all.join(", "), name));
            };
            let number = value.parse().unwrap_or(0.0);
            if value.len() > VALUE || number > *most {
                return Err(Error::parameter("option", format!("--{name} up to {most}"), value));
            }
            words.push(format!("--{name}={value}"));
        }
        Ok(words)
    }
}

/// What can be asked of a command, as its help has it.
fn parameters(command: Command) -> Vec<Parameter> {
    let known = |opt: &Opt| command.options().iter().any(|(name, _)| *name == opt.name);
    let parameter = |opt: Opt| Parameter {
        command: command.name(),
        name: opt.name,
        help: opt.help,
        default: opt.default,
        values: opt.values,
    };
    let all = options(&[command.name()]).unwrap_or_default();
    all.into_iter().filter(known).map(parameter).collect()
}

/// Anything as JSON.
pub(super) fn json(value: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(value).map_err(|error| Error::io("the answer", error.into()))
}
