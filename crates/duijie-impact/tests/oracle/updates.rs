//! An index with what has changed since, against one index of all.

use crate::corpus::{Corpus, Filter, Random, name};
use crate::{brute_force, resolve};
use duijie_impact::{ImpactBuilder, ImpactIndex, Overlap, Query, UpdatedIndex};
use proptest::prelude::*;

/// The documents `chosen` of the corpus, labelled by their numbers.
fn part(corpus: &Corpus, lengths: &[f32], chosen: &[u32]) -> ImpactIndex {
    let mut builder = ImpactBuilder::with_reference_lengths(corpus.model.clone(), lengths.to_vec()).unwrap();
    for &document in chosen {
        let tokens = &corpus.documents[document as usize];
        builder.add_document(|into| tokens.iter().for_each(|&(field, term)| into.add(field, &name(term))));
    }
    builder.finish().labelled(labels(chosen))
}

fn labels(chosen: &[u32]) -> Vec<u64> {
    chosen.iter().map(|&document| u64::from(document) << 20 | 7).collect()
}

fn resolve_over_both(index: &UpdatedIndex, query: &[(String, f32)]) -> Query {
    Query::new(query.iter().filter_map(|(term, weight)| Some((index.term_id(term)?, *weight)))).unwrap()
}

/// The documents of `0..documents`, each with a chance of `percent`.
fn some(random: &mut Random, documents: u64, percent: u64) -> Vec<u32> {
    (0..documents as u32).filter(|_| random.below(100) < percent).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn an_updated_index_ranks_like_one_of_all(
        seed: u64, documents in 1u64..300, fields in 1usize..4, built in 0u64..=100, kept in 0u64..=100,
    ) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, 150, fields, 30);
        let lengths: Vec<f32> = (0..fields).map(|_| 1.0 + random.below(20) as f32).collect();
        let (before, now) = (some(&mut random, documents, built), some(&mut random, documents, kept));
        let base = part(&corpus, &lengths, &before);
        let overlap = Overlap::of(&base, &labels(&now)).unwrap();
        prop_assert_eq!(overlap.kept() + overlap.missing().len(), now.len());
        let missing: Vec<u32> = overlap.missing().iter().map(|&place| now[place as usize]).collect();
        prop_assert!(missing.iter().all(|document| !before.contains(document)));
        let added = (!missing.is_empty()).then(|| part(&corpus, &lengths, &missing));
        let updated = UpdatedIndex::new(base, overlap, added);
        let whole = part(&corpus, &lengths, &now);
        prop_assert_eq!(updated.len(), whole.len());
        for (term, text) in whole.terms() {
            let id = updated.term_id(text).unwrap();
            prop_assert_eq!(updated.document_frequency(id), whole.document_frequency(term));
        }
        for _ in 0..4 {
            let query = corpus.query(&mut random, 30);
            let filter = Filter::random(&mut random, now.len() as u32);
            let (ours, theirs) = (resolve_over_both(&updated, &query), resolve(&whole, &query));
            for k in [1, 7, 400] {
                let expected = whole.search(&theirs, &filter.scope(), k);
                prop_assert_eq!(updated.search(&ours, &filter.scope(), k), expected);
            }
            for document in 0..whole.len() + 2 {
                prop_assert_eq!(updated.score(&ours, document), whole.score(&theirs, document));
                let parts = |contributions: Vec<duijie_impact::Contribution>, text: &dyn Fn(usize) -> String| {
                    let parts = contributions.into_iter().enumerate().filter(|(_, part)| part.score > 0.0);
                    parts.map(|(at, part)| (text(at), part.score, part.field_parts)).collect::<Vec<_>>()
                };
                let by_id = |id| ours.terms().iter().position(|(term, _)| *term == id);
                let found = updated.contributions(&ours, document);
                prop_assert!(found.iter().enumerate().all(|(at, part)| by_id(part.term) == Some(at)));
                let text_of = |at: usize| query_text(&updated, &query, &ours, at);
                let expected_text = |at: usize| whole.term(theirs.terms()[at].0).to_owned();
                prop_assert_eq!(parts(found, &text_of), parts(whole.contributions(&theirs, document), &expected_text));
            }
        }
    }

    #[test]
    fn another_order_is_noticed(seed: u64, documents in 2u64..60) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, 20, 1, 5);
        let all: Vec<u32> = (0..documents as u32).collect();
        let base = part(&corpus, &[3.0], &all);
        let mut swapped = labels(&all);
        let (a, b) = (random.below(documents) as usize, random.below(documents) as usize);
        swapped.swap(a, b);
        prop_assert_eq!(Overlap::of(&base, &swapped).is_some(), a == b);
        let twice = [labels(&all), labels(&all[..1])].concat();
        prop_assert_eq!(Overlap::of(&base, &twice), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    /// More documents go than come, all over the blocks and whole stretches of them.
    #[test]
    fn an_updated_index_of_many_blocks_ranks_as_by_brute_force(
        seed: u64, documents in 70_000u64..140_000, vocabulary in 100u64..20_000, kept in 60u64..=100,
    ) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, vocabulary, 2, 8);
        let lengths = [2.0, 3.0];
        let before = some(&mut random, documents, 97);
        let mut now = some(&mut random, documents, kept);
        let stretch = random.below(documents) as u32..random.below(documents) as u32;
        now.retain(|document| !stretch.contains(document));
        let base = part(&corpus, &lengths, &before);
        let overlap = Overlap::of(&base, &labels(&now)).unwrap();
        let missing: Vec<u32> = overlap.missing().iter().map(|&place| now[place as usize]).collect();
        let added = (!missing.is_empty()).then(|| part(&corpus, &lengths, &missing));
        let updated = UpdatedIndex::new(base, overlap, added);
        let left = Corpus {
            documents: now.iter().map(|&document| corpus.documents[document as usize].clone()).collect(),
            vocabulary,
            model: corpus.model,
        };
        for k in [1, 10, 100, 300, 1000, 1 + random.below(1000) as usize] {
            let len = [1, 5, 40, 150][random.below(4) as usize];
            let query = left.query(&mut random, len);
            let filter = Filter::random(&mut random, now.len() as u32);
            let expected = brute_force::search(&left, &lengths, &query, &filter, k);
            prop_assert_eq!(updated.search(&resolve_over_both(&updated, &query), &filter.scope(), k), expected, "k {}", k);
        }
    }
}

fn query_text(index: &UpdatedIndex, query: &[(String, f32)], ours: &Query, at: usize) -> String {
    let id = ours.terms()[at].0;
    query.iter().find(|(text, _)| index.term_id(text) == Some(id)).unwrap().0.clone()
}
