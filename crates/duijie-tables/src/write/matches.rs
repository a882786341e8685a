use super::fields::is_of_a_list;
use super::grid::{Grid, GridColumn, GridRow};
use super::matched_text::{demand_field, disclosed_indicators, disclosed_passages, parts_text, verdict_text};
use super::records::ById;
use super::veil::Veil;
use super::workbook::{Formats, save, sheet_name, write_grid};
use super::{Audience, Disclosures, Records, put, spreadsheet_cell};
use crate::{Result, TableError};
use duijie::{
    Achievement, AchievementMatch, DemandMatch, Indicator, InstitutionMatch, Parts, Passage, Ranking, Verdict,
};
use std::path::Path;

/// One candidate of one demand, institution and achievement together.
struct Candidate<'a> {
    rank: usize,
    score: f64,
    parts: &'a Parts,
    institution: String,
    achievement: Option<&'a Achievement>,
    passages: &'a [Passage],
    indicators: &'a [Indicator],
}

fn candidates<'a>(matched: &'a DemandMatch, records: &Records<'a>, by_id: &ById<'a>) -> Result<Vec<Candidate<'a>>> {
    match &matched.ranking {
        Ranking::Institutions(list) => {
            let candidate = |entry: &'a InstitutionMatch| {
                let best = entry.evidence.first();
                Ok(Candidate {
                    rank: entry.rank,
                    score: entry.score,
                    parts: &entry.parts,
                    institution: records.institution_name(&entry.institution),
                    achievement: best.map(|best| by_id.achievement(&best.achievement)).transpose()?,
                    passages: best.map_or(&[], |best| &best.passages),
                    indicators: best.map_or(&[], |best| &best.indicators),
                })
            };
            list.iter().map(candidate).collect()
        }
        Ranking::Achievements(list) => {
            let candidate = |entry: &'a AchievementMatch| {
                let achievement = by_id.achievement(&entry.achievement)?;
                Ok(Candidate {
                    rank: entry.rank,
                    score: entry.score,
                    parts: &entry.parts,
                    institution: records.achievement_field(achievement, "institution"),
                    achievement: Some(achievement),
                    passages: &entry.passages,
                    indicators: &entry.indicators,
                })
            };
            list.iter().map(candidate).collect()
        }
    }
}

/// Headings and widths of the fields of matches.
fn heading(field: &str) -> (&str, u16) {
    match field {
        "demand_id" => ("需求编号", 13),
        "demand" => ("技术需求名称", 24),
        "enterprise" => ("企业名称", 16),
        "verdict" => ("结论", 9),
        "rank" => ("名次", 6),
        "institution" => ("推荐高校院所", 16),
        "achievement" => ("依据成果", 26),
        "score" => ("得分", 8),
        "parts" => ("得分构成", 18),
        "passage" => ("相关内容", 44),
        "inferred_sub_industry" => ("推断细分行业", 14),
        "indicators" => ("指标满足情况", 30),
        "home_candidate" => ("省内候选", 14),
        "maturity" => ("技术成熟度", 8),
        "contact_blank" => ("对接联系人（填写）", 14),
        other => (other, 16),
    }
}

/// Fields that a batch may know nothing of; a workbook, which is printed, then has no column for them.
const WHERE_THERE_ARE_ANY: [&str; 3] = ["inferred_sub_industry", "indicators", "home_candidate"];

/// The rows of the matches that are shown, with the fields declared. The ranking of a demand
/// without credible match is not shown to outsiders as if it were one: it has one row that says so.
fn grid(matches: &[DemandMatch], records: &Records<'_>, audience: Audience, disclosures: &Disclosures) -> Result<Grid> {
    let disclosure = disclosures.of(audience);
    let veil = Veil::new(disclosure, records.demands, records.achievements);
    let columns = disclosure.matches.iter().map(|field| {
        let (heading, width) = heading(field);
        GridColumn { field: field.clone(), heading: heading.to_owned(), width }
    });
    let mut grid = Grid { columns: columns.collect(), rows: Vec::new() };
    let by_id = records.by_id();
    for matched in matches {
        let demand = by_id.demand(&matched.demand)?;
        let mut rows: Vec<Option<Candidate<'_>>> =
            candidates(matched, records, &by_id)?.into_iter().map(Some).collect();
        if rows.is_empty() || (matched.verdict == Verdict::NoCredibleMatch && audience != Audience::Staff) {
            rows = vec![None];
        }
        for candidate in rows {
            let achievement = candidate.as_ref().and_then(|found| found.achievement);
            let of = |field: &str| match field {
                "demand_id" => demand.id.clone(),
                "demand" => demand.title.clone(),
                "enterprise" => demand.enterprise.clone().unwrap_or_default(),
                "verdict" => verdict_text(matched.verdict).to_owned(),
                "inferred_sub_industry" | "home_candidate" => demand_field(matched, field, records),
                "achievement" => achievement.map_or_else(String::new, |found| found.title.clone()),
                "maturity" => {
                    achievement.map_or_else(String::new, |found| records.achievement_field(found, "maturity"))
                }
                field => candidate.as_ref().map_or_else(String::new, |candidate| match field {
                    "rank" => candidate.rank.to_string(),
                    "institution" => candidate.institution.clone(),
                    "score" => format!("{:.4}", candidate.score),
                    "parts" => parts_text(candidate.parts),
                    "indicators" => disclosed_indicators(candidate.indicators, disclosure),
                    "passage" => disclosed_passages(candidate.passages, disclosure).collect::<Vec<_>>().join("\n"),
                    _ => String::new(),
                }),
            };
            let veiled = |field: &str| match field {
                "demand" | "enterprise" | "indicators" => veil.over_own(demand, &of(field)),
                field if is_of_a_list(field) => of(field),
                field => veil.over(&of(field)),
            };
            grid.rows.push(GridRow {
                cells: disclosure.matches.iter().map(|field| veiled(field)).collect(),
                chain: records.chain_name(demand.chain.as_deref()),
                sub_industry: records.sub_industry_name(demand.sub_industry.as_deref()),
            });
        }
    }
    Ok(grid)
}

/// Writes 匹配结果 as a workbook: a sheet per chain, in the order of the catalogue.
///
/// # Errors
///
/// [`TableError::UnknownDemand`] if a match is of a demand that is not among the records, and
/// whatever writing meets.
pub fn write_matches_xlsx(
    path: &Path,
    matches: &[DemandMatch],
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let mut whole = grid(matches, records, audience, disclosures)?;
    whole.keep(|column, filled| filled || !WHERE_THERE_ARE_ANY.contains(&&*column.field));
    let mut chains: Vec<&str> = records.catalogue.chains.iter().map(|chain| chain.name.as_str()).collect();
    chains.push("");
    let of_chain = |chain: &str| whole.rows.iter().filter(|row| row.chain == chain).cloned().collect::<Vec<_>>();
    save(path, |workbook| {
        let formats = Formats::new();
        let mut sheets = 0;
        for chain in chains {
            let rows = of_chain(chain);
            if rows.is_empty() {
                continue;
            }
            sheets += 1;
            let name = if chain.is_empty() { "未归类" } else { chain };
            let sheet = workbook.add_worksheet().set_name(sheet_name(name))?;
            let grid = Grid { columns: whole.columns.clone(), rows };
            write_grid(sheet, &format!("{name}产学研精准对接匹配结果"), &grid, &formats)?;
        }
        if sheets == 0 {
            let sheet = workbook.add_worksheet().set_name("匹配结果")?;
            write_grid(sheet, "产学研精准对接匹配结果", &whole, &formats)?;
        }
        Ok(())
    })
}

/// Writes the rows of [`write_matches_xlsx`] as csv, in UTF-8 with the mark that Excel wants.
///
/// # Errors
///
/// As [`write_matches_xlsx`].
pub fn write_matches_csv(
    path: &Path,
    matches: &[DemandMatch],
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let grid = grid(matches, records, audience, disclosures)?;
    let compose = |problem: String| TableError::Compose { path: path.to_owned(), problem };
    let mut writer = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let lines = std::iter::once(grid.columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>());
    for line in lines.chain(grid.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect())) {
        writer
            .write_record(line.into_iter().map(|cell| spreadsheet_cell(cell).into_owned()))
            .map_err(|error| compose(error.to_string()))?;
    }
    put(path, &writer.into_inner().map_err(|error| compose(error.to_string()))?)
}

/// Writes the rows of [`write_matches_xlsx`] as JSON lines, with the names of the fields as keys.
///
/// # Errors
///
/// As [`write_matches_xlsx`].
pub fn write_matches_jsonl(
    path: &Path,
    matches: &[DemandMatch],
    records: &Records<'_>,
    audience: Audience,
    disclosures: &Disclosures,
) -> Result<()> {
    let grid = grid(matches, records, audience, disclosures)?;
    let mut lines = String::new();
    for row in &grid.rows {
        let pairs = grid.columns.iter().zip(&row.cells);
        let object: duijie::FieldMap =
            pairs.map(|(column, cell)| (column.field.clone(), cell.as_str().into())).collect();
        lines.push_str(&serde_json::Value::Object(object).to_string());
        lines.push('\n');
    }
    put(path, lines.as_bytes())
}
