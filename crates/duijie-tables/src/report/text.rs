use super::{ImportReport, counts_line};
use std::fmt;

/// Lines of one kind that a terminal is given; the page and the workbook have all.
const SHOWN: usize = 50;

/// The report for a terminal.
impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}导入报告：{}个文件，{}", self.what, self.files.len(), counts_line(self.counts))?;
        for file in &self.files {
            writeln!(f, "\n■ {}：{}", file.path, counts_line(file.counts))?;
            if let Some(error) = &file.error {
                writeln!(f, "  未读取：{error}")?;
            }
            for remark in &file.remarks {
                writeln!(f, "  提示：{remark}")?;
            }
            for sheet in &file.sheets {
                let name = if sheet.name.is_empty() { String::new() } else { format!("〔{}〕", sheet.name) };
                write!(f, "  {name}{}，{}行；{}", sheet.layout, sheet.rows, counts_line(sheet.counts))?;
                if !sheet.other_rows.is_empty() {
                    write!(f, "；另有{}", sheet.other_rows)?;
                }
                writeln!(f)?;
                for [letters, header, name, field, how] in &sheet.columns {
                    match (name.as_str(), field.as_str()) {
                        ("", _) => writeln!(f, "    {letters:>3} {header} → —（{how}）")?,
                        (name, field) if name == field => writeln!(f, "    {letters:>3} {header} → {name}（{how}）")?,
                        (name, field) => writeln!(f, "    {letters:>3} {header} → {name}〔{field}〕（{how}）")?,
                    }
                }
            }
        }
        lines(f, "推断（请核对）", &self.guesses)?;
        lines(f, "问题", &self.problems)?;
        if !self.duplicates.is_empty() {
            writeln!(f, "\n疑似重复（未合并，请人工确认）：{}组", self.duplicates.len())?;
            for [first, first_place, second, second_place, why] in self.duplicates.iter().take(SHOWN) {
                writeln!(f, "  {first}（{first_place}）与{second}（{second_place}）：{why}")?;
            }
            rest(f, self.duplicates.len())?;
        }
        Ok(())
    }
}

fn lines(f: &mut fmt::Formatter<'_>, title: &str, lines: &[[String; 5]]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}：{}处", lines.len())?;
    for [file, sheet, cell, header, text] in lines.iter().take(SHOWN) {
        let sheet = if sheet.is_empty() { String::new() } else { format!("〔{sheet}〕") };
        let header = if header.is_empty() { String::new() } else { format!("“{}”", header.replace('\n', "")) };
        writeln!(f, "  {file}{sheet}{cell}{header}：{text}")?;
    }
    rest(f, lines.len())
}

fn rest(f: &mut fmt::Formatter<'_>, all: usize) -> fmt::Result {
    if all > SHOWN { writeln!(f, "  ……其余{}处见网页或表格形式的报告", all - SHOWN) } else { Ok(()) }
}
