//! Exact search against sorting everything.

use duijie_encoder::{EncoderError, Neighbour, Vectors, nearest, nearest_batch};
use proptest::prelude::*;

/// Small whole numbers: their sums are exact in any order, and ties are many.
fn matrix(rows: std::ops::Range<usize>, width: usize) -> impl Strategy<Value = Vectors> {
    proptest::collection::vec(-3_i8..4, rows.start * width..rows.end * width).prop_map(move |values| {
        let rows = values.len() / width;
        let data = values[..rows * width].iter().map(|&value| f32::from(value)).collect();
        Vectors::new(rows, width, data).unwrap()
    })
}

fn by_sorting(vectors: &Vectors, query: &[f32], rows: std::ops::Range<usize>, k: usize) -> Vec<Neighbour> {
    let score = |row: usize| vectors.row(row).iter().zip(query).map(|(left, right)| left * right).sum::<f32>();
    let mut all: Vec<Neighbour> = rows.map(|row| Neighbour { row, score: score(row) }).collect();
    // Stable: equal scores stay in the order of the rows.
    all.sort_by(|left, right| right.score.partial_cmp(&left.score).unwrap());
    all.truncate(k);
    all
}

proptest! {
    #[test]
    fn it_finds_what_sorting_everything_finds(
        vectors in matrix(1..400, 19),
        queries in matrix(0..40, 19),
        (from, to) in (0.0..1.0, 0.0..1.0),
        k in 0_usize..30,
    ) {
        let at = |share: f64| (share * (vectors.rows() + 1) as f64) as usize;
        let rows = at(f64::min(from, to))..at(f64::max(from, to));
        let batch = nearest_batch(&vectors, &queries, rows.clone(), k).unwrap();
        prop_assert_eq!(batch.len(), queries.rows());
        for (query, found) in queries.iter().zip(&batch) {
            prop_assert_eq!(found, &by_sorting(&vectors, query, rows.clone(), k));
            prop_assert_eq!(found, &nearest(&vectors, query, rows.clone(), k).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]

    #[test]
    fn batch_and_threads_change_no_bit(values in proptest::collection::vec(-1.0_f32..1.0, 300 * 20)) {
        let vectors = Vectors::new(300, 20, values).unwrap();
        let alone: Vec<_> = vectors.iter().map(|query| nearest(&vectors, query, 0..300, 7).unwrap()).collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let batch = pool.install(|| nearest_batch(&vectors, &vectors, 0..300, 7)).unwrap();
            prop_assert_eq!(&batch, &alone);
        }
    }
}

#[test]
fn another_width_or_a_range_beyond_the_rows_is_an_error() {
    let vectors = Vectors::new(2, 2, vec![1.0; 4]).unwrap();
    let width = nearest(&vectors, &[1.0], 0..2, 1);
    assert!(matches!(width, Err(EncoderError::Width { expected: 2, found: 1 })));
    let rows = nearest(&vectors, &[1.0, 1.0], 1..3, 1);
    assert!(matches!(rows, Err(EncoderError::Rows { start: 1, end: 3, rows: 2 })));
    assert!(matches!(nearest_batch(&vectors, &vectors, 0..3, 1), Err(EncoderError::Rows { .. })));
}
