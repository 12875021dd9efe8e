//! One request in pieces: `--shard k/N` solves one of them, `merge` puts the report together.
//!
//! A piece is a pure function of the request and of k/N. A part file is a line of JSON, which says
//! of what it is a piece, and the answers, as the command has them. To merge is to run the command
//! with answers that are known, so the report has the bytes that one process would have written.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::cli::{input, output, request, session};
use crate::error::{Error, Place, Result};
use crate::report::{Provenance, sha256};

/// What the first line of a part says that it is.
const SCHEMA: &str = "equipoise/part/1";

/// The most pieces of a request.
const MOST: u32 = 1_000_000;

/// Which piece of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shard {
    number: u32,
    of: u32,
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let parsed = text.split_once('/').and_then(|(number, of)| {
            let (number, of) = (number.trim().parse().ok()?, of.trim().parse().ok()?);
            (1..=of).contains(&number).then_some(Self { number, of }).filter(|_| of <= MOST)
        });
        parsed.ok_or_else(|| format!("expected k/N with 1 ≤ k ≤ N ≤ {MOST}, as 3/8"))
    }
}

impl Shard {
    /// Its share of so many items: the shares of all pieces cover them once, in order.
    pub(super) fn range(self, items: usize) -> Range<usize> {
        let end = |pieces: u32| {
            // Both factors fit in 64 bits, their product may not.
            (items as u128 * u128::from(pieces) / u128::from(self.of)) as usize
        };
        end(self.number - 1)..end(self.number)
    }
}

/// Solves a piece of the request.
#[derive(Debug, Clone, Default, clap::Args)]
pub(super) struct ShardArgs {
    /// Solve the k-th of N pieces alone, for an array of jobs; `equipoise merge` makes the report
    /// of all parts. With -o FILE.csv or .parquet, its rows alone
    #[arg(long, value_name = "k/N", help_heading = "Work", requires = "output")]
    pub(super) shard: Option<Shard>,
}

/// The first line of a part.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Head {
    schema: String,
    shard: Shard,
    /// Of what it is a piece.
    request: Provenance,
    /// The command that asked for it; none of a caller in the same process, who knows it.
    words: Vec<String>,
    /// The sum of what follows.
    sha256: String,
}

/// All parts of a request, in order.
#[derive(Debug)]
pub(super) struct Parts(Vec<(Head, Vec<u8>)>);

/// Writes a part with these answers.
pub(super) fn write(shard: Shard, output: Option<&Path>, answers: &[u8]) -> Result<()> {
    let head = Head {
        schema: SCHEMA.into(),
        shard,
        request: asked()?,
        words: session::with(|session| match session.captured {
            Some(_) => Vec::new(),
            None => session.words.clone(),
        }),
        sha256: sha256(answers),
    };
    // All keys are strings, so this cannot fail.
    let mut bytes = serde_json::to_vec(&head).unwrap_or_default();
    bytes.push(b'\n');
    bytes.extend_from_slice(answers);
    output::put_bytes(output, &bytes)
}

/// Answers as JSON.
pub(super) fn json(answers: &impl Serialize) -> Result<Vec<u8>> {
    serde_json::to_vec(answers).map_err(|error| Error::io("part", error.into()))
}

/// What the answers of a part are, as [`json`] wrote them.
pub(super) fn read<T: DeserializeOwned>(answers: &[u8]) -> Result<T> {
    serde_json::from_slice(answers).map_err(|_| other_version())
}

/// The error that a part does not hold what this version writes.
pub(super) fn other_version() -> Error {
    let remedy = "solve all pieces again with the version that merges them";
    Error::input(Place::file("part"), "expected answers as this version writes them", remedy)
}

/// The answers of all parts, where this session is to merge; they are of its request.
pub(super) fn known() -> Result<Option<Vec<Vec<u8>>>> {
    let Some(Parts(parts)) = session::with(|session| session.parts.take()) else {
        return Ok(None);
    };
    let ours = asked()?;
    let of_another = |(head, _): &&(Head, Vec<u8>)| head.request != ours;
    if let Some((head, _)) = parts.iter().find(of_another) {
        return Err(Error::input(
            Place::file(format!("part {}/{}", head.shard.number, head.shard.of)),
            "expected a piece of the request as it is now, found another version, request or input \
             file",
            "merge where the files are that the pieces were solved with, or solve it again",
        ));
    }
    Ok(Some(parts.into_iter().map(|(_, answers)| answers).collect()))
}

fn asked() -> Result<Provenance> {
    let missing = || Error::parameter("shard", "a command with a request", "none");
    request::provenance()?.ok_or_else(missing)
}

impl Parts {
    /// Reads parts from their bytes, each with what messages call it.
    ///
    /// # Errors
    /// If one is no part or is damaged, if they are of different requests, or one is missing or
    /// there twice.
    pub(super) fn of(files: Vec<(String, Vec<u8>)>) -> Result<Self> {
        let mut parts = files
            .into_iter()
            .map(|(name, bytes)| part(&name, bytes).map(|(head, answers)| (name, head, answers)))
            .collect::<Result<Vec<_>>>()?;
        crate::order::sort_by_key(&mut parts, |(_, head, _)| head.shard.number);
        let Some((first, head, _)) = parts.first() else {
            return Err(Error::parameter("PART", "all parts of a request", "none"));
        };
        let of = head.shard.of;
        for (name, other, _) in &parts {
            if other.shard.of != of || other.request != head.request {
                let problem = format!("expected a piece of the same request as {first}");
                let remedy = "merge the parts of one request, cut into the same number of pieces";
                return Err(Error::input(Place::file(name), problem, remedy));
            }
        }
        for number in 1..=of {
            let there = parts.iter().filter(|(_, head, _)| head.shard.number == number).count();
            if there != 1 {
                let found = if there == 0 { "none" } else { "it more than once" };
                return Err(Error::parameter("PART", format!("part {number}/{of} once"), found));
            }
        }
        Ok(Self(parts.into_iter().map(|(_, head, answers)| (head, answers)).collect()))
    }

    /// The command that the pieces are of, without what says where one goes.
    pub(super) fn words(&self) -> Vec<String> {
        let words = self.0.first().map_or(&[][..], |(head, _)| &head.words);
        without_output(words)
    }
}

fn part(name: &str, bytes: Vec<u8>) -> Result<(Head, Vec<u8>)> {
    let wrong = |problem: &str| {
        Error::input(Place::file(name), problem, "solve the piece again with --shard")
    };
    let end = bytes.iter().position(|&byte| byte == b'\n');
    let end = end.ok_or_else(|| wrong("expected a part that --shard wrote"))?;
    let head: Head = serde_json::from_slice(&bytes[..end])
        .map_err(|_| wrong("expected a part that --shard wrote"))?;
    let answers = bytes[end + 1..].to_vec();
    let Shard { number, of } = head.shard;
    if head.schema != SCHEMA || number == 0 || number > of || of > MOST {
        return Err(wrong("expected a part that this version writes"));
    }
    if head.sha256 != sha256(&answers) {
        return Err(wrong(
            "expected a part as it was written, found one that was cut off or changed",
        ));
    }
    Ok((head, answers))
}

/// The words of a command without the options that say where output goes and which piece is meant.
fn without_output(words: &[String]) -> Vec<String> {
    const LEFT_OUT: [&str; 7] =
        ["-o", "--output", "--format", "--shard", "--plot", "--time-limit", "--threads"];
    let mut kept = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if LEFT_OUT.contains(&word.as_str()) {
            words.next();
        } else if !LEFT_OUT.iter().any(|option| {
            word.strip_prefix(option)
                .is_some_and(|rest| rest.starts_with('=') || (*option == "-o" && !rest.is_empty()))
        }) {
            kept.push(word.clone());
        }
    }
    kept
}

const EXAMPLES: &str = "\
Examples:
  equipoise sweep data/europe-1913.csv --x decisiveness=0.5..4 --y dominance=1..3 \\
    --shard 1/8 -o part-1
  equipoise merge part-* -o sweep.json
  sbatch --array=1-8 --wrap 'equipoise simulate data/europe-1913.csv --runs 100000 \\
    --shard $SLURM_ARRAY_TASK_ID/8 -o part-$SLURM_ARRAY_TASK_ID'

compare, sweep and simulate take --shard k/N: the same command on every machine but for k and -o.
The report that merge writes has the bytes of one that was made by one process. The files that
the command names must be where merge can read them under the same names.

What is too large to be put together, compare and sweep can leave as tables: with -o part-1.csv or
part-1.parquet a piece writes its own rows, which no other piece has. What changed since the row
before is not known of the first row of a piece.";

/// Makes the report of all parts.
#[derive(Debug, clap::Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct MergeArgs {
    /// All parts that --shard wrote, in any order
    #[arg(value_name = "PART", required = true)]
    parts: Vec<PathBuf>,
    /// Form of the output; by default that of FILE's ending, else text
    #[arg(long, value_name = "FORM")]
    format: Option<String>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Also draw a figure, as the command does
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

impl MergeArgs {
    /// The parts, and the command to run with them.
    pub(super) fn read(&self) -> Result<(Parts, Vec<String>)> {
        let one = |path: &PathBuf| Ok((input::name(path), input::whole(path)?));
        let parts = Parts::of(self.parts.iter().map(one).collect::<Result<_>>()?)?;
        let mut words = parts.words();
        let mut add = |option: &str, value: Option<String>| {
            words.extend(value.into_iter().flat_map(|value| [option.to_owned(), value]));
        };
        let named =
            |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
        add("--format", self.format.clone());
        add("-o", named(&self.output));
        add("--plot", named(&self.plot));
        Ok((parts, words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shares_of_all_pieces_cover_the_items_once_in_order() {
        for items in [0, 1, 7, 100] {
            for of in [1, 2, 3, 8, 150] {
                let shares = (1..=of).map(|number| Shard { number, of }.range(items));
                assert_eq!(shares.flatten().collect::<Vec<_>>(), (0..items).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn a_piece_is_named_as_k_of_n() {
        assert_eq!("3/8".parse(), Ok(Shard { number: 3, of: 8 }));
        for wrong in ["", "3", "0/8", "9/8", "3/0", "-1/2", "1/2/3", "1/1000001"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn where_output_goes_is_no_part_of_a_request() {
        let words = "sweep a.csv --x=p=1..2 -o a.part --shard=1/2 --format json -oz --threads 2";
        let words: Vec<String> = words.split(' ').map(str::to_owned).collect();
        assert_eq!(without_output(&words), ["sweep", "a.csv", "--x=p=1..2"]);
    }
}
