use super::brand::Brands;
use super::enterprise::{self, belongs};
use super::{Disclosure, contacts::contacts, persons};
use crate::values::{Plain, without, without_personal_ids};
use aho_corasick::{AhoCorasick, MatchKind};
use duijie::{Achievement, Demand, FieldMap};
use std::ops::Range;

/// Takes out of texts what their audience must not see: telephone numbers, mail addresses, names of persons to ask and
/// of those who made an achievement, the name of an enterprise that is to be masked, and identity numbers always.
pub(crate) struct Veil {
    contacts: bool,
    /// Finds the longest of the names at a place.
    names: Option<AhoCorasick>,
    /// What stands for each name.
    masks: Vec<String>,
    brands: Brands,
}

const NO_CONTACT: &str = "（联系方式略）";

const NO_NAME: &str = "（姓名略）";

/// Fields that name persons to ask.
const ASKED: [&str; 2] = ["contact", "legal_person"];

/// Fields that hold numbers and addresses.
const REACHED: [&str; 3] = ["phone", "fax", "email"];

/// What the headers of further columns with such names and numbers say.
const ASKED_HEADERS: [&str; 5] = ["联系人", "负责人", "对接人", "联络人", "姓名"];
const REACHED_HEADERS: [&str; 7] = ["电话", "手机", "微信", "QQ", "邮箱", "传真", "联系方式"];

/// A shorter number or name on a net could be a figure or a word.
const SHORTEST_ADDRESS: usize = 6;

impl Veil {
    pub(crate) fn new(disclosure: &Disclosure, demands: &[Demand], achievements: &[Achievement]) -> Self {
        let hides_contacts = !disclosure.shows_contacts();
        let mut names = Vec::new();
        let mut brands = Brands::default();
        for demand in demands {
            if let Some(enterprise) = demand.enterprise.as_deref().filter(|_| disclosure.masks_enterprise()) {
                let mask = format!("{}某企业", demand.city.as_deref().unwrap_or_default());
                for one in enterprise::each(enterprise) {
                    let called = enterprise::names(one, demand.city.as_deref());
                    called.words.into_iter().for_each(|word| brands.add(word, &mask, enterprise));
                    names.extend(called.told.into_iter().map(|name| (name, mask.clone())));
                }
            }
        }
        let of_demands = demands
            .iter()
            .map(|demand| (&demand.extra, &disclosure.demands, demand.enterprise.as_deref().unwrap_or_default()));
        let of_achievements = achievements.iter().map(|found| (&found.extra, &disclosure.achievements, ""));
        for (extra, shown, owner) in of_demands.chain(of_achievements).filter(|_| hides_contacts) {
            for text in hidden_texts(extra, shown, &ASKED, &ASKED_HEADERS) {
                names.extend(persons::of_contacts(text).into_iter().map(|person| (person, NO_CONTACT.to_owned())));
                persons::short_names(text).into_iter().for_each(|person| brands.add(person, NO_CONTACT, owner));
            }
            for text in hidden_texts(extra, shown, &REACHED, &REACHED_HEADERS) {
                // 张三 13812345678 in one cell.
                names.extend(persons::full_names(text).into_iter().map(|person| (person, NO_CONTACT.to_owned())));
                persons::short_names(text).into_iter().for_each(|person| brands.add(person, NO_CONTACT, owner));
                let pieces = text.split(|c: char| c.is_whitespace() || "/、，,；;()（）".contains(c));
                let told =
                    pieces.map(enterprise::compact).filter(|piece| piece.len() >= SHORTEST_ADDRESS && piece.is_ascii());
                names.extend(told.map(|address| (address, NO_CONTACT.to_owned())));
            }
        }
        if !disclosure.achievements.iter().any(|field| field == "people") {
            for people in achievements.iter().filter_map(|found| found.extra.get("people")?.as_str()) {
                names.extend(persons::full_names(people).into_iter().map(|person| (person, NO_NAME.to_owned())));
                persons::short_names(people).into_iter().for_each(|person| brands.add(person, NO_NAME, ""));
            }
        }
        // The first of enterprises that bear one name gives its mask.
        names.retain(|(name, _)| !name.is_empty());
        names.sort();
        names.dedup_by(|a, b| a.0 == b.0);
        let (names, masks): (Vec<String>, Vec<String>) = names.into_iter().unzip();
        let found =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true).build(&names);
        let found = found.expect("names of enterprises are far fewer than an automaton holds");
        Self { contacts: hides_contacts, names: (!names.is_empty()).then_some(found), masks, brands }
    }

    /// Over a text of an achievement, or of anybody.
    pub(crate) fn over(&self, text: &str) -> String {
        self.veiled(text, None)
    }

    /// Over a text of a demand's enterprise.
    pub(crate) fn over_own(&self, demand: &Demand, text: &str) -> String {
        self.veiled(text, demand.enterprise.as_deref())
    }

    fn veiled(&self, text: &str, own: Option<&str>) -> String {
        let clean = without_personal_ids(text);
        let text = clean.as_deref().unwrap_or(text);
        let mut ranges = self.named(text, own);
        if self.contacts {
            ranges.extend(contacts(text).into_iter().map(|range| (range, NO_CONTACT)));
        }
        without(text, ranges)
    }

    /// Where names stand, with what stands for each.
    fn named(&self, text: &str, own: Option<&str>) -> Vec<(Range<usize>, &str)> {
        let plain = Plain::of(text, belongs);
        let told = self.names.iter().flat_map(|names| names.find_iter(&plain.text));
        let told = told.map(|found| (found.range(), self.masks[found.pattern()].as_str()));
        let mut ranges = Vec::new();
        for (found, mask) in told.chain(self.brands.find(&plain.text, own)) {
            let is_person = [NO_CONTACT, NO_NAME].contains(&mask);
            let behind = if is_person { 0 } else { enterprise::rest_of_name(&plain.text[found.end..]) };
            let mut range = plain.original(text, found.start..found.end + behind);
            // A bracket that opens within the name closes with it.
            let is_open = text[range.clone()].rfind(['（', '(']) > text[range.clone()].rfind(['）', ')']);
            if let Some(closing) = text[range.end..].chars().next().filter(|c| is_open && matches!(c, '）' | ')')) {
                range.end += closing.len_utf8();
            }
            ranges.push((range, mask));
        }
        ranges
    }
}

/// The texts of fields that are not shown: those of these names, and further columns whose header has one of these words.
fn hidden_texts<'a>(
    extra: &'a FieldMap,
    shown: &'a [String],
    fields: &'a [&str],
    headers: &'a [&str],
) -> impl Iterator<Item = &'a str> {
    let is_it = |field: &str| fields.contains(&field) || headers.iter().any(|header| field.contains(header));
    let hidden = extra.iter().filter(move |(field, _)| is_it(field) && !shown.contains(field));
    hidden.filter_map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests;
