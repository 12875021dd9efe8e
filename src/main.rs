//! The `equipoise` program: see `equipoise --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    equipoise::cli::main(streams::output_is_closed())
}

/// Whether standard output was open when the program was started. Before `main` Rust opens
/// `/dev/null` in place of a stream that is closed, and what is written there is lost without an
/// error.
#[cfg(target_os = "linux")]
mod streams {
    use std::sync::atomic::{AtomicBool, Ordering};

    static CLOSED: AtomicBool = AtomicBool::new(false);

    ctor::declarative::ctor! {
        #[ctor(unsafe)]
        fn look_at_them() {
            let is_there = |path| std::fs::symlink_metadata(path).is_ok();
            CLOSED.store(is_there("/proc/self/fd") && !is_there("/proc/self/fd/1"), Ordering::Relaxed);
        }
    }

    pub fn output_is_closed() -> bool {
        CLOSED.load(Ordering::Relaxed)
    }
}

#[cfg(not(target_os = "linux"))]
mod streams {
    pub fn output_is_closed() -> bool {
        false
    }
}
