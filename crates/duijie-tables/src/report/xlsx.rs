use super::{DUPLICATE_HEADS, GUESS_HEADS, ImportReport, PROBLEM_HEADS};
use crate::Result;
use crate::write::{Sheet, save_sheets};
use std::path::Path;

pub(super) fn write(report: &ImportReport, path: &Path) -> Result<()> {
    let mut files = Vec::new();
    let mut columns = Vec::new();
    for file in &report.files {
        let counts = file.counts;
        let numbers = [counts.read, counts.imported, counts.rejected, counts.merged].map(|n| n.to_string());
        let mut remarks = file.remarks.clone();
        remarks.splice(0..0, file.error.iter().map(|error| format!("未读取：{error}")));
        let mut line = vec![file.path.clone()];
        line.extend(numbers);
        line.push(remarks.join("；"));
        files.push(line);
        for sheet in &file.sheets {
            for column in &sheet.columns {
                let mut line = vec![file.path.clone(), sheet.name.clone(), sheet.layout.to_owned()];
                line.extend(column.iter().cloned());
                columns.push(line);
            }
        }
    }
    let lines = |lines: &[[String; 5]]| lines.iter().map(|line| line.to_vec()).collect::<Vec<_>>();
    save_sheets(
        path,
        vec![
            Sheet::new(
                "文件",
                &[("文件", 50), ("读到", 8), ("导入", 8), ("未导入", 8), ("合并重复", 8), ("提示", 60)],
                files,
            ),
            Sheet::new(
                "列对应",
                &[
                    ("文件", 40),
                    ("工作表", 16),
                    ("版式", 8),
                    ("列", 6),
                    ("表头", 30),
                    ("含义", 18),
                    ("字段", 14),
                    ("依据", 22),
                ],
                columns,
            ),
            Sheet::new(
                "推断",
                &GUESS_HEADS.map(|head| (head, if head == "推断" { 60 } else { 20 })),
                lines(&report.guesses),
            ),
            Sheet::new(
                "问题",
                &PROBLEM_HEADS.map(|head| (head, if head == "问题" { 60 } else { 20 })),
                lines(&report.problems),
            ),
            Sheet::new("疑似重复", &DUPLICATE_HEADS.map(|head| (head, 26)), lines(&report.duplicates)),
        ],
    )
}
