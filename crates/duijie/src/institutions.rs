use crate::records::{Institution, RecordProblem};
use crate::{Error, Result};
use duijie_text::{Normalizer, StandardNormalizer};
use rustc_hash::FxHashMap;

/// The institutions, found by id, name or any spelling of it.
///
/// A name is compared normalised and without blanks and brackets. A name that goes on behind a
/// known one with a part of the institution (学院, 研究院, 校区, 系, 实验室 …) is that institution:
/// 齐岳大学（威海）, 齐岳大学材料学院.
#[derive(Clone, Debug, Default)]
pub struct Institutions {
    list: Vec<Institution>,
    by_id: FxHashMap<String, usize>,
    by_name: FxHashMap<String, Named>,
    longest_name: usize,
}

#[derive(Clone, Copy, Debug)]
enum Named {
    One(usize),
    Several(usize, usize),
}

/// What may follow the name of an institution and still mean it.
const PART_ENDINGS: [&str; 16] = [
    "学院",
    "校区",
    "分校",
    "系",
    "所",
    "中心",
    "实验室",
    "研究院",
    "分院",
    "部",
    "课题组",
    "团队",
    "教研室",
    "基地",
    "医院",
    "站",
];

impl Institutions {
    /// The institutions of `list`, in its order.
    ///
    /// # Errors
    ///
    /// [`Error::BadRecord`] if an id occurs twice.
    pub fn new(list: Vec<Institution>) -> Result<Self> {
        let mut institutions = Self::default();
        for institution in list {
            institutions.add(institution)?;
        }
        Ok(institutions)
    }

    /// These, with those of `list` added; one whose id is here already is replaced.
    ///
    /// # Errors
    ///
    /// As [`Institutions::new`], for `list`.
    pub fn updated(&self, list: Vec<Institution>) -> Result<Self> {
        let added = Self::new(list)?;
        let kept = self.iter().filter(|institution| added.get(&institution.id).is_none());
        Self::new(kept.chain(added.iter()).cloned().collect())
    }

    fn add(&mut self, institution: Institution) -> Result<()> {
        let at = self.list.len();
        if self.by_id.insert(institution.id.clone(), at).is_some() {
            let problem = RecordProblem::DuplicateId { id: institution.id.clone(), first: "the same list".into() };
            return Err(Error::BadRecord { id: institution.id, problem });
        }
        for name in std::iter::once(&institution.name).chain(&institution.aliases) {
            let key = key(name);
            if key.is_empty() {
                continue;
            }
            self.longest_name = self.longest_name.max(key.chars().count());
            self.by_name
                .entry(key)
                .and_modify(|named| {
                    if let Named::One(first) = *named
                        && first != at
                    {
                        *named = Named::Several(first, at);
                    }
                })
                .or_insert(Named::One(at));
        }
        self.list.push(institution);
        Ok(())
    }

    /// The institution with this id.
    pub fn get(&self, id: &str) -> Option<&Institution> {
        self.by_id.get(id).map(|&at| &self.list[at])
    }

    /// All institutions, in the order they were given.
    pub fn iter(&self) -> std::slice::Iter<'_, Institution> {
        self.list.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The institution that `name` (an id, a name, an alias, or one of these with a part behind) means.
    ///
    /// # Errors
    ///
    /// [`RecordProblem::UnknownInstitution`] or [`RecordProblem::AmbiguousInstitution`].
    pub fn resolve(&self, name: &str) -> Result<&Institution, RecordProblem> {
        if let Some(institution) = self.get(name.trim()) {
            return Ok(institution);
        }
        let key = key(name);
        let named = self.by_name.get(&key).or_else(|| self.by_prefix(&key));
        match named {
            Some(&Named::One(at)) => Ok(&self.list[at]),
            Some(&Named::Several(first, second)) => Err(RecordProblem::AmbiguousInstitution {
                name: name.to_owned(),
                first: self.list[first].id.clone(),
                second: self.list[second].id.clone(),
            }),
            None => Err(RecordProblem::UnknownInstitution(name.to_owned())),
        }
    }

    /// The longest known name of three characters or more that `key` begins with, if the rest names a part.
    fn by_prefix(&self, key: &str) -> Option<&Named> {
        let ends: Vec<usize> = key.char_indices().map(|(at, _)| at).skip(3).take(self.longest_name).collect();
        ends.into_iter().rev().find_map(|end| {
            let is_part = PART_ENDINGS.iter().any(|ending| key.ends_with(ending));
            if is_part { self.by_name.get(&key[..end]) } else { None }
        })
    }

    pub(crate) fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn at(&self, position: usize) -> &Institution {
        &self.list[position]
    }
}

/// A name as it is compared: normalised, without blanks, with a bracketed place (（威海）) left out
/// and other brackets opened (（材料学院）).
fn key(name: &str) -> String {
    let normalized = StandardNormalizer.normalize(name);
    let mut key = String::new();
    let mut rest = normalized.text.as_ref();
    while let Some(open) = rest.find(['(', '[', '【', '〔']) {
        key.push_str(&rest[..open]);
        let inner = &rest[open..].trim_start_matches(['(', '[', '【', '〔']);
        let close = inner.find([')', ']', '】', '〕']).unwrap_or(inner.len());
        if PART_ENDINGS.iter().any(|ending| inner[..close].ends_with(ending)) {
            key.push_str(&inner[..close]);
        }
        rest = inner[close..].trim_start_matches([')', ']', '】', '〕']);
    }
    key.push_str(rest);
    key.retain(|c| !c.is_whitespace() && c != '·' && c != '.');
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn institutions() -> Institutions {
        let institution = |id: &str, name: &str, aliases: &[&str]| Institution {
            id: id.into(),
            name: name.into(),
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            ..Institution::default()
        };
        Institutions::new(vec![
            institution("I1", "齐岳大学", &["齐大", "QYU"]),
            institution("I2", "齐岳大学附属材料研究院", &[]),
            institution("I3", "鲁中研究所", &["中研所"]),
            institution("I4", "鲁西研究所", &["中研所"]),
        ])
        .unwrap()
    }

    #[test]
    fn every_spelling_of_a_name_is_the_institution() {
        let institutions = institutions();
        for name in [
            "I1",
            "齐岳大学",
            " 齐岳 大学",
            "齐岳大学（威海）",
            "齐岳大学(威海校区)",
            "qyu",
            "ＱＹＵ",
            "齊嶽大學",
            "齐岳大学材料学院",
            "齐岳大学 材料学院 高分子系",
        ] {
            assert_eq!(institutions.resolve(name).unwrap().id, "I1", "{name}");
        }
        assert_eq!(institutions.resolve("齐岳大学附属材料研究院").unwrap().id, "I2");
    }

    #[test]
    fn what_is_not_known_or_not_clear_is_an_error() {
        let institutions = institutions();
        assert!(matches!(institutions.resolve("齐岳大学科技有限公司"), Err(RecordProblem::UnknownInstitution(_))));
        assert!(matches!(institutions.resolve("中研所"), Err(RecordProblem::AmbiguousInstitution { .. })));
    }
}
