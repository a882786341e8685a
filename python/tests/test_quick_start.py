"""The wheel alone, in a fresh environment, does the first thing that anyone tries."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
from pathlib import Path

import pytest
from conftest import COLLECTION

QUICK_START = """
import sys
import duijie
folder = sys.argv[1]
matcher = duijie.Matcher.from_records(folder + "/achievements.jsonl", folder + "/institutions.jsonl")
matches = matcher.match(folder + "/demands.jsonl", top=10)
assert len(matches) == 1650 and matches.to_dicts()[0]["institution_name"] == "松江工业大学"
assert "松江工业大学" in matches._repr_html_()
duijie.evaluate([matcher.match(folder + "/demands.jsonl", unit="achievement")], folder + "/qrels.txt")
for extra in (matches.to_pandas, matches.to_polars, matches.coverage):
    try:
        extra()
    except duijie.MissingExtraError as error:
        assert "pip install 'duijie[" in str(error)
    else:
        raise AssertionError("an extra is there that was not installed")
assert not {"numpy", "pandas", "pyarrow", "altair"} & set(sys.modules)
"""


def wheel() -> Path:
    """The wheel under test: DUIJIE_WHEEL says where it is."""
    path = os.environ.get("DUIJIE_WHEEL")
    if path is None:
        pytest.skip("DUIJIE_WHEEL names no wheel; cargo xtask test sets it")
    return Path(path)


def test_a_fresh_environment_needs_only_the_wheel(tmp_path: Path) -> None:
    built = wheel()
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", built]
    subprocess.run(install, check=True)
    done = subprocess.run([python, "-c", QUICK_START, COLLECTION], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_sdist_holds_all_that_the_build_reads() -> None:
    path = os.environ.get("DUIJIE_SDIST")
    if path is None:
        pytest.skip("DUIJIE_SDIST names no source distribution; cargo xtask test sets it")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    root = COLLECTION.parents[1]
    crates = {"/".join(name.split("/")[:2]) for name in names if name.startswith("crates/")}
    assert {"crates/duijie-text", "crates/duijie-tables"} <= crates
    # The Python layer stands at the top of a source distribution.
    places = [(root / "python", "duijie", ""), (root / "python", "src", "python/")]
    places += [(root / crate, folder, f"{crate}/") for crate in sorted(crates) for folder in ("src", "data")]
    for package, folder, prefix in places:
        for file in (package / folder).rglob("*"):
            if file.is_file() and file.suffix not in (".so", ".pyc"):
                assert prefix + file.relative_to(package).as_posix() in names, file


IMPORTING = "import time; start = time.perf_counter(); import duijie; print(time.perf_counter() - start)"


def test_importing_is_quick() -> None:
    """150 ms is the aim; the limit here leaves room for a busy machine and an unoptimised build."""
    times = [
        float(subprocess.run([sys.executable, "-c", IMPORTING], capture_output=True, text=True, check=True).stdout)
        for _ in range(5)
    ]
    assert min(times) < 0.5
