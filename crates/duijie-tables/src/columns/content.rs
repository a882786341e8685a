//! What a column is, judged by its values, where the header does not tell.

use super::{Assignment, How, Meaning, RecordKind};
use crate::industries::{Industries, Level, Place, Spelling};
use crate::values::{Vocabulary, has_personal_id};

/// Whether a value looks like those of a field.
type Look<'a> = &'a dyn Fn(&str) -> bool;

/// The share of a column's values that must look alike.
const SHARE: f64 = 0.6;

/// Gives columns without meaning the fields that their values look like, as far as no column has them.
pub(crate) fn fill(found: &mut [Assignment], samples: &[Vec<&str>], kind: RecordKind, industries: &Industries<'_>) {
    let vocabulary = Vocabulary::built_in();
    let share = |values: &[&str], test: &dyn Fn(&str) -> bool| {
        let hits = values.iter().filter(|value| test(value.trim())).count();
        !values.is_empty() && hits as f64 >= SHARE * values.len() as f64
    };
    let is_place = |text: &str, level| match industries.place(text, level) {
        Some((Place::Chain(_), Spelling::Name)) => level == Level::Chain,
        Some((Place::SubIndustry(..), Spelling::Name)) => level == Level::SubIndustry,
        _ => false,
    };
    let tests: [(&str, Look<'_>); 7] = [
        ("phone", &is_phone),
        ("email", &|text| text.contains('@') && text.is_ascii()),
        ("segment", &|text| is_place(text, Level::SubIndustry)),
        ("chain", &|text| is_place(text, Level::Chain)),
        ("org", &is_organisation),
        ("stage", &|text| kind == RecordKind::Achievement && vocabulary.is_maturity_word(text)),
        ("mode", &|text| vocabulary.mode(text).is_some()),
    ];
    for at in 0..found.len() {
        if found[at].how != How::Unknown {
            continue;
        }
        let values = &samples[at];
        let meaning = if share(values, &has_personal_id) {
            Some(Meaning::PersonalId)
        } else if is_serial(values) {
            Some(Meaning::Serial)
        } else {
            let field = tests.iter().find(|(field, test)| !is_taken(found, field) && share(values, *test));
            field.map(|(field, _)| Meaning::Field((*field).into()))
        };
        give(found, at, meaning);
    }
    let description = if kind == RecordKind::Demand { "problem" } else { "summary" };
    let length = |at: usize| {
        let chars: usize = samples[at].iter().map(|value| value.chars().count()).sum();
        chars.checked_div(samples[at].len()).unwrap_or(0)
    };
    if !is_taken(found, "title") {
        let distinct = |at: usize| samples[at].iter().collect::<std::collections::HashSet<_>>().len();
        let fits = |at: &usize| {
            found[*at].how == How::Unknown
                && (5..=50).contains(&length(*at))
                && distinct(*at) * 10 >= samples[*at].len() * 9
        };
        let title = (0..found.len()).find(fits);
        if let Some(at) = title {
            give(found, at, Some(Meaning::Field("title".into())));
        }
    }
    if !is_taken(found, description) {
        let longest = (0..found.len())
            .filter(|at| found[*at].how == How::Unknown && length(*at) >= 30)
            .max_by_key(|at| length(*at));
        if let Some(at) = longest {
            give(found, at, Some(Meaning::Field(description.into())));
        }
    }
}

fn give(found: &mut [Assignment], at: usize, meaning: Option<Meaning>) {
    if meaning.is_some() {
        found[at] = Assignment { meaning, how: How::Content };
    }
}

fn is_taken(found: &[Assignment], field: &str) -> bool {
    found.iter().any(|assignment| matches!(&assignment.meaning, Some(Meaning::Field(known)) if &**known == field))
}

fn is_phone(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '(' | ')')).collect();
    digits.chars().all(|c| c.is_ascii_digit())
        && ((digits.len() == 11 && digits.starts_with('1'))
            || (digits.starts_with('0') && (10..=12).contains(&digits.len())))
}

pub(crate) fn is_organisation(text: &str) -> bool {
    let endings = ["公司", "厂", "集团", "合作社", "大学", "学院", "研究院", "研究所", "中心", "实验室"];
    let length = text.chars().count();
    (3..=40).contains(&length) && endings.iter().any(|ending| text.ends_with(ending))
}

/// 1, 2, 3 … .
fn is_serial(values: &[&str]) -> bool {
    let numbers: Vec<i64> = values.iter().filter_map(|value| value.trim().parse().ok()).collect();
    numbers.len() >= 2 && numbers.len() == values.len() && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
}
