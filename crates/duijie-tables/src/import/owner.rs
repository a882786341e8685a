//! Whose an achievement is, by the list of institutions.

use super::ProblemKind;
use super::draft::{Draft, DraftValue};
use crate::values::keywords;
use duijie::{Institution, Institutions};
use serde_json::Value;

/// The institution that a record names: of several columns (完成单位 beside 所属高校) the first that the list has, or
/// what they are together. Names as they were written are kept where they are not the list's.
pub(super) fn institution(draft: &mut Draft<'_, '_>, institutions: &Institutions) -> Option<String> {
    let mut values = draft.take("org");
    values.dedup_by(|a, b| a.text == b.text);
    if values.len() > 1 {
        return of_several(draft, &values, institutions);
    }
    let value = match values.pop() {
        Some(value) => value,
        None => {
            let text = draft.said_above("org")?;
            DraftValue { text, ..draft.nowhere() }
        }
    };
    let problem = match institutions.resolve(&value.text) {
        Ok(institution) => {
            if !is_name(institution, &value.text) {
                draft.guess(&value, format!("“{}”归入“{}”，原文保留", value.text, institution.name));
                draft.keep("institution_name", Value::from(value.text));
            }
            return Some(institution.id.clone());
        }
        Err(problem) => problem,
    };
    let names = keywords(&value.text.replace(['/', '／'], "、"));
    draft.keep("institution_name", Value::from(value.text.clone()));
    let known = names.iter().filter(|_| names.len() > 1).find_map(|name| institutions.resolve(name).ok());
    if let Some(first) = known {
        draft.guess(&value, format!("多个单位，归入“{}”", first.name));
        return Some(first.id.clone());
    }
    draft.problem(&value, ProblemKind::Institution(problem));
    None
}

/// The institution that several columns name; all their names are kept.
fn of_several(draft: &mut Draft<'_, '_>, values: &[DraftValue], institutions: &Institutions) -> Option<String> {
    let written = values.iter().map(|value| value.text.as_str()).collect::<Vec<_>>().join("；");
    draft.keep("institution_name", Value::from(written.clone()));
    let each = values.iter().map(|value| (value, value.text.clone()));
    let pairs = values.iter().flat_map(|value| {
        let others = values.iter().filter(move |other| other.text != value.text);
        others.map(move |other| (value, format!("{}{}", value.text, other.text)))
    });
    let parts = values.iter().flat_map(|value| keywords(&value.text).into_iter().map(move |name| (value, name)));
    let mut names = each.chain(pairs).chain(parts);
    let known = names.find_map(|(value, name)| Some((value, institutions.resolve(&name).ok()?)));
    if let Some((value, institution)) = known {
        draft.guess(value, format!("多个单位“{written}”，归入“{}”，原文保留", institution.name));
        return Some(institution.id.clone());
    }
    for value in values {
        if let Err(problem) = institutions.resolve(&value.text) {
            draft.problem(value, ProblemKind::Institution(problem));
        }
    }
    None
}

fn is_name(institution: &Institution, text: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<String>();
    let mut named = [&institution.name, &institution.id].into_iter().chain(&institution.aliases);
    named.any(|name| plain(name) == plain(text))
}
