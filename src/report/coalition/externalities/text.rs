//! A game with externalities as text and as rows of a table.

use std::fmt;

use super::*;
use crate::report::coalition::text::{listed, shown};
use crate::report::format::Tidy;
use crate::report::text::parts::{heading, paragraph};

/// How many coalitions the text lists.
const SHOWN: usize = 12;

impl ExternalitiesReport {
    pub(in crate::report::coalition) fn write(
        &self,
        out: &mut String,
        certificates: impl Fn(&CoreCertificate) -> String,
    ) -> fmt::Result {
        for (name, core) in &self.cores.0 {
            let (title, expects) = match name.as_str() {
                "alpha" => ("CORE (ALPHA)", "the others to do what is worst for it"),
                "gamma" => ("CORE (GAMMA)", "the others to stand alone, each of them"),
                _ => ("CORE (DELTA)", "the others to stand together"),
            };
            heading(out, title, if core.nonempty { "not empty" } else { "empty" })?;
            let proof = self.certificates.get(name).map(&certificates).unwrap_or_default();
            let words = match &core.allocation {
                Some(x) => format!(
                    "If a coalition expects {expects}, none has a reason to stand by itself with {}.",
                    listed(x)
                ),
                None => format!(
                    "If a coalition expects {expects}, every division leaves some coalition a \
                     reason to stand by itself: the claims of {proof} together exceed what there \
                     is."
                ),
            };
            paragraph(out, &words)?;
        }
        heading(out, "MERGERS", "")?;
        let set = |m: &MergerReport| {
            let (worth, otherwise) = (shown(&m.worth), shown(&m.otherwise));
            format!("{{{}}} ({worth}, not {otherwise})", m.coalition.join(" "))
        };
        let list = |all: &[MergerReport]| {
            let some = all.iter().take(SHOWN).map(set).collect::<Vec<_>>().join(", ");
            if all.len() > SHOWN { format!("{some}, …") } else { some }
        };
        let words = match &self.profitable[..] {
            [] => "While all others stand alone, no coalition gains by forming.".into(),
            all => format!("Gain by forming while all others stand alone: {}.", list(all)),
        };
        paragraph(out, &words)?;
        let words = match &self.self_enforcing[..] {
            [] => "No agreement enforces itself.".into(),
            all => format!(
                "Enforce themselves, as nobody had rather leave, and with one more somebody would: \
                 {}.",
                list(all)
            ),
        };
        paragraph(out, &words)
    }

    pub(in crate::report::coalition) fn rows(&self, rows: &mut Tidy<2>) {
        for (name, core) in &self.cores.0 {
            let concept = format!("{name} core");
            rows.add([&concept, "nonempty"], core.nonempty);
            for (player, payoff) in core.allocation.iter().flat_map(|x| &x.0) {
                rows.add([&concept, player], payoff);
            }
        }
        for (concept, mergers) in
            [("profitable", &self.profitable), ("self-enforcing", &self.self_enforcing)]
        {
            for merger in mergers {
                let subject = merger.coalition.join("+");
                rows.add([&format!("{concept} worth"), &subject], &merger.worth);
                rows.add([&format!("{concept} otherwise"), &subject], &merger.otherwise);
            }
        }
    }
}
