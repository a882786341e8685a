use crate::render::{catalogue_table, print};
use anyhow::Result;
use duijie::Catalogue;
use std::path::PathBuf;

/// Show the chains, sub-industries, offices and event windows
#[derive(clap::Args)]
pub(crate) struct ShowCatalogue {
    /// Another catalogue than the built-in Annex 1; it is checked
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    /// A table for people, or the catalogue's JSON form
    #[arg(long, value_enum, default_value_t = CatalogueFormat::Table)]
    format: CatalogueFormat,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum CatalogueFormat {
    Table,
    Json,
}

impl ShowCatalogue {
    pub(crate) fn run(self) -> Result<()> {
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        match self.format {
            CatalogueFormat::Table => {
                print(format_args!("{}  版本 {}", catalogue.source, catalogue.version))?;
                print(catalogue_table(&catalogue))
            }
            CatalogueFormat::Json => print(serde_json::to_string_pretty(&catalogue)?),
        }
    }
}
