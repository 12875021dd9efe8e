//! The game of alignment fitted to pacts.

use equipoise::dataset::{Dataset, DyadFiles, Majors, Measure, Pacts, PanelFiles};
use equipoise::evidence::alignment::{AlignmentFit, Place, Quantity, Settings, fit, observe};
use equipoise::evidence::backtest::Target;
use equipoise::evidence::estimate::Estimate;
use equipoise::parameters::{Driver, Parameters};
use equipoise::plot::{Paper, evidence};
use equipoise::report::fit::check_alignment_fit;
use equipoise::work::Work;

use crate::common::shared;

fn fitted(years: (i32, i32), driver: Driver, estimate: &[Quantity]) -> Option<AlignmentFit> {
    let capabilities = Dataset::read(shared("NMC-70-abridged.csv")?).unwrap();
    let majors = Majors::read(shared("majors2016.csv")?).unwrap();
    let pacts = Pacts::read(shared("atop5_1_ddyr_abridged.csv")?).unwrap();
    let dyads =
        DyadFiles::read(&[shared("cow_capitals.csv")?, shared("tss_rivalries.csv")?]).unwrap();
    let files = PanelFiles {
        capabilities: &capabilities,
        majors: &majors,
        pacts: &pacts,
        dyads: &dyads,
        measure: &Measure::Cinc,
    };
    let seen = observe(&files, None, Target::Pact, Some(years)).unwrap();
    let start =
        Place { parameters: Parameters { driver, ..Parameters::default() }, precision: 5.0 };
    let settings = Settings { start, estimate: estimate.to_vec(), work: Work::default() };
    Some(fit(seen, Vec::new(), "cinc".into(), Target::Pact, &settings).unwrap())
}

fn accepted(report: &AlignmentFit) -> bool {
    let verified = check_alignment_fit(report).unwrap();
    verified.claims.iter().all(|claim| claim.holds())
}

#[test]
fn a_precision_is_a_maximum_and_passes_its_check() {
    let Some(found) = fitted((1946, 1955), Driver::Threat, &[Quantity::Precision]) else { return };
    assert_eq!(found.undecided, None);
    assert_eq!(found.terms.len(), 3);
    let top = found.log_likelihood.unwrap();
    assert!(top > found.log_likelihood_null);
    let precision = &found.terms[0];
    assert!(precision.profile.len() > 2);
    assert!(precision.profile.iter().all(|point| point[1] <= top + 1e-9));
    let verified = check_alignment_fit(&found).unwrap();
    let refuted: Vec<_> = verified.claims.iter().filter(|claim| !claim.holds()).collect();
    assert!(refuted.is_empty(), "{refuted:?}");
    assert!(evidence::alignment(&found, None, &Paper::default()).unwrap().faults().is_empty());
    let changes: [fn(&mut AlignmentFit); 9] = [
        |r| r.terms[0].estimate *= 1.01,
        |r| r.terms[1].estimate += 0.01,
        |r| r.at.precision *= 1.001,
        |r| r.data[0].stances.iter_mut().flatten().for_each(|own| own.swap(0, 2)),
        |r| r.data[0].events[1] = r.data[0].events[1].map(|event| !event),
        |r| r.log_likelihood = r.log_likelihood.map(|value| value + 0.01),
        |r| r.auc = r.auc.map(|area| area - 0.01),
        |r| r.clusters += 1,
        |r| r.warnings.clear(),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut tampered = found.clone();
        change(&mut tampered);
        assert!(!accepted(&tampered), "change {at}");
    }
    // What is drawn from the estimate is spread around it, and repeats.
    let estimate = Estimate::of_alignment(&found).unwrap();
    if estimate.can_be_drawn() {
        let draws: Vec<f64> = (0..400).map(|k| estimate.draw(1, k)[0].1).collect();
        let above = draws.iter().filter(|&&value| value > precision.estimate).count();
        assert!((150..250).contains(&above), "{above}");
        assert_eq!(estimate.draw(1, 7), estimate.draw(1, 7));
    }
}

#[test]
fn a_flat_likelihood_is_said() {
    // Without threats no pair of four equal followers is told from another by the weight of them.
    let Some(found) =
        fitted((1817, 1822), Driver::Threat, &[Quantity::Precision, Quantity::ThreatWeight])
    else {
        return;
    };
    match &found.undecided {
        Some(why) => assert!(why.contains("slope is 0") || why.contains("event"), "{why}"),
        None => assert!(
            found.warnings.iter().any(|w| w.contains("flat") || w.contains("curvature")),
            "{:?}",
            found.warnings
        ),
    }
    assert!(accepted(&found));
}

#[test]
fn what_cannot_be_estimated_is_named() {
    let place = |parameters| Place { parameters, precision: 5.0 };
    let base = place(Parameters::default());
    let error = |place: &Place, list: &[Quantity]| place.check(list).unwrap_err().to_string();
    assert!(error(&base, &[Quantity::ThreatWeight]).contains("--driver threat"));
    assert!(error(&base, &[Quantity::Precision; 2]).contains("twice"));
    let far = place(Parameters { decisiveness: 40.0, ..Parameters::default() });
    assert!(error(&far, &[Quantity::Decisiveness]).contains("0.1 to 10"));
}
