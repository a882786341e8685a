use super::draft::Draft;
use super::record::TableRecord;
use crate::columns::RecordKind;
use crate::values::city;
use duijie::{Demand, DemandKind, FieldMap, Institutions, RecordProblem};
use serde_json::Value;

impl TableRecord for Demand {
    const KIND: RecordKind = RecordKind::Demand;
    const FIELDS: &[&str] = &[
        "id",
        "kind",
        "title",
        "description",
        "indicators",
        "enterprise",
        "city",
        "chain",
        "sub_industry",
        "budget",
        "cooperation_modes",
    ];

    fn from_draft(draft: &mut Draft<'_, '_>, id: String, _: &Institutions, default_kind: Option<DemandKind>) -> Self {
        let title = draft.line("title").unwrap_or_default();
        let kind = kind(draft).or(default_kind).unwrap_or_default();
        let (chain, sub_industry) = draft.settle();
        let enterprise = draft.line("org").or_else(|| draft.said_above("org"));
        let city = stated_city(draft).or_else(|| city_of_region(draft));
        let budget = draft.money("budget_wan", "budget_stated", |_, to| to);
        for field in ["public_fund_wan", "own_fund_wan"] {
            if let Some(amount) = draft.money(field, field, |_, to| to) {
                draft.keep(field, Value::from(amount));
            }
        }
        for field in ["trl_now", "trl_after"] {
            if let Some((trl, _)) = draft.trl(field) {
                draft
                    .keep(field, Value::from(if trl.from == trl.to { vec![trl.from] } else { vec![trl.from, trl.to] }));
            }
        }
        draft.periods();
        let keywords = draft.keywords();
        if !keywords.is_empty() {
            draft.keep("keywords", Value::from(keywords));
        }
        draft.particulars(&["contact", "phone", "email"]);
        let demand = Self {
            id,
            kind,
            title,
            indicators: draft.list("targets"),
            cooperation_modes: draft.modes(),
            description: draft.paragraphs(&["problem", "key_tech"]),
            enterprise,
            city,
            chain,
            sub_industry,
            budget,
            extra: FieldMap::new(),
        };
        draft.keep_rest(Self::FIELDS);
        Self { extra: std::mem::take(&mut draft.extra), ..demand }
    }

    fn settle(&mut self, catalogue: &duijie::Catalogue, _: &Institutions) -> Result<(), RecordProblem> {
        catalogue.settle(&mut self.chain, &mut self.sub_industry)
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn set_id(&mut self, id: String) {
        self.id = id;
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn owner(&self) -> Option<&str> {
        self.enterprise.as_deref()
    }

    fn body(&self) -> &str {
        &self.description
    }
}

/// By a column of its own, by 攻关类型, or by the title above the table.
fn kind(draft: &mut Draft<'_, '_>) -> Option<DemandKind> {
    if let Some(value) = draft.one("kind") {
        let asks = unquoted(&value.header).contains("卡脖子");
        let stated = unquoted(&value.text);
        return match stated.trim() {
            text if is_negated(text) => Some(DemandKind::Demand),
            text if text.contains("卡脖子") || text == "bottleneck" => Some(DemandKind::Bottleneck),
            text if asks && is_affirmed(text) => Some(DemandKind::Bottleneck),
            _ if asks => {
                draft.not_understood(value, "是否卡脖子", "kind_stated");
                None
            }
            _ => Some(DemandKind::Demand),
        };
    }
    let choked = |text: &str| text.contains("卡脖子") && !is_negated(text);
    let mut attack = draft.fields.iter().filter(|(field, _)| &**field == "attack_type");
    if attack.any(|(_, value)| choked(&unquoted(&value.text))) {
        return Some(DemandKind::Bottleneck);
    }
    draft.said_above("kind").map(|_| DemandKind::Bottleneck)
}

fn unquoted(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”' | '"' | '「' | '」')).collect()
}

/// 否, 不属于卡脖子, 非卡脖子.
fn is_negated(text: &str) -> bool {
    const NEGATIVE: [&str; 8] = ["否", "非", "不", "无", "没", "未", "×", "✗"];
    let before = text.split("卡脖子").next().unwrap_or_default();
    let word = text.to_lowercase();
    matches!(word.as_str(), "n" | "no" | "0" | "false" | "demand") || NEGATIVE.iter().any(|no| before.starts_with(no))
}

/// 是, a tick, Y.
fn is_affirmed(text: &str) -> bool {
    const POSITIVE: [&str; 10] = ["是", "对", "有", "属于", "属", "√", "✓", "✔", "☑", "■"];
    let word = text.to_lowercase();
    matches!(word.as_str(), "y" | "yes" | "1" | "true") || POSITIVE.iter().any(|yes| text.starts_with(yes))
}

/// The city of a column of its own, or of the lines above. What says more than the city is kept as it is.
fn stated_city(draft: &mut Draft<'_, '_>) -> Option<String> {
    let Some(value) = draft.one("city") else {
        return draft.said_above("city").map(|text| city(&text).unwrap_or_else(|| short_city(&text).to_owned()));
    };
    let text = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short = short_city(&text).to_owned();
    match city(&text) {
        Some(city) if city != short => {
            draft.guess(&value, format!("所在市“{text}”按“{city}”读取，原文保留"));
            draft.keep("city_stated", Value::from(text));
            Some(city)
        }
        _ => Some(short),
    }
}

/// 威海市 → 威海.
fn short_city(city: &str) -> &str {
    match city.strip_suffix('市') {
        Some(short) if short.chars().count() >= 2 => short,
        _ => city,
    }
}

/// The city in 山东省威海市环翠区; the address itself is kept.
fn city_of_region(draft: &Draft<'_, '_>) -> Option<String> {
    let (_, value) = draft.fields.iter().find(|(field, _)| &**field == "region")?;
    city(&value.text)
}
