//! `equipoise sweep`: borders where closed forms have them, the same whoever computes it and
//! however often it is stopped; what it writes is what it found.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{equipoise, output};
use equipoise::analysis::{LeaderChoice, Lens, Options};
use equipoise::dataset::{Dataset, Measure, Selection};
use equipoise::parameters::Parameters;
use equipoise::plot::{FigureKind, Paper, Scene};
use equipoise::polarity::PolarityClass;
use equipoise::report::sweep::{BorderReport, SweepReport, check_sweep};
use equipoise::setting::Span;
use equipoise::sweep::{Aspect, Grid, Journal, NoStore, Place, Plane, Sweep, Swept, Task, sweep};
use equipoise::system::System;
use equipoise::verdict::Judgement;
use equipoise::work::Work;

fn task(plane: Plane, resolution: u32, levels: u32, lenses: &[Lens]) -> Task {
    Task {
        plane,
        parameters: Parameters::default(),
        grid: Grid { resolution, levels },
        aspects: vec![Aspect::Verdict, Aspect::Class, Aspect::Leader],
        options: Options { lenses: Some(lenses.to_vec()), ..Options::default() },
        draws: None,
    }
    .checked()
    .unwrap()
}

fn swept(task: &Task) -> Swept {
    match sweep(task, &mut NoStore, &Work::default()).unwrap() {
        Sweep::Done(swept) => swept,
        Sweep::Stopped => panic!("there is no time limit"),
    }
}

fn europe() -> System {
    let dataset = Dataset::read("data/europe-1913.csv").unwrap();
    dataset.system(&Selection::default(), &Measure::Cinc).unwrap().system
}

fn settings(x: &str, y: &str) -> Plane {
    let span = |text| Span::parse("x", text).unwrap();
    Plane::settings(europe(), span(x), span(y), &Parameters::default()).unwrap()
}

/// Every place of the whole lattice within the model, solved.
fn all(task: &Task) -> BTreeMap<Place, equipoise::sweep::Outcome> {
    let side = task.grid.side();
    let triangle = task.plane.name() == "triangle";
    let places = (0..=side).flat_map(|u| (0..=side).map(move |v| [u, v]));
    let on = places.filter(|[u, v]| !triangle || u + v <= side);
    on.filter_map(|at| Some((at, task.solve(at, &Work::default()).unwrap()?))).collect()
}

/// Through the polarity lens a state dominates with more than half of all power: the border is
/// the triangle between the middles of the sides.
#[test]
fn in_the_triangle_hegemony_begins_right_above_one_half() {
    let task = task(Plane::triangle().unwrap(), 8, 4, &[Lens::Polarity]);
    let found = swept(&task);
    for (&[u, v], outcome) in &found.points {
        let largest = u.max(v).max(128 - u - v);
        let hegemonic = outcome.verdict == Judgement::Hegemonic;
        assert_eq!(hegemonic, 2 * largest > 128, "{u} {v}: a tie at one half is balanced");
        assert_eq!(outcome.class == PolarityClass::Unipolar, 2 * largest >= 128, "{u} {v}");
    }
    let report = SweepReport::new(&task, &found, &[]);
    let borders = report.borders_of(Aspect::Verdict);
    assert_eq!(borders.len(), 1);
    assert_eq!(borders[0].between, ["hegemonic", "balanced"]);
    assert_eq!(borders[0].lines.len(), 3, "one at each corner");
    for place in borders[0].lines.iter().flatten() {
        let largest = place.iter().copied().fold(0.0, f64::max);
        assert!(largest > 0.5 && largest < 0.5 + 1.0 / 128.0, "{place:?}");
    }
    // From one side of the triangle to the other, none left out: 128/2 cells and the ends.
    for line in &borders[0].lines {
        let [low, high] = [0, 1, 2]
            .map(|k| line.iter().map(|p| p[k]).fold(0.0, f64::max))
            .into_iter()
            .fold([1.0f64, 0.0f64], |[low, high], x| [low.min(x), high.max(x)]);
        assert!(low > 0.48 && high < 0.51, "{low} {high}");
    }
    assert!(found.points.len() < 128 * 128 / 2 / 3, "{}", found.points.len());
}

/// A share is above the threshold on one side of it: the area is known.
#[test]
fn areas_hold_what_the_closed_form_says() {
    let plane = settings("threshold=0.1..0.9", "dominance=1..3");
    let task = task(plane, 4, 5, &[Lens::Polarity]);
    let share = europe().shares()[europe().leader()];
    let report = SweepReport::new(&task, &swept(&task), &[]);
    let part = (share - 0.1) / 0.8;
    let hegemonic = &report.areas_of(Aspect::Verdict)[1];
    assert_eq!(hegemonic.outcome, "hegemonic");
    assert!(hegemonic.least <= part && part <= hegemonic.most);
    assert!((hegemonic.most - hegemonic.least - 1.0 / 128.0).abs() < 1e-12);
    let border = &report.borders_of(Aspect::Verdict)[0];
    let [low, high] = border.range(0);
    let tolerance = report.settings.coordinates[0].tolerance;
    assert!((low - share).abs() <= tolerance && (high - share).abs() <= tolerance);
    assert_eq!(border.range(1), [1.0, 3.0], "through the whole plane");
}

/// With four states the leader has half at s = 1/2, the strongest of the rest where
/// (1 − s)/(1 + e + e²) = 1/2; they are as strong as each other at s (2 + e + e²) = 1.
#[test]
fn leader_and_rest_turn_where_their_shares_do() {
    let task = task(Plane::leader(4).unwrap(), 8, 3, &[Lens::Polarity]);
    let found = swept(&task);
    for (&[u, v], outcome) in &found.points {
        let (s, e) = (f64::from(u) / 64.0, f64::from(v) / 64.0);
        let second = (1.0 - s) / (1.0 + e + e * e);
        if (s - second).abs() > 1e-12 {
            assert_eq!(outcome.leader, usize::from(second > s), "{s} {e}");
        }
        let share = s.max(second);
        assert!((outcome.leader_share - share).abs() < 1e-12);
        if (share - 0.5).abs() > 1e-12 {
            assert_eq!(outcome.verdict == Judgement::Hegemonic, share > 0.5, "{s} {e}");
        }
    }
    assert!(found.points.keys().all(|[u, v]| *u > 0 && *u < 64 && *v > 0));
    let report = SweepReport::new(&task, &found, &[]);
    for place in report.borders_of(Aspect::Leader)[0].lines.iter().flatten() {
        let (s, e) = (place[0], place[1]);
        let nearest = 1.0 / (2.0 + e + e * e);
        // The border is no steeper than 1/4 in e: within a cell and a quarter of one.
        assert!((s - nearest).abs() <= 1.25 / 64.0, "{s} {nearest}");
    }
}

#[test]
fn every_border_of_the_whole_lattice_is_found_here() {
    for plane in [Plane::triangle().unwrap(), Plane::leader(5).unwrap()] {
        let task = task(plane, 4, 3, &[Lens::Polarity]);
        let found = swept(&task);
        let whole = all(&task);
        for (place, outcome) in &found.points {
            assert_eq!(whole[place], *outcome);
        }
        // Neighbours that differ are both solved: nothing was hidden in a larger cell.
        let mut differing = 0;
        for (&[u, v], outcome) in &whole {
            for beside in [[u + 1, v], [u, v + 1]] {
                let Some(other) = whole.get(&beside) else { continue };
                if task.aspects.iter().any(|a| a.value(outcome) != a.value(other)) {
                    differing += 1;
                    let both = [&[u, v], &beside].iter().all(|p| found.points.contains_key(*p));
                    assert!(both, "{u} {v} and {beside:?}");
                }
            }
        }
        assert!(differing > 50);
        for area in task.aspects.iter().flat_map(|a| found.areas(task.grid, *a)) {
            assert!(area.least <= area.most && area.most <= task.grid.whole());
        }
    }
}

#[test]
fn the_triangle_is_the_same_for_each_of_its_states() {
    let mut task = task(Plane::triangle().unwrap(), 8, 1, &Lens::ALL);
    // Of several strongest the first leads, so who leads is not symmetric.
    task.aspects = vec![Aspect::Verdict, Aspect::Class];
    let found = swept(&task);
    let near = |a: Option<f64>, b: Option<f64>| (a.unwrap() - b.unwrap()).abs() < 1e-7;
    for (&[u, v], outcome) in &found.points {
        let w = 16 - u - v;
        for other in [[v, u], [u, w], [w, v], [v, w], [w, u]] {
            let mirrored = &found.points[&other];
            assert_eq!(mirrored.verdict, outcome.verdict, "{u} {v} {other:?}");
            assert_eq!(mirrored.class, outcome.class);
            assert!(near(mirrored.price_of_peace, outcome.price_of_peace), "{u} {v}");
            assert!(near(mirrored.instability, outcome.instability), "{u} {v}");
            for (one, two) in mirrored.control.iter().zip(&outcome.control) {
                assert!((0..2).all(|k| near(one.map(|c| c[k]), two.map(|c| c[k]))), "{u} {v}");
            }
        }
    }
    assert!(found.points.values().any(|o| o.verdict == Judgement::Contested));
}

/// The rows of CSV, by column.
fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let named = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| named(record.unwrap())).collect()
}

#[test]
fn the_corners_of_a_plane_are_what_solving_there_finds() {
    let swept = rows(&output(
        "sweep data/europe-1913.csv --x decisiveness=1..3 --y war-cost=0..0.2 --resolution 1 \
         --refine 0 --format csv",
    ));
    let compared = rows(&output(
        "compare data/europe-1913.csv --vary decisiveness=1,3 --vary war-cost=0,0.2 --format csv",
    ));
    assert_eq!((swept.len(), compared.len()), (4, 4));
    let same = ["leader", "class", "verdict"];
    let near = [
        "leader_share",
        "effective_poles",
        "price_of_peace",
        "instability",
        "polarity_lo",
        "settlement_lo",
        "settlement_hi",
        "blocs_lo",
        "blocs_hi",
        "alignment_lo",
        "alignment_hi",
    ];
    for (ours, theirs) in swept.iter().zip(&compared) {
        let setting = format!("decisiveness={} ", ours["decisiveness"]);
        assert!(theirs["parameters"].contains(&setting));
        same.iter().for_each(|column| assert_eq!(ours[*column], theirs[*column]));
        for column in near {
            let [a, b] = [ours, theirs].map(|row| row[column].parse::<f64>().unwrap());
            assert!((a - b).abs() < 1e-9, "{column}: {a} {b}");
        }
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let args = "sweep --shares triangle --resolution 6 --refine 2 --format json";
    let one = output(&format!("{args} --threads 1"));
    assert_eq!(one, output(&format!("{args} --threads 3")));
}

#[test]
fn a_sweep_that_was_stopped_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let command = "sweep --shares triangle --resolution 6 --refine 2 --by verdict --format csv -o";
    output(&format!("{command} {}", at("whole.csv")));
    let whole = fs::read(at("whole.csv")).unwrap();
    assert!(!fs::exists(at("whole.csv.part")).unwrap(), "the journal goes away");

    // No time at all: the settings alone are kept.
    let stopped = equipoise(&format!("{command} {} --time-limit 0", at("part.csv")));
    let stopped = { stopped }.output().unwrap();
    assert_eq!(stopped.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&stopped.stderr).contains("the same command goes on"));
    assert!(!fs::exists(at("part.csv")).unwrap());
    let first = fs::read_to_string(at("part.csv.part")).unwrap();
    assert_eq!(first.lines().count(), 1);

    // The complete journal of this sweep, cut at several places, in the middle of lines too.
    let task = Task {
        aspects: vec![Aspect::Verdict],
        options: Options { leader: LeaderChoice::Strongest, ..Options::default() },
        ..task(Plane::triangle().unwrap(), 6, 2, &Lens::ALL)
    };
    let task = task.checked().unwrap();
    let path = folder.path().join("journal");
    let mut journal = Journal::open(&path, first.trim_end()).unwrap();
    assert!(matches!(sweep(&task, &mut journal, &Work::default()), Ok(Sweep::Done(_))));
    drop(journal);
    let complete = fs::read(&path).unwrap();
    for part in [first.len() - 5, first.len(), complete.len() / 2, complete.len()] {
        fs::write(at("part.csv.part"), &complete[..part]).unwrap();
        let again = equipoise(&format!("{command} {}", at("part.csv"))).output().unwrap();
        assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
        let told = String::from_utf8_lossy(&again.stderr).contains("going on with a sweep");
        assert_eq!(told, part > first.len());
        assert_eq!(fs::read(at("part.csv")).unwrap(), whole, "cut at {part}");
        assert!(!fs::exists(at("part.csv.part")).unwrap());
        fs::remove_file(at("part.csv")).unwrap();
    }

    // Another sweep, and a line that is none.
    fs::write(at("part.csv.part"), &complete).unwrap();
    let other = command.replace("--refine 2", "--refine 1 --decisiveness 3");
    let refused = equipoise(&format!("{other} {}", at("part.csv"))).output().unwrap();
    assert_eq!(refused.status.code(), Some(2));
    let error = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(error.contains("part.csv.part:1: ") && error.contains("another grid"), "{error}");
    assert!(error.contains("another parameters") && error.contains("delete the file"), "{error}");
    let broken = [first.as_bytes(), b"[1,2,{}]\n", &complete[first.len()..]].concat();
    fs::write(at("part.csv.part"), broken).unwrap();
    let refused = equipoise(&format!("{command} {}", at("part.csv"))).output().unwrap();
    let error = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(error.contains("part.csv.part:2: ") && error.contains("delete this line"), "{error}");
}

#[test]
fn what_cannot_be_swept_is_told_with_what_to_do() {
    let europe = "sweep data/europe-1913.csv";
    for (args, told) in [
        ("sweep".into(), "--shares triangle"),
        (europe.into(), "x: expected"),
        (format!("{europe} --x dominance=1..2"), "y: expected"),
        (format!("{europe} --x dominance=1..2 --y dominance=1..3"), "other than dominance"),
        (format!("{europe} --x dominance=2..1 --y decisiveness=1..2"), "from low to high"),
        (format!("{europe} --x dominance=2..2 --y decisiveness=1..2"), "from low to high"),
        (format!("{europe} --x speed=2..3 --y decisiveness=1..2"), "one of decisiveness"),
        (format!("{europe} --x war-cost=0..1 --y decisiveness=1..2"), "war-cost: expected 0"),
        ("sweep nowhere.csv --x dominance=1..2 --y decisiveness=1..2".into(), "nowhere.csv"),
        (format!("{europe} --shares triangle"), "cannot be used with"),
        ("sweep --shares triangle --x dominance=1..2".into(), "cannot be used with"),
        ("sweep --shares triangle --states 3".into(), "three states"),
        ("sweep --shares triangle --year 1913".into(), "--year"),
        ("sweep --shares leader".into(), "--states 6"),
        ("sweep --shares leader --states 2".into(), "3 to 64"),
        ("sweep --shares leader --states UKG,GMY".into(), "--states 6"),
        ("sweep --shares triangle --leader D".into(), "A, B, C"),
        ("sweep --shares triangle --resolution 0".into(), "resolution"),
        ("sweep --shares triangle --refine 13".into(), "--refine"),
        ("sweep --shares triangle --by stability --lens polarity".into(), "blocs"),
        ("sweep --shares triangle --by class --figure verdict".into(), "--by"),
        ("sweep --shares triangle --plot phase.bmp".into(), ".svg, .png or .pdf"),
        ("sweep --shares leader --states 20 --lens blocs".into(), "blocs"),
    ] {
        let output = equipoise(&args).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{args}: {error}");
        assert!(error.contains(told), "{args}: {error}");
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_parquet_is_refused_with_how_to_build_it() {
    let output = equipoise("sweep --shares triangle --format parquet -o x.parquet").output();
    let output = output.unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--features parquet"));
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_columns_of_the_csv() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let args = "sweep --shares triangle --lens polarity,settlement --resolution 6 --refine 1";
    let csv = output(&format!("{args} --format csv"));
    output(&format!("{args} --format parquet -o {}", at("x.parquet")));
    let reader = SerializedFileReader::new(fs::File::open(at("x.parquet")).unwrap()).unwrap();
    let mut expected = csv::Reader::from_reader(csv.as_bytes());
    let header = expected.headers().unwrap().clone();
    let fields = reader.metadata().file_metadata().schema_descr();
    let names: Vec<&str> = fields.columns().iter().map(|column| column.name()).collect();
    assert_eq!(names, header.iter().collect::<Vec<_>>());
    let mut read = 0;
    for (row, record) in reader.get_row_iter(None).unwrap().zip(expected.records()) {
        let row = row.unwrap();
        for ((_, field), cell) in row.get_column_iter().zip(record.unwrap().iter()) {
            match field {
                Field::Double(value) => assert_eq!(*value, cell.parse::<f64>().unwrap()),
                Field::Str(value) => assert_eq!(value, cell),
                Field::Long(value) => assert_eq!(value.to_string(), cell),
                Field::Null => assert_eq!(cell, ""),
                other => panic!("{other:?}"),
            }
        }
        read += 1;
    }
    assert_eq!(read, csv.lines().count() - 1);
    let refused = equipoise("sweep --shares triangle --format parquet").output().unwrap();
    assert_eq!(refused.status.code(), Some(2), "needs a file");
}

/// What is wrong, and what makes it so.
type Tampering = (&'static str, fn(&mut SweepReport));

#[test]
fn a_sweep_is_checked_as_far_as_it_can_be_without_solving() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sweep.json").display().to_string();
    for args in [
        "--shares triangle --resolution 6 --refine 2",
        "--shares leader --states 4 --resolution 4 --refine 2 --lens polarity,settlement",
        "data/europe-1913.csv --x decisiveness=0.5..4 --y threshold=0.2..0.4 --resolution 2 \
         --refine 2 --by verdict,stability",
    ] {
        output(&format!("sweep {args} --format json -o {path}"));
        let checked = output(&format!("check {path} --allow-partial"));
        assert!(checked.contains("Accepted in part: "), "{checked}");
        assert!(checked.contains("not examined  points: what was solved through"), "{checked}");
        equipoise(&format!("check {path}")).assert().code(3);
        let text = fs::read_to_string(&path).unwrap();
        let report: SweepReport = serde_json::from_str(&text).unwrap();
        assert_eq!(report.json(), text, "read back as it was");
    }
    let report: SweepReport = serde_json::from_str(&output(
        "sweep --shares triangle --resolution 6 --refine 2 --format json",
    ))
    .unwrap();
    let tampered: [Tampering; 14] = [
        ("leader", |r| {
            let other = r.points.iter().find(|p| p.leader != r.points[9].leader).unwrap();
            r.points[9].leader = other.leader.clone();
        }),
        ("share", |r| r.points[9].leader_share += 0.01),
        ("class", |r| {
            let other = r.points.iter().find(|p| p.class != r.points[9].class).unwrap().class;
            r.points[9].class = other;
        }),
        ("poles", |r| r.points[9].effective_poles = f64::NAN),
        ("coordinates", |r| r.points[9].coordinates.0[0].1 += 0.001),
        ("verdict", |r| {
            let other = r.points.iter().find(|p| p.verdict != r.points[9].verdict).unwrap().verdict;
            r.points[9].verdict = other;
        }),
        ("interval", |r| {
            let point = r.points.iter_mut().find(|p| p.verdict == Judgement::Balanced).unwrap();
            point.control.set(Lens::Blocs, [0.4, 0.6]);
        }),
        ("a point less", |r| drop(r.points.remove(9))),
        ("a point beyond", |r| r.points[9].at = [24, 24]),
        ("a cell twice", |r| r.cells.push(r.cells[0])),
        ("area", |r| r.areas[0].least += 0.01),
        ("rim", |r| r.rim -= 1),
        ("border", |r| r.borders[0].lines[0][3][0] += 0.1),
        ("tolerance", |r| r.settings.coordinates[0].tolerance /= 2.0),
    ];
    for (what, tamper) in tampered {
        let mut changed = report.clone();
        tamper(&mut changed);
        assert!(!check_sweep(&changed, false).unwrap().accepted(), "{what}");
    }
    let mut other = report;
    other.schema = "equipoise/sweep/2".into();
    assert!(check_sweep(&other, false).is_err());
}

fn figure(task: &Task, aspect: Aspect) -> (SweepReport, Scene) {
    let report = SweepReport::new(task, &swept(task), &[]);
    let scene = FigureKind::Phase(aspect).of_sweep(&report, &Paper::default()).unwrap();
    (report, scene)
}

#[test]
fn figures_show_what_the_report_says() {
    let span = |[low, high]: [f64; 2]| {
        let [low, high] = [low, high].map(|end| format!("{:.1}", 100.0 * end));
        if low == high { format!("{low} %") } else { format!("{low} – {high} %") }
    };
    let tasks = [
        task(Plane::triangle().unwrap(), 8, 2, &[Lens::Polarity, Lens::Settlement]),
        task(Plane::leader(5).unwrap(), 8, 2, &[Lens::Polarity]),
        task(settings("threshold=0.1..0.9", "distance_scale=1000..30000"), 4, 2, &[Lens::Polarity]),
    ];
    let mut labelled = 0;
    for task in &tasks {
        for &aspect in &task.aspects {
            let (report, scene) = figure(task, aspect);
            assert_eq!(scene.faults(), [""; 0], "{} {aspect:?}", task.plane.name());
            let column = Paper { width: Paper::width("80mm"), ..Paper::default() };
            let narrow = FigureKind::Phase(aspect).of_sweep(&report, &column).unwrap();
            assert_eq!(narrow.faults(), [""; 0], "{} {aspect:?} narrow", task.plane.name());
            let texts: Vec<&str> = scene.texts().iter().map(|t| t.content.as_str()).collect();
            for area in report.areas_of(aspect) {
                let told = format!("{} {}", area.outcome, span([area.least, area.most]));
                let leads = format!("{} leads {}", area.outcome, span([area.least, area.most]));
                let there = texts.iter().any(|text| *text == told || *text == leads);
                assert!(there, "{told}: {texts:?}");
                assert!(scene.description.contains(&told));
                let named = scene.groups("region").iter().any(|g| g.title == area.outcome);
                assert!(named, "{}", area.outcome);
            }
            // What is written along a border is between which outcomes it is.
            for sides in scene.groups("sides") {
                let said = |border: &&BorderReport| {
                    let leads = if border.of == Aspect::Leader { " leads" } else { "" };
                    let [a, b] = &border.between;
                    sides.title == format!("{a}{leads} | {b}{leads}")
                };
                assert!(report.borders.iter().any(|border| said(&border)), "{}", sides.title);
                assert_eq!(sides.marks.len(), 2);
                labelled += usize::from(report.borders_of(aspect).iter().any(said));
            }
            let drawn = scene.groups("border").len();
            assert_eq!(drawn, report.borders.len());
        }
    }
    assert!(labelled >= 6, "{labelled}");
    let none = FigureKind::Phase(Aspect::Stability)
        .of_sweep(&figure(&tasks[0], Aspect::Class).0, &Paper::default());
    assert!(none.unwrap_err().to_string().contains("verdict, class, leader"));
}

#[test]
fn regions_cover_the_plane() {
    for plane in [Plane::triangle().unwrap(), Plane::leader(4).unwrap()] {
        let half = if plane.name() == "triangle" { 0.5 } else { 1.0 };
        let task = task(plane, 8, 2, &[Lens::Polarity]);
        let (report, _) = figure(&task, Aspect::Class);
        let area = |outline: &Vec<[f64; 2]>| {
            let next = outline.iter().cycle().skip(1);
            let twice: f64 = outline.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum();
            0.5 * twice
        };
        let all = report.regions(Aspect::Class);
        let sum: f64 = all.iter().flat_map(|region| &region.outlines).map(area).sum();
        assert!((sum - half).abs() < 1e-9, "{sum}");
        let inside = 1.0 - report.rim as f64 / task.grid.whole() as f64;
        for told in report.areas_of(Aspect::Class) {
            let region = all.iter().find(|r| r.outcome.as_deref() == Some(&told.outcome)).unwrap();
            let part = region.outlines.iter().map(area).sum::<f64>() / half;
            // The rim is in no area, but partly in regions.
            assert!(part >= told.least * inside - 1e-9, "{}", told.outcome);
            assert!(part <= told.most * inside + (1.0 - inside) + 1e-9, "{}", told.outcome);
        }
    }
}

#[test]
fn the_page_and_the_pictures_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let args = "sweep --shares triangle --resolution 6 --refine 1 --lens polarity";
    let page = output(&format!("{args} --format html --plot {} --no-title", at("p.svg")));
    for part in ["<svg", "id=\"areas\"", "id=\"borders\"", "id=\"points\"", "Accepted: all"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(page.contains(&fs::read_to_string(at("p.svg")).unwrap()), "the same figure");
    output(&format!("{args} --figure class --plot {}", at("p.png")));
    assert!(fs::read(at("p.png")).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn the_text_says_areas_borders_and_limits() {
    insta::assert_snapshot!(output(
        "sweep --shares triangle --lens polarity --resolution 8 --refine 3"
    ));
    insta::assert_snapshot!(output(
        "sweep data/europe-1913.csv --x threshold=0.1..0.5 --y decisiveness=1..3 --resolution 2 \
         --refine 3 --lens polarity,settlement"
    ));
}
