use super::draft::{Draft, DraftValue};
use super::record::TableRecord;
use crate::columns::RecordKind;
use crate::values::{Patents, Vocabulary, patents, year};
use duijie::{Achievement, DemandKind, FieldMap, Institutions, RecordProblem};
use serde_json::Value;

impl TableRecord for Achievement {
    const KIND: RecordKind = RecordKind::Achievement;
    const FIELDS: &[&str] = &[
        "id",
        "title",
        "summary",
        "keywords",
        "chain",
        "sub_industry",
        "institution",
        "maturity",
        "stage",
        "patents",
        "year",
        "price",
        "cooperation_modes",
    ];

    fn from_draft(draft: &mut Draft<'_, '_>, id: String, institutions: &Institutions, _: Option<DemandKind>) -> Self {
        let title = draft.line("title").unwrap_or_default();
        let (chain, sub_industry) = draft.settle();
        let (maturity, stage) = maturity(draft);
        let price = draft.money("price_wan", "price_stated", |from, _| from);
        if let Some(value) = draft.one("level") {
            let level = Vocabulary::built_in().level(&value.text).map_or(value.text.clone(), str::to_owned);
            draft.keep("level", Value::from(level));
        }
        let achievement = Self {
            id,
            title,
            keywords: draft.keywords(),
            institution: super::owner::institution(draft, institutions),
            patents: patent_count(draft),
            year: year_of(draft),
            cooperation_modes: draft.modes(),
            summary: draft.paragraphs(&["summary", "innovation", "metrics", "scope"]),
            chain,
            sub_industry,
            maturity,
            stage,
            price,
            extra: FieldMap::new(),
        };
        draft.keep_rest(Self::FIELDS);
        Self { extra: std::mem::take(&mut draft.extra), ..achievement }
    }

    fn settle(&mut self, catalogue: &duijie::Catalogue, institutions: &Institutions) -> Result<(), RecordProblem> {
        catalogue.settle(&mut self.chain, &mut self.sub_industry)?;
        if let Some(name) = &self.institution {
            self.institution = Some(institutions.resolve(name)?.id.clone());
        }
        Ok(())
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
        self.institution.as_deref().or_else(|| self.extra.get("institution_name").and_then(Value::as_str))
    }

    fn body(&self) -> &str {
        &self.summary
    }
}

/// A level and the words of a stage, from one column or two.
fn maturity(draft: &mut Draft<'_, '_>) -> (Option<u8>, Option<String>) {
    let is_word = |value: &DraftValue| !value.text.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let mut level = None;
    let mut stage = None;
    for field in ["maturity", "stage"] {
        let Some((trl, value)) = draft.trl(field) else {
            // A stage that is on no scale is still the stage.
            if stage.is_none() && field == "stage" {
                stage = draft.extra.remove("stage_stated").and_then(|text| text.as_str().map(str::to_owned));
            }
            continue;
        };
        if is_word(&value) {
            stage = stage.or_else(|| Some(value.text.clone()));
        }
        if level.is_none() {
            level = Some(trl.from);
            if trl.from != trl.to {
                let scale = draft.scales.get(field).and_then(|scale| scale.name());
                let scale = scale.map_or(String::new(), |name| format!("（量表：{name}）"));
                draft.guess(
                    &value,
                    format!("成熟度“{}”按TRL{}–{}理解，取{}{scale}", value.text, trl.from, trl.to, trl.from),
                );
                draft.keep("trl", Value::from(vec![trl.from, trl.to]));
            }
        } else if trl.from == trl.to && is_word(&value).eq(&false) {
            level = Some(trl.from);
        }
    }
    (level, stage)
}

/// The number of patents; a sum of kinds is a guess, and so is what is granted of those applied for.
fn patent_count(draft: &mut Draft<'_, '_>) -> Option<u32> {
    let value = draft.one("patents")?;
    match patents(&value.text) {
        Some(Patents::Stated(count)) => Some(count),
        Some(Patents::Summed(count)) => {
            draft.guess(&value, format!("专利“{}”合计{count}项", value.text));
            draft.keep("patents_stated", Value::from(value.text));
            Some(count)
        }
        Some(Patents::Granted(count)) => {
            draft.guess(&value, format!("专利“{}”只计授权的{count}项", value.text));
            draft.keep("patents_stated", Value::from(value.text));
            Some(count)
        }
        None => {
            draft.not_understood(value, "专利数", "patents_stated");
            None
        }
    }
}

fn year_of(draft: &mut Draft<'_, '_>) -> Option<u16> {
    let value = draft.one("year")?;
    let found = year(&value.text).filter(|year| (1900..=2200).contains(year));
    if found.is_none() {
        draft.not_understood(value, "年份", "year_stated");
    }
    found
}
