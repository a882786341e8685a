use std::ops::{Deref, DerefMut};
use tantivy::IndexWriter;

/// tantivy's writer. Segments are merged behind a commit's back; when this is dropped, all of that is over,
/// so that a folder which no builder holds changes no more.
pub(super) struct Writer(Option<IndexWriter>);

impl Writer {
    pub(super) fn new(writer: IndexWriter) -> Self {
        Self(Some(writer))
    }
}

impl Deref for Writer {
    type Target = IndexWriter;

    fn deref(&self) -> &IndexWriter {
        self.0.as_ref().expect("it is taken when this is dropped")
    }
}

impl DerefMut for Writer {
    fn deref_mut(&mut self) -> &mut IndexWriter {
        self.0.as_mut().expect("it is taken when this is dropped")
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(writer) = self.0.take() {
            // A merge that fails leaves the segments that it was to replace.
            drop(writer.wait_merging_threads());
        }
    }
}
