//! **Which universities and institutes can solve this enterprise's problem, and why?**
//!
//! duijie 对接 indexes the transferable achievements (可转化创新成果) of universities and institutes
//! by industry chain and sub-industry, and ranks them, and the institutions that hold them, for
//! every technical demand (技术需求) and 卡脖子 listing of the enterprises, with the reasons.
//!
//! - [`Catalogue`]: chains, sub-industries and event windows; Annex 1 of 鲁工信技〔2022〕203号 is built in.
//! - [`IndexBuilder`]: writes an index of [`Achievement`]s and [`Institutions`], on disk or in memory.
//! - [`Matcher`]: ranks for one [`Demand`] or a batch, and explains a pair; [`MatchOptions`] and
//!   [`RankProfile`] say how.
//!
//! ```
//! use duijie::{Achievement, Catalogue, Demand, Institution, MatchOptions, Matcher, Ranking};
//!
//! let matcher = Matcher::from_records(
//!     Catalogue::default(),
//!     vec![Institution { id: "I1".into(), name: "齐岳大学".into(), ..Default::default() }],
//!     vec![Achievement {
//!         id: "A1".into(),
//!         title: "高强钢低氢焊接与后热消氢工艺".into(),
//!         summary: "控制扩散氢含量，消除延迟裂纹。".into(),
//!         institution: Some("齐岳大学".into()),
//!         ..Default::default()
//!     }],
//! )?;
//! let demand = Demand { id: "D1".into(), title: "吊臂焊后延迟裂纹".into(), ..Default::default() };
//! let matched = matcher.match_one(&demand, &MatchOptions::default())?;
//! let Ranking::Institutions(institutions) = &matched.ranking else { unreachable!() };
//! assert_eq!(institutions[0].institution, "I1");
//! assert_eq!(institutions[0].evidence[0].passages[0].text, "控制扩散氢含量，消除延迟裂纹。");
//! // The parts of a score add up to it, to the bit.
//! assert_eq!(institutions[0].parts.total(), institutions[0].score);
//! # Ok::<(), duijie::Error>(())
//! ```

mod batch;
mod catalogue;
mod characters;
mod concepts;
mod error;
mod index;
mod input;
mod institutions;
mod matcher;
mod output;
mod rank;
mod records;
mod semantic;
mod term_files;
mod trec;

pub use batch::BatchOptions;
pub use catalogue::{Catalogue, Chain, EventWindow, Month, SubIndustry};
pub use concepts::{ConceptSpace, ConceptVector, Lexicon};
#[cfg(feature = "encoder")]
pub use duijie_encoder::{CachedEncoder, LocalEncoder, ModelError, ModelOptions, Pooling, Prefixes, Scaling};
pub use duijie_encoder::{EncodeOptions, EncoderError, TextEncoder, TextRole, Vectors};
pub use error::{Error, Result};
pub use index::{Filter, IndexBuilder, field_weights};
pub use input::{Intake, Provenance, RecordReader, Reject, Strictness, write_rejects};
pub use institutions::Institutions;
pub use matcher::{MatchOptions, Matcher};
pub use output::AtomicFile;
pub use rank::{
    AchievementMatch, AffinityWeights, CandidateLimits, ConceptReason, DemandMatch, Evidence, Explanation, FieldShare,
    FormReason, HomeProvince, Indicator, IndicatorAnswer, InferredSubIndustry, InstitutionMatch, InstitutionVoting,
    PartWeights, Parts, Passage, QueryWeights, RankProfile, Ranking, Reranker, SemanticScale, Span, TermReason, Unit,
    Verdict, VerdictWeights,
};
pub use records::{
    Achievement, Demand, DemandKind, FieldMap, Institution, InstitutionKind, Product, RecordProblem, short_province,
};
pub use semantic::DemandVectors;
pub use trec::write_trec;
