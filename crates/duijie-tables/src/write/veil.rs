use super::Disclosure;
use aho_corasick::{AhoCorasick, MatchKind};
use duijie::Demand;

/// Takes out of texts what their audience must not see: telephone numbers, mail addresses, and the
/// name of an enterprise that is to be masked.
pub(crate) struct Veil {
    contacts: bool,
    /// Finds the longest of the names at a place.
    names: Option<AhoCorasick>,
    /// What stands for each name.
    masks: Vec<String>,
}

/// What an enterprise's name ends in; less it, the name still tells who it is.
const FORMS: [&str; 5] = ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司"];

/// A shorter name could be a word of the language.
const SHORTEST_NAME: usize = 4;

impl Veil {
    pub(crate) fn new(disclosure: &Disclosure, demands: &[Demand]) -> Self {
        let mut names = Vec::new();
        if disclosure.masks_enterprise() {
            for demand in demands {
                let Some(enterprise) = &demand.enterprise else { continue };
                let mask = masked_name(demand);
                names.push((enterprise.clone(), mask.clone()));
                let short = FORMS.iter().find_map(|form| enterprise.strip_suffix(form));
                names
                    .extend(short.filter(|s| s.chars().count() >= SHORTEST_NAME).map(|s| (s.to_owned(), mask.clone())));
            }
            // The first of enterprises that bear one name gives its mask.
            names.sort();
            names.dedup_by(|a, b| a.0 == b.0);
        }
        let (names, masks): (Vec<String>, Vec<String>) = names.into_iter().unzip();
        let found = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names);
        let found = found.expect("names of enterprises are far fewer than an automaton holds");
        Self { contacts: !disclosure.shows_contacts(), names: (!names.is_empty()).then_some(found), masks }
    }

    pub(crate) fn over(&self, text: &str) -> String {
        let text = match &self.names {
            Some(names) => names.replace_all(text, &self.masks),
            None => text.to_owned(),
        };
        if self.contacts { without_contacts(&text) } else { text }
    }
}

/// 威海某企业.
fn masked_name(demand: &Demand) -> String {
    format!("{}某企业", demand.city.as_deref().unwrap_or_default())
}

/// The text with telephone numbers and mail addresses replaced.
fn without_contacts(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '@' | '.' | '_' | '+');
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_part) {
        clean.push_str(&rest[..start]);
        let word = &rest[start..];
        let end = word.find(|c| !is_part(c)).unwrap_or(word.len());
        clean.push_str(if is_contact(&word[..end]) { "（联系方式略）" } else { &word[..end] });
        rest = &word[end..];
    }
    clean.push_str(rest);
    clean
}

fn is_contact(word: &str) -> bool {
    if word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) {
        return true;
    }
    let phone = |run: &str| {
        let digits: String = run.chars().filter(|c| *c != '-').collect();
        let is_number = digits.chars().all(|c| c.is_ascii_digit());
        let mobile =
            digits.len() == 11 && digits.starts_with('1') && matches!(digits.as_bytes().get(1), Some(b'3'..=b'9'));
        let landline = run.starts_with('0') && run.contains('-') && (10..=12).contains(&digits.len());
        is_number && (mobile || landline)
    };
    let word = word.strip_prefix("+86").unwrap_or(word).trim_matches(['-', '.', '_']);
    phone(word) || word.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == 11 && phone(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_addresses_go_and_figures_stay() {
        let clean =
            without_contacts("请联系张工13812345678或0531-88881234，zhang.san@example.com，扬程1500m，GB/T 12345-2020");
        assert_eq!(clean, "请联系张工（联系方式略）或（联系方式略），（联系方式略），扬程1500m，GB/T 12345-2020");
    }
}
