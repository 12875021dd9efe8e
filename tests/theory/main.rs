//! Published theories.

mod theories;
