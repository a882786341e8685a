use super::{FieldMap, Fields, RecordProblem};
use serde::{Deserialize, Serialize};

/// A new technology or product (新技术、新产品) that an enterprise of a chain shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FieldMap")]
pub struct Product {
    /// Names the product; no blanks.
    pub id: String,
    /// 产品（技术）名称.
    pub title: String,
    /// 简介.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// 关键词.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// The enterprise that makes it.
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
    /// The year it came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Fields this version does not know, as they came.
    #[serde(flatten)]
    pub extra: FieldMap,
}

impl TryFrom<FieldMap> for Product {
    type Error = RecordProblem;

    fn try_from(map: FieldMap) -> Result<Self, RecordProblem> {
        let mut fields = Fields::new(map);
        Ok(Self {
            id: fields.id()?,
            title: fields.required_text("title")?,
            summary: fields.text("summary")?.unwrap_or_default(),
            keywords: fields.texts("keywords")?,
            enterprise: fields.text("enterprise")?,
            city: fields.text("city")?,
            chain: fields.text("chain")?,
            sub_industry: fields.text("sub_industry")?,
            year: fields.integer("year", 1900, 2200)?,
            extra: fields.rest(),
        })
    }
}
