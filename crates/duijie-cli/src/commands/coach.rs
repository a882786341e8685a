use crate::input::{Intakes, Leniency, LexiconOptions, not_among, write_aside};
use crate::progress;
use crate::render::{print, proposals_report};
use anyhow::{Result, ensure};
use duijie::{Catalogue, Institutions};
use duijie_coach::{Change, CoachOptions, Trial, coach};
use duijie_eval::Qrels;
use std::path::PathBuf;

/// Propose words and pairs of terms for the term base, with their evidence and what they would change
///
/// Nothing is adopted: the file written with --out is for you to edit and to give to --terms.
#[derive(clap::Args)]
pub(crate) struct Coach {
    /// Files of achievements: .jsonl, .csv, and official tables (.xlsx, .xls, .ods, .docx, .html), also folders and
    /// patterns; - is standard input (JSONL)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    achievements: Vec<PathBuf>,
    /// Files of institutions
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    institutions: Vec<PathBuf>,
    /// Files of demands, likewise
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    demands: Vec<PathBuf>,
    /// TREC qrels (demand 0 achievement grade): more proposals, and what each kind does to the figures
    #[arg(long, value_name = "FILE")]
    qrels: Option<PathBuf>,
    /// How often a word or pair must occur at least
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = at_least_two)]
    min_count: usize,
    /// The longest list of each kind
    #[arg(long, value_name = "N", default_value_t = 30)]
    top: usize,
    /// The term file to write: shared.tsv for terms of all sub-industries, or named after the code of one
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Chinese text for people, or JSON
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    /// Another catalogue than the built-in Annex 1
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
    #[command(flatten)]
    lexicon: LexiconOptions,
    #[command(flatten)]
    leniency: Leniency,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum ReportFormat {
    Text,
    Json,
}

fn at_least_two(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| *count > 1);
    count.ok_or_else(|| "give a whole number from 2 on; what occurs once recurs nowhere".to_owned())
}

impl Coach {
    pub(crate) fn run(self) -> Result<()> {
        let catalogue = match &self.catalogue {
            Some(path) => Catalogue::load(path)?,
            None => Catalogue::default(),
        };
        if let Some(out) = &self.out {
            catalogue.check_term_file(out)?;
        }
        let qrels = self.qrels.as_ref().map(Qrels::from_path).transpose()?;
        let inputs = [&self.achievements[..], &self.institutions, &self.demands];
        if let Some(out) = &self.out {
            not_among(out, inputs.concat().iter().map(PathBuf::as_path))?;
        }
        let aside = self.leniency.rejects(&inputs, self.out.as_deref())?;
        let mut intakes = Intakes::new(&self.leniency, &catalogue);
        let institutions = Institutions::new(intakes.institutions(&self.institutions)?)?;
        let achievements = intakes.achievements(&self.achievements, &institutions)?;
        let demands = intakes.demands(&self.demands)?;
        write_aside(&intakes.aside, aside)?;
        for (records, what) in [(demands.len(), "demand"), (achievements.len(), "achievement")] {
            ensure!(records > 0, "the files given hold no {what}; the coach compares demands with achievements");
        }

        let lexicon = self.lexicon.lexicon_for(&catalogue)?;
        let terms = lexicon.concepts().terms();
        let options = CoachOptions { min_count: self.min_count, top: self.top };
        let proposals = coach(&demands, &achievements, qrels.as_ref(), terms, &options);
        let mut changes: Option<Vec<Change>> = None;
        if let Some(qrels) = &qrels {
            let (catalogue, institutions) = (&catalogue, &institutions);
            let trial = Trial { catalogue, institutions, achievements: &achievements, demands: &demands, qrels, terms };
            let bar = progress::bar(Trial::rounds(&proposals), "measuring");
            let measured = trial.measure(&proposals, &|done| bar.set_position(done as u64));
            bar.finish_and_clear();
            changes = Some(measured?);
        }
        match self.format {
            ReportFormat::Text => {
                let report = proposals_report(&proposals, changes.as_deref(), demands.len(), achievements.len());
                print(report.trim_end_matches('\n'))?;
            }
            ReportFormat::Json => {
                let report = serde_json::json!({
                    "demands": demands.len(),
                    "achievements": achievements.len(),
                    "proposals": proposals,
                    "changes": changes,
                });
                print(serde_json::to_string_pretty(&report)?)?;
            }
        }
        if let Some(out) = &self.out {
            proposals.write_term_file(out, terms)?;
            eprintln!("the proposals are in {}; edit the file, then give it to --terms", out.display());
        }
        Ok(())
    }
}
