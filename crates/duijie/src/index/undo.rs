//! What becomes of a builder's files when it goes without a commit.

use super::IndexBuilder;
use super::format::Payload;
use super::snapshot::ram_path;
use std::path::Path;

/// Files that an index without a commit consists of, the one that keeps other builders out last.
const FIRST_FILES: [&str; 4] = ["meta.json", ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock"];

impl Drop for IndexBuilder {
    /// Takes away what was written since the last commit, and the folder if it was made for this builder.
    /// What cannot be removed is left to the next commit, which collects it.
    fn drop(&mut self) {
        if !self.has_uncommitted {
            return;
        }
        // What waits to be indexed is not wanted any more.
        self.stop.set();
        if self.path == ram_path() {
            return;
        }
        if self.writer.rollback().is_err() {
            return;
        }
        let Ok(metas) = self.index.load_metas() else { return };
        // Not by tantivy's own collecting, which spares the files of a merge that is just being given up.
        let committed = metas.list_segment_files();
        for file in self.index.directory().list_managed_files() {
            if !committed.contains(&file) && file != Path::new(FIRST_FILES[0]) {
                drop(std::fs::remove_file(self.path.join(file)));
            }
        }
        if Payload::of(&metas).is_some() {
            return;
        }
        for name in FIRST_FILES {
            drop(std::fs::remove_file(self.path.join(name)));
        }
        if self.made_folder {
            drop(std::fs::remove_dir(&self.path));
        }
    }
}
