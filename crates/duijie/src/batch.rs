//! Many demands on several threads, results in the order of the demands.

use crate::rank::DemandMatch;
use crate::records::Demand;
use crate::{Error, Result};
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};

/// How to run a batch.
#[derive(Clone, Copy, Default)]
pub struct BatchOptions<'a> {
    /// Threads; 0 takes what the machine has. No more are started than there are demands, nor than
    /// 256: more of them only stand in each other's way.
    pub threads: usize,
    /// Called with the number of demands done, in the thread that called the batch.
    pub progress: Option<&'a dyn Fn(usize)>,
    /// Set it from anywhere to stop the batch with [`Error::Cancelled`].
    pub cancel: Option<&'a AtomicBool>,
}

/// Demands a thread takes before results are handed on: bounds the memory, and how long a
/// cancellation waits.
const WINDOW_PER_THREAD: usize = 8;

const MOST_THREADS: usize = 256;

pub(crate) fn run(
    demands: &[Demand],
    options: &BatchOptions<'_>,
    rank: impl Fn(&Demand) -> Result<DemandMatch> + Sync,
    mut sink: impl FnMut(DemandMatch) -> Result<()>,
) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.min(demands.len().clamp(1, MOST_THREADS)))
        .build()
        .map_err(|error| Error::Threads { problem: error.to_string() })?;
    let cancel = options.cancel;
    let cancelled = || cancel.is_some_and(|flag| flag.load(Ordering::Relaxed));
    let mut done = 0;
    for window in demands.chunks(WINDOW_PER_THREAD * pool.current_num_threads()) {
        let results: Vec<Result<DemandMatch>> = pool.install(|| {
            let one = |demand| if cancelled() { Err(Error::Cancelled) } else { rank(demand) };
            window.par_iter().map(one).collect()
        });
        for result in results {
            sink(result?)?;
            done += 1;
            if let Some(progress) = options.progress {
                progress(done);
            }
        }
    }
    if cancelled() { Err(Error::Cancelled) } else { Ok(()) }
}
