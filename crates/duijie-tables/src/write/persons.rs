//! Names of persons, as the fields of records hold them.

use super::contacts::SURNAMES;
use super::enterprise::{LANGUAGE, compact, is_trade};

/// A shorter name of a person could be a word of the language.
const SHORTEST: usize = 3;
const LONGEST: usize = 4;

/// What may follow a name.
const TITLES: [&str; 20] = [
    "等人",
    "等",
    "老师",
    "工程师",
    "总工程师",
    "总监",
    "总工",
    "经理",
    "副教授",
    "教授",
    "研究员",
    "主任",
    "博士",
    "院士",
    "先生",
    "女士",
    "课题组",
    "研究团队",
    "团队",
    "同志",
];

/// The names in a field of contacts: the whole, and each full name in it.
pub(super) fn of_contacts(text: &str) -> Vec<String> {
    let whole = compact(text);
    let mut names = full_names(text);
    if whole.chars().count() >= SHORTEST && !names.contains(&whole) {
        names.push(whole);
    }
    names
}

/// The full names in a list of persons: 王小明、李四光（教授）等.
pub(super) fn full_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    // 李 四光 is one name.
    for piece in text.split(|c: char| !is_of_name(c)).chain([compact(text).as_str()]) {
        let name = without_titles(piece);
        if is_full_name(name) && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The names of two characters in a field of contacts, which count only where they are no part of other words: 张三, 李工.
pub(super) fn short_names(text: &str) -> Vec<String> {
    let pieces = text.split(|c: char| !is_of_name(c)).map(str::to_owned).chain([compact(text)]);
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        let name = without_titles(&piece);
        let is_it = name.chars().count() == 2 && begins_with_surname(name) && !is_word(name) && !is_trade(name);
        if is_it && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn is_of_name(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn without_titles(mut name: &str) -> &str {
    while let Some(short) = TITLES.iter().find_map(|title| name.strip_suffix(title)) {
        name = short;
    }
    name
}

/// Whether it begins with a surname and is no word besides.
fn is_full_name(name: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&name.chars().count()) && begins_with_surname(name) && !is_word(name)
}

fn begins_with_surname(name: &str) -> bool {
    name.chars().all(is_of_name) && name.starts_with(|first| SURNAMES.contains(first))
}

/// Whether it is a word of the language, and no name of a person in it.
pub(super) fn is_word(name: &str) -> bool {
    LANGUAGE.contains(name) && !LANGUAGE.tagged(name).iter().any(|(_, tag)| tag.starts_with("nr"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_names_are_told_from_titles_and_words() {
        assert_eq!(full_names("王小明、李四光（教授）等；欧阳建国团队"), ["王小明", "李四光", "欧阳建国"]);
        assert_eq!(full_names("李 四光"), ["李四光"]);
        assert_eq!(full_names("高强度、王伟、课题组、高新技术研究院"), Vec::<String>::new());
        assert_eq!(of_contacts("郑十二 13800000009"), ["郑十二", "郑十二13800000009"]);
        assert_eq!(of_contacts("张工程师"), ["张工程师"]);
        assert_eq!(short_names("张三 13800000009、李工，高校，高强；王五老师"), ["张三", "李工", "王五"]);
        assert_eq!(short_names("刘 洋"), ["刘洋"]);
    }
}
