//! The event file: what kind of event, its limits, and who must or must not meet.

mod limits;

pub use limits::{Cap, Exception, Labels, Limits, PairRule, Priority, Range, Tour};

use crate::{EventError, EventMove, Schedule};
use duijie::{Catalogue, Chain};
use jiff::civil::Date;
use serde::{Deserialize, Deserializer};
use std::path::Path;
use std::sync::Arc;

/// An event as its TOML file describes it.
///
/// ```
/// use duijie_event::Event;
///
/// let event: Event = r#"
///     event = "工程机械"
///     date = 2024-03-20
///     [limits]
///     meetings_per_demand = { min = 1, max = 3 }
///     meetings_per_institution = { max = 6 }
///     slots = 12
///     tables = 20
///     minimum_score = 0.3
///     [priority]
///     bottleneck = 1.5
///     [[forbid]]
///     enterprise = "烟威起重装备有限公司"
///     institution = "I03"
///     reason = "正在诉讼"
/// "#.parse()?;
/// assert_eq!(event.limits.slots.as_ref().map(|slots| slots.len()), Some(12));
/// # Ok::<(), duijie_event::EventError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Event {
    /// Number or chain of the event in the catalogue; only demands of that chain take part.
    #[serde(alias = "chain")]
    pub event: Option<EventName>,
    /// What it is called in the documents.
    pub title: Option<String>,
    /// The day, or its first.
    #[serde(deserialize_with = "date")]
    pub date: Option<Date>,
    /// Who travels to whom.
    pub form: EventForm,
    /// The institution that receives, of an event held there; for the documents.
    pub host: Option<String>,
    /// How many meetings, when and where.
    pub limits: Limits,
    /// May stand here in place of `[limits]`.
    slots: Option<Labels>,
    tables: Option<Labels>,
    #[serde(alias = "min_score")]
    minimum_score: Option<f64>,
    /// Whether institutions are met where matching found none credible.
    pub no_credible_match: NoCredibleMatch,
    /// What weighs more than its score.
    pub priority: Priority,
    /// Pairs that must not meet.
    pub forbid: Vec<PairRule>,
    /// Pairs that must meet.
    pub require: Vec<PairRule>,
    /// Limits of single demands or institutions, in place of the general ones.
    pub exceptions: Vec<Exception>,
    /// Order of the cities of a tour.
    pub tour: Tour,
    /// How a schedule moved it, the first first; not of the file but of [`Event::follow`].
    #[serde(skip)]
    pub moves: Vec<EventMove>,
}

/// Which event of the catalogue.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum EventName {
    /// Its number.
    Number(u32),
    /// Id or name of its chain.
    Chain(String),
}

/// Who travels to whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventForm {
    /// Enterprises come to one place, such as a university, and meet at tables.
    #[default]
    Hall,
    /// Teams of professors visit the enterprises of a cluster together, city by city.
    Tour,
}

/// What becomes of a demand for which matching found no credible match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoCredibleMatch {
    /// It is listed as unmet.
    #[default]
    Exclude,
    /// Its ranking counts as any other.
    Include,
}

/// A TOML date or a text of the form `2024-03-20`.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let text = match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => text,
        toml::Value::Datetime(date) => date.to_string(),
        other => return Err(serde::de::Error::custom(format!("{other} is no date of the form 2024-03-20"))),
    };
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

impl Event {
    /// Loads an event file.
    ///
    /// # Errors
    ///
    /// [`EventError::Read`], [`EventError::EventFile`], [`EventError::GivenTwice`],
    /// [`EventError::LabelTwice`] or [`EventError::EventNumber`].
    pub fn load(path: &Path) -> Result<Self, EventError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| EventError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        Self::from_text(&text, path)
    }

    fn from_text(text: &str, path: &Path) -> Result<Self, EventError> {
        let mut event: Self = toml::from_str(text)
            .map_err(|error| EventError::EventFile { path: path.to_owned(), problem: error.to_string() })?;
        let limits = &mut event.limits;
        settle(&mut limits.slots, event.slots.take(), "slots", path)?;
        settle(&mut limits.tables, event.tables.take(), "tables", path)?;
        settle(&mut limits.minimum_score, event.minimum_score.take(), "minimum_score", path)?;
        for (field, labels) in [("slots", &limits.slots), ("tables", &limits.tables)] {
            if let Some(label) = labels.as_ref().and_then(Labels::repeated) {
                return Err(EventError::LabelTwice { path: path.to_owned(), field, label: label.to_owned() });
            }
        }
        let number = |field, expected, found| EventError::EventNumber { path: path.to_owned(), field, expected, found };
        for (field, factor) in
            [("bottleneck", event.priority.bottleneck), ("lead_enterprise", event.priority.lead_enterprise)]
        {
            if !(0.01..=100.0).contains(&factor) {
                return Err(number(field, "between 0.01 and 100", factor));
            }
        }
        match limits.minimum_score {
            Some(score) if !score.is_finite() => Err(number("minimum_score", "a finite number", score)),
            _ => Ok(event),
        }
    }

    /// The chain of the catalogue that the event is about.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownEvent`].
    pub fn chain<'c>(&self, catalogue: &'c Catalogue) -> Result<Option<&'c Chain>, EventError> {
        let (found, name) = match &self.event {
            None => return Ok(None),
            Some(EventName::Number(no)) => (catalogue.event(*no), no.to_string()),
            Some(EventName::Chain(name)) => (catalogue.chain(name), name.clone()),
        };
        found.map(Some).ok_or_else(|| EventError::UnknownEvent { name, version: catalogue.version.clone() })
    }
}

impl Event {
    /// Takes the day that the schedule has put the event on, with the reasons; whether it has one.
    ///
    /// ```
    /// use duijie::Catalogue;
    /// use duijie_event::{Event, Schedule};
    ///
    /// let mut event: Event = "event = 8\ndate = 2024-03-20".parse()?;
    /// let mut schedule = Schedule::default();
    /// schedule.move_event(8, "2024-04-18".parse()?, "张三", "与行业展会同期举办", "2024-01-05".parse()?)?;
    /// assert!(event.follow(&schedule, &Catalogue::default())?);
    /// assert_eq!(event.date, Some("2024-04-18".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownEvent`].
    pub fn follow(&mut self, schedule: &Schedule, catalogue: &Catalogue) -> Result<bool, EventError> {
        let Some(no) = self.chain(catalogue)?.map(|chain| chain.no) else { return Ok(false) };
        self.moves = schedule.moves.iter().filter(|moved| moved.event == no).cloned().collect();
        let last = self.moves.last().map(|moved| moved.to);
        self.date = last.or(self.date);
        Ok(last.is_some())
    }

    /// What it is called in documents and in the ledger: its title, or number and chain.
    ///
    /// # Errors
    ///
    /// [`EventError::UnknownEvent`].
    pub fn name(&self, catalogue: &Catalogue) -> Result<String, EventError> {
        let chain = self.chain(catalogue)?;
        Ok(match (&self.title, chain) {
            (Some(title), _) => title.clone(),
            (None, Some(chain)) => format!("第{}场 {}产学研精准对接", chain.no, chain.name),
            (None, None) => "产学研精准对接".to_owned(),
        })
    }
}

impl std::str::FromStr for Event {
    type Err = EventError;

    /// Reads the text of an event file.
    fn from_str(text: &str) -> Result<Self, EventError> {
        Self::from_text(text, Path::new("event.toml"))
    }
}

fn settle<T>(inner: &mut Option<T>, outer: Option<T>, field: &'static str, path: &Path) -> Result<(), EventError> {
    if inner.is_some() && outer.is_some() {
        return Err(EventError::GivenTwice { path: path.to_owned(), field });
    }
    *inner = inner.take().or(outer);
    Ok(())
}
