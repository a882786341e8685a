//! The Python package: built as a wheel, installed into a virtual environment, tested.

use crate::steps::Steps;
use crate::workspace::{command, empty_folder, is_there, root};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// Fails with advice where Python is missing.
pub(crate) fn check_tools() -> Result<()> {
    ensure!(is_there(command("python3").arg("--version")), "python3 is missing; install Python 3.11 or newer");
    ensure!(
        is_there(command("python3").args(["-c", "import venv, ensurepip"])),
        "python3 cannot make virtual environments; install its venv module (python3-venv on Debian)"
    );
    Ok(())
}

/// What the tests need beside the wheel itself.
const EXTRAS: &str = "[pandas,polars,charts,notebook,test]";

/// Builds the wheel in the dev profile, which shares most of what the steps before have built, installs
/// it and runs its tests.
pub(crate) fn test(steps: &mut Steps) -> Result<()> {
    let environment = root().join(".venv");
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let pip = |what: &[&str]| {
        let mut pip = command(programs.join("python"));
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]).args(what);
        pip
    };
    if !programs.exists() {
        let mut make = command("python3");
        steps.command("virtual environment", make.args(["-m", "venv", ".venv"]), "python3 made no .venv")?;
    }
    let no_network = "pip could not install what the tests need; is there a network?";
    steps.command("maturin", &mut pip(&["maturin>=1.13,<2"]), no_network)?;

    let out = root().join("out/python");
    empty_folder(&out)?;
    let maturin = |task: &str| {
        let mut maturin = command(programs.join("maturin"));
        maturin.args([task, "--manifest-path", "python/Cargo.toml", "--out"]).arg(&out);
        maturin
    };
    steps.command("wheel", &mut maturin("build"), "the Python package does not build")?;
    steps.command(
        "source distribution",
        &mut maturin("sdist"),
        "the sources of the Python package cannot be packed",
    )?;
    let stubs = "the type stubs cannot be generated";
    steps.command("type stubs", maturin("generate-stubs").args(["--profile", "dev"]), stubs)?;

    let wheel = only(&out, "whl")?;
    let with_extras = format!("{}{EXTRAS}", wheel.display());
    steps.command("libraries for the tests", &mut pip(&[&with_extras]), no_network)?;
    let mut install = pip(&["--force-reinstall", "--no-deps"]);
    steps.command("wheel installed", install.arg(&wheel), "the wheel cannot be installed")?;
    let mut tests = command(programs.join("python"));
    tests.args(["-m", "pytest", "python"]);
    tests.env("DUIJIE_WHEEL", &wheel).env("DUIJIE_SDIST", only(&out, "gz")?);
    steps.tests("Python tests", tests.env("DUIJIE_STUBS", out.join("duijie/_duijie.pyi")))
}

/// The file of this ending that maturin left.
fn only(folder: &Path, ending: &str) -> Result<PathBuf> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut found = paths.into_iter().filter(|path| path.extension().is_some_and(|known| known == ending));
    let file = found.next().with_context(|| format!("maturin left no .{ending} in {}", folder.display()))?;
    ensure!(found.next().is_none(), "maturin left several .{ending} in {}", folder.display());
    Ok(file)
}
