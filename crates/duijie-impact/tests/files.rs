//! Files: what is opened ranks like what was written, and a damaged file is an error, never a panic.

use std::path::Path;

use duijie_impact::{Bm25f, FieldWeight, ImpactBuilder, ImpactError, ImpactIndex, Query, Scope, TermId};
use proptest::prelude::*;

const FINGERPRINT: u128 = 0x0123_4567_89ab_cdef_0123_4567_89ab_cdef;

/// Documents in two fields with common, less common and rare terms, over two blocks.
fn index(documents: u32) -> ImpactIndex {
    let fields = vec![FieldWeight { weight: 2.0, b: 0.5 }, FieldWeight { weight: 1.0, b: 0.75 }];
    let mut builder = ImpactBuilder::new(Bm25f { k1: 1.2, fields }).unwrap();
    for number in 0..documents {
        builder.add_document(|document| {
            for divisor in [2, 3, 40, 41, 1_000, 7_000] {
                if number.is_multiple_of(divisor) {
                    document.add((number % 2) as usize, &format!("除{divisor}"));
                }
                document.add(1, &format!("余{}", number % divisor));
            }
            (0..number % 300).for_each(|_| document.add(0, "常用"));
        });
    }
    builder.finish()
}

fn query(index: &ImpactIndex) -> Query {
    let terms: Vec<TermId> =
        ["除2", "除3", "除40", "余7", "余640", "常用"].iter().filter_map(|term| index.term_id(term)).collect();
    Query::new(terms.into_iter().enumerate().map(|(place, term)| (term, 1.0 + place as f32))).unwrap()
}

fn written(folder: &Path, documents: u32) -> (ImpactIndex, std::path::PathBuf) {
    let labels = (0..documents).map(|number| u64::from(number) << 33).collect();
    let (index, path) = (index(documents).labelled(labels), folder.join("impacts"));
    index.write_to(&path, FINGERPRINT).unwrap();
    (index, path)
}

#[test]
fn an_opened_index_is_the_one_that_was_written() {
    let folder = tempfile::tempdir().unwrap();
    for documents in [0, 1, 500, 20_000] {
        let (built, path) = written(folder.path(), documents);
        let opened = ImpactIndex::open(&path).unwrap();
        assert_eq!(opened.fingerprint(), FINGERPRINT);
        assert_eq!(opened.len(), documents);
        assert_eq!(opened.model(), built.model());
        assert_eq!(opened.reference_lengths(), built.reference_lengths());
        assert_eq!(opened.labels(), built.labels());
        assert!(opened.terms().eq(built.terms()));
        assert!(opened.terms().all(|(term, text)| opened.term_id(text) == Some(term)));
        assert!(opened.terms().all(|(term, _)| opened.document_frequency(term) == built.document_frequency(term)));
        let query = query(&built);
        for scope in [Scope::all(), Scope::range(documents / 3..documents / 2)] {
            assert_eq!(opened.search(&query, &scope, 50), built.search(&query, &scope, 50));
        }
        for document in 0..documents.min(3) {
            assert_eq!(opened.contributions(&query, document), built.contributions(&query, document));
        }
    }
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["impacts"], "nothing is left aside");
}

#[test]
fn a_file_can_be_replaced_while_it_is_open() {
    let folder = tempfile::tempdir().unwrap();
    let (built, path) = written(folder.path(), 3_000);
    let opened = ImpactIndex::open(&path).unwrap();
    index(10).write_to(&path, 1).unwrap();
    assert_eq!(opened.search(&query(&built), &Scope::all(), 20), built.search(&query(&built), &Scope::all(), 20));
    assert_eq!(ImpactIndex::open(&path).unwrap().len(), 10);
}

#[test]
fn several_threads_may_write_and_open_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let (built, path) = written(folder.path(), 400);
    let expected = built.search(&query(&built), &Scope::all(), 20);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..8 {
                    built.write_to(&path, FINGERPRINT).unwrap();
                    let opened = ImpactIndex::open(&path).unwrap();
                    assert_eq!(opened.search(&query(&opened), &Scope::all(), 20), expected);
                }
            });
        }
    });
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_a_killed_writer_left_is_removed_once_it_is_old() {
    let folder = tempfile::tempdir().unwrap();
    let left = |name: &str, seconds: u64| {
        let file = std::fs::File::create(folder.path().join(name)).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(seconds)).unwrap();
    };
    left("impacts.1.0.partial", 10_000);
    left("impacts.2.0.partial", 60);
    left("other.1.0.partial", 10_000);
    written(folder.path(), 3);
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["impacts", "impacts.2.0.partial", "other.1.0.partial"]);
}

#[test]
fn errors_say_what_is_wrong_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (_, path) = written(folder.path(), 100);
    let bytes = std::fs::read(&path).unwrap();
    let open = |bytes: &[u8]| {
        std::fs::write(&path, bytes).unwrap();
        ImpactIndex::open(&path).unwrap_err()
    };
    assert!(matches!(open(&[]), ImpactError::NotAnImpactIndex { .. }));
    assert!(matches!(open(b"PK\x03\x04 something else"), ImpactError::NotAnImpactIndex { .. }));
    let mut other = bytes.clone();
    other[8..12].copy_from_slice(&77u32.to_le_bytes());
    assert!(matches!(open(&other), ImpactError::OtherVersion { found: 77, .. }));
    for length in [10, 100, 1_023, 1_024, bytes.len() - 1] {
        assert!(matches!(open(&bytes[..length]), ImpactError::Truncated { .. }), "{length} bytes");
    }
    let longer = [&bytes[..], b"more"].concat();
    assert!(matches!(open(&longer), ImpactError::Truncated { .. }));
    std::fs::remove_file(&path).unwrap();
    let missing = ImpactIndex::open(&path).unwrap_err();
    assert!(matches!(missing, ImpactError::Io { .. }));
    assert!(missing.to_string().contains("impacts"));
    assert!(index(1).write_to(&folder.path().join("no such folder").join("impacts"), 0).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever bytes change, opening fails; only the zeros between sections may change unnoticed.
    #[test]
    fn damage_is_noticed(at: prop::sample::Index, bit in 0u32..8) {
        let folder = tempfile::tempdir().unwrap();
        let (built, path) = written(folder.path(), 120);
        let mut bytes = std::fs::read(&path).unwrap();
        let at = at.index(bytes.len());
        bytes[at] ^= 1 << bit;
        std::fs::write(&path, &bytes).unwrap();
        match ImpactIndex::open(&path) {
            Err(error) => prop_assert!(!matches!(error, ImpactError::Io { .. }), "{error}"),
            Ok(opened) => prop_assert_eq!(opened.search(&query(&built), &Scope::all(), 9), built.search(&query(&built), &Scope::all(), 9)),
        }
    }
}
