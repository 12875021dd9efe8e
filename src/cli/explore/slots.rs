//! Who may work, and until when: so many commands at once, each for so long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Commands at once.
const SLOTS: usize = 3;
/// For how long a command may work.
pub(super) const LIMIT: Duration = Duration::from_secs(20);
/// For how long a request waits for a slot.
const PATIENCE: Duration = Duration::from_secs(25);
/// How often it is seen to that they keep the limit.
const PULSE: Duration = Duration::from_millis(50);

static STOPS: [AtomicBool; SLOTS] = [const { AtomicBool::new(false) }; SLOTS];
/// When the command of each slot has to end.
static BUSY: Mutex<[Option<Instant>; SLOTS]> = Mutex::new([None; SLOTS]);
static FREED: Condvar = Condvar::new();
static ENDING: AtomicBool = AtomicBool::new(false);

/// The right to run a command.
pub(super) struct Slot(usize);

fn busy() -> MutexGuard<'static, [Option<Instant>; SLOTS]> {
    BUSY.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Slot {
    /// Waits for a slot; `None` if none gets free in good time.
    pub(super) fn wait() -> Option<Self> {
        let until = Instant::now() + PATIENCE;
        let mut all = busy();
        loop {
            if is_ending() {
                return None;
            }
            if let Some(free) = all.iter().position(Option::is_none) {
                all[free] = Some(Instant::now() + LIMIT);
                STOPS[free].store(false, Ordering::Relaxed);
                return Some(Self(free));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            let waited = FREED.wait_timeout(all, left.min(PULSE));
            all = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// What stops the command.
    pub(super) fn stop(&self) -> &'static AtomicBool {
        &STOPS[self.0]
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        busy()[self.0] = None;
        FREED.notify_one();
    }
}

/// Whether the program is about to end.
pub(super) fn is_ending() -> bool {
    ENDING.load(Ordering::Relaxed)
}

/// Stops all commands: the program ends.
pub(super) fn end() {
    ENDING.store(true, Ordering::Relaxed);
    // A command that gets its slot now sees no stop, and nobody waits for it.
    STOPS.iter().for_each(|stop| stop.store(true, Ordering::Relaxed));
}

/// Stops commands whose time is up, until the program ends.
pub(super) fn watch() {
    while !is_ending() {
        stop_late(Instant::now());
        std::thread::sleep(PULSE);
    }
}

fn stop_late(now: Instant) {
    for (until, stop) in busy().iter().zip(&STOPS) {
        if until.is_some_and(|until| until <= now) {
            stop.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_stopped_when_its_time_is_up_and_its_slot_begins_anew() {
        let slot = Slot::wait().unwrap();
        stop_late(Instant::now());
        assert!(!slot.stop().load(Ordering::Relaxed));
        stop_late(Instant::now() + 2 * LIMIT);
        assert!(slot.stop().load(Ordering::Relaxed));
        drop(slot);
        let all: Vec<Slot> = (0..SLOTS).map(|_| Slot::wait().unwrap()).collect();
        assert!(all.iter().all(|slot| !slot.stop().load(Ordering::Relaxed)));
    }
}
