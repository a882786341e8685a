use super::{Guess, Problem, ProblemKind};
use crate::columns::label_key;
use crate::industries::Industries;
use crate::layout::{Column, MONEY_UNIT};
use crate::sheet::Origin;
use crate::values::{
    MaturityScale, Memos, Money, MoneyUnit, Period, Trl, Vocabulary, keywords, list_items, money, period, tick,
};
use duijie::FieldMap;
use rustc_hash::FxHashMap;
use serde_json::Value;
use std::sync::Arc;

/// One value of an item that is to become a record.
#[derive(Clone, Debug)]
pub(crate) struct DraftValue {
    pub(crate) header: Arc<str>,
    pub(crate) text: String,
    pub(crate) column: Option<u32>,
    pub(crate) row: u32,
}

/// The values of an item, by field; what is taken out becomes a field of the record, and the rest
/// is kept under its own name.
pub(crate) struct Draft<'a, 'c> {
    pub(crate) origin: Origin,
    pub(crate) industries: &'a Industries<'c>,
    pub(crate) memos: &'a Memos,
    /// By field, in the order of the columns.
    pub(crate) fields: Vec<(Arc<str>, DraftValue)>,
    /// What sections say, for fields that the item leaves blank.
    pub(crate) context: Arc<[(Arc<str>, String)]>,
    pub(crate) scales: &'a FxHashMap<Arc<str>, MaturityScale>,
    pub(crate) guesses: Vec<Guess>,
    pub(crate) problems: Vec<Problem>,
    pub(crate) extra: FieldMap,
}

/// A demand is of some hundred or thousand 万元; where an amount in 元 stands under 万元, it is this much.
const UNUSUAL_WAN: f64 = 100_000.0;

impl Draft<'_, '_> {
    pub(crate) fn problem(&mut self, value: &DraftValue, kind: ProblemKind) {
        let origin = Origin { row: value.row, column: value.column, ..self.origin.clone() };
        self.problems.push(Problem { origin, header: Some(value.header.to_string()), kind });
    }

    pub(crate) fn guess(&mut self, value: &DraftValue, reading: String) {
        let origin = Origin { row: value.row, column: value.column, ..self.origin.clone() };
        self.guesses.push(Guess { origin, header: value.header.to_string(), reading });
    }

    /// The first value of a field, taken out.
    fn next(&mut self, field: &str) -> Option<DraftValue> {
        let at = self.fields.iter().position(|(known, _)| &**known == field)?;
        Some(self.fields.remove(at).1)
    }

    /// All values of a field, taken out.
    pub(crate) fn take(&mut self, field: &str) -> Vec<DraftValue> {
        let mut taken = Vec::new();
        while let Some(value) = self.next(field) {
            taken.push(value);
        }
        taken
    }

    /// The one value of a field; further ones that differ are reported.
    pub(crate) fn one(&mut self, field: &str) -> Option<DraftValue> {
        let first = self.next(field)?;
        while let Some(other) = self.next(field) {
            if other.text != first.text {
                let text = other.text.clone();
                self.problem(&other, ProblemKind::SecondValue { text });
            }
        }
        Some(first)
    }

    /// The text of a field in one line.
    pub(crate) fn line(&mut self, field: &str) -> Option<String> {
        let text = self.one(field)?.text;
        if !text.contains(char::is_whitespace) {
            return Some(text);
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// All values of some fields, below each other; those of the later fields with their header.
    pub(crate) fn paragraphs(&mut self, fields: &[&str]) -> String {
        let mut paragraphs: Vec<String> = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            for value in self.take(field) {
                let text = if value.text.contains('\r') { value.text.replace("\r\n", "\n") } else { value.text };
                let line = if at == 0 && paragraphs.is_empty() { text } else { format!("{}：{text}", value.header) };
                paragraphs.push(line);
            }
        }
        if paragraphs.len() == 1 { paragraphs.swap_remove(0) } else { paragraphs.join("\n") }
    }

    /// What a section above says of a field.
    pub(crate) fn said_above(&self, field: &str) -> Option<String> {
        self.context.iter().rev().find(|(known, _)| &**known == field).map(|(_, text)| text.clone())
    }

    /// Keeps what the lines above say of fields that the item leaves blank.
    pub(crate) fn particulars(&mut self, fields: &[&str]) {
        for field in fields {
            if !self.fields.iter().any(|(known, _)| &**known == *field)
                && let Some(text) = self.said_above(field)
            {
                self.keep(field, Value::from(text));
            }
        }
    }

    pub(crate) fn keywords(&mut self) -> Vec<String> {
        self.take("keywords").iter().flat_map(|value| keywords(&value.text)).collect()
    }

    pub(crate) fn list(&mut self, field: &str) -> Vec<String> {
        self.take(field).iter().flat_map(|value| list_items(&value.text)).collect()
    }

    /// Cooperation modes under their common names; a word that is none is kept as it is, and one that leaves the
    /// mode open (面议) only as what was stated.
    pub(crate) fn modes(&mut self) -> Vec<String> {
        let mut modes: Vec<String> = Vec::new();
        for value in self.take("mode") {
            if tick(&value.text).is_some() {
                self.not_understood(value, "合作方式", "mode_stated");
                continue;
            }
            let (named, is_open) = self.memos.modes.read(&value.text, named_modes);
            if named.iter().any(|mode| Vocabulary::built_in().mode(mode).is_none()) {
                let text = value.text.clone();
                self.problem(&value, ProblemKind::NotUnderstood { what: "合作方式", text });
            }
            for mode in named {
                if !modes.contains(&mode) {
                    modes.push(mode);
                }
            }
            if is_open {
                self.keep("mode_stated", Value::from(value.text));
            }
        }
        modes
    }

    /// An amount in 万元; of a range the end that `of_range` picks, with the range kept.
    pub(crate) fn money(&mut self, field: &str, kept: &str, of_range: fn(f64, f64) -> f64) -> Option<f64> {
        let value = self.one(field)?;
        let stated = self.said_above(MONEY_UNIT).filter(|_| MoneyUnit::of_header(&value.header).is_none());
        let above = stated.as_ref().and_then(|name| MoneyUnit::stated(&format!("单位：{name}")));
        let unit = above.map(|(unit, _)| unit).or(MoneyUnit::of_header(&value.header)).unwrap_or_default();
        if let Some(name) = stated
            && money(&value.text, unit) != money(&value.text, MoneyUnit::default())
        {
            self.guess(&value, format!("金额“{}”按表上方注明的单位“{name}”计", value.text));
        }
        match money(&value.text, unit) {
            Some(Money::Unknown) => None,
            Some(Money::Exact(amount)) => {
                if amount >= UNUSUAL_WAN {
                    self.guess(&value, format!("金额“{}”计为{amount}万元，远高于常见数额，请核对单位", value.text));
                }
                Some(amount)
            }
            Some(Money::AtLeast(amount) | Money::AtMost(amount)) => {
                self.guess(&value, format!("金额“{}”取{amount}万元", value.text));
                self.keep(kept, Value::from(value.text));
                Some(amount)
            }
            Some(Money::Range { from, to }) => {
                let amount = of_range(from, to);
                self.guess(&value, format!("金额区间“{}”取{amount}万元", value.text));
                self.keep(kept, Value::from(vec![from, to]));
                Some(amount)
            }
            None => {
                self.not_understood(value, "金额", kept);
                None
            }
        }
    }

    pub(crate) fn not_understood(&mut self, value: DraftValue, what: &'static str, kept: &str) {
        self.problem(&value, ProblemKind::NotUnderstood { what, text: value.text.clone() });
        self.keep(kept, Value::from(value.text));
    }

    /// Dates and durations, kept as `start`, `end` and `months`.
    pub(crate) fn periods(&mut self) {
        for field in ["start", "end", "period"] {
            let Some(value) = self.one(field) else { continue };
            match (self.memos.periods.read(&value.text, period), field) {
                (Some(Period::Between { start, end }), _) => {
                    self.keep("start", Value::from(start));
                    self.keep("end", Value::from(end));
                }
                (Some(Period::Since(date)), _) => self.keep("start", Value::from(date)),
                (Some(Period::At(date)), "start") => self.keep("start", Value::from(date)),
                (Some(Period::At(date)), _) => self.keep("end", Value::from(date)),
                (Some(Period::Months(months)), _) => self.keep("months", Value::from(months)),
                (None, _) => self.not_understood(value, "时间", field),
            }
        }
    }

    /// Readiness levels of a field, by the scale of its column.
    pub(crate) fn trl(&mut self, field: &str) -> Option<(Trl, DraftValue)> {
        let value = self.one(field)?;
        let scale = self.scales.get(field).copied();
        match scale.and_then(|scale| scale.read(&value.text)) {
            Some(trl) => Some((trl, value)),
            None => {
                self.not_understood(value, "成熟度", &format!("{field}_stated"));
                None
            }
        }
    }

    /// The place of what no cell of the item says.
    pub(super) fn nowhere(&self) -> DraftValue {
        DraftValue { header: "分节".into(), text: String::new(), column: None, row: self.origin.row }
    }

    pub(crate) fn keep(&mut self, field: &str, value: Value) {
        self.extra.insert(field.to_owned(), value);
    }

    /// What no field took, under its name; `typed` are the names that only fields of the record may bear.
    pub(crate) fn keep_rest(&mut self, typed: &[&str]) {
        while let Some((field, _)) = self.fields.first() {
            let field = field.clone();
            let mut texts: Vec<String> = self.take(&field).into_iter().map(|value| value.text).collect();
            texts.dedup();
            let name = if typed.contains(&&*field) { format!("{field}_stated") } else { field.to_string() };
            self.extra.insert(name, Value::from(texts.join("；")));
        }
    }
}

/// The modes in a cell, and whether a word in it leaves the mode open.
fn named_modes(text: &str) -> (Vec<String>, bool) {
    let vocabulary = Vocabulary::built_in();
    let words = keywords(&text.replace(['/', '+', '＋'], "、"));
    let is_open = words.iter().any(|word| vocabulary.leaves_mode_open(word));
    let named = words.into_iter().filter(|word| !vocabulary.leaves_mode_open(word));
    let mode = |word: &str| vocabulary.mode(word).or_else(|| vocabulary.mode(&label_key(word))).map(str::to_owned);
    (named.map(|word| mode(&word).unwrap_or(word)).collect(), is_open)
}

/// The header of a column, once for all values under it.
pub(crate) fn shared_header(column: &Column) -> Arc<str> {
    column.header().into()
}
