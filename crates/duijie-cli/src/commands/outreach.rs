use crate::ranked::SurveyOptions;
use crate::render::{ReportOutput, titled};
use anyhow::Result;
use duijie_event::{outreach, outreach_sheets};

/// List institutions of other provinces by the unmet demand of the own that they could serve
#[derive(clap::Args)]
pub(crate) struct Outreach {
    #[command(flatten)]
    survey: SurveyOptions,
    /// Only so many institutions, those with the most demand [default: all]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    output: ReportOutput,
}

impl Outreach {
    pub(crate) fn run(self) -> Result<()> {
        self.output.check()?;
        let surveyed = self.survey.read(self.output.path().as_slice())?;
        let survey = surveyed.survey();
        survey.check_province()?;
        let mut targets = outreach(&survey);
        targets.truncate(self.top.unwrap_or(usize::MAX));
        self.output.write("“走出去”对接建议", &targets, titled(outreach_sheets(&targets)))
    }
}
