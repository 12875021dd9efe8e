//! Games: data and one method. Solvers take the traits, so a game too large for memory is
//! never laid out.

pub mod alignment;
pub mod chains;
pub mod cooperative;
pub mod exact_settlement;
pub mod hedonic;
pub mod nfg;
pub mod partition_contest;
pub mod posture;
pub mod reduced;
pub mod security;
pub mod settlement;
pub mod strategic;
pub mod table;
pub mod tabulated;
pub mod tactical;
pub mod tu;

pub use alignment::{AlignmentGame, LedGame};
pub use chains::{ChainedAlignment, Chains};
pub use posture::{Posture, Tactics};
pub use security::{SecurityGame, Stance};
pub use settlement::SettlementGame;
pub use strategic::{StrategicGame, TableStrategicGame};
pub use table::StrategicTable;
pub use tabulated::TabulatedAlignment;
pub use tactical::TacticalAlignment;
pub use tu::{TableGame, TuGame};
