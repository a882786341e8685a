//! The Python package: built as a wheel, installed into a virtual environment, tested.

use crate::steps::Steps;
use crate::workspace::{command, empty_folder, is_there, root};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

/// Whether the workspace has a Python package.
pub(crate) fn exists() -> bool {
    root().join("python/Cargo.toml").exists()
}

/// Fails with advice where Python is missing.
pub(crate) fn check_tools() -> Result<()> {
    ensure!(is_there(command("python3").arg("--version")), "python3 is missing; install Python 3.11 or newer");
    ensure!(
        is_there(command("python3").args(["-c", "import venv, ensurepip"])),
        "python3 cannot make virtual environments; install its venv module (python3-venv on Debian)"
    );
    Ok(())
}

/// Builds the wheel, installs it and runs its tests.
pub(crate) fn test(steps: &mut Steps) -> Result<()> {
    let environment = root().join(".venv");
    let programs = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    if !programs.exists() {
        let mut make = command("python3");
        steps.command("virtual environment", make.args(["-m", "venv", ".venv"]), "python3 made no .venv")?;
    }
    let mut install = command(programs.join("python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "maturin>=1.9,<2", "pytest>=8"]);
    steps.command("maturin and pytest", &mut install, "pip could not install them; is there a network?")?;

    let wheels = root().join("out/wheels");
    empty_folder(&wheels)?;
    let mut build = command(programs.join("maturin"));
    build.args(["build", "--manifest-path", "python/Cargo.toml", "--out"]).arg(&wheels);
    steps.command("wheel", &mut build, "the Python package does not build")?;

    let mut install = command(programs.join("python"));
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall"]);
    steps.command("wheel installed", install.arg(only_wheel(&wheels)?), "the wheel cannot be installed")?;
    steps.tests("Python tests", command(programs.join("python")).args(["-m", "pytest", "python"]))
}

fn only_wheel(folder: &Path) -> Result<PathBuf> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let mut wheels = paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "whl"));
    let wheel = wheels.next().with_context(|| format!("maturin left no wheel in {}", folder.display()))?;
    ensure!(wheels.next().is_none(), "maturin left several wheels in {}", folder.display());
    Ok(wheel)
}
