//! Each war of a list as a whole: who fought on which side, since when, and how it ended.

use std::collections::BTreeMap;

use super::wars::Wars;
use crate::error::Result;
use crate::table::cell::Cell;

/// A date as year, month, day; what is unknown of it is 1.
type Date = (i32, u32, u32);

/// A war from its first day to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WholeWar {
    /// The number that the list gives it.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The year in which it began.
    pub first: i32,
    /// The year in which it ended; that of the last date known, where it goes on.
    pub last: i32,
    /// Sides 1 and 2.
    pub sides: [Vec<Fighter>; 2],
    /// How it ended.
    pub ending: Ending,
}

/// A state that fought in a war: once, on the side that it joined first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fighter {
    /// Its Correlates of War code.
    pub code: String,
    /// What the list calls it.
    pub name: String,
    /// Whether it fought on its side's first day.
    pub original: bool,
    /// Whether it began the war.
    pub initiator: bool,
}

/// How a war ended, by the outcomes that the list gives those who fought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The side of this index won, and the other lost.
    Won(usize),
    /// A compromise or a stalemate.
    Draw,
    /// It became another war.
    Transformed,
    /// Anything else: it goes on, is unknown, or the outcomes contradict each other.
    Other,
}

/// What a row of the list says of how a state joined and left a war.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) joined: Date,
    pub(super) outcome: Option<i32>,
}

impl Part {
    /// Reads the date on which the first spell begins and the outcome, where the list has one.
    pub(super) fn read(
        year: i32,
        month: Option<Cell>,
        day: Option<Cell>,
        outcome: Option<Cell>,
    ) -> Result<Self> {
        let part = |cell: Option<Cell>| -> Result<u32> {
            let number = cell.map(|cell| cell.year()).transpose()?.unwrap_or(1);
            Ok(u32::try_from(number).unwrap_or(1).max(1))
        };
        let outcome = outcome.filter(|cell| cell.filled().is_some());
        Ok(Self {
            joined: (year, part(month)?, part(day)?),
            outcome: outcome.map(|cell| cell.year()).transpose()?,
        })
    }
}

/// Outcomes of the list: won, lost, compromise, became another war, stalemate, changed sides.
const WON: i32 = 1;
const LOST: i32 = 2;
const COMPROMISE: i32 = 3;
const TRANSFORMED: i32 = 4;
const STALEMATE: i32 = 6;
const CHANGED_SIDES: i32 = 8;

impl Wars {
    /// Every war of the list as a whole, in the order of the list. A state that fought on both
    /// sides counts on the one that it joined first; what became of it on a side that it left
    /// for the other does not count as that side's outcome. O(rows²) within a war.
    ///
    /// Source of the outcome codes: the codebook of the Correlates of War project's
    /// inter-state wars, version 4.0 (Sarkees & Wayman 2010).
    pub fn whole(&self) -> Vec<WholeWar> {
        let mut order: Vec<&str> = Vec::new();
        let mut rows: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (row, part) in self.participations.iter().enumerate() {
            let of_war = rows.entry(&part.number).or_insert_with(|| {
                order.push(&part.number);
                Vec::new()
            });
            of_war.push(row);
        }
        order.into_iter().map(|number| self.war(&rows[number])).collect()
    }

    fn war(&self, rows: &[usize]) -> WholeWar {
        let parts = || rows.iter().map(|&row| &self.participations[row]);
        let spells = || parts().flat_map(|part| &part.spells);
        let first = spells().map(|spell| spell.0).min().unwrap_or(0);
        let known = |&(from, to): &(i32, i32)| if to == i32::MAX { from } else { to };
        let side = |wanted: u8| -> Vec<Fighter> {
            let mut joined: BTreeMap<&str, (Date, usize)> = BTreeMap::new();
            for (at, part) in parts().enumerate() {
                let entry = joined.entry(&part.participant.code).or_insert((part.part.joined, at));
                if part.part.joined < entry.0 {
                    *entry = (part.part.joined, at);
                }
            }
            let counted = |at: usize, code: &str| joined.get(code).is_some_and(|j| j.1 == at);
            let own: Vec<_> = parts()
                .enumerate()
                .filter(|(at, part)| {
                    part.participant.side == wanted && counted(*at, &part.participant.code)
                })
                .map(|(_, part)| part)
                .collect();
            let begun = own.iter().map(|part| part.part.joined).min();
            own.iter()
                .map(|part| Fighter {
                    code: part.participant.code.clone(),
                    name: part.participant.name.clone(),
                    original: Some(part.part.joined) == begun,
                    initiator: part.participant.initiator,
                })
                .collect()
        };
        let outcomes = |wanted: u8| -> Vec<Option<i32>> {
            let of_side = parts().filter(|part| part.participant.side == wanted);
            of_side.map(|part| part.part.outcome).filter(|&o| o != Some(CHANGED_SIDES)).collect()
        };
        WholeWar {
            number: self.participations[rows[0]].number.clone(),
            name: self.participations[rows[0]].war.clone(),
            first,
            last: spells().map(known).max().unwrap_or(first),
            sides: [side(1), side(2)],
            ending: ending(&outcomes(1), &outcomes(2)),
        }
    }
}

fn ending(one: &[Option<i32>], other: &[Option<i32>]) -> Ending {
    let all = |of: &[Option<i32>], codes: &[i32]| {
        !of.is_empty() && of.iter().all(|o| o.is_some_and(|code| codes.contains(&code)))
    };
    match () {
        () if all(one, &[WON]) && all(other, &[LOST]) => Ending::Won(0),
        () if all(one, &[LOST]) && all(other, &[WON]) => Ending::Won(1),
        () if all(one, &[COMPROMISE, STALEMATE]) && all(other, &[COMPROMISE, STALEMATE]) => {
            Ending::Draw
        }
        () if all(one, &[TRANSFORMED]) && all(other, &[TRANSFORMED]) => Ending::Transformed,
        () => Ending::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "WarNum,WarName,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,\
                        EndYear1,Initiator,Outcome\n\
                        1,A,2,X,1,5,1,1900,1901,1,1\n\
                        1,A,3,Y,2,5,1,1900,1901,2,2\n\
                        1,A,4,Z,2,6,1,1900,1900,2,8\n\
                        1,A,4,Z,1,7,1,1900,1901,2,1\n\
                        2,B,2,X,1,-9,-9,1910,1911,2,6\n\
                        2,B,3,Y,2,1,1,1910,1911,1,3\n\
                        3,C,2,X,1,1,1,1920,1921,1,4\n\
                        3,C,3,Y,2,1,1,1920,1921,2,4\n";

    #[test]
    fn a_state_counts_on_the_side_that_it_joined_first() {
        let wars = Wars::parse("wars.csv", LIST.as_bytes()).unwrap().whole();
        assert_eq!(wars.len(), 3);
        let codes = |side: &[Fighter]| side.iter().map(|f| f.code.clone()).collect::<Vec<_>>();
        assert_eq!(codes(&wars[0].sides[0]), ["2"]);
        assert_eq!(codes(&wars[0].sides[1]), ["3", "4"]);
        assert!(wars[0].sides[1][0].original && !wars[0].sides[1][1].original);
        assert!(wars[0].sides[0][0].initiator && !wars[0].sides[1][0].initiator);
        let endings: Vec<Ending> = wars.iter().map(|war| war.ending).collect();
        assert_eq!(endings, [Ending::Won(0), Ending::Draw, Ending::Transformed]);
        assert_eq!((wars[0].first, wars[0].last), (1900, 1901));
    }
}
