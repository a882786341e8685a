use crate::error::{Kind, engine_error};
use pyo3::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The weights of a ranking.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct RankProfile(pub(crate) Arc<duijie::RankProfile>);

#[pymethods]
impl RankProfile {
    /// The built-in one of that name.
    #[staticmethod]
    fn builtin(name: &str) -> PyResult<Self> {
        let known = || duijie::RankProfile::built_in_names().collect::<Vec<_>>().join(", ");
        let profile = duijie::RankProfile::built_in(name);
        let unknown =
            || Kind::UnknownId.error(format!("there is no built-in profile {name:?}; there are: {}", known()));
        Ok(Self(Arc::new(profile.ok_or_else(unknown)?)))
    }

    #[staticmethod]
    fn load(path: PathBuf) -> PyResult<Self> {
        Ok(Self(Arc::new(duijie::RankProfile::load(&path).map_err(engine_error)?)))
    }

    /// What `to_json` gave, with other values where they were changed.
    #[staticmethod]
    fn from_json(text: &str) -> PyResult<Self> {
        let value: toml::Table = serde_json::from_str(text).map_err(|error| Kind::Profile.error(error.to_string()))?;
        let text = toml::to_string(&value).map_err(|error| Kind::Profile.error(error.to_string()))?;
        let profile = duijie::RankProfile::from_toml(&text, Path::new("the profile")).map_err(engine_error)?;
        Ok(Self(Arc::new(profile)))
    }

    fn to_json(&self) -> PyResult<String> {
        serde_json::to_string(&*self.0).map_err(|error| Kind::Profile.error(error.to_string()))
    }

    fn to_toml(&self) -> PyResult<String> {
        toml::to_string(&*self.0).map_err(|error| Kind::Profile.error(error.to_string()))
    }
}
