//! Games: data and one method. Solvers take the traits, so a game too large for memory is
//! never laid out.

pub mod alignment;
pub mod nfg;
pub mod strategic;
pub mod table;
pub mod tu;

pub use alignment::{AlignmentGame, Posture};
pub use strategic::StrategicGame;
pub use table::StrategicTable;
pub use tu::{Settlement, TableGame, TuGame};
