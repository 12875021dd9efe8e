//! What is reported of the core and the least core beyond whether they are empty: each player's
//! range of payoffs, and the core's vertices.

use dashu_ratio::RBig;

use super::{Concept, Solver, Vertices};
use crate::error::Result;
use crate::solve::cooperative::polytope::core_vertices::{
    CoreVertices, MAX_PLAYERS, core_vertices,
};
use crate::solve::cooperative::polytope::payoff_range::{PayoffRange, payoff_ranges};
use crate::solve::cooperative::separation;

/// The most players whose payoffs' ranges are looked for unasked.
const RANGES_UNASKED: usize = 16;
/// So many vertices of the core are looked for unasked: some milliseconds.
const VERTICES_UNASKED: usize = 1000;
/// So many if they are asked for: seconds, and for 10 players a minute.
const MOST_VERTICES: usize = 100_000;

impl Solver<'_> {
    /// Of a core that was decided: the payoffs in it, and the vertices if they are few.
    pub(super) fn core(&mut self) -> Result<()> {
        if !self.has_core() {
            return Ok(());
        }
        self.found.core_payoffs = self.ranges(Concept::Core, &RBig::ZERO)?;
        let named = |concepts: &Vec<Concept>| concepts.contains(&Concept::Vertices);
        let later = self.options.concepts.as_ref().is_some_and(named);
        if self.game.names().len() <= MAX_PLAYERS && !later {
            self.few_vertices()?;
        }
        Ok(())
    }

    /// Of a least core that was decided: the payoffs in it.
    pub(super) fn least_core(&mut self) -> Result<()> {
        let value = self.found.prenucleolus.as_ref().and_then(|found| found.least_core_value());
        let Some(value) = value.cloned() else { return Ok(()) };
        self.found.least_core_payoffs = self.ranges(Concept::LeastCore, &value)?;
        Ok(())
    }

    /// The vertices, as many as there are.
    pub(super) fn vertices(&mut self) -> Result<bool> {
        if !self.prenucleolus(Concept::Vertices)? {
            return Ok(false);
        }
        if !self.has_core() {
            return Ok(true);
        }
        if !self.asked {
            // Those of a small core are there; of no other they are looked for.
            if self.game.names().len() > MAX_PLAYERS {
                core_vertices(&*self.table()?, 0, self.work)?;
            }
            return Ok(self.found.core_vertices.is_some());
        }
        let why = match core_vertices(&*self.table()?, MOST_VERTICES, self.work)? {
            CoreVertices::All(all) => {
                self.list(all);
                return Ok(true);
            }
            CoreVertices::MoreThan(most) => format!("the core has more than {most} vertices"),
            CoreVertices::Stopped => "the time was up before all were found".into(),
        };
        self.found.undecided.push((Concept::Vertices, why));
        Ok(true)
    }

    fn has_core(&self) -> bool {
        self.found.prenucleolus.as_ref().is_some_and(|found| found.has_core())
    }

    fn few_vertices(&mut self) -> Result<()> {
        let why = match core_vertices(&*self.table()?, VERTICES_UNASKED, self.work)? {
            CoreVertices::All(all) => {
                self.list(all);
                return Ok(());
            }
            CoreVertices::MoreThan(most) => {
                format!("the core has more than {most}; --solve vertices looks for {MOST_VERTICES}")
            }
            CoreVertices::Stopped => "the time was up before all were found".into(),
        };
        self.found.left_out.push((Concept::Vertices, why));
        Ok(())
    }

    fn list(&mut self, mut all: Vec<Vec<RBig>>) {
        let total = all.len();
        all.truncate(self.options.max_vertices.max(1));
        self.found.core_vertices = Some(Vertices { listed: all, total });
    }

    fn ranges(&mut self, concept: Concept, excess: &RBig) -> Result<Option<Vec<PayoffRange>>> {
        let n = self.game.names().len();
        if self.large().is_some() {
            let most = separation::MAX_PLAYERS;
            let why = format!("what each of {n} players can get in it (limit {most})");
            self.found.left_out.push((concept, why));
            return Ok(None);
        }
        if !self.asked && n > RANGES_UNASKED {
            let why = format!(
                "what each of {n} players can get in it (limit {RANGES_UNASKED} unless asked for \
                 with --solve {})",
                concept.name()
            );
            self.found.left_out.push((concept, why));
            return Ok(None);
        }
        let found = payoff_ranges(&*self.table()?, excess, self.work)?;
        if found.is_none() {
            let why = "the time was up before each player's range of payoffs was found";
            self.found.undecided.push((concept, why.into()));
        }
        Ok(found)
    }
}
