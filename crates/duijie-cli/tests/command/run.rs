//! Running the command on the test collection.

use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/collection").join(name)
}

pub(crate) fn event_fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/event").join(name)
}

/// The command, not yet started; messages and answers are caught.
pub(crate) fn command<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_duijie"));
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What the command did.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Ran {
    pub(crate) fn succeeded(self) -> Self {
        assert_eq!(self.code, Some(0), "{}", self.err);
        self
    }

    /// Checks that it failed with status 1, said `reason`, and printed nothing else.
    pub(crate) fn failed(self, reason: &str) -> Self {
        assert_eq!(self.code, Some(1), "{}", self.err);
        assert!(self.err.contains(reason), "{} should say {reason}", self.err);
        assert!(self.err.starts_with("duijie: ") || self.err.contains("\nduijie: "), "{}", self.err);
        assert_eq!(self.out, "");
        self
    }

    /// Checks that it failed with status 1 and said `reason`, after a report on standard output.
    pub(crate) fn failed_after_report(self, reason: &str) -> Self {
        assert_eq!(self.code, Some(1), "{}", self.err);
        assert!(self.err.contains(reason), "{} should say {reason}", self.err);
        assert!(!self.out.is_empty());
        self
    }

    pub(crate) fn misused(self) -> Self {
        assert_eq!(self.code, Some(2), "{}", self.err);
        self
    }
}

pub(crate) fn duijie<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Ran {
    command(arguments).output().unwrap().into()
}

/// Runs `duijie COMMAND` on the index and the demands of the test collection, with further arguments.
pub(crate) fn on_collection(command: &str, more: &[OsString]) -> Ran {
    let base = crate::arguments![command, "--index", index(), "--demands", fixture("demands.jsonl")];
    duijie(base.iter().chain(more))
}

/// Runs the command with `input` as its standard input.
pub(crate) fn duijie_reading(input: &[u8], arguments: &[OsString]) -> Ran {
    let mut child = command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

/// The arguments given, of whatever kind, as one list.
#[macro_export]
macro_rules! arguments {
    ($($argument:expr),* $(,)?) => { [$(std::ffi::OsStr::new(&$argument).to_owned()),*] };
}

/// An index of the collection, built once.
pub(crate) fn index() -> &'static Path {
    static INDEX: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        build(folder.path());
        folder
    });
    INDEX.path()
}

pub(crate) fn build(folder: &Path) {
    let (achievements, institutions) = (fixture("achievements.jsonl"), fixture("institutions.jsonl"));
    let ran =
        duijie(arguments!["index", "--achievements", achievements, "--institutions", institutions, "--out", folder]);
    assert!(ran.succeeded().err.contains("660 achievements indexed"));
}

/// Writes a file into `folder`.
pub(crate) fn file(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

/// The names in a folder, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
