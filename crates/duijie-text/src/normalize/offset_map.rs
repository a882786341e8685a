use std::ops::Range;

/// Maps byte ranges of a normalised text to byte ranges of its original.
///
/// Held as runs: a *linear* run copies bytes one to one, any other run stands as a whole for a
/// piece of the original (`㎡` → `m2`). Runs are in order and leave no gap in the normalised text.
/// The identity is the empty list, so text that did not change costs nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffsetMap {
    runs: Vec<Run>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    normalized_start: usize,
    normalized_end: usize,
    original_start: usize,
    original_end: usize,
    linear: bool,
}

impl OffsetMap {
    /// The map of a text that was not changed.
    pub fn identity() -> Self {
        Self::default()
    }

    /// Whether every byte maps to itself.
    pub fn is_identity(&self) -> bool {
        self.runs.is_empty()
    }

    /// The bytes of the original that `normalized` came from; offsets past the end are clamped.
    ///
    /// The answer covers whole characters of the original whenever the question covers whole
    /// characters of the normalised text. An empty range maps to an empty range.
    pub fn original_range(&self, normalized: Range<usize>) -> Range<usize> {
        if self.is_identity() {
            return normalized;
        }
        let start = match self.run_at(normalized.start) {
            Some(run) if run.linear => run.original_start + (normalized.start - run.normalized_start),
            Some(run) => run.original_start,
            None => self.runs.last().map_or(0, |run| run.original_end),
        };
        if normalized.is_empty() {
            return start..start;
        }
        let end = match self.run_at(normalized.end - 1) {
            Some(run) if run.linear => run.original_start + (normalized.end - run.normalized_start),
            Some(run) => run.original_end,
            None => self.runs.last().map_or(0, |run| run.original_end),
        };
        start..end.max(start)
    }

    /// The map of two normalisers in turn: `self` was made first, `later` from its output.
    pub fn then(&self, later: &OffsetMap) -> OffsetMap {
        if later.is_identity() {
            return self.clone();
        }
        if self.is_identity() {
            return later.clone();
        }
        let mut builder = OffsetMapBuilder::default();
        for run in &later.runs {
            if run.linear {
                self.append_linear(run, &mut builder);
            } else {
                let original = self.original_range(run.original_start..run.original_end);
                builder.replace(run.normalized_end - run.normalized_start, original);
            }
        }
        OffsetMap { runs: builder.runs }
    }

    /// Appends what `self` says of the bytes that a later map's linear `outer` run copied.
    fn append_linear(&self, outer: &Run, builder: &mut OffsetMapBuilder) {
        let mut at = outer.original_start;
        while at < outer.original_end {
            let Some(run) = self.run_at(at) else { break };
            let upto = run.normalized_end.min(outer.original_end);
            let original = self.original_range(at..upto);
            if run.linear {
                builder.copy(upto - at, original.start);
            } else {
                builder.replace(upto - at, original);
            }
            at = upto;
        }
    }

    fn run_at(&self, normalized: usize) -> Option<&Run> {
        let after = self.runs.partition_point(|run| run.normalized_end <= normalized);
        self.runs.get(after)
    }
}

/// Writes an [`OffsetMap`] from left to right.
#[derive(Default)]
pub(crate) struct OffsetMapBuilder {
    runs: Vec<Run>,
}

impl OffsetMapBuilder {
    /// The next `len` bytes of the output are those of the original from `original_start` on.
    pub(crate) fn copy(&mut self, len: usize, original_start: usize) {
        if len == 0 {
            return;
        }
        if let Some(last) = self.runs.last_mut()
            && last.linear
            && last.original_end == original_start
        {
            last.normalized_end += len;
            last.original_end += len;
            return;
        }
        self.push(len, original_start..original_start + len, true);
    }

    /// The next `len` bytes of the output stand for the whole of `original`.
    pub(crate) fn replace(&mut self, len: usize, original: Range<usize>) {
        if len == original.len() && len == 1 {
            self.copy(len, original.start);
        } else if len > 0 {
            self.push(len, original, false);
        }
    }

    /// The next `len` bytes of the output have a map of their own, made from the piece of the
    /// original that begins at `original_start`.
    pub(crate) fn append(&mut self, piece: &OffsetMap, len: usize, original_start: usize) {
        if piece.is_identity() {
            self.copy(len, original_start);
        }
        for run in &piece.runs {
            let len = run.normalized_end - run.normalized_start;
            let original = original_start + run.original_start..original_start + run.original_end;
            if run.linear { self.copy(len, original.start) } else { self.replace(len, original) }
        }
    }

    pub(crate) fn finish(self) -> OffsetMap {
        OffsetMap { runs: self.runs }
    }

    fn push(&mut self, len: usize, original: Range<usize>, linear: bool) {
        let normalized_start = self.runs.last().map_or(0, |run| run.normalized_end);
        self.runs.push(Run {
            normalized_start,
            normalized_end: normalized_start + len,
            original_start: original.start,
            original_end: original.end,
            linear,
        });
    }
}
