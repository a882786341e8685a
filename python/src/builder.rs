use crate::catalogue::Catalogue;
use crate::error::{Kind, engine_error};
use crate::institutions::InstitutionList;
use crate::long_work::long_work;
use crate::matcher::Matcher;
use crate::records::AchievementList;
use crate::vectors::vectors as read_vectors;
use duijie::{Achievement, Error};
use pyo3::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Mutex, PoisonError};

/// Writes an index.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct IndexBuilder(Mutex<Writing>);

struct Writing {
    /// `None` once closed.
    builder: Option<duijie::IndexBuilder>,
    /// Its own, as the threads of a process-wide pool do not survive a fork.
    pool: ThreadPool,
}

/// Achievements between two looks at whether to stop.
const CHUNK: usize = 64;

#[pymethods]
impl IndexBuilder {
    /// A new index in a folder, or in memory.
    #[staticmethod]
    #[pyo3(signature = (path, catalogue))]
    fn create(py: Python<'_>, path: Option<PathBuf>, catalogue: &Catalogue) -> PyResult<Self> {
        let catalogue = (*catalogue.0).clone();
        long_work(py, None, |_| {
            Self::over(match path {
                Some(path) => duijie::IndexBuilder::create_in_dir(&path, catalogue),
                None => duijie::IndexBuilder::create_in_ram(catalogue),
            })
        })
    }

    /// An index that there is, to add to it.
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        long_work(py, None, |_| Self::over(duijie::IndexBuilder::open(&path)))
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
                if watch.cancel.load(Ordering::Relaxed) {
                    return Ok(());
                }
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
    fn close(&self, py: Python<'_>) {
        py.detach(|| self.lock().builder = None);
    }
}

impl IndexBuilder {
    fn over(builder: duijie::Result<duijie::IndexBuilder>) -> PyResult<Self> {
        let builder = Some(builder.map_err(engine_error)?);
        let pool = ThreadPoolBuilder::new().build().map_err(|error| Kind::Threads.error(error.to_string()))?;
        Ok(Self(Mutex::new(Writing { builder, pool })))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Writing> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T: Send>(
        &self,
        py: Python<'_>,
        progress: Option<&Bound<'_, PyAny>>,
        work: impl FnOnce(&mut duijie::IndexBuilder, &crate::long_work::Watch) -> PyResult<T> + Send,
    ) -> PyResult<T> {
        long_work(py, progress, |watch| {
            let Writing { builder, pool } = &mut *self.lock();
            match builder {
                Some(builder) => pool.install(|| work(builder, watch)),
                None => Err(Kind::IndexWrite.error("this IndexBuilder is closed; make another with IndexBuilder.open")),
            }
        })
    }
}
