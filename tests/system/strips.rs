//! The figure of control over many cases.

use equipoise::analysis::{LeaderChoice, Lens, Options};
use equipoise::game::Chains;
use equipoise::parameters::Parameters;
use equipoise::plot::{FigureFormat, FigureKind, Paper};
use equipoise::report::compare::{Case, Comparison, compare};
use equipoise::system::System;
use equipoise::threat::TargetChoice;
use equipoise::work::Work;

/// So many cases of three states, of which the first grows from case to case.
fn cases(many: usize) -> Comparison {
    let case = |at: usize| {
        let first = 2.0 + 10.0 * at as f64 / many as f64;
        Case {
            group: "made-up".into(),
            label: format!("case {at}"),
            system: System::from_powers([("A", first), ("B", 4.0), ("C", 3.0)]).unwrap(),
            parameters: Parameters::default(),
            leader: LeaderChoice::Strongest,
            target: TargetChoice::default(),
            tactics: (None, Chains::Loose),
            pairs: Vec::new(),
            notes: Vec::new(),
            draws: None,
        }
    };
    let lenses = Some(vec![Lens::Polarity, Lens::Blocs]);
    let options = Options { lenses, ..Options::default() };
    compare((0..many).map(case).collect(), &[], &options, &Work::default()).unwrap()
}

#[test]
fn many_cases_are_strips_of_the_same_height() {
    let (few, many) = (cases(40), cases(300));
    let [few_drawn, drawn] = [&few, &many].map(|comparison| {
        let scene = FigureKind::Control.of_comparison(comparison, &[], &Paper::default()).unwrap();
        assert_eq!(scene.faults(), [""; 0]);
        scene
    });
    assert!((few_drawn.height - drawn.height).abs() < 1e-9 && drawn.height < 600.0);
    // Each case has its verdict, and a bar for each lens that ran.
    let titles: Vec<&str> = drawn.groups("case").iter().map(|group| &*group.title).collect();
    assert_eq!(titles.len(), 300);
    for (row, title) in many.rows.iter().zip(titles) {
        assert_eq!(title, format!("{}: {} leads, {}", row.label, row.leader, row.verdict));
    }
    let bars: Vec<&str> = drawn.groups("lens").iter().map(|group| &*group.title).collect();
    assert_eq!(bars.len(), 600);
    let last = many.rows.last().unwrap();
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    let blocs =
        format!("{}: blocs {}", last.label, percent(last.control.get(Lens::Blocs).unwrap()[0]));
    assert!(bars.iter().any(|bar| bar.starts_with(&blocs)), "{blocs}");
    // On paper it is as wide as asked, in every form.
    let paper = Paper { width: Paper::width("170mm"), titled: false, ..Paper::default() };
    for form in [FigureFormat::Svg, FigureFormat::Png, FigureFormat::Pdf] {
        assert!(!paper.render(form, &drawn).unwrap().is_empty());
    }
}
