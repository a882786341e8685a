//! Programs that open what is written; where they are not installed, the checks say so and, with
//! `DUIJIE_REQUIRE_PROGRAMS` set, fail.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) enum Outcome<T> {
    Ran(T),
    /// The program that is not installed.
    Missing(&'static str),
}

pub(crate) fn report_missing(program: &str, check: &str) {
    assert!(
        std::env::var_os("DUIJIE_REQUIRE_PROGRAMS").is_none(),
        "{program} is not installed, and the check of {check} must run"
    );
    // Past the capture of `cargo test`, so that it is seen when the test passes.
    let _ = writeln!(std::io::stderr(), "NOT RUN: {program} is not installed; {check} went unchecked");
}

pub(crate) fn installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok() || Command::new(program).arg("-v").output().is_ok()
}

/// The text of the PDF that LibreOffice makes of a document, left beside it.
pub(crate) fn pdf_text(document: &Path, folder: &Path) -> Outcome<String> {
    for program in ["soffice", "pdftotext"] {
        if !installed(program) {
            return Outcome::Missing(program);
        }
    }
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let converted = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(folder)
        .arg(document)
        .output()
        .unwrap();
    assert!(converted.status.success(), "{}", String::from_utf8_lossy(&converted.stderr));
    let text = Command::new("pdftotext").arg("-layout").arg(pdf(document)).arg("-").output().unwrap();
    assert!(text.status.success(), "LibreOffice made no PDF of {}", document.display());
    Outcome::Ran(String::from_utf8_lossy(&text.stdout).into_owned())
}

fn pdf(document: &Path) -> PathBuf {
    document.with_extension("pdf")
}

/// Pages of the PDF of a document.
pub(crate) fn pages(document: &Path) -> usize {
    let told = Command::new("pdfinfo").arg(pdf(document)).output().unwrap();
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("Pages:")).expect("pdfinfo tells the pages");
    line.trim().parse().unwrap()
}
