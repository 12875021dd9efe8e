//! Journals of sweeps: whatever is in the file, the sweep's result is that without it.
#![no_main]

use std::sync::LazyLock;

use equipoise::analysis::{Lens, Options};
use equipoise::parameters::Parameters;
use equipoise::report::sweep::SweepSettings;
use equipoise::sweep::{Aspect, Grid, Journal, NoStore, Plane, Store, Sweep, Swept, Task, sweep};
use equipoise::work::Work;

static TASK: LazyLock<Task> = LazyLock::new(|| {
    let task = Task {
        plane: Plane::triangle().unwrap(),
        parameters: Parameters::default(),
        grid: Grid { resolution: 2, levels: 1 },
        aspects: vec![Aspect::Verdict, Aspect::Leader],
        options: Options { lenses: Some(vec![Lens::Polarity]), ..Options::default() },
        draws: None,
    };
    task.checked().unwrap()
});
static ALONE: LazyLock<Swept> = LazyLock::new(|| swept(&mut NoStore));

fn swept(store: &mut dyn Store) -> Swept {
    match sweep(&TASK, store, &Work::default()).unwrap() {
        Sweep::Done(swept) => swept,
        Sweep::Stopped => unreachable!("there is no time limit"),
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.part");
    let settings = SweepSettings::new(&TASK).line();
    let first = format!("{settings}\n");
    for begun in [b"".as_slice(), first.as_bytes()] {
        std::fs::write(&path, [begun, bytes].concat()).unwrap();
        let Ok(mut journal) = Journal::open(&path, &settings) else { continue };
        assert_eq!(swept(&mut journal), *ALONE);
    }
});
