use super::{Aliases, Meaning, RecordKind, content, label_key};
use crate::layout::Column;
use crate::sheet::column_letters;
use duijie::Catalogue;

/// How the meaning of a column was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// The caller's mapping says so.
    Mapping,
    /// The header is an alias.
    Alias,
    /// The header only contains an alias.
    PartOfHeader,
    /// What stands in the column looks like it.
    Content,
    /// It was not; the column is kept under its header.
    Unknown,
}

impl How {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Mapping => "按指定对应",
            Self::Alias => "表头",
            Self::PartOfHeader => "表头相近（推断）",
            Self::Content => "内容（推断）",
            Self::Unknown => "未识别，原样保留",
        }
    }
}

/// What a column means, and how that was found.
#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    pub(crate) meaning: Option<Meaning>,
    pub(crate) how: How,
}

/// Finds the meaning of every column. `samples` are values of each.
pub(crate) fn assign(
    columns: &[Column],
    samples: &[Vec<&str>],
    kind: RecordKind,
    aliases: &Aliases,
    mapping: &[(String, String)],
    catalogue: &Catalogue,
) -> Vec<Assignment> {
    let mut found: Vec<Assignment> = columns
        .iter()
        .map(|column| by_mapping(column, mapping).unwrap_or_else(|| by_header(column, kind, aliases)))
        .collect();
    // A column headed 名称 beside one headed 需求名称 is some other name.
    content::fill(&mut found, samples, kind, catalogue);
    found
}

fn by_mapping(column: &Column, mapping: &[(String, String)]) -> Option<Assignment> {
    let letters = column.column.map(column_letters);
    let matches = |given: &str| {
        letters.as_deref() == Some(given)
            || label_key(given) == label_key(&column.header())
            || column.heads.last().is_some_and(|head| label_key(head) == label_key(given))
    };
    let (_, field) = mapping.iter().find(|(given, _)| matches(given))?;
    Some(Assignment { meaning: Some(Meaning::Field(field.as_str().into())), how: How::Mapping })
}

/// The lowest line of a head speaks first, then the head as a whole, then the lines above.
fn by_header(column: &Column, kind: RecordKind, aliases: &Aliases) -> Assignment {
    let joined = column.header();
    let lines = column.heads.last().into_iter().chain([&joined]).chain(column.heads.iter().rev().skip(1));
    for line in lines {
        if let Some(meaning) = aliases.of_header(kind, line) {
            let how = if aliases.of_label(kind, line).is_some() { How::Alias } else { How::PartOfHeader };
            return Assignment { meaning: Some(meaning), how };
        }
    }
    Assignment { meaning: None, how: How::Unknown }
}
