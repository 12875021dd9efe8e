//! Re-examines the partitions by the lens's own check, and those of few states one by one.

use super::{Bloc, Finding, LISTED_STATES, contest};
use crate::certify;
use crate::coalition::{Coalition, Partition};
use crate::contest::Contest;
use crate::finding::blocs::{BlocRange, BlocsFinding, PartitionFinding};
use crate::theory::{Examination, Problem, Read};
use crate::tolerance::Tolerances;

pub(super) fn examine(claimed: &Finding, problem: &Problem, thorough: bool) -> Examination {
    let mut found = Examination::default();
    if claimed.undecided.is_some() && claimed.control.is_none() {
        found.skip("partitions: nothing is claimed of them");
        return found;
    }
    let contest = match contest(problem) {
        Ok(contest) => contest,
        Err(error) => {
            found.claim(format!("contest: {error}"), false);
            return found;
        }
    };
    match claimed.read(problem) {
        Ok(finding) => {
            let examined = certify::partitions::blocs::examine(&contest, &finding, thorough);
            found.claims.extend(examined.claims);
            found.unexamined.extend(examined.open);
            let most = finding.total.min(problem.settings.listed as u64);
            found.claim("blocs: all partitions are listed, or as many as asked for", {
                finding.partitions.len() as u64 == most
            });
            found.claim("core_stable: iff the instability is 0", {
                claimed.core_stable == finding.core_stable()
            });
            let leader = &finding.ranges[problem.system().leader()];
            found.claim("control: the leading state's range", {
                Some(leader.control) == claimed.control
            });
        }
        Err(problem) => found.claim(format!("partitions: {problem}"), false),
    }
    found.claim("all: every partition of few states", claimed.all_hold(problem, &contest));
    found
}

impl Finding {
    /// The finding as the lens has it, from names.
    fn read(&self, problem: &Problem) -> Read<BlocsFinding> {
        let range = |i: usize| -> Read<BlocRange> {
            let range = self.ranges.get(i).ok_or("a state has no range")?;
            if problem.state(&range.state)? != i {
                return Err("the ranges are not in the order of the states".into());
            }
            Ok(BlocRange {
                control: range.control,
                lowest: partition(problem, &range.lowest)?,
                highest: partition(problem, &range.highest)?,
            })
        };
        if self.ranges.len() != problem.len() {
            return Err("there is not one range for each state".into());
        }
        Ok(BlocsFinding {
            instability: self.instability.ok_or("there is no instability")?,
            total: self.partitions_total,
            partitions: self.partitions.iter().map(|b| read(problem, b)).collect::<Read<_>>()?,
            worths: Vec::new(),
            ranges: (0..problem.len()).map(range).collect::<Read<_>>()?,
        })
    }
}

impl Finding {
    /// Whether every partition of few states is listed, with the control and the instability
    /// that the contest has there.
    fn all_hold(&self, problem: &Problem, contest: &Contest) -> bool {
        let n = problem.len();
        if n > LISTED_STATES {
            return self.all.is_empty();
        }
        let partitions: Vec<Partition> = Partition::all(n).collect();
        let near = |a: f64, b: f64| (a - b).abs() <= Tolerances::DEFAULT.certificate;
        self.all.len() == partitions.len()
            && self.all.iter().zip(&partitions).all(|(bloc, real)| {
                let now = control(contest, real);
                let gain = |set: Coalition| {
                    let then = control(contest, &real.after(set));
                    let gains = set.members().map(|i| (then[i] - now[i]) / contest.shares()[i]);
                    gains.fold(f64::INFINITY, f64::min)
                };
                let most = Coalition::all(n).map(gain).fold(0.0, f64::max);
                let leaves = |names: &Vec<String>| -> Read<bool> {
                    let set: Coalition = problem.states(names)?.into_iter().collect();
                    let eager = most > Tolerances::DEFAULT.gain && near(gain(set), most);
                    Ok(!set.is_empty() && eager)
                };
                let blocked = match &bloc.blocking {
                    Some(names) => leaves(names).unwrap_or(false),
                    None => most <= Tolerances::DEFAULT.gain,
                };
                partition(problem, &bloc.blocs).is_ok_and(|claimed| claimed == *real)
                    && blocked
                    && bloc.control.len() == n
                    && bloc.control.iter().zip(&now).all(|(a, b)| near(*a, *b))
                    && near(bloc.instability, most)
            })
    }
}

fn control(contest: &Contest, partition: &Partition) -> Vec<f64> {
    let mut control = vec![0.0; contest.len()];
    contest.control(partition.blocs(), &mut control);
    control
}

fn partition(problem: &Problem, blocs: &[Vec<String>]) -> Read<Partition> {
    let groups = problem.groups(blocs)?;
    let sets = groups.iter().map(|group| group.iter().copied().collect()).collect();
    Partition::new(problem.len(), sets).map_err(|error| error.to_string())
}

fn read(problem: &Problem, bloc: &Bloc) -> Read<PartitionFinding> {
    if bloc.control.len() != problem.len() {
        return Err("a partition has not one control for each state".into());
    }
    let blocking: Option<Read<Coalition>> = bloc
        .blocking
        .as_ref()
        .map(|names| Ok(problem.states(names)?.into_iter().collect::<Coalition>()));
    Ok(PartitionFinding {
        partition: partition(problem, &bloc.blocs)?,
        control: bloc.control.clone(),
        instability: bloc.instability,
        blocking: blocking.transpose()?,
        nash_stable: bloc.nash_stable,
        individually_stable: bloc.individually_stable,
        contractually_stable: bloc.contractually_stable,
        peace_threshold: bloc.peace_threshold,
    })
}
