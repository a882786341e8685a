use crate::input::{Intakes, Leniency, not_among, write_aside};
use crate::progress;
use anyhow::{Result, bail};
use duijie::{Catalogue, Institutions};
use duijie_encoder::{
    CachedEncoder, EncodeOptions, LocalEncoder, ModelOptions, Prefixes, TextEncoder, TextRole, VectorFile, Vectors,
};
use std::path::PathBuf;

/// Encode records with a model from a local folder
///
/// Writes the vectors (.npy, float32, one row a record), and beside them their ids (.ids) and which encoder made them
/// (.encoder, by which vectors of another are refused), as `index --achievement-vectors` and `match --demand-vectors` take them. The folder is one in the layout of
/// Hugging Face (config.json, tokenizer.json, model.safetensors) of a BERT or XLM-RoBERTa encoder, such as
/// bge-small-zh or multilingual-e5-small; nothing is downloaded.
#[derive(clap::Args)]
#[command(group = clap::ArgGroup::new("records").required(true).args(["demands", "achievements"]))]
pub(crate) struct Encode {
    /// The folder of the model
    #[arg(long, value_name = "DIR")]
    model: PathBuf,
    /// Files of demands, encoded as queries
    #[arg(long, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// Files of achievements, encoded as passages
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "institutions")]
    achievements: Vec<PathBuf>,
    /// Files of the institutions that the achievements name
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "achievements")]
    institutions: Vec<PathBuf>,
    /// The file of vectors to write
    #[arg(long, value_name = "FILE.npy")]
    out: PathBuf,
    /// What is put before the texts, where the model's folder does not say
    #[arg(long, value_enum)]
    prefixes: Option<PrefixName>,
    /// Tokens at which a text is cut [default: what the model was made for]
    #[arg(long, value_name = "N")]
    max_tokens: Option<usize>,
    /// A folder that keeps the vectors of texts by their content, so that each text is encoded once
    #[arg(long, value_name = "DIR")]
    cache: Option<PathBuf>,
    /// Threads, at most 256 [default: all cores]
    #[arg(long, default_value_t = 0, hide_default_value = true,
          value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(0..=256))]
    threads: usize,
    #[command(flatten)]
    leniency: Leniency,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum PrefixName {
    None,
    E5,
    BgeZh,
}

impl PrefixName {
    fn prefixes(self) -> Prefixes {
        match self {
            Self::None => Prefixes::default(),
            Self::E5 => Prefixes::e5(),
            Self::BgeZh => Prefixes::bge_zh(),
        }
    }
}

impl Encode {
    pub(crate) fn run(self) -> Result<()> {
        if self.out.extension().is_none_or(|ending| ending != "npy") {
            bail!("{} should end in .npy", self.out.display());
        }
        let inputs = [&self.demands, &self.achievements, &self.institutions].into_iter().flatten();
        not_among(&self.out, inputs.map(PathBuf::as_path))?;
        let (ids, texts, role) = self.texts()?;
        let prefixes = self.prefixes.map(PrefixName::prefixes);
        let options = ModelOptions { prefixes, max_tokens: self.max_tokens, ..ModelOptions::default() };
        let encoder = LocalEncoder::open(&self.model, &options)?;
        let fingerprint = encoder.fingerprint().to_owned();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors = match &self.cache {
            Some(folder) => self.encode(&CachedEncoder::open(encoder, folder)?, &texts, role)?,
            None => self.encode(&encoder, &texts, role)?,
        };
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        VectorFile::write(&self.out, &vectors, Some(&ids))?;
        VectorFile::name_encoder(&self.out, &fingerprint)?;
        eprintln!("{} vectors of width {} in {}", vectors.rows(), vectors.width(), self.out.display());
        Ok(())
    }

    fn encode(&self, encoder: &impl TextEncoder, texts: &[&str], role: TextRole) -> Result<Vectors> {
        let cancel = progress::cancel_on_interrupt()?;
        let bar = progress::bar(texts.len(), "encoding");
        let report = |done| bar.set_position(done as u64);
        let options = EncodeOptions { threads: self.threads, progress: Some(&report), cancel: Some(cancel) };
        let vectors = encoder.encode(texts, role, &options);
        bar.finish_and_clear();
        Ok(vectors?)
    }

    /// The ids and texts of the records, and what they are to the model.
    fn texts(&self) -> Result<(Vec<String>, Vec<String>, TextRole)> {
        let catalogue = Catalogue::default();
        let rejects = self.leniency.rejects(&[&self.demands, &self.achievements], Some(&self.out))?;
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        let (ids, texts, role) = if self.achievements.is_empty() {
            let demands = intakes.demands(&self.demands)?.into_iter();
            let (ids, texts) = demands.map(|demand| (demand.id.clone(), demand.text())).unzip();
            (ids, texts, TextRole::Query)
        } else {
            let institutions = Institutions::new(intakes.institutions(&self.institutions)?)?;
            let achievements = intakes.achievements(&self.achievements, &institutions)?.into_iter();
            let (ids, texts) = achievements.map(|achievement| (achievement.id.clone(), achievement.text())).unzip();
            (ids, texts, TextRole::Passage)
        };
        write_aside(&intakes.aside, rejects)?;
        Ok((ids, texts, role))
    }
}
