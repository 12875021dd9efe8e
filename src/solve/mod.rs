//! Solution concepts, one file each. A solver takes a game and returns a finding: the
//! answer together with the evidence that lets [`certify`](crate::certify) accept or refute
//! it without solving anything.

pub mod alignment;
pub mod balancedness;
mod basis;
pub mod blocs;
pub mod chained;
mod coalition_program;
pub mod contest_separation;
pub mod cooperative;
pub mod core_vertices;
pub mod correlated;
mod descent;
pub mod dilemma;
pub mod dominance;
mod elimination;
pub mod exact_contest;
mod exact_linear;
pub mod exact_nucleolus;
mod excess_dual;
mod excess_program;
mod front;
mod half_tree;
pub mod hedonic;
pub mod least_core;
pub mod meet_in_the_middle;
pub mod mixed;
pub mod nash;
pub mod nucleolus;
pub mod payoff_range;
pub mod power;
pub mod properties;
pub mod pure;
pub mod refinement;
pub mod roles;
mod scan;
pub mod security;
pub mod separation;
pub mod settlement;
pub(crate) mod signs;
pub mod simple_players;
pub mod span;
pub mod structure;
mod tangent_cone;
mod whole;
pub mod window;
