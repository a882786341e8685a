//! What an enterprise is called in texts.

use super::brand::is_name;
use duijie_text::{Dictionary, TermBase};
use serde::Deserialize;
use std::sync::{Arc, LazyLock};

/// The words of `data/enterprises.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) forms: Vec<String>,
    trades: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) parties: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/enterprises.toml")).expect("data/enterprises.toml is a list of words")
});

/// Words of the language: a brand of two characters that is one of them stands in texts that mean something else.
pub(super) static LANGUAGE: LazyLock<Dictionary> = LazyLock::new(Dictionary::general);

static TERMS: LazyLock<Arc<TermBase>> = LazyLock::new(TermBase::standard);

/// The shortest core that is told by itself.
const SHORTEST_CORE: usize = 3;

/// A name without blanks and brackets.
pub(super) fn compact(name: &str) -> String {
    crate::values::Plain::of(name, belongs).text
}

/// Whether a character counts when names are compared.
pub(super) fn belongs(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '[' | ']' | '【' | '】' | '〔' | '〕' | '"' | '“' | '”')
}

/// What an enterprise is called.
#[derive(Default)]
pub(super) struct Names {
    /// Names that mean it wherever they stand.
    pub(super) told: Vec<String>,
    /// Brands that are words of the language besides.
    pub(super) words: Vec<String>,
}

/// The compact names that an enterprise goes by: with and without its form, its place and its trade.
pub(super) fn names(enterprise: &str, city: Option<&str>) -> Names {
    let whole = compact(enterprise);
    let mut names = Names { told: vec![whole.clone()], words: Vec::new() };
    // What stands in brackets is a place or a form.
    let outer = without_brackets(enterprise);
    for name in [whole, outer] {
        // 华能电力公司威海分公司 is called 华能电力 too.
        let head = name.split("公司").next().unwrap_or(&name);
        for base in [without_form(&name), without_form(head)] {
            let core = without_place(base, city);
            let place = &base[..base.len() - core.len()];
            if core.is_empty() || is_trade(core) {
                // 山东数控机床: only with its place it is a name.
                names.told.extend((!core.is_empty() && core.len() < base.len()).then(|| base.to_owned()));
                continue;
            }
            let long = [base, core].into_iter().filter(|name| chars(name) >= SHORTEST_CORE);
            names.told.extend(long.map(str::to_owned));
            names.shorten(core, &[place, city.unwrap_or_default()]);
        }
    }
    for list in [&mut names.told, &mut names.words] {
        list.sort();
        list.dedup();
    }
    names
}

impl Names {
    /// Takes in the brand in a core, alone where that tells it, with its place or its city (山东新华), with its trade or the first
    /// words of that (新华医疗), and as 新华集团.
    fn shorten(&mut self, core: &str, places: &[&str]) {
        let first_trade = WORDS.trades.iter().filter_map(|trade| core.find(trade.as_str())).filter(|at| *at > 0).min();
        let brand = first_trade.map_or(Some(core), |at| core.get(..at)).filter(|brand| chars(brand) >= 2);
        if first_trade.is_none() {
            brand_of_unknown_trade(core).into_iter().for_each(|brand| self.take(brand, places));
        }
        let Some(brand) = brand.filter(|brand| !is_trade(brand)) else { return };
        self.take(brand, places);
        let mut short = brand.len();
        while let Some(trade) = longest_trade(&core[short..]) {
            short += trade.len();
            self.told.push(core[..short].to_owned());
        }
    }

    fn take(&mut self, brand: &str, places: &[&str]) {
        if is_trade(brand) {
            // 山东黄金: only with its place it is a name.
        } else if chars(brand) >= SHORTEST_CORE || !LANGUAGE.contains(&brand.to_lowercase()) {
            self.told.push(brand.to_owned());
        } else {
            self.words.push(brand.to_lowercase());
        }
        if chars(brand) == 2 {
            self.told.extend(["集团", "公司", "股份", "企业"].map(|form| format!("{brand}{form}")));
        }
        let places = places.iter().filter(|place| !place.is_empty());
        self.told.extend(places.map(|place| format!("{place}{brand}")));
    }
}

/// The brand that a core begins with whose trade is not among the known ones: 海天 of 海天塑机. A core of nothing but
/// common words has none.
fn brand_of_unknown_trade(core: &str) -> Option<&str> {
    let words = LANGUAGE.tagged(core);
    let ((first, tag), rest) = words.split_first()?;
    let brand = if chars(first) == 1 {
        core.char_indices().nth(2).map(|(end, _)| &core[..end])?
    } else if is_name(tag) || rest.iter().any(|(word, _)| chars(word) == 1) {
        first
    } else {
        return None;
    };
    (chars(&core[brand.len()..]) >= 2).then_some(brand)
}

/// The longest word of a trade that a text begins with.
fn longest_trade(text: &str) -> Option<&'static str> {
    let trades = WORDS.trades.iter().map(String::as_str).filter(|trade| text.starts_with(trade));
    trades.max_by_key(|trade| trade.len())
}

fn chars(name: &str) -> usize {
    name.chars().count()
}

/// A name less what it ends in, such as 集团有限公司.
pub(crate) fn without_form(name: &str) -> &str {
    let mut name = name;
    while let Some(short) = WORDS.forms.iter().find_map(|form| name.strip_suffix(form.as_str())) {
        name = short;
    }
    name
}

fn without_place<'n>(name: &'n str, city: Option<&'n str>) -> &'n str {
    let mut name = name;
    let places = || WORDS.places.iter().map(String::as_str).chain(city.filter(|city| !city.is_empty()));
    while let Some(rest) = places().find_map(|place| name.strip_prefix(place)) {
        name = rest.strip_prefix(['省', '市', '县', '区']).unwrap_or(rest);
    }
    name
}

/// Whether nothing but words of trades is in a name, or it is a term of the field: 海水淡化.
pub(super) fn is_trade(name: &str) -> bool {
    if TERMS.concepts_of(name).next().is_some() {
        return true;
    }
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    for at in 0..name.len() {
        if reached[at] {
            for trade in WORDS.trades.iter().filter(|trade| name[at..].starts_with(trade.as_str())) {
                reached[at + trade.len()] = true;
            }
        }
    }
    reached[name.len()]
}

fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let outer = |c: &char| {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    };
    compact(&name.chars().filter(outer).collect::<String>())
}
