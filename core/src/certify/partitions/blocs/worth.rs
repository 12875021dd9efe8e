//! What states are worth inside blocs, from Harsanyi's dividends of the game of settlements.
//!
//! The dividend of a coalition with members in `k` blocs is shared equally by these, and in each
//! by its members there (Owen 1977); inside a bloc alone (`k = 1`) that is Aumann & Drèze's value.
//! O(n · 2^n) for the dividends, and as much for each partition.

use super::max_or_nan;
use crate::certify::Claim;
use crate::coalition::Coalition;
use crate::contest::Contest;
use crate::finding::blocs::{BlocsFinding, MOST_WORTH, Worth};
use crate::tolerance::Tolerances;
use crate::work::parallel;

/// The claims of what states are worth, if any are made.
pub(super) fn claims(contest: &Contest, finding: &BlocsFinding) -> Vec<Claim> {
    let (n, worths) = (contest.len(), &finding.worths);
    if worths.is_empty() {
        return Vec::new();
    }
    let sized = |worth: &Worth| worth.owen.len() == n && worth.aumann_dreze.len() == n;
    let fits = worths.len() == finding.partitions.len() && worths.iter().all(sized);
    let fits = Claim::exact("blocs: each state has its worth", fits && n <= MOST_WORTH);
    if !fits.holds() {
        return vec![fits];
    }
    let dividends = dividends(contest);
    let off = parallel(worths.len(), |k| {
        let known = shared(&dividends, finding.partitions[k].partition.blocs(), n);
        let of = [(&known.owen, &worths[k].owen), (&known.aumann_dreze, &worths[k].aumann_dreze)];
        of.map(|(known, claimed)| {
            known.iter().zip(claimed).map(|(a, b)| (a - b).abs()).fold(0.0, max_or_nan)
        })
    });
    let worst = |k: usize| off.iter().map(|off| off[k]).fold(0.0, max_or_nan);
    let near = Tolerances::DEFAULT.certificate;
    vec![
        fits,
        Claim::within("blocs: what states are worth inside by Owen", worst(0), near),
        Claim::within("blocs: what they are worth by Aumann and Drèze", worst(1), near),
    ]
}

fn dividends(contest: &Contest) -> Vec<f64> {
    let n = contest.len();
    let value = |bits: usize| match bits {
        0 => 0.0,
        _ if bits as u64 == Coalition::grand(n).bits() => 1.0,
        _ => contest.claim(Coalition(bits as u64)),
    };
    let mut values = parallel(1 << n, value);
    for i in 0..n {
        for with in (0..values.len()).filter(|s| s >> i & 1 == 1) {
            values[with] -= values[with ^ 1 << i];
        }
    }
    values
}

fn shared(dividends: &[f64], blocs: &[Coalition], n: usize) -> Worth {
    let mut found = Worth { owen: vec![0.0; n], aumann_dreze: vec![0.0; n] };
    for (bits, dividend) in dividends.iter().enumerate().skip(1) {
        let set = Coalition(bits as u64);
        let parts = || blocs.iter().map(|bloc| bloc.intersection(set)).filter(|p| !p.is_empty());
        let k = parts().count();
        for part in parts() {
            let each = dividend / (k * part.len()) as f64;
            for i in part.members() {
                found.owen[i] += each;
                if k == 1 {
                    found.aumann_dreze[i] += each;
                }
            }
        }
    }
    found
}
