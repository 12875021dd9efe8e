//! Systems of linear equations in whole numbers: what exact solvers stand on.

pub(in crate::solve) mod elimination;
pub(in crate::solve) mod exact;
pub(in crate::solve) mod whole;
