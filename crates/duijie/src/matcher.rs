use crate::batch::{self, BatchOptions};
use crate::concepts::Lexicon;
use crate::index::{Filter, IndexBuilder, Snapshot, Stop};
use crate::rank::{DemandMatch, Explanation, RankProfile, Ranker, Reranker, Unit};
use crate::records::{Achievement, Demand, Institution};
use crate::semantic::DemandVectors;
use crate::{Catalogue, Error, Institutions, Result};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::Index;

/// Answers which achievements and institutions can solve a demand, and why.
///
/// A matcher reads one commit of an index and keeps to it until [`Matcher::reload`]; it is shared
/// between threads by reference, and a reload never disturbs a match that is under way.
pub struct Matcher {
    path: PathBuf,
    index: Index,
    lexicon: Lexicon,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// How to match.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// What is ranked.
    pub unit: Unit,
    /// How many to answer at most.
    pub top: usize,
    /// What is let through; nothing is kept out by default.
    pub filter: Filter,
    /// The weights.
    pub profile: Arc<RankProfile>,
    /// What an encoder made of the demands, the same that made the index's vectors.
    pub vectors: Option<Arc<DemandVectors>>,
    /// Has the last word on the best candidates, with the profile's weight `reranker`.
    pub reranker: Option<Arc<dyn Reranker>>,
}

impl Default for MatchOptions {
    fn default() -> Self {
        Self {
            unit: Unit::Institution,
            top: 10,
            filter: Filter::default(),
            profile: Arc::default(),
            vectors: None,
            reranker: None,
        }
    }
}

impl Matcher {
    /// Opens the index of a folder, written with the standard lexicon.
    ///
    /// # Errors
    ///
    /// [`crate::Error::NoIndex`] if there is none, [`crate::Error::IndexFormat`] if another version wrote it,
    /// [`crate::Error::IndexDamaged`] if a file of it is missing or changed.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_with(path, Lexicon::standard())
    }

    /// Opens the index of a folder, written with `lexicon`.
    ///
    /// # Errors
    ///
    /// As [`Matcher::open`], and [`crate::Error::IndexLexicon`] if it was written with another term base.
    pub fn open_with(path: &Path, lexicon: Lexicon) -> Result<Self> {
        let index = crate::index::open_index(path, &Stop::default())?;
        Self::over(index, path.to_owned(), lexicon)
    }

    /// A matcher over records in memory, for small jobs.
    ///
    /// # Errors
    ///
    /// [`crate::Error::BadRecord`] if an achievement names a chain, sub-industry or institution
    /// that is not known, or an institution's id occurs twice.
    pub fn from_records(
        catalogue: Catalogue,
        institutions: Vec<Institution>,
        achievements: Vec<Achievement>,
    ) -> Result<Self> {
        let mut builder = IndexBuilder::create_in_ram(catalogue)?;
        builder.set_institutions(Institutions::new(institutions)?)?;
        for achievement in achievements {
            builder.add(achievement)?;
        }
        builder.commit()?;
        builder.matcher()
    }

    pub(crate) fn over(index: Index, path: PathBuf, lexicon: Lexicon) -> Result<Self> {
        let snapshot = RwLock::new(Arc::new(Snapshot::open(&index, &path, &lexicon)?));
        Ok(Self { path, index, lexicon, snapshot })
    }

    /// Reads the last commit of the index; matches under way finish on the one they began with.
    ///
    /// # Errors
    ///
    /// As [`Matcher::open`]; the matcher then keeps what it has.
    pub fn reload(&self) -> Result<()> {
        let fresh = Arc::new(Snapshot::open(&self.index, &self.path, &self.lexicon)?);
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many achievements it knows.
    pub fn len(&self) -> usize {
        self.snapshot().documents.len()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The width of the achievements' vectors; `None` if the index has none.
    pub fn vector_width(&self) -> Option<usize> {
        self.snapshot().semantic.width()
    }

    /// What it reads texts by.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The catalogue that the index was built with.
    pub fn catalogue(&self) -> Catalogue {
        self.snapshot().catalogue.clone()
    }

    /// The institutions, by id.
    pub fn institutions(&self) -> Institutions {
        self.snapshot().institutions.clone()
    }

    /// The achievement with this id, as it was indexed.
    ///
    /// # Errors
    ///
    /// [`crate::Error::UnknownId`] if there is none.
    pub fn achievement(&self, id: &str) -> Result<Achievement> {
        let snapshot = self.snapshot();
        match snapshot.documents.document(id) {
            Some(document) => snapshot.achievement(document),
            None => Err(crate::Error::UnknownId { kind: "achievement", id: id.to_owned() }),
        }
    }

    /// All achievements as they were indexed, in the order of the index.
    ///
    /// # Errors
    ///
    /// [`crate::Error::IndexDamaged`] if a record cannot be read back.
    pub fn achievements(&self) -> Result<Vec<Achievement>> {
        let snapshot = self.snapshot();
        (0..snapshot.documents.len() as u32).map(|document| snapshot.achievement(document)).collect()
    }

    /// Ranks for one demand.
    ///
    /// Chain and sub-industry of the demand are taken as ids; [`Catalogue::settle`] makes ids of names.
    ///
    /// # Errors
    ///
    /// [`crate::Error::UnknownProvince`], [`crate::Error::NoMaturity`], [`crate::Error::NoVectors`] and
    /// [`crate::Error::OtherEncoder`] for options that do not fit the index, [`crate::Error::IndexDamaged`] if a record cannot be read back.
    pub fn match_one(&self, demand: &Demand, options: &MatchOptions) -> Result<DemandMatch> {
        let snapshot = self.snapshot();
        self.ranker(&snapshot, options)?.rank(demand, options.unit, options.top)
    }

    /// Ranks for many demands on several threads and hands the results to `sink` in the order of
    /// the demands, a few a thread at a time. The results do not depend on the number of threads.
    ///
    /// Memory is bounded: no more than a few results a thread wait for their turn.
    ///
    /// # Errors
    ///
    /// As [`Matcher::match_one`]; the first error of a match or of `sink`; [`crate::Error::Cancelled`] when asked to stop.
    pub fn match_batch(
        &self,
        demands: &[Demand],
        options: &MatchOptions,
        batch: &BatchOptions<'_>,
        sink: impl FnMut(DemandMatch) -> Result<()>,
    ) -> Result<()> {
        let snapshot = self.snapshot();
        let ranker = self.ranker(&snapshot, options)?;
        batch::run(demands, batch, |demand| ranker.rank(demand, options.unit, options.top), sink)
    }

    /// Why the achievement or institution `with` ranks where it does for the demand, chosen or not.
    ///
    /// # Errors
    ///
    /// As [`Matcher::match_one`], and [`crate::Error::UnknownId`] if `with` is neither.
    pub fn explain(&self, demand: &Demand, with: &str, options: &MatchOptions) -> Result<Explanation> {
        let snapshot = self.snapshot();
        self.ranker(&snapshot, options)?.explain(demand, with)
    }

    fn ranker<'a>(&'a self, snapshot: &'a Snapshot, options: &'a MatchOptions) -> Result<Ranker<'a>> {
        options.filter.check(&snapshot.institutions)?;
        if options.vectors.is_some() && snapshot.semantic.width().is_none() && snapshot.documents.len() > 0 {
            return Err(Error::NoVectors { path: self.path.clone() });
        }
        let found = options.vectors.as_ref().and_then(|vectors| vectors.encoder());
        if let (Some(index), Some(found)) =
            (&snapshot.encoder, found.filter(|found| snapshot.encoder.as_deref() != Some(found)))
        {
            return Err(Error::OtherEncoder { index: index.clone(), found: found.to_owned() });
        }
        Ok(Ranker {
            snapshot,
            lexicon: &self.lexicon,
            profile: &options.profile,
            filter: &options.filter,
            vectors: options.vectors.as_deref(),
            reranker: options.reranker.as_deref(),
        })
    }
}
