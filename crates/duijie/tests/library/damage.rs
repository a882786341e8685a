//! An index with a broken file is refused, never a panic and never another answer.

use crate::common::{achievement, by_achievement, demand, lines, write_index};
use duijie::{Demand, Error, IndexBuilder, Matcher};
use std::fs;
use std::path::{Path, PathBuf};

/// An index with a segment that has deletes, so that every kind of file is there.
fn index() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let titles = ["焊接裂纹的消除", "氢燃料电池气体扩散层", "T800碳纤维", "苹果采后保鲜"];
    let named = |(title, at): (&&str, u32)| achievement(&format!("A{at}"), title);
    write_index(folder.path(), &titles.iter().zip(1..).map(named).collect::<Vec<_>>()).unwrap();
    let mut builder = IndexBuilder::open(folder.path()).unwrap();
    builder.delete("A4");
    builder.commit().unwrap();
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| !path.to_string_lossy().ends_with(".lock"));
    files.sort();
    files
}

fn demands() -> Vec<Demand> {
    ["焊接裂纹", "氢燃料电池", "碳纤维 苹果"].iter().map(|title| demand("D", title)).collect()
}

fn outcome(folder: &Path) -> Result<Vec<String>, Error> {
    Matcher::open(folder).map(|matcher| lines(&matcher, &demands(), &by_achievement(10)))
}

/// Does `harm` to a copy of the index and says what opening it gives then.
fn after(whole: &Path, file: &Path, harm: impl FnOnce(&Path)) -> Result<Vec<String>, Error> {
    let folder = tempfile::tempdir().unwrap();
    copy(whole, folder.path());
    harm(&folder.path().join(file.file_name().unwrap()));
    outcome(folder.path())
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x01;
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_segment_file_that_is_cut_changed_or_gone_is_damage() {
    let whole = index();
    let mut kinds = Vec::new();
    for file in files(whole.path()) {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".json") {
            continue;
        }
        kinds.push(name.rsplit('.').next().unwrap().to_owned());
        let length = fs::metadata(&file).unwrap().len() as usize;
        let damaged = |outcome| assert!(matches!(outcome, Err(Error::IndexDamaged { .. })), "{name}: {outcome:?}");
        for kept in [0, 1, length / 2, length - 1] {
            damaged(after(whole.path(), &file, |path| {
                fs::write(path, &fs::read(path).unwrap()[..kept]).unwrap();
            }));
        }
        for at in (0..length).step_by((length / 24).max(1)).chain([length - 1]) {
            let outcome = after(whole.path(), &file, |path| flip(path, at));
            // The footer's own bytes have no checksum; what they say may be refused or of no account.
            match outcome {
                Err(Error::IndexDamaged { .. } | Error::IndexFormat { .. }) => {}
                other => assert_eq!(other.unwrap(), outcome_of(&whole), "{name} byte {at} of {length}"),
            }
        }
        if name.ends_with(".pos") {
            continue; // No field keeps positions: nothing reads it.
        }
        damaged(after(whole.path(), &file, |path| fs::remove_file(path).unwrap()));
    }
    for kind in ["idx", "term", "store", "fast", "fieldnorm", "del"] {
        assert!(kinds.iter().any(|found| found == kind), "no {kind} among {kinds:?}");
    }
}

fn outcome_of(whole: &tempfile::TempDir) -> Vec<String> {
    outcome(whole.path()).unwrap()
}

#[test]
fn whatever_byte_of_the_table_of_contents_changes_nothing_else_is_answered() {
    let whole = index();
    let expected = outcome_of(&whole);
    for name in ["meta.json", ".managed.json"] {
        let file = whole.path().join(name);
        let length = fs::metadata(&file).unwrap().len() as usize;
        for at in 0..length {
            match after(whole.path(), &file, |path| flip(path, at)) {
                Err(
                    Error::IndexDamaged { .. }
                    | Error::IndexFormat { .. }
                    | Error::IndexLexicon { .. }
                    | Error::NoIndex { .. },
                ) => {}
                Err(other) => panic!("{name} byte {at}: {other}"),
                Ok(found) => assert_eq!(found, expected, "{name} byte {at}"),
            }
        }
        let cut = after(whole.path(), &file, |path| fs::write(path, &fs::read(path).unwrap()[..length / 2]).unwrap());
        assert!(matches!(cut, Err(Error::IndexDamaged { .. })), "{name}: {cut:?}");
    }
    let gone = after(whole.path(), &whole.path().join("meta.json"), |path| fs::remove_file(path).unwrap());
    assert!(matches!(gone, Err(Error::NoIndex { .. })), "{gone:?}");
}

#[test]
fn another_format_is_refused_with_its_number() {
    let whole = index();
    let refused = after(whole.path(), &whole.path().join("meta.json"), |path| {
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("duijie index format 1"));
        fs::write(path, text.replace("duijie index format 1", "duijie index format 99")).unwrap();
    });
    let Err(error @ Error::IndexFormat { .. }) = refused else { panic!("{refused:?}") };
    assert!(error.to_string().contains("index format 99, this program reads 1"), "{error}");
}

#[test]
fn damage_that_comes_later_is_met_by_the_reload_and_the_answers_stay() {
    let whole = index();
    let matcher = Matcher::open(whole.path()).unwrap();
    let before = lines(&matcher, &demands(), &by_achievement(10));
    let mut builder = IndexBuilder::open(whole.path()).unwrap();
    builder.add(achievement("A5", "焊接机器人")).unwrap();
    builder.commit().unwrap();
    drop(builder);
    let newest = files(whole.path()).into_iter().filter(|path| path.extension().is_some_and(|e| e == "store"));
    for store in newest {
        let changed = store.with_extension("changed");
        fs::copy(&store, &changed).unwrap();
        flip(&changed, 0);
        // Renamed into place: the matcher's own mapping of the file stays as it was.
        fs::rename(changed, store).unwrap();
    }
    assert!(matches!(matcher.reload(), Err(Error::IndexDamaged { .. })));
    assert_eq!(lines(&matcher, &demands(), &by_achievement(10)), before);
}
