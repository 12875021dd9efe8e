//! Games: data and one method. Solvers take the traits, so a game too large for memory is
//! never laid out.

pub mod alignment;
pub mod settlement;
pub mod strategic;
pub mod tu;

pub use alignment::{AlignmentGame, Posture};
pub use settlement::SettlementGame;
pub use strategic::StrategicGame;
pub use tu::{TableGame, TuGame};
