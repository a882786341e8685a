use crate::Error;
use crate::records::RecordProblem;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;

/// The chains (标志性产业链), their sub-industries, offices and event windows.
///
/// The built-in catalogue is Annex 1 of 鲁工信技〔2022〕203号: 11 chains, 33 sub-industries. Another
/// version loads from a JSON file of the same form; there `former_names` lead names of earlier
/// versions to the chain or sub-industry that took them over.
///
/// ```
/// use duijie::Catalogue;
///
/// let catalogue = Catalogue::default();
/// assert_eq!(catalogue.chain("高端装备").unwrap().id, "equipment");
/// assert_eq!(catalogue.sub_industry("氢燃料电池").unwrap().1.code, "hydrogen");
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Catalogue {
    /// The document it follows.
    #[serde(default)]
    pub source: String,
    /// Names this version; the date of the document.
    pub version: String,
    /// In the order of the document.
    pub chains: Vec<Chain>,
}

/// One chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Stable short name.
    pub id: String,
    /// Number in the document, which is also the number of its event.
    pub no: u32,
    /// 产业链 name.
    pub name: String,
    /// What earlier catalogues called it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<String>,
    /// In the order of the document.
    pub sub_industries: Vec<SubIndustry>,
    /// 牵头处室.
    #[serde(default)]
    pub lead_offices: String,
    /// 配合处室.
    #[serde(default)]
    pub supporting_offices: Vec<String>,
    /// When its matching event is held.
    pub event_window: EventWindow,
}

/// One sub-industry (细分行业).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SubIndustry {
    /// Stable short name, unique over all chains.
    pub code: String,
    /// 细分行业 name.
    pub name: String,
    /// What earlier catalogues called it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former_names: Vec<String>,
}

/// First and last month of an event, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventWindow {
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
}

/// A month, `2022-11`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    /// Year.
    pub year: u16,
    /// 1–12.
    pub month: u8,
}

impl FromStr for Month {
    type Err = String;

    /// Reads `YYYY-MM`; a day behind it is passed over.
    fn from_str(text: &str) -> Result<Self, String> {
        let problem = || format!("{text:?} is no month of the form YYYY-MM");
        let mut parts = text.splitn(3, '-');
        let year = parts.next().and_then(|year| year.parse().ok()).ok_or_else(problem)?;
        let month = parts.next().and_then(|month| month.parse().ok()).ok_or_else(problem)?;
        if !(1..=12).contains(&month) {
            return Err(problem());
        }
        Ok(Self { year, month })
    }
}

impl TryFrom<String> for Month {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl Default for Catalogue {
    fn default() -> Self {
        serde_json::from_str(include_str!("../data/catalogue.json")).expect("data/catalogue.json is a catalogue")
    }
}

impl Catalogue {
    /// Loads a catalogue from a JSON file.
    ///
    /// # Errors
    ///
    /// [`Error::Read`] if the file cannot be read, [`Error::Catalogue`] if it is no catalogue,
    /// gives one name, id or number to two chains or two sub-industries, or an event ends before it begins.
    pub fn load(path: &Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| Error::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let problem = |problem| Error::Catalogue { path: path.to_owned(), problem };
        let catalogue: Self = serde_json::from_str(&text).map_err(|error| problem(error.to_string()))?;
        catalogue.check().map_err(problem)?;
        Ok(catalogue)
    }

    /// The chain of an id, a name (with or without 产业链) or a former name.
    pub fn chain(&self, name: &str) -> Option<&Chain> {
        let key = chain_key(name);
        self.chains.iter().find(|chain| chain.keys().any(|known| known == key))
    }

    /// The chain and sub-industry of a code, a name or a former name.
    pub fn sub_industry(&self, name: &str) -> Option<(&Chain, &SubIndustry)> {
        let key = key(name);
        self.chains.iter().find_map(|chain| {
            let found = chain.sub_industries.iter().find(|sub| sub.keys().any(|known| known == key));
            found.map(|sub_industry| (chain, sub_industry))
        })
    }

    /// The chain whose event has number `no`.
    pub fn event(&self, no: u32) -> Option<&Chain> {
        self.chains.iter().find(|chain| chain.no == no)
    }

    /// The chain whose event is on in `today` or comes next; `None` once the last one is over.
    pub fn next_event(&self, today: Month) -> Option<&Chain> {
        self.chains.iter().filter(|chain| chain.event_window.to >= today).min_by_key(|chain| chain.event_window.from)
    }

    fn check(&self) -> Result<(), String> {
        let mut chains = std::collections::HashMap::new();
        let mut sub_industries = std::collections::HashMap::new();
        let (mut ids, mut codes) = (std::collections::HashSet::new(), std::collections::HashSet::new());
        let mut events = std::collections::HashMap::new();
        for chain in &self.chains {
            if !ids.insert(&chain.id) {
                return Err(format!("{:?} is the id of two chains", chain.id));
            }
            if let Some(other) = events.insert(chain.no, &chain.id) {
                return Err(format!("chains {other:?} and {:?} both have no {}", chain.id, chain.no));
            }
            let EventWindow { from, to } = chain.event_window;
            if from > to {
                return Err(format!(
                    "the event window of chain {:?} ends in {to}, before it begins in {from}",
                    chain.id
                ));
            }
            for key in chain.keys() {
                if let Some(other) = chains.insert(key.clone(), &chain.id).filter(|other| **other != chain.id) {
                    return Err(format!("{key:?} names both chain {other:?} and chain {:?}", chain.id));
                }
            }
            for sub in &chain.sub_industries {
                if !codes.insert(&sub.code) {
                    return Err(format!("{:?} is the code of two sub-industries", sub.code));
                }
                for key in sub.keys() {
                    if let Some(other) = sub_industries.insert(key.clone(), &sub.code).filter(|c| **c != sub.code) {
                        return Err(format!("{key:?} names both sub-industry {other:?} and {:?}", sub.code));
                    }
                }
            }
        }
        Ok(())
    }
}

impl Chain {
    fn keys(&self) -> impl Iterator<Item = String> {
        let names = std::iter::once(&self.name).chain(&self.former_names);
        std::iter::once(key(&self.id)).chain(names.map(|name| chain_key(name)))
    }
}

impl SubIndustry {
    fn keys(&self) -> impl Iterator<Item = String> {
        let names = std::iter::once(&self.name).chain(&self.former_names);
        std::iter::once(key(&self.code)).chain(names.map(|name| key(name)))
    }
}

/// A name as it is compared: normalised, blanks and dashes apart.
fn key(name: &str) -> String {
    use duijie_text::{Normalizer, StandardNormalizer};
    let normalized = StandardNormalizer.normalize(name);
    normalized.text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '—' | '–' | '―')).collect()
}

/// A chain's name less the word 产业链 behind it.
fn chain_key(name: &str) -> String {
    let key = key(name);
    match key.strip_suffix("产业链") {
        Some(short) if !short.is_empty() => short.to_owned(),
        _ => key,
    }
}

impl Catalogue {
    /// Turns the names of a record's chain and sub-industry into their ids; a chain that is not
    /// given follows from the sub-industry.
    ///
    /// # Errors
    ///
    /// A name that no chain or sub-industry bears, or a sub-industry of another chain.
    pub fn settle(&self, chain: &mut Option<String>, sub_industry: &mut Option<String>) -> Result<(), RecordProblem> {
        let named = match chain {
            Some(name) => Some(self.chain(name).ok_or_else(|| RecordProblem::UnknownChain {
                name: name.clone(),
                version: self.version.clone(),
                known: self.chains.iter().map(|chain| chain.name.as_str()).collect::<Vec<_>>().join("、"),
            })?),
            None => None,
        };
        if let Some(name) = sub_industry {
            let (owner, sub) = self.sub_industry(name).ok_or_else(|| RecordProblem::UnknownSubIndustry {
                name: name.clone(),
                version: self.version.clone(),
                known: self.known_sub_industries(named),
            })?;
            if named.is_some_and(|chain| chain.id != owner.id) {
                return Err(RecordProblem::ChainMismatch {
                    chain: chain.clone().unwrap_or_default(),
                    sub_industry: name.clone(),
                });
            }
            *sub_industry = Some(sub.code.clone());
            *chain = Some(owner.id.clone());
        } else if let Some(named) = named {
            *chain = Some(named.id.clone());
        }
        Ok(())
    }

    /// Names to choose from: those of `chain`, or all.
    fn known_sub_industries(&self, chain: Option<&Chain>) -> String {
        let chains = self.chains.iter().filter(|known| chain.is_none_or(|chain| chain.id == known.id));
        let names: Vec<&str> = chains.flat_map(|chain| &chain.sub_industries).map(|sub| sub.name.as_str()).collect();
        names.join("、")
    }
}
