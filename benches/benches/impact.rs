//! The impact index alone: building, one long query, batches, filters, opening.
//!
//! What: documents/s of building from tokens; one query of about 48 distinct terms, best 100, at
//! each size; the same in ranges of 1 % and of 10 % of the documents, and with half of all
//! accepted; 1,000 queries as a batch on 1 and 2 threads; opening the written file; ten documents more.
//!
//! Corpus: seeded and made here: token numbers follow a Zipf law over 200,000 terms, 65 tokens a document.
//! `DUIJIE_BENCH_TOKENS` names a token file to take instead (see `tokenize` and `recombine`), its
//! first lines for the smaller sizes. Sizes are 10,000 and 100,000, and 1,000,000 too where the token
//! file has so many lines (some ten minutes and 3 GB); `DUIJIE_BENCH_DOCUMENTS=10000,1000000` names others.
//!
//! Command: `cargo bench -p duijie-benches --bench impact`

use std::hint::black_box;
use std::path::PathBuf;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duijie_benches::{Random, lines};
use duijie_impact::{BitSet, Bm25f, ImpactBuilder, ImpactIndex, Query, Scope, lucene_idf};

const TOP: usize = 100;

fn token_file() -> Option<PathBuf> {
    std::env::var_os("DUIJIE_BENCH_TOKENS").map(PathBuf::from)
}

/// `count` documents as lines of tokens.
fn documents(count: usize) -> Vec<String> {
    if let Some(path) = token_file() {
        let lines = lines(&path).expect("a token file").take(count);
        let documents: Vec<String> = lines.collect::<anyhow::Result<_>>().expect("a token file");
        assert_eq!(documents.len(), count, "{} has fewer lines than DUIJIE_BENCH_DOCUMENTS asks for", path.display());
        return documents;
    }
    let mut random = Random::seeded(1);
    (0..count).map(|_| (0..65).map(|_| token(&mut random)).collect::<Vec<_>>().join(" ")).collect()
}

fn token(random: &mut Random) -> String {
    let unit = random.below(1 << 30) as f64 / f64::from(1 << 30);
    format!("t{}", 200_000f64.powf(unit) as u32)
}

fn build(documents: &[String]) -> ImpactIndex {
    let mut builder = ImpactBuilder::new(Bm25f::single_field(1.2, 0.75)).expect("a valid model");
    for text in documents {
        builder.add_document(|document| {
            text.split(' ').filter(|term| !term.is_empty()).for_each(|term| document.add(0, term))
        });
    }
    builder.finish()
}

/// Queries of the tokens of two documents each, at most 48 distinct.
fn queries(index: &ImpactIndex, documents: &[String], count: usize) -> Vec<Query> {
    let mut random = Random::seeded(2);
    let mut query = || {
        let texts =
            [random.below(documents.len()), random.below(documents.len())].map(|number| documents[number].as_str());
        let mut terms: Vec<_> =
            texts.iter().flat_map(|text| text.split(' ')).filter_map(|term| index.term_id(term)).collect();
        terms.sort();
        terms.dedup();
        // Every second term, so that rare ones stay in.
        let weigh = |term| (term, lucene_idf(index.len().into(), index.document_frequency(term).into()));
        Query::new(terms.into_iter().step_by(2).take(48).map(weigh)).expect("idf is a valid weight")
    };
    (0..count).map(|_| query()).collect()
}

fn sizes() -> Vec<usize> {
    if let Ok(sizes) = std::env::var("DUIJIE_BENCH_DOCUMENTS") {
        return sizes.split(',').map(|size| size.parse().expect("sizes are numbers split by commas")).collect();
    }
    let has =
        |size: &usize| token_file().is_some_and(|path| lines(&path).expect("a token file").nth(size - 1).is_some());
    [10_000, 100_000].into_iter().chain([1_000_000].into_iter().filter(has)).collect()
}

fn impact(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("impact");
    group.sample_size(10);
    for size in sizes() {
        let documents = documents(size);
        group.throughput(Throughput::Elements(documents.len() as u64));
        group.bench_function(BenchmarkId::new("build", size), |bencher| bencher.iter(|| build(&documents)));
        let index = build(&documents);
        let queries = queries(&index, &documents, 1000);

        group.throughput(Throughput::Elements(1));
        let mut next = queries.iter().cycle();
        let mut one = |scope: Scope<'_>, name: &str| {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| black_box(index.search(next.next().expect("a cycle does not end"), &scope, TOP)));
            });
        };
        one(Scope::all(), "one query");
        let middle = index.len() / 2;
        one(Scope::range(middle..middle + index.len() / 100), "one query in 1 %");
        one(Scope::range(middle..middle + index.len() / 10), "one query in 10 %");
        let half: BitSet = (0..index.len()).map(|document| document % 2 == 0).collect();
        one(Scope::all().accepting(&half), "one query, half accepted");

        group.throughput(Throughput::Elements(queries.len() as u64));
        for threads in [1, 2] {
            group.bench_function(BenchmarkId::new(format!("batch of 1000, threads {threads}"), size), |bencher| {
                bencher.iter(|| black_box(index.search_batch(&queries, &Scope::all(), TOP, threads)));
            });
        }

        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("impacts");
        index.write_to(&path, 0).expect("room for the file");
        let bytes = std::fs::metadata(&path).expect("the file was just written").len();
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function(BenchmarkId::new("open", size), |bencher| {
            bencher.iter(|| ImpactIndex::open(&path).expect("a whole file"))
        });
        // Ten more achievements: a small part of their own, with the base's reference lengths.
        group.throughput(Throughput::Elements(10));
        group.bench_function(BenchmarkId::new("add 10 as a part", size), |bencher| {
            bencher.iter(|| {
                let lengths = index.reference_lengths().to_vec();
                let mut builder =
                    ImpactBuilder::with_reference_lengths(index.model().clone(), lengths).expect("a valid model");
                for text in &documents[..10] {
                    builder.add_document(|document| text.split(' ').for_each(|term| document.add(0, term)));
                }
                builder.finish()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, impact);
criterion_main!(benches);
