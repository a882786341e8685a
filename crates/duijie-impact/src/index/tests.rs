//! Queries that the usual margin does not suffice for are answered again, and rank like exhaustive scoring.

use proptest::prelude::*;

use crate::{BitSet, Bm25f, Hit, ImpactBuilder, ImpactIndex, Query, Scope, TermId};

/// Documents by how often they have each of a few terms; how long they are does not matter.
fn index(k1: f32, frequencies: &[Vec<u32>]) -> ImpactIndex {
    let mut builder = ImpactBuilder::new(Bm25f::single_field(k1, 0.0)).unwrap();
    for counts in frequencies {
        builder.add_document(|document| {
            for (term, &count) in counts.iter().enumerate() {
                let name = format!("词{term}");
                (0..count).for_each(|_| document.add(0, &name));
            }
        });
    }
    builder.finish()
}

fn query(index: &ImpactIndex, weights: &[f32]) -> Query {
    let term = |(number, &weight): (usize, &f32)| Some((index.term_id(&format!("词{number}"))?, weight));
    Query::new(weights.iter().enumerate().filter_map(term)).unwrap()
}

/// Every document of `scope` scored.
fn exhaustive(index: &ImpactIndex, query: &Query, scope: &Scope<'_>, k: usize) -> Vec<Hit> {
    let documents = scope.clipped(index.len()).into_iter().flatten().filter(|&document| scope.accepts(document));
    let mut hits: Vec<Hit> = documents.map(|document| Hit { document, score: index.score(query, document) }).collect();
    hits.retain(|hit| hit.score > 0.0);
    hits.sort_by(Hit::rank_order);
    hits.truncate(k);
    hits
}

/// How many queries this index has answered a second time.
fn answered_again(index: &ImpactIndex) -> usize {
    index.workspaces.lock().unwrap().iter().map(|workspace| workspace.answered_again).sum()
}

const K1: f32 = 100.0;
/// How often the document that has a term most often has it: one 255th of its saturation is one step.
const MOST: u32 = 1000;

/// What `count` occurrences are worth, in steps; a byte is this, rounded up.
fn steps(count: u32) -> f64 {
    let saturation = |count: u32| f64::from(count) / (f64::from(K1) + f64::from(count));
    255.0 * saturation(count) / saturation(MOST)
}

/// From `start` on the first count whose byte is above that of the count before it.
fn first_of_a_byte(start: u32) -> u32 {
    (start..).find(|&count| steps(count).floor() > steps(count - 1).floor()).unwrap()
}

/// Ten documents are just above a byte in both terms, so that their bounds are nearly two steps too
/// high. Ten others are just below one, their bounds hardly too high: a step lower than those of the
/// first ten, and nearly a step better in truth. A fifth of what bounds can be too high does not
/// reach from the former to the latter, so the first pass drops the better ten.
fn misleading_bounds() -> Vec<Vec<u32>> {
    let just_above = first_of_a_byte(400);
    let just_below = (just_above - 1, first_of_a_byte(just_above + 1) - 1);
    let exact = |(one, other): (u32, u32)| steps(one) + steps(other);
    let bound = |(one, other): (u32, u32)| steps(one).ceil() + steps(other).ceil();
    assert!(exact(just_below) > exact((just_above, just_above)) + 0.5);
    assert!(bound(just_below) < bound((just_above, just_above)) - 0.5);
    let mut frequencies = vec![vec![MOST, 0], vec![0, MOST]];
    frequencies.extend(vec![vec![just_above, just_above]; 10]);
    frequencies.extend(vec![vec![just_below.0, just_below.1]; 10]);
    frequencies.extend((1..20).map(|count| vec![count, 2 * count]));
    frequencies
}

#[test]
fn a_query_whose_best_documents_the_usual_margin_drops_is_answered_again() {
    let index = index(K1, &misleading_bounds());
    let query = query(&index, &[1.0, 1.0]);
    for k in 1..=10 {
        let found = index.search(&query, &Scope::all(), k);
        assert_eq!(found, exhaustive(&index, &query, &Scope::all(), k), "k {k}");
        assert!(found.iter().all(|hit| (12..22).contains(&hit.document)), "the second ten are the best");
        assert_eq!(answered_again(&index), k, "once for each k");
    }
    let alive: BitSet = (0..index.len()).map(|document| document % 2 == 0).collect();
    let scope = Scope::range(1..40).accepting(&alive);
    assert_eq!(index.search(&query, &scope, 4), exhaustive(&index, &query, &scope, 4));
    assert_eq!(answered_again(&index), 11);
    let batch = index.search_batch(&vec![query.clone(); 40], &Scope::all(), 10, 1);
    assert!(batch.iter().all(|found| *found == exhaustive(&index, &query, &Scope::all(), 10)));
    assert_eq!(answered_again(&index), 51);
}

/// The misleading ten in the first block, the better ten in the second, which the first has made hopeless.
#[test]
fn what_one_block_misleads_about_another_is_found_again() {
    let mut frequencies = misleading_bounds();
    let better: Vec<Vec<u32>> = frequencies.splice(12..22, vec![vec![0, 0]; 10]).collect();
    frequencies.resize(70_000, vec![0, 0]);
    frequencies.extend(better);
    let index = index(K1, &frequencies);
    let query = query(&index, &[1.0, 1.0]);
    let found = index.search(&query, &Scope::all(), 10);
    assert_eq!(found.iter().map(|hit| hit.document).collect::<Vec<_>>(), (70_000..70_010).collect::<Vec<_>>());
    assert_eq!(found, exhaustive(&index, &query, &Scope::all(), 10));
    assert_eq!(answered_again(&index), 1);
}

#[test]
fn a_query_whose_bounds_are_sharp_is_answered_once() {
    let index = index(K1, &(1..60).map(|count| vec![5 * count, 3 * count]).collect::<Vec<_>>());
    let query = query(&index, &[1.0, 1.0]);
    assert_eq!(index.search(&query, &Scope::all(), 3), exhaustive(&index, &query, &Scope::all(), 3));
    assert_eq!(answered_again(&index), 0);
}

/// A document has few of the lanes' terms and a rare one, at any frequency.
fn common_terms(documents: usize) -> impl Strategy<Value = Vec<Vec<u32>>> {
    let count = prop_oneof![1 => Just(0u32), 2 => 1u32..200];
    let rare = prop_oneof![30 => Just(0u32), 1 => 1u32..200];
    let document = (prop::collection::vec(count, 3), rare).prop_map(|(mut counts, rare)| {
        counts.push(rare);
        counts
    });
    prop::collection::vec(document, documents)
}

/// Lanes round a byte up by as many as 17 of 255 steps: with so few terms the usual margin often fails.
#[test]
fn queries_of_few_common_terms_are_often_answered_again_and_rank_like_exhaustive_scoring() {
    let answered = std::cell::Cell::new((0, 0));
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(
        ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let weights = prop::collection::vec(prop::collection::vec(0.5f32..2.0, 4), 20);
    runner
        .run(&(common_terms(1500), weights), |(frequencies, weights)| {
            let index = index(K1, &frequencies);
            let mut searches = 0;
            for (weights, k) in weights.iter().zip([1, 2, 3, 10, 100, 1000].into_iter().cycle()) {
                let query = query(&index, weights);
                prop_assert_eq!(index.search(&query, &Scope::all(), k), exhaustive(&index, &query, &Scope::all(), k));
                searches += 1;
            }
            let (all, again) = answered.get();
            answered.set((all + searches, again + answered_again(&index)));
            Ok(())
        })
        .unwrap();
    let (all, again) = answered.get();
    assert!(again > 0, "of {all} queries {again} were answered again");
}

#[test]
fn a_query_of_no_known_term_finds_nothing() {
    let index = index(K1, &misleading_bounds());
    let query = Query::new([(TermId(77), 1.0)]).unwrap();
    assert_eq!(index.search(&query, &Scope::all(), 5), []);
}
