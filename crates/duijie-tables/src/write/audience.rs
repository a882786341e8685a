use crate::{Result, TableError};
use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;

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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosures {
    public: Disclosure,
    institutions: Disclosure,
    enterprises: Disclosure,
    staff: Disclosure,
}

impl Default for Disclosures {
    fn default() -> Self {
        toml::from_str(include_str!("../../data/audiences.toml")).expect("data/audiences.toml is a declaration")
    }
}

impl Disclosures {
    /// Loads a declaration from a file of the form of `data/audiences.toml`.
    ///
    /// # Errors
    ///
    /// [`TableError::Read`] or [`TableError::Settings`].
    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| TableError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        toml::from_str(&text)
            .map_err(|error| TableError::Settings { path: path.to_owned(), problem: error.message().to_owned() })
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

impl Disclosure {
    pub(crate) fn masks_enterprise(&self) -> bool {
        self.masked.iter().any(|field| field == "enterprise")
    }

    /// Whether the fields that hold contacts are declared: then texts need not be searched for them.
    pub(crate) fn shows_contacts(&self) -> bool {
        self.demands.iter().chain(&self.achievements).any(|field| field == "phone" || field == "email")
    }
}
