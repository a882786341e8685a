"""Writing an index."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from types import TracebackType
from typing import TYPE_CHECKING

from duijie import _duijie
from duijie.arguments import path_text
from duijie.catalogue import Catalogue
from duijie.matcher import Matcher
from duijie.progress import progress_bar
from duijie.sources import Columns, Source, achievement_list, institution_list
from duijie.terms import Terms, term_files
from duijie.vectors import Encoder, vectors_of

if TYPE_CHECKING:
    from duijie.vectors import Matrix


class IndexBuilder:
    """Writes an index of achievements and the institutions that hold them, in a folder or in memory.

    Nothing counts before `commit`: a builder that is left by an error or by Ctrl-C leaves the index as it
    was, and no file of its own; Ctrl-C closes it. As a context manager it commits at the end of the block.
    A builder belongs to the process that made it: after a fork the child makes its own.

    Args:
        path: A new or empty folder, or one whose index is to be replaced; in memory if not given.
        catalogue: Chains and sub-industries; the built-in ones if not given.
        terms: Term files of your own, as the command's `--terms` takes them: the path of one, or several. The
            index is opened with the same files that it was built with.

    Raises:
        NotAnIndexError: If the folder holds something else.
        IndexLockedError: If another process is writing it.
        TermFileError: If a line of a term file is not usable; the message names file and line.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> with IndexBuilder(folder) as builder:
    ...     builder.set_institutions([{"id": "I1", "name": "齐岳大学"}])
    ...     builder.add([{"id": "A1", "title": "低氢焊接工艺", "institution": "齐岳大学"}])
    >>> len(Matcher.open(folder))
    1
    """

    def __init__(
        self,
        path: str | PathLike[str] | None = None,
        *,
        catalogue: Catalogue | None = None,
        terms: Terms | None = None,
    ) -> None:
        folder = None if path is None else path_text(path)
        self._core = _duijie.IndexBuilder.create(folder, (catalogue or Catalogue())._core, term_files(terms))

    @classmethod
    def open(cls, path: str | PathLike[str], *, terms: Terms | None = None) -> IndexBuilder:
        """Opens an index that there is, to add to it, replace and delete.

        Args:
            path: The folder.
            terms: The term files that the index was built with, in the same order, if there were any.

        Raises:
            NoIndexError: If the folder holds none.
            IndexFormatError: If it was built with other term files.
            IndexLockedError: If another process is writing it.
        """
        builder = cls.__new__(cls)
        builder._core = _duijie.IndexBuilder.open(path_text(path), term_files(terms))
        return builder

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue that records are held against."""
        return Catalogue._of(self._core.catalogue())

    def set_institutions(self, institutions: Source, *, columns: Columns = None) -> None:
        """Sets the institutions, before the achievements that name them.

        Args:
            institutions: A frame, a list of dicts or records, or paths.
            columns: Column names by record field, where no alias fits.
        """
        self._core.set_institutions(institution_list(institutions, columns))

    def add(
        self,
        achievements: Source,
        *,
        columns: Columns = None,
        vectors: Matrix | None = None,
        encoder: Encoder | None = None,
        progress: bool = False,
    ) -> None:
        """Adds achievements, each in place of one that has the same id.

        Args:
            achievements: A frame, a list of dicts or records, or paths.
            columns: Column names by record field, where no alias fits.
            vectors: What an encoder made of them: float32 in C order, a row an achievement.
            encoder: Makes the vectors, called with lists of texts.
            progress: Whether to show a progress bar.

        Raises:
            InputError: If a record is not usable, or names an institution that is not in the list.
        """
        core = achievement_list(achievements, self._core.institutions(), self.catalogue, columns)
        matrix = vectors_of(core, vectors, encoder, progress)
        with progress_bar(progress, len(core), "项") as tell:
            self._core.add(core, matrix, tell)

    def delete(self, ids: Iterable[str]) -> None:
        """Deletes the achievements with these ids, where there are any."""
        self._core.delete(list(ids))

    def commit(self) -> None:
        """Makes everything since the last commit count, all at once; stopped by Ctrl-C, it makes nothing count."""
        self._core.commit()

    def matcher(self) -> Matcher:
        """A matcher over what was committed."""
        return Matcher._of(self._core.matcher(), None, [])

    def close(self) -> None:
        """Lets go of the folder; what was not committed is forgotten, and its files are taken away."""
        self._core.close()

    def __enter__(self) -> IndexBuilder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()
