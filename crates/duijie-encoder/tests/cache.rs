//! The cache in front of an encoder.

use duijie_encoder::{CachedEncoder, EncodeOptions, EncoderError, Result, TextEncoder, TextRole, Vectors};
use std::cell::RefCell;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Encodes a text as its number of characters and its role, and counts what it is asked for.
struct Counting<'a> {
    texts: &'a AtomicUsize,
    fingerprint: &'static str,
    width: usize,
}

impl TextEncoder for Counting<'_> {
    fn dimension(&self) -> usize {
        2
    }

    fn name(&self) -> &str {
        "counting"
    }

    fn fingerprint(&self) -> &str {
        self.fingerprint
    }

    fn encode(&self, texts: &[&str], role: TextRole, options: &EncodeOptions<'_>) -> Result<Vectors> {
        options.check()?;
        self.texts.fetch_add(texts.len(), Ordering::Relaxed);
        let role = if role == TextRole::Query { 1.0 } else { 0.0 };
        let row = |text: &&str| [text.chars().count() as f32, role].into_iter().cycle().take(self.width);
        options.report(texts.len());
        Vectors::new(texts.len(), self.width, texts.iter().flat_map(row).collect())
    }
}

fn open<'a>(texts: &'a AtomicUsize, folder: &Path) -> CachedEncoder<Counting<'a>> {
    CachedEncoder::open(Counting { texts, fingerprint: "aa", width: 2 }, folder).unwrap()
}

fn encode(cache: &CachedEncoder<Counting<'_>>, texts: &[&str], role: TextRole) -> Vec<f32> {
    cache.encode(texts, role, &EncodeOptions::default()).unwrap().data().to_vec()
}

#[test]
fn a_text_is_encoded_once_in_each_role_and_known_the_next_time() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    let cache = open(&texts, folder.path());
    assert_eq!(encode(&cache, &["焊接", "涂", "焊接"], TextRole::Passage), [2.0, 0.0, 1.0, 0.0, 2.0, 0.0]);
    assert_eq!(texts.load(Ordering::Relaxed), 2);
    assert_eq!(encode(&cache, &["涂", "", "焊接"], TextRole::Passage), [1.0, 0.0, 0.0, 0.0, 2.0, 0.0]);
    assert_eq!(texts.load(Ordering::Relaxed), 3);
    assert_eq!(encode(&cache, &["焊接"], TextRole::Query), [2.0, 1.0]);
    assert_eq!(texts.load(Ordering::Relaxed), 4);

    let again = open(&texts, folder.path());
    assert_eq!(again.known_texts(), 4);
    assert_eq!(encode(&again, &["焊接"], TextRole::Query), [2.0, 1.0]);
    assert_eq!(encode(&again, &["焊接"], TextRole::Passage), [2.0, 0.0]);
    assert_eq!(texts.load(Ordering::Relaxed), 4);
}

#[test]
fn another_fingerprint_never_reads_it() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    encode(&open(&texts, folder.path()), &["焊接"], TextRole::Query);
    let other = CachedEncoder::open(Counting { texts: &texts, fingerprint: "bb", width: 2 }, folder.path()).unwrap();
    assert_eq!(other.known_texts(), 0);
}

#[test]
fn a_file_changed_in_any_byte_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    let cache = open(&texts, folder.path());
    encode(&cache, &["焊接", "涂"], TextRole::Query);
    let whole = std::fs::read(cache.path()).unwrap();
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x11;
        std::fs::write(cache.path(), changed).unwrap();
        let opened = CachedEncoder::open(Counting { texts: &texts, fingerprint: "aa", width: 2 }, folder.path());
        assert!(matches!(opened.err(), Some(EncoderError::Cache { .. })), "byte {at}");
    }
    std::fs::write(cache.path(), &whole[..whole.len() - 4]).unwrap();
    let opened = CachedEncoder::open(Counting { texts: &texts, fingerprint: "aa", width: 2 }, folder.path());
    assert!(matches!(opened.err(), Some(EncoderError::Cache { .. })));
}

#[test]
fn what_was_encoded_before_a_cancellation_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    let cache = open(&texts, folder.path());
    let many: Vec<String> = (0..3000).map(|number| number.to_string()).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let cancel = AtomicBool::new(false);
    let progress = |done: usize| cancel.store(done >= 1500, Ordering::Relaxed);
    let options = EncodeOptions { progress: Some(&progress), cancel: Some(&cancel), ..EncodeOptions::default() };
    let cancelled = cache.encode(&many, TextRole::Passage, &options);
    assert!(matches!(cancelled, Err(EncoderError::Cancelled)));
    let kept = open(&texts, folder.path()).known_texts();
    assert!((1500..3000).contains(&kept), "{kept}");
    assert_eq!(texts.load(Ordering::Relaxed), kept);

    encode(&open(&texts, folder.path()), &many, TextRole::Passage);
    assert_eq!(texts.load(Ordering::Relaxed), 3000);
}

#[test]
fn progress_never_falls_and_ends_at_the_number_of_texts() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    let cache = open(&texts, folder.path());
    encode(&cache, &["焊接"], TextRole::Query);
    let seen = RefCell::new(Vec::new());
    let progress = |done: usize| seen.borrow_mut().push(done);
    let options = EncodeOptions { progress: Some(&progress), ..EncodeOptions::default() };
    cache.encode(&["焊接", "涂", "涂", "海参"], TextRole::Query, &options).unwrap();
    let seen = seen.into_inner();
    assert!(seen.is_sorted());
    assert_eq!(seen.last(), Some(&4));
}

#[test]
fn an_encoder_that_breaks_its_promise_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let texts = AtomicUsize::new(0);
    let broken = Counting { texts: &texts, fingerprint: "aa", width: 3 };
    let cache = CachedEncoder::open(broken, folder.path()).unwrap();
    let error = cache.encode(&["焊接"], TextRole::Query, &EncodeOptions::default()).unwrap_err();
    assert!(matches!(error, EncoderError::Contract { expected: (1, 2), found: (1, 3), .. }), "{error}");
}
