//! Arguments that say what states can do in the alignment game, and what it costs.

use clap::{Args, ValueEnum};

use crate::error::{Error, Result};
use crate::game::{Chains, Posture, Tactics};
use crate::parameters::TacticParameters;
use crate::solve::alignment;
use crate::system::System;

/// Which tactics.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Tactics (of the lens alignment)")]
pub(super) struct TacticArgs {
    /// What states can do: balance, bandwagon, abstain (these are the default), pass, arm, soft,
    /// wait, bleed, bait; and restrain, of the leading state
    ///
    /// Naming tactics also tells each state's roles in the equilibria.
    ///
    /// balance: join the bloc against the leading state (Waltz 1979).
    /// bandwagon: join it (Walt 1987; Schweller 1994).
    /// abstain: stand and fight alone.
    /// pass: be with those who balance, let them do the fighting (buck-passing; Christensen &
    /// Snyder 1990).
    /// arm: balance with more arms (internal balancing; Waltz 1979).
    /// soft: balance with what is not military (Pape 2005).
    /// wait: join the victor when all is decided (Schweller 1994).
    /// bleed: stand alone and make the others' war cost them more (Mearsheimer 2001).
    /// bait: stand alone and bring about a war that deterrence (--war-cost) would prevent
    /// (Mearsheimer 2001).
    /// restrain: the leading state may leave everybody what it has.
    #[arg(long, value_name = "TACTIC,…", value_delimiter = ',', verbatim_doc_comment)]
    tactics: Option<Vec<Posture>>,
    /// How commitments (a column of --dyads) bind: tight, and who changes sides takes all it is
    /// tied to along; loose, and it moves alone. Tight tells what chains change (Christensen &
    /// Snyder 1990)
    #[arg(long, value_enum, default_value = "loose")]
    chains: ChainsArg,
    /// Part of its strength that a state loses by fighting; it counts in the division
    #[arg(long, value_name = "δ", default_value_t = DEFAULT.attrition)]
    #[arg(allow_negative_numbers = true)]
    attrition: f64,
    /// Part of what is left to those who fight that each state which bleeds them destroys
    #[arg(long, value_name = "β", default_value_t = DEFAULT.bloodletting)]
    #[arg(allow_negative_numbers = true)]
    bloodletting: f64,
    /// By how much arming raises a state's power: 0.25 by a quarter
    #[arg(long, value_name = "G", default_value_t = DEFAULT.arms_growth)]
    #[arg(allow_negative_numbers = true)]
    arms_growth: f64,
    /// What arming costs, as a part of the state's own power
    #[arg(long, value_name = "K", default_value_t = DEFAULT.arms_cost)]
    #[arg(allow_negative_numbers = true)]
    arms_cost: f64,
    /// Effort of soft balancing; by default the part of the state's power that indicators other
    /// than milex and milper make up, or 0.5 where that is not known
    #[arg(long, value_name = "F", allow_negative_numbers = true)]
    soft_share: Option<f64>,
    /// What soft balancing, bleeding and baiting cost, as a part of the state's own power
    #[arg(long, value_name = "K", default_value_t = DEFAULT.small_cost)]
    #[arg(allow_negative_numbers = true)]
    small_cost: f64,
    /// What balancing and bandwagoning cost, as a part of the state's own power
    #[arg(long, value_name = "K", default_value_t = DEFAULT.alliance_cost)]
    #[arg(allow_negative_numbers = true)]
    alliance_cost: f64,
    /// For how much of its strength a state counts that waits and joins the victor
    #[arg(long, value_name = "φ", default_value_t = DEFAULT.latecomer_share)]
    #[arg(allow_negative_numbers = true)]
    latecomer_share: f64,
}

const DEFAULT: TacticParameters = TacticParameters::DEFAULT;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChainsArg {
    Loose,
    Tight,
}

impl TacticArgs {
    /// What tactics cost and do, as it was given.
    pub(super) fn parameters(&self) -> TacticParameters {
        TacticParameters {
            attrition: self.attrition,
            bloodletting: self.bloodletting,
            arms_growth: self.arms_growth,
            arms_cost: self.arms_cost,
            soft_share: self.soft_share,
            small_cost: self.small_cost,
            alliance_cost: self.alliance_cost,
            latecomer_share: self.latecomer_share,
        }
    }

    /// Whether anything but costs was asked for.
    pub(super) fn are_asked_for(&self) -> bool {
        self.tactics.is_some() || self.chains == ChainsArg::Tight
    }

    /// How the alignment lens is asked, as far as tactics go.
    pub(super) fn options(&self, system: &System) -> Result<alignment::Options> {
        let tactics = match &self.tactics {
            None => None,
            Some(named) => Some(Tactics::new(named.iter().copied()).ok_or_else(|| {
                let expected = "a tactic of the states that face the leading one among them";
                let found = named.iter().map(|p| p.name()).collect::<Vec<_>>().join(",");
                Error::parameter("tactics", expected, found)
            })?),
        };
        let chains = match self.chains {
            ChainsArg::Loose => Chains::Loose,
            ChainsArg::Tight if system.dyads().commitment.is_none() => {
                return Err(Error::parameter(
                    "chains",
                    "--dyads with a column commitment (0 or 1) where chains are tight",
                    "none",
                ));
            }
            ChainsArg::Tight => Chains::Tight,
        };
        Ok(alignment::Options { tactics, chains, ..alignment::Options::default() })
    }
}
