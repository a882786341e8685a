"""Term files of one's own."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from os.path import abspath
from typing import TypeAlias

from duijie.arguments import path_text
from duijie.errors import ArgumentTypeError

Terms: TypeAlias = "str | PathLike[str] | Iterable[str | PathLike[str]]"
"""The path of a term file, or several: tables with a concept a line, as `duijie coach` writes them and the command's
`--terms` takes them, named after the code of their sub-industry or `shared.tsv`."""


def term_files(terms: Terms | None) -> list[str]:
    """The paths, absolute, as an index may be opened again from another working directory.

    Raises:
        ArgumentTypeError: If it is no path, nor several.
    """
    if terms is None:
        return []
    if isinstance(terms, (str, PathLike)):
        return [abspath(path_text(terms))]
    try:
        paths = list(terms)
    except TypeError as error:
        raise ArgumentTypeError(f"terms should be a path or a list of paths, found {terms!r}") from error
    return [abspath(path_text(path)) for path in paths]
