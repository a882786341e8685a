//! Vectors, encoders and term files on the command line.

use crate::arguments;
use crate::run::{build, duijie, file, fixture};
use serde_json::Value;

fn parts_of_first(line: &str) -> Value {
    let line: Value = serde_json::from_str(line).unwrap();
    line["achievements"][0]["parts"].clone()
}

#[test]
fn vectors_of_both_sides_make_the_part_semantic() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("index");
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let vectors = fixture("vectors/achievements.npy");
    duijie(arguments![
        "index",
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--achievement-vectors",
        vectors,
        "--out",
        out
    ])
    .succeeded();
    let (demands, vectors) = (fixture("demands.jsonl"), fixture("vectors/demands.npy"));
    let asked = ["match", "--unit", "achievement", "--top", "1"];
    let ran = duijie(arguments![
        asked[0],
        asked[1],
        asked[2],
        asked[3],
        asked[4],
        "--index",
        out,
        "--demands",
        demands,
        "--demand-vectors",
        vectors
    ])
    .succeeded();
    assert_eq!(ran.out.lines().count(), 165);
    assert!(ran.out.lines().all(|line| parts_of_first(line)["semantic"].as_f64().is_some_and(|part| part > 0.0)));

    let one = file(folder.path(), "one.jsonl", "{\"id\": \"D1\", \"title\": \"焊接\"}\n");
    duijie(arguments!["match", "--index", out, "--demands", one, "--demand-vectors", vectors])
        .failed("no vector for record \"D1\"");
    let plain = folder.path().join("plain");
    build(&plain);
    duijie(arguments!["match", "--index", plain, "--demands", demands, "--demand-vectors", vectors])
        .failed("the index has no vectors");
}

#[test]
fn a_profile_that_weighs_vectors_wants_them_and_a_name_that_is_none_is_told_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let demands = file(folder.path(), "d.jsonl", r#"{"id": "D1", "title": "焊接裂纹"}"#);
    let ranked_by = |profile: &std::ffi::OsStr| {
        duijie(arguments!["match", "--index", crate::run::index(), "--demands", demands, "--profile", profile])
    };
    ranked_by("with-vectors".as_ref())
        .failed("the profile with-vectors weighs an encoder's vectors, and none are given");
    ranked_by("nope".as_ref())
        .failed("there is no profile nope; give default, with-vectors, bottleneck, or a file (TOML)");
    ranked_by("nope.toml".as_ref()).failed("cannot read nope.toml");
    ranked_by(folder.path().join("nope").as_ref()).failed("cannot read");
    assert_eq!(ranked_by("default".as_ref()).succeeded().out.lines().count(), 1);
}

#[test]
fn term_files_of_ones_own_are_part_of_the_index() {
    let folder = tempfile::tempdir().unwrap();
    let terms = file(folder.path(), "shared.tsv", "term\tkind\tsynonyms\n鲁班工法\tprocess\t榫卯拼装;无钉拼接\n");
    let row = r#"{"id": "A1", "title": "榫卯拼装装备"}
{"id": "A2", "title": "苹果采后保鲜"}"#;
    let achievements = file(folder.path(), "a.jsonl", row);
    let institutions = file(folder.path(), "i.jsonl", "");
    let out = folder.path().join("index");
    duijie(arguments![
        "index",
        "--achievements",
        achievements,
        "--institutions",
        institutions,
        "--terms",
        terms,
        "--out",
        out
    ])
    .succeeded();
    let demands = file(folder.path(), "d.jsonl", r#"{"id": "D1", "title": "求鲁班工法"}"#);
    let found =
        duijie(arguments!["match", "--unit", "achievement", "--index", out, "--demands", demands, "--terms", terms])
            .succeeded();
    let line: Value = serde_json::from_str(&found.out).unwrap();
    assert_eq!(line["achievements"][0]["achievement"], "A1");
    assert!(line["achievements"][0]["parts"]["concepts"].as_f64().unwrap() > 0.5);
    duijie(arguments!["match", "--index", out, "--demands", demands]).failed("other term files");
}

/// A tiny encoder with random weights, as its test made it with transformers.
#[cfg(feature = "encoder")]
fn tiny_encoder() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../duijie-encoder/tests/data/bert")
}

#[cfg(feature = "encoder")]
#[test]
fn a_local_encoder_makes_the_vectors_of_both_sides() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (model, cache) = (tiny_encoder(), at("cache"));
    let (achievements, institutions, demands) =
        (fixture("achievements.jsonl"), fixture("institutions.jsonl"), fixture("demands.jsonl"));
    let (a, d, again, index) = (at("a.npy"), at("d.npy"), at("again.npy"), at("index"));
    let encode = ["encode", "--model"];
    let ran =
        duijie(arguments![encode[0], encode[1], model, "--demands", demands, "--out", d, "--cache", cache]).succeeded();
    assert!(ran.err.contains("165 vectors of width 32"), "{}", ran.err);
    duijie(arguments![encode[0], encode[1], model, "--demands", demands, "--out", again, "--cache", cache]).succeeded();
    assert_eq!(std::fs::read(&d).unwrap(), std::fs::read(&again).unwrap(), "what was encoded once is taken again");
    let ids = std::fs::read_to_string(d.with_extension("ids")).unwrap();
    assert_eq!(ids.lines().count(), 165);
    let texts = ["--achievements", "--institutions"];
    duijie(arguments![encode[0], encode[1], model, texts[0], achievements, texts[1], institutions, "--out", a])
        .succeeded();
    let vectors = ["--achievement-vectors", "--demand-vectors"];
    duijie(arguments!["index", texts[0], achievements, texts[1], institutions, vectors[0], a, "--out", index])
        .succeeded();
    let ran = duijie(arguments!["match", "--index", index, "--demands", demands, vectors[1], d]).succeeded();
    assert_eq!(ran.out.lines().count(), 165);

    // Another encoder of the same width: its cosines with these would mean nothing.
    let other = at("other.npy");
    let model = tiny_encoder().with_file_name("xlm-roberta");
    duijie(arguments![encode[0], encode[1], model, "--demands", demands, "--out", other]).succeeded();
    duijie(arguments!["match", "--index", index, "--demands", demands, vectors[1], other])
        .failed("their cosines would mean nothing");
    let one = file(folder.path(), "one.jsonl", r#"{"id": "A-NEW", "title": "焊接"}"#);
    duijie(arguments![encode[0], encode[1], model, texts[0], one, texts[1], institutions, "--out", other]).succeeded();
    duijie(arguments!["index", "--add", texts[0], one, vectors[0], other, "--out", index])
        .failed("their cosines would mean nothing");
    duijie(arguments![encode[0], encode[1], model, "--demands", demands, "--out", other]).succeeded();
    // Who knows not which encoder it was is believed.
    std::fs::remove_file(other.with_extension("encoder")).unwrap();
    duijie(arguments!["match", "--index", index, "--demands", demands, vectors[1], other]).succeeded();
}

#[cfg(feature = "encoder")]
#[test]
fn a_folder_without_a_model_and_a_file_of_another_kind_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (demands, out) = (fixture("demands.jsonl"), folder.path().join("d.npy"));
    duijie(arguments!["encode", "--model", folder.path(), "--demands", demands, "--out", out])
        .failed(folder.path().to_str().unwrap());
    assert!(!out.exists());
    let nothing = duijie(arguments!["encode", "--model", tiny_encoder(), "--out", out]).misused();
    assert!(nothing.err.contains("<--demands <FILE>...|--achievements <FILE>...>"), "{}", nothing.err);
    let text = folder.path().join("d.txt");
    duijie(arguments!["encode", "--model", tiny_encoder(), "--demands", demands, "--out", text])
        .failed("should end in .npy");
}
