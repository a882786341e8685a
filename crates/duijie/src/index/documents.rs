use super::columns::SegmentColumns;
use super::schema::RecordKind;
use crate::records::{InstitutionKind, short_province};
use crate::{Catalogue, Error, Institutions, Result};
use duijie_impact::BitSet;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::ops::Range;
use tantivy::error::DataCorruption;
use tantivy::{DocAddress, Searcher};

/// Stands for an absent chain, sub-industry or institution.
pub(crate) const UNKNOWN: u16 = u16::MAX;

/// The achievements of a snapshot in the order in which they are scored: by chain, sub-industry
/// (both in the catalogue's order, unknown last) and id. A chain and a sub-industry are ranges.
pub(crate) struct DocumentTable {
    rows: Vec<Row>,
    /// Starts of each (chain, sub-industry), in order.
    partitions: Vec<(Place, u32)>,
    by_id: FxHashMap<Box<str>, u32>,
    /// Number of achievements of each institution, by position.
    pub(crate) institution_sizes: Vec<u32>,
    chains: Vec<String>,
    sub_industries: FxHashMap<String, Place>,
}

/// Chain and sub-industry by position in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) chain: u16,
    pub(crate) sub_industry: u16,
}

struct Row {
    id: Box<str>,
    place: Place,
    institution: u16,
    maturity: u8,
    patents: u32,
    address: DocAddress,
}

/// The highest technology readiness level.
const MOST_MATURE: u8 = 9;

/// Which achievements are asked for; a field that is `None` asks nothing.
///
/// By default chain and sub-industry are soft preferences; here they, and the rest, are hard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Chain id.
    pub chain: Option<String>,
    /// Sub-industry code.
    pub sub_industry: Option<String>,
    /// Province of the institution, with or without 省.
    pub province: Option<String>,
    /// Kind of institution.
    pub kind: Option<InstitutionKind>,
    /// Least technology readiness level; an unknown one passes.
    pub min_maturity: Option<u8>,
    /// Ids of achievements that are not to be found: already met, declined or signed.
    pub except: BTreeSet<String>,
}

impl Filter {
    /// Whether it asks nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Refuses what no achievement could pass: a province that no institution is in, a readiness level that is none.
    pub(crate) fn check(&self, institutions: &Institutions) -> Result<()> {
        if let Some(found) = self.min_maturity.filter(|level| *level > MOST_MATURE) {
            return Err(Error::NoMaturity { found });
        }
        match &self.province {
            Some(name) if !institutions.iter().any(|institution| institution.is_in(name)) => {
                let known = institutions.iter().filter_map(|institution| institution.province.as_deref());
                let known: BTreeSet<&str> = known.map(short_province).collect();
                let known = known.into_iter().collect::<Vec<_>>().join("、");
                Err(Error::UnknownProvince { name: name.clone(), known })
            }
            _ => Ok(()),
        }
    }

    fn needs_rows(&self) -> bool {
        self.province.is_some() || self.kind.is_some() || self.min_maturity.is_some() || !self.except.is_empty()
    }
}

impl DocumentTable {
    pub(crate) fn read(
        searcher: &Searcher,
        catalogue: &Catalogue,
        institutions: &Institutions,
    ) -> tantivy::Result<Self> {
        let chains: Vec<String> = catalogue.chains.iter().map(|chain| chain.id.clone()).collect();
        let mut sub_industries = FxHashMap::default();
        for (chain, at) in catalogue.chains.iter().zip(0u16..) {
            for (sub, sub_at) in chain.sub_industries.iter().zip(0u16..) {
                sub_industries.insert(sub.code.clone(), Place { chain: at, sub_industry: sub_at });
            }
        }
        let mut rows = Vec::with_capacity(searcher.num_docs() as usize);
        for (segment, reader) in searcher.segment_readers().iter().enumerate() {
            let columns = SegmentColumns::open(reader)?;
            // meta.json, which says how many documents there are, has no checksum.
            if columns.maturity.num_docs() != reader.max_doc() {
                return Err(DataCorruption::comment_only("meta.json and a segment disagree on its documents").into());
            }
            for document in reader.doc_ids_alive() {
                if columns.record.text(document) != Some(RecordKind::Achievement.name()) {
                    continue;
                }
                let sub_industry = columns.sub_industry.text(document);
                let chain = columns.chain.text(document);
                let place = sub_industry.and_then(|code| sub_industries.get(code).copied()).unwrap_or_else(|| {
                    let chain = chain.and_then(|id| chains.iter().position(|known| *known == id));
                    Place { chain: chain.map_or(UNKNOWN, |at| at as u16), sub_industry: UNKNOWN }
                });
                let institution = columns.institution.text(document).and_then(|id| institutions.position(id));
                rows.push(Row {
                    id: columns.id.text(document).unwrap_or_default().into(),
                    place,
                    institution: institution.map_or(UNKNOWN, |at| at as u16),
                    maturity: columns.maturity.first(document).unwrap_or(0) as u8,
                    patents: columns.patents.first(document).unwrap_or(0) as u32,
                    address: DocAddress::new(segment as u32, document),
                });
            }
        }
        rows.sort_by(|a, b| (a.place, &a.id).cmp(&(b.place, &b.id)));
        let mut partitions: Vec<(Place, u32)> = Vec::new();
        let mut institution_sizes = vec![0; institutions.len()];
        let mut by_id = FxHashMap::default();
        for (row, at) in rows.iter().zip(0u32..) {
            if partitions.last().is_none_or(|(place, _)| *place != row.place) {
                partitions.push((row.place, at));
            }
            if row.institution != UNKNOWN {
                institution_sizes[usize::from(row.institution)] += 1;
            }
            by_id.insert(row.id.clone(), at);
        }
        Ok(Self { rows, partitions, by_id, institution_sizes, chains, sub_industries })
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn id(&self, document: u32) -> &str {
        &self.rows[document as usize].id
    }

    pub(crate) fn document(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn place(&self, document: u32) -> Place {
        self.rows[document as usize].place
    }

    /// Position of the institution in the list, [`UNKNOWN`] if none.
    pub(crate) fn institution(&self, document: u32) -> u16 {
        self.rows[document as usize].institution
    }

    /// Technology readiness level, 0 if unknown.
    pub(crate) fn maturity(&self, document: u32) -> u8 {
        self.rows[document as usize].maturity
    }

    /// Number of patents, 0 if unknown.
    pub(crate) fn patents(&self, document: u32) -> u32 {
        self.rows[document as usize].patents
    }

    /// For every segment of `searcher` the place of each of its documents in this table.
    pub(super) fn places(&self, searcher: &Searcher) -> Vec<Vec<Option<u32>>> {
        let segments = searcher.segment_readers().iter();
        let mut places: Vec<Vec<Option<u32>>> = segments.map(|reader| vec![None; reader.max_doc() as usize]).collect();
        for (row, at) in self.rows.iter().zip(0u32..) {
            places[row.address.segment_ord as usize][row.address.doc_id as usize] = Some(at);
        }
        places
    }

    pub(crate) fn address(&self, document: u32) -> DocAddress {
        self.rows[document as usize].address
    }

    /// Where a record that names this chain and sub-industry belongs.
    pub(crate) fn place_of(&self, chain: Option<&str>, sub_industry: Option<&str>) -> Place {
        if let Some(place) = sub_industry.and_then(|code| self.sub_industries.get(code)) {
            return *place;
        }
        let chain = chain.and_then(|id| self.chains.iter().position(|known| known == id));
        Place { chain: chain.map_or(UNKNOWN, |at| at as u16), sub_industry: UNKNOWN }
    }

    /// The documents of a chain, and of one of its sub-industries unless that is [`UNKNOWN`].
    pub(crate) fn range(&self, place: Place) -> Range<u32> {
        let first = Place {
            chain: place.chain,
            sub_industry: if place.sub_industry == UNKNOWN { 0 } else { place.sub_industry },
        };
        let start = self.start_of(|at| at < first);
        let end = self.start_of(|at| at <= place);
        start..end.max(start)
    }

    fn start_of(&self, before: impl Fn(Place) -> bool) -> u32 {
        let at = self.partitions.partition_point(|(place, _)| before(*place));
        self.partitions.get(at).map_or(self.rows.len() as u32, |(_, start)| *start)
    }

    /// The range and, where rows must be looked at, the set of documents that a filter lets through.
    pub(crate) fn scope(&self, filter: &Filter, institutions: &Institutions) -> (Range<u32>, Option<BitSet>) {
        let range = if filter.chain.is_none() && filter.sub_industry.is_none() {
            0..self.rows.len() as u32
        } else {
            let place = self.place_of(filter.chain.as_deref(), filter.sub_industry.as_deref());
            let contradicts =
                filter.chain.as_deref().is_some_and(|chain| self.place_of(Some(chain), None).chain != place.chain);
            let unknown = (place.chain == UNKNOWN) || (filter.sub_industry.is_some() && place.sub_industry == UNKNOWN);
            if contradicts || unknown { 0..0 } else { self.range(place) }
        };
        if !filter.needs_rows() {
            return (range, None);
        }
        let mut accepted = BitSet::none(self.rows.len() as u32);
        for document in range.clone() {
            if self.passes(filter, document, institutions) {
                accepted.insert(document);
            }
        }
        (range, Some(accepted))
    }

    fn passes(&self, filter: &Filter, document: u32, institutions: &Institutions) -> bool {
        let row = &self.rows[document as usize];
        if filter.except.contains(row.id.as_ref()) {
            return false;
        }
        if filter.min_maturity.is_some_and(|least| row.maturity != 0 && row.maturity < least) {
            return false;
        }
        let institution = (row.institution != UNKNOWN).then(|| institutions.at(row.institution.into()));
        let kind = institution.and_then(|institution| institution.kind);
        filter.province.as_deref().is_none_or(|asked| institution.is_some_and(|institution| institution.is_in(asked)))
            && filter.kind.is_none_or(|asked| kind == Some(asked))
    }
}
