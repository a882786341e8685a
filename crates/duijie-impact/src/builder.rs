use rustc_hash::FxHashMap;

use crate::error::ImpactError;
use crate::exact::Model;
use crate::forward::{COMMON_TERMS, ESCAPE, ForwardIndex};
use crate::index::{ImpactIndex, Parts};
use crate::interner::Interner;
use crate::model::Bm25f;
use crate::postings::Postings;
use crate::storage::Column;
use crate::term_table::TermTable;

/// Takes documents one after the other and makes an [`ImpactIndex`] of them.
#[derive(Debug)]
pub struct ImpactBuilder {
    model: Bm25f,
    reference_lengths: Option<Vec<f32>>,
    interner: Interner,
    document_frequencies: Vec<u32>,
    /// Postings in the interner's numbers.
    starts: Vec<u32>,
    terms: Vec<u32>,
    codes: Vec<u8>,
    /// Tuples of the postings whose code is [`ESCAPE`], in their order.
    escaped_tuples: Vec<u32>,
    tuple_numbers: FxHashMap<Box<[u32]>, u32>,
    tuples: Vec<u32>,
    lengths: Vec<u32>,
    current_terms: Vec<u32>,
    current_counts: Vec<u32>,
}

/// A document that is being added: hand it its tokens.
#[derive(Debug)]
pub struct Document<'a> {
    builder: &'a mut ImpactBuilder,
    /// The document's number + 1.
    stamp: u32,
}

impl Document<'_> {
    /// Counts one occurrence of `term` in field number `field`; it also adds 1 to that field's length.
    ///
    /// # Panics
    /// If the model has no such field, or beyond 4 GiB of distinct terms.
    #[inline]
    pub fn add(&mut self, field: usize, term: &str) {
        let builder = &mut *self.builder;
        let fields = builder.model.fields.len();
        assert!(field < fields, "field {field} of a model with {fields} fields");
        let next = builder.current_terms.len() as u32;
        let occurrence = builder.interner.intern(term);
        let number = occurrence.term;
        let place = occurrence.place_in(self.stamp, next);
        if place == next {
            builder.current_terms.push(number);
            builder.current_counts.resize(builder.current_counts.len() + fields, 0);
        }
        builder.current_counts[place as usize * fields + field] += 1;
        let lengths = builder.lengths.len() - fields;
        builder.lengths[lengths + field] += 1;
    }
}

impl ImpactBuilder {
    /// A builder that measures the average field lengths over the documents added.
    ///
    /// # Errors
    /// [`ImpactError::Model`] for a parameter outside its domain.
    pub fn new(model: Bm25f) -> Result<Self, ImpactError> {
        model.validate()?;
        Ok(Self {
            model,
            reference_lengths: None,
            interner: Interner::new(),
            document_frequencies: Vec::new(),
            starts: vec![0],
            terms: Vec::new(),
            codes: Vec::new(),
            escaped_tuples: Vec::new(),
            tuple_numbers: FxHashMap::default(),
            tuples: Vec::new(),
            lengths: Vec::new(),
            current_terms: Vec::new(),
            current_counts: Vec::new(),
        })
    }

    /// A builder with given average field lengths, in tokens, one for each field: an added part
    /// built with its base's [`ImpactIndex::reference_lengths`] scores like the base.
    ///
    /// # Errors
    /// [`ImpactError::Model`] for a parameter or a length outside its domain,
    /// [`ImpactError::ReferenceLengths`] if their number does not fit.
    pub fn with_reference_lengths(model: Bm25f, lengths: Vec<f32>) -> Result<Self, ImpactError> {
        if lengths.len() != model.fields.len() {
            return Err(ImpactError::ReferenceLengths { given: lengths.len(), fields: model.fields.len() });
        }
        if let Some(field) = lengths.iter().position(|length| !(0.0..=1e9).contains(length)) {
            let (parameter, value) = (format!("reference_lengths[{field}]"), lengths[field]);
            return Err(ImpactError::Model { parameter, value, expected: "a number of tokens from 0 to 1e9" });
        }
        Ok(Self { reference_lengths: Some(lengths), ..Self::new(model)? })
    }

    /// Adds a document and returns its id: 0 for the first, then 1, 2 …
    ///
    /// `fill` hands over the tokens, in any order of fields.
    ///
    /// # Panics
    /// Beyond 2³² − 2 documents or postings.
    pub fn add_document(&mut self, fill: impl FnOnce(&mut Document<'_>)) -> u32 {
        let document = u32::try_from(self.starts.len() - 1).expect("at most 2³² − 2 documents");
        let fields = self.model.fields.len();
        self.current_terms.clear();
        self.current_counts.clear();
        self.lengths.resize(self.lengths.len() + fields, 0);
        let stamp = document.checked_add(1).expect("at most 2³² − 2 documents");
        fill(&mut Document { builder: self, stamp });
        self.document_frequencies.resize(self.interner.len(), 0);
        for place in 0..self.current_terms.len() {
            let term = self.current_terms[place];
            self.document_frequencies[term as usize] += 1;
            let tuple = self.tuple_number(place * fields..(place + 1) * fields);
            if tuple >= u32::from(ESCAPE) {
                self.escaped_tuples.push(tuple);
            }
            self.terms.push(term);
            self.codes.push(tuple.min(u32::from(ESCAPE)) as u8);
        }
        self.starts.push(u32::try_from(self.terms.len()).expect("at most 2³² − 1 postings"));
        document
    }

    /// The number of the frequency tuple in `current_counts[range]`.
    fn tuple_number(&mut self, range: std::ops::Range<usize>) -> u32 {
        let counts = &self.current_counts[range];
        if let Some(&number) = self.tuple_numbers.get(counts) {
            return number;
        }
        let number = self.tuple_numbers.len() as u32;
        self.tuple_numbers.insert(counts.into(), number);
        self.tuples.extend_from_slice(counts);
        number
    }

    /// Makes the index of all documents added.
    pub fn finish(self) -> ImpactIndex {
        // Terms are numbered by falling document frequency, of equal ones as first seen.
        let mut order: Vec<u32> = (0..self.interner.len() as u32).collect();
        order.sort_by_key(|&term| std::cmp::Reverse(self.document_frequencies[term as usize]));
        let mut numbers = vec![0; order.len()];
        for (number, &interned) in order.iter().enumerate() {
            numbers[interned as usize] = number as u32;
        }
        let terms = TermTable::new(&self.interner, &order);
        let document_frequencies: Column<u32> =
            order.iter().map(|&term| self.document_frequencies[term as usize]).collect();
        let reference_lengths = self.reference_lengths.clone().unwrap_or_else(|| self.average_lengths());
        let model = self.model.clone();
        let forward = self.into_forward(&numbers);
        let postings =
            Postings::new(&forward, Model { parameters: &model, averages: &reference_lengths }, &document_frequencies);
        ImpactIndex::new(
            Parts {
                model,
                reference_lengths,
                terms,
                document_frequencies,
                forward,
                postings,
                labels: Column::default(),
            },
            0,
        )
    }

    fn average_lengths(&self) -> Vec<f32> {
        let fields = self.model.fields.len();
        let documents = (self.starts.len() - 1).max(1);
        (0..fields)
            .map(|field| {
                let total: u64 = self.lengths.iter().skip(field).step_by(fields).map(|&length| u64::from(length)).sum();
                (total as f64 / documents as f64) as f32
            })
            .collect()
    }

    /// The postings in the index's numbers, those of common terms first within each document.
    fn into_forward(self, numbers: &[u32]) -> ForwardIndex {
        let fields = self.model.fields.len();
        let postings = self.terms.len();
        let mut rows = Vec::with_capacity(self.starts.len() * (fields + 2));
        let (mut common, mut others, mut codes) =
            (Vec::with_capacity(postings), Vec::new(), Vec::with_capacity(postings));
        let (mut escaped, mut escaped_tuples) = (Vec::new(), Vec::new());
        let mut escapes = self.escaped_tuples.iter().copied();
        let mut other_codes: Vec<(u8, Option<u32>)> = Vec::new();
        for (bounds, lengths) in self.starts.windows(2).zip(self.lengths.chunks(fields)) {
            rows.extend([bounds[0], others.len() as u32]);
            rows.extend_from_slice(lengths);
            let mut push = |code, tuple: Option<u32>| {
                if let Some(tuple) = tuple {
                    escaped.push(codes.len() as u32);
                    escaped_tuples.push(tuple);
                }
                codes.push(code);
            };
            let range = bounds[0] as usize..bounds[1] as usize;
            for (&term, &code) in self.terms[range.clone()].iter().zip(&self.codes[range]) {
                let tuple = if code == ESCAPE { escapes.next() } else { None };
                let term = numbers[term as usize];
                if term < COMMON_TERMS {
                    common.push(term as u16);
                    push(code, tuple);
                } else {
                    others.push(term);
                    other_codes.push((code, tuple));
                }
            }
            other_codes.drain(..).for_each(|(code, tuple)| push(code, tuple));
        }
        rows.extend([postings as u32, others.len() as u32]);
        rows.resize(rows.len() + fields, 0);
        ForwardIndex {
            fields,
            rows: rows.into(),
            common: common.into(),
            others: others.into(),
            codes: codes.into(),
            tuples: self.tuples.into(),
            escaped: escaped.into(),
            escaped_tuples: escaped_tuples.into(),
        }
    }
}
