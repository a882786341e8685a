use crate::input::{Intakes, Leniency, LexiconOptions, not_among, write_aside};
use crate::render::{ReportOutput, titled};
use anyhow::Result;
use duijie::{Catalogue, RecordReader};
use duijie_event::{ShowcaseOptions, showcase};
use std::path::PathBuf;

/// Choose new technologies and products to show on site: representative, diverse, and of interest to demands
#[derive(clap::Args)]
pub(crate) struct Showcase {
    /// Files of products: .jsonl or .csv
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    products: Vec<PathBuf>,
    /// Files of the demands that may take an interest
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Only products of this chain (id or name), and those of no known chain
    #[arg(long, value_name = "CHAIN")]
    chain: Option<String>,
    /// How many to choose
    #[arg(long, value_name = "N", default_value_t = ShowcaseOptions::default().picks,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    picks: usize,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
    #[command(flatten)]
    output: ReportOutput,
}

impl Showcase {
    pub(crate) fn run(self) -> Result<()> {
        self.output.check()?;
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        let inputs = [&self.products[..], &self.demands];
        if let Some(out) = self.output.path() {
            not_among(out, inputs.concat().iter().map(PathBuf::as_path))?;
        }
        let rejects = self.leniency.rejects(&inputs, self.output.path())?;
        let products = RecordReader::new(&catalogue, self.leniency.strictness()).products(&self.products)?;
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        self.leniency.report("products", &products, &mut intakes.aside);
        let demands = intakes.demands(&self.demands)?;
        write_aside(&intakes.aside, rejects)?;
        let mut chain = self.chain.clone();
        catalogue.settle(&mut chain, &mut None)?;
        let options = ShowcaseOptions { chain, picks: self.picks, ..ShowcaseOptions::default() };
        let lexicon = self.lexicon.lexicon_for(&catalogue)?;
        let found = showcase(&products.records, &demands, &catalogue, &lexicon, &options);
        self.output.write("新技术、新产品推介建议", &found, titled(found.sheets()))
    }
}
