"""The package is fully typed, and its stubs are those that the built module gives."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import duijie
from duijie import _duijie

PYTHON = Path(__file__).parents[1]


def mypy(*paths: Path) -> str:
    """What mypy objects to in strict mode; nothing if it objects to nothing."""
    command = [sys.executable, "-m", "mypy", "--config-file", os.fspath(PYTHON / "pyproject.toml")]
    command += ["--cache-dir", os.devnull, *map(os.fspath, paths)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PYTHON)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def test_the_package_is_typed() -> None:
    assert mypy(*sorted((PYTHON / "duijie").glob("*.py"))) == ""


def test_the_installed_package_brings_its_types_and_stubs() -> None:
    installed = Path(duijie.__file__).parent
    for name in ("py.typed", "_duijie.pyi"):
        assert (installed / name).read_text() == (PYTHON / "duijie" / name).read_text()


def test_the_stubs_are_those_of_the_built_module() -> None:
    generated = os.environ.get("DUIJIE_STUBS")
    if generated is None:
        pytest.skip("DUIJIE_STUBS names no stubs; cargo xtask test generates them")
    # The newest are in that folder; if they are meant, copy them.
    committed = PYTHON / "duijie" / "_duijie.pyi"
    assert committed.read_text(encoding="utf-8") == Path(generated).read_text(encoding="utf-8")


def test_the_stubs_name_what_the_module_has() -> None:
    stubs = (PYTHON / "duijie" / "_duijie.pyi").read_text(encoding="utf-8")
    for name, each in vars(_duijie).items():
        if name.startswith("_"):
            continue
        assert f"class {name}" in stubs or f"def {name}" in stubs, name
        if inspect.isclass(each):
            for method in vars(each):
                assert method.startswith("__") or f"def {method}" in stubs, f"{name}.{method}"


def test_everything_public_says_what_it_is() -> None:
    for name in duijie.__all__:
        each = getattr(duijie, name)
        assert inspect.getdoc(each), name
        if inspect.isclass(each):
            for method, value in vars(each).items():
                if not method.startswith("_") and (inspect.isroutine(value) or isinstance(value, property)):
                    assert inspect.getdoc(getattr(each, method)), f"{name}.{method}"
