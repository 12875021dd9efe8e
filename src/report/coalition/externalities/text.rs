//! A game with externalities as text and as rows of a table.

use std::fmt;

use super::*;
use crate::exact::parse_exact;
use crate::report::coalition::text::{listed, shown};
use crate::report::format::Tidy;
use crate::report::text::{heading, paragraph};

/// How many coalitions the text lists.
const SHOWN: usize = 12;
/// How many coalitions it says of what depends on the others.
const DEPENDING: usize = 3;

impl ExternalitiesReport {
    pub(in crate::report::coalition) fn write(
        &self,
        out: &mut String,
        worths: &[PartitionWorths],
        certificates: impl Fn(&CoreCertificate) -> String,
    ) -> fmt::Result {
        heading(out, "EXTERNALITIES", "")?;
        paragraph(out, &depending(worths))?;
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

/// A coalition with its least and greatest worth, and the partitions where it has them.
type Span<'a> = (&'a [String], [(f64, &'a PartitionWorths); 2]);

/// Which coalitions are worth different things as the others are arranged, most first.
fn depending(worths: &[PartitionWorths]) -> String {
    let mut ranges: Vec<Span> = Vec::new();
    for partition in worths {
        for (bloc, worth) in partition.partition.iter().zip(&partition.worths) {
            let worth = parse_exact(worth).map_or(f64::NAN, |worth| worth.to_f64().value());
            match ranges.iter_mut().find(|(known, _)| *known == &bloc[..]) {
                None => ranges.push((bloc, [(worth, partition); 2])),
                Some((_, [least, most])) => {
                    if worth < least.0 {
                        *least = (worth, partition);
                    }
                    if worth > most.0 {
                        *most = (worth, partition);
                    }
                }
            }
        }
    }
    ranges.retain(|(_, [least, most])| most.0 - least.0 > 1e-9);
    crate::order::sort_by(&mut ranges, |(_, [a, b]), (_, [c, d])| {
        (d.0 - c.0).total_cmp(&(b.0 - a.0))
    });
    if ranges.is_empty() {
        return "No coalition is worth more or less by how the others are arranged.".into();
    }
    let beside = |bloc: &[String], partition: &PartitionWorths| {
        let others = partition.partition.iter().filter(|other| &other[..] != bloc);
        others.map(|other| other.join("+")).collect::<Vec<_>>().join(" | ")
    };
    let one = |(bloc, [least, most]): &Span| {
        format!(
            "{{{}}} {} beside {}, {} beside {}",
            bloc.join(" "),
            short(least.0),
            beside(bloc, least.1),
            short(most.0),
            beside(bloc, most.1)
        )
    };
    let listed: Vec<String> = ranges.iter().take(DEPENDING).map(one).collect();
    format!(
        "What a coalition is worth depends on how the others are arranged, of {} coalitions; most of \
         all: {}.",
        ranges.len(),
        listed.join("; ")
    )
}

/// A number in four digits after the point at most.
fn short(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
