//! Sorting where it is not hot, by one routine for all types and orders: the sort of the standard library
//! is compiled anew for each, at some 2,400 lines of LLVM's language a time.

use std::cmp::Ordering;

/// Numbers in an order, equal ones as they were. O(n log n) comparisons.
pub fn by(
    numbers: impl IntoIterator<Item = usize>,
    compare: impl Fn(usize, usize) -> Ordering,
) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.into_iter().collect();
    sort(&mut numbers, &compare);
    numbers
}

/// The one routine: with a type parameter it would be many.
fn sort(numbers: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    numbers.sort_by(|&a, &b| compare(a, b));
}

/// Numbers in the order of their keys, as [`by`].
pub fn by_key<K: Ord>(
    numbers: impl IntoIterator<Item = usize>,
    key: impl Fn(usize) -> K,
) -> Vec<usize> {
    by(numbers, |a, b| key(a).cmp(&key(b)))
}

/// Sorts, equal ones staying as they were. O(n log n) comparisons.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = by(0..items.len(), |a, b| compare(&items[a], &items[b]));
    for at in 0..order.len() {
        // What belongs here may have made room before.
        let mut from = order[at];
        while from < at {
            from = order[from];
        }
        order[at] = from;
        items.swap(at, from);
    }
}

/// Sorts by keys, as [`sort_by`].
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

#[cfg(test)]
mod tests {
    #[test]
    fn equal_ones_stay_as_they_were_as_with_the_standard_sort() {
        for n in 0..40u32 {
            let items: Vec<(u32, u32)> = (0..n).map(|at| (at * at * 7 % 11, at)).collect();
            let (mut ours, mut known) = (items.clone(), items);
            super::sort_by_key(&mut ours, |item| item.0);
            known.sort_by_key(|item| item.0);
            assert_eq!(ours, known);
        }
    }
}
