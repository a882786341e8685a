//! What is printed and handed out, and what judges write into it.

use crate::catalogue::Catalogue;
use crate::error::{Kind, engine_error, table_error};
use crate::institutions::InstitutionList;
use crate::long_work::long_work;
use crate::records::{AchievementList, DemandList};
use duijie::{Achievement, Demand, DemandMatch};
use duijie_tables::{
    Audience, Disclosures, Handbook, Holdings, Records, pool, read_judging_workbook, write_handbook_docx,
    write_judging_workbook, write_lists as write_list_files, write_matches_csv, write_matches_jsonl,
    write_matches_xlsx,
};
use pyo3::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

/// Rankings with the records that documents of them show.
#[pyclass(frozen, module = "duijie._duijie")]
pub(crate) struct MatchDocuments {
    matches: Vec<DemandMatch>,
    demands: Arc<Vec<Demand>>,
    holdings: Arc<Holdings>,
}

/// Audience, whether enterprises are masked, and a declaration of one's own.
type AudienceWords = (String, bool, Option<PathBuf>);

fn audience((word, masked, file): AudienceWords) -> PyResult<(Audience, Disclosures)> {
    let audience = Audience::from_word(&word).ok_or_else(|| {
        Kind::Input.error(format!(
            "audience should be 公开 (public), 高校院所 (institutions), 企业 (enterprises) or 工作人员 (staff), found {word:?}"
        ))
    })?;
    let disclosures = match file {
        Some(path) => Disclosures::load(&path).map_err(table_error)?,
        None => Disclosures::default(),
    };
    Ok((audience, if masked { disclosures.masking_enterprises() } else { disclosures }))
}

impl MatchDocuments {
    pub(crate) fn new(matches: Vec<DemandMatch>, demands: &[Demand], matcher: &duijie::Matcher) -> PyResult<Self> {
        let holdings = Holdings::of(&matches, matcher).map_err(engine_error)?;
        Ok(Self { matches, demands: Arc::new(demands.to_vec()), holdings: Arc::new(holdings) })
    }

    fn records(&self) -> Records<'_> {
        self.holdings.records(&self.demands)
    }
}

#[pymethods]
impl MatchDocuments {
    /// The part of some demands.
    fn of_demands(&self, demands: BTreeSet<String>) -> Self {
        let matches = self.matches.iter().filter(|matched| demands.contains(&matched.demand)).cloned().collect();
        Self { matches, demands: self.demands.clone(), holdings: self.holdings.clone() }
    }

    /// Writes 匹配结果 in the format that the ending names: .xlsx, .csv or .jsonl.
    fn write_matches(&self, py: Python<'_>, path: PathBuf, audience_words: AudienceWords) -> PyResult<()> {
        let (audience, disclosures) = audience(audience_words)?;
        let write = match path.extension().and_then(|ending| ending.to_str()) {
            Some("xlsx") => write_matches_xlsx,
            Some("csv") => write_matches_csv,
            Some("jsonl") => write_matches_jsonl,
            _ => {
                let path = path.display();
                return Err(Kind::Input.error(format!("{path}: matches are written as .xlsx, .csv or .jsonl")));
            }
        };
        long_work(py, None, |_| {
            write(&path, &self.matches, &self.records(), audience, &disclosures).map_err(table_error)
        })
    }

    /// Writes a 对接手册; `cover` is title, issuer and date.
    fn write_handbook(
        &self,
        py: Python<'_>,
        path: PathBuf,
        cover: (String, String, String),
        candidates: usize,
        audience_words: AudienceWords,
    ) -> PyResult<()> {
        let (audience, disclosures) = audience(audience_words)?;
        let (title, issuer, date) = cover;
        let handbook = Handbook { title, issuer, date, candidates };
        long_work(py, None, |_| {
            write_handbook_docx(&path, &handbook, &self.matches, &self.records(), audience, &disclosures)
                .map_err(table_error)
        })
    }
}

/// Writes the three published lists into a folder and answers the files.
#[pyfunction]
pub(crate) fn write_lists(
    py: Python<'_>,
    folder: PathBuf,
    demands: &DemandList,
    achievements: &AchievementList,
    institutions: &InstitutionList,
    catalogue: &Catalogue,
    audience_words: AudienceWords,
) -> PyResult<Vec<PathBuf>> {
    let (audience, disclosures) = audience(audience_words)?;
    let (institutions, catalogue) = (institutions.0.clone(), catalogue.0.clone());
    let (demands, achievements) = (&demands.records, &achievements.records);
    long_work(py, None, move |_| {
        std::fs::create_dir_all(&folder)
            .map_err(|source| engine_error(duijie::Error::Write { path: folder.clone(), source: Arc::new(source) }))?;
        let records = Records { catalogue: &catalogue, institutions: &institutions, demands, achievements };
        write_list_files(&folder, &records, audience, &disclosures).map_err(table_error)
    })
}

/// Pools the pairs of some rankings into a workbook for two judges, and answers how many there are.
#[pyfunction]
pub(crate) fn write_judging(
    py: Python<'_>,
    path: PathBuf,
    runs: Vec<Bound<'_, MatchDocuments>>,
    depth: usize,
) -> PyResult<usize> {
    let runs: Vec<&MatchDocuments> = runs.iter().map(Bound::get).collect();
    long_work(py, None, move |_| {
        let rankings: Vec<&[DemandMatch]> = runs.iter().map(|run| run.matches.as_slice()).collect();
        let pairs = pool(&rankings, depth);
        let (mut demands, mut achievements) = (BTreeMap::new(), BTreeMap::new());
        for records in runs.iter().map(|run| run.records()) {
            demands.extend(records.demands.iter().map(|demand| (&demand.id, demand)));
            achievements.extend(records.achievements.iter().map(|achievement| (&achievement.id, achievement)));
        }
        let demands: Vec<Demand> = demands.into_values().cloned().collect();
        let achievements: Vec<Achievement> = achievements.into_values().cloned().collect();
        let Some(first) = runs.first() else { return Err(Kind::Input.error("there are no matches to be judged")) };
        let records = Records { demands: &demands, achievements: &achievements, ..first.records() };
        write_judging_workbook(&path, &pairs, &records).map_err(table_error)?;
        Ok(pairs.len())
    })
}

/// A pair with the grades of both judges, 0–3 where given.
type JudgedPair = (String, String, Option<u8>, Option<u8>);

/// Reads a judged workbook: the pairs, their agreement, qrels, and the report in Chinese.
#[pyfunction]
pub(crate) fn read_judging(py: Python<'_>, path: PathBuf) -> PyResult<(Vec<JudgedPair>, Option<f64>, String, String)> {
    long_work(py, None, move |_| {
        let judged = read_judging_workbook(&path).map_err(table_error)?;
        let pairs = judged.pairs.iter().map(|(pair, [first, second])| {
            let number = |grade: &Option<duijie_tables::Grade>| grade.map(duijie_tables::Grade::number);
            (pair.demand.clone(), pair.achievement.clone(), number(first), number(second))
        });
        Ok((pairs.collect(), judged.weighted_kappa(), judged.qrels(), judged.report()))
    })
}
