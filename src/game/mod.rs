//! Games: data and one method. Solvers take the traits, so a game too large for memory is
//! never laid out.

pub mod alignment;
pub mod cooperative;
pub mod hedonic;
pub mod strategic;
pub mod tu;

pub use alignment::{AlignmentGame, Posture};
pub use strategic::StrategicGame;
pub use tu::{Settlement, TableGame, TuGame};
