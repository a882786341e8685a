use super::Row;
use crate::records::{FieldMap, RecordProblem};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// The rows of JSONL text: an object a line; blank lines are passed over.
pub(super) fn rows(bytes: &[u8]) -> impl Iterator<Item = Row> + '_ {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    bytes.split(|&byte| byte == b'\n').zip(1u64..).filter_map(|(raw, line)| {
        let raw = raw.strip_suffix(b"\r").unwrap_or(raw);
        if raw.iter().all(u8::is_ascii_whitespace) {
            return None;
        }
        Some(Row { line, raw: String::from_utf8_lossy(raw).into_owned(), fields: parse(raw) })
    })
}

fn parse(raw: &[u8]) -> Result<FieldMap, RecordProblem> {
    let text = std::str::from_utf8(raw)
        .map_err(|error| RecordProblem::Encoding { encoding: "UTF-8", byte: error.valid_up_to() })?;
    let once: Once = serde_json::from_str(text).map_err(|error| {
        // Every text is one line: serde_json's "at line 1" would mislead.
        let problem = error.to_string().replace(" at line 1 column ", " at column ");
        RecordProblem::Json(problem)
    })?;
    match once.twice {
        Some(name) => Err(RecordProblem::DuplicateField(name)),
        None => Ok(once.fields),
    }
}

/// The fields of an object, and the first name that it has twice.
#[derive(Default)]
struct Once {
    fields: FieldMap,
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Once;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
                let mut once = Once::default();
                while let Some((name, value)) = map.next_entry::<String, Value>()? {
                    if once.fields.contains_key(&name) {
                        once.twice.get_or_insert_with(|| name.clone());
                    }
                    once.fields.insert(name, value);
                }
                Ok(once)
            }
        }

        deserializer.deserialize_map(Object)
    }
}
