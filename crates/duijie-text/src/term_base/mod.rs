//! The term base: what the field's words have to do with each other.
//!
//! An enterprise writes what goes wrong (焊后隔天开裂), a laboratory writes why and what helps
//! (扩散氢, 低氢焊材). A [`Concept`] holds both: its names, the wordings of its symptoms, its
//! mechanisms and its remedies. The files (`data/terms/*.tsv`, one a sub-industry and `shared.tsv`
//! for what belongs to all) are tables that a person can read and edit in a spreadsheet; a user's
//! own files add concepts, or forms to concepts that are there.

mod concept;
mod file;
mod files;
mod spotter;

pub use concept::{Concept, ConceptId, ConceptKind, Form, Relation};
pub use file::TermFileProblem;
pub use spotter::{SpottedForm, TermSpotter, is_whole_word};

use crate::{Normalizer, StandardNormalizer, TextError, decoded};
use file::Row;
use files::FILES;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Concepts of the technology and the forms in which they stand in texts.
///
/// ```
/// use duijie_text::{Relation, TermBase};
///
/// let terms = TermBase::standard();
/// let (concept, relation) = terms.concepts_of("扩散氢").next().unwrap();
/// assert_eq!(relation, Relation::Mechanism);
/// assert!(terms.concept(concept).forms.iter().any(|form| form.relation == Relation::Remedy));
/// ```
#[derive(Clone, Debug, Default)]
pub struct TermBase {
    concepts: Vec<Concept>,
    /// By sub-industry and normalised name.
    by_name: FxHashMap<(Box<str>, Box<str>), ConceptId>,
    by_form: FxHashMap<Box<str>, Vec<(ConceptId, Relation)>>,
}

static STANDARD: LazyLock<Arc<TermBase>> = LazyLock::new(|| {
    let mut terms = TermBase::default();
    for (sub_industry, text) in FILES {
        let rows =
            file::read(text).unwrap_or_else(|(line, problem)| unreachable!("{sub_industry}.tsv:{line}: {problem}"));
        let added = terms.add_file(sub_industry, rows);
        added.unwrap_or_else(|(line, problem)| unreachable!("{sub_industry}.tsv:{line}: {problem}"));
    }
    Arc::new(terms)
});

/// The name of the file, and of the sub-industry, of concepts that belong to all.
pub(crate) const SHARED: &str = "shared";

impl TermBase {
    /// The term base of this crate; made once, shared from then on.
    pub fn standard() -> Arc<Self> {
        STANDARD.clone()
    }

    /// Adds the concepts of a file of the form of `data/terms/*.tsv`, in UTF-8 or as [spreadsheet programs
    /// save it](crate::decoded); its name without the ending is the code of the sub-industry, or `shared`. A
    /// concept that the sub-industry has already gets the file's forms in addition.
    ///
    /// # Errors
    ///
    /// [`TextError::Read`] if the file cannot be read, [`TextError::Encoding`] if it is no text,
    /// [`TextError::TermLine`] naming the first line that is not usable: a name that occurs twice or is an exact
    /// name of two concepts of the file, an unknown kind or column, a broader or whole concept that is nowhere,
    /// a circle by way of broader and narrower concepts or of wholes, a header with a column twice or without any
    /// concept below it. Nothing of the file is added then.
    pub fn load(&mut self, path: &Path) -> Result<(), TextError> {
        let bytes = std::fs::read(path)
            .map_err(|source| TextError::Read { path: path.to_owned(), source: Arc::new(source) })?;
        match decoded(&bytes) {
            (text, false) => self.load_text(path, &text),
            _ => Err(TextError::Encoding { path: path.to_owned() }),
        }
    }

    /// [`TermBase::load`] for a file that is not written yet: `text` is what it will hold, `path` its name.
    ///
    /// # Errors
    ///
    /// [`TextError::TermLine`], as [`TermBase::load`].
    pub fn load_text(&mut self, path: &Path, text: &str) -> Result<(), TextError> {
        let sub_industry = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let mut extended = self.clone();
        let rows = file::read(text);
        rows.and_then(|rows| extended.add_file(&sub_industry, rows))
            .map_err(|(line, problem)| TextError::TermLine { path: path.to_owned(), line, problem })?;
        *self = extended;
        Ok(())
    }

    /// How many concepts there are.
    pub fn len(&self) -> usize {
        self.concepts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// All concepts, in the order of the files.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Concept> {
        self.concepts.iter()
    }

    /// One concept.
    ///
    /// # Panics
    ///
    /// If `id` is of another term base and past the end of this one.
    pub fn concept(&self, id: ConceptId) -> &Concept {
        &self.concepts[id.index()]
    }

    /// The concepts that `form`, normalised, stands for, and how.
    pub fn concepts_of(&self, form: &str) -> impl Iterator<Item = (ConceptId, Relation)> + '_ {
        self.by_form.get(form).into_iter().flatten().copied()
    }

    /// All forms, normalised, in no particular order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.by_form.keys().map(Box::as_ref)
    }

    fn add_file(&mut self, sub_industry: &str, rows: Vec<Row>) -> Result<(), (usize, TermFileProblem)> {
        let mut lines: FxHashMap<Box<str>, usize> = FxHashMap::default();
        let mut placed = Vec::with_capacity(rows.len());
        for row in &rows {
            let name = normalized(&row.name);
            if let Some(first) = lines.insert(name.clone(), row.line) {
                return Err((row.line, TermFileProblem::Duplicate { name: row.name.clone(), first }));
            }
            placed.push(self.place(sub_industry, name, row));
        }
        check_names(rows.as_slice())?;
        for (row, id) in rows.iter().zip(&placed) {
            for (relation, names) in [(Relation::Broader, &row.broader), (Relation::Whole, &row.part_of)] {
                for name in names {
                    let Some(target) = self.linked(sub_industry, name) else {
                        return Err((row.line, TermFileProblem::Dangling { name: name.clone() }));
                    };
                    self.link(*id, relation, target);
                }
            }
            // What is narrower need not be a concept; where it is one, this is its broader.
            for (_, name) in row.forms.iter().filter(|(relation, _)| *relation == Relation::Narrower) {
                if let Some(target) = self.linked(sub_industry, name) {
                    self.link(target, Relation::Broader, *id);
                }
            }
        }
        for (row, id) in rows.iter().zip(&placed) {
            if self.is_in_circle(*id) {
                return Err((row.line, TermFileProblem::Circle { name: row.name.clone() }));
            }
            if self.is_part_of_itself(*id) {
                return Err((row.line, TermFileProblem::PartOfItself { name: row.name.clone() }));
            }
        }
        Ok(())
    }

    fn link(&mut self, from: ConceptId, relation: Relation, to: ConceptId) {
        let links = &mut self.concepts[from.index()].links;
        if !links.contains(&(relation, to)) {
            links.push((relation, to));
        }
    }

    /// Makes the row's concept, or finds it, and gives it the row's forms.
    fn place(&mut self, sub_industry: &str, name: Box<str>, row: &Row) -> ConceptId {
        let key = (Box::from(sub_industry), name.clone());
        let next = ConceptId(self.concepts.len() as u32);
        let id = *self.by_name.entry(key).or_insert(next);
        if id == next {
            let owner = (sub_industry != SHARED).then(|| sub_industry.to_owned());
            self.concepts.push(Concept::new(row.name.clone(), row.kind, owner));
            self.add_form(id, &row.name, name, Relation::Name);
        }
        for (relation, text) in &row.forms {
            self.add_form(id, text, normalized(text), *relation);
        }
        id
    }

    fn add_form(&mut self, id: ConceptId, text: &str, normalized: Box<str>, relation: Relation) {
        let concept = &mut self.concepts[id.index()];
        if normalized.is_empty() || concept.forms.iter().any(|form| form.normalized == normalized) {
            return;
        }
        concept.forms.push(Form { text: text.into(), normalized: normalized.clone(), relation });
        self.by_form.entry(normalized).or_default().push((id, relation));
    }

    /// The concept of that name in the sub-industry or in the shared file.
    fn linked(&self, sub_industry: &str, name: &str) -> Option<ConceptId> {
        let name = normalized(name);
        [sub_industry, SHARED].iter().find_map(|owner| self.by_name.get(&(Box::from(*owner), name.clone())).copied())
    }

    /// Whether it is its own broader concept, or a whole of one that is.
    fn is_in_circle(&self, start: ConceptId) -> bool {
        let reached = self.reached(start, Relation::Broader);
        reached.iter().any(|id| self.concepts[id.index()].links.iter().any(|&(_, target)| target == start))
    }

    fn is_part_of_itself(&self, start: ConceptId) -> bool {
        let reached = self.reached(start, Relation::Whole);
        reached.iter().any(|id| self.concepts[id.index()].links.contains(&(Relation::Whole, start)))
    }

    /// The concept and all that are reached by way of its links of one kind.
    fn reached(&self, start: ConceptId, by: Relation) -> Vec<ConceptId> {
        let mut reached = vec![start];
        let mut next = 0;
        while next < reached.len() {
            for &(relation, target) in &self.concepts[reached[next].index()].links {
                if relation == by && !reached.contains(&target) {
                    reached.push(target);
                }
            }
            next += 1;
        }
        reached
    }
}

/// Refuses a term that is said of itself, and a synonym that is a name of another concept of the file too.
fn check_names(rows: &[Row]) -> Result<(), (usize, TermFileProblem)> {
    let mut owners: FxHashMap<Box<str>, &Row> = rows.iter().map(|row| (normalized(&row.name), row)).collect();
    for row in rows {
        let name = normalized(&row.name);
        for (relation, text) in row.said() {
            let form = normalized(text);
            if form == name {
                return Err((row.line, TermFileProblem::Itself { name: text.clone(), column: relation.column() }));
            }
            let owner = (relation == Relation::Synonym).then(|| *owners.entry(form).or_insert(row));
            if let Some(owner) = owner.filter(|owner| owner.line != row.line) {
                let (other, first) = (owner.name.clone(), owner.line);
                return Err((row.line, TermFileProblem::TwoConcepts { name: text.clone(), other, first }));
            }
        }
    }
    Ok(())
}

fn normalized(text: &str) -> Box<str> {
    StandardNormalizer.normalize(text.trim()).text.as_ref().into()
}

#[cfg(test)]
mod tests;
