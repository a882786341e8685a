//! Vectors of a trained encoder, beside those over the term base: handed in by the caller, compared exactly.

use crate::{Error, Result};
use duijie_encoder::{Vectors, dot};
use duijie_impact::BitSet;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What an encoder made of the demands, by their ids.
///
/// ```
/// use duijie::{Achievement, Catalogue, Demand, DemandVectors, IndexBuilder, MatchOptions, RankProfile, Ranking, Vectors};
/// use std::sync::Arc;
///
/// // A `TextEncoder` makes the rows, of the achievements' and the demands' texts: here they are made up.
/// let achievements = ["A1", "A2"].map(|id| Achievement { id: id.into(), title: id.into(), ..Default::default() });
/// let mut builder = IndexBuilder::create_in_ram(Catalogue::default())?;
/// builder.add_all_encoded(achievements.to_vec(), &Vectors::new(2, 2, vec![1.0, 0.0, 0.6, 0.8])?)?;
/// builder.commit()?;
///
/// let demand = Demand { id: "D1".into(), title: "色差".into(), ..Default::default() };
/// let vectors = DemandVectors::new(["D1"], Vectors::new(1, 2, vec![0.0, 1.0])?)?;
/// let options = MatchOptions {
///     unit: duijie::Unit::Achievement,
///     profile: Arc::new(RankProfile::built_in("with-vectors").expect("a built-in profile")),
///     vectors: Some(Arc::new(vectors)),
///     ..MatchOptions::default()
/// };
/// let Ranking::Achievements(ranked) = builder.matcher()?.match_one(&demand, &options)?.ranking else { unreachable!() };
/// assert_eq!(ranked[0].achievement, "A2");
/// assert!(ranked[0].parts.get("semantic") > ranked[1].parts.get("semantic"));
/// # Ok::<(), duijie::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct DemandVectors {
    rows: FxHashMap<String, usize>,
    vectors: Vectors,
    encoder: Option<String>,
}

impl DemandVectors {
    /// Row `i` of `vectors` belongs to the `i`-th id; the rows are brought to length 1. An id that comes
    /// again keeps its last row.
    ///
    /// # Errors
    ///
    /// [`Error::VectorCount`] if there are more or fewer rows than ids.
    pub fn new<'i>(ids: impl IntoIterator<Item = &'i str>, vectors: Vectors) -> Result<Self> {
        let ids: Vec<&str> = ids.into_iter().collect();
        if ids.len() != vectors.rows() {
            return Err(Error::VectorCount { kind: "demands", vectors: vectors.rows(), records: ids.len() });
        }
        let rows = ids.into_iter().map(str::to_owned).zip(0..).collect();
        Ok(Self { rows, vectors: vectors.unit_length(), encoder: None })
    }

    /// The same, made by the encoder of this [fingerprint](crate::TextEncoder::fingerprint): an index that is
    /// known to have vectors of another refuses them.
    #[must_use]
    pub fn made_by(self, fingerprint: &str) -> Self {
        Self { encoder: Some(fingerprint.to_owned()), ..self }
    }

    pub(crate) fn encoder(&self) -> Option<&str> {
        self.encoder.as_deref()
    }

    /// Their width.
    pub fn width(&self) -> usize {
        self.vectors.width()
    }

    /// The vector of a demand, of length 1.
    pub fn get(&self, id: &str) -> Option<&[f32]> {
        self.rows.get(id).map(|&row| self.vectors.row(row))
    }
}

/// The vectors of the achievements, in the order of the document table.
pub(crate) struct SemanticTable {
    width: usize,
    /// A row of zeros where there is none. Empty if the index has no vectors.
    data: Vec<f32>,
    known: Vec<bool>,
}

impl SemanticTable {
    pub(crate) fn without_vectors(documents: usize, width: usize) -> Self {
        Self { width, data: vec![0.0; documents * width], known: vec![false; documents] }
    }

    pub(crate) fn set(&mut self, document: usize, vector: impl Iterator<Item = f32>) {
        let row = &mut self.data[document * self.width..(document + 1) * self.width];
        row.iter_mut().zip(vector).for_each(|(place, value)| *place = value);
        self.known[document] = true;
    }

    /// `None` if the index has no vectors.
    pub(crate) fn width(&self) -> Option<usize> {
        (self.width > 0).then_some(self.width)
    }

    /// The cosine of a document with `asked`; `None` if the document has no vector.
    pub(crate) fn cosine(&self, asked: &[f32], document: u32) -> Option<f32> {
        let document = document as usize;
        self.known[document].then(|| dot(&self.data[document * self.width..(document + 1) * self.width], asked))
    }

    /// The `limit` documents of a range with the greatest cosine, ties by document, in no order.
    pub(crate) fn search(
        &self,
        asked: &[f32],
        range: Range<u32>,
        accepted: Option<&BitSet>,
        limit: usize,
    ) -> impl Iterator<Item = u32> {
        let passing = range.filter(|&document| accepted.is_none_or(|accepted| accepted.contains(document)));
        let mut found: Vec<(f32, u32)> =
            passing.filter_map(|document| Some((self.cosine(asked, document)?, document))).collect();
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        found.truncate(limit);
        found.into_iter().map(|(_, document)| document)
    }
}
