//! What gaps, outreach and consortia all look at: demands, their rankings, and what there is.

use duijie::{
    Achievement, Catalogue, Demand, DemandMatch, InstitutionMatch, Institutions, Lexicon, RankProfile, Ranking,
    Verdict, short_province,
};
use rustc_hash::FxHashMap;

/// Demands with their rankings, achievements and institutions, seen from one province.
///
/// Rankings should be of institutions and long enough to reach the province: a ranking of all
/// institutions misses none.
#[derive(Clone, Copy)]
pub struct Survey<'a> {
    /// Names chains and sub-industries.
    pub catalogue: &'a Catalogue,
    /// The demands.
    pub demands: &'a [Demand],
    /// Their rankings of institutions.
    pub matches: &'a [DemandMatch],
    /// All achievements.
    pub achievements: &'a [Achievement],
    /// All institutions.
    pub institutions: &'a Institutions,
    /// Own province, without 省: 山东.
    pub province: &'a str,
    /// The profile that the rankings were made with; it says when a match is credible.
    pub profile: &'a RankProfile,
    /// The lexicon that the rankings were made with ([`duijie::Matcher::lexicon`]); texts are compared by it too.
    pub lexicon: &'a Lexicon,
}

/// How an institution stands towards the province.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    InProvince,
    OutOfProvince,
}

/// What the rankings say about one demand.
pub(crate) struct Prospects<'a> {
    pub(crate) demand: &'a Demand,
    /// Credible institutions of the own province, best first.
    pub(crate) inside: Vec<&'a InstitutionMatch>,
    /// Credible institutions of other provinces, best first.
    pub(crate) outside: Vec<&'a InstitutionMatch>,
    /// The best institution of the own province, credible or not.
    pub(crate) nearest: Option<&'a InstitutionMatch>,
}

impl<'a> Survey<'a> {
    /// The prospects of every demand that has a ranking of institutions.
    pub(crate) fn prospects(&self) -> Vec<Prospects<'a>> {
        let rankings: FxHashMap<&str, &DemandMatch> =
            self.matches.iter().map(|ranking| (ranking.demand.as_str(), ranking)).collect();
        let of = |demand: &'a Demand| {
            let ranking = rankings.get(demand.id.as_str()).copied()?;
            let Ranking::Institutions(entries) = &ranking.ranking else { return None };
            let mut prospects = Prospects { demand, inside: Vec::new(), outside: Vec::new(), nearest: None };
            for entry in entries {
                let credible = ranking.verdict == Verdict::Matched && self.is_credible(entry);
                match self.side(&entry.institution) {
                    Side::InProvince => {
                        prospects.nearest = prospects.nearest.or(Some(entry));
                        if credible {
                            prospects.inside.push(entry);
                        }
                    }
                    Side::OutOfProvince if credible => prospects.outside.push(entry),
                    Side::OutOfProvince => {}
                }
            }
            Some(prospects)
        };
        self.demands.iter().filter_map(of).collect()
    }

    /// Whether the institution's best achievement deals with the demand by the measure of the
    /// profile's verdict; one without shown evidence is judged by the ranking's verdict alone.
    pub(crate) fn is_credible(&self, entry: &InstitutionMatch) -> bool {
        entry.evidence.first().is_none_or(|best| self.profile.nearness(&best.parts) >= 1.0)
    }

    /// An institution of an unknown province is taken for one of the own: unknown is no mismatch.
    pub(crate) fn side(&self, institution: &str) -> Side {
        let province = self.institutions.get(institution).and_then(|institution| institution.province.as_deref());
        match province {
            Some(other) if short_province(other) != short_province(self.province) => Side::OutOfProvince,
            _ => Side::InProvince,
        }
    }

    pub(crate) fn institution_name(&self, id: &str) -> String {
        self.institutions.get(id).map_or_else(|| id.to_owned(), |institution| institution.name.clone())
    }

    pub(crate) fn chain_name(&self, chain: Option<&str>) -> String {
        let found = chain.and_then(|chain| self.catalogue.chain(chain));
        found.map_or_else(|| chain.unwrap_or("未注明产业链").to_owned(), |chain| chain.name.clone())
    }

    pub(crate) fn sub_industry_name(&self, code: Option<&str>) -> String {
        let found = code.and_then(|code| self.catalogue.sub_industry(code));
        found.map_or_else(|| code.unwrap_or("未注明细分行业").to_owned(), |(_, sub)| sub.name.clone())
    }
}

/// A demand's text as it is compared.
pub(crate) fn demand_text(demand: &Demand) -> String {
    // The title says most; it counts twice.
    format!("{}\n{}\n{}\n{}", demand.title, demand.title, demand.description, demand.indicators.join("\n"))
}

/// An achievement's text as it is compared.
pub(crate) fn achievement_text(achievement: &Achievement) -> String {
    format!("{}\n{}\n{}", achievement.title, achievement.summary, achievement.keywords.join("\n"))
}
