use crate::ranked::SurveyOptions;
use crate::render::{ReportOutput, titled};
use anyhow::{Context, Result};
use duijie_event::{ChainEnterprise, CommonNeedOptions, ConsortiumOptions, common_needs, consortium};
use std::path::PathBuf;

/// Propose the few institutions and enterprises that together cover a listing or a common need
#[derive(clap::Args)]
pub(crate) struct Consortium {
    #[command(flatten)]
    survey: SurveyOptions,
    /// Ids of the 卡脖子 listing or the demands to be covered
    #[arg(long, num_args = 1.., value_name = "ID", required_unless_present = "common_need")]
    demand: Vec<String>,
    /// The common need with this number in the list of duijie gaps, all its demands
    #[arg(long, value_name = "N", conflicts_with = "demand")]
    common_need: Option<usize>,
    /// Most institutions
    #[arg(long, value_name = "N", default_value_t = ConsortiumOptions::default().institutions)]
    institutions: usize,
    /// Most enterprises of the chain, for a 省制造业创新中心
    #[arg(long, value_name = "N", default_value_t = ConsortiumOptions::default().enterprises)]
    enterprises: usize,
    /// The enterprise that leads, always a member [default: the 链主 of --chain-enterprises]
    #[arg(long, value_name = "ENTERPRISE")]
    lead: Option<String>,
    /// Enterprises of the chain (.jsonl: name, city, chain, sub_industry, chain_position, products); positions are
    /// 上游, 中游, 下游 and 链主
    #[arg(long, value_name = "FILE")]
    chain_enterprises: Option<PathBuf>,
    #[command(flatten)]
    output: ReportOutput,
}

impl Consortium {
    pub(crate) fn run(self) -> Result<()> {
        self.output.check()?;
        let surveyed = self.survey.read(self.output.path().as_slice())?;
        let demands = match self.common_need {
            None => self.demand.clone(),
            Some(number) => {
                let survey = surveyed.survey();
                let needs = common_needs(survey.demands, survey.lexicon, &CommonNeedOptions::default());
                let need = number.checked_sub(1).and_then(|at| needs.get(at));
                let count = needs.len();
                need.with_context(|| format!("there is no common need {number}; there are {count}"))?.demands.clone()
            }
        };
        let catalogue = &surveyed.ranked.catalogue;
        let listed = self.chain_enterprises.as_deref().map(|path| ChainEnterprise::load(path, catalogue));
        let options = ConsortiumOptions {
            institutions: self.institutions,
            enterprises: self.enterprises,
            lead_enterprise: self.lead.clone(),
            chain_enterprises: listed.transpose()?.unwrap_or_default(),
            ..ConsortiumOptions::default()
        };
        let found = consortium(&surveyed.survey(), &demands, &options)?;
        self.output.write("创新联合体组建建议", &found, titled(found.sheets()))
    }
}
