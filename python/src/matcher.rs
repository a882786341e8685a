use crate::catalogue::Catalogue;
use crate::documents::MatchDocuments;
use crate::error::{Kind, engine_error};
use crate::institutions::InstitutionList;
use crate::long_work::{long_work, own_threads};
use crate::matches::{MatchTables, unit};
use crate::profile::RankProfile;
use crate::records::DemandList;
use crate::table::Table;
use crate::vectors::vectors as read_vectors;
use duijie::{BatchOptions, DemandVectors, Error, Filter, InstitutionKind, Lexicon, MatchOptions};
use pyo3::prelude::*;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Ranks for demands.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct Matcher(pub(crate) duijie::Matcher);

/// What is let through: chain, sub-industry, province, kind of institution, least maturity.
type FilterWords = (Option<String>, Option<String>, Option<String>, Option<String>, Option<u8>);

#[pymethods]
impl Matcher {
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, terms: Vec<PathBuf>) -> PyResult<Self> {
        let open = || duijie::Matcher::open_with(&path, Lexicon::with_term_files(&terms)?);
        long_work(py, None, |_| own_threads()?.install(open).map(Self).map_err(engine_error))
    }

    fn reload(&self, py: Python<'_>) -> PyResult<()> {
        long_work(py, None, |_| own_threads()?.install(|| self.0.reload()).map_err(engine_error))
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn catalogue(&self) -> Catalogue {
        Catalogue(Arc::new(self.0.catalogue()))
    }

    fn institutions(&self) -> InstitutionList {
        InstitutionList(Arc::new(self.0.institutions()))
    }

    /// Width of the achievements' vectors; `None` if the index has none.
    fn vector_width(&self) -> Option<usize> {
        self.0.vector_width()
    }

    /// The achievement of that id as a JSON object.
    fn achievement(&self, id: &str) -> PyResult<String> {
        let achievement = self.0.achievement(id).map_err(engine_error)?;
        serde_json::to_string(&achievement).map_err(|error| Kind::Input.error(error.to_string()))
    }

    /// Ranks for every demand; tables of the demands, the ranking, its evidence and the passages, and what
    /// documents are written from.
    #[expect(clippy::too_many_arguments, reason = "called with keywords from one place")]
    #[pyo3(signature = (demands, profile, *, unit, top, filter, vectors, threads, progress))]
    fn rank(
        &self,
        py: Python<'_>,
        demands: &DemandList,
        profile: &RankProfile,
        unit: &str,
        top: usize,
        filter: FilterWords,
        vectors: Option<&Bound<'_, PyAny>>,
        threads: usize,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<(Table, Table, Table, Table, MatchDocuments)> {
        let mut options = self.options(profile, unit, top, filter)?;
        options.vectors = demand_vectors(demands, vectors)?;
        long_work(py, progress, |watch| {
            let mut tables = MatchTables::new(&self.0);
            let mut matches = Vec::with_capacity(demands.records.len());
            let tell = |done| watch.done.store(done, Ordering::Relaxed);
            let batch = BatchOptions { threads, progress: Some(&tell), cancel: Some(&watch.cancel) };
            let mut demands_in_order = demands.records.iter();
            let outcome = self.0.match_batch(&demands.records, &options, &batch, |matched| {
                let demand = demands_in_order.next().expect("a batch answers each demand once, in order");
                tables.push(demand, &matched)?;
                matches.push(matched);
                Ok(())
            });
            outcome.map_err(engine_error)?;
            let documents = MatchDocuments::new(matches, &demands.records, &self.0)?;
            let (demands, entries, evidence, passages) = tables.finish();
            Ok((demands, entries, evidence, passages, documents))
        })
    }

    /// Why an achievement, or an institution of that id or name, ranks where it does for the first of the demands,
    /// as a JSON object.
    #[pyo3(signature = (demands, with_id, profile, *, filter, vectors))]
    fn explain(
        &self,
        py: Python<'_>,
        demands: &DemandList,
        with_id: &str,
        profile: &RankProfile,
        filter: FilterWords,
        vectors: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<String> {
        let mut options = self.options(profile, "institution", 1, filter)?;
        options.vectors = demand_vectors(demands, vectors)?;
        let Some(demand) = demands.records.first() else {
            return Err(Kind::Input.error("there is no demand to explain"));
        };
        let explanation = long_work(py, None, |_| {
            let explained = match self.0.explain(demand, with_id, &options) {
                Err(unknown @ Error::UnknownId { .. }) => match self.0.institutions().resolve(with_id) {
                    Ok(institution) => self.0.explain(demand, &institution.id, &options),
                    Err(_) => Err(unknown),
                },
                other => other,
            };
            explained.map_err(engine_error)
        })?;
        serde_json::to_string(&explanation).map_err(|error| Kind::Input.error(error.to_string()))
    }
}

impl Matcher {
    fn options(&self, profile: &RankProfile, word: &str, top: usize, filter: FilterWords) -> PyResult<MatchOptions> {
        let (mut chain, mut sub_industry, province, kind, min_maturity) = filter;
        let settled = self.0.catalogue().settle(&mut chain, &mut sub_industry);
        settled.map_err(|problem| Kind::Catalogue.error(problem.to_string()))?;
        let kind = match kind {
            None => None,
            Some(word) => Some(InstitutionKind::from_word(&word).ok_or_else(|| {
                Kind::Input.error(format!("kind should be university (高校) or institute (科研院所), found {word:?}"))
            })?),
        };
        let filter = Filter { chain, sub_industry, province, kind, min_maturity, except: BTreeSet::new() };
        Ok(MatchOptions { unit: unit(word)?, top, filter, profile: profile.0.clone(), ..MatchOptions::default() })
    }
}

/// The rows of a matrix as the vectors of the demands.
fn demand_vectors(demands: &DemandList, rows: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Arc<DemandVectors>>> {
    let Some(rows) = rows else { return Ok(None) };
    let ids = demands.records.iter().map(|demand| demand.id.as_str());
    let vectors = DemandVectors::new(ids, read_vectors(rows)?).map_err(engine_error)?;
    Ok(Some(Arc::new(vectors)))
}
