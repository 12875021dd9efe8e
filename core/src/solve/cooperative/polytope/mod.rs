//! Polytopes of allocations: their vertices, their edges, what each player gets over them.

pub(in crate::solve) mod basis;
pub(in crate::solve) mod coalition_program;
pub mod core_vertices;
pub mod payoff_range;
pub mod span;
pub(in crate::solve) mod tangent_cone;
