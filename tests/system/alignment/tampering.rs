//! A finding that has been altered is refused, whatever was altered, without a panic.

use equipoise::certify::alignment::check;
use equipoise::contest::Contest;
use equipoise::game::Posture;
use equipoise::parameters::Parameters;
use equipoise::solve::alignment::{AlignmentFinding, Incentive};

use super::systems::{certified, plain, with};

/// A system with several pure equilibria, a range of some width, and weights in its proofs.
fn example() -> (Contest, AlignmentFinding) {
    let parameters = Parameters { decisiveness: 3.0, dominance: 1.5, ..Parameters::default() };
    let contest = with(&[6.0, 5.0, 4.0, 3.0, 2.0], &parameters);
    let finding = certified(&contest, 0);
    (contest, finding)
}

#[test]
fn every_alteration_is_refused() {
    let (contest, finding) = example();
    assert!(finding.pure_nash.len() >= 2, "{}", finding.pure_nash.len());
    assert!(!finding.lowest.incentives.is_empty() || !finding.highest.incentives.is_empty());
    type Alteration = (&'static str, fn(&mut AlignmentFinding));
    let alterations: [Alteration; 32] = [
        ("another leader", |f| f.leader = 1),
        ("a leader out of range", |f| f.leader = 99),
        ("the number of profiles", |f| f.profiles += 1),
        ("an equilibrium more", |f| f.pure_nash_total += 1),
        ("an equilibrium fewer", |f| f.pure_nash_total -= 1),
        ("fewer equilibria than are listed", |f| f.pure_nash_total = 0),
        ("one left out", |f| drop(f.pure_nash.remove(0))),
        ("one listed twice", |f| {
            let first = f.pure_nash[0].clone();
            f.pure_nash[1] = first;
        }),
        ("the order of the list", |f| f.pure_nash.reverse()),
        ("a profile that is no equilibrium", |f| {
            f.pure_nash[0].profile =
                vec![Posture::Bandwagon, Posture::Balance, Posture::Abstain, Posture::Balance];
        }),
        ("a profile too short", |f| f.pure_nash[0].profile.truncate(3)),
        ("a control that it does not give", |f| f.pure_nash[0].control[2] += 1e-3),
        ("a control too many", |f| f.pure_nash[0].control.push(0.0)),
        ("a control that is no number", |f| f.pure_nash[0].control[0] = f64::NAN),
        ("the lowest control", |f| f.control[0] += 1e-3),
        ("the highest control", |f| f.control[1] += 1e-3),
        ("a control without end", |f| f.control[1] = f64::INFINITY),
        ("the range turned round", |f| f.control.reverse()),
        ("probabilities above 1", |f| f.lowest.distribution[0].1 += 0.1),
        ("a probability below 0", |f| {
            let profile = f.lowest.distribution[0].0.clone();
            f.lowest.distribution.push((profile.clone(), 0.1));
            f.lowest.distribution.push((profile, -0.1));
        }),
        ("a probability that is no number", |f| f.highest.distribution[0].1 = f64::NAN),
        ("no distribution", |f| f.highest.distribution.clear()),
        ("a distribution that gains", |f| {
            let mixed =
                vec![Posture::Bandwagon, Posture::Balance, Posture::Abstain, Posture::Balance];
            f.highest.distribution = vec![(mixed, 1.0)];
        }),
        ("a profile too long", |f| f.lowest.distribution[0].0.push(Posture::Abstain)),
        ("too high a bound", |f| f.lowest.bound += 1e-3),
        ("too low a bound", |f| f.lowest.bound -= 1e-3),
        ("a bound that is no number", |f| f.highest.bound = f64::NAN),
        ("the proofs exchanged", |f| std::mem::swap(&mut f.lowest, &mut f.highest)),
        ("a player out of range", |f| f.lowest.incentives.push(incentive(4, 1.0))),
        ("a posture left for itself", |f| {
            let itself = Incentive { to: Posture::Balance, ..incentive(0, 1.0) };
            f.lowest.incentives.push(itself);
        }),
        ("a weight below 0", |f| f.highest.incentives.push(incentive(0, -0.5))),
        ("a weight without end", |f| f.lowest.incentives.push(incentive(0, f64::INFINITY))),
    ];
    for (what, alter) in alterations {
        let mut altered = finding.clone();
        alter(&mut altered);
        let claims = check(&contest, &altered);
        assert!(claims.iter().any(|claim| !claim.holds()), "accepted: {what}");
    }
    // Proofs without their weights prove nothing, unless there was nothing to be proved.
    for (altered, incentives) in [
        (AlignmentFinding { lowest: without(&finding.lowest), ..finding.clone() }, &finding.lowest),
        (
            AlignmentFinding { highest: without(&finding.highest), ..finding.clone() },
            &finding.highest,
        ),
    ] {
        let refused = check(&contest, &altered).iter().any(|claim| !claim.holds());
        assert_eq!(refused, !incentives.incentives.is_empty());
    }
}

fn without(
    bound: &equipoise::solve::alignment::CorrelatedBound,
) -> equipoise::solve::alignment::CorrelatedBound {
    equipoise::solve::alignment::CorrelatedBound { incentives: Vec::new(), ..bound.clone() }
}

fn incentive(player: usize, weight: f64) -> Incentive {
    Incentive { player, from: Posture::Balance, to: Posture::Abstain, weight }
}

/// A finding about another system, smaller or larger, is refused and does not panic.
#[test]
fn a_finding_about_another_system_is_refused() {
    let (_, finding) = example();
    for n in [2, 4, 6, 40] {
        let powers: Vec<f64> = (1..=n).map(f64::from).collect();
        let claims = check(&plain(&powers), &finding);
        assert!(claims.iter().any(|claim| !claim.holds()));
    }
}
