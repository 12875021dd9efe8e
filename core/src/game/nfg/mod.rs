//! Files that hold a game in strategic form: Gambit's `.nfg`, and tidy CSV.
//!
//! Payoffs are read and written exactly, as rationals. Reading takes time linear in the
//! file. References: McKelvey, McLennan & Turocy, *Gambit: The package for computation in
//! game theory*, "The strategic game (.nfg) file format".

mod number;
mod observed;
mod read;
mod tidy;
mod token;
mod values;
mod write;

pub use number::Number;
pub use observed::read_observed;
pub use read::read;
pub use tidy::read_csv;
pub(in crate::game) use token::{Token, Tokens};
pub use values::read_values;
pub use write::{Variant, write};
