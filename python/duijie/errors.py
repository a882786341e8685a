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


class DuijieError(Exception):
    """Any error of this package."""


class InputError(DuijieError, ValueError):
    """A record, a column or an argument is not usable; the message names row and column."""


class MissingColumnError(InputError, KeyError):
    """A column that is needed is not there; the message says which were seen."""

    # KeyError would show the message in quotation marks, as if it were a key.
    __str__ = Exception.__str__


class UnknownIdError(DuijieError, KeyError):
    """There is no demand, achievement, institution or weight of that name."""

    __str__ = Exception.__str__


class CatalogueError(DuijieError, ValueError):
    """A catalogue file is none, or a chain or sub-industry is not in the catalogue."""


class ProfileError(DuijieError, ValueError):
    """A rank profile is not usable."""


class EvaluationError(DuijieError, ValueError):
    """Judgments, runs or measures do not fit."""


class FileAccessError(DuijieError, OSError):
    """A file cannot be read or written."""


class NoIndexError(DuijieError, FileNotFoundError):
    """The folder holds no index."""


class NotAnIndexError(DuijieError, FileExistsError):
    """The folder holds something else, which an index must not overwrite."""


class IndexFormatError(DuijieError, OSError):
    """The index was written by another version, or with other term files."""


class IndexDamagedError(DuijieError, OSError):
    """A file of the index is missing, cut short or changed."""


class IndexLockedError(DuijieError, BlockingIOError):
    """Another process is writing the index."""


class IndexWriteError(DuijieError, OSError):
    """The index could not be written; what was committed before is intact."""


class ThreadsError(DuijieError, RuntimeError):
    """The machine could not start the threads asked for."""


class MissingExtraError(DuijieError, ImportError):
    """A library is not installed that the package needs for this alone; the message says how to install it."""


class InputWarning(UserWarning):
    """Something in a table was not taken as it stands: a budget nobody can read, an unknown institution."""
