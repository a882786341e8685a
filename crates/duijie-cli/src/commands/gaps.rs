use crate::ranked::SurveyOptions;
use crate::render::{ReportOutput, titled};
use anyhow::{Result, bail};
use duijie::AtomicFile;
use duijie_event::{CommonNeedOptions, GapOptions, HeatMap, gaps};
use duijie_tables::ColourScale;
use std::io::Write;
use std::path::{Path, PathBuf};

/// List what is missing: demands without a match in the province, achievements nobody asks for, common needs, weak links
#[derive(clap::Args)]
pub(crate) struct Gaps {
    #[command(flatten)]
    survey: SurveyOptions,
    /// The picture of the heat map to write: .svg or .html, complete in itself
    #[arg(long, value_name = "FILE")]
    heat_map: Option<PathBuf>,
    /// Demands at least this much alike (cosine of concepts or of words, 0 to 1) are one need
    #[arg(long, value_name = "COSINE", default_value_t = CommonNeedOptions::default().least_similarity,
          value_parser = share)]
    common_from: f64,
    #[command(flatten)]
    output: ReportOutput,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "give a number from 0 to 1".to_owned())
}

impl Gaps {
    pub(crate) fn run(self) -> Result<()> {
        self.output.check()?;
        let picture: Option<fn(&HeatMap) -> String> = match &self.heat_map {
            None => None,
            Some(path) => Some(match path.extension().and_then(|ending| ending.to_str()) {
                Some("svg") => HeatMap::svg,
                Some("html") => HeatMap::html,
                _ => bail!("{}: a heat map is .svg or .html", path.display()),
            }),
        };
        let written: Vec<&Path> = self.output.path().into_iter().chain(self.heat_map.as_deref()).collect();
        let surveyed = self.survey.read(&written)?;
        let common_needs = CommonNeedOptions { least_similarity: self.common_from };
        let report = gaps(&surveyed.survey(), &[], &GapOptions { common_needs, ..GapOptions::default() })?;
        if let (Some(path), Some(picture)) = (&self.heat_map, picture) {
            let mut file = AtomicFile::create(path)?;
            file.write_all(picture(&report.heat_map).as_bytes())?;
            file.commit()?;
        }
        let mut tables = titled(report.sheets());
        for table in tables.iter_mut().filter(|table| table.title == HeatMap::TITLE) {
            let columns = HeatMap::FIRST_SHARE..;
            table.scales = columns.zip(HeatMap::COLOURS).map(|(column, full)| ColourScale { column, full }).collect();
        }
        self.output.write("产业链供需缺口分析", &report, tables)
    }
}
