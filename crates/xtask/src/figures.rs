//! How good the rankings of the test collection are, as a table under version control.

use crate::workspace::{collection, root};
use anyhow::{Context, Result, bail, ensure};
use duijie::{
    AtomicFile, BatchOptions, Catalogue, Demand, Institutions, MatchOptions, Matcher, RecordReader, Strictness, Unit,
};
use duijie_eval::{Measure, Qrels, Report, Run, evaluate, institution_qrels};
use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

const MEASURES: [&str; 5] = ["nDCG@10", "R(rel=2)@10", "R(rel=2)@100", "RR", "AP"];

const AS_THEY_ARE: &str = "achievements, demands as they are";
const BLANKED: &str = "achievements, chain and sub-industry of the demands blanked";

/// What each row of the table ranks, and whether the demands keep their chain and sub-industry.
const ROWS: [(&str, Unit, Place); 4] = [
    (AS_THEY_ARE, Unit::Achievement, Place::Kept),
    (BLANKED, Unit::Achievement, Place::Blanked),
    ("institutions, demands as they are", Unit::Institution, Place::Kept),
    ("institutions, chain and sub-industry of the demands blanked", Unit::Institution, Place::Blanked),
];

/// Below these the check fails. A good text search reaches 0.70 and 0.59; the term base makes the rest.
const FLOORS: [(&str, &str, f64); 3] =
    [(AS_THEY_ARE, "nDCG@10", 0.82), (AS_THEY_ARE, "R(rel=2)@100", 0.99), (BLANKED, "nDCG@10", 0.74)];

/// Longer than any list of judged achievements reaches down.
const DEPTH: usize = 1000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Kept,
    Blanked,
}

/// A row of figures for each way of ranking the test collection.
pub(crate) struct Figures {
    rows: Vec<(&'static str, Report)>,
}

impl Figures {
    /// Ranks the test collection and evaluates the rankings.
    pub(crate) fn measure() -> Result<Self> {
        let catalogue = Catalogue::default();
        let reader = RecordReader::new(&catalogue, Strictness::Strict);
        let institutions = reader.institutions(&[collection("institutions.jsonl")])?.records;
        let known = Institutions::new(institutions.clone())?;
        let achievements = reader.achievements(&[collection("achievements.jsonl")], &known)?.records;
        let demands = reader.demands(&[collection("demands.jsonl")])?.records;
        let owners: HashMap<String, String> = achievements
            .iter()
            .filter_map(|achievement| Some((achievement.id.clone(), achievement.institution.clone()?)))
            .collect();
        let qrels = Qrels::from_path(collection("qrels.txt"))?;
        let by_institution = institution_qrels(&qrels, |id| owners.get(id).map(String::as_str))?;
        let matcher = Matcher::from_records(catalogue, institutions, achievements)?;
        let measures = MEASURES.iter().map(|name| name.parse()).collect::<Result<Vec<Measure>, _>>()?;
        let mut rows = Vec::new();
        for (name, unit, place) in ROWS {
            let run = rank(&matcher, &demands, unit, place)?;
            let qrels = if unit == Unit::Institution { &by_institution } else { &qrels };
            rows.push((name, evaluate(&run, qrels, &measures)));
        }
        Ok(Self { rows })
    }

    /// The committed file.
    fn to_markdown(&self) -> String {
        let rows: Vec<(&str, &Report)> = self.rows.iter().map(|(name, report)| (*name, report)).collect();
        let demands = self.rows.first().map_or(0, |(_, report)| report.demands().len());
        format!(
            "# How good the rankings are\n\n\
             `fixtures/collection`, {demands} judged demands, the built-in rank profile; written by `cargo xtask figures`.\n\
             nDCG has the gain 2^g − 1; RR and AP count every grade above 0. The grade of an institution is the highest\n\
             among its achievements. `cargo xtask test` fails when a figure differs from this table or falls below its floor.\n\n\
             {}\n\
             Floors: {}.\n",
            Report::means_table(&rows, 4).to_markdown(),
            FLOORS.map(|(row, measure, floor)| format!("{measure} ≥ {floor:.2} ({row})")).join("; "),
        )
    }

    /// The first figure below its floor.
    fn check_floors(&self) -> Result<()> {
        for (row, measure, floor) in FLOORS {
            let report = self.rows.iter().find(|(name, _)| *name == row).map(|(_, report)| report);
            let mean = report.and_then(|report| report.mean(measure.parse().ok()?));
            let mean = mean.with_context(|| format!("{measure} of {row} was not measured"))?;
            ensure!(mean >= floor, "{measure} of {row} is {mean:.4}, below its floor of {floor:.2}");
        }
        Ok(())
    }
}

fn rank(matcher: &Matcher, demands: &[Demand], unit: Unit, place: Place) -> Result<Run> {
    let mut demands = demands.to_vec();
    if place == Place::Blanked {
        for demand in &mut demands {
            (demand.chain, demand.sub_industry) = (None, None);
        }
    }
    let options = MatchOptions { unit, top: DEPTH, ..MatchOptions::default() };
    let mut rankings = Vec::new();
    matcher.match_batch(&demands, &options, &BatchOptions::default(), |matched| {
        rankings.push(matched);
        Ok(())
    })?;
    let mut run = Run::new(&options.profile.name)?;
    for matched in &rankings {
        run.push_ranking(&matched.demand, matched.ranking.entries())?;
    }
    Ok(run)
}

fn committed_path() -> PathBuf {
    root().join("fixtures/results/collection.md")
}

/// Writes the table, unless a figure is below its floor.
pub(crate) fn write(figures: &Figures) -> Result<()> {
    let (path, markdown) = (committed_path(), figures.to_markdown());
    print!("{markdown}");
    figures.check_floors()?;
    std::fs::create_dir_all(path.with_file_name("")).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = AtomicFile::create(&path)?;
    file.write_all(markdown.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    file.commit()?;
    println!("\nwritten to {}", path.display());
    Ok(())
}

/// Holds the figures against the committed table and the floors.
pub(crate) fn check(figures: &Figures) -> Result<()> {
    let path = committed_path();
    let committed = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}; write it with cargo xtask figures", path.display()))?;
    check_against(&committed, figures)
}

fn check_against(committed: &str, figures: &Figures) -> Result<()> {
    figures.check_floors()?;
    let measured = figures.to_markdown();
    if let Some((then, now)) = committed.lines().zip(measured.lines()).find(|(then, now)| then != now) {
        bail!(
            "the figures differ from fixtures/results/collection.md:\n  there  {then}\n  now    {now}\n\
             If the change is meant, run cargo xtask figures and commit the file."
        );
    }
    ensure!(committed == measured, "fixtures/results/collection.md is cut short; run cargo xtask figures");
    print!("{measured}");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of rankings that put `answer` first for the one demand there is.
    fn figures(answer: &str) -> Figures {
        let mut qrels = Qrels::new();
        qrels.insert("D1", "good", 3).unwrap();
        let mut run = Run::new("test").unwrap();
        run.push_order("D1", [answer]).unwrap();
        let measures = MEASURES.map(|name| name.parse().unwrap());
        Figures { rows: ROWS.map(|(name, ..)| (name, evaluate(&run, &qrels, &measures))).to_vec() }
    }

    #[test]
    fn what_was_written_passes_the_check() {
        let figures = figures("good");
        check_against(&figures.to_markdown(), &figures).unwrap();
    }

    #[test]
    fn a_changed_figure_and_a_cut_table_fail_the_check() {
        let figures = figures("good");
        let committed = figures.to_markdown();
        let changed = check_against(&committed.replacen("1.0000", "0.9999", 1), &figures).unwrap_err();
        assert!(changed.to_string().contains("0.9999"), "{changed}");
        let first_lines: String = committed.lines().take(4).map(|line| format!("{line}\n")).collect();
        assert!(check_against(&first_lines, &figures).is_err());
    }

    #[test]
    fn a_figure_below_its_floor_fails_even_if_it_was_committed() {
        let figures = figures("bad");
        let fallen = check_against(&figures.to_markdown(), &figures).unwrap_err();
        assert!(fallen.to_string().contains("below its floor"), "{fallen}");
    }
}
