//! Solution concepts, in rooms by the kind of game. A solver takes a game and returns a finding: the
//! answer together with the evidence that lets [`certify`](crate::certify) accept or refute
//! it without solving anything.

pub mod alignment;
pub mod cooperative;
pub mod linear;
pub mod partitions;
mod replies;
pub mod security;
pub mod selection;
pub mod settlement;
pub mod strategic;
