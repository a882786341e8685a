//! Which chain or sub-industry a word in a table means.

use duijie::{Catalogue, Chain, SubIndustry};
use duijie_text::{Normalizer, StandardNormalizer};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The spellings of `data/industries.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    chains: BTreeMap<String, Vec<String>>,
    sub_industries: BTreeMap<String, Vec<String>>,
}

static SPELLINGS: LazyLock<Spellings> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/industries.toml")).expect("data/industries.toml is a list of spellings")
});

/// A chain, or a sub-industry with the chain it is in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Place<'c> {
    Chain(&'c Chain),
    SubIndustry(&'c Chain, &'c SubIndustry),
}

/// How a word led to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// It is a name in the catalogue.
    Name,
    /// It is another spelling, which is to be reported.
    Other,
}

/// Which of the two a column or line names: tried first, before the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Level {
    Chain,
    SubIndustry,
}

/// What a word was found to mean.
type Found<'c> = Option<(Place<'c>, Spelling)>;

/// The chains and sub-industries of a catalogue by everything that tables call them. Words are looked up once.
pub(crate) struct Industries<'c> {
    pub(crate) catalogue: &'c Catalogue,
    met: RefCell<FxHashMap<(Level, String), Found<'c>>>,
}

/// Words kept with what they mean; tables name few chains.
const MAX_MET: usize = 10_000;

impl<'c> Industries<'c> {
    pub(crate) fn of(catalogue: &'c Catalogue) -> Self {
        Self { catalogue, met: RefCell::default() }
    }

    /// What a word means, where `level` is what it should name: 海工 is a chain and a sub-industry.
    pub(crate) fn place(&self, word: &str, level: Level) -> Found<'c> {
        let key = (level, word.to_owned());
        if let Some(found) = self.met.borrow().get(&key) {
            return *found;
        }
        let found = self.look_up(word, level);
        let mut met = self.met.borrow_mut();
        if met.len() < MAX_MET {
            met.insert(key, found);
        }
        found
    }

    fn look_up(&self, word: &str, level: Level) -> Found<'c> {
        let other = match level {
            Level::Chain => Level::SubIndustry,
            Level::SubIndustry => Level::Chain,
        };
        let named = self.named(word, level).or_else(|| self.named(word, other));
        let spelled = || self.spelled(word, level).or_else(|| self.spelled(word, other));
        named.map(|place| (place, Spelling::Name)).or_else(|| spelled().map(|place| (place, Spelling::Other)))
    }

    fn named(&self, word: &str, level: Level) -> Option<Place<'c>> {
        match level {
            Level::Chain => self.catalogue.chain(word).map(Place::Chain),
            Level::SubIndustry => self.catalogue.sub_industry(word).map(|(chain, sub)| Place::SubIndustry(chain, sub)),
        }
    }

    /// By the list of spellings; or a name less endings such as 装备, or links of a name such as 乙烯-聚烯烃, where
    /// only one has them.
    fn spelled(&self, word: &str, level: Level) -> Option<Place<'c>> {
        let given = stems(word);
        let key = given.last()?;
        let (lists, places): (_, Vec<(&str, Place<'c>)>) = match level {
            Level::Chain => (&SPELLINGS.chains, self.chains().collect()),
            Level::SubIndustry => (&SPELLINGS.sub_industries, self.sub_industries().collect()),
        };
        let listed = lists.iter().find(|(_, spellings)| spellings.iter().any(|known| given.contains(&plain(known))));
        if let Some(place) = listed.and_then(|(name, _)| self.named(name, level)) {
            return Some(place);
        }
        let is_alike = |name: &str| {
            let name_plain = plain(name);
            stems(name).last() == Some(key) || given.iter().any(|given| is_links(given, &name_plain))
        };
        let mut alike = places.into_iter().filter(|(name, _)| is_alike(name));
        match (alike.next(), alike.next()) {
            (Some((_, place)), None) => Some(place),
            _ => None,
        }
    }

    fn chains(&self) -> impl Iterator<Item = (&'c str, Place<'c>)> {
        self.catalogue.chains.iter().map(|chain| (chain.name.as_str(), Place::Chain(chain)))
    }

    fn sub_industries(&self) -> impl Iterator<Item = (&'c str, Place<'c>)> {
        let all =
            self.catalogue.chains.iter().flat_map(|chain| chain.sub_industries.iter().map(move |sub| (chain, sub)));
        all.map(|(chain, sub)| (sub.name.as_str(), Place::SubIndustry(chain, sub)))
    }
}

impl Place<'_> {
    /// Its name in the catalogue.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Chain(chain) => &chain.name,
            Self::SubIndustry(_, sub) => &sub.name,
        }
    }
}

/// A word as it is compared.
fn plain(word: &str) -> String {
    let normalized = StandardNormalizer.normalize(word);
    normalized.text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A word, and what it is less each of the endings that say nothing of which industry it is: 风电装备产业, 风电装备,
/// 风电.
fn stems(word: &str) -> Vec<String> {
    const ENDINGS: [&str; 17] = [
        "产业链",
        "产业集群",
        "产业",
        "细分行业",
        "行业",
        "细分领域",
        "领域",
        "方向",
        "板块",
        "赛道",
        "装备",
        "设备",
        "制造业",
        "加工业",
        "制造",
        "类",
        "业",
    ];
    // 高端装备 and 高端化工 are told by what stands behind 高端.
    const QUALITIES: [&str; 5] = ["高端", "先进", "智能", "现代", "新型"];
    let mut stems = vec![plain(word)];
    while let Some(last) = stems.last()
        && let Some(rest) = ENDINGS.iter().find_map(|ending| last.strip_suffix(ending))
        && rest.chars().count() >= 2
        && !QUALITIES.contains(&rest)
    {
        stems.push(rest.to_owned());
    }
    stems
}

/// What parts a name into links, and how senders write it.
const PARTING: [char; 11] = ['-', '/', '—', '–', '―', '·', '•', '・', '→', '~', '>'];

/// Whether a word is some of the links of a name in their order: 聚酰胺, 苯·聚酰胺·尼龙. The beginning or the end of a link stands
/// for it where others tell the name too; one link by itself has two characters at least.
fn is_links(word: &str, name: &str) -> bool {
    if !name.contains(PARTING) {
        return false;
    }
    let given: Vec<&str> = word.split(PARTING).filter(|link| !link.is_empty()).collect();
    let is_long = |link: &str| link.chars().count() >= 2;
    if let [link] = given[..] {
        return is_long(link) && name.split(PARTING).any(|known| known == link);
    }
    let mut links = name.split(PARTING);
    let stands_for = |given: &str, known: &str| {
        known == given || (is_long(given) && (known.starts_with(given) || known.ends_with(given)))
    };
    !given.is_empty() && given.iter().all(|given| links.any(|known| stands_for(given, known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(word: &str, level: Level) -> Option<(String, Spelling)> {
        let catalogue = Catalogue::default();
        let industries = Industries::of(&catalogue);
        let first = industries.place(word, level);
        assert_eq!(first, industries.place(word, level), "what was met is answered as it was found");
        first.map(|(place, spelling)| match place {
            Place::Chain(chain) => (chain.id.clone(), spelling),
            Place::SubIndustry(_, sub) => (sub.code.clone(), spelling),
        })
    }

    #[test]
    fn spellings_settle_to_the_catalogue() {
        for (word, level, expected) in [
            ("新能源", Level::Chain, "energy"),
            ("新能源产业", Level::SubIndustry, "energy"),
            ("氢能", Level::SubIndustry, "hydrogen"),
            ("氢能产业链", Level::Chain, "hydrogen"),
            ("海工", Level::Chain, "marine"),
            ("海工装备", Level::SubIndustry, "offshore"),
            ("机床", Level::SubIndustry, "cnc"),
            ("高端装备制造业", Level::Chain, "equipment"),
            ("风电", Level::SubIndustry, "wind"),
            ("农机", Level::Chain, "agri_machinery"),
            ("船舶与海洋工程装备", Level::Chain, "marine"),
            ("轨道交通", Level::SubIndustry, "rail"),
            ("乙烯-聚烯烃", Level::SubIndustry, "ethylene"),
            ("ＰＴＡ", Level::SubIndustry, "px"),
            ("造纸业", Level::SubIndustry, "paper"),
            ("食品加工业", Level::SubIndustry, "food"),
            ("汽车类", Level::SubIndustry, "auto"),
            ("苯-聚酰胺-尼龙", Level::SubIndustry, "benzene"),
            ("乙烯—聚烯烃—终端应用", Level::SubIndustry, "ethylene"),
            ("PX·PTA·聚酯产业链", Level::Chain, "px"),
            ("丙烯→聚丙烯", Level::SubIndustry, "propylene"),
            ("甲苯/异氰酸酯/聚氨酯", Level::SubIndustry, "toluene"),
        ] {
            assert_eq!(found(word, level), Some((expected.into(), Spelling::Other)), "{word}");
        }
        assert_eq!(found("新能源装备产业链", Level::Chain), Some(("energy".into(), Spelling::Name)));
    }

    #[test]
    fn words_of_several_or_none_settle_to_nothing() {
        for word in ["装备", "高端", "高端产业", "航空航天", "苯", "", "智能制造", "苯-聚丙烯", "终端", "-"]
        {
            assert_eq!(found(word, Level::Chain), None, "{word}");
            assert_eq!(found(word, Level::SubIndustry), None, "{word}");
        }
    }

    #[test]
    fn every_name_of_the_list_is_in_the_built_in_catalogue() {
        let catalogue = Catalogue::default();
        assert!(SPELLINGS.chains.keys().all(|name| catalogue.chain(name).is_some()));
        assert!(SPELLINGS.sub_industries.keys().all(|name| catalogue.sub_industry(name).is_some()));
    }
}
