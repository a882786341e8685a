use super::Row;
use crate::records::RecordProblem;
use duijie_text::decoded;
use serde_json::Value;

/// Fields that hold several texts, parted by `;` in a cell.
const LISTS: [&str; 4] = ["indicators", "keywords", "aliases", "cooperation_modes"];
/// Fields that hold a number.
const NUMBERS: [&str; 5] = ["budget", "maturity", "patents", "price", "year"];

/// The rows of comma-separated text whose header names the fields of the records.
///
/// UTF-8 (with or without byte order mark) or GB18030, told apart by whether it is valid UTF-8; UTF-16 with
/// its mark.
/// List cells are parted by `;` or `；`, keywords also by `，`, `,` and `、`.
pub(super) fn rows(bytes: &[u8]) -> Vec<Row> {
    let (text, encoding_problem) = decoded(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header: Vec<String> = match reader.headers() {
        Ok(header) => header.iter().map(|name| name.trim().to_owned()).collect(),
        Err(error) => {
            return vec![Row { line: 1, raw: String::new(), fields: Err(RecordProblem::Json(error.to_string())) }];
        }
    };
    let without_id = !header.iter().any(|name| name == "id");
    let twice = header.iter().zip(1..).find(|(name, next)| header[*next..].contains(name)).map(|(name, _)| name);
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text: &text, byte: 0, line: 1 };
    loop {
        let from = reader.position().byte() as usize;
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = lines.at(from);
                rows.push(Row { line, raw: String::new(), fields: Err(RecordProblem::Json(error.to_string())) });
                break;
            }
        }
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let taken = &text[from..reader.position().byte() as usize];
        let raw = taken.trim_start_matches(['\r', '\n']);
        let line = lines.at(from + taken.len() - raw.len());
        let raw = raw.trim_end_matches(['\r', '\n']).to_owned();
        let fields = if let Some(byte) = raw.find('\u{fffd}').filter(|_| encoding_problem) {
            Err(RecordProblem::Encoding { encoding: "UTF-8 or GB18030", byte })
        } else if without_id {
            Err(RecordProblem::Header { missing: "id", found: header.join("、") })
        } else if let Some(name) = twice {
            Err(RecordProblem::DuplicateColumn(name.clone()))
        } else if raw.contains('\n') && raw.matches('"').count() % 2 == 1 && from + taken.len() == text.len() {
            Err(RecordProblem::UnclosedQuote)
        } else if record.len() != header.len() {
            Err(RecordProblem::CellCount { found: record.len(), expected: header.len() })
        } else {
            header.iter().zip(&record).map(|(name, cell)| Ok((name.clone(), value(name, cell)))).collect()
        };
        rows.push(Row { line, raw, fields });
    }
    rows
}

/// Numbers the lines of a text for bytes asked for in rising order. The reader's own line numbers
/// count the line breaks before a row to the row before.
struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, byte: usize) -> u64 {
        self.line += self.text[self.byte..byte].matches('\n').count() as u64;
        self.byte = byte;
        self.line
    }
}

/// Text and whether some bytes of it were in neither encoding.
fn value(name: &str, cell: &str) -> Value {
    let cell = cell.trim();
    if cell.is_empty() {
        return Value::Null;
    }
    if LISTS.contains(&name) {
        let keyword = name == "keywords";
        let parts = cell.split(|c| matches!(c, ';' | '；' | '\n') || (keyword && matches!(c, ',' | '，' | '、')));
        return parts.map(str::trim).filter(|part| !part.is_empty()).map(Value::from).collect();
    }
    if NUMBERS.contains(&name) {
        // What is no number stays text, and the record says so with the field's name.
        if let Ok(number) = cell.parse::<i64>() {
            return number.into();
        }
        if let Ok(number) = cell.parse::<f64>() {
            return number.into();
        }
    }
    cell.into()
}
