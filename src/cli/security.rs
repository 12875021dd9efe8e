//! Arguments of the lens security.

use clap::Args;

use crate::error::Result;
use crate::parameters::SecurityParameters;
use crate::system::System;
use crate::threat::TargetChoice;

/// Whom the others face, and what they expect of it.
#[derive(Debug, Clone, Args)]
pub(super) struct SecurityArgs {
    /// Whom the others face in the lens security: the most feared state, the leading one, or this
    #[arg(long, value_name = "threat|leader|ID", default_value = "threat")]
    target: String,
    /// How far an aggressor is trusted to spare its followers
    #[arg(long, value_name = "φ", default_value_t = SecurityParameters::DEFAULT.forbearance)]
    #[arg(allow_negative_numbers = true, hide_default_value = true, help = FORBEARANCE)]
    forbearance: f64,
    /// Probability that followers of a beaten aggressor lose their independence
    #[arg(long, value_name = "r", default_value_t = SecurityParameters::DEFAULT.retribution)]
    #[arg(allow_negative_numbers = true)]
    retribution: f64,
    /// What it costs to commit oneself to others, as a probability of losing independence
    #[arg(long, value_name = "k", default_value_t = SecurityParameters::DEFAULT.commitment_cost)]
    #[arg(allow_negative_numbers = true)]
    commitment_cost: f64,
    /// Hostility that can arise between any two states
    #[arg(long, value_name = "η", default_value_t = SecurityParameters::DEFAULT.latent_hostility)]
    #[arg(allow_negative_numbers = true)]
    latent_hostility: f64,
}

const FORBEARANCE: &str = "How far an aggressor is trusted to spare its followers [default: 1/3]";

impl SecurityArgs {
    /// What states expect of an aggressor, not checked yet.
    pub(super) const fn parameters(&self) -> SecurityParameters {
        SecurityParameters {
            forbearance: self.forbearance,
            retribution: self.retribution,
            commitment_cost: self.commitment_cost,
            latent_hostility: self.latent_hostility,
        }
    }

    /// Whom the others of this system face.
    pub(super) fn target(&self, system: &System) -> Result<TargetChoice> {
        Ok(match self.target.as_str() {
            "threat" => TargetChoice::Threat,
            "leader" => TargetChoice::Leader,
            id => TargetChoice::State(system.index_of(id)?),
        })
    }
}
