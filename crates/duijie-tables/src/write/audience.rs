use super::fields::Shown;
use crate::{Result, TableError};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;
use toml::Spanned;

/// Whom a document is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    /// 公开: everybody.
    Public,
    /// 高校院所.
    Institutions,
    /// 企业.
    Enterprises,
    /// 工作人员.
    Staff,
}

impl Audience {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Public, Self::Institutions, Self::Enterprises, Self::Staff];

    /// The audience of a word: its Chinese name, or `public`, `institutions`, `enterprises`, `staff`.
    pub fn from_word(word: &str) -> Option<Self> {
        let english = ["public", "institutions", "enterprises", "staff"];
        Self::ALL.into_iter().zip(english).find_map(|(audience, english)| {
            (word == audience.chinese() || word.eq_ignore_ascii_case(english)).then_some(audience)
        })
    }

    /// What the document says of itself.
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Public => "公开",
            Self::Institutions => "高校院所",
            Self::Enterprises => "企业",
            Self::Staff => "工作人员",
        }
    }
}

/// The fields that an audience may see, in order.
#[derive(Clone, Debug)]
pub struct Disclosure {
    /// Of demands.
    pub demands: Vec<String>,
    /// Of achievements.
    pub achievements: Vec<String>,
    /// Of matches.
    pub matches: Vec<String>,
    /// Of these the ones shown veiled; `enterprise` is the one there is.
    pub masked: Vec<String>,
}

/// What every audience may see; the built-in declaration is `data/audiences.toml`.
#[derive(Clone, Debug)]
pub struct Disclosures {
    public: Disclosure,
    institutions: Disclosure,
    enterprises: Disclosure,
    staff: Disclosure,
}

/// A declaration as its file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declaration {
    public: Declared,
    institutions: Declared,
    enterprises: Declared,
    staff: Declared,
}

/// The fields of one audience, each with its place in the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Declared {
    demands: Vec<Spanned<String>>,
    achievements: Vec<Spanned<String>>,
    matches: Vec<Spanned<String>>,
    masked: Vec<Spanned<String>>,
}

impl Default for Disclosures {
    fn default() -> Self {
        let text = include_str!("../../data/audiences.toml");
        Self::parse(text, Path::new("data/audiences.toml")).expect("data/audiences.toml is a declaration")
    }
}

impl Disclosures {
    /// Loads a declaration from a file of the form of `data/audiences.toml`.
    ///
    /// # Errors
    ///
    /// [`TableError::Read`], [`TableError::Settings`] or [`TableError::UnknownDisclosure`].
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TableError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        Self::parse(&text, path)
    }

    fn parse(text: &str, path: &Path) -> Result<Self> {
        let Declaration { public, institutions, enterprises, staff } = toml::from_str(text)
            .map_err(|error| TableError::Settings { path: path.to_owned(), problem: error.message().to_owned() })?;
        Ok(Self {
            public: public.checked(text, path)?,
            institutions: institutions.checked(text, path)?,
            enterprises: enterprises.checked(text, path)?,
            staff: staff.checked(text, path)?,
        })
    }

    /// The same declaration, with the names of enterprises veiled for every audience.
    pub fn masking_enterprises(mut self) -> Self {
        for disclosure in [&mut self.public, &mut self.institutions, &mut self.enterprises, &mut self.staff] {
            disclosure.masked = vec!["enterprise".to_owned()];
        }
        self
    }

    /// What `audience` may see.
    pub fn of(&self, audience: Audience) -> &Disclosure {
        match audience {
            Audience::Public => &self.public,
            Audience::Institutions => &self.institutions,
            Audience::Enterprises => &self.enterprises,
            Audience::Staff => &self.staff,
        }
    }
}

impl Declared {
    fn checked(self, text: &str, path: &Path) -> Result<Disclosure> {
        let line = |field: &Spanned<String>| text[..field.span().start].matches('\n').count() + 1;
        let fields = |shown: Shown, fields: Vec<Spanned<String>>| -> Result<Vec<String>> {
            if let Some(unknown) = fields.iter().find(|field| !shown.has(field.get_ref())) {
                return Err(TableError::UnknownDisclosure {
                    path: path.to_owned(),
                    line: line(unknown),
                    of: shown.english(),
                    field: unknown.get_ref().clone(),
                    known: shown.nearest_first(unknown.get_ref()).join(", "),
                });
            }
            let is_repeated = |at: &usize| fields[..*at].iter().any(|known| known.get_ref() == fields[*at].get_ref());
            if let Some(again) = (0..fields.len()).find(is_repeated).map(|at| &fields[at]) {
                return Err(TableError::RepeatedDisclosure {
                    path: path.to_owned(),
                    line: line(again),
                    of: shown.english(),
                    field: again.get_ref().clone(),
                });
            }
            Ok(fields.into_iter().map(Spanned::into_inner).collect())
        };
        Ok(Disclosure {
            demands: fields(Shown::Demands, self.demands)?,
            achievements: fields(Shown::Achievements, self.achievements)?,
            matches: fields(Shown::Matches, self.matches)?,
            masked: fields(Shown::Masked, self.masked)?,
        })
    }
}

impl Disclosure {
    /// Whether a field of achievements is declared.
    pub(crate) fn shows_of_achievements(&self, field: &str) -> bool {
        self.achievements.iter().any(|known| known == field)
    }

    /// Whether a field of matches is declared.
    pub(crate) fn shows_of_matches(&self, field: &str) -> bool {
        self.matches.iter().any(|known| known == field)
    }

    pub(crate) fn masks_enterprise(&self) -> bool {
        self.masked.iter().any(|field| field == "enterprise")
    }

    /// Whether the fields that hold contacts are declared: then texts need not be searched for them.
    pub(crate) fn shows_contacts(&self) -> bool {
        self.demands.iter().chain(&self.achievements).any(|field| field == "phone" || field == "email")
    }
}
