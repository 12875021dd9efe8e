//! Changes of a report that its check accepts, each with the reason why that is right.

/// A class of changes: the kinds of reports by the first words of their names, and where in
/// them (a JSON pointer, `*` for one part, `**` for any number) what may change.
pub struct Class {
    pub reason: &'static str,
    pub kinds: &'static [&'static str],
    pub changes: &'static [(&'static str, &'static str)],
}

pub const HARMLESS: &[Class] = &[];
