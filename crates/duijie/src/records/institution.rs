use super::{FieldMap, Fields, RecordProblem};
use serde::{Deserialize, Serialize};

/// A university (高校) or research institute (科研院所).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FieldMap")]
pub struct Institution {
    /// Names the institution; no blanks.
    pub id: String,
    /// Its full name.
    pub name: String,
    /// Other names it goes by: 简称, English abbreviation, former names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// University or institute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<InstitutionKind>,
    /// Province, without 省: 山东.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub province: Option<String>,
    /// City.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// Fields this version does not know, as they came.
    #[serde(flatten)]
    pub extra: FieldMap,
}

/// What kind of institution it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InstitutionKind {
    /// 高校.
    University,
    /// 科研院所.
    Institute,
}

impl InstitutionKind {
    /// `university`/`高校` or `institute`/`科研院所`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "university" | "高校" | "高等院校" => Some(Self::University),
            "institute" | "科研院所" | "院所" => Some(Self::Institute),
            _ => None,
        }
    }

    /// The word an official reads.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::University => "高校",
            Self::Institute => "科研院所",
        }
    }
}

impl Institution {
    /// Whether it is in `province`, with or without 省; one whose province is not known is in none.
    pub fn is_in(&self, province: &str) -> bool {
        self.province.as_deref().is_some_and(|own| short_province(own) == short_province(province))
    }
}

/// A province without 省 and the like: 山东, 上海, 内蒙古, 广西.
pub fn short_province(province: &str) -> &str {
    let province = province.trim();
    let endings = ["省", "市", "壮族自治区", "回族自治区", "维吾尔自治区", "自治区", "特别行政区"];
    endings
        .iter()
        .find_map(|ending| province.strip_suffix(ending))
        .filter(|short| !short.is_empty())
        .unwrap_or(province)
}

impl TryFrom<FieldMap> for Institution {
    type Error = RecordProblem;

    fn try_from(map: FieldMap) -> Result<Self, RecordProblem> {
        let mut fields = Fields::new(map);
        Ok(Self {
            id: fields.id()?,
            name: fields.required_text("name")?,
            aliases: fields.texts("aliases")?,
            kind: fields.word("kind", "university or institute", InstitutionKind::from_word)?,
            province: fields.text("province")?,
            city: fields.text("city")?,
            extra: fields.rest(),
        })
    }
}
