//! The least value of a quadratic form over signs, with a proof.
//!
//! **Definition.** `min constant + xᵀMx` over `x ∈ {−1, 1}ⁿ`: the maximum cut of a weighted graph,
//! the ground state of a spin glass, the frustration of a signed network.
//! **Method.** The semidefinite relaxation, with a unit vector in place of each sign, and odd sums
//! of signs whose squares must be at least 1 (`odd`), found as they are violated (`separation`):
//! the hypermetric inequalities of three signs and of five, seven and nine. It is minimised over
//! vectors of few dimensions (`vectors`, `lagrangian`). Multipliers and vectors give the weights of
//! a proof, which floating point certifies strictly (`bound`). Where that does not prove enough
//! two signs are decided to be alike or opposite, and each case is bounded by itself (`branch`).
//! **Cost.** O(n² · dimensions) a step and O(n³) a round of some 200 steps, with `√(2(n + rows))`
//! dimensions; as many cases as the gap needs, mostly one.
//! **Limits.** [`MOST`] signs; undecided after `branch::CASES` cases, with the bound that was
//! proven.
//! **References.** Poljak & Rendl (1995), "Solving the max-cut problem using eigenvalues"; Deza &
//! Laurent (1997), *Geometry of Cuts and Metrics*, chapter 28; Burer & Monteiro (2003), "A
//! nonlinear programming algorithm for solving semidefinite programs via low-rank factorization";
//! Rendl, Rinaldi & Wiegele (2010), "Solving max-cut to optimality by intersecting semidefinite
//! and polyhedral relaxations".

mod bound;
mod branch;
mod form;
mod lagrangian;
mod odd;
mod reduced;
mod rounding;
mod separation;
mod vectors;

pub(crate) use bound::PARTS;
pub(crate) use branch::{Case, prove};
pub(crate) use form::Form;

/// The most signs of a form.
pub(crate) const MOST: usize = 1000;
