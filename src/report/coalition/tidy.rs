//! The report as a tidy table: one number a row.

use super::indices::ROWS;
use super::*;
use crate::report::format::{Datum, Table, Tidy};

impl CoalitionReport {
    /// The report as a table with the columns `concept,subject,value,text`.
    pub fn table(&self) -> Table {
        let mut rows = Tidy::new(["concept", "subject"]);
        let mut add =
            |concept: &str, subject: &str, value: Datum| rows.add([concept, subject], value);
        for (concept, payoffs) in self.payoffs() {
            for (player, number) in &payoffs.0 {
                add(concept, player, number.into());
            }
        }
        if let Some(core) = &self.core {
            add("core", "nonempty", core.nonempty.into());
            if let Some(total) = core.vertices_total {
                add("core", "vertices", total.into());
            }
            for (at, vertex) in core.vertices.iter().flatten().enumerate() {
                let concept = format!("core vertex {}", at + 1);
                for (player, number) in &vertex.0 {
                    add(&concept, player, number.into());
                }
            }
        }
        if let Some(coleman) = &self.coleman {
            add("coleman", "act", (&coleman.act).into());
        }
        if let Some(least) = &self.least_core {
            add("least_core", "value", (&least.value).into());
        }
        let core = self.core.as_ref().and_then(|core| core.payoffs.as_ref());
        let least = self.least_core.as_ref().and_then(|least| least.payoffs.as_ref());
        for (concept, ranges) in [("core", core), ("least_core", least)] {
            for (player, [low, high]) in ranges.iter().flat_map(|ranges| &ranges.0) {
                add(&format!("{concept} lowest"), player, low.into());
                add(&format!("{concept} highest"), player, high.into());
            }
        }
        if let Some(properties) = &self.properties {
            for (name, holds) in properties.all() {
                if let Some(holds) = holds {
                    add("properties", name, holds.into());
                }
            }
        }
        if let Some(structure) = &self.structure {
            add("structure", "value", (&structure.value).into());
            for coalition in &structure.coalitions {
                add("structure", "coalition", coalition.join("+").into());
            }
        }
        if let Some(simple) = &self.simple {
            let lists = [
                ("veto", &simple.veto),
                ("dummy", &simple.dummies),
                ("essential", &simple.essential),
            ];
            for (part, players) in lists {
                players.iter().for_each(|player| add("simple", part, player.clone().into()));
            }
            simple
                .dictator
                .iter()
                .for_each(|player| add("simple", "dictator", player.clone().into()));
            for coalition in &simple.minimal_winning {
                add("simple", "minimal winning", coalition.join("+").into());
            }
        }
        for (concept, subject, value) in self.hedonic.iter().flat_map(HedonicReport::rows) {
            add(&concept, subject, value);
        }
        self.placed_rows(&mut rows);
        self.externalities.iter().for_each(|found| found.rows(&mut rows));
        self.allocation_rows(&mut rows);
        rows.table()
    }

    /// The [table](Self::table) as CSV.
    pub fn csv(&self) -> String {
        self.table().csv()
    }

    /// The report as JSON, the contract.
    pub fn json(&self) -> String {
        // Serialising strings, numbers and lists to memory cannot fail.
        let text = serde_json::to_string_pretty(self).unwrap_or_default();
        format!("{text}\n")
    }

    /// What gives every player a number, in the order of the tables.
    pub(super) fn payoffs(&self) -> Vec<(&'static str, &Payoffs)> {
        let nuclei = [
            ("nucleolus", &self.nucleolus),
            ("prenucleolus", &self.prenucleolus),
            ("per_capita_nucleolus", &self.per_capita_nucleolus),
        ];
        let all = ROWS.iter().map(|row| (row.key, (row.payoffs)(self))).chain(nuclei);
        let all = all.filter_map(|(name, payoffs)| Some((name, payoffs.as_ref()?)));
        let allied = self.alliances.iter().flat_map(|found| {
            [
                ("owen", &found.owen),
                ("banzhaf_owen", &found.banzhaf_owen),
                ("aumann_dreze", &found.aumann_dreze),
            ]
        });
        let coleman = self.coleman.iter().flat_map(|found| {
            [("coleman_prevent", &found.prevent), ("coleman_initiate", &found.initiate)]
        });
        let linked = self.network.iter().map(|found| ("myerson", &found.myerson));
        let outside = self.externalities.iter().flat_map(|found| {
            [("myerson_partitions", &found.myerson), ("externality_free", &found.externality_free)]
        });
        all.chain(outside).chain(coleman).chain(allied).chain(linked).collect()
    }
}

impl PropertiesReport {
    /// Each property and whether the game has it.
    pub(super) fn all(&self) -> [(&'static str, Option<bool>); 6] {
        [
            ("monotone", self.monotone),
            ("superadditive", self.superadditive),
            ("convex", self.convex),
            ("constant_sum", self.constant_sum),
            ("balanced", self.balanced),
            ("totally_balanced", self.totally_balanced),
        ]
    }
}

impl From<&Number> for Datum {
    fn from(number: &Number) -> Self {
        match number {
            Number::Float(float) => Self::Number(*float),
            Number::Exact(text) => Self::Exact(text.clone()),
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Float(float) => float.fmt(f),
            Self::Exact(text) => f.write_str(text),
        }
    }
}
