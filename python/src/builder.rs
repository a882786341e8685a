use crate::catalogue::Catalogue;
use crate::error::{Kind, engine_error};
use crate::institutions::InstitutionList;
use crate::long_work::{Watch, long_work, own_threads, watched_work};
use crate::matcher::Matcher;
use crate::records::AchievementList;
use crate::vectors::vectors as read_vectors;
use duijie::{Achievement, Error, Lexicon};
use pyo3::prelude::*;
use rayon::ThreadPool;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Writes an index.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct IndexBuilder {
    /// `None` once closed.
    writing: Mutex<Option<Writing>>,
    cancel: Arc<AtomicBool>,
    /// The process that its threads are of.
    process: u32,
}

struct Writing {
    builder: duijie::IndexBuilder,
    pool: ThreadPool,
}

/// Achievements between two looks at how far it is.
const CHUNK: usize = 64;

#[pymethods]
impl IndexBuilder {
    /// A new index in a folder, or in memory.
    #[staticmethod]
    #[pyo3(signature = (path, catalogue, terms))]
    fn create(py: Python<'_>, path: Option<PathBuf>, catalogue: &Catalogue, terms: Vec<PathBuf>) -> PyResult<Self> {
        let catalogue = (*catalogue.0).clone();
        let create = || {
            let lexicon = Lexicon::with_term_files(&terms)?;
            match path {
                Some(path) => duijie::IndexBuilder::create_in_dir_with(&path, catalogue, lexicon),
                None => duijie::IndexBuilder::create_in_ram_with(catalogue, lexicon),
            }
        };
        long_work(py, None, |_| Self::over(own_threads()?.install(create)))
    }

    /// An index that there is, to add to it.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf, terms: Vec<PathBuf>) -> PyResult<Self> {
        let open = || duijie::IndexBuilder::open_with(&path, Lexicon::with_term_files(&terms)?);
        long_work(py, None, |_| Self::over(own_threads()?.install(open)))
    }

    fn catalogue(&self, py: Python<'_>) -> PyResult<Catalogue> {
        self.with(py, None, |builder, _| Ok(Catalogue(builder.catalogue().clone().into())))
    }

    fn institutions(&self, py: Python<'_>) -> PyResult<InstitutionList> {
        self.with(py, None, |builder, _| Ok(InstitutionList(builder.institutions().clone().into())))
    }

    fn set_institutions(&self, py: Python<'_>, institutions: &InstitutionList) -> PyResult<()> {
        let institutions = institutions.0.clone();
        self.with(py, None, |builder, _| builder.set_institutions((*institutions).clone()).map_err(engine_error))
    }

    #[pyo3(signature = (achievements, vectors, progress))]
    fn add(
        &self,
        py: Python<'_>,
        achievements: &AchievementList,
        vectors: Option<&Bound<'_, PyAny>>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let achievements: &[Achievement] = &achievements.records;
        let vectors = vectors.map(read_vectors).transpose()?;
        if let Some(vectors) = &vectors
            && vectors.rows() != achievements.len()
        {
            let (vectors, records) = (vectors.rows(), achievements.len());
            return Err(engine_error(Error::VectorCount { kind: "achievements", vectors, records }));
        }
        self.with(py, progress, |builder, watch| {
            let mut first = 0;
            for chunk in achievements.chunks(CHUNK) {
                let rows: Vec<usize> = (first..first + chunk.len()).collect();
                match &vectors {
                    Some(vectors) => builder.add_all_encoded(chunk.to_vec(), &vectors.select(&rows)),
                    None => builder.add_all(chunk.to_vec()),
                }
                .map_err(engine_error)?;
                first += chunk.len();
                watch.done.fetch_add(chunk.len(), Ordering::Relaxed);
            }
            Ok(())
        })
    }

    fn delete(&self, py: Python<'_>, ids: Vec<String>) -> PyResult<()> {
        self.with(py, None, |builder, _| {
            ids.iter().for_each(|id| builder.delete(id));
            Ok(())
        })
    }

    fn commit(&self, py: Python<'_>) -> PyResult<()> {
        self.with(py, None, |builder, _| builder.commit().map_err(engine_error))
    }

    fn matcher(&self, py: Python<'_>) -> PyResult<Matcher> {
        self.with(py, None, |builder, _| builder.matcher().map(Matcher).map_err(engine_error))
    }

    /// Lets go of the folder; what was not committed is forgotten.
    fn close(&self, py: Python<'_>) -> PyResult<()> {
        self.check_process()?;
        py.detach(|| drop(self.lock().take()));
        Ok(())
    }
}

impl IndexBuilder {
    fn over(builder: duijie::Result<duijie::IndexBuilder>) -> PyResult<Self> {
        let builder = builder.map_err(engine_error)?;
        let cancel = builder.cancel_flag();
        let writing = Writing { builder, pool: own_threads()? };
        Ok(Self { writing: Mutex::new(Some(writing)), cancel, process: std::process::id() })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Writing>> {
        self.writing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// In a forked process a builder has no threads, and its lock may be held by one that is not there.
    fn check_process(&self) -> PyResult<()> {
        if self.process == std::process::id() {
            return Ok(());
        }
        Err(Kind::IndexWrite
            .error("this IndexBuilder is of the process before the fork; use it there, or make one here"))
    }

    /// Does `work`; an interruption forgets what was not committed and closes the builder.
    fn with<T: Send>(
        &self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        work: impl FnOnce(&mut duijie::IndexBuilder, &Watch) -> PyResult<T> + Send,
    ) -> PyResult<T> {
        self.check_process()?;
        let watch = Watch { cancel: self.cancel.clone(), done: AtomicUsize::new(0) };
        watched_work(py, progress, &watch, |watch| {
            let mut place = self.lock();
            close_if(watch, &mut place);
            let Some(Writing { builder, pool }) = place.as_mut() else {
                return Err(Kind::IndexWrite.error("this IndexBuilder is closed; make another with IndexBuilder.open"));
            };
            let outcome = pool.install(|| work(builder, watch));
            close_if(watch, &mut place);
            outcome
        })
    }
}

/// A builder that was interrupted does nothing more.
fn close_if(watch: &Watch, place: &mut Option<Writing>) {
    if watch.cancel.load(Ordering::Relaxed) {
        drop(place.take());
    }
}

impl Drop for IndexBuilder {
    fn drop(&mut self) {
        if self.process != std::process::id() {
            // Its threads are not here to be joined.
            let writing = self.writing.get_mut().unwrap_or_else(PoisonError::into_inner);
            std::mem::forget(writing.take());
        }
    }
}
