//! How far a command is: a bar with an estimate, on a terminal, for what takes over two seconds; or
//! whatever the caller makes of it.

use crate::cli::session::{self, Watcher};
use crate::work::Observer;

/// Shows how far the current stage is.
pub(super) struct Progress {
    watcher: Option<Watcher>,
    #[cfg(feature = "cli")]
    bar: bar::Bar,
}

impl Default for Progress {
    fn default() -> Self {
        Self {
            watcher: session::watcher(),
            #[cfg(feature = "cli")]
            bar: bar::Bar::new(session::is_quiet()),
        }
    }
}

impl Observer for Progress {
    fn begin(&self, stage: &str, steps: u64) {
        match &self.watcher {
            Some(watcher) => watcher.begin(stage, steps),
            #[cfg(feature = "cli")]
            None => self.bar.begin(stage, steps),
            #[cfg(not(feature = "cli"))]
            None => {}
        }
    }

    fn advance(&self, steps: u64) {
        match &self.watcher {
            Some(watcher) => watcher.advance(steps),
            #[cfg(feature = "cli")]
            None => self.bar.advance(steps),
            #[cfg(not(feature = "cli"))]
            None => {}
        }
    }

    fn end(&self) {
        match &self.watcher {
            Some(watcher) => watcher.end(),
            #[cfg(feature = "cli")]
            None => self.bar.end(),
            #[cfg(not(feature = "cli"))]
            None => {}
        }
    }
}

#[cfg(feature = "cli")]
mod bar {
    use std::sync::{Mutex, PoisonError};
    use std::time::{Duration, Instant};

    use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

    /// Work that ends sooner is not worth a bar.
    const PATIENCE: Duration = Duration::from_secs(2);

    pub(super) struct Bar {
        quiet: bool,
        stage: Mutex<Option<Stage>>,
    }

    struct Stage {
        bar: ProgressBar,
        begun: Instant,
        shown: bool,
    }

    impl Bar {
        pub(super) fn new(quiet: bool) -> Self {
            Self { quiet, stage: Mutex::new(None) }
        }

        pub(super) fn begin(&self, stage: &str, steps: u64) {
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
            self.with(|current| {
                *current = Some(Stage { bar, begun: Instant::now(), shown: false });
            });
        }

        pub(super) fn advance(&self, steps: u64) {
            self.with(|current| {
                let Some(stage) = current else { return };
                stage.bar.inc(steps);
                if !stage.shown && !self.quiet && stage.begun.elapsed() >= PATIENCE {
                    stage.shown = true;
                    // Hides itself where standard error is no terminal.
                    stage.bar.set_draw_target(ProgressDrawTarget::stderr());
                }
            });
        }

        pub(super) fn end(&self) {
            self.with(|current| {
                if let Some(stage) = current.take() {
                    stage.bar.finish_and_clear();
                }
            });
        }

        fn with(&self, change: impl FnOnce(&mut Option<Stage>)) {
            // A panic elsewhere is no reason for another one here.
            change(&mut self.stage.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}
