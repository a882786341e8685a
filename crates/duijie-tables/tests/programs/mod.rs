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
    // Past the test runner's capture, so that it is seen when the test passes.
    let _ = writeln!(std::io::stderr(), "NOT RUN: {program} is not installed; {check} went unchecked");
}

fn installed(program: &str) -> bool {
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

fn run(arguments: &[&str], page: &Path, query: &str) -> Outcome<String> {
    let Some(program) = ["chromium", "chromium-browser", "google-chrome"].into_iter().find(|name| installed(name))
    else {
        return Outcome::Missing("chromium");
    };
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(program)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=3000"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(arguments)
        .arg(format!("file://{}{query}", page.display()))
        .output()
        .unwrap();
    Outcome::Ran(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The page as it stands once its script has run.
pub(crate) fn dom(page: &Path, query: &str) -> Outcome<String> {
    run(&["--dump-dom"], page, query)
}

pub(crate) mod chromium {
    use super::{Outcome, dom};
    use std::path::Path;

    /// How wide the content of a page is in a frame of `width`.
    pub(crate) fn width_of(page: &Path, width: u32) -> Outcome<u32> {
        let text = std::fs::read_to_string(page).unwrap();
        let framed = page.with_file_name("framed.html");
        let escaped = text.replace('&', "&amp;").replace('"', "&quot;");
        let frame = format!(
            "<iframe id=f style='width:{width}px;height:800px;border:0' srcdoc=\"{escaped}\"></iframe><script>\
             document.getElementById('f').onload=function(){{document.body.dataset.width=this.contentDocument.documentElement.scrollWidth}}\
             </script>"
        );
        std::fs::write(&framed, format!("<!DOCTYPE html><meta charset=utf-8><body>{frame}")).unwrap();
        match dom(&framed, "") {
            Outcome::Missing(program) => Outcome::Missing(program),
            Outcome::Ran(text) => {
                let told = text.split("data-width=\"").nth(1).and_then(|rest| rest.split('"').next());
                Outcome::Ran(told.expect("the frame was loaded").parse().unwrap())
            }
        }
    }
}
