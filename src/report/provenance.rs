//! What a report was made from: enough to ask for it again, and to see that it is the same.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::report::Keyed;

/// The request that a report answers: the same request gives the same report. It holds no time of
/// day, no threads and no place of the output, on none of which a report depends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The version of the program.
    pub version: String,
    /// The command: `solve`, `theory landscape`.
    pub command: String,
    /// Every option with its value, the defaults among them, in the order of the command's help.
    pub request: Keyed<String>,
    /// The files that were read.
    pub inputs: Vec<InputReport>,
    /// The numbers that power was measured by, by column and state, as far as the report is on one
    /// system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Keyed<Keyed<f64>>>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InputReport {
    /// The option that named it.
    pub option: String,
    /// Its name, without the folder.
    pub name: String,
    /// The SHA-256 of its bytes in hexadecimal digits; absent of a pipe, which cannot be read twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A report together with what it was made from, as JSON has the two.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Traced<'a, T> {
    /// The report.
    #[serde(flatten)]
    pub report: &'a T,
    /// What it was made from, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<&'a Provenance>,
}

impl<T: Serialize> Traced<'_, T> {
    /// Both as JSON, ending in a line feed.
    pub fn json(&self) -> String {
        // All keys of reports are strings, so this cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// The SHA-256 of bytes (FIPS 180-4) in hexadecimal digits. O(bytes).
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// FIPS 180-4, example of one block.
    #[test]
    fn the_digest_is_that_of_the_standard() {
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
