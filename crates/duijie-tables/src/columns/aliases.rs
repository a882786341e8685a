use super::label::{is_letters, label_key};
use crate::{Result, TableError};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Whether a table lists demands or achievements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RecordKind {
    Demand,
    Achievement,
}

impl RecordKind {
    pub(crate) fn chinese(self) -> &'static str {
        match self {
            Self::Demand => "技术需求",
            Self::Achievement => "科技成果",
        }
    }
}

/// What a header means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A field of the record.
    Field(Arc<str>),
    /// A serial number, passed over.
    Serial,
    /// An identity number, dropped and reported.
    PersonalId,
}

/// What officials call the columns of their tables; the built-in dictionary is `data/aliases.toml`.
#[derive(Clone, Debug)]
pub struct Aliases {
    demand: Dictionary,
    achievement: Dictionary,
}

/// Keys with what they mean, longest first.
#[derive(Clone, Debug, Default)]
struct Dictionary {
    entries: Vec<(String, Meaning)>,
    /// What officials call a field: the first of its aliases.
    names: FxHashMap<Arc<str>, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AliasFile {
    #[serde(default)]
    demand: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    achievement: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    ignored: Ignored,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ignored {
    #[serde(default)]
    serial: Vec<String>,
    #[serde(default)]
    personal_id: Vec<String>,
}

/// Characters that a header may have beyond an alias in it and still be a label in a form.
const LABEL_SLACK: usize = 8;

impl Default for Aliases {
    fn default() -> Self {
        let file = toml::from_str(include_str!("../../data/aliases.toml")).expect("data/aliases.toml is a dictionary");
        let mut aliases = Self { demand: Dictionary::default(), achievement: Dictionary::default() };
        aliases.add(&file);
        aliases
    }
}

impl Aliases {
    /// This dictionary with the aliases of a file added; where both know an alias, the file wins.
    ///
    /// # Errors
    ///
    /// [`TableError::Read`] or [`TableError::Settings`].
    pub fn extended_by(mut self, path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TableError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let file: AliasFile = toml::from_str(&text)
            .map_err(|error| TableError::Settings { path: path.to_owned(), problem: error.message().to_owned() })?;
        self.add(&file);
        Ok(self)
    }

    fn add(&mut self, file: &AliasFile) {
        for (dictionary, fields) in [(&mut self.demand, &file.demand), (&mut self.achievement, &file.achievement)] {
            for (field, aliases) in fields {
                dictionary.add(aliases, &Meaning::Field(field.as_str().into()));
            }
            dictionary.add(&file.ignored.serial, &Meaning::Serial);
            dictionary.add(&file.ignored.personal_id, &Meaning::PersonalId);
            // A stable sort: of aliases equally long, those added last stand first.
            dictionary.entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.chars().count()));
        }
    }

    /// The dictionary with what a mapping says of headers, so that they make a head known; letters say nothing.
    pub(crate) fn with_mapping(mut self, kind: RecordKind, mapping: &[(String, String)]) -> Self {
        let fields = self.fields(kind);
        let dictionary = match kind {
            RecordKind::Demand => &mut self.demand,
            RecordKind::Achievement => &mut self.achievement,
        };
        let is_known = |field: &str| fields.iter().any(|known| **known == *field);
        let headers = mapping.iter().filter(|(header, field)| !is_letters(header) && is_known(field));
        for (header, field) in headers {
            dictionary.add(std::slice::from_ref(header), &Meaning::Field(field.as_str().into()));
        }
        dictionary.entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.chars().count()));
        self
    }

    fn dictionary(&self, kind: RecordKind) -> &Dictionary {
        match kind {
            RecordKind::Demand => &self.demand,
            RecordKind::Achievement => &self.achievement,
        }
    }

    /// The meaning of a header: the longest alias in it.
    pub(crate) fn of_header(&self, kind: RecordKind, header: &str) -> Option<Meaning> {
        let key = label_key(header);
        let found = self.dictionary(kind).entries.iter().find(|(alias, _)| {
            // Short aliases (名称, 电话) are parts of too many other headers.
            if alias.chars().count() <= 2 { key == *alias } else { key.contains(alias.as_str()) }
        });
        found.map(|(_, meaning)| meaning.clone())
    }

    /// The meaning of a cell that may be a label or a value: a label is little more than an alias.
    pub(crate) fn of_label(&self, kind: RecordKind, cell: &str) -> Option<Meaning> {
        if cell.len() > 240 {
            return None;
        }
        let key = label_key(cell);
        let length = key.chars().count();
        let found = self.dictionary(kind).entries.iter().find(|(alias, _)| {
            let alias_length = alias.chars().count();
            let contains = alias_length >= 4 && length <= alias_length + LABEL_SLACK && key.contains(alias.as_str());
            // 企业名称 is a label, 企业名称变更管理系统 a title: what ends otherwise must be exact.
            key == *alias
                || (contains && (key.ends_with(alias.as_str()) || key.starts_with(alias.as_str())) && is_heading(&key))
        });
        found.map(|(_, meaning)| meaning.clone())
    }

    /// The meaning of the lines of a head, from top to bottom, that only together are an alias: 名称 under 需求 is
    /// 需求名称, and under 企业 it is 企业名称. The longest alias that the joined lines end in counts.
    pub(crate) fn of_lines(&self, kind: RecordKind, lines: &[String]) -> Option<Meaning> {
        let (last, above) = lines.split_last().filter(|(_, above)| !above.is_empty())?;
        let last = label_key(last);
        let joined = above.iter().map(|line| label_key(line)).collect::<String>() + &last;
        // Longest first: the first that fits is the longest.
        let found = self
            .dictionary(kind)
            .entries
            .iter()
            .find(|(alias, _)| alias.len() > last.len() && joined.len() <= 120 && joined.ends_with(alias.as_str()));
        found.map(|(_, meaning)| meaning.clone())
    }

    /// What officials call a field; its own name where they do not call it anything.
    pub(crate) fn chinese(&self, kind: RecordKind, field: &str) -> String {
        self.dictionary(kind).names.get(field).map_or_else(|| field.to_owned(), Clone::clone)
    }

    /// The names of all fields of a kind of record.
    pub(crate) fn fields(&self, kind: RecordKind) -> Vec<Arc<str>> {
        let mut seen = FxHashSet::default();
        let mut fields: Vec<Arc<str>> = Vec::new();
        for (_, meaning) in &self.dictionary(kind).entries {
            if let Meaning::Field(field) = meaning
                && seen.insert(field.clone())
            {
                fields.push(field.clone());
            }
        }
        fields.sort_unstable();
        fields
    }
}

/// Whether a text of a few characters could head a column: no sentence, no number, no label with its value.
pub(crate) fn is_heading(key: &str) -> bool {
    !key.contains(['。', ',', ';', ':', '%', '≥', '≤']) && !key.chars().any(|c| c.is_ascii_digit())
}

impl Dictionary {
    fn add(&mut self, aliases: &[String], meaning: &Meaning) {
        for alias in aliases {
            if let Meaning::Field(field) = meaning {
                self.names.entry(field.clone()).or_insert_with(|| alias.clone());
            }
            let key = label_key(alias);
            self.entries.retain(|(known, _)| *known != key);
            self.entries.insert(0, (key, meaning.clone()));
        }
    }
}
