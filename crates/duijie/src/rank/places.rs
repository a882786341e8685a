use super::AffinityWeights;
use crate::concepts::ConceptVector;
use crate::index::{DocumentTable, Place, UNKNOWN};
use duijie_text::{ConceptId, TermBase};
use std::collections::BTreeMap;

/// Where a demand belongs in the catalogue: one place if it says so, else several with their probabilities.
pub(crate) struct Places {
    /// Most probable first; probabilities add up to 1, or to less if the demand says too little, or there is none.
    places: Vec<(Place, f64)>,
    /// The chain that the demand states, if it does.
    chain: u16,
    inferred: bool,
}

impl Places {
    pub(super) fn stated(place: Place) -> Self {
        Self { places: vec![(place, 1.0)], chain: place.chain, inferred: false }
    }

    /// Sub-industries in proportion to the weight that their concepts have in the demand, within
    /// `chain` unless that is [`UNKNOWN`]. Concepts of all industries say nothing here. `sure` is what the
    /// probabilities add up to: less than 1 where the demand says too little.
    pub(super) fn inferred(
        chain: u16,
        demand: &ConceptVector,
        sure: f64,
        terms: &TermBase,
        documents: &DocumentTable,
    ) -> Self {
        let mut mass: BTreeMap<Place, f64> = BTreeMap::new();
        for (concept, weight) in demand.entries() {
            let Some(code) = &terms.concept(ConceptId::from_index(*concept as usize)).sub_industry else { continue };
            let place = documents.place_of(None, Some(code));
            if place.chain != UNKNOWN && (chain == UNKNOWN || place.chain == chain) {
                *mass.entry(place).or_default() += f64::from(weight * weight);
            }
        }
        let total: f64 = mass.values().sum();
        let mut places: Vec<(Place, f64)> =
            mass.into_iter().map(|(place, mass)| (place, sure * mass / total)).collect();
        places.sort_by(|a, b| b.1.total_cmp(&a.1));
        Self { places, chain, inferred: true }
    }

    /// The most probable place and its probability, where it is a guess.
    pub(crate) fn guess(&self) -> Option<(Place, f64)> {
        self.places.first().copied().filter(|_| self.inferred)
    }

    /// What share of the part `sub_industry` an achievement of `offered` gets: expected over the places.
    pub(super) fn affinity(&self, offered: Place, shares: &AffinityWeights) -> f64 {
        if self.places.is_empty() {
            return if self.chain == UNKNOWN || offered.chain == UNKNOWN {
                shares.unknown
            } else if self.chain == offered.chain {
                shares.same_chain.max(shares.unknown)
            } else {
                shares.other
            };
        }
        let told: f64 = self.places.iter().map(|(_, probability)| probability).sum();
        let near: f64 = self.places.iter().map(|(place, sure)| sure * nearness(*place, offered, shares)).sum();
        // Sums of probabilities are 1 but for rounding, which is to change no ranking.
        if told < 1.0 - 1e-6 { near + (1.0 - told) * shares.unknown } else { near }
    }
}

fn nearness(asked: Place, offered: Place, shares: &AffinityWeights) -> f64 {
    if offered.chain == UNKNOWN {
        shares.unknown
    } else if asked.chain != offered.chain {
        shares.other
    } else if offered.sub_industry == UNKNOWN {
        shares.same_chain.max(shares.unknown)
    } else if asked.sub_industry == offered.sub_industry {
        shares.same_sub_industry
    } else {
        shares.same_chain
    }
}
