//! What the documents say exists, exists.

use std::path::{Path, PathBuf};

const DOCUMENTS: [&str; 5] = ["ARCHITECTURE.md", "README.md", "README.zh.md", "CHANGELOG.md", "fixtures/README.md"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The paths that a document names in backquotes or links to: words of letters, digits and `._-`
/// with a slash between them or a document's ending behind them, less what commands write.
fn paths(text: &str) -> Vec<&str> {
    let quoted = text.split('`').skip(1).step_by(2);
    let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let is_path = |word: &&str| {
        let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "._-/".contains(c));
        let ending = Path::new(word).extension().is_some_and(|ending| ending == "md" || ending == "toml");
        plain && (word.contains('/') || ending) && !word.starts_with("out/") && !word.starts_with("target/")
    };
    quoted.chain(linked).filter(is_path).collect()
}

#[test]
fn every_path_named_in_the_documents_exists() {
    for name in DOCUMENTS {
        let text = std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let beside = root().join(name);
        let folder = beside.parent().unwrap();
        for path in paths(&text) {
            let exists = root().join(path).exists() || folder.join(path).exists();
            assert!(exists, "{name} names {path}, which does not exist");
        }
    }
}

#[test]
fn architecture_names_every_folder_of_the_workspace() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let named = paths(&text);
    for crates in std::fs::read_dir(root().join("crates")).unwrap() {
        let folder = format!("crates/{}", crates.unwrap().file_name().to_string_lossy());
        assert!(named.contains(&folder.as_str()), "ARCHITECTURE.md has no section on {folder}");
    }
    assert!(named.len() > 15, "found only {named:?}");
}

#[test]
fn a_path_that_is_not_there_would_be_seen() {
    let text = "see `crates/none/src`, [this](docs/none.md) and `cargo xtask demo`, `TRL 1/9`, `out/demo`";
    assert_eq!(paths(text), ["crates/none/src", "docs/none.md"]);
}
