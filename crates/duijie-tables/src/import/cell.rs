//! What is done with the text of a cell before its field reads it.

use super::ProblemKind;
use super::draft::{Draft, DraftValue};
use crate::values::{Lettered, Vocabulary, lettered, ticked, without_personal_ids};
use std::sync::Arc;

/// Fields that hold long numbers.
const NUMBERED: [&str; 4] = ["id", "phone", "fax", "credit_code"];

/// Fields whose values are often choices with letters.
pub(super) const CHOICES: [&str; 18] = [
    "mode",
    "kind",
    "alliance",
    "attack_type",
    "maturity",
    "stage",
    "trl_now",
    "trl_after",
    "level",
    "level_wanted",
    "org_type",
    "activity_type",
    "proj_type",
    "willing",
    "industry",
    "field",
    "chain",
    "segment",
];

/// Whether a program has shown a long number as 1.38E+10, and its digits are gone.
fn is_rounded(text: &str) -> bool {
    let Some((digits, exponent)) = text.split_once(['E', 'e']) else { return false };
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok();
    exponent.starts_with('+') && is_number(digits) && is_number(&exponent[1..])
}

/// A name less what the form asks for behind it: （盖章）, (公章).
fn without_seal(name: &str) -> &str {
    let bare = name.trim_end();
    let inner = bare.strip_suffix(['）', ')', '】']).and_then(|name| name.rsplit_once(['（', '(', '【']));
    let is_seal = |inner: &str| {
        let key: String = inner.chars().filter(|c| !c.is_whitespace()).collect();
        key.ends_with('章') && key.chars().count() <= 8
    };
    match inner {
        Some((name, inner)) if is_seal(inner) && !name.trim().is_empty() => name.trim_end(),
        _ => name,
    }
}

impl Draft<'_, '_> {
    /// Takes a value in: blanks are dropped, personal numbers cut out, ticked boxes read.
    pub(crate) fn put(&mut self, field: &Arc<str>, mut value: DraftValue) {
        if let Some(clean) = without_personal_ids(&value.text) {
            self.problem(&value, ProblemKind::PersonalId);
            value.text = clean.trim().to_owned();
        }
        if &**field == "org" {
            value.text = without_seal(&value.text).to_owned();
        }
        let lettered = if CHOICES.contains(&&**field) { lettered(&value.header, &value.text) } else { None };
        match lettered {
            Some(Lettered::Chosen(chosen)) => value.text = chosen.join("；"),
            Some(Lettered::ByHeader(chosen)) => {
                let chosen = chosen.join("；");
                self.guess(&value, format!("“{}”按表头所列选项读作“{chosen}”", value.text));
                value.text = chosen;
            }
            Some(Lettered::Unanswered) => return self.not_understood(value, "选项", &format!("{field}_stated")),
            None => {
                if let Some(chosen) = ticked(&value.text) {
                    value.text = chosen.join("；");
                }
            }
        }
        if Vocabulary::built_in().is_blank(&value.text) {
            return;
        }
        if NUMBERED.contains(&&**field) && is_rounded(&value.text) {
            let text = value.text.clone();
            self.problem(&value, ProblemKind::ErrorValue { text });
            return;
        }
        self.fields.push((field.clone(), value));
    }
}
