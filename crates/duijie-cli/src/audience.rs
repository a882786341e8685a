//! Whom a document is for.

use anyhow::Result;
use duijie_tables::{Audience, Disclosures};
use std::path::PathBuf;

/// Whom the documents are for, which decides on the fields shown in them.
#[derive(clap::Args)]
pub(crate) struct AudienceOptions {
    /// Whom it is written for: 公开 (public), 高校院所 (institutions), 企业 (enterprises) or 工作人员 (staff)
    #[arg(long, value_parser = audience)]
    audience: Option<Audience>,
    /// Another declaration (TOML) of the fields that each audience may see
    #[arg(long, value_name = "FILE")]
    disclosures: Option<PathBuf>,
    /// Veil the names of enterprises (威海某企业), whatever the declaration says
    #[arg(long)]
    mask_enterprises: bool,
}

fn audience(word: &str) -> Result<Audience, String> {
    Audience::from_word(word)
        .ok_or_else(|| "give 公开 (public), 高校院所 (institutions), 企业 (enterprises) or 工作人员 (staff)".to_owned())
}

impl AudienceOptions {
    /// Whether any of it was asked for.
    pub(crate) fn is_given(&self) -> bool {
        self.audience.is_some() || self.disclosures.is_some() || self.mask_enterprises
    }

    /// The audience, `otherwise` if none was named, and what it may see.
    pub(crate) fn settle(&self, otherwise: Audience) -> Result<(Audience, Disclosures)> {
        let disclosures = match &self.disclosures {
            Some(path) => Disclosures::load(path)?,
            None => Disclosures::default(),
        };
        let disclosures = if self.mask_enterprises { disclosures.masking_enterprises() } else { disclosures };
        Ok((self.audience.unwrap_or(otherwise), disclosures))
    }
}
