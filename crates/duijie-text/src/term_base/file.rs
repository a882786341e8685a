use super::concept::{ConceptKind, Relation};

/// What is wrong with a line of a term file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TermFileProblem {
    /// The header has a column that is none of the form's.
    #[error(
        "the column {0:?} is not known; columns are term, kind, synonyms, abbreviations, symptoms, narrower, broader, part_of, related, mechanisms, remedies"
    )]
    Column(String),
    /// The header has a column twice, perhaps once in each language.
    #[error(
        "the column {0:?} is in the header already, in this language or the other; put all into one, parted by `;`"
    )]
    ColumnTwice(String),
    /// The header lacks a column.
    #[error("the header has no column {0:?}")]
    NoColumn(&'static str),
    /// A row has more or fewer cells than the header.
    #[error("the line has {found} cells where the header has {expected}")]
    Cells {
        /// Cells of the line.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// The row names no term.
    #[error("the term is blank")]
    NoTerm,
    /// The kind is none of the known ones.
    #[error(
        "the kind {0:?} is not known; give material, process, equipment, component, product, problem, property, test, software or method"
    )]
    Kind(String),
    /// The file holds nothing.
    #[error(
        "the file holds nothing; its first line names the columns, at least term and kind, parted by tabs, and every other one a concept"
    )]
    Empty,
    /// The file has a header and nothing else.
    #[error("no line follows the header; give a line for each concept, or leave the file out")]
    NoConcepts,
    /// A term that is said of itself.
    #[error("the term {name:?} stands in its own column {column}; take it out there")]
    Itself {
        /// The term.
        name: String,
        /// The column.
        column: &'static str,
    },
    /// An exact name of two concepts.
    #[error(
        "{name:?} is a name of {other:?} in line {first} already; what means both exactly makes them one concept: join the lines, or name it as related or narrower in one"
    )]
    TwoConcepts {
        /// The name.
        name: String,
        /// The other concept.
        other: String,
        /// Its line.
        first: usize,
    },
    /// The term stands in the file twice.
    #[error("the term {name:?} was already defined in line {first}; join the two lines")]
    Duplicate {
        /// The term.
        name: String,
        /// Its first line.
        first: usize,
    },
    /// A broader or whole concept that is nowhere.
    #[error("the broader or whole concept {name:?} is defined neither in this file nor among the shared concepts")]
    Dangling {
        /// Its name.
        name: String,
    },
    /// A concept that is broader than itself.
    #[error(
        "the concept {name:?} is, by the columns broader and narrower, broader than itself; of two concepts one can be the broader"
    )]
    Circle {
        /// Its name.
        name: String,
    },
    /// A concept that is a part of itself.
    #[error("the concept {name:?} is, by the column part_of, a part of itself; of two concepts one can be the whole")]
    PartOfItself {
        /// Its name.
        name: String,
    },
}

/// One line of a term file.
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) kind: ConceptKind,
    pub(super) forms: Vec<(Relation, String)>,
    pub(super) broader: Vec<String>,
    pub(super) part_of: Vec<String>,
}

impl Row {
    /// All that the line says of its term: column and entry.
    pub(super) fn said(&self) -> impl Iterator<Item = (Relation, &String)> {
        let forms = self.forms.iter().map(|(relation, text)| (*relation, text));
        let broader = self.broader.iter().map(|text| (Relation::Broader, text));
        forms.chain(broader).chain(self.part_of.iter().map(|text| (Relation::Whole, text)))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Column {
    Term,
    Kind,
    List(Relation),
}

impl Column {
    fn of(header: &str) -> Option<Self> {
        Some(match header {
            "term" | "概念" => Self::Term,
            "kind" | "类型" => Self::Kind,
            "synonyms" | "同义" => Self::List(Relation::Synonym),
            "abbreviations" | "缩写" => Self::List(Relation::Abbreviation),
            "symptoms" | "症状" => Self::List(Relation::Symptom),
            "narrower" | "下位" => Self::List(Relation::Narrower),
            "broader" | "上位" => Self::List(Relation::Broader),
            "part_of" | "整体" => Self::List(Relation::Whole),
            "related" | "相关" => Self::List(Relation::Related),
            "mechanisms" | "机理" => Self::List(Relation::Mechanism),
            "remedies" | "对策" => Self::List(Relation::Remedy),
            _ => return None,
        })
    }
}

/// Reads tab-separated lines; the first names the columns, lists are parted by `;` or `；`, lines
/// that begin with `#` are passed over. Fields are never quoted: no form holds a tab.
pub(super) fn read(text: &str) -> Result<Vec<Row>, (usize, TermFileProblem)> {
    let lines = text.trim_start_matches('\u{feff}').lines().zip(1..);
    let mut lines = lines.filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    let Some((header, header_line)) = lines.next() else { return Err((1, TermFileProblem::Empty)) };
    let columns = header.split('\t').map(|name| {
        Column::of(name.trim()).ok_or_else(|| (header_line, TermFileProblem::Column(name.trim().to_owned())))
    });
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let twice = (1..columns.len()).find(|&at| columns[..at].contains(&columns[at]));
    if let Some(name) = twice.and_then(|at| header.split('\t').nth(at)) {
        return Err((header_line, TermFileProblem::ColumnTwice(name.trim().to_owned())));
    }
    for (column, name) in [(Column::Term, "term"), (Column::Kind, "kind")] {
        if !columns.contains(&column) {
            return Err((header_line, TermFileProblem::NoColumn(name)));
        }
    }
    let rows = lines.map(|(text, line)| row(text, line, &columns).map_err(|problem| (line, problem)));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    if rows.is_empty() { Err((header_line, TermFileProblem::NoConcepts)) } else { Ok(rows) }
}

fn row(text: &str, line: usize, columns: &[Column]) -> Result<Row, TermFileProblem> {
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() != columns.len() {
        return Err(TermFileProblem::Cells { found: cells.len(), expected: columns.len() });
    }
    let (mut name, mut kind) = (String::new(), None);
    let (mut forms, mut broader, mut part_of) = (Vec::new(), Vec::new(), Vec::new());
    for (cell, column) in cells.into_iter().zip(columns) {
        let entries = cell.split([';', '；']).map(str::trim).filter(|entry| !entry.is_empty()).map(str::to_owned);
        match column {
            Column::Term => name = cell.trim().to_owned(),
            Column::Kind => {
                let word = cell.trim();
                kind = Some(ConceptKind::from_word(word).ok_or_else(|| TermFileProblem::Kind(word.to_owned()))?);
            }
            Column::List(Relation::Broader) => broader.extend(entries),
            Column::List(Relation::Whole) => part_of.extend(entries),
            Column::List(relation) => forms.extend(entries.map(|entry| (*relation, entry))),
        }
    }
    match kind {
        Some(kind) if !name.is_empty() => Ok(Row { line, name, kind, forms, broader, part_of }),
        _ => Err(TermFileProblem::NoTerm),
    }
}
