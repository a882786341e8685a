//! The fields of records and matches that documents can show, with what they are called there.

use crate::Aliases;
use crate::columns::{Meaning, RecordKind};
use std::sync::LazyLock;

/// What the fields of a declaration are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Demands,
    Achievements,
    Matches,
    Masked,
}

static ALIASES: LazyLock<Aliases> = LazyLock::new(Aliases::default);

const DEMANDS: [&str; 12] = [
    "no",
    "id",
    "kind",
    "title",
    "enterprise",
    "city",
    "chain",
    "sub_industry",
    "description",
    "indicators",
    "budget",
    "modes",
];

const ACHIEVEMENTS: [&str; 14] = [
    "no",
    "id",
    "title",
    "institution",
    "chain",
    "sub_industry",
    "summary",
    "keywords",
    "maturity",
    "stage",
    "patents",
    "year",
    "price",
    "modes",
];

const MATCHES: [&str; 15] = [
    "demand_id",
    "demand",
    "enterprise",
    "verdict",
    "rank",
    "institution",
    "achievement",
    "score",
    "parts",
    "passage",
    "maturity",
    "inferred_sub_industry",
    "indicators",
    "home_candidate",
    "contact_blank",
];

/// Fields of tables that become other fields of the record.
const TAKEN_UP: [&str; 11] = [
    "org",
    "problem",
    "key_tech",
    "targets",
    "budget_wan",
    "price_wan",
    "mode",
    "segment",
    "innovation",
    "metrics",
    "scope",
];

/// What an import keeps beside the fields of tables.
const KEPT: [(&str, &str); 13] = [
    ("months", "周期（月）"),
    ("trl", "技术成熟度区间"),
    ("chain_name", "产业链（原文）"),
    ("sub_industry_name", "细分行业（原文）"),
    ("institution_name", "单位（原文）"),
    ("city_stated", "所在市（原文）"),
    ("budget_stated", "拟投入资金（原文）"),
    ("price_stated", "转让费（原文）"),
    ("mode_stated", "合作方式（原文）"),
    ("kind_stated", "需求类型（原文）"),
    ("maturity_stated", "成熟度（原文）"),
    ("patents_stated", "专利项数（原文）"),
    ("year_stated", "年份（原文）"),
];

impl Shown {
    /// What an error calls them.
    pub(super) fn english(self) -> &'static str {
        match self {
            Self::Demands => "demands",
            Self::Achievements => "achievements",
            Self::Matches => "matches",
            Self::Masked => "what can be masked",
        }
    }

    fn kind(self) -> Option<RecordKind> {
        match self {
            Self::Demands => Some(RecordKind::Demand),
            Self::Achievements => Some(RecordKind::Achievement),
            Self::Matches | Self::Masked => None,
        }
    }

    /// Whether documents can show it. A column that no dictionary knows is kept under its header, and may be shown
    /// under that; a header that the dictionary knows is the name of no field.
    pub(super) fn has(self, field: &str) -> bool {
        let is_header_kept = |kind| !field.is_ascii() && ALIASES.of_header(kind, field).is_none();
        self.known().iter().any(|known| known == field) || self.kind().is_some_and(is_header_kept)
    }

    fn known(self) -> Vec<String> {
        let own: &[&str] = match self {
            Self::Demands => &DEMANDS,
            Self::Achievements => &ACHIEVEMENTS,
            Self::Matches => &MATCHES,
            Self::Masked => &["enterprise"],
        };
        let mut known: Vec<String> = own.iter().map(|field| (*field).to_owned()).collect();
        if let Some(kind) = self.kind() {
            let further = ALIASES.fields(kind).into_iter().map(|field| field.to_string());
            let kept = KEPT.iter().map(|(field, _)| (*field).to_owned());
            let further = further.chain(kept).filter(|field| !TAKEN_UP.contains(&field.as_str()));
            let further: Vec<String> = further.filter(|field| !known.contains(field)).collect();
            known.extend(further);
        }
        known
    }

    /// All known fields, those nearest to `field` first; to a header, the field that it means.
    pub(super) fn nearest_first(self, field: &str) -> Vec<String> {
        let meant = self.kind().and_then(|kind| ALIASES.of_header(kind, field));
        let meant = match &meant {
            Some(Meaning::Field(meant)) => document_field(meant),
            _ => field,
        };
        let mut known = self.known();
        let nearness = |known: &String| strsim::jaro_winkler(known, meant);
        known.sort_by(|a, b| nearness(b).total_cmp(&nearness(a)));
        known
    }
}

/// The field of documents that a field of tables becomes.
fn document_field(field: &str) -> &str {
    match field {
        "org" => "enterprise",
        "problem" | "key_tech" => "description",
        "targets" => "indicators",
        "budget_wan" => "budget",
        "price_wan" => "price",
        "mode" => "modes",
        "segment" => "sub_industry",
        "innovation" | "metrics" | "scope" => "summary",
        other => other,
    }
}

/// Whether a field holds names of the catalogue or of the list of institutions, which are nobody's to mask: 核电装备
/// is no enterprise's because one is called 核电设备.
pub(super) fn is_of_a_list(field: &str) -> bool {
    matches!(field, "chain" | "sub_industry" | "institution" | "inferred_sub_industry" | "home_candidate")
}

/// The heading of a field of demands or achievements, and its width in characters.
pub(super) fn heading(field: &str, kind: RecordKind) -> (String, u16) {
    let of_achievement = kind == RecordKind::Achievement;
    let (heading, width) = match field {
        "no" => ("序号", 6),
        "id" => (if of_achievement { "成果编号" } else { "需求编号" }, 16),
        "kind" => ("需求类型", 10),
        "title" => (if of_achievement { "成果名称" } else { "技术需求名称" }, 30),
        "chain" => ("所属产业链", 16),
        "sub_industry" => ("细分行业", 16),
        "description" => ("需求描述", 60),
        "summary" => ("成果简介", 60),
        "indicators" => ("主要技术指标", 34),
        "enterprise" => ("企业名称", 24),
        "institution" => ("完成单位", 22),
        "city" => ("所在地市", 10),
        "budget" => ("拟投入资金（万元）", 12),
        "price" => ("转让费（万元）", 12),
        "modes" => (if of_achievement { "转化方式" } else { "合作方式" }, 16),
        "keywords" => ("关键词", 24),
        "maturity" => ("技术成熟度", 10),
        "stage" => ("成果所处阶段", 12),
        "patents" => ("专利项数", 8),
        "year" => ("成果公布年份", 8),
        "contact" => ("联系人", 10),
        "phone" => ("联系电话", 16),
        "email" => ("电子邮箱", 22),
        "public_fund_wan" => ("建议财政支持经费（万元）", 12),
        "own_fund_wan" => ("自有资金（万元）", 12),
        other => match KEPT.iter().find(|(field, _)| *field == other) {
            Some((_, heading)) => (*heading, 16),
            None => return (ALIASES.chinese(kind, other), 16),
        },
    };
    (heading.to_owned(), width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_field_has_a_chinese_heading() {
        for (shown, kind) in [(Shown::Demands, RecordKind::Demand), (Shown::Achievements, RecordKind::Achievement)] {
            for field in shown.known() {
                let (heading, _) = heading(&field, kind);
                assert!(!heading.is_ascii(), "{field} of {} is headed {heading}", shown.english());
            }
        }
        assert_eq!(heading("end", RecordKind::Demand).0, "到期年限");
    }

    #[test]
    fn the_nearest_field_is_named_first() {
        for (given, first) in
            [("indicator", "indicators"), ("tittle", "title"), ("enterprize", "enterprise"), ("企业名称", "enterprise")]
        {
            assert!(!Shown::Demands.has(given));
            assert_eq!(Shown::Demands.nearest_first(given)[0], first, "{given}");
        }
        assert!(Shown::Demands.has("设备型号"), "a column of the sender's own is kept under its header");
    }
}
