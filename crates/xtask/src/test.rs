//! Everything that must hold, one step after the other; the first that fails ends the task.

use crate::figures::{self, Figures};
use crate::steps::Steps;
use crate::workspace::{cargo, is_there};
use crate::{python, readme};
use anyhow::{Result, ensure};
use std::process::Command;

pub(crate) fn run() -> Result<()> {
    check_tools()?;
    run_steps(all, &unchecked())
}

/// The steps of the Python package alone.
pub(crate) fn run_python() -> Result<()> {
    python::check_tools()?;
    run_steps(python::test, &[])
}

/// `unchecked` is said before the closing line, behind the many lines of the steps.
fn run_steps(all: impl FnOnce(&mut Steps) -> Result<()>, unchecked: &[String]) -> Result<()> {
    let mut steps = Steps::default();
    let outcome = all(&mut steps);
    steps.summary();
    unchecked.iter().for_each(|line| println!("{line}"));
    if outcome.is_err() {
        steps.tests.failed = steps.tests.failed.max(1);
    }
    println!("\n{}", steps.tests);
    outcome
}

/// The Python module is tested from Python; as a test program it would look for Python's library.
const TESTS: [&str; 8] =
    ["test", "--workspace", "--exclude", "duijie-python", "--lib", "--bins", "--tests", "--examples"];

/// Programs that open what is written, by any of their names, and what goes unchecked without them.
const OPENERS: [(&[&str], &str); 4] = [
    (&["soffice"], "the documents in LibreOffice"),
    (&["pdftotext"], "the documents in LibreOffice"),
    (&["pdfinfo"], "the pages of the documents"),
    (&["chromium", "chromium-browser", "google-chrome"], "the pages in a browser"),
];

/// A line for each program that is not installed; its tests pass without having looked.
fn unchecked() -> Vec<String> {
    let is_installed = |name: &str| {
        // poppler's programs know -v only.
        ["--version", "-v"].into_iter().any(|option| is_there(Command::new(name).arg(option)))
    };
    let missing = OPENERS.into_iter().filter(|(names, _)| !names.iter().any(|name| is_installed(name)));
    missing.map(|(names, what)| format!("NOT RUN: {} is not installed; {what} went unchecked", names[0])).collect()
}

fn check_tools() -> Result<()> {
    for (tool, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        let advice = "is missing; add it with rustup component add";
        ensure!(is_there(&mut cargo(&[tool, "--version"])), "cargo {tool} {advice} {component}");
    }
    python::check_tools()
}

fn all(steps: &mut Steps) -> Result<()> {
    let format = "some files are not formatted; run cargo fmt --all";
    steps.command("format", &mut cargo(&["fmt", "--all", "--check"]), format)?;

    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
    steps.command("lints", &mut clippy, "clippy has objections; see above")?;

    if is_there(&mut cargo(&["nextest", "--version"])) {
        steps.tests(
            "tests",
            &mut cargo(&["nextest", "run", "--workspace", "--no-fail-fast", "--status-level", "fail"]),
        )?;
    } else {
        println!("cargo-nextest is not installed (cargo install --locked cargo-nextest); cargo test takes its place");
        steps.tests("tests", &mut cargo(&TESTS))?;
    }
    steps.tests("documentation tests", &mut cargo(&["test", "--workspace", "--doc"]))?;

    let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
    steps.command("documentation", doc.env("RUSTDOCFLAGS", "--deny warnings"), "rustdoc has objections; see above")?;

    steps.work("the commands in the READMEs", readme::check)?;
    steps.work("figures", || figures::check(&Figures::measure()?))?;
    python::test(steps)
}
