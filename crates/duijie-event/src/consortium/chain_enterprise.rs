use crate::EventError;
use duijie::Catalogue;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::Arc;

/// An enterprise of a chain and where in it it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChainEnterprise {
    /// Its name.
    pub name: String,
    /// Its city.
    pub city: Option<String>,
    /// Chain: id or any name in the catalogue; the id once loaded.
    pub chain: Option<String>,
    /// Sub-industry: code or any name in the catalogue; the code once loaded.
    pub sub_industry: Option<String>,
    /// Where in the chain it stands, if that is known.
    pub chain_position: Option<ChainPosition>,
    /// What it makes or does there.
    pub products: Vec<String>,
}

/// Where in a chain an enterprise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChainPosition {
    /// Materials, components.
    #[serde(rename = "上游", alias = "upstream")]
    Upstream,
    /// The product of the chain.
    #[serde(rename = "中游", alias = "midstream")]
    Midstream,
    /// Use and service.
    #[serde(rename = "下游", alias = "downstream")]
    Downstream,
    /// The enterprise that leads the chain.
    #[serde(rename = "链主", alias = "lead")]
    Lead,
}

impl ChainPosition {
    /// The word that an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Upstream => "上游",
            Self::Midstream => "中游",
            Self::Downstream => "下游",
            Self::Lead => "链主",
        }
    }
}

impl ChainEnterprise {
    /// Loads a file of enterprises, one JSON object a line.
    ///
    /// # Errors
    ///
    /// [`EventError::Read`] or [`EventError::ChainEnterprise`].
    pub fn load(path: &Path, catalogue: &Catalogue) -> Result<Vec<Self>, EventError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| EventError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
        let read = |(line, number): (&str, usize)| {
            let wrong = |problem: String| EventError::ChainEnterprise { path: path.to_owned(), line: number, problem };
            let mut enterprise: Self = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            if enterprise.name.trim().is_empty() {
                return Err(wrong("it has no name".to_owned()));
            }
            let Self { chain, sub_industry, .. } = &mut enterprise;
            catalogue.settle(chain, sub_industry).map_err(|problem| wrong(problem.to_string()))?;
            Ok(enterprise)
        };
        lines.filter(|(line, _)| !line.trim().is_empty()).map(read).collect()
    }
}
