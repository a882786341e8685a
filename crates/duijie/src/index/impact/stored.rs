//! The files beside the index.

use super::lengths::{kept_tokens, reference_lengths};
use super::{Source, field_weights};
use duijie_impact::{ImpactIndex, Overlap, UpdatedIndex};
use std::path::Path;

/// The impacts of most documents …
pub(super) const BASE: &str = "impact.base";
/// … and those of the documents that came since.
pub(super) const ADDED: &str = "impact.added";

/// What the impacts are made of and how, in 16 letters: written into the files, raised when it changes.
const MADE_AS: u128 = u128::from_be_bytes(*b"duijie impacts 1");

/// With more documents come or gone than one in so many of the index, all impacts are made anew …
const CHANGED_SHARE: usize = 16;
/// … but no fewer than this.
const FEW: usize = 1024;

/// What the files in `folder` have of a commit, with what they lack; `None` if they are of no use.
pub(super) fn open(source: &Source<'_>, folder: &Path) -> tantivy::Result<Option<UpdatedIndex>> {
    let Some(base) = usable(&folder.join(BASE)) else { return Ok(None) };
    let Some(overlap) = Overlap::of(&base, &source.serials) else { return Ok(None) };
    let changed = overlap.missing().len() + overlap.gone().len();
    if changed > FEW + source.serials.len() / CHANGED_SHARE {
        return Ok(None);
    }
    let added = if overlap.missing().is_empty() { None } else { Some(added(source, &base, &overlap, folder)?) };
    let mut tokens = kept_tokens(&base, &overlap);
    if let Some(added) = &added {
        let all = Overlap::of(added, added.labels()).map(|overlap| kept_tokens(added, &overlap));
        tokens.iter_mut().zip(all.into_iter().flatten()).for_each(|(total, tokens)| *total += tokens);
    }
    if reference_lengths(&tokens, source.serials.len()) != base.reference_lengths() {
        return Ok(None);
    }
    Ok(Some(UpdatedIndex::new(base, overlap, added)))
}

/// The documents that the base lacks: as they are stored, or made now.
fn added(source: &Source<'_>, base: &ImpactIndex, overlap: &Overlap, folder: &Path) -> tantivy::Result<ImpactIndex> {
    let missing = || overlap.missing().iter().copied();
    let path = folder.join(ADDED);
    if let Some(stored) = usable(&path)
        && stored.reference_lengths() == base.reference_lengths()
        && stored.labels().iter().copied().eq(missing().map(|place| source.serials[place as usize]))
    {
        return Ok(stored);
    }
    let built = source.build(&source.postings(missing())?, missing(), base.reference_lengths().to_vec());
    keep(&built, &path);
    Ok(built)
}

/// The file, if it is whole, of this version and of these weights; otherwise the impacts are made of
/// the postings, which are always there.
fn usable(path: &Path) -> Option<ImpactIndex> {
    let index = ImpactIndex::open(path).ok()?;
    (index.fingerprint() == MADE_AS && *index.model() == field_weights()).then_some(index)
}

/// Writes a base for the next to open the folder; what came since an earlier one is in it.
pub(super) fn keep_base(base: &ImpactIndex, folder: &Path) {
    keep(base, &folder.join(BASE));
    // Another process may have just written it for the earlier base: it will be made again.
    let _ = std::fs::remove_file(folder.join(ADDED));
}

fn keep(index: &ImpactIndex, path: &Path) {
    // A folder that cannot be written is no reason not to match: what was made stays in memory.
    let _ = index.write_to(path, MADE_AS);
}
