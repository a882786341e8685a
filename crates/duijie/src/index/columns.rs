//! What an index keeps of each achievement in columns.

use tantivy::columnar::{Column, StrColumn};
use tantivy::error::DataCorruption;
use tantivy::{DocId, SegmentReader};

/// The fast fields of one segment.
pub(super) struct SegmentColumns {
    pub(super) record: TextColumn,
    pub(super) id: TextColumn,
    pub(super) chain: TextColumn,
    pub(super) sub_industry: TextColumn,
    pub(super) institution: TextColumn,
    pub(super) maturity: Column<u64>,
    pub(super) patents: Column<u64>,
}

impl SegmentColumns {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Self> {
        let text = |name| TextColumn::open(reader, name);
        Ok(Self {
            record: text("record")?,
            id: text("id")?,
            chain: text("chain")?,
            sub_industry: text("sub_industry")?,
            institution: text("institution")?,
            maturity: reader.fast_fields().u64("maturity")?,
            patents: reader.fast_fields().u64("patents")?,
        })
    }
}

/// A fast field of one text a document, absent where no document of the segment has it; its distinct
/// texts are read once, since finding one by its number reads a block of them.
pub(super) struct TextColumn(Option<(StrColumn, Vec<Box<str>>)>);

impl TextColumn {
    fn open(reader: &SegmentReader, name: &str) -> tantivy::Result<Self> {
        let Some(column) = reader.fast_fields().str(name)? else { return Ok(Self(None)) };
        let numbers: Vec<u64> = (0..column.num_terms() as u64).collect();
        let mut texts = Vec::with_capacity(numbers.len());
        let mut add = |text: &[u8]| texts.push(std::str::from_utf8(text).map(Box::from));
        if !column.dictionary().sorted_ords_to_term_cb(&numbers, &mut add)? {
            return Err(DataCorruption::comment_only(format!("the texts of {name} end too early")).into());
        }
        let texts = texts.into_iter().collect::<Result<_, _>>();
        let texts = texts.map_err(|_| DataCorruption::comment_only(format!("a text of {name} is not UTF-8")))?;
        Ok(Self(Some((column, texts))))
    }

    pub(super) fn text(&self, document: DocId) -> Option<&str> {
        let (column, texts) = self.0.as_ref()?;
        let number = column.term_ords(document).next()?;
        texts.get(number as usize).map(Box::as_ref)
    }
}
