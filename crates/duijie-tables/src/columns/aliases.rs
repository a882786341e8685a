use super::label::{is_letters, label_key};
use crate::{Result, TableError};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// The files that it was extended by, and whether anything was understood by them.
    files: Vec<PathBuf>,
    used: Arc<AtomicBool>,
}

/// Where an alias is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Source {
    BuiltIn,
    File,
    Mapping,
}

#[derive(Clone, Debug)]
struct Entry {
    alias: String,
    meaning: Meaning,
    source: Source,
}

/// Aliases with what they mean, longest first.
#[derive(Clone, Debug, Default)]
struct Dictionary {
    entries: Vec<Entry>,
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
        let (demand, achievement) = (Dictionary::default(), Dictionary::default());
        let mut aliases = Self { demand, achievement, files: Vec::new(), used: Arc::default() };
        aliases.add(&file, Source::BuiltIn);
        aliases
    }
}

impl Aliases {
    /// This dictionary with the aliases of a file added; where both know an alias, the file wins.
    ///
    /// # Errors
    ///
    /// [`TableError::Read`], [`TableError::Settings`] or [`TableError::UnknownAliasField`].
    pub fn extended_by(mut self, path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TableError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        let file: AliasFile = toml::from_str(&text)
            .map_err(|error| TableError::Settings { path: path.to_owned(), problem: error.message().to_owned() })?;
        for (kind, fields) in [(RecordKind::Demand, &file.demand), (RecordKind::Achievement, &file.achievement)] {
            let known = self.fields(kind);
            if let Some(field) = fields.keys().find(|field| !known.iter().any(|known| **known == ***field)) {
                let (path, field, known) = (path.to_owned(), field.clone(), known.join(", "));
                return Err(TableError::UnknownAliasField { path, field, known });
            }
        }
        self.add(&file, Source::File);
        self.files.push(path.to_owned());
        Ok(self)
    }

    /// The same, for a reading of its own: nothing was understood by it yet.
    pub(crate) fn unused(self) -> Self {
        Self { used: Arc::default(), ..self }
    }

    /// The files that it was extended by, if no header or label was understood by any of them.
    pub(crate) fn idle_files(&self) -> &[PathBuf] {
        if self.used.load(Ordering::Relaxed) { &[] } else { &self.files }
    }

    fn add(&mut self, file: &AliasFile, source: Source) {
        for (dictionary, fields) in [(&mut self.demand, &file.demand), (&mut self.achievement, &file.achievement)] {
            for (field, aliases) in fields {
                dictionary.add(aliases, &Meaning::Field(field.as_str().into()), source);
            }
            dictionary.add(&file.ignored.serial, &Meaning::Serial, source);
            dictionary.add(&file.ignored.personal_id, &Meaning::PersonalId, source);
            dictionary.sort();
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
            let meaning = Meaning::Field(field.as_str().into());
            dictionary.add(std::slice::from_ref(header), &meaning, Source::Mapping);
        }
        dictionary.sort();
        self
    }

    fn dictionary(&self, kind: RecordKind) -> &Dictionary {
        match kind {
            RecordKind::Demand => &self.demand,
            RecordKind::Achievement => &self.achievement,
        }
    }

    /// The meaning of the longest alias that fits.
    fn longest(&self, kind: RecordKind, fits: impl Fn(&str) -> bool) -> Option<Meaning> {
        let found = self.dictionary(kind).entries.iter().find(|entry| fits(&entry.alias))?;
        if found.source == Source::File {
            self.used.store(true, Ordering::Relaxed);
        }
        Some(found.meaning.clone())
    }

    /// The meaning of a header: the longest alias in it.
    pub(crate) fn of_header(&self, kind: RecordKind, header: &str) -> Option<Meaning> {
        let key = label_key(header);
        // Short aliases (名称, 电话) are parts of too many other headers.
        self.longest(kind, |alias| if alias.chars().count() <= 2 { key == alias } else { key.contains(alias) })
    }

    /// The meaning of a cell that may be a label or a value: a label is little more than an alias.
    pub(crate) fn of_label(&self, kind: RecordKind, cell: &str) -> Option<Meaning> {
        if cell.len() > 240 {
            return None;
        }
        let key = label_key(cell);
        let length = key.chars().count();
        self.longest(kind, |alias| {
            let alias_length = alias.chars().count();
            let contains = alias_length >= 4 && length <= alias_length + LABEL_SLACK && key.contains(alias);
            // 企业名称 is a label, 企业名称变更管理系统 a title: what ends otherwise must be exact.
            key == alias || (contains && (key.ends_with(alias) || key.starts_with(alias)) && is_heading(&key))
        })
    }

    /// Whether a cell is an alias and no more.
    pub(crate) fn is_alias(&self, kind: RecordKind, cell: &str) -> bool {
        let key = label_key(cell);
        self.longest(kind, |alias| key == alias).is_some()
    }

    /// The meaning of the lines of a head, from top to bottom, that only together are an alias: 名称 under 需求 is
    /// 需求名称, and under 企业 it is 企业名称. The longest alias that the joined lines end in counts.
    pub(crate) fn of_lines(&self, kind: RecordKind, lines: &[String]) -> Option<Meaning> {
        let (last, above) = lines.split_last().filter(|(_, above)| !above.is_empty())?;
        let last = label_key(last);
        let joined = above.iter().map(|line| label_key(line)).collect::<String>() + &last;
        self.longest(kind, |alias| alias.len() > last.len() && joined.len() <= 120 && joined.ends_with(alias))
    }

    /// What officials call a field; its own name where they do not call it anything.
    pub(crate) fn chinese(&self, kind: RecordKind, field: &str) -> String {
        self.dictionary(kind).names.get(field).map_or_else(|| field.to_owned(), Clone::clone)
    }

    /// The names of all fields of a kind of record.
    pub(crate) fn fields(&self, kind: RecordKind) -> Vec<Arc<str>> {
        let mut seen = FxHashSet::default();
        let mut fields: Vec<Arc<str>> = Vec::new();
        for entry in &self.dictionary(kind).entries {
            if let Meaning::Field(field) = &entry.meaning
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
    /// A stable sort: of aliases equally long, those added last stand first.
    fn sort(&mut self) {
        self.entries.sort_by_key(|entry| std::cmp::Reverse(entry.alias.chars().count()));
    }

    fn add(&mut self, aliases: &[String], meaning: &Meaning, source: Source) {
        for alias in aliases {
            if let Meaning::Field(field) = meaning {
                self.names.entry(field.clone()).or_insert_with(|| alias.clone());
            }
            let alias = label_key(alias);
            self.entries.retain(|known| known.alias != alias);
            self.entries.insert(0, Entry { alias, meaning: meaning.clone(), source });
        }
    }
}
