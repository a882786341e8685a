use super::{FieldMap, Fields, RecordProblem};
use serde::{Deserialize, Serialize};

/// What an enterprise needs: a technical demand (技术需求) or a 卡脖子 listing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FieldMap")]
pub struct Demand {
    /// Names the demand; no blanks.
    pub id: String,
    /// Ordinary demand or 卡脖子 listing.
    pub kind: DemandKind,
    /// 需求名称.
    pub title: String,
    /// What is wrong and what was tried, in the enterprise's words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What must be reached: `接头抗拉≥960MPa`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// The enterprise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enterprise: Option<String>,
    /// Its city.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Chain: id or any name in the catalogue; the id once read against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// Sub-industry: code or any name in the catalogue; the code once read against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_industry: Option<String>,
    /// 拟投入资金, in 万元 (10,000 yuan).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<f64>,
    /// 合作方式: 委托研发, 合作研发 ….
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cooperation_modes: Vec<String>,
    /// Fields this version does not know, as they came.
    #[serde(flatten)]
    pub extra: FieldMap,
}

/// What kind of demand it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandKind {
    /// A technical demand of an enterprise.
    #[default]
    Demand,
    /// A 卡脖子 listing: a technology that an industry is choked by for want of a source of its own.
    Bottleneck,
}

impl DemandKind {
    /// `demand`/`技术需求` or `bottleneck`/`卡脖子`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "demand" | "技术需求" => Some(Self::Demand),
            "bottleneck" | "卡脖子" | "卡脖子技术" => Some(Self::Bottleneck),
            _ => None,
        }
    }
}

impl Demand {
    /// All that it says, as one text: title, description, indicators. What an encoder should read.
    pub fn text(&self) -> String {
        let mut text = format!("{}。{}", self.title, self.description);
        for indicator in &self.indicators {
            text.push('。');
            text.push_str(indicator);
        }
        text
    }
}

impl TryFrom<FieldMap> for Demand {
    type Error = RecordProblem;

    fn try_from(map: FieldMap) -> Result<Self, RecordProblem> {
        let mut fields = Fields::new(map);
        Ok(Self {
            id: fields.id()?,
            kind: fields.word("kind", "demand or bottleneck", DemandKind::from_word)?.unwrap_or_default(),
            title: fields.required_text("title")?,
            description: fields.text("description")?.unwrap_or_default(),
            indicators: fields.texts("indicators")?,
            enterprise: fields.text("enterprise")?,
            city: fields.text("city")?,
            chain: fields.text("chain")?,
            sub_industry: fields.text("sub_industry")?,
            budget: fields.number("budget")?,
            cooperation_modes: fields.texts("cooperation_modes")?,
            extra: fields.rest(),
        })
    }
}
