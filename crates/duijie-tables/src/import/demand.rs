use super::draft::Draft;
use super::record::TableRecord;
use crate::columns::RecordKind;
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
        let city = draft.line("city").map(|city| short_city(&city).to_owned()).or_else(|| city_of_region(draft));
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
    let choked = |text: &str| text.contains("卡脖子");
    if let Some(value) = draft.one("kind") {
        let text = value.text.replace(['“', '”', '"'], "");
        let about_choking = choked(&value.header.replace(['“', '”', '"'], ""));
        return Some(match text.trim() {
            text if choked(text) || text == "bottleneck" => DemandKind::Bottleneck,
            "是" | "√" if about_choking => DemandKind::Bottleneck,
            _ => DemandKind::Demand,
        });
    }
    let mut attack = draft.fields.iter().filter(|(field, _)| &**field == "attack_type");
    if attack.any(|(_, value)| choked(&value.text)) {
        return Some(DemandKind::Bottleneck);
    }
    draft.said_above("kind").map(|_| DemandKind::Bottleneck)
}

/// 威海市 → 威海.
fn short_city(city: &str) -> &str {
    match city.strip_suffix('市') {
        Some(short) if short.chars().count() >= 2 => short,
        _ => city,
    }
}

/// The city in 山东省威海市环翠区; the address itself is kept.
fn city_of_region(draft: &mut Draft<'_, '_>) -> Option<String> {
    let (_, value) = draft.fields.iter().find(|(field, _)| &**field == "region")?;
    let address = value.text.as_str();
    let behind_province = address.split_once('省').map_or(address, |(_, rest)| rest);
    let (city, _) = behind_province.split_once('市')?;
    let city = city.trim_matches([' ', '/', '-', '—']);
    (2..=4).contains(&city.chars().count()).then(|| city.to_owned())
}
