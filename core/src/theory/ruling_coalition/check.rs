//! Re-examines the ruling coalitions by the definition: `φ` of every coalition from that of its
//! subsets.

use dashu_ratio::RBig;

use super::Finding;
use crate::coalition::Coalition;
use crate::exact::parse_exact;
use crate::theory::{Examination, Problem, Read};

/// The most states of which all pairs of a coalition and a subset are looked at, and with
/// `--thorough`.
const DEFINED: [usize; 2] = [11, 15];

pub(super) fn examine(finding: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    if let Err(problem) = ruling(finding, problem, thorough, &mut found) {
        found.claim(format!("ruling: {problem}"), false);
    }
    found
}

fn ruling(
    finding: &Finding,
    problem: &Problem,
    thorough: bool,
    found: &mut Examination,
) -> Read<()> {
    let n = problem.len();
    let most = DEFINED[usize::from(thorough)];
    let alpha = &problem.settings.alpha;
    let total = problem.total();
    let mut claimed = Vec::new();
    let mut inside = vec![false; n];
    for names in &finding.ruling {
        let states = problem.states(names)?;
        states.iter().for_each(|&i| inside[i] = true);
        let power = problem.sum(states.iter().copied());
        let text = names.join(" ");
        let share = &power / &total;
        found.claim(format!("ruling: {{{text}}} wins"), share > *alpha);
        let claimed_share = parse_exact(&finding.share) == Some(share);
        found.claim(format!("ruling: {{{text}}} has the share that is claimed"), claimed_share);
        if states.len() <= most {
            let powers: Vec<RBig> =
                states.iter().map(|&i| problem.resources()[i].clone()).collect();
            let own = phi(&powers, alpha);
            let lasts = own == [Coalition::grand(powers.len())];
            found.claim(format!("ruling: {{{text}}} is self-enforcing"), lasts);
        } else {
            found.skip(format!("ruling: that {{{text}}} is self-enforcing (--thorough)"));
        }
        claimed.push(states);
    }
    if finding.undecided.is_some() {
        found.claim("excluded: nobody, as it is undecided", finding.excluded.is_empty());
        return Ok(());
    }
    found.claim("ruling: there is a ruling coalition", !claimed.is_empty());
    let whole = claimed.iter().any(|set| set.len() == n);
    found.claim("self_enforcing: iff all rule together", finding.self_enforcing == whole);
    let outside: Vec<usize> = (0..n).filter(|&i| !inside[i]).collect();
    let excluded = problem.states(&finding.excluded)?;
    found.claim("excluded: those in no ruling coalition", excluded == outside);
    if n > most {
        found.skip("ruling: that no other coalition rules (--thorough, up to 15 states)");
        return Ok(());
    }
    let mut sets: Vec<Coalition> =
        claimed.iter().map(|set| set.iter().copied().collect()).collect();
    sets.sort_unstable();
    let all = phi(problem.resources(), alpha);
    found.claim("ruling: these are all ruling coalitions, by the definition", sets == all);
    Ok(())
}

/// `φ(N)` by induction on size. O(3^n).
fn phi(powers: &[RBig], alpha: &RBig) -> Vec<Coalition> {
    let n = powers.len();
    let mut sums = vec![RBig::ZERO];
    for bits in 1..1usize << n {
        let first = bits.trailing_zeros() as usize;
        let sum = &sums[bits & (bits - 1)] + &powers[first];
        sums.push(sum);
    }
    let mut lasts = vec![false; 1 << n];
    let mut best = Vec::new();
    // In the order of bits subsets come before their supersets.
    for bits in 1..1usize << n {
        let bar = alpha * &sums[bits];
        best = vec![bits];
        let mut part = (bits - 1) & bits;
        while part != 0 {
            if lasts[part] && sums[part] > bar {
                match sums[part].cmp(&sums[best[0]]) {
                    std::cmp::Ordering::Less => best = vec![part],
                    std::cmp::Ordering::Equal => best.push(part),
                    std::cmp::Ordering::Greater => {}
                }
            }
            part = (part - 1) & bits;
        }
        lasts[bits] = best.contains(&bits);
    }
    let mut best: Vec<Coalition> = best.into_iter().map(|bits| Coalition(bits as u64)).collect();
    best.sort_unstable();
    best
}
