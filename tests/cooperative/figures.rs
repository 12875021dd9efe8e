//! Figures of cooperative games: what is drawn is what the report says, texts do not overlap,
//! and the command line writes both forms.

use assert_cmd::Command;
use dashu_ratio::RBig;
use equipoise::game::cooperative::{ExactTable, Game, Sense};
use equipoise::plot::coalition::figure;
use equipoise::plot::scene::Group;
use equipoise::plot::{FigureFormat, Mark, Paper, Point, Scene};
use equipoise::report::coalition::{CoalitionReport, check};
use equipoise::solve::cooperative::{Concept, Options, solve};
use equipoise::work::Work;

const DRAWN: [Concept; 4] =
    [Concept::Shapley, Concept::Core, Concept::LeastCore, Concept::Nucleolus];

fn names(players: usize, long: bool) -> Vec<String> {
    let full = ["United Kingdom of Great Britain", "Austria-Hungary", "Россия", "Kingdom of Italy"];
    let short = ["A", "B", "C", "D"];
    let names = if long { full } else { short };
    names[..players].iter().map(|name| (*name).to_owned()).collect()
}

fn report(players: usize, long: bool, sense: Sense, value: impl Fn(u64) -> i64) -> CoalitionReport {
    let values: Vec<RBig> = (0..1u64 << players).map(|bits| RBig::from(value(bits))).collect();
    let table = ExactTable::new(names(players, long), &values).unwrap().with_sense(sense);
    let game = Game::from(table);
    let options = Options { concepts: Some(DRAWN.to_vec()), ..Options::default() };
    let solutions = solve(&game, &options, &Work::default()).unwrap();
    let report = CoalitionReport::new(&game, "game.csv", &solutions, false);
    assert!(check(&report, true).unwrap().accepted());
    report
}

/// A game of small integers in which the players gain by being together.
fn generated(players: usize, seed: u64) -> impl Fn(u64) -> i64 {
    move |bits| {
        let mut x = seed ^ bits << 17;
        for _ in 0..3 {
            x = x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            x ^= x >> 31;
        }
        let size = i64::from(bits.count_ones());
        let luck = (x % 13) as i64;
        match size {
            0 => 0,
            1 => luck / 4,
            size if size as usize == players => 30 + luck,
            size => 4 * size + luck,
        }
    }
}

fn polygons(group: &Group) -> Vec<&Vec<Point>> {
    let polygon = |mark: &'_ Mark| matches!(mark, Mark::Path { closed: true, .. });
    group
        .marks
        .iter()
        .filter(|mark| polygon(mark))
        .filter_map(|mark| match mark {
            Mark::Path { points, .. } => Some(points),
            _ => None,
        })
        .collect()
}

/// Where the marker of a solution is drawn.
fn place(scene: &Scene, name: &str) -> Point {
    let group = scene.groups("point").into_iter().find(|g| g.title.starts_with(name)).unwrap();
    match &group.marks[0] {
        Mark::Circle { center, .. } => *center,
        Mark::Path { points, .. } => {
            let count = points.len() as f64;
            [0, 1].map(|c| points.iter().map(|p| p[c]).sum::<f64>() / count)
        }
        other => panic!("{other:?}"),
    }
}

/// Whether a convex polygon has a place in it, but for a hundredth of a point.
fn holds(polygon: &[Point], at: Point) -> bool {
    let next = polygon.iter().cycle().skip(1);
    let sides: Vec<f64> = polygon
        .iter()
        .zip(next)
        .filter_map(|(a, b)| {
            let (u, v) = ([b[0] - a[0], b[1] - a[1]], [at[0] - a[0], at[1] - a[1]]);
            let length = u[0].hypot(u[1]);
            (length > 1e-9).then(|| (u[0] * v[1] - u[1] * v[0]) / length)
        })
        .collect();
    sides.iter().all(|&d| d >= -0.01) || sides.iter().all(|&d| d <= 0.01)
}

#[test]
fn texts_do_not_overlap_and_the_nucleolus_is_in_the_core_that_is_drawn() {
    let mut cores = [0; 2];
    for players in [3, 4] {
        for seed in 0..24 {
            for long in [false, true] {
                let report = report(players, long, Sense::Worth, generated(players, seed));
                let scene = figure(&report, &Paper::default()).unwrap();
                assert_eq!(scene.faults(), [""; 0], "{players} players, seed {seed}");
                let column = Paper { width: Paper::width("80mm"), ..Paper::default() };
                let narrow = figure(&report, &column).unwrap();
                assert_eq!(narrow.faults(), [""; 0], "{players} players, seed {seed}, narrow");
                assert_eq!(
                    scene,
                    figure(&report, &Paper::default()).unwrap(),
                    "the same each time"
                );
                let core = scene.groups("core");
                let nonempty = report.core.as_ref().unwrap().nonempty;
                assert_eq!(!core.is_empty(), nonempty, "{players} players, seed {seed}");
                let Some(core) = core.first() else { continue };
                let polygons = polygons(core);
                if !polygons.is_empty() {
                    cores[players - 3] += 1;
                    let at = place(&scene, "nucleolus");
                    assert!(polygons.iter().any(|polygon| holds(polygon, at)), "seed {seed}");
                }
            }
        }
    }
    assert!(cores.iter().all(|&drawn| drawn > 5), "{cores:?}");
}

#[test]
fn the_vertices_drawn_are_those_of_the_core() {
    // v(AB) = 60, v(AC) = 70, v(BC) = 50, v(ABC) = 120.
    let report =
        report(3, false, Sense::Worth, |bits| [0, 0, 0, 60, 0, 70, 50, 120][bits as usize]);
    let scene = figure(&report, &Paper::default()).unwrap();
    let core = scene.groups("core")[0];
    let mut drawn: Vec<&str> = Vec::new();
    for mark in &core.marks {
        if let Mark::Group(group) = mark {
            drawn.push(&group.title);
        }
    }
    drawn.sort_unstable();
    assert_eq!(drawn, ["(10, 50, 60)", "(60, 0, 60)", "(70, 0, 50)", "(70, 50, 0)"]);
    // Barycentric: the nucleolus (50, 30, 40) is so near to each corner.
    let corners = {
        let outline = scene.groups("imputations")[0];
        polygons(outline)[0].clone()
    };
    let at = place(&scene, "nucleolus");
    for c in [0, 1] {
        let mean = (50.0 * corners[0][c] + 30.0 * corners[1][c] + 40.0 * corners[2][c]) / 120.0;
        assert!((mean - at[c]).abs() < 1e-9);
    }
    assert!(scene.description.contains("nucleolus: (50, 30, 40)"), "{}", scene.description);
}

#[test]
fn costs_are_drawn_as_costs() {
    // Littlechild & Owen (1973): runways of 8, 11, 13, 18; each pays for the longest it needs.
    let costs = |bits: u64| {
        (0..4).filter(|i| bits >> i & 1 == 1).map(|i| [8, 11, 13, 18][i]).max().unwrap_or(0)
    };
    let report = report(4, false, Sense::Cost, costs);
    let scene = figure(&report, &Paper::default()).unwrap();
    assert_eq!(scene.faults(), [""; 0]);
    let at = place(&scene, "nucleolus (3.25, 3.25, 3.25, 8.25)");
    assert!(polygons(scene.groups("core")[0]).iter().any(|polygon| holds(polygon, at)));
    let drawn: Vec<&Group> = scene.groups("vertex");
    assert!(drawn.iter().any(|group| group.title == "(8, 0, 0, 10)"), "a core vertex");
}

/// Whether every element of an SVG text is closed, in order.
fn is_well_formed(svg: &str) -> bool {
    let mut open = Vec::new();
    for piece in svg.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { return false };
        if text.contains('>') {
            return false;
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default());
        }
    }
    open.is_empty()
}

#[test]
fn both_forms_are_written_from_one_scene() {
    let report = report(4, true, Sense::Worth, generated(4, 3));
    let scene = figure(&report, &Paper::default()).unwrap();
    let svg = String::from_utf8(FigureFormat::Svg.render(&scene).unwrap()).unwrap();
    assert!(is_well_formed(&svg), "{svg}");
    assert!(svg.contains("Россия") && !svg.contains("NaN"));
    let png = FigureFormat::Png.render(&scene).unwrap();
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    // The header: width and height in pixels, two a point.
    let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!(f64::from(side(16)), (2.0 * scene.width).ceil());
    assert_eq!(f64::from(side(20)), (2.0 * scene.height).ceil());
}

const TALMUD: &str = "player,claim\nA,100\nB,200\nC,300\n";

#[test]
fn the_command_line_draws_or_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let run = |game: &str, flags: &[&str]| {
        let path = file("game.csv", game);
        let mut command = Command::cargo_bin("equipoise").unwrap();
        command.current_dir(folder.path()).arg("coalition").arg(path).args(flags).output().unwrap()
    };
    for form in ["f.svg", "f.png"] {
        let output = run(TALMUD, &["--estate", "200", "--plot", form]);
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).contains("VALUES"), "and the text too");
    }
    let svg = std::fs::read_to_string(folder.path().join("f.svg")).unwrap();
    assert!(is_well_formed(&svg) && svg.contains(">nucleolus (50, 75, 75)</title>"), "{svg}");
    let apart = "coalition,value\nA,5\nB,5\nC,5\nA+B,0\nA+C,0\nB+C,0\nA+B+C,";
    for (game, flags, part) in [
        (TALMUD.into(), vec!["--estate", "200", "--plot", "f.bmp"], ".svg, .png or .pdf"),
        ("player,cost\nA,1\nB,2\n".into(), vec!["--plot", "f.svg"], "3 players"),
        (format!("{apart}9\n"), vec!["--plot", "f.svg"], "6 more alone"),
        (format!("{apart}15\n"), vec!["--plot", "f.svg"], "one imputation only"),
        (
            "coalition,value\nA,0\nB,0\nC,0\nA+B,1e9\nA+C,0\nB+C,0\nA+B+C,1\n".into(),
            vec!["--plot", "f.svg"],
            "times as far off",
        ),
        (
            TALMUD.into(),
            vec!["--estate", "200", "--solve", "banzhaf", "--plot", "f.svg"],
            "nucleolus",
        ),
    ] {
        let output = run(&game, &flags);
        assert_eq!(output.status.code(), Some(2), "{game} {flags:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(part), "{game} {flags:?}: {text}");
    }
}
