//! What an [`IndexBuilder`] puts into the index: a document for each record.

use super::IndexBuilder;
use super::format::{read_error, write_error};
use super::schema::{RecordKind, TextField, key};
use super::vectors::to_bytes;
use crate::characters::CharacterSet;
use crate::concepts::ConceptVector;
use crate::records::{Achievement, Institution, RecordProblem};
use crate::{Error, Institutions, Result};
use duijie_encoder::Vectors;
use duijie_text::{Normalizer, StandardNormalizer};
use rayon::prelude::*;
use serde::Serialize;
use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument, Term};

impl IndexBuilder {
    /// Sets the institutions, before the achievements that name them.
    ///
    /// # Errors
    ///
    /// [`Error::IndexWrite`] if the index cannot be written.
    pub fn set_institutions(&mut self, institutions: Institutions) -> Result<()> {
        let record = Term::from_field_text(self.fields.record, RecordKind::Institution.name());
        self.has_uncommitted = true;
        self.writer.delete_term(record);
        for institution in institutions.iter() {
            self.put_institution(institution)?;
        }
        self.institutions = institutions;
        Ok(())
    }

    fn put_institution(&self, institution: &Institution) -> Result<()> {
        self.put(RecordKind::Institution, &institution.id, institution, |_| {})
    }

    /// Adds an achievement, in place of one that has the same id.
    ///
    /// # Errors
    ///
    /// [`Error::BadRecord`] if its title is blank or its chain, sub-industry or institution is not known,
    /// [`Error::IndexWrite`] if the index cannot be written, [`Error::Cancelled`] when asked to stop.
    pub fn add(&mut self, achievement: Achievement) -> Result<()> {
        self.add_all(vec![achievement])
    }

    /// Adds many achievements, each in place of one that has the same id; their texts are read on
    /// all cores.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::add`], for the first achievement that cannot be added; those before it are added.
    pub fn add_all(&mut self, achievements: Vec<Achievement>) -> Result<()> {
        self.add_rows(achievements, None)
    }

    /// [`IndexBuilder::add_all`] with what an encoder made of the achievements: row `i` of `vectors`
    /// belongs to the `i`-th; they are brought to length 1.
    ///
    /// An index holds vectors of one width; achievements without one stay neutral in the part `semantic`.
    ///
    /// # Errors
    ///
    /// As [`IndexBuilder::add`]; [`Error::VectorCount`] and [`Error::Vectors`] if the rows do not fit,
    /// before anything is added.
    pub fn add_all_encoded(&mut self, achievements: Vec<Achievement>, vectors: &Vectors) -> Result<()> {
        if vectors.rows() != achievements.len() {
            let (vectors, records) = (vectors.rows(), achievements.len());
            return Err(Error::VectorCount { kind: "achievements", vectors, records });
        }
        vectors.require_width(*self.vector_width.get_or_insert(vectors.width()))?;
        self.add_rows(achievements, Some(&vectors.clone().unit_length()))
    }

    fn add_rows(&mut self, achievements: Vec<Achievement>, vectors: Option<&Vectors>) -> Result<()> {
        let space = &self.lexicon.concepts;
        let described = |achievement: &Achievement| {
            let text = achievement.text();
            let normalized = StandardNormalizer.normalize(&text).text;
            (space.vector_of_normalized(&normalized), CharacterSet::of(&normalized))
        };
        let one = |achievement| self.cancelled().map(|()| described(achievement));
        let described: Vec<(ConceptVector, CharacterSet)> = achievements.par_iter().map(one).collect::<Result<_>>()?;
        self.has_uncommitted = true;
        for (row, (achievement, (concepts, characters))) in achievements.into_iter().zip(described).enumerate() {
            let added = self.add_row(achievement, &concepts, &characters, vectors.map(|vectors| vectors.row(row)));
            self.cancelled().and(added)?;
        }
        Ok(())
    }

    fn add_row(
        &mut self,
        mut achievement: Achievement,
        concepts: &ConceptVector,
        characters: &CharacterSet,
        vector: Option<&[f32]>,
    ) -> Result<()> {
        let settled = self.catalogue.settle(&mut achievement.chain, &mut achievement.sub_industry);
        let named = match &achievement.institution {
            Some(name) => self.institutions.resolve(name).map(Some),
            None => Ok(None),
        };
        let bad_record = |problem| Error::BadRecord { id: achievement.id.clone(), problem };
        if achievement.title.trim().is_empty() {
            return Err(bad_record(RecordProblem::Missing("title")));
        }
        settled.map_err(bad_record)?;
        let institution = named.map_err(bad_record)?;
        achievement.institution = institution.map(|institution| institution.id.clone());
        let region = institution.and_then(|institution| institution.province.as_deref());
        let (fields, serial) = (&self.fields, self.serials.next());
        self.writer.delete_term(Term::from_field_text(fields.key, &key(RecordKind::Achievement, &achievement.id)));
        self.put(RecordKind::Achievement, &achievement.id, &achievement, |document| {
            for (field, place) in TextField::ALL.into_iter().zip(fields.text) {
                document.add_text(place, field.text(&achievement));
            }
            let words = [
                (fields.chain, achievement.chain.as_deref()),
                (fields.sub_industry, achievement.sub_industry.as_deref()),
                (fields.institution, achievement.institution.as_deref()),
                (fields.region, region),
            ];
            for (field, word) in words {
                if let Some(word) = word {
                    document.add_text(field, word);
                }
            }
            document.add_bytes(fields.concepts, &concepts.to_bytes());
            document.add_bytes(fields.characters, &characters.to_bytes());
            document.add_u64(fields.serial, serial);
            if let Some(vector) = vector {
                document.add_bytes(fields.vector, &to_bytes(vector));
            }
            if let Some(maturity) = achievement.maturity {
                document.add_u64(fields.maturity, maturity.into());
            }
            if let Some(patents) = achievement.patents {
                document.add_u64(fields.patents, patents.into());
            }
            if let Some(year) = achievement.year {
                document.add_u64(fields.year, year.into());
            }
        })
    }

    /// Whether the last commit has an achievement with this id.
    ///
    /// # Errors
    ///
    /// [`Error::IndexDamaged`] if a file of the index cannot be read.
    pub fn has(&self, id: &str) -> Result<bool> {
        let term = Term::from_field_text(self.fields.key, &key(RecordKind::Achievement, id));
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let found = reader.and_then(|reader: IndexReader| {
            reader.searcher().search(&TermQuery::new(term, IndexRecordOption::Basic), &Count)
        });
        Ok(found.map_err(|error| read_error(&self.path, error))? > 0)
    }

    /// Deletes the achievement with this id, if there is one.
    pub fn delete(&mut self, id: &str) {
        self.has_uncommitted = true;
        self.writer.delete_term(Term::from_field_text(self.fields.key, &key(RecordKind::Achievement, id)));
    }

    pub(super) fn put(
        &self,
        kind: RecordKind,
        id: &str,
        record: &impl Serialize,
        fill: impl FnOnce(&mut TantivyDocument),
    ) -> Result<()> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.record, kind.name());
        document.add_text(self.fields.key, key(kind, id));
        document.add_text(self.fields.id, id);
        let body = serde_json::to_vec(record).expect("records have string keys only");
        document.add_bytes(self.fields.body, &body);
        fill(&mut document);
        self.writer.add_document(document).map_err(|error| write_error(&self.path, error))?;
        Ok(())
    }
}
