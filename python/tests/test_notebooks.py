"""The notebooks run from beginning to end, and their code is as well typed as the package."""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from test_types import mypy

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": os.fspath(path.parent)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    shown = [output for output in outputs if output.output_type in ("execute_result", "display_data")]
    assert any("text/html" in output.data for output in shown)
    pictures = [output.data["image/svg+xml"] for output in shown if "image/svg+xml" in output.data]
    assert pictures and all("<svg" in picture for picture in pictures)
    assert not any("http" in str(output.data.get("text/html")) for output in shown)


def test_the_code_of_the_notebooks_is_typed(tmp_path: Path) -> None:
    for number, path in enumerate(NOTEBOOKS):
        notebook = nbformat.read(path, as_version=4)
        code = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        (tmp_path / f"notebook_{number}.py").write_text(code + "\n", encoding="utf-8")
    assert mypy(*sorted(tmp_path.glob("*.py"))) == ""
