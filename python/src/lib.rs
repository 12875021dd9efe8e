//! The Python package's way into the library: words of a command in, its report out. Nothing is
//! computed here.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use equipoise::cli::{Answer, Request, Status};
use equipoise::error::{Error, ErrorKind};
use equipoise::work::Observer;
use pyo3::exceptions::{PyKeyboardInterrupt, PyOSError, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyBytes;

/// How often Python is asked whether it was interrupted.
const PULSE: Duration = Duration::from_millis(50);
/// The stack of a command's thread, that of a program's first one.
const STACK: usize = 8 << 20;

/// How far a command is.
#[derive(Default)]
struct Progress {
    stage: Mutex<String>,
    total: AtomicU64,
    done: AtomicU64,
}

impl Observer for Progress {
    fn begin(&self, stage: &str, steps: u64) {
        stage.clone_into(&mut self.stage.lock().unwrap_or_else(PoisonError::into_inner));
        self.done.store(0, Ordering::Relaxed);
        self.total.store(steps, Ordering::Relaxed);
    }

    fn advance(&self, steps: u64) {
        self.done.fetch_add(steps, Ordering::Relaxed);
    }

    fn end(&self) {}
}

impl Progress {
    fn now(&self) -> (String, u64, u64) {
        let stage = self.stage.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (stage, self.done.load(Ordering::Relaxed), self.total.load(Ordering::Relaxed))
    }
}

/// A flag that lives as long as the process, used again when its command is over.
struct Flag(&'static AtomicBool);

static FLAGS: Mutex<Vec<&'static AtomicBool>> = Mutex::new(Vec::new());

impl Flag {
    fn new() -> Self {
        let free = FLAGS.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let flag = free.unwrap_or_else(|| Box::leak(Box::default()));
        flag.store(false, Ordering::Relaxed);
        Self(flag)
    }
}

impl Drop for Flag {
    fn drop(&mut self) {
        FLAGS.lock().unwrap_or_else(PoisonError::into_inner).push(self.0);
    }
}

/// Runs a command; output, notes, and whether it was answered (0), left open (1) or accepted in
/// part (3). `files` are there by their paths in place of those on disk. Other Python threads go on meanwhile; `progress`, if given, is called now and then
/// with a stage, steps done and steps in all.
#[pyfunction]
#[pyo3(signature = (words, files=Vec::new(), input=None, parts=None, progress=None))]
fn run<'py>(
    py: Python<'py>,
    words: Vec<String>,
    files: Vec<(String, PyBackedBytes)>,
    input: Option<PyBackedBytes>,
    parts: Option<Vec<PyBackedBytes>>,
    progress: Option<Bound<'py, PyAny>>,
) -> PyResult<(Bound<'py, PyBytes>, Vec<String>, u8)> {
    let stop = Flag::new();
    let watched = Arc::new(Progress::default());
    let watcher = Some(watched.clone() as Arc<dyn Observer + Send + Sync>);
    let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes.to_vec())).collect();
    let input = input.map(|bytes| bytes.to_vec());
    let parts = parts.map(|parts| parts.iter().map(|part| part.to_vec()).collect());
    let stop_flag = Some(stop.0);
    let request = Request { words, files, sealed: false, input, parts, watcher, stop: stop_flag };
    let (send, receive) = sync_channel(1);
    let worker = thread::Builder::new().stack_size(STACK).spawn(move || {
        // Nobody waits for it if this thread was left behind.
        let _: Result<_, _> = send.send(request.answer());
    });
    worker.map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let receive = Mutex::new(receive);
    let wait = |pulse: Option<Duration>| {
        py.detach(|| {
            let receive = receive.lock().unwrap_or_else(PoisonError::into_inner);
            match pulse {
                Some(pulse) => receive.recv_timeout(pulse),
                None => receive.recv().map_err(|_| RecvTimeoutError::Disconnected),
            }
        })
    };
    let answer = loop {
        match wait(Some(PULSE)) {
            Ok(answer) => break answer,
            Err(RecvTimeoutError::Disconnected) => {
                return Err(PyRuntimeError::new_err("the command ended without an answer"));
            }
            Err(RecvTimeoutError::Timeout) => {
                let told = py.check_signals().and_then(|()| match &progress {
                    Some(progress) => progress.call1(watched.now()).map(|_| ()),
                    None => Ok(()),
                });
                if let Err(raised) = told {
                    stop.0.store(true, Ordering::Relaxed);
                    // The flag is in use until the command has seen it.
                    let _ = wait(None);
                    return Err(raised);
                }
            }
        }
    };
    let Answer { output, notes, status, .. } = answer.map_err(raised)?;
    let status = match status {
        Status::Answered => 0,
        Status::Open => 1,
        Status::InPart => 3,
    };
    Ok((PyBytes::new(py, &output), notes, status))
}

fn raised(error: Error) -> PyErr {
    match error.kind() {
        ErrorKind::Io { source, .. } => match source.raw_os_error() {
            Some(number) => PyOSError::new_err((number, error.to_string())),
            None => PyOSError::new_err(error.to_string()),
        },
        ErrorKind::TimeUp => PyKeyboardInterrupt::new_err("stopped"),
        _ if error.is_fault() => PyRuntimeError::new_err(error.to_string()),
        _ => PyValueError::new_err(error.to_string()),
    }
}

/// The options of a command: name, help, default, values, whether a flag, whether
/// positional, whether a file.
#[pyfunction]
#[allow(clippy::type_complexity, reason = "a tuple of Python")]
fn options(
    command: Vec<String>,
) -> PyResult<Vec<(String, String, Option<String>, Vec<String>, bool, bool, bool)>> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    let found = equipoise::cli::options(&words)
        .ok_or_else(|| PyValueError::new_err(format!("no command {}", command.join(" "))))?;
    let row = |opt: equipoise::cli::Opt| {
        (opt.name, opt.help, opt.default, opt.values, opt.is_flag, opt.is_positional, opt.is_file)
    };
    Ok(found.into_iter().map(row).collect())
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_function(wrap_pyfunction!(run, module)?)?;
    module.add_function(wrap_pyfunction!(options, module)?)
}
