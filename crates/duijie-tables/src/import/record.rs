use super::draft::Draft;
use crate::columns::{Assignment, Meaning, RecordKind};
use crate::layout::Table;
use crate::values::MaturityScale;
use duijie::{Catalogue, DemandKind, FieldMap, Institutions, RecordProblem};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A kind of record that tables list.
pub(crate) trait TableRecord: Sized + PartialEq + TryFrom<FieldMap, Error = RecordProblem> {
    const KIND: RecordKind;
    /// The names of its fields.
    const FIELDS: &[&str];
    fn from_draft(draft: &mut Draft<'_, '_>, id: String, institutions: &Institutions, kind: Option<DemandKind>)
    -> Self;
    fn settle(&mut self, catalogue: &Catalogue, institutions: &Institutions) -> Result<(), RecordProblem>;
    fn id(&self) -> &str;
    fn set_id(&mut self, id: String);
    fn title(&self) -> &str;
    fn owner(&self) -> Option<&str>;
    fn body(&self) -> &str;
}

/// The scale of every column of maturity words.
pub(crate) fn scales(table: &Table, found: &[Assignment]) -> FxHashMap<Arc<str>, MaturityScale> {
    let mut scales = FxHashMap::default();
    for field in ["maturity", "stage", "trl_now", "trl_after"] {
        if !found
            .iter()
            .any(|assignment| matches!(&assignment.meaning, Some(Meaning::Field(known)) if &**known == field))
        {
            continue;
        }
        let is_it = |column: usize| matches!(&found[column].meaning, Some(Meaning::Field(known)) if &**known == field);
        let values = table.items.iter().flat_map(|item| &item.values).filter(|value| is_it(value.column));
        scales.insert(field.into(), MaturityScale::of(values.map(|value| value.text.as_str())));
    }
    scales
}

pub(crate) fn id_letter(kind: RecordKind) -> char {
    match kind {
        RecordKind::Demand => 'D',
        RecordKind::Achievement => 'A',
    }
}

/// FNV-1a in 48 bits: ids stay the same from one reading to the next, and from one machine to another.
pub(crate) fn hash(text: &str) -> u64 {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (hash ^ (hash >> 48)) & 0xffff_ffff_ffff
}
