//! Stable blocs.

mod finding;

pub use finding::{BlocRange, Blocs, BlocsFinding, PartitionFinding};
