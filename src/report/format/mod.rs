//! Output formats: what all tables have in common.

pub mod csv;
