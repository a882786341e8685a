/// Names a concept of one term base: its place, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub(crate) u32);

impl ConceptId {
    /// The place itself.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The concept at a place.
    pub fn from_index(index: usize) -> Self {
        Self(index as u32)
    }
}

/// What kind of thing a concept is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConceptKind {
    /// 材料.
    Material,
    /// 工艺.
    Process,
    /// 设备.
    Equipment,
    /// 部件.
    Component,
    /// 产品.
    Product,
    /// What goes wrong: 问题.
    Problem,
    /// 性能.
    Property,
    /// 检测.
    Test,
    /// 软件.
    Software,
    /// Algorithm, theory or design method: 方法.
    Method,
}

impl ConceptKind {
    /// The kind named by its English or Chinese word.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "material" | "材料" => Self::Material,
            "process" | "工艺" => Self::Process,
            "equipment" | "设备" => Self::Equipment,
            "component" | "部件" => Self::Component,
            "product" | "产品" => Self::Product,
            "problem" | "问题" => Self::Problem,
            "property" | "性能" => Self::Property,
            "test" | "检测" => Self::Test,
            "software" | "软件" => Self::Software,
            "method" | "方法" => Self::Method,
            _ => return None,
        })
    }

    /// Its English word, as term files have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Material => "material",
            Self::Process => "process",
            Self::Equipment => "equipment",
            Self::Component => "component",
            Self::Product => "product",
            Self::Problem => "problem",
            Self::Property => "property",
            Self::Test => "test",
            Self::Software => "software",
            Self::Method => "method",
        }
    }
}

/// How a form stands to its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relation {
    /// The preferred term.
    Name,
    /// An exact synonym: another name for the same thing.
    Synonym,
    /// The same in Latin script: abbreviation, English term, formula, trade name.
    Abbreviation,
    /// How a factory words it.
    Symptom,
    /// A kind or grade of it.
    Narrower,
    /// A neighbour.
    Related,
    /// Why it happens, how it works, what governs it.
    Mechanism,
    /// What helps against it, or improves it.
    Remedy,
    /// A link to the concept it is a kind of.
    Broader,
    /// A link to the concept it is a part of.
    Whole,
}

impl Relation {
    /// Whether the form means the concept itself.
    pub fn is_exact(self) -> bool {
        matches!(self, Self::Name | Self::Synonym | Self::Abbreviation)
    }

    /// The column of term files that holds it.
    pub fn column(self) -> &'static str {
        match self {
            Self::Name => "term",
            Self::Synonym => "synonyms",
            Self::Abbreviation => "abbreviations",
            Self::Symptom => "symptoms",
            Self::Narrower => "narrower",
            Self::Related => "related",
            Self::Mechanism => "mechanisms",
            Self::Remedy => "remedies",
            Self::Broader => "broader",
            Self::Whole => "part_of",
        }
    }

    /// The word an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Name | Self::Synonym => "同义",
            Self::Abbreviation => "缩写",
            Self::Symptom => "症状",
            Self::Narrower => "下位",
            Self::Related => "相关",
            Self::Mechanism => "机理",
            Self::Remedy => "对策",
            Self::Broader => "上位",
            Self::Whole => "整体",
        }
    }
}

/// One wording that points to a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// As it is written in the file.
    pub text: Box<str>,
    /// As it is looked for: simplified, half width, lower case.
    pub normalized: Box<str>,
    /// How it stands to the concept.
    pub relation: Relation,
}

/// A thing, process or problem of the technology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// The preferred term.
    pub name: String,
    /// What kind of thing it is.
    pub kind: ConceptKind,
    /// Code of the sub-industry; `None` for a concept of all.
    pub sub_industry: Option<String>,
    /// Its wordings, the name first; no two alike.
    pub forms: Vec<Form>,
    /// Broader and whole concepts; never a circle.
    pub links: Vec<(Relation, ConceptId)>,
}

impl Concept {
    pub(super) fn new(name: String, kind: ConceptKind, sub_industry: Option<String>) -> Self {
        Self { name, kind, sub_industry, forms: Vec::new(), links: Vec::new() }
    }
}
