//! The core's vertices, by the coalitions tight at each and the edges between them.

use dashu_ratio::RBig;

use super::Examiner;
use crate::certify::cooperative::core_vertices::{MAX_PLAYERS, VertexChecker};
use crate::report::coalition::read::{self, Read};
use crate::report::coalition::{CoreCertificate, CoreReport};
use crate::report::{LISTED, is_full};

impl Examiner<'_> {
    /// That the vertices listed are vertices, and how many there are.
    pub(super) fn vertices(&mut self, claimed: &CoreReport, certificate: &CoreCertificate) {
        let (listed, total, proved) =
            match (&claimed.vertices, claimed.vertices_total, &certificate.vertices) {
                (None, None, None) => return,
                (Some(listed), Some(total), Some(proved)) => (listed, total, proved),
                _ => return self.exact("core: the vertices come with their number", false),
            };
        let exact = proved.iter().map(|x| self.reader.payoffs(x));
        let Some(exact) = self.read("core", exact.collect::<Read<Vec<Vec<RBig>>>>()) else {
            return;
        };
        let shown = listed.iter().map(|x| self.reader.each(x));
        let Some(shown) = self.read("core", shown.collect::<Read<Vec<_>>>()) else { return };
        let agrees = shown.len() == exact.len()
            && shown.iter().zip(&exact).all(|(shown, exact)| read::are(shown, exact));
        self.exact("core: the vertices are those of the proof", agrees);
        let Some(table) = self.table.filter(|table| table.players() <= MAX_PLAYERS) else {
            let problem = format!("core: vertices are of games of at most {MAX_PLAYERS} players");
            return self.exact(problem, false);
        };
        let full = is_full(listed.len(), total as u64, claimed.max_listed, LISTED[2]);
        self.exact("core: all vertices are listed, or as many as may be", full);
        // A core that is not empty has a vertex, and a walk needs somewhere to start.
        self.exact("core: a vertex is listed", !exact.is_empty());
        let (claims, walked) = VertexChecker::new(table).vertices(&exact, total, self.thorough);
        self.found.claims.extend(claims);
        if !walked {
            let remedy = if self.thorough { "" } else { " (--thorough follows their edges)" };
            let open = format!("core: there are no other vertices than {total}{remedy}");
            self.found.unexamined.push(open);
        }
    }
}
