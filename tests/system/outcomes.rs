//! Figures and pages of reports and comparisons: what they show is what the report says, texts
//! do not overlap, and the command line writes every form.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use crate::common::{equipoise, shared, skipped};
use equipoise::analysis::{LeaderChoice, Lens, Options, analyse};
use equipoise::dataset::{Dataset, Measure, Selection};
use equipoise::game::Chains;
use equipoise::parameters::{Driver, Parameters};
use equipoise::plot::{FigureKind, Mark, Observed, Paper, Scene};
use equipoise::report::compare::{Case, Comparison, compare};
use equipoise::report::{Figure, Outcome, Page, PairReport, Report};
use equipoise::system::System;
use equipoise::threat::TargetChoice;
use equipoise::work::Work;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The strongest states of a shipped system.
pub(super) fn system(name: &str, top: usize) -> System {
    let dataset = Dataset::read(root().join("data").join(name)).unwrap();
    let selection = Selection { top: Some(top), ..Selection::default() };
    dataset.system(&selection, &Measure::Cinc).unwrap().system
}

fn shipped() -> Vec<String> {
    let entries = fs::read_dir(root().join("data")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name.ends_with(".csv")).collect();
    names.sort();
    names
}

pub(super) fn report(system: System, leader: LeaderChoice) -> Report {
    let options = Options { leader, ..Options::default() };
    let analysis = analyse(system, Parameters::default(), &options, &Work::default()).unwrap();
    Report::new(&analysis, &[])
}

fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

fn span([low, high]: [f64; 2]) -> String {
    let [low, high] = [low, high].map(|end| format!("{:.1}", 100.0 * end));
    if low == high { format!("{low} %") } else { format!("{low} – {high} %") }
}

fn titles(scene: &Scene, class: &str) -> Vec<String> {
    scene.groups(class).into_iter().map(|group| group.title.clone()).collect()
}

/// The interval of each lens that was decided.
fn intervals(report: &Report) -> Vec<(&'static str, [f64; 2])> {
    fn of<T>(found: &Option<Outcome<T>>, control: impl Fn(&T) -> [f64; 2]) -> Option<[f64; 2]> {
        found.as_ref()?.decided().map(control)
    }
    let lenses = &report.lenses;
    [
        ("polarity", lenses.polarity.as_ref().map(|found| found.control)),
        ("settlement", of(&lenses.settlement, |found| found.control)),
        ("blocs", of(&lenses.blocs, |found| found.control)),
        ("alignment", of(&lenses.alignment, |found| found.control)),
    ]
    .into_iter()
    .filter_map(|(lens, control)| Some((lens, control?)))
    .collect()
}

/// Holds the figure of the blocs to its report: titles, and areas in proportion to shares.
fn blocs_are_those_of(report: &Report, scene: &Scene) {
    let found = report.lenses.blocs.as_ref().unwrap().decided().unwrap();
    let drawn = &found.partitions[0];
    let blocs = titles(scene, "bloc");
    assert_eq!(blocs.len(), drawn.blocs.len());
    for (bloc, title) in drawn.blocs.iter().zip(&blocs) {
        assert!(title.starts_with(&format!("{{{}}}: ", bloc.join(" "))), "{title}");
    }
    let states = scene.groups("state");
    assert_eq!(states.len(), report.system.states.len());
    let mut ratios = Vec::new();
    for state in &report.system.states {
        let group = states.iter().find(|group| {
            group.title.starts_with(&format!("{} ", state.id))
                || group.title.starts_with(&format!("{}: ", state.id))
        });
        let group = group.unwrap();
        assert!(group.title.contains(&format!(": {} of power", percent(state.share))));
        let control = drawn.control.get(&state.id).unwrap();
        assert!(group.title.ends_with(&format!("controls {}", percent(*control))));
        let [Mark::Circle { radius, .. }] = &group.marks[..] else { panic!("{group:?}") };
        // The smallest circles have a least size, to be seen.
        if state.share > 0.0025 {
            ratios.push(radius * radius / state.share);
        }
    }
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ratios.iter().copied().fold(0.0, f64::max);
    assert!(most - least < 1e-6 * most, "areas are shares: {ratios:?}");
}

/// Holds the figure of who threatens whom to its report.
fn threats_are_those_of(report: &Report, scene: &Scene) {
    let found = report.lenses.security.as_ref().unwrap().decided().unwrap();
    let cells = titles(scene, "threat");
    let states = &report.system.states;
    assert_eq!(cells.len(), states.len() * (states.len() - 1));
    for (i, row) in found.threat_matrix.iter().enumerate() {
        for (j, threat) in row.iter().enumerate().filter(|(j, _)| *j != i) {
            let title = format!("{} is threatened by {}: {threat:.3}", states[i].id, states[j].id);
            assert!(cells.contains(&title), "{title}");
        }
    }
    for (id, index) in &found.threat_index.0 {
        let title = format!("the threat index of {id}: {index:.3}");
        assert!(titles(scene, "index").contains(&title), "{title}");
    }
}

#[test]
fn figures_of_every_shipped_system_show_what_its_report_says() {
    let mut drawn = 0;
    for name in shipped() {
        for leader in [LeaderChoice::Strongest, LeaderChoice::All] {
            let report = report(system(&name, 7), leader);
            let lenses = FigureKind::Lenses.of_report(&report, &Paper::default()).unwrap();
            assert_eq!(lenses.faults(), [""; 0], "{name}");
            let found = titles(&lenses, "lens");
            for (lens, control) in intervals(&report) {
                let begin = format!("{lens}: {} controls {},", report.system.leader, span(control));
                assert!(found.iter().any(|title| title.starts_with(&begin)), "{begin} {found:?}");
            }
            assert_eq!(titles(&lenses, "threshold"), [percent(report.parameters.threshold)]);
            let blocs = FigureKind::Blocs.of_report(&report, &Paper::default()).unwrap();
            assert_eq!(blocs.faults(), [""; 0], "{name}");
            blocs_are_those_of(&report, &blocs);
            let threats = FigureKind::Threats.of_report(&report, &Paper::default()).unwrap();
            assert_eq!(threats.faults(), [""; 0], "{name}");
            threats_are_those_of(&report, &threats);
            drawn += 1;
        }
    }
    assert!(drawn >= 32, "{drawn}");
}

#[test]
fn what_is_known_of_pairs_is_drawn_once_a_pair() {
    let mut report = report(system("coldwar-1985.csv", 8), LeaderChoice::Strongest);
    let ids: Vec<String> = report.system.states.iter().map(|state| state.id.clone()).collect();
    let pair = |i: usize, j: usize, hostility, affinity| {
        let (state1, state2) = (ids[i].clone(), ids[j].clone());
        PairReport { state1, state2, distance: None, hostility, affinity, commitment: None }
    };
    report.system.pairs = vec![
        pair(0, 1, Some(0.25), None),
        pair(1, 0, Some(0.75), None),
        pair(2, 3, Some(-1.0), None),
        pair(4, 5, Some(0.0), Some(0.5)),
    ];
    let scene = FigureKind::Blocs.of_report(&report, &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    for (class, strength, i, j) in
        [("hostility", "0.75", 0, 1), ("amity", "1", 2, 3), ("affinity", "0.5", 4, 5)]
    {
        let [title] = &titles(&scene, class)[..] else { panic!("one line of {class}") };
        assert!(title.ends_with(&format!(": {strength}")), "{title}");
        assert!(title.contains(&ids[i]) && title.contains(&ids[j]), "{title}");
    }
}

#[test]
fn many_states_and_long_names_do_not_overlap() {
    let powers = (0..14).map(|i| (format!("The Kingdom of Number {i} and more"), 1.2f64.powi(i)));
    let system = System::from_powers(powers).unwrap();
    let options =
        Options { lenses: Some(vec![equipoise::analysis::Lens::Polarity]), ..Options::default() };
    let analysis = analyse(system, Parameters::default(), &options, &Work::default()).unwrap();
    let report = Report::new(&analysis, &[]);
    assert_eq!(FigureKind::Lenses.of_report(&report, &Paper::default()).unwrap().faults(), [""; 0]);
    let error = FigureKind::Blocs.of_report(&report, &Paper::default()).unwrap_err().to_string();
    assert!(error.contains("blocs"), "{error}");
}

fn case(label: String, system: System, parameters: Parameters) -> Case {
    let leader = LeaderChoice::Strongest;
    let (tactics, pairs, notes) = ((None, Chains::Loose), Vec::new(), Vec::new());
    let target = TargetChoice::default();
    let (group, draws) = (label.clone(), None);
    Case { group, label, system, parameters, leader, target, tactics, pairs, notes, draws }
}

/// Years of a made-up system in which states rise, fall and leave.
pub(super) fn years() -> Comparison {
    let mut csv = String::from("state,year,power\n");
    for year in 1900..1912 {
        let t = f64::from(year - 1900);
        csv += &format!("Alpha,{year},{}\nBeta,{year},{}\n", 10.0 - 0.6 * t, 4.0 + 0.8 * t);
        csv += &format!("Gamma,{year},5\n");
        if year % 5 != 0 {
            csv += &format!("Delta,{year},{}\n", 3.0 + t);
        }
    }
    of_years("made-up.csv", &csv, 1900..1912)
}

/// The years of a file.
pub(super) fn of_years(name: &str, csv: &str, years: std::ops::Range<i32>) -> Comparison {
    let dataset = Dataset::parse(name, csv.as_bytes()).unwrap();
    let one = |year: i32| {
        let selection = Selection { year: Some(year), ..Selection::default() };
        let system = dataset.system(&selection, &Measure::Cinc).unwrap().system;
        case(year.to_string(), system, Parameters::default())
    };
    compare(years.map(one).collect(), &[], &Options::default(), &Work::default()).unwrap()
}

#[test]
fn figures_over_the_years_show_what_the_rows_say() {
    let comparison = years();
    assert_eq!(FigureKind::of(&comparison), FigureKind::Shares);
    let scene = FigureKind::Shares.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    let tips = titles(&scene, "year");
    assert_eq!(tips.len(), comparison.rows.len());
    for ((row, report), tip) in comparison.rows.iter().zip(&comparison.reports).zip(&tips) {
        assert!(tip.starts_with(&format!("{}: ", row.label)), "{tip}");
        for state in &report.system.states {
            assert!(tip.contains(&format!("{} {}", state.id, percent(state.share))), "{tip}");
        }
        assert!(tip.ends_with(&format!("{} leads, {}", row.leader, row.verdict)), "{tip}");
    }
    // Every year is in one band of its verdict.
    let bands = titles(&scene, "verdict");
    let covered: i32 = bands
        .iter()
        .map(|band| {
            let years: Vec<i32> = band.split(' ').filter_map(|word| word.parse().ok()).collect();
            years.last().unwrap() - years[0] + 1
        })
        .sum();
    assert_eq!(covered as usize, comparison.rows.len(), "{bands:?}");

    let scene = FigureKind::Stopping.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    assert_eq!(titles(&scene, "feared").len(), comparison.rows.len());
    for (row, tip) in comparison.rows.iter().zip(titles(&scene, "year")) {
        let found = row.security.as_ref().unwrap();
        let odds = span(found.stopping_odds);
        let expected = format!("{}: {} is feared, stopping odds {odds}", row.label, found.feared);
        assert_eq!(tip, expected);
    }

    let wars = vec![
        Observed { year: 1903, wars: Some(vec!["The Made-Up War".into()]) },
        Observed { year: 1904, wars: Some(Vec::new()) },
        Observed { year: 1905, wars: None },
    ];
    let scene = FigureKind::Price.of_comparison(&comparison, &wars, &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    assert_eq!(titles(&scene, "war"), ["1903: The Made-Up War"]);
    for (row, tip) in comparison.rows.iter().zip(titles(&scene, "year")) {
        let price = percent(row.price_of_peace.unwrap());
        assert!(tip.starts_with(&format!("{}: {price}", row.label)), "{tip}");
    }
    // The line goes through the prices: equal steps of price are equal steps on the sheet.
    let line = scene.groups("price")[0];
    let Some(Mark::Path { points, .. }) = line.marks.last() else { panic!("{line:?}") };
    let prices: Vec<f64> = comparison.rows.iter().filter_map(|row| row.price_of_peace).collect();
    assert_eq!(points.len(), prices.len());
    let at = |i: usize| (points[i][1] - points[0][1], prices[i] - prices[0]);
    let (mut far, mut slope) = (0.0, 0.0);
    for i in 1..prices.len() {
        let (y, p) = at(i);
        if p.abs() > far {
            (far, slope) = (p.abs(), y / p);
        }
    }
    assert!((0..prices.len()).all(|i| (at(i).0 - slope * at(i).1).abs() < 1e-6), "{points:?}");
}

#[test]
fn lines_over_the_years_do_not_lead_from_one_file_to_another() {
    let names = ["italy-1454.csv", "italy-1494.csv", "louis-1701.csv", "europe-1913.csv"];
    let files = names.into_iter().chain(["europe-1936.csv", "rome-200bce.csv"]);
    let cases = files.map(|name| case(name.into(), system(name, 5), Parameters::default()));
    let comparison = compare(cases.collect(), &[], &Options::default(), &Work::default()).unwrap();
    assert_eq!(FigureKind::of(&comparison), FigureKind::Control);
    let scene = FigureKind::Price.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    let lines = scene.groups("price")[0].marks.iter();
    let longest = lines.map(|mark| match mark {
        Mark::Path { points, closed: false, .. } => points.len(),
        _ => 0,
    });
    assert_eq!(longest.max(), Some(1));
    let scene = FigureKind::Shares.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    assert!(scene.description.contains("200 BCE to 1936"), "{}", scene.description);
}

/// Holds the figure of tactics to the distributions of a report.
fn tactics_are_those_of(report: &Report, scene: &Scene) {
    let found = report.lenses.alignment.as_ref().unwrap().decided().unwrap();
    let stacks = scene.groups("stack");
    let ends = [&found.certificate.lowest, &found.certificate.highest];
    let states: Vec<&String> = ends[0].distribution[0].actions.0.iter().map(|(id, _)| id).collect();
    assert_eq!(stacks.len(), states.len());
    for state in states {
        let begin = format!("{state}: ");
        let stack = stacks.iter().find(|stack| stack.title.starts_with(&begin)).unwrap();
        for end in ends {
            for profile in &end.distribution {
                let posture = profile.actions.get(state).unwrap();
                let same =
                    end.distribution.iter().filter(|p| p.actions.get(state) == Some(posture));
                let weight: f64 = same.map(|profile| profile.probability).sum();
                let told = format!("{posture} {}", percent(weight));
                assert!(weight < 1e-3 || stack.title.contains(&told), "{told}: {}", stack.title);
            }
        }
    }
}

#[test]
fn the_figure_of_tactics_shows_how_likely_each_is() {
    use equipoise::game::{Posture, Tactics};
    let named = [Posture::Balance, Posture::Bandwagon, Posture::Pass, Posture::Arm, Posture::Wait];
    for tactics in [None, Some(Tactics::new(named).unwrap())] {
        for name in ["europe-1913.csv", "china-2016.csv", "rome-200bce.csv"] {
            let alignment = equipoise::solve::alignment::Options { tactics, ..Default::default() };
            let options = Options { alignment, ..Options::default() };
            let analysis =
                analyse(system(name, 5), Parameters::default(), &options, &Work::default());
            let report = Report::new(&analysis.unwrap(), &[]);
            let scene = FigureKind::Tactics.of_report(&report, &Paper::default()).unwrap();
            assert_eq!(scene.faults(), [""; 0], "{name}");
            tactics_are_those_of(&report, &scene);
        }
    }
}

#[test]
fn the_tactics_of_cases_are_means_over_their_states() {
    let comparison = years();
    let scene = FigureKind::Tactics.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    let stacks = scene.groups("stack");
    assert_eq!(stacks.len(), comparison.rows.len());
    for (row, stack) in comparison.rows.iter().zip(stacks) {
        assert!(stack.title.starts_with(&format!("{}: ", row.label)), "{}", stack.title);
        for end in row.control.get(Lens::Alignment).unwrap() {
            let told = |mark: &Mark| matches!(mark, Mark::Text(text) if text.content.ends_with(&percent(end)));
            assert!(stack.marks.iter().any(told), "{:?}", stack.marks);
        }
    }
}

#[test]
fn control_of_all_shipped_systems_is_one_figure() {
    let cases = shipped()
        .iter()
        .map(|name| case(name.clone(), system(name, 6), Parameters::default()))
        .collect();
    let comparison = compare(cases, &[], &Options::default(), &Work::default()).unwrap();
    let scene = FigureKind::Control.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    let drawn = scene.groups("case");
    assert_eq!(drawn.len(), comparison.rows.len());
    for (row, group) in comparison.rows.iter().zip(drawn) {
        assert!(group.title.ends_with(&format!("{}, {}", percent(row.leader_share), row.verdict)));
        let lenses: Vec<&str> = group
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Group(group) if group.class == "lens" => Some(group.title.as_str()),
                _ => None,
            })
            .collect();
        let expected: Vec<String> = row
            .control
            .named()
            .filter_map(|(lens, control)| Some(format!("{lens}: {}", span(control?))))
            .collect();
        assert_eq!(lenses, expected);
    }
}

#[test]
fn cases_that_make_no_row_of_years_are_refused_over_time_with_a_remedy() {
    let vary = |driver| Parameters { driver, ..Parameters::default() };
    let cases = [Driver::Power, Driver::Threat]
        .map(|driver| case(format!("{driver:?}"), system("europe-1913.csv", 4), vary(driver)));
    let comparison = compare(cases.to_vec(), &[], &Options::default(), &Work::default()).unwrap();
    assert_eq!(FigureKind::of(&comparison), FigureKind::Control);
    for kind in [FigureKind::Shares, FigureKind::Price] {
        let error =
            kind.of_comparison(&comparison, &[], &Paper::default()).unwrap_err().to_string();
        assert!(error.contains("1913") && error.contains("--figure control"), "{error}");
    }
    for kind in [FigureKind::Lenses, FigureKind::Blocs] {
        assert!(kind.of_comparison(&comparison, &[], &Paper::default()).is_err());
    }
    assert!(FigureKind::Shares.of_report(&comparison.reports[0], &Paper::default()).is_err());
}

/// Every number in full that a page holds.
fn numbers(page: &str) -> Vec<f64> {
    let values = page.split("data-value=\"").skip(1);
    values.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
}

/// Whether a page refers to nothing outside of it.
fn is_self_contained(page: &str) -> bool {
    let text = page.replace("http://www.w3.org/2000/svg", "").replace("http-equiv", "");
    let outside = ["http", "src=", "href=", "url(", "@import", "fetch("];
    outside.iter().all(|word| !text.contains(word))
}

#[test]
fn the_numbers_of_a_page_are_those_of_its_report() {
    let report = report(system("europe-1913.csv", 6), LeaderChoice::Strongest);
    let figure = FigureKind::Lenses.of_report(&report, &Paper::default()).unwrap();
    let page = Page {
        command: "equipoise solve 'a & b.csv'".into(),
        figures: vec![Figure {
            svg: equipoise::plot::svg::svg(&figure.untitled()),
            caption: figure.caption(),
        }],
    };
    let page = report.html(&page).unwrap();
    assert!(is_self_contained(&page));
    assert!(page.contains("europe-1913: balanced") && page.contains("a &amp; b.csv"));
    assert!(page.contains("Accepted: all "), "claims are verified");
    let held = numbers(&page);
    let mut expected: Vec<f64> = report.system.states.iter().map(|state| state.share).collect();
    expected.extend(intervals(&report).iter().flat_map(|(_, control)| *control));
    let settlement = report.lenses.settlement.as_ref().unwrap().decided().unwrap();
    expected.push(settlement.price_of_peace);
    expected.extend(settlement.nucleolus.0.iter().map(|(_, x)| *x));
    let blocs = report.lenses.blocs.as_ref().unwrap().decided().unwrap();
    expected.extend(blocs.ranges.0.iter().flat_map(|(_, range)| range.control));
    expected.extend(blocs.partitions.iter().map(|partition| partition.instability));
    expected.push(report.parameters.decisiveness);
    for number in expected {
        assert!(held.contains(&number), "{number} is not in the page");
    }
    // A report that was tampered with is told to be so.
    let mut tampered = report;
    if let Some(polarity) = &mut tampered.lenses.polarity {
        polarity.control = [0.9, 0.9];
    }
    let page = tampered.html(&Page::default()).unwrap();
    assert!(page.contains("Refused: ") && !page.contains("Accepted"), "{page}");
}

#[test]
fn the_numbers_of_a_comparison_s_page_are_those_of_its_rows() {
    let comparison = years();
    let page = comparison.html(&Page::default()).unwrap();
    assert!(is_self_contained(&page));
    let held = numbers(&page);
    for row in &comparison.rows {
        let lenses = row.control.named().skip(1).filter_map(|(_, control)| control);
        let rest = [row.leader_share, row.price_of_peace.unwrap(), row.instability.unwrap()];
        for number in lenses.flatten().chain(rest) {
            assert!(held.contains(&number), "{}: {number}", row.label);
        }
    }
    assert_eq!(page.matches("<tr><td>19").count(), comparison.rows.len());
}

#[test]
fn the_command_line_writes_figures_by_name_and_pages() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let runs = [
        ("solve data/europe-1913.csv --plot", "lenses.svg", ""),
        ("solve data/europe-1913.csv --plot", "blocs.png", "--figure blocs"),
        ("compare data/europe-1913.csv data/vienna-1816.csv --plot", "control.svg", ""),
        ("compare data/europe-1913.csv data/vienna-1816.csv --plot", "p.png", "--figure price"),
    ];
    for (command, name, rest) in runs {
        equipoise(&format!("{command} {} {rest}", at(name))).assert().success();
        let bytes = fs::read(at(name)).unwrap();
        let begin: &[u8] = if name.ends_with("svg") { b"<svg " } else { b"\x89PNG\r\n\x1a\n" };
        assert!(bytes.starts_with(begin), "{name}");
    }
    let page = equipoise("solve data/europe-1913.csv --format html").assert().success();
    let page = String::from_utf8(page.get_output().stdout.clone()).unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.matches("<svg ").count() == 2);
    assert!(page.contains("<pre>equipoise solve data/europe-1913.csv --format html</pre>"));
    // Wrong names are refused before anything is solved, and other commands have no page.
    equipoise(&format!("solve data/europe-1913.csv --plot {}", at("a.eps"))).assert().code(2);
    equipoise("solve data/europe-1913.csv --figure blocs").assert().code(2);
    equipoise("compare data/europe-1913.csv --wars wars.csv").assert().code(2);
    equipoise("coalition data/europe-1913.csv --game settlement --format html").assert().code(2);
}

#[test]
fn the_wars_of_the_list_are_those_of_the_figure() {
    let files = ["NMC-70-abridged.csv", "majors2016.csv", "Inter-StateWarData_v4.0.csv"];
    let [Some(nmc), Some(majors), Some(wars)] = files.map(shared) else { return };
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("price.svg");
    let args = format!(
        "compare {} --years 1912..1920 --majors {} --wars {} --figure price --plot {}",
        nmc.display(),
        majors.display(),
        wars.display(),
        picture.display()
    );
    equipoise(&args).assert().success();
    let svg = fs::read_to_string(picture).unwrap();
    // World War I began and ended with the major powers against each other.
    for year in 1914..=1918 {
        assert!(svg.contains(&format!("<title>{year}: World War I</title>")), "{year}");
    }
    assert!(!svg.contains("<title>1913: World War I</title>"));
}

/// The commands that made the gallery's pictures, and the pictures.
fn pictures() -> Vec<(String, PathBuf)> {
    let gallery = include_str!("../../docs/gallery.md");
    let lines = gallery.lines().filter(|line| line.contains("--plot docs/pictures/"));
    lines
        .map(|line| {
            let command = line.split_once("$ equipoise ").unwrap().1.to_owned();
            let mut words = command.split_whitespace().skip_while(|word| *word != "--plot");
            let path = root().join(words.nth(1).unwrap());
            (command, path)
        })
        .collect()
}

#[test]
fn the_pictures_of_the_gallery_are_made_by_the_commands_beside_them() {
    let pictures = pictures();
    assert_eq!(pictures.len(), 7, "{pictures:?}");
    let folder = tempfile::tempdir().unwrap();
    for (command, path) in pictures {
        let shipped = fs::read_to_string(&path).unwrap();
        assert!(shipped.len() < 200_000, "{}: {} bytes", path.display(), shipped.len());
        let made = folder.path().join("made.svg");
        let words = command.split_whitespace().map(|word| match word {
            word if word.starts_with("docs/") => Some(made.clone()),
            "NMC-70-abridged.csv" | "majors2016.csv" => shared(word),
            word => Some(word.into()),
        });
        let Some(words) = words.collect::<Option<Vec<PathBuf>>>() else { continue };
        let words: Vec<String> = words.iter().map(|word| word.display().to_string()).collect();
        equipoise(&words.join(" ")).assert().success();
        let made = fs::read_to_string(made).unwrap();
        assert!(made == shipped, "{} is stale; run: equipoise {command}", path.display());
    }
}

/// A browser that runs without a screen, if one is installed.
fn browser() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    names.into_iter().find(|name| {
        let found = Process::new(name).arg("--version").output();
        found.is_ok_and(|found| found.status.success())
    })
}

#[test]
fn pages_sort_in_a_browser_without_errors() {
    let Some(browser) = browser() else {
        return skipped("no Chromium on the path").unwrap_or_default();
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("page.html");
    for (command, table, column, rows) in [
        ("solve data/europe-1913.csv", "states", 2, 6),
        ("compare data/europe-1913.csv data/italy-1454.csv --theories all", "cases", 4, 2),
        ("sweep --shares triangle --resolution 8 --refine 0 --lens polarity", "areas", 2, 7),
    ] {
        equipoise(&format!("{command} --format html -o {}", path.display())).assert().success();
        // What a reader would do, and what came of it, at the end of the page.
        let probe = "<script>const errors = []; window.onerror = (e) => errors.push(e);</script>";
        let act = format!(
            "<script>document.querySelectorAll('#{table} th button')[{column}].click();
            const values = [...document.querySelectorAll('#{table} tbody tr')]
              .map((row) => parseFloat(row.cells[{column}].dataset.value));
            const sorted = values.every((v, i) => i === 0 || values[i - 1] <= v);
            document.body.append(`sorted:${{sorted}} rows:${{values.length}} \
              errors:${{errors.length}} \
              tips:${{document.querySelectorAll('svg g > title').length > 2}}`);</script>"
        );
        let page = fs::read_to_string(&path).unwrap();
        let page = page.replace("<head>", &format!("<head>{probe}"));
        fs::write(&path, page.replace("</body>", &format!("{act}</body>"))).unwrap();
        let output = Process::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg(format!("file://{}", path.display()))
            .output()
            .unwrap();
        let page = String::from_utf8_lossy(&output.stdout);
        for part in ["sorted:true", &format!("rows:{rows}"), "errors:0", "tips:true"] {
            assert!(page.contains(part), "{command}: {part}: {page}");
        }
    }
}
