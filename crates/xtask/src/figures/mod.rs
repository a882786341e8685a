//! How good the rankings of the test collection are, as tables under version control.

mod collection;
mod folds;
mod hard;
mod inferred;
mod sub_industries;
mod verdict_fit;
mod verdicts;

use crate::workspace::root;
use anyhow::{Context, Result, bail, ensure};
use collection::{Collection, Knowledge, Place, run_of};
use duijie::{AtomicFile, MatchOptions, Unit};
use duijie_eval::{Cell, Measure, Table, evaluate};
use hard::HardAnswers;
use std::io::Write;
use std::path::PathBuf;
use sub_industries::Ranked;
use verdicts::Verdicts;

const MEASURES: [&str; 5] = ["nDCG@10", "R(rel=2)@10", "R(rel=2)@100", "RR", "AP"];

/// What the file says, and the figures in it that must not fall.
pub(crate) struct Figures {
    markdown: String,
    floors: Vec<Floor>,
}

/// A figure and the least that it may be.
struct Floor {
    what: &'static str,
    value: f64,
    least: f64,
}

impl Figures {
    /// Ranks the test collection in every way and evaluates the rankings.
    pub(crate) fn measure() -> Result<Self> {
        let collection = Collection::read()?;
        let hard = HardAnswers::of(&collection);
        let measures = MEASURES.iter().map(|name| name.parse()).collect::<Result<Vec<Measure>, _>>()?;
        let ndcg = measures[0];
        let mut table = Table::new(["run"].into_iter().chain(MEASURES).chain(["hard@10"]), 4);
        let mut folds = Vec::new();
        let mut achievements: Vec<Ranked> = Vec::new();
        let (mut verdicts, mut inferred) = (None, None);
        for (knowledge, name) in KNOWLEDGE {
            let (matcher, options) = (collection.matcher(knowledge)?, collection.options(knowledge)?);
            for (place, where_from) in PLACES {
                for unit in [Unit::Achievement, Unit::Institution] {
                    let rankings = collection.rank(&matcher, &MatchOptions { unit, ..options.clone() }, place)?;
                    let run = run_of(&rankings)?;
                    let (what, qrels, hard) = match unit {
                        Unit::Achievement => ("achievements", &collection.qrels, Cell::Value(hard.share(&run))),
                        Unit::Institution => ("institutions", &collection.institution_qrels, Cell::Blank),
                    };
                    let report = evaluate(&run, qrels, &measures);
                    let values = measures.iter().map(|measure| report.mean(*measure).map_or(Cell::Blank, Cell::Value));
                    let row = Cell::Text(format!("{what}, {name}{where_from}"));
                    table.push([row].into_iter().chain(values).chain([hard]))?;
                    let is_shown = place == Place::Kept || knowledge == Knowledge::Terms;
                    if unit == Unit::Achievement && is_shown {
                        let name = format!("{name}{where_from}");
                        achievements.push(Ranked { name, report, run });
                        if place == Place::Blanked {
                            inferred = Some(inferred::to_table(&collection, &rankings)?);
                        }
                    }
                }
                let name = fold_name(knowledge, place);
                folds.push(folds::held_out(name, &collection, &hard, &matcher, &options, place)?);
            }
            if knowledge == Knowledge::Terms {
                verdicts = Some(Verdicts::measure(&collection, &matcher, &options)?);
            }
        }
        let verdicts = verdicts.context("verdicts are measured with the term base")?;
        let inferred = inferred.context("sub-industries are inferred with the term base")?;
        let recall = achievements[1].report.mean(measures[2]).unwrap_or(0.0);
        let by_default = |ranked: &Ranked| ranked.name.starts_with(DEFAULT);
        let by_sub_industry = sub_industries::to_table(&collection, ndcg, &hard, &achievements, by_default)?;
        let floors = floors(&folds, &verdicts, recall);
        let guarded: Vec<String> =
            floors.iter().map(|floor| format!("- {} ≥ {:.2}\n", floor.what, floor.least)).collect();
        let markdown = format!(
            "# How good the rankings are\n\n\
             `fixtures/collection`, {} judged demands; written by `cargo xtask figures`. nDCG has the gain 2^g − 1; RR and AP\n\
             count every grade above 0. The grade of an institution is the highest among its achievements. hard@10: the\n\
             share of the {} demands with an answer of grade 3 that shares almost no words with them (Jaccard index of the\n\
             character bigrams below 0.04) which have one of these among the first ten.\n\n\
             Without the term base: the default profile over an empty one. Vectors are those of\n\
             multilingual-e5-small (`fixtures/README.md`). Blanked: chain and sub-industry of the demands are taken away.\n\n\
             {}\n\
             ## Held-out demands\n\n\
             Five folds by topic (connected components of the judgments): what the weights of the profile reach on a fifth\n\
             of the topics when they are chosen on the other four, beside the built-in weights.\n\n\
             {}\n\
             ## The verdict \"no credible match\"\n\n\
             The built-in weights were fitted to all of these demands. Held out: each fold with weights fitted to the other four\n\
             (a logistic regression, and a threshold at which 8.5 % of their demands are wrongly given up).\n\n\
             {}\n\
             ## The inferred sub-industry\n\n\
             Of the blanked demands: how often the sub-industry inferred is the one that was taken away.\n\n\
             {}\n\
             ## nDCG@10 and hard@10 of achievements by sub-industry\n\n\
             Without a figure for hard@10: no demand has such an answer.\n\n\
             {}\n\
             ## Floors\n\n\
             `cargo xtask test` fails when a figure differs from this file or falls below its floor:\n\n\
             {}",
            collection.demands.len(),
            hard.demands(),
            table.to_markdown(),
            folds::to_table(&folds)?.to_markdown(),
            verdicts.to_table()?.to_markdown(),
            inferred.to_markdown(),
            by_sub_industry.to_markdown(),
            guarded.concat(),
        );
        Ok(Self { markdown, floors })
    }

    /// The first figure below its floor.
    fn check_floors(&self) -> Result<()> {
        for Floor { what, value, least } in &self.floors {
            ensure!(value >= least, "{what} is {value:.4}, below its floor of {least:.2}");
        }
        Ok(())
    }
}

const DEFAULT: &str = "default profile";
const KNOWLEDGE: [(Knowledge, &str); 3] = [
    (Knowledge::Words, "without the term base"),
    (Knowledge::Terms, DEFAULT),
    (Knowledge::Vectors, "profile with-vectors"),
];

const PLACES: [(Place, &str); 2] = [(Place::Kept, ""), (Place::Blanked, ", blanked")];

/// What a way of ranking is called where it is measured on held-out demands.
fn fold_name(knowledge: Knowledge, place: Place) -> &'static str {
    match (knowledge, place) {
        (Knowledge::Words, Place::Kept) => "without the term base",
        (Knowledge::Words, Place::Blanked) => "without the term base, blanked",
        (Knowledge::Terms, Place::Kept) => "default",
        (Knowledge::Terms, Place::Blanked) => "default, blanked",
        (Knowledge::Vectors, Place::Kept) => "with vectors",
        (Knowledge::Vectors, Place::Blanked) => "with vectors, blanked",
    }
}

fn floors(folds: &[folds::HeldOut], verdicts: &Verdicts, recall: f64) -> Vec<Floor> {
    let mut floors = vec![Floor { what: "R(rel=2)@100 of achievements, default profile", value: recall, least: 0.99 }];
    let held_out = [
        ("default", "nDCG@10 on held-out demands, default", 0.82, "hard@10 on held-out demands, default", 0.85),
        (
            "default, blanked",
            "nDCG@10 on held-out demands, blanked",
            0.74,
            "hard@10 on held-out demands, blanked",
            0.65,
        ),
        (
            "with vectors",
            "nDCG@10 on held-out demands, with vectors",
            0.86,
            "hard@10 on held-out demands, with vectors",
            0.92,
        ),
    ];
    for (name, what, least, what_hard, least_hard) in held_out {
        for fold in folds.iter().filter(|fold| fold.name == name) {
            floors.push(Floor { what, value: folds::mean(&fold.tuned), least });
            floors.push(Floor { what: what_hard, value: fold.tuned_hard, least: least_hard });
        }
    }
    let verdicts = [
        (
            &verdicts.built_in,
            "demands rightly given up, of those without answers",
            "demands not given up, of those with answers",
        ),
        (
            &verdicts.held_out,
            "held-out demands rightly given up, of those without answers",
            "held-out demands not given up, of those with answers",
        ),
    ];
    for (shares, given_up, kept) in verdicts {
        let right = shares.unanswered[0].min(shares.unsolved[0]);
        floors.push(Floor { what: given_up, value: right, least: 0.80 });
        floors.push(Floor { what: kept, value: 1.0 - shares.wrong[0], least: 0.90 });
    }
    floors
}

fn committed_path() -> PathBuf {
    root().join("fixtures/results/collection.md")
}

/// Writes the file, unless a figure is below its floor.
pub(crate) fn write(figures: &Figures) -> Result<()> {
    let path = committed_path();
    print!("{}", figures.markdown);
    figures.check_floors()?;
    std::fs::create_dir_all(path.with_file_name("")).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = AtomicFile::create(&path)?;
    file.write_all(figures.markdown.as_bytes()).with_context(|| format!("cannot write {}", path.display()))?;
    file.commit()?;
    println!("\nwritten to {}", path.display());
    Ok(())
}

/// Holds the figures against the committed file and the floors.
pub(crate) fn check(figures: &Figures) -> Result<()> {
    let path = committed_path();
    let committed = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}; write it with cargo xtask figures", path.display()))?;
    check_against(&committed, figures)
}

fn check_against(committed: &str, figures: &Figures) -> Result<()> {
    figures.check_floors()?;
    let measured = &figures.markdown;
    if let Some((then, now)) = committed.lines().zip(measured.lines()).find(|(then, now)| then != now) {
        bail!(
            "the figures differ from fixtures/results/collection.md:\n  there  {then}\n  now    {now}\n\
             If the change is meant, run cargo xtask figures and commit the file."
        );
    }
    ensure!(committed == *measured, "fixtures/results/collection.md is cut short; run cargo xtask figures");
    println!("the figures are those of fixtures/results/collection.md, and above their floors");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(value: f64) -> Figures {
        let floors = vec![Floor { what: "nDCG@10", value, least: 0.82 }];
        Figures { markdown: format!("# How good\n\n| run | nDCG@10 |\n| default | {value:.4} |\n"), floors }
    }

    #[test]
    fn what_was_written_passes_the_check() {
        let figures = figures(0.9);
        check_against(&figures.markdown, &figures).unwrap();
    }

    #[test]
    fn a_changed_figure_and_a_cut_file_fail_the_check() {
        let figures = figures(0.9);
        let changed = check_against(&figures.markdown.replacen("0.9000", "0.8999", 1), &figures).unwrap_err();
        assert!(changed.to_string().contains("0.8999"), "{changed}");
        let first_lines: String = figures.markdown.lines().take(2).map(|line| format!("{line}\n")).collect();
        assert!(check_against(&first_lines, &figures).is_err());
    }

    #[test]
    fn a_figure_below_its_floor_fails_even_if_it_was_committed() {
        let figures = figures(0.81);
        let fallen = check_against(&figures.markdown, &figures).unwrap_err();
        assert!(fallen.to_string().contains("below its floor"), "{fallen}");
    }
}
