//! Answers with their evidence: plain data between the solvers and those who check them.

pub mod security;
