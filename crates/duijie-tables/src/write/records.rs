use crate::{Result, TableError};
use duijie::{Achievement, Catalogue, Demand, DemandKind, Institutions};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// The records that documents are written from.
#[derive(Clone, Copy)]
pub struct Records<'a> {
    /// Names of chains and sub-industries.
    pub catalogue: &'a Catalogue,
    /// Names of institutions.
    pub institutions: &'a Institutions,
    /// The demands, listings included.
    pub demands: &'a [Demand],
    /// The achievements.
    pub achievements: &'a [Achievement],
}

/// Demands and achievements by their ids.
pub(crate) struct ById<'a> {
    demands: FxHashMap<&'a str, &'a Demand>,
    achievements: FxHashMap<&'a str, &'a Achievement>,
}

impl<'a> ById<'a> {
    /// # Errors
    ///
    /// [`TableError::UnknownDemand`].
    pub(crate) fn demand(&self, id: &str) -> Result<&'a Demand> {
        self.demands.get(id).copied().ok_or_else(|| TableError::UnknownDemand { demand: id.to_owned() })
    }

    /// # Errors
    ///
    /// [`duijie::Error::UnknownId`].
    pub(crate) fn achievement(&self, id: &str) -> Result<&'a Achievement> {
        let unknown = || duijie::Error::UnknownId { kind: "achievement", id: id.to_owned() };
        Ok(self.achievements.get(id).copied().ok_or_else(unknown)?)
    }
}

impl<'a> Records<'a> {
    pub(crate) fn by_id(&self) -> ById<'a> {
        ById {
            demands: self.demands.iter().map(|demand| (demand.id.as_str(), demand)).collect(),
            achievements: self.achievements.iter().map(|found| (found.id.as_str(), found)).collect(),
        }
    }

    pub(crate) fn chain_name(&self, id: Option<&str>) -> String {
        let found = id.and_then(|id| self.catalogue.chain(id)).map(|chain| chain.name.clone());
        found.or_else(|| id.map(str::to_owned)).unwrap_or_default()
    }

    pub(crate) fn sub_industry_name(&self, code: Option<&str>) -> String {
        let found = code.and_then(|code| self.catalogue.sub_industry(code)).map(|(_, sub)| sub.name.clone());
        found.or_else(|| code.map(str::to_owned)).unwrap_or_default()
    }

    pub(crate) fn institution_name(&self, id: &str) -> String {
        self.institutions.get(id).map_or_else(|| id.to_owned(), |institution| institution.name.clone())
    }

    /// One field of a demand as it is shown; unknown is blank.
    pub(crate) fn demand_field(&self, demand: &Demand, field: &str) -> String {
        match field {
            "id" => demand.id.clone(),
            "kind" => match demand.kind {
                DemandKind::Demand => "技术需求".into(),
                DemandKind::Bottleneck => "卡脖子".into(),
            },
            "title" => demand.title.clone(),
            "chain" => self.chain_name(demand.chain.as_deref()),
            "sub_industry" => self.sub_industry_name(demand.sub_industry.as_deref()),
            "description" => demand.description.clone(),
            "indicators" => demand.indicators.join("；"),
            "enterprise" => demand.enterprise.clone().unwrap_or_default(),
            "city" => demand.city.clone().unwrap_or_default(),
            "budget" => demand.budget.map_or_else(String::new, |budget| budget.to_string()),
            "modes" => demand.cooperation_modes.join("、"),
            other => extra(&demand.extra, other),
        }
    }

    /// One field of an achievement as it is shown; unknown is blank.
    pub(crate) fn achievement_field(&self, achievement: &Achievement, field: &str) -> String {
        match field {
            "id" => achievement.id.clone(),
            "title" => achievement.title.clone(),
            "institution" => match &achievement.institution {
                Some(id) => self.institution_name(id),
                None => extra(&achievement.extra, "institution_name"),
            },
            "chain" => self.chain_name(achievement.chain.as_deref()),
            "sub_industry" => self.sub_industry_name(achievement.sub_industry.as_deref()),
            "summary" => achievement.summary.clone(),
            "keywords" => achievement.keywords.join("；"),
            "maturity" => achievement.maturity.map_or_else(String::new, |level| format!("TRL{level}")),
            "stage" => achievement.stage.clone().unwrap_or_default(),
            "patents" => achievement.patents.map_or_else(String::new, |count| count.to_string()),
            "year" => achievement.year.map_or_else(String::new, |year| year.to_string()),
            "price" => achievement.price.map_or_else(String::new, |price| price.to_string()),
            "modes" => achievement.cooperation_modes.join("、"),
            other => extra(&achievement.extra, other),
        }
    }
}

fn extra(fields: &duijie::FieldMap, field: &str) -> String {
    match fields.get(field) {
        None | Some(Value::Null) => String::new(),
        Some(Value::Array(levels)) if field.starts_with("trl") => {
            let levels: Vec<String> = levels.iter().map(|level| format!("TRL{level}")).collect();
            levels.join("–")
        }
        Some(Value::Array(entries)) => entries.iter().map(plain).collect::<Vec<_>>().join("；"),
        Some(other) => plain(other),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
