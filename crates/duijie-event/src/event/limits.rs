//! What bounds an event: numbers, pairs, priorities.

use serde::Deserialize;

/// The limits of the event; what is not given does not limit.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Meetings of a demand.
    pub meetings_per_demand: Range,
    /// Meetings of an institution.
    pub meetings_per_institution: Cap,
    /// Time slots: a number, or their labels (`["09:00", "09:20"]`).
    pub slots: Option<Labels>,
    /// Tables of a hall: a number, or their labels.
    pub tables: Option<Labels>,
    /// Least score of a meeting; required pairs may be below it.
    #[serde(alias = "min_score")]
    pub minimum_score: Option<f64>,
}

/// Least and greatest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Range {
    /// Least; holds for every demand that has an allowed candidate.
    pub min: usize,
    /// Greatest.
    pub max: Option<usize>,
}

/// Greatest number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Cap {
    /// Greatest.
    pub max: Option<usize>,
}

/// A number of things, or what each is called.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Labels {
    /// How many.
    Count(usize),
    /// Their labels, in order.
    Names(Vec<String>),
}

impl Labels {
    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Count(count) => *count,
            Self::Names(names) => names.len(),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first label that stands twice.
    pub(crate) fn repeated(&self) -> Option<&str> {
        let Self::Names(names) = self else { return None };
        let at = (1..names.len()).find(|&at| names[..at].iter().any(|name| name.trim() == names[at].trim()))?;
        Some(&names[at])
    }

    /// What the `number`-th (from 1) is called; its number where it has no label.
    pub fn label(&self, number: usize) -> String {
        match self {
            Self::Names(names) if (1..=names.len()).contains(&number) => names[number - 1].clone(),
            _ => number.to_string(),
        }
    }
}

/// Factors on the score of a meeting in the total, and, where not all demands can be served, weights of being
/// served; both apply to a 卡脖子 listing of a 链主.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Priority {
    /// Of 卡脖子 listings.
    pub bottleneck: f64,
    /// Of demands of 链主 enterprises.
    pub lead_enterprise: f64,
    /// The 链主 enterprises.
    pub lead_enterprises: Vec<String>,
}

impl Default for Priority {
    fn default() -> Self {
        Self { bottleneck: 1.0, lead_enterprise: 1.0, lead_enterprises: Vec::new() }
    }
}

/// The pairs that have everything that is given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PairRule {
    /// Id of the demand.
    pub demand: Option<String>,
    /// Name of the enterprise.
    pub enterprise: Option<String>,
    /// Id or name of the institution.
    pub institution: Option<String>,
    /// Why, for the documents.
    pub reason: Option<String>,
}

/// A limit of one demand or one institution.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Exception {
    /// Id of the demand.
    pub demand: Option<String>,
    /// Id or name of the institution.
    pub institution: Option<String>,
    /// Least number of meetings, of a demand.
    pub min: Option<usize>,
    /// Greatest number of meetings.
    pub max: Option<usize>,
}

/// How a tour goes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tour {
    /// Cities in the order of the tour; those not named follow, most meetings first.
    pub cities: Vec<String>,
}
