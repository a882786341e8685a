"""The examples in the documentation strings hold, and the reference pages are made from them."""

from __future__ import annotations

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import duijie

PYTHON = Path(__file__).parents[1]
MODULES = ["duijie", *(f"duijie.{module.name}" for module in pkgutil.iter_modules(duijie.__path__) if module.name[0] != "_")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name: str) -> None:
    with warnings.catch_warnings():
        assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_python_examples_of_the_readme_hold(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PYTHON.parent)
    text = (PYTHON.parent / name).read_text(encoding="utf-8")
    # The end of a block would count as output.
    examples = doctest.DocTestParser().get_doctest(text.replace("```", "\n"), {}, name, name, 0)
    assert len(examples.examples) > 5
    runner = doctest.DocTestRunner()
    assert runner.run(examples).failed == 0


def test_there_are_examples() -> None:
    finder = doctest.DocTestFinder()
    examples = [example for name in MODULES for example in finder.find(importlib.import_module(name)) if example.examples]
    assert len(examples) > 15


def test_the_reference_pages_are_up_to_date() -> None:
    command = [sys.executable, os.fspath(PYTHON / "reference" / "write.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
