use crate::sheet::Origin;
use duijie::RecordProblem;
use std::fmt;

/// Something in a table that could not be taken as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Where.
    pub origin: Origin,
    /// The header of the column, where one is meant.
    pub header: Option<String>,
    /// What.
    pub kind: ProblemKind,
}

/// What is wrong; its `Display` is what the official reads.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProblemKind {
    /// The item has no title. It is rejected.
    NoTitle,
    /// The title says how titles are to be written. It is rejected.
    Instruction {
        /// The title.
        text: String,
    },
    /// The row is an example of how to fill in the table. It is rejected.
    Example {
        /// The title.
        text: String,
    },
    /// The sheet says how a table is to be filled in; nothing is read from it.
    Instructions,
    /// The row or sheet was hidden by its sender. It is rejected.
    Hidden,
    /// The item repeats another of the same file exactly. It is merged with it.
    Repeated {
        /// The one before.
        first: Origin,
    },
    /// The item is no usable record. It is rejected.
    Unusable(RecordProblem),
    /// The id was met before with another content; the record got a new one.
    IdTaken {
        /// The id given.
        id: String,
        /// The id it has now.
        new: String,
        /// Who has the old one.
        first: Origin,
    },
    /// A personal identity number was dropped.
    PersonalId,
    /// A chain or sub-industry that the catalogue does not know, or one that contradicts the other.
    Catalogue(RecordProblem),
    /// An institution that is not in the list of institutions, or is several; its name is kept.
    Institution(RecordProblem),
    /// A value that could not be understood; its text is kept.
    NotUnderstood {
        /// 金额, 日期 ….
        what: &'static str,
        /// The value.
        text: String,
    },
    /// The item has two values where there is one field; the first was taken.
    SecondValue {
        /// The value left out.
        text: String,
    },
    /// A line that is neither item nor known label.
    NotRead {
        /// Its text.
        text: String,
    },
    /// A section whose name the catalogue does not know; the items below it have no chain from above.
    UnknownSection {
        /// Its text.
        text: String,
    },
    /// A dictionary of headers by which no header and no label was understood; the place is that file.
    IdleAliases,
    /// A form whose labels have no values.
    Unfilled,
    /// A sheet without head or labels.
    NoTable,
    /// A cell beyond those that the head has a column for; the text is kept under the column's letters.
    Surplus {
        /// Its text.
        text: String,
        /// Columns up to this cell.
        found: usize,
        /// Columns of the head.
        expected: usize,
    },
    /// A quotation mark before the cell is opened and never closed; it was left out.
    OpenQuote,
    /// A quotation mark before the cell is closed only behind further rows, which are like it; both marks were left
    /// out, and the rows are read as rows.
    QuoteAcrossRows {
        /// How many.
        rows: u32,
    },
    /// Lines of a quoted cell could be rows of their own; the cell is read as one.
    RowsInCell {
        /// How many.
        rows: u32,
    },
    /// Text follows the quotation mark that closes the cell; the marks are kept as part of the text.
    QuoteInText,
    /// Bytes of the cell are no text in the file's encoding and became `�`.
    BrokenText,
    /// The cell is a formula whose result the file does not hold; it is read as blank.
    NoResult,
    /// The cell is an error value, or a long number that a program has rounded; it is read as blank.
    ErrorValue {
        /// What stands there.
        text: String,
    },
}

impl ProblemKind {
    /// Whether the item it is about was not imported.
    pub fn rejects(&self) -> bool {
        matches!(
            self,
            Self::NoTitle | Self::Instruction { .. } | Self::Example { .. } | Self::Hidden | Self::Unusable(_)
        )
    }

    /// What a stricter reading rejects the item for.
    pub(crate) fn doubt(&self) -> Option<RecordProblem> {
        match self {
            Self::Catalogue(problem) | Self::Institution(problem) => Some(problem.clone()),
            Self::Surplus { found, expected, .. } => {
                Some(RecordProblem::CellCount { found: *found, expected: *expected })
            }
            Self::OpenQuote | Self::QuoteAcrossRows { .. } => Some(RecordProblem::UnclosedQuote),
            _ => None,
        }
    }

    /// Why the item is no record of its own, in the words of the records.
    pub(crate) fn left_out(&self) -> Option<RecordProblem> {
        match self {
            Self::NoTitle | Self::Instruction { .. } | Self::Example { .. } => Some(RecordProblem::Missing("title")),
            Self::Hidden => Some(RecordProblem::Hidden),
            Self::Unusable(problem) => Some(problem.clone()),
            Self::Repeated { first } => Some(RecordProblem::Repeated { first: first.to_string() }),
            _ => None,
        }
    }
}

/// At most this many characters of a value are shown.
const SHOWN: usize = 40;

fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN { line } else { line.chars().take(SHOWN).chain(['…']).collect() }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoTitle => write!(f, "缺少名称，未导入；请补填后重新导入"),
            Self::Instruction { text } => {
                write!(f, "“{}”是填表说明，不是名称，未导入；如确为条目请填写名称", short(text))
            }
            Self::Example { text } => write!(f, "“{}”是填表示例，未导入；如确为条目请填写序号和名称", short(text)),
            Self::Instructions => write!(f, "是填表说明，未读取；如内有条目，请将其移到另一工作表或表格"),
            Self::Hidden => write!(f, "该行（或工作表）被隐藏或筛除，未导入；如需导入请取消隐藏"),
            Self::Repeated { first } => write!(f, "与{first}完全相同，已合并"),
            Self::Unusable(problem) => write!(f, "记录不可用，未导入：{}", chinese(problem)),
            Self::IdTaken { id, new, first } => write!(f, "编号“{id}”已用于{first}，本条改用“{new}”"),
            Self::PersonalId => write!(f, "含身份证号，已删除，未保存"),
            Self::Catalogue(problem @ RecordProblem::ChainMismatch { .. }) => {
                write!(f, "{}，按细分行业归类", chinese(problem))
            }
            Self::Catalogue(problem) => write!(f, "{}；按未知处理", chinese(problem)),
            Self::Institution(problem) => write!(f, "{}；名称保留，请填全称、补入名单或加别名", chinese(problem)),
            Self::NotUnderstood { what, text } => write!(f, "{what}“{}”无法识别，按未知处理，原文保留", short(text)),
            Self::SecondValue { text } => write!(f, "同一字段有多个值，取第一个，未取“{}”", short(text)),
            Self::NotRead { text } => write!(f, "未能归入任何条目：“{}”", short(text)),
            Self::UnknownSection { text } => {
                write!(f, "分节“{}”不在产业链目录中，其下条目不沿用上文的产业链；请核对后填写", short(text))
            }
            Self::Surplus { text, .. } => {
                write!(f, "单元格超出表头，原文保留：“{}”；该行可能错列，请核对", short(text))
            }
            Self::OpenQuote => write!(f, "引号未闭合，按无引号读取；请核对该行及其后各行"),
            Self::QuoteAcrossRows { rows } => write!(
                f,
                "引号到其后第{rows}行才闭合，而其间各行与该行格式相同，故略去引号，各行分别读取；请核对该行及其后{rows}行"
            ),
            Self::RowsInCell { rows } => write!(
                f,
                "引号内另有{rows}行，格数与表格的行相近，按引号读作一个单元格；如系多写了引号，请删去后重新导入"
            ),
            Self::QuoteInText => write!(f, "闭合的引号后另有文字，引号作为文字保留；请核对"),
            Self::BrokenText => write!(f, "有无法识别的字节，已显示为“�”；请按原件改正"),
            Self::NoResult => write!(f, "公式没有保存计算结果，按空白处理；请用表格软件打开、保存后重新导入"),
            Self::ErrorValue { text } => write!(f, "“{}”为错误值，按空白处理；请按原件填写", short(text)),
            Self::IdleAliases => {
                write!(f, "其中没有一个别名与各表的表头或标签相符，等于没有使用；请核对别名的写法和所在部分")
            }
            Self::Unfilled => write!(f, "表单只有标签，没有填写内容，未导入；请向报送单位索取已填写的表格"),
            Self::NoTable => write!(f, "未找到表头或表单标签，未读取；可用列对应关系指定"),
        }
    }
}

/// Of the names in a list, the three that have most characters in common with `name`, two at least.
fn nearest(name: &str, known: &str) -> String {
    let common = |other: &str| other.chars().filter(|c| name.contains(*c)).count();
    let shared = |other: &str| common(other) * 1000 / (other.chars().count() + name.chars().count()).max(1);
    let mut names: Vec<&str> = known.split('、').filter(|other| common(other) > 1).collect();
    names.sort_by_key(|other| std::cmp::Reverse(shared(other)));
    names.truncate(3);
    if names.is_empty() { String::new() } else { format!("，相近的有：{}", names.join("、")) }
}

fn chinese(problem: &RecordProblem) -> String {
    match problem {
        RecordProblem::UnknownChain { name, version, known } => {
            format!("产业链“{name}”不在目录（{version}）中{}", nearest(name, known))
        }
        RecordProblem::UnknownSubIndustry { name, version, known } => {
            format!("细分行业“{name}”不在目录（{version}）中{}", nearest(name, known))
        }
        RecordProblem::ChainMismatch { chain, sub_industry } => {
            format!("细分行业“{sub_industry}”不属于产业链“{chain}”")
        }
        RecordProblem::UnknownInstitution(name) => {
            format!("单位“{name}”不在高校院所名单中")
        }
        RecordProblem::AmbiguousInstitution { name, first, second } => {
            format!("单位“{name}”可能是{first}或{second}")
        }
        RecordProblem::Id(id) => format!("编号“{id}”含空格或控制字符"),
        RecordProblem::Missing(field) => format!("缺少字段{field}"),
        RecordProblem::DuplicateId { id, first } => format!("编号“{id}”已用于{first}"),
        RecordProblem::CellCount { found, expected } => format!("该行有{found}格，表头只有{expected}列"),
        RecordProblem::UnclosedQuote => "引号未闭合".into(),
        RecordProblem::Encoding { encoding, .. } => format!("有不是{encoding}文字的字节"),
        RecordProblem::Json(problem) => format!("不是JSON对象（{problem}）"),
        other => other.to_string(),
    }
}

/// A reading that the table does not state outright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    /// Where.
    pub origin: Origin,
    /// The header of the column.
    pub header: String,
    /// What was made of it, for the official to check.
    pub reading: String,
}
