//! The impacts stored beside an index spare work; whatever happens to them, the answers are the same.

use crate::common::{achievement, by_achievement, collection, demand, lines, write_index};
use duijie::{Achievement, Catalogue, IndexBuilder, Institutions, MatchOptions, Matcher};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const BASE: &str = "impact.base";

fn answers(folder: &Path) -> Vec<String> {
    let demands = ["焊接裂纹", "氢燃料电池气体扩散", "碳纤维 苹果"].map(|title| demand("D", title));
    lines(&Matcher::open(folder).unwrap(), &demands, &by_achievement(10))
}

fn written(folder: &Path) -> PathBuf {
    let titles = ["焊接裂纹的消除", "氢燃料电池气体扩散层", "T800碳纤维", "苹果采后保鲜"];
    let named = |(title, at): (&&str, u32)| achievement(&format!("A{at}"), title);
    write_index(folder, &titles.iter().zip(1..).map(named).collect::<Vec<_>>()).unwrap();
    folder.join(BASE)
}

#[test]
fn an_opened_collection_answers_like_one_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let collection = collection();
    let mut builder = IndexBuilder::create_in_dir(folder.path(), Catalogue::default()).unwrap();
    builder.set_institutions(Institutions::new(collection.institutions.clone()).unwrap()).unwrap();
    builder.add_all(collection.achievements.clone()).unwrap();
    builder.commit().unwrap();
    let options = MatchOptions::default();
    let expected = lines(&collection.in_ram(), &collection.demands, &options);
    assert!(!folder.path().join(BASE).exists());
    assert_eq!(lines(&builder.matcher().unwrap(), &collection.demands, &options), expected, "made");
    let stored = fs::read(folder.path().join(BASE)).unwrap();
    assert_eq!(lines(&Matcher::open(folder.path()).unwrap(), &collection.demands, &options), expected, "opened");
    assert_eq!(fs::read(folder.path().join(BASE)).unwrap(), stored);
}

#[test]
fn files_that_are_damaged_cut_gone_or_foreign_are_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let base = written(folder.path());
    let expected = answers(folder.path());
    let whole = fs::read(&base).unwrap();
    let again = |why: &str| {
        assert_eq!(answers(folder.path()), expected, "{why}");
        assert_eq!(fs::read(&base).unwrap(), whole, "{why}");
    };
    for at in (0..whole.len()).step_by(whole.len() / 40) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        fs::write(&base, &damaged).unwrap();
        assert_eq!(answers(folder.path()), expected, "byte {at}");
    }
    for kept in [0, 1, 500, whole.len() / 2, whole.len() - 1] {
        fs::write(&base, &whole[..kept]).unwrap();
        again("cut");
    }
    fs::remove_file(&base).unwrap();
    again("gone");
    let mut other = whole.clone();
    other[8] += 1;
    fs::write(&base, &other).unwrap();
    again("another version");
    let elsewhere = tempfile::tempdir().unwrap();
    write_index(elsewhere.path(), &[achievement("A1", "焊接裂纹的消除")]).unwrap();
    answers(elsewhere.path());
    fs::copy(elsewhere.path().join(BASE), &base).unwrap();
    again("of another index");
}

#[test]
fn files_of_an_earlier_commit_do_not_answer_for_a_later_one() {
    let folder = tempfile::tempdir().unwrap();
    let base = written(folder.path());
    answers(folder.path());
    let mut earlier = vec![fs::read(&base).unwrap()];
    let changes: [&dyn Fn(&mut IndexBuilder); 4] = [
        &|builder| builder.add(achievement("A9", "焊接机器人与苹果采摘")).unwrap(),
        &|builder| builder.delete("A2"),
        &|builder| builder.add(Achievement { summary: "碳纤维".into(), ..achievement("A1", "氢燃料") }).unwrap(),
        &|builder| builder.add(achievement("A9", "焊接机器人与苹果采摘")).unwrap(),
    ];
    for change in changes {
        let mut builder = IndexBuilder::open(folder.path()).unwrap();
        change(&mut builder);
        builder.commit().unwrap();
        fs::remove_file(&base).unwrap();
        let expected = answers(folder.path());
        for stale in &earlier {
            fs::write(&base, stale).unwrap();
            assert_eq!(answers(folder.path()), expected);
        }
        earlier.push(fs::read(&base).unwrap());
    }
}

#[test]
fn several_processes_may_open_an_index_at_once() {
    if let Some(folder) = std::env::var_os("DUIJIE_TEST_FOLDER") {
        let folder = Path::new(&folder);
        assert_eq!(answers(folder).join("\n"), fs::read_to_string(folder.join("expected")).unwrap());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let base = written(folder.path());
    fs::write(folder.path().join("expected"), answers(folder.path()).join("\n")).unwrap();
    for _ in 0..3 {
        fs::remove_file(&base).unwrap();
        let child = |_| {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--exact", "stored::several_processes_may_open_an_index_at_once"]);
            command.env("DUIJIE_TEST_FOLDER", folder.path()).stdout(std::process::Stdio::null()).spawn().unwrap()
        };
        let mut children: Vec<_> = (0..3).map(child).collect();
        assert!(children.iter_mut().all(|child| child.wait().unwrap().success()));
        assert!(base.exists());
    }
}
