use crate::render::print;
use anyhow::{Context, Result};
use duijie::FieldMap;
use duijie_eval::{Measure, Qrels, Randomisation, Report, Run, compare, evaluate, institution_qrels};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Measure rankings against judgments
#[derive(clap::Args)]
pub(crate) struct Eval {
    /// TREC qrels: demand 0 achievement grade
    #[arg(long, value_name = "FILE")]
    qrels: PathBuf,
    /// TREC runs
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    run: Vec<PathBuf>,
    /// A run that the others are compared with: differences, wins/ties/losses, p-values
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Measures by their ir_measures names (nDCG with the gain 2^g - 1)
    #[arg(long, num_args = 1.., default_values = ["nDCG@10", "R(rel=2)@10", "R@100", "RR", "AP"])]
    measures: Vec<Measure>,
    /// The runs rank institutions: judge an institution by the best of its achievements in these files (JSONL)
    #[arg(long, num_args = 1.., value_name = "ACHIEVEMENTS")]
    by_institution: Vec<PathBuf>,
}

/// Sign flips of the randomisation test, and the seed they are drawn with.
const RANDOMISATION: Randomisation = Randomisation { permutations: 10_000, seed: 20_220_908 };

impl Eval {
    pub(crate) fn run(self) -> Result<()> {
        let mut qrels = Qrels::from_path(&self.qrels)?;
        if !self.by_institution.is_empty() {
            let owners = owners(&self.by_institution)?;
            qrels = institution_qrels(&qrels, |id| owners.get(id).map(String::as_str))?;
        }
        let known: HashSet<&str> = qrels.iter().map(|(_, document, _)| document).collect();
        let report = |path: &PathBuf| -> Result<(String, Report)> {
            let run = Run::from_path(path)?;
            let report = evaluate(&run, &qrels, &self.measures);
            if !run.demands().any(|demand| run.ranking(demand).iter().any(|ranked| known.contains(ranked.id.as_str())))
            {
                eprintln!(
                    "{}: none of what it ranks is judged; a run of institutions is measured with --by-institution",
                    path.display()
                );
            }
            let ignored = report.ignored().len();
            if ignored > 0 {
                eprintln!("{}: {ignored} demands are not judged and were ignored", path.display());
            }
            let unanswered = report.unanswered().len();
            if unanswered > 0 {
                eprintln!("{}: {unanswered} judged demands are not answered and count as 0", path.display());
            }
            Ok((run_name(path), report))
        };
        let mut reports = self.baseline.iter().map(&report).collect::<Result<Vec<_>>>()?;
        reports.extend(self.run.iter().map(&report).collect::<Result<Vec<_>>>()?);
        let rows: Vec<(&str, &Report)> = reports.iter().map(|(name, report)| (name.as_str(), report)).collect();
        print(Report::means_table(&rows, 4).to_markdown())?;
        if let (Some(_), [(baseline, first), others @ ..]) = (&self.baseline, rows.as_slice()) {
            for (name, other) in others {
                print(format_args!("\n{name} against {baseline}\n"))?;
                print(compare(first, other, RANDOMISATION)?.to_table(4).to_markdown())?;
            }
        }
        Ok(())
    }
}

fn run_name(path: &Path) -> String {
    path.file_stem().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}

/// The institution of each achievement. The files were checked when they were indexed; here only
/// ids and institutions are read.
fn owners(paths: &[PathBuf]) -> Result<HashMap<String, String>> {
    let mut owners = HashMap::new();
    for path in paths {
        let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
        for (line, number) in text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()) {
            let record: FieldMap = serde_json::from_str(line)
                .with_context(|| format!("{}:{number}: not a JSON object", path.display()))?;
            let field = |name| record.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
            if let (Some(id), Some(institution)) = (field("id"), field("institution")) {
                owners.insert(id, institution);
            }
        }
    }
    Ok(owners)
}
