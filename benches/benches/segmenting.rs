//! Cutting text into terms: MB/s of duijie-text's analyzer beside jieba-rs's bare cut, one thread.
//!
//! Before the suite, the two take turns over the texts, and the share of jieba's speed that the analyzer
//! reaches is printed as the median of the rounds: what else the machine does meets both alike.
//!
//! Corpus: the JSON lines of `{id, text}` that `DUIJIE_BENCH_TEXTS` names (plain or .gz), the first
//! 2,000 records; without it, a paragraph repeated. Dictionaries are loaded and warm before timing.
//!
//! Command: `DUIJIE_BENCH_TEXTS=paragraphs.jsonl.gz cargo bench -p duijie-benches --bench segmenting`

#![allow(clippy::print_stdout)] // the share is a result

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use duijie_benches::records;
use duijie_text::Analyzer;
use jieba_rs::Jieba;
use std::time::Instant;

/// Rounds in which analyzer and bare cut take turns.
const ROUNDS: usize = 60;

const PARAGRAPH: &str = "针对碳纤维复合材料构件在固化过程中变形大、合格率低的问题,研究热压罐成型工艺参数对残余应力的影响规律,\
    建立960MPa级高强钢与T800级碳纤维预浸料连接的有限元模型,提出基于γ-Al2O3涂层的界面改性方法。";

fn texts() -> Vec<String> {
    match std::env::var_os("DUIJIE_BENCH_TEXTS") {
        Some(path) => {
            let texts =
                records(path.as_ref()).expect("JSON lines").take(2_000).map(|record| record.map(|record| record.text));
            texts.collect::<anyhow::Result<_>>().expect("JSON lines")
        }
        None => vec![PARAGRAPH.to_owned(); 2_000],
    }
}

fn segmenting(criterion: &mut Criterion) {
    let texts = texts();
    let (analyzer, jieba) = (Analyzer::standard(), Jieba::new());
    let mut group = criterion.benchmark_group("segmenting");
    group.sample_size(10);
    group.throughput(Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum()));
    let analyze = || {
        let mut terms = 0usize;
        texts.iter().for_each(|text| analyzer.each_term(text, &mut |_| terms += 1));
        terms
    };
    let cut = || texts.iter().map(|text| jieba.cut(text, true).len()).sum::<usize>();
    std::hint::black_box((analyze(), cut()));
    print_share(&analyze, &cut);
    group.bench_function("duijie-text analyzer", |bencher| bencher.iter(analyze));
    group.bench_function("jieba-rs bare cut", |bencher| bencher.iter(cut));
    group.finish();
}

/// Prints the analyzer's share of the bare cut's speed: quartiles of the rounds' ratios.
fn print_share(analyze: &dyn Fn() -> usize, cut: &dyn Fn() -> usize) {
    let seconds = |work: &dyn Fn() -> usize| {
        let start = Instant::now();
        std::hint::black_box(work());
        start.elapsed().as_secs_f64()
    };
    let mut shares: Vec<f64> = (0..ROUNDS).map(|_| seconds(cut) / seconds(analyze)).collect();
    shares.sort_by(f64::total_cmp);
    let [low, middle, high] = [1, 2, 3].map(|quarter| shares[ROUNDS * quarter / 4]);
    println!("analyzer, share of the bare cut's speed: {middle:.2} ({low:.2} to {high:.2}, {ROUNDS} rounds)");
}

criterion_group!(benches, segmenting);
criterion_main!(benches);
