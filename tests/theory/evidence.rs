//! What history says of the model.

use crate::common;

use equipoise::dataset::{Dataset, Majors, Wars};
use equipoise::evidence::decisiveness::{Fit, Settings, Sides, Ties, fit, sample};
use equipoise::report::fit::check_fit;

pub fn fitted(years: (i32, i32), settings: Settings) -> Option<Fit> {
    let [nmc, wars, majors] =
        ["NMC-70-abridged.csv", "Inter-StateWarData_v4.0.csv", "majors2016.csv"]
            .map(common::shared);
    let (nmc, wars) = (Dataset::read(nmc?).unwrap(), Wars::read(wars?).unwrap());
    let majors = Majors::read(majors?).unwrap();
    let sample = sample(&nmc, &wars, None, Some(&majors), years, &settings).unwrap();
    Some(fit(&sample, Vec::new(), &settings))
}

const ALL: (i32, i32) = (i32::MIN, i32::MAX);

/// Six digits.
fn close(found: f64, known: f64, what: &str) {
    assert!((found - known).abs() < 5e-7 * (1.0 + known.abs()), "{what}: {found}, not {known}");
}

/// A sample, and what a prototype in another language found there: n, decisiveness, standard
/// error, ends of the profile interval, log likelihood, and log loss without each war.
type Known = (Settings, (i32, i32), usize, [f64; 6]);

#[test]
fn the_wars_since_1816_give_the_estimates_of_a_prototype() {
    let of = |sides| Settings { sides, ..Settings::default() };
    let known: [Known; 4] = [
        (
            of(Sides::Coalition),
            ALL,
            77,
            [0.3766405435, 0.1295412933, 0.1371830268, 0.6503254304, -48.3676970022, 0.6435242805],
        ),
        (
            of(Sides::Coalition),
            (1816, 1913),
            37,
            [0.9047782943, 0.3144204989, 0.3772449034, 1.6412274134, -18.6431862136, 0.5315922970],
        ),
        (
            of(Sides::Bilateral),
            ALL,
            46,
            [0.6261530383, 0.2144387467, 0.2484056878, 1.1025543702, -25.9196835126, 0.5816899661],
        ),
        (
            of(Sides::Originators),
            ALL,
            77,
            [0.1460840406, 0.1092516199, -0.0638892242, 0.3689662188, -52.4494481084, 0.6957614042],
        ),
    ];
    for (settings, years, n, [m, error, low, high, likelihood, loo]) in known {
        let Some(found) = fitted(years, settings) else { return };
        assert_eq!(found.n, n);
        let term = &found.terms[0];
        close(term.estimate, m, "m");
        close(term.std_error, error, "standard error");
        close(term.interval[0].unwrap(), low, "low");
        close(term.interval[1].unwrap(), high, "high");
        let quality = found.quality.unwrap();
        close(quality.log_likelihood, likelihood, "log likelihood");
        close(quality.log_loss_loo.unwrap(), loo, "leave one out");
    }
}

#[test]
fn the_coalitions_have_the_tests_and_scores_of_a_prototype() {
    let Some(found) = fitted(ALL, Settings::default()) else { return };
    let quality = found.quality.as_ref().unwrap();
    close(quality.log_likelihood_null, -53.3723329031, "null");
    close(quality.aic, 98.7353940044, "aic");
    close(quality.mcfadden, 0.0937683558, "McFadden");
    close(quality.log_loss, 0.6281519091, "log loss");
    close(quality.prl_loo.unwrap(), 0.0715907119, "prl");
    close(quality.accuracy, 0.6493506494, "accuracy");
    close(quality.brier, 0.2182912620, "brier");
    close(quality.p_at["0"], 0.0015575409, "p at 0");
    close(quality.p_at["1"], 4.7323617e-5, "p at 1");
    assert!((quality.p_at["2"] / 1.0860940274e-17 - 1.0).abs() < 1e-6);
    close(quality.log_loss_at["0"], std::f64::consts::LN_2, "coin");
    assert!((quality.log_loss_at["2"] - 1.1044).abs() < 5e-5);
    let counts: Vec<usize> = found.dropped.values().copied().collect();
    assert_eq!(counts, [10, 8]);
    let majors = found.groups.iter().find(|g| g.group == "both sides").unwrap();
    let term = majors.term.as_ref().unwrap();
    assert_eq!(majors.n, 9);
    assert!((term.estimate - 1.5177).abs() < 5e-5 && (term.std_error - 0.9723).abs() < 5e-5);
    assert!((majors.log_loss_at_2.unwrap() - 0.522).abs() < 5e-4);
}

#[test]
fn an_initiator_and_draws_have_parameters_of_their_own() {
    let initiator = Settings { initiator: true, ..Settings::default() };
    let Some(found) = fitted(ALL, initiator) else { return };
    let quality = found.quality.as_ref().unwrap();
    assert_eq!(found.n, 77);
    close(found.terms[0].estimate, 0.3434798349, "m");
    close(found.terms[0].std_error, 0.1374554255, "m's error");
    close(found.terms[1].estimate, 0.5793666718, "initiator");
    close(found.terms[1].std_error, 0.2526854497, "its error");
    close(quality.log_likelihood, -45.6580186173, "log likelihood");
    close(quality.log_likelihood_null, -49.2394002252, "null");
    close(quality.auc.unwrap(), 0.6960784314, "auc");
    close(quality.auc_loo.unwrap(), 0.6561085973, "auc without each");
    close(quality.log_loss_loo.unwrap(), 0.6236502214, "loo");
    close(quality.log_loss_loo_null.unwrap(), 0.6527600322, "loo null");
    close(quality.prl_loo.unwrap(), 0.0445949649, "prl");
    close(quality.accuracy, 0.6753246753, "accuracy");

    let ties = Settings { ties: Ties::RaoKupper, ..Settings::default() };
    let Some(found) = fitted(ALL, ties) else { return };
    assert_eq!(found.n, 87);
    close(found.terms[0].estimate, 0.3503835966, "m");
    close(found.terms[0].std_error, 0.1142499627, "m's error");
    close(found.terms[1].estimate, -1.3546426124, "log tie");
    close(found.terms[1].std_error, 0.3004887877, "its error");
    let quality = found.quality.as_ref().unwrap();
    close(quality.log_likelihood, -79.1105903753, "log likelihood");
    close(quality.log_likelihood_null, -84.4074708134, "null");
}

#[test]
fn every_fit_passes_its_check_and_no_tampered_one_does() {
    let all = [
        Settings::default(),
        Settings { initiator: true, ..Settings::default() },
        Settings { ties: Ties::RaoKupper, ..Settings::default() },
        Settings { ties: Ties::Davidson, sides: Sides::Bilateral, ..Settings::default() },
    ];
    for settings in all {
        let Some(found) = fitted(ALL, settings) else { return };
        let verified = check_fit(&found, false).unwrap();
        let refuted: Vec<_> = verified.claims.iter().filter(|c| !c.holds()).collect();
        assert!(refuted.is_empty(), "{settings:?}: {refuted:?}");
    }
    let Some(genuine) = fitted(ALL, Settings::default()) else { return };
    let changes: [fn(&mut Fit); 8] = [
        |r| r.n -= 1,
        |r| r.terms[0].estimate += 1e-4,
        |r| r.terms[0].interval[1] = None,
        |r| r.wars[3].powers.swap(0, 1),
        |r| r.groups[0].n += 1,
        |r| r.warnings.clear(),
        |r| {
            if let Some(quality) = &mut r.quality {
                quality.log_loss_loo = quality.log_loss_loo.map(|loss| loss - 0.01);
            }
        },
        |r| {
            if let Some(quality) = &mut r.quality {
                quality.accuracy = 0.9;
            }
        },
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut report = genuine.clone();
        change(&mut report);
        let verified = check_fit(&report, true).unwrap();
        assert!(verified.claims.iter().any(|claim| !claim.holds()), "change {at}");
    }
}

const WARS: &str = "WarNum,WarName,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,\
                    EndYear1,Initiator,Outcome\n\
                    1,A,2,X,1,1,1,1900,1901,1,1\n1,A,3,Y,2,1,1,1900,1901,2,2\n\
                    2,B,2,X,1,1,1,1905,1905,1,1\n2,B,3,Y,2,1,1,1905,1905,2,2\n";
const POWERS: &str = "stateabb,ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n\
                      X,2,1900,1,1,1,1,1,1,0.3\nY,3,1900,1,1,1,1,1,1,0.1\n\
                      X,2,1905,1,1,1,1,1,1,0.3\nY,3,1905,1,1,1,1,1,1,0.1\n";

#[test]
fn what_separates_has_no_estimate_and_says_why() {
    let folder = crate::common::Folder::new();
    let wars = folder.write("wars.csv", WARS);
    let wars = wars.to_str().unwrap();
    let (code, out, _) = folder.run("fit", POWERS, &[]);
    assert_eq!((code, out.as_str()), (Some(2), ""));
    let powers = folder.write("powers.csv", POWERS);
    let command = format!("fit decisiveness {} --wars {wars}", powers.display());
    let output = crate::common::equipoise(&command).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(text.contains("the stronger side won every war (separation)"), "{text}");
    let output =
        crate::common::equipoise(&format!("{command} --years 1950..1960")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("choose other --years"));
}
