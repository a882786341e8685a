use crate::audience::AudienceOptions;
use crate::batch::Batch;
use anyhow::Result;
use duijie::Unit;
use duijie_tables::{Audience, Handbook, Holdings, write_handbook_docx};
use std::path::PathBuf;

/// Write a 对接手册 (.docx): every demand with its institutions and the reasons, every institution with its invitations
///
/// For 工作人员, if no --audience is named.
#[derive(clap::Args)]
pub(crate) struct WriteHandbook {
    #[command(flatten)]
    batch: Batch,
    /// Institutions for each demand at most
    #[arg(long, default_value_t = 5, value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    top: usize,
    /// The file to write (.docx)
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The title on the cover [default: 产学研精准对接手册, with the chain of --event]
    #[arg(long)]
    title: Option<String>,
    /// Who hands it out, on the cover
    #[arg(long, default_value = "山东省工业和信息化厅")]
    issuer: String,
    /// The date on the cover, in words [default: this month, as 2023年4月]
    #[arg(long)]
    date: Option<String>,
    #[command(flatten)]
    audience: AudienceOptions,
}

impl WriteHandbook {
    pub(crate) fn run(self) -> Result<()> {
        let (audience, disclosures) = self.audience.settle(Audience::Staff)?;
        let prepared = self.batch.prepare(Some(&self.out), Unit::Institution, self.top)?;
        let matches = prepared.matches()?;
        let holdings = Holdings::of(&matches, &prepared.matcher)?;
        let records = holdings.records(&prepared.demands);
        let chain = prepared.chain.as_ref().map_or("", |chain| chain.name.as_str());
        let today = jiff::Zoned::now();
        let handbook = Handbook {
            title: self.title.unwrap_or_else(|| format!("{chain}产学研精准对接手册")),
            issuer: self.issuer,
            date: self.date.unwrap_or_else(|| format!("{}年{}月", today.year(), today.month())),
            candidates: self.top,
        };
        write_handbook_docx(&self.out, &handbook, &matches, &records, audience, &disclosures)?;
        eprintln!("the handbook of {} demands is {} ({})", matches.len(), self.out.display(), audience.chinese());
        Ok(())
    }
}
