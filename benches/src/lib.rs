//! **What does it cost?** What the benchmarks of duijie share: corpora and records made of them, seeded randomness,
//! the process's memory.
//!
//! The corpora are given by path; nothing here knows where they lie. The suites are under
//! `benches/`, the binaries under `src/bin/`, the runs against other libraries under `peers/`, and
//! what came out under `results/`.
//!
//! ```
//! use duijie_benches::Random;
//!
//! let mut random = Random::seeded(7);
//! assert!(random.below(10) < 10);
//! ```

mod corpus;
mod memory;
mod random;
mod spread;

pub use corpus::{Record, identified_records, lines, records};
pub use memory::peak_rss_mb;
pub use random::Random;
pub use spread::Spread;
