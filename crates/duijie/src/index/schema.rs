use crate::records::Achievement;
use std::borrow::Cow;
use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// The name under which the analyzer is registered with tantivy.
pub(super) const TOKENIZER: &str = "duijie";

/// The field of the concept vectors.
pub(super) const CONCEPTS: &str = "concepts";
/// The field of the character sets.
pub(super) const CHARACTERS: &str = "characters";
/// The field of the vectors that an encoder made.
pub(super) const VECTOR: &str = "vector";

/// The field of the serial numbers.
pub(super) const SERIAL: &str = "serial";

/// What a document of the index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RecordKind {
    Achievement,
    Institution,
    Catalogue,
}

impl RecordKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Achievement => "achievement",
            Self::Institution => "institution",
            Self::Catalogue => "catalogue",
        }
    }
}

/// The text fields that are scored, in the order of their weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum TextField {
    Title,
    Keywords,
    Summary,
}

impl TextField {
    pub(crate) const ALL: [Self; 3] = [Self::Title, Self::Keywords, Self::Summary];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Keywords => "keywords",
            Self::Summary => "summary",
        }
    }

    /// The text of the field; keywords are joined so that none runs into the next.
    pub(crate) fn text(self, achievement: &Achievement) -> Cow<'_, str> {
        match self {
            Self::Title => Cow::Borrowed(&achievement.title),
            Self::Keywords => Cow::Owned(achievement.keywords.join("；")),
            Self::Summary => Cow::Borrowed(&achievement.summary),
        }
    }
}

/// The fields of the tantivy index.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// [`RecordKind::name`].
    pub(super) record: Field,
    /// The record's id, made unique over kinds by [`key`].
    pub(super) key: Field,
    pub(super) id: Field,
    /// The record as JSON.
    pub(super) body: Field,
    pub(super) text: [Field; 3],
    pub(super) chain: Field,
    pub(super) sub_industry: Field,
    pub(super) institution: Field,
    pub(super) region: Field,
    /// The achievement's concept vector.
    pub(super) concepts: Field,
    /// The achievement's Chinese characters.
    pub(super) characters: Field,
    /// The achievement's vector by an encoder, of length 1, as little-endian float32; absent if none was given.
    pub(super) vector: Field,
    pub(super) maturity: Field,
    pub(super) patents: Field,
    pub(super) year: Field,
    /// A number that no other document has or will have: equal serials are the same text, cut the same.
    pub(super) serial: Field,
}

/// The unique key of a record.
pub(super) fn key(kind: RecordKind, id: &str) -> String {
    format!("{}/{id}", kind.name())
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let word = STRING | FAST;
        let text = TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqs)
                .set_fieldnorms(true),
        );
        Self {
            record: schema.add_text_field("record", word.clone()),
            key: schema.add_text_field("key", STRING),
            id: schema.add_text_field("id", word.clone()),
            body: schema.add_bytes_field("body", STORED),
            text: TextField::ALL.map(|field| schema.add_text_field(field.name(), text.clone())),
            chain: schema.add_text_field("chain", word.clone()),
            sub_industry: schema.add_text_field("sub_industry", word.clone()),
            institution: schema.add_text_field("institution", word.clone()),
            region: schema.add_text_field("region", word),
            concepts: schema.add_bytes_field(CONCEPTS, FAST),
            characters: schema.add_bytes_field(CHARACTERS, FAST),
            vector: schema.add_bytes_field(VECTOR, FAST),
            maturity: schema.add_u64_field("maturity", FAST),
            patents: schema.add_u64_field("patents", FAST),
            year: schema.add_u64_field("year", FAST),
            serial: schema.add_u64_field(SERIAL, FAST),
            schema: schema.build(),
        }
    }
}
