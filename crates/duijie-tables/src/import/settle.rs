//! From what an item says of its chain and sub-industry to their ids.

use super::ProblemKind;
use super::draft::{Draft, DraftValue};
use crate::industries::{Level, Place, Spelling};
use crate::values::keywords;
use duijie::RecordProblem;
use serde_json::Value;

/// What stands between a chain and its sub-industry in one cell.
const SEPARATORS: [char; 19] =
    ['-', '—', '–', '―', '－', '：', ':', '（', '）', '(', ')', '·', '•', '・', '→', '>', '＞', '~', '_'];

impl<'c> Draft<'_, 'c> {
    /// Chain and sub-industry by the catalogue. A name that it does not know is kept and reported; so is what is
    /// read by another spelling, and of several names the one taken.
    pub(crate) fn settle(&mut self) -> (Option<String>, Option<String>) {
        let (chain, segment) = (self.one("chain"), self.one("segment"));
        let above = |draft: &Self, field| draft.said_above(field).map(|text| DraftValue { text, ..draft.nowhere() });
        let (chain, segment) = match (chain, segment) {
            (None, None) => (above(self, "chain"), above(self, "segment")),
            given => given,
        };
        let mut chains = chain.as_ref().map_or(Vec::new(), |value| self.places(value, Level::Chain));
        let mut subs = segment.as_ref().map_or(Vec::new(), |value| self.places(value, Level::SubIndustry));
        // 产业链 columns often name the sub-industry, and the other way round.
        if subs.is_empty() {
            (subs, chains) = chains.into_iter().partition(|place| matches!(place, Place::SubIndustry(..)));
        } else if chains.is_empty() {
            (chains, subs) = subs.into_iter().partition(|place| matches!(place, Place::Chain(_)));
        }
        // A section's sub-industry counts only within the chain that the row names.
        if segment.is_none() && subs.is_empty() {
            let said = self.said_above("segment").and_then(|text| self.industries.place(&text, Level::SubIndustry));
            subs.extend(
                said.map(|(place, _)| place)
                    .filter(|place| chains.first().is_some_and(|c| chain_id(c) == chain_id(place))),
            );
        }
        let both = subs.iter().find(|sub| chains.iter().any(|chain| chain_id(chain) == chain_id(sub)));
        let taken = both.or(subs.first()).or(chains.first()).copied();
        let Some(taken) = taken else { return (None, None) };
        if both.is_none()
            && let (Some(Place::SubIndustry(_, sub)), Some(Place::Chain(named)), Some(value)) =
                (subs.first(), chains.first(), &segment)
        {
            let chain = chain.as_ref().map_or(named.name.clone(), |value| value.text.clone());
            let problem = RecordProblem::ChainMismatch { chain: chain.clone(), sub_industry: sub.name.clone() };
            self.problem(value, ProblemKind::Catalogue(problem));
            self.keep("chain_name", Value::from(chain));
        }
        for (value, places, kept) in [(&chain, &chains, "chain_name"), (&segment, &subs, "sub_industry_name")] {
            let places = if chain.is_some() && segment.is_none() && places.is_empty() { &subs } else { places };
            if let Some(value) = value
                && places.len() > 1
            {
                self.guess(value, format!("“{}”有多个，归入“{}”，原文保留", value.text, taken.name()));
                self.keep(kept, Value::from(value.text.clone()));
            }
        }
        match taken {
            Place::Chain(chain) => (Some(chain.id.clone()), None),
            Place::SubIndustry(chain, sub) => (Some(chain.id.clone()), Some(sub.code.clone())),
        }
    }

    /// What a value names: one place, or each of several that it parts.
    fn places(&mut self, value: &DraftValue, level: Level) -> Vec<Place<'c>> {
        if let Some(place) = self.place(value, &value.text, level) {
            return vec![place];
        }
        let parts = keywords(&value.text.replace(['/', '／', '&'], "、"));
        let (mut places, mut unknown) = self.places_of(value, parts, level);
        if places.is_empty() {
            // 医药产业链-医疗器械, 高端装备产业链：数控机床, 医药（医疗器械）: what the catalogue does not know of the
            // parts (第7场) belongs to the one that it knows.
            let parts = keywords(&value.text.replace(SEPARATORS, "、"));
            places = self.places_of(value, parts, level).0;
            unknown.clear();
        }
        if places.is_empty() {
            unknown = vec![value.text.clone()];
        }
        let kept = if level == Level::Chain { "chain_name" } else { "sub_industry_name" };
        for name in unknown {
            let (mut chain, mut sub_industry) = match level {
                Level::Chain => (Some(name), None),
                Level::SubIndustry => (None, Some(name)),
            };
            if let Err(problem) = self.industries.catalogue.settle(&mut chain, &mut sub_industry) {
                self.problem(value, ProblemKind::Catalogue(problem));
            }
            self.keep(kept, Value::from(value.text.clone()));
        }
        places
    }

    /// The places of the parts of a value, and the parts that have none.
    fn places_of(&mut self, value: &DraftValue, parts: Vec<String>, level: Level) -> (Vec<Place<'c>>, Vec<String>) {
        let mut places: Vec<Place<'c>> = Vec::new();
        let mut unknown = Vec::new();
        for part in parts.into_iter().filter(|part| *part != value.text) {
            match self.place(value, &part, level) {
                Some(place) if places.contains(&place) => {}
                Some(place) => places.push(place),
                None => unknown.push(part),
            }
        }
        (places, unknown)
    }

    /// The place of one name; another spelling is reported.
    fn place(&mut self, value: &DraftValue, name: &str, level: Level) -> Option<Place<'c>> {
        let (place, spelling) = self.industries.place(name, level)?;
        if spelling == Spelling::Other {
            self.guess(value, format!("“{name}”归入“{}”", place.name()));
        }
        Some(place)
    }
}

fn chain_id<'p>(place: &'p Place<'_>) -> &'p str {
    match place {
        Place::Chain(chain) | Place::SubIndustry(chain, _) => &chain.id,
    }
}
