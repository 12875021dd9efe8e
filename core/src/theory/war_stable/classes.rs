//! Networks up to isomorphism: two are in one class if they differ only in which of equally
//! strong states is which.
//!
//! Exchanges of two equally strong states generate all such renamings, so a class is what they
//! lead to from one of its networks. O(2^pairs · n · pairs).

/// The first network of each class, in ascending order; bit `k` says whether `pairs[k]`, of
/// states in ascending order, are allied.
pub(super) fn firsts<A: PartialEq>(pairs: &[(usize, usize)], strengths: &[A]) -> Vec<u64> {
    let exchanges: Vec<Vec<usize>> = exchanges(pairs, strengths);
    let mut seen = vec![false; 1 << pairs.len()];
    let mut firsts = Vec::new();
    for bits in 0..seen.len() {
        if seen[bits] {
            continue;
        }
        firsts.push(bits as u64);
        seen[bits] = true;
        let mut open = vec![bits];
        while let Some(network) = open.pop() {
            for moved in &exchanges {
                let other = moved
                    .iter()
                    .enumerate()
                    .fold(0, |other, (from, to)| other | (network >> from & 1) << to);
                if !std::mem::replace(&mut seen[other], true) {
                    open.push(other);
                }
            }
        }
    }
    firsts
}

/// Where each pair goes when a state is exchanged with the next one that is as strong.
fn exchanges<A: PartialEq>(pairs: &[(usize, usize)], strengths: &[A]) -> Vec<Vec<usize>> {
    let n = strengths.len();
    let twins = (0..n).filter_map(|i| {
        let next = (i + 1..n).find(|&j| strengths[j] == strengths[i])?;
        Some((i, next))
    });
    let place = |a: usize, b: usize| {
        let pair = (a.min(b), a.max(b));
        pairs.iter().position(|&other| other == pair).unwrap_or(0)
    };
    let exchange = |(i, j): (usize, usize)| {
        let other = move |k: usize| {
            if k == i {
                j
            } else if k == j {
                i
            } else {
                k
            }
        };
        pairs.iter().map(|&(a, b)| place(other(a), other(b))).collect()
    };
    twins.map(exchange).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_equal_states_are_the_graphs_without_names() {
        // Harary & Palmer (1973), Graphical Enumeration, p. 240.
        for (n, graphs) in [(1, 1), (2, 2), (3, 4), (4, 11), (5, 34), (6, 156)] {
            let pairs: Vec<(usize, usize)> =
                (0..n).flat_map(|j| (j + 1..n).map(move |k| (j, k))).collect();
            assert_eq!(firsts(&pairs, &vec![1; n]).len(), graphs, "{n}");
            let different: Vec<usize> = (0..n).collect();
            assert_eq!(firsts(&pairs, &different).len(), 1 << pairs.len(), "{n}");
        }
    }
}
