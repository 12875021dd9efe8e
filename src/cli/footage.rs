//! The runs of a piece of a simulation, as bytes: how each ended as JSON, its periods as numbers of
//! eight bytes, since a hundred thousand runs of a hundred periods are twenty million of them.

use crate::cli::parts;
use crate::error::Result;
use crate::simulation::{Path, Run, RunRow, Stance, Study};

/// A piece: runs of the film, and how runs of the films beside it ended.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Footage {
    /// The runs of the film.
    pub(super) runs: Vec<Run>,
    /// How those of the films beside it ended, by film.
    pub(super) others: Vec<Vec<RunRow>>,
}

impl Footage {
    /// Bytes that [`Footage::read`] takes.
    pub(super) fn bytes(&self) -> Result<Vec<u8>> {
        let rows: Vec<RunRow> = self.runs.iter().map(|run| run.row).collect();
        let mut bytes = parts::json(&(rows, &self.others))?;
        bytes.push(b'\n');
        for run in &self.runs {
            let Path { leader_share, effective_poles, states } = &run.path;
            for ((share, poles), states) in leader_share.iter().zip(effective_poles).zip(states) {
                bytes.extend(share.to_le_bytes());
                bytes.extend(poles.to_le_bytes());
                bytes.extend(states.to_le_bytes());
            }
            for stance in &run.stances {
                bytes.extend(stance.periods.to_le_bytes());
                bytes.extend(stance.with.to_le_bytes());
                bytes.extend(stance.against.to_le_bytes());
            }
        }
        Ok(bytes)
    }

    /// Reads runs of so many periods, and adds them.
    pub(super) fn read(&mut self, bytes: &[u8], study: &Study) -> Result<()> {
        let end = bytes.iter().position(|&byte| byte == b'\n').ok_or_else(parts::other_version)?;
        let (rows, others): (Vec<RunRow>, Vec<Vec<RunRow>>) = parts::read(&bytes[..end])?;
        let mut numbers = Numbers(&bytes[end + 1..]);
        for row in rows {
            let run = numbers.run(row, study.film.periods).ok_or_else(parts::other_version)?;
            self.runs.push(run);
        }
        self.others.resize_with(self.others.len().max(others.len()), Vec::new);
        for (all, more) in self.others.iter_mut().zip(others) {
            all.extend(more);
        }
        if numbers.0.is_empty() { Ok(()) } else { Err(parts::other_version()) }
    }
}

/// Numbers that are still to be read.
struct Numbers<'a>(&'a [u8]);

impl Numbers<'_> {
    fn next<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*number)
    }

    fn run(&mut self, row: RunRow, periods: u32) -> Option<Run> {
        let mut run = Run { row, path: Path::default(), stances: [Stance::default(); 10] };
        for _ in 0..periods {
            run.path.leader_share.push(f64::from_le_bytes(self.next()?));
            run.path.effective_poles.push(f64::from_le_bytes(self.next()?));
            run.path.states.push(u32::from_le_bytes(self.next()?));
        }
        for stance in &mut run.stances {
            stance.periods = u32::from_le_bytes(self.next()?);
            stance.with = f64::from_le_bytes(self.next()?);
            stance.against = f64::from_le_bytes(self.next()?);
        }
        Some(run)
    }
}
