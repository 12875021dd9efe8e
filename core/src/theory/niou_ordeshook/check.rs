//! Re-examines who is essential, by other means: the witness, and for the strongest inessential
//! state the set of all sums of larger states.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

use dashu_int::IBig;
use dashu_ratio::RBig;

use super::{Finding, Standing};
use crate::coalition::Coalition;
use crate::exact::parse_exact;
use crate::theory::outcome::rounds;
use crate::theory::problem::half;
use crate::theory::{Examination, Problem, Read};

/// The most sums that are kept, and with `--thorough`.
const SUMS: [usize; 2] = [1 << 14, 1 << 21];
/// The most states of which all coalitions are looked at, and with `--thorough`.
const ENUMERATED: [usize; 2] = [14, 22];

pub(super) fn examine(finding: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    let standing = Standing::of(problem);
    found.claim("predominant: the state with more than half", {
        finding.predominant == standing.predominant
    });
    found.claim("near-predominant: the states with exactly half", {
        finding.near_predominant == standing.near_predominant
    });
    let stable = if problem.len() == 2 {
        problem.resources()[0] == problem.resources()[1]
    } else {
        !standing.near_predominant.is_empty()
    };
    found.claim("resource_stable: as the resources have it", finding.resource_stable == stable);
    let (claimed, real) = (&finding.transfer, &standing.transfer);
    let share = parse_exact(&real.amount).unwrap_or(RBig::ZERO) / problem.total();
    let transfer = claimed.state == real.state
        && parse_exact(&claimed.amount) == parse_exact(&real.amount)
        && rounds(claimed.share, &share);
    found.claim("transfer: from the largest state to half of all", transfer);
    if let Err(problem) = classes(finding, problem, thorough, &mut found) {
        found.claim(format!("essential: {problem}"), false);
    }
    if let Err(problem) = coalitions(finding, problem, thorough, &mut found) {
        found.claim(format!("minimal winning coalitions: {problem}"), false);
    }
    found
}

fn classes(
    finding: &Finding,
    problem: &Problem,
    thorough: bool,
    found: &mut Examination,
) -> Read<()> {
    let resources = problem.resources();
    let groups = [&finding.essential, &finding.inessential, &finding.undecided];
    let groups = problem.groups(&groups.map(Clone::clone))?;
    let [essential, inessential, undecided] = &groups[..] else { return Ok(()) };
    let all = groups.iter().map(Vec::len).sum::<usize>() == problem.len();
    found.claim("essential: every state is essential, inessential or undecided", all);
    let stable = match (inessential.is_empty(), undecided.is_empty()) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => None,
    };
    found.claim("system_stable: iff every state is essential", finding.system_stable == stable);

    let decider = problem.state(&finding.witness.state)?;
    let with = problem.states(&finding.witness.with)?;
    let middle = half() * problem.total();
    let sum = problem.sum(with.iter().copied());
    let decides = !with.contains(&decider) && sum <= middle && sum + &resources[decider] > middle;
    let what = format!("essential: {} decides in the coalition named", finding.witness.state);
    found.claim(what, decides);
    let weakest = essential.iter().all(|&i| resources[i] >= resources[decider]);
    found.claim("essential: no essential state is weaker than that one", weakest);

    let Some(&strongest) = inessential.iter().max_by_key(|&&i| &resources[i]) else {
        return Ok(());
    };
    let apart = essential.iter().chain(undecided).all(|&i| resources[i] > resources[strongest]);
    found.claim("inessential: none is as strong as one that is not", apart);
    match can_decide(problem, strongest, SUMS[usize::from(thorough)])? {
        Some(decides) => found.claim(
            format!("inessential: no coalition needs {}", problem.system().id(strongest)),
            !decides,
        ),
        None => found.skip(
            "inessential: that no coalition needs the strongest of them (--thorough looks at \
             more sums)",
        ),
    }
    Ok(())
}

/// Whether some coalition needs the state; `None` if there are more sums than `most`.
fn can_decide(problem: &Problem, state: usize, most: usize) -> Read<Option<bool>> {
    let resources = problem.integers().map_err(|error| error.to_string())?;
    let total: IBig = resources.iter().sum();
    let larger = |i: usize| resources[i] > resources[state];
    let order = crate::order::by_key((0..resources.len()).filter(|&i| larger(i)), |i| {
        Reverse(&resources[i])
    });
    let behind: IBig = (0..resources.len()).filter(|&i| !larger(i)).map(|i| &resources[i]).sum();
    let mut rest: IBig = order.iter().map(|&i| &resources[i]).sum();
    let mut sums = BTreeSet::from([IBig::ZERO]);
    for &i in &order {
        rest -= &resources[i];
        let more: Vec<IBig> = sums.iter().map(|sum| sum + &resources[i]).collect();
        sums.extend(more);
        // Twice a sum is compared with the total: it must lose, and win with all that is left.
        sums.retain(|sum| {
            IBig::from(2) * sum <= total && IBig::from(2) * (sum + &rest + &behind) > total
        });
        if sums.len() > most {
            return Ok(None);
        }
    }
    Ok(Some(!sums.is_empty()))
}

fn coalitions(
    finding: &Finding,
    problem: &Problem,
    thorough: bool,
    found: &mut Examination,
) -> Read<()> {
    let resources = problem.resources();
    let middle = half() * problem.total();
    let mut sets = BTreeSet::new();
    let mut minimal = true;
    for names in &finding.minimal_winning {
        let mut set = problem.states(names)?;
        set.sort_unstable();
        let sum = problem.sum(set.iter().copied());
        let least = set.iter().map(|&i| &resources[i]).min();
        minimal &= sum > middle && least.is_some_and(|least| sum - least <= middle);
        sets.insert(set);
    }
    found.claim("minimal winning coalitions: each wins, and needs every member", minimal);
    let distinct = sets.len() == finding.minimal_winning.len();
    found.claim("minimal winning coalitions: none is listed twice", distinct);
    let Some(total) = &finding.minimal_winning_total else { return Ok(()) };
    let cut = finding.minimal_winning.len() < problem.settings.listed;
    let listed = finding.minimal_winning.len().to_string();
    found.claim("minimal winning coalitions: all are listed, or as many as asked for", {
        !cut || listed == *total
    });
    if problem.len() > ENUMERATED[usize::from(thorough)] {
        found.skip("minimal winning coalitions: how many there are");
        return Ok(());
    }
    let counted = enumerated(problem)?;
    found.claim("minimal winning coalitions: how many there are", counted.to_string() == *total);
    Ok(())
}

/// The number of minimal winning coalitions, by looking at all.
fn enumerated(problem: &Problem) -> Read<u64> {
    let resources = problem.resources();
    let middle = half() * problem.total();
    let n = problem.len();
    // The sum of a coalition from that of one with a member less.
    let mut sums = vec![RBig::ZERO];
    let mut count = 0;
    for bits in 1..1usize << n {
        let set = Coalition(bits as u64);
        let first = set.first().ok_or("an empty coalition")?;
        let sum = &sums[bits & (bits - 1)] + &resources[first];
        let least = set.members().map(|i| &resources[i]).min();
        let wins = sum.cmp(&middle) == Ordering::Greater;
        count += u64::from(wins && least.is_some_and(|least| &sum - least <= middle));
        sums.push(sum);
    }
    Ok(count)
}
