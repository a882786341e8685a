"""What can go wrong, a class for each thing that someone did wrong.

Every exception of this package is a `DuijieError`, and also the built-in exception that people catch for
such a thing: `ValueError` for what was handed in, `OSError` for files and folders, `KeyError` for names.

    >>> import duijie
    >>> try:
    ...     duijie.Matcher.open("no/such/folder")
    ... except FileNotFoundError as error:
    ...     print(type(error).__name__)
    NoIndexError
"""

from __future__ import annotations

import errno
from typing import Any


class DuijieError(Exception):
    """Any error of this package."""


class _PathError(DuijieError, OSError):
    """An error of a file or folder, with `errno` and `filename` as the built-in ones have them."""

    _errno: int | None = None

    def __init__(self, message: str, errno: int | None = None, filename: str | None = None) -> None:
        super().__init__(message)
        self.errno = self._errno if errno is None else errno
        self.filename = filename

    # OSError would put number and name around the message, which names the file already.
    __str__ = Exception.__str__

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (str(self), self.errno, self.filename)


class InputError(DuijieError, ValueError):
    """A record, a column or an argument is not usable; the message names row and column."""


class ArgumentTypeError(InputError, TypeError):
    """An argument is of a type that the method does not take; the message says what it takes."""


class MissingColumnError(InputError, KeyError):
    """A column that is needed is not there; the message says which were seen."""

    # KeyError would show the message in quotation marks, as if it were a key.
    __str__ = Exception.__str__


class UnknownIdError(DuijieError, KeyError):
    """There is no demand, achievement, institution or weight of that name."""

    __str__ = Exception.__str__


class RowError(DuijieError, IndexError):
    """A table or ranking has no row of that number."""


class CatalogueError(DuijieError, ValueError):
    """A catalogue file is none, or a chain or sub-industry is not in the catalogue."""


class ProfileError(DuijieError, ValueError):
    """A rank profile is not usable."""


class TermFileError(DuijieError, ValueError):
    """A line of a term file is not usable; the message names file and line."""


class EvaluationError(DuijieError, ValueError):
    """Judgments, runs or measures do not fit."""


class FileAccessError(_PathError):
    """A file cannot be read or written."""


class MissingFileError(FileAccessError, FileNotFoundError):
    """A file or folder is not there."""

    _errno = errno.ENOENT


class NoIndexError(_PathError, FileNotFoundError):
    """The folder holds no index."""

    _errno = errno.ENOENT


class NotAnIndexError(_PathError, FileExistsError):
    """The folder holds something else, which an index must not overwrite."""

    _errno = errno.EEXIST


class IndexFormatError(_PathError):
    """The index was written by another version, or with other term files."""


class IndexDamagedError(_PathError):
    """A file of the index is missing, cut short or changed."""


class IndexLockedError(_PathError, BlockingIOError):
    """Another process is writing the index."""

    _errno = errno.EAGAIN


class IndexWriteError(_PathError):
    """The index could not be written; what was committed before is intact."""


class ThreadsError(DuijieError, RuntimeError):
    """The machine could not start the threads asked for."""


class MissingExtraError(DuijieError, ImportError):
    """A library is not installed that the package needs for this alone; the message says how to install it."""


class InputWarning(UserWarning):
    """Something in a table was not taken as it stands: a budget nobody can read, an unknown institution."""
