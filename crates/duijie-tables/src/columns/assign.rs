use super::{Aliases, Meaning, RecordKind, content, is_letters, label_key};
use crate::industries::Industries;
use crate::layout::{Column, Heading};
use crate::sheet::column_letters;
use crate::values::{Vocabulary, tick};

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
    /// The column has no head and few values, which are kept under its letters.
    Beyond,
}

impl How {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Mapping => "按指定对应",
            Self::Alias => "表头",
            Self::PartOfHeader => "表头相近（推断）",
            Self::Content => "内容（推断）",
            Self::Unknown => "未识别，原样保留",
            Self::Beyond => "超出表头，原样保留",
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
    industries: &Industries<'_>,
) -> Vec<Assignment> {
    let mut found: Vec<Assignment> =
        columns.iter().map(|column| header_meaning(column, kind, aliases, mapping)).collect();
    // 编号 heads serial numbers, or what the sender calls the items by: A-1.
    for (assignment, values) in found.iter_mut().zip(samples) {
        let named = values.iter().filter(|value| value.contains(|c: char| c.is_ascii_alphabetic())).count();
        if assignment.meaning == Some(Meaning::Serial) && named * 2 > values.len() {
            *assignment = Assignment { meaning: Some(Meaning::Field("id".into())), how: How::Content };
        }
    }
    // 委托研发 over ticks is a question by itself.
    for ((column, assignment), values) in columns.iter().zip(&mut found).zip(samples) {
        let is_mode =
            || column.heads.last().is_some_and(|head| Vocabulary::built_in().mode(&label_key(head)).is_some());
        let is_ticked = !values.is_empty() && values.iter().all(|value| tick(value).is_some());
        if assignment.how == How::Unknown && is_ticked && is_mode() {
            *assignment = Assignment { meaning: Some(Meaning::Field("mode".into())), how: How::Content };
        }
    }
    // A column headed 名称 beside one headed 需求名称 is some other name.
    content::fill(&mut found, samples, kind, industries);
    found
}

/// What a column means by the mapping, or else by its header.
pub(crate) fn header_meaning(
    column: &Column,
    kind: RecordKind,
    aliases: &Aliases,
    mapping: &[(String, String)],
) -> Assignment {
    if let Some((_, field)) = mapping.iter().find(|(given, _)| names(given, column)) {
        return Assignment { meaning: Some(Meaning::Field(field.as_str().into())), how: How::Mapping };
    }
    match column.heading {
        Heading::Beyond => Assignment { meaning: None, how: How::Beyond },
        Heading::Headed | Heading::Bare => by_header(column, kind, aliases),
    }
}

/// Whether a mapping names a column, by its letters or its header.
pub(crate) fn names(given: &str, column: &Column) -> bool {
    let is_header = |header: &str| !header.is_empty() && label_key(given) == label_key(header);
    (is_letters(given) && column.column.map(column_letters).as_deref() == Some(given))
        || is_header(&column.header())
        || column.heads.last().is_some_and(|head| is_header(head))
}

/// The headers that a mapping names, as they are compared; letters are none.
pub(crate) fn mapped_heads(mapping: &[(String, String)]) -> Vec<String> {
    mapping.iter().filter(|(given, _)| !is_letters(given)).map(|(given, _)| label_key(given)).collect()
}

/// What the lines of a head are only together speaks first, then the lowest, then the head as a whole, then the
/// lines above.
fn by_header(column: &Column, kind: RecordKind, aliases: &Aliases) -> Assignment {
    if let Some(meaning) = aliases.of_lines(kind, &column.heads) {
        return Assignment { meaning: Some(meaning), how: How::Alias };
    }
    if let Some(assignment) = name_in_group(column) {
        return assignment;
    }
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

/// 名称 under the word for a group is the name of what that word says, and no title where it says another thing.
fn name_in_group(column: &Column) -> Option<Assignment> {
    const TITLED: [&str; 9] = ["需求", "成果", "技术", "项目", "难题", "课题", "榜单", "基本", "信息"];
    const OWNERS: [&str; 5] = ["企业", "单位", "公司", "机构", "院校"];
    let (last, above) = column.heads.split_last().filter(|(_, above)| !above.is_empty())?;
    if label_key(last) != "名称" {
        return None;
    }
    let above: String = above.iter().map(|line| label_key(line)).collect();
    let field = |words: &[&str]| words.iter().any(|word| above.contains(word));
    let (meaning, how) = match (field(&OWNERS), field(&TITLED)) {
        (true, _) => (Some(Meaning::Field("org".into())), How::PartOfHeader),
        (false, true) => (Some(Meaning::Field("title".into())), How::PartOfHeader),
        (false, false) => (None, How::Unknown),
    };
    Some(Assignment { meaning, how })
}
