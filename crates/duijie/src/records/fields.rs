use super::{FieldMap, RecordProblem};
use serde_json::Value;

/// Takes the fields of one record out of a [`FieldMap`], each with its type; what is left over at
/// the end was unknown. `null`, blank text and empty lists all mean "not given".
pub(crate) struct Fields(FieldMap);

impl Fields {
    pub(crate) fn new(map: FieldMap) -> Self {
        Self(map)
    }

    pub(crate) fn id(&mut self) -> Result<String, RecordProblem> {
        let id = self.required_text("id")?;
        if id.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(RecordProblem::Id(id));
        }
        Ok(id)
    }

    pub(crate) fn required_text(&mut self, field: &'static str) -> Result<String, RecordProblem> {
        self.text(field)?.ok_or(RecordProblem::Missing(field))
    }

    pub(crate) fn text(&mut self, field: &'static str) -> Result<Option<String>, RecordProblem> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.trim().is_empty())),
            Some(other) => Err(wrong_type(field, "text", &other)),
        }
    }

    /// A list of texts; a single text is a list of one. Blank entries are left out.
    pub(crate) fn texts(&mut self, field: &'static str) -> Result<Vec<String>, RecordProblem> {
        let entries = match self.take(field) {
            None => return Ok(Vec::new()),
            Some(Value::Array(entries)) => entries,
            Some(single @ Value::String(_)) => vec![single],
            Some(other) => return Err(wrong_type(field, "a list of texts", &other)),
        };
        let mut texts = Vec::with_capacity(entries.len());
        for entry in entries {
            match entry {
                Value::String(text) if text.trim().is_empty() => {}
                Value::String(text) => texts.push(text),
                Value::Null => {}
                other => return Err(wrong_type(field, "a list of texts", &other)),
            }
        }
        Ok(texts)
    }

    pub(crate) fn number(&mut self, field: &'static str) -> Result<Option<f64>, RecordProblem> {
        match self.take(field) {
            None => Ok(None),
            Some(Value::Number(number)) => Ok(number.as_f64()),
            Some(other) => Err(wrong_type(field, "a number", &other)),
        }
    }

    /// A whole number in `min..=max`.
    pub(crate) fn integer<T: TryFrom<i64>>(
        &mut self,
        field: &'static str,
        min: i64,
        max: i64,
    ) -> Result<Option<T>, RecordProblem> {
        let Some(value) = self.take(field) else { return Ok(None) };
        let Some(found) = value.as_i64() else {
            return Err(wrong_type(field, "a whole number", &value));
        };
        match T::try_from(found) {
            Ok(number) if (min..=max).contains(&found) => Ok(Some(number)),
            _ => Err(RecordProblem::Range { field, min, max, found }),
        }
    }

    /// One of a few words.
    pub(crate) fn word<T>(
        &mut self,
        field: &'static str,
        expected: &'static str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RecordProblem> {
        match self.text(field)? {
            None => Ok(None),
            Some(text) => match parse(text.trim()) {
                Some(value) => Ok(Some(value)),
                None => Err(wrong_type(field, expected, &Value::String(text))),
            },
        }
    }

    /// The fields that nobody asked for.
    pub(crate) fn rest(self) -> FieldMap {
        self.0
    }

    fn take(&mut self, field: &str) -> Option<Value> {
        // shift_remove keeps the order of the unknown fields that stay behind.
        self.0.shift_remove(field).filter(|value| !value.is_null())
    }
}

fn wrong_type(field: &str, expected: &'static str, found: &Value) -> RecordProblem {
    let mut shown: String = found.to_string().chars().take(40).collect();
    if shown.len() < found.to_string().len() {
        shown.push('…');
    }
    RecordProblem::Type { field: field.to_owned(), expected, found: shown }
}
