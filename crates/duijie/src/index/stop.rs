//! Stopping a builder in the midst of its work.

use super::schema::TOKENIZER;
use duijie_text::{Analyzer, TermTokenizer};
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tantivy::Index;
use tantivy::directory::{AntiCallToken, TerminatingWrite, WritePtr};
use tantivy::tokenizer::{TextAnalyzer, Tokenizer};

/// A flag that is set once and for all.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop {
    flag: Arc<AtomicBool>,
    /// Held while a file is made.
    making: Arc<Mutex<()>>,
}

impl Stop {
    pub(super) fn flag(&self) -> Arc<AtomicBool> {
        self.flag.clone()
    }

    /// Sets the flag and waits for files that are being made: from then on none appears in the folder, whatever
    /// threads of tantivy, which waits for few of them, still run.
    pub(super) fn set(&self) {
        self.flag.store(true, Ordering::Relaxed);
        drop(self.hold());
    }

    pub(super) fn is_set(&self) -> bool {
        self.flag.load(Ordering::Relaxed)
    }

    fn check(&self) -> io::Result<()> {
        // Not `Interrupted`, which means that writing is to be tried again.
        if self.is_set() { Err(io::Error::other("stopped")) } else { Ok(()) }
    }

    fn hold(&self) -> MutexGuard<'_, ()> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leave to make a file, for as long as it is held; none once the flag is set.
    pub(super) fn leave(&self) -> io::Result<MutexGuard<'_, ()>> {
        let held = self.hold();
        self.check().map(|()| held)
    }

    /// The file, which cannot be written to once the flag is set.
    pub(super) fn watched(&self, file: WritePtr) -> WritePtr {
        BufWriter::new(Box::new(WatchedFile { file, stop: self.clone() }))
    }
}

struct WatchedFile {
    file: WritePtr,
    stop: Stop,
}

impl Write for WatchedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for WatchedFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.terminate_ref(token)
    }
}

/// Cuts no text any more once the flag is set: thousands of achievements may wait for it.
#[derive(Clone)]
struct WatchedTokenizer {
    tokenizer: TermTokenizer,
    stop: Stop,
}

impl Tokenizer for WatchedTokenizer {
    type TokenStream<'a> = <TermTokenizer as Tokenizer>::TokenStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        self.tokenizer.token_stream(if self.stop.is_set() { "" } else { text })
    }
}

/// Makes tantivy cut text as the engine does.
pub(super) fn register(index: &Index, analyzer: &Analyzer, stop: &Stop) {
    let tokenizer = WatchedTokenizer { tokenizer: TermTokenizer::new(analyzer.clone()), stop: stop.clone() };
    index.tokenizers().register(TOKENIZER, TextAnalyzer::builder(tokenizer).build());
}
