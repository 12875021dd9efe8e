//! A progress bar with an estimate, on a terminal, for what takes over two seconds.

use std::sync::Mutex;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::work::Observer;

/// Work that ends sooner is not worth a bar.
const PATIENCE: Duration = Duration::from_secs(2);

/// Shows how far the current stage is.
#[derive(Default)]
pub(super) struct Progress(Mutex<Option<Stage>>);

struct Stage {
    bar: ProgressBar,
    begun: Instant,
    shown: bool,
}

impl Observer for Progress {
    fn begin(&self, stage: &str, steps: u64) {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::hidden());
        let template = if steps > 0 {
            "{msg} {bar:30} {percent:>3} %, {elapsed} gone, {eta} to go"
        } else {
            "{msg} {spinner} {elapsed} gone"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(stage.to_owned());
        self.with(|current| *current = Some(Stage { bar, begun: Instant::now(), shown: false }));
    }

    fn advance(&self, steps: u64) {
        self.with(|current| {
            let Some(stage) = current else { return };
            stage.bar.inc(steps);
            let quiet = super::QUIET.load(Ordering::Relaxed);
            if !stage.shown && !quiet && stage.begun.elapsed() >= PATIENCE {
                stage.shown = true;
                // Hides itself where standard error is no terminal.
                stage.bar.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
    }

    fn end(&self) {
        self.with(|current| {
            if let Some(stage) = current.take() {
                stage.bar.finish_and_clear();
            }
        });
    }
}

impl Progress {
    fn with(&self, change: impl FnOnce(&mut Option<Stage>)) {
        // A panic elsewhere is no reason for another one here.
        change(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
    }
}
