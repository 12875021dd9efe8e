//! What figures of systems have to be for a journal, whatever they show.

use equipoise::analysis::LeaderChoice;
use equipoise::plot::{FigureKind, Mark, Paper, Point, Scene, Text};
use equipoise::report::{PairReport, Report};

use super::outcomes::{of_years, report, system, years};

/// A column of a journal.
fn column() -> Paper {
    Paper { width: Paper::width("80mm"), titled: false, ..Paper::default() }
}

/// Every state with hostility or affinity towards every other.
fn tied(name: &str, top: usize) -> Report {
    let mut report = report(system(name, top), LeaderChoice::Strongest);
    let ids: Vec<String> = report.system.states.iter().map(|state| state.id.clone()).collect();
    let pairs = (0..ids.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    let pair = |(i, j): (usize, usize)| {
        let (state1, state2) = (ids[i].clone(), ids[j].clone());
        let (hostility, affinity) = (((i + j) % 2 == 0).then_some(0.5), Some(0.7));
        PairReport { state1, state2, distance: None, hostility, affinity, commitment: None }
    };
    report.system.pairs = pairs.map(pair).collect();
    report
}

fn circles(scene: &Scene) -> Vec<(String, Point, f64)> {
    let groups = scene.groups("state").into_iter();
    let circle = |mark: &Mark| match mark {
        Mark::Circle { center, radius, .. } => (*center, *radius),
        other => panic!("{other:?}"),
    };
    let of = |group: &equipoise::plot::scene::Group| {
        let (center, radius) = circle(&group.marks[0]);
        (group.title.split([':', ' ']).next().unwrap().to_owned(), center, radius)
    };
    groups.map(of).collect()
}

fn distance(at: Point, from: Point, to: Point) -> f64 {
    let d = [to[0] - from[0], to[1] - from[1]];
    let length = (d[0] * d[0] + d[1] * d[1]).max(1e-12);
    let t = (((at[0] - from[0]) * d[0] + (at[1] - from[1]) * d[1]) / length).clamp(0.0, 1.0);
    (from[0] + t * d[0] - at[0]).hypot(from[1] + t * d[1] - at[1])
}

#[test]
fn ties_go_around_third_states_and_labels_stand_off_circles() {
    for (name, top) in [("wwii-1939.csv", 8), ("coldwar-1985.csv", 9), ("europe-1913.csv", 6)] {
        let report = tied(name, top);
        for paper in [Paper::default(), column()] {
            let scene = FigureKind::Blocs.of_report(&report, &paper).unwrap();
            assert_eq!(scene.faults(), [""; 0], "{name}");
            let circles = circles(&scene);
            assert_eq!(circles.len(), top);
            let mut ties = 0;
            for class in ["hostility", "affinity"] {
                for group in scene.groups(class) {
                    let Mark::Path { points, .. } = &group.marks[0] else { panic!("{group:?}") };
                    for (id, center, radius) in &circles {
                        // "hostility of A and B: 0.5"
                        if group.title.split([' ', ':']).any(|word| word == id) {
                            continue;
                        }
                        let near = points.windows(2).map(|two| distance(*center, two[0], two[1]));
                        let near = near.fold(f64::INFINITY, f64::min);
                        assert!(near >= *radius, "{name}: {} through {id}", group.title);
                    }
                    ties += 1;
                }
            }
            assert!(ties > top * (top - 1) / 2);
            let labels = ["name", "bloc-label"].map(|class| scene.groups(class)).concat();
            let texts =
                labels.iter().flat_map(|group| &group.marks).filter_map(|mark| match mark {
                    Mark::Text(text) => Some(text),
                    _ => None,
                });
            for text in texts {
                for (id, center, radius) in &circles {
                    let (inside, touches) = over(text, *center, *radius);
                    assert!(inside || !touches, "{name}: {:?} over {id}", text.content);
                }
            }
        }
    }
}

/// Whether a text is within a circle, and whether it touches it.
fn over(text: &Text, center: Point, radius: f64) -> (bool, bool) {
    let far = |at: Point| (at[0] - center[0]).hypot(at[1] - center[1]);
    let inside = text.corners().into_iter().all(|corner| far(corner) <= radius);
    (inside, far(text.area().nearest(center)) < radius)
}

#[test]
fn in_a_column_every_figure_is_sound_and_can_be_read() {
    let (paper, usual) = (column(), Paper::default());
    let report = report(system("europe-1913.csv", 7), LeaderChoice::Strongest);
    let kinds = [FigureKind::Lenses, FigureKind::Blocs, FigureKind::Tactics, FigureKind::Threats];
    let of_report = kinds.map(|kind| kind.of_report(&report, &paper).unwrap());
    let comparison = years();
    let kinds = [
        FigureKind::Shares,
        FigureKind::Control,
        FigureKind::Price,
        FigureKind::Stopping,
        FigureKind::Tactics,
    ];
    let of_comparison = kinds.map(|kind| kind.of_comparison(&comparison, &[], &paper).unwrap());
    for scene in of_report.iter().chain(&of_comparison) {
        assert_eq!(scene.faults(), [""; 0], "{}", scene.title);
        assert_eq!(scene.untitled().faults(), [""; 0], "{}", scene.title);
        let least = paper.least_text(scene).unwrap();
        assert!(least >= 5.0, "{}: {least}", scene.title);
    }
    // Wide paper has the figure as it was drawn, only larger.
    let wide = Paper { width: Paper::width("300mm"), ..usual };
    for kind in [FigureKind::Lenses, FigureKind::Blocs] {
        let drawn = [&usual, &wide].map(|paper| kind.of_report(&report, paper).unwrap());
        assert_eq!(drawn[0], drawn[1]);
    }
}

#[test]
fn a_state_has_one_colour_in_all_figures() {
    let csv = "state,year,power\nUKG,1900,4\nGMY,1900,3\nFRN,1900,2\nUKG,1901,4\nGMY,1901,5\nFRN,1901,2\nAAA,1901,1\n";
    let comparison = of_years("made-up.csv", csv, 1900..1902);
    let shares = FigureKind::Shares.of_comparison(&comparison, &[], &Paper::default()).unwrap();
    let report = &comparison.reports[0];
    let blocs = FigureKind::Blocs.of_report(report, &Paper::default()).unwrap();
    let mut seen = 0;
    for group in blocs.groups("state") {
        let id = group.title.split(':').next().unwrap();
        let Some(line) = shares.groups("share").into_iter().find(|g| g.title.starts_with(id))
        else {
            continue;
        };
        let stroke = line.marks.iter().find_map(|mark| match mark {
            Mark::Path { look, .. } => look.stroke,
            _ => None,
        });
        let Mark::Circle { look, .. } = &group.marks[0] else { panic!("{group:?}") };
        assert_eq!(look.fill.unwrap().color, stroke.unwrap().color.tint(0.35), "{id}");
        seen += 1;
    }
    assert!(seen > 2, "{seen}");
}
