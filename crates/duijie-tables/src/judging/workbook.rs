use super::{Grade, Judgements, Pair};
use crate::read::{FileKind, Limits, file_bytes, read_workbook};
use crate::sheet::{Row, Sheet};
use crate::write::{Audience, Disclosures, Formats, Records, Veil, limited, row_height, save, set_up_print};
use crate::{Result, TableError};
use rust_xlsxwriter::{DataValidation, XlsxError};
use std::collections::BTreeMap;
use std::path::Path;

const JUDGES: [&str; 2] = ["评委甲", "评委乙"];
const HEADS: [(&str, u16); 9] = [
    ("需求编号", 14),
    ("技术需求名称", 24),
    ("需求描述", 50),
    ("主要技术指标", 26),
    ("成果编号", 14),
    ("成果名称", 26),
    ("成果简介", 50),
    ("评级", 12),
    ("理由（可不填）", 24),
];
const ACHIEVEMENT: u32 = 4;
const GRADE: u32 = 7;

/// Writes the pairs for two judges, a sheet each, every demand's pairs in an order of their own:
/// neither scores nor ranks are in the workbook. Judges come from universities and institutes: enterprises and
/// contacts are veiled as for [`Audience::Institutions`].
///
/// # Errors
///
/// [`TableError::UnknownDemand`] or an unknown achievement, and whatever writing meets.
pub fn write_judging_workbook(path: &Path, pairs: &[Pair], records: &Records<'_>) -> Result<()> {
    let by_id = records.by_id();
    let veil = Veil::new(Disclosures::default().of(Audience::Institutions), records.demands, records.achievements);
    let mut lines = Vec::new();
    for pair in pairs {
        let (demand, achievement) = (by_id.demand(&pair.demand)?, by_id.achievement(&pair.achievement)?);
        lines.push((
            pair,
            [
                demand.id.clone(),
                veil.over_own(demand, &demand.title),
                veil.over_own(demand, &demand.description),
                veil.over_own(demand, &demand.indicators.join("；")),
                achievement.id.clone(),
                veil.over(&achievement.title),
                veil.over(&achievement.summary),
            ],
        ));
    }
    save(path, |workbook| {
        let formats = Formats::new();
        for judge in JUDGES {
            lines.sort_by_key(|(pair, _)| (pair.demand.clone(), shuffled(judge, &pair.achievement)));
            let sheet = workbook.add_worksheet().set_name(judge)?;
            for ((head, width), column) in HEADS.iter().zip(0_u16..) {
                sheet.set_column_width(column, *width)?;
                sheet.write_string_with_format(0, column, *head, &formats.head)?;
            }
            for ((_, texts), row) in lines.iter().zip(1_u32..) {
                let cells = texts.iter().zip(HEADS).map(|(text, (_, width))| (text.as_str(), width));
                sheet.set_row_height(row, row_height(cells))?;
                for (text, column) in texts.iter().zip(0_u16..) {
                    sheet.write_string_with_format(row, column, limited(text), &formats.cell)?;
                }
                for column in [GRADE as u16, GRADE as u16 + 1] {
                    sheet.write_blank(row, column, &formats.cell)?;
                }
            }
            let last = (lines.len() as u32).max(1);
            sheet.add_data_validation(1, GRADE as u16, last, GRADE as u16, &grades()?)?;
            sheet.set_freeze_panes(1, 0)?;
            sheet.autofilter(0, 0, last, HEADS.len() as u16 - 1)?;
            set_up_print(sheet, 0)?;
        }
        Ok(())
    })
}

fn grades() -> Result<DataValidation, XlsxError> {
    let words: Vec<&str> = Grade::ALL.iter().rev().map(|grade| grade.chinese()).collect();
    let validation = DataValidation::new().allow_list_strings(&words)?;
    validation.set_error_title("评级")?.set_error_message("请选择：强相关、较强相关、弱相关、无相关")
}

/// An order that says nothing, another for every judge (FNV-1a).
fn shuffled(judge: &str, id: &str) -> u64 {
    judge
        .bytes()
        .chain(id.bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Reads a workbook of [`write_judging_workbook`] back, in whatever order the judges left it.
///
/// # Errors
///
/// [`TableError::JudgingWorkbook`] if a sheet or key column is missing, [`TableError::Grade`] for a
/// word that is no grade, [`TableError::GradedTwice`] for a row that was copied and graded otherwise.
pub fn read_judging_workbook(path: &Path) -> Result<Judgements> {
    let limits = Limits::default();
    let bytes = file_bytes(path, &limits)?;
    let workbook = read_workbook(path, &bytes, FileKind::of(path, &bytes)?, &limits)?;
    let missing = |problem: String| TableError::JudgingWorkbook { path: path.to_owned(), problem };
    let mut pairs: BTreeMap<Pair, [Option<Grade>; 2]> = BTreeMap::new();
    for (at, judge) in JUDGES.iter().enumerate() {
        let sheet = workbook.sheets.iter().find(|sheet| sheet.name == *judge);
        let sheet = sheet.ok_or_else(|| missing(format!("it has no sheet {judge}")))?;
        let has_heads = sheet.rows.first().is_some_and(|row| {
            [0, ACHIEVEMENT, GRADE].iter().all(|&column| row.text(column) == Some(HEADS[column as usize].0))
        });
        if !has_heads {
            return Err(missing(format!("the first row of {judge} is not its head")));
        }
        // Where each pair was graded first.
        let mut rows: BTreeMap<Pair, u32> = BTreeMap::new();
        for row in &sheet.rows[1..] {
            let (Some(demand), Some(achievement)) = (row.text(0), row.text(ACHIEVEMENT)) else {
                return Err(missing(format!("row {} of {judge} has no ids", row.number)));
            };
            let pair = Pair { demand: demand.to_owned(), achievement: achievement.to_owned() };
            let Some(grade) = grade(path, sheet, row)? else {
                pairs.entry(pair).or_default();
                continue;
            };
            let graded = &mut pairs.entry(pair.clone()).or_default()[at];
            let first = *rows.entry(pair).or_insert(row.number);
            if graded.is_some_and(|earlier| earlier != grade) {
                let (path, sheet) = (path.to_owned(), sheet.name.clone());
                return Err(TableError::GradedTwice { path, sheet, first, row: row.number });
            }
            *graded = Some(grade);
        }
    }
    Ok(Judgements { pairs: pairs.into_iter().collect() })
}

fn grade(path: &Path, sheet: &Sheet, row: &Row) -> Result<Option<Grade>> {
    let Some(word) = row.text(GRADE) else { return Ok(None) };
    let unknown = || TableError::Grade {
        path: path.to_owned(),
        sheet: sheet.name.clone(),
        row: row.number,
        found: word.to_owned(),
    };
    Grade::from_word(word).map(Some).ok_or_else(unknown)
}
