//! Large tables of the plain form: coalitions as `1+2+3`, as bitmasks or as names without quotes
//! or spaces around them, values as decimals.
//!
//! Method: one pass over the bytes; the coalition's bits index the table directly, a name's up to
//! seven bytes are compared as one word (longer ones byte by byte); the value
//! is kept as up to 18 digits and a number of decimals, and all are brought to the largest
//! number of decimals at the end, so they are exact. Anything else, an error included, is
//! left to the general reader. Cost: about 1.5 ns a byte.

use dashu_int::UBig;

use super::super::number::Numerators;
use super::super::{ExactTable, numbered};
use crate::error;

/// More rows than this in the plain form name members, if they do, with a `+`.
const SNIFF: usize = 40;
/// The most digits that are kept.
const DIGITS: usize = 18;
/// The most decimals: scaled to them a value fits 128 bits.
const DECIMALS: usize = 38;

/// A table that is being read.
pub(super) struct Plain {
    delimiter: u8,
    /// How coalitions are written; known after the first lines.
    form: Option<Form>,
    names: Names,
    mantissas: Vec<i64>,
    /// The number of decimals and one more; 0 where no value was given.
    decimals: Vec<u8>,
    rows: usize,
    union: usize,
    empty_given: bool,
}

/// The table, if the whole body has the plain form and every coalition once.
pub(super) fn parse(body: &[u8], delimiter: u8) -> Option<error::Result<ExactTable>> {
    let mut plain = Plain::new(body.len(), delimiter);
    let end = body.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    plain.feed(&body[..end])?;
    plain.last_line(&body[end..])?;
    plain.finish()
}

impl Plain {
    /// A table from a text of so many bytes.
    pub(super) fn new(length: usize, delimiter: u8) -> Self {
        // A row has at least four bytes, `1,0` and an end, and all 2^n − 1 coalitions are there.
        let limit = (length / 4 + 2).next_power_of_two().min(1 << ExactTable::MAX_PLAYERS);
        Self {
            delimiter,
            form: None,
            names: Names::default(),
            mantissas: vec![0; limit],
            decimals: vec![0; limit],
            rows: 0,
            union: 0,
            empty_given: false,
        }
    }

    /// Takes more whole lines in; `None` if one is not plain.
    pub(super) fn feed(&mut self, lines: &[u8]) -> Option<()> {
        match *self.form.get_or_insert_with(|| Form::of(lines, self.delimiter)) {
            Form::Masks => self.read::<{ Form::MASKS }>(lines),
            Form::Numbers => self.read::<{ Form::NUMBERS }>(lines),
            Form::Names => self.read::<{ Form::NAMES }>(lines),
        }
    }

    /// Takes the last line in, which may have no end.
    pub(super) fn last_line(&mut self, line: &[u8]) -> Option<()> {
        if line.is_empty() {
            return Some(());
        }
        let mut line = line.to_vec();
        line.push(b'\n');
        self.feed(&line)
    }

    fn read<const FORM: u8>(&mut self, text: &[u8]) -> Option<()> {
        let delimiter = self.delimiter;
        let mut at = 0;
        while at < text.len() {
            let mut bits = 0usize;
            if FORM == Form::NAMES {
                loop {
                    let (player, next) = self.names.next(text, &mut at, delimiter)?;
                    let bit = 1usize << player;
                    if bits & bit != 0 {
                        return None;
                    }
                    bits |= bit;
                    if next == delimiter {
                        break;
                    }
                }
            } else if FORM == Form::NUMBERS {
                let mut wrong = false;
                loop {
                    // One digit or two, without a branch that would be guessed wrong.
                    let &[first, second, third] = text.get(at..at + 3)? else { return None };
                    let (tens, ones) = (first.wrapping_sub(b'0'), second.wrapping_sub(b'0'));
                    let two = ones < 10;
                    let number = if two { tens.wrapping_mul(10).wrapping_add(ones) } else { tens };
                    let next = if two { third } else { second };
                    at += 2 + usize::from(two);
                    let place = number.wrapping_sub(1);
                    let bit = 1usize << (place & 31);
                    wrong |= (tens > 9) | (place > 31) | (bits & bit != 0);
                    bits |= bit;
                    if next == delimiter {
                        break;
                    }
                    if next != b'+' {
                        return None;
                    }
                }
                if wrong {
                    return None;
                }
            } else {
                while let Some(d) = digit(text, at) {
                    bits = bits.checked_mul(10)? + usize::from(d);
                    at += 1;
                }
                if *text.get(at)? != delimiter || at == 0 || digit(text, at - 1).is_none() {
                    return None;
                }
                at += 1;
            }
            let (mantissa, decimals) = value(text, &mut at)?;
            match (*text.get(at)?, text.get(at + 1)) {
                (b'\n', _) => at += 1,
                (b'\r', Some(b'\n')) => at += 2,
                _ => return None,
            }
            if bits == 0 && mantissa != 0 {
                return None;
            }
            let given = self.decimals.get_mut(bits)?;
            if *given != 0 {
                return None;
            }
            *given = decimals + 1;
            self.mantissas[bits] = mantissa;
            self.rows += 1;
            self.union |= bits;
            self.empty_given |= bits == 0;
        }
        Some(())
    }

    /// The table, if every coalition was there.
    pub(super) fn finish(mut self) -> Option<error::Result<ExactTable>> {
        let players = (usize::BITS - self.union.leading_zeros()) as usize;
        let count = 1usize << players;
        if players == 0 || self.rows + usize::from(!self.empty_given) != count {
            return None;
        }
        if !self.empty_given {
            self.decimals[0] = 1;
        }
        self.mantissas.truncate(count);
        self.mantissas.shrink_to_fit();
        self.decimals.truncate(count);
        let most = self.decimals.iter().copied().max()? - 1;
        let numerators = if self.decimals.iter().skip(1).all(|&d| d == most + 1) {
            Numerators::Small(self.mantissas)
        } else {
            let mut factors = [0i128; DECIMALS + 1];
            for (d, factor) in factors.iter_mut().enumerate().take(usize::from(most) + 1) {
                *factor = 10i128.pow(u32::from(most) - d as u32);
            }
            let mut largest = 0;
            let mut wide = Vec::with_capacity(count);
            for (&mantissa, &d) in self.mantissas.iter().zip(&self.decimals) {
                let scaled = match i64::try_from(factors[usize::from(d) - 1]) {
                    Ok(factor) => i128::from(mantissa) * i128::from(factor),
                    Err(_) => i128::from(mantissa).checked_mul(factors[usize::from(d) - 1])?,
                };
                largest = largest.max(scaled.unsigned_abs());
                wide.push(scaled);
            }
            if !Numerators::fits_wide(largest) {
                return None;
            }
            if Numerators::fits_small(largest) {
                Numerators::Small(wide.into_iter().map(|v| v as i64).collect())
            } else {
                Numerators::Wide(wide)
            }
        };
        let names = match self.form {
            Some(Form::Names) => self.names.finish(players)?,
            _ => numbered(players),
        };
        let denominator = UBig::from(10u8).pow(usize::from(most));
        Some(ExactTable::from_integers(names, denominator, numerators))
    }
}

/// How coalitions are written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// `5` for the first player and the third.
    Masks,
    /// `1+3`.
    Numbers,
    /// `A+C`.
    Names,
}

impl Form {
    const MASKS: u8 = 0;
    const NUMBERS: u8 = 1;
    const NAMES: u8 = 2;

    /// That of the first lines.
    fn of(body: &[u8], delimiter: u8) -> Self {
        let lines = body.split(|&b| b == b'\n').take(SNIFF);
        let mut form = Self::Masks;
        for coalition in lines.filter_map(|line| line.split(|&b| b == delimiter).next()) {
            if coalition.iter().any(|&b| !b.is_ascii_digit() && b != b'+' && b != b'\r') {
                return Self::Names;
            }
            if coalition.contains(&b'+') {
                form = Self::Numbers;
            }
        }
        form
    }
}

/// Slots of the table of short names.
const SLOTS: usize = 64;

/// The players' names, in the order of their first appearance.
struct Names {
    all: Vec<Vec<u8>>,
    /// Names of up to seven bytes as words, each at a place that its bytes decide or after that.
    short: [(u64, u8); SLOTS],
}

impl Default for Names {
    fn default() -> Self {
        Self { all: Vec::new(), short: [(0, 0); SLOTS] }
    }
}

impl Names {
    /// The player whose name is at `at`, and the `+` or delimiter behind it.
    #[inline(always)]
    fn next(&mut self, text: &[u8], at: &mut usize, delimiter: u8) -> Option<(u8, u8)> {
        if let Some(eight) = text.get(*at..*at + 8).and_then(|eight| eight.try_into().ok()) {
            let word = u64::from_le_bytes(eight);
            // The lowest byte that is one of the two is marked rightly.
            let ends = zeros(word ^ (REPEAT * u64::from(b'+')))
                | zeros(word ^ (REPEAT * u64::from(delimiter)));
            let length = ends.trailing_zeros() as usize / 8;
            if ends != 0 && length > 0 {
                let name = word & ((1 << (8 * length)) - 1);
                let next = eight[length];
                let start = *at;
                *at += length + 1;
                let mut slot = (name.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 58) as usize;
                loop {
                    match self.short[slot] {
                        (known, player) if known == name => return Some((player, next)),
                        (0, _) => break,
                        _ => slot = (slot + 1) % SLOTS,
                    }
                }
                let player = self.insert(&text[start..start + length])?;
                self.short[slot] = (name, player);
                return Some((player, next));
            }
        }
        let rest = &text[*at..];
        let length = rest.iter().position(|&b| b == b'+' || b == delimiter)?;
        let (name, next) = (&rest[..length], rest[length]);
        *at += length + 1;
        let known = self.all.iter().position(|known| known == name);
        Some((known.map_or_else(|| self.insert(name), |player| Some(player as u8))?, next))
    }

    /// A new name, if it is a plain one.
    #[cold]
    fn insert(&mut self, name: &[u8]) -> Option<u8> {
        if let Some(known) = self.all.iter().position(|known| known == name) {
            return Some(known as u8);
        }
        let text = std::str::from_utf8(name).ok()?;
        let plain = !text.contains(['"', '\'', '\n', '\r']) && text.trim() == text && text != "∅";
        if !plain || text.is_empty() || text == "{}" || self.all.len() == ExactTable::MAX_PLAYERS {
            return None;
        }
        self.all.push(name.to_vec());
        Some((self.all.len() - 1) as u8)
    }

    /// The names, if the table has so many; players `1` to `n` have an order of their own.
    fn finish(self, players: usize) -> Option<Vec<String>> {
        let names = self.all.into_iter().map(String::from_utf8);
        let names = names.collect::<Result<Vec<_>, _>>().ok()?;
        let ordered = numbered(players).iter().all(|number| names.contains(number));
        (names.len() == players && !ordered).then_some(names)
    }
}

/// One in every byte.
const REPEAT: u64 = 0x0101_0101_0101_0101;

/// Marks the zero bytes of a word, the lowest of them rightly.
#[inline(always)]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(REPEAT) & !word & (REPEAT << 7)
}

#[inline(always)]
fn digit(text: &[u8], at: usize) -> Option<u8> {
    let d = text.get(at)?.wrapping_sub(b'0');
    if d < 10 { Some(d) } else { None }
}

/// Digits from `at` on, added to `mantissa`; how many.
#[inline(always)]
fn digits(text: &[u8], at: &mut usize, mantissa: &mut u64) -> usize {
    let start = *at;
    while let Some(eight) = text.get(*at..*at + 8).and_then(|eight| eight.try_into().ok()) {
        let (value, length) = up_to_eight(eight);
        *mantissa = mantissa.wrapping_mul(POWERS[length]).wrapping_add(value);
        *at += length;
        if length < 8 {
            return *at - start;
        }
    }
    while let Some(d) = digit(text, *at) {
        *mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(d));
        *at += 1;
    }
    *at - start
}

const POWERS: [u64; 9] = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// The digits at the beginning of eight bytes, as a number, and how many: all at once (Lemire
/// 2018), pairs, then fours, then all.
#[inline(always)]
fn up_to_eight(text: [u8; 8]) -> (u64, usize) {
    let chunk = u64::from_le_bytes(text) ^ 0x3030_3030_3030_3030;
    // A byte that is no digit has a high bit, at once or with 6 more; bytes before the first
    // such are not touched by its carry.
    let other = (chunk | chunk.wrapping_add(0x0606_0606_0606_0606)) & 0xF0F0_F0F0_F0F0_F0F0;
    let length = other.trailing_zeros() as usize / 8;
    if length == 0 {
        return (0, 0);
    }
    let chunk = chunk << (64 - 8 * length);
    let pairs = chunk.wrapping_mul(2561) >> 8;
    let fours = (pairs & 0x00FF_00FF_00FF_00FF).wrapping_mul(6_553_601) >> 16;
    let value = (fours & 0x0000_FFFF_0000_FFFF).wrapping_mul(42_949_672_960_001) >> 32;
    (value, length)
}

/// A decimal as mantissa and number of decimals.
#[inline(always)]
fn value(text: &[u8], at: &mut usize) -> Option<(i64, u8)> {
    let negative = *text.get(*at)? == b'-';
    *at += usize::from(negative);
    let start = *at;
    let mut mantissa = 0u64;
    let whole = digits(text, at, &mut mantissa);
    let mut decimals = 0;
    if text.get(*at) == Some(&b'.') {
        *at += 1;
        decimals = digits(text, at, &mut mantissa);
    }
    if whole + decimals > DIGITS {
        // Zeros in front do not count.
        let zeros = text[start..*at].iter().take_while(|&&b| b == b'0' || b == b'.').count();
        if whole + decimals + 1 > DIGITS + zeros {
            return None;
        }
    }
    if whole + decimals == 0 {
        return None;
    }
    if matches!(text.get(*at), Some(b'e' | b'E')) {
        *at += 1;
        let sign = *text.get(*at)?;
        *at += usize::from(sign == b'-' || sign == b'+');
        let mut exponent = 0;
        let length = digits(text, at, &mut exponent);
        if length == 0 || length > 3 || (sign != b'-' && exponent > 0) {
            return None;
        }
        decimals += exponent as usize;
    }
    if decimals > DECIMALS {
        return None;
    }
    let mantissa = i64::try_from(mantissa).ok()?;
    Some((if negative { -mantissa } else { mantissa }, decimals as u8))
}
