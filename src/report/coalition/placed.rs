//! What players are worth inside alliances and on a network, in the report.

use std::fmt;

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::form::Form;
use super::text::shown;
use super::{CoalitionReport, Number, Payoffs};
use crate::coalition::Coalition;
use crate::finding::cooperative::{Alliances, Network};
use crate::report::format::{Datum, Tidy};
use crate::report::text::{heading, paragraph};

/// What players are worth inside alliances that exist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlliancesReport {
    /// The alliances; who stands alone is one too.
    pub blocs: Vec<AllianceReport>,
    /// Each player's value by Owen (1977).
    pub owen: Payoffs,
    /// By Owen (1982), of Banzhaf's kind.
    pub banzhaf_owen: Payoffs,
    /// By Aumann & Drèze (1974).
    pub aumann_dreze: Payoffs,
}

/// An alliance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllianceReport {
    /// Who is in it.
    pub members: Vec<String>,
    /// What it is worth by itself.
    pub worth: Number,
    /// Its Shapley value in the game between the alliances.
    pub shapley: Number,
}

/// What players are worth where only the linked can act together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NetworkReport {
    /// The linked pairs.
    pub links: Vec<[String; 2]>,
    /// The players in parts that no link joins.
    pub components: Vec<ComponentReport>,
    /// Each player's value by Myerson (1977).
    pub myerson: Payoffs,
}

/// A component of a network.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComponentReport {
    /// Who is in it.
    pub members: Vec<String>,
    /// What it is worth.
    pub worth: Number,
}

impl Form<'_> {
    pub(super) fn alliances(&self, found: &Alliances) -> AlliancesReport {
        let each = found.blocs.blocs().iter().zip(&found.worths).zip(&found.quotient);
        let bloc = |((&bloc, worth), shapley): ((&Coalition, &RBig), &RBig)| AllianceReport {
            members: self.members(bloc),
            worth: self.number(worth),
            shapley: self.number(shapley),
        };
        AlliancesReport {
            blocs: each.map(bloc).collect(),
            owen: self.payoffs(&found.owen),
            banzhaf_owen: self.payoffs(&found.banzhaf_owen),
            aumann_dreze: self.payoffs(&found.aumann_dreze),
        }
    }

    pub(super) fn network(&self, found: &Network) -> NetworkReport {
        let each = found.components.blocs().iter().zip(&found.worths);
        let component = |(&part, worth): (&Coalition, &RBig)| ComponentReport {
            members: self.members(part),
            worth: self.number(worth),
        };
        NetworkReport {
            links: found.links.pairs().map(|pair| pair.map(|i| self.names[i].clone())).collect(),
            components: each.map(component).collect(),
            myerson: self.payoffs(&found.myerson),
        }
    }
}

impl CoalitionReport {
    pub(super) fn write_placed(&self, out: &mut String) -> fmt::Result {
        if let Some(found) = &self.alliances {
            heading(out, "ALLIANCES", &super::text::sets_of(&found.blocs, |bloc| &bloc.members))?;
            for bloc in &found.blocs {
                let words = format!(
                    "{{{}}} is worth {} by itself, {} between the alliances.",
                    bloc.members.join(" "),
                    shown(&bloc.worth),
                    shown(&bloc.shapley)
                );
                paragraph(out, &words)?;
            }
        }
        if let Some(found) = &self.network {
            heading(
                out,
                "NETWORK",
                &super::text::sets_of(&found.components, |part| &part.members),
            )?;
            let links: Vec<String> = found.links.iter().map(|pair| pair.join("–")).collect();
            let words = match &links[..] {
                [] => "Nobody is linked with anybody.".into(),
                links => format!("Links: {}.", links.join(", ")),
            };
            paragraph(out, &words)?;
            for part in &found.components {
                let (members, worth) = (part.members.join(" "), shown(&part.worth));
                paragraph(out, &format!("{{{members}}} is worth {worth}."))?;
            }
        }
        Ok(())
    }

    pub(super) fn placed_rows(&self, rows: &mut Tidy<2>) {
        let mut add = |concept: &str, members: &[String], value: Datum| {
            rows.add([concept, &members.join("+")], value);
        };
        for bloc in self.alliances.iter().flat_map(|found| &found.blocs) {
            add("alliance worth", &bloc.members, (&bloc.worth).into());
            add("alliance shapley", &bloc.members, (&bloc.shapley).into());
        }
        if let Some(found) = &self.network {
            for part in &found.components {
                add("component worth", &part.members, (&part.worth).into());
            }
            for pair in &found.links {
                add("network", &["link".to_owned()], pair.join("+").into());
            }
        }
    }
}
