//! The one door through which everything that takes long goes.

use crate::error::Kind;
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

/// How often Python is asked whether someone pressed Ctrl-C, and told how far the work is.
const TICK: Duration = Duration::from_millis(50);

/// What the work and those who wait for it tell each other.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    /// Set when the work is to stop.
    pub(crate) cancel: Arc<AtomicBool>,
    /// How much is done.
    pub(crate) done: AtomicUsize,
}

/// Does `work` on a thread of its own while other Python threads run.
///
/// The calling thread listens for signals: it alone can be interrupted by them. An interruption sets
/// `cancel`, waits for the work to notice, and is raised in place of the work's outcome. `progress` is
/// called with what is done, every tick in which it changed and at the end.
pub(crate) fn long_work<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Watch) -> PyResult<T> + Send,
) -> PyResult<T> {
    watched_work(py, progress, &Watch::default(), work)
}

/// [`long_work`] with a watch of the caller's.
pub(crate) fn watched_work<T: Send>(
    py: Python<'_>,
    progress: Option<&Bound<'_, PyAny>>,
    watch: &Watch,
    work: impl FnOnce(&Watch) -> PyResult<T> + Send,
) -> PyResult<T> {
    let progress = progress.map(|callback| callback.clone().unbind());
    py.detach(|| {
        let told = AtomicUsize::new(0);
        let tell = |py: Python<'_>| -> PyResult<()> {
            let done = watch.done.load(Ordering::Relaxed);
            match &progress {
                Some(callback) if told.swap(done, Ordering::Relaxed) != done => callback.call1(py, (done,)).map(drop),
                _ => Ok(()),
            }
        };
        std::thread::scope(|scope| {
            let (sender, outcome) = sync_channel(1);
            // Nobody left to hear it means that the caller panicked.
            let worker = scope.spawn(move || drop(sender.send(work(watch))));
            let interrupted = loop {
                let outcome = outcome.recv_timeout(TICK);
                if matches!(outcome, Err(RecvTimeoutError::Disconnected)) {
                    match worker.join() {
                        Ok(()) => unreachable!("work that ends sends its outcome"),
                        Err(panic) => std::panic::resume_unwind(panic),
                    }
                }
                if let Err(error) = Python::attach(|py| py.check_signals().and_then(|()| tell(py))) {
                    break error;
                }
                if let Ok(outcome) = outcome {
                    return outcome;
                }
            };
            watch.cancel.store(true, Ordering::Relaxed);
            Err(interrupted)
        })
    })
}

/// Threads for one piece of work: those of a pool that the whole process shares do not survive a fork, and
/// whoever asked them in the child would wait for ever.
pub(crate) fn own_threads() -> PyResult<ThreadPool> {
    ThreadPoolBuilder::new().build().map_err(|error| Kind::Threads.error(error.to_string()))
}
