use super::{FieldMap, Fields, RecordProblem};
use serde::{Deserialize, Serialize};

/// What a university or institute offers: a transferable achievement (可转化创新成果).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FieldMap")]
pub struct Achievement {
    /// Names the achievement; no blanks.
    pub id: String,
    /// 成果名称.
    pub title: String,
    /// 成果简介.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// 关键词.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Chain: id or any name in the catalogue; the id once read against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    /// Sub-industry: code or any name in the catalogue; the code once read against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub_industry: Option<String>,
    /// The institution: id, name or alias; the id once read against a list of institutions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub institution: Option<String>,
    /// Technology readiness level, 1–9 (GB/T 22900).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maturity: Option<u8>,
    /// The stage in words: 小试, 中试, 产业化 ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    /// Number of patents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub patents: Option<u32>,
    /// The year it was reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Price, in 万元 (10,000 yuan).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price: Option<f64>,
    /// 转化方式: 转让, 许可, 作价入股 ….
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cooperation_modes: Vec<String>,
    /// Fields this version does not know, as they came.
    #[serde(flatten)]
    pub extra: FieldMap,
}

impl Achievement {
    /// All that it says, as one text: title, keywords, summary. What an encoder should read.
    pub fn text(&self) -> String {
        format!("{}。{}。{}", self.title, self.keywords.join("；"), self.summary)
    }
}

impl TryFrom<FieldMap> for Achievement {
    type Error = RecordProblem;

    fn try_from(map: FieldMap) -> Result<Self, RecordProblem> {
        let mut fields = Fields::new(map);
        Ok(Self {
            id: fields.id()?,
            title: fields.required_text("title")?,
            summary: fields.text("summary")?.unwrap_or_default(),
            keywords: fields.texts("keywords")?,
            chain: fields.text("chain")?,
            sub_industry: fields.text("sub_industry")?,
            institution: fields.text("institution")?,
            maturity: fields.integer("maturity", 1, 9)?,
            stage: fields.text("stage")?,
            patents: fields.integer("patents", 0, 1_000_000)?,
            year: fields.integer("year", 1900, 2200)?,
            price: fields.number("price")?,
            cooperation_modes: fields.texts("cooperation_modes")?,
            extra: fields.rest(),
        })
    }
}
