use crate::error::{Kind, engine_error};
use duijie::Month;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;

/// Chains and sub-industries.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct Catalogue(pub(crate) Arc<duijie::Catalogue>);

#[pymethods]
impl Catalogue {
    /// The built-in one.
    #[staticmethod]
    fn builtin() -> Self {
        Self(Arc::default())
    }

    #[staticmethod]
    fn load(path: PathBuf) -> PyResult<Self> {
        Ok(Self(Arc::new(duijie::Catalogue::load(&path).map_err(engine_error)?)))
    }

    /// What `to_json` gave.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let catalogue = serde_json::from_str(text).map_err(|error| Kind::Catalogue.error(error.to_string()))?;
        Ok(Self(Arc::new(catalogue)))
    }

    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.0).map_err(|error| Kind::Catalogue.error(error.to_string()))
    }

    /// Id of the chain of that name.
    fn chain(&self, name: &str) -> Option<String> {
        self.0.chain(name).map(|chain| chain.id.clone())
    }

    /// Ids of the chain and the sub-industry of that name.
    fn sub_industry(&self, name: &str) -> Option<(String, String)> {
        self.0.sub_industry(name).map(|(chain, sub)| (chain.id.clone(), sub.code.clone()))
    }

    /// Id of the chain whose event is on or next.
    fn next_event(&self, year: u16, month: u8) -> Option<String> {
        self.0.next_event(Month { year, month }).map(|chain| chain.id.clone())
    }
}
