//! The whole way: from a demand's text to explained institutions, one demand and batches of 1,000 on one thread and
//! on two; and opening the index.
//!
//! Corpus: the test collection in `fixtures/collection` (660 achievements, 165 demands), its achievements
//! repeated under other ids to the sizes in `DUIJIE_BENCH_DOCUMENTS` (default 660,10000), its demands drawn
//! 1,000 times, with a fixed seed, under other ids. Everything is loaded and warm before timing; each match reads
//! its records back and picks the passages that show why.
//!
//! Command: `cargo bench -p duijie-benches --bench pipeline`

use std::path::{Path, PathBuf};

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duijie::{
    Achievement, BatchOptions, Catalogue, Demand, IndexBuilder, Institutions, MatchOptions, Matcher, RecordReader,
    Strictness,
};
use duijie_benches::Random;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/collection").join(name)
}

fn sizes() -> Vec<usize> {
    let sizes = std::env::var("DUIJIE_BENCH_DOCUMENTS").unwrap_or_else(|_| "660,10000".into());
    sizes.split(',').map(|size| size.parse().expect("sizes are numbers split by commas")).collect()
}

/// Demands that are matched together.
const BATCH: usize = 1000;

/// [`BATCH`] demands, each one of `demands` under an id of its own.
fn drawn(demands: &[Demand]) -> Vec<Demand> {
    let mut random = Random::seeded(3);
    let mut draw = |number: usize| {
        let original = &demands[random.below(demands.len())];
        Demand { id: format!("{}/{number}", original.id), ..original.clone() }
    };
    (0..BATCH).map(&mut draw).collect()
}

fn pipeline(criterion: &mut Criterion) {
    let catalogue = Catalogue::default();
    let reader = RecordReader::new(&catalogue, Strictness::Strict);
    let institutions = reader.institutions(&[fixture("institutions.jsonl")]).expect("the collection").records;
    let known = Institutions::new(institutions).expect("distinct ids");
    let achievements = reader.achievements(&[fixture("achievements.jsonl")], &known).expect("the collection").records;
    let demands: Vec<Demand> = reader.demands(&[fixture("demands.jsonl")]).expect("the collection").records;

    let batch_of_demands = drawn(&demands);

    let mut group = criterion.benchmark_group("pipeline");
    group.sample_size(10);
    for size in sizes() {
        let repeated: Vec<Achievement> = (0..size)
            .map(|number| {
                let original = &achievements[number % achievements.len()];
                let id = format!("{}/{}", original.id, number / achievements.len());
                Achievement { id, ..original.clone() }
            })
            .collect();
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut builder = IndexBuilder::create_in_dir(folder.path(), catalogue.clone()).expect("an empty folder");
        builder.set_institutions(known.clone()).expect("room");
        builder.add_all(repeated).expect("the collection is valid");
        builder.commit().expect("room");
        drop(builder);
        let open = || Matcher::open(folder.path()).expect("it was just written");
        let matcher = open();
        let options = MatchOptions::default();

        group.throughput(Throughput::Elements(1));
        let mut next = demands.iter().cycle();
        group.bench_function(BenchmarkId::new("one demand", size), |bencher| {
            bencher.iter(|| matcher.match_one(next.next().expect("a cycle does not end"), &options).expect("a match"));
        });
        group.throughput(Throughput::Elements(batch_of_demands.len() as u64));
        for threads in [1, 2] {
            let batch = BatchOptions { threads, ..BatchOptions::default() };
            group.bench_function(BenchmarkId::new(format!("batch of {BATCH}, threads {threads}"), size), |bencher| {
                bencher.iter(|| matcher.match_batch(&batch_of_demands, &options, &batch, |_| Ok(())).expect("matches"));
            });
        }
        group.bench_function(BenchmarkId::new("open", size), |bencher| bencher.iter(open));
    }
    group.finish();
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
