//! Which state of a system a Correlates of War code means in the system's year.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::error::{Error, Place, Result};
use crate::system::System;

/// Codes that mean another state where the system has none of that code: the code, the first
/// and the last year, the state's code in that year.
///
/// Projects that go by Gleditsch & Ward's list of states (1999, *International Interactions*
/// 25(4)) go on with 260 for Germany after 1990, with 678 for Yemen, and have 340 for Serbia.
/// The list of strategic rivalries keeps one code for a rivalry's whole spell, so that
/// Germany is 255 after 1945, Austria 305 before 1919 and 300 after. Only what the year makes
/// unambiguous is here: from 1967 to 1989 the code 679 may mean either Yemen.
const HEIRS: [(&str, i32, i32, &str); 8] = [
    ("255", 1946, 1989, "260"),
    ("260", i32::MIN, 1945, "255"),
    ("260", 1991, i32::MAX, "255"),
    ("300", 1919, i32::MAX, "305"),
    ("305", i32::MIN, 1918, "300"),
    ("340", i32::MIN, i32::MAX, "345"),
    ("678", 1991, i32::MAX, "679"),
    ("679", i32::MIN, 1966, "678"),
];

/// The states of a system by their codes.
pub(super) struct Census<'a> {
    pub(super) system: &'a System,
    pub(super) year: i32,
    by_code: HashMap<&'a str, usize>,
    /// The codes of all states of the year, where they are known.
    world: Option<&'a BTreeSet<String>>,
}

impl<'a> Census<'a> {
    /// The states of a system, for the file `source`, which calls them by code. O(n).
    ///
    /// # Errors
    /// If the system has no year, a state has no code, or two have the same.
    pub(super) fn new(
        system: &'a System,
        world: Option<&'a BTreeSet<String>>,
        source: &str,
    ) -> Result<Self> {
        let fault = |problem: String, remedy| Error::input(Place::file(source), problem, remedy);
        let year = system.year().ok_or_else(|| {
            let problem = format!("expected a year to look up, found none in {}", system.name());
            fault(problem, "add a column year to the system")
        })?;
        let mut by_code = HashMap::new();
        for (i, state) in system.states().iter().enumerate() {
            let code = state.code.as_deref().ok_or_else(|| {
                fault(
                    format!("expected the Correlates of War code of {}, found none", state.id),
                    "add a column ccode to the system, or give states2016.csv to --names",
                )
            })?;
            if let Some(other) = by_code.insert(code, i) {
                return Err(fault(
                    format!("expected one state of code {code}, found {} too", system.id(other)),
                    "give each state of the system its own ccode",
                ));
            }
        }
        Ok(Self { system, year, by_code, world })
    }

    /// The state of the system that has this very code.
    pub(super) fn own(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).copied()
    }

    /// Nothing looked up yet.
    pub(super) fn lookup(&self) -> Lookup<'_, 'a> {
        Lookup { census: self, heirs: BTreeMap::new(), unknown: BTreeSet::new() }
    }

    /// The state whose code in the system's year `code` stands for.
    pub(super) fn heir(&self, code: &str) -> Option<usize> {
        let years = |from, to| (from..=to).contains(&self.year);
        let known = HEIRS.iter().find(|(old, from, to, _)| *old == code && years(*from, *to));
        self.by_code.get(known?.3).copied()
    }

    /// Says that a code of the file `source` was read as a state that has another.
    pub(super) fn heir_note(&self, source: &str, code: &str, state: usize) -> String {
        format!("{source}: code {code} is read as {} in {}", self.system.id(state), self.year)
    }

    /// Two states, as people read them.
    pub(super) fn pair(&self, (i, j): (usize, usize)) -> String {
        format!("{}–{}", self.system.id(i), self.system.id(j))
    }
}

/// Finds states by code, and remembers what has to be told of the codes.
pub(super) struct Lookup<'c, 'a> {
    census: &'c Census<'a>,
    heirs: BTreeMap<String, usize>,
    unknown: BTreeSet<String>,
}

impl Lookup<'_, '_> {
    /// The state of the system that `code` means, if it is one.
    pub(super) fn find(&mut self, code: &str) -> Option<usize> {
        if let Some(state) = self.census.own(code) {
            return Some(state);
        }
        let world = self.census.world;
        if world.is_some_and(|world| world.contains(code)) || self.unknown.contains(code) {
            return None;
        }
        if let Some(state) = self.census.heir(code) {
            if !self.heirs.contains_key(code) {
                self.heirs.insert(code.to_owned(), state);
            }
            return Some(state);
        }
        if world.is_some_and(|world| !world.is_empty()) {
            self.unknown.insert(code.to_owned());
        }
        None
    }

    /// Two different states of the system, if the codes mean such.
    pub(super) fn pair(&mut self, first: &str, second: &str) -> Option<(usize, usize)> {
        // Both are looked up: both may have something to tell.
        let (first, second) = (self.find(first), self.find(second));
        first.zip(second).filter(|(i, j)| i != j)
    }

    /// Says which codes of the file `source` were read as another state's, and which are of
    /// no state of the year at all.
    pub(super) fn notes(&self, source: &str) -> Vec<String> {
        const LISTED: usize = 10;
        let listed: Vec<&str> = self.unknown.iter().take(LISTED).map(String::as_str).collect();
        let unknown = (!self.unknown.is_empty()).then(|| {
            format!(
                "{source}: ignored, as the data have no state of that code in {} \
                 (codes: {}): {}{}",
                self.census.year,
                self.unknown.len(),
                listed.join(", "),
                if self.unknown.len() > LISTED { ", …" } else { "" }
            )
        });
        let heirs = self.heirs.iter();
        let heirs = heirs.map(|(code, &state)| self.census.heir_note(source, code, state));
        heirs.chain(unknown).collect()
    }
}

/// An error about a year that the file `source` does not cover.
pub(super) fn outside(source: &str, year: i32, first: i32, last: i32) -> Error {
    Error::input(
        Place::file(source),
        format!("expected the year {year}, found years from {first} to {last}"),
        "choose another --year, or leave the file out",
    )
}
