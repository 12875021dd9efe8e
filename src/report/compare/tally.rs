//! How often each of some items comes.

/// Each item with how often it comes, in the order in which they first come. O(items · kinds).
pub(in crate::report) fn tally<T: PartialEq>(
    items: impl IntoIterator<Item = T>,
) -> Vec<(T, usize)> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for item in items {
        match counts.iter_mut().find(|(known, _)| *known == item) {
            Some((_, count)) => *count += 1,
            None => counts.push((item, 1)),
        }
    }
    counts
}
