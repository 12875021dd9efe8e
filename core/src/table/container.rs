//! Files that are not text: what is in them, or what they are and how to make text of them.

use std::io::Read;

use crate::error::{Error, Place, Result};

/// The most bytes that a compressed file may hold.
pub(super) const LARGEST: u64 = 1 << 31;

/// The text of a file: a compressed one is unpacked, other kinds are refused by name.
///
/// # Errors
/// If it is no text, or the compressed file is damaged or holds more than 2 GiB.
pub fn opened(source: &str, bytes: Vec<u8>) -> Result<Vec<u8>> {
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return unpacked(source, &bytes);
    }
    #[cfg(feature = "excel")]
    if WORKBOOKS.iter().any(|begin| bytes.starts_with(begin)) {
        return super::workbook::sheet(source, bytes);
    }
    #[cfg(feature = "parquet")]
    if bytes.starts_with(b"PAR1") {
        return super::columns::rows(source, bytes);
    }
    match kind(&bytes) {
        None => Ok(bytes),
        Some((what, remedy)) => {
            let problem = format!("expected a CSV file, found {what}");
            Err(Error::input(Place::file(source), problem, remedy))
        }
    }
}

/// How workbooks begin: as archives, and as Excel wrote them before 2007.
const WORKBOOKS: [&[u8]; 2] = [b"PK\x03\x04", &[0xD0, 0xCF, 0x11, 0xE0]];
/// What to do about them in a build that does not read them.
const SAVE: &str = "in Excel save the sheet as CSV UTF-8, or build equipoise with --features excel";

/// What a file is that is no text, by its first bytes, and how it becomes text.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let begins = |with: &[u8]| bytes.starts_with(with);
    // Stata's before version 13: the version, the order of bytes, 1 and 0.
    let old_stata = matches!(bytes, [0x69 | 0x6C | 0x6E..=0x73, 1 | 2, 1, 0, ..]);
    if begins(WORKBOOKS[0]) {
        Some(("an Excel workbook or another archive", SAVE))
    } else if begins(WORKBOOKS[1]) {
        Some(("an old Excel workbook", SAVE))
    } else if begins(b"<stata_dta>") || old_stata {
        let remedy = "in Stata: export delimited using FILE.csv; in R: write.csv(haven::read_dta(\
                      \"FILE.dta\"), \"FILE.csv\"); in Python: pandas.read_stata(\"FILE.dta\")\
                      .to_csv(\"FILE.csv\")";
        Some(("a Stata dataset", remedy))
    } else if begins(b"PAR1") {
        let remedy = "in R: write.csv(arrow::read_parquet(\"FILE\"), \"FILE.csv\"); in Python: \
                      pandas.read_parquet(\"FILE\").to_csv(\"FILE.csv\"); or build equipoise with \
                      --features parquet";
        Some(("a Parquet file", remedy))
    } else if begins(b"RDX") || begins(b"BZh") && bytes.get(3).is_some_and(u8::is_ascii_digit) {
        Some(("an R data file or another archive", "in R: write.csv(DATA, \"FILE.csv\")"))
    } else if begins(b"$FL2") || begins(b"$FL3") {
        Some(("an SPSS dataset", "in SPSS: save it as CSV"))
    } else {
        None
    }
}

fn unpacked(source: &str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut text = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(bytes).take(LARGEST + 1);
    if let Err(error) = reader.read_to_end(&mut text) {
        let problem = format!("expected a whole gzip file, found one that is damaged ({error})");
        return Err(Error::input(Place::file(source), problem, "make or download it again"));
    }
    if text.len() as u64 > LARGEST {
        let limit = format!("{LARGEST} bytes");
        return Err(Error::too_large("the unpacked file", limit, "give only the rows needed"));
    }
    match kind(&text) {
        None => Ok(text),
        Some(_) => opened(source, text),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn compressed_files_are_unpacked_and_others_named() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(b"state,x\n").unwrap();
        let packed = packer.finish().unwrap();
        assert_eq!(opened("a.csv.gz", packed.clone()).unwrap(), b"state,x\n");
        let cut = packed[..packed.len() - 6].to_vec();
        let refuse = |bytes: &[u8]| opened("a", bytes.to_vec()).unwrap_err().to_string();
        assert!(refuse(&cut).contains("damaged"));
        assert!(refuse(b"PK\x03\x04rest").contains("Excel"));
        assert!(refuse(b"<stata_dta><header>").contains("export delimited"));
        assert!(refuse(&[0x72, 2, 1, 0, 5]).contains("Stata"));
        let remedy = if cfg!(feature = "parquet") { "snappy" } else { "pandas.read_parquet" };
        assert!(refuse(b"PAR1...PAR1").contains(remedy));
        assert_eq!(opened("a", b"state,x".to_vec()).unwrap(), b"state,x");
    }
}
