//! The index against brute force: same documents, same scores to the bit, for every filter and k.

mod brute_force;
mod corpus;
mod updates;

use corpus::{Corpus, Filter, Random};
use duijie_impact::{Contribution, Hit, ImpactBuilder, ImpactIndex, Query};
use proptest::prelude::*;

fn resolve(index: &ImpactIndex, query: &[(String, f32)]) -> Query {
    Query::new(query.iter().filter_map(|(term, weight)| Some((index.term_id(term)?, *weight)))).unwrap()
}

fn check_corpus(random: &mut Random, corpus: &Corpus, index: &ImpactIndex, rounds: u32) {
    let averages = brute_force::average_lengths(corpus);
    assert_eq!(index.reference_lengths(), averages);
    let documents = corpus.documents.len() as u32;
    for _ in 0..rounds {
        let len = [1, 3, 12, 40, 300][random.below(5) as usize];
        let query = corpus.query(random, len);
        let filter = Filter::random(random, documents);
        let k = [0, 1, 10, 100, 1000, usize::MAX, 1 + random.below(1000) as usize][random.below(7) as usize];
        let expected = brute_force::search(corpus, &averages, &query, &filter, k);
        let found = index.search(&resolve(index, &query), &filter.scope(), k);
        assert_eq!(found, expected, "k {k}, query {query:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn small_corpora_rank_as_by_brute_force(
        seed: u64, documents in 0u64..300, vocabulary in 1u64..200, fields in 1usize..4, tokens in 0u64..40,
    ) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, vocabulary, fields, tokens);
        check_corpus(&mut random, &corpus, &corpus.index(), 6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]

    #[test]
    fn corpora_of_many_blocks_rank_as_by_brute_force(
        seed: u64, documents in 66_000u64..150_000, vocabulary in 300u64..30_000, fields in 1usize..4,
    ) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, vocabulary, fields, 8);
        check_corpus(&mut random, &corpus, &corpus.index(), 10);
    }

    /// Ties across blocks, far beyond the best k.
    #[test]
    fn equal_documents_of_many_blocks_rank_by_their_numbers(
        seed: u64, documents in 66_000u64..150_000, different in 1u64..80,
    ) {
        let mut random = Random(seed);
        let corpus = Corpus::repeating(&mut random, documents, different);
        check_corpus(&mut random, &corpus, &corpus.index(), 10);
    }

    #[test]
    fn batches_equal_single_searches_on_any_number_of_threads(seed: u64, documents in 1u64..20_000) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, 2_000, 2, 8);
        let index = corpus.index();
        let filter = Filter::random(&mut random, documents as u32);
        let queries: Vec<Query> = (0..70).map(|_| {
            let len = random.below(60);
            resolve(&index, &corpus.query(&mut random, len))
        }).collect();
        let expected: Vec<Vec<Hit>> = queries.iter().map(|query| index.search(query, &filter.scope(), 20)).collect();
        for threads in [0, 1, 2, 5] {
            prop_assert_eq!(&index.search_batch(&queries, &filter.scope(), 20, threads), &expected);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn contributions_add_up_to_the_score(seed: u64, documents in 1u64..200, fields in 1usize..4) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, 100, fields, 30);
        let index = corpus.index();
        let query = resolve(&index, &corpus.query(&mut random, 30));
        for hit in index.search(&query, &duijie_impact::Scope::all(), 20) {
            let parts = index.contributions(&query, hit.document);
            for (field, score) in index.field_scores(&query, std::iter::once(hit.document)).into_iter().enumerate() {
                let share = |part: &Contribution| {
                    let weighted: f32 = part.field_parts.iter().sum();
                    if weighted > 0.0 { part.score * part.field_parts[field] / weighted } else { 0.0 }
                };
                let expected: f32 = parts.iter().map(share).sum();
                prop_assert!((score - expected).abs() <= 1e-4 * expected.max(1.0), "{score} {expected}");
            }
            let sum: f32 = parts.iter().map(|part| part.score).sum();
            prop_assert_eq!(sum, hit.score);
            prop_assert_eq!(index.score(&query, hit.document), hit.score);
            for part in parts {
                let weighted: f32 = part.field_parts.iter().sum();
                prop_assert_eq!(part.saturation, weighted / (index.model().k1 + weighted));
                prop_assert_eq!(part.score, part.weight * part.saturation);
            }
        }
    }

    /// A base and an added part with the base's reference lengths score like one index of all.
    #[test]
    fn added_parts_score_like_their_base(seed: u64, documents in 2u64..300, fields in 1usize..4) {
        let mut random = Random(seed);
        let corpus = Corpus::random(&mut random, documents, 150, fields, 30);
        let split = random.below(documents) as usize;
        let whole = corpus.index();
        let build = |range| {
            let lengths = whole.reference_lengths().to_vec();
            corpus.index_with(ImpactBuilder::with_reference_lengths(corpus.model.clone(), lengths).unwrap(), range)
        };
        let (base, added) = (build(0..split), build(split..documents as usize));
        let query = corpus.query(&mut random, 30);
        let scope = duijie_impact::Scope::all();
        let mut merged = base.search(&resolve(&base, &query), &scope, 25);
        let found = added.search(&resolve(&added, &query), &scope, 25);
        merged.extend(found.into_iter().map(|hit| Hit { document: hit.document + split as u32, ..hit }));
        merged.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.document.cmp(&b.document)));
        merged.truncate(25);
        prop_assert_eq!(merged, whole.search(&resolve(&whole, &query), &scope, 25));
    }
}
