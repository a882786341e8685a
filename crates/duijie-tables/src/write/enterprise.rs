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
    /// Trades that only say how something is made, and name nobody together with a place.
    qualities: Vec<String>,
    /// Trades and what they are shortened to in names.
    short: Vec<[String; 2]>,
    groups: Vec<String>,
    units: Vec<String>,
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
            names.take_in(&name, base, core, city);
            let own = without_group(core);
            if own.len() < core.len() {
                names.take_in(&name, base, own, city);
            }
        }
    }
    for list in [&mut names.told, &mut names.words] {
        list.sort();
        list.dedup();
    }
    names
}

/// The enterprises in a cell that names several.
pub(super) fn each(cell: &str) -> impl Iterator<Item = &str> {
    let parts = cell.split(['、', ',', '，', ';', '；', '/', '／', '\n']);
    let joined = |part| ["公司和", "公司与", "公司及"].iter().find_map(|word| str::find(part, word));
    parts.flat_map(move |part: &str| {
        let (first, second) = joined(part).map_or((part, ""), |at| part.split_at(at + "公司".len()));
        [first, second.strip_prefix(['和', '与', '及']).unwrap_or(second)]
    })
}

/// How much of a text behind a name belongs to it: its form, and a unit of the enterprise (三山岛金矿).
pub(super) fn rest_of_name(text: &str) -> usize {
    const LONGEST: usize = 10;
    let mut end = 0;
    while let Some(form) = WORDS.forms.iter().find(|form| text[end..].starts_with(form.as_str())) {
        end += form.len();
    }
    let rest = &text[end..];
    let begin = rest.char_indices().take_while(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c)).take(LONGEST);
    let begin = &rest[..begin.last().map_or(0, |(at, c)| at + c.len_utf8())];
    let mut at = 0;
    for (word, tag) in LANGUAGE.tagged(begin) {
        // A unit ends with a word: 矿石 is none.
        let behind = at + word.len();
        if WORDS.units.iter().any(|unit| begin[..behind].ends_with(unit.as_str())) {
            return end + behind;
        }
        // 山东黄金开采的金矿: what is done stands between.
        if !tag.starts_with(['n', 'm', 'f', 's', 'j', 'x']) || is_trade(word) {
            break;
        }
        at = behind;
    }
    end
}

/// 山东黄金 of 山东黄金矿业股份有限公司: those that have shares or are a group are known by place and first trade.
fn head_of_trades(name: &str, place: &str, core: &str) -> Option<String> {
    let first = longest_trade(core).filter(|first| first.len() < core.len())?;
    let is_known = ["股份", "集团", "控股"].iter().any(|form| name.contains(form));
    (is_known && !WORDS.qualities.iter().any(|quality| quality == first)).then(|| format!("{place}{first}"))
}

impl Names {
    /// Takes in what the core of a name tells; `base` is the name less its form.
    fn take_in(&mut self, name: &str, base: &str, core: &str, city: Option<&str>) {
        let place = &base[..base.len() - core.len()];
        self.abbreviate(place, core);
        if core.is_empty() || is_trade(core) {
            // 山东数控机床: only with its place it is a name.
            if !core.is_empty() && !place.is_empty() {
                self.told.push(base.to_owned());
                self.told.extend(head_of_trades(name, place, core));
            }
            return;
        }
        let long = [base, core].into_iter().filter(|name| chars(name) >= SHORTEST_CORE);
        self.told.extend(long.map(str::to_owned));
        self.shorten(core, &[place, city.unwrap_or_default()]);
    }

    /// Takes in the names with a trade shortened: 中国重汽 and 重汽 of 中国重型汽车, 济钢 of 济南钢铁.
    fn abbreviate(&mut self, place: &str, core: &str) {
        for [trade, short] in &WORDS.short {
            let Some((brand, _)) = core.split_once(trade.as_str()) else { continue };
            if chars(short) == 1 {
                let first = place.chars().next().filter(|_| brand.is_empty());
                self.told.extend(first.map(|first| format!("{first}{short}")));
                continue;
            }
            if !(place.is_empty() && brand.is_empty()) {
                self.told.extend([format!("{place}{brand}{short}"), format!("{brand}{short}集团")]);
            }
            if !brand.is_empty() {
                self.told.push(format!("{brand}{short}"));
            } else if !is_trade(short) {
                self.words.push(short.clone());
            }
        }
    }

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

/// A name less its place and its form: what is left of 甲公司 is 甲.
pub(crate) fn core(name: &str) -> &str {
    let core = without_place(without_form(name), None);
    if core.is_empty() { name } else { core }
}

fn without_place<'n>(name: &'n str, city: Option<&'n str>) -> &'n str {
    let mut name = name;
    let places = || WORDS.places.iter().map(String::as_str).chain(city.filter(|city| !city.is_empty()));
    while let Some(rest) = places().find_map(|place| name.strip_prefix(place)) {
        name = rest.strip_prefix(['省', '市', '县', '区']).unwrap_or(rest);
    }
    name
}

/// A name less the group that it is of: 胜利油田 of 中石化胜利油田.
fn without_group(name: &str) -> &str {
    let rest = WORDS.groups.iter().find_map(|group| name.strip_prefix(group.as_str()));
    rest.filter(|rest| chars(rest) >= 2).unwrap_or(name)
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
