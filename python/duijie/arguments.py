"""Arguments as the engine takes them, or an error that says what they should be."""

from __future__ import annotations

import operator
from collections.abc import Mapping
from os import PathLike, fspath
from pathlib import Path

from duijie.errors import ArgumentTypeError, FileAccessError, InputError, MissingFileError

MOST = 2**31 - 1


def whole_number(name: str, value: object) -> int:
    """A count: a whole number from 0 on.

    Raises:
        ArgumentTypeError: If it is no whole number.
        InputError: If it is negative, or too large for a count.
    """
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError as error:
        raise ArgumentTypeError(f"{name} should be a whole number, found {value!r}") from error
    if not 0 <= number <= MOST:
        raise InputError(f"{name} should be a whole number from 0 to {MOST}, found {number}")
    return number


def text(name: str, value: object) -> str | None:
    """A text or nothing.

    Raises:
        ArgumentTypeError: If it is something else.
    """
    if value is None or isinstance(value, str):
        return value
    raise ArgumentTypeError(f"{name} should be a text, found {value!r}")


def filter_words(
    chain: str | None = None,
    sub_industry: str | None = None,
    province: str | None = None,
    kind: str | None = None,
    min_maturity: int | None = None,
) -> tuple[str | None, str | None, str | None, str | None, int | None]:
    """What is let through, as the engine takes it."""
    # The engine says which levels there are; it takes none beyond 255.
    least = None if min_maturity is None else min(whole_number("min_maturity", min_maturity), 255)
    words = (text("chain", chain), text("sub_industry", sub_industry), text("province", province), text("kind", kind))
    return *words, least


def path_text(value: object) -> str:
    """The text of a path.

    Raises:
        ArgumentTypeError: If it is no path.
    """
    if isinstance(value, (str, PathLike)):
        found = fspath(value)
        if isinstance(found, str):
            return found
    raise ArgumentTypeError(f"a path should be a text or a pathlib.Path, found {value!r}")


def column_mapping(columns: Mapping[str, str] | None) -> list[tuple[str, str]]:
    """Record field and column name, pair by pair.

    Raises:
        ArgumentTypeError: If it is no dict.
    """
    if columns is None:
        return []
    if not isinstance(columns, Mapping):
        found = type(columns).__name__
        raise ArgumentTypeError(f"columns should be a dict of column names by field, such as {{'title': '难题'}}, found a {found}")
    return [(str(field), str(column)) for field, column in columns.items()]


def write_file(path: str | PathLike[str], content: str | bytes) -> None:
    """Writes a file.

    Raises:
        FileAccessError: If it cannot be written.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        Path(path_text(path)).write_bytes(data)
    except OSError as error:
        raise file_error("write", path, error) from error


def read_file(path: str | PathLike[str]) -> str:
    """The text of a file.

    Raises:
        FileAccessError: If it cannot be read.
    """
    try:
        return Path(path_text(path)).read_text(encoding="utf-8")
    except OSError as error:
        raise file_error("read", path, error) from error


def file_error(what: str, path: str | PathLike[str], error: OSError) -> FileAccessError:
    """What the operating system said of a file, as an error of this package."""
    kind = MissingFileError if isinstance(error, FileNotFoundError) else FileAccessError
    return kind(f"cannot {what} {fspath(path)}: {error.strerror or error}", error.errno, fspath(path))
