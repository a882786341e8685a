//! How good is a ranking?
//!
//! This crate reads relevance judgments and rankings in the TREC formats,
//! scores rankings with the usual measures, and says whether one ranking is
//! better than another by more than chance. It knows nothing of how rankings
//! are made and does no searching.
//!
//! The central types:
//!
//! - [`Qrels`]: what is known to be relevant, a grade per (demand, document).
//!   [`institution_qrels`] lifts judged achievements to their institutions.
//! - [`Run`]: what a system answered, an ordered list of documents per demand.
//! - [`Measure`]: what to compute, under its `ir_measures` name (`nDCG@10`,
//!   `R(rel=2)@10`); the formulas stand on its variants.
//! - [`Report`]: what [`evaluate`] found, a value per measure and demand.
//! - [`Comparison`]: what [`compare`] found between two reports: differences,
//!   wins and losses, a paired t-test and a randomisation test.
//! - [`Folds`]: which demands to tune on and which to hold out, so that no
//!   [`Topic`] lies on both sides.
//! - [`Table`]: any of the above as Markdown with fixed decimal places.
//!
//! ```
//! use duijie_eval::{Measure, Qrels, Randomisation, Run, compare, evaluate};
//!
//! let qrels = Qrels::from_reader(
//!     "d1 0 a1 3\nd1 0 a2 1\nd2 0 a3 2\n".as_bytes(),
//!     "qrels.txt",
//! )?;
//! let before = Run::from_reader(
//!     "d1 Q0 a2 1 9.5 bm25\nd1 Q0 a1 2 7.0 bm25\nd2 Q0 a9 1 3.1 bm25\n".as_bytes(),
//!     "bm25.run",
//! )?;
//! let mut after = Run::new("fused")?;
//! after.push_order("d1", ["a1", "a2"])?;
//! after.push_order("d2", ["a9", "a3"])?;
//!
//! let measures: Vec<Measure> = vec!["nDCG@10".parse()?, "RR(rel=2)".parse()?];
//! let before = evaluate(&before, &qrels, &measures);
//! let after = evaluate(&after, &qrels, &measures);
//! assert_eq!(after.value(measures[0], "d1"), Some(1.0));
//! assert_eq!(after.mean(measures[1]), Some(0.75));
//!
//! let comparison = compare(&before, &after, Randomisation::default())?;
//! assert_eq!(comparison.rows()[0].wins, 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compare;
mod error;
mod evaluate;
mod folds;
mod institutions;
mod measure;
mod measure_name;
mod qrels;
mod qrels_file;
mod random;
mod randomisation;
mod report;
mod run;
mod run_file;
mod score;
mod student_t;
mod t_test;
mod table;
mod topics;
mod trec_line;

pub use compare::{Comparison, ComparisonRow, TIE_EPSILON, compare};
pub use error::{CompareError, FoldsError, JudgmentError, ParseMeasureError, RankingError, TableError, TrecError};
pub use evaluate::evaluate;
pub use folds::Folds;
pub use institutions::institution_qrels;
pub use measure::Measure;
pub use qrels::{MAX_GRADE, Qrels};
pub use randomisation::{Randomisation, randomisation_test};
pub use report::Report;
pub use run::{RankedDoc, Run};
pub use t_test::{TTest, paired_t_test};
pub use table::{Cell, Table};
pub use topics::{Topic, topics};
